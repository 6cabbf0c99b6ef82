package effect

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// A timing says how often a statement runs in the calls of its function.
type timing struct {
	freq       model.Freq
	guard      Ref // where freq is Once
	unset      Value
	under      model.Freq // the frequency without the guard
	falseGuard string
	single     bool // what the statement starts undoes its guard: it is restarted when it has ended
}

// when returns the timing of an item in its function, or in a turn of it.
func (p *pkg) when(it *item) *timing {
	if p.turn(it.cur) != nil {
		return p.timing(it.cur, it.n)
	}
	if it.timing == nil {
		it.timing = p.timing(it.cur, it.n)
	}
	return it.timing
}

// turn returns the turn that a statement stands in, or nil.
func (p *pkg) turn(cur inspector.Cursor) ast.Node {
	if len(p.turns) == 0 {
		return nil
	}
	for c := range cur.Enclosing() {
		if slices.Contains(p.turns, c.Node()) {
			return c.Node()
		}
	}
	return nil
}

// outlasts tells whether a variable lasts for more than any turn, so that it is
// state of its own, whatever it is given at first.
func (p *pkg) outlasts(v *types.Var) bool {
	return len(p.turns) > 0 && !slices.ContainsFunc(p.turns, func(turn ast.Node) bool { return extent(turn).contains(v.Pos()) })
}

// lasting tells whether a variable lasts for more than the turn that a statement
// stands in.
func (p *pkg) lasting(v types.Object, cur inspector.Cursor) bool {
	turn := p.turn(cur)
	return turn != nil && v != nil && !extent(turn).contains(v.Pos())
}

// timing climbs from a statement to the body of its function, or to the turn
// that it stands in. Each condition on the way, and each early exit before it, either guards the statement, or makes
// it rarer, or changes nothing.
func (p *pkg) timing(cur inspector.Cursor, n *node) *timing {
	t := &timing{freq: model.Always, under: model.Always, guard: Ref{Param: noParam}}
	w := &watch{p: p, t: t, n: n, at: cur}
	body := n.body()
	turned := func(x ast.Node) bool { return len(p.turns) > 0 && slices.Contains(p.turns, x) }
	for c := cur; c.Node() != ast.Node(body); {
		kind, i := c.ParentEdge()
		parent := c.Parent()
		switch x := parent.Node().(type) {
		case *ast.IfStmt:
			switch kind {
			case edge.IfStmt_Body:
				w.inside(x.Cond, true, x.Body)
			case edge.IfStmt_Else:
				w.inside(x.Cond, false, x.Else)
			}
		case *ast.ForStmt:
			// A counting loop runs for what it is given; a bare condition says
			// nothing of how often it holds.
			if kind == edge.ForStmt_Body && x.Cond != nil {
				w.loop(x)
			}
		case *ast.BinaryExpr:
			if kind == edge.BinaryExpr_Y && (x.Op == token.LAND || x.Op == token.LOR) {
				w.inside(x.X, x.Op == token.LAND, x.Y)
			}
		case *ast.CaseClause:
			if kind == edge.CaseClause_Body {
				w.before(x.Body, i)
				w.inCase(parent, x)
			}
		case *ast.CommClause:
			if kind == edge.CommClause_Body {
				w.before(x.Body, i)
				if !turned(x) {
					w.inComm(parent, x)
				}
			}
		case *ast.BlockStmt:
			w.before(x.List, i)
		case *ast.File, nil:
			return t // a statement outside any function: not one of n's
		}
		c = parent
		if turned(c.Node()) {
			break
		}
	}
	t.under = t.freq
	if t.freq == model.Never || !t.guard.valid() {
		return t
	}
	t.freq = model.Once
	if f, again := p.resetFreq(n, cur, w.region, t.guard, t.unset); f > model.Never {
		t.freq, t.guard, t.single = min(t.under, f), Ref{Param: noParam}, again
	}
	return t
}

// A watch collects what the conditions around a statement say of it.
type watch struct {
	p      *pkg
	t      *timing
	n      *node
	at     inspector.Cursor
	region region // what the guard that holds guards
}

func (w *watch) demote(f model.Freq) { w.t.freq = min(w.t.freq, f) }

// inside handles a condition that holds, or does not, throughout the region.
func (w *watch) inside(e ast.Expr, holds bool, region ast.Node) {
	conds := flatten(nil, e, holds)
	if w.guarded(conds, extent(region)) {
		return
	}
	f := model.Always
	for i, c := range conds {
		if w.eitherGuarded(c, extent(region)) {
			f, conds[i].expr = model.Rare, nil
		}
	}
	conds = slices.DeleteFunc(conds, func(c cond) bool { return c.expr == nil })
	w.demote(min(f, w.p.condsFreq(w.n, conds)))
}

// loop handles the condition of a for statement.
func (w *watch) loop(x *ast.ForStmt) {
	conds := flatten(nil, x.Cond, true)
	if w.guarded(conds, extent(x.Body)) {
		return
	}
	f := model.Always
	for _, c := range conds {
		if w.p.condFreq(w.n, c) == model.Never {
			f = model.Never
		}
	}
	if x.Post == nil {
		f = min(f, model.Sometimes)
	}
	w.demote(f)
}

// before handles the statements before list[i] that leave the block early.
func (w *watch) before(list []ast.Stmt, i int) {
	for j := i - 1; j >= 0; j-- {
		s, ok := list[j].(*ast.IfStmt)
		exits, abnormal := false, false
		if ok {
			exits, abnormal = w.p.exits(s.Body)
		}
		if !exits {
			if w.p.mayLeave(w.n, list[j]) {
				w.demote(model.Sometimes)
			}
			continue
		}
		rest := region{s.End(), list[len(list)-1].End()}
		if w.guarded(flatten(nil, s.Cond, false), rest) || abnormal {
			continue
		}
		// A call that leaves for an error, or because it was handed nothing, is
		// no normal call.
		f := model.Sometimes
		for _, c := range flatten(nil, s.Cond, true) {
			if w.p.condFreq(w.n, cond{c.expr, !c.holds}) == model.Always {
				f = model.Always
			}
		}
		w.demote(f)
	}
}

// inCase handles the clause of a switch.
func (w *watch) inCase(cur inspector.Cursor, clause *ast.CaseClause) {
	switch sw := cur.Parent().Parent().Node().(type) {
	case *ast.SwitchStmt:
		if len(clause.List) == 1 {
			body := region{clause.Colon, clause.End()}
			var conds []cond
			if sw.Tag == nil {
				conds = flatten(nil, clause.List[0], true)
			} else {
				conds = []cond{{&ast.BinaryExpr{X: sw.Tag, OpPos: clause.Case, Op: token.EQL, Y: clause.List[0]}, true}}
			}
			if w.guarded(conds, body) {
				return
			}
			w.demote(min(model.Sometimes, w.p.condsFreq(w.n, conds)))
			return
		}
		// Any of several conditions will do.
		f := model.Sometimes
		if len(clause.List) > 0 && sw.Tag == nil {
			f = model.Never
			for _, e := range clause.List {
				f = max(f, min(model.Sometimes, w.p.condsFreq(w.n, flatten(nil, e, true))))
			}
		}
		w.demote(f)
	case *ast.TypeSwitchStmt:
		f := model.Sometimes
		if isError(w.p.switched(sw)) {
			f = model.Rare
		}
		if len(clause.List) > 0 && !slices.ContainsFunc(clause.List, func(e ast.Expr) bool { return !lifecycle(w.p.info.TypeOf(e)) }) {
			f = model.Rare
		}
		w.demote(f)
	}
}

// switched returns the type of what a type switch looks at.
func (p *pkg) switched(sw *ast.TypeSwitchStmt) types.Type {
	var x ast.Expr
	switch s := sw.Assign.(type) {
	case *ast.ExprStmt:
		x = s.X
	case *ast.AssignStmt:
		x = s.Rhs[0]
	}
	if a, ok := ast.Unparen(x).(*ast.TypeAssertExpr); ok {
		return p.info.TypeOf(a.X)
	}
	return nil
}

// lifecycle tells whether a type's name says that its values mark the start or
// the end of something.
func lifecycle(t types.Type) bool {
	if t == nil {
		return false
	}
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	ws := words(named.Obj().Name())
	for len(ws) > 1 {
		switch ws[len(ws)-1] {
		case "Frame", "Event", "Message", "Msg", "Signal", "Packet", "Notification":
			ws = ws[:len(ws)-1]
			continue
		}
		break
	}
	for _, w := range ws[len(ws)-1:] {
		switch w {
		case "Start", "Started", "Stop", "Stopped", "End", "Ended", "Cancel", "Cancelled", "Canceled", "Init", "Open", "Opened",
			"Close", "Closed", "Shutdown", "Begin", "Setup", "Teardown", "Connect", "Connected", "Disconnect", "Disconnected", "EOF", "EOS":
			return true
		}
	}
	return false
}

// words splits a name at its capitals.
func words(name string) []string {
	var ws []string
	start := 0
	for i := 1; i < len(name); i++ {
		if name[i] >= 'A' && name[i] <= 'Z' && (name[i-1] < 'A' || name[i-1] > 'Z') {
			ws = append(ws, name[start:i])
			start = i
		}
	}
	return append(ws, name[start:])
}

// inComm handles the clause of a select: the one that is left beside a done
// channel or a timeout is the normal one.
func (w *watch) inComm(cur inspector.Cursor, clause *ast.CommClause) {
	if clause.Comm == nil {
		w.demote(model.Sometimes)
		return
	}
	if w.ends(clause) {
		w.demote(model.Rare)
		return
	}
	for _, s := range cur.Parent().Node().(*ast.BlockStmt).List {
		if other := s.(*ast.CommClause); other != clause && (other.Comm == nil || !w.ends(other)) {
			w.demote(model.Sometimes)
			return
		}
	}
}

// ends tells whether a select clause waits for the end of the session or call.
func (w *watch) ends(clause *ast.CommClause) bool {
	var ch ast.Expr
	switch c := clause.Comm.(type) {
	case *ast.ExprStmt:
		ch, _ = received(c.X)
	case *ast.AssignStmt:
		ch, _ = received(c.Rhs[0])
	}
	if ch == nil {
		return false
	}
	if call, ok := ast.Unparen(ch).(*ast.CallExpr); ok {
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		return ok && sel.Sel.Name == "Done"
	}
	return isToken(w.p.info.TypeOf(ch))
}

// A cond is an expression that is known to hold, or not to.
type cond struct {
	expr  ast.Expr
	holds bool
}

// flatten returns the conditions that must each be so for e to hold (or not).
// A condition that holds only together with others stays whole.
func flatten(conds []cond, e ast.Expr, holds bool) []cond {
	switch x := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			return flatten(conds, x.X, !holds)
		}
	case *ast.BinaryExpr:
		if x.Op == token.LAND && holds || x.Op == token.LOR && !holds {
			return flatten(flatten(conds, x.X, holds), x.Y, holds)
		}
	}
	return append(conds, cond{ast.Unparen(e), holds})
}

// exits tells whether a block leaves what is around it, and whether it does so
// by an error or panic.
func (p *pkg) exits(b *ast.BlockStmt) (exits, abnormal bool) {
	if len(b.List) == 0 {
		return false, false
	}
	switch s := b.List[len(b.List)-1].(type) {
	case *ast.ReturnStmt:
		return true, p.fails(s)
	case *ast.BranchStmt:
		return s.Tok != token.FALLTHROUGH, false
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if !ok {
			return false, false
		}
		if isBuiltin(p.info, call.Fun, "panic") {
			return true, true
		}
		if fn := p.selected(call); fn != nil && fn.Pkg() != nil {
			switch fn.Pkg().Path() + "." + fn.Name() {
			case "os.Exit", "log.Fatal", "log.Fatalf", "log.Fatalln", "runtime.Goexit":
				return true, true
			}
		}
	case *ast.BlockStmt:
		return p.exits(s)
	}
	return false, false
}

// fails tells whether a return hands back an error.
func (p *pkg) fails(ret *ast.ReturnStmt) bool {
	if len(ret.Results) == 0 {
		return false
	}
	tv := p.info.Types[ret.Results[len(ret.Results)-1]]
	return isError(tv.Type) && !tv.IsNil()
}

var errorType = types.Universe.Lookup("error").Type()

func isError(t types.Type) bool { return t != nil && types.Identical(t, errorType) }

// mayLeave tells whether a statement holds a return, not for an error nor for
// the end of the session.
func (p *pkg) mayLeave(n *node, s ast.Stmt) bool {
	leaves, ok := p.leaves[s]
	if !ok {
		leaves = p.findLeave(n, s)
		p.leaves[s] = leaves
	}
	return leaves
}

func (p *pkg) findLeave(n *node, s ast.Stmt) bool {
	switch s.(type) {
	case *ast.IfStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.ForStmt, *ast.RangeStmt, *ast.BlockStmt:
	default:
		return false
	}
	cur, ok := n.cur.FindNode(s)
	if !ok {
		return false
	}
	leaves := false
	w := &watch{p: p, n: n, t: &timing{}}
	cur.Inspect([]ast.Node{(*ast.FuncLit)(nil), (*ast.ReturnStmt)(nil)}, func(c inspector.Cursor) bool {
		ret, ok := c.Node().(*ast.ReturnStmt)
		if !ok || leaves {
			return false
		}
		if p.fails(ret) {
			return false
		}
		for ; c.Node() != ast.Node(s); c = c.Parent() {
			kind, _ := c.ParentEdge()
			switch x := c.Parent().Node().(type) {
			case *ast.IfStmt:
				if p.condsFreq(n, branch(x, kind)) <= model.Rare {
					return false
				}
			case *ast.CommClause:
				if x.Comm != nil && w.ends(x) {
					return false
				}
			}
		}
		leaves = true
		return false
	})
	return leaves
}

// branch returns the conditions under which the part of an if statement runs
// that stands at an edge; none for its condition and init.
func branch(x *ast.IfStmt, kind edge.Kind) []cond {
	if kind != edge.IfStmt_Body && kind != edge.IfStmt_Else {
		return nil
	}
	return flatten(nil, x.Cond, kind == edge.IfStmt_Body)
}

// condsFreq says how rare conditions that must all be so make what they decide
// on.
func (p *pkg) condsFreq(n *node, conds []cond) model.Freq {
	f := model.Always
	for _, c := range conds {
		f = min(f, p.condFreq(n, c))
	}
	return f
}

// condFreq says how much rarer than its function a condition that is no guard
// makes what it decides on.
func (p *pkg) condFreq(n *node, c cond) model.Freq {
	if v := p.info.Types[c.expr].Value; v != nil && v.Kind() == constant.Bool {
		if constant.BoolVal(v) == c.holds {
			return model.Always
		}
		return model.Never
	}
	switch x := c.expr.(type) {
	case *ast.Ident:
		if p.isReceived(x, 1) { // v, ok := <-ch: it is closed once
			if c.holds {
				return model.Always
			}
			return model.Rare
		}
		// _, ok := e.(*StartEvent): a type switch of one case.
		if d := p.def(p.info.Uses[x]); d != nil && d.multi && c.holds {
			if a, ok := ast.Unparen(d.expr).(*ast.TypeAssertExpr); ok && lifecycle(p.info.TypeOf(a.Type)) {
				return model.Rare
			}
		}
	case *ast.BinaryExpr:
		if a, b := p.info.Types[x.X].Value, p.info.Types[x.Y].Value; x.Op == token.EQL && a != nil && b != nil && !constant.Compare(a, token.EQL, b) {
			return model.Never
		}
		eq, a, b := x.Op == token.EQL, x.X, x.Y
		if x.Op != token.EQL && x.Op != token.NEQ && x.Op != token.GTR && x.Op != token.LSS {
			break
		}
		if p.value(a) == Zero {
			a, b = b, a
		}
		if p.value(b) != Zero {
			if isError(p.info.TypeOf(a)) {
				return model.Rare // compared with io.EOF or another error
			}
			break
		}
		empty := eq == c.holds // whether a is nil or empty here
		if x.Op == token.GTR || x.Op == token.LSS {
			empty = !c.holds
		}
		switch {
		case isError(p.info.TypeOf(a)), p.recovered(a):
			if empty {
				return model.Always
			}
			return model.Rare
		case p.isInput(n, a), p.isReceived(a, 0):
			if empty {
				return model.Rare
			}
			return model.Always
		}
	case *ast.CallExpr:
		// errors.Is(err, …), os.IsNotExist(err), …
		for _, arg := range x.Args {
			if isError(p.info.TypeOf(arg)) {
				if c.holds {
					return model.Rare
				}
				return model.Always
			}
		}
	}
	return model.Sometimes
}

// isReceived tells whether an expression is a variable that holds a result of a
// receive, and nothing else.
func (p *pkg) isReceived(e ast.Expr, result int) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	d := p.def(p.info.Uses[id])
	if d == nil || d.expr == nil || d.writes != 1 || d.ranged || d.result != result {
		return false
	}
	recv, ok := ast.Unparen(d.expr).(*ast.UnaryExpr)
	return ok && recv.Op == token.ARROW
}

// recovered tells whether an expression is what recover returned.
func (p *pkg) recovered(e ast.Expr) bool {
	e = ast.Unparen(e)
	if id, ok := e.(*ast.Ident); ok {
		if d := p.def(p.info.Uses[id]); d != nil && d.expr != nil {
			e = ast.Unparen(d.expr)
		}
	}
	call, ok := e.(*ast.CallExpr)
	return ok && isBuiltin(p.info, call.Fun, "recover")
}

// isInput tells whether an expression is what the function is handed, or how
// much of it there is: a param other than the receiver.
func (p *pkg) isInput(n *node, e ast.Expr) bool {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		switch f := ast.Unparen(call.Fun).(type) {
		case *ast.Ident:
			if isBuiltin(p.info, f, "len") {
				return p.isInput(n, call.Args[0])
			}
		case *ast.SelectorExpr:
			if len(call.Args) == 0 && (f.Sel.Name == "Len" || f.Sel.Name == "Err" || strings.HasSuffix(f.Sel.Name, "Count")) {
				return p.isInput(n, f.X)
			}
		}
		return false
	}
	r, ok := p.place(e)
	if !ok {
		return false
	}
	return n.isInputParam(r.root)
}

// guarded tells whether one of the conditions is a guard that holds for the
// region, and records it.
func (w *watch) guarded(conds []cond, region region) bool {
	for _, c := range w.p.spelled(conds) {
		g, ok := w.p.guardForm(c, maxAlias)
		if !ok {
			continue
		}
		for _, r := range w.around(g, c.expr) {
			switch w.holds(g, r, region) {
			case guardHolds:
				if !w.t.guard.valid() {
					w.t.guard, w.t.unset, w.region = r, g.unset, region
				}
				return true
			case guardLocal:
				// Its condition holds in each call: it changes nothing, what else is
				// asked for does.
				w.demote(w.p.condsFreq(w.n, slices.DeleteFunc(slices.Clone(conds), func(o cond) bool { return o == c })))
				return true
			}
		}
	}
	return false
}

// spelled replaces the variables among conditions by the parts of what they are
// defined as.
func (p *pkg) spelled(conds []cond) []cond {
	var all []cond
	for _, c := range conds {
		if id, ok := c.expr.(*ast.Ident); ok {
			d := p.def(p.info.Uses[id])
			if d != nil && d.expr != nil && !d.multi && !d.ranged && d.writes == 1 {
				if parts := flatten(nil, d.expr, c.holds); len(parts) > 1 {
					all = append(all, parts...)
					continue
				}
			}
		}
		all = append(all, c)
	}
	return all
}

// around returns the places of a guard, and those variables around a literal that
// its condition names: they are state of their own, whatever they held at first.
func (w *watch) around(g guardForm, e ast.Expr) []Ref {
	refs := g.refs
	if w.n.lit == nil || g.sets {
		return refs
	}
	ast.Inspect(e, func(x ast.Node) bool {
		id, ok := x.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := w.p.info.Uses[id].(*types.Var)
		if !ok || v.IsField() || v.Parent() == w.p.pass.Pkg.Scope() || !w.n.top.declares(v) || w.n.declares(v) || w.n.param(v) != noParam {
			return true
		}
		if r := (Ref{Param: noParam, root: v, leaf: v}); !slices.ContainsFunc(refs, r.same) {
			refs = append(slices.Clip(refs), r)
		}
		return true
	})
	return refs
}

// eitherGuarded tells whether a condition is met if a guard is, or if something
// else is as well: made once, and anew when it is found broken.
func (w *watch) eitherGuarded(c cond, region region) bool {
	x, ok := c.expr.(*ast.BinaryExpr)
	if !ok || !(x.Op == token.LOR && c.holds || x.Op == token.LAND && !c.holds) {
		return false
	}
	probe := *w
	probe.t = &timing{guard: Ref{Param: noParam}}
	for _, e := range []ast.Expr{x.X, x.Y} {
		conds := flatten(nil, e, c.holds)
		if probe.guarded(conds, region) && probe.t.guard.valid() {
			// The rest has to be about the same thing.
			return w.p.mentions(x.X, probe.t.guard) && w.p.mentions(x.Y, probe.t.guard)
		}
		if len(conds) == 1 && probe.eitherGuarded(conds[0], region) {
			return true
		}
	}
	return false
}

// A guardForm is a condition over state that an effect under it could set.
type guardForm struct {
	refs  []Ref
	unset Value // the state in which the condition lets the effect happen
	sets  bool  // the condition sets the state itself, as CompareAndSwap does
	loose bool  // refs are what the state may depend on, not the state itself
}

// guardForm reads a condition as a guard, if it has the form of one: state that
// is nil, zero, absent, false or true.
func (p *pkg) guardForm(c cond, depth int) (guardForm, bool) {
	if depth == 0 {
		return guardForm{}, false
	}
	unset := Zero
	if c.holds {
		unset = True
	}
	switch x := ast.Unparen(c.expr).(type) {
	case *ast.UnaryExpr, *ast.ParenExpr:
		if conds := flatten(nil, x, c.holds); len(conds) == 1 && conds[0].expr != c.expr {
			return p.guardForm(conds[0], depth-1)
		}
	case *ast.BinaryExpr:
		if r, ok := p.firstCount(x, c.holds); ok {
			return guardForm{refs: []Ref{r}, unset: Zero, sets: true}, true
		}
		if g, ok := p.counts(x, c.holds); ok {
			return g, true
		}
		if x.Op != token.EQL && x.Op != token.NEQ {
			return guardForm{}, false
		}
		a, b := x.X, x.Y
		if v := p.value(a); v != Other {
			a, b = b, a
		}
		v := p.value(b)
		if v == Other || isError(p.info.TypeOf(a)) {
			return guardForm{}, false
		}
		eq := (x.Op == token.EQL) == c.holds
		if isBool(p.info.TypeOf(a)) {
			return p.guardForm(cond{a, eq == (v == True)}, depth-1)
		}
		if call, ok := ast.Unparen(a).(*ast.CallExpr); ok && isBuiltin(p.info, call.Fun, "len") {
			a = call.Args[0]
		}
		if !eq {
			if v == Zero {
				return p.onceForm(a) // while there is something: no start, in general
			}
			v = Not + v
		}
		refs, loose, ok := p.sources(a, depth-1)
		return guardForm{refs: refs, unset: v, loose: loose}, ok
	case *ast.CallExpr:
		if r, old, ok := p.swaps(x, c.holds); ok {
			return guardForm{refs: []Ref{r}, unset: old, sets: true}, true
		}
		if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "IsZero" && c.holds {
			r, ok := p.origin(sel.X)
			return guardForm{refs: []Ref{r}, unset: Zero}, ok
		}
		refs, loose, ok := p.sources(x, depth-1)
		if loose {
			unset = Zero // which way a helper answers says nothing of the state
		}
		return guardForm{refs: refs, unset: unset, loose: loose}, ok
	case *ast.Ident:
		v, ok := p.info.Uses[x].(*types.Var)
		if !ok {
			return guardForm{}, false
		}
		d := p.def(v)
		if d == nil || d.expr == nil || d.ranged {
			break
		}
		if !d.multi {
			if _, isIdent := ast.Unparen(d.expr).(*ast.Ident); !isIdent && d.writes == 1 {
				if g, ok := p.guardForm(cond{ast.Unparen(d.expr), c.holds}, depth-1); ok {
					return g, true
				}
			}
			break
		}
		// v, ok := m[k], m.Load(k), m.LoadOrStore(k, v), h.lookup(k)
		switch e := ast.Unparen(d.expr).(type) {
		case *ast.IndexExpr:
			r, ok := p.origin(e)
			return guardForm{refs: []Ref{r}, unset: unset}, ok && !c.holds
		case *ast.CallExpr:
			if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "LoadOrStore" && !c.holds {
				r, ok := p.recvPlace(sel)
				return guardForm{refs: []Ref{r}, unset: Zero, sets: true}, ok
			}
			if c.holds {
				return guardForm{}, false
			}
			refs, loose, ok := p.sources(e, depth-1)
			return guardForm{refs: refs, unset: Zero, loose: loose}, ok
		}
		return guardForm{}, false
	}
	if !isBool(p.info.TypeOf(c.expr)) {
		return guardForm{}, false
	}
	r, ok := p.origin(c.expr)
	return guardForm{refs: []Ref{r}, unset: unset}, ok
}

// counts reads a condition that compares a number with a bound: tries left, or
// workers that are still to be started.
func (p *pkg) counts(x *ast.BinaryExpr, holds bool) (guardForm, bool) {
	less, equal := x.Op == token.LSS || x.Op == token.LEQ, x.Op == token.LEQ || x.Op == token.GEQ
	if !less && x.Op != token.GTR && x.Op != token.GEQ {
		return guardForm{}, false
	}
	a, b := x.X, x.Y
	if p.value(a) != Other {
		a, b, less = b, a, !less
	}
	if !holds {
		less, equal = !less, !equal
	}
	t, ok := p.info.TypeOf(a).Underlying().(*types.Basic)
	if _, isCall := ast.Unparen(a).(*ast.CallExpr); isCall || !ok || t.Info()&types.IsInteger == 0 {
		return guardForm{}, false
	}
	if call, isCall := ast.Unparen(b).(*ast.CallExpr); isCall && isBuiltin(p.info, call.Fun, "len") {
		return guardForm{}, false // how far the session has come in its data
	}
	r, ok := p.origin(a)
	unset := map[bool]Value{true: Less, false: More}[less]
	if equal {
		unset += "="
	}
	return guardForm{refs: []Ref{r}, unset: unset + p.value(b)}, ok
}

// onceForm reads the condition that there is something as a guard, where it is
// what a function returned that returns something under a guard of its own:
// what a lazy start hands to the first who asks.
func (p *pkg) onceForm(e ast.Expr) (guardForm, bool) {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return guardForm{}, false
	}
	d := p.def(p.info.Uses[id])
	if d == nil || d.ranged || d.writes != 1 {
		return guardForm{}, false
	}
	call, ok := ast.Unparen(d.expr).(*ast.CallExpr)
	if !ok {
		return guardForm{}, false
	}
	k := p.callOf(call)
	if k == nil || k.node == nil || k.node.decl == nil || p.asking[k.node] {
		return guardForm{}, false
	}
	p.asking[k.node] = true // its returns may hang on what it returns itself
	defer delete(p.asking, k.node)
	var g guardForm
	once := true
	k.node.cur.Inspect([]ast.Node{(*ast.FuncLit)(nil), (*ast.ReturnStmt)(nil)}, func(c inspector.Cursor) bool {
		ret, ok := c.Node().(*ast.ReturnStmt)
		if !ok || !once {
			return false
		}
		if d.result >= len(ret.Results) {
			once = false // results with names, or those of a call
			return false
		}
		if p.value(ret.Results[d.result]) == Zero {
			return false
		}
		t := p.timing(c, k.node)
		if once = t.freq == model.Once; !once {
			return false
		}
		r, ok := p.atCall(k, t.guard)
		once = ok && (len(g.refs) == 0 || g.refs[0].same(r))
		g = guardForm{refs: []Ref{r}, unset: t.unset, sets: true}
		return false
	})
	return g, once && len(g.refs) > 0
}

// firstCount tells whether a condition holds for the first call that counts:
// x.Add(1) == 1, atomic.AddInt32(&x, 1) == 1, or not > 1.
func (p *pkg) firstCount(x *ast.BinaryExpr, holds bool) (Ref, bool) {
	if p.value(x.Y) != "1" || !(x.Op == token.EQL && holds || x.Op == token.NEQ && !holds || x.Op == token.GTR && !holds) {
		return Ref{}, false
	}
	call, ok := ast.Unparen(x.X).(*ast.CallExpr)
	if !ok {
		return Ref{}, false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || !strings.HasPrefix(sel.Sel.Name, "Add") || len(call.Args) == 0 {
		return Ref{}, false
	}
	if p.info.Selections[sel] == nil {
		return p.place(call.Args[0])
	}
	return p.place(sel.X)
}

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// swaps tells whether a call changes the state it tests: CompareAndSwap that
// succeeds, Swap that finds it unset.
func (p *pkg) swaps(call *ast.CallExpr, holds bool) (r Ref, old Value, ok bool) {
	sel, isSel := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !isSel {
		return r, old, false
	}
	on, args := sel.X, call.Args
	if p.info.Selections[sel] == nil { // atomic.CompareAndSwapInt32(&h.x, 0, 1)
		if fn, ok := p.info.Uses[sel.Sel].(*types.Func); !ok || fn.Pkg() == nil || fn.Pkg().Path() != "sync/atomic" || len(args) == 0 {
			return r, old, false
		}
		on, args = args[0], args[1:]
	}
	switch name := sel.Sel.Name; {
	case strings.HasPrefix(name, "CompareAndSwap") && holds && len(args) == 2:
		r, ok = p.place(on)
		return r, p.value(args[0]), ok
	case strings.HasPrefix(name, "Swap") && !holds && len(args) == 1:
		r, ok = p.place(on)
		return r, Zero, ok
	}
	return r, old, false
}

// sources returns the places that a condition's operand is read from: the place
// itself, or what the function that returns it looks at.
func (p *pkg) sources(e ast.Expr, depth int) (refs []Ref, loose, ok bool) {
	if depth <= 0 {
		return nil, false, false
	}
	e = ast.Unparen(e)
	if id, isIdent := e.(*ast.Ident); isIdent {
		if v, isVar := p.info.Uses[id].(*types.Var); isVar {
			if d := p.def(v); d != nil && d.expr != nil && !d.ranged && !d.bare && !p.outlasts(v) {
				if call, isCall := ast.Unparen(d.expr).(*ast.CallExpr); isCall {
					return p.sources(call, depth-1)
				}
			}
		}
	}
	if call, isCall := e.(*ast.CallExpr); isCall {
		sel, isSel := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if isSel && p.info.Selections[sel] == nil && len(call.Args) > 0 {
			if fn, isFn := p.info.Uses[sel.Sel].(*types.Func); isFn && fn.Pkg() != nil && fn.Pkg().Path() == "sync/atomic" {
				r, ok := p.origin(call.Args[0])
				return []Ref{r}, false, ok
			}
		}
		if k := p.callOf(call); k != nil && k.node != nil && k.node.decl != nil {
			for _, r := range p.stateOf(k.node) {
				if r, ok := p.atCall(k, r); ok {
					refs = append(refs, r)
				}
			}
			return refs, true, len(refs) > 0
		}
		// A getter that nothing is known of, not having an effect.
		if isSel {
			if s := p.info.Selections[sel]; s != nil && s.Kind() == types.MethodVal {
				if fn := p.byFunc[s.Obj().(*types.Func).Origin()]; fn == nil || fn.decl == nil {
					r, ok := p.recvPlace(sel)
					return []Ref{r}, true, ok && r.Sel != ""
				}
			}
		}
	}
	r, ok := p.origin(e)
	return []Ref{r}, false, ok
}

// stateOf returns the flags, pointers and maps of its params that a function
// reads: what the condition that it computes may depend on.
func (p *pkg) stateOf(n *node) []Ref {
	var refs []Ref
	ast.Inspect(n.body(), func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			return false
		case *ast.SelectorExpr:
			if sel := p.info.Selections[x]; sel != nil && sel.Kind() == types.FieldVal && isFlag(sel.Type()) {
				if r, ok := p.origin(x); ok && !slices.ContainsFunc(refs, r.same) {
					refs = append(refs, r)
				}
			}
		case *ast.Ident:
			// A variable of the package is state as well.
			if v, ok := p.info.Uses[x].(*types.Var); ok && v.Parent() == p.pass.Pkg.Scope() && isFlag(v.Type()) {
				refs = append(refs, Ref{Param: noParam, root: v, leaf: v})
			}
		}
		return true
	})
	return refs
}

// isFlag tells whether a field of type t can say that something has been made.
func isFlag(t types.Type) bool {
	switch u := types.Unalias(t).Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Chan, *types.Map, *types.Signature:
		return true
	case *types.Basic:
		return u.Info()&types.IsBoolean != 0
	case *types.Struct:
		if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil {
			pkg := named.Obj().Pkg().Path()
			return pkg == "sync/atomic" || pkg == "sync" && named.Obj().Name() == "Map"
		}
	}
	return false
}

type verdict uint8

const (
	noGuard verdict = iota
	guardHolds
	guardLocal // its state is new in each call
)

// holds tells whether the guard over r holds for the statement at w.at: its
// state outlives the call, and is set synchronously on the guarded path.
func (w *watch) holds(g guardForm, r Ref, region region) verdict {
	p := w.p
	v, ok := r.root.(*types.Var)
	if !ok {
		return noGuard
	}
	frame := p.frame(w.at, w.n.top)
	set := g.sets
	alone := false // whether only a goroutine sets it
	for _, x := range p.setsOf(w.n.top)[r.root] {
		if set || !g.setBy(&x.use, r) || g.leaps(p, &x.use) || p.defines(&x.use) || !w.contains(x.at) {
			continue
		}
		in := region.contains(x.at.pos())
		if x.apart || x.at.frame != frame {
			alone = alone || in
			continue
		}
		// It may be set outside of the region too, in each call.
		set = (in || w.asked(x.at.pos()) || p.plainFreq(x.at.cur, w.n) == model.Always) && w.onPath(x.at)
	}
	if !set {
		if alone {
			w.t.falseGuard = r.String()
		}
		return noGuard
	}
	if p.lasting(v, w.at) {
		return guardHolds
	}
	if _, counts := g.unset.bounded(); counts && r.Sel == "" && w.n.declares(v) {
		return noGuard // the call's own count
	}
	if w.n.declares(v) && isStruct(v.Type()) && strings.Count(r.Sel, ".") == 1 && !isElement(r) {
		return guardLocal // a copy
	}
	if p.fresh(r, w.n) || w.n.lit == nil && w.n.declares(v) && isBool(v.Type()) && p.def(v) != nil && r.Sel == "" && p.def(v).writes > 1 {
		return guardLocal
	}
	if p.copied(r, w.n) {
		if w.n.fn == nil || w.n.fn.Signature().Recv() != v {
			return noGuard // what the call is handed
		}
		return guardLocal
	}
	return guardHolds
}

// copied tells whether a place is in a param that is a copy, as a receiver that is
// no pointer: it is gone when the call returns.
func (p *pkg) copied(r Ref, n *node) bool {
	v, ok := r.root.(*types.Var)
	return ok && n.param(v) != noParam && isStruct(v.Type()) && strings.Count(r.Sel, ".") == 1 && !isElement(r)
}

// asked tells whether a position is in a condition that the watched statement is
// under: what happens there happens whenever the condition is asked for.
func (w *watch) asked(pos token.Pos) bool {
	for c := range w.at.Enclosing((*ast.IfStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		x, ok := c.Node().(*ast.IfStmt)
		if !ok {
			return false
		}
		if extent(x.Cond).contains(pos) {
			return true
		}
	}
	return false
}

// defines tells whether a set is the definition of a variable: what the call
// works out for a condition is no state that the condition could wait for.
func (p *pkg) defines(u *use) bool {
	a, ok := u.cur.Node().(*ast.AssignStmt)
	return ok && a.Tok == token.DEFINE && u.ref.Sel == "" && slices.ContainsFunc(a.Lhs, func(l ast.Expr) bool {
		id, ok := l.(*ast.Ident)
		return ok && p.info.Defs[id] == u.ref.root
	})
}

// contains tells whether a use stands in the watched function's own body.
func (w *watch) contains(u *use) bool {
	b := w.n.body()
	return b.Pos() <= u.pos() && u.pos() < b.End()
}

// setBy tells whether a use ends the state in which the guard lets through.
func (g guardForm) setBy(u *use, r Ref) bool {
	if !u.val.sets(g.unset) {
		return false
	}
	if g.loose {
		return u.val != Zero && (u.ref.within(r) || r.within(u.ref)) && (u.ref.Sel != "" || r.Sel == "")
	}
	return u.ref.same(r) || u.ref.within(r) && u.ref.leaf != nil && u.ref.Sel != r.Sel && !isElement(u.ref)
}

// leaps tells whether a use moves a count towards the guard's bound by an amount
// that is no constant: then it counts data, and is at its bound at the end of them.
func (g guardForm) leaps(p *pkg, u *use) bool {
	a, ok := u.cur.Node().(*ast.AssignStmt)
	if _, bounded := g.unset.bounded(); !ok || !bounded || a.Tok != token.ADD_ASSIGN && a.Tok != token.SUB_ASSIGN {
		return false
	}
	return p.info.Types[a.Rhs[0]].Value == nil
}

// A region is the part of a function that a condition guards.
type region struct{ from, to token.Pos }

func extent(n ast.Node) region { return region{n.Pos(), n.End()} }

func (r region) contains(pos token.Pos) bool { return r.from <= pos && pos < r.to }

// onPath tells whether a use lies on a path that the watched statement lies on:
// not in another branch, nor behind a return that follows the statement.
func (w *watch) onPath(u *use) bool {
	body := w.n.body()
	pos := u.pos()
	at := w.at.Node()
	if at.Pos() <= pos && pos < at.End() {
		return true
	}
	// A set that hangs on something else may not happen.
	for c := u.cur; !(c.Node().Pos() <= at.Pos() && at.End() <= c.Node().End()); c = c.Parent() {
		kind, _ := c.ParentEdge()
		switch x := c.Parent().Node().(type) {
		case *ast.IfStmt:
			if x.Pos() <= at.Pos() && at.End() <= x.End() {
				continue // checked below
			}
			if w.p.condsFreq(w.n, branch(x, kind)) < model.Always {
				return false
			}
		case *ast.File, nil:
			return false
		}
	}
	for c := w.at; c.Node() != ast.Node(body); c = c.Parent() {
		kind, i := c.ParentEdge()
		var list []ast.Stmt
		switch x := c.Parent().Node().(type) {
		case *ast.IfStmt:
			other := ast.Node(nil)
			if kind == edge.IfStmt_Body && x.Else != nil {
				other = x.Else
			} else if kind == edge.IfStmt_Else {
				other = x.Body
			}
			if other != nil && other.Pos() <= pos && pos < other.End() {
				return false
			}
			continue
		case *ast.BlockStmt:
			if kind == edge.BlockStmt_List {
				if _, isClause := c.Node().(*ast.CaseClause); isClause {
					if x.Pos() <= pos && pos < x.End() {
						return c.Node().Pos() <= pos && pos < c.Node().End()
					}
					continue
				}
				list = x.List
			}
		case *ast.CaseClause:
			if kind == edge.CaseClause_Body {
				list = x.Body
			}
		case *ast.CommClause:
			if kind == edge.CommClause_Body {
				list = x.Body
			}
		}
		if list == nil || pos < at.Pos() {
			continue
		}
		first, last := list[i], list[len(list)-1]
		if first.Pos() <= pos && pos < last.End() {
			// Nor may the call have left before it.
			for _, s := range list[i+1:] {
				if s.End() <= pos && w.p.mayLeave(w.n, s) {
					return u.defer_
				}
			}
			return true
		}
		if _, ok := last.(*ast.ReturnStmt); ok {
			return u.defer_
		}
	}
	return true
}

// resetFreq says how often, in the calls of n, the state of a guard is unset
// again outside its region, or after the guarded statement. Never means that
// the guard holds; again, that just the goroutine that it guards unsets it.
func (p *pkg) resetFreq(n *node, cur inspector.Cursor, region region, guard Ref, unset Value) (freq model.Freq, again bool) {
	at := extent(cur.Node())
	body := extent(n.cur.Node())
	if turn := p.turn(cur); turn != nil {
		body = extent(turn)
	}
	frame := p.frame(cur, n.top)
	for _, x := range p.setsOf(n.top)[guard.root] {
		u := &x.use
		if !u.val.resets(unset) || !u.ref.within(guard) || isElement(u.ref) != isElement(guard) {
			continue
		}
		pos := x.at.pos()
		if !body.contains(pos) {
			continue
		}
		if x.apart || x.at.frame != frame {
			// The goroutine that the guard starts undoes it: it starts again.
			again = again || at.contains(pos)
			continue
		}
		if at.contains(pos) || region.contains(pos) && pos < at.to && !x.at.defer_ {
			continue
		}
		f := p.plainFreq(x.at.cur, p.ownerOf(x.at.cur))
		if x.at.cur != u.cur {
			f = min(f, u.freq) // a callee's set
		}
		if _, ok := unset.bounded(); ok && (u.val == Up || u.val == Down) {
			f = min(f, model.Sometimes) // it takes some steps
		}
		freq = max(freq, f)
	}
	if again && freq < model.Sometimes {
		return model.Sometimes, true
	}
	return freq, false
}

// A setUse is a set that a function makes, itself or through a callee.
type setUse struct {
	use
	at    *use // the use in the function itself that leads to it
	apart bool // in a goroutine that is started there
}

// setsOf returns the sets of a function and of what it calls and starts, by the
// variable that their places start at.
func (p *pkg) setsOf(top *node) map[types.Object][]setUse {
	if top.sets == nil {
		top.sets = make(map[types.Object][]setUse)
		p.deep(top, kindsOf(useSet), true, func(*use) bool { return true }, func(u, at *use) bool {
			x := setUse{use: *u, at: at, apart: at.spawn || u != at && (u.frame != nil || u.spawn)}
			top.sets[u.ref.root] = append(top.sets[u.ref.root], x)
			return true
		})
	}
	return top.sets
}

// plainFreq is the frequency of a statement by its conditions alone, guards
// counted as conditions.
func (p *pkg) plainFreq(cur inspector.Cursor, n *node) model.Freq {
	f := model.Always
	for c := cur; c.Node() != ast.Node(n.body()); c = c.Parent() {
		kind, i := c.ParentEdge()
		switch x := c.Parent().Node().(type) {
		case *ast.IfStmt:
			f = min(f, p.condsFreq(n, branch(x, kind)))
		case *ast.CaseClause:
			f = min(f, model.Sometimes)
		case *ast.CommClause:
			if kind == edge.CommClause_Body {
				f = min(f, model.Sometimes)
			}
		case *ast.BlockStmt:
			for _, s := range x.List[:i] {
				if s, ok := s.(*ast.IfStmt); ok {
					if exits, abnormal := p.exits(s.Body); exits && !abnormal {
						f = min(f, model.Sometimes)
					}
				}
			}
		case *ast.File, nil:
			return f
		}
	}
	return f
}

// ownerOf returns the function or literal whose body a cursor stands in.
func (p *pkg) ownerOf(cur inspector.Cursor) *node {
	for c := range cur.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		return p.nodeOf(c.Node())
	}
	return nil
}
