package hoist

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// makeChan moves the making of a channel. It is of use only with a goroutine at
// its other end that is moved too.
func (p *plan) makeChan(m *move, call *ast.CallExpr, r *Request) *Obstacle {
	top, _, o := p.place(m, call, r)
	if o != nil {
		return o
	}
	a, ok := top.(*ast.AssignStmt)
	if !ok || len(a.Lhs) != 1 || len(a.Rhs) != 1 || ast.Unparen(a.Rhs[0]) != ast.Expr(call) {
		return nested(top)
	}
	if o := p.always(m, r); o != nil {
		return o
	}
	if o := p.movable(m, call); o != nil {
		return o
	}
	if m.own != "" {
		return obstacle("value", "it depends on the context of this call")
	}
	p.takes(m, top)
	k := m.dest
	var lhs string
	switch l := ast.Unparen(a.Lhs[0]).(type) {
	case *ast.Ident:
		if o := p.channelUses(m, p.f.info.Defs[l]); o != nil {
			return o
		}
		if o := p.keep(m, l, speaking(l.Name, lowerFirst(m.hot.Name.Name)+"Chan")); o != nil {
			return o
		}
		m.channel = p.f.info.Defs[l]
		lhs = k.recv + "." + m.subst[m.channel]
	case *ast.SelectorExpr:
		v := fieldOf(p.f.info, l)
		if v == nil {
			return obstacle("form", "it is of a form that is not moved")
		}
		for _, d := range p.f.writers[v] {
			if d != m.hot && p.shape.hots[d] {
				return obstacle("assigned", "%s sets %s too", d.Name.Name, short(p.f.pass.Fset, l))
			}
		}
		if o := p.channelUses(m, v); o != nil {
			return o
		}
		m.channel = v
		if lhs, o = p.text(m, m.src, l.Pos(), l.End(), l); o != nil {
			return o
		}
	default:
		return obstacle("form", "it is of a form that is not moved")
	}
	text, o := p.text(m, m.src, call.Pos(), call.End(), call)
	if o != nil {
		return o
	}
	m.start = append(m.start, lhs+" = "+text)
	field := strings.TrimPrefix(lhs, k.recv+".")
	m.base = lowerFirst(field[strings.LastIndex(field, ".")+1:])
	return p.unset(m, field, top, r)
}

// channelUses requires that hot methods only send to and receive from a channel
// (beside the goroutine that they start): what is closed, handed on or taken
// whole belongs to one call.
func (p *plan) channelUses(m *move, ch types.Object) *Obstacle {
	var o *Obstacle
	for _, hot := range p.sortedHots() {
		ast.Inspect(hot.Body, func(n ast.Node) bool {
			if o != nil {
				return false
			}
			switch x := n.(type) {
			case *ast.GoStmt:
				return false
			case *ast.UnaryExpr:
				if x.Op == token.ARROW && p.sameChannel(x.X, ch) {
					return false
				}
			case *ast.SendStmt:
				if p.sameChannel(x.Chan, ch) {
					return p.f.leaf(x.Value) == nil || !p.sameChannel(x.Value, ch)
				}
			case *ast.CallExpr:
				if isBuiltinCall(p.f.info, x, "len") || isBuiltinCall(p.f.info, x, "cap") {
					return false
				}
			case *ast.AssignStmt:
				if len(x.Lhs) == 1 && p.sameChannel(x.Lhs[0], ch) {
					return false // its making
				}
			case *ast.SelectorExpr:
				if fieldOf(p.f.info, x) == ch {
					o = obstacle("channel", "it serves this call alone")
				}
			case *ast.Ident:
				if p.f.info.Uses[x] == ch {
					o = obstacle("channel", "it serves this call alone")
				}
			}
			return o == nil
		})
	}
	return o
}
