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
	"cmp"
	"go/ast"
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
	pass    *analysis.Pass
	info    *types.Info
	sources map[*token.File]*source
	decls   map[*types.Func]*ast.FuncDecl
	specs   map[*types.TypeName]*ast.TypeSpec
	locals  map[types.Object]*local
	cancels map[*types.Var]*types.Var       // the field of a context to that of its cancel function
	writers map[*types.Var][]*ast.FuncDecl  // the functions that assign a field
	members map[string]bool                 // the names of all fields and methods of the package
	imports *imports                        // of the handler at hand
	done    map[*source][]analysis.TextEdit // the edits of the fixes so far
	owner   map[*source]string              // the handler whose fix last touched a file
	moved   []rep                           // the statements that fixes move
}

// Moves tells whether a fix moves the statement at a position, and gives it a
// context of its own for the call's.
func (f *Fixer) Moves(pos token.Pos) bool {
	return slices.ContainsFunc(f.moved, func(r rep) bool { return r.from <= pos && pos < r.to })
}

// New returns a Fixer for the package under analysis.
func New(pass *analysis.Pass) *Fixer {
	f := &Fixer{
		pass: pass, info: pass.TypesInfo,
		sources: make(map[*token.File]*source),
		decls:   make(map[*types.Func]*ast.FuncDecl),
		specs:   make(map[*types.TypeName]*ast.TypeSpec),
		writers: make(map[*types.Var][]*ast.FuncDecl),
		members: make(map[string]bool),
		done:    make(map[*source][]analysis.TextEdit),
		owner:   make(map[*source]string),
	}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if fn, ok := f.info.Defs[d.Name].(*types.Func); ok {
					f.decls[fn] = d
					f.members[d.Name.Name] = true
				}
				f.findWrites(d)
			case *ast.GenDecl:
				for _, spec := range d.Specs {
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
	f.findCancels()
	return f
}

// findWrites notes which fields a function assigns.
func (f *Fixer) findWrites(d *ast.FuncDecl) {
	if d.Body == nil {
		return
	}
	write := func(e ast.Expr) {
		if v := fieldOf(f.info, e); v != nil && !slices.Contains(f.writers[v], d) {
			f.writers[v] = append(f.writers[v], d)
		}
	}
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				write(l)
			}
		case *ast.IncDecStmt:
			write(n.X)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				if v := fieldOf(f.info, n.X); v != nil {
					if _, ok := under(v.Type()).(*types.Struct); !ok {
						write(n.X)
					}
				}
			}
		}
		return true
	})
}

// Handler returns the fix of one handler type, nil if nothing can be moved, and
// for each request nil if the fix settles it, or else the obstacle.
func (f *Fixer) Handler(h *contract.Handler, reqs []Request) (*analysis.SuggestedFix, []*Obstacle) {
	obstacles := make([]*Obstacle, len(reqs))
	f.imports = &imports{f: f, added: make(map[*source]map[string]string)}
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
			if !same && e.Pos <= d.End && d.Pos <= e.End {
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

// sortedSources returns sources in the order of their files.
func sortedSources[V any](m map[*source]V) []*source {
	var ss []*source
	for s := range m {
		ss = append(ss, s)
	}
	slices.SortFunc(ss, func(a, b *source) int { return cmp.Compare(a.tok.Base(), b.tok.Base()) })
	return ss
}
