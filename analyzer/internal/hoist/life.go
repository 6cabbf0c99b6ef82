package hoist

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"time"

	"github.com/emitcheck/emitcheck/analyzer/internal/effect"
	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// A life says how long a goroutine runs, and what ends it. A goroutine is moved
// only if it is seen to last as long as the session, and if everything that it
// waits for is over once stop has given its signals: stop will wait for it.
type life struct {
	long    bool            // it runs until something ends it
	clauses [][]signal      // each of its waits and endless loops, with what ends it
	streams []types.Object  // the channels that it sends to again and again
	takes   []types.Object  // the channels that it receives from
	closes  []types.Object  // the channels that it closes
	fields  []*types.Var    // the fields that it reads
	decls   []*ast.FuncDecl // the functions of the package that it runs
	locks   bool            // it takes a lock
	done    []*types.Var    // the WaitGroups that it tells its end
	hurdle  *Obstacle       // what speaks against moving it
}

// A signal is what may end a wait: the context that the goroutine is given, or
// what a field holds (a channel that is closed, a context that is cancelled, a
// flag that is set, a connection that is closed).
type signal struct {
	own   bool
	path  string // from the handler: ".session.quit"
	field *types.Var
	flag  flagValue // the value of a flag that ends it
	by    string    // the method of what the field holds that ends it: "Close"
}

// A flagValue is what a flag has to be.
type flagValue uint8

const (
	noFlag flagValue = iota
	flagSet
	flagCleared
)

// A lifer walks through what a goroutine runs.
type lifer struct {
	f       *Fixer
	l       *life
	env     map[types.Object]binding
	stack   []*ast.FuncDecl
	errs    map[types.Object]signal // errors that tell the end of a context
	oks     map[types.Object]signal // what a receive says of its channel: false when it is closed
	yields  map[types.Object]bool   // functions that are known not to wait
	known   bool                    // what the goroutine runs is at hand
	literal ast.Node                // the body of the goroutine's own literal
	finite  int                     // how many loops around that end by themselves
}

// A binding is what a variable stands for: a context's signal, or the variable
// that the caller passes for it.
type binding struct {
	ctx    *signal
	v      types.Object
	path   string // from the handler, where inside is set: what v stands for
	inside bool
}

// maxLife bounds how deep calls are followed.
const maxLife = 6

// lifeOf returns the life of a goroutine that a function starts with call. What
// is known of the function's contexts is that they are the call's own; its
// receiver is the handler.
func (f *Fixer) lifeOf(call *ast.CallExpr, in *ast.FuncDecl) *life {
	w := &lifer{f: f, l: new(life), env: make(map[types.Object]binding), errs: make(map[types.Object]signal), oks: make(map[types.Object]signal)}
	for o := range f.contexts(in) {
		w.env[o] = binding{ctx: &signal{own: true}}
	}
	if r := f.receiverOf(in); r != nil {
		w.env[r] = binding{inside: true}
	}
	w.known = w.called(call, true, false)
	if !w.known && w.l.hurdle == nil {
		w.l.hurdle = obstacle("unknown", "what %s runs is not known here", short(f.pass.Fset, call.Fun))
	}
	if !w.l.long && (w.l.hurdle == nil || w.l.hurdle.Kind == "pair" || w.l.hurdle.Kind == "waits" || w.l.hurdle.Kind == "unknown" && w.known) {
		w.l.hurdle = obstacle("ends", "it is not seen to last as long as the session")
	}
	return w.l
}

func (w *lifer) hurdle(kind, format string, args ...any) {
	if w.l.hurdle == nil {
		w.l.hurdle = obstacle(kind, format, args...)
	}
}

// called walks through the function that a call runs, if it is known.
func (w *lifer) called(call *ast.CallExpr, first, loop bool) bool {
	fun := ast.Unparen(call.Fun)
	if lit := w.f.literal(fun); lit != nil {
		if first {
			w.literal = lit.Body
		}
		w.params(lit.Type, call.Args, first)
		w.body(lit.Body, loop)
		return true
	}
	decl := w.f.declOf(fun)
	if decl == nil {
		return false
	}
	if slices.Contains(w.stack, decl) {
		w.hurdle("endless", "it calls itself")
		return true
	}
	if w.f.lifecycle[decl] {
		w.hurdle("waits", "it calls %s", decl.Name.Name)
		return true
	}
	if len(w.stack) >= maxLife {
		w.hurdle("unknown", "what it does is too deep to be followed")
		return true
	}
	if src, o := w.f.source(decl.Pos()); o == nil {
		if c := constraint(src); c != "" && c != w.f.tags {
			w.hurdle("tags", "%s is another one on other systems", decl.Name.Name)
		}
	}
	if !slices.Contains(w.l.decls, decl) {
		w.l.decls = append(w.l.decls, decl)
	}
	w.stack = append(w.stack, decl)
	args := call.Args
	if r := w.f.receiverOf(decl); r != nil {
		if w.f.locals[r] != nil {
			w.hurdle("receiver", "%s gives its receiver another value", decl.Name.Name)
		}
		w.env[r] = binding{}
		if sel, ok := w.f.selector(fun); ok {
			if w.f.info.Selections[sel].Kind() == types.MethodVal {
				w.env[r] = w.receiver(sel)
			} else if len(args) > 0 { // a method expression
				w.env[r] = w.bind(args[0])
				args = args[1:]
			}
		}
	}
	w.params(decl.Type, args, first)
	w.body(decl.Body, loop)
	w.stack = w.stack[:len(w.stack)-1]
	return true
}

// receiver says what a method is called on, the embedded fields that it is
// promoted through included.
func (w *lifer) receiver(sel *ast.SelectorExpr) binding {
	b := w.bind(sel.X)
	if b.inside {
		s := w.f.info.Selections[sel]
		b.path += fieldPath(s.Recv(), s.Index()[:len(s.Index())-1])
	}
	return b
}

// params binds the params of a function to the args of a call; the contexts of
// one that is started without args are its own.
func (w *lifer) params(ft *ast.FuncType, args []ast.Expr, first bool) {
	i := 0
	for _, field := range ft.Params.List {
		n := max(len(field.Names), 1)
		for k := range n {
			if k < len(field.Names) {
				obj := w.f.info.Defs[field.Names[k]]
				switch {
				case obj == nil:
				case i < len(args):
					w.env[obj] = w.bind(args[i])
				case first && len(args) == 0 && isContext(obj.Type()):
					w.env[obj] = binding{ctx: &signal{own: true}}
				}
			}
			i++
		}
	}
}

// bind says what an expression stands for.
func (w *lifer) bind(e ast.Expr) binding {
	e = ast.Unparen(e)
	if isContext(w.f.info.TypeOf(e)) {
		return binding{ctx: w.context(e)}
	}
	switch x := e.(type) {
	case *ast.Ident:
		obj := w.f.info.Uses[x]
		if b, ok := w.env[obj]; ok {
			return b
		}
		if d := w.f.single(obj); d != nil {
			if b := w.bind(d); b.v != nil {
				return b
			}
		}
		if v, ok := obj.(*types.Var); ok {
			return binding{v: v.Origin()}
		}
	case *ast.SelectorExpr:
		if v := fieldOf(w.f.info, x); v != nil {
			b := w.bind(x.X)
			if !b.inside {
				return binding{v: v}
			}
			s := w.f.info.Selections[x]
			return binding{v: v, path: b.path + fieldPath(s.Recv(), s.Index()), inside: true}
		}
	case *ast.UnaryExpr:
		return w.bind(x.X)
	case *ast.StarExpr:
		return w.bind(x.X)
	case *ast.CallExpr:
		if tv := w.f.info.Types[x.Fun]; tv.IsType() && len(x.Args) == 1 {
			return w.bind(x.Args[0])
		}
	}
	return binding{}
}

// derivations are the functions of package context whose result ends with the
// context that they are given.
var derivations = []string{"WithCancel", "WithCancelCause", "WithTimeout", "WithTimeoutCause", "WithDeadline", "WithDeadlineCause", "WithValue"}

// context returns the signal that a context ends with; nil if none is known.
func (w *lifer) context(e ast.Expr) *signal {
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		obj := w.f.info.Uses[x]
		if b, ok := w.env[obj]; ok {
			if w.f.locals[obj] != nil {
				return nil // it is given another value
			}
			return b.ctx
		}
		if d, _ := w.f.definition(obj); d != nil {
			return w.context(d)
		}
	case *ast.SelectorExpr:
		return w.field(x)
	case *ast.CallExpr:
		if isPkgFunc(w.f.function(x.Fun), "context", derivations...) {
			return w.context(x.Args[0])
		}
		// A session's own: h.session.Context().
		if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && len(x.Args) == 0 && isNamed(w.f.info.TypeOf(sel.X), runtimePath, "Session") {
			return w.field(sel.X)
		}
	}
	return nil
}

// field returns what a field of the handler holds as a signal; nil for other
// fields.
func (w *lifer) field(e ast.Expr) *signal {
	v := fieldOf(w.f.info, e)
	if v == nil {
		return nil
	}
	w.read(v)
	if b := w.binding(e); b.inside {
		return &signal{path: b.path, field: v}
	}
	return nil
}

// binding is bind for fields that hold contexts too.
func (w *lifer) binding(e ast.Expr) binding {
	x, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return w.bind(e)
	}
	b := w.bind(x.X)
	if !b.inside {
		return binding{}
	}
	s := w.f.info.Selections[x]
	return binding{v: s.Obj(), path: b.path + fieldPath(s.Recv(), s.Index()), inside: true}
}

func (w *lifer) read(v *types.Var) {
	if !slices.Contains(w.l.fields, v) {
		w.l.fields = append(w.l.fields, v)
	}
}

// body walks through statements in order. loop says whether they are in a loop.
func (w *lifer) body(n ast.Node, loop bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		if n == nil {
			return false
		}
		switch x := n.(type) {
		case *ast.FuncLit:
			w.body(x.Body, loop)
			return false
		case *ast.DeferStmt:
			if contains(x, isWait) {
				w.hurdle("pair", "what it does at its end is one call's")
			}
		case *ast.GoStmt:
			w.hurdle("nested", "it starts goroutines of its own")
		case *ast.SelectorExpr:
			if v := fieldOf(w.f.info, x); v != nil && w.binding(x).inside {
				w.read(v)
			}
		case *ast.AssignStmt:
			w.assign(x)
		case *ast.LabeledStmt:
			switch l := x.Stmt.(type) {
			case *ast.ForStmt:
				w.forStmt(l, x.Label.Name, loop)
				return false
			case *ast.RangeStmt:
				w.rangeStmt(l, x.Label.Name, loop)
				return false
			}
		case *ast.BranchStmt:
			if x.Tok == token.GOTO {
				w.hurdle("endless", "its loop is not seen to end")
			}
		case *ast.ForStmt:
			w.forStmt(x, "", loop)
			return false
		case *ast.RangeStmt:
			w.rangeStmt(x, "", loop)
			return false
		case *ast.SelectStmt:
			w.selectStmt(x, loop)
			return false
		case *ast.SendStmt:
			b := w.bind(x.Chan)
			w.sends(b.v, loop)
			w.hurdle("waits", "it would keep stop waiting where it sends on %s", short(w.f.pass.Fset, x.Chan))
		case *ast.UnaryExpr:
			if x.Op == token.ARROW {
				w.receive(x.X, loop)
			}
		case *ast.CallExpr:
			return w.call(x, loop)
		}
		return true
	})
}

func (w *lifer) sends(ch types.Object, loop bool) {
	if !loop {
		w.hurdle("pair", "what it sends outside its loop is one call's")
	}
	if ch != nil && loop && !slices.Contains(w.l.streams, ch) {
		w.l.streams = append(w.l.streams, ch)
	}
}

// assign notes which errors tell that a context has ended, and which variables
// that a channel is closed.
func (w *lifer) assign(x *ast.AssignStmt) {
	if len(x.Rhs) != 1 {
		return
	}
	id, ok := ast.Unparen(x.Lhs[len(x.Lhs)-1]).(*ast.Ident)
	if !ok {
		return
	}
	obj := w.f.info.ObjectOf(id)
	if obj == nil || id.Name == "_" {
		return
	}
	if l := w.f.locals[obj]; l == nil || l.writes != 1 {
		return // it may say something else when it is asked
	}
	switch r := ast.Unparen(x.Rhs[0]).(type) {
	case *ast.CallExpr:
		// What a function of the package returns then is not looked at.
		if s := w.passed(r); s != nil && isErrorType(obj.Type()) && w.f.declOf(r.Fun) == nil {
			w.errs[obj] = *s
		}
	case *ast.UnaryExpr:
		if s := w.signalOf(r.X); r.Op == token.ARROW && len(x.Lhs) == 2 && s != nil {
			w.oks[obj] = *s
		}
	}
}

// passed returns the signal of the context that a call is given, or of what it
// waits on.
func (w *lifer) passed(call *ast.CallExpr) *signal {
	for _, arg := range call.Args {
		if isContext(w.f.info.TypeOf(arg)) {
			return w.context(arg)
		}
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		if sel.Sel.Name == "Err" {
			return w.context(sel.X)
		}
		if transfers[sel.Sel.Name] {
			if s := w.field(sel.X); s != nil {
				s.by = "Close"
				return s
			}
		}
	}
	return nil
}

// signalOf returns what ends a receive from a channel: the end of the context
// whose it is, or its being closed.
func (w *lifer) signalOf(ch ast.Expr) *signal {
	if call, ok := ast.Unparen(ch).(*ast.CallExpr); ok {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "Done" {
			return w.context(sel.X)
		}
		return nil
	}
	if b := w.bind(ch); b.inside {
		if v, ok := b.v.(*types.Var); ok && v.IsField() {
			return &signal{path: b.path, field: v}
		}
	}
	return nil
}

// receive notes a receive outside a select.
func (w *lifer) receive(ch ast.Expr, loop bool) {
	if isTimeChan(w.f.info.TypeOf(ch)) {
		if !w.soon(ch) {
			w.hurdle("waits", "it would keep stop waiting where it receives from %s", short(w.f.pass.Fset, ch))
		}
		return
	}
	w.take(ch)
	s := w.signalOf(ch)
	if s == nil {
		w.hurdle("waits", "it would keep stop waiting where it receives from %s", short(w.f.pass.Fset, ch))
		return
	}
	w.l.clauses = append(w.l.clauses, []signal{*s})
	switch {
	case loop:
	case !isToken(w.f.info.TypeOf(ch)) || s.own:
		// What just waits for the end of the call watches over the call.
		w.hurdle("pair", "what it receives outside a loop is one call's")
	default:
		w.l.long = true
	}
}

func (w *lifer) take(ch ast.Expr) {
	if b := w.bind(ch); b.v != nil && !slices.Contains(w.l.takes, b.v) {
		w.l.takes = append(w.l.takes, b.v)
	}
}

// soon tells whether a timer's channel is one that has something before long:
// that of time.After, or of a ticker of the goroutine's own.
func (w *lifer) soon(ch ast.Expr) bool {
	switch x := ast.Unparen(ch).(type) {
	case *ast.CallExpr:
		return isPkgFunc(w.f.function(x.Fun), "time", "After", "Tick") && w.f.brief(x.Args[0])
	case *ast.SelectorExpr:
		id, ok := ast.Unparen(x.X).(*ast.Ident)
		if !ok || x.Sel.Name != "C" {
			return false
		}
		obj := w.f.info.Uses[id]
		call, ok := w.f.single(obj).(*ast.CallExpr)
		return ok && w.f.justTicks(obj) && isPkgFunc(w.f.function(call.Fun), "time", "NewTicker") && w.f.brief(call.Args[0])
	}
	return false
}

// justTicks tells whether a ticker is only waited for, and stopped at the end.
func (f *Fixer) justTicks(obj types.Object) bool {
	for _, file := range f.pass.Files {
		if obj.Pos() < file.FileStart || obj.Pos() >= file.FileEnd {
			continue
		}
		return !contains(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !f.uses(call.Fun, obj) {
				return false
			}
			return !contains(file, func(n ast.Node) bool {
				d, ok := n.(*ast.DeferStmt)
				return ok && d.Call == call
			})
		})
	}
	return false
}

// brief tells whether a duration is a constant that stop may wait for.
func (f *Fixer) brief(d ast.Expr) bool {
	tv := f.info.Types[d]
	return tv.Value != nil && constant.Compare(constant.ToInt(tv.Value), token.LEQ, constant.MakeInt64(int64(maxSleep)))
}

func (w *lifer) selectStmt(x *ast.SelectStmt, loop bool) {
	var ends []signal
	bounded := false
	for _, c := range x.Body.List {
		c := c.(*ast.CommClause)
		switch comm := c.Comm.(type) {
		case nil:
			bounded = true
		case *ast.SendStmt:
			w.sends(w.bind(comm.Chan).v, loop)
			w.body(comm.Value, loop)
		default:
			ch := received(comm)
			if ch == nil {
				continue
			}
			if isTimeChan(w.f.info.TypeOf(ch)) {
				bounded = bounded || w.soon(ch)
				w.body(ch, loop)
				break
			}
			w.take(ch)
			if a, ok := comm.(*ast.AssignStmt); ok {
				w.assign(a)
			}
			if s := w.signalOf(ch); s != nil {
				ends = append(ends, *s)
			}
			w.body(ch, loop)
		}
		for _, s := range c.Body {
			w.body(s, loop)
		}
	}
	if !bounded {
		if len(ends) == 0 {
			w.hurdle("waits", "it would keep stop waiting in a select that nothing ends")
		}
		w.l.clauses = append(w.l.clauses, ends)
	}
}

func (w *lifer) forStmt(x *ast.ForStmt, label string, loop bool) {
	if x.Init != nil {
		w.body(x.Init, loop)
	}
	var ends []signal
	if x.Cond != nil {
		w.body(x.Cond, loop)
		var other bool
		if ends, other = w.whileSignals(x.Cond); other {
			ends = nil // it ends by itself
		}
	}
	endless := x.Cond == nil || len(ends) > 0
	if !endless {
		w.finite++
		defer func() { w.finite-- }()
	} else {
		outer := w.finite
		w.finite = 0
		defer func() { w.finite = outer }()
	}
	if x.Post != nil {
		w.body(x.Post, true)
	}
	w.body(x.Body, true)
	if !endless {
		if !w.f.counting(x) {
			w.hurdle("endless", "its loop is not seen to end")
		}
		return
	}
	if ends = append(ends, w.check(x.Body, label)...); len(ends) == 0 {
		w.hurdle("endless", "its loop is not seen to end")
		return
	}
	if w.strays(x.Body, label) {
		w.hurdle("ends", "its loop may end before the session does")
	}
	w.l.long = true
	w.l.clauses = append(w.l.clauses, ends)
}

// counting tells whether a loop counts to a bound.
func (f *Fixer) counting(x *ast.ForStmt) bool {
	post, ok1 := x.Post.(*ast.IncDecStmt)
	cond, ok2 := ast.Unparen(x.Cond).(*ast.BinaryExpr)
	if x.Init == nil || !ok1 || !ok2 {
		return false
	}
	id, ok := ast.Unparen(post.X).(*ast.Ident)
	if !ok {
		return false
	}
	switch cond.Op {
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
	default:
		return false
	}
	obj := f.info.Uses[id]
	set := false
	f.writesIn(x.Body, nil, func(e ast.Expr) {
		if v, ok := ast.Unparen(e).(*ast.Ident); ok && f.info.Uses[v] == obj {
			set = true
		}
	})
	return f.uses(cond, obj) && !set
}

func (w *lifer) rangeStmt(x *ast.RangeStmt, label string, loop bool) {
	w.body(x.X, loop)
	t := w.f.info.TypeOf(x.X)
	if _, ok := under(t).(*types.Chan); !ok {
		if _, ok := under(t).(*types.Signature); ok {
			if call, ok := ast.Unparen(x.X).(*ast.CallExpr); !ok || w.f.declOf(call.Fun) == nil {
				w.hurdle("unknown", "what %s does is not known here", short(w.f.pass.Fset, x.X))
			}
		}
		w.finite++
		w.body(x.Body, true)
		w.finite--
		return
	}
	w.body(x.Body, true)
	var ends []signal
	if isTimeChan(t) {
		if ends = w.check(x.Body, label); !w.soon(x.X) {
			ends = nil
		}
	} else {
		w.take(x.X)
		if s := w.signalOf(x.X); s != nil {
			ends = append(ends, *s)
		}
	}
	if len(ends) == 0 {
		w.hurdle("waits", "it would keep stop waiting where it ranges over %s", short(w.f.pass.Fset, x.X))
	}
	w.l.long = true
	w.l.clauses = append(w.l.clauses, ends)
}

// check finds the statement of a loop's body at which each round of it asks
// whether it is to end, and returns what it asks for. Nothing before it may
// begin the next round.
func (w *lifer) check(body *ast.BlockStmt, label string) []signal {
	for _, s := range body.List {
		var ends []signal
		switch s := s.(type) {
		case *ast.IfStmt:
			if s.Init != nil {
				if a, ok := s.Init.(*ast.AssignStmt); ok {
					w.assign(a)
				}
			}
			if leaves(s.Body, label, true) {
				ends = w.untilSignals(s.Cond)
			}
		case *ast.SelectStmt:
			for _, c := range s.Body.List {
				c := c.(*ast.CommClause)
				ch := received(c.Comm)
				if ch == nil {
					continue
				}
				sig := w.signalOf(ch)
				if sig == nil {
					continue
				}
				if leavesList(c.Body, label, false) {
					ends = append(ends, *sig)
				} else if len(c.Body) > 0 {
					// v, ok := <-ch: it is the closing that ends it.
					if first, ok := c.Body[0].(*ast.IfStmt); ok && first.Init == nil && leaves(first.Body, label, false) && w.saysClosed(first.Cond) {
						ends = append(ends, *sig)
					}
				}
			}
		case *ast.AssignStmt:
			w.assign(s)
		}
		if len(ends) > 0 {
			return ends
		}
		if again(s, label) {
			return nil
		}
	}
	return nil
}

// saysClosed tells whether a condition is that a channel is closed.
func (w *lifer) saysClosed(cond ast.Expr) bool {
	not, ok := ast.Unparen(cond).(*ast.UnaryExpr)
	if !ok || not.Op != token.NOT {
		return false
	}
	id, ok := ast.Unparen(not.X).(*ast.Ident)
	if !ok {
		return false
	}
	_, ok = w.oks[w.f.info.Uses[id]]
	return ok
}

// leaves tells whether a block surely leaves the loop around it: its last
// statement does. breaks says whether a plain break does.
func leaves(b *ast.BlockStmt, label string, breaks bool) bool {
	return leavesList(b.List, label, breaks)
}

func leavesList(list []ast.Stmt, label string, breaks bool) bool {
	if len(list) == 0 {
		return false
	}
	for _, s := range list[:len(list)-1] {
		if contains(s, func(n ast.Node) bool { _, ok := n.(*ast.BranchStmt); return ok }) {
			return false
		}
	}
	switch s := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok == token.BREAK && (s.Label != nil && s.Label.Name == label || s.Label == nil && breaks)
	}
	return false
}

// again tells whether a statement of a loop's body may begin the next round.
func again(s ast.Stmt, label string) bool {
	depth := 0
	var found bool
	var walk func(n ast.Node)
	walk = func(n ast.Node) {
		ast.Inspect(n, func(x ast.Node) bool {
			switch x := x.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ForStmt:
				depth++
				walk(x.Body)
				depth--
				return false
			case *ast.RangeStmt:
				depth++
				walk(x.Body)
				depth--
				return false
			case *ast.BranchStmt:
				if x.Tok == token.CONTINUE && (x.Label == nil && depth == 0 || x.Label != nil && x.Label.Name == label) || x.Tok == token.GOTO {
					found = true
				}
			}
			return true
		})
	}
	walk(s)
	return found
}

// strays tells whether a loop is left for another reason than a signal.
func (w *lifer) strays(body *ast.BlockStmt, label string) bool {
	found := false
	var walk func(n ast.Node, asked, breaks bool)
	list := func(l []ast.Stmt, asked, breaks bool) {
		for _, s := range l {
			walk(s, asked, breaks)
		}
	}
	walk = func(n ast.Node, asked, breaks bool) {
		switch x := n.(type) {
		case *ast.ReturnStmt:
			found = found || !asked
		case *ast.BranchStmt:
			if x.Tok == token.BREAK && (x.Label == nil && breaks || x.Label != nil && x.Label.Name == label) || x.Tok == token.GOTO {
				found = found || !asked
			}
		case *ast.BlockStmt:
			list(x.List, asked, breaks)
		case *ast.LabeledStmt:
			walk(x.Stmt, asked, breaks)
		case *ast.IfStmt:
			if a, ok := x.Init.(*ast.AssignStmt); ok {
				w.assign(a)
			}
			walk(x.Body, asked || len(w.untilSignals(x.Cond)) > 0, breaks)
			if x.Else != nil {
				walk(x.Else, asked, breaks)
			}
		case *ast.AssignStmt:
			w.assign(x)
		case *ast.SelectStmt:
			for _, c := range x.Body.List {
				c := c.(*ast.CommClause)
				signals := asked
				if ch := received(c.Comm); ch != nil {
					if a, ok := c.Comm.(*ast.AssignStmt); ok {
						w.assign(a)
					}
					s := w.signalOf(ch)
					signals = asked || s != nil && isToken(w.f.info.TypeOf(ch))
				}
				list(c.Body, signals, false)
			}
		case *ast.ForStmt:
			walk(x.Body, asked, false)
		case *ast.RangeStmt:
			walk(x.Body, asked, false)
		case *ast.SwitchStmt:
			walk(x.Body, asked, false)
		case *ast.TypeSwitchStmt:
			walk(x.Body, asked, false)
		case *ast.CaseClause:
			list(x.Body, asked, false)
		case *ast.ExprStmt:
			if call, ok := x.X.(*ast.CallExpr); ok && (isBuiltinCall(w.f.info, call, "panic") || isPkgFunc(w.f.function(call.Fun), "runtime", "Goexit")) {
				found = found || !asked
			}
		}
	}
	list(body.List, false, true)
	return found
}

// whileSignals returns what makes a loop's condition false: each of the terms
// that && joins can. It tells whether something else can, too.
func (w *lifer) whileSignals(cond ast.Expr) (ends []signal, other bool) {
	cond = ast.Unparen(cond)
	if b, ok := cond.(*ast.BinaryExpr); ok && b.Op == token.LAND {
		x, o1 := w.whileSignals(b.X)
		y, o2 := w.whileSignals(b.Y)
		return append(x, y...), o1 || o2
	}
	ends = w.term(cond, false)
	return ends, len(ends) == 0
}

// untilSignals returns what makes a condition true: each of the terms that ||
// joins can.
func (w *lifer) untilSignals(cond ast.Expr) []signal {
	cond = ast.Unparen(cond)
	if b, ok := cond.(*ast.BinaryExpr); ok && b.Op == token.LOR {
		return append(w.untilSignals(b.X), w.untilSignals(b.Y)...)
	}
	return w.term(cond, true)
}

// term returns the signal that makes a term true, or false.
func (w *lifer) term(e ast.Expr, to bool) []signal {
	e = ast.Unparen(e)
	switch x := e.(type) {
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			return w.term(x.X, !to)
		}
	case *ast.BinaryExpr:
		// ctx.Err() != nil, err != nil
		if x.Op != token.NEQ && x.Op != token.EQL || !w.f.info.Types[x.Y].IsNil() || (x.Op == token.NEQ) != to {
			return nil
		}
		switch l := ast.Unparen(x.X).(type) {
		case *ast.CallExpr:
			if s := w.passed(l); s != nil && s.by == "" {
				return []signal{*s}
			}
		case *ast.Ident:
			if s, ok := w.errs[w.f.info.Uses[l]]; ok {
				return []signal{s}
			}
		}
	case *ast.Ident:
		if s, ok := w.oks[w.f.info.Uses[x]]; ok && !to {
			return []signal{s}
		}
	case *ast.SelectorExpr:
		if isFlag(w.f.info.TypeOf(x)) {
			return w.flag(x, to)
		}
	case *ast.CallExpr:
		if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "Load" && isFlag(w.f.info.TypeOf(sel.X)) {
			return w.flag(sel.X, to)
		}
	}
	return nil
}

func (w *lifer) flag(e ast.Expr, to bool) []signal {
	s := w.field(e)
	if s == nil {
		return nil
	}
	s.flag = flagCleared
	if to {
		s.flag = flagSet
	}
	return []signal{*s}
}

// transfers are the methods that wait for what comes or can be written, and fail once
// Close has been called, by their usual names.
var transfers = map[string]bool{
	"Accept": true, "AcceptTCP": true, "Read": true, "ReadFrom": true, "ReadFromUDP": true, "ReadMessage": true,
	"ReadPacket": true, "ReadJSON": true, "ReadRTP": true, "ReadRTCP": true, "Write": true, "WriteTo": true,
	"WriteMessage": true, "WriteJSON": true, "WriteRTP": true, "WriteRTCP": true,
}

// maxSleep is how long a stop may be kept waiting by a goroutine that sleeps.
const maxSleep = time.Second

// call walks through a call; it reports whether its parts are still to be
// walked.
func (w *lifer) call(x *ast.CallExpr, loop bool) bool {
	fun := ast.Unparen(x.Fun)
	info := w.f.info
	if tv, ok := info.Types[fun]; ok && (tv.IsType() || tv.IsBuiltin()) {
		if id, ok := fun.(*ast.Ident); ok && id.Name == "close" && tv.IsBuiltin() {
			if b := w.bind(x.Args[0]); b.v != nil {
				w.l.closes = append(w.l.closes, b.v)
			}
		}
		return true
	}
	w.handed(x, loop)
	if isNamed(info.TypeOf(fun), "context", "CancelFunc") {
		return true
	}
	fn := w.f.function(fun)
	name := ""
	if sel, ok := fun.(*ast.SelectorExpr); ok {
		name = sel.Sel.Name
		switch {
		case fn != nil && isLockMethod(fn):
			w.l.locks = true
			if strings.HasSuffix(name, "nlock") && !w.locked(sel.X) {
				w.hurdle("pair", "it gives back the lock of the call")
			}
			return true
		case isSync(info.TypeOf(sel.X), "WaitGroup"):
			if name == "Wait" {
				w.hurdle("waits", "it would keep stop waiting where it waits for %s", short(w.f.pass.Fset, sel.X))
			} else if v := fieldOf(info, sel.X); v != nil && name == "Done" {
				w.l.done = append(w.l.done, v)
			}
			return true
		case isSync(info.TypeOf(sel.X), "Once", "Pool", "Map"), isContext(info.TypeOf(sel.X)):
			return true
		}
	}
	if isPkgFunc(fn, "time", "Sleep") {
		if !w.f.brief(x.Args[0]) || w.finite > 0 {
			w.hurdle("waits", "it would keep stop waiting while it sleeps")
		}
		return true
	}
	if w.called(x, false, loop) {
		for _, arg := range x.Args {
			w.body(arg, loop)
		}
		if sel, ok := fun.(*ast.SelectorExpr); ok {
			w.body(sel.X, loop)
		}
		return false
	}
	if s := w.passed(x); s != nil {
		w.l.clauses = append(w.l.clauses, []signal{*s})
		return true
	}
	if givesBack[name] {
		w.hurdle("pair", "it gives back what the call took")
	}
	if id, ok := fun.(*ast.Ident); ok && w.yields[w.f.info.Uses[id]] {
		return true
	}
	if fn == nil || !w.f.short(fn, x) {
		w.hurdle("waits", "what %s waits for is not known here", short(w.f.pass.Fset, fun))
	}
	return true
}

// givesBack are the methods that give back what somebody took.
var givesBack = map[string]bool{"Release": true, "Put": true, "Return": true, "Leave": true, "Exit": true}

// handed walks through the functions that a call is handed by name: it may run
// them.
func (w *lifer) handed(call *ast.CallExpr, loop bool) {
	for _, arg := range call.Args {
		arg = ast.Unparen(arg)
		if _, ok := under(w.f.info.TypeOf(arg)).(*types.Signature); !ok || w.f.info.Types[arg].IsNil() {
			continue
		}
		if _, ok := arg.(*ast.FuncLit); ok {
			continue // walked through where it stands
		}
		if id, ok := arg.(*ast.Ident); ok && w.yields[w.f.info.Uses[id]] {
			continue
		}
		if !w.called(&ast.CallExpr{Fun: arg}, false, loop) {
			w.hurdle("unknown", "what %s does is not known here", short(w.f.pass.Fset, arg))
		}
	}
}

// isLockMethod tells whether a method is one of package sync's locks.
func isLockMethod(fn *types.Func) bool {
	switch fn.Name() {
	case "Lock", "RLock", "TryLock", "TryRLock", "Unlock", "RUnlock":
		return fn.Pkg() != nil && fn.Pkg().Path() == "sync"
	}
	return false
}

// locked tells whether what a goroutine runs takes the lock that it gives back.
func (w *lifer) locked(lock ast.Expr) bool {
	want := short(w.f.pass.Fset, lock)
	for c := range w.inside(lock) {
		if contains(c, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return false
			}
			sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
			return ok && strings.HasSuffix(sel.Sel.Name, "Lock") && short(w.f.pass.Fset, sel.X) == want
		}) {
			return true
		}
	}
	return false
}

// inside yields the bodies that are being walked through and hold a node: the
// function of the package, and the goroutine's literal.
func (w *lifer) inside(n ast.Node) func(yield func(ast.Node) bool) {
	return func(yield func(ast.Node) bool) {
		for _, d := range w.stack {
			if d.Body.Pos() <= n.Pos() && n.End() <= d.Body.End() && !yield(d.Body) {
				return
			}
		}
		if w.literal != nil && w.literal.Pos() <= n.Pos() && n.End() <= w.literal.End() {
			yield(w.literal)
		}
	}
}

// short tells whether a function is known not to wait: one of std that
// computes, or one that was looked at and does not.
func (f *Fixer) short(fn *types.Func, call *ast.CallExpr) bool {
	pkg := fn.Pkg()
	if pkg == nil {
		return true // error.Error
	}
	for _, arg := range call.Args {
		if isContext(f.info.TypeOf(arg)) {
			return false // it may wait for one that does not end
		}
	}
	if model.IsStd(pkg.Path()) {
		row := model.Lookup(fn)
		if row != nil && slices.ContainsFunc(row.Effects, func(e model.Effect) bool { return e.Kind == model.Blocking }) {
			return false
		}
		if pkg.Path() == "fmt" && (strings.HasPrefix(fn.Name(), "F") || strings.Contains(fn.Name(), "can")) {
			return false
		}
		if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
			return false
		}
		return calm[pkg.Path()] || calm[strings.SplitN(pkg.Path(), "/", 2)[0]+"/..."]
	}
	recv := fn.Signature().Recv()
	if recv != nil && types.IsInterface(recv.Type()) || f.effects == nil {
		return false
	}
	return !slices.ContainsFunc(f.effects.Sites(fn), func(s effect.Site) bool { return s.Kind == model.Blocking || s.Kind == model.Goroutine })
}

// calm are the packages of std whose functions do not wait.
var calm = map[string]bool{
	"bytes": true, "cmp": true, "container/...": true, "context": true, "crypto/...": true, "encoding/...": true, "errors": true,
	"fmt": true, "hash/...": true, "hash": true, "html": true, "iter": true, "log": true, "log/...": true, "maps": true, "math": true, "math/...": true,
	"net/netip": true, "net/url": true, "path": true, "path/...": true, "reflect": true, "regexp": true, "runtime": true, "runtime/...": true,
	"slices": true, "sort": true, "strconv": true, "strings": true, "sync/atomic": true, "text/...": true, "time": true,
	"unicode": true, "unicode/...": true, "unsafe": true,
}
