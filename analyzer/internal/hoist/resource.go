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
		if !strings.HasPrefix(full, "os.") && contains(r.Method.Body, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			return ok && id.Name == "EOF"
		}) {
			return obstacle("percall", "each call may read it to its end")
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
	at := off(a.Pos())
	if !m.lazy {
		at, _ = p.span(m.src, m.hot, a) // it goes, with its lines
	}
	m.edits = append(m.edits, edit{m.src, at, at, "var " + id.Name + " error\n"})
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
