package hoist

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/emitcheck/emitcheck/analyzer/internal/contract"
	"github.com/emitcheck/emitcheck/analyzer/internal/filepos"
	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// A plan is the fix of one handler type in the making.
type plan struct {
	f     *Fixer
	shape *shape
	reqs  []Request
	whole *Obstacle // what speaks against all but waits

	moves []*move
	names map[string]bool // the fields added so far
	local map[string]bool // the variables that what is moved declares
	fires map[string][]firing

	// The variables of hot methods that are fields now.
	subst map[types.Object]string
}

// A move is one statement of a hot method that goes to start, with all that
// belongs to it.
type move struct {
	reqs   []int
	hot    *ast.FuncDecl
	src    *source
	recv   string     // the handler's name in the hot method
	base   string     // what its fields are named after
	stmts  []ast.Stmt // of the hot method, that go
	fields []field
	edits  []edit // in hot methods, beside the statements that go
	naming []edit // the name of its receiver, where it had none
	subst  map[types.Object]string

	// What it becomes goes to start, or to the hot method itself, where a guard
	// sees to it that it is made but once.
	dest     *hook
	lazy     bool
	replaced []ast.Stmt // by the guard

	own       string     // the name of its context in dest; "" if it has none
	start     []string   // the statements that make it
	first     bool       // a comment behind it belongs to the first of them, not the last
	fails     bool       // one of them may fail
	release   []string   // what stop does
	released  bool       // stop did so before, and leaves the field as it is
	releasing []ast.Stmt // those of stmts that released it
	after     int        // the statement of stop that must come before; beforeAll if any will do
	rendered  []rep      // what of the hot method stands elsewhere now, its comments with it
	covers    []rep      // what it settles beside its statements

	channel types.Object   // the channel that it makes, which must serve a goroutine that is moved
	serves  []types.Object // the channels that its goroutine has the other end of
	closes  []types.Object // those that it closes
}

const beforeAll = -2

type field struct{ name, typ string }

func (m *move) addField(name, typ string) { m.fields = append(m.fields, field{name, typ}) }

// work makes the moves and returns the edits; it fills in the obstacles.
func (p *plan) work(obstacles []*Obstacle) []analysis.TextEdit {
	excluded := make(map[int]*Obstacle)
	for {
		d := p.attempt(excluded)
		if len(p.moves) == 0 {
			break
		}
		p.dropImports(d)
		o := p.try(d)
		if o == nil {
			edits := textEdits(p.f.pass.Fset, p.changed(d))
			if o = p.f.claim(p.shape.h, edits); o == nil {
				p.settle(obstacles, excluded)
				return edits
			}
			for i := range p.reqs {
				if excluded[i] == nil {
					excluded[i] = o
				}
			}
			break
		}
		// What cannot stand goes, the last first.
		last := p.moves[len(p.moves)-1]
		for _, i := range last.reqs {
			excluded[i] = o
		}
	}
	p.moves = nil
	p.settle(obstacles, excluded)
	return nil
}

func (p *plan) settle(obstacles []*Obstacle, excluded map[int]*Obstacle) {
	for i := range p.reqs {
		obstacles[i] = excluded[i]
	}
	for _, m := range p.moves {
		for _, i := range m.reqs {
			obstacles[i] = nil
		}
		for _, x := range m.fields {
			p.f.members[x.name] = true
		}
		for _, s := range slices.Concat(m.stmts, m.replaced) {
			p.f.moved = append(p.f.moved, rep{from: s.Pos(), to: s.End()})
		}
	}
}

func (p *plan) try(d *draft) *Obstacle {
	changed, err := d.apply()
	if err != nil {
		return obstacle("compile", "the fixed code would not parse")
	}
	return p.f.check(changed)
}

func (p *plan) changed(d *draft) map[*source][]byte {
	changed, _ := d.apply()
	return changed
}

// attempt makes all moves but the excluded ones, and drafts the edits. It adds
// to excluded what it finds that cannot be moved.
func (p *plan) attempt(excluded map[int]*Obstacle) *draft {
	for {
		p.moves = nil
		p.names = make(map[string]bool)
		p.local = make(map[string]bool)
		p.subst = make(map[types.Object]string)
		p.f.imports = &imports{f: p.f, added: make(map[*source]map[string]string)}
		if p.whole == nil {
			p.shape, p.whole = p.f.shape(p.shape.h) // its hooks hold edits
			if p.whole != nil {
				p.shape = p.f.bare(p.shape.h)
			} else {
				p.fires = p.f.firings(p.shape)
			}
		}
		before := len(excluded)
		sorted := make([]int, len(p.reqs))
		for i := range sorted {
			sorted[i] = i
		}
		slices.SortStableFunc(sorted, func(a, b int) int {
			x, y := &p.reqs[a], &p.reqs[b]
			return cmp.Or(filepos.Compare(p.f.pass.Fset, x.Node.Pos(), y.Node.Pos()), -cmp.Compare(x.Node.End(), y.Node.End()))
		})
		for _, i := range sorted {
			if excluded[i] == nil && p.retried(i) {
				excluded[i] = obstacle("turn", "it happens where a creation fails, which gets a guard first: run again")
			}
			if excluded[i] != nil || p.covered(i) {
				continue
			}
			m, o := p.move(&p.reqs[i])
			if o != nil {
				excluded[i] = o
				continue
			}
			m.reqs = append(m.reqs, i)
			p.moves = append(p.moves, m)
			for v, s := range m.subst {
				p.subst[v] = s
			}
		}
		p.partners(excluded)
		if len(excluded) == before {
			break
		}
	}
	d := new(draft)
	if len(p.moves) > 0 {
		p.draft(d)
	}
	return d
}

// covered tells whether a statement that is moved holds the request, and notes
// so.
func (p *plan) covered(i int) bool {
	r := &p.reqs[i]
	for _, m := range p.moves {
		in := func(from, to token.Pos) bool { return from <= r.Node.Pos() && r.Node.End() <= to }
		if r.Site.Kind != model.Blocking &&
			(slices.ContainsFunc(slices.Concat(m.stmts, m.replaced), func(s ast.Stmt) bool { return in(s.Pos(), s.End()) }) ||
				slices.ContainsFunc(m.covers, func(c rep) bool { return in(c.from, c.to) })) {
			m.reqs = append(m.reqs, i)
			return true
		}
	}
	return false
}

// retried tells whether the request lies in what is done where a creation under a
// guard fails: the next call tries again, and may fail again.
func (p *plan) retried(i int) bool {
	in := func(n, outer ast.Node) bool { return outer.Pos() <= n.Pos() && n.End() <= outer.End() }
	node := p.reqs[i].Node
	return slices.ContainsFunc(p.moves, func(m *move) bool {
		own := slices.ContainsFunc(m.reqs, func(j int) bool { return in(node, p.reqs[j].Node) })
		return m.lazy && !own && slices.ContainsFunc(slices.Concat(m.stmts, m.replaced), func(s ast.Stmt) bool {
			check, ok := s.(*ast.IfStmt)
			return ok && in(node, check.Body)
		})
	})
}

// partners excludes the channels that serve no goroutine that is moved.
func (p *plan) partners(excluded map[int]*Obstacle) {
	for _, m := range p.moves {
		if m.channel == nil {
			continue
		}
		served := slices.ContainsFunc(p.moves, func(g *move) bool { return slices.Contains(g.serves, m.channel) })
		closed := slices.ContainsFunc(p.moves, func(g *move) bool { return slices.Contains(g.closes, m.channel) })
		var o *Obstacle
		switch {
		case !served:
			o = obstacle("channel", "it serves this call alone")
		case closed && !p.asksClosed(m):
			o = obstacle("closed", "its producer closes it, and %s does not ask for that", m.hot.Name.Name)
		}
		if o != nil {
			for _, i := range m.reqs {
				excluded[i] = o
			}
		}
	}
}

// asksClosed tells whether every receive of a hot method from a channel asks
// whether it is closed.
func (p *plan) asksClosed(m *move) bool {
	asked := true
	for _, hot := range p.sortedHots() {
		ast.Inspect(hot.Body, func(n ast.Node) bool {
			if a, ok := n.(*ast.AssignStmt); ok && len(a.Lhs) == 2 && len(a.Rhs) == 1 {
				if u, ok := ast.Unparen(a.Rhs[0]).(*ast.UnaryExpr); ok && u.Op == token.ARROW {
					return false
				}
			}
			switch n := n.(type) {
			case *ast.GoStmt:
				return false
			case *ast.UnaryExpr:
				if n.Op == token.ARROW && p.sameChannel(n.X, m.channel) {
					asked = false
				}
			case *ast.RangeStmt:
				if p.sameChannel(n.X, m.channel) {
					asked = false
				}
			}
			return true
		})
	}
	return asked
}

func (p *plan) sameChannel(e ast.Expr, ch types.Object) bool {
	v := p.f.leaf(e)
	return v != nil && v.Origin() == ch
}

// move makes the move of one request: to start, or, where it does not happen on
// each call or there is no start, under a guard where it stands.
func (p *plan) move(r *Request) (*move, *Obstacle) {
	hot, ok := r.Method.Body.(*ast.FuncDecl)
	if !ok {
		if r.Method.Body == nil {
			return nil, obstacle("elsewhere", "the body of %s lies in another package", r.Method.Name)
		}
		return nil, obstacle("function", "a function literal has no start of its own")
	}
	src, o := p.f.source(hot.Pos())
	if o != nil {
		return nil, o
	}
	if r.Site.Kind == model.Blocking {
		m := &move{hot: hot, src: src, after: beforeAll, subst: make(map[types.Object]string)}
		if recv := p.f.receiverOf(hot); recv != nil {
			m.recv = recv.Name()
		}
		return p.tried(func() (*move, *Obstacle) { return m, p.wait(m, r) })
	}
	if o := p.unfit(hot, r); o != nil {
		return nil, o
	}
	if outer := p.clientAround(hot, r.Node); outer != nil {
		whole := *r
		whole.Node = outer
		if m, o := p.move(&whole); o == nil {
			return m, nil
		}
	}
	first := p.shape.noStart
	if first == nil {
		var m *move
		if m, first = p.tried(func() (*move, *Obstacle) { return p.build(hot, src, r, false) }); first == nil {
			return m, nil
		}
	}
	if !guardable[first.Kind] {
		return nil, first
	}
	m, o := p.tried(func() (*move, *Obstacle) { return p.build(hot, src, r, true) })
	if o != nil && guardable[o.Kind] {
		o = first
	}
	return m, o
}

// guardable are the obstacles that a guard gets past: what is made under it is
// made when it is first needed, and where it stands.
var guardable = map[string]bool{
	"start": true, "condition": true, "loop": true, "literal": true, "retry": true, "generic": true,
}

// tried runs a build, and takes back what it has reserved if it fails.
func (p *plan) tried(build func() (*move, *Obstacle)) (*move, *Obstacle) {
	names, local := maps.Clone(p.names), maps.Clone(p.local)
	added := make(map[*source]map[string]string)
	for s, paths := range p.f.imports.added {
		added[s] = maps.Clone(paths)
	}
	var ctx, sess bool
	if k := p.shape.start; k != nil {
		ctx, sess = k.usesCtx, k.usesSess
	}
	m, o := build()
	if o != nil {
		p.names, p.local, p.f.imports.added = names, local, added
		if k := p.shape.start; k != nil {
			k.usesCtx, k.usesSess = ctx, sess
		}
		return nil, o
	}
	return m, nil
}

// unfit says why nothing of a hot method can be moved.
func (p *plan) unfit(hot *ast.FuncDecl, r *Request) *Obstacle {
	if p.whole != nil {
		return p.whole
	}
	if d := p.f.resets[p.shape.named.Obj()]; d != nil && !p.isHook(d) {
		return obstacle("assigned", "%s sets the whole %s", d.Name.Name, p.shape.h.Name)
	}
	if r.Site.Freq == model.Once {
		return obstacle("once", "its guard makes it just once already")
	}
	if hot.Recv == nil || len(hot.Recv.List) != 1 {
		return obstacle("function", "%s is no method", hot.Name.Name)
	}
	if _, ok := ast.Unparen(hot.Recv.List[0].Type).(*ast.StarExpr); !ok {
		return obstacle("receiver", "the receiver of %s is a value", hot.Name.Name)
	}
	if o := p.f.sameTypeParams(p.shape, hot); o != nil {
		return o
	}
	if fn, _ := p.f.info.Defs[hot.Name].(*types.Func); fn != nil && !ownReceiver(fn, p.shape.named) {
		return obstacle("embedded", "%s is promoted from an embedded type", hot.Name.Name)
	}
	return nil
}

// build makes a move to start, or one under a guard.
func (p *plan) build(hot *ast.FuncDecl, src *source, r *Request, lazy bool) (*move, *Obstacle) {
	m := &move{hot: hot, src: src, lazy: lazy, dest: p.shape.start, after: beforeAll, subst: make(map[types.Object]string)}
	k := new(hook)
	var o *Obstacle
	if m.recv, o = p.f.receiver(p.shape, k, hot); o != nil {
		return nil, o
	}
	m.naming = k.edits
	if lazy {
		m.dest = &hook{name: hot.Name.Name, decl: hot, src: src, recv: m.recv, fails: true, pos: r.Node.Pos()}
		for obj := range p.f.contexts(hot) {
			if obj.Name() != "_" && p.f.locals[obj] == nil {
				m.dest.ctx = obj.Name()
			}
		}
	}
	if r.Site.Kind != model.Goroutine && p.locksBoth(hot) {
		return nil, obstacle("lock", "both %s and stop take a lock", hot.Name.Name)
	}
	switch n := r.Node.(type) {
	case *ast.GoStmt:
		return m, p.goStmt(m, n, r)
	case *ast.RangeStmt:
		return m, p.rangeStmt(m, n, r)
	case *ast.CompositeLit:
		if r.Site.Kind == model.Generator {
			return m, p.open(m, n, r)
		}
		return m, p.client(m, n, r)
	case *ast.CallExpr:
		return m, p.call(m, n, r)
	}
	return nil, obstacle("form", "it is of a form that is not moved")
}

func ownReceiver(fn *types.Func, named *types.Named) bool {
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	t := types.Unalias(recv.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, ok := t.(*types.Named)
	return ok && n.Origin() == named.Origin()
}

// call makes the move of a call.
func (p *plan) call(m *move, call *ast.CallExpr, r *Request) *Obstacle {
	fun := ast.Unparen(call.Fun)
	fn := p.f.function(fun)
	switch {
	case isBuiltinCall(p.f.info, call, "make"):
		return p.makeChan(m, call, r)
	case isPkgFunc(fn, "time", "After", "NewTimer", "NewTicker"):
		return p.timer(m, call, fn.Name(), r)
	case isPkgFunc(fn, "iter", "Pull", "Pull2"):
		return p.pull(m, call, r)
	case r.Site.Kind == model.Goroutine:
		return p.starter(m, call, r)
	case r.Site.Kind == model.Generator, r.Site.Kind == model.Resource, r.Site.Kind == model.Channel:
		return p.open(m, call, r)
	}
	return obstacle("form", "it is of a form that is not moved")
}

func isBuiltinCall(info *types.Info, call *ast.CallExpr, name string) bool {
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	return ok && id.Name == name && info.Types[id].IsBuiltin()
}

// place finds the statement that holds a node: one of the hot method's own
// block, or, for what is made under a guard, the innermost one of any block. It
// returns the block's statements too.
func (p *plan) place(m *move, n ast.Node, r *Request) (stmt ast.Stmt, list []ast.Stmt, o *Obstacle) {
	literal, spawned, loop, clause := false, false, false, false
	look := func(l []ast.Stmt) {
		for _, s := range l {
			if isClause(s) {
				continue
			}
			if s.Pos() <= n.Pos() && n.End() <= s.End() && (list == nil || m.lazy) {
				stmt, list = s, l
			}
		}
	}
	ast.Inspect(m.hot.Body, func(x ast.Node) bool {
		if x == nil || x.Pos() > n.Pos() || n.End() > x.End() {
			return false
		}
		switch x := x.(type) {
		case *ast.FuncLit:
			literal = literal || ast.Node(x) != n
		case *ast.GoStmt:
			spawned = spawned || ast.Node(x) != n
		case *ast.ForStmt, *ast.RangeStmt:
			loop = loop || x != n
		case *ast.BlockStmt:
			look(x.List)
		case *ast.CaseClause:
			look(x.Body)
			clause = true
		case *ast.CommClause:
			look(x.Body)
			clause = true
		}
		return x != n
	})
	switch {
	case stmt == nil:
		return nil, nil, obstacle("form", "it is of a form that is not moved")
	case spawned:
		return nil, nil, obstacle("form", "it stands in a goroutine of the call")
	case literal && !m.lazy:
		return nil, nil, obstacle("literal", "it stands in a function literal")
	case loop && m.lazy:
		return nil, nil, obstacle("inloop", "it stands in a loop")
	case m.lazy && p.changing(m.hot, n):
		return nil, nil, obstacle("state", "it happens under a condition that the session changes")
	case m.lazy && clause:
		return nil, nil, obstacle("condition", "it happens in one case of several")
	case m.lazy && p.counts(m.hot, n):
		return nil, nil, obstacle("pool", "there may be several on purpose")
	case literal && r.Site.Kind != model.Goroutine:
		return nil, nil, obstacle("inliteral", "it stands in a function literal")
	}
	return stmt, list, nil
}

// isClause tells whether what a block lists is a case of a switch or select.
func isClause(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.CaseClause, *ast.CommClause:
		return true
	}
	return false
}

// changing tells whether a statement stands under a condition on fields that
// change within a session: it may be to come again.
func (p *plan) changing(hot *ast.FuncDecl, n ast.Node) bool {
	return contains(hot.Body, func(x ast.Node) bool {
		s, ok := x.(*ast.IfStmt)
		if !ok || n.Pos() < s.Body.Pos() || n.End() > s.End() {
			return false
		}
		return contains(s.Cond, func(x ast.Node) bool {
			e, ok := x.(ast.Expr)
			if !ok {
				return false
			}
			v := fieldOf(p.f.info, e)
			return v != nil && slices.ContainsFunc(p.f.writers[v], func(d *ast.FuncDecl) bool { return !p.isHook(d) && d.Recv != nil })
		})
	})
}

// counts tells whether a statement stands under a comparison of numbers, as what
// fills a pool does.
func (p *plan) counts(hot *ast.FuncDecl, n ast.Node) bool {
	return contains(hot.Body, func(x ast.Node) bool {
		s, ok := x.(*ast.IfStmt)
		if !ok || n.Pos() < s.Body.Pos() || n.End() > s.Body.End() {
			return false
		}
		return contains(s.Cond, func(x ast.Node) bool {
			c, ok := x.(*ast.BinaryExpr)
			if !ok || c.Op != token.LSS && c.Op != token.LEQ && c.Op != token.GTR && c.Op != token.GEQ {
				return false
			}
			return contains(c, func(x ast.Node) bool {
				e, ok := x.(ast.Expr)
				return ok && fieldOf(p.f.info, e) != nil
			})
		})
	})
}

// always requires that what is moved happens on each call, or is made under a
// guard.
func (p *plan) always(m *move, r *Request) *Obstacle {
	if r.Site.Freq != model.Always && !m.lazy {
		return obstacle("condition", "it happens under a condition")
	}
	return nil
}

// nested says why a statement inside another one is not moved.
func nested(s ast.Stmt) *Obstacle {
	switch s.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return obstacle("loop", "it stands in a loop")
	case *ast.DeferStmt:
		return obstacle("form", "it is deferred")
	case *ast.IfStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
		return obstacle("condition", "it happens under a condition")
	case *ast.ReturnStmt:
		return obstacle("result", "it is what the call returns")
	}
	return obstacle("form", "it is of a form that is not moved")
}

// serial requires that the calls of the hot method follow one another: what is
// moved keeps a state of its own between them.
func (p *plan) serial(m *move, r *Request) *Obstacle {
	if r.Method.Rate != contract.Frame || p.f.reaches(m.hot, p.shape.hots, make(map[*ast.FuncDecl]bool)) == m.hot {
		return obstacle("overlap", "calls of %s may overlap", r.Method.Name)
	}
	return nil
}

// fieldName chooses the name of a field: speaking, and not in use in the
// package.
func (p *plan) fieldName(m *move, name string) string {
	taken := func(n string) bool {
		return p.names[n] || p.f.members[n] || token.IsKeyword(n)
	}
	if taken(name) {
		name = lowerFirst(m.hot.Name.Name) + upperFirst(name)
	}
	name = unique(name, taken)
	p.names[name] = true
	return name
}

// speaking returns a name for what a variable holds: its own, unless that is
// short for something.
func speaking(name, otherwise string) string {
	if len(name) >= 3 && name != "_" {
		return name
	}
	return otherwise
}

// add adds a field to the handler's struct.
func (p *plan) add(m *move, name string, t types.Type) *Obstacle {
	text, o := p.f.typeName(p.shape.src, t)
	if o != nil {
		return o
	}
	m.addField(name, text)
	return nil
}

// keep makes a local variable of the hot method a field: all its uses outside
// the statements that go are rewritten.
func (p *plan) keep(m *move, id *ast.Ident, name string) *Obstacle {
	obj := p.f.info.Defs[id]
	v, ok := obj.(*types.Var)
	if !ok {
		return obstacle("form", "it is assigned to a variable that is there already")
	}
	if l := p.f.locals[obj]; l == nil || l.writes != 1 {
		return obstacle("assigned", "%s is assigned again", id.Name)
	}
	field := p.fieldName(m, name)
	if o := p.add(m, field, v.Type()); o != nil {
		return o
	}
	m.subst[obj] = field
	return nil
}

// rewrite makes the uses of the moved variables in a hot method uses of their
// fields.
func (p *plan) rewrite(d *draft, m *move) {
	gone := p.gone(m.hot)
	ast.Inspect(m.hot.Body, func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && slices.Contains(gone, s) {
			return false
		}
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		field := m.subst[p.f.info.Uses[id]]
		if field == "" || p.edited(m.hot, id) {
			return true
		}
		d.replace(m.src, m.src.offset(id.Pos()), m.src.offset(id.End()), m.recv+"."+field)
		return true
	})
}

// edited tells whether an edit of a hot method covers an identifier already.
func (p *plan) edited(hot *ast.FuncDecl, id *ast.Ident) bool {
	for _, m := range p.moves {
		if m.hot != hot {
			continue
		}
		off := m.src.offset(id.Pos())
		for _, e := range m.edits {
			if e.from <= off && off < e.to {
				return true
			}
		}
	}
	return false
}

// gone returns the statements of a hot method that go.
func (p *plan) gone(hot *ast.FuncDecl) []ast.Stmt {
	var gone []ast.Stmt
	for _, m := range p.moves {
		if m.hot == hot {
			gone = append(append(gone, m.stmts...), m.replaced...)
		}
	}
	return gone
}

// message says what the fix does.
func (p *plan) message() string {
	moved, made := false, false
	for _, m := range p.moves {
		made = made || len(m.start) > 0
		moved = moved || len(m.start) > 0 && !m.lazy
	}
	name := p.shape.h.Name
	switch {
	case !made:
		return fmt.Sprintf("End the waits of %s with the call's context", name)
	case !moved:
		return fmt.Sprintf("Make once what %s creates on each call", name)
	}
	return fmt.Sprintf("Move what %s creates on each call to %s", name, p.shape.start.name)
}

// typeName renders a type for a file, with the imports it needs.
func (f *Fixer) typeName(s *source, t types.Type) (string, *Obstacle) {
	var o *Obstacle
	text := types.TypeString(t, func(pkg *types.Package) string {
		if pkg == f.pass.Pkg {
			return ""
		}
		path := pkg.Path()
		if i := strings.LastIndex(path, "/vendor/"); i >= 0 {
			path = path[i+len("/vendor/"):]
		}
		if !f.importable(path) {
			o = obstacle("type", "its type cannot be named here")
			return pkg.Name()
		}
		name, err := f.imports.name(s, path, pkg.Name())
		if err != nil {
			o = err
		}
		return name
	})
	if o == nil && unnamable(f.pass.Pkg, t) {
		o = obstacle("type", "its type cannot be named here")
	}
	return text, o
}

// importable tells whether a package can be imported here: one that the package
// imports already can, and what fixes need of std. Of others not every driver
// knows enough to check the fix.
func (f *Fixer) importable(path string) bool {
	for _, file := range f.pass.Files {
		for _, spec := range file.Imports {
			if strings.Trim(spec.Path.Value, "`\"") == path {
				return true
			}
		}
	}
	return stubs[path] != ""
}

// unnamable tells whether a type names a type of another package that is not
// exported, or a type declared in a function.
func unnamable(pkg *types.Package, t types.Type) bool {
	bad := false
	var visit func(t types.Type)
	visit = func(t types.Type) {
		switch t := t.(type) {
		case *types.Alias:
			visit(types.Unalias(t))
		case *types.Named:
			o := t.Obj()
			if o.Pkg() != nil && (o.Pkg() != pkg && !o.Exported() || o.Parent() != o.Pkg().Scope()) {
				bad = true
			}
			for a := range t.TypeArgs().Types() {
				visit(a)
			}
		case *types.Pointer:
			visit(t.Elem())
		case *types.Slice:
			visit(t.Elem())
		case *types.Array:
			visit(t.Elem())
		case *types.Chan:
			visit(t.Elem())
		case *types.Map:
			visit(t.Key())
			visit(t.Elem())
		case *types.Signature:
			for v := range t.Params().Variables() {
				visit(v.Type())
			}
			for v := range t.Results().Variables() {
				visit(v.Type())
			}
		}
	}
	visit(t)
	return bad
}
