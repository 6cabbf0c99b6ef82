package hoist

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/emitcheck/emitcheck/analyzer/internal/contract"
)

// takes makes a statement one that goes, or one that a guard takes the place
// of.
func (p *plan) takes(m *move, s ast.Stmt) {
	if m.lazy {
		m.replaced = append(m.replaced, s)
	} else {
		m.stmts = append(m.stmts, s)
	}
}

// once puts what is made under a sync.Once, where it stands.
func (p *plan) once(m *move, top ast.Stmt) *Obstacle {
	if !m.lazy {
		return nil
	}
	pkg, o := p.f.imports.name(p.shape.src, "sync", "sync")
	if o != nil {
		return o
	}
	if o := p.copied(); o != nil {
		return o
	}
	if p.shape.stop != nil {
		if _, o := p.f.imports.name(p.shape.stop.src, "sync", "sync"); o != nil {
			return o
		}
	}
	field := p.fieldName(m, m.base+"Once")
	m.addField(field, qualified(pkg, "Once"))
	if len(m.release) > 0 {
		m.release = append(m.release, "\x00recv\x00."+field+" = "+qualified(pkg, "Once")+"{}")
	}
	p.guard(m, top, m.recv+"."+field+".Do(func() {", "})")
	return nil
}

// guard puts what is made between two lines, in the place of a statement.
func (p *plan) guard(m *move, top ast.Stmt, open, end string) {
	to := m.src.offset(top.End())
	if g := trail(m.src, top); g != nil {
		open, to = open+" "+m.src.between(g.Pos(), g.End()), m.src.offset(g.End())
	}
	lines := m.inner(top)
	text := open + "\n" + strings.Join(append(lines, m.start...), "\n") + "\n" + end
	m.edits = append(m.edits, edit{m.src, m.src.offset(top.Pos()), to, text})
}

// inner returns the comments in a statement that do not stand in the text that
// takes its place.
func (m *move) inner(s ast.Stmt) []string {
	var lines []string
	for _, g := range m.src.file.Comments {
		if g.Pos() < s.Pos() || g.End() > s.End() {
			continue
		}
		if !slices.ContainsFunc(m.rendered, func(r rep) bool { return r.from <= g.Pos() && g.End() <= r.to }) {
			lines = append(lines, m.src.between(g.Pos(), g.End()))
		}
	}
	return lines
}

// unset puts what is made under the question whether a field is nil, where it
// stands; where calls may overlap, under a sync.Once.
func (p *plan) unset(m *move, field string, top ast.Stmt, r *Request) *Obstacle {
	if !m.lazy {
		return nil
	}
	if m.released {
		return obstacle("release", "stop releases it, but the field still holds it then")
	}
	if r.Method.Rate != contract.Frame {
		if m.fails {
			return obstacle("overlap", "calls of %s may overlap, and each may fail", r.Method.Name)
		}
		return p.once(m, top)
	}
	if len(m.release) > 0 && !strings.Contains(m.release[len(m.release)-1], field+" = nil") {
		last := len(m.release) - 1
		reset := "\x00recv\x00." + field + " = nil\n"
		if inner, ok := strings.CutSuffix(m.release[last], "}"); ok {
			m.release[last] = inner + reset + "}"
		} else {
			m.release = append(m.release, reset)
		}
	}
	p.guard(m, top, "if "+m.recv+"."+field+" == nil {", "}")
	return nil
}

// falseGuard tells whether a statement does nothing but start a goroutine under
// a guard that does not hold.
func (p *plan) falseGuard(top ast.Stmt, g ast.Stmt, r *Request) bool {
	x, ok := top.(*ast.IfStmt)
	if !ok || r.Site.FalseGuard == "" || x.Else != nil || x.Init != nil || len(x.Body.List) != 1 || x.Body.List[0] != g {
		return false
	}
	if contains(x.Cond, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		if !ok {
			return false
		}
		v := fieldOf(p.f.info, e)
		return v != nil && isFlag(v.Type()) && p.f.cleared[v]
	}) {
		return false // it is set back: the goroutine is to start again
	}
	return onlyLoads(x.Cond)
}

func (p *plan) falseGuardCall(top ast.Stmt, call *ast.CallExpr, r *Request) bool {
	x, ok := top.(*ast.IfStmt)
	if !ok || len(x.Body.List) != 1 {
		return false
	}
	e, ok := x.Body.List[0].(*ast.ExprStmt)
	return ok && ast.Unparen(e.X) == ast.Expr(call) && p.falseGuard(top, e, r)
}
