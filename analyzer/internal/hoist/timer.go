package hoist

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

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
		case *ast.RangeStmt:
			if p.f.uses(x.X, obj) {
				o = obstacle("form", "%s is ranged over", obj.Name())
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
