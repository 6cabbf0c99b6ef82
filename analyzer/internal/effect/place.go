package effect

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// A def says how a local variable gets its value.
type def struct {
	expr   ast.Expr // the first value given to it; nil for a bare var
	result int      // which result of expr, where that is a call or comma-ok
	multi  bool     // whether expr has more than one result
	ranged bool     // whether it runs over expr
	bare   bool     // whether it is declared without a value
	writes int      // how many times it is assigned, its declaration included
}

// defsOf records the definitions of the variables declared in a function or
// package-level literal, once.
func (p *pkg) defsOf(top *node) {
	if top.defsDone {
		return
	}
	top.defsDone = true
	var lits []ast.Node
	ast.Inspect(top.body(), func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok {
			lits = append(lits, lit)
		}
		return true
	})
	// together tells whether no literal lies between two positions.
	together := func(a, b token.Pos) bool {
		return !slices.ContainsFunc(lits, func(l ast.Node) bool { return extent(l).contains(a) != extent(l).contains(b) })
	}
	define := func(id ast.Expr, d def) {
		ident, ok := ast.Unparen(id).(*ast.Ident)
		if !ok {
			return
		}
		v, ok := p.info.ObjectOf(ident).(*types.Var)
		if !ok || v.Parent() == p.pass.Pkg.Scope() {
			return // what a package-level variable holds, other functions may have set
		}
		old := p.defs[v]
		if old != nil && old.bare && old.writes == 1 && d.expr != nil && together(v.Pos(), id.Pos()) {
			d.writes = 1 // declared first, then given its value
			*old = d
			return
		}
		if old == nil {
			d.writes = 1
			p.defs[v] = &d
			top.locals = append(top.locals, v)
			return
		}
		old.writes++
	}
	values := func(lhs, rhs []ast.Expr) {
		for i, l := range lhs {
			switch {
			case len(lhs) == len(rhs):
				define(l, def{expr: rhs[i]})
			case len(rhs) == 1:
				define(l, def{expr: rhs[0], result: i, multi: true})
			default:
				define(l, def{})
			}
		}
	}
	ast.Inspect(top.body(), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok == token.ASSIGN || n.Tok == token.DEFINE {
				values(n.Lhs, n.Rhs)
			} else {
				define(n.Lhs[0], def{})
			}
		case *ast.IncDecStmt:
			define(n.X, def{})
		case *ast.ValueSpec:
			lhs := make([]ast.Expr, len(n.Names))
			for i, id := range n.Names {
				lhs[i] = id
			}
			if len(n.Values) == 0 {
				for _, l := range lhs {
					define(l, def{bare: true})
				}
				break
			}
			values(lhs, n.Values)
		case *ast.RangeStmt:
			for i, e := range []ast.Expr{n.Key, n.Value} {
				if e != nil {
					define(e, def{expr: n.X, result: i, ranged: true})
				}
			}
		case *ast.UnaryExpr:
			// A variable whose address is taken may be assigned anywhere; a
			// struct's address is taken for its methods, which is harmless
			// since functions and channels are what single assignment is for.
			if n.Op == token.AND {
				if id, ok := ast.Unparen(n.X).(*ast.Ident); ok {
					if v, ok := p.info.Uses[id].(*types.Var); ok && !isStruct(v.Type()) {
						define(id, def{})
					}
				}
			}
		}
		return true
	})
}

func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

func isPointer(v *types.Var) bool {
	if v == nil {
		return false
	}
	_, ok := v.Type().Underlying().(*types.Pointer)
	return ok
}

// def returns how a local variable gets its value; nil for params, fields and
// package-level variables.
func (p *pkg) def(v types.Object) *def {
	return p.defs[v]
}

// single returns the value of a local variable that is assigned just once, and
// nil for any other.
func (p *pkg) single(v types.Object) ast.Expr {
	if d := p.defs[v]; d != nil && d.writes == 1 && !d.multi && !d.ranged {
		return d.expr
	}
	return nil
}

// maxAlias bounds how many variables are looked through to find a place.
const maxAlias = 6

// place returns the place that an expression denotes, looking through local
// variables that are assigned once.
func (p *pkg) place(e ast.Expr) (Ref, bool) { return p.placeOf(e, maxAlias, false) }

// origin is like place, but looks through variables by their first value even
// where they are assigned again: what a condition on them was read from.
func (p *pkg) origin(e ast.Expr) (Ref, bool) { return p.placeOf(e, maxAlias, true) }

func (p *pkg) placeOf(e ast.Expr, depth int, first bool) (Ref, bool) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, ok := p.info.ObjectOf(e).(*types.Var)
		if !ok {
			return Ref{}, false
		}
		if d := p.defs[v]; d != nil && depth > 0 && d.expr != nil && (first || d.writes == 1) && isReference(v.Type()) {
			if r, ok := p.definedAs(d, depth-1, first); ok {
				return r, true
			}
		}
		return Ref{Param: noParam, root: v, leaf: v}, true
	case *ast.SelectorExpr:
		sel := p.info.Selections[e]
		if sel == nil {
			if v, ok := p.info.Uses[e.Sel].(*types.Var); ok { // a variable of another package
				return Ref{Param: noParam, root: v, leaf: v}, true
			}
			return Ref{}, false
		}
		if sel.Kind() != types.FieldVal {
			return Ref{}, false
		}
		r, ok := p.placeOf(e.X, depth, first)
		if !ok {
			return Ref{}, false
		}
		return r.fields(sel.Recv(), sel.Index()), true
	case *ast.StarExpr:
		return p.placeOf(e.X, depth, first)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return p.placeOf(e.X, depth, first)
		}
	case *ast.TypeAssertExpr:
		return p.placeOf(e.X, depth, first)
	case *ast.IndexExpr:
		if tv, ok := p.info.Types[e.Index]; ok && tv.IsType() {
			return Ref{}, false
		}
		if r, ok := p.placeOf(e.X, depth, first); ok {
			r.Sel += p.element(e.Index)
			return r, true
		}
	case *ast.SliceExpr:
		return p.placeOf(e.X, depth, first)
	case *ast.CallExpr:
		// A conversion, or the value that an atomic or a map holds.
		if tv, ok := p.info.Types[e.Fun]; ok && tv.IsType() && len(e.Args) == 1 {
			return p.placeOf(e.Args[0], depth, first)
		}
		if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok && p.info.Selections[sel] != nil && isLoad(sel.Sel.Name) {
			return p.placeOf(sel.X, depth, first)
		}
	}
	return Ref{}, false
}

// element renders an index: a constant is told apart from the others.
func (p *pkg) element(index ast.Expr) string {
	if tv := p.info.Types[index]; tv.Value != nil {
		return "[" + tv.Value.ExactString() + "]"
	}
	return "[]"
}

// isElement tells whether a place is an element of a map or slice.
func isElement(r Ref) bool { return strings.HasSuffix(r.Sel, "]") }

func isLoad(method string) bool {
	switch method {
	case "Load", "Get", "Lookup", "Peek", "Value":
		return true
	}
	return false
}

// definedAs returns the place that a variable's definition reads.
func (p *pkg) definedAs(d *def, depth int, first bool) (Ref, bool) {
	if d.ranged {
		r, ok := p.placeOf(d.expr, depth, first)
		r.Sel += "[]"
		return r, ok && d.result == 1
	}
	if d.multi && d.result != 0 && !first {
		return Ref{}, false
	}
	return p.placeOf(d.expr, depth, first)
}

// isReference tells whether a copy of a value of type t still denotes the same
// state.
func isReference(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Chan, *types.Map, *types.Slice, *types.Interface, *types.Signature:
		return true
	case *types.Basic:
		return true // a flag read from a field: its conditions are the field's
	}
	return false
}

// fields appends the fields that a selection walks, embedded ones included.
func (r Ref) fields(t types.Type, index []int) Ref {
	var b strings.Builder
	b.WriteString(r.Sel)
	for _, i := range index {
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			t = ptr.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if !ok || i >= st.NumFields() {
			break
		}
		f := st.Field(i)
		b.WriteByte('.')
		b.WriteString(f.Name())
		r.leaf = f.Origin()
		t = f.Type()
	}
	r.Sel = b.String()
	return r
}

// recvPlace returns the place of a method call's receiver, the embedded fields
// of a promoted method included.
func (p *pkg) recvPlace(sel *ast.SelectorExpr) (Ref, bool) {
	r, ok := p.place(sel.X)
	if s := p.info.Selections[sel]; ok && s != nil {
		index := s.Index()
		r = r.fields(s.Recv(), index[:len(index)-1])
	}
	return r, ok
}

// value classifies an assigned expression.
func (p *pkg) value(e ast.Expr) Value {
	e = ast.Unparen(e)
	if tv, ok := p.info.Types[e]; ok {
		if tv.IsNil() {
			return Zero
		}
		if tv.Value != nil {
			switch v := tv.Value; v.Kind() {
			case constant.Bool:
				if constant.BoolVal(v) {
					return True
				}
				return Zero
			case constant.String:
				if constant.StringVal(v) == "" {
					return Zero
				}
			case constant.Int, constant.Float:
				if constant.Sign(v) == 0 {
					return Zero
				}
			}
			return Value(tv.Value.ExactString())
		}
	}
	if s, ok := e.(*ast.SliceExpr); ok {
		if s.High != nil && p.value(s.High) == Zero {
			return Zero
		}
		return Down // a part of it: it may be empty
	}
	if lit, ok := e.(*ast.CompositeLit); ok && len(lit.Elts) == 0 {
		if st, ok := p.info.TypeOf(lit).Underlying().(*types.Struct); ok && st.NumFields() > 0 {
			return Zero
		} else if ok {
			return True // in a set, it says that its key is there
		}
	}
	return Other
}

// fresh tells whether a place starts at something made in node n itself, so
// that its state is new in each call.
func (p *pkg) fresh(r Ref, n *node) bool {
	v, ok := r.root.(*types.Var)
	if !ok || !n.declares(v) {
		return false
	}
	d := p.defs[v]
	if d == nil {
		return true // a bare variable that nothing assigns
	}
	if d.expr == nil {
		return true
	}
	return !d.ranged && p.makes(d.expr, maxAlias)
}

// makes tells whether an expression makes a new value, looking through so many
// variables: one may be assigned itself.
func (p *pkg) makes(e ast.Expr, depth int) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit, *ast.BasicLit, *ast.FuncLit:
		return true
	case *ast.Ident:
		if p.info.Types[e].Value != nil || p.info.Types[e].IsNil() {
			return true
		}
		if v, ok := p.info.Uses[e].(*types.Var); ok {
			if x := p.single(v); x != nil && depth > 0 {
				return p.makes(x, depth-1)
			}
		}
	case *ast.UnaryExpr:
		return e.Op == token.AND && p.makes(e.X, depth)
	case *ast.CallExpr:
		var id *ast.Ident
		switch f := ast.Unparen(e.Fun).(type) {
		case *ast.Ident:
			id = f
		case *ast.SelectorExpr:
			id = f.Sel
		case *ast.IndexExpr:
			id, _ = f.X.(*ast.Ident)
		}
		if id == nil {
			return false
		}
		if _, ok := p.info.Uses[id].(*types.Builtin); ok {
			return id.Name == "new" || id.Name == "make"
		}
		name := strings.ToLower(id.Name)
		return strings.HasPrefix(name, "new") || strings.HasPrefix(name, "make")
	}
	return false
}
