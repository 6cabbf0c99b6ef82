package hoist

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"go/version"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// waitGroupGo is the release of Go in which sync.WaitGroup has the method Go,
// safeReset the one in which a timer can be reset without draining it,
// withoutCancel that of context.WithoutCancel.
const (
	waitGroupGo   = "go1.25"
	safeReset     = "go1.23"
	withoutCancel = "go1.21"
)

// since tells whether a file is of a release of Go or a later one.
func (f *Fixer) since(s *source, release string) bool {
	v := f.pass.Pkg.GoVersion()
	if own := f.info.FileVersions[s.file]; own != "" {
		v = own
	}
	return v == "" || version.Compare(v, release) >= 0
}

// context gives a move a context of its own, which lasts until stop: start's
// may end when start returns.
func (p *plan) context(m *move) *Obstacle {
	if m.own == "" {
		return nil
	}
	k := m.dest
	pkg, o := p.f.imports.name(k.src, "context", "context")
	if o != nil {
		return o
	}
	typePkg, o := p.f.imports.name(p.shape.src, "context", "context")
	if o != nil {
		return o
	}
	field := p.fieldName(m, m.base+"Cancel")
	m.addField(field, qualified(typePkg, "CancelFunc"))
	taken := make(map[string]bool)
	if k.decl != nil {
		taken = identsIn(k.decl)
	}
	isTaken := func(n string) bool { return taken[n] || p.local[n] || p.f.pass.Pkg.Scope().Lookup(n) != nil }
	m.own = unique(m.base+"Ctx", isTaken)
	parent := qualified(pkg, "Background") + "()"
	if k.ctx != "" && p.f.since(k.src, withoutCancel) {
		k.usesCtx = true
		parent = qualified(pkg, "WithoutCancel") + "(" + k.ctx + ")"
	}
	cancel := unique(m.base+"Cancel", isTaken)
	p.local[m.own], p.local[cancel] = true, true
	m.start = append(m.start,
		fmt.Sprintf("%s, %s := %s(%s)", m.own, cancel, qualified(pkg, "WithCancel"), parent),
		fmt.Sprintf("%s.%s = %s", k.recv, field, cancel))
	m.release = append(m.release, "if \x00recv\x00."+field+" != nil {\n\x00recv\x00."+field+"()\n}")
	return nil
}

// goStmt moves a go statement.
func (p *plan) goStmt(m *move, g *ast.GoStmt, r *Request) *Obstacle {
	top, list, o := p.place(m, g, r)
	if o != nil {
		return o
	}
	if top == ast.Stmt(g) {
		if o := p.always(m, r); o != nil {
			return o
		}
	} else if !p.falseGuard(top, g, r) {
		return nested(top)
	}
	p.takes(m, top)
	l := p.f.lifeOf(g.Call, m.hot)
	if o := p.goroutine(m, l, g.Call, top, list); o != nil {
		return o
	}
	return p.once(m, top)
}

// goroutine moves what starts one: call is what it runs.
func (p *plan) goroutine(m *move, l *life, call *ast.CallExpr, top ast.Stmt, list []ast.Stmt) *Obstacle {
	if o := p.lasts(m, l); o != nil {
		return o
	}
	if o := p.movable(m, call); o != nil {
		return o
	}
	m.base = p.goroutineName(m, call)
	add, o := p.waitGroup(m, l, top, list)
	if o != nil {
		return o
	}
	k := m.dest
	if k.sess != "" && m.after == beforeAll && add == nil {
		k.usesSess = true
		return p.sessionGo(m, call)
	}
	if o := p.needsStop(); o != nil {
		return o
	}
	if o := p.context(m); o != nil {
		return o
	}
	text, o := p.text(m, m.src, call.Pos(), call.End(), call)
	if o != nil {
		return o
	}
	if add != nil {
		// Stop waits for it already.
		a, o := p.text(m, m.src, add.Pos(), add.End(), add)
		if o != nil {
			return o
		}
		m.start = append(m.start, a, "go "+text)
		return nil
	}
	wait := p.fieldName(m, m.base+"Wait")
	pkg, o := p.f.imports.name(p.shape.src, "sync", "sync")
	if o != nil {
		return o
	}
	if o := p.copied(); o != nil {
		return o
	}
	m.addField(wait, qualified(pkg, "WaitGroup"))
	m.release = append(m.release, "\x00recv\x00."+wait+".Wait()")
	m.start = append(m.start, p.spawn(k.src, k.recv+"."+wait, call, text))
	return nil
}

// spawn renders the start of a goroutine that a WaitGroup counts.
func (p *plan) spawn(src *source, wait string, call *ast.CallExpr, text string) string {
	if !p.f.since(src, waitGroupGo) {
		if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok && len(call.Args) == 0 && len(lit.Type.Params.List) == 0 && (lit.Type.Results == nil || len(lit.Type.Results.List) == 0) {
			head, body, _ := strings.Cut(text, "{")
			return fmt.Sprintf("%s.Add(1)\ngo %s{\ndefer %s.Done()\n%s", wait, head, wait, body)
		}
		return fmt.Sprintf("%s.Add(1)\ngo func() {\ndefer %s.Done()\n%s\n}()", wait, wait, text)
	}
	if len(call.Args) == 0 {
		fun, ok := strings.CutSuffix(strings.TrimSpace(text), "()")
		sig, isSig := under(p.f.info.TypeOf(call.Fun)).(*types.Signature)
		if ok && isSig && sig.Results().Len() == 0 && sig.Params().Len() == 0 {
			return fmt.Sprintf("%s.Go(%s)", wait, fun)
		}
	}
	return fmt.Sprintf("%s.Go(func() { %s })", wait, text)
}

// needsStop requires that there is a stop to release what is moved.
func (p *plan) needsStop() *Obstacle {
	return p.shape.noStop
}

// lasts requires that a goroutine lasts as long as the session, that stop ends
// it, and that what it uses is there when start ends.
func (p *plan) lasts(m *move, l *life) *Obstacle {
	if l.hurdle != nil {
		return l.hurdle
	}
	stop := "stop"
	if p.shape.stop != nil {
		stop = p.shape.stop.name
	}
	for _, clause := range l.clauses {
		best, found := 0, false
		for _, s := range clause {
			switch {
			case s.own:
				best, found = beforeAll, true
			case s.field != nil && isNamed(s.field.Type(), runtimePath, "Session") && p.ownSession(s.field):
				if !found {
					best, found = beforeAll, true
				}
			case s.field != nil:
				if fire, ok := ends(p.fires[s.path], s); ok && !(s.by != "" && isIO(s.field.Type())) && (!found || order(fire.at) < order(best)) {
					best, found = fire.at, true
				}
			}
		}
		if !found {
			return obstacle("endless", "%s does not end it", stop)
		}
		if order(best) > order(m.after) {
			m.after = best
		}
		if slices.ContainsFunc(clause, func(s signal) bool { return s.own }) {
			m.own = "?"
		}
	}
	if d := p.stopDecl(); d != nil && m.after >= 0 {
		if _, ok := d.Body.List[m.after].(*ast.ReturnStmt); ok {
			return obstacle("stop", "%s ends it in its last statement, and could not wait for it", stop)
		}
	}
	if l.locks && p.stopLocks() {
		return obstacle("lock", "%s holds a lock that it may wait for", stop)
	}
	if o := p.foreignState(m, l); o != nil {
		return o
	}
	m.serves = append(append([]types.Object{}, l.streams...), l.takes...)
	m.closes = l.closes
	return nil
}

// waitsElsewhere returns a function beside stop that waits for a WaitGroup: it
// would wait for what lasts as long as the session.
func (p *plan) waitsElsewhere(wg *types.Var) *ast.FuncDecl {
	stops := p.stopFunctions()
	for d := range p.f.declared() {
		if !stops[d] && p.f.callsOn(d.Body, wg, func(name string) bool { return name == "Wait" }) {
			return d
		}
	}
	return nil
}

// isIO tells whether a type is an interface of package io: what is behind it may
// well go on reading when it is closed, as standard input does.
func isIO(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "io" && types.IsInterface(n)
}

// ownSession tells whether a field holds the session that start is given: that
// start alone sets it.
func (p *plan) ownSession(v *types.Var) bool {
	fn, _ := p.f.method(p.shape.named, "SessionStart")
	w := p.f.writers[v]
	return fn != nil && len(w) == 1 && w[0] == p.f.decls[fn]
}

// order compares places in a stop: what a delegate does comes after all else.
func order(after int) int {
	if after == afterDelegate {
		return 1 << 30
	}
	return after
}

// path returns the path of a field of the handler from a hot method; "" for
// what is none.
func (p *plan) path(m *move, e ast.Expr) string {
	return p.f.entry(m.hot, "").binding(e).path
}

// fired tells whether stop ends what a field of the handler holds.
func (p *plan) fired(m *move, e ast.Expr) bool {
	return len(p.fires[p.path(m, e)]) > 0
}

func (p *plan) stopDecl() *ast.FuncDecl {
	if p.shape.stop == nil {
		return nil
	}
	return p.shape.stop.decl
}

// goroutineName names a goroutine after the function that it runs.
func (p *plan) goroutineName(m *move, call *ast.CallExpr) string {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.SelectorExpr:
		return lowerFirst(fun.Sel.Name)
	case *ast.Ident:
		return lowerFirst(speaking(fun.Name, "worker"))
	}
	return "worker"
}

func lowerFirst(s string) string { return mapFirst(s, unicode.ToLower) }

func upperFirst(s string) string { return mapFirst(s, unicode.ToUpper) }

func mapFirst(s string, f func(rune) rune) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(f(r)) + s[n:]
}

// waitGroup finds the WaitGroup that a goroutine counts down and the statement
// before it that counts it up.
func (p *plan) waitGroup(m *move, l *life, top ast.Stmt, list []ast.Stmt) (ast.Stmt, *Obstacle) {
	if len(l.done) == 0 {
		return nil, nil
	}
	if len(l.done) > 1 {
		return nil, obstacle("pair", "it counts down more than once")
	}
	i := slices.Index(list, top)
	if i > 0 {
		if e, ok := list[i-1].(*ast.ExprStmt); ok {
			if call, ok := e.X.(*ast.CallExpr); ok {
				if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Add" && slices.Contains(l.done, fieldOf(p.f.info, sel.X)) {
					if !p.fired(m, sel.X) {
						return nil, obstacle("stop", "stop does not wait for it")
					}
					if d := p.waitsElsewhere(fieldOf(p.f.info, sel.X)); d != nil {
						return nil, obstacle("pair", "%s waits for it too", d.Name.Name)
					}
					if v := p.f.info.Types[call.Args[0]].Value; v == nil || v.ExactString() != "1" {
						return nil, obstacle("pair", "it is counted with others")
					}
					m.stmts = append(m.stmts, e)
					return e, nil
				}
			}
		}
	}
	return nil, obstacle("form", "it is counted by a WaitGroup elsewhere")
}

// sessionGo hands a goroutine to the session of the reference runtime, which
// ends it and waits for it.
func (p *plan) sessionGo(m *move, call *ast.CallExpr) *Obstacle {
	k := m.dest
	pkg, o := p.f.imports.name(k.src, "context", "context")
	if o != nil {
		return o
	}
	param := "_"
	if m.own != "" {
		m.own, param = "ctx", "ctx"
	}
	head := fmt.Sprintf("%s.Go(func(%s %s) error {\n", k.sess, param, qualified(pkg, "Context"))
	sig, _ := under(p.f.info.TypeOf(call.Fun)).(*types.Signature)
	returnsError := sig != nil && sig.Results().Len() == 1 && isErrorType(sig.Results().At(0).Type())
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok && len(call.Args) == 0 && sig.Results().Len() == 0 {
		reps := bareReturns(lit)
		from, to := lit.Body.Lbrace+1, lit.Body.Rbrace
		text, o := p.textFor(k, m, m.src, from, to, lit.Body, reps...)
		if o != nil {
			return o
		}
		text = strings.TrimSpace(text)
		if !endsBody(lit.Body.List) {
			text += "\nreturn nil"
		}
		m.start = append(m.start, head+text+"\n})")
		return nil
	}
	text, o := p.text(m, m.src, call.Pos(), call.End(), call)
	if o != nil {
		return o
	}
	if returnsError {
		m.start = append(m.start, head+"_ = "+text+"\nreturn nil\n})") // as before, nobody asks for it
	} else {
		m.start = append(m.start, head+text+"\nreturn nil\n})")
	}
	return nil
}

// bareReturns makes the returns of a function literal return no error.
func bareReturns(lit *ast.FuncLit) []rep {
	var reps []rep
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			reps = append(reps, rep{n.Pos(), n.End(), "return nil"})
		}
		return true
	})
	return reps
}

// endsBody tells whether a body ends in a statement after which nothing runs.
func endsBody(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch s := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.ForStmt:
		return s.Cond == nil && !contains(s.Body, func(n ast.Node) bool {
			b, ok := n.(*ast.BranchStmt)
			return ok && b.Tok == token.BREAK
		})
	}
	return false
}

// copied requires that no value of the handler's type is copied in the package:
// it must not be, once it has a WaitGroup.
func (p *plan) copied() *Obstacle {
	if p.hasLock() {
		return nil
	}
	var at token.Pos
	for _, file := range p.f.pass.Files {
		// A value receiver, a variable of the type assigned from another.
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Recv != nil && len(n.Recv.List) == 1 && sameNamed(p.f.info.TypeOf(n.Recv.List[0].Type), p.shape.named) {
					at = n.Pos()
				}
			case *ast.AssignStmt:
				for _, r := range n.Rhs {
					at = p.copies(r, at)
				}
			case *ast.CallExpr:
				for _, a := range n.Args {
					at = p.copies(a, at)
				}
			case *ast.ReturnStmt:
				for _, r := range n.Results {
					at = p.copies(r, at)
				}
			case *ast.ValueSpec:
				for _, r := range n.Values {
					at = p.copies(r, at)
				}
			case *ast.KeyValueExpr:
				at = p.copies(n.Value, at)
			case *ast.RangeStmt:
				if n.Value != nil && sameNamed(p.f.info.TypeOf(n.Value), p.shape.named) {
					at = n.Value.Pos()
				}
			}
			return true
		})
	}
	if at.IsValid() {
		pos := p.f.pass.Fset.Position(at)
		return obstacle("copied", "a %s is copied at %s:%d", p.shape.h.Name, base(pos.Filename), pos.Line)
	}
	return nil
}

func (p *plan) copies(e ast.Expr, at token.Pos) token.Pos {
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr:
		if tv, ok := p.f.info.Types[x]; ok && tv.IsValue() && sameNamed(tv.Type, p.shape.named) {
			return e.Pos()
		}
	}
	return at
}

func sameNamed(t types.Type, named *types.Named) bool {
	if t == nil {
		return false
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Origin() == named.Origin()
}

// hasLock tells whether the type holds a lock already, so that it is not to be
// copied as it is.
func (p *plan) hasLock() bool {
	st, ok := p.shape.named.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for i := range st.NumFields() {
		if isSync(st.Field(i).Type(), "Mutex", "RWMutex", "WaitGroup", "Once") {
			if _, ptr := st.Field(i).Type().(*types.Pointer); !ptr {
				return true
			}
		}
	}
	return false
}

// starter moves a call that starts a goroutine: of a WaitGroup's or session's
// Go, or of a method that does nothing but start some.
func (p *plan) starter(m *move, call *ast.CallExpr, r *Request) *Obstacle {
	top, _, o := p.place(m, call, r)
	if o != nil {
		return o
	}
	stmt, ok := top.(*ast.ExprStmt)
	if !ok || ast.Unparen(stmt.X) != ast.Expr(call) {
		if a, ok := top.(*ast.AssignStmt); ok && len(a.Rhs) == 1 && ast.Unparen(a.Rhs[0]) == ast.Expr(call) {
			return p.open(m, call, r)
		}
		if p.falseGuardCall(top, call, r) {
			_, ok = top.(*ast.IfStmt).Body.List[0].(*ast.ExprStmt)
		}
		if !ok {
			return nested(top)
		}
	} else if r.Site.FalseGuard == "" {
		if o := p.always(m, r); o != nil {
			return o
		}
	}
	p.takes(m, top)
	sel, _ := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	switch {
	case sel != nil && sel.Sel.Name == "Go" && len(call.Args) == 1 && isSync(p.f.info.TypeOf(sel.X), "WaitGroup"):
		o = p.groupGo(m, call, sel)
	case sel != nil && sel.Sel.Name == "Go" && len(call.Args) == 1 && isNamed(p.f.info.TypeOf(sel.X), runtimePath, "Session"):
		o = p.moveSessionGo(m, call)
	default:
		o = p.method(m, call)
	}
	if o != nil {
		return o
	}
	return p.once(m, top)
}

// groupGo moves h.wg.Go(f).
func (p *plan) groupGo(m *move, call *ast.CallExpr, sel *ast.SelectorExpr) *Obstacle {
	wg := fieldOf(p.f.info, sel.X)
	if wg == nil {
		return obstacle("value", "it depends on %s, a value of this call", short(p.f.pass.Fset, sel.X))
	}
	if o := p.needsStop(); o != nil {
		return o
	}
	run := &ast.CallExpr{Fun: call.Args[0]}
	l := p.f.lifeOf(run, m.hot)
	if o := p.lasts(m, l); o != nil {
		return o
	}
	if len(l.done) > 0 {
		return obstacle("pair", "it counts down for the call")
	}
	if d := p.waitsElsewhere(wg); d != nil {
		return obstacle("pair", "%s waits for it too", d.Name.Name)
	}
	if o := p.movable(m, call); o != nil {
		return o
	}
	m.base = p.goroutineName(m, run)
	if o := p.context(m); o != nil {
		return o
	}
	text, o := p.text(m, m.src, call.Pos(), call.End(), call)
	if o != nil {
		return o
	}
	m.start = append(m.start, text)
	if at, ok := ends(p.fires[p.path(m, sel.X)], signal{by: "Wait"}); !ok {
		m.release = append(m.release, "\x00recv\x00."+strings.TrimPrefix(short(p.f.pass.Fset, sel.X), m.recv+".")+".Wait()")
	} else if order(at.at) < order(m.after) {
		return obstacle("stop", "stop waits for it before it ends it")
	}
	return nil
}

// moveSessionGo moves s.Go(f) of the reference runtime.
func (p *plan) moveSessionGo(m *move, call *ast.CallExpr) *Obstacle {
	run := &ast.CallExpr{Fun: call.Args[0]}
	l := p.f.lifeOf(run, m.hot)
	if o := p.lasts(m, l); o != nil {
		return o
	}
	sel := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if v := fieldOf(p.f.info, sel.X); v == nil || !p.ownSession(v) {
		return obstacle("unknown", "whose session %s is, is not known here", short(p.f.pass.Fset, sel.X))
	}
	m.own = "" // the session gives it its context
	if m.after != beforeAll {
		return obstacle("endless", "the session does not end it")
	}
	if o := p.movable(m, call); o != nil {
		return o
	}
	if m.own != "" {
		return obstacle("value", "it depends on the context of this call")
	}
	text, o := p.text(m, m.src, call.Pos(), call.End(), call)
	if o != nil {
		return o
	}
	m.base = p.goroutineName(m, run)
	m.start = append(m.start, text)
	return nil
}

// method moves the call of a method of the handler that does nothing but start
// goroutines and make the channels that they serve. The goroutines are counted
// where they are started.
func (p *plan) method(m *move, call *ast.CallExpr) *Obstacle {
	name := short(p.f.pass.Fset, call.Fun)
	d := p.f.declOf(call.Fun)
	if fn := p.f.function(call.Fun); isPkgFunc(fn, "time", "AfterFunc") || isPkgFunc(fn, "context", "AfterFunc") {
		return obstacle("ends", "it is to come once for each call")
	}
	if d == nil {
		return obstacle("elsewhere", "it is started in another package")
	}
	fn, _ := p.f.info.Defs[d.Name].(*types.Func)
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if fn == nil || !ok || !ownReceiver(fn, p.shape.named) || p.f.info.Selections[sel] == nil {
		return obstacle("helper", "it is started in %s, where stop could not wait for it", name)
	}
	if p.f.countUses(fn) != 1 {
		return obstacle("helper", "%s has other callers", name)
	}
	src, o := p.f.source(d.Pos())
	if o != nil {
		return o
	}
	if o := p.needsStop(); o != nil {
		return o
	}
	if o := p.movable(m, call); o != nil {
		return o
	}
	k := new(hook)
	recv, o := p.f.receiver(p.shape, k, d)
	if o != nil {
		return o
	}
	m.edits = append(m.edits, k.edits...)
	if o := p.copied(); o != nil {
		return o
	}
	pkg, o := p.f.imports.name(p.shape.src, "sync", "sync")
	if o != nil {
		return o
	}
	m.base = lowerFirst(d.Name.Name)
	var wait string
	for _, s := range d.Body.List {
		switch s := s.(type) {
		case *ast.GoStmt:
			l := p.f.lifeOf(s.Call, d)
			if o := p.lasts(m, l); o != nil {
				return o
			}
			if len(l.done) > 0 {
				return obstacle("form", "it is counted by a WaitGroup elsewhere")
			}
			if wait == "" {
				wait = p.fieldName(m, m.base+"Wait")
				m.addField(wait, qualified(pkg, "WaitGroup"))
			}
			text := src.between(s.Call.Pos(), s.Call.End())
			m.edits = append(m.edits, edit{src, src.offset(s.Pos()), src.offset(s.End()), p.spawn(src, recv+"."+wait, s.Call, text)})
		case *ast.AssignStmt:
			if len(s.Rhs) != 1 || len(s.Lhs) != 1 || fieldOf(p.f.info, s.Lhs[0]) == nil {
				return obstacle("helper", "%s does more than start it", name)
			}
			mk, ok := ast.Unparen(s.Rhs[0]).(*ast.CallExpr)
			if !ok || !isBuiltinCall(p.f.info, mk, "make") || !isChan(p.f.info.TypeOf(mk)) {
				return obstacle("helper", "%s does more than start it", name)
			}
		default:
			if !p.harmless(s) {
				return obstacle("helper", "%s does more than start it", name)
			}
		}
	}
	if wait == "" {
		return obstacle("helper", "it is started in a function that %s calls", name)
	}
	if o := p.context(m); o != nil {
		return o
	}
	text, o := p.text(m, m.src, call.Pos(), call.End(), call)
	if o != nil {
		return o
	}
	m.start = append(m.start, text)
	m.release = append(m.release, "\x00recv\x00."+wait+".Wait()")
	return nil
}

// harmless tells whether a statement of what starts a goroutine may as well be
// run once: a lock, or the question of a flag.
func (p *plan) harmless(s ast.Stmt) bool {
	var call *ast.CallExpr
	switch s := s.(type) {
	case *ast.DeferStmt:
		call = s.Call
	case *ast.ExprStmt:
		call, _ = s.X.(*ast.CallExpr)
	case *ast.IfStmt:
		if s.Init != nil || s.Else != nil || len(s.Body.List) != 1 {
			return false
		}
		_, leaves := s.Body.List[0].(*ast.ReturnStmt)
		return leaves && onlyLoads(s.Cond)
	}
	if call == nil {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && isSync(p.f.info.TypeOf(sel.X), "Mutex", "RWMutex")
}

// onlyLoads tells whether a condition calls nothing but the Load of a flag.
func onlyLoads(cond ast.Expr) bool {
	return !contains(cond, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return false
		}
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		return !ok || sel.Sel.Name != "Load"
	})
}

// countUses returns how often the package names a function.
func (f *Fixer) countUses(fn *types.Func) int {
	n := 0
	for _, obj := range f.info.Uses {
		if u, ok := obj.(*types.Func); ok && u.Origin() == fn {
			n++
		}
	}
	return n
}
