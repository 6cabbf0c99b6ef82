// Package hoist works out fixes: it moves what a handler's hot methods create
// on each call to the start of a session, and its release to the stop.
//
// One fix holds all that can be done for one handler type. What is moved is a
// statement of a hot method's own body, whole: the creation, the check of its
// error, its release. It becomes a field, made at the end of start and released
// by stop, in reverse order. A statement is moved only if it would do the same
// there: if nothing that it names belongs to one call, if it is under no
// condition, and, for a goroutine, if it is seen to last as long as the session
// and to end when stop says so (life.go). Else there is an obstacle, which the
// finding's message tells.
//
// A fix is checked before it is offered: the package is type-checked with it
// (check.go).
//
// The package reads syntax and types; which effects there are it is told.
package hoist

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/emitcheck/emitcheck/analyzer/internal/contract"
	"github.com/emitcheck/emitcheck/analyzer/internal/effect"
)

// A Request is an effect of a hot method that is to be moved.
type Request struct {
	Method *contract.Hot
	Node   ast.Node // the statement or expression of the method's body
	Site   effect.Site
}

// A Fixer works out the fixes of one package.
type Fixer struct {
	enders     map[*types.Var][]*ast.FuncDecl    // the functions that close, call or set what a field holds
	cleared    map[*types.Var]bool               // the flags that something sets to false
	resets     map[*types.TypeName]*ast.FuncDecl // a function that sets a whole value of a type
	sentinels  map[*types.Var]bool               // the variables of the package that hold an error from the beginning
	others     []*ast.File                       // the files that are not built here
	tags       string                            // the conditions under which the handler's file is built
	varWriters map[*types.Var]*ast.FuncDecl      // a function that sets a variable of the package
	pass       *analysis.Pass
	effects    *effect.Result
	info       *types.Info
	keyed      map[*types.Var]bool    // the fields that composite literals set
	lifecycle  map[*ast.FuncDecl]bool // start, stop and hot methods of the handler at hand
	sources    map[*token.File]*source
	decls      map[*types.Func]*ast.FuncDecl
	specs      map[*types.TypeName]*ast.TypeSpec
	locals     map[types.Object]*local
	cancels    map[*types.Var]*types.Var       // the field of a context to that of its cancel function
	writers    map[*types.Var][]*ast.FuncDecl  // the functions that assign a field
	members    map[string]bool                 // the names of all fields and methods of the package
	imports    *imports                        // of the handler at hand
	done       map[*source][]analysis.TextEdit // the edits of the fixes so far
	owner      map[*source]string              // the handler whose fix last touched a file
	moved      []rep                           // the statements that fixes move
}

// Moves tells whether a fix moves the statement at a position, and gives it a
// context of its own for the call's.
func (f *Fixer) Moves(pos token.Pos) bool {
	return slices.ContainsFunc(f.moved, func(r rep) bool { return r.from <= pos && pos < r.to })
}

// New returns a Fixer for the package under analysis.
func New(pass *analysis.Pass, effects *effect.Result) *Fixer {
	f := &Fixer{
		pass: pass, effects: effects, info: pass.TypesInfo,
		sources:    make(map[*token.File]*source),
		decls:      make(map[*types.Func]*ast.FuncDecl),
		specs:      make(map[*types.TypeName]*ast.TypeSpec),
		writers:    make(map[*types.Var][]*ast.FuncDecl),
		varWriters: make(map[*types.Var]*ast.FuncDecl),
		enders:     make(map[*types.Var][]*ast.FuncDecl),
		cleared:    make(map[*types.Var]bool),
		resets:     make(map[*types.TypeName]*ast.FuncDecl),
		sentinels:  make(map[*types.Var]bool),
		members:    make(map[string]bool),
		done:       make(map[*source][]analysis.TextEdit),
		owner:      make(map[*source]string),
	}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if fn, ok := f.info.Defs[d.Name].(*types.Func); ok {
					f.decls[fn] = d
					f.members[d.Name.Name] = true
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if vs, ok := spec.(*ast.ValueSpec); ok && d.Tok == token.VAR && len(vs.Names) == len(vs.Values) {
						for i, id := range vs.Names {
							if v, ok := f.info.Defs[id].(*types.Var); ok {
								call, ok := ast.Unparen(vs.Values[i]).(*ast.CallExpr)
								f.sentinels[v] = ok && (isPkgFunc(f.function(call.Fun), "errors", "New") || isPkgFunc(f.function(call.Fun), "fmt", "Errorf"))
							}
						}
					}
					if ts, ok := spec.(*ast.TypeSpec); ok {
						if obj, ok := f.info.Defs[ts.Name].(*types.TypeName); ok {
							f.specs[obj] = ts
						}
					}
				}
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if field, ok := n.(*ast.Field); ok {
				for _, id := range field.Names {
					f.members[id.Name] = true
				}
			}
			return true
		})
	}
	f.findLocals()
	counts := make(map[*types.Var]int) // how often each field is set
	for d := range f.declared() {
		f.findWrites(d, counts)
	}
	f.findCancels()
	for ctx, cancel := range f.cancels {
		if counts[ctx] > 1 || counts[cancel] > 1 {
			delete(f.cancels, ctx) // which belongs to which is not known
		}
	}
	return f
}

// findWrites notes which fields and variables a function sets, counts its
// settings of each field, and notes which signals it gives.
func (f *Fixer) findWrites(d *ast.FuncDecl, counts map[*types.Var]int) {
	f.writesIn(d.Body, nil, func(e ast.Expr) {
		if star, ok := ast.Unparen(e).(*ast.StarExpr); ok {
			if n, ok := types.Unalias(f.info.TypeOf(star)).(*types.Named); ok {
				f.resets[n.Origin().Obj()] = d
			}
		}
		if v := fieldOf(f.info, e); v != nil {
			counts[v]++
			if !slices.Contains(f.writers[v], d) {
				f.writers[v] = append(f.writers[v], d)
			}
		}
		if id, ok := ast.Unparen(e).(*ast.Ident); ok {
			if v, ok := f.info.Uses[id].(*types.Var); ok && v.Parent() == f.pass.Pkg.Scope() && d.Name.Name != "init" && !isAtomic(v.Type()) {
				f.varWriters[v] = d
			}
		}
	})
	f.endsIn(d.Body, func(v *types.Var) {
		if !slices.Contains(f.enders[v], d) {
			f.enders[v] = append(f.enders[v], d)
		}
	})
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if len(n.Lhs) == len(n.Rhs) {
				for i, l := range n.Lhs {
					if v := fieldOf(f.info, l); v != nil && isFlag(v.Type()) {
						f.clear(v, n.Rhs[i])
					}
				}
			}
		case *ast.CallExpr:
			if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok && len(n.Args) > 0 && isFlag(f.info.TypeOf(sel.X)) {
				if v := fieldOf(f.info, sel.X); v != nil {
					f.clear(v, n.Args[len(n.Args)-1])
				}
			}
		}
		return true
	})
}

// writesIn calls yield for what the statements of a body set, but for those to
// skip: an assigned expression, the map or slice whose element is assigned, what
// an address is taken of, an atomic that a method changes.
func (f *Fixer) writesIn(body ast.Node, skip []ast.Stmt, yield func(ast.Expr)) {
	write := func(e ast.Expr) {
		if e != nil {
			yield(element(e))
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && slices.Contains(skip, s) {
			return false
		}
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				write(l)
			}
		case *ast.RangeStmt:
			write(n.Key)
			write(n.Value)
		case *ast.IncDecStmt:
			write(n.X)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				if t := f.info.TypeOf(n.X); !isAtomic(t) && !isSync(t, "Mutex", "RWMutex", "WaitGroup", "Once", "Cond", "Pool", "Map") {
					if _, ok := ast.Unparen(n.X).(*ast.CompositeLit); !ok {
						write(n.X)
					}
				}
			}
		case *ast.CallExpr:
			if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok && f.info.Types[id].IsBuiltin() {
				switch id.Name {
				case "copy", "delete", "clear":
					write(n.Args[0])
				}
			}
			if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok && isAtomic(f.info.TypeOf(sel.X)) && sel.Sel.Name != "Load" {
				write(sel.X)
			}
		}
		return true
	})
}

// endsIn calls yield for the fields whose signal a body gives: the channels that
// it closes, the functions that it calls, the flags that it sets.
func (f *Fixer) endsIn(body ast.Node, yield func(*types.Var)) {
	end := func(e ast.Expr) {
		if v := f.leaf(e); v != nil && v.IsField() {
			yield(v.Origin())
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if isFlag(f.info.TypeOf(l)) {
					end(l)
				}
			}
		case *ast.SendStmt:
			if isToken(f.info.TypeOf(n.Chan)) {
				end(n.Chan)
			}
		case *ast.CallExpr:
			fun := ast.Unparen(n.Fun)
			if id, ok := fun.(*ast.Ident); ok && id.Name == "close" && f.info.Types[id].IsBuiltin() {
				end(n.Args[0])
			}
			if sel, ok := fun.(*ast.SelectorExpr); ok {
				switch {
				case fieldOf(f.info, sel) != nil && len(n.Args) == 0:
					end(sel) // h.cancel()
				case isFlag(f.info.TypeOf(sel.X)) && sel.Sel.Name != "Load", sel.Sel.Name == "Close":
					end(sel.X)
				}
			}
		}
		return true
	})
}

// declared yields the functions of the package in the order of their places.
func (f *Fixer) declared() func(yield func(*ast.FuncDecl) bool) {
	return func(yield func(*ast.FuncDecl) bool) {
		for _, file := range f.pass.Files {
			for _, decl := range file.Decls {
				if d, ok := decl.(*ast.FuncDecl); ok && d.Body != nil && !yield(d) {
					return
				}
			}
		}
	}
}

// clear notes that a flag is set to something else than true.
func (f *Fixer) clear(v *types.Var, value ast.Expr) {
	if c := f.info.Types[value].Value; c == nil || c.Kind() != constant.Bool || !constant.BoolVal(c) {
		f.cleared[v] = true
	}
}

// element returns the map, slice or array whose element an expression is.
func element(e ast.Expr) ast.Expr {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.IndexExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		default:
			return e
		}
	}
}

// Handler returns the fix of one handler type, nil if nothing can be moved, and
// for each request nil if the fix settles it, or else the obstacle.
func (f *Fixer) Handler(h *contract.Handler, reqs []Request) (fix *analysis.SuggestedFix, obstacles []*Obstacle) {
	obstacles = make([]*Obstacle, len(reqs))
	// A finding without a fix is worth more than none.
	defer func() {
		if r := recover(); r != nil {
			fix = nil
			for i := range obstacles {
				obstacles[i] = obstacle("internal", "it could not be worked out (%v); please report it", r)
			}
		}
	}()
	f.imports = &imports{f: f, added: make(map[*source]map[string]string)}
	if slices.ContainsFunc(h.Hot, func(m contract.Hot) bool { return m.Within != nil }) {
		for i, r := range reqs {
			obstacles[i] = obstacle("loop", "the loop in %s has the session's whole stream", r.Method.Name)
		}
		return nil, obstacles
	}
	f.findLifecycle(h)
	s, o := f.shape(h)
	if o != nil {
		for i := range obstacles {
			obstacles[i] = o
		}
		// A wait is put right where it stands.
		if s = f.bare(h); s == nil {
			return nil, obstacles
		}
	}
	p := &plan{f: f, shape: s, reqs: reqs, whole: o}
	edits := p.work(obstacles)
	if len(edits) == 0 {
		return nil, obstacles
	}
	return &analysis.SuggestedFix{Message: p.message(), TextEdits: edits}, obstacles
}

// findLifecycle notes the start, stop and hot methods of a handler.
func (f *Fixer) findLifecycle(h *contract.Handler) {
	f.lifecycle = make(map[*ast.FuncDecl]bool)
	if h.Type == nil {
		return
	}
	names := slices.Concat(h.Start, h.Stop)
	for _, m := range h.Hot {
		names = append(names, m.Name)
	}
	for _, name := range names {
		if fn, _ := f.method(h.Type, name); fn != nil && f.decls[fn] != nil {
			f.lifecycle[f.decls[fn]] = true
		}
	}
}

// bare returns a shape without start and stop, good for waits alone.
func (f *Fixer) bare(h *contract.Handler) *shape {
	s := &shape{h: h, hots: make(map[*ast.FuncDecl]bool)}
	for _, m := range h.Hot {
		if d, ok := m.Body.(*ast.FuncDecl); ok {
			s.hots[d] = true
		}
	}
	if len(s.hots) == 0 {
		return nil
	}
	return s
}

// claim takes the edits of a fix, unless they meet those of another.
func (f *Fixer) claim(h *contract.Handler, edits []analysis.TextEdit) *Obstacle {
	by := func(e analysis.TextEdit) *source { return f.sources[f.pass.Fset.File(e.Pos)] }
	for _, e := range edits {
		s := by(e)
		for _, d := range f.done[s] {
			same := e.Pos == d.Pos && e.End == d.End && string(e.NewText) == string(d.NewText)
			meet := e.Pos < d.End && d.Pos < e.End || e.Pos == d.Pos && e.End == e.Pos && d.End == d.Pos
			if !same && meet {
				return obstacle("turn", "the fix of %s comes first: run again", f.owner[s])
			}
		}
	}
	for _, e := range edits {
		s := by(e)
		f.done[s] = append(f.done[s], e)
		f.owner[s] = h.Name
	}
	return nil
}
