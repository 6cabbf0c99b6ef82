package effect

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/edge"

	"github.com/emitcheck/emitcheck/analyzer/internal/filepos"
	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// solve computes the summaries of all nodes, callees first. Within a cycle of
// calls it repeats a node as long as what it calls changes: a summary only ever
// grows.
func (p *pkg) solve() {
	p.order(func(scc []*node) {
		callers := make(map[*node][]*node)
		queued := make(map[*node]bool)
		for _, n := range scc {
			queued[n] = true
			for _, m := range p.callees(n) {
				callers[m] = append(callers[m], n)
			}
		}
		// Last first: what is found late in a file is told to what calls it
		// before, and that is the way most files are written.
		queue := slices.Clone(scc)
		slices.Reverse(queue)
		for len(queue) > 0 {
			n := queue[0]
			queue, queued[n] = queue[1:], false
			if !p.improve(n) {
				continue
			}
			for _, c := range callers[n] {
				if !queued[c] {
					queue, queued[c] = append(queue, c), true
				}
			}
		}
	})
}

// order calls visit for each strongly connected component of the call graph,
// callees first (Tarjan's algorithm).
func (p *pkg) order(visit func([]*node)) {
	var stack []*node
	index := 0
	var walk func(n *node)
	walk = func(n *node) {
		index++
		n.index, n.low = index, index
		n.onStack = true
		stack = append(stack, n)
		for _, m := range p.callees(n) {
			if m.index == 0 {
				walk(m)
				n.low = min(n.low, m.low)
			} else if m.onStack {
				n.low = min(n.low, m.index)
			}
		}
		if n.low != n.index {
			return
		}
		i := slices.Index(stack, n)
		scc := slices.Clone(stack[i:])
		stack = stack[:i]
		for _, m := range scc {
			m.onStack = false
		}
		slices.SortFunc(scc, func(a, b *node) int { return filepos.Compare(p.pass.Fset, a.pos(), b.pos()) })
		visit(scc)
	}
	for i := 0; i < len(p.nodes); i++ {
		if p.nodes[i].index == 0 {
			walk(p.nodes[i])
		}
	}
}

func (n *node) pos() token.Pos {
	if b := n.body(); b != nil {
		return b.Pos()
	}
	if n.fn != nil {
		return n.fn.Pos()
	}
	return token.NoPos
}

// callees returns the nodes whose summaries that of n depends on.
func (p *pkg) callees(n *node) []*node {
	if n.calleesDone {
		return n.callees
	}
	n.calleesDone = true
	if n.iface != nil {
		n.callees = p.implementations(n)
		return n.callees
	}
	for _, it := range n.items {
		if it.call == nil {
			continue
		}
		if it.call.node != nil {
			n.callees = append(n.callees, it.call.node)
		}
		for _, r := range p.runs(it) {
			if r.node != nil {
				n.callees = append(n.callees, r.node)
			}
		}
	}
	return n.callees
}

// A passed is a function that a call runs beside its callee: one that it is given.
type passed struct {
	*call
	by ParamCall
}

// runs returns the functions handed to a call that its callee calls before it
// returns.
func (p *pkg) runs(it *item) []passed {
	var rs []passed
	k := it.call
	calls := p.paramCalls(k.target)
	if k.node != nil && k.node.sum != nil {
		calls = k.node.sum.Calls // their guards are known by now
	}
	for _, pc := range calls {
		if pc.Async || pc.Param >= len(k.args) {
			continue
		}
		if t, bound := p.resolve(k.args[pc.Param], maxAlias); t.ok() {
			rs = append(rs, passed{newCall(t, bound, nil), pc})
		}
	}
	return rs
}

// paramCalls returns the params that a function calls. Of a function of the
// package, the guards of these calls are not known before solve.
func (p *pkg) paramCalls(t target) []ParamCall {
	switch {
	case t.fact != nil:
		return t.fact.Calls
	case t.row != nil:
		var cs []ParamCall
		for _, c := range t.row.Calls {
			pc := ParamCall{Param: c.Param, Freq: c.Freq, Under: model.Always, Async: c.Async, Guard: Ref{Param: noParam}}
			if c.Freq == model.Once {
				pc.Guard, pc.Unset = Ref{Param: 0}, Zero
			}
			cs = append(cs, pc)
		}
		return cs
	case t.node != nil:
		return p.nodeCalls(t.node)
	}
	return nil
}

func (p *pkg) nodeCalls(n *node) []ParamCall {
	if n.callsDone || n.iface != nil {
		return n.paramCalls
	}
	n.callsDone = true // before the work: a cycle adds nothing
	add := func(pc ParamCall) {
		for i, old := range n.paramCalls {
			if old.Param == pc.Param {
				if old.Async && !pc.Async || old.Async == pc.Async && pc.Freq > old.Freq {
					n.paramCalls[i] = pc
				}
				return
			}
		}
		n.paramCalls = append(n.paramCalls, pc)
	}
	for _, it := range n.called {
		add(ParamCall{Param: it.param, Freq: p.plainFreq(it.cur, it.n), Under: model.Always,
			Async: p.frame(it.cur, n.top) != p.frameOf(n), Guard: Ref{Param: noParam}, it: it})
	}
	// Params that are handed on to a function that calls them.
	for _, it := range n.passing {
		for _, pc := range p.paramCalls(it.call.target) {
			if pc.Param >= len(it.call.args) {
				continue
			}
			v := p.funcVar(ast.Unparen(it.call.args[pc.Param]))
			if v == nil {
				continue
			}
			if i := n.param(v); i != noParam {
				add(ParamCall{Param: i, Freq: min(pc.Freq, p.plainFreq(it.cur, it.n)), Under: model.Always,
					Async: pc.Async || p.frame(it.cur, n.top) != p.frameOf(n), Guard: Ref{Param: noParam}, it: it, via: pc.Freq == model.Once})
			}
		}
	}
	slices.SortFunc(n.paramCalls, func(a, b ParamCall) int { return cmp.Compare(a.Param, b.Param) })
	return n.paramCalls
}

func (p *pkg) frameOf(n *node) *ast.FuncLit {
	if n.lit != nil && n.top != n {
		return p.frame(n.cur, n.top)
	}
	return nil
}

// timed adds to the calls of a node's params what their conditions say.
func (p *pkg) timed(n *node) []ParamCall {
	cs := slices.Clone(p.nodeCalls(n))
	for i := range cs {
		c := &cs[i]
		if c.it == nil || c.it.n != n {
			continue
		}
		t := p.when(c.it)
		if c.via { // guarded by what it is handed to: no guard of n's own
			continue
		}
		if t.freq == model.Once {
			c.Freq, c.Under, c.Guard, c.Unset = model.Once, t.under, t.guard, t.unset
		} else {
			c.Freq = min(c.Freq, t.freq)
		}
	}
	return cs
}

// summary returns the summary of what a call leads to.
func (p *pkg) summary(t target) *Summary {
	switch {
	case t.node != nil:
		return t.node.sum
	case t.fact != nil:
		return t.fact
	}
	return nil
}

func (p *pkg) summaryOf(fn *types.Func) *Summary {
	fn = fn.Origin()
	if n := p.byFunc[fn]; n != nil {
		return n.sum
	}
	if fn.Pkg() == nil || fn.Pkg() == p.pass.Pkg {
		return nil
	}
	return p.imported(fn)
}

// improve computes the summary of n from what is known so far, and tells
// whether it has grown.
func (p *pkg) improve(n *node) bool {
	if n.iface != nil {
		return p.improveInterface(n)
	}
	var best [model.NumKinds]*Site
	var fresh *Fresh
	if n.sum != nil {
		for i := range n.sum.Sites {
			s := &n.sum.Sites[i]
			best[s.Kind] = s
		}
		fresh = n.sum.Fresh
	}
	changed := false
	for _, it := range n.items {
		if ret, ok := it.cur.Node().(*ast.ReturnStmt); ok {
			for _, e := range n.returned(ret) {
				f := p.freshValue(e, n, maxAlias)
				if f != nil && f.Shape != Func && (fresh == nil || f.Shape < fresh.Shape) {
					// One that is made under a guard is kept, and made once.
					if t := p.madeWhen(f, n); t.freq != model.Once {
						f.Site.Freq = min(f.Site.Freq, t.freq)
						f.Site.Under = f.Site.Freq
						fresh, changed = f, true
					}
				}
			}
			continue
		}
		for _, s := range p.sites(it) {
			if old := best[s.Kind]; old == nil || compareSites(&s, old) < 0 {
				best[s.Kind], changed = &s, true
			}
		}
	}
	calls := p.timed(n)
	if !changed && n.sum != nil {
		return false
	}
	sum := &Summary{Fresh: fresh, Calls: calls}
	for _, s := range best {
		if s != nil {
			sum.Sites = append(sum.Sites, *s)
		}
	}
	first := n.sum == nil
	n.sum = sum
	return changed || first && !sum.empty()
}

// madeWhen returns the timing of what makes a generator that n returns.
func (p *pkg) madeWhen(f *Fresh, n *node) *timing {
	if cur, ok := n.cur.FindNode(f.maker); ok && p.ownerOf(cur) == n {
		return p.timing(cur, n)
	}
	return &timing{freq: model.Always, under: model.Always}
}

// improveInterface computes the summary of an interface method: for each kind,
// the rarest of its implementations' effects, if all have one.
func (p *pkg) improveInterface(n *node) bool {
	impls := p.callees(n)
	var common []Site
	if f := p.foreign(n); f != nil {
		common = slices.Clone(f.Sites)
	} else if n.fn.Pkg() != p.pass.Pkg {
		// Declared elsewhere: what implements it there does not all have an
		// effect, or nothing implements it there.
		if len(impls) == 0 {
			return false
		}
	}
	for i, m := range impls {
		if m.sum == nil || len(m.sum.Sites) == 0 {
			common = nil
			break
		}
		var sites []Site
		for _, s := range m.sum.Sites {
			hop := hopOf(m.fn, Position{})
			s.Hops, s.More = prepend(hop, &s)
			s.Scope = addScope(s.Scope, m.fn.Pkg().Path())
			s.Guard, s.On = Ref{Param: noParam}, Ref{Param: noParam}
			sites = append(sites, s)
		}
		if i == 0 && common == nil {
			common = sites
			continue
		}
		var both []Site
		for _, a := range common {
			for _, b := range sites {
				if a.Kind == b.Kind {
					if compareSites(&b, &a) > 0 {
						a = b
					}
					both = append(both, a)
				}
			}
		}
		common = both
	}
	if len(common) == 0 && n.sum == nil {
		return false
	}
	old := n.sum
	n.sum = &Summary{Sites: common}
	return old == nil || old.String() != n.sum.String()
}

// foreign returns the fact of an interface method declared in another package.
func (p *pkg) foreign(n *node) *Summary {
	if n.fn.Pkg() == p.pass.Pkg {
		return nil
	}
	return p.imported(n.fn)
}

func (p *pkg) newSite(kind model.Kind, weight model.Weight, what string, pos token.Pos) Site {
	return Site{
		Kind: kind, Weight: weight, Freq: model.Always, Under: model.Always, What: what,
		Origin: position(p.pass.Fset, p.pass.Pkg, pos),
		Scope:  p.pass.Pkg.Path(), Foreign: model.Always,
		Guard: Ref{Param: noParam}, On: Ref{Param: noParam},
	}
}

// sites returns the effects of an item in terms of its function, all that it
// runs included.
func (p *pkg) sites(it *item) []Site {
	sites := p.own(it)
	if it.call == nil {
		return sites
	}
	sites = append(sites, p.lifted(it, it.call, nil)...)
	for _, r := range p.runs(it) {
		if r.row != nil {
			for _, e := range r.row.Effects {
				s := p.newSite(e.Kind, e.Weight, modelName(r.fn), it.cur.Node().Pos())
				if s, ok := p.lift(it, r.call, &r.by, &s); ok {
					sites = append(sites, s)
				}
			}
		}
		sites = append(sites, p.lifted(it, r.call, &r.by)...)
	}
	return sites
}

// lifted returns the effects of a function that an item runs, as its summary
// has them, in terms of the item's function.
func (p *pkg) lifted(it *item, k *call, by *ParamCall) []Site {
	sum := p.summary(k.target)
	if sum == nil {
		return nil
	}
	var sites []Site
	for i := range sum.Sites {
		if s, ok := p.lift(it, k, by, &sum.Sites[i]); ok {
			sites = append(sites, s)
		}
	}
	return sites
}

// own returns the effects that an item has itself: a statement's, a std
// function's, a generator's use.
func (p *pkg) own(it *item) []Site {
	var sites []Site
	pos := it.cur.Node().Pos()
	add := func(e *model.Effect, what string, on Ref) {
		s := p.newSite(e.Kind, e.Weight, what, pos)
		s.On = on
		s.EndsOnClose = len(it.closers) > 0
		if p.settle(it, &s, e) {
			sites = append(sites, s)
		}
	}
	if e := it.effect; e != nil && !slices.ContainsFunc(it.closers, func(v *types.Var) bool { return p.closed[v] }) {
		what := it.what
		if p.releases(it) {
			return nil
		}
		if p.putsBack(it) {
			what = "send back to the queue it received from"
		} else if it.onlyPutBack {
			return nil
		}
		add(e, what, it.on)
	}
	if it.call != nil && it.call.row != nil {
		for i := range it.call.row.Effects {
			e := &it.call.row.Effects[i]
			on := Ref{Param: noParam}
			if e.On != model.Result {
				r, ok := p.argPlace(it.call, e.On)
				if !ok || isLocal(it.n.top, r) {
					continue
				}
				on = r
			}
			if e.From == "" || p.from(it.call, e) {
				add(e, modelName(it.call.fn), on)
			}
		}
	}
	if s := p.generator(it); s != nil {
		if p.settle(it, s, nil) {
			sites = append(sites, *s)
		}
	}
	return sites
}

// modelName is how messages name a std function: time.NewTicker,
// (*exec.Cmd).Start.
func modelName(fn *types.Func) string { return hopOf(fn, Position{}).Label("") }

// from tells whether a call's param was made by the function that an effect
// asks for.
func (p *pkg) from(k *call, e *model.Effect) bool {
	if e.FromParam >= len(k.args) {
		return false
	}
	x := ast.Unparen(k.args[e.FromParam])
	if id, ok := x.(*ast.Ident); ok {
		v, ok := p.info.Uses[id].(*types.Var)
		if !ok {
			return false
		}
		d := p.def(v)
		if d == nil || d.expr == nil || d.writes > 1 {
			return false
		}
		x = ast.Unparen(d.expr)
	}
	made, ok := x.(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := p.selected(made)
	if fn == nil {
		return false
	}
	switch name := fn.FullName(); name {
	case e.From:
		return true
	case e.From + "WithContext", e.From + "Context":
		// Bound to a context, but to none that ends.
		return len(made.Args) > 0 && p.isBackground(made.Args[0])
	case "context.TODO":
		return e.From == "context.Background"
	}
	return false
}

// isBackground tells whether an expression is context.Background() or TODO().
func (p *pkg) isBackground(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := p.selected(call)
	return fn != nil && (fn.FullName() == "context.Background" || fn.FullName() == "context.TODO")
}

// generator returns the effect of an item that makes a generator and does not
// use it up.
func (p *pkg) generator(it *item) *Site {
	var f *Fresh
	switch x := it.cur.Node().(type) {
	case *ast.CompositeLit:
		if it.effect == nil {
			f = p.freshValue(x, it.n, 2)
		}
	case *ast.FuncLit:
		f = p.freshValue(x, it.n, 2)
	case *ast.CallExpr:
		if it.call != nil {
			f = p.freshValue(x, it.n, 2)
		}
	case *ast.RangeStmt:
		if it.effect != nil {
			return nil
		}
		// Over a sequence that is made here, or a function that yields.
		f = p.freshValue(x.X, it.n, maxAlias)
		if it.call == nil && (f == nil || f.Shape != Seq) {
			return nil
		}
		early := p.leftEarly(it.cur, it.n)
		if early == model.Never {
			return nil
		}
		s := p.newSite(model.Generator, model.Cost, "sequence", x.Pos())
		if f != nil {
			s = f.Site
			s.Weight = model.Cost
			early = min(early, s.Freq)
		}
		s.What += " left early, made"
		s.Freq, s.Under = early, early
		return &s
	}
	if f == nil {
		return nil
	}
	u := p.usage(it.cur, it.n)
	s := f.Site
	switch f.Shape {
	case Chan:
		if u.returned {
			return nil // its caller's
		}
		if u.takesAll(f) {
			s.Weight = model.Cost
		}
		return &s
	case Seq:
		if u.stored {
			return &s
		}
	case Next:
		switch {
		case u.stored:
			return &s
		case u.next && !u.whole && !u.passed && !u.returned:
			s.Weight = model.Cost
			return &s
		}
	}
	return nil
}

// putsBack tells whether a send goes to the queue that the same call has
// received from. To hand back a token when the call ends, or at once where the
// channel is one of tokens, is something else.
func (p *pkg) putsBack(it *item) bool {
	send, ok := it.cur.Node().(*ast.SendStmt)
	if !ok {
		return false
	}
	on, ok := p.place(send.Chan)
	if !ok || isLocal(it.n.top, on) {
		return false
	}
	found := false
	frame := p.frame(it.cur, it.n.top)
	p.deep(it.n.top, kindsOf(useRecv, useRange), false, func(u *use) bool {
		return u.frame == frame && !u.spawn && !u.defer_ && u.pos() < send.Pos()
	}, func(u, at *use) bool {
		found = u.ref.same(on)
		return !found
	})
	return found
}

// releases tells whether a receive gives back what the same call has taken of a
// semaphore.
func (p *pkg) releases(it *item) bool {
	recv, ok := it.cur.Node().(*ast.UnaryExpr)
	if !ok || it.what != recvWhat || !isToken(p.info.TypeOf(recv.X)) {
		return false
	}
	return slices.ContainsFunc(p.usesOf(it.n.top), func(u use) bool { return u.kind == useSend && u.ref.same(it.on) })
}

// settle works out the timing and weight of an effect at an item, and tells
// whether it stands: it may be suppressed.
func (p *pkg) settle(it *item, s *Site, e *model.Effect) bool {
	if p.suppressed.Suppressed(s.Kind.Rule(), it.pos()) {
		return false
	}
	if kind, _ := it.cur.ParentEdge(); kind == edge.DeferStmt_Call && (s.What == sendWhat || s.What == recvWhat) {
		return false // it hands back what the call took
	}
	t := p.when(it)
	if t.freq == model.Never {
		return false
	}
	switch {
	case t.freq == model.Once && !p.holdsMore(it, s, t.guard):
		s.Under = min(t.under, s.rate())
		s.Freq, s.Guard, s.Unset = model.Once, t.guard, t.unset
	case s.Freq == model.Once:
		s.Under = min(s.Under, t.freq)
	default:
		s.Freq = min(s.Freq, t.freq)
		s.Under = s.Freq
	}
	if t.falseGuard != "" && s.FalseGuard == "" {
		s.FalseGuard = t.falseGuard
	}
	if t.single {
		s.Weight, s.Single = model.Cost, true
	}
	if s.Weight == model.Leak && p.over(it, s, e) {
		s.Weight = model.Cost
	}
	return true
}

// holdsMore tells whether the guard that a site is under already says more than
// one around it: that hangs on what the function is handed, and this does not.
func (p *pkg) holdsMore(it *item, s *Site, around Ref) bool {
	top := it.n.top
	return s.Freq == model.Once && top.isInputParam(around.root) && !top.isInputParam(s.Guard.root)
}

// rate is the frequency of a site without its guard.
func (s *Site) rate() model.Freq {
	if s.Freq == model.Once {
		return s.Under
	}
	return s.Freq
}

// pos is where a diagnostic on the item stands.
func (it *item) pos() token.Pos { return it.cur.Node().Pos() }

// chain prepends the function that a call leads to to a site of that function.
func (p *pkg) chain(s *Site, k *call, pos token.Pos) Site {
	r := *s
	call := position(p.pass.Fset, p.pass.Pkg, pos)
	switch {
	case k.node != nil && k.node.lit != nil:
	case k.node != nil && k.node.iface != nil:
		r.Hops = slices.Clone(s.Hops)
		if len(r.Hops) > 0 {
			r.Hops[0].Call = call
		}
	case k.row != nil:
	default:
		r.Hops, r.More = prepend(hopOf(k.fn, call), s)
	}
	r.Scope = addScope(s.Scope, p.pass.Pkg.Path())
	return r
}

// lift tells a site of a function that an item runs in terms of the item's
// function. It tells whether anything is left of it there.
func (p *pkg) lift(it *item, k *call, by *ParamCall, callee *Site) (Site, bool) {
	s := p.chain(callee, k, it.pos())
	if s.On.valid() {
		r, known := p.atItem(it, k, s.On)
		switch {
		case known && isLocal(it.n.top, r), known && s.EndsOnClose && r.leaf != nil && p.closed[r.leaf]:
			return s, false
		case known:
			s.On = r
		default:
			s.On = Ref{Param: noParam}
		}
	}
	if k.fact != nil && s.Kind == model.Goroutine && s.Weight == model.Leak && makesCloser(k.fn) {
		s.Kind = model.Resource // a client, by any name
	}
	if s.Freq == model.Once {
		p.lower(it, k, &s)
	}
	if by != nil {
		s2 := Site{Freq: by.Freq, Under: by.Under, Guard: by.Guard, Unset: by.Unset}
		if by.Freq == model.Once {
			p.lower(it, it.call, &s2)
		}
		if s2.Freq == model.Once && !p.holdsMore(it, &s, s2.Guard) {
			s.Under = min(s2.Under, s.rate())
			s.Freq, s.Guard, s.Unset = model.Once, s2.Guard, s2.Unset
		} else if s.Freq != model.Once {
			s.Freq = min(s.Freq, s2.Freq)
		}
		if p.otherProject(it.call.fn) {
			s.Foreign = min(s.Foreign, s2.Freq)
		}
	}
	if p.otherProject(k.fn) {
		s.Foreign = s.Freq
	}
	return s, p.settle(it, &s, nil)
}

// otherProject reports whether a function is another project's. Those of std are
// rows of the model, and nobody's.
func (p *pkg) otherProject(fn *types.Func) bool {
	return fn != nil && fn.Pkg() != nil && !model.IsStd(fn.Pkg().Path()) &&
		model.Project(fn.Pkg().Path()) != model.Project(p.pass.Pkg.Path())
}

// makesCloser tells whether a function returns something that can be closed.
func makesCloser(fn *types.Func) bool {
	for v := range fn.Signature().Results().Variables() {
		if isError(v.Type()) {
			continue
		}
		for _, name := range []string{"Close", "Stop", "Shutdown"} {
			if obj, _, _ := types.LookupFieldOrMethod(v.Type(), true, fn.Pkg(), name); obj != nil {
				if _, ok := obj.(*types.Func); ok {
					return true
				}
			}
		}
	}
	return false
}

// lower tells the guard of a callee's effect in terms of the caller's places.
// Where it hangs on something made in the caller's own call, or is reset there,
// it is no guard any more.
func (p *pkg) lower(it *item, k *call, s *Site) {
	r, known := p.atItem(it, k, s.Guard)
	if !known {
		s.Guard = Ref{Param: noParam}
		return
	}
	s.Guard = r
	if r.root == nil {
		return
	}
	if p.fresh(r, it.n) && !p.lasting(r.root, it.cur) || p.copied(r, it.n) && !isPointer(r.leaf) {
		s.Freq, s.Guard = s.Under, Ref{Param: noParam}
		return
	}
	if f, again := p.resetFreq(it.n, it.cur, region{}, r, s.Unset); f > model.Never {
		s.Freq, s.Guard = min(s.Under, f), Ref{Param: noParam}
		if again {
			s.Weight, s.Single = model.Cost, true
		}
	}
}

// atItem tells a place of a called function in terms of the item's function. A
// place that has no name there is unknown, or one made for the call.
func (p *pkg) atItem(it *item, k *call, r Ref) (Ref, bool) {
	i := r.Param
	if r.root != nil {
		i = noParam
		if k.node != nil {
			i = k.node.param(r.root)
		}
		if i == noParam {
			return r, true // captured, or the package's
		}
	}
	if i == noParam || i >= len(k.args) {
		return r, false
	}
	arg, ok := p.argPlace(k, i)
	if !ok {
		if p.makes(k.args[i], maxAlias) {
			// A place of its own that is fresh in this call.
			return Ref{Param: noParam, root: types.NewVar(it.n.pos()+1, p.pass.Pkg, "", types.Typ[types.Invalid])}, true
		}
		return r, false
	}
	if r.root == nil {
		r.leaf = nil
	}
	return arg.plus(r), true
}

// findings returns the effects of each statement in the body of n. What n
// returns is an effect where n is the hot method itself, root.
func (p *pkg) findings(n, root *node, expanded map[*node]bool, skip func(*types.Func) bool) []Finding {
	var fs []Finding
	returned := make(map[Position]bool)
	for _, it := range n.items {
		if ret, ok := it.cur.Node().(*ast.ReturnStmt); ok {
			if n != root {
				continue
			}
			for _, e := range n.returned(ret) {
				f := p.freshValue(e, n, maxAlias)
				if f == nil {
					continue
				}
				if f.Shape == Chan && len(f.Site.Hops) == 0 {
					returned[f.Site.Origin] = true
					continue
				}
				if p.settle(it, &f.Site, nil) {
					fs = append(fs, Finding{Node: e, Site: f.Site, Returned: true})
				}
			}
			continue
		}
		if it.call != nil && it.call.fn != nil && skip(it.call.fn) {
			continue
		}
		for _, s := range p.own(it) {
			fs = append(fs, Finding{Node: it.cur.Node(), Site: s})
		}
		if it.call == nil {
			continue
		}
		runs := append([]passed{{call: it.call}}, p.runs(it)...)
		for i := range runs {
			r := &runs[i]
			by := &r.by
			if i == 0 {
				by = nil
			}
			if r.fn != nil && skip(r.fn) {
				continue
			}
			if r.node != nil && r.node.lit != nil && expanded[r.node] {
				continue // told where it stands
			}
			if r.node != nil && r.node.lit != nil && root.contains(r.node) {
				expanded[r.node] = true
				for _, f := range p.findings(r.node, root, expanded, skip) {
					if s, ok := p.lift(it, r.call, by, &f.Site); ok {
						fs = append(fs, Finding{Node: f.Node, Site: s})
					}
				}
				continue
			}
			for _, s := range p.lifted(it, r.call, by) {
				fs = append(fs, Finding{Node: it.cur.Node(), Site: s})
			}
		}
	}
	for i := range fs {
		// State of what the hot method is handed is new with each call.
		if s := &fs[i].Site; n == root && len(p.turns) == 0 && s.Freq == model.Once && n.isInputParam(s.Guard.root) {
			s.Freq, s.Guard = s.Under, Ref{Param: noParam}
		}
		// A channel that is returned is a generator, where it is made.
		if s := &fs[i].Site; s.Kind == model.Channel && len(s.Hops) == 0 && returned[s.Origin] {
			s.Kind = model.Generator
			fs[i].Returned = true
		}
	}
	return fs
}

// isInputParam tells whether v is a param of n other than its receiver.
func (n *node) isInputParam(v types.Object) bool {
	i := n.param(v)
	return i > 0 || i == 0 && (n.fn == nil || n.fn.Signature().Recv() == nil)
}

// contains tells whether a literal is written inside n.
func (n *node) contains(lit *node) bool {
	b := n.body()
	return b.Pos() <= lit.lit.Pos() && lit.lit.End() <= b.End()
}

// export makes facts of the summaries that other packages can use.
func (p *pkg) export() {
	for _, n := range p.nodes {
		if n.fn == nil || n.fn.Pkg() != p.pass.Pkg || n.sum.empty() || !n.fn.Exported() {
			continue
		}
		p.pass.ExportObjectFact(n.fn, p.portable(n))
	}
}

// portable returns the summary of n in terms of params alone.
func (p *pkg) portable(n *node) *Summary {
	ref := func(r Ref) Ref {
		if r.root == nil {
			return r
		}
		i := n.param(r.root)
		if i == noParam {
			return Ref{Param: noParam}
		}
		return Ref{Param: i, Sel: r.Sel}
	}
	s := &Summary{}
	for _, site := range n.sum.Sites {
		site.Guard, site.On = ref(site.Guard), ref(site.On)
		s.Sites = append(s.Sites, site)
	}
	for _, c := range n.sum.Calls {
		c.Guard = ref(c.Guard)
		c.it = nil
		s.Calls = append(s.Calls, c)
	}
	if f := n.sum.Fresh; f != nil {
		fresh := *f
		fresh.Site.Guard, fresh.Site.On = ref(fresh.Site.Guard), ref(fresh.Site.On)
		s.Fresh = &fresh
	}
	return s
}
