// Package load loads packages from source, as go/packages does, and runs an
// analyzer on each as soon as it is type-checked, as go/analysis/checker does.
// It is made for an analyzer that needs little of most packages: it leaves out
// the bodies of functions that nobody asks for (see [Screen]), and keeps a
// package's syntax no longer than it is being analysed.
//
// Which packages there are, and where, is for the go command to say, through
// go/packages; what is found in them is the analyzer's affair.
package load

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// A Config says what to load.
type Config struct {
	Dir        string            // where patterns are looked up; the current directory if empty
	Env        []string          // of the go command; that of the process if nil
	Tests      bool              // with the tests, as packages of their own
	BuildFlags []string          // for the go command
	Overlay    map[string][]byte // the contents of files, by absolute name, in place of those on disk

	// Screen says what may be left out; nothing may where it is nil.
	Screen *Screen

	// Read, if not nil, is told of each file whose whole content is parsed. It
	// may be called by several goroutines at once.
	Read func(name string, content []byte)

	// Progress, if not nil, is told how many of all packages are done, each time
	// that one is. It may be called by several goroutines at once.
	Progress func(done, all int)
}

// A Screen says what an analyzer needs of the packages, so that the rest can be
// left out. It is asked with the text of a package's files, before anything is
// parsed.
type Screen struct {
	// Opaque tells, by import path, of packages that are not analysed: nothing
	// but their declarations is ever needed.
	Opaque func(path string) bool

	// Asks guesses from the text of a file whether the result on its package
	// hangs on what the functions of other packages do. Where no package that asks leads to another one, of
	// that other one the declarations are enough.
	Asks func(text []byte) bool

	// Scout, one of those that the analyzer requires, runs in place of the
	// analyzer on packages that do not ask, and Asked tells from its result
	// whether they do. Where the guess was wrong, the packages are loaded again
	// with more bodies, so that a guess costs nothing but time. What does not ask
	// has no result.
	Scout *analysis.Analyzer
	Asked func(result any) bool
}

// A Package is a package that was asked for.
type Package struct {
	*packages.Package // its Syntax and TypesInfo are gone

	Result any   // of the analyzer; nil where the package has errors, or does not ask
	Err    error // why there is none, if not for those
}

// A unit is a package on its way: from what the go command says of it to the
// analyzer's result.
type unit struct {
	*packages.Package
	root    bool // it was asked for
	own     bool // it is of a module that is worked on here
	full    bool // with the bodies of its functions
	asks    bool // a package that asks leads here, or it asks itself
	imports []*unit
	waiting []*unit      // the units that import it
	missing atomic.Int32 // how many of its imports are not done yet

	facts   map[*analysis.Analyzer]map[factKey]analysis.Fact
	result  any
	scouted any // the result of the screen's Scout, where that ran instead
	err     error
}

// A program is all packages of one run.
type program struct {
	cfg   *Config
	fset  *token.FileSet
	units []*unit // imported ones before those that import them
	roots []*unit
	byPkg map[*types.Package]*unit
}

// Load loads the packages that the patterns match, and runs the analyzer on
// them, if it is not nil, and on all that they import, as far as facts need it.
// The error says why the go command could not list the packages; what is wrong
// with one of them stands in the Errors of that package, which may be one that
// is imported.
func Load(cfg *Config, a *analysis.Analyzer, patterns ...string) ([]*Package, *token.FileSet, error) {
	p, err := load(cfg, a, patterns)
	if err != nil {
		return nil, nil, err
	}
	return p.results(), p.fset, nil
}

func load(cfg *Config, a *analysis.Analyzer, patterns []string) (*program, error) {
	if a != nil {
		if err := analysis.Validate([]*analysis.Analyzer{a}); err != nil {
			return nil, err
		}
	}
	listed, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
			packages.NeedDeps | packages.NeedModule | packages.NeedTypesSizes,
		Dir: cfg.Dir, Env: cfg.Env, Tests: cfg.Tests, BuildFlags: cfg.BuildFlags, Overlay: cfg.Overlay,
	}, patterns...)
	if err != nil {
		return nil, err
	}
	asking := make(map[string]bool) // by ID
	for {
		p := newProgram(cfg, listed)
		p.choose(a, asking)
		p.run(a)
		if !p.more(asking) {
			return p, nil
		}
	}
}

// newProgram makes the units of the packages that were listed.
func newProgram(cfg *Config, listed []*packages.Package) *program {
	p := &program{cfg: cfg, fset: token.NewFileSet(), byPkg: make(map[*types.Package]*unit)}
	byID := make(map[string]*unit)
	packages.Visit(listed, nil, func(pkg *packages.Package) {
		own := *pkg // what a run finds must not be in the way of the next
		own.Errors = slices.Clip(own.Errors)
		own.Fset = p.fset
		own.Types = types.Unsafe
		if pkg.PkgPath != "unsafe" {
			own.Types = types.NewPackage(pkg.PkgPath, pkg.Name)
		}
		u := &unit{Package: &own, own: pkg.Module == nil || pkg.Module.Main}
		byID[pkg.ID] = u
		p.units = append(p.units, u)
		p.byPkg[own.Types] = u
		own.Imports = make(map[string]*packages.Package)
		for _, path := range slices.Sorted(maps.Keys(pkg.Imports)) {
			i := byID[pkg.Imports[path].ID]
			own.Imports[path] = i.Package
			if !slices.Contains(u.imports, i) {
				u.imports = append(u.imports, i)
				i.waiting = append(i.waiting, u)
			}
		}
		u.missing.Store(int32(len(u.imports)))
	})
	for _, pkg := range listed {
		u := byID[pkg.ID]
		u.root = true
		p.roots = append(p.roots, u)
	}
	return p
}

func (p *program) opaque(u *unit) bool {
	return u.PkgPath == "unsafe" || p.cfg.Screen != nil && p.cfg.Screen.Opaque(u.PkgPath)
}

// choose decides which units need the bodies of their functions. Those that are
// worked on here do in any case: that they compile is part of what is asked.
func (p *program) choose(a *analysis.Analyzer, asking map[string]bool) {
	screen := p.cfg.Screen
	needed := make(map[*unit]bool)
	var need func(*unit)
	need = func(u *unit) {
		if !needed[u] && !p.opaque(u) {
			needed[u] = true
			for _, i := range u.imports {
				need(i)
			}
		}
	}
	switch {
	case screen == nil:
		for _, u := range p.roots {
			need(u)
		}
	case a != nil:
		var asks sync.Map
		each(p.roots, func(u *unit) {
			if asking[u.ID] || p.anyText(u, screen.Asks) {
				asks.Store(u, true)
			}
		})
		for _, u := range p.roots {
			if _, ok := asks.Load(u); ok {
				asking[u.ID] = true
				need(u)
			}
		}
	}
	for _, u := range p.units {
		u.asks = needed[u]
		u.full = u.root || u.own && !p.opaque(u) || u.asks
	}
}

// anyText tells whether want holds for some file of a unit. A file that cannot
// be read is an error later on.
func (p *program) anyText(u *unit, want func([]byte) bool) bool {
	return slices.ContainsFunc(u.CompiledGoFiles, func(name string) bool {
		text, err := p.read(name)
		return err == nil && want(text)
	})
}

func (p *program) read(name string) ([]byte, error) {
	if text, ok := p.cfg.Overlay[name]; ok {
		return text, nil
	}
	return os.ReadFile(name)
}

// each calls do for all units, for several at once.
func each(units []*unit, do func(*unit)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(units) {
					return
				}
				do(units[i])
			}
		})
	}
	wg.Wait()
}

// run loads all units and analyses them, each as soon as those it imports are
// done.
func (p *program) run(a *analysis.Analyzer) {
	ready := make(chan *unit, len(p.units))
	for _, u := range p.units {
		if len(u.imports) == 0 {
			ready <- u
		}
	}
	var done atomic.Int32
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for u := range ready {
				p.load(u)
				if a != nil {
					p.analyse(u, a)
				}
				u.Syntax, u.TypesInfo = nil, nil
				for _, w := range u.waiting {
					if w.missing.Add(-1) == 0 {
						ready <- w
					}
				}
				n := int(done.Add(1))
				if p.cfg.Progress != nil {
					p.cfg.Progress(n, len(p.units))
				}
				if n == len(p.units) {
					close(ready)
				}
			}
		})
	}
	if len(p.units) == 0 {
		close(ready)
	}
	wg.Wait()
}

// more tells whether the guess which packages ask was wrong, and adds those that
// do.
func (p *program) more(asking map[string]bool) bool {
	if p.cfg.Screen == nil {
		return false
	}
	wrong := false
	for _, u := range p.roots {
		if !u.asks && u.scouted != nil && p.cfg.Screen.Asked(u.scouted) {
			asking[u.ID] = true
			wrong = true
		}
	}
	return wrong
}

func (p *program) results() []*Package {
	found := make([]*Package, len(p.roots))
	for i, u := range p.roots {
		found[i] = &Package{Package: u.Package, Result: u.result, Err: u.err}
	}
	return found
}

// load parses and type-checks a unit.
func (p *program) load(u *unit) {
	if u.PkgPath == "unsafe" {
		u.Syntax, u.TypesInfo = []*ast.File{}, newInfo()
		return
	}
	if u.Syntax == nil {
		p.parse(u)
	}
	p.check(u)
	u.IllTyped = len(u.Errors) > 0 || slices.ContainsFunc(u.imports, func(i *unit) bool { return i.IllTyped })
}

// check type-checks a unit whose imports are done.
func (p *program) check(u *unit) {
	cfg := &types.Config{
		Importer:         importer{p, u},
		Sizes:            u.TypesSizes,
		IgnoreFuncBodies: !u.full,
		Error:            func(err error) { u.addError(err) },
	}
	if u.Module != nil && u.Module.GoVersion != "" {
		cfg.GoVersion = "go" + u.Module.GoVersion
	}
	u.TypesInfo = newInfo()
	if p.opaque(u) && !u.root {
		u.TypesInfo = nil // for it is not analysed
	}
	before := len(u.Errors)
	err := types.NewChecker(cfg, p.fset, u.Types, u.TypesInfo).Files(u.Syntax)
	if err != nil && len(u.Errors) == before {
		u.addError(err) // one that Error was not told of
	}
}

func newInfo() *types.Info {
	return &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Instances:    make(map[*ast.Ident]types.Instance),
		Scopes:       make(map[ast.Node]*types.Scope),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		FileVersions: make(map[*ast.File]string),
	}
}

// An importer hands a unit what it imports.
type importer struct {
	p *program
	u *unit
}

func (i importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	imported := i.u.Imports[path]
	if imported == nil {
		// The go command has said why, or the file has changed since.
		return nil, fmt.Errorf("no metadata for %s", path)
	}
	return imported.Types, nil
}
