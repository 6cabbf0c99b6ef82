package lifecycle

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// A def says how a local variable gets its value.
type def struct {
	expr   ast.Expr // nil for a bare declaration
	result int      // which result of expr, where that has several
	multi  bool
	ranged bool // it runs over expr
	writes int
}

// readDefs records how the package's variables get their values.
func (c *checker) readDefs(root inspector.Cursor) {
	define := func(e ast.Expr, d def) {
		id, ok := ast.Unparen(e).(*ast.Ident)
		if !ok {
			return
		}
		v, ok := c.info.ObjectOf(id).(*types.Var)
		if !ok || v.IsField() {
			return
		}
		old := c.defs[v]
		switch {
		case old == nil:
			d.writes = 1
			c.defs[v] = &d
		case old.expr == nil && old.writes == 1 && d.expr != nil:
			d.writes = 1 // declared first, then given its value
			*old = d
		default:
			old.writes++
		}
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
	for cur := range root.Preorder((*ast.AssignStmt)(nil), (*ast.IncDecStmt)(nil), (*ast.ValueSpec)(nil), (*ast.RangeStmt)(nil), (*ast.UnaryExpr)(nil)) {
		switch n := cur.Node().(type) {
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
			values(lhs, n.Values)
		case *ast.RangeStmt:
			for i, e := range []ast.Expr{n.Key, n.Value} {
				if e != nil {
					define(e, def{expr: n.X, result: i, ranged: true})
				}
			}
		case *ast.UnaryExpr:
			if id, ok := ast.Unparen(n.X).(*ast.Ident); ok && n.Op == token.AND {
				if _, isStruct := c.info.TypeOf(id).Underlying().(*types.Struct); !isStruct {
					define(id, def{})
				}
			}
		}
	}
}

// maxAlias bounds how many variables are looked through, maxDepth how many
// calls are followed.
const (
	maxAlias = 6
	maxDepth = 5
)

// single returns the value of a local variable that is assigned just once.
func (c *checker) single(v *types.Var) ast.Expr {
	if d := c.defs[v]; d != nil && d.writes == 1 && !d.multi && !d.ranged {
		return d.expr
	}
	return nil
}

// function returns the body that a function expression leads to, where it lies
// in the package.
func (c *checker) function(e ast.Expr) (method, bool) {
	for range maxAlias {
		e = ast.Unparen(e)
		switch x := e.(type) {
		case *ast.IndexExpr:
			e = ast.Unparen(x.X)
		case *ast.IndexListExpr:
			e = ast.Unparen(x.X)
		}
		var obj types.Object
		switch x := e.(type) {
		case *ast.FuncLit:
			return method{name: "the literal", body: x}, true
		case *ast.Ident:
			obj = c.info.Uses[x]
		case *ast.SelectorExpr:
			obj = c.info.Uses[x.Sel]
		}
		switch obj := obj.(type) {
		case *types.Func:
			if d := c.decls[obj.Origin()]; d != nil {
				return method{obj.Name(), obj.Origin(), d}, true
			}
			return method{}, false
		case *types.Var:
			if e = c.single(obj); e == nil {
				return method{}, false
			}
		default:
			return method{}, false
		}
	}
	return method{}, false
}

// callee returns the function that a call names statically, in whatever
// package.
func (c *checker) callee(call *ast.CallExpr) *types.Func {
	if fn := typeutil.StaticCallee(c.info, call); fn != nil {
		return fn.Origin()
	}
	if fn, ok := typeutil.Callee(c.info, call).(*types.Func); ok {
		return fn.Origin() // of an interface
	}
	return nil
}

func isFunc(fn *types.Func, name string) bool { return fn != nil && fn.FullName() == name }

func isBuiltin(info *types.Info, fun ast.Expr, name string) bool {
	id, ok := ast.Unparen(fun).(*ast.Ident)
	if !ok || id.Name != name {
		return false
	}
	_, ok = info.Uses[id].(*types.Builtin)
	return ok
}

// inPlace tells whether a literal runs where it is written: called or deferred
// there, or by a sync.Once.
func (c *checker) inPlace(lit inspector.Cursor) bool {
	kind, i := lit.ParentEdge()
	parent := lit.Parent()
	for kind == edge.ParenExpr_X {
		kind, i = parent.ParentEdge()
		parent = parent.Parent()
	}
	switch kind {
	case edge.CallExpr_Fun:
		k, _ := parent.ParentEdge()
		return k != edge.GoStmt_Call
	case edge.CallExpr_Args:
		return i == 0 && isFunc(c.callee(parent.Node().(*ast.CallExpr)), "(*sync.Once).Do")
	}
	return false
}

// own calls visit for each node of the given types in the body of a function
// that runs in its own frame: not in a goroutine, nor in a literal that is only
// stored.
func (c *checker) own(body ast.Node, kinds []ast.Node, visit func(inspector.Cursor)) {
	cur, ok := c.cursors[body]
	if !ok {
		return
	}
	wanted := make(map[reflect.Type]bool)
	for _, k := range kinds {
		wanted[reflect.TypeOf(k)] = true
	}
	kinds = append(slices.Clone(kinds), (*ast.FuncLit)(nil), (*ast.GoStmt)(nil))
	cur.Inspect(kinds, func(n inspector.Cursor) bool {
		if n.Node() == body {
			return true
		}
		if wanted[reflect.TypeOf(n.Node())] {
			visit(n)
		}
		switch n.Node().(type) {
		case *ast.FuncLit:
			return c.inPlace(n)
		case *ast.GoStmt:
			return false
		}
		return true
	})
}

// A trail leads from a method to a node that it runs.
type trail struct {
	at    ast.Node // in the method's own body: the call that leads on, nil if the node is there itself
	steps []Step   // the functions, the method first, with the calls between them
}

var spawnNodes = []ast.Node{(*ast.GoStmt)(nil), (*ast.CallExpr)(nil)}

// run calls visit for each go statement and call that a method runs, in its own
// body and in the functions of the package that it calls. What runs once for the
// whole program, by a state of the package, is left out.
func (c *checker) run(m method, visit func(inspector.Cursor, trail)) {
	seen := make(map[ast.Node]bool)
	var walk func(m method, t trail, depth int)
	walk = func(m method, t trail, depth int) {
		if seen[m.body] || depth > maxDepth {
			return
		}
		seen[m.body] = true
		c.own(m.body, spawnNodes, func(cur inspector.Cursor) {
			if c.ofPackage(cur) {
				return
			}
			here := trail{t.at, append(append([]Step(nil), t.steps...), Step{c.label(m), cur.Node().Pos()})}
			visit(cur, here)
			call, ok := cur.Node().(*ast.CallExpr)
			if !ok {
				return
			}
			if next, ok := c.function(call.Fun); ok && next.fn != nil {
				if here.at == nil {
					here.at = call
				}
				walk(next, here, depth+1)
			}
		})
	}
	walk(m, trail{}, 0)
}

// reached returns the functions that a method runs, itself included.
func (c *checker) reached(ms ...method) map[ast.Node]bool {
	set := make(map[ast.Node]bool)
	for _, m := range ms {
		set[m.body] = true
		c.run(m, func(cur inspector.Cursor, _ trail) {
			if call, ok := cur.Node().(*ast.CallExpr); ok {
				if next, ok := c.function(call.Fun); ok && next.fn != nil {
					set[next.body] = true
				}
			}
		})
	}
	return set
}

// ofPackage tells whether a node is under a condition on a variable of the
// package, or in the literal of a sync.Once of the package.
func (c *checker) ofPackage(cur inspector.Cursor) bool {
	names := func(e ast.Node) bool {
		found := false
		ast.Inspect(e, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if v, ok := c.info.Uses[id].(*types.Var); ok && !v.IsField() && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
					found = true
				}
			}
			return !found
		})
		return found
	}
	for e := range cur.Enclosing((*ast.IfStmt)(nil), (*ast.FuncLit)(nil)) {
		switch n := e.Node().(type) {
		case *ast.IfStmt:
			if names(n.Cond) {
				return true
			}
		case *ast.FuncLit:
			if k, _ := e.ParentEdge(); k == edge.CallExpr_Args {
				call := e.Parent().Node().(*ast.CallExpr)
				if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && names(sel.X) {
					return true
				}
			}
		}
	}
	return false
}

// spawned returns the function that a node starts as a goroutine: of a go
// statement, or of a call of (*sync.WaitGroup).Go.
func (c *checker) spawned(n ast.Node) (fun ast.Expr, what string, ok bool) {
	switch n := n.(type) {
	case *ast.GoStmt:
		return n.Call.Fun, "go statement", true
	case *ast.CallExpr:
		if isFunc(c.callee(n), "(*sync.WaitGroup).Go") && len(n.Args) == 1 {
			return n.Args[0], "WaitGroup.Go", true
		}
	}
	return nil, "", false
}
