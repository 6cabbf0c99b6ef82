package effect

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/emitcheck/emitcheck/analyzer/internal/directive"
	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// A pkg is the analysis of one package.
type pkg struct {
	pass       *analysis.Pass
	info       *types.Info
	suppressed *directive.Set

	nodes  []*node // functions in source order, each before its literals
	byFunc map[*types.Func]*node
	byLit  map[*ast.FuncLit]*node
	facts  map[*types.Func]*Summary // imported, nil entries included
	defs   map[types.Object]*def
	leaves map[ast.Stmt]bool   // whether a statement may leave its function
	impls  []*types.Named      // the package's types that have methods
	closed map[*types.Var]bool // the channels that some function closes

	asking map[*node]bool // functions whose returns are being looked at

	turns []ast.Node // what runs once for each element, where that is asked for
}

// A node is one function, function literal, or interface method.
type node struct {
	fn     *types.Func // nil for a literal
	decl   *ast.FuncDecl
	lit    *ast.FuncLit
	iface  types.Type // of an interface method
	cur    inspector.Cursor
	top    *node        // the declared function that a literal lies in; itself otherwise
	params []*types.Var // receiver first; nil entries for unnamed ones
	items  []*item
	sum    *Summary

	where where // of a literal, worked out on demand

	// For tops, worked out on demand.
	defsDone bool
	locals   []types.Object
	uses     []use
	usesDone bool

	flat, flatAsync flatUses
	sets            map[types.Object][]setUse

	called     []*item // the calls of its params, by it or by literals in it
	passing    []*item // the calls of its body, literals included, that may pass a param on
	paramCalls []ParamCall
	callsDone  bool

	callees     []*node
	calleesDone bool

	// Tarjan's algorithm.
	index, low int
	onStack    bool
}

// flatUses holds the uses of a function and of what it calls, once worked out.
type flatUses struct {
	uses []use
	done bool
}

// where says whether a literal runs where it is written.
type where uint8

const (
	unknownWhere where = iota
	inPlace
	elsewhere // in a goroutine, or whenever what it is stored in is called
)

func (n *node) body() *ast.BlockStmt {
	switch {
	case n.lit != nil:
		return n.lit.Body
	case n.decl != nil:
		return n.decl.Body
	}
	return nil
}

// declares tells whether v is declared in the body of n (not as its param).
func (n *node) declares(v *types.Var) bool {
	b := n.body()
	return b != nil && b.Pos() <= v.Pos() && v.Pos() < b.End() && !v.IsField()
}

// param returns the index of a variable among the params of n, or noParam.
func (n *node) param(v types.Object) int {
	if v != nil {
		for i, p := range n.params {
			if p == v {
				return i
			}
		}
	}
	return noParam
}

// An item is a statement or call in a node's own body that may have an effect.
type item struct {
	n   *node
	cur inspector.Cursor

	effect  *model.Effect // what it does itself, if anything
	what    string
	on      Ref          // what a channel operation works on
	closers []*types.Var // the channels whose closing ends it

	onlyPutBack bool // a send in a select: an effect only where it puts back

	call *call // the function it calls, if any

	param int // the param of n, or of a function around it, that it calls; noParam if none

	timing *timing // cached by when
}

// A call is a call whose callee is known, with its args, receiver first.
type call struct {
	target
	bound *ast.SelectorExpr // the selector of a method call or value
	args  []ast.Expr
}

// A target is what a function value or call leads to. At most one is set.
type target struct {
	node *node       // a function, literal or interface method of the package
	fact *Summary    // a function of another package
	row  *model.Func // a std function
	fn   *types.Func // its object; nil for literals
}

func (t target) ok() bool { return t.node != nil || t.fact != nil || t.row != nil }

func newPkg(pass *analysis.Pass) *pkg {
	return &pkg{
		pass:       pass,
		info:       pass.TypesInfo,
		suppressed: directive.Suppressions(pass.Fset, pass.Files),
		byFunc:     make(map[*types.Func]*node),
		byLit:      make(map[*ast.FuncLit]*node),
		facts:      make(map[*types.Func]*Summary),
		defs:       make(map[types.Object]*def),
		closed:     make(map[*types.Var]bool),
		leaves:     make(map[ast.Stmt]bool),
		asking:     make(map[*node]bool),
	}
}

var (
	declTypes = []ast.Node{(*ast.FuncDecl)(nil), (*ast.GenDecl)(nil)}
	itemTypes = []ast.Node{
		(*ast.FuncLit)(nil), (*ast.GoStmt)(nil), (*ast.CallExpr)(nil), (*ast.CompositeLit)(nil),
		(*ast.UnaryExpr)(nil), (*ast.SendStmt)(nil), (*ast.RangeStmt)(nil), (*ast.SelectStmt)(nil),
		(*ast.ReturnStmt)(nil),
	}
)

// collect makes the nodes and their items.
func (p *pkg) collect() {
	root := inspector.New(p.pass.Files).Root()
	// Nodes first, so that a call finds its callee wherever that is declared.
	var tops []*node
	for cur := range root.Preorder(declTypes...) {
		switch d := cur.Node().(type) {
		case *ast.FuncDecl:
			fn, ok := p.info.Defs[d.Name].(*types.Func)
			if !ok || d.Body == nil {
				continue
			}
			n := &node{fn: fn, decl: d, cur: cur}
			n.top = n
			n.params = params(fn.Signature())
			p.nodes = append(p.nodes, n)
			p.byFunc[fn] = n
			tops = append(tops, n)
		case *ast.GenDecl:
			// Literals in package-level variables.
			if d.Tok != token.VAR || cur.Parent().Node() == nil {
				continue
			}
			if _, ok := cur.Parent().Node().(*ast.File); !ok {
				continue
			}
			cur.Inspect([]ast.Node{(*ast.FuncLit)(nil)}, func(c inspector.Cursor) bool {
				n := p.literal(c, nil)
				tops = append(tops, n)
				return false
			})
		}
	}
	for _, n := range tops {
		for c := range n.cur.Preorder((*ast.FuncLit)(nil)) {
			p.literal(c, n)
		}
	}
	for _, n := range tops {
		p.defsOf(n)
		p.collectItems(n)
	}
}

func params(sig *types.Signature) []*types.Var {
	var vars []*types.Var
	if r := sig.Recv(); r != nil {
		vars = append(vars, r)
	}
	for v := range sig.Params().Variables() {
		vars = append(vars, v)
	}
	return vars
}

// literal makes the node of a function literal in top, nil for a literal
// outside any function.
func (p *pkg) literal(cur inspector.Cursor, top *node) *node {
	lit := cur.Node().(*ast.FuncLit)
	if n := p.byLit[lit]; n != nil {
		return n
	}
	n := &node{lit: lit, cur: cur, top: top}
	if top == nil {
		n.top = n
	}
	if sig, ok := p.info.TypeOf(lit).(*types.Signature); ok {
		n.params = params(sig)
	}
	p.nodes = append(p.nodes, n)
	p.byLit[lit] = n
	return n
}

// collectItems finds the items of n and of the literals in it.
func (p *pkg) collectItems(n *node) {
	add := func(it *item) {
		it.n = n
		n.items = append(n.items, it)
	}
	direct := func(cur inspector.Cursor, e *model.Effect, what string) *item {
		it := &item{cur: cur, effect: e, what: what, param: noParam, on: Ref{Param: noParam}}
		add(it)
		return it
	}
	cur, ok := n.cur.FindNode(n.body())
	if !ok {
		return
	}
	cur.Inspect(itemTypes, func(c inspector.Cursor) bool {
		switch x := c.Node().(type) {
		case *ast.FuncLit:
			if isSeq(p.info.TypeOf(x)) {
				direct(c, nil, "")
			}
			p.collectItems(p.byLit[x])
			return false
		case *ast.GoStmt:
			direct(c, goEffect, "go statement")
		case *ast.CallExpr:
			if kind, _ := c.ParentEdge(); kind == edge.GoStmt_Call {
				break // runs in the goroutine
			}
			p.collectCall(n, c, x, add)
		case *ast.CompositeLit:
			if e := p.literalEffect(x); e != nil {
				direct(c, e, types.TypeString(p.info.TypeOf(x), qualifier)+" literal")
			} else if p.isIterator(p.info.TypeOf(x)) {
				direct(c, nil, "")
			}
		case *ast.UnaryExpr:
			if x.Op == token.ARROW && !inComm(c) && !deferred(c) && !p.counted(c, x.X) {
				if on, ok := p.blocks(n, x.X); ok && !p.answers(c, on) {
					it := direct(c, blockEffect, recvWhat)
					it.on, it.closers = on, []*types.Var{on.leaf}
				}
			}
		case *ast.SendStmt:
			if isToken(p.info.TypeOf(x.Chan)) || deferred(c) {
				break // a semaphore or a signal; what is handed back at the end
			}
			if on, ok := p.blocks(n, x.Chan); ok && !p.answers(c, on) {
				it := direct(c, blockEffect, sendWhat)
				it.on = on
				kind, _ := c.ParentEdge()
				if it.onlyPutBack = kind == edge.CommClause_Comm; it.onlyPutBack && hasDefault(c.Parent().Parent().Node()) {
					n.items = n.items[:len(n.items)-1]
				}
			}
		case *ast.RangeStmt:
			if isChan(p.info.TypeOf(x.X)) {
				if on, ok := p.blocks(n, x.X); ok {
					it := direct(c, blockEffect, "range over a channel")
					it.on, it.closers = on, []*types.Var{on.leaf}
				}
			} else if isSeq(p.info.TypeOf(x.X)) {
				it := direct(c, nil, "")
				// A function or method that yields is run, from its start.
				if t, bound := p.resolve(x.X, maxAlias); t.node != nil && t.node.lit == nil || t.fact != nil {
					it.call = newCall(t, bound, nil)
				}
			}
		case *ast.SelectStmt:
			if on, closers, ok := p.selectBlocks(n, x); ok {
				it := direct(c, blockEffect, "select that nothing ends")
				it.on, it.closers = on, closers
			}
		case *ast.ReturnStmt:
			add(&item{cur: c, param: noParam})
		}
		return true
	})
}

var (
	goEffect    = &model.Effect{Kind: model.Goroutine, Weight: model.Leak, Subject: model.Result, On: model.Result}
	chanEffect  = &model.Effect{Kind: model.Channel, Weight: model.Leak, Subject: model.Result, On: model.Result}
	blockEffect = &model.Effect{Kind: model.Blocking, Weight: model.Cost, Subject: model.Result, On: model.Result}
)

func qualifier(pkg *types.Package) string { return pkg.Name() }

func (p *pkg) literalEffect(lit *ast.CompositeLit) *model.Effect {
	if named, ok := types.Unalias(p.info.TypeOf(lit)).(*types.Named); ok {
		return model.LookupLiteral(named.Obj())
	}
	return nil
}

// collectCall adds the item of a call, where its callee is known or it makes a
// channel.
func (p *pkg) collectCall(n *node, c inspector.Cursor, x *ast.CallExpr, add func(*item)) {
	fun := ast.Unparen(x.Fun)
	if tv, ok := p.info.Types[fun]; ok && (tv.IsType() || tv.IsBuiltin()) {
		if !tv.IsBuiltin() {
			return
		}
		if isBuiltin(p.info, fun, "close") && len(x.Args) == 1 {
			if r, ok := p.place(x.Args[0]); ok {
				p.closed[r.leaf] = true
			}
		}
		if isBuiltin(p.info, fun, "make") && isChan(p.info.TypeOf(x)) {
			add(&item{cur: c, effect: chanEffect, what: "make(" + types.TypeString(p.info.TypeOf(x), qualifier) + ")", param: noParam, on: Ref{Param: noParam}})
		}
		return
	}
	if m, i := p.paramOwner(n, fun); m != nil {
		it := &item{cur: c, param: i}
		add(it)
		m.called = append(m.called, it)
		return
	}
	k := p.callOf(x)
	if k == nil {
		return
	}
	it := &item{cur: c, param: noParam, call: k, on: Ref{Param: noParam}}
	add(it)
	for _, arg := range k.args {
		if m, _ := p.paramOwner(n, ast.Unparen(arg)); m != nil {
			m.passing = append(m.passing, it)
		}
	}
}

// paramOwner returns the function whose param an expression names, n or one
// around it, and the param's index; nil if it names none.
func (p *pkg) paramOwner(n *node, e ast.Expr) (*node, int) {
	v := p.funcVar(e)
	if v == nil {
		return nil, noParam
	}
	for m := n; ; m = p.around(m) {
		if i := m.param(v); i != noParam {
			return m, i
		}
		if m.lit == nil || m.top == m {
			return nil, noParam
		}
	}
}

// callOf returns the call of a function that something is known of, or nil.
func (p *pkg) callOf(x *ast.CallExpr) *call {
	t, bound := p.resolve(x.Fun, maxAlias)
	if !t.ok() {
		return nil
	}
	return newCall(t, bound, x.Args)
}

func newCall(t target, bound *ast.SelectorExpr, args []ast.Expr) *call {
	if bound != nil {
		args = append([]ast.Expr{bound.X}, args...)
	}
	return &call{target: t, bound: bound, args: args}
}

// argPlace returns the place that the callee's param i denotes in the caller.
func (p *pkg) argPlace(c *call, i int) (Ref, bool) {
	if i < 0 || i >= len(c.args) {
		return Ref{}, false
	}
	if i == 0 && c.bound != nil {
		return p.recvPlace(c.bound)
	}
	return p.place(c.args[i])
}

// around returns the node in which the literal of n lies.
func (p *pkg) around(n *node) *node {
	for c := range n.cur.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		if lit, ok := c.Node().(*ast.FuncLit); ok && lit != n.lit {
			return p.byLit[lit]
		}
	}
	return n.top
}

// funcVar returns the variable of function type that an expression names.
func (p *pkg) funcVar(e ast.Expr) *types.Var {
	if id, ok := e.(*ast.Ident); ok {
		if v, ok := p.info.Uses[id].(*types.Var); ok {
			return v
		}
	}
	return nil
}

// resolve finds what a called or passed function expression leads to. For a
// method it returns the selector whose operand is the receiver.
func (p *pkg) resolve(e ast.Expr, depth int) (t target, bound *ast.SelectorExpr) {
	e = ast.Unparen(e)
	switch x := e.(type) {
	case *ast.IndexExpr:
		e = ast.Unparen(x.X)
	case *ast.IndexListExpr:
		e = ast.Unparen(x.X)
	}
	switch x := e.(type) {
	case *ast.FuncLit:
		return target{node: p.byLit[x]}, nil
	case *ast.Ident:
		switch obj := p.info.Uses[x].(type) {
		case *types.Func:
			return p.target(obj, nil), nil
		case *types.Var:
			if v := p.single(obj); v != nil && depth > 0 {
				return p.resolve(v, depth-1)
			}
		}
	case *ast.CallExpr:
		// A function made by sync.OnceFunc is what it was made from: the guard
		// is as new as the function.
		if fn := p.selected(x); fn != nil && len(x.Args) == 1 && depth > 0 && inPkg(fn, "sync") && strings.HasPrefix(fn.Name(), "Once") {
			return p.resolve(x.Args[0], depth-1)
		}
	case *ast.SelectorExpr:
		sel := p.info.Selections[x]
		if sel == nil {
			if fn, ok := p.info.Uses[x.Sel].(*types.Func); ok {
				return p.target(fn, nil), nil
			}
			return target{}, nil
		}
		fn, ok := sel.Obj().(*types.Func)
		if !ok {
			return target{}, nil
		}
		if sel.Kind() == types.MethodExpr {
			return p.target(fn, nil), nil // its first arg is the receiver
		}
		return p.target(fn, sel.Recv()), x
	}
	return target{}, nil
}

// selected returns the function that a call names by a selector, pkg.F or x.M;
// nil if it names none.
func (p *pkg) selected(call *ast.CallExpr) *types.Func {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	fn, _ := p.info.Uses[sel.Sel].(*types.Func)
	return fn
}

func inPkg(fn *types.Func, path string) bool { return fn.Pkg() != nil && fn.Pkg().Path() == path }

// isNamed tells whether t is the type pkg.name.
func isNamed(t types.Type, pkg, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == pkg
}

// target returns what is known of a function. recv is the static type of a
// method call's receiver.
func (p *pkg) target(fn *types.Func, recv types.Type) target {
	fn = fn.Origin()
	if fn.Pkg() == nil {
		return target{}
	}
	if fn.Pkg() != p.pass.Pkg && model.IsStd(fn.Pkg().Path()) {
		if row := model.Lookup(fn); row != nil {
			return target{row: row, fn: fn}
		}
		return target{}
	}
	if n := p.byFunc[fn]; n != nil {
		return target{node: n, fn: fn}
	}
	if isInterfaceMethod(fn) {
		if recv == nil {
			recv = fn.Signature().Recv().Type()
		}
		if n := p.interfaceNode(fn, recv); n != nil {
			return target{node: n, fn: fn}
		}
		return target{}
	}
	if fn.Pkg() != p.pass.Pkg {
		if s := p.imported(fn); s != nil {
			return target{fact: s, fn: fn}
		}
	}
	return target{}
}

func isInterfaceMethod(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// imported returns the summary of a function of another package.
func (p *pkg) imported(fn *types.Func) *Summary {
	s, ok := p.facts[fn]
	if !ok {
		s = new(Summary)
		if !p.pass.ImportObjectFact(fn, s) {
			s = nil
		}
		p.facts[fn] = s
	}
	return s
}

// interfaceNode returns the node that stands for an interface method: it has
// the effects that its every visible implementation has. Interfaces of other
// projects have none: what implements them here says nothing of the rest.
func (p *pkg) interfaceNode(fn *types.Func, recv types.Type) *node {
	if n, ok := p.byFunc[fn]; ok {
		return n
	}
	if model.Project(fn.Pkg().Path()) != model.Project(p.pass.Pkg.Path()) {
		return nil
	}
	n := &node{fn: fn, iface: recv, params: params(fn.Signature())}
	n.top = n
	p.byFunc[fn] = n
	p.nodes = append(p.nodes, n)
	return n
}

// implementations returns the methods that implement an interface's method,
// among the types declared in the package.
func (p *pkg) implementations(n *node) []*node {
	iface, ok := n.iface.Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	if p.impls == nil {
		p.impls = []*types.Named{}
		scope := p.pass.Pkg.Scope()
		for _, name := range scope.Names() {
			obj, ok := scope.Lookup(name).(*types.TypeName)
			if !ok || obj.IsAlias() {
				continue
			}
			if named, ok := obj.Type().(*types.Named); ok && !types.IsInterface(named) && named.TypeParams() == nil {
				p.impls = append(p.impls, named)
			}
		}
	}
	var impls []*node
	for _, named := range p.impls {
		ptr := types.NewPointer(named)
		if !types.Implements(ptr, iface) {
			continue
		}
		obj, _, _ := types.LookupFieldOrMethod(ptr, false, p.pass.Pkg, n.fn.Name())
		fn, ok := obj.(*types.Func)
		if !ok || isInterfaceMethod(fn) {
			continue // it embeds the interface: whatever that holds is another's
		}
		if m := p.byFunc[fn.Origin()]; m != nil && m.iface == nil {
			impls = append(impls, m)
			continue
		}
		// Promoted from another package: a node that only forwards to it would
		// have its summary; without one the effects are unknown.
		impls = append(impls, &node{fn: fn, sum: p.imported(fn.Origin())})
	}
	return impls
}

// nodeOf returns the node of a function declaration or literal.
func (p *pkg) nodeOf(body ast.Node) *node {
	switch x := body.(type) {
	case *ast.FuncDecl:
		if fn, ok := p.info.Defs[x.Name].(*types.Func); ok {
			return p.byFunc[fn]
		}
	case *ast.FuncLit:
		return p.byLit[x]
	}
	return nil
}

// isChan tells whether a type is a channel, or a type parameter that only
// channels satisfy.
func isChan(t types.Type) bool {
	if t == nil {
		return false
	}
	if tp, ok := types.Unalias(t).(*types.TypeParam); ok {
		iface, ok := tp.Constraint().Underlying().(*types.Interface)
		if !ok {
			return false
		}
		for e := range iface.EmbeddedTypes() {
			u, ok := e.(*types.Union)
			if !ok {
				return isChan(e)
			}
			for t := range u.Terms() {
				if !isChan(t.Type()) {
					return false
				}
			}
			return u.Len() > 0
		}
		return false
	}
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

// blocks makes a blocking item of a channel operation, where the channel is
// one that a later call can find again: not one made or got in this function.
func (p *pkg) blocks(n *node, ch ast.Expr) (on Ref, ok bool) {
	on, ok = p.place(ch)
	if !ok || isTime(p.info.TypeOf(ch)) {
		return on, false
	}
	v, isVar := on.root.(*types.Var)
	return on, isVar && !n.declares(v)
}

// selectBlocks tells whether a select can wait without end: it has no default,
// and none of its cases is of a kind that comes at stop or in time. It returns
// the channels whose closing would end it.
func (p *pkg) selectBlocks(n *node, s *ast.SelectStmt) (on Ref, closers []*types.Var, ok bool) {
	on = Ref{Param: noParam}
	found := false
	for _, c := range s.Body.List {
		comm := c.(*ast.CommClause).Comm
		if comm == nil {
			return on, nil, false // default
		}
		ch, recv := commChan(comm)
		if ch == nil || recv && p.endsWait(ch) {
			return on, nil, false
		}
		r, blocks := p.blocks(n, ch)
		if !blocks {
			return on, nil, false
		}
		if !found {
			on, found = r, true
		}
		if recv {
			closers = append(closers, r.leaf)
		}
	}
	return on, closers, true
}

// How channel operations are named as origins of a blocking effect.
const (
	sendWhat = "channel send"
	recvWhat = "channel receive"
)

func hasDefault(body ast.Node) bool {
	b, ok := body.(*ast.BlockStmt)
	return ok && slices.ContainsFunc(b.List, func(s ast.Stmt) bool {
		c, ok := s.(*ast.CommClause)
		return ok && c.Comm == nil
	})
}

// isToken tells whether the elements of a channel say nothing but that they
// came: struct{}.
func isToken(t types.Type) bool {
	c, ok := t.Underlying().(*types.Chan)
	if !ok {
		return false
	}
	st, ok := c.Elem().Underlying().(*types.Struct)
	return ok && st.NumFields() == 0
}

func received(e ast.Expr) (ast.Expr, bool) {
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && u.Op == token.ARROW {
		return u.X, true
	}
	return nil, false
}

// endsWait tells whether a receive in a select ends its wait: a done channel
// (of struct{}), a timer's, or one that a call returns, such as ctx.Done().
func (p *pkg) endsWait(ch ast.Expr) bool {
	if _, ok := ast.Unparen(ch).(*ast.CallExpr); ok {
		return true
	}
	t, ok := p.info.TypeOf(ch).Underlying().(*types.Chan)
	if !ok {
		return true
	}
	return isTime(t) || isToken(t)
}

// isTime tells whether a channel is a timer's or ticker's: it comes by itself.
func isTime(t types.Type) bool {
	c, ok := t.Underlying().(*types.Chan)
	return ok && isNamed(c.Elem(), "time", "Time")
}

// counted tells whether a receive takes what is known to be there, since a loop
// or condition around it asks for the channel's length.
func (p *pkg) counted(c inspector.Cursor, ch ast.Expr) bool {
	on, ok := p.place(ch)
	if !ok {
		return false
	}
	asks := func(e ast.Expr) bool {
		found := false
		if e != nil {
			ast.Inspect(e, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok && isBuiltin(p.info, call.Fun, "len") {
					r, ok := p.place(call.Args[0])
					found = found || ok && r.same(on)
				}
				return !found
			})
		}
		return found
	}
	for e := range c.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.IfStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch x := e.Node().(type) {
		case *ast.ForStmt:
			if asks(x.Cond) {
				return true
			}
		case *ast.RangeStmt:
			if asks(x.X) {
				return true
			}
		case *ast.IfStmt:
			if asks(x.Cond) {
				return true
			}
		default:
			return false
		}
	}
	return false
}

// answers tells whether a channel operation is the second half of an exchange
// whose first half a select has done: what came over one channel of a struct is
// answered over another one, as in io.Pipe. The other side is there.
func (p *pkg) answers(c inspector.Cursor, on Ref) bool {
	for e := range c.Enclosing((*ast.CommClause)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		clause, ok := e.Node().(*ast.CommClause)
		if !ok {
			return false
		}
		if clause.Comm == nil || clause.Colon > c.Node().Pos() {
			continue
		}
		first, recv := commChan(clause.Comm)
		_, send := c.Node().(*ast.SendStmt)
		if r, ok := p.place(first); ok && recv == send && r.root == on.root && on.Sel != "" && !r.same(on) {
			return true
		}
	}
	return false
}

// commChan returns the channel of a select case, and whether it receives.
func commChan(comm ast.Stmt) (ch ast.Expr, recv bool) {
	switch c := comm.(type) {
	case *ast.SendStmt:
		return c.Chan, false
	case *ast.ExprStmt:
		return received(c.X)
	case *ast.AssignStmt:
		return received(c.Rhs[0])
	}
	return nil, false
}

// deferred tells whether a statement runs when its function returns.
func deferred(c inspector.Cursor) bool {
	for e := range c.Enclosing((*ast.DeferStmt)(nil), (*ast.FuncDecl)(nil)) {
		_, ok := e.Node().(*ast.DeferStmt)
		return ok
	}
	return false
}

func isBuiltin(info *types.Info, fun ast.Expr, name string) bool {
	id, ok := ast.Unparen(fun).(*ast.Ident)
	if !ok || id.Name != name {
		return false
	}
	_, ok = info.Uses[id].(*types.Builtin)
	return ok
}

// inComm tells whether a receive is the communication of a select case.
func inComm(c inspector.Cursor) bool {
	for {
		kind, _ := c.ParentEdge()
		switch kind {
		case edge.CommClause_Comm:
			return true
		case edge.ExprStmt_X, edge.AssignStmt_Rhs, edge.ParenExpr_X:
			c = c.Parent()
		default:
			return false
		}
	}
}
