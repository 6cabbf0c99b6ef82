package hoist

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"

	"github.com/emitcheck/emitcheck/analyzer/internal/contract"
	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// pull moves next, stop := iter.Pull(seq).
func (p *plan) pull(m *move, call *ast.CallExpr, r *Request) *Obstacle {
	top, list, o := p.place(m, call, r)
	if o != nil {
		return o
	}
	a, ok := top.(*ast.AssignStmt)
	if !ok || len(a.Lhs) != 2 || len(a.Rhs) != 1 || ast.Unparen(a.Rhs[0]) != ast.Expr(call) {
		return nested(top)
	}
	for _, o := range []*Obstacle{p.always(m, r), p.serial(m, r), p.needsStop(), p.movable(m, call), p.stream(call.Args[0])} {
		if o != nil {
			return o
		}
	}
	p.takes(m, top)
	m.base = p.sequenceName(call.Args[0])
	if o := p.context(m); o != nil {
		return o
	}
	k := m.dest
	var fields [2]string
	for i, l := range a.Lhs {
		switch l := ast.Unparen(l).(type) {
		case *ast.SelectorExpr:
			v := fieldOf(p.f.info, l)
			if v == nil {
				return obstacle("form", "it is of a form that is not moved")
			}
			if o := p.onlySetHere(m, v, l); o != nil {
				return o
			}
			text, o := p.text(m, m.src, l.Pos(), l.End(), l)
			if o != nil {
				return o
			}
			fields[i] = strings.TrimPrefix(text, k.recv+".")
			m.released = m.released || i == 1 && p.fired(m, l)
		case *ast.Ident:
			suffix := [...]string{"Next", "Stop"}[i]
			if l.Name == "_" {
				fields[i] = p.fieldName(m, m.base+suffix)
				tuple := under(p.f.info.TypeOf(call)).(*types.Tuple)
				if o := p.add(m, fields[i], tuple.At(i).Type()); o != nil {
					return o
				}
				break
			}
			if i == 1 {
				if o := p.releases(m, p.f.info.Defs[l], true, list); o != nil {
					return o
				}
			} else if o := p.askedOnce(m, p.f.info.Defs[l]); o != nil {
				return o
			}
			if o := p.keep(m, l, m.base+suffix); o != nil {
				return o
			}
			fields[i] = m.subst[p.f.info.Defs[l]]
		default:
			return obstacle("form", "it is of a form that is not moved")
		}
	}
	text, o := p.text(m, m.src, call.Pos(), call.End(), call)
	if o != nil {
		return o
	}
	m.start = append(m.start, fmt.Sprintf("%s.%s, %s.%s = %s", k.recv, fields[0], k.recv, fields[1], text))
	if !m.released {
		m.release = append(m.release, fmt.Sprintf("if \x00recv\x00.%s != nil {\n\x00recv\x00.%s()\n}", fields[1], fields[1]))
	}
	return p.unset(m, fields[0], top, r)
}

// askedOnce requires that a hot method asks a generator for one element in each
// call, and no more: it may be drained in the call else, or shared.
func (p *plan) askedOnce(m *move, next types.Object) *Obstacle {
	asked, other := 0, false
	var walk func(n ast.Node, loop bool)
	walk = func(n ast.Node, loop bool) {
		ast.Inspect(n, func(x ast.Node) bool {
			switch x := x.(type) {
			case *ast.ForStmt:
				if !loop {
					walk(x, true)
					return false
				}
			case *ast.RangeStmt:
				if !loop {
					walk(x, true)
					return false
				}
			case *ast.FuncLit:
				other = other || p.f.uses(x, next)
				return false
			case *ast.CallExpr:
				if p.isIdent(x.Fun, next) {
					asked++
					other = other || loop
					return false
				}
			case *ast.Ident:
				other = other || p.f.info.Uses[x] == next
			}
			return true
		})
	}
	walk(m.hot.Body, false)
	if asked != 1 || other {
		return obstacle("several", "the call asks it for more than one element")
	}
	return nil
}

// stream requires that a sequence is one that can be held between calls: what
// makes it is known, waits for nothing, holds nothing, and does not depend on
// what the session changes.
func (p *plan) stream(seq ast.Expr) *Obstacle {
	call, ok := ast.Unparen(seq).(*ast.CallExpr)
	if !ok {
		return obstacle("unknown", "what %s does is not known here", short(p.f.pass.Fset, seq))
	}
	d := p.f.declOf(call.Fun)
	if d == nil {
		fn := p.f.function(call.Fun)
		if fn == nil || fn.Signature().Recv() != nil && types.IsInterface(fn.Signature().Recv().Type()) || !p.f.short(fn, call) {
			return obstacle("unknown", "what %s does is not known here", short(p.f.pass.Fset, seq))
		}
		return nil
	}
	for _, arg := range call.Args {
		if isContext(p.f.info.TypeOf(arg)) && contains(d.Body, isWait) {
			return obstacle("waits", "the sequence waits, and would no longer end with the call")
		}
	}
	w := p.f.entry(d, "")
	if r := p.f.receiverOf(d); r != nil {
		if sel, ok := p.f.selector(call.Fun); !ok || fieldOf(p.f.info, sel.X) != nil {
			w.env[r] = binding{}
		}
	}
	w.stack = []*ast.FuncDecl{d}
	w.yields = make(map[types.Object]bool)
	ast.Inspect(d.Body, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok && lit.Type.Params != nil {
			for _, field := range lit.Type.Params.List {
				for _, id := range field.Names {
					w.yields[p.f.info.Defs[id]] = true
				}
			}
		}
		return true
	})
	w.body(d.Body, true)
	l := w.l
	switch {
	case len(l.clauses) > 0 || l.hurdle != nil && l.hurdle.Kind == "waits":
		return obstacle("waits", "the sequence waits, and would no longer end with the call")
	case l.locks, contains(d.Body, func(n ast.Node) bool { _, ok := n.(*ast.DeferStmt); return ok }):
		return obstacle("percall", "the sequence holds something until it has ended")
	}
	for _, v := range l.fields {
		for _, x := range p.f.writers[v] {
			if !p.isHook(x) && x.Recv != nil {
				return obstacle("state", "the sequence depends on %s, which %s sets", v.Name(), x.Name.Name)
			}
		}
	}
	return nil
}

// isWait tells whether a node is a channel operation.
func isWait(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.SendStmt, *ast.SelectStmt:
		return true
	case *ast.UnaryExpr:
		return n.Op == token.ARROW
	}
	return false
}

// sequenceName names what is pulled from a sequence after the function that
// makes it.
func (p *plan) sequenceName(seq ast.Expr) string {
	if call, ok := ast.Unparen(seq).(*ast.CallExpr); ok {
		if fn := p.f.function(call.Fun); fn != nil {
			return lowerFirst(fn.Name())
		}
	}
	if v := p.f.leaf(seq); v != nil {
		return lowerFirst(speaking(v.Name(), "seq"))
	}
	return "seq"
}

// rangeStmt makes a range over a sequence that is left early take on from where
// the last call left off.
func (p *plan) rangeStmt(m *move, loop *ast.RangeStmt, r *Request) *Obstacle {
	top, _, o := p.place(m, loop, r)
	if o != nil {
		return o
	}
	if top != ast.Stmt(loop) {
		if _, ok := top.(*ast.LabeledStmt); ok {
			return obstacle("form", "its loop has a label")
		}
		return nested(top)
	}
	for _, o := range []*Obstacle{p.always(m, r), p.serial(m, r), p.needsStop(), p.movable(m, loop.X), p.stream(loop.X)} {
		if o != nil {
			return o
		}
	}
	if loop.Key == nil && loop.Value == nil || !leavesList(loop.Body.List, "", true) || contains(loop.Body, func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		return ok && b.Tok == token.CONTINUE
	}) {
		return obstacle("several", "the call does not just take one element")
	}
	if loop.Tok == token.ASSIGN {
		return obstacle("form", "it is of a form that is not moved")
	}
	sig, ok := under(p.f.info.TypeOf(loop.X)).(*types.Signature)
	if !ok || sig.Params().Len() != 1 {
		return obstacle("form", "it is of a form that is not moved")
	}
	yield, ok := under(sig.Params().At(0).Type()).(*types.Signature)
	if !ok || yield.Params().Len() > 2 || yield.Params().Len() == 0 {
		return obstacle("form", "it is of a form that is not moved")
	}
	m.base = p.sequenceName(loop.X)
	if o := p.context(m); o != nil {
		return o
	}
	k := m.dest
	iter, o := p.f.imports.name(k.src, "iter", "iter")
	if o != nil {
		return o
	}
	next, stop := p.fieldName(m, m.base+"Next"), p.fieldName(m, m.base+"Stop")
	var results []*types.Var
	for v := range yield.Params().Variables() {
		results = append(results, types.NewVar(token.NoPos, nil, "", v.Type()))
	}
	results = append(results, types.NewVar(token.NoPos, nil, "", types.Typ[types.Bool]))
	if o := p.add(m, next, types.NewSignatureType(nil, nil, nil, nil, types.NewTuple(results...), false)); o != nil {
		return o
	}
	m.addField(stop, "func()")
	text, o := p.text(m, m.src, loop.X.Pos(), loop.X.End(), loop.X)
	if o != nil {
		return o
	}
	pull := [...]string{"", "Pull", "Pull2"}[len(results)-1]
	m.start = append(m.start, fmt.Sprintf("%s.%s, %s.%s = %s(%s)", k.recv, next, k.recv, stop, qualified(iter, pull), text))
	m.release = append(m.release, fmt.Sprintf("if \x00recv\x00.%s != nil {\n\x00recv\x00.%s()\n}", stop, stop))
	m.covers = append(m.covers, rep{from: loop.For, to: loop.X.End()})

	taken := identsIn(m.hot)
	okName := "ok"
	if taken[okName] {
		okName = unique("more", func(n string) bool { return taken[n] })
	}
	vars := []string{"_", "_"}[:len(results)-1]
	for i, e := range []ast.Expr{loop.Key, loop.Value} {
		if id, ok := e.(*ast.Ident); ok && i < len(vars) {
			vars[i] = id.Name
		}
	}
	lhs := strings.Join(append(slices.Clone(vars), okName), ", ")
	get := fmt.Sprintf("%s.%s()", m.recv, next)
	header := fmt.Sprintf("if %s := %s; %s ", lhs, get, okName)
	if b, ok := loop.Body.List[len(loop.Body.List)-1].(*ast.BranchStmt); ok {
		// The break has nothing to leave any more.
		from, to := p.span(m.src, m.hot, b)
		m.edits = append(m.edits, edit{m.src, from, to, strings.Join(p.commentsOf(m, b), "\n")})
	}
	if m.lazy {
		m.release[len(m.release)-1] = fmt.Sprintf("if \x00recv\x00.%s != nil {\n\x00recv\x00.%s()\n\x00recv\x00.%s = nil\n}", stop, stop, next)
		header = "if " + m.recv + "." + next + " == nil {\n" + strings.Join(m.start, "\n") + "\n}\n" + header
	}
	m.edits = append(m.edits, edit{m.src, m.src.offset(loop.For), m.src.offset(loop.Body.Lbrace), header})
	return nil
}

// timer keeps one timer or ticker that the hot method resets: what it counts
// begins with the call, as before.
func (p *plan) timer(m *move, call *ast.CallExpr, maker string, r *Request) *Obstacle {
	if o := p.serial(m, r); o != nil {
		return o
	}
	if !p.pureExpr(call.Args[0]) || contains(call.Args[0], isWait) {
		return obstacle("value", "its time is computed in a way that is not moved")
	}
	if !p.f.since(m.src, safeReset) {
		return obstacle("version", "a timer cannot be reset safely before %s", safeReset)
	}
	timePkg, o := p.f.imports.name(m.dest.src, "time", "time")
	if o != nil {
		return o
	}
	typePkg, o := p.f.imports.name(p.shape.src, "time", "time")
	if o != nil {
		return o
	}
	stmt, o := p.statementAround(m, call)
	if o != nil {
		return o
	}
	kind, idle := "Timer", "0"
	if maker == "NewTicker" {
		kind, idle = "Ticker", qualified(timePkg, "Hour")
	}
	name := lowerFirst(kind)
	var id *ast.Ident
	if maker != "After" {
		a, ok := stmt.(*ast.AssignStmt)
		if !ok || len(a.Lhs) != 1 || ast.Unparen(a.Rhs[0]) != ast.Expr(call) {
			return obstacle("form", "it is of a form that is not moved")
		}
		if id, ok = a.Lhs[0].(*ast.Ident); !ok || p.f.info.Defs[id] == nil {
			return obstacle("form", "it is assigned to what is there already")
		}
		if l := p.f.locals[p.f.info.Defs[id]]; l == nil || l.writes != 1 {
			return obstacle("assigned", "%s is assigned again", id.Name)
		}
		if o := p.timerUses(m, p.f.info.Defs[id]); o != nil {
			return o
		}
		name = speaking(id.Name, name)
	} else if s, ok := stmt.(*ast.SelectStmt); ok && p.computes(s, call) {
		return obstacle("form", "the select computes other things first")
	}
	field := p.fieldName(m, name)
	m.base = field
	m.addField(field, "*"+qualified(typePkg, kind))
	recv := m.dest.recv + "." + field
	m.start = append(m.start, fmt.Sprintf("%s = %s(%s)\n%s.Stop()", recv, qualified(timePkg, "New"+kind), idle, recv))
	if p.shape.stop != nil {
		m.release = append(m.release, fmt.Sprintf("if \x00recv\x00.%s != nil {\n\x00recv\x00.%s.Stop()\n}", field, field))
	}
	m.covers = append(m.covers, rep{from: call.Pos(), to: call.End()})
	arg := p.hotText(m, call.Args[0].Pos(), call.Args[0].End(), call.Args[0])
	set := fmt.Sprintf("%s.%s.Reset(%s)", m.recv, field, arg)
	if m.lazy {
		set = fmt.Sprintf("if %s.%s == nil {\n%s.%s = %s(%s)\n} else {\n%s\n}", m.recv, field, m.recv, field, qualified(timePkg, "New"+kind), arg, set)
	}
	off := m.src.offset
	if maker == "After" {
		m.edits = append(m.edits,
			edit{m.src, off(stmt.Pos()), off(stmt.Pos()), set + "\n"},
			edit{m.src, off(call.Pos()), off(call.End()), m.recv + "." + field + ".C"})
		return nil
	}
	m.edits = append(m.edits, edit{m.src, off(stmt.Pos()), off(stmt.End()), set})
	m.subst[p.f.info.Defs[id]] = field
	return nil
}

// timerUses requires that a timer is only waited for, stopped and reset.
func (p *plan) timerUses(m *move, obj types.Object) *Obstacle {
	fine := make(map[*ast.Ident]bool)
	var o *Obstacle
	ast.Inspect(m.hot.Body, func(n ast.Node) bool {
		if o != nil {
			return false
		}
		switch x := n.(type) {
		case *ast.FuncLit:
			if p.f.uses(x, obj) && !p.releasesIn(m, x, obj) {
				o = obstacle("kept", "a function literal has a hand on %s", obj.Name())
			}
		case *ast.UnaryExpr:
			if sel, ok := ast.Unparen(x.X).(*ast.SelectorExpr); ok && x.Op == token.ARROW && p.isIdent(sel.X, obj) {
				fine[ast.Unparen(sel.X).(*ast.Ident)] = true
			}
		case *ast.CallExpr:
			if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && p.isIdent(sel.X, obj) && (sel.Sel.Name == "Stop" || sel.Sel.Name == "Reset") {
				fine[ast.Unparen(sel.X).(*ast.Ident)] = true
			}
		case *ast.Ident:
			if p.f.info.Uses[x] == obj && !fine[x] {
				o = obstacle("kept", "%s is kept elsewhere", obj.Name())
			}
		}
		return o == nil
	})
	return o
}

// computes tells whether a select does more than look at channels when it is
// entered: what a timer's time depends on may change there.
func (p *plan) computes(s *ast.SelectStmt, timer *ast.CallExpr) bool {
	return slices.ContainsFunc(s.Body.List, func(c ast.Stmt) bool {
		comm := c.(*ast.CommClause).Comm
		return comm != nil && contains(comm, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || call == timer {
				return false
			}
			sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
			return !ok || sel.Sel.Name != "Done" && !isPkgFunc(p.f.function(call.Fun), "time", "After")
		})
	})
}

// statementAround returns the innermost statement of a block that holds an
// expression of a hot method, outside literals.
func (p *plan) statementAround(m *move, e ast.Expr) (ast.Stmt, *Obstacle) {
	var found ast.Stmt
	literal := false
	ast.Inspect(m.hot.Body, func(n ast.Node) bool {
		if n == nil || n.Pos() > e.Pos() || e.End() > n.End() {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			literal = true
		case *ast.BlockStmt:
			for _, s := range n.List {
				if !isClause(s) && s.Pos() <= e.Pos() && e.End() <= s.End() {
					found = s
				}
			}
		case *ast.CaseClause:
			for _, s := range n.Body {
				if s.Pos() <= e.Pos() && e.End() <= s.End() {
					found = s
				}
			}
		case *ast.CommClause:
			for _, s := range n.Body {
				if s.Pos() <= e.Pos() && e.End() <= s.End() {
					found = s
				}
			}
		}
		return true
	})
	if literal {
		return nil, obstacle("literal", "it stands in a function literal")
	}
	switch s := found.(type) {
	case nil:
		return nil, obstacle("form", "it is of a form that is not moved")
	case *ast.LabeledStmt:
		return nil, obstacle("form", "its statement has a label")
	case *ast.IfStmt:
		if s.Init != nil || s.Else != nil {
			return nil, obstacle("form", "it is of a form that is not moved")
		}
	case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.DeferStmt, *ast.GoStmt:
		return nil, obstacle("form", "it is of a form that is not moved")
	}
	return found, nil
}

// opened are the functions of std whose result can serve a session as well as a
// call. Of those of the net packages, the ones that dial a stream.
var opened = map[string]bool{
	"net.Dial": true, "net.DialTimeout": true, "net.DialTCP": true, "net.Dialer.Dial": true, "net.Dialer.DialContext": true, "net.Dialer.DialTCP": true,
	"crypto/tls.Dial": true, "crypto/tls.DialWithDialer": true, "crypto/tls.Dialer.Dial": true, "crypto/tls.Dialer.DialContext": true,
	"os.OpenFile":       true,
	"database/sql.Open": true, "database/sql.OpenDB": true, "database/sql.DB.Prepare": true, "database/sql.DB.PrepareContext": true,
}

// sharedStd are those whose result overlapping calls can share.
var sharedStd = map[string]bool{"os.OpenFile": true, "database/sql.Open": true, "database/sql.OpenDB": true, "database/sql.DB.Prepare": true, "database/sql.DB.PrepareContext": true}

// opening are the beginnings of the names of functions that open a client or a
// connection, by which those of other projects are told.
var opening = []string{"Dial", "Connect", "NewClient", "OpenClient", "NewConn", "NewProducer", "NewPublisher"}

// stdName names a function of std as the tables do: "net.Dialer.Dial".
func stdName(fn *types.Func) string {
	name := fn.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		t := types.Unalias(recv.Type())
		if ptr, ok := t.(*types.Pointer); ok {
			t = types.Unalias(ptr.Elem())
		}
		if n, ok := t.(*types.Named); ok {
			name = n.Obj().Name() + "." + name
		}
	}
	return fn.Pkg().Path() + "." + name
}

// opens requires that what a function opens can serve a session as well as a
// call: that it is known to be a connection, client or file that only grows.
func (p *plan) opens(made ast.Expr, fn *types.Func, r *Request) *Obstacle {
	call, ok := ast.Unparen(made).(*ast.CallExpr)
	if !ok {
		return nil
	}
	name := short(p.f.pass.Fset, call.Fun)
	switch {
	case fn == nil || fn.Pkg() == nil:
		return obstacle("unknown", "what %s opens is not known here", name)
	case p.f.declOf(call.Fun) != nil:
		return obstacle("helper", "it is opened in a function of the package")
	case model.IsStd(fn.Pkg().Path()):
		full := stdName(fn)
		if !opened[full] {
			return obstacle("percall", "each call has one of its own of %s", name)
		}
		if r.Method.Rate != contract.Frame && !sharedStd[full] {
			return obstacle("overlap", "calls of %s may overlap", r.Method.Name)
		}
		if strings.HasPrefix(full, "net.") && p.datagrams(call, fn) {
			return obstacle("percall", "late datagrams of one call would be another's")
		}
		if full == "database/sql.Open" && len(call.Args) == 2 {
			if v := p.f.info.Types[call.Args[1]].Value; v == nil || strings.Contains(v.ExactString(), "memory") {
				return obstacle("percall", "each call may have a database of its own")
			}
		}
		return p.fileMode(call, fn)
	case r.Method.Rate != contract.Frame:
		return obstacle("overlap", "calls of %s may overlap", r.Method.Name)
	case !slices.ContainsFunc(opening, func(s string) bool { return strings.HasPrefix(fn.Name(), s) }):
		return obstacle("unknown", "what %s opens is not known here", name)
	}
	return nil
}

// open moves what opens a resource, the check of its error and its release.
func (p *plan) open(m *move, made ast.Expr, r *Request) *Obstacle {
	top, list, o := p.place(m, made, r)
	if o != nil {
		return o
	}
	a, ok := top.(*ast.AssignStmt)
	if !ok || len(a.Rhs) != 1 || !wraps(a.Rhs[0], made) || len(a.Lhs) > 2 || a.Tok != token.DEFINE && a.Tok != token.ASSIGN {
		return nested(top)
	}
	if o := p.always(m, r); o != nil {
		return o
	}
	call := a.Rhs[0]
	var fn *types.Func
	if c, ok := ast.Unparen(made).(*ast.CallExpr); ok {
		fn = p.f.function(c.Fun)
	}
	if r.Site.Kind == model.Resource || r.Site.Kind == model.Goroutine {
		if o := p.opens(made, fn, r); o != nil {
			return o
		}
	}
	if o := p.movable(m, made); o != nil {
		return o
	}
	if r.Site.Kind == model.Generator {
		if o := p.serial(m, r); o != nil {
			return o
		}
	}
	value := p.f.info.TypeOf(a.Lhs[0])
	if isChan(value) {
		return obstacle("channel", "its channel's producer cannot be waited for")
	}
	p.takes(m, top)
	var obj types.Object
	var lhs string
	switch l := ast.Unparen(a.Lhs[0]).(type) {
	case *ast.Ident:
		if l.Name == "_" {
			return obstacle("form", "nothing keeps it")
		}
		obj = p.f.info.Defs[l]
		if obj == nil {
			return obstacle("form", "it is assigned to a variable that is there already")
		}
		m.base = speaking(l.Name, resourceName(value))
	case *ast.SelectorExpr:
		if fieldOf(p.f.info, l) == nil {
			return obstacle("form", "it is of a form that is not moved")
		}
		m.base = lowerFirst(l.Sel.Name)
	default:
		return obstacle("form", "it is of a form that is not moved")
	}
	if r.Site.Kind == model.Channel {
		return obstacle("channel", "it serves this call alone")
	}
	if m.own != "" && p.dials(fn) && m.dest.ctx != "" {
		m.dest.usesCtx = true
		m.own = m.dest.ctx // it binds the dialling alone
	} else if m.own != "" {
		if o := p.needsStop(); o != nil {
			return o
		}
		if o := p.context(m); o != nil {
			return o
		}
	}
	k := m.dest
	if obj != nil {
		if o := p.stays(m, obj); o != nil {
			return o
		}
		if o := p.releases(m, obj, false, list); o != nil {
			return o
		}
		if o := p.keep(m, a.Lhs[0].(*ast.Ident), m.base); o != nil {
			return o
		}
		lhs = k.recv + "." + m.subst[obj]
	} else {
		l := a.Lhs[0].(*ast.SelectorExpr)
		v := fieldOf(p.f.info, l)
		if o := p.onlySetHere(m, v, l); o != nil {
			return o
		}
		if lhs, o = p.text(m, m.src, l.Pos(), l.End(), l); o != nil {
			return o
		}
	}
	if o := p.release(m, value, obj, a.Lhs[0]); o != nil && r.Site.Kind != model.Generator {
		return o
	}
	field := strings.TrimPrefix(lhs, k.recv+".")
	if len(a.Lhs) == 1 {
		text, o := p.text(m, m.src, call.Pos(), call.End(), call)
		if o != nil {
			return o
		}
		m.start = append(m.start, lhs+" = "+text)
	} else if o := p.fallible(m, a, call, lhs, top, list); o != nil {
		return o
	}
	switch under(value).(type) {
	case *types.Pointer, *types.Interface, *types.Signature, *types.Map, *types.Slice, *types.Chan:
		return p.unset(m, field, top, r)
	}
	if m.lazy {
		return obstacle("value", "it is a value that is never nil")
	}
	return nil
}

// datagrams tells whether a function of package net opens what takes datagrams.
func (p *plan) datagrams(made ast.Expr, fn *types.Func) bool {
	if strings.Contains(fn.Name(), "UDP") || strings.Contains(fn.Name(), "IP") || strings.Contains(fn.Name(), "Packet") || strings.Contains(fn.Name(), "gram") {
		return true
	}
	call, ok := ast.Unparen(made).(*ast.CallExpr)
	return ok && slices.ContainsFunc(call.Args, func(e ast.Expr) bool {
		v := p.f.info.Types[e].Value
		return v != nil && v.Kind() == constant.String && (strings.HasPrefix(constant.StringVal(v), "udp") || strings.HasPrefix(constant.StringVal(v), "ip") || constant.StringVal(v) == "unixgram")
	})
}

// wraps tells whether an expression is made, or its address.
func wraps(e, made ast.Expr) bool {
	e = ast.Unparen(e)
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = ast.Unparen(u.X)
	}
	return e == ast.Unparen(made)
}

// fallible moves a creation that may fail, with the check of its error.
func (p *plan) fallible(m *move, a *ast.AssignStmt, call ast.Expr, lhs string, top ast.Stmt, list []ast.Stmt) *Obstacle {
	k := m.dest
	if !k.fails {
		return obstacle("start", "%s returns no error", k.name)
	}
	id, ok := a.Lhs[1].(*ast.Ident)
	if !ok || !isErrorType(p.f.info.TypeOf(id)) && id.Name != "_" {
		return obstacle("form", "it is of a form that is not moved")
	}
	text, o := p.text(m, m.src, call.Pos(), call.End(), call)
	if o != nil {
		return o
	}
	value := "made"
	if k.decl != nil {
		taken := identsIn(k.decl)
		value = unique(m.base, func(n string) bool { return taken[n] || p.local[n] })
	} else {
		value = unique(m.base, func(n string) bool { return n == k.recv || n == k.ctx || n == k.sess || n == "err" || p.local[n] })
	}
	p.local[value] = true
	if id.Name == "_" {
		return obstacle("form", "its error is thrown away")
	}
	errObj := p.f.info.ObjectOf(id)
	i := slices.Index(list, top)
	if i+1 >= len(list) {
		return obstacle("form", "its error is not looked at at once")
	}
	check, ok := list[i+1].(*ast.IfStmt)
	if m.lazy {
		if !ok || check.Init != nil || check.Else != nil || !p.leaves(check.Body) || !p.f.uses(check.Cond, errObj) {
			return obstacle("form", "its error is not looked at at once")
		}
		m.stmts = append(m.stmts, check)
		checkText, o := p.textFor(k, m, m.src, check.Pos(), check.End(), check, p.named(check, errObj, id.Name)...)
		if o != nil {
			return o
		}
		m.fails, m.first = true, true
		m.start = append(m.start, fmt.Sprintf("%s, %s := %s", value, id.Name, text), checkText, lhs+" = "+value)
		return p.keepError(m, a, id, errObj)
	}
	if !ok || check.Init != nil || check.Else != nil || len(check.Body.List) != 1 {
		return obstacle("retry", "what %s does where it fails is more than to return the error", m.hot.Name.Name)
	}
	cond, ok := ast.Unparen(check.Cond).(*ast.BinaryExpr)
	ret, ok2 := check.Body.List[0].(*ast.ReturnStmt)
	if !ok || !ok2 || cond.Op != token.NEQ || !p.isIdent(cond.X, errObj) || !p.f.info.Types[cond.Y].IsNil() || len(ret.Results) == 0 {
		return obstacle("retry", "what %s does where it fails is more than to return the error", m.hot.Name.Name)
	}
	last := ret.Results[len(ret.Results)-1]
	if !isErrorType(p.f.info.TypeOf(last)) || p.f.info.Types[last].IsNil() || !p.f.uses(last, errObj) {
		return obstacle("retry", "%s goes on where it fails, and the next call tries again", m.hot.Name.Name)
	}
	if !p.pureExpr(last) {
		return obstacle("retry", "what %s does where it fails is more than to return the error", m.hot.Name.Name)
	}
	m.stmts = append(m.stmts, check)
	errText, o := p.textFor(k, m, m.src, last.Pos(), last.End(), last, p.named(last, errObj, "err")...)
	if o != nil {
		return o
	}
	failure := strings.TrimSuffix(k.failure, "err") + errText
	reps := append(p.named(cond, errObj, "err"), rep{ret.Pos(), ret.End(), "\x00undo\x00" + failure})
	checkText, o := p.textFor(k, m, m.src, check.Pos(), check.End(), check, reps...)
	if o != nil {
		return o
	}
	m.fails, m.first = true, true
	m.start = append(m.start, fmt.Sprintf("%s, err := %s", value, text), checkText, lhs+" = "+value)
	return p.keepError(m, a, id, errObj)
}

func (p *plan) isIdent(e ast.Expr, obj types.Object) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && p.f.info.Uses[id] == obj
}

// leaves tells whether a block ends by leaving what is around it.
func (p *plan) leaves(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	switch s := b.List[len(b.List)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok == token.CONTINUE || s.Tok == token.BREAK
	}
	return false
}

// named renders the uses of an object by another name.
func (p *plan) named(n ast.Node, obj types.Object, name string) []rep {
	var reps []rep
	ast.Inspect(n, func(x ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok && p.f.info.Uses[id] == obj {
			reps = append(reps, rep{id.Pos(), id.End(), name})
		}
		return true
	})
	return reps
}

// keepError sees to it that what the hot method still does with the error
// variable of a creation that goes has one.
func (p *plan) keepError(m *move, a *ast.AssignStmt, id *ast.Ident, errObj types.Object) *Obstacle {
	if p.f.info.Defs[id] == nil {
		return nil // declared before
	}
	var first *ast.Ident
	var stmt *ast.AssignStmt
	ast.Inspect(m.hot.Body, func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && (slices.Contains(m.stmts, s) || slices.Contains(m.replaced, s)) {
			return false
		}
		if x, ok := n.(*ast.Ident); ok && first == nil && p.f.info.Uses[x] == errObj {
			first = x
		}
		return true
	})
	if first == nil {
		return nil
	}
	for _, s := range m.hot.Body.List {
		if x, ok := s.(*ast.AssignStmt); ok && x.Pos() <= first.Pos() && first.End() <= x.End() {
			stmt = x
		}
	}
	off := m.src.offset
	if stmt != nil && stmt.Tok == token.ASSIGN && !p.f.uses(stmt.Rhs[0], errObj) && !slices.ContainsFunc(stmt.Lhs, func(e ast.Expr) bool {
		x, ok := e.(*ast.Ident)
		return !ok || x.Name != "_" && p.f.info.Uses[x] != errObj
	}) {
		m.edits = append(m.edits, edit{m.src, off(stmt.TokPos), off(stmt.TokPos) + 1, ":="})
		return nil
	}
	if stmt != nil && stmt.Tok == token.DEFINE && !p.f.uses(stmt.Rhs[0], errObj) && slices.ContainsFunc(stmt.Lhs, func(e ast.Expr) bool {
		x, ok := e.(*ast.Ident)
		return ok && p.f.info.Uses[x] == errObj
	}) {
		return nil // it declares the variable now
	}
	m.edits = append(m.edits, edit{m.src, off(a.Pos()), off(a.Pos()), "var " + id.Name + " error\n"})
	return nil
}

// dials tells whether a function's context binds the opening alone.
func (p *plan) dials(fn *types.Func) bool {
	return fn != nil && (fn.Name() == "DialContext" || fn.Name() == "PrepareContext") && fn.Pkg() != nil && model.IsStd(fn.Pkg().Path())
}

// fileMode requires of os.OpenFile that it appends and does nothing else: then
// it is the same to open the file once, as long as the program itself does not
// move it away.
func (p *plan) fileMode(call *ast.CallExpr, fn *types.Func) *Obstacle {
	if !isPkgFunc(fn, "os", "OpenFile") {
		return nil
	}
	flags, ok := constant.Int64Val(constant.ToInt(orZero(p.f.info.Types[call.Args[1]].Value)))
	if !ok || flags&int64(os.O_APPEND) == 0 || flags&int64(os.O_WRONLY) == 0 || flags&int64(os.O_RDWR|os.O_TRUNC|os.O_EXCL) != 0 {
		return obstacle("percall", "each call has the file from its beginning, or anew")
	}
	for d := range p.f.declared() {
		if p.f.anyCall(d, make(map[*ast.FuncDecl]bool), func(fn *types.Func) bool {
			return isPkgFunc(fn, "os", "Rename", "Remove", "RemoveAll", "Truncate") && !p.isHook(d)
		}) {
			return obstacle("percall", "%s may move the file away", d.Name.Name)
		}
	}
	return nil
}

func orZero(v constant.Value) constant.Value {
	if v == nil {
		return constant.MakeInt64(0)
	}
	return v
}

func resourceName(t types.Type) string {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return lowerFirst(n.Obj().Name())
	}
	return "resource"
}

// passing are the functions of std that use what they are given in the call, and
// keep nothing.
var passing = map[string]bool{
	"io.WriteString": true, "io.ReadFull": true, "io.ReadAtLeast": true, "io.CopyN": true,
	"fmt.Fprint": true, "fmt.Fprintf": true, "fmt.Fprintln": true,
	"encoding/binary.Read": true, "encoding/binary.Write": true,
}

// ending are the methods, beside those that release, after which a value is of
// no use to the next call, or of less.
var ending = map[string]bool{
	"CloseRead": true, "CloseWrite": true, "Quit": true, "ReadFrom": true, "Hijack": true, "Detach": true,
	"SetLinger": true, "File": true, "SyscallConn": true, "Fd": true, "Seek": true, "Truncate": true, "RegisterProtocol": true,
	"Begin": true, "BeginTx": true, "Commit": true, "Rollback": true, "Flush": true,
}

// stays requires that a local variable of a hot method is only used, in the call
// itself: by its methods and fields, and by functions that are known to keep
// nothing. What is handed on in any other way may live on, or be closed, under
// another name.
func (p *plan) stays(m *move, obj types.Object) *Obstacle {
	if obj == nil {
		return nil
	}
	return p.onlyUsed(m, m.hot.Body, obj, maxLife)
}

// onlyUsed requires that a part of a function only uses what a variable holds.
func (p *plan) onlyUsed(m *move, body ast.Node, obj types.Object, depth int) *Obstacle {
	fine := make(map[*ast.Ident]bool)
	var o *Obstacle
	name := obj.Name()
	ident := func(e ast.Expr) *ast.Ident {
		id, ok := ast.Unparen(e).(*ast.Ident)
		if !ok || p.f.info.Uses[id] != obj {
			return nil
		}
		return id
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if o != nil {
			return false
		}
		switch x := n.(type) {
		case *ast.GoStmt:
			if p.f.uses(x, obj) {
				o = obstacle("kept", "a goroutine of the call has a hand on %s", name)
			}
			return false
		case *ast.FuncLit:
			if p.f.uses(x, obj) && !p.releasesIn(m, x, obj) {
				o = obstacle("kept", "a function literal has a hand on %s", name)
			}
			return o == nil
		case *ast.AssignStmt:
			for _, l := range x.Lhs {
				if sel, ok := ast.Unparen(l).(*ast.SelectorExpr); ok && ident(sel.X) != nil {
					o = obstacle("assigned", "%s.%s is set on each call", name, sel.Sel.Name)
				}
			}
			for i, r := range x.Rhs {
				if id := ident(r); id != nil && len(x.Lhs) == len(x.Rhs) {
					if blank, ok := x.Lhs[i].(*ast.Ident); ok && blank.Name == "_" {
						fine[id] = true
					}
				}
			}
		case *ast.BinaryExpr:
			for _, e := range []ast.Expr{x.X, x.Y} {
				if id := ident(e); id != nil {
					fine[id] = true
				}
			}
		case *ast.CallExpr:
			if id, ok := ast.Unparen(x.Fun).(*ast.Ident); ok && ident(id) != nil {
				fine[id] = true // next()
			}
			if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && ident(sel.X) != nil {
				o = p.methodUse(m, body, x, sel, name)
				fine[ident(sel.X)] = o == nil
				break
			}
			for i, arg := range x.Args {
				if id := ident(arg); id != nil {
					if o = p.passed(m, x, i, id, depth); o == nil {
						fine[id] = true
					}
				}
			}
		case *ast.UnaryExpr:
			if x.Op == token.AND && p.f.uses(x, obj) {
				o = obstacle("kept", "%s is kept elsewhere", name)
			}
		case *ast.SelectorExpr:
			// A method value is none of a call's.
			if id := ident(x.X); id != nil && fieldOf(p.f.info, x) != nil {
				fine[id] = true
			}
		case *ast.Ident:
			if p.f.info.Uses[x] == obj && !fine[x] {
				o = obstacle("kept", "%s is kept elsewhere", name)
			}
		}
		return o == nil
	})
	return o
}

// releasesIn tells whether a literal just releases what a variable holds, when
// the call ends: what becomes of it is looked at elsewhere.
func (p *plan) releasesIn(m *move, lit *ast.FuncLit, obj types.Object) bool {
	return len(lit.Body.List) == 1 && contains(m.hot.Body, func(n ast.Node) bool {
		d, ok := n.(*ast.DeferStmt)
		return ok && ast.Unparen(d.Call.Fun) == ast.Expr(lit)
	})
}

// methodUse requires that a method leaves its receiver fit for the next call.
func (p *plan) methodUse(m *move, body ast.Node, call *ast.CallExpr, sel *ast.SelectorExpr, name string) *Obstacle {
	method := sel.Sel.Name
	switch {
	case ending[method]:
		return obstacle("percall", "each call does %s to it", short(p.f.pass.Fset, sel))
	case strings.HasPrefix(method, "Set") && strings.HasSuffix(method, "Deadline"):
		for _, s := range m.hot.Body.List {
			if s.Pos() <= call.Pos() && call.End() <= s.End() {
				switch s := s.(type) {
				case *ast.ExprStmt, *ast.AssignStmt:
					return nil
				case *ast.IfStmt:
					if s.Init != nil && call.End() <= s.Init.End() || call.End() <= s.Cond.End() {
						return nil
					}
				}
			}
		}
		return obstacle("percall", "the deadline of %s would outlive the call", name)
	case isReleaseName(method) && body != ast.Node(m.hot.Body):
		return obstacle("release", "%s is released in a helper", name)
	}
	return nil
}

// passed requires that a function only uses what it is given.
func (p *plan) passed(m *move, call *ast.CallExpr, i int, id *ast.Ident, depth int) *Obstacle {
	name := short(p.f.pass.Fset, call.Fun)
	if p.f.info.Types[ast.Unparen(call.Fun)].IsBuiltin() {
		return obstacle("kept", "%s is kept elsewhere", id.Name)
	}
	fn := p.f.function(call.Fun)
	if fn != nil && fn.Pkg() != nil && passing[fn.Pkg().Path()+"."+fn.Name()] {
		return nil
	}
	if fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "io" && strings.HasPrefix(fn.Name(), "ReadAll") {
		return obstacle("percall", "each call reads %s to its end", id.Name)
	}
	d := p.f.declOf(call.Fun)
	if d == nil || depth == 0 || fn == nil || fn.Signature().Variadic() {
		return obstacle("kept", "%s may keep %s", name, id.Name)
	}
	n := 0
	for _, field := range d.Type.Params.List {
		for _, param := range field.Names {
			if n == i {
				obj := p.f.info.Defs[param]
				if obj == nil {
					return nil
				}
				if p.f.locals[obj] != nil {
					return obstacle("kept", "%s may keep %s", name, id.Name)
				}
				return p.onlyUsed(m, d.Body, obj, depth-1)
			}
			n++
		}
	}
	return nil
}

// onlySetHere requires that a field is set in no other method that a session
// calls, and that the hot method does not release what it held.
func (p *plan) onlySetHere(m *move, v *types.Var, l *ast.SelectorExpr) *Obstacle {
	for _, d := range p.f.writers[v] {
		if d != m.hot && !p.isHook(d) && d.Recv != nil {
			return obstacle("assigned", "%s sets %s too", d.Name.Name, short(p.f.pass.Fset, l))
		}
	}
	for _, d := range p.f.decls {
		if d == m.hot || p.isHook(d) || d.Body == nil || d.Recv == nil {
			continue
		}
		if contains(d.Body, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return false
			}
			sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
			return ok && isReleaseName(sel.Sel.Name) && fieldOf(p.f.info, sel.X) == v
		}) {
			return obstacle("release", "another method closes %s", short(p.f.pass.Fset, l))
		}
	}
	writes := 0
	var o *Obstacle
	ast.Inspect(m.hot.Body, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.AssignStmt:
			for _, e := range x.Lhs {
				if fieldOf(p.f.info, e) == v {
					writes++
				}
			}
		case *ast.CallExpr:
			if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && isReleaseName(sel.Sel.Name) && fieldOf(p.f.info, sel.X) == v {
				o = obstacle("release", "%s itself closes %s", m.hot.Name.Name, short(p.f.pass.Fset, l))
			}
		}
		return true
	})
	if o == nil && writes > 1 {
		o = obstacle("assigned", "%s is assigned again", short(p.f.pass.Fset, l))
	}
	return o
}

// releases finds where the hot method releases what a variable holds: these
// statements go. A release under a condition, or one whose error is looked at,
// stands in the way.
func (p *plan) releases(m *move, obj types.Object, isFunc bool, list []ast.Stmt) *Obstacle {
	releases := func(call *ast.CallExpr) bool {
		if isFunc {
			id, ok := ast.Unparen(call.Fun).(*ast.Ident)
			return ok && p.f.info.Uses[id] == obj
		}
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok || !isReleaseName(sel.Sel.Name) {
			return false
		}
		id, ok := ast.Unparen(sel.X).(*ast.Ident)
		return ok && p.f.info.Uses[id] == obj
	}
	gone := func(s ast.Stmt) bool {
		var call *ast.CallExpr
		switch s := s.(type) {
		case *ast.DeferStmt:
			call = s.Call
			if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok && len(lit.Body.List) == 1 && len(call.Args) == 0 {
				switch b := lit.Body.List[0].(type) {
				case *ast.ExprStmt:
					call, _ = b.X.(*ast.CallExpr)
				case *ast.AssignStmt:
					if id, ok := b.Lhs[0].(*ast.Ident); ok && len(b.Lhs) == 1 && id.Name == "_" {
						call, _ = b.Rhs[0].(*ast.CallExpr)
					}
				}
			}
		case *ast.ExprStmt:
			call, _ = s.X.(*ast.CallExpr)
		case *ast.AssignStmt:
			if id, ok := s.Lhs[0].(*ast.Ident); ok && len(s.Lhs) == 1 && id.Name == "_" {
				call, _ = s.Rhs[0].(*ast.CallExpr)
			}
		}
		return call != nil && releases(call)
	}
	for _, s := range list {
		if gone(s) {
			m.stmts = append(m.stmts, s)
			m.releasing = append(m.releasing, s)
		}
	}
	var o *Obstacle
	ast.Inspect(m.hot.Body, func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && slices.Contains(m.stmts, s) {
			return false
		}
		if call, ok := n.(*ast.CallExpr); ok && releases(call) {
			o = obstacle("release", "%s releases %s under a condition", m.hot.Name.Name, obj.Name())
		}
		if isFunc {
			if id, ok := n.(*ast.Ident); ok && p.f.info.Uses[id] == obj && o == nil {
				o = obstacle("kept", "%s is kept elsewhere", obj.Name())
			}
		}
		return true
	})
	return o
}

// release writes what stop does to end what a value holds.
func (p *plan) release(m *move, t types.Type, obj types.Object, lhs ast.Expr) *Obstacle {
	field := ""
	if obj != nil {
		field = m.subst[obj]
	} else {
		if p.fired(m, lhs) {
			m.released = true
			return nil
		}
		field = strings.TrimPrefix(short(p.f.pass.Fset, lhs), m.recv+".")
	}
	for _, name := range releaseNames {
		fo, _, _ := types.LookupFieldOrMethod(t, true, p.f.pass.Pkg, name)
		fn, ok := fo.(*types.Func)
		if !ok || fn.Signature().Params().Len() > 0 {
			continue
		}
		if p.shape.stop == nil && name != "CloseIdleConnections" {
			return p.needsStop()
		}
		if p.shape.stop == nil {
			return nil
		}
		switch under(t).(type) {
		case *types.Pointer, *types.Interface:
		default:
			return obstacle("type", "its value is never nil, so that stop could not tell whether there is one")
		}
		// It may be closed where start fails, and again by stop.
		m.release = append(m.release, fmt.Sprintf("if \x00recv\x00.%s != nil {\n\x00recv\x00.%s.%s()\n\x00recv\x00.%s = nil\n}", field, field, name, field))
		return nil
	}
	return obstacle("release", "no method is known that would release it")
}

// releaseNames are the methods that release what a value holds, the likeliest
// first.
var releaseNames = []string{"Close", "Stop", "Shutdown", "CloseIdleConnections", "Disconnect", "Release", "Destroy", "Terminate", "Cancel", "Unsubscribe"}

// client keeps one HTTP client or transport.
func (p *plan) client(m *move, lit *ast.CompositeLit, r *Request) *Obstacle {
	t := p.f.info.TypeOf(lit)
	if !isNamed(t, "net/http", "Client") && !isNamed(t, "net/http", "Transport") {
		return obstacle("form", "it is of a form that is not moved")
	}
	expr := ast.Expr(lit)
	ast.Inspect(m.hot.Body, func(n ast.Node) bool {
		if u, ok := n.(*ast.UnaryExpr); ok && u.Op == token.AND && ast.Unparen(u.X) == ast.Expr(lit) {
			expr = u
		}
		return true
	})
	stmt, list, o := p.place(m, expr, r)
	if o != nil {
		return o
	}
	if o := p.movable(m, lit); o != nil {
		return o
	}
	if m.own != "" {
		return obstacle("value", "it depends on the context of this call")
	}
	name := "client"
	if isNamed(t, "net/http", "Transport") {
		name = "transport"
	}
	a, ok := stmt.(*ast.AssignStmt)
	if ok && len(a.Lhs) == 1 && len(a.Rhs) == 1 && ast.Unparen(a.Rhs[0]) == expr {
		return p.clientVariable(m, lit, expr, name, a, list, r)
	}
	if !p.calledOn(m, expr) {
		return obstacle("kept", "it is handed on where it is made")
	}
	if stmt, o = p.statementAround(m, expr); o != nil {
		return o
	}
	field := p.fieldName(m, name)
	if o := p.add(m, field, p.f.info.TypeOf(expr)); o != nil {
		return o
	}
	m.base = field
	text, o := p.text(m, m.src, expr.Pos(), expr.End(), expr)
	if o != nil {
		return o
	}
	m.start = append(m.start, m.dest.recv+"."+field+" = "+text)
	m.covers = append(m.covers, rep{from: expr.Pos(), to: expr.End()})
	off := m.src.offset
	m.edits = append(m.edits, edit{m.src, off(expr.Pos()), off(expr.End()), m.recv + "." + field})
	p.clientRelease(m, lit, expr, field, nil)
	if !m.lazy {
		return nil
	}
	if _, ok := expr.(*ast.UnaryExpr); !ok || r.Method.Rate != contract.Frame {
		return obstacle("condition", "it happens under a condition")
	}
	m.edits = append(m.edits, edit{m.src, off(stmt.Pos()), off(stmt.Pos()),
		"if " + m.recv + "." + field + " == nil {\n" + strings.Join(m.start, "\n") + "\n}\n"})
	return nil
}

// calledOn tells whether a hot method just calls a method of what it makes, or
// makes it a client's transport.
func (p *plan) calledOn(m *move, made ast.Expr) bool {
	return contains(m.hot.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
			return ok && ast.Unparen(sel.X) == made && !ending[sel.Sel.Name]
		case *ast.KeyValueExpr:
			key, ok := n.Key.(*ast.Ident)
			return ok && key.Name == "Transport" && ast.Unparen(n.Value) == made
		}
		return false
	})
}

// clientVariable keeps a client that the hot method keeps in a variable or
// field.
func (p *plan) clientVariable(m *move, lit *ast.CompositeLit, expr ast.Expr, name string, a *ast.AssignStmt, list []ast.Stmt, r *Request) *Obstacle {
	if o := p.always(m, r); o != nil {
		return o
	}
	p.takes(m, a)
	var lhs string
	var at ast.Expr
	switch l := ast.Unparen(a.Lhs[0]).(type) {
	case *ast.Ident:
		obj := p.f.info.Defs[l]
		if obj == nil {
			return obstacle("form", "it is assigned to a variable that is there already")
		}
		for _, o := range []*Obstacle{p.stays(m, obj), p.releases(m, obj, false, list), p.keep(m, l, speaking(l.Name, name))} {
			if o != nil {
				return o
			}
		}
		lhs = m.dest.recv + "." + m.subst[obj]
	case *ast.SelectorExpr:
		v := fieldOf(p.f.info, l)
		if v == nil {
			return obstacle("form", "it is of a form that is not moved")
		}
		if o := p.onlySetHere(m, v, l); o != nil {
			return o
		}
		var o *Obstacle
		if lhs, o = p.text(m, m.src, l.Pos(), l.End(), l); o != nil {
			return o
		}
		at = l
	default:
		return obstacle("form", "it is of a form that is not moved")
	}
	text, o := p.text(m, m.src, expr.Pos(), expr.End(), expr)
	if o != nil {
		return o
	}
	field := strings.TrimPrefix(lhs, m.dest.recv+".")
	m.base = lowerFirst(field[strings.LastIndex(field, ".")+1:])
	m.start = append(m.start, lhs+" = "+text)
	p.clientRelease(m, lit, expr, field, at)
	if _, ok := expr.(*ast.UnaryExpr); !ok && m.lazy {
		return obstacle("condition", "it happens under a condition")
	}
	return p.unset(m, field, a, r)
}

// clientRelease lets go of the connections that a client of its own transport
// keeps.
func (p *plan) clientRelease(m *move, lit *ast.CompositeLit, expr ast.Expr, field string, at ast.Expr) {
	if at != nil && p.fired(m, at) {
		m.released = true
	}
	if m.released || p.shape.stop == nil {
		return
	}
	own := isNamed(p.f.info.TypeOf(lit), "net/http", "Transport") || slices.ContainsFunc(lit.Elts, func(e ast.Expr) bool {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		id, ok := kv.Key.(*ast.Ident)
		return ok && id.Name == "Transport" && contains(kv.Value, func(n ast.Node) bool { _, ok := n.(*ast.CompositeLit); return ok })
	})
	if !own {
		return
	}
	call := "\x00recv\x00." + field + ".CloseIdleConnections()"
	if _, ok := expr.(*ast.UnaryExpr); ok {
		call = "if \x00recv\x00." + field + " != nil {\n" + call + "\n}"
	}
	m.release = append(m.release, call)
}
