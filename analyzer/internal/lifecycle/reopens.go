package lifecycle

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// An event is what a stop does to a signal of its handler, or that it waits.
type event struct {
	kind  eventKind
	place string // the fields that lead to it from the receiver
	field *types.Var
	path  []inspector.Cursor // the calls that lead to it, and it
	late  bool               // deferred in the stop itself
}

type eventKind uint8

const (
	signalClosed eventKind = iota
	signalRemade
	flagTrue
	flagFalse
	waited
)

// clears tells whether an event takes back the other.
func (e *event) clears(s *event) bool {
	if e.place != s.place || e.field != s.field {
		return false
	}
	switch s.kind {
	case signalClosed:
		return e.kind == signalRemade
	case flagTrue:
		return e.kind == flagFalse
	case flagFalse:
		return e.kind == flagTrue
	}
	return false
}

// reopens reports a stop that gives a signal and takes it back before what
// listens can have heard it.
func (c *checker) reopens(l *life, m method) {
	decl, ok := m.body.(*ast.FuncDecl)
	if !ok {
		return
	}
	events := c.events(decl, "", nil, make(map[*ast.FuncDecl]bool))
	inStop := c.reached(l.stop...)
	for i := range events {
		set := &events[i]
		if set.kind == waited || set.late {
			continue
		}
		for j := range events {
			clear := &events[j]
			if !clear.clears(set) || !follows(set, clear) {
				continue
			}
			between := slices.ContainsFunc(events, func(w event) bool {
				return w.kind == waited && (w.late || after(&w, set)) && (clear.late || after(clear, &w))
			})
			if between {
				continue
			}
			reader, ok := c.reader(l, set, inStop)
			if !ok {
				continue
			}
			c.reopened(l, m, set, clear, reader)
			break
		}
	}
}

func (c *checker) reopened(l *life, m method, set, clear *event, reader reading) {
	node := clear.path[len(clear.path)-1].Node()
	did, undid, why := "closes", "makes it anew", "sees a channel that is open again"
	switch {
	case set.kind == signalClosed && c.setsNil(node):
		undid, why = "sets it to nil", "waits for a channel that never comes"
	case set.kind == flagTrue:
		did, undid, why = "sets", "clears it", "sees it as it was"
	case set.kind == flagFalse:
		did, undid, why = "clears", "sets it", "sees it as it was"
	}
	signal := strings.TrimPrefix(set.place, ".")
	steps := []Step{{c.label(m), clear.path[0].Node().Pos()}}
	for i, p := range clear.path[:len(clear.path)-1] {
		if next, ok := c.function(p.Node().(*ast.CallExpr).Fun); ok {
			steps = append(steps, Step{c.label(next), clear.path[i+1].Node().Pos()})
		}
	}
	c.report(Finding{
		Rule: StopReopens, Node: node, Handler: l.Name, Method: m.name, Chain: steps,
		Says: fmt.Sprintf("%s %s %s and %s before what listens has heard it: %s (%s at %s, then this at %s), and %s at %s %s; wait for it in between, or do this in the next %s",
			m.name, did, signal, undid, chain(steps), signalWord(set.kind), c.at(set.path[len(set.path)-1].Node().Pos()), c.at(node.Pos()),
			reader.function, c.at(reader.pos), why, startName(l)),
	})
}

func signalWord(k eventKind) string {
	if k == signalClosed {
		return "close"
	}
	return "set"
}

func startName(l *life) string {
	if len(l.Start) > 0 {
		return l.Start[0]
	}
	return "start"
}

func (c *checker) setsNil(n ast.Node) bool {
	a, ok := n.(*ast.AssignStmt)
	if !ok {
		return false
	}
	for _, r := range a.Rhs {
		if c.info.Types[r].IsNil() {
			return true
		}
	}
	return false
}

var eventNodes = []ast.Node{(*ast.CallExpr)(nil), (*ast.AssignStmt)(nil), (*ast.UnaryExpr)(nil), (*ast.RangeStmt)(nil), (*ast.SelectStmt)(nil)}

// events returns what a method does to signals reached from its receiver, in
// source order, the methods that it calls on the receiver included.
func (c *checker) events(decl *ast.FuncDecl, prefix string, path []inspector.Cursor, seen map[*ast.FuncDecl]bool) []event {
	if seen[decl] || len(path) > maxDepth || decl.Recv == nil || len(decl.Recv.List) == 0 || len(decl.Recv.List[0].Names) == 0 {
		return nil
	}
	seen[decl] = true
	recv, _ := c.info.Defs[decl.Recv.List[0].Names[0]].(*types.Var)
	if recv == nil {
		return nil
	}
	var es []event
	c.own(decl, eventNodes, func(cur inspector.Cursor) {
		here := append(slices.Clone(path), cur)
		add := func(kind eventKind, e ast.Expr) {
			ev := event{kind: kind, path: here, late: deferred(cur)}
			if e != nil {
				root, sel, leaf := c.fieldPlace(e)
				if root != recv || leaf == nil {
					return
				}
				ev.place, ev.field = prefix+sel, leaf
			}
			es = append(es, ev)
		}
		switch n := cur.Node().(type) {
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				add(waited, nil)
			}
		case *ast.RangeStmt:
			if t := c.info.TypeOf(n.X); t != nil {
				if _, ok := t.Underlying().(*types.Chan); ok {
					add(waited, nil)
				}
			}
		case *ast.AssignStmt:
			if len(n.Lhs) != len(n.Rhs) || n.Tok != token.ASSIGN {
				return
			}
			for i, e := range n.Lhs {
				t := c.info.TypeOf(e)
				if t == nil {
					continue
				}
				if _, ok := t.Underlying().(*types.Chan); ok {
					if c.isMake(n.Rhs[i]) {
						add(signalRemade, e)
					}
				} else if kind, ok := c.flagValue(n.Rhs[i]); ok {
					add(kind, e)
				}
			}
		case *ast.CallExpr:
			c.callEvents(n, add)
			if fun, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok {
				next, ok := c.function(fun)
				d, isDecl := next.body.(*ast.FuncDecl)
				if root, sel, _ := c.fieldPlace(fun.X); ok && isDecl && root == recv {
					inner := c.events(d, prefix+sel, here, seen)
					for i := range inner {
						inner[i].late = inner[i].late && len(path) > 0 || deferred(cur)
					}
					es = append(es, inner...)
				}
			}
		}
	})
	return es
}

// callEvents adds what a call itself does to a signal.
func (c *checker) callEvents(n *ast.CallExpr, add func(eventKind, ast.Expr)) {
	if isBuiltin(c.info, n.Fun, "close") && len(n.Args) == 1 {
		add(signalClosed, n.Args[0])
		return
	}
	name := ""
	var on ast.Expr
	switch f := ast.Unparen(n.Fun).(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name, on = f.Sel.Name, f.X
	}
	fn := c.callee(n)
	if fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "sync/atomic" && len(n.Args) > 0 {
		value := n.Args[len(n.Args)-1]
		if fn.Signature().Recv() == nil {
			on = n.Args[0]
		}
		if kind, ok := c.flagValue(value); ok && !strings.HasPrefix(name, "Add") {
			add(kind, on)
		}
		return
	}
	if waits(name) {
		add(waited, nil)
	}
}

// waits tells whether a call may wait for what a signal ends: it is named for
// it, or ends something itself and may wait for that.
func waits(name string) bool {
	lower := strings.ToLower(name)
	for _, word := range []string{"wait", "join", "drain", "sleep", "shutdown", "close", "stop"} {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return false
}

// flagValue tells which state of a flag a constant is.
func (c *checker) flagValue(e ast.Expr) (eventKind, bool) {
	v := c.info.Types[e].Value
	if v == nil {
		return 0, false
	}
	switch v.Kind() {
	case constant.Bool:
		if constant.BoolVal(v) {
			return flagTrue, true
		}
		return flagFalse, true
	case constant.Int:
		if constant.Sign(v) == 0 {
			return flagFalse, true
		}
		if n, ok := constant.Int64Val(v); ok && n == 1 {
			return flagTrue, true
		}
	}
	return 0, false
}

// fieldPlace returns the variable that a chain of fields starts at, the fields,
// and the last of them, looking through variables that are assigned once.
func (c *checker) fieldPlace(e ast.Expr) (root *types.Var, sel string, leaf *types.Var) {
	for range 2 * maxAlias {
		switch x := ast.Unparen(e).(type) {
		case *ast.UnaryExpr:
			if x.Op != token.AND {
				return nil, "", nil
			}
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.SelectorExpr:
			s := c.info.Selections[x]
			if s == nil || s.Kind() != types.FieldVal {
				return nil, "", nil
			}
			names := ""
			for _, v := range fieldPath(s) {
				names += "." + v.Name()
			}
			if leaf == nil {
				leaf = s.Obj().(*types.Var).Origin()
			}
			sel = names + sel
			e = x.X
		case *ast.Ident:
			v, ok := c.info.Uses[x].(*types.Var)
			if !ok {
				return nil, "", nil
			}
			if next := c.single(v); next != nil {
				if _, ok := ast.Unparen(next).(*ast.CallExpr); !ok {
					e = next
					continue
				}
			}
			return v, sel, leaf
		default:
			return nil, "", nil
		}
	}
	return nil, "", nil
}

func deferred(cur inspector.Cursor) bool {
	for e := range cur.Enclosing((*ast.DeferStmt)(nil), (*ast.FuncDecl)(nil)) {
		_, ok := e.Node().(*ast.DeferStmt)
		return ok
	}
	return false
}

// follows tells whether b happens on a path on which a has happened.
func follows(a, b *event) bool {
	if b.late {
		return true
	}
	return after(b, a) && samePath(a, b)
}

// after tells whether b stands after a.
func after(b, a *event) bool {
	x, y := fork(a, b)
	return x != nil && x.Node().Pos() < y.Node().Pos()
}

// fork returns the nodes of one function at which the paths of two events part.
func fork(a, b *event) (x, y *inspector.Cursor) {
	for i := range min(len(a.path), len(b.path)) {
		if a.path[i].Node() != b.path[i].Node() {
			return &a.path[i], &b.path[i]
		}
	}
	return nil, nil
}

// samePath tells whether what follows a in the source follows it when it runs: b
// is not in another branch, and a's does not end before.
func samePath(a, b *event) bool {
	x, y := fork(a, b)
	for c := *x; ; {
		parent := c.Parent()
		n := parent.Node()
		if n == nil {
			return false
		}
		if n.Pos() <= y.Node().Pos() && y.Node().End() <= n.End() {
			// Here they part.
			switch n.(type) {
			case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
				return false
			case *ast.BlockStmt:
				kind, _ := parent.ParentEdge()
				return kind != edge.SwitchStmt_Body && kind != edge.TypeSwitchStmt_Body && kind != edge.SelectStmt_Body
			case *ast.IfStmt:
				kind, _ := c.ParentEdge()
				return kind != edge.IfStmt_Body
			}
			return true
		}
		var list []ast.Stmt
		switch s := n.(type) {
		case *ast.BlockStmt:
			list = s.List
		case *ast.CaseClause:
			list = s.Body
		case *ast.CommClause:
			list = s.Body
		}
		kind, _ := parent.ParentEdge()
		if len(list) > 0 && kind != edge.FuncLit_Body {
			switch list[len(list)-1].(type) {
			case *ast.ReturnStmt, *ast.BranchStmt:
				return false
			}
		}
		c = parent
	}
}

// A reading is a place that listens to a signal.
type reading struct {
	function string
	pos      token.Pos
}

// reader returns a place outside of stop that reads a signal anew each time: in
// a loop, or in a hot method.
func (c *checker) reader(l *life, set *event, inStop map[ast.Node]bool) (reading, bool) {
	inHot := c.reached(l.hot...)
	for _, u := range c.fields[set.field] {
		if inStop[u.decl] || u.decl == nil || l.runtime() && inHot[u.decl] {
			continue // for package runtime, nothing hot runs once stop has begun
		}
		reads := false
		if set.kind == signalClosed {
			reads = u.kind == useRecv || u.kind == useRange
		} else {
			reads = c.asked(u) && (leavesBy(u.cur) || inHot[u.decl] && meansEnd(set.field.Name()))
		}
		if !reads || !inHot[u.decl] && !looped(u.cur, u.kind) {
			continue
		}
		if m, ok := c.around(u.cur.Node()); ok {
			return reading{c.label(m), u.cur.Node().Pos()}, true
		}
	}
	return reading{}, false
}

// leavesBy tells whether a condition is that of a loop, or one under which a loop
// is left.
func leavesBy(cur inspector.Cursor) bool {
	for e := range cur.Enclosing((*ast.IfStmt)(nil), (*ast.ForStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch n := e.Node().(type) {
		case *ast.ForStmt:
			return n.Cond != nil && n.Cond.Pos() <= cur.Node().Pos() && cur.Node().End() <= n.Cond.End()
		case *ast.IfStmt:
			leaves := false
			ast.Inspect(n, func(x ast.Node) bool {
				switch x := x.(type) {
				case *ast.ReturnStmt:
					leaves = true
				case *ast.BranchStmt:
					leaves = leaves || x.Tok == token.BREAK || x.Tok == token.GOTO
				}
				return !leaves
			})
			return leaves && looped(e, useOther)
		default:
			return false
		}
	}
	return false
}

// meansEnd tells whether a flag's name says that it is about the handler's end.
// A flag that a hot method reads may as well say that stop is busy.
func meansEnd(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{"stop", "clos", "done", "quit", "shut", "ended", "exit", "finish", "terminat", "cancel", "dead", "running", "alive", "open", "active", "started"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// looped tells whether a node is evaluated again and again by one function.
func looped(cur inspector.Cursor, kind useKind) bool {
	for e := range cur.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch n := e.Node().(type) {
		case *ast.ForStmt:
			return true
		case *ast.RangeStmt:
			if kind != useRange || n.X.End() <= cur.Node().Pos() {
				return true
			}
		default:
			return false
		}
	}
	return false
}

// asked tells whether a use of a flag decides about something: it stands in a
// condition, itself or by the Load of an atomic.
func (c *checker) asked(u fieldUse) bool {
	switch u.kind {
	case useOther, useCompare:
	case useMethod:
		if u.name != "Load" {
			return false
		}
	default:
		return false
	}
	for cur := u.cur; ; {
		kind, _ := cur.ParentEdge()
		switch kind {
		case edge.IfStmt_Cond, edge.ForStmt_Cond, edge.SwitchStmt_Tag:
			return true
		case edge.UnaryExpr_X, edge.BinaryExpr_X, edge.BinaryExpr_Y, edge.ParenExpr_X, edge.CallExpr_Fun, edge.CallExpr_Args, edge.CaseClause_List:
		default:
			return false
		}
		cur = cur.Parent()
	}
}
