package lifecycle

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// A useKind is what the package does to a field.
type useKind uint8

const (
	useSet     useKind = iota // assigns it, or gives it a value in a literal
	useRecv                   // receives from it
	useRange                  // ranges over it
	useSend                   // sends to it
	useClose                  // closes it
	useCall                   // calls the function that it holds
	useMethod                 // calls a method of what it holds
	usePart                   // names a field of what it holds
	useElem                   // names an element of it
	useCompare                // compares it with nil, asks for its length
	useOther                  // anything else: it is passed on, returned, read into a variable
)

// A fieldUse is one thing that the package does to a field, whosever it is.
type fieldUse struct {
	kind   useKind
	name   string // of the method
	write  bool   // of a part or element: it is assigned
	value  ast.Expr
	result int // which result of value it is set to
	cur    inspector.Cursor
	in     ast.Node // the innermost function or literal around it
	decl   ast.Node // the declared function around it
}

// readFields records what the package does to the fields of its structs.
func (c *checker) readFields(root inspector.Cursor) {
	add := func(v *types.Var, u fieldUse) {
		for e := range u.cur.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
			if u.in == nil {
				u.in = e.Node()
			}
			u.decl = e.Node()
		}
		v = v.Origin()
		c.fields[v] = append(c.fields[v], u)
	}
	for cur := range root.Preorder((*ast.SelectorExpr)(nil), (*ast.CompositeLit)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.SelectorExpr:
			sel := c.info.Selections[n]
			if sel == nil {
				continue
			}
			path := fieldPath(sel)
			for i, v := range path {
				last := i == len(path)-1
				switch {
				case last && sel.Kind() == types.FieldVal:
					add(v, c.useOf(cur))
				case last:
					add(v, methodUse(cur, n.Sel.Name))
				default:
					u := c.useOf(cur)
					add(v, fieldUse{kind: usePart, write: u.kind == useSet || u.write, cur: cur})
				}
			}
		case *ast.CompositeLit:
			st, ok := structOf(c.info.TypeOf(n))
			if !ok {
				continue
			}
			for i, e := range n.Elts {
				if kv, ok := e.(*ast.KeyValueExpr); ok {
					if id, ok := kv.Key.(*ast.Ident); ok {
						if v, ok := c.info.Uses[id].(*types.Var); ok {
							add(v, fieldUse{kind: useSet, value: kv.Value, cur: cur})
						}
					}
				} else if i < st.NumFields() {
					add(st.Field(i), fieldUse{kind: useSet, value: e, cur: cur})
				}
			}
		}
	}
}

func structOf(t types.Type) (*types.Struct, bool) {
	if t == nil {
		return nil, false
	}
	t = types.Unalias(t)
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	return st, ok
}

// fieldPath returns the fields that a selection walks.
func fieldPath(sel *types.Selection) []*types.Var {
	index := sel.Index()
	if sel.Kind() != types.FieldVal {
		index = index[:len(index)-1]
	}
	var path []*types.Var
	t := sel.Recv()
	for _, i := range index {
		st, ok := structOf(t)
		if !ok || i >= st.NumFields() {
			return path
		}
		path = append(path, st.Field(i))
		t = st.Field(i).Type()
	}
	return path
}

func methodUse(cur inspector.Cursor, name string) fieldUse {
	if k, _ := cur.ParentEdge(); k == edge.CallExpr_Fun {
		if g, _ := cur.Parent().ParentEdge(); g != edge.GoStmt_Call {
			return fieldUse{kind: useMethod, name: name, cur: cur}
		}
	}
	return fieldUse{kind: useOther, cur: cur}
}

// useOf tells what is done to the value that an expression denotes.
func (c *checker) useOf(cur inspector.Cursor) fieldUse {
	u := fieldUse{kind: useOther, cur: cur}
	kind, i := cur.ParentEdge()
	parent := cur.Parent()
	for kind == edge.ParenExpr_X {
		kind, i = parent.ParentEdge()
		parent = parent.Parent()
	}
	switch kind {
	case edge.AssignStmt_Lhs:
		a := parent.Node().(*ast.AssignStmt)
		u.kind = useSet
		switch {
		case len(a.Lhs) == len(a.Rhs):
			u.value = a.Rhs[i]
		default:
			u.value, u.result = a.Rhs[0], i
		}
	case edge.IncDecStmt_X:
		u.kind = useSet
	case edge.UnaryExpr_X:
		if parent.Node().(*ast.UnaryExpr).Op == token.ARROW {
			u.kind = useRecv
		}
	case edge.SendStmt_Chan:
		u.kind = useSend
	case edge.RangeStmt_X:
		u.kind = useRange
	case edge.CallExpr_Fun:
		if k, _ := parent.ParentEdge(); k != edge.GoStmt_Call {
			u.kind = useCall
		}
	case edge.CallExpr_Args:
		fun := parent.Node().(*ast.CallExpr).Fun
		switch {
		case isBuiltin(c.info, fun, "close"):
			u.kind = useClose
		case isBuiltin(c.info, fun, "len"), isBuiltin(c.info, fun, "cap"):
			u.kind = useCompare
		case isBuiltin(c.info, fun, "delete"), isBuiltin(c.info, fun, "clear"):
			u.kind, u.write = useElem, true
		}
	case edge.BinaryExpr_X, edge.BinaryExpr_Y:
		b := parent.Node().(*ast.BinaryExpr)
		if b.Op == token.EQL || b.Op == token.NEQ {
			if c.info.Types[b.X].IsNil() || c.info.Types[b.Y].IsNil() {
				u.kind = useCompare
			}
		}
	case edge.IndexExpr_X:
		v := c.useOf(parent)
		u.kind, u.write = useElem, v.kind == useSet || v.write
	case edge.SelectorExpr_X:
		s := parent.Node().(*ast.SelectorExpr)
		sel := c.info.Selections[s]
		if sel == nil {
			break
		}
		if sel.Kind() != types.FieldVal {
			return methodUse(parent, s.Sel.Name)
		}
		v := c.useOf(parent)
		u.kind, u.write = usePart, v.kind == useSet || v.write
	}
	return u
}

// isRelease tells whether a method's or function's name says that it may end
// what it works on. It is generous: each such name is a reason to be silent.
func isRelease(name string) bool {
	if model.IsRelease(name) {
		return true
	}
	name = strings.ToLower(name)
	if strings.HasPrefix(name, "end") {
		return true
	}
	for _, word := range []string{"close", "stop", "shutdown", "release", "cancel", "free", "destroy", "dispose", "terminate", "quit", "disconnect", "kill", "drain", "finish", "leave", "unsubscribe", "exit", "done", "wait", "join", "abort", "teardown", "cleanup", "reset", "detach", "remove"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// isMake tells whether an expression makes a channel or map, or is nil.
func (c *checker) isMake(e ast.Expr) bool {
	e = ast.Unparen(e)
	if c.info.Types[e].IsNil() {
		return true
	}
	if call, ok := e.(*ast.CallExpr); ok {
		return isBuiltin(c.info, call.Fun, "make")
	}
	return false
}

// fieldOf returns the field that an expression names, looking through local
// variables that are assigned once.
func (c *checker) fieldOf(e ast.Expr) *types.Var {
	for range maxAlias {
		switch x := ast.Unparen(e).(type) {
		case *ast.SelectorExpr:
			if sel := c.info.Selections[x]; sel != nil && sel.Kind() == types.FieldVal {
				return sel.Obj().(*types.Var).Origin()
			}
			return nil
		case *ast.Ident:
			v, ok := c.info.Uses[x].(*types.Var)
			if !ok {
				return nil
			}
			if e = c.single(v); e == nil {
				return nil
			}
		default:
			return nil
		}
	}
	return nil
}
