package hoist

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

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
	for path, fires := range w.fires {
		// What is set and set back says nothing.
		if slices.ContainsFunc(fires, func(x firing) bool { return x.flag == flagSet }) &&
			slices.ContainsFunc(fires, func(x firing) bool { return x.flag == flagCleared }) {
			delete(w.fires, path)
		}
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
			if w.flag(call.Args[0]) != w.flag(call.Args[1]) {
				w.add(w.env.binding(sel.X).path, w.flag(call.Args[1]), "")
			}
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
