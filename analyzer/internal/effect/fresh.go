package effect

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// freshValue returns the generator that an expression makes, or nil.
func (p *pkg) freshValue(e ast.Expr, n *node, depth int) *Fresh {
	if depth == 0 {
		return nil
	}
	e = ast.Unparen(e)
	made := func(shape Shape, what string) *Fresh {
		return &Fresh{Shape: shape, Site: p.newSite(model.Generator, model.Leak, what, e.Pos()), maker: e}
	}
	switch x := e.(type) {
	case *ast.FuncLit:
		if isSeq(p.info.TypeOf(x)) {
			return made(Seq, "sequence literal")
		}
		return made(Func, "function literal")
	case *ast.CompositeLit:
		if p.isIterator(p.info.TypeOf(x)) {
			return made(Next, types.TypeString(p.info.TypeOf(x), qualifier)+" literal")
		}
	case *ast.UnaryExpr:
		if x.Op == token.AND {
			return p.freshValue(x.X, n, depth-1)
		}
	case *ast.Ident:
		v, ok := p.info.ObjectOf(x).(*types.Var)
		if !ok || !n.declares(v) && !n.results(v) {
			return nil
		}
		if d := p.def(v); d != nil && d.writes == 1 && d.expr != nil && !d.ranged && d.result == 0 {
			f := p.freshValue(d.expr, n, depth-1)
			if f != nil && f.Shape == Chan {
				f.Stream = f.Stream || p.streams(v, n)
			}
			return f
		}
	case *ast.CallExpr:
		if tv, ok := p.info.Types[ast.Unparen(x.Fun)]; ok && tv.IsType() && len(x.Args) == 1 {
			return p.freshValue(x.Args[0], n, depth-1)
		}
		if isBuiltin(p.info, x.Fun, "make") {
			if isChan(p.info.TypeOf(x)) {
				return made(Chan, "make("+types.TypeString(p.info.TypeOf(x), qualifier)+")")
			}
			return nil
		}
		k := p.callOf(x)
		if k == nil {
			return nil
		}
		s := p.summary(k.target)
		if s == nil || s.Fresh == nil || s.Fresh.Shape == Func {
			return nil
		}
		f := *s.Fresh
		f.Site, f.maker = p.chain(&f.Site, k, x.Pos()), x
		return &f
	}
	return nil
}

// streams tells whether more than one value is sent to a channel: in a loop.
func (p *pkg) streams(v *types.Var, n *node) bool {
	found := false
	p.deep(n.top, kindsOf(useSend), true, func(*use) bool { return true }, func(u, at *use) bool {
		found = u.ref.root == v && u.ref.Sel == "" && u.loop
		return !found
	})
	return found
}

// results tells whether v is a named result of n.
func (n *node) results(v *types.Var) bool {
	if n.fn == nil {
		return false
	}
	for r := range n.fn.Signature().Results().Variables() {
		if r == v {
			return true
		}
	}
	return false
}

// returned returns the expressions that a return statement returns; of a bare
// one, the named results.
func (n *node) returned(ret *ast.ReturnStmt) []ast.Expr {
	if len(ret.Results) > 0 || n.decl == nil || n.decl.Type.Results == nil {
		return ret.Results
	}
	var es []ast.Expr
	for _, f := range n.decl.Type.Results.List {
		for _, id := range f.Names {
			es = append(es, id)
		}
	}
	return es
}

// isSeq tells whether t is a function of the shape of iter.Seq or iter.Seq2.
func isSeq(t types.Type) bool {
	if t == nil {
		return false
	}
	sig, ok := t.Underlying().(*types.Signature)
	if !ok || sig.Params().Len() != 1 || sig.Results().Len() != 0 {
		return false
	}
	yield, ok := sig.Params().At(0).Type().Underlying().(*types.Signature)
	return ok && yield.Params().Len() <= 2 && yield.Results().Len() == 1 && isBool(yield.Results().At(0).Type())
}

// isIterator tells whether t, or its pointer, has a method Next of a
// generator's shape: Next() (T, bool), Next() (T, error) or Next(ctx) (T,
// error). Types of std are not: their iterators are cheap or closed.
func (p *pkg) isIterator(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || model.IsStd(named.Obj().Pkg().Path()) {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(named), false, named.Obj().Pkg(), "Next")
	fn, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	sig := fn.Signature()
	if sig.Results().Len() != 2 {
		return false
	}
	last := sig.Results().At(1).Type()
	switch sig.Params().Len() {
	case 0:
		return isBool(last) || isError(last)
	case 1:
		return isContext(sig.Params().At(0).Type()) && isError(last)
	}
	return false
}

// A usage is what a function does with a generator that it has made.
type usage struct {
	made     inspector.Cursor
	whole    bool // ranged over, or received from in a loop
	early    model.Freq
	received bool // received from, outside of a loop
	next     bool // its Next is called outside of a loop
	stored   bool
	returned bool
	passed   bool
}

// takesAll tells whether a function takes all that comes over a channel.
func (u *usage) takesAll(f *Fresh) bool {
	return u.whole && u.early == model.Never || u.received && !f.Stream
}

// usage follows a generator from the expression that makes it.
func (p *pkg) usage(cur inspector.Cursor, n *node) usage {
	u := usage{made: cur}
	p.follow(cur, n, &u, maxAlias)
	return u
}

func (p *pkg) follow(c inspector.Cursor, n *node, u *usage, depth int) {
	if depth == 0 {
		u.passed = true
		return
	}
	kind, i := c.ParentEdge()
	parent := c.Parent()
	switch x := parent.Node().(type) {
	case *ast.ParenExpr, *ast.TypeAssertExpr:
		p.follow(parent, n, u, depth)
	case *ast.RangeStmt:
		if kind == edge.RangeStmt_X {
			u.whole = true
			u.early = max(u.early, p.leftEarly(parent, n))
		}
	case *ast.UnaryExpr:
		if x.Op == token.ARROW {
			if u.inLoop(parent) {
				u.whole = true
			} else {
				u.received = true
			}
			return
		}
		p.follow(parent, n, u, depth)
	case *ast.ReturnStmt:
		u.returned = true
	case *ast.AssignStmt:
		if kind != edge.AssignStmt_Rhs {
			return
		}
		l := x.Lhs[0]
		if len(x.Lhs) == len(x.Rhs) {
			l = x.Lhs[i]
		}
		p.followInto(l, n, u, depth)
	case *ast.ValueSpec:
		if len(x.Names) == len(x.Values) {
			p.followInto(x.Names[i], n, u, depth)
		} else {
			p.followInto(x.Names[0], n, u, depth)
		}
	case *ast.SelectorExpr:
		if kind == edge.SelectorExpr_X && x.Sel.Name == "Next" {
			u.next = u.next || !u.inLoop(parent)
			u.whole = u.whole || u.inLoop(parent)
		}
	case *ast.CallExpr:
		if kind == edge.CallExpr_Args {
			if tv, ok := p.info.Types[ast.Unparen(x.Fun)]; ok && tv.IsType() {
				p.follow(parent, n, u, depth)
				return
			}
			// A stage of a pipeline is taken to its end if what it feeds is.
			if k := p.callOf(x); k != nil {
				if s := p.summary(k.target); s != nil && s.Fresh != nil && s.Fresh.Shape == Chan {
					p.follow(parent, n, u, depth-1)
					return
				}
			}
			u.passed = true
		}
	case *ast.CompositeLit, *ast.KeyValueExpr, *ast.SendStmt:
		u.passed = true
	}
}

func (p *pkg) followInto(l ast.Expr, n *node, u *usage, depth int) {
	id, ok := ast.Unparen(l).(*ast.Ident)
	if !ok {
		if r, ok := p.place(l); !ok || !p.fresh(r, n) {
			u.stored = true
		}
		return
	}
	v, ok := p.info.ObjectOf(id).(*types.Var)
	if !ok || id.Name == "_" {
		return
	}
	if !n.top.declares(v) {
		if n.param(v) == noParam {
			u.stored = true // a package-level variable
		}
		return
	}
	cur, ok := n.top.cur.FindNode(n.top.body())
	if !ok {
		return
	}
	for c := range cur.Preorder((*ast.Ident)(nil)) {
		if use := c.Node().(*ast.Ident); use != id && p.info.Uses[use] == v {
			p.follow(c, n, u, depth-1)
		}
	}
}

// inLoop tells whether a use of the generator is repeated: in a loop in which the
// generator is not made anew each time.
func (u *usage) inLoop(c inspector.Cursor) bool {
	made := u.made.Node()
	for e := range c.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch e.Node().(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return false
		}
		if !repeats(e.Node(), made) {
			return true
		}
	}
	return false
}

// leftEarly says how often a range statement is left before its sequence ends.
// Leaving for an error, for the end of the call, or because of the element that
// was searched for is not leaving early.
func (p *pkg) leftEarly(loop inspector.Cursor, n *node) model.Freq {
	rng := loop.Node().(*ast.RangeStmt)
	vars := make(map[types.Object]bool)
	for _, e := range []ast.Expr{rng.Key, rng.Value} {
		if id, ok := e.(*ast.Ident); ok {
			if v := p.info.ObjectOf(id); v != nil {
				vars[v] = true
			}
		}
	}
	label := ""
	if l, ok := loop.Parent().Node().(*ast.LabeledStmt); ok {
		label = l.Label.Name
	}
	body, ok := loop.FindNode(rng.Body)
	if !ok {
		return model.Never
	}
	early := model.Never
	body.Inspect([]ast.Node{(*ast.FuncLit)(nil), (*ast.ReturnStmt)(nil), (*ast.BranchStmt)(nil)}, func(c inspector.Cursor) bool {
		switch s := c.Node().(type) {
		case *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			if !leaves(c, s, rng, label) {
				return false
			}
		}
		f := p.exitFreq(c, rng, n, vars)
		if ret, ok := c.Node().(*ast.ReturnStmt); ok && f < model.Always && p.fails(ret) {
			return false // it gives up
		}
		early = max(early, f)
		return false
	})
	return early
}

// leaves tells whether a branch statement leaves the loop.
func leaves(c inspector.Cursor, s *ast.BranchStmt, rng *ast.RangeStmt, label string) bool {
	switch {
	case s.Tok == token.GOTO:
		return true
	case s.Tok == token.FALLTHROUGH:
		return false
	case s.Label != nil:
		if s.Label.Name == label {
			return s.Tok == token.BREAK
		}
		// A label inside the loop's body stays in it.
		for e := range c.Enclosing((*ast.LabeledStmt)(nil)) {
			if l := e.Node().(*ast.LabeledStmt); l.Label.Name == s.Label.Name {
				return l.Pos() < rng.Pos()
			}
		}
		return true
	case s.Tok == token.CONTINUE:
		return false
	}
	for e := range c.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.SwitchStmt)(nil), (*ast.TypeSwitchStmt)(nil), (*ast.SelectStmt)(nil)) {
		return e.Node() == ast.Node(rng)
	}
	return false
}

// madeFrom tells whether a variable of a loop's body is made from its element.
func (p *pkg) madeFrom(obj types.Object, rng *ast.RangeStmt, vars map[types.Object]bool, depth int) bool {
	v, ok := obj.(*types.Var)
	if !ok || depth == 0 || v.Pos() <= rng.Body.Pos() || v.Pos() >= rng.Body.End() {
		return false
	}
	d := p.def(v)
	if d == nil || d.expr == nil {
		return d == nil || !d.bare // unknown: a literal's param, say
	}
	found := false
	ast.Inspect(d.expr, func(x ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok {
			obj := p.info.Uses[id]
			found = found || vars[obj] || obj != v && p.madeFrom(obj, rng, vars, depth-1)
		}
		return !found
	})
	return found
}

// exitFreq says how often an exit from a loop is taken for its own sake.
func (p *pkg) exitFreq(c inspector.Cursor, rng *ast.RangeStmt, n *node, vars map[types.Object]bool) model.Freq {
	f := model.Always
	dependsOn := func(e ast.Node) bool {
		found := false
		if e != nil {
			ast.Inspect(e, func(x ast.Node) bool {
				if id, ok := x.(*ast.Ident); ok {
					obj := p.info.Uses[id]
					found = found || vars[obj] || p.madeFrom(obj, rng, vars, maxAlias)
				}
				return !found
			})
		}
		return found
	}
	for ; c.Node() != ast.Node(rng.Body); c = c.Parent() {
		kind, i := c.ParentEdge()
		switch x := c.Parent().Node().(type) {
		case *ast.IfStmt:
			if kind != edge.IfStmt_Body && kind != edge.IfStmt_Else {
				continue
			}
			if dependsOn(x.Cond) {
				return model.Never
			}
			for _, k := range flatten(nil, x.Cond, kind == edge.IfStmt_Body) {
				kf := p.condFreq(n, k)
				if kf == model.Rare {
					return model.Never
				}
				f = min(f, kf)
			}
		case *ast.CaseClause:
			if sw, ok := c.Parent().Parent().Parent().Node().(*ast.SwitchStmt); ok && sw.Tag != nil && dependsOn(sw.Tag) {
				return model.Never
			}
			for _, e := range x.List {
				if dependsOn(e) {
					return model.Never
				}
			}
			f = min(f, model.Sometimes)
		case *ast.CommClause:
			w := &watch{p: p, n: n, t: &timing{}}
			if x.Comm == nil || w.ends(x) {
				return model.Never
			}
			f = min(f, model.Sometimes)
		case *ast.BlockStmt:
			// What is passed over by a continue before the exit depends on the
			// element too: the exit is a search's.
			for _, s := range x.List[:i] {
				if s, ok := s.(*ast.IfStmt); ok {
					if exits, _ := p.exits(s.Body); exits && dependsOn(s.Cond) {
						return model.Never
					}
				}
			}
		}
	}
	return f
}
