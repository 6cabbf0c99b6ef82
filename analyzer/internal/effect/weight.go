package effect

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// over tells whether an effect of an item is over when the call of its function
// returns: what it made is released, or the goroutine it started is waited for.
func (p *pkg) over(it *item, s *Site, e *model.Effect) bool {
	var subjects []Ref
	released := false
	if e != nil && e.Subject != model.Result {
		if it.call != nil {
			if r, ok := p.argPlace(it.call, e.Subject); ok {
				subjects = append(subjects, r)
			}
		}
	} else {
		subjects, released = p.results(it.cur, maxAlias)
		if it.call != nil && it.call.bound != nil && it.call.row == nil {
			// What a method starts, the methods of its receiver end.
			if r, ok := p.recvPlace(it.call.bound); ok {
				subjects = append(subjects, r)
			}
		}
	}
	if released {
		return true
	}
	release := ""
	if e != nil {
		release = e.Release
	}
	if len(subjects) > 0 && p.released(it, subjects, release) {
		return true
	}
	if it.call != nil && p.usedUp(it) {
		return true
	}
	if p.replaces(it, subjects) {
		s.Single = true
		return s.Kind != model.Resource
	}
	switch s.Kind {
	case model.Channel:
		if it.call == nil {
			if !p.escapes(it, subjects) {
				return true
			}
			if p.captured(it, subjects) {
				return false
			}
			if p.carried(it, subjects) {
				return true
			}
		}
		return p.joined(it, subjects)
	case model.Goroutine, model.Generator:
		return p.joined(it, nil)
	case model.Resource:
		// A Client literal of the call's own is not released; it is dropped.
		return false
	}
	return false
}

// carried tells whether a channel is a part of a value that the call makes, such
// as the acknowledgement of a message: it goes where that goes, and is collected
// with it. What the call puts into something older stays there.
func (p *pkg) carried(it *item, places []Ref) bool {
	inValue := false
	for c := it.cur; !inValue; c = c.Parent() {
		switch kind, _ := c.ParentEdge(); kind {
		case edge.ParenExpr_X, edge.UnaryExpr_X, edge.KeyValueExpr_Value:
			continue
		case edge.CompositeLit_Elts:
			_, inValue = p.info.TypeOf(c.Parent().Node().(ast.Expr)).Underlying().(*types.Struct)
			continue
		}
		break
	}
	top := it.n.top
	for _, r := range places {
		if !isLocal(top, r) {
			return false
		}
		if d := p.def(r.root); r.Sel != "" && d != nil && d.expr != nil && wraps(d.expr) {
			inValue = true // a field of what the call has made
		}
	}
	if !inValue {
		return false
	}
	cur, ok := top.cur.FindNode(top.body())
	if !ok {
		return false
	}
	for c := range cur.Preorder((*ast.CallExpr)(nil)) {
		call := c.Node().(*ast.CallExpr)
		if !isBuiltin(p.info, call.Fun, "append") {
			continue
		}
		if call.Pos() <= it.cur.Node().Pos() && it.cur.Node().End() <= call.End() {
			return false
		}
		if slices.ContainsFunc(places, func(r Ref) bool { return p.names(c.Parent().Node(), r) }) {
			return false
		}
	}
	return true
}

// usedUp tells whether a call returns a channel that the function takes all
// from: what feeds it is over then.
func (p *pkg) usedUp(it *item) bool {
	s := p.summary(it.call.target)
	if s == nil || s.Fresh == nil || s.Fresh.Shape != Chan {
		return false
	}
	u := p.usage(it.cur, it.n)
	return u.takesAll(s.Fresh)
}

// captured tells whether a goroutine that is not waited for has a hand on one
// of the places.
func (p *pkg) captured(it *item, places []Ref) bool {
	for _, n := range p.nodes {
		if n.top != it.n.top {
			continue
		}
		for _, g := range n.items {
			if stmt, ok := g.cur.Node().(*ast.GoStmt); ok {
				for _, r := range places {
					if p.names(stmt, r) && !p.joined(g, nil) {
						return true
					}
				}
			}
		}
	}
	return false
}

// names tells whether a statement names the variable that a place starts at.
func (p *pkg) names(s ast.Node, r Ref) bool {
	found := false
	ast.Inspect(s, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && p.info.Uses[id] == r.root {
			found = true
		}
		return !found
	})
	return found
}

// results returns the places that an expression's value is kept in, looking
// through what wraps it. It is released where it is released on the spot.
func (p *pkg) results(cur inspector.Cursor, depth int) (places []Ref, released bool) {
	for c := cur; depth > 0; depth-- {
		kind, i := c.ParentEdge()
		parent := c.Parent()
		switch x := parent.Node().(type) {
		case *ast.AssignStmt:
			if kind != edge.AssignStmt_Rhs {
				return nil, false
			}
			lhs := x.Lhs
			if len(x.Lhs) == len(x.Rhs) {
				lhs = x.Lhs[i : i+1]
			}
			for _, l := range lhs {
				if r, ok := p.assigned(l); ok {
					places = append(places, r)
				}
			}
			return p.kept(parent, places), false
		case *ast.ValueSpec:
			for _, id := range x.Names {
				if r, ok := p.assigned(id); ok {
					places = append(places, r)
				}
			}
			return p.kept(parent, places), false
		case *ast.SelectorExpr:
			return nil, kind == edge.SelectorExpr_X && model.IsRelease(x.Sel.Name)
		case *ast.CallExpr:
			if kind == edge.CallExpr_Fun {
				return nil, true // the function it returned is called
			}
		case *ast.ParenExpr, *ast.UnaryExpr, *ast.CompositeLit, *ast.KeyValueExpr, *ast.TypeAssertExpr:
		default:
			return nil, false
		}
		c = parent
	}
	return nil, false
}

// kept adds the places that what is in places is assigned to, and those of what
// wraps it.
func (p *pkg) kept(cur inspector.Cursor, places []Ref) []Ref {
	owner := p.ownerOf(cur)
	if owner == nil {
		return places
	}
	uses := p.usesOf(owner.top)
	for i := 0; i < len(places) && i < maxAlias; i++ {
		if !isLocal(owner.top, places[i]) {
			continue
		}
		for j := range uses {
			a, ok := uses[j].cur.Node().(*ast.AssignStmt)
			if !ok || uses[j].kind != useSet || len(a.Lhs) != len(a.Rhs) {
				continue
			}
			for k, rhs := range a.Rhs {
				from, ok1 := p.place(rhs)
				to, ok2 := p.assigned(a.Lhs[k])
				if ok1 && ok2 && from.same(places[i]) && !slices.ContainsFunc(places, to.same) {
					places = append(places, to)
				}
			}
		}
	}
	return p.wrappers(owner, places)
}

// wrappers adds the variables whose value is made from what is in places, such
// as a client from its connection: to release them is to release it.
func (p *pkg) wrappers(owner *node, places []Ref) []Ref {
	for i := 0; i < len(places) && i < maxAlias; i++ {
		for _, v := range owner.top.locals {
			d := p.defs[v]
			if d.expr == nil || d.ranged || !wraps(d.expr) {
				continue
			}
			w := Ref{Param: noParam, root: v, leaf: v.(*types.Var)}
			if !slices.ContainsFunc(places, w.same) && p.mentions(d.expr, places[i]) {
				places = append(places, w)
			}
		}
	}
	return places
}

func wraps(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr, *ast.CompositeLit:
		return true
	case *ast.UnaryExpr:
		return e.Op == token.AND && wraps(e.X)
	}
	return false
}

// mentions tells whether an expression names the place.
func (p *pkg) mentions(e ast.Node, r Ref) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.Ident, *ast.SelectorExpr:
			if q, ok := p.place(n.(ast.Expr)); ok && q.same(r) {
				found = true
			}
		}
		return !found
	})
	return found
}

// released tells whether the function releases one of the places after the
// item, and not in an error branch alone.
func (p *pkg) released(it *item, places []Ref, release string) bool {
	top := it.n.top
	frame := p.frame(it.cur, top)
	pos := it.cur.Node().Pos()
	found := false
	p.deep(top, kindsOf(useMethod, useCall, usePass), false, func(u *use) bool {
		return u.frame == frame && !u.spawn && (u.deferredFor(it) || u.pos() > pos)
	}, func(u, at *use) bool {
		switch u.kind {
		case useMethod:
			if !model.IsRelease(u.name) {
				return true
			}
		case usePass:
			if u.name != release && !closer(u.name) {
				return true
			}
		case useCall:
			if u.ref.leaf == nil || !isStopFunc(u.ref.leaf.Type()) {
				return true
			}
		}
		for _, r := range places {
			if u.ref.same(r) || u.ref.within(r) && u.kind == useMethod && isLocal(top, u.ref) {
				if at.deferredFor(it) || p.alike(at.cur, it, r) {
					found = true
				}
			}
		}
		return !found
	})
	return found
}

// replaces tells whether what an item makes takes the place of one that the
// function has released before: there is never more than one of it.
func (p *pkg) replaces(it *item, places []Ref) bool {
	top := it.n.top
	node := it.cur.Node()
	var set []Ref
	for _, r := range places {
		if !isLocal(top, r) && r.Sel != "" {
			set = append(set, r)
		}
	}
	if it.call != nil && it.call.node != nil {
		p.deep(top, kindsOf(useSet), false, func(u *use) bool {
			return u.kind == useInvoke && u.cur.Node() == node
		}, func(u, at *use) bool {
			if u.val == Other && u.ref.Sel != "" {
				set = append(set, u.ref)
			}
			return true
		})
	}
	if len(set) == 0 {
		return false
	}
	frame := p.frame(it.cur, top)
	found := false
	p.deep(top, kindsOf(useMethod, useCall), false, func(u *use) bool {
		return u.frame == frame && !u.spawn && !u.defer_ && u.pos() < node.Pos()
	}, func(u, at *use) bool {
		ends := u.kind == useMethod && model.IsRelease(u.name) || u.kind == useCall && u.ref.leaf != nil && isStopFunc(u.ref.leaf.Type())
		for _, r := range set {
			found = found || ends && u.ref.same(r) && p.alike(at.cur, it, r)
		}
		return !found
	})
	return found
}

// isStopFunc tells whether calling a function of type t can but end something:
// it takes nothing and returns no more than whether it did.
func isStopFunc(t types.Type) bool {
	sig, ok := t.Underlying().(*types.Signature)
	if !ok || sig.Params().Len() > 0 || sig.Results().Len() > 1 {
		return false
	}
	if sig.Results().Len() == 0 {
		return true
	}
	r := sig.Results().At(0).Type()
	return isError(r) || isBool(r)
}

// alike tells whether a release happens as often as what it releases: under no
// condition of its own but that there is something to release.
func (p *pkg) alike(cur inspector.Cursor, it *item, r Ref) bool {
	made := it.cur.Node()
	for c := cur; !(c.Node().Pos() <= made.Pos() && made.End() <= c.Node().End()); c = c.Parent() {
		kind, _ := c.ParentEdge()
		switch x := c.Parent().Node().(type) {
		case *ast.IfStmt:
			for _, k := range branch(x, kind) {
				if p.condFreq(it.n, k) < model.Always && !p.mentions(k.expr, r) {
					return false
				}
			}
		case *ast.File, nil:
			return true
		}
	}
	return true
}

func isLocal(top *node, r Ref) bool {
	v, ok := r.root.(*types.Var)
	return ok && top.declares(v)
}

// closer tells whether a function's name says that it closes what it is passed.
func closer(name string) bool {
	name = strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])
	return strings.Contains(name, "close") || strings.Contains(name, "stop") || strings.Contains(name, "release") || strings.Contains(name, "shutdown")
}

// joined tells whether the function waits for what an item starts: it waits on,
// or ends, something that the item's goroutine has a hand on.
func (p *pkg) joined(it *item, extra []Ref) bool {
	top := it.n.top
	frame := p.frame(it.cur, top)
	node := it.cur.Node()
	var held []Ref // what the goroutine has a hand on
	var sends []Ref
	held = append(held, extra...)
	ast.Inspect(node, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.Ident:
			if _, ok := p.info.Uses[x].(*types.Var); !ok {
				return true
			}
			if r, ok := p.assigned(x); ok {
				held = append(held, r)
			}
			if r, ok := p.place(x); ok {
				held = append(held, r)
			}
		case *ast.SelectorExpr:
			if r, ok := p.place(x); ok {
				held = append(held, r)
			}
		}
		return true
	})
	in := func(u *use) bool { return node.Pos() <= u.pos() && u.pos() < node.End() }
	p.deep(top, anyKind, true, in, func(u, at *use) bool {
		held = append(held, u.ref)
		if u.kind == useSend && u.loop {
			sends = append(sends, u.ref)
		}
		return true
	})
	holds := func(r Ref) bool {
		return slices.ContainsFunc(held, func(h Ref) bool { return h.same(r) || isLocal(top, h) && h.within(r) })
	}
	need := p.plainFreq(it.cur, it.n)

	joined := false
	p.deep(top, kindsOf(useMethod, usePass, useRange, useClose, useRecv, useCall, useSend), false, func(u *use) bool {
		return u.frame == frame && !u.spawn && !in(u) && (u.deferredFor(it) || u.pos() > node.Pos())
	}, func(u, at *use) bool {
		loop := u.loop
		if u == at {
			loop = u.loopsFor(it)
		}
		switch u.kind {
		case useMethod:
			joined = u.name == "Wait" && holds(u.ref) || model.IsRelease(u.name) && p.pipes(u.ref, held)
		case usePass:
			joined = p.pipes(u.ref, held)
		case useRange, useClose:
			joined = isLocal(top, u.ref) && holds(u.ref)
		case useRecv:
			joined = isLocal(top, u.ref) && holds(u.ref) && (loop || !slices.ContainsFunc(sends, u.ref.same))
		case useSend:
			// A semaphore that is filled: each goroutine has given its place back.
			joined = loop && isLocal(top, u.ref) && holds(u.ref) && u.ref.leaf != nil && isToken(u.ref.leaf.Type())
		case useCall:
			joined = isLocal(top, u.ref) && p.cancels(top, u.ref, holds)
		}
		if joined && !at.deferredFor(it) && (p.plainFreq(at.cur, p.ownerOf(at.cur)) < need || !p.alike(at.cur, it, u.ref)) {
			joined = false
		}
		return !joined
	})
	return joined
}

// pipes tells whether a place is the one end of an io.Pipe of which the other
// is held: what writes to it ends when what reads from it does.
func (p *pkg) pipes(r Ref, held []Ref) bool {
	d := p.def(r.root)
	if r.Sel != "" || d == nil || !d.multi || d.expr == nil {
		return false
	}
	call, ok := ast.Unparen(d.expr).(*ast.CallExpr)
	if !ok {
		return false
	}
	if fn := p.selected(call); fn == nil || fn.FullName() != "io.Pipe" {
		return false
	}
	return slices.ContainsFunc(held, func(h Ref) bool {
		other := p.def(h.root)
		return other != nil && other != d && other.expr == d.expr
	})
}

// cancels tells whether a place is the cancel function of a context that is
// held.
func (p *pkg) cancels(top *node, r Ref, holds func(Ref) bool) bool {
	d := p.def(r.root)
	if r.Sel != "" || d == nil || !d.multi || d.expr == nil {
		return false
	}
	for _, v := range top.locals {
		if other := p.defs[v]; other.expr == d.expr && other.result == 0 && isContext(v.Type()) && holds(Ref{Param: noParam, root: v}) {
			return true
		}
	}
	return false
}

func isContext(t types.Type) bool {
	return isNamed(t, "context", "Context")
}

// escapes tells whether a value made by an item, kept in the places, may be
// reached after the call: a channel that does not is over with it.
func (p *pkg) escapes(it *item, places []Ref) bool {
	if len(places) == 0 {
		switch kind, _ := it.cur.ParentEdge(); kind {
		case edge.ExprStmt_X:
			return false
		case edge.AssignStmt_Rhs:
			return len(it.cur.Parent().Node().(*ast.AssignStmt).Rhs) > 1 // else to the blank identifier
		}
		return true
	}
	top := it.n.top
	for _, r := range places {
		if !isLocal(top, r) {
			return true
		}
		if r.Sel != "" {
			return true
		}
	}
	cur, ok := top.cur.FindNode(top.body())
	if !ok {
		return true
	}
	for c := range cur.Preorder((*ast.Ident)(nil)) {
		v := p.info.Uses[c.Node().(*ast.Ident)]
		if v == nil || !slices.ContainsFunc(places, func(r Ref) bool { return r.root == v }) {
			continue
		}
		if p.frame(c, top) != p.frame(it.cur, top) {
			return true
		}
		switch kind, _ := c.ParentEdge(); kind {
		case edge.ReturnStmt_Results, edge.SendStmt_Value, edge.CompositeLit_Elts, edge.KeyValueExpr_Value, edge.UnaryExpr_X:
			if u, ok := c.Parent().Node().(*ast.UnaryExpr); ok && u.Op == token.ARROW {
				continue
			}
			return true
		case edge.CallExpr_Args:
			call := c.Parent().Node().(*ast.CallExpr)
			if tv, ok := p.info.Types[ast.Unparen(call.Fun)]; !ok || !tv.IsBuiltin() || isBuiltin(p.info, call.Fun, "append") {
				return true
			}
		case edge.AssignStmt_Rhs:
			a := c.Parent().Node().(*ast.AssignStmt)
			for _, l := range a.Lhs {
				if id, ok := l.(*ast.Ident); !ok || id.Name != "_" {
					return true
				}
			}
		}
	}
	return false
}
