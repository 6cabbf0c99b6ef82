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
	source  string // the method that returns the channel
	streams map[types.Object]bool
	seen    map[ast.Node]bool
	hot     []Hot
}

// loops returns the loops over what the method called source of a param
// returns, as parts of the functions that they stand in; none if there are none
// to be seen. What hot says of the method holds for each.
func (f *finder) loops(hot Hot, decl *ast.FuncDecl, source string) []Hot {
	l := &looper{finder: f, source: source, streams: make(map[types.Object]bool), seen: make(map[ast.Node]bool)}
	l.function(decl, hot, maxLoopCalls)
	return l.hot
}

// function looks in one function, of which hot says how to call it.
func (l *looper) function(decl *ast.FuncDecl, hot Hot, calls int) {
	if l.seen[decl] {
		return
	}
	l.seen[decl] = true
	root := inspector.New(l.pass.Files).Root()
	cur, ok := root.FindNode(decl)
	if !ok {
		return
	}
	info := l.pass.TypesInfo
	for c := range cur.Preorder((*ast.AssignStmt)(nil), (*ast.RangeStmt)(nil), (*ast.UnaryExpr)(nil), (*ast.CallExpr)(nil)) {
		switch x := c.Node().(type) {
		case *ast.AssignStmt:
			for i, v := range x.Lhs {
				if id, ok := v.(*ast.Ident); ok && len(x.Lhs) == len(x.Rhs) && l.isStream(x.Rhs[i]) {
					l.streams[info.ObjectOf(id)] = true
				}
			}
		case *ast.RangeStmt:
			if l.isStream(x.X) {
				l.add(c, hot, Span{x.Body.Pos(), x.Body.End()})
			}
		case *ast.UnaryExpr:
			if x.Op == token.ARROW && l.isStream(x.X) {
				l.received(c, hot)
			}
		case *ast.CallExpr:
			if calls > 0 {
				l.handedOn(x, hot, calls-1)
			}
		}
	}
}

// received adds the loop around a receive: the case of a select that it is, or
// else all of the loop.
func (l *looper) received(recv inspector.Cursor, hot Hot) {
	var span Span
	for c := range recv.Enclosing((*ast.CommClause)(nil), (*ast.ForStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch x := c.Node().(type) {
		case *ast.CommClause:
			if x.Comm != nil && x.Comm.Pos() <= recv.Node().Pos() && recv.Node().End() <= x.Comm.End() {
				span = Span{x.Colon, x.End()}
			}
		case *ast.ForStmt:
			if !span.Pos.IsValid() {
				span = Span{x.Body.Pos(), x.Body.End()}
			}
			l.add(c, hot, span)
			return
		default:
			return // taken once
		}
	}
}

// handedOn looks in a function of the package that is handed the stream, or what
// has it.
func (l *looper) handedOn(call *ast.CallExpr, hot Hot, calls int) {
	fn := typeutil.StaticCallee(l.pass.TypesInfo, call)
	if fn == nil {
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
		if l.isStream(arg) {
			l.streams[params.At(i)] = true
			given = true
		} else if t := l.pass.TypesInfo.TypeOf(arg); t != nil && method(t, l.pass.Pkg, l.source) != nil {
			given = true
		}
	}
	if given {
		hot.Name, hot.Fn, hot.Fixed = fn.Name(), fn.Origin(), false
		l.function(decl, hot, calls)
	}
}

// isStream tells whether an expression is the channel: a call of the source, or
// a variable that holds what it returned.
func (l *looper) isStream(e ast.Expr) bool {
	info := l.pass.TypesInfo
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		return l.streams[info.ObjectOf(x)]
	case *ast.CallExpr:
		sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != l.source || len(x.Args) > 0 {
			return false
		}
		_, ok = types.Unalias(info.TypeOf(x)).Underlying().(*types.Chan)
		return ok
	}
	return false
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
