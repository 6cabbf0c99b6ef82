package contract

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// maxLoopCalls bounds how many calls deep a loop is looked for.
const maxLoopCalls = 3

// A looper looks for the loops over the elements of a stream that a method is
// called with once: in the method, in literals in it, and in functions of the
// package that it hands the stream to.
type looper struct {
	*finder
	root    inspector.Cursor      // of the package's files
	source  string                // the method that returns the channel
	channel types.Type            // what it returns
	streams map[types.Object]bool // variables and fields that hold the channel
	sources map[types.Object]bool // variables that hold the method
	seen    map[ast.Node]bool
	hot     []Hot
}

// loops returns the loops over what the method called source of a param
// returns, as parts of the functions that they stand in; none if there are none
// to be seen. What hot says of the method holds for each.
func (f *finder) loops(hot Hot, decl *ast.FuncDecl, source string) []Hot {
	l := &looper{
		finder: f, root: inspector.New(f.pass.Files).Root(), source: source,
		streams: make(map[types.Object]bool), sources: make(map[types.Object]bool), seen: make(map[ast.Node]bool),
	}
	for v := range hot.Fn.Signature().Params().Variables() {
		if fn := method(v.Type(), f.pass.Pkg, source); fn != nil && fn.Signature().Results().Len() == 1 {
			l.channel = fn.Signature().Results().At(0).Type()
		}
	}
	if l.channel != nil {
		l.function(decl, hot, maxLoopCalls)
	}
	return l.hot
}

// function looks in one function, of which hot says how to call it.
func (l *looper) function(decl *ast.FuncDecl, hot Hot, calls int) {
	if l.seen[decl] {
		return
	}
	l.seen[decl] = true
	cur, ok := l.root.FindNode(decl)
	if !ok {
		return
	}
	for c := range cur.Preorder((*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil), (*ast.CompositeLit)(nil),
		(*ast.RangeStmt)(nil), (*ast.UnaryExpr)(nil), (*ast.CallExpr)(nil)) {
		switch x := c.Node().(type) {
		case *ast.AssignStmt:
			for i, v := range x.Lhs {
				if len(x.Lhs) == len(x.Rhs) {
					l.keep(l.object(v), x.Rhs[i])
				}
			}
		case *ast.ValueSpec:
			for i, v := range x.Names {
				if len(x.Names) == len(x.Values) {
					l.keep(l.object(v), x.Values[i])
				}
			}
		case *ast.CompositeLit:
			l.fields(x)
		case *ast.RangeStmt:
			if l.isStream(x.X) {
				l.add(c, hot, Span{x.Body.Pos(), x.Body.End(), x.Body})
			}
		case *ast.UnaryExpr:
			if x.Op == token.ARROW && l.isStream(x.X) {
				l.received(c, hot)
			}
		case *ast.CallExpr:
			l.handedOn(x, hot, calls-1)
		}
	}
}

// object returns the variable or field that an expression names, or nil.
func (l *looper) object(e ast.Expr) types.Object {
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		return l.pass.TypesInfo.ObjectOf(x)
	case *ast.SelectorExpr:
		if v, ok := l.pass.TypesInfo.Uses[x.Sel].(*types.Var); ok {
			return v.Origin()
		}
	}
	return nil
}

// keep notes that a variable or field holds the channel, or the method that
// returns it, if it is given that.
func (l *looper) keep(v types.Object, value ast.Expr) {
	switch {
	case v == nil:
	case l.isStream(value):
		l.streams[v] = true
	case l.isSource(value):
		l.sources[v] = true
	}
}

// fields notes the fields of a struct literal that hold the channel.
func (l *looper) fields(lit *ast.CompositeLit) {
	st, ok := l.pass.TypesInfo.TypeOf(lit).Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if v, ok := l.pass.TypesInfo.Uses[kv.Key.(*ast.Ident)].(*types.Var); ok {
				l.keep(v.Origin(), kv.Value)
			}
		} else if i < st.NumFields() {
			l.keep(st.Field(i).Origin(), e)
		}
	}
}

// received adds the loop around a receive. Where that is the case of a select it
// is the case; and what stands around the select, if no other case comes there.
func (l *looper) received(recv inspector.Cursor, hot Hot) {
	inside := func(n ast.Node) bool {
		return n != nil && n.Pos() <= recv.Node().Pos() && recv.Node().End() <= n.End()
	}
	var clause *ast.CommClause
	var choice inspector.Cursor // the select
	loop := func(c inspector.Cursor, body *ast.BlockStmt) {
		if clause == nil {
			l.add(c, hot, Span{body.Pos(), body.End(), body})
			return
		}
		l.add(c, hot, Span{clause.Colon, clause.End(), clause})
		before, after := alone(choice.Node().(*ast.SelectStmt), clause)
		if before {
			l.add(c, hot, Span{body.Pos(), choice.Node().Pos(), body})
		}
		if after {
			l.add(c, hot, Span{choice.Node().End(), body.End(), body})
		}
	}
	for c := range recv.Enclosing((*ast.CommClause)(nil), (*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch x := c.Node().(type) {
		case *ast.CommClause:
			if x.Comm != nil && inside(x.Comm) {
				clause, choice = x, c.Parent().Parent()
			}
		case *ast.ForStmt:
			if x.Init == nil || !inside(x.Init) {
				loop(c, x.Body)
				return
			}
		case *ast.RangeStmt:
			if inside(x.Body) {
				loop(c, x.Body)
				return
			}
		default:
			return // taken once
		}
	}
}

// alone tells whether what stands before a select in its loop runs, but for the
// last time, for one of its cases alone, since the others leave the loop; and
// whether what stands behind it does.
func alone(choice *ast.SelectStmt, clause *ast.CommClause) (before, after bool) {
	before, after = true, true
	for _, s := range choice.Body.List {
		other := s.(*ast.CommClause)
		if other == clause {
			continue
		}
		leaves, skips := false, false
		if n := len(other.Body); n > 0 {
			switch s := other.Body[n-1].(type) {
			case *ast.ReturnStmt:
				leaves = true
			case *ast.BranchStmt:
				leaves = s.Tok == token.GOTO || s.Tok == token.BREAK && s.Label != nil
				skips = s.Tok == token.CONTINUE
			}
		}
		before = before && leaves
		after = after && (leaves || skips)
	}
	return before, after
}

// handedOn looks in a function of the package that is handed the stream, or what
// has it. A literal that is called where it stands is looked in with the
// function around it.
func (l *looper) handedOn(call *ast.CallExpr, hot Hot, calls int) {
	info := l.pass.TypesInfo
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		i := 0
		for _, f := range lit.Type.Params.List {
			for _, name := range f.Names {
				if i < len(call.Args) {
					l.keep(info.Defs[name], call.Args[i])
				}
				i++
			}
		}
		return
	}
	fn := typeutil.StaticCallee(info, call)
	if fn == nil || calls < 0 {
		return
	}
	decl := l.decls[fn.Origin()]
	if decl == nil {
		return
	}
	params := fn.Origin().Signature().Params()
	given := false
	for i, arg := range call.Args {
		if i >= params.Len() {
			break
		}
		l.keep(params.At(i), arg)
		given = given || l.isStream(arg) || l.has(arg)
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && info.Selections[sel] != nil {
		given = given || l.has(sel.X)
	}
	if given {
		hot.Name, hot.Fn, hot.Fixed = fn.Name(), fn.Origin(), false
		l.function(decl, hot, calls)
	}
}

// has tells whether an expression has the stream: by the method that returns the
// channel, or in a field.
func (l *looper) has(e ast.Expr) bool {
	t := l.pass.TypesInfo.TypeOf(e)
	if t == nil {
		return false
	}
	if fn := method(t, l.pass.Pkg, l.source); fn != nil && l.returnsChannel(fn.Signature()) {
		return true
	}
	if p, ok := types.Unalias(t).Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	for i := 0; ok && i < st.NumFields(); i++ {
		if l.streams[st.Field(i).Origin()] {
			return true
		}
	}
	return false
}

func (l *looper) returnsChannel(sig *types.Signature) bool {
	return sig.Params().Len() == 0 && sig.Results().Len() == 1 && types.Identical(sig.Results().At(0).Type(), l.channel)
}

// isStream tells whether an expression is the channel: a call of the source, or
// a variable or field that holds what it returned.
func (l *looper) isStream(e ast.Expr) bool {
	e = ast.Unparen(e)
	if call, ok := e.(*ast.CallExpr); ok {
		if tv := l.pass.TypesInfo.Types[ast.Unparen(call.Fun)]; tv.IsType() && len(call.Args) == 1 {
			return l.isStream(call.Args[0])
		}
		return l.isSource(call.Fun)
	}
	v := l.object(e)
	return v != nil && l.streams[v]
}

// isSource tells whether an expression is the method that returns the channel.
func (l *looper) isSource(e ast.Expr) bool {
	info := l.pass.TypesInfo
	e = ast.Unparen(e)
	if sel, ok := e.(*ast.SelectorExpr); ok && sel.Sel.Name == l.source {
		if s := info.Selections[sel]; s != nil && s.Kind() == types.MethodVal {
			return l.returnsChannel(s.Obj().(*types.Func).Signature())
		}
	}
	v := l.object(e)
	return v != nil && l.sources[v]
}

// add notes a span of the function that a loop stands in.
func (l *looper) add(loop inspector.Cursor, hot Hot, span Span) {
	for c := range loop.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		hot.Body = c.Node()
		break
	}
	if i := slices.IndexFunc(l.hot, func(m Hot) bool { return m.Body == hot.Body }); i >= 0 {
		l.hot[i].Within = append(l.hot[i].Within, span)
		return
	}
	if _, ok := hot.Body.(*ast.FuncLit); ok {
		hot.Fn = nil
	}
	hot.Within = []Span{span}
	l.hot = append(l.hot, hot)
}
