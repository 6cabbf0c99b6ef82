package hoist

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"time"

	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// A life says how long a goroutine runs, and what ends it. A goroutine is moved
// only if it is seen to last as long as the session, and if everything that it
// waits for is over once stop has given its signals: stop will wait for it.
type life struct {
	long    bool           // it runs until something ends it
	clauses [][]signal     // each of its waits and endless loops, with what ends it
	streams []types.Object // the channels that it sends to again and again
	takes   []types.Object // the channels that it receives from
	closes  []types.Object // the channels that it closes
	fields  []*types.Var   // the fields that it reads
	locks   bool           // it takes a lock
	done    []*types.Var   // the WaitGroups that it tells its end
	hurdle  *Obstacle      // what speaks against moving it
}

// A signal is what may end a wait: the context that the goroutine is given, or
// what a field holds (a channel that is closed, a context that is cancelled, a
// flag that is set, a connection that is closed).
type signal struct {
	own   bool
	path  string // from the handler: ".session.quit"
	field *types.Var
}

// A lifer walks through what a goroutine runs.
type lifer struct {
	f     *Fixer
	l     *life
	env   map[types.Object]binding
	stack []*ast.FuncDecl
	errs  map[types.Object]signal // errors that tell the end of a context, ok's of a receive
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
	w := &lifer{f: f, l: new(life), env: make(map[types.Object]binding), errs: make(map[types.Object]signal)}
	for o := range f.contexts(in) {
		w.env[o] = binding{ctx: &signal{own: true}}
	}
	if r := f.receiverOf(in); r != nil {
		w.env[r] = binding{inside: true}
	}
	if !w.called(call, true) && w.l.hurdle == nil {
		w.l.hurdle = obstacle("unknown", "what %s runs is not known here", short(f.pass.Fset, call.Fun))
	}
	if w.l.hurdle == nil && !w.l.long {
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
func (w *lifer) called(call *ast.CallExpr, first bool) bool {
	fun := ast.Unparen(call.Fun)
	if lit := w.f.literal(fun); lit != nil {
		w.params(lit.Type, call.Args, first)
		w.body(lit.Body, false)
		return true
	}
	decl := w.f.declOf(fun)
	if decl == nil {
		return false
	}
	if slices.Contains(w.stack, decl) {
		return true
	}
	if len(w.stack) >= maxLife {
		return false
	}
	w.stack = append(w.stack, decl)
	args := call.Args
	if r := w.f.receiverOf(decl); r != nil {
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
	w.body(decl.Body, false)
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

// context returns the signal that a context ends with; nil if none is known.
func (w *lifer) context(e ast.Expr) *signal {
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		if b, ok := w.env[w.f.info.Uses[x]]; ok {
			return b.ctx
		}
		if d, _ := w.f.definition(w.f.info.Uses[x]); d != nil {
			return w.context(d)
		}
	case *ast.SelectorExpr:
		return w.field(x)
	case *ast.CallExpr:
		// Derived from another: context.WithTimeout(ctx, …).
		if fn := w.f.function(x.Fun); fn != nil && fn.Pkg() != nil && len(x.Args) > 0 && isContext(w.f.info.TypeOf(x.Args[0])) && fn.Name() != "WithoutCancel" {
			return w.context(x.Args[0])
		}
		// A session's own: h.session.Context().
		if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && len(x.Args) == 0 {
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
		case *ast.GoStmt:
			w.hurdle("nested", "it starts goroutines of its own")
		case *ast.SelectorExpr:
			if v := fieldOf(w.f.info, x); v != nil {
				w.read(v)
			}
		case *ast.AssignStmt:
			w.assign(x)
		case *ast.ForStmt:
			w.forStmt(x, loop)
			return false
		case *ast.RangeStmt:
			w.rangeStmt(x, loop)
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
				w.receive(x.X)
			}
		case *ast.CallExpr:
			return w.call(x, loop)
		}
		return true
	})
}

func (w *lifer) sends(ch types.Object, loop bool) {
	if ch != nil && loop && !slices.Contains(w.l.streams, ch) {
		w.l.streams = append(w.l.streams, ch)
	}
}

// assign notes which errors tell that a context has ended.
func (w *lifer) assign(x *ast.AssignStmt) {
	if len(x.Rhs) != 1 {
		return
	}
	var s *signal
	switch r := ast.Unparen(x.Rhs[0]).(type) {
	case *ast.CallExpr:
		s = w.passed(r)
	case *ast.UnaryExpr:
		if r.Op == token.ARROW {
			s = w.signalOf(r.X)
		}
	}
	if id, ok := ast.Unparen(x.Lhs[len(x.Lhs)-1]).(*ast.Ident); ok && s != nil {
		if obj := w.f.info.ObjectOf(id); obj != nil {
			w.errs[obj] = *s
		}
	}
}

// passed returns the signal of the context that a call is given, or of what it
// reads from.
func (w *lifer) passed(call *ast.CallExpr) *signal {
	for _, arg := range call.Args {
		if isContext(w.f.info.TypeOf(arg)) {
			if s := w.context(arg); s != nil {
				return s
			}
		}
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		if sel.Sel.Name == "Err" {
			return w.context(sel.X)
		}
		if waits[sel.Sel.Name] {
			return w.field(sel.X)
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
func (w *lifer) receive(ch ast.Expr) {
	if isTimeChan(w.f.info.TypeOf(ch)) {
		return
	}
	if b := w.bind(ch); b.v != nil && !slices.Contains(w.l.takes, b.v) {
		w.l.takes = append(w.l.takes, b.v)
	}
	s := w.signalOf(ch)
	if s == nil {
		w.hurdle("waits", "it would keep stop waiting where it receives from %s", short(w.f.pass.Fset, ch))
		return
	}
	w.l.clauses = append(w.l.clauses, []signal{*s})
	if isToken(w.f.info.TypeOf(ch)) {
		w.l.long = true
	}
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
				bounded = true
			}
			if b := w.bind(ch); b.v != nil && !slices.Contains(w.l.takes, b.v) {
				w.l.takes = append(w.l.takes, b.v)
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

func (w *lifer) forStmt(x *ast.ForStmt, loop bool) {
	var ends []signal
	endless := x.Cond == nil
	if x.Init != nil {
		w.body(x.Init, loop)
	}
	if x.Cond != nil {
		w.body(x.Cond, loop)
		ends = w.asked(x.Cond)
		endless = len(ends) > 0
	}
	if x.Post != nil {
		w.body(x.Post, true)
	}
	w.body(x.Body, true)
	exits, other := w.exits(x.Body)
	if ends = append(ends, exits...); !endless {
		return
	}
	if len(ends) == 0 {
		if !other {
			w.hurdle("endless", "nothing ends its loop")
		}
		return // it ends by itself
	}
	w.l.long = true
	w.l.clauses = append(w.l.clauses, ends)
}

func (w *lifer) rangeStmt(x *ast.RangeStmt, loop bool) {
	w.body(x.X, loop)
	w.body(x.Body, true)
	if _, ok := under(w.f.info.TypeOf(x.X)).(*types.Chan); !ok {
		return
	}
	if isTimeChan(w.f.info.TypeOf(x.X)) {
		ends, _ := w.exits(x.Body)
		if len(ends) == 0 {
			w.hurdle("endless", "nothing ends its loop")
		}
		w.l.long = true
		w.l.clauses = append(w.l.clauses, ends)
		return
	}
	if b := w.bind(x.X); b.v != nil {
		w.l.takes = append(w.l.takes, b.v)
	}
	var ends []signal
	if s := w.signalOf(x.X); s != nil {
		ends = append(ends, *s)
	}
	if len(ends) == 0 {
		w.hurdle("waits", "it would keep stop waiting where it ranges over %s", short(w.f.pass.Fset, x.X))
	}
	w.l.long = true
	w.l.clauses = append(w.l.clauses, ends)
}

// asked returns the signals that a condition asks for: ctx.Err(), a flag, an
// error that a call with a context returned, the ok of a receive.
func (w *lifer) asked(cond ast.Expr) []signal {
	var ss []signal
	ast.Inspect(cond, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Ident:
			if s, ok := w.errs[w.f.info.Uses[x]]; ok {
				ss = append(ss, s)
			}
		case *ast.SelectorExpr:
			if v := fieldOf(w.f.info, x); v != nil && isFlag(v.Type()) {
				if s := w.field(x); s != nil {
					ss = append(ss, *s)
				}
			}
		case *ast.CallExpr:
			if s := w.passed(x); s != nil {
				ss = append(ss, *s)
			}
		}
		return true
	})
	return ss
}

// exits returns the signals under which a loop is left, and whether it is left
// for other reasons too.
func (w *lifer) exits(body *ast.BlockStmt) (ends []signal, other bool) {
	var walk func(n ast.Node, under []signal, known, breaks bool)
	walk = func(n ast.Node, under []signal, known, breaks bool) {
		ast.Inspect(n, func(m ast.Node) bool {
			leave := func() {
				if known {
					ends = append(ends, under...)
				} else {
					other = true
				}
			}
			switch x := m.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ReturnStmt:
				leave()
			case *ast.BranchStmt:
				if x.Tok == token.GOTO || x.Tok == token.BREAK && (x.Label != nil || breaks) {
					leave()
				}
			case *ast.IfStmt:
				ss := w.asked(x.Cond)
				walk(x.Body, append(slices.Clone(under), ss...), known || len(ss) > 0, breaks)
				if x.Else != nil {
					walk(&ast.BlockStmt{List: []ast.Stmt{x.Else}}, append(slices.Clone(under), ss...), known || len(ss) > 0, breaks)
				}
				return false
			case *ast.SelectStmt:
				for _, c := range x.Body.List {
					c := c.(*ast.CommClause)
					sub, is := slices.Clone(under), known
					if ch := received(c.Comm); ch != nil {
						if s := w.signalOf(ch); s != nil {
							sub, is = append(sub, *s), true
						}
					}
					for _, s := range c.Body {
						walk(s, sub, is, false)
					}
				}
				return false
			case *ast.ForStmt:
				walk(x.Body, under, known, false)
				return false
			case *ast.RangeStmt:
				walk(x.Body, under, known, false)
				return false
			case *ast.SwitchStmt:
				walk(x.Body, under, known, false)
				return false
			case *ast.TypeSwitchStmt:
				walk(x.Body, under, known, false)
				return false
			}
			return true
		})
	}
	walk(body, nil, false, true)
	return ends, other
}

// waits are the methods that wait for something to come, by their usual names.
var waits = map[string]bool{
	"Accept": true, "AcceptTCP": true, "Read": true, "ReadFrom": true, "ReadFromUDP": true, "ReadMsg": true,
	"ReadMessage": true, "ReadPacket": true, "ReadFrame": true, "ReadString": true, "ReadBytes": true,
	"ReadByte": true, "ReadLine": true, "ReadJSON": true, "ReadRTP": true, "ReadRTCP": true, "ReadAll": true,
	"Recv": true, "RecvMsg": true, "Receive": true, "Scan": true, "Decode": true, "Wait": true, "Join": true,
	"Serve": true, "ListenAndServe": true, "Take": true, "Poll": true, "Fetch": true, "Consume": true,
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
	fn := w.f.function(fun)
	name := ""
	if sel, ok := fun.(*ast.SelectorExpr); ok {
		name = sel.Sel.Name
		switch {
		case isSync(info.TypeOf(sel.X), "Mutex", "RWMutex") && strings.HasSuffix(name, "Lock"):
			w.l.locks = true
			return true
		case isSync(info.TypeOf(sel.X), "WaitGroup"):
			if name == "Wait" {
				w.hurdle("waits", "it would keep stop waiting where it waits for %s", short(w.f.pass.Fset, sel.X))
			} else if v := fieldOf(info, sel.X); v != nil && name == "Done" {
				w.l.done = append(w.l.done, v)
			}
			return true
		case isContext(info.TypeOf(sel.X)):
			return true // asked for where it matters
		}
	}
	if isPkgFunc(fn, "time", "Sleep") {
		if tv := info.Types[x.Args[0]]; tv.Value == nil || !constant.Compare(constant.ToInt(tv.Value), token.LEQ, constant.MakeInt64(int64(maxSleep))) {
			w.hurdle("waits", "it would keep stop waiting while it sleeps")
		}
		return true
	}
	if w.called(x, false) {
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
	if sel, ok := fun.(*ast.SelectorExpr); ok && (waits[name] || fn != nil && w.f.blocksStd(fn)) {
		if info.Selections[sel] == nil && !waits[name] || info.Selections[sel] != nil && fn != nil && !w.f.mayWait(fn) {
			return true
		}
		w.hurdle("waits", "it would keep stop waiting in %s", short(w.f.pass.Fset, fun))
	}
	return true
}

// blocksStd tells whether the model says that a std function blocks.
func (f *Fixer) blocksStd(fn *types.Func) bool {
	row := model.Lookup(fn)
	return row != nil && slices.ContainsFunc(row.Effects, func(e model.Effect) bool { return e.Kind == model.Blocking })
}

// mayWait tells whether a method that has the name of one that waits may do so:
// those of what lies in memory do not.
func (f *Fixer) mayWait(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return true
	}
	switch fn.Pkg().Path() {
	case "bytes", "strings", "math/rand", "math/rand/v2", "hash", "encoding/json", "encoding/binary", "encoding/gob":
		return false
	}
	return true
}
