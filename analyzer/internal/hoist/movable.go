package hoist

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// movable requires that a part of a hot method means the same in start: that
// nothing in it belongs to one call. It makes the move have a context of its
// own if the part names the call's.
func (p *plan) movable(m *move, n ast.Node) *Obstacle {
	var o *Obstacle
	called, root := make(map[*ast.FuncLit]bool), n
	var visit func(n ast.Node, deferred bool)
	visit = func(n ast.Node, deferred bool) {
		ast.Inspect(n, func(x ast.Node) bool {
			if o != nil {
				return false
			}
			switch x := x.(type) {
			case *ast.FuncLit:
				visit(x.Body, !called[x])
				return false
			case *ast.Ident:
				o = p.ident(m, root, x)
			case *ast.SelectorExpr:
				if v := fieldOf(p.f.info, x); v != nil && !deferred {
					o = p.stableField(x, v)
				}
			case *ast.CallExpr:
				if lit, ok := ast.Unparen(x.Fun).(*ast.FuncLit); ok && x != n {
					called[lit] = true
				}
				if !deferred && x != n {
					o = p.pure(x, maxLife)
				}
			case *ast.UnaryExpr:
				if x.Op == token.ARROW && !deferred {
					o = obstacle("value", "it depends on what is received from %s", short(p.f.pass.Fset, x.X))
				}
			}
			return o == nil
		})
	}
	visit(n, false)
	return o
}

// ident looks at one name in a part that is to be moved.
func (p *plan) ident(m *move, part ast.Node, id *ast.Ident) *Obstacle {
	obj := p.f.info.Uses[id]
	v, ok := obj.(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil {
		return nil
	}
	switch {
	case v.Parent() == v.Pkg().Scope():
		if v.Pkg() == p.f.pass.Pkg {
			if d := p.f.varWriters[v]; d != nil {
				return obstacle("value", "it depends on %s, which %s sets", id.Name, d.Name.Name)
			}
		}
		return nil
	case part.Pos() <= v.Pos() && v.Pos() < part.End():
		return nil // its own
	case p.isReceiver(m.hot, v):
		return nil
	case p.subst[v] != "" || m.subst[v] != "":
		return nil
	case p.isParam(m.hot, v) && isContext(v.Type()):
		if l := p.f.locals[v]; l != nil {
			return obstacle("value", "it depends on %s, which the call sets", id.Name)
		}
		m.own = "?"
		return nil
	}
	if d := p.f.single(v); d != nil && p.plain(d) && p.movable(m, d) == nil {
		return nil // written out where it is used
	}
	return obstacle("value", "it depends on %s, a value of this call", id.Name)
}

func (p *plan) sortedHots() []*ast.FuncDecl { return p.f.sortedHots(p.shape) }

func (p *plan) isReceiver(hot *ast.FuncDecl, v types.Object) bool {
	r := hot.Recv.List[0]
	return len(r.Names) == 1 && p.f.info.Defs[r.Names[0]] == v
}

func (p *plan) isParam(hot *ast.FuncDecl, v types.Object) bool {
	return slices.ContainsFunc(hot.Type.Params.List, func(field *ast.Field) bool {
		return slices.ContainsFunc(field.Names, func(id *ast.Ident) bool { return p.f.info.Defs[id] == v })
	})
}

// stableField requires that a field has the same value at the end of start as
// in the calls: that nothing but start, stop and constructors sets it.
func (p *plan) stableField(x *ast.SelectorExpr, v *types.Var) *Obstacle {
	for _, d := range p.f.writers[v] {
		if (p.isHook(d) || d == p.ctor()) && !p.f.writesInLiteral(d, v) {
			continue
		}
		if d.Recv == nil && !p.shape.hots[d] && p.isMaker(d) && d != p.ctor() && !(isConstructorName(d) && p.f.writesInLiteral(d, v)) {
			continue // a constructor, an option
		}
		if p.goneWrites(d, v) {
			continue
		}
		return obstacle("value", "it depends on %s, which %s sets", short(p.f.pass.Fset, x), d.Name.Name)
	}
	return nil
}

// isHook tells whether a function is a start or stop.
func (p *plan) isHook(d *ast.FuncDecl) bool {
	return slices.Contains(p.shape.h.Start, d.Name.Name) || slices.Contains(p.shape.h.Stop, d.Name.Name)
}

// goneWrites tells whether a hot method sets a field just in statements that
// are moved.
func (p *plan) goneWrites(d *ast.FuncDecl, v *types.Var) bool {
	if !p.shape.hots[d] {
		return false
	}
	left := false
	p.f.writesIn(d.Body, p.gone(d), func(e ast.Expr) { left = left || fieldOf(p.f.info, e) == v })
	return !left
}

// pureExpr tells whether an expression does nothing but compute a value.
func (p *plan) pureExpr(e ast.Expr) bool {
	return !contains(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			return p.pure(n, maxLife) != nil
		case *ast.UnaryExpr:
			return n.Op == token.ARROW || n.Op == token.AND
		case *ast.FuncLit:
			return true
		}
		return false
	})
}

// plain tells whether an expression can be written out in place of a variable
// that holds it: a field, or a value that is the same however often it is
// computed.
func (p *plan) plain(e ast.Expr) bool {
	e = ast.Unparen(e)
	if fieldOf(p.f.info, e) != nil {
		_, ok := e.(*ast.SelectorExpr)
		return ok
	}
	_, basic := under(p.f.info.TypeOf(e)).(*types.Basic)
	return basic && p.pureExpr(e)
}

// pureStd are the std packages whose functions compute a value.
var pureStd = map[string]bool{
	"bytes": true, "cmp": true, "errors": true, "maps": true, "math": true, "net/netip": true,
	"net/url": true, "path": true, "path/filepath": true, "slices": true, "strconv": true, "strings": true,
	"time": true, "unicode": true, "context": true,
}

// pure requires that a call just computes a value.
func (p *plan) pure(call *ast.CallExpr, depth int) *Obstacle {
	fun := ast.Unparen(call.Fun)
	if tv, ok := p.f.info.Types[fun]; ok && (tv.IsType() || tv.IsBuiltin()) {
		return nil
	}
	fn := p.f.function(fun)
	name := short(p.f.pass.Fset, fun)
	if isPkgFunc(fn, "fmt", "Sprint", "Sprintf", "Sprintln", "Errorf") {
		return nil
	}
	if fn != nil && fn.Pkg() != nil && pureStd[fn.Pkg().Path()] && !isPkgFunc(fn, "time", "Now", "Since", "Until", "After", "NewTimer", "NewTicker") {
		return nil
	}
	if isPkgFunc(fn, "time", "Now", "Since", "Until") {
		return obstacle("value", "it depends on the time of the call")
	}
	if d := p.f.declOf(fun); d != nil && depth > 0 && len(d.Body.List) == 1 {
		if r, ok := d.Body.List[0].(*ast.ReturnStmt); ok {
			for _, e := range r.Results {
				var o *Obstacle
				ast.Inspect(e, func(n ast.Node) bool {
					switch n := n.(type) {
					case *ast.FuncLit:
						return false
					case *ast.CallExpr:
						if o == nil {
							o = p.pure(n, depth-1)
						}
					case *ast.SelectorExpr:
						if v := fieldOf(p.f.info, n); v != nil && o == nil {
							o = p.stableField(n, v)
						}
					}
					return true
				})
				if o != nil {
					return o
				}
			}
			return nil
		}
	}
	return obstacle("value", "it depends on what %s returns", name)
}

// text renders a part of a hot method as it is to stand in start.
func (p *plan) text(m *move, src *source, from, to token.Pos, n ast.Node) (string, *Obstacle) {
	return p.textFor(m.dest, m, src, from, to, n)
}

// A rep replaces a piece of moved text.
type rep struct {
	from, to token.Pos
	text     string
}

// textFor renders a part of a hot method as it is to stand in a hook: the
// receiver, moved variables and the call's context under their names there.
func (p *plan) textFor(k *hook, m *move, src *source, from, to token.Pos, n ast.Node, reps ...rep) (string, *Obstacle) {
	var o *Obstacle
	put := func(id *ast.Ident, text string) {
		reps = append(reps, rep{id.Pos(), id.End(), text})
		// The moved part may have a variable of its own by that name.
		name, _, _ := strings.Cut(text, ".")
		if scope := p.f.pass.Pkg.Scope().Innermost(id.Pos()); scope != nil && o == nil {
			if _, there := scope.LookupParent(name, id.Pos()); there != nil && n.Pos() <= there.Pos() && there.Pos() < n.End() {
				o = obstacle("name", "%s means something else where it would go", name)
			}
		}
	}
	selected := make(map[*ast.Ident]bool)
	ast.Inspect(n, func(x ast.Node) bool {
		if sel, ok := x.(*ast.SelectorExpr); ok {
			selected[sel.Sel] = true
		}
		id, ok := x.(*ast.Ident)
		if !ok || o != nil || id.Pos() < from || id.End() > to || selected[id] {
			return o == nil
		}
		if slices.ContainsFunc(reps, func(r rep) bool { return r.from <= id.Pos() && id.End() <= r.to }) {
			return true
		}
		switch obj := p.f.info.Uses[id].(type) {
		case *types.Var:
			switch {
			case obj.IsField():
			case p.isReceiver(m.hot, obj):
				put(id, k.recv)
			case p.field(m, obj) != "":
				put(id, k.recv+"."+p.field(m, obj))
			case p.isParam(m.hot, obj) && isContext(obj.Type()):
				if m.own == "" || m.own == "?" {
					o = obstacle("value", "it depends on %s, a value of this call", id.Name)
				}
				put(id, m.own)
			case obj.Parent() != nil && obj.Parent() != obj.Pkg().Scope() && (obj.Pos() < n.Pos() || obj.Pos() >= n.End()):
				d := p.f.single(obj)
				if d == nil || !p.plain(d) {
					o = obstacle("value", "it depends on %s, a value of this call", id.Name)
					return false
				}
				var t string
				if t, o = p.textFor(k, m, src, d.Pos(), d.End(), d); o == nil {
					basic, ok := types.Unalias(obj.Type()).(*types.Basic)
					_, binary := ast.Unparen(d).(*ast.BinaryExpr)
					switch {
					case ok && basic.Info()&types.IsNumeric != 0 && p.f.info.Types[d].Value != nil:
						t = basic.Name() + "(" + t + ")" // it has the variable's type, whatever stands beside it
					case binary:
						t = "(" + t + ")"
					}
					put(id, t)
				}
			default:
				o = p.visible(k, id, obj)
			}
		case *types.PkgName:
			var name string
			name, o = p.f.imports.name(k.src, obj.Imported().Path(), obj.Imported().Name())
			if o == nil && k.src != src {
				put(id, name)
			} else if o == nil {
				o = p.visible(k, id, obj)
			}
		case nil:
		default:
			if at := obj.Pos(); obj.Pkg() == p.f.pass.Pkg && obj.Parent() != nil && obj.Parent() != obj.Pkg().Scope() && (at < n.Pos() || at >= n.End()) {
				o = obstacle("value", "it depends on %s, which is declared in the call", id.Name)
				break
			}
			o = p.visible(k, id, obj)
		}
		return o == nil
	})
	if o != nil {
		return "", o
	}
	slices.SortFunc(reps, func(a, b rep) int { return cmp.Compare(a.from, b.from) })
	var b strings.Builder
	last := from
	for _, r := range reps {
		b.WriteString(src.between(last, r.from))
		b.WriteString(r.text)
		last = r.to
	}
	b.WriteString(src.between(last, to))
	m.rendered = append(m.rendered, rep{from: from, to: to})
	return b.String(), nil
}

func (p *plan) field(m *move, obj types.Object) string {
	if s := m.subst[obj]; s != "" {
		return s
	}
	return p.subst[obj]
}

// visible requires that a name means in a hook what it means in the hot method.
func (p *plan) visible(k *hook, id *ast.Ident, obj types.Object) *Obstacle {
	if !k.pos.IsValid() || obj.Parent() == nil {
		return nil // what is written has no names of its own; methods and fields
	}
	if p := obj.Parent(); p != types.Universe && obj.Pkg() != nil && p != obj.Pkg().Scope() {
		if _, ok := obj.(*types.PkgName); !ok {
			return nil // a label, or a name of the moved part's own
		}
	}
	scope := p.f.pass.Pkg.Scope().Innermost(k.pos)
	if scope == nil {
		return nil
	}
	_, there := scope.LookupParent(id.Name, k.pos)
	if there == nil || there == obj {
		return nil
	}
	a, ok1 := there.(*types.PkgName)
	b, ok2 := obj.(*types.PkgName)
	if ok1 && ok2 && a.Imported() == b.Imported() {
		return nil
	}
	return obstacle("name", "%s means something else in %s", id.Name, k.name)
}

// isConstructorName tells whether a function is named like a constructor: what
// it hands out is called later, unlike an option.
func isConstructorName(d *ast.FuncDecl) bool {
	return strings.HasPrefix(d.Name.Name, "New") || strings.HasPrefix(d.Name.Name, "new")
}

func isReleaseName(name string) bool { return model.IsRelease(name) }
