package main

import (
	"cmp"
	"fmt"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/emitcheck/emitcheck/analyzer"
	"github.com/emitcheck/emitcheck/internal/edit"
	"github.com/emitcheck/emitcheck/internal/load"
)

// results is what was found in all packages: sorted, and once each, though a
// package and its test variants be looked at.
type results struct {
	fset     *token.FileSet
	texts    texts
	packages map[string]bool // the import paths of those that were asked for
	findings []finding
	handlers []handler
	misses   []miss
	problems []problem
	idle     []string // the contracts of the settings that bind nothing, each with the reason

	// files are the files of the packages that were loaded, by the name that
	// positions in chains have: import path and base name.
	files map[string]string

	planned []edit.Fix // with -fix or -diff
}

type position = token.Position

type finding struct {
	analyzer.Finding
	pkg        string // the import path of the package in which it stands
	start, end position
}

type handler struct {
	analyzer.Handler
	position position
}

type miss struct {
	analyzer.Miss
	position position
}

type problem struct {
	position position
	message  string
	idle     bool
}

// broken counts the directives that cannot be carried out.
func (r *results) broken() int {
	n := 0
	for _, p := range r.problems {
		if !p.idle {
			n++
		}
	}
	return n
}

// A compileErrors says that packages do not load; its lines are the go
// command's and the compiler's own.
type compileErrors struct {
	lines []string
}

func (e *compileErrors) Error() string {
	return fmt.Sprintf("the packages do not load: %d error(s); nothing was checked", len(e.lines))
}

// check loads the packages and analyses them.
func (o *options) check(patterns []string) (*results, error) {
	cfg := o.loading()
	if o.needsFixes() {
		cfg.Read = o.sources.read
	}
	pkgs, fset, err := o.load(cfg, o.analyzer, patterns)
	if err != nil {
		return nil, err
	}
	idle, err := o.checkContracts(pkgs)
	if err != nil {
		return nil, err
	}
	r, err := collect(withoutPlain(pkgs), fset)
	if err != nil {
		return nil, err
	}
	r.idle = idle
	r.files = sources(pkgs)
	if o.needsFixes() {
		o.sources.add(pkgs)
	}
	if o.changes() {
		r.planned, err = r.fixes()
	}
	return r, err
}

// checkContracts holds the contracts of the settings to the packages that were
// loaded.
func (o *options) checkContracts(roots []*load.Package) (idle []string, err error) {
	if o.settings == nil || o.settings.Contracts == "" {
		return nil, nil
	}
	byPath := make(map[string]*types.Package)
	packages.Visit(listed(roots), nil, func(pkg *packages.Package) {
		if byPath[pkg.PkgPath] == nil || pkg.ID == pkg.PkgPath { // rather than a test variant
			byPath[pkg.PkgPath] = pkg.Types
		}
	})
	return o.settings.CheckContracts(func(path string) *types.Package { return byPath[path] })
}

// loading says what is loaded, and what is left out.
func (o *options) loading() *load.Config {
	cfg := &load.Config{Dir: o.dir, Tests: o.test}
	if o.dir != "" {
		// The go command names files by it, links in it included.
		cfg.Dir = o.base()
	}
	if o.tags != "" {
		cfg.BuildFlags = []string{"-tags=" + o.tags}
	}
	if o.settings != nil {
		screen := analyzer.NewScreen(*o.settings)
		cfg.Screen = &load.Screen{
			Opaque: screen.Opaque,
			Asks:   screen.Asks,
			Scout:  screen.Scout(o.analyzer),
			Asked:  screen.Asked,
		}
		if o.lists {
			// No handler hangs on what the functions of other packages do.
			cfg.Screen = &load.Screen{Opaque: screen.Opaque, Asks: func([]byte) bool { return false }}
		}
	}
	return cfg
}

// load loads packages, and analyses them if there is an analyzer. The packages
// and all that they import are free of errors then.
func (o *options) load(cfg *load.Config, a *analysis.Analyzer, patterns []string) ([]*load.Package, *token.FileSet, error) {
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	bar := startProgress(o.stderr)
	cfg.Progress = bar.set
	pkgs, fset, err := load.Load(cfg, a, patterns...)
	bar.stop()
	if err != nil {
		return nil, nil, fmt.Errorf("loading packages: %s", goError(err))
	}
	var tests []*load.Package
	if !o.test {
		pkgs, tests = splitTests(pkgs)
	}
	if err := o.loadErrors(pkgs); err != nil {
		return nil, nil, err
	}
	if err := o.loadErrors(tests); err != nil && !o.brokenTests(*cfg, patterns) {
		return nil, nil, err
	}
	if len(pkgs) == 0 {
		return nil, nil, fmt.Errorf("%s matched no packages", strings.Join(patterns, " "))
	}
	return pkgs, fset, nil
}

// goError returns what the go command says, without what go/packages says of it.
func goError(err error) string {
	text := err.Error()
	if _, said, ok := strings.Cut(text, ": stderr: "); ok && strings.TrimSpace(said) != "" {
		text = strings.TrimPrefix(said, "go: ")
	}
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(text), "err: "), ": stderr:")
}

// gcPercent is how much the heap may grow between two collections: most of what
// there is, types above all, stays to the end.
const gcPercent = 300

// withoutPlain leaves out the packages of which there is a test variant: it has
// all that they have, and go vet looks at it in their place.
func withoutPlain(pkgs []*load.Package) []*load.Package {
	variants := make(map[string]bool)
	for _, pkg := range pkgs {
		if pkg.ID != pkg.PkgPath {
			variants[pkg.PkgPath] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(pkgs), func(pkg *load.Package) bool { return pkg.ID == pkg.PkgPath && variants[pkg.PkgPath] })
}

// splitTests separates packages from their test variants and test programs.
func splitTests(pkgs []*load.Package) (plain, tests []*load.Package) {
	for _, pkg := range pkgs {
		if strings.HasSuffix(pkg.ID, "]") || strings.HasSuffix(pkg.ID, ".test") {
			tests = append(tests, pkg)
		} else {
			plain = append(plain, pkg)
		}
	}
	return plain, tests
}

// brokenTests tells whether the tests do not compile as they are.
func (o *options) brokenTests(cfg load.Config, patterns []string) bool {
	cfg.Overlay = nil
	pkgs, _, err := load.Load(&cfg, nil, patterns...)
	return err != nil || o.loadErrors(pkgs) != nil
}

// loadErrors gathers the errors of the packages and of all they import, the
// imported ones' first.
func (o *options) loadErrors(roots []*load.Package) error {
	var lines, imports []string
	add := func(lines *[]string, line string) {
		// A package's test variants repeat its errors.
		if !slices.Contains(*lines, line) {
			*lines = append(*lines, line)
		}
	}
	packages.Visit(listed(roots), nil, func(pkg *packages.Package) {
		// The type checker tells its errors in an order of its own.
		errs := o.whole(pkg.Errors)
		slices.SortStableFunc(errs, func(a, b packages.Error) int { return comparePositions(errorPosition(a), errorPosition(b)) })
		for _, e := range errs {
			if e.Kind == packages.TypeError && strings.HasPrefix(e.Msg, "could not import ") {
				add(&imports, o.errorLine(e))
			} else {
				add(&lines, o.errorLine(e))
			}
		}
		if m := pkg.Module; m != nil && m.Error != nil {
			add(&lines, m.Error.Err)
		}
	})
	// Why something cannot be imported is an error of its own.
	if len(lines) == 0 {
		lines = imports
	}
	if len(lines) == 0 {
		return nil
	}
	return &compileErrors{lines}
}

// whole puts what the type checker tells in several errors together, the second
// and further ones indented, as in "other declaration of x".
func (o *options) whole(errs []packages.Error) []packages.Error {
	var all []packages.Error
	for _, e := range errs {
		if rest, ok := strings.CutPrefix(e.Msg, "\t"); ok && len(all) > 0 {
			e.Msg = rest
			all[len(all)-1].Msg += "\n\t" + o.errorLine(e)
			continue
		}
		all = append(all, e)
	}
	return all
}

// errorLine renders an error of a package, its file named as in findings.
func (o *options) errorLine(e packages.Error) string {
	if e.Pos == "" || e.Pos == "-" {
		return e.Msg
	}
	if p := errorPosition(e); filepath.IsAbs(p.Filename) {
		e.Pos = o.file(p.Filename) + strings.TrimPrefix(e.Pos, p.Filename)
	}
	return e.Error()
}

// errorPosition reads the position of an error: file:line:column, file:line or
// file.
func errorPosition(e packages.Error) position {
	name, numbers := e.Pos, [2]int{}
	for range numbers {
		i := strings.LastIndexByte(name, ':')
		number, err := strconv.Atoi(name[i+1:])
		if i < 0 || err != nil {
			break
		}
		name, numbers[1], numbers[0] = name[:i], numbers[0], number
	}
	return position{Filename: name, Line: numbers[0], Column: numbers[1]}
}

// listed returns the packages as the go command lists them.
func listed(roots []*load.Package) []*packages.Package {
	pkgs := make([]*packages.Package, len(roots))
	for i, r := range roots {
		pkgs[i] = r.Package
	}
	return pkgs
}

// sources maps the names that files have in chains to the files.
func sources(roots []*load.Package) map[string]string {
	files := make(map[string]string)
	packages.Visit(listed(roots), nil, func(pkg *packages.Package) {
		for _, f := range pkg.GoFiles {
			files[pkg.PkgPath+"/"+filepath.Base(f)] = f
		}
	})
	return files
}

func collect(pkgs []*load.Package, fset *token.FileSet) (*results, error) {
	r := &results{fset: fset, packages: make(map[string]bool)}
	type key struct {
		position
		rule, message string
	}
	seen := make(map[key]bool)
	first := func(p position, rule, message string) bool {
		k := key{p, rule, message}
		k.Offset = 0
		old := seen[k]
		seen[k] = true
		return !old
	}
	for _, pkg := range pkgs {
		if pkg.Err != nil {
			return nil, pkg.Err
		}
		r.packages[pkg.PkgPath] = true
		result, ok := pkg.Result.(*analyzer.Result)
		if !ok {
			continue // it has no handlers
		}
		for _, f := range result.Findings {
			if p := fset.Position(f.Pos); first(p, f.Rule, f.Message) {
				r.findings = append(r.findings, finding{f, pkg.PkgPath, p, fset.Position(f.End)})
			}
		}
		for _, h := range result.Handlers {
			if p := fset.Position(h.Pos); first(p, "", h.Name) {
				r.handlers = append(r.handlers, handler{h, p})
			}
		}
		for _, m := range result.Misses {
			if p := fset.Position(m.Pos); first(p, "miss", m.Name) {
				r.misses = append(r.misses, miss{m, p})
			}
		}
		for _, x := range result.Problems {
			if p := fset.Position(x.Pos); first(p, "directive", x.Message) {
				r.problems = append(r.problems, problem{p, x.Message, x.Idle})
			}
		}
	}
	slices.SortStableFunc(r.findings, func(a, b finding) int {
		return cmp.Or(comparePositions(a.start, b.start), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	slices.SortStableFunc(r.handlers, func(a, b handler) int { return comparePositions(a.position, b.position) })
	slices.SortStableFunc(r.misses, func(a, b miss) int { return comparePositions(a.position, b.position) })
	slices.SortStableFunc(r.problems, func(a, b problem) int { return comparePositions(a.position, b.position) })
	return r, nil
}

func comparePositions(a, b position) int {
	return cmp.Or(cmp.Compare(a.Filename, b.Filename), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
