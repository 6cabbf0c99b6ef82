package effect

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// A useKind is what a function does to a place.
type useKind uint8

const (
	useSet    useKind = iota // assigns it
	useRecv                  // receives from it
	useRange                 // receives from it until it is closed
	useSend                  // sends to it
	useClose                 // closes it
	useCall                  // calls the function that it holds
	useMethod                // calls a method of what it holds
	usePass                  // passes it to a function
	useInvoke                // calls a function of the package, which has uses of its own
)

// A use is one thing a function does to a place. Guards, joins, releases and
// put-backs are all told from the uses of a function.
type use struct {
	kind  useKind
	ref   Ref
	val   Value  // of a set
	name  string // of a method or of the function passed to
	call  *call  // of an invoke
	cur   inspector.Cursor
	frame *ast.FuncLit // the innermost goroutine or stored literal around it
	defer_,
	loop,
	spawn bool // of an invoke: by a go statement

	freq model.Freq // of a set in a callee: its frequency there
}

func (u *use) pos() token.Pos { return u.cur.Node().Pos() }

var useTypes = []ast.Node{
	(*ast.AssignStmt)(nil), (*ast.IncDecStmt)(nil), (*ast.CallExpr)(nil), (*ast.UnaryExpr)(nil),
	(*ast.SendStmt)(nil), (*ast.RangeStmt)(nil),
}

// usesOf returns what a declared function, its literals included, does to
// places.
func (p *pkg) usesOf(top *node) []use {
	if top.usesDone || top.body() == nil {
		return top.uses
	}
	top.usesDone = true
	cur, ok := top.cur.FindNode(top.body())
	if !ok {
		return nil
	}
	for c := range cur.Preorder(useTypes...) {
		add := func(kind useKind, e ast.Expr) *use {
			r, ok := p.place(e)
			if !ok {
				return nil
			}
			top.uses = append(top.uses, p.newUse(kind, r, c, top))
			return &top.uses[len(top.uses)-1]
		}
		switch x := c.Node().(type) {
		case *ast.AssignStmt:
			for i, l := range x.Lhs {
				val := Other
				switch {
				case x.Tok == token.ADD_ASSIGN:
					val = Up
				case x.Tok == token.SUB_ASSIGN:
					val = Down
				}
				if len(x.Lhs) == len(x.Rhs) && (x.Tok == token.ASSIGN || x.Tok == token.DEFINE) {
					val = p.value(x.Rhs[i])
				}
				r, ok := p.assigned(l)
				if !ok {
					continue
				}
				u := p.newUse(useSet, r, c, top)
				u.val = val
				top.uses = append(top.uses, u)
			}
		case *ast.IncDecStmt:
			if r, ok := p.assigned(x.X); ok {
				u := p.newUse(useSet, r, c, top)
				u.val = Up
				if x.Tok == token.DEC {
					u.val = Down
				}
				top.uses = append(top.uses, u)
			}
		case *ast.UnaryExpr:
			if x.Op == token.ARROW {
				add(useRecv, x.X)
			}
		case *ast.SendStmt:
			add(useSend, x.Chan)
		case *ast.RangeStmt:
			if isChan(p.info.TypeOf(x.X)) {
				add(useRange, x.X)
			}
		case *ast.CallExpr:
			p.callUses(x, c, top, add)
		}
	}
	return top.uses
}

// assigned returns the place that an assignment sets: a plain variable is
// itself, not what it was defined as.
func (p *pkg) assigned(e ast.Expr) (Ref, bool) {
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		v, ok := p.info.ObjectOf(id).(*types.Var)
		return Ref{Param: noParam, root: v, leaf: v}, ok && id.Name != "_"
	}
	return p.place(e)
}

func (p *pkg) newUse(kind useKind, r Ref, c inspector.Cursor, top *node) use {
	u := use{kind: kind, ref: r, cur: c}
	u.frame = p.frame(c, top)
	for e := range c.Enclosing((*ast.FuncLit)(nil), (*ast.DeferStmt)(nil), (*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncDecl)(nil)) {
		switch x := e.Node().(type) {
		case *ast.DeferStmt:
			u.defer_ = true
		case *ast.ForStmt:
			u.loop = true
		case *ast.RangeStmt:
			u.loop = u.loop || e != c
		case *ast.FuncLit:
			if x == u.frame || x == top.lit {
				return u
			}
		case *ast.FuncDecl:
			return u
		}
	}
	return u
}

// deferredFor tells whether a use is deferred as seen from an item: by a
// statement that does not hold the item as well.
func (u *use) deferredFor(it *item) bool {
	return u.defer_ && apart(u.cur, it, (*ast.DeferStmt)(nil))
}

// loopsFor tells whether a use is repeated for each time that an item runs: by a
// loop that is not around the item as well.
func (u *use) loopsFor(it *item) bool {
	return u.loop && apart(u.cur, it, (*ast.ForStmt)(nil), (*ast.RangeStmt)(nil))
}

// apart tells whether a statement of some type is around a cursor and not around
// an item.
func apart(c inspector.Cursor, it *item, stmt ...ast.Node) bool {
	item := it.cur.Node()
	for e := range c.Enclosing(stmt...) {
		if e != c && !repeats(e.Node(), item) {
			return true
		}
	}
	return false
}

// repeats tells whether a node is in a statement, in the body of one that is a
// loop: what a loop begins with is done once.
func repeats(stmt, node ast.Node) bool {
	part := stmt
	switch s := stmt.(type) {
	case *ast.ForStmt:
		part = s.Body
	case *ast.RangeStmt:
		part = s.Body
	}
	return part.Pos() <= node.Pos() && node.End() <= part.End()
}

// frame returns the innermost literal around a cursor that does not run where
// it is written, or nil.
func (p *pkg) frame(c inspector.Cursor, top *node) *ast.FuncLit {
	for e := range c.Enclosing((*ast.FuncLit)(nil)) {
		lit := e.Node().(*ast.FuncLit)
		if lit == top.lit {
			return nil
		}
		n := p.byLit[lit]
		if n.where == unknownWhere {
			n.where = inPlace
			if p.apart(e) {
				n.where = elsewhere
			}
		}
		if n.where == elsewhere {
			return lit
		}
	}
	return nil
}

// apart tells whether a literal does not run where it is written: it is a
// goroutine's, or only stored.
func (p *pkg) apart(c inspector.Cursor) bool {
	kind, i := c.ParentEdge()
	parent := c.Parent()
	for kind == edge.ParenExpr_X {
		kind, i = parent.ParentEdge()
		parent = parent.Parent()
	}
	switch kind {
	case edge.CallExpr_Fun:
		k, _ := parent.ParentEdge()
		return k == edge.GoStmt_Call
	case edge.CallExpr_Args:
		if k, _ := parent.ParentEdge(); k == edge.GoStmt_Call {
			return true
		}
		if isBuiltin(p.info, parent.Node().(*ast.CallExpr).Fun, "append") {
			return true
		}
		call := p.callOf(parent.Node().(*ast.CallExpr))
		if call == nil {
			return false // unknown: it may well be run
		}
		if call.bound != nil {
			i++
		}
		for _, pc := range p.paramCalls(call.target) {
			if pc.Param == i {
				return pc.Async
			}
		}
		return false
	case edge.AssignStmt_Rhs:
		a := parent.Node().(*ast.AssignStmt)
		if len(a.Lhs) == len(a.Rhs) {
			id, local := ast.Unparen(a.Lhs[i]).(*ast.Ident)
			if local {
				v := p.info.ObjectOf(id)
				local = v == nil || v.Parent() != p.pass.Pkg.Scope()
			}
			return !local
		}
	case edge.ValueSpec_Values:
		return false
	}
	return true
}

// callUses adds the uses that a call makes of its operands.
func (p *pkg) callUses(x *ast.CallExpr, c inspector.Cursor, top *node, add func(useKind, ast.Expr) *use) {
	fun := ast.Unparen(x.Fun)
	if tv, ok := p.info.Types[fun]; ok && tv.IsType() {
		return
	}
	kind, _ := c.ParentEdge()
	goCall := kind == edge.GoStmt_Call
	if isBuiltin(p.info, fun, "close") {
		add(useClose, x.Args[0])
		return
	}
	if isBuiltin(p.info, fun, "delete") || isBuiltin(p.info, fun, "clear") {
		if u := add(useSet, x.Args[0]); u != nil {
			elem := "[]"
			if len(x.Args) > 1 {
				elem = p.element(x.Args[1])
			}
			u.ref.Sel += elem
			u.val = Zero
		}
		return
	}
	method := func(sel *ast.SelectorExpr) {
		if r, ok := p.recvPlace(sel); ok {
			u := p.newUse(useMethod, r, c, top)
			u.name = sel.Sel.Name
			top.uses = append(top.uses, u)
		}
	}
	name := ""
	switch f := fun.(type) {
	case *ast.Ident:
		name = f.Name
		if v := p.funcVar(f); v != nil && !goCall {
			add(useCall, f)
			if sel, ok := p.single(v).(*ast.SelectorExpr); ok { // a method value
				method(sel)
			}
		}
	case *ast.SelectorExpr:
		name = f.Sel.Name
		sel := p.info.Selections[f]
		switch {
		case sel == nil:
			if fn, ok := p.info.Uses[f.Sel].(*types.Func); ok && fn.Pkg() != nil {
				name = fn.Pkg().Path() + "." + name
				if fn.Pkg().Path() == "sync/atomic" && len(x.Args) > 1 {
					p.mutates(fn.Name(), x.Args[0], x.Args[1:], add)
				}
			}
		case sel.Kind() == types.MethodVal && !goCall:
			method(f)
			p.mutates(name, f.X, x.Args, add)
		case sel.Kind() == types.FieldVal && !goCall:
			add(useCall, f)
		}
	}
	for _, arg := range x.Args {
		if u := add(usePass, arg); u != nil {
			u.name = name
		}
		// A method value that is passed on may be called: defer check(f.Close).
		if sel, ok := ast.Unparen(arg).(*ast.SelectorExpr); ok && !goCall && model.IsRelease(sel.Sel.Name) {
			if s := p.info.Selections[sel]; s != nil && s.Kind() == types.MethodVal {
				method(sel)
			}
		}
	}
	if call := p.callOf(x); call != nil {
		p.invoke(call, c, top, goCall)
		if goCall {
			return
		}
		// Functions handed to it run too, as far as is known.
		for _, pc := range p.paramCalls(call.target) {
			if pc.Param >= len(call.args) {
				continue
			}
			if t, bound := p.resolve(call.args[pc.Param], maxAlias); t.node != nil && t.node.lit == nil {
				p.invoke(newCall(t, bound, nil), c, top, pc.Async)
			}
		}
	}
}

func (p *pkg) invoke(k *call, c inspector.Cursor, top *node, spawn bool) {
	if k.node == nil || k.node.decl == nil {
		return
	}
	u := p.newUse(useInvoke, Ref{Param: noParam}, c, top)
	u.call, u.spawn = k, spawn
	top.uses = append(top.uses, u)
}

// mutates adds the set that a method such as (*atomic.Bool).Store makes of its
// receiver, or a function such as atomic.StoreInt32 of what it points to.
func (p *pkg) mutates(name string, on ast.Expr, args []ast.Expr, add func(useKind, ast.Expr) *use) {
	val := Other
	switch {
	case strings.HasPrefix(name, "CompareAndSwap") || strings.HasPrefix(name, "Store") || strings.HasPrefix(name, "Swap"):
		if len(args) > 0 {
			val = p.value(args[len(args)-1])
		}
	case strings.HasPrefix(name, "Add"):
		val = Up
		if len(args) > 0 && strings.HasPrefix(string(p.value(args[len(args)-1])), "-") {
			val = Down
		}
	case strings.HasPrefix(name, "Put"), strings.HasPrefix(name, "Insert"),
		strings.HasPrefix(name, "Register"), name == "Set", name == "LoadOrStore", name == "Push", name == "Or":
	case name == "Delete", name == "Remove", name == "LoadAndDelete", name == "Clear":
		val = Zero
	default:
		return
	}
	if u := add(useSet, on); u != nil {
		u.val = val
	}
}

// kinds is a set of kinds of use.
type kinds uint16

func kindsOf(ks ...useKind) kinds {
	var set kinds
	for _, k := range ks {
		set |= 1 << k
	}
	return set
}

func (set kinds) has(k useKind) bool { return set&(1<<k) != 0 }

// anyKind holds all kinds of use.
const anyKind = ^kinds(0)

// deep calls yield for each use of the given kinds that a function makes where
// want says so, and for those of the functions that it calls there, told in
// terms of the function's own places; at is the use in the function itself that
// leads to u. Of the callees it sees the uses that run in the call, and the
// rest too where async is set. It stops when yield returns false; u and at are
// good only until then.
func (p *pkg) deep(top *node, set kinds, async bool, want func(*use) bool, yield func(u, at *use) bool) {
	uses := p.usesOf(top)
	var v use
	for i := range uses {
		u := &uses[i]
		if u.kind != useInvoke {
			if set.has(u.kind) && want(u) && !yield(u, u) {
				return
			}
			continue
		}
		if !want(u) {
			continue
		}
		flat := p.flatten(u.call.node, async)
		for j := range flat {
			f := &flat[j]
			if !set.has(f.kind) {
				continue
			}
			r, ok := p.atCall(u.call, f.ref)
			if !ok {
				continue
			}
			v = *f
			v.ref = r
			if !yield(&v, u) {
				return
			}
		}
	}
}

// maxFlat bounds how many uses of a function its callers look at.
const maxFlat = 512

// flatten returns the uses that a function, and what it calls, makes of its
// params and of the package's variables, once each.
func (p *pkg) flatten(n *node, async bool) []use {
	memo := &n.flat
	if async {
		memo = &n.flatAsync
	}
	if memo.done {
		return memo.uses // in a cycle of calls: what is known so far
	}
	memo.done = true
	type key struct {
		kind  useKind
		root  types.Object
		sel   string
		val   Value
		name  string
		freq  model.Freq
		loop  bool
		apart bool
	}
	seen := make(map[key]bool)
	add := func(u *use, r Ref) {
		if len(memo.uses) == maxFlat {
			return
		}
		if n.param(r.root) == noParam {
			if v, ok := r.root.(*types.Var); !ok || v.Parent() != p.pass.Pkg.Scope() {
				return
			}
		}
		v := *u
		v.ref = r
		k := key{v.kind, r.root, r.Sel, v.val, v.name, v.freq, v.loop, v.frame != nil || v.spawn}
		if !seen[k] {
			seen[k] = true
			memo.uses = append(memo.uses, v)
		}
	}
	for i := range p.usesOf(n) {
		u := &n.uses[i]
		if !async && (u.frame != nil || u.spawn) {
			continue
		}
		if u.kind != useInvoke {
			if u.kind == useSet && u.freq == model.Never {
				u.freq = model.Rare
				if owner := p.ownerOf(u.cur); owner != nil {
					u.freq = p.plainFreq(u.cur, owner)
				}
			}
			add(u, u.ref)
			continue
		}
		for _, f := range p.flatten(u.call.node, async) {
			if r, ok := p.atCall(u.call, f.ref); ok {
				f.spawn = f.spawn || u.spawn || u.frame != nil
				add(&f, r)
			}
		}
	}
	return memo.uses
}

// atCall tells a place of the callee in terms of the caller's places.
func (p *pkg) atCall(k *call, r Ref) (Ref, bool) {
	i := k.node.param(r.root)
	if i == noParam {
		v, ok := r.root.(*types.Var)
		return r, ok && v.Parent() == p.pass.Pkg.Scope()
	}
	arg, ok := p.argPlace(k, i)
	if !ok {
		return r, false
	}
	return arg.plus(r), true
}

// plus returns the part r of the place that arg is.
func (arg Ref) plus(r Ref) Ref {
	leaf := r.leaf
	if r.Sel == "" {
		leaf = arg.leaf
	}
	return Ref{Param: noParam, root: arg.root, Sel: arg.Sel + r.Sel, leaf: leaf}
}
