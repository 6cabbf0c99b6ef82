package hoist

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
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
	for _, o := range []*Obstacle{p.always(m, r), serial(r), p.needsStop(), p.movable(m, call)} {
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
			} else if o := p.stays(m, p.f.info.Defs[l]); o != nil {
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
		m.release = append(m.release, fmt.Sprintf("if {recv}.%s != nil {\n{recv}.%s()\n}", fields[1], fields[1]))
	}
	return p.unset(m, fields[0], top, r)
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
	for _, o := range []*Obstacle{p.always(m, r), serial(r), p.needsStop(), p.movable(m, loop.X)} {
		if o != nil {
			return o
		}
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
	m.release = append(m.release, fmt.Sprintf("if {recv}.%s != nil {\n{recv}.%s()\n}", stop, stop))
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
	header := fmt.Sprintf("for %s := %s; %s; %s = %s ", lhs, get, okName, lhs, get)
	if endsBody(loop.Body.List) && !contains(loop.Body, func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		return ok && (b.Tok == token.BREAK || b.Tok == token.CONTINUE)
	}) {
		header = fmt.Sprintf("if %s := %s; %s ", lhs, get, okName)
	}
	if m.lazy {
		m.release[len(m.release)-1] = fmt.Sprintf("if {recv}.%s != nil {\n{recv}.%s()\n{recv}.%s = nil\n}", stop, stop, next)
		header = "if " + m.recv + "." + next + " == nil {\n" + strings.Join(m.start, "\n") + "\n}\n" + header
	}
	m.edits = append(m.edits, edit{m.src, m.src.offset(loop.For), m.src.offset(loop.Body.Lbrace), header})
	return nil
}

// timer keeps one timer or ticker that the hot method resets: what it counts
// begins with the call, as before.
func (p *plan) timer(m *move, call *ast.CallExpr, maker string, r *Request) *Obstacle {
	if o := serial(r); o != nil {
		return o
	}
	if !p.f.since(safeReset) {
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
			return p.open(m, call, r) // assigned to a field
		}
		if l := p.f.locals[p.f.info.Defs[id]]; l == nil || l.writes != 1 {
			return obstacle("assigned", "%s is assigned again", id.Name)
		}
		if o := p.stays(m, p.f.info.Defs[id]); o != nil {
			return o
		}
		name = speaking(id.Name, name)
	}
	field := p.fieldName(m, name)
	m.base = field
	m.addField(field, "*"+qualified(typePkg, kind))
	recv := m.dest.recv + "." + field
	m.start = append(m.start, fmt.Sprintf("%s = %s(%s)\n%s.Stop()", recv, qualified(timePkg, "New"+kind), idle, recv))
	if p.shape.stop != nil {
		m.release = append(m.release, fmt.Sprintf("if {recv}.%s != nil {\n{recv}.%s.Stop()\n}", field, field))
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

// perCall are what std opens for one use: moved, it would not do the same.
var perCall = map[string]string{
	"os.Open":                   "each call has the file from its beginning",
	"os.Create":                 "each call has the file anew",
	"os.CreateTemp":             "each call has a file of its own",
	"os.Pipe":                   "each call has a pipe of its own",
	"os.StartProcess":           "each call has a process of its own",
	"os/exec.Start":             "each call has a process of its own",
	"os/exec.Run":               "each call has a process of its own",
	"os/exec.Output":            "each call has a process of its own",
	"database/sql.Begin":        "each call has a transaction of its own",
	"database/sql.BeginTx":      "each call has a transaction of its own",
	"database/sql.Query":        "each call has rows of its own",
	"database/sql.QueryContext": "each call has rows of its own",
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
		if o := p.fileMode(c, fn); o != nil {
			return o
		}
	}
	if o := p.opener(made, fn); o != nil {
		return o
	}
	if fn != nil && fn.Pkg() != nil {
		if why := perCall[fn.Pkg().Path()+"."+fn.Name()]; why != "" {
			return obstacle("percall", "%s", why)
		}
	}
	if o := p.movable(m, made); o != nil {
		return o
	}
	if r.Site.Kind == model.Generator {
		if o := serial(r); o != nil {
			return o
		}
	}
	value := p.f.info.TypeOf(a.Lhs[0])
	if isChan(value) {
		return obstacle("channel", "its channel's producer cannot be waited for")
	}
	if r.Method.Rate != contract.Frame && isNamed(value, "time", "Ticker") {
		return serial(r)
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

// opener requires that a function makes something new, and does nothing else: a
// getter may hand out what is somebody else's, or another one tomorrow.
func (p *plan) opener(made ast.Expr, fn *types.Func) *Obstacle {
	call, ok := ast.Unparen(made).(*ast.CallExpr)
	if !ok {
		return nil
	}
	name := short(p.f.pass.Fset, call.Fun)
	if d := p.f.declOf(call.Fun); d != nil {
		for v, writers := range p.f.writers {
			if slices.Contains(writers, d) && v.Pkg() == p.f.pass.Pkg && !p.ofLocal(d, v) {
				return obstacle("helper", "%s does more than make it", name)
			}
		}
		return nil
	}
	if fn == nil {
		return obstacle("unknown", "what %s does is not known here", name)
	}
	for _, word := range []string{"Get", "Acquire", "Take", "Borrow", "Conn", "Lease"} {
		if rest, ok := strings.CutPrefix(fn.Name(), word); ok && (rest == "" || rest[0] >= 'A' && rest[0] <= 'Z') && fn.Signature().Recv() != nil {
			return obstacle("pool", "%s may take it from a pool", name)
		}
	}
	return nil
}

// ofLocal tells whether a function sets a field just of what it makes itself.
func (p *plan) ofLocal(d *ast.FuncDecl, v *types.Var) bool {
	recv := p.f.receiverOf(d)
	return !contains(d.Body, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		return ok && slices.ContainsFunc(a.Lhs, func(e ast.Expr) bool {
			if fieldOf(p.f.info, e) != v {
				return false
			}
			if recv != nil && p.f.uses(e, recv) {
				return true
			}
			return contains(e, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				if !ok {
					return false
				}
				x, ok := p.f.info.Uses[id].(*types.Var)
				return ok && !x.IsField() && p.f.locals[x] == nil
			})
		})
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
		value = unique(m.base, func(n string) bool { return taken[n] })
	} else {
		value = unique(m.base, func(n string) bool { return n == k.recv || n == k.ctx || n == k.sess || n == "err" })
	}
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
		checkText, o := p.text(m, m.src, check.Pos(), check.End(), check)
		if o != nil {
			return o
		}
		m.fails = true
		m.start = append(m.start, fmt.Sprintf("%s, %s := %s", value, id.Name, text), checkText, lhs+" = "+value)
		return p.keepError(m, a, id, errObj)
	}
	if !ok || check.Init != nil || check.Else != nil || len(check.Body.List) != 1 {
		return obstacle("retry", "what %s does where it fails is more than to return the error", m.hot.Name.Name)
	}
	cond, ok := ast.Unparen(check.Cond).(*ast.BinaryExpr)
	ret, ok2 := check.Body.List[0].(*ast.ReturnStmt)
	if !ok || !ok2 || cond.Op != token.NEQ || !p.f.uses(cond.X, errObj) || !p.f.info.Types[cond.Y].IsNil() || len(ret.Results) == 0 {
		return obstacle("retry", "what %s does where it fails is more than to return the error", m.hot.Name.Name)
	}
	last := ret.Results[len(ret.Results)-1]
	if !isErrorType(p.f.info.TypeOf(last)) || p.f.info.Types[last].IsNil() || !p.f.uses(last, errObj) {
		return obstacle("retry", "%s goes on where it fails, and the next call tries again", m.hot.Name.Name)
	}
	m.stmts = append(m.stmts, check)
	errText, o := p.textFor(k, m, m.src, last.Pos(), last.End(), last, p.named(last, errObj, "err")...)
	if o != nil {
		return o
	}
	failure := strings.TrimSuffix(k.failure, "err") + errText
	m.fails = true
	m.start = append(m.start, fmt.Sprintf("%s, err := %s", value, text), "if err != nil {\n{undo}"+failure+"\n}", lhs+" = "+value)
	return p.keepError(m, a, id, errObj)
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

// fileMode requires of os.OpenFile that it appends: then it is the same to open
// the file once.
func (p *plan) fileMode(call *ast.CallExpr, fn *types.Func) *Obstacle {
	if !isPkgFunc(fn, "os", "OpenFile") {
		return nil
	}
	if !contains(call.Args[1], func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		return ok && (id.Name == "O_APPEND") && p.f.info.Uses[id] != nil && p.f.info.Uses[id].Pkg() != nil
	}) {
		return obstacle("percall", "each call has the file from its beginning")
	}
	if contains(call.Args[1], func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		return ok && (id.Name == "O_TRUNC" || id.Name == "O_EXCL" || id.Name == "O_RDWR")
	}) {
		return obstacle("percall", "each call has the file anew")
	}
	return nil
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

// stays requires that a local variable of a hot method is only used, in the call
// itself: what is handed on, kept or captured may live on under its old name.
func (p *plan) stays(m *move, obj types.Object) *Obstacle {
	if obj == nil {
		return nil
	}
	var o *Obstacle
	name := obj.Name()
	is := func(e ast.Expr) bool {
		for {
			switch x := ast.Unparen(e).(type) {
			case *ast.UnaryExpr:
				e = x.X
				continue
			case *ast.Ident:
				return p.f.info.Uses[x] == obj
			}
			return false
		}
	}
	ast.Inspect(m.hot.Body, func(n ast.Node) bool {
		if o != nil {
			return false
		}
		switch x := n.(type) {
		case *ast.ReturnStmt:
			for _, e := range x.Results {
				if is(e) {
					o = obstacle("result", "%s returns it", m.hot.Name.Name)
				}
			}
		case *ast.AssignStmt:
			for i, e := range x.Rhs {
				if !is(e) {
					continue
				}
				if id, ok := ast.Unparen(x.Lhs[min(i, len(x.Lhs)-1)]).(*ast.Ident); !ok || id.Name != "_" {
					o = obstacle("kept", "%s is kept elsewhere", name)
				}
			}
			for _, l := range x.Lhs {
				if sel, ok := ast.Unparen(l).(*ast.SelectorExpr); ok && is(sel.X) {
					o = obstacle("assigned", "%s.%s is set on each call", name, sel.Sel.Name)
				}
			}
		case *ast.KeyValueExpr:
			if is(x.Value) {
				o = obstacle("kept", "%s is kept elsewhere", name)
			}
		case *ast.CompositeLit:
			for _, e := range x.Elts {
				if is(e) {
					o = obstacle("kept", "%s is kept elsewhere", name)
				}
			}
		case *ast.SendStmt:
			if is(x.Value) {
				o = obstacle("kept", "%s is sent on", name)
			}
		case *ast.GoStmt:
			if p.f.uses(x, obj) {
				o = obstacle("kept", "a goroutine of the call has a hand on %s", name)
			}
			return false
		case *ast.CallExpr:
			if fn := p.f.function(x.Fun); fn != nil && slices.ContainsFunc(x.Args, is) {
				full := fn.Name()
				switch {
				case fn.Pkg() != nil && fn.Pkg().Path() == "io" && (full == "ReadAll" || full == "Copy" || full == "CopyBuffer"):
					o = obstacle("percall", "each call reads %s to its end", name)
				case strings.HasPrefix(full, "New") || strings.HasPrefix(full, "With"):
					o = obstacle("kept", "%s keeps %s", short(p.f.pass.Fset, x.Fun), name)
				}
			}
			if id, ok := ast.Unparen(x.Fun).(*ast.Ident); ok && id.Name == "append" && slices.ContainsFunc(x.Args, is) {
				o = obstacle("kept", "%s is kept elsewhere", name)
			}
			if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && is(sel.X) && sel.Sel.Name == "CloseWrite" {
				o = obstacle("percall", "each call closes %s for writing", name)
			}
		}
		return true
	})
	return o
}

// onlySetHere requires that a field is set in no other method that a session
// calls, and that the hot method does not release what it held.
func (p *plan) onlySetHere(m *move, v *types.Var, l *ast.SelectorExpr) *Obstacle {
	for _, d := range p.f.writers[v] {
		if d != m.hot && !p.isHook(d) && d.Recv != nil {
			return obstacle("assigned", "%s sets %s too", d.Name.Name, short(p.f.pass.Fset, l))
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
		call := fmt.Sprintf("{recv}.%s.%s()", field, name)
		switch under(t).(type) {
		case *types.Pointer, *types.Interface:
			call = fmt.Sprintf("if {recv}.%s != nil {\n%s\n}", field, call)
		}
		m.release = append(m.release, call)
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
	call := "{recv}." + field + ".CloseIdleConnections()"
	if _, ok := expr.(*ast.UnaryExpr); ok {
		call = "if {recv}." + field + " != nil {\n" + call + "\n}"
	}
	m.release = append(m.release, call)
}
