package hoist

import (
	"bytes"
	"go/ast"
	"go/printer"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
)

func base(name string) string { return filepath.Base(name) }

// short renders an expression in one line, cut where it is long.
func short(fset *token.FileSet, e ast.Node) string {
	var b bytes.Buffer
	if printer.Fprint(&b, fset, e) != nil {
		return "it"
	}
	s := strings.Join(strings.Fields(b.String()), " ")
	if i := strings.Index(s, "{"); i > 0 {
		s = strings.TrimSpace(s[:i]) + "{…}"
	}
	return s
}

// fieldOf returns the field that an expression selects, or nil; the generic
// one, where its struct is generic.
func fieldOf(info *types.Info, e ast.Expr) *types.Var {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.SelectorExpr:
			if s := info.Selections[x]; s != nil && s.Kind() == types.FieldVal {
				return s.Obj().(*types.Var).Origin()
			}
			return nil
		case *ast.StarExpr:
			e = x.X
		case *ast.UnaryExpr:
			if x.Op != token.AND {
				return nil
			}
			e = x.X
		default:
			return nil
		}
	}
}

// function returns the function or method that an expression names, or nil.
func (f *Fixer) function(fun ast.Expr) *types.Func {
	switch x := ast.Unparen(fun).(type) {
	case *ast.Ident:
		fn, _ := f.info.Uses[x].(*types.Func)
		return fn
	case *ast.SelectorExpr:
		fn, _ := f.info.Uses[x.Sel].(*types.Func)
		return fn
	case *ast.IndexExpr:
		return f.function(x.X)
	case *ast.IndexListExpr:
		return f.function(x.X)
	}
	return nil
}

// declOf returns the declaration of a function or method of the package that an
// expression names, a local variable for it included.
func (f *Fixer) declOf(fun ast.Expr) *ast.FuncDecl {
	if id, ok := ast.Unparen(fun).(*ast.Ident); ok {
		if d := f.single(f.info.Uses[id]); d != nil {
			fun = d
		}
	}
	if fn := f.function(fun); fn != nil {
		if d := f.decls[fn.Origin()]; d != nil && d.Body != nil {
			return d
		}
	}
	return nil
}

// literal returns the function literal that an expression is, or that a local
// variable holds.
func (f *Fixer) literal(fun ast.Expr) *ast.FuncLit {
	switch x := ast.Unparen(fun).(type) {
	case *ast.FuncLit:
		return x
	case *ast.Ident:
		if d := f.single(f.info.Uses[x]); d != nil {
			lit, _ := ast.Unparen(d).(*ast.FuncLit)
			return lit
		}
	}
	return nil
}

// A local says how a local variable gets its value.
type local struct {
	expr   ast.Expr // the first value
	stmt   ast.Stmt // the statement that gives it
	multi  bool     // expr has more than one result
	writes int
}

// findLocals records the definitions of all local variables of the package's
// functions.
func (f *Fixer) findLocals() {
	f.locals = make(map[types.Object]*local)
	set := func(e ast.Expr, l local) {
		id, ok := ast.Unparen(e).(*ast.Ident)
		if !ok {
			return
		}
		obj := f.info.ObjectOf(id)
		if obj == nil {
			return
		}
		if old := f.locals[obj]; old != nil {
			old.writes++
			return
		}
		l.writes = 1
		f.locals[obj] = &l
	}
	for _, file := range f.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, l := range n.Lhs {
					switch {
					case n.Tok != token.ASSIGN && n.Tok != token.DEFINE:
						set(l, local{})
					case len(n.Lhs) == len(n.Rhs):
						set(l, local{expr: n.Rhs[i], stmt: n})
					default:
						set(l, local{expr: n.Rhs[0], stmt: n, multi: true})
					}
				}
			case *ast.IncDecStmt:
				set(n.X, local{})
			case *ast.RangeStmt:
				for _, e := range []ast.Expr{n.Key, n.Value} {
					if e != nil {
						set(e, local{})
					}
				}
			case *ast.DeclStmt:
				g := n.Decl.(*ast.GenDecl)
				for _, spec := range g.Specs {
					vs, ok := spec.(*ast.ValueSpec)
					if !ok || g.Tok != token.VAR {
						continue
					}
					for i, id := range vs.Names {
						switch {
						case len(vs.Values) == len(vs.Names):
							set(id, local{expr: vs.Values[i], stmt: n})
						case len(vs.Values) == 1:
							set(id, local{expr: vs.Values[0], stmt: n, multi: true})
						default:
							set(id, local{})
						}
					}
				}
			case *ast.UnaryExpr:
				if n.Op == token.AND {
					if id, ok := ast.Unparen(n.X).(*ast.Ident); ok {
						if l := f.locals[f.info.Uses[id]]; l != nil {
							l.writes++
						}
					}
				}
			}
			return true
		})
	}
}

// single returns the value of a local variable that is assigned just once.
func (f *Fixer) single(obj types.Object) ast.Expr {
	if d, multi := f.definition(obj); !multi {
		return d
	}
	return nil
}

// definition returns the expression that gives a local variable its value, as
// its only or one of several results.
//
// What is assigned to a param, a result or a variable of the package is not its
// definition: it had a value before, and the expression may name it, as in
// n = n.next and ctx, cancel := context.WithCancel(ctx). To look through those
// would have no end.
func (f *Fixer) definition(obj types.Object) (ast.Expr, bool) {
	v, ok := obj.(*types.Var)
	if !ok || v.Kind() != types.LocalVar {
		return nil, false
	}
	if l := f.locals[obj]; l != nil && l.writes == 1 && l.expr != nil {
		return l.expr, l.multi
	}
	return nil, false
}

// leaf returns the field or variable that an expression comes down to, looking
// through local variables that stand for a field.
func (f *Fixer) leaf(e ast.Expr) *types.Var {
	for range 4 {
		if v := fieldOf(f.info, e); v != nil {
			return v
		}
		id, ok := ast.Unparen(e).(*ast.Ident)
		if !ok {
			return nil
		}
		obj, ok := f.info.ObjectOf(id).(*types.Var)
		if !ok {
			return nil
		}
		d := f.single(obj)
		if d == nil || fieldOf(f.info, d) == nil {
			return obj
		}
		e = d
	}
	return nil
}

func under(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	return t.Underlying()
}

func isNamed(t types.Type, pkg, name string) bool {
	if t == nil {
		return false
	}
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, ok := t.(*types.Named)
	return ok && n.Obj().Name() == name && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == pkg
}

func isContext(t types.Type) bool { return isNamed(t, "context", "Context") }

func isSync(t types.Type, names ...string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return isNamed(t, "sync", n) })
}

func isPkgFunc(fn *types.Func, pkg string, names ...string) bool {
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == pkg && fn.Signature().Recv() == nil && slices.Contains(names, fn.Name())
}

// isFlag tells whether a type holds a yes or no: bool, atomic.Bool.
func isFlag(t types.Type) bool {
	b, ok := under(t).(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0 || isNamed(t, "sync/atomic", "Bool")
}

func isChan(t types.Type) bool {
	_, ok := under(t).(*types.Chan)
	return ok
}

// isTimeChan tells whether a channel is a timer's: what it waits for comes by
// itself.
func isTimeChan(t types.Type) bool {
	c, ok := under(t).(*types.Chan)
	return ok && isNamed(c.Elem(), "time", "Time")
}

// isToken tells whether the elements of a channel say nothing but that they
// came.
func isToken(t types.Type) bool {
	c, ok := under(t).(*types.Chan)
	if !ok {
		return false
	}
	st, ok := under(c.Elem()).(*types.Struct)
	return ok && st.NumFields() == 0
}

func isErrorType(t types.Type) bool {
	return t != nil && types.Identical(t, types.Universe.Lookup("error").Type())
}

// received returns the channel that the communication of a select case receives
// from, or nil.
func received(s ast.Stmt) ast.Expr {
	var e ast.Expr
	switch s := s.(type) {
	case *ast.ExprStmt:
		e = s.X
	case *ast.AssignStmt:
		e = s.Rhs[0]
	default:
		return nil
	}
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && u.Op == token.ARROW {
		return u.X
	}
	return nil
}

// contains tells whether a node or one in it is as wanted.
func contains(n ast.Node, want func(ast.Node) bool) bool {
	found := false
	ast.Inspect(n, func(m ast.Node) bool {
		if m != nil && !found && want(m) {
			found = true
		}
		return !found
	})
	return found
}

// uses tells whether a node names an object.
func (f *Fixer) uses(n ast.Node, obj types.Object) bool {
	return contains(n, func(m ast.Node) bool {
		id, ok := m.(*ast.Ident)
		return ok && f.info.ObjectOf(id) == obj
	})
}

// fieldPath renders the fields that a selection walks, embedded ones included:
// ".session.quit".
func fieldPath(t types.Type, index []int) string {
	var b strings.Builder
	for _, i := range index {
		if p, ok := under(t).(*types.Pointer); ok {
			t = p.Elem()
		}
		st, ok := under(t).(*types.Struct)
		if !ok || i >= st.NumFields() {
			break
		}
		b.WriteString("." + st.Field(i).Name())
		t = st.Field(i).Type()
	}
	return b.String()
}

// receiverOf returns the variable of a method's receiver, or nil.
func (f *Fixer) receiverOf(d *ast.FuncDecl) types.Object {
	if d == nil || d.Recv == nil || len(d.Recv.List) != 1 || len(d.Recv.List[0].Names) != 1 {
		return nil
	}
	return f.info.Defs[d.Recv.List[0].Names[0]]
}

// contexts returns the params of a function that are contexts.
func (f *Fixer) contexts(d *ast.FuncDecl) map[types.Object]bool {
	own := make(map[types.Object]bool)
	for _, field := range d.Type.Params.List {
		for _, id := range field.Names {
			if obj := f.info.Defs[id]; obj != nil && isContext(obj.Type()) {
				own[obj] = true
			}
		}
	}
	return own
}

// selector returns the selector by which a method is named, directly or through
// a local variable.
func (f *Fixer) selector(fun ast.Expr) (*ast.SelectorExpr, bool) {
	if id, ok := ast.Unparen(fun).(*ast.Ident); ok {
		if d := f.single(f.info.Uses[id]); d != nil {
			fun = d
		}
	}
	sel, ok := ast.Unparen(fun).(*ast.SelectorExpr)
	return sel, ok && f.info.Selections[sel] != nil
}

// isAtomic tells whether a type is one of package sync/atomic.
func isAtomic(t types.Type) bool {
	if t == nil {
		return false
	}
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, ok := t.(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "sync/atomic"
}
