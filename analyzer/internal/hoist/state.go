package hoist

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// stopLocks tells whether a lock may be held while stop waits: stop, or what it
// calls, takes one, or somebody else calls stop.
func (p *plan) stopLocks() bool {
	if p.shape.stop == nil {
		return false // what stands in its way is told where it is needed
	}
	fn, _ := p.f.method(p.shape.named, p.shape.stop.name)
	if fn == nil {
		return false
	}
	d := p.f.decls[fn]
	return d == nil || p.f.countUses(fn) > 0 || p.f.anyCall(d, make(map[*ast.FuncDecl]bool), isLockMethod)
}

// anyCall tells whether a function, or one that it names, names a function that
// is as wanted.
func (f *Fixer) anyCall(d *ast.FuncDecl, seen map[*ast.FuncDecl]bool, want func(*types.Func) bool) bool {
	if seen[d] || d.Body == nil {
		return false
	}
	seen[d] = true
	return contains(d.Body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return false
		}
		fn, ok := f.info.Uses[id].(*types.Func)
		if !ok {
			return false
		}
		callee := f.decls[fn.Origin()]
		return want(fn) || callee != nil && f.anyCall(callee, seen, want)
	})
}

// foreignState requires that nobody but start, stop, constructors and the
// goroutine itself sets the fields that a goroutine reads, or gives the signals
// that it heeds: what is set between start and the call that started it would
// not be there yet, and what is ended would not be started again.
func (p *plan) foreignState(m *move, l *life) *Obstacle {
	own := make(map[*ast.FuncDecl]bool)
	for _, d := range l.decls {
		own[d] = true
	}
	stops := p.stopFunctions()
	for _, v := range l.fields {
		for _, d := range p.f.writers[v] {
			switch {
			case (p.isHook(d) || d == p.ctor()) && p.f.writesInLiteral(d, v):
				return obstacle("state", "it uses %s, which a function that %s makes sets", v.Name(), d.Name.Name)
			case own[d], p.isHook(d), stops[d], d.Recv == nil && !p.shape.hots[d] && d != p.ctor() && p.isMaker(d), d == p.ctor():
			case p.goneWrites(d, v):
			default:
				return obstacle("state", "it uses %s, which %s sets", v.Name(), d.Name.Name)
			}
		}
		if p.ctor() != nil && v.Exported() && !isToken(v.Type()) {
			return obstacle("state", "it uses %s, which may be set once the handler is made", v.Name())
		}
	}
	for _, clause := range l.clauses {
		for _, s := range clause {
			if s.field == nil || s.own {
				continue
			}
			for _, d := range p.f.writers[s.field] {
				if own[d] {
					return obstacle("interrupt", "%s sets %s itself", d.Name.Name, s.field.Name())
				}
			}
			for _, v := range []*types.Var{s.field, p.f.cancels[s.field]} {
				for _, d := range p.f.enders[v] {
					if !stops[d] && !own[d] || p.f.endsInLiteral(d, v) {
						return obstacle("interrupt", "%s ends it too", d.Name.Name)
					}
				}
			}
		}
	}
	return nil
}

// endsInLiteral tells whether a start hands out a function that gives a signal.
func (f *Fixer) endsInLiteral(d *ast.FuncDecl, v *types.Var) bool {
	if v == nil || strings.Contains(strings.ToLower(d.Name.Name), "stop") {
		return false
	}
	return inLiteral(d, func(body *ast.BlockStmt) (found bool) {
		f.endsIn(body, func(x *types.Var) { found = found || x == v })
		return found
	})
}

// ctor returns the constructor that is the start, if one is.
func (p *plan) ctor() *ast.FuncDecl {
	if k := p.shape.start; k != nil && k.decl != nil && k.decl.Recv == nil {
		return k.decl
	}
	return nil
}

// isMaker tells whether a function makes handlers, or options for them: it is
// none that is handed one.
func (p *plan) isMaker(d *ast.FuncDecl) bool {
	fn, ok := p.f.info.Defs[d.Name].(*types.Func)
	if !ok {
		return false
	}
	for v := range fn.Signature().Params().Variables() {
		t := v.Type()
		if ptr, ok := t.(*types.Pointer); ok {
			t = ptr.Elem()
		}
		if sameNamed(t, p.shape.named) {
			return false
		}
	}
	return p.shape.start == nil || p.ctor() == nil
}

// stopFunctions returns stop and the functions of the package that it calls.
func (p *plan) stopFunctions() map[*ast.FuncDecl]bool {
	seen := make(map[*ast.FuncDecl]bool)
	for _, name := range slices.Concat(p.shape.h.Stop, p.shape.h.Start) {
		if fn, _ := p.f.method(p.shape.named, name); fn != nil && p.f.decls[fn] != nil {
			p.f.anyCall(p.f.decls[fn], seen, func(*types.Func) bool { return false })
		}
	}
	return seen
}

// writesInLiteral tells whether a function makes one that sets a field later.
func (f *Fixer) writesInLiteral(d *ast.FuncDecl, v *types.Var) bool {
	return inLiteral(d, func(body *ast.BlockStmt) (found bool) {
		f.writesIn(body, nil, func(e ast.Expr) { found = found || fieldOf(f.info, e) == v })
		return found
	})
}

// inLiteral tells whether the body of a function literal in a function is as
// wanted.
func inLiteral(d *ast.FuncDecl, want func(*ast.BlockStmt) bool) bool {
	return contains(d.Body, func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		return ok && want(lit.Body)
	})
}

// locksBoth tells whether a hot method and stop take locks: stop would release
// what is moved before it has the lock.
func (p *plan) locksBoth(hot *ast.FuncDecl) bool {
	d := p.stopDecl()
	return d != nil && p.f.anyCall(d, make(map[*ast.FuncDecl]bool), isLockMethod) &&
		p.f.anyCall(hot, make(map[*ast.FuncDecl]bool), isLockMethod)
}
