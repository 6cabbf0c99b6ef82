package hoist

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// wait gives a wait of a hot method the end of its context.
func (p *plan) wait(m *move, r *Request) *Obstacle {
	if len(r.Site.Hops) > 0 {
		return obstacle("helper", "the wait is in a function that %s calls", m.hot.Name.Name)
	}
	if strings.HasPrefix(r.Site.What, "send back") {
		return obstacle("sendback", "%s is the only one to empty that queue", m.hot.Name.Name)
	}
	if p.leavesOpen(m, r.Node) {
		return obstacle("open", "it would leave something open that %s closes behind it", m.hot.Name.Name)
	}
	if p.answered(m, r.Node) {
		return obstacle("answer", "what %s leaves unread would be the next call's", m.hot.Name.Name)
	}
	sig := p.f.info.Defs[m.hot.Name].(*types.Func).Signature()
	n := sig.Results().Len()
	if n == 0 || !isErrorType(sig.Results().At(n-1).Type()) {
		return obstacle("noerror", "%s returns no error", m.hot.Name.Name)
	}
	ctx, o := p.callContext(m, r.Node)
	if o != nil {
		return o
	}
	leave, o := p.leave(m, sig, ctx)
	if o != nil {
		return o
	}
	ended := fmt.Sprintf("case <-%s.Done():\n%s\n", ctx, leave)
	off := m.src.offset
	if s, ok := r.Node.(*ast.SelectStmt); ok {
		if len(s.Body.List) == 0 || slices.ContainsFunc(s.Body.List, func(c ast.Stmt) bool {
			send, ok := c.(*ast.CommClause).Comm.(*ast.SendStmt)
			return ok && contains(send.Value, isWait)
		}) {
			return obstacle("form", "the wait is part of an expression")
		}
		m.edits = append(m.edits, edit{m.src, off(s.Body.Rbrace), off(s.Body.Rbrace), ended})
		return nil
	}
	var stmt ast.Stmt
	if s, ok := r.Node.(*ast.SendStmt); ok {
		stmt = s
	} else if e, ok := r.Node.(*ast.UnaryExpr); ok && e.Op == token.ARROW {
		if stmt, o = p.statementAround(m, e); o != nil {
			return o
		}
	} else {
		return obstacle("blocking", "only a send, a receive and a select can be given the context's end")
	}
	if p.inLiteral(m, stmt) {
		return obstacle("literal", "it stands in a function literal")
	}
	text := p.hotText(m, stmt.Pos(), stmt.End(), stmt)
	var before, comm, body string
	switch s := stmt.(type) {
	case *ast.SendStmt:
		if ast.Node(s) != r.Node || contains(s.Value, isWait) {
			return obstacle("form", "the wait is part of an expression")
		}
		comm = text
	case *ast.ExprStmt:
		if ast.Unparen(s.X) != r.Node {
			return obstacle("form", "the wait is part of an expression")
		}
		comm = text
	case *ast.AssignStmt:
		if len(s.Rhs) != 1 || ast.Unparen(s.Rhs[0]) != r.Node || s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
			return obstacle("form", "the wait is part of an expression")
		}
		for _, l := range s.Lhs {
			if contains(l, func(n ast.Node) bool { _, ok := n.(*ast.CallExpr); return ok }) {
				return obstacle("form", "the wait is part of an expression")
			}
			id, ok := l.(*ast.Ident)
			if !ok || p.f.info.Defs[id] == nil {
				continue
			}
			t, o := p.f.typeName(m.src, p.f.info.Defs[id].Type())
			if o != nil {
				return o
			}
			before += fmt.Sprintf("var %s %s\n", id.Name, t)
		}
		comm = m.src.between(s.Pos(), s.TokPos) + "= " + p.hotText(m, s.Rhs[0].Pos(), s.End(), s)
	case *ast.ReturnStmt:
		for _, e := range s.Results {
			if ast.Unparen(e) != r.Node && !p.pureExpr(e) {
				return obstacle("form", "the wait is part of an expression")
			}
		}
		taken := identsIn(m.hot)
		v := unique("v", func(n string) bool { return taken[n] })
		comm = v + " := " + p.hotText(m, r.Node.Pos(), r.Node.End(), r.Node)
		body = p.hotText(m, s.Pos(), r.Node.Pos(), s) + v + p.hotText(m, r.Node.End(), s.End(), s) + "\n"
		found := false
		for _, e := range s.Results {
			found = found || ast.Unparen(e) == r.Node
		}
		if !found {
			return obstacle("form", "the wait is part of an expression")
		}
	default:
		return obstacle("form", "the wait is part of an expression")
	}
	open, to := "select {", off(stmt.End())
	if g := trail(m.src, stmt); g != nil {
		open, to = open+" "+m.src.between(g.Pos(), g.End()), off(g.End())
	}
	m.edits = append(m.edits, edit{m.src, off(stmt.Pos()), to,
		before + open + "\ncase " + comm + ":\n" + body + ended + "}"})
	return nil
}

// hotText renders a part of a hot method, with the variables that are fields
// now.
func (p *plan) hotText(m *move, from, to token.Pos, n ast.Node) string {
	var b strings.Builder
	last := from
	ast.Inspect(n, func(x ast.Node) bool {
		id, ok := x.(*ast.Ident)
		if !ok || id.Pos() < from || id.End() > to {
			return true
		}
		if field := p.subst[p.f.info.Uses[id]]; field != "" {
			b.WriteString(m.src.between(last, id.Pos()))
			b.WriteString(m.recv + "." + field)
			last = id.End()
		}
		return true
	})
	b.WriteString(m.src.between(last, to))
	return b.String()
}

// answered tells whether a wait is for the rest of something that the call has
// begun: the answer to what it sent or started, or what follows on what it has
// received. To leave there would hand that to the next call. What is made but
// once is no longer begun by the call.
func (p *plan) answered(m *move, wait ast.Node) bool {
	if _, ok := wait.(*ast.SendStmt); ok {
		return false // what waits to be sent is this call's own
	}
	return contains(m.hot.Body, func(n ast.Node) bool {
		if n.End() > wait.Pos() || p.movedOut(n) {
			return false
		}
		switch n := n.(type) {
		case *ast.SendStmt, *ast.GoStmt:
			return true
		case *ast.UnaryExpr:
			return n.Op == token.ARROW && !isTimeChan(p.f.info.TypeOf(n.X)) && !isToken(p.f.info.TypeOf(n.X))
		}
		return false
	})
}

// movedOut tells whether a node stands in what goes to start or under a guard.
func (p *plan) movedOut(n ast.Node) bool {
	return slices.ContainsFunc(p.moves, func(m *move) bool {
		return slices.ContainsFunc(slices.Concat(m.stmts, m.replaced), func(s ast.Stmt) bool { return s.Pos() <= n.Pos() && n.End() <= s.End() })
	})
}

// leavesOpen tells whether a hot method closes something behind a wait, and not
// by a defer: to leave at the wait would skip that.
func (p *plan) leavesOpen(m *move, wait ast.Node) bool {
	return contains(m.hot.Body, func(n ast.Node) bool {
		s, ok := n.(ast.Stmt)
		if !ok || s.Pos() < wait.End() {
			return false
		}
		switch s := s.(type) {
		case *ast.ExprStmt:
			switch x := ast.Unparen(s.X).(type) {
			case *ast.UnaryExpr:
				return x.Op == token.ARROW // a token is given back
			case *ast.CallExpr:
				switch fun := ast.Unparen(x.Fun).(type) {
				case *ast.SelectorExpr:
					name := fun.Sel.Name
					return isReleaseName(name) && name != "Wait" || strings.HasSuffix(name, "nlock") || name == "Done" || name == "Put" || name == "Add" || fieldOf(p.f.info, fun) != nil
				case *ast.Ident:
					v, ok := p.f.info.Uses[fun].(*types.Var)
					return ok && v != nil // cancel()
				}
			}
		case *ast.IncDecStmt:
			return s.Tok == token.DEC
		}
		return false
	})
}

func (p *plan) inLiteral(m *move, n ast.Node) bool {
	return contains(m.hot.Body, func(x ast.Node) bool {
		lit, ok := x.(*ast.FuncLit)
		return ok && lit.Pos() <= n.Pos() && n.End() <= lit.End()
	})
}

// callContext returns the name of the hot call's context at a node.
func (p *plan) callContext(m *move, at ast.Node) (string, *Obstacle) {
	params := m.hot.Type.Params.List
	for _, field := range params {
		if !isContext(p.f.info.TypeOf(field.Type)) {
			continue
		}
		if len(field.Names) == 1 && field.Names[0].Name != "_" {
			id := field.Names[0]
			obj := p.f.info.Defs[id]
			if p.f.locals[obj] != nil {
				return "", obstacle("value", "%s sets its context", m.hot.Name.Name)
			}
			scope := p.f.pass.Pkg.Scope().Innermost(at.Pos())
			if scope != nil {
				if _, there := scope.LookupParent(id.Name, at.Pos()); there != obj {
					return "", obstacle("name", "%s is another one here", id.Name)
				}
			}
			return id.Name, nil
		}
		if identsIn(m.hot)["ctx"] {
			return "", obstacle("name", "the context of %s has no name", m.hot.Name.Name)
		}
		// Two waits of one method name it but once.
		if p.namesContext(m.hot) {
			return "ctx", nil
		}
		for _, x := range params {
			name := "_ "
			if x == field {
				name = "ctx "
			}
			switch {
			case len(x.Names) == 0:
				at := m.src.offset(x.Type.Pos())
				m.edits = append(m.edits, edit{m.src, at, at, name})
			case x == field && len(x.Names) == 1:
				id := x.Names[0]
				m.edits = append(m.edits, edit{m.src, m.src.offset(id.Pos()), m.src.offset(id.End()), "ctx"})
			case x == field:
				return "", obstacle("name", "the context of %s has no name", m.hot.Name.Name)
			}
		}
		return "ctx", nil
	}
	return "", obstacle("nocontext", "%s has no context", m.hot.Name.Name)
}

// namesContext tells whether a move names the context of a hot method already.
func (p *plan) namesContext(hot *ast.FuncDecl) bool {
	for _, m := range p.moves {
		if m.hot != hot {
			continue
		}
		for _, e := range m.edits {
			if from, to := m.src.offset(hot.Type.Params.Pos()), m.src.offset(hot.Type.Params.End()); from <= e.from && e.to <= to {
				return true
			}
		}
	}
	return false
}

// leave renders the return with the context's error.
func (p *plan) leave(m *move, sig *types.Signature, ctx string) (string, *Obstacle) {
	var before string
	var results []string
	for i := range sig.Results().Len() - 1 {
		t := sig.Results().At(i).Type()
		switch u := types.Unalias(t).Underlying().(type) {
		case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Signature:
			results = append(results, "nil")
			continue
		case *types.Interface:
			if _, ok := types.Unalias(t).(*types.TypeParam); !ok {
				results = append(results, "nil")
				continue
			}
		case *types.Basic:
			switch {
			case u.Info()&types.IsString != 0:
				results = append(results, `""`)
			case u.Info()&types.IsBoolean != 0:
				results = append(results, "false")
			case u.Info()&types.IsNumeric != 0:
				results = append(results, "0")
			default:
				results = append(results, "nil")
			}
			continue
		}
		text, o := p.f.typeName(m.src, t)
		if o != nil {
			return "", o
		}
		if _, ok := types.Unalias(t).(*types.TypeParam); ok {
			taken := identsIn(m.hot)
			zero := unique("zero", func(n string) bool { return taken[n] || slices.Contains(results, n) })
			before += fmt.Sprintf("var %s %s\n", zero, text)
			results = append(results, zero)
			continue
		}
		results = append(results, text+"{}")
	}
	return before + "return " + strings.Join(append(results, ctx+".Err()"), ", "), nil
}
