package hoist

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// passing are the functions of std that use what they are given in the call, and
// keep nothing.
var passing = map[string]bool{
	"io.WriteString": true, "io.ReadFull": true, "io.ReadAtLeast": true, "io.CopyN": true,
	"fmt.Fprint": true, "fmt.Fprintf": true, "fmt.Fprintln": true,
	"encoding/binary.Read": true, "encoding/binary.Write": true,
}

// ending are the methods, beside those that release, after which a value is of
// no use to the next call, or of less.
var ending = map[string]bool{
	"CloseRead": true, "CloseWrite": true, "Quit": true, "ReadFrom": true, "Hijack": true, "Detach": true,
	"SetLinger": true, "File": true, "SyscallConn": true, "Fd": true, "Seek": true, "Truncate": true, "RegisterProtocol": true,
	"Begin": true, "BeginTx": true, "Commit": true, "Rollback": true, "Flush": true,
}

// stays requires that a local variable of a hot method is only used, in the call
// itself: by its methods and fields, and by functions that are known to keep
// nothing. What is handed on in any other way may live on, or be closed, under
// another name.
func (p *plan) stays(m *move, obj types.Object) *Obstacle {
	if obj == nil {
		return nil
	}
	return p.onlyUsed(m, m.hot.Body, obj, maxLife)
}

// onlyUsed requires that a part of a function only uses what a variable holds.
func (p *plan) onlyUsed(m *move, body ast.Node, obj types.Object, depth int) *Obstacle {
	fine := make(map[*ast.Ident]bool)
	var o *Obstacle
	name := obj.Name()
	ident := func(e ast.Expr) *ast.Ident {
		id, ok := ast.Unparen(e).(*ast.Ident)
		if !ok || p.f.info.Uses[id] != obj {
			return nil
		}
		return id
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if o != nil {
			return false
		}
		switch x := n.(type) {
		case *ast.GoStmt:
			if p.f.uses(x, obj) {
				o = obstacle("kept", "a goroutine of the call has a hand on %s", name)
			}
			return false
		case *ast.FuncLit:
			if p.f.uses(x, obj) && !p.releasesIn(m, x, obj) {
				o = obstacle("kept", "a function literal has a hand on %s", name)
			}
			return o == nil
		case *ast.AssignStmt:
			for _, l := range x.Lhs {
				if sel, ok := ast.Unparen(l).(*ast.SelectorExpr); ok && ident(sel.X) != nil {
					o = obstacle("assigned", "%s.%s is set on each call", name, sel.Sel.Name)
				}
			}
			for i, r := range x.Rhs {
				if id := ident(r); id != nil && len(x.Lhs) == len(x.Rhs) {
					if blank, ok := x.Lhs[i].(*ast.Ident); ok && blank.Name == "_" {
						fine[id] = true
					}
				}
			}
		case *ast.BinaryExpr:
			for _, e := range []ast.Expr{x.X, x.Y} {
				if id := ident(e); id != nil {
					fine[id] = true
				}
			}
		case *ast.CallExpr:
			if id, ok := ast.Unparen(x.Fun).(*ast.Ident); ok && ident(id) != nil {
				fine[id] = true // next()
			}
			if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && ident(sel.X) != nil {
				o = p.methodUse(m, body, x, sel, name)
				fine[ident(sel.X)] = o == nil
				break
			}
			for i, arg := range x.Args {
				if id := ident(arg); id != nil {
					if o = p.passed(m, x, i, id, depth); o == nil {
						fine[id] = true
					}
				}
			}
		case *ast.UnaryExpr:
			if x.Op == token.AND && p.f.uses(x, obj) {
				o = obstacle("kept", "%s is kept elsewhere", name)
			}
		case *ast.SelectorExpr:
			// A method value is none of a call's.
			if id := ident(x.X); id != nil && fieldOf(p.f.info, x) != nil {
				fine[id] = true
			}
		case *ast.Ident:
			if p.f.info.Uses[x] == obj && !fine[x] {
				o = obstacle("kept", "%s is kept elsewhere", name)
			}
		}
		return o == nil
	})
	return o
}

// releasesIn tells whether a literal just releases what a variable holds, when
// the call ends: what becomes of it is looked at elsewhere.
func (p *plan) releasesIn(m *move, lit *ast.FuncLit, obj types.Object) bool {
	return len(lit.Body.List) == 1 && contains(m.hot.Body, func(n ast.Node) bool {
		d, ok := n.(*ast.DeferStmt)
		return ok && ast.Unparen(d.Call.Fun) == ast.Expr(lit)
	})
}

// methodUse requires that a method leaves its receiver fit for the next call.
func (p *plan) methodUse(m *move, body ast.Node, call *ast.CallExpr, sel *ast.SelectorExpr, name string) *Obstacle {
	method := sel.Sel.Name
	switch {
	case ending[method]:
		return obstacle("percall", "each call does %s to it", short(p.f.pass.Fset, sel))
	case strings.HasPrefix(method, "Set") && strings.HasSuffix(method, "Deadline"):
		for _, s := range m.hot.Body.List {
			if s.Pos() <= call.Pos() && call.End() <= s.End() {
				switch s := s.(type) {
				case *ast.ExprStmt, *ast.AssignStmt:
					return nil
				case *ast.IfStmt:
					if s.Init != nil && call.End() <= s.Init.End() || call.End() <= s.Cond.End() {
						return nil
					}
				}
			}
		}
		return obstacle("percall", "the deadline of %s would outlive the call", name)
	case isReleaseName(method) && body != ast.Node(m.hot.Body):
		return obstacle("release", "%s is released in a helper", name)
	}
	return nil
}

// passed requires that a function only uses what it is given.
func (p *plan) passed(m *move, call *ast.CallExpr, i int, id *ast.Ident, depth int) *Obstacle {
	name := short(p.f.pass.Fset, call.Fun)
	if p.f.info.Types[ast.Unparen(call.Fun)].IsBuiltin() {
		return obstacle("kept", "%s is kept elsewhere", id.Name)
	}
	fn := p.f.function(call.Fun)
	if fn != nil && fn.Pkg() != nil && passing[fn.Pkg().Path()+"."+fn.Name()] {
		return nil
	}
	if fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "io" && strings.HasPrefix(fn.Name(), "ReadAll") {
		return obstacle("percall", "each call reads %s to its end", id.Name)
	}
	d := p.f.declOf(call.Fun)
	if d == nil || depth == 0 || fn == nil || fn.Signature().Variadic() {
		return obstacle("kept", "%s may keep %s", name, id.Name)
	}
	n := 0
	for _, field := range d.Type.Params.List {
		for _, param := range field.Names {
			if n == i {
				obj := p.f.info.Defs[param]
				if obj == nil {
					return nil
				}
				if p.f.locals[obj] != nil {
					return obstacle("kept", "%s may keep %s", name, id.Name)
				}
				return p.onlyUsed(m, d.Body, obj, depth-1)
			}
			n++
		}
	}
	return nil
}

// onlySetHere requires that a field is set in no other method that a session
// calls, and that the hot method does not release what it held.
func (p *plan) onlySetHere(m *move, v *types.Var, l *ast.SelectorExpr) *Obstacle {
	for _, d := range p.f.writers[v] {
		if d != m.hot && !p.isHook(d) && d.Recv != nil {
			return obstacle("assigned", "%s sets %s too", d.Name.Name, short(p.f.pass.Fset, l))
		}
	}
	for d := range p.f.declared() {
		if d == m.hot || p.isHook(d) || d.Body == nil || d.Recv == nil {
			continue
		}
		if p.f.callsOn(d.Body, v, isReleaseName) {
			return obstacle("release", "another method closes %s", short(p.f.pass.Fset, l))
		}
	}
	if p.f.callsOn(m.hot.Body, v, isReleaseName) {
		return obstacle("release", "%s itself closes %s", m.hot.Name.Name, short(p.f.pass.Fset, l))
	}
	writes := 0
	ast.Inspect(m.hot.Body, func(n ast.Node) bool {
		if x, ok := n.(*ast.AssignStmt); ok {
			for _, e := range x.Lhs {
				if fieldOf(p.f.info, e) == v {
					writes++
				}
			}
		}
		return true
	})
	if writes > 1 {
		return obstacle("assigned", "%s is assigned again", short(p.f.pass.Fset, l))
	}
	return nil
}

// callsOn tells whether a body calls a method, of a name that is wanted, on what
// a field holds.
func (f *Fixer) callsOn(body ast.Node, v *types.Var, want func(name string) bool) bool {
	return contains(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return false
		}
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		return ok && want(sel.Sel.Name) && fieldOf(f.info, sel.X) == v
	})
}

// releases finds where the hot method releases what a variable holds: these
// statements go. A release under a condition, or one whose error is looked at,
// stands in the way.
func (p *plan) releases(m *move, obj types.Object, isFunc bool, list []ast.Stmt) *Obstacle {
	releases := func(call *ast.CallExpr) bool {
		if isFunc {
			id, ok := ast.Unparen(call.Fun).(*ast.Ident)
			return ok && p.f.info.Uses[id] == obj
		}
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok || !isReleaseName(sel.Sel.Name) {
			return false
		}
		id, ok := ast.Unparen(sel.X).(*ast.Ident)
		return ok && p.f.info.Uses[id] == obj
	}
	gone := func(s ast.Stmt) bool {
		var call *ast.CallExpr
		switch s := s.(type) {
		case *ast.DeferStmt:
			call = s.Call
			if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok && len(lit.Body.List) == 1 && len(call.Args) == 0 {
				switch b := lit.Body.List[0].(type) {
				case *ast.ExprStmt:
					call, _ = b.X.(*ast.CallExpr)
				case *ast.AssignStmt:
					if id, ok := b.Lhs[0].(*ast.Ident); ok && len(b.Lhs) == 1 && id.Name == "_" {
						call, _ = b.Rhs[0].(*ast.CallExpr)
					}
				}
			}
		case *ast.ExprStmt:
			call, _ = s.X.(*ast.CallExpr)
		case *ast.AssignStmt:
			if id, ok := s.Lhs[0].(*ast.Ident); ok && len(s.Lhs) == 1 && id.Name == "_" {
				call, _ = s.Rhs[0].(*ast.CallExpr)
			}
		}
		return call != nil && releases(call)
	}
	for _, s := range list {
		if gone(s) {
			m.stmts = append(m.stmts, s)
			m.releasing = append(m.releasing, s)
		}
	}
	var o *Obstacle
	ast.Inspect(m.hot.Body, func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && slices.Contains(m.stmts, s) {
			return false
		}
		if call, ok := n.(*ast.CallExpr); ok && releases(call) {
			o = obstacle("release", "%s releases %s under a condition", m.hot.Name.Name, obj.Name())
		}
		if isFunc {
			if id, ok := n.(*ast.Ident); ok && p.f.info.Uses[id] == obj && o == nil {
				o = obstacle("kept", "%s is kept elsewhere", obj.Name())
			}
		}
		return true
	})
	return o
}
