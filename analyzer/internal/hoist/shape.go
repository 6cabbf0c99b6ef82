package hoist

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/emitcheck/emitcheck/analyzer/internal/contract"
)

// A shape is a handler type as a fix finds it: its struct, and where start and
// stop take what is moved.
type shape struct {
	h     *contract.Handler
	named *types.Named
	spec  *ast.TypeSpec
	st    *ast.StructType
	src   *source
	start *hook
	stop  *hook

	noStart *Obstacle // why nothing can be moved to start
	noStop  *Obstacle // why stop can release nothing

	hots map[*ast.FuncDecl]bool
}

// A hook is a start or a stop: a method or constructor that is there, or one
// that the fix writes.
type hook struct {
	name string
	decl *ast.FuncDecl // nil where it is written
	src  *source
	recv string // the handler's name in it
	ctx  string // its context's name; "" where it has none that is named
	sess string // its *runtime.Session's name, likewise

	usesCtx, usesSess bool
	fails             bool // it returns an error

	// A start takes what is moved at an offset of src, a stop at the start of its
	// body or after one of its statements.
	at      int    // -1 where one of edits says so, by a NUL
	failure string // how it returns err
	pos     token.Pos
	edits   []edit

	// For one that is written:
	head     string // its comment and signature
	delegate string // the call of the promoted method that it hides
}

// moved stands in a hook's edit for what is moved. Like the other marks in texts
// that are made, no Go source can hold it.
const moved = "\x00moved\x00"

// shape looks at a handler type.
func (f *Fixer) shape(h *contract.Handler) (*shape, *Obstacle) {
	if h.Type == nil {
		return nil, obstacle("function", "%s is a function and has no start of its own", h.Name)
	}
	s := &shape{h: h, named: h.Type, spec: f.specs[h.Type.Obj()], hots: make(map[*ast.FuncDecl]bool)}
	if s.spec == nil {
		return nil, obstacle("struct", "%s is not declared in the package", h.Name)
	}
	st, ok := s.spec.Type.(*ast.StructType)
	if !ok {
		return nil, obstacle("struct", "%s is no struct", h.Name)
	}
	s.st = st
	var o *Obstacle
	if s.src, o = f.source(s.spec.Pos()); o != nil {
		return nil, o
	}
	for _, m := range h.Hot {
		if d, ok := m.Body.(*ast.FuncDecl); ok {
			s.hots[d] = true
		}
	}
	s.start, s.noStart = f.start(s)
	s.stop, s.noStop = f.stop(s)
	for _, k := range []*hook{s.start, s.stop} {
		if k == nil || k.decl == nil {
			continue
		}
		if hot := f.reaches(k.decl, s.hots, make(map[*ast.FuncDecl]bool)); hot != nil {
			o := obstacle("start", "%s itself comes to call %s", k.name, hot.Name.Name)
			if k == s.start {
				s.start, s.noStart = nil, &Obstacle{"again", o.Why} // start and driver may call it side by side
			} else {
				s.stop, s.noStop = nil, &Obstacle{"stop", o.Why}
			}
		}
	}
	for d := range f.declared() {
		fn, ok := f.info.Defs[d.Name].(*types.Func)
		if s.start == nil || !ok || s.hots[d] || f.lifecycle[d] || !ownReceiver(fn, s.named) {
			continue
		}
		if hot := f.reaches(d, s.hots, make(map[*ast.FuncDecl]bool)); hot != nil {
			s.start, s.noStart = nil, obstacle("start", "%s calls %s, and may do so without %s", d.Name.Name, hot.Name.Name, s.start.name)
		}
	}
	if o := f.everywhere(s); o != nil {
		return nil, o
	}
	return s, nil
}

// reaches returns a hot method that a function names, directly or through the
// functions that it names.
func (f *Fixer) reaches(d *ast.FuncDecl, hots, seen map[*ast.FuncDecl]bool) *ast.FuncDecl {
	if seen[d] || d.Body == nil {
		return nil
	}
	seen[d] = true
	var found *ast.FuncDecl
	ast.Inspect(d.Body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || found != nil {
			return found == nil
		}
		fn, ok := f.info.Uses[id].(*types.Func)
		if !ok {
			return true
		}
		if callee := f.decls[fn.Origin()]; callee != nil {
			if hots[callee] {
				found = callee
			} else {
				found = f.reaches(callee, hots, seen)
			}
		}
		return found == nil
	})
	return found
}

// method returns a method of the handler type, and the path of embedded fields
// that it is promoted through.
func (f *Fixer) method(named *types.Named, name string) (fn *types.Func, path []string) {
	obj, index, _ := types.LookupFieldOrMethod(types.NewPointer(named), true, f.pass.Pkg, name)
	fn, ok := obj.(*types.Func)
	if !ok {
		return nil, nil
	}
	var t types.Type = named
	for _, i := range index[:len(index)-1] {
		if p, ok := under(t).(*types.Pointer); ok {
			t = p.Elem()
		}
		st, ok := under(t).(*types.Struct)
		if !ok {
			return nil, nil
		}
		path = append(path, st.Field(i).Name())
		t = st.Field(i).Type()
	}
	return fn.Origin(), path
}

// start finds the start.
func (f *Fixer) start(s *shape) (*hook, *Obstacle) {
	for _, name := range s.h.Start {
		fn, path := f.method(s.named, name)
		if fn == nil {
			continue
		}
		if slices.Contains(s.h.Again, name) || f.restarts(s, fn) {
			return nil, obstacle("again", "%s is called again within a session", name)
		}
		if len(path) > 0 {
			return f.write(s, fn, path)
		}
		return f.ownStart(s, fn)
	}
	if sig := s.h.WriteStart; sig != "" {
		return f.writeNew(s, sig)
	}
	var ctors []*ast.FuncDecl
	for fn, d := range f.decls {
		if fn.Signature().Recv() == nil && slices.Contains(s.h.Start, fn.Name()) {
			ctors = append(ctors, d)
		}
	}
	switch len(ctors) {
	case 0:
		return nil, obstacle("start", "%s has neither a start method nor a constructor", s.h.Name)
	case 1:
		return f.constructor(s, ctors[0])
	}
	return nil, obstacle("start", "%s has several constructors and no start method", s.h.Name)
}

// restarts tells whether a method of the handler type calls start.
func (f *Fixer) restarts(s *shape, start *types.Func) bool {
	for d := range f.declared() {
		fn, ok := f.info.Defs[d.Name].(*types.Func)
		if !ok || !ownReceiver(fn, s.named) || fn == start {
			continue
		}
		if contains(d.Body, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return false
			}
			used, ok := f.info.Uses[id].(*types.Func)
			return ok && used.Origin() == start
		}) && d.Name.Name != start.Name() {
			return true
		}
	}
	return false
}

// ownStart makes a hook of a start method of the type itself.
func (f *Fixer) ownStart(s *shape, fn *types.Func) (*hook, *Obstacle) {
	d := f.decls[fn]
	if d == nil || d.Body == nil {
		return nil, obstacle("start", "%s is not written in Go here", fn.Name())
	}
	k, o := f.hook(s, d)
	if o != nil {
		return nil, o
	}
	f.params(k, d)
	sig := fn.Signature()
	switch n := sig.Results().Len(); {
	case n == 0:
	case n == 1 && isErrorType(sig.Results().At(0).Type()):
		k.fails, k.failure = true, "return err"
	default:
		return nil, obstacle("start", "%s returns more than an error", fn.Name())
	}
	if o := f.tail(k); o != nil {
		return nil, o
	}
	return k, nil
}

// hook makes a hook of a method of the type.
func (f *Fixer) hook(s *shape, d *ast.FuncDecl) (*hook, *Obstacle) {
	src, o := f.source(d.Pos())
	if o != nil {
		return nil, o
	}
	k := &hook{name: d.Name.Name, decl: d, src: src}
	if k.recv, o = f.receiver(s, k, d); o != nil {
		return nil, o
	}
	return k, nil
}

// receiver returns the name of a method's receiver, and names it if it has no
// name.
func (f *Fixer) receiver(s *shape, k *hook, d *ast.FuncDecl) (string, *Obstacle) {
	if d.Recv == nil || len(d.Recv.List) != 1 {
		return "", obstacle("receiver", "%s is no method", d.Name.Name)
	}
	field := d.Recv.List[0]
	if _, ok := ast.Unparen(field.Type).(*ast.StarExpr); !ok {
		return "", obstacle("receiver", "the receiver of %s is a value", d.Name.Name)
	}
	if o := f.sameTypeParams(s, d); o != nil {
		return "", o
	}
	if r := f.receiverOf(d); r != nil && f.locals[r] != nil {
		return "", obstacle("receiver", "%s gives its receiver another value", d.Name.Name)
	}
	if len(field.Names) == 1 && field.Names[0].Name != "_" {
		return field.Names[0].Name, nil
	}
	name := f.recvName(s, d)
	src, o := f.source(d.Pos())
	if o != nil {
		return "", o
	}
	if len(field.Names) == 1 {
		id := field.Names[0]
		k.edits = append(k.edits, edit{src, src.offset(id.Pos()), src.offset(id.End()), name})
	} else {
		at := src.offset(field.Type.Pos())
		k.edits = append(k.edits, edit{src, at, at, name + " "})
	}
	return name, nil
}

// recvName chooses a receiver's name: the one that other methods use.
func (f *Fixer) recvName(s *shape, d *ast.FuncDecl) string {
	taken := identsIn(d)
	for _, h := range f.sortedHots(s) {
		if h.Recv != nil && len(h.Recv.List) == 1 && len(h.Recv.List[0].Names) == 1 {
			if n := h.Recv.List[0].Names[0].Name; n != "_" && !taken[n] {
				return n
			}
		}
	}
	return unique("h", func(n string) bool { return taken[n] })
}

// sameTypeParams requires that a method names the type's parameters as the type
// does: what is moved names them.
func (f *Fixer) sameTypeParams(s *shape, d *ast.FuncDecl) *Obstacle {
	fn, ok := f.info.Defs[d.Name].(*types.Func)
	if !ok {
		return nil
	}
	own := s.named.TypeParams()
	ps := fn.Signature().RecvTypeParams()
	for i := range own.Len() {
		if i >= ps.Len() || ps.At(i).Obj().Name() != own.At(i).Obj().Name() {
			return obstacle("generic", "%s names the type parameters of %s otherwise", d.Name.Name, s.h.Name)
		}
	}
	return nil
}

// runtimePath is where the reference runtime lies.
const runtimePath = "github.com/emitcheck/emitcheck/runtime"

// params finds the context and the session among a hook's params. One that has
// no name is given one if it is used.
func (f *Fixer) params(k *hook, d *ast.FuncDecl) {
	taken := identsIn(d)
	for _, p := range d.Type.Params.List {
		named := len(p.Names) == 1 && p.Names[0].Name != "_"
		if len(p.Names) > 1 {
			continue
		}
		choose := func(name string) string {
			if named {
				return p.Names[0].Name
			}
			return unique(name, func(n string) bool { return taken[n] || n == k.recv })
		}
		switch t := f.info.TypeOf(p.Type); {
		case isContext(t):
			k.ctx = choose("ctx")
		case isNamed(t, runtimePath, "Session"):
			k.sess = choose("s")
			if !named && k.sess != "s" {
				k.sess = choose("session")
			}
		}
	}
	if k.ctx != "" && f.assigned(d, k.ctx) {
		k.ctx = ""
	}
	if k.sess != "" && f.assigned(d, k.sess) {
		k.sess = ""
	}
}

// nameParams names the context and session params of a hook that are used and
// have no name.
func (f *Fixer) nameParams(k *hook) []edit {
	var edits []edit
	if k.decl == nil || !k.usesCtx && !k.usesSess {
		return nil
	}
	for _, p := range k.decl.Type.Params.List {
		name := "_"
		switch t := f.info.TypeOf(p.Type); {
		case isContext(t) && k.usesCtx:
			name = k.ctx
		case isNamed(t, runtimePath, "Session") && k.usesSess:
			name = k.sess
		}
		off := k.src.offset
		switch {
		case len(p.Names) == 0:
			edits = append(edits, edit{k.src, off(p.Type.Pos()), off(p.Type.Pos()), name + " "})
		case len(p.Names) == 1 && p.Names[0].Name == "_" && name != "_":
			id := p.Names[0]
			edits = append(edits, edit{k.src, off(id.Pos()), off(id.End()), name})
		}
	}
	for _, e := range edits {
		if strings.TrimSpace(e.text) != "_" {
			return edits
		}
	}
	return nil // all that is used has a name
}

// assigned tells whether a function assigns the variable called name.
func (f *Fixer) assigned(d *ast.FuncDecl, name string) bool {
	return contains(d.Body, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		return ok && slices.ContainsFunc(a.Lhs, func(e ast.Expr) bool {
			id, ok := e.(*ast.Ident)
			return ok && id.Name == name
		})
	})
}

// tail finds where a start ends well: what is moved goes there, when all that
// it may need has been made. It must be one place, and the last.
func (f *Fixer) tail(k *hook) *Obstacle {
	list := k.decl.Body.List
	var last *ast.ReturnStmt
	if n := len(list); n > 0 {
		last, _ = list[n-1].(*ast.ReturnStmt)
	}
	var o *Obstacle
	ast.Inspect(k.decl.Body, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if x != last && !f.fails(k, x) && o == nil {
				o = obstacle("start", "%s may end before its last statement", k.name)
			}
		case *ast.LabeledStmt:
			if o == nil {
				o = obstacle("start", "%s has a label", k.name)
			}
		case *ast.DeferStmt:
			if o == nil && f.setsResult(k.decl, x) {
				o = obstacle("start", "%s sets its result when it ends", k.name)
			}
		}
		return true
	})
	if o == nil && f.staysOn(k.decl.Body) {
		o = obstacle("start", "%s itself runs as long as the session", k.name)
	}
	if o != nil {
		return o
	}
	src := k.src
	switch {
	case last == nil:
		if k.fails || f.terminates(list) {
			return obstacle("start", "%s does not end with a return", k.name)
		}
		k.pos = k.decl.Body.Rbrace
		k.at = src.offset(k.pos)
	case len(last.Results) == 0:
		if k.fails {
			return obstacle("start", "%s returns a named result", k.name)
		}
		fallthrough
	case f.succeeds(k, last):
		k.pos = last.Pos()
		k.at = f.before(src, k.decl, last)
	case k.fails && len(last.Results) == 1 && !f.isFailure(k, last):
		// return h.base.SessionStart(ctx)
		k.pos = last.Pos()
		k.at = src.offset(k.pos)
		expr := src.between(last.Results[0].Pos(), last.Results[0].End())
		if !types.IsInterface(f.info.TypeOf(last.Results[0])) {
			return obstacle("start", "%s returns an error of a type of its own", k.name)
		}
		behind, to := "", src.offset(last.End())
		if g := trail(src, last); g != nil {
			behind, to = " "+src.between(g.Pos(), g.End()), src.offset(g.End())
		}
		check := "if err := " + expr + "; err != nil {" + behind + "\nreturn err\n}\n"
		if _, ok := ast.Unparen(last.Results[0]).(*ast.Ident); ok {
			check = "if " + expr + " != nil {" + behind + "\nreturn " + expr + "\n}\n"
		}
		k.edits = append(k.edits, edit{src, src.offset(last.Pos()), to, check + moved + "\nreturn nil"})
		k.at = -1
	default:
		return obstacle("start", "%s does not end well at its end", k.name)
	}
	return nil
}

// setsResult tells whether a deferred function gives a named result a value.
func (f *Fixer) setsResult(d *ast.FuncDecl, s *ast.DeferStmt) bool {
	if d.Type.Results == nil {
		return false
	}
	for _, field := range d.Type.Results.List {
		for _, id := range field.Names {
			if obj := f.info.Defs[id]; obj != nil && contains(s, func(n ast.Node) bool {
				a, ok := n.(*ast.AssignStmt)
				return ok && slices.ContainsFunc(a.Lhs, func(e ast.Expr) bool { return f.uses(e, obj) })
			}) {
				return true
			}
		}
	}
	return false
}

// before returns the offset before a statement and the comment right above it.
func (f *Fixer) before(src *source, fn *ast.FuncDecl, s ast.Stmt) int {
	if g := lead(src, fn, s); g != nil {
		return src.offset(g.Pos())
	}
	return src.offset(s.Pos())
}

// terminates tells whether a body ends in a statement that nothing follows.
func (f *Fixer) terminates(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch s := list[len(list)-1].(type) {
	case *ast.ForStmt:
		return s.Cond == nil
	case *ast.SelectStmt:
		return true
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		id, ok := call.Fun.(*ast.Ident)
		return ok && id.Name == "panic"
	}
	return false
}

// staysOn tells whether a start waits for the end of its own context, or loops
// without end: it is a run, not a start.
func (f *Fixer) staysOn(body *ast.BlockStmt) bool {
	return slices.ContainsFunc(body.List, func(s ast.Stmt) bool {
		if loop, ok := s.(*ast.ForStmt); ok && loop.Cond == nil {
			return true
		}
		e, ok := s.(*ast.ExprStmt)
		if !ok {
			return false
		}
		ch := received(e)
		return ch != nil && isToken(f.info.TypeOf(ch))
	})
}

// succeeds tells whether a return hands back no error.
func (f *Fixer) succeeds(k *hook, r *ast.ReturnStmt) bool {
	if !k.fails {
		return true
	}
	n := len(r.Results)
	if n == 0 {
		return false
	}
	e := ast.Unparen(r.Results[n-1])
	if call, ok := e.(*ast.CallExpr); ok && f.info.Types[call.Fun].IsType() && len(call.Args) == 1 {
		e = ast.Unparen(call.Args[0]) // error(nil)
	}
	return f.info.Types[e].IsNil()
}

// fails tells whether a return surely hands back an error.
func (f *Fixer) fails(k *hook, r *ast.ReturnStmt) bool {
	return k.fails && f.isFailure(k, r)
}

func (f *Fixer) isFailure(k *hook, r *ast.ReturnStmt) bool {
	n := len(r.Results)
	if n == 0 {
		return false
	}
	switch e := ast.Unparen(r.Results[n-1]).(type) {
	case *ast.Ident:
		if v, ok := f.info.Uses[e].(*types.Var); ok {
			if v.Parent() == f.pass.Pkg.Scope() {
				return f.varWriters[v] == nil && f.sentinels[v]
			}
			return f.underNotNil(k.decl.Body, r, v)
		}
	case *ast.SelectorExpr:
		v, ok := f.info.Uses[e.Sel].(*types.Var)
		return ok && !v.IsField() && v.Pkg() != f.pass.Pkg && (strings.HasPrefix(v.Name(), "Err") || v.Name() == "EOF")
	case *ast.CallExpr:
		fn := f.function(e.Fun)
		return isPkgFunc(fn, "fmt", "Errorf") || isPkgFunc(fn, "errors", "New")
	case *ast.CompositeLit:
		return true
	case *ast.UnaryExpr:
		return e.Op == token.AND
	}
	return false
}

// underNotNil tells whether a statement lies in the body of an if that asks
// whether v is not nil.
func (f *Fixer) underNotNil(body ast.Node, at ast.Node, v types.Object) bool {
	return contains(body, func(n ast.Node) bool {
		x, ok := n.(*ast.IfStmt)
		if !ok || at.Pos() < x.Body.Pos() || at.End() > x.Body.End() {
			return false
		}
		c, ok := ast.Unparen(x.Cond).(*ast.BinaryExpr)
		if !ok || c.Op != token.NEQ || !f.uses(c.X, v) || !f.info.Types[c.Y].IsNil() {
			return false
		}
		return !contains(x.Body, func(n ast.Node) bool {
			a, ok := n.(*ast.AssignStmt)
			return ok && slices.ContainsFunc(a.Lhs, func(e ast.Expr) bool { return f.uses(e, v) })
		})
	})
}

// constructor makes a hook of the function that makes a handler.
func (f *Fixer) constructor(s *shape, d *ast.FuncDecl) (*hook, *Obstacle) {
	src, o := f.source(d.Pos())
	if o != nil {
		return nil, o
	}
	if s.named.TypeParams().Len() > 0 {
		return nil, obstacle("generic", "its start is a generic constructor")
	}
	k := &hook{name: d.Name.Name, decl: d, src: src}
	f.params(k, d)
	k.ctx = "" // a constructor's context is not the session's
	if where := f.madeElsewhere(s, d); where != "" {
		return nil, obstacle("start", "a %s is made in %s too", s.h.Name, where)
	}
	sig := f.info.Defs[d.Name].(*types.Func).Signature()
	res := sig.Results()
	if res.Len() == 0 || res.Len() > 2 {
		return nil, obstacle("start", "%s returns more than a handler and an error", k.name)
	}
	if _, ok := types.Unalias(res.At(0).Type()).(*types.Pointer); !ok {
		return nil, obstacle("start", "%s does not return a pointer to %s", k.name, s.h.Name)
	}
	if res.Len() == 2 {
		if !isErrorType(res.At(1).Type()) {
			return nil, obstacle("start", "%s returns more than a handler and an error", k.name)
		}
		k.fails, k.failure = true, "return nil, err"
	}
	n := len(d.Body.List)
	if n == 0 {
		return nil, obstacle("start", "%s does not end with a return", k.name)
	}
	last, ok := d.Body.List[n-1].(*ast.ReturnStmt)
	if !ok || len(last.Results) != res.Len() || !f.succeeds(k, last) {
		return nil, obstacle("start", "%s does not end with the return of a new %s", k.name, s.h.Name)
	}
	bad := false
	ast.Inspect(d.Body, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if r, ok := n.(*ast.ReturnStmt); ok && r != last && !f.fails(k, r) {
			bad = true
		}
		return true
	})
	if bad {
		return nil, obstacle("start", "%s may end before its last statement", k.name)
	}
	k.pos = last.Pos()
	k.at = f.before(src, d, last)
	taken := identsIn(d)
	switch e := ast.Unparen(last.Results[0]).(type) {
	case *ast.Ident:
		k.recv = e.Name
		if v, ok := f.info.Uses[e].(*types.Var); !ok || v.Parent() == f.pass.Pkg.Scope() {
			return nil, obstacle("start", "%s does not end with the return of a new %s", k.name, s.h.Name)
		}
	case *ast.UnaryExpr:
		if _, ok := e.X.(*ast.CompositeLit); !ok || e.Op != token.AND {
			return nil, obstacle("start", "%s does not end with the return of a new %s", k.name, s.h.Name)
		}
		k.recv = "h"
		for _, h := range f.sortedHots(s) {
			if h.Recv != nil && len(h.Recv.List) == 1 && len(h.Recv.List[0].Names) == 1 && h.Recv.List[0].Names[0].Name != "_" {
				k.recv = h.Recv.List[0].Names[0].Name
			}
		}
		k.recv = unique(k.recv, func(n string) bool { return taken[n] })
		lit := src.between(e.Pos(), e.End())
		k.edits = append(k.edits, edit{src, src.offset(last.Pos()), src.offset(e.End()), k.recv + " := " + lit + "\n" + moved + "\nreturn " + k.recv})
		k.at = -1
	default:
		return nil, obstacle("start", "%s does not end with the return of a new %s", k.name, s.h.Name)
	}
	return k, nil
}

// madeElsewhere names what makes handlers beside their constructor, or calls
// that for a variable of the package.
func (f *Fixer) madeElsewhere(s *shape, ctor *ast.FuncDecl) string {
	fn := f.info.Defs[ctor.Name]
	where := ""
	for _, file := range f.pass.Files {
		for _, decl := range file.Decls {
			if decl == ast.Decl(ctor) || where != "" {
				continue
			}
			d, isFunc := decl.(*ast.FuncDecl)
			if contains(decl, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CompositeLit:
					return sameNamed(f.info.TypeOf(n), s.named)
				case *ast.CallExpr:
					return isBuiltinCall(f.info, n, "new") && sameNamed(f.info.TypeOf(n.Args[0]), s.named)
				case *ast.Ident:
					return !isFunc && f.info.Uses[n] == fn
				}
				return false
			}) {
				where = "a variable"
				if isFunc {
					where = d.Name.Name
				}
			}
		}
	}
	return where
}

// stop finds the stop.
func (f *Fixer) stop(s *shape) (*hook, *Obstacle) {
	for _, name := range s.h.Stop {
		fn, path := f.method(s.named, name)
		if fn == nil {
			continue
		}
		if len(path) > 0 {
			return f.write(s, fn, path)
		}
		d := f.decls[fn]
		if d == nil || d.Body == nil {
			return nil, obstacle("stop", "%s is not written in Go here", name)
		}
		return f.hook(s, d)
	}
	if sig := s.h.WriteStop; sig != "" {
		name, _, _ := strings.Cut(sig, "(")
		if _, index, _ := types.LookupFieldOrMethod(types.NewPointer(s.named), true, f.pass.Pkg, name); index != nil {
			return nil, obstacle("stop", "%s has more than one %s", s.h.Name, name)
		}
		return f.writeNew(s, sig)
	}
	return nil, obstacle("stop", "%s has no stop method", s.h.Name)
}

func identsIn(n ast.Node) map[string]bool {
	names := make(map[string]bool)
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			names[id.Name] = true
		}
		return true
	})
	return names
}

// unique returns a name that is not taken: itself, or with a number.
func unique(name string, taken func(string) bool) string {
	if !taken(name) {
		return name
	}
	for i := 2; ; i++ {
		if n := fmt.Sprintf("%s%d", name, i); !taken(n) {
			return n
		}
	}
}

func qualified(pkg, name string) string {
	if pkg == "" {
		return name
	}
	return pkg + "." + name
}
