package main

import (
	"cmp"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/emitcheck/emitcheck/analyzer"
	"github.com/emitcheck/emitcheck/internal/edit"
)

// results is what was found in all packages: sorted, and once each, though a
// package and its test variants be looked at.
type results struct {
	fset     *token.FileSet
	texts    texts
	findings []finding
	handlers []handler
	problems []problem

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
	pkgs, err := o.load(patterns, nil)
	if err != nil {
		return nil, err
	}
	return o.analyse(pkgs)
}

// load loads the packages from source, but for the files that an overlay has.
func (o *options) load(patterns []string, overlay map[string][]byte) ([]*packages.Package, error) {
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	if os.Getenv("GOGC") == "" {
		// What is loaded stays to the end: the collector would but look at it
		// over and over.
		debug.SetGCPercent(400)
	}
	cfg := &packages.Config{
		Mode:    packages.LoadAllSyntax | packages.NeedModule,
		Dir:     o.dir,
		Tests:   o.test || overlay != nil, // a fix must not break tests either
		Overlay: overlay,
	}
	if o.changes() && overlay == nil {
		cfg.ParseFile = o.sources.parse
	}
	if o.tags != "" {
		cfg.BuildFlags = []string{"-tags=" + o.tags}
	}
	pkgs, err := packages.Load(cfg, patterns...)
	if err != nil {
		return nil, fmt.Errorf("loading packages: %v", strings.TrimSpace(err.Error()))
	}
	var tests []*packages.Package
	if !o.test {
		pkgs, tests = splitTests(pkgs)
	}
	if err := o.loadErrors(pkgs); err != nil {
		return nil, err
	}
	if err := o.loadErrors(tests); err != nil && !o.brokenTests(*cfg, patterns) {
		return nil, err
	}
	if len(pkgs) == 0 {
		return nil, fmt.Errorf("%s matched no packages", strings.Join(patterns, " "))
	}
	return pkgs, nil
}

// analyse analyses packages.
func (o *options) analyse(pkgs []*packages.Package) (*results, error) {
	// A test variant has all that its package has: what it says, goes.
	slices.SortStableFunc(pkgs, func(a, b *packages.Package) int { return cmp.Compare(len(b.Syntax), len(a.Syntax)) })
	graph, err := checker.Analyze([]*analysis.Analyzer{o.analyzer}, pkgs, nil)
	if err != nil {
		return nil, err
	}
	r, err := collect(graph, pkgs[0].Fset)
	if err != nil {
		return nil, err
	}
	if formatByName(o.format).chains {
		r.files = sources(pkgs)
	}
	if o.changes() {
		o.sources.add(pkgs)
		r.planned, err = r.fixes(pkgs[0].Fset)
	}
	return r, err
}

// splitTests separates packages from their test variants and test programs.
func splitTests(pkgs []*packages.Package) (plain, tests []*packages.Package) {
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
func (o *options) brokenTests(cfg packages.Config, patterns []string) bool {
	cfg.Overlay = nil
	pkgs, err := packages.Load(&cfg, patterns...)
	return err != nil || o.loadErrors(pkgs) != nil
}

// loadErrors gathers the errors of the packages and of all they import, the
// imported ones' first.
func (o *options) loadErrors(pkgs []*packages.Package) error {
	var lines []string
	add := func(line string) {
		// A package's test variants repeat its errors.
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	packages.Visit(pkgs, nil, func(pkg *packages.Package) {
		// The type checker tells its errors in an order of its own.
		errs := slices.Clone(pkg.Errors)
		slices.SortStableFunc(errs, func(a, b packages.Error) int { return comparePositions(errorPosition(a), errorPosition(b)) })
		for _, e := range errs {
			add(o.errorLine(e))
		}
		if m := pkg.Module; m != nil && m.Error != nil {
			add(m.Error.Err)
		}
	})
	if len(lines) == 0 {
		return nil
	}
	return &compileErrors{lines}
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

// sources maps the names that files have in chains to the files.
func sources(pkgs []*packages.Package) map[string]string {
	files := make(map[string]string)
	packages.Visit(pkgs, nil, func(pkg *packages.Package) {
		for _, f := range pkg.GoFiles {
			files[pkg.PkgPath+"/"+filepath.Base(f)] = f
		}
	})
	return files
}

func collect(graph *checker.Graph, fset *token.FileSet) (*results, error) {
	r := &results{fset: fset}
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
	for _, act := range graph.Roots {
		if act.Err != nil {
			return nil, failure(act)
		}
		result := act.Result.(*analyzer.Result)
		for _, f := range result.Findings {
			if p := fset.Position(f.Pos); first(p, f.Rule, f.Message) {
				r.findings = append(r.findings, finding{f, act.Package.PkgPath, p, fset.Position(f.End)})
			}
		}
		for _, h := range result.Handlers {
			if p := fset.Position(h.Pos); first(p, "", h.Name) {
				r.handlers = append(r.handlers, handler{h, p})
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
	slices.SortStableFunc(r.problems, func(a, b problem) int { return comparePositions(a.position, b.position) })
	return r, nil
}

// failure tells why an action failed: of one whose prerequisites failed, the
// checker says no more than that.
func failure(act *checker.Action) error {
	for _, dep := range act.Deps {
		if dep.Err != nil {
			return failure(dep)
		}
	}
	return fmt.Errorf("%s: %v", act.Package.PkgPath, act.Err)
}

func comparePositions(a, b position) int {
	return cmp.Or(cmp.Compare(a.Filename, b.Filename), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
