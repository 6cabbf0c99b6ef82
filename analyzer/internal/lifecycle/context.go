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

	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// escapes reports the goroutines that a hot or start method leaves behind with
// its own context.
func (c *checker) escapes(l *life, m method, hot bool) {
	if !hot && !c.startEnds(l, m) {
		return
	}
	for _, v := range c.contexts(m.body) {
		// A start may well cancel a context that it has made from its own.
		direct := !hot && !l.runtime()
		if direct && c.defs[v] != nil {
			continue
		}
		for _, g := range c.left(m, v, direct, 0) {
			if !hot && !l.runtime() && (c.otherEnd(g.body) || c.waitsOn(m.body) || c.endsHandler(l, g.body)) {
				continue
			}
			c.escaped(l, m, v, g, hot)
		}
	}
}

func (c *checker) escaped(l *life, m method, v *types.Var, g goroutine, hot bool) {
	steps := append([]Step{{c.label(m), g.use.Pos()}}, g.steps...)
	where := fmt.Sprintf("%s (%s at %s)", chain(steps), g.what, c.at(g.pos))
	f := Finding{Rule: ContextEscape, Node: g.use, Handler: l.Name, Method: m.name, Chain: steps, Leak: true}
	stop := "the session's stop"
	if name, ok := l.stopName(); ok {
		stop = name
	}
	if hot {
		f.Says = fmt.Sprintf("%s leaves a goroutine behind with %s, the context of the call: %s; that may end with the call; give it one that %s cancels", m.name, v.Name(), where, stop)
	} else if l.runtime() {
		f.Says = fmt.Sprintf("%s leaves a goroutine behind with %s, its own context: %s; that may end when %s returns; start it with Session.Go, or give it Session.Context", m.name, v.Name(), where, m.name)
	} else {
		f.Says = fmt.Sprintf("%s leaves a goroutine behind with %s, its own context, and %s has no hold on it: %s; give it a context that %s cancels", m.name, v.Name(), stop, where, stop)
	}
	c.report(f)
}

// runtime tells whether the handler is one of package runtime, whose start may
// outlive its context.
func (l *life) runtime() bool { return slices.Contains(l.By, "runtime-handler") }

// startEnds tells whether the context of a start is known to be the call's: by
// the contract of package runtime, or since the type has a stop beside it, which
// would be of no use if the context ended the session.
func (c *checker) startEnds(l *life, m method) bool {
	if m.fn == nil || m.fn.Signature().Recv() == nil {
		return false
	}
	return l.runtime() || l.owned() && len(l.Stop) > 0 && !l.elsewhere
}

// contexts returns the params of a function that are contexts, unless they are
// given another value.
func (c *checker) contexts(body ast.Node) []*types.Var {
	var list *ast.FieldList
	switch f := body.(type) {
	case *ast.FuncDecl:
		list = f.Type.Params
	case *ast.FuncLit:
		list = f.Type.Params
	}
	var vars []*types.Var
	if list == nil {
		return nil
	}
	for _, field := range list.List {
		for _, id := range field.Names {
			if v, ok := c.info.Defs[id].(*types.Var); ok && isContext(v.Type()) {
				vars = append(vars, v)
			}
		}
	}
	return vars
}

// A goroutine is one that a function leaves behind, with its context.
type goroutine struct {
	use   ast.Node // the use of the context in the function's own body
	what  string
	pos   token.Pos // of what starts it
	steps []Step    // the functions that lead to it
	body  ast.Node  // what it runs, nil if that is not known
}

// left returns the goroutines that outlive a call of a function and use its
// context v, or unless direct one made from it, for more than the values in it.
func (c *checker) left(m method, v *types.Var, direct bool, depth int) []goroutine {
	if depth > 3 {
		return nil
	}
	held := c.derived(m.body, v)
	if held == nil {
		return nil
	}
	if direct {
		held = map[*types.Var]bool{v: true}
	}
	var gs []goroutine
	for _, f := range c.effects.Findings(m.body, nil, func(*types.Func) bool { return false }) {
		if f.Site.Kind != model.Goroutine || f.Site.Weight != model.Leak {
			continue
		}
		switch n := f.Node.(type) {
		case *ast.GoStmt:
			if use := c.usesIn(n, held, 0); use != nil && !c.answers(m, n.Call) {
				g := goroutine{use: use, what: "go statement", pos: n.Go}
				if b, ok := c.function(n.Call.Fun); ok {
					g.body = b.body
				}
				gs = append(gs, g)
			}
		case *ast.CallExpr:
			gs = append(gs, c.leftBy(m, n, held, direct, depth)...)
		}
	}
	return gs
}

// leftBy returns the goroutines that a call leaves behind.
func (c *checker) leftBy(m method, n *ast.CallExpr, held map[*types.Var]bool, direct bool, depth int) []goroutine {
	next, ok := c.function(n.Fun)
	d, isDecl := next.body.(*ast.FuncDecl)
	if !ok || !isDecl {
		if isFunc(c.callee(n), "context.AfterFunc") {
			return nil // to run when the context ends is what it is for
		}
		for i, arg := range n.Args {
			lit, ok := ast.Unparen(arg).(*ast.FuncLit)
			if !ok || !c.effects.Async(n, i) || c.awaited(n) || c.answers(m, n) {
				continue
			}
			if use := c.usesIn(lit, held, 0); use != nil {
				name := "call"
				if fn := c.callee(n); fn != nil {
					name = fn.Name()
				}
				return []goroutine{{use: use, what: name, pos: n.Pos(), body: lit}}
			}
		}
		return nil
	}
	var gs []goroutine
	for i, v := range paramVars(c.info, d) {
		if v == nil || !isContext(v.Type()) || i >= len(n.Args) || !c.isHeld(n.Args[i], held) {
			continue
		}
		for _, g := range c.left(next, v, direct, depth+1) {
			g.steps = append([]Step{{c.label(next), g.use.Pos()}}, g.steps...)
			g.use = n.Args[i]
			gs = append(gs, g)
		}
	}
	return gs
}

// answers tells whether a function takes what a goroutine sends it, or hears that
// it is over: if it does not stay for that, it is the context that has ended,
// and the goroutine with it. What is sent again and again, in a loop without an
// end of its own, is no answer.
func (c *checker) answers(m method, started *ast.CallExpr) bool {
	// A channel is told by its field, whoever's it is, or by its variable.
	channel := func(e ast.Expr) types.Object {
		if v := c.fieldOf(e); v != nil {
			return v
		}
		if id, ok := ast.Unparen(e).(*ast.Ident); ok {
			return c.info.Uses[id]
		}
		return nil
	}
	sent := make(map[types.Object]bool)
	sends := func(body ast.Node) {
		ast.Inspect(body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ForStmt:
				return n.Init != nil
			case *ast.SendStmt:
				sent[channel(n.Chan)] = true
			case *ast.CallExpr:
				if isBuiltin(c.info, n.Fun, "close") && len(n.Args) == 1 {
					sent[channel(n.Args[0])] = true
				}
			}
			return true
		})
	}
	sends(started)
	if b, ok := c.function(started.Fun); ok {
		sends(b.body)
	}
	for _, arg := range started.Args {
		if t := c.info.TypeOf(arg); t != nil {
			if _, ok := t.Underlying().(*types.Chan); ok {
				sent[channel(arg)] = true
			}
		}
	}
	delete(sent, nil)
	found := false
	c.own(m.body, []ast.Node{(*ast.UnaryExpr)(nil), (*ast.RangeStmt)(nil)}, func(cur inspector.Cursor) {
		switch n := cur.Node().(type) {
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW && sent[channel(n.X)]
		case *ast.RangeStmt:
			found = found || sent[channel(n.X)]
		}
	})
	return found
}

// awaited tells whether the function in which a call of a method lies waits for
// what the method's receiver runs, by whatever name: g.Go and then g.WaitChan.
func (c *checker) awaited(n *ast.CallExpr) bool {
	sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	on, ok := ast.Unparen(sel.X).(*ast.Ident)
	if !ok {
		return false
	}
	group := c.info.Uses[on]
	m, ok := c.around(n)
	if !ok || group == nil {
		return false
	}
	found := false
	ast.Inspect(m.body, func(x ast.Node) bool {
		if s, ok := x.(*ast.SelectorExpr); ok && strings.Contains(s.Sel.Name, "Wait") {
			id, ok := ast.Unparen(s.X).(*ast.Ident)
			found = found || ok && c.info.Uses[id] == group
		}
		return !found
	})
	return found
}

func paramVars(info *types.Info, d *ast.FuncDecl) []*types.Var {
	var vars []*types.Var
	for _, field := range d.Type.Params.List {
		for _, id := range field.Names {
			v, _ := info.Defs[id].(*types.Var)
			vars = append(vars, v)
		}
		if len(field.Names) == 0 {
			vars = append(vars, nil)
		}
	}
	return vars
}

func (c *checker) isHeld(e ast.Expr, held map[*types.Var]bool) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := c.info.Uses[id].(*types.Var)
	return ok && held[v]
}

// derived returns the variables of a function that hold its context v or one
// made from it. It returns nil where v is given a value that is not.
func (c *checker) derived(body ast.Node, v *types.Var) map[*types.Var]bool {
	held := map[*types.Var]bool{v: true}
	cur, ok := c.cursors[body]
	if !ok {
		return nil
	}
	for range 3 { // a context of a context of a context
		for n := range cur.Preorder((*ast.AssignStmt)(nil)) {
			a := n.Node().(*ast.AssignStmt)
			for i, l := range a.Lhs {
				id, ok := l.(*ast.Ident)
				if !ok || !isContext(c.info.TypeOf(l)) {
					continue
				}
				w, ok := c.info.ObjectOf(id).(*types.Var)
				if !ok {
					continue
				}
				value := a.Rhs[0]
				if len(a.Lhs) == len(a.Rhs) {
					value = a.Rhs[i]
				}
				switch from := c.madeFrom(value, held); {
				case from && (w == v || c.defs[w] != nil && c.defs[w].writes == 1):
					held[w] = true
				case !from && w == v:
					return nil
				}
			}
		}
	}
	return held
}

// madeFrom tells whether a context is one of those held, or made from it.
func (c *checker) madeFrom(e ast.Expr, held map[*types.Var]bool) bool {
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		return c.isHeld(x, held)
	case *ast.CallExpr:
		if isFunc(c.callee(x), "context.WithoutCancel") {
			return false
		}
		return slices.ContainsFunc(x.Args, func(arg ast.Expr) bool { return c.madeFrom(arg, held) })
	}
	return false
}

// usesIn returns the first use of a context within a node that heeds its end or
// may do so: not one that only reads its values, or logs.
func (c *checker) usesIn(n ast.Node, held map[*types.Var]bool, depth int) ast.Node {
	var found ast.Node
	var stack []ast.Node
	ast.Inspect(n, func(x ast.Node) bool {
		if x == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		stack = append(stack, x)
		if id, ok := x.(*ast.Ident); ok && found == nil {
			if v, ok := c.info.Uses[id].(*types.Var); ok && held[v] && c.heeds(stack, depth) {
				found = id
			}
		}
		return true
	})
	return found
}

// heeds tells whether a use of a context, the last of the stack, is of its end.
func (c *checker) heeds(stack []ast.Node, depth int) bool {
	for i := len(stack) - 1; i > 0; i-- {
		switch p := stack[i-1].(type) {
		case *ast.ParenExpr:
			continue
		case *ast.SelectorExpr:
			return p.Sel.Name == "Done" || p.Sel.Name == "Err"
		case *ast.CallExpr:
			arg := slices.IndexFunc(p.Args, func(a ast.Expr) bool { return a == stack[i] })
			if arg < 0 {
				return false
			}
			fn := c.callee(p)
			if fn != nil && c.returnsContext(fn) {
				if isFunc(fn, "context.WithoutCancel") {
					return false
				}
				continue // what is made from it is used here, or kept in a variable that is followed
			}
			if next, ok := c.function(p.Fun); ok {
				if depth > 3 {
					return false
				}
				return c.paramHeeded(next, arg, depth+1)
			}
			return !valuesOnly(fn, p)
		default:
			return false
		}
	}
	return false
}

func (c *checker) returnsContext(fn *types.Func) bool {
	for r := range fn.Signature().Results().Variables() {
		if isContext(r.Type()) {
			return true
		}
	}
	return false
}

// paramHeeded tells whether a function of the package heeds the end of the
// context that it is given.
func (c *checker) paramHeeded(m method, arg, depth int) bool {
	var params []*types.Var
	switch f := m.body.(type) {
	case *ast.FuncDecl:
		params = paramVars(c.info, f)
	case *ast.FuncLit:
		params = paramVars(c.info, &ast.FuncDecl{Type: f.Type})
	}
	if arg >= len(params) || params[arg] == nil {
		return false
	}
	held := c.derived(m.body, params[arg])
	if held == nil {
		return false
	}
	var body ast.Node
	switch f := m.body.(type) {
	case *ast.FuncDecl:
		body = f.Body
	case *ast.FuncLit:
		body = f.Body
	}
	return c.usesIn(body, held, depth) != nil
}

// valuesOnly tells whether a function of another package takes a context for the
// values in it: to log, to record a measurement, to find something in it.
func valuesOnly(fn *types.Func, call *ast.CallExpr) bool {
	name, path := "", ""
	if fn != nil {
		name = fn.Name()
		if fn.Pkg() != nil {
			path = fn.Pkg().Path()
		}
	} else if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		name = sel.Sel.Name
	}
	if strings.Contains(name, "FromContext") || strings.Contains(name, "FromCtx") || strings.Contains(path, "otel/metric") || strings.Contains(path, "otel/log") {
		return true
	}
	if slices.Contains(strings.Split(path, "/"), "slog") || strings.HasSuffix(path, "/zap") {
		return true
	}
	for _, level := range []string{"Debug", "Info", "Warn", "Error", "Trace", "Log", "Print"} {
		rest, ok := strings.CutPrefix(name, level)
		if ok && (rest == "" || slices.Contains([]string{"f", "w", "ln", "Context", "Ctx", "fContext", "fCtx", "ing", "Attrs", "ingf"}, rest)) {
			return true
		}
	}
	return false
}

// otherEnd tells whether a goroutine may be ended by something beside the
// context: it receives from something that is no Done channel and no clock, or
// is not known.
func (c *checker) otherEnd(body ast.Node) bool {
	if body == nil {
		return true
	}
	return c.receives(body, make(map[ast.Node]bool), 0)
}

// endsHandler tells whether a goroutine does no more than to wait for the end of
// its context, as a second way to stop the handler.
func (c *checker) endsHandler(l *life, body ast.Node) bool {
	cur, ok := c.cursors[body]
	if !ok {
		return true
	}
	for n := range cur.Preorder((*ast.UnaryExpr)(nil), (*ast.CallExpr)(nil)) {
		switch x := n.Node().(type) {
		case *ast.UnaryExpr:
			if k, _ := n.ParentEdge(); k == edge.ExprStmt_X && x.Op == token.ARROW && isDone(x.X) {
				if k, _ := n.Parent().ParentEdge(); k != edge.CommClause_Comm {
					return true
				}
			}
		case *ast.CallExpr:
			if next, ok := c.function(x.Fun); ok && slices.ContainsFunc(l.stop, func(m method) bool { return m.body == next.body }) {
				return true
			}
		}
	}
	return false
}

func (c *checker) receives(body ast.Node, seen map[ast.Node]bool, depth int) bool {
	if seen[body] || depth > maxDepth {
		return false
	}
	seen[body] = true
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.UnaryExpr:
			if n.Op == token.ARROW && !c.isTimeChan(n.X) && !isDone(n.X) {
				found = true
			}
		case *ast.RangeStmt:
			if t := c.info.TypeOf(n.X); t != nil && !c.isTimeChan(n.X) {
				_, ok := t.Underlying().(*types.Chan)
				found = found || ok
			}
		case *ast.CallExpr:
			if next, ok := c.function(n.Fun); ok && next.fn != nil {
				found = found || c.receives(next.body, seen, depth+1)
			}
		}
		return !found
	})
	return found
}

func isDone(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Done"
}

// waitsOn tells whether a start runs as long as its context does: it waits for
// its end, or for something else, itself.
func (c *checker) waitsOn(body ast.Node) bool {
	found := false
	c.own(body, []ast.Node{(*ast.UnaryExpr)(nil), (*ast.CallExpr)(nil), (*ast.RangeStmt)(nil)}, func(cur inspector.Cursor) {
		switch n := cur.Node().(type) {
		case *ast.UnaryExpr:
			kind, _ := cur.Parent().ParentEdge()
			found = found || n.Op == token.ARROW && (isDone(n.X) || kind != edge.CommClause_Comm)
		case *ast.CallExpr:
			if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok {
				found = found || sel.Sel.Name == "Wait" || sel.Sel.Name == "Run"
			}
		}
	})
	return found
}
