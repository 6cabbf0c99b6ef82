package lifecycle

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// leaks reports what the start or a constructor creates and stop does not
// release.
func (c *checker) leaks(l *life) {
	if l.elsewhere {
		return
	}
	begins := l.start
	if len(l.Stop) > 0 {
		begins = append(slices.Clone(begins), l.news...)
	} else if !l.owned() && l.WriteStop == "" {
		return // its library knows no stop
	}
	started := make(map[ast.Node]bool) // the starts of other handlers are theirs
	for _, m := range begins {
		if started[m.body] {
			continue
		}
		started[m.body] = true
		kept := make(map[ast.Node]trail)
		kept[m.body] = trail{}
		c.run(m, func(cur inspector.Cursor, t trail) {
			if fun, what, ok := c.spawned(cur.Node()); ok {
				c.endless(l, m, cur, fun, what, t)
			}
			if call, ok := cur.Node().(*ast.CallExpr); ok {
				if next, ok := c.function(call.Fun); ok && next.fn != nil {
					if _, ok := kept[next.body]; !ok {
						if t.at == nil {
							t.at = call
						}
						kept[next.body] = t
					}
				}
			}
		})
		c.keeps(l, m, kept)
	}
}

// ---- goroutines ----

// endless reports a goroutine that cannot end.
func (c *checker) endless(l *life, m method, cur inspector.Cursor, fun ast.Expr, what string, t trail) {
	body, ok := c.function(fun)
	if !ok {
		return
	}
	lp := c.loopIn(body, make(map[ast.Node]bool), 0)
	if lp == nil {
		return
	}
	node := ast.Node(t.at)
	if node == nil {
		node = cur.Node()
	}
	steps := t.steps
	origin := fmt.Sprintf("%s at %s", what, c.at(cur.Node().Pos()))
	stop, ok := l.stopName()
	says := fmt.Sprintf("%s never ends the goroutine that %s starts: %s (%s), and %s; ", stop, m.name, chain(steps), origin, lp.why)
	do := fmt.Sprintf("let it end by a context or channel, and cancel or close that in %s", stop)
	if !ok {
		says = fmt.Sprintf("nothing ends the goroutine that %s starts: %s (%s), and %s; ", m.name, chain(steps), origin, lp.why)
		do = "let it end by a context or channel, and write a " + l.newStop() + " that cancels or closes that"
	}
	c.report(Finding{Rule: StopMissing, Node: node, Handler: l.Name, Method: m.name, Says: says + do, Chain: steps, Leak: true})
}

// A loop is a statement that a goroutine never gets beyond.
type loop struct {
	why string // a clause
}

// loopIn returns a loop of a function, or of one that it calls, that nothing
// leaves.
func (c *checker) loopIn(m method, seen map[ast.Node]bool, depth int) *loop {
	if seen[m.body] || depth > maxDepth {
		return nil
	}
	seen[m.body] = true
	var found *loop
	c.own(m.body, []ast.Node{(*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.SelectStmt)(nil), (*ast.CallExpr)(nil)}, func(cur inspector.Cursor) {
		if found != nil {
			return
		}
		switch n := cur.Node().(type) {
		case *ast.ForStmt:
			if n.Cond != nil && !c.isTrue(n.Cond) {
				return
			}
			ends := c.exits(cur)
			switch {
			case ends.live:
			case ends.waits != nil:
				found = &loop{fmt.Sprintf("its loop at %s waits for %s, which nothing closes", c.at(n.For), ends.waits.Name())}
			default:
				found = &loop{"nothing leaves its loop at " + c.at(n.For)}
			}
		case *ast.RangeStmt:
			if c.isTimeChan(n.X) {
				if !c.exits(cur).live {
					found = &loop{fmt.Sprintf("nothing leaves its loop at %s: Stop does not close a ticker's channel", c.at(n.For))}
				}
			} else if v := c.deadChan(n.X, true); v != nil && !c.exits(cur).live {
				found = &loop{fmt.Sprintf("its loop at %s ranges over %s, which nothing closes", c.at(n.For), v.Name())}
			}
		case *ast.SelectStmt:
			if len(n.Body.List) == 0 {
				found = &loop{"nothing ends its select at " + c.at(n.Select)}
			}
		case *ast.CallExpr:
			if next, ok := c.function(n.Fun); ok && next.fn != nil {
				found = c.loopIn(next, seen, depth+1)
			}
		}
	})
	return found
}

func (c *checker) isTrue(e ast.Expr) bool {
	v := c.info.Types[e].Value
	return v != nil && v.String() == "true"
}

// isTimeChan tells whether an expression is the channel of a ticker or timer,
// which is never closed.
func (c *checker) isTimeChan(e ast.Expr) bool {
	for range maxAlias {
		switch x := ast.Unparen(e).(type) {
		case *ast.SelectorExpr:
			t := c.info.TypeOf(x.X)
			return x.Sel.Name == "C" && t != nil && (isNamed(t, "time", "Ticker") || isNamed(t, "time", "Timer"))
		case *ast.CallExpr:
			fn := c.callee(x)
			return isFunc(fn, "time.Tick") || isFunc(fn, "time.After")
		case *ast.Ident:
			v, ok := c.info.Uses[x].(*types.Var)
			if !ok {
				return false
			}
			if e = c.single(v); e == nil {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// deadChan returns the field that an expression names if it is a channel that
// nothing closes, and nothing sends to unless sends are allowed: one that the
// package makes and hands to nobody.
func (c *checker) deadChan(e ast.Expr, sends bool) *types.Var {
	x, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	v := c.fieldOf(x)
	if v == nil || v.Exported() || v.Embedded() {
		return nil
	}
	if _, ok := v.Type().Underlying().(*types.Chan); !ok {
		return nil
	}
	made := false
	for _, u := range c.fields[v] {
		switch u.kind {
		case useSet:
			if u.value == nil || u.result > 0 || !c.isMake(u.value) {
				return nil
			}
			made = true
		case useRecv, useRange, useCompare:
		case useSend:
			if !sends {
				return nil
			}
		default:
			return nil
		}
	}
	if !made {
		return nil
	}
	return v
}

// An exit says what leaves a loop.
type exit struct {
	live  bool       // something may
	waits *types.Var // what would, but for a channel that nothing closes
}

// exitCalls are functions and methods after which nothing runs, by name.
var exitCalls = []string{"Goexit", "Exit", "Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln", "FailNow", "SkipNow"}

// exits tells what leaves a loop: a return, a break or goto out of it, a panic.
func (c *checker) exits(cur inspector.Cursor) exit {
	var ends exit
	loop := cur.Node()
	for n := range cur.Preorder((*ast.ReturnStmt)(nil), (*ast.BranchStmt)(nil), (*ast.CallExpr)(nil)) {
		leaves := false
		switch x := n.Node().(type) {
		case *ast.ReturnStmt:
			leaves = !inLiteral(n, loop)
		case *ast.BranchStmt:
			leaves = !inLiteral(n, loop) && breaks(n, x, loop)
		case *ast.CallExpr:
			leaves = c.aborts(x)
		}
		if !leaves {
			continue
		}
		if v := c.waitsFor(n, loop); v != nil {
			ends.waits = v
			continue
		}
		ends.live = true
		return ends
	}
	return ends
}

// inLiteral tells whether a node lies in a function literal within a loop.
func inLiteral(n inspector.Cursor, loop ast.Node) bool {
	for e := range n.Enclosing((*ast.FuncLit)(nil), (*ast.ForStmt)(nil), (*ast.RangeStmt)(nil)) {
		if e.Node() == loop {
			return false
		}
		if _, ok := e.Node().(*ast.FuncLit); ok {
			return true
		}
	}
	return false
}

// breaks tells whether a branch statement leaves a loop.
func breaks(n inspector.Cursor, b *ast.BranchStmt, loop ast.Node) bool {
	switch {
	case b.Tok == token.GOTO:
		return true
	case b.Tok == token.FALLTHROUGH:
		return false
	case b.Label != nil:
		// It goes to a statement within the loop, or beyond it; a continue of
		// the loop itself stays.
		for e := range n.Enclosing((*ast.LabeledStmt)(nil)) {
			s := e.Node().(*ast.LabeledStmt)
			if s.Label.Name != b.Label.Name {
				continue
			}
			if s.Stmt == loop {
				return b.Tok == token.BREAK
			}
			return s.Pos() < loop.Pos()
		}
		return true
	case b.Tok == token.CONTINUE:
		return false
	}
	for e := range n.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.SwitchStmt)(nil), (*ast.TypeSwitchStmt)(nil), (*ast.SelectStmt)(nil)) {
		return e.Node() == loop
	}
	return true
}

// aborts tells whether a call may end its goroutine or the program: by its name,
// or since a function of the package that it leads to does.
func (c *checker) aborts(call *ast.CallExpr) bool {
	if c.exitCall(call) {
		return true
	}
	m, ok := c.function(call.Fun)
	if !ok {
		return false
	}
	found, known := c.aborting[m.body]
	if known {
		return found
	}
	seen := make(map[ast.Node]bool)
	var walk func(ast.Node)
	walk = func(body ast.Node) {
		seen[body] = true
		ast.Inspect(body, func(n ast.Node) bool {
			inner, ok := n.(*ast.CallExpr)
			if !ok || found {
				return !found
			}
			if found = c.exitCall(inner); !found {
				if next, ok := c.function(inner.Fun); ok && !seen[next.body] {
					walk(next.body)
				}
			}
			return !found
		})
	}
	walk(m.body)
	c.aborting[m.body] = found
	return found
}

// exitCall tells whether a call is a panic, or of a function that by its name
// does not return.
func (c *checker) exitCall(call *ast.CallExpr) bool {
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return isBuiltin(c.info, f, "panic") || slices.Contains(exitCalls, f.Name)
	case *ast.SelectorExpr:
		return slices.Contains(exitCalls, f.Sel.Name)
	}
	return false
}

// waitsFor returns the channel that nothing closes in whose case of a select a
// node lies, within a loop.
func (c *checker) waitsFor(n inspector.Cursor, loop ast.Node) *types.Var {
	for e := range n.Enclosing((*ast.CommClause)(nil), (*ast.ForStmt)(nil), (*ast.RangeStmt)(nil)) {
		if e.Node() == loop {
			return nil
		}
		clause, ok := e.Node().(*ast.CommClause)
		if !ok || clause.Comm == nil {
			continue
		}
		var recv ast.Expr
		switch s := clause.Comm.(type) {
		case *ast.ExprStmt:
			recv = s.X
		case *ast.AssignStmt:
			recv = s.Rhs[0]
		}
		if u, ok := ast.Unparen(recv).(*ast.UnaryExpr); ok && u.Op == token.ARROW {
			if v := c.deadChan(u.X, false); v != nil {
				return v
			}
		}
	}
	return nil
}

// ---- what is kept in fields ----

// A creation is a call whose result has to be released.
type creation struct {
	kind keptKind
	call *ast.CallExpr
	name string // of the function
}

type keptKind uint8

const (
	keptCancel keptKind = iota
	keptPull
	keptCloser
)

// keeps reports what a start creates, keeps in a field, and nothing releases.
func (c *checker) keeps(l *life, m method, in map[ast.Node]trail) {
	st, ok := structOf(l.Type)
	if !ok {
		return
	}
	for v := range st.Fields() {
		v = v.Origin()
		if v.Exported() || v.Embedded() {
			continue
		}
		c.discarded(l, m, v, in)
		if c.released(v) {
			continue
		}
		for _, u := range c.fields[v] {
			t, ok := in[u.decl]
			if !ok || u.kind != useSet || u.value == nil {
				continue
			}
			if made, ok := c.creation(v, u.value, u.result); ok {
				c.lost(l, m, v, made, t)
			}
		}
	}
}

// released tells whether something in the package may release what a field
// holds: anything but a method of another name, a part, or a look at whether it
// is there.
func (c *checker) released(v *types.Var) bool {
	return slices.ContainsFunc(c.fields[v], func(u fieldUse) bool {
		switch u.kind {
		case useSet, useCompare:
			return false
		case useMethod:
			return isRelease(u.name)
		case usePart:
			return u.write
		}
		return true
	})
}

// creation tells whether an expression, looking through variables that serve
// nothing else, makes something that has to be released.
func (c *checker) creation(v *types.Var, e ast.Expr, result int) (creation, bool) {
	for range maxAlias {
		e = ast.Unparen(e)
		id, ok := e.(*ast.Ident)
		if !ok {
			break
		}
		local, ok := c.info.Uses[id].(*types.Var)
		if !ok {
			return creation{}, false
		}
		d := c.defs[local]
		if d == nil || d.writes != 1 || d.ranged || d.expr == nil || c.usedElsewhere(local) {
			return creation{}, false
		}
		e, result = d.expr, d.result
	}
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return creation{}, false
	}
	fn := c.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return creation{}, false
	}
	made := creation{call: call, name: fn.Name()}
	if fn.Pkg() != c.pass.Pkg {
		made.name = fn.Pkg().Name() + "." + made.name
	}
	switch full := fn.FullName(); {
	case result == 1 && (full == "context.WithCancel" || full == "context.WithCancelCause" || full == "os/signal.NotifyContext"):
		made.kind = keptCancel
		return made, true
	case result == 1 && (full == "iter.Pull" || full == "iter.Pull2"):
		made.kind = keptPull
		return made, true
	case result == 0 && hasRelease(v.Type(), c.pass.Pkg) && c.opens(fn, call):
		made.kind = keptCloser
		return made, true
	}
	return creation{}, false
}

// hasRelease tells whether a type has a method that closes or stops.
func hasRelease(t types.Type, pkg *types.Package) bool {
	for _, name := range []string{"Close", "Stop", "Shutdown"} {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, pkg, name); obj != nil {
			if _, ok := obj.(*types.Func); ok {
				return true
			}
		}
	}
	return false
}

// opens tells whether a function opens something on each call, that outlives it.
// A goroutine counts if nothing that the call is given can end it, and, where it
// can be seen, if it goes on and on.
func (c *checker) opens(fn *types.Func, call *ast.CallExpr) bool {
	if model.IsStd(fn.Pkg().Path()) {
		row := model.Lookup(fn)
		return row != nil && slices.ContainsFunc(row.Effects, func(e model.Effect) bool {
			return e.Kind == model.Resource && e.Weight == model.Leak && e.Subject == model.Result
		})
	}
	for _, s := range c.effects.Sites(fn) {
		if s.Weight != model.Leak || s.Freq != model.Always || s.Foreign != model.Always {
			continue
		}
		switch {
		case s.Kind != model.Resource && s.Kind != model.Goroutine:
		case fn.Pkg() != c.pass.Pkg && s.Kind == model.Resource:
			return true
		case c.endable(call):
		case fn.Pkg() != c.pass.Pkg || s.Kind == model.Resource || c.serves(fn):
			return true
		}
	}
	return false
}

// endable tells whether a call is given something by which what it starts may be
// ended: a context, a channel, a function, a WaitGroup, the handler itself.
func (c *checker) endable(call *ast.CallExpr) bool {
	return slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
		t := c.info.TypeOf(arg)
		if t == nil {
			return false
		}
		switch u := t.Underlying().(type) {
		case *types.Chan, *types.Signature, *types.Interface:
			return true
		case *types.Pointer:
			n := namedOf(u)
			return n != nil && (n.Obj().Pkg() == c.pass.Pkg || isNamed(n, "sync", "WaitGroup"))
		}
		return false
	})
}

// serves tells whether a function of the package starts a goroutine that goes on
// and on: its loop has no condition, or takes from a channel.
func (c *checker) serves(fn *types.Func) bool {
	found := false
	c.run(method{fn.Name(), fn, c.decls[fn]}, func(cur inspector.Cursor, _ trail) {
		fun, _, ok := c.spawned(cur.Node())
		if !ok {
			return
		}
		body, ok := c.function(fun)
		if !ok {
			return
		}
		for n := range c.reached(body) {
			ast.Inspect(n, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.ForStmt:
					found = found || n.Cond == nil
				case *ast.RangeStmt:
					if t := c.info.TypeOf(n.X); t != nil {
						_, isChan := t.Underlying().(*types.Chan)
						found = found || isChan
					}
				}
				return !found
			})
		}
	})
	return found
}

// usedElsewhere tells whether a local variable is used for more than to be kept
// in a field: what is passed on may be released by another.
func (c *checker) usedElsewhere(v *types.Var) bool {
	for _, decl := range c.decls {
		if v.Pos() < decl.Pos() || decl.End() <= v.Pos() {
			continue
		}
		cur := c.cursors[decl]
		for id := range cur.Preorder((*ast.Ident)(nil)) {
			if c.info.Uses[id.Node().(*ast.Ident)] != v {
				continue
			}
			if !c.harmless(id) {
				return true
			}
		}
		return false
	}
	return true
}

// harmless tells whether a use of a variable neither releases what it holds nor
// hands it on, but to the field that is to keep it.
func (c *checker) harmless(id inspector.Cursor) bool {
	switch kind, i := id.ParentEdge(); kind {
	case edge.AssignStmt_Rhs:
		a := id.Parent().Node().(*ast.AssignStmt)
		if len(a.Lhs) == len(a.Rhs) {
			_, ok := ast.Unparen(a.Lhs[i]).(*ast.SelectorExpr)
			return ok
		}
		return false
	case edge.KeyValueExpr_Value:
		return true
	}
	u := c.useOf(id)
	switch u.kind {
	case useCompare:
		return true
	case usePart:
		return !u.write
	case useSet:
		return true
	case useMethod:
		return !isRelease(u.name) || onTheWayOut(id)
	}
	return false
}

// onTheWayOut tells whether a node lies in a branch that ends in a return: what
// was opened is closed again where start fails.
func onTheWayOut(n inspector.Cursor) bool {
	for e := range n.Enclosing((*ast.IfStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		s, ok := e.Node().(*ast.IfStmt)
		if !ok {
			return false
		}
		if list := s.Body.List; len(list) > 0 && n.Node().Pos() >= s.Body.Pos() && n.Node().Pos() < s.Body.End() {
			if _, ok := list[len(list)-1].(*ast.ReturnStmt); ok {
				return true
			}
		}
	}
	return false
}

// lost words what is kept and not released.
func (c *checker) lost(l *life, m method, v *types.Var, made creation, t trail) {
	node := t.at
	if node == nil {
		node = made.call
	}
	origin := fmt.Sprintf("%s at %s", made.name, c.at(made.call.Pos()))
	steps := t.steps
	if len(steps) == 0 {
		steps = []Step{{c.label(m), made.call.Pos()}}
	} else if fn, ok := c.around(made.call); ok {
		steps = append(slices.Clone(steps), Step{c.label(fn), made.call.Pos()})
	}
	keeps := map[keptKind]string{
		keptCancel: "calls the cancel function that %s keeps in %s",
		keptPull:   "calls the stop function of the generator that %s keeps in %s",
		keptCloser: "closes what %s opens and keeps in %s",
	}[made.kind]
	verb := map[keptKind]string{keptCancel: "call it", keptPull: "call it", keptCloser: "close it"}[made.kind]
	c.reportKept(l, m, node, fmt.Sprintf(keeps, m.name, v.Name()), verb, origin, steps)
}

func (c *checker) reportKept(l *life, m method, node ast.Node, what, verb, origin string, steps []Step) {
	stop, ok := l.stopName()
	who, do := stop+" never", verb+" in "+stop
	if !ok {
		who, do = "nothing", "write a "+l.newStop()+", and "+verb+" there"
	}
	c.report(Finding{
		Rule: StopMissing, Node: node, Handler: l.Name, Method: m.name, Chain: steps, Leak: true,
		Says: fmt.Sprintf("%s %s: %s (%s); %s", who, what, chain(steps), origin, do),
	})
}

// around returns the declared function in which a node lies.
func (c *checker) around(n ast.Node) (method, bool) {
	for fn, d := range c.decls {
		if d.Pos() <= n.Pos() && n.Pos() < d.End() {
			return method{fn.Name(), fn, d}, true
		}
	}
	return method{}, false
}

// discarded reports an iter.Pull of which only next is kept: h.next, _ =
// iter.Pull(seq).
func (c *checker) discarded(l *life, m method, v *types.Var, in map[ast.Node]trail) {
	for _, u := range c.fields[v] {
		t, ok := in[u.decl]
		if !ok || u.kind != useSet || u.result != 0 || u.value == nil {
			continue
		}
		a, ok := u.cur.Parent().Node().(*ast.AssignStmt)
		if !ok || len(a.Lhs) != 2 || len(a.Rhs) != 1 {
			continue
		}
		id, ok := a.Lhs[1].(*ast.Ident)
		call, isCall := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
		if !ok || id.Name != "_" || !isCall {
			continue
		}
		fn := c.callee(call)
		if !isFunc(fn, "iter.Pull") && !isFunc(fn, "iter.Pull2") {
			continue
		}
		node := t.at
		if node == nil {
			node = call
		}
		steps := append(slices.Clone(t.steps), Step{c.label(m), call.Pos()})
		if t.at != nil {
			if fn, ok := c.around(call); ok {
				steps[len(steps)-1].Function = c.label(fn)
			}
		}
		c.reportKept(l, m, node, fmt.Sprintf("stops the generator that %s pulls from, whose stop function is thrown away", m.name),
			"keep that in a field, call it", "iter."+fn.Name()+" at "+c.at(call.Pos()), steps)
	}
}
