package hoist

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
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
			if n := p.fieldUses(m, v); n > 1-i {
				return obstacle("several", "the call does more with it than to ask for one element")
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

// fieldUses counts the uses of a field in a hot method beside its being set; one
// in a loop or a literal counts for many.
func (p *plan) fieldUses(m *move, v *types.Var) int {
	n := 0
	ast.Inspect(m.hot.Body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
			if contains(x, func(y ast.Node) bool {
				e, ok := y.(ast.Expr)
				return ok && fieldOf(p.f.info, e) == v
			}) {
				n += 2
			}
			return false
		case *ast.AssignStmt:
			if slices.ContainsFunc(x.Lhs, func(e ast.Expr) bool { return fieldOf(p.f.info, e) == v }) {
				return false
			}
		case *ast.SelectorExpr:
			if fieldOf(p.f.info, x) == v {
				n++
			}
		}
		return true
	})
	return n
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
	if contains(d.Body, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		return ok && sel.Sel.Name == "Value" && isContext(p.f.info.TypeOf(sel.X))
	}) {
		return obstacle("value", "the sequence depends on a value of the call's context")
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
	case l.hurdle != nil && strings.HasPrefix(l.hurdle.Why, "what "):
		return l.hurdle
	case len(l.clauses) > 0 || l.hurdle != nil && l.hurdle.Kind == "waits":
		return obstacle("waits", "the sequence waits, and would no longer end with the call")
	case l.locks, contains(d.Body, func(n ast.Node) bool { _, ok := n.(*ast.DeferStmt); return ok }):
		return obstacle("percall", "the sequence holds something until it has ended")
	}
	var held *Obstacle
	ast.Inspect(d.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || held != nil {
			return held == nil
		}
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if ok && p.f.info.Selections[sel] != nil && w.binding(sel.X).inside && fieldOf(p.f.info, sel.X) != nil {
			held = obstacle("state", "the sequence depends on what %s returns", short(p.f.pass.Fset, sel))
		}
		return true
	})
	if held != nil {
		return held
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
