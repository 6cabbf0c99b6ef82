package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/emitcheck/emitcheck/analyzer"
	"github.com/emitcheck/emitcheck/internal/edit"
	"github.com/emitcheck/emitcheck/internal/realmod"
)

// stdPrefix is what the import paths of std begin with where it is to be
// analysed: by its own name it is opaque.
const stdPrefix = "example.com/std/"

// A hardening runs the analyzer on packages of which it takes each type that has
// methods for a handler, and each function for a hot one: nobody writes so much
// that the code of fixes and lifecycles has to look at. What they say is of no
// interest, but that they say it: no error, twice the same, and no fix that does
// not compile.
type hardening struct {
	out io.Writer

	mu      sync.Mutex
	shadow  string                       // where the marked files lie: fixes are for files on disk
	texts   map[string][]byte            // and what they are
	methods map[string]map[string]*roles // by directory and type

	packages, handlers, findings, fixes, failures int
}

// stdImporter imports what fixes need beside what a package imports itself.
var stdImporter = sync.OnceValue(func() types.Importer { return importer.ForCompiler(token.NewFileSet(), "source", nil) })

// roles are the methods of a type, told apart by their names.
type roles struct{ start, stop, hot []string }

var (
	startName = regexp.MustCompile(`^(?i:start|open|init|setup|connect|begin)`)
	stopName  = regexp.MustCompile(`^(?i:stop|close|shutdown|end|release|teardown|finish)`)
)

func (r *roles) add(name string) {
	switch {
	case name == "_":
	case startName.MatchString(name):
		r.start = append(r.start, name)
	case stopName.MatchString(name):
		r.stop = append(r.stop, name)
	default:
		r.hot = append(r.hot, name)
	}
}

// String is the directive that gives a type its roles.
func (r *roles) String() string {
	s := "//emitcheck:handler hot=" + strings.Join(r.hot, ",")
	if len(r.start) > 0 {
		s += " start=" + strings.Join(r.start, ",")
	}
	if len(r.stop) > 0 {
		s += " stop=" + strings.Join(r.stop, ",")
	}
	return s + " rate=frame"
}

// rolesIn returns the roles of the types declared in a directory. Tests are read
// by themselves, for a package is also there without them.
func (h *hardening) rolesIn(dir string, tests bool) map[string]*roles {
	key := fmt.Sprint(dir, " ", tests)
	h.mu.Lock()
	defer h.mu.Unlock()
	if types, ok := h.methods[key]; ok {
		return types
	}
	types := make(map[string]*roles)
	h.methods[key] = types
	entries, err := os.ReadDir(dir)
	if err != nil {
		return types
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") != tests {
			continue
		}
		if ok, err := build.Default.MatchFile(dir, e.Name()); err != nil || !ok {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, e.Name()), nil, parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		for _, d := range f.Decls {
			fd, ok := d.(*ast.FuncDecl)
			if !ok || fd.Recv == nil || len(fd.Recv.List) != 1 {
				continue
			}
			name := ""
			ast.Inspect(fd.Recv.List[0].Type, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && name == "" {
					name = id.Name
				}
				return name == ""
			})
			if types[name] == nil {
				types[name] = new(roles)
			}
			types[name].add(fd.Name.Name)
		}
	}
	return types
}

// mark returns a file with directives above its types and functions.
func (h *hardening) mark(name string, src []byte) []byte {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return src
	}
	tests := strings.HasSuffix(name, "_test.go")
	byType := h.rolesIn(filepath.Dir(name), tests)
	file := fset.File(f.FileStart)
	type insertion struct {
		at   int
		text string
	}
	var all []insertion
	above := func(pos token.Pos, doc *ast.CommentGroup, text string) {
		at := file.Offset(pos)
		// Not where a //line comment says it is.
		line := file.Offset(file.LineStart(file.PositionFor(pos, false).Line))
		indent := src[line:at]
		if len(bytes.TrimSpace(indent)) > 0 {
			return // something else stands before it
		}
		if doc != nil && !strings.Contains(doc.Text(), "emitcheck:") {
			last := doc.List[len(doc.List)-1].Text
			if strings.HasPrefix(last, "//") && !strings.HasPrefix(last, "//go:") {
				text = "//\n" + string(indent) + text // as gofmt wants it
			}
		}
		all = append(all, insertion{line, string(indent) + text + "\n"})
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.Name != "init" && d.Name.Name != "main" {
				above(d.Type.Func, d.Doc, "//emitcheck:hot rate=frame")
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				ts, ok := spec.(*ast.TypeSpec)
				if !ok || ts.Assign.IsValid() {
					continue
				}
				r := byType[ts.Name.Name]
				if it, ok := ts.Type.(*ast.InterfaceType); ok {
					r = new(roles)
					for _, m := range it.Methods.List {
						for _, id := range m.Names {
							r.add(id.Name)
						}
					}
				}
				switch {
				case r == nil || len(r.hot) == 0:
				case d.Lparen.IsValid():
					above(ts.Pos(), ts.Doc, r.String())
				default:
					above(d.Pos(), d.Doc, r.String())
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b insertion) int { return cmp.Compare(a.at, b.at) })
	var b bytes.Buffer
	at := 0
	for _, x := range all {
		b.Write(src[at:x.at])
		b.WriteString(x.text)
		at = x.at
	}
	b.Write(src[at:])
	return b.Bytes()
}

// parse parses a file for the loader. One of those under root is marked, and
// written to the shadow directory under whose name it is known from there on.
func (h *hardening) parse(root string) func(*token.FileSet, string, []byte) (*ast.File, error) {
	return func(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
		if strings.HasPrefix(name, root+string(filepath.Separator)) {
			src = h.mark(name, src)
			name = filepath.Join(h.shadow, strings.TrimPrefix(name, filepath.VolumeName(name)))
			if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				return nil, err
			}
			if err := os.WriteFile(name, src, 0o666); err != nil {
				return nil, err
			}
			h.mu.Lock()
			h.texts[name] = src
			h.mu.Unlock()
		}
		return parser.ParseFile(fset, name, src, parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
	}
}

// read is the files' content as it was analysed.
func (h *hardening) read(name string) ([]byte, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if text, ok := h.texts[name]; ok {
		return text, nil
	}
	return nil, fmt.Errorf("%s was not loaded", name)
}

// load loads packages from source, tests included, those under root marked.
func (h *hardening) load(dir, root string, patterns []string) ([]*packages.Package, error) {
	h.texts = make(map[string][]byte)
	h.methods = make(map[string]map[string]*roles)
	build.Default.CgoEnabled = false
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: dir, Env: realmod.Env(dir), Tests: true, ParseFile: h.parse(root),
	}, patterns...)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(pkgs, func(p *packages.Package) bool { return strings.HasSuffix(p.ID, ".test") }), nil
}

func (h *hardening) fail(format string, args ...any) {
	h.failures++
	fmt.Fprintf(h.out, format+"\n", args...)
}

func (h *hardening) String() string {
	return fmt.Sprintf("%d packages, %d handlers, %d findings, %d fixes, %d failures", h.packages, h.handlers, h.findings, h.fixes, h.failures)
}

// module runs over the packages of a module and all that they import.
func (h *hardening) module(dir string, patterns []string) error {
	pkgs, err := h.load(dir, dir, patterns)
	if err != nil {
		return err
	}
	roots := make(map[*packages.Package]bool)
	for _, p := range pkgs {
		roots[p] = true
	}
	d := h.driver()
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		// A test may need what the module's zip does not hold.
		if len(p.Errors) > 0 || p.IllTyped || p.Types == nil || len(p.Syntax) == 0 {
			return
		}
		u := unitOf(p)
		u.deps = closure(p.Types)
		h.analyse(d, p.ID, u, roots[p])
	})
	return nil
}

// std runs over packages of the standard library under names that are not std's:
// each by itself, as code that uses std is; with deep, together with what it
// imports under such names, as any other code.
func (h *hardening) std(deep bool, patterns []string) error {
	goroot, err := realmod.Command("", "go", "env", "GOROOT")
	if err != nil {
		return err
	}
	src := filepath.Join(strings.TrimSpace(string(goroot)), "src")
	pkgs, err := h.load(src, src, patterns)
	if err != nil {
		return err
	}
	roots := make(map[*packages.Package]bool)
	for _, p := range pkgs {
		roots[p] = true
	}
	renamed := make(map[*packages.Package]*types.Package)
	d := h.driver()
	var firstErr error
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		if !deep && !roots[p] || p.PkgPath == "unsafe" || firstErr != nil {
			return
		}
		if len(p.Errors) > 0 {
			firstErr = fmt.Errorf("%s does not compile: %v", p.ID, p.Errors[0])
			return
		}
		u := &unit{fset: p.Fset, files: p.Syntax, sizes: p.TypesSizes, info: newInfo()}
		cfg := types.Config{
			Sizes: p.TypesSizes, GoVersion: "go1.26",
			Importer: importerFunc(func(path string) (*types.Package, error) {
				if path == "unsafe" {
					return types.Unsafe, nil
				}
				imp := p.Imports[path]
				if imp == nil {
					return nil, fmt.Errorf("no package %s", path)
				}
				if r := renamed[imp]; r != nil {
					return r, nil
				}
				return imp.Types, nil
			}),
		}
		if u.types, firstErr = cfg.Check(stdPrefix+p.PkgPath, p.Fset, p.Syntax, u.info); firstErr != nil {
			return
		}
		if deep {
			renamed[p] = u.types
			u.deps = closure(u.types)
		}
		h.analyse(d, p.ID, u, roots[p])
	})
	return firstErr
}

func newInfo() *types.Info {
	return &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Instances: make(map[*ast.Ident]types.Instance),
		Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object), Implicits: make(map[ast.Node]types.Object),
		Selections: make(map[*ast.SelectorExpr]*types.Selection), Scopes: make(map[ast.Node]*types.Scope), FileVersions: make(map[*ast.File]string),
	}
}

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }

// closure returns what a package imports, directly or not.
func closure(pkg *types.Package) []*types.Package {
	var all []*types.Package
	seen := map[*types.Package]bool{pkg: true}
	var visit func(p *types.Package)
	visit = func(p *types.Package) {
		for _, imp := range p.Imports() {
			if !seen[imp] {
				seen[imp] = true
				visit(imp)
				all = append(all, imp)
			}
		}
	}
	visit(pkg)
	return all
}

func (h *hardening) driver() *driver {
	return &driver{analyzer: analyzer.New(analyzer.Settings{Rules: "all"}), read: h.read}
}

// analyse runs the analyzer on a package; on one that was asked for, twice, and
// tries its fixes.
func (h *hardening) analyse(d *driver, id string, u *unit, asked bool) {
	begin := time.Now()
	first, result, err := h.once(d, u)
	if err != nil {
		h.fail("%s: %v", id, err)
		return
	}
	if !asked {
		return
	}
	h.packages++
	h.handlers += len(result.Handlers)
	h.findings += len(result.Findings)
	if second, _, err := h.once(d, u); err != nil || first != second {
		h.fail("%s: a second run says something else (error %v):\n%s\n%s", id, err, first, second)
	}
	h.tryFixes(id, u, result)
	if took := time.Since(begin); took > 20*time.Second {
		fmt.Fprintf(h.out, "%s took %v\n", id, took.Round(time.Second))
	}
}

// once runs the analyzer and returns all that it says.
func (h *hardening) once(d *driver, u *unit) (said string, result *analyzer.Result, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	var b strings.Builder
	res, err := d.run(u, func(diag analysis.Diagnostic) {
		fmt.Fprintf(&b, "%s %s\n", u.fset.Position(diag.Pos), diag.Message)
		for _, fix := range diag.SuggestedFixes {
			for _, e := range fix.TextEdits {
				fmt.Fprintf(&b, "\t%s %s %q\n", u.fset.Position(e.Pos), u.fset.Position(e.End), e.NewText)
			}
		}
	})
	if err != nil {
		return "", nil, err
	}
	result = res.(*analyzer.Result)
	for _, f := range result.Findings {
		if f.Obstacle == "internal" {
			err = errors.Join(err, fmt.Errorf("%s: %s", u.fset.Position(f.Pos), f.Unfixed))
		}
	}
	return b.String(), result, err
}

// tryFixes applies the fixes of a package: it must compile then, and be as gofmt
// wants it where it was.
func (h *hardening) tryFixes(id string, u *unit, result *analyzer.Result) {
	imports := make(map[string]string)
	byPath := make(map[string]*types.Package)
	for _, dep := range append(closure(u.types), u.types.Imports()...) {
		byPath[dep.Path()] = dep
		imports[dep.Path()] = dep.Name()
	}
	// By the path that the source says, which is another in a vendor tree.
	for _, f := range u.files {
		for _, spec := range f.Imports {
			obj := u.info.Implicits[spec]
			if spec.Name != nil {
				obj = u.info.Defs[spec.Name]
			}
			if name, ok := obj.(*types.PkgName); ok {
				path := strings.Trim(spec.Path.Value, "`\"")
				byPath[path], imports[path] = name.Imported(), name.Imported().Name()
			}
		}
	}
	var fixes []edit.Fix
	for i := range result.Findings {
		f := &result.Findings[i]
		if f.Fix == nil {
			continue
		}
		fix, err := edit.FixOf(u.fset, f.Handler, f.Fix)
		if err != nil {
			h.fail("%s: %v", id, err)
			continue
		}
		fixes = append(fixes, fix)
	}
	h.fixes += len(fixes)
	if len(fixes) == 0 {
		return
	}
	plan, err := edit.Merge(fixes, func(name string) (*edit.Source, error) {
		text, err := h.read(name)
		return &edit.Source{Content: text, Imports: imports}, err
	})
	if err != nil {
		h.fail("%s: %v", id, err)
		return
	}
	fixed := make(map[string][]byte)
	for _, f := range plan.Files {
		fixed[f.Name] = f.After
		if before, err := format.Source(f.Before); err == nil && bytes.Equal(before, f.Before) {
			if after, err := format.Source(f.After); err != nil || !bytes.Equal(after, f.After) {
				h.fail("%s: gofmt would change the fixed %s (error %v)", id, f.Name, err)
			}
		}
	}
	var files []*ast.File
	fset := token.NewFileSet()
	for _, f := range u.files {
		name := u.fset.File(f.FileStart).Name()
		text, ok := fixed[name]
		if !ok {
			if text, err = h.read(name); err != nil {
				h.fail("%s: %v", id, err)
				return
			}
		}
		parsed, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
		if err != nil {
			h.fail("%s: fixed: %v", id, err)
			return
		}
		files = append(files, parsed)
	}
	cfg := types.Config{
		Sizes: u.sizes, GoVersion: u.types.GoVersion(), Error: func(err error) { h.fail("%s: fixed: %v", id, err) },
		Importer: importerFunc(func(path string) (*types.Package, error) {
			if path == "unsafe" {
				return types.Unsafe, nil
			}
			if p := byPath[path]; p != nil {
				return p, nil
			}
			return stdImporter().Import(path)
		}),
	}
	cfg.Check(u.types.Path(), fset, files, nil)
}

// robust runs over std and the modules, and tells whether nothing failed.
func (r *runner) robust(modules []realmod.Module, std bool) (bool, error) {
	ok := true
	report := func(what string, run func(h *hardening) error) error {
		shadow, err := os.MkdirTemp("", "emitcheck-robust")
		if err != nil {
			return err
		}
		defer os.RemoveAll(shadow)
		h := &hardening{out: os.Stdout, shadow: shadow}
		begin := time.Now()
		if err := run(h); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		fmt.Printf("%s: %v, %v\n", what, h, time.Since(begin).Round(time.Second))
		ok = ok && h.failures == 0
		return nil
	}
	if std {
		for _, deep := range []bool{false, true} {
			what := "std, each package as code that uses std"
			if deep {
				what = "std, all of it as one project"
			}
			err := report(what, func(h *hardening) error { return h.std(deep, []string{"std"}) })
			if err != nil {
				return false, err
			}
		}
	}
	for _, m := range modules {
		dir, err := m.Prepare(r.cache)
		if err != nil {
			return false, fmt.Errorf("%s: %w", m, err)
		}
		patterns, err := m.Resolve(dir)
		if err != nil {
			return false, err
		}
		if err := report(m.String(), func(h *hardening) error { return h.module(dir, patterns) }); err != nil {
			return false, err
		}
	}
	return ok, nil
}
