package hoist

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
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
	needs    []string
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
				s.start, s.noStart = nil, o
			} else {
				s.stop, s.noStop = nil, &Obstacle{"stop", o.Why}
			}
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

// everywhere requires that all that a fix edits is built under the same
// conditions: else it would put right one system and break another.
func (f *Fixer) everywhere(s *shape) *Obstacle {
	want := constraint(s.src)
	f.tags = want
	check := func(src *source) *Obstacle {
		if constraint(src) != want {
			return obstacle("tags", "%s is not built wherever %s is", base(src.tok.Name()), base(s.src.tok.Name()))
		}
		return nil
	}
	for _, k := range []*hook{s.start, s.stop} {
		if k == nil {
			continue
		}
		if o := check(k.src); o != nil {
			return o
		}
		method := ""
		if k.decl == nil {
			method = k.name
		}
		if f.ignored(s.h.Name, method) {
			return obstacle("tags", "%s is named in a file that is not built here", s.h.Name)
		}
	}
	for d := range s.hots {
		src, o := f.source(d.Pos())
		if o == nil {
			o = check(src)
		}
		if o != nil {
			return o
		}
	}
	return nil
}

// constraint returns the conditions under which a file is built, as far as they
// are written in it or in its name.
func constraint(s *source) string {
	text := ""
	for _, g := range s.file.Comments {
		if g.Pos() > s.file.Package {
			break
		}
		for _, c := range g.List {
			if strings.HasPrefix(c.Text, "//go:build ") {
				text = c.Text
			}
		}
	}
	parts := strings.Split(strings.TrimSuffix(base(s.tok.Name()), ".go"), "_")
	for _, part := range parts[1:] {
		if part == "test" || systems[part] {
			text += " " + part
		}
	}
	return text
}

// systems are the names of operating systems and architectures that count at
// the end of a file's name.
var systems = func() map[string]bool {
	m := make(map[string]bool)
	for _, name := range strings.Fields(`aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9
		solaris wasip1 windows zos 386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm`) {
		m[name] = true
	}
	return m
}()

// ignored tells whether a file that is not built here names a handler type, but
// for methods other than the one called method.
func (f *Fixer) ignored(typ, method string) bool {
	for _, file := range f.unbuilt() {
		if file == nil {
			return true // it cannot be told
		}
		for _, decl := range file.Decls {
			var part ast.Node = decl
			if d, ok := decl.(*ast.FuncDecl); ok && d.Recv != nil && d.Body != nil {
				if d.Name.Name == method && identsIn(d.Recv)[typ] {
					return true
				}
				part = d.Body
			}
			if identsIn(part)[typ] {
				return true
			}
		}
	}
	return false
}

// unbuilt returns the files of the package that are not built here; nil for one
// that does not parse.
func (f *Fixer) unbuilt() []*ast.File {
	if f.others == nil {
		f.others = []*ast.File{}
		for _, name := range f.pass.IgnoredFiles {
			if strings.HasSuffix(name, ".go") {
				file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
				if err != nil {
					file = nil
				}
				f.others = append(f.others, file)
				if file != nil {
					maps.Copy(f.members, identsIn(file))
				}
			}
		}
	}
	return f.others
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
	for h := range s.hots {
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
		for h := range s.hots {
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

// write makes a hook that hides a promoted method and calls it.
func (f *Fixer) write(s *shape, fn *types.Func, path []string) (*hook, *Obstacle) {
	sig := fn.Signature()
	k := &hook{name: fn.Name(), src: s.src}
	if obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(s.named), true, f.pass.Pkg, fn.Name()); obj != nil {
		sig = obj.(*types.Func).Signature() // instantiated
	}
	if sig.Variadic() || sig.Results().Len() > 1 || sig.Results().Len() == 1 && !isErrorType(sig.Results().At(0).Type()) {
		return nil, obstacle("start", "the promoted %s has a signature of its own", fn.Name())
	}
	k.fails = sig.Results().Len() == 1
	k.failure = "return err"
	k.recv = f.newRecv(s)
	var params, args []string
	for v := range sig.Params().Variables() {
		name := v.Name()
		switch {
		case isContext(v.Type()):
			name = "ctx"
			k.ctx = name
		case isNamed(v.Type(), runtimePath, "Session"):
			name = "s"
			if k.recv == "s" {
				name = "session"
			}
			k.sess = name
		case name == "" || name == "_" || name == k.recv:
			name = fmt.Sprintf("p%d", len(params))
		}
		t, o := f.typeName(s.src, v.Type())
		if o != nil {
			return nil, o
		}
		params = append(params, name+" "+t)
		args = append(args, name)
	}
	result := ""
	if k.fails {
		result = " error"
	}
	k.head = fmt.Sprintf("func (%s *%s) %s(%s)%s {\n", k.recv, f.typeWithParams(s), k.name, strings.Join(params, ", "), result)
	k.delegate = fmt.Sprintf("%s.%s.%s(%s)", k.recv, strings.Join(path, "."), k.name, strings.Join(args, ", "))
	return k, nil
}

// writeNew makes a hook that writes a method of the contract's that the type
// lacks: its signature is "Init() error".
func (f *Fixer) writeNew(s *shape, sig string) (*hook, *Obstacle) {
	name, _, _ := strings.Cut(sig, "(")
	k := &hook{name: name, src: s.src, recv: f.newRecv(s)}
	k.fails = strings.HasSuffix(sig, " error")
	k.failure = "return err"
	if strings.Contains(sig, "context.Context") {
		pkg, o := f.imports.name(s.src, "context", "context")
		if o != nil {
			return nil, o
		}
		sig = strings.ReplaceAll(sig, "context.Context", qualified(pkg, "Context"))
		k.ctx = "ctx"
	}
	k.head = fmt.Sprintf("func (%s *%s) %s {\n", k.recv, f.typeWithParams(s), sig)
	return k, nil
}

func (f *Fixer) newRecv(s *shape) string {
	for _, d := range f.sortedHots(s) {
		if d.Recv != nil && len(d.Recv.List) == 1 && len(d.Recv.List[0].Names) == 1 && d.Recv.List[0].Names[0].Name != "_" {
			return d.Recv.List[0].Names[0].Name
		}
	}
	return "h"
}

func (f *Fixer) sortedHots(s *shape) []*ast.FuncDecl {
	var ds []*ast.FuncDecl
	for _, m := range s.h.Hot {
		if d, ok := m.Body.(*ast.FuncDecl); ok {
			ds = append(ds, d)
		}
	}
	return ds
}

func (f *Fixer) typeWithParams(s *shape) string {
	name := s.named.Obj().Name()
	ps := s.named.TypeParams()
	if ps.Len() == 0 {
		return name
	}
	var names []string
	for p := range ps.TypeParams() {
		names = append(names, p.Obj().Name())
	}
	return name + "[" + strings.Join(names, ", ") + "]"
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

// A firing says how and when stop ends what a field holds: by closing it,
// cancelling it, setting it, or by a method.
type firing struct {
	at   int // the index of the statement of stop's body, or afterDelegate
	flag flagValue
	by   string
}

const afterDelegate = -1

// ends returns the firing that a signal answers to.
func ends(fires []firing, s signal) (firing, bool) {
	for _, f := range fires {
		if f.flag == s.flag && f.by == s.by {
			return f, true
		}
	}
	return firing{}, false
}

// A firer walks through stop and lists its firings by the field's path from the
// handler.
type firer struct {
	f     *Fixer
	env   *lifer
	at    int
	fires map[string][]firing
	anew  map[string]bool // what stop gives another value
	stack []*ast.FuncDecl
}

// firings finds what a stop closes, cancels, sets or releases, whatever happens.
func (f *Fixer) firings(s *shape) map[string][]firing {
	w := &firer{f: f, fires: make(map[string][]firing), anew: make(map[string]bool)}
	if s.stop == nil {
		return w.fires
	}
	if s.stop.decl == nil {
		if fn, path := f.method(s.named, s.stop.name); fn != nil {
			if d := f.decls[fn]; d != nil && d.Body != nil {
				at := ""
				for _, name := range path {
					at += "." + name
				}
				w.at, w.env = afterDelegate, f.entry(d, at)
				w.list(d.Body.List, true)
			}
		}
	} else {
		w.env = f.entry(s.stop.decl, "")
		for i, stmt := range s.stop.decl.Body.List {
			w.at = i
			w.stmt(stmt)
		}
	}
	for path := range w.anew {
		delete(w.fires, path)
	}
	return w.fires
}

// entry returns what is known at the beginning of a method that is called on
// the part of the handler at a path.
func (f *Fixer) entry(d *ast.FuncDecl, path string) *lifer {
	w := &lifer{f: f, l: new(life), env: make(map[types.Object]binding), errs: make(map[types.Object]signal), oks: make(map[types.Object]signal)}
	if r := f.receiverOf(d); r != nil {
		w.env[r] = binding{path: path, inside: true}
	}
	return w
}

// list walks through statements that follow one another. In a function that
// stop calls, nothing counts behind a statement that may return, unless that
// asks for a flag that says that all has been done before.
func (w *firer) list(list []ast.Stmt, called bool) {
	for i, s := range list {
		if x, ok := s.(*ast.IfStmt); ok && called && contains(x.Body, func(n ast.Node) bool { _, ok := n.(*ast.ReturnStmt); return ok }) && !w.done(x.Cond, list[i+1:]) {
			w.stmt(&ast.IfStmt{Init: x.Init, Cond: x.Cond, Body: &ast.BlockStmt{}})
			return
		}
		w.stmt(s)
	}
}

// done tells whether a condition asks for a flag that the statements after it
// set.
func (w *firer) done(cond ast.Expr, rest []ast.Stmt) bool {
	if not, ok := ast.Unparen(cond).(*ast.UnaryExpr); ok && not.Op == token.NOT {
		return w.swaps(not.X)
	}
	if call, ok := ast.Unparen(cond).(*ast.CallExpr); ok {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			if sel.Sel.Name == "Swap" {
				return isFlag(w.f.info.TypeOf(sel.X))
			}
			cond = sel.X
		}
	}
	return w.sets(cond, rest)
}

// swaps tells whether an expression is a CompareAndSwap of a flag.
func (w *firer) swaps(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "CompareAndSwap" && isFlag(w.f.info.TypeOf(sel.X))
}

// sets tells whether some of the statements sets a flag.
func (w *firer) sets(flag ast.Expr, list []ast.Stmt) bool {
	v := fieldOf(w.f.info, flag)
	if v == nil || !isFlag(v.Type()) {
		return false
	}
	return slices.ContainsFunc(list, func(s ast.Stmt) bool {
		switch s := s.(type) {
		case *ast.AssignStmt:
			return len(s.Lhs) == 1 && fieldOf(w.f.info, s.Lhs[0]) == v
		case *ast.ExprStmt:
			if call, ok := s.X.(*ast.CallExpr); ok {
				sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
				return ok && sel.Sel.Name == "Store" && fieldOf(w.f.info, sel.X) == v
			}
		}
		return false
	})
}

func (w *firer) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.ExprStmt:
		w.expr(s.X)
	case *ast.AssignStmt:
		for _, r := range s.Rhs {
			w.expr(r)
		}
		if len(s.Lhs) == len(s.Rhs) {
			for i, l := range s.Lhs {
				w.assign(l, s.Rhs[i])
			}
		}
	case *ast.ReturnStmt:
		for _, r := range s.Results {
			w.expr(r)
		}
	case *ast.BlockStmt:
		w.list(s.List, false)
	case *ast.IfStmt:
		if s.Init != nil {
			w.stmt(s.Init)
		}
		w.expr(s.Cond)
		if w.harmless(s) {
			w.list(s.Body.List, false)
		}
	}
}

// harmless tells whether what an if guards is done whenever there is something
// to do: it asks whether that is there, or has been done before.
func (w *firer) harmless(s *ast.IfStmt) bool {
	cond := ast.Unparen(s.Cond)
	if w.swaps(cond) {
		return true
	}
	switch c := cond.(type) {
	case *ast.BinaryExpr:
		return c.Op == token.NEQ && w.f.info.Types[c.Y].IsNil() && fieldOf(w.f.info, c.X) != nil
	case *ast.UnaryExpr:
		return c.Op == token.NOT && w.done(c.X, s.Body.List)
	}
	return false
}

// assign notes that a flag is set, or a field given another value.
func (w *firer) assign(l, value ast.Expr) {
	b := w.env.binding(l)
	if !b.inside || b.path == "" {
		return
	}
	if isFlag(w.f.info.TypeOf(l)) {
		w.add(b.path, w.flag(value), "")
		return
	}
	if !w.f.info.Types[value].IsNil() && len(w.fires[b.path]) == 0 {
		w.anew[b.path] = true
	}
}

func (w *firer) flag(value ast.Expr) flagValue {
	v := w.f.info.Types[value].Value
	switch {
	case v == nil || v.Kind() != constant.Bool:
		return noFlag
	case constant.BoolVal(v):
		return flagSet
	}
	return flagCleared
}

func (w *firer) add(path string, flag flagValue, by string) {
	if path != "" {
		w.fires[path] = append(w.fires[path], firing{w.at, flag, by})
	}
}

// end notes that what an expression denotes is closed, cancelled or called.
func (w *firer) end(e ast.Expr, by string) {
	b := w.env.bind(e)
	if !b.inside {
		b = w.env.binding(e)
	}
	if id, ok := ast.Unparen(e).(*ast.Ident); ok && !b.inside {
		if d := w.f.single(w.f.info.Uses[id]); d != nil {
			b = w.env.binding(d)
		}
	}
	v, _ := b.v.(*types.Var)
	if !b.inside || v == nil || !w.f.made(v.Origin()) {
		return
	}
	w.add(b.path, noFlag, by)
	for ctx, cancel := range w.f.cancels {
		if cancel == v.Origin() {
			w.add(b.path[:strings.LastIndex(b.path, ".")+1]+ctx.Name(), noFlag, "")
		}
	}
}

// made tells whether something is ever put into a field.
func (f *Fixer) made(v *types.Var) bool {
	if v.Pkg() != f.pass.Pkg || len(f.writers[v]) > 0 || f.keyed[v] {
		return true
	}
	_, isStruct := under(v.Type()).(*types.Struct)
	return isStruct
}

// expr walks through the calls of an expression that is evaluated.
func (w *firer) expr(e ast.Expr) {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return
	}
	info := w.f.info
	for _, arg := range call.Args {
		if _, ok := ast.Unparen(arg).(*ast.CallExpr); ok {
			w.expr(arg)
		}
	}
	fun := ast.Unparen(call.Fun)
	if info.Types[fun].IsBuiltin() {
		if id, ok := fun.(*ast.Ident); ok && id.Name == "close" {
			w.end(call.Args[0], "")
		}
		return
	}
	if lit, ok := fun.(*ast.FuncLit); ok {
		w.list(lit.Body.List, true)
		return
	}
	if w.f.function(fun) == nil {
		w.end(fun, "") // a function in a field
	}
	if sel, ok := fun.(*ast.SelectorExpr); ok {
		name := sel.Sel.Name
		switch {
		case name == "Store" && isFlag(info.TypeOf(sel.X)) && len(call.Args) == 1:
			w.add(w.env.binding(sel.X).path, w.flag(call.Args[0]), "")
		case name == "CompareAndSwap" && isFlag(info.TypeOf(sel.X)) && len(call.Args) == 2:
			w.add(w.env.binding(sel.X).path, w.flag(call.Args[1]), "")
		case name == "Do" && isSync(info.TypeOf(sel.X), "Once") && len(call.Args) == 1:
			if lit, ok := ast.Unparen(call.Args[0]).(*ast.FuncLit); ok {
				w.list(lit.Body.List, true)
			}
		case isReleaseName(name):
			w.end(sel.X, name)
		}
	}
	if d := w.f.declOf(fun); d != nil && len(w.stack) < maxLife && !slices.Contains(w.stack, d) {
		if r := w.f.receiverOf(d); r != nil {
			w.env.env[r] = binding{}
			if sel, ok := w.f.selector(fun); ok && info.Selections[sel].Kind() == types.MethodVal {
				w.env.env[r] = w.env.receiver(sel)
			}
		}
		w.env.params(d.Type, call.Args, false)
		w.stack = append(w.stack, d)
		w.list(d.Body.List, true)
		w.stack = w.stack[:len(w.stack)-1]
	}
}

// findCancels pairs the fields that hold contexts with those that hold the
// functions that cancel them.
func (f *Fixer) findCancels() {
	f.cancels = make(map[*types.Var]*types.Var)
	f.keyed = make(map[*types.Var]bool)
	type pair struct{ ctx, cancel types.Object }
	var pairs []pair
	fieldOfVar := make(map[types.Object]*types.Var) // local to the field it is stored in
	for _, file := range f.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if kv, ok := n.(*ast.KeyValueExpr); ok {
				// &H{ctx: ctx, cancel: cancel}
				key, ok1 := kv.Key.(*ast.Ident)
				id, ok2 := ast.Unparen(kv.Value).(*ast.Ident)
				if ok1 && ok2 {
					if v, ok := f.info.Uses[key].(*types.Var); ok && v.IsField() {
						fieldOfVar[f.info.Uses[id]] = v.Origin()
					}
				}
				if ok1 {
					if v, ok := f.info.Uses[key].(*types.Var); ok && v.IsField() {
						f.keyed[v.Origin()] = true
					}
				}
			}
			a, ok := n.(*ast.AssignStmt)
			if !ok {
				return true
			}
			obj := func(e ast.Expr) types.Object {
				if v := fieldOf(f.info, e); v != nil {
					return v
				}
				if id, ok := ast.Unparen(e).(*ast.Ident); ok {
					return f.info.ObjectOf(id)
				}
				return nil
			}
			if len(a.Lhs) == 2 && len(a.Rhs) == 1 && isContext(f.info.TypeOf(a.Lhs[0])) {
				pairs = append(pairs, pair{obj(a.Lhs[0]), obj(a.Lhs[1])})
			}
			if len(a.Lhs) == len(a.Rhs) {
				for i := range a.Lhs {
					if v := fieldOf(f.info, a.Lhs[i]); v != nil {
						if id, ok := ast.Unparen(a.Rhs[i]).(*ast.Ident); ok {
							fieldOfVar[f.info.Uses[id]] = v
						}
					}
				}
			}
			return true
		})
	}
	field := func(o types.Object) *types.Var {
		if v := fieldOfVar[o]; v != nil {
			return v
		}
		v, _ := o.(*types.Var)
		return v
	}
	for _, p := range pairs {
		ctx, cancel := field(p.ctx), field(p.cancel)
		if ctx != nil && cancel != nil && ctx.IsField() && cancel.IsField() {
			f.cancels[ctx] = cancel
		}
	}
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
