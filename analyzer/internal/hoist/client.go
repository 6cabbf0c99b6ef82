package hoist

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/emitcheck/emitcheck/analyzer/internal/contract"
)

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

// clientAround returns the client literal whose transport a literal is.
func (p *plan) clientAround(hot *ast.FuncDecl, n ast.Node) *ast.CompositeLit {
	lit, ok := n.(*ast.CompositeLit)
	if !ok || !isNamed(p.f.info.TypeOf(lit), "net/http", "Transport") {
		return nil
	}
	var outer *ast.CompositeLit
	ast.Inspect(hot.Body, func(x ast.Node) bool {
		c, ok := x.(*ast.CompositeLit)
		if ok && c != lit && c.Pos() <= lit.Pos() && lit.End() <= c.End() && isNamed(p.f.info.TypeOf(c), "net/http", "Client") {
			outer = c
		}
		return true
	})
	return outer
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
