package lifecycle

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// copies reports a copy method whose copies share what a session changes, or
// are of another type.
func (c *checker) copies(l *life, name string) {
	obj, index, _ := types.LookupFieldOrMethod(types.NewPointer(l.Type), true, c.pass.Pkg, name)
	fn, ok := obj.(*types.Func)
	if !ok || fn.Signature().Params().Len() > 0 || fn.Signature().Results().Len() == 0 {
		return
	}
	if len(index) > 1 {
		c.promoted(l, fn, index)
		return
	}
	m, ok := c.method(l.Type, name)
	if !ok {
		return
	}
	decl := m.body.(*ast.FuncDecl)
	if len(decl.Recv.List[0].Names) == 0 {
		return
	}
	recv, _ := c.info.Defs[decl.Recv.List[0].Names[0]].(*types.Var)
	if recv == nil {
		return
	}
	_, byPointer := types.Unalias(recv.Type()).(*types.Pointer)
	c.own(decl, []ast.Node{(*ast.ReturnStmt)(nil)}, func(cur inspector.Cursor) {
		ret := cur.Node().(*ast.ReturnStmt)
		if len(ret.Results) == 0 {
			return
		}
		if byPointer && c.isVar(ret.Results[0], recv) {
			c.returnsItself(l, m, ret.Results[0])
			return
		}
		if s := c.copied(ret.Results[0], recv, decl, 0); s != nil {
			c.sharing(l, m, s)
		}
	})
}

// isVar tells whether an expression is a variable, converted or not, or another
// one that was assigned it.
func (c *checker) isVar(e ast.Expr, v *types.Var) bool {
	for range maxAlias {
		switch x := ast.Unparen(e).(type) {
		case *ast.Ident:
			w, ok := c.info.Uses[x].(*types.Var)
			if !ok || w == v {
				return ok
			}
			if e = c.single(w); e == nil {
				return false
			}
		case *ast.CallExpr:
			if !c.info.Types[x.Fun].IsType() || len(x.Args) != 1 {
				return false
			}
			e = x.Args[0]
		default:
			return false
		}
	}
	return false
}

// returnsItself reports a copy that is none, if the sessions have a state.
func (c *checker) returnsItself(l *life, m method, node ast.Expr) {
	v := c.state(l)
	if v == nil {
		return
	}
	c.report(Finding{
		Rule: CopyShares, Node: node, Handler: l.Name, Method: m.name, Chain: []Step{{c.label(m), node.Pos()}},
		Says: fmt.Sprintf("%s returns the receiver itself, so that all sessions share its %s: %s (return at %s); return a new %s with state of its own", m.name, v.Name(), c.label(m), c.at(node.Pos()), l.Name),
	})
}

// state returns a field of the handler that its hot, start or stop methods
// change.
func (c *checker) state(l *life) *types.Var {
	st, ok := structOf(l.Type)
	if !ok {
		return nil
	}
	runs := c.reached(slices.Concat(l.hot, l.start, l.stop)...)
	for _, m := range l.news {
		delete(runs, m.body)
	}
	for v := range st.Fields() {
		for _, u := range c.fields[v.Origin()] {
			if !runs[u.decl] || c.isConstructor(l, u.decl) {
				continue
			}
			switch u.kind {
			case useSet, useSend, useRecv, useRange, useClose:
				if _, lit := u.cur.Node().(*ast.CompositeLit); !lit {
					return v
				}
			case useElem, usePart:
				if u.write {
					return v
				}
			}
		}
	}
	return nil
}

func (c *checker) isConstructor(l *life, n ast.Node) bool {
	return slices.ContainsFunc(l.news, func(m method) bool { return m.body == n })
}

// A shallow is a copy that holds fields of the receiver.
type shallow struct {
	whole ast.Node                // where the receiver was copied whole, nil if it was not
	from  map[*types.Var]ast.Node // the fields that were copied one by one
	anew  map[*types.Var]bool     // the fields that were given another value
}

// copied tells what a returned value holds of the receiver's fields; nil if that
// is not known.
func (c *checker) copied(e ast.Expr, recv *types.Var, decl *ast.FuncDecl, depth int) *shallow {
	s := &shallow{from: make(map[*types.Var]ast.Node), anew: make(map[*types.Var]bool)}
	e = ast.Unparen(e)
	if call, ok := e.(*ast.CallExpr); ok && c.info.Types[call.Fun].IsType() && len(call.Args) == 1 {
		e = ast.Unparen(call.Args[0])
	}
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = ast.Unparen(u.X)
	}
	switch x := e.(type) {
	case *ast.CompositeLit:
		c.literal(s, x, recv)
		return s
	case *ast.Ident:
		v, ok := c.info.Uses[x].(*types.Var)
		if !ok || v.IsField() || v.Parent() == nil || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
			return nil
		}
		if v == recv {
			s.whole = x
		} else if d := c.defs[v]; d != nil && d.expr != nil && !d.multi && !d.ranged {
			init := ast.Unparen(d.expr)
			if u, ok := init.(*ast.UnaryExpr); ok && u.Op == token.AND {
				init = ast.Unparen(u.X)
			}
			switch y := init.(type) {
			case *ast.CompositeLit:
				c.literal(s, y, recv)
			case *ast.StarExpr:
				if c.isVar(y.X, recv) {
					s.whole = y
				}
			case *ast.Ident:
				if c.isVar(y, recv) {
					s.whole = y
				} else if depth < maxAlias { // c := *h; p := &c
					return c.copied(y, recv, decl, depth+1)
				}
			case *ast.CallExpr:
				if !isBuiltin(c.info, y.Fun, "new") {
					return nil
				}
			default:
				return nil
			}
		}
		return c.changes(s, v, recv, decl)
	}
	return nil
}

// literal reads the fields of a literal that a copy returns.
func (c *checker) literal(s *shallow, lit *ast.CompositeLit, recv *types.Var) {
	st, ok := structOf(c.info.TypeOf(lit))
	if !ok {
		return
	}
	for i, e := range lit.Elts {
		var v *types.Var
		value := e
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok {
				v, _ = c.info.Uses[id].(*types.Var)
			}
			value = kv.Value
		} else if i < st.NumFields() {
			v = st.Field(i)
		}
		if v != nil {
			c.gives(s, v.Origin(), value, recv)
		}
	}
}

// gives notes that a copy's field is given a value.
func (c *checker) gives(s *shallow, v *types.Var, value ast.Expr, recv *types.Var) {
	if root, _, leaf := c.fieldPlace(value); root == recv && leaf == v {
		s.from[v] = value
		delete(s.anew, v)
		return
	}
	s.anew[v] = true
	delete(s.from, v)
}

// changes reads what a copy method does to the copy that variable v holds. It
// returns nil where another function may change it.
func (c *checker) changes(s *shallow, v, recv *types.Var, decl *ast.FuncDecl) *shallow {
	for cur := range c.cursors[decl].Preorder((*ast.Ident)(nil)) {
		if c.info.Uses[cur.Node().(*ast.Ident)] != v {
			continue
		}
		kind, i := cur.ParentEdge()
		parent := cur.Parent()
		switch kind {
		case edge.StarExpr_X: // *c = *h
			if k, i := parent.ParentEdge(); k == edge.AssignStmt_Lhs {
				a := parent.Parent().Node().(*ast.AssignStmt)
				if len(a.Lhs) != len(a.Rhs) {
					return nil
				}
				if star, ok := ast.Unparen(a.Rhs[i]).(*ast.StarExpr); ok && c.isVar(star.X, recv) || c.isVar(a.Rhs[i], recv) {
					s.whole = a.Rhs[i]
				}
			}
		case edge.AssignStmt_Lhs:
			a := parent.Node().(*ast.AssignStmt)
			if len(a.Lhs) == len(a.Rhs) {
				if star, ok := ast.Unparen(a.Rhs[i]).(*ast.StarExpr); ok && c.isVar(star.X, recv) {
					s.whole = star
				}
			}
		case edge.SelectorExpr_X:
			sel := c.info.Selections[parent.Node().(*ast.SelectorExpr)]
			if sel == nil {
				break
			}
			if sel.Kind() != types.FieldVal {
				if v == recv {
					break // a method of the receiver, called before it is copied
				}
				if !c.resets(s, parent) {
					return nil
				}
				break
			}
			u := c.useOf(parent)
			switch {
			case u.kind == useSet && u.value != nil && u.result == 0:
				c.gives(s, sel.Obj().(*types.Var).Origin(), u.value, recv)
			case u.kind == useSet || u.write:
				s.anew[sel.Obj().(*types.Var).Origin()] = true
			}
			if u.kind == useSet { // a field of an embedded struct: c.Base.x = …
				for _, f := range fieldPath(sel) {
					if f.Origin() != sel.Obj() {
						s.anew[f.Origin()] = true
					}
				}
			}
		case edge.ReturnStmt_Results, edge.ParenExpr_X, edge.AssignStmt_Rhs:
		case edge.UnaryExpr_X:
			if k, _ := parent.ParentEdge(); k != edge.ReturnStmt_Results && k != edge.AssignStmt_Rhs {
				return nil
			}
		case edge.CallExpr_Args:
			if !c.info.Types[parent.Node().(*ast.CallExpr).Fun].IsType() {
				return nil
			}
		}
	}
	return s
}

// resets notes the fields that a method of the package sets of the copy that it
// is called on; it tells whether the method is one.
func (c *checker) resets(s *shallow, sel inspector.Cursor) bool {
	if k, _ := sel.ParentEdge(); k != edge.CallExpr_Fun {
		return false
	}
	m, ok := c.function(sel.Node().(*ast.SelectorExpr))
	if !ok {
		return false
	}
	runs := c.reached(m)
	for v, uses := range c.fields {
		for _, u := range uses {
			if runs[u.decl] && u.kind == useSet {
				s.anew[v] = true
			}
		}
	}
	return true
}

// sharing reports the first field of a copy that its sessions share.
func (c *checker) sharing(l *life, m method, s *shallow) {
	st, ok := structOf(l.Type)
	if !ok {
		return
	}
	locks := false
	for v := range st.Fields() {
		if _, ptr := v.Type().(*types.Pointer); ptr && hasLock(v.Type()) && !s.anew[v.Origin()] {
			locks = true // shared on purpose: what guards it is, too
		}
	}
	if locks {
		return
	}
	remade := c.reached(l.methodsOf(l.start)...)
	for v := range st.Fields() {
		v = v.Origin()
		node := s.from[v]
		if node == nil && !s.anew[v] {
			node = s.whole
		}
		if node == nil {
			continue
		}
		what, where, ok := c.changed(l, m, v)
		if !ok || !c.given(l, v, remade) {
			continue
		}
		c.report(Finding{
			Rule: CopyShares, Node: node, Handler: l.Name, Method: m.name, Chain: []Step{{c.label(m), node.Pos()}},
			Says: fmt.Sprintf("%s shares %s between the sessions: %s (%s at %s), and %s at %s %s; give the copy one of its own", m.name, v.Name(), c.label(m), copyWord(s, node), c.at(node.Pos()), where.function, c.at(where.pos), what),
		})
		return
	}
}

func copyWord(s *shallow, node ast.Node) string {
	if node == s.whole {
		return "shallow copy"
	}
	return "copied field"
}

// methodsOf leaves the constructors out.
func (l *life) methodsOf(ms []method) []method {
	return slices.DeleteFunc(slices.Clone(ms), func(m method) bool {
		return m.fn == nil || m.fn.Signature().Recv() == nil
	})
}

// given tells whether a field has a value before a session starts, and keeps it
// when it does.
func (c *checker) given(l *life, v *types.Var, starts map[ast.Node]bool) bool {
	given := v.Exported()
	for _, u := range c.fields[v] {
		if u.kind != useSet || u.value == nil || c.info.Types[u.value].IsNil() {
			continue
		}
		if starts[u.decl] {
			return false
		}
		d, ok := u.decl.(*ast.FuncDecl)
		if !ok || d.Recv == nil || !c.isMethodOf(d, l) {
			given = true
		}
	}
	return given
}

func (c *checker) isMethodOf(d *ast.FuncDecl, l *life) bool {
	fn, ok := c.info.Defs[d.Name].(*types.Func)
	if !ok || fn.Signature().Recv() == nil {
		return false
	}
	n := namedOf(fn.Signature().Recv().Type())
	return n != nil && n.Origin() == l.Type.Origin()
}

// changed tells whether a session changes what a field leads to, and how: it
// passes values through a channel, or closes it, writes to a map, or to what it
// points to.
func (c *checker) changed(l *life, copyMethod method, v *types.Var) (what string, where reading, ok bool) {
	in := func(u fieldUse) bool {
		return u.decl != copyMethod.body && !c.isConstructor(l, u.decl)
	}
	find := func(kinds ...useKind) *fieldUse {
		for i, u := range c.fields[v] {
			if in(u) && slices.Contains(kinds, u.kind) {
				return &c.fields[v][i]
			}
		}
		return nil
	}
	found := func(u *fieldUse, what string) (string, reading, bool) {
		m, ok := c.around(u.cur.Node())
		return what, reading{c.label(m), u.cur.Node().Pos()}, ok
	}
	switch t := v.Type().Underlying().(type) {
	case *types.Chan:
		if u := find(useClose); u != nil {
			return found(u, "closes it for all")
		}
		if u := find(useRecv, useRange); u != nil && find(useSend) != nil && !c.pool(v) {
			return found(u, "takes what another session sent")
		}
	case *types.Map:
		for _, u := range c.fields[v] {
			if in(u) && u.kind == useElem && u.write {
				return found(&u, "writes to it")
			}
		}
	case *types.Pointer:
		if _, ok := structOf(t); !ok || hasLock(t) {
			break
		}
		for _, u := range c.fields[v] {
			if in(u) && u.kind == usePart && u.write {
				return found(&u, "writes to it")
			}
		}
	}
	return "", reading{}, false
}

// pool tells whether each function that takes something from a channel also puts
// something in: a semaphore, or a store of buffers, which is made to be shared.
func (c *checker) pool(v *types.Var) bool {
	sends := make(map[ast.Node]bool)
	for _, u := range c.fields[v] {
		if u.kind == useSend {
			sends[u.decl] = true
		}
	}
	for _, u := range c.fields[v] {
		if (u.kind == useRecv || u.kind == useRange) && !sends[u.decl] {
			return false
		}
	}
	return true
}

// hasLock tells whether a type is a lock, or a struct with one: what is made to
// be shared.
func hasLock(t types.Type) bool {
	if n := namedOf(t); n != nil && n.Obj().Pkg() != nil {
		if path := n.Obj().Pkg().Path(); path == "sync" || path == "sync/atomic" {
			return true
		}
	}
	st, ok := structOf(t)
	if !ok {
		return false
	}
	for f := range st.Fields() {
		if n := namedOf(f.Type()); n != nil && n.Obj().Pkg() != nil && strings.HasPrefix(n.Obj().Pkg().Path(), "sync") {
			return true
		}
	}
	return false
}

// promoted reports a copy method that comes from an embedded type and knows
// nothing of the type that embeds it.
func (c *checker) promoted(l *life, fn *types.Func, index []int) {
	st, ok := structOf(l.Type)
	if !ok {
		return
	}
	field := st.Field(index[0])
	result := fn.Signature().Results().At(0).Type()
	base := namedOf(fn.Signature().Recv().Type())
	if base == nil {
		base = namedOf(field.Type())
	}
	switch n := namedOf(result); {
	case base == nil || n == nil || n.Origin() == l.Type.Origin():
		return
	case types.IsInterface(n):
		if !types.Implements(types.NewPointer(l.Type), n.Underlying().(*types.Interface)) {
			return
		}
		// In the package of the outer type it may know of it.
		if d := c.decls[fn.Origin()]; d != nil && !c.returnsOnly(d, base) {
			return
		}
	case n.Origin() != base.Origin():
		return
	}
	// It matters if a session would miss a method of the outer type.
	lost := ""
	for _, name := range slices.Concat(hotNames(l), l.Start, l.Stop) {
		_, path, _ := types.LookupFieldOrMethod(types.NewPointer(l.Type), true, c.pass.Pkg, name)
		if len(path) == 1 {
			lost = name
			break
		}
	}
	node := c.fieldNode(field)
	if lost == "" || node == nil {
		return
	}
	c.report(Finding{
		Rule: CopyShares, Node: node, Handler: l.Name, Method: fn.Name(), Chain: []Step{{c.label(method{fn.Name(), fn, nil}), node.Pos()}},
		Says: fmt.Sprintf("%s is promoted from %s and returns no %s: a session of the copy would not run %s's %s; write a %s for %s",
			fn.Name(), base.Obj().Name(), l.Name, l.Name, lost, fn.Name(), l.Name),
	})
}

func hotNames(l *life) []string {
	var names []string
	for _, h := range l.Hot {
		names = append(names, h.Name)
	}
	return names
}

// returnsOnly tells whether all that a function returns is of a type.
func (c *checker) returnsOnly(d *ast.FuncDecl, base *types.Named) bool {
	only := true
	c.own(d, []ast.Node{(*ast.ReturnStmt)(nil)}, func(cur inspector.Cursor) {
		ret := cur.Node().(*ast.ReturnStmt)
		if len(ret.Results) == 0 {
			only = false
			return
		}
		n := namedOf(c.info.TypeOf(ret.Results[0]))
		only = only && n != nil && n.Origin() == base.Origin()
	})
	return only
}

// fieldNode returns the type expression of an embedded field.
func (c *checker) fieldNode(field *types.Var) ast.Node {
	for _, f := range c.pass.Files {
		if field.Pos() < f.FileStart || f.FileEnd <= field.Pos() {
			continue
		}
		var found ast.Node
		ast.Inspect(f, func(n ast.Node) bool {
			if fl, ok := n.(*ast.Field); ok && fl.Pos() <= field.Pos() && field.Pos() < fl.End() {
				found = fl.Type
			}
			return true
		})
		return found
	}
	return nil
}
