package analyzer_test

import (
	"bytes"
	"cmp"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/emitcheck/emitcheck/analyzer"
	"github.com/emitcheck/emitcheck/internal/corpus"
	"github.com/emitcheck/emitcheck/internal/snippet"
)

// TestNogo runs the exported Analyzer as Bazel's nogo does: with types from
// export data, facts as bytes from package to package, no Module and no
// ReadFile, no language version, settings as flags, and without a look at the
// standard library (rules_go, go/tools/builders/nogo_main.go). It finds what the
// marks say.
func TestNogo(t *testing.T) {
	text, err := snippet.Read("../docs/ci.md", "nogo")
	if err != nil {
		t.Fatal(err)
	}
	var config map[string]struct {
		Exclude map[string]string `json:"exclude_files"`
		Flags   map[string]string `json:"analyzer_flags"`
	}
	if err := json.Unmarshal([]byte(text), &config); err != nil {
		t.Fatal(err)
	}
	flags := config[analyzer.Analyzer.Name].Flags
	if len(config) != 1 || flags["rules"] == "" {
		t.Fatalf("the page configures %v", config)
	}
	set := func(name, value string) {
		if analyzer.Analyzer.Flags.Lookup(name) == nil {
			t.Fatalf("there is no flag %s", name)
		}
		if err := analyzer.Analyzer.Flags.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		set("rules", "")
		set("contracts", "")
	})
	for _, g := range corpus.Merged(corpus.Groups) {
		t.Run(g.Name, func(t *testing.T) {
			set("rules", cmp.Or(g.Rules, flags["rules"]))
			set("contracts", g.Contracts)
			found := nogo(t, g.Patterns)
			wants, err := corpus.Wants(testdata, g.Patterns...)
			if err != nil {
				t.Fatal(err)
			}
			wants = slices.DeleteFunc(wants, func(w corpus.Want) bool { return strings.HasSuffix(w.File, "_test.go") })
			for _, wrong := range corpus.Compare(found, wants) {
				t.Error(wrong)
			}
			t.Logf("%d findings", len(found))
		})
	}
}

// A target is a package as the go command lists it.
type target struct {
	ImportPath, Dir, Export, Name string
	CompiledGoFiles               []string
	Imports                       []string
	ImportMap                     map[string]string
	Standard, DepOnly             bool
}

// A nogoDriver is what such a driver keeps between packages: bytes alone.
type nogoDriver struct {
	t       *testing.T
	targets map[string]*target
	facts   map[string][]byte // of a package and of what it imports
	found   []corpus.Finding
}

func nogo(t *testing.T, patterns []string) []corpus.Finding {
	list := exec.Command("go", append([]string{"list", "-deps", "-export", "-compiled",
		"-json=ImportPath,Dir,Export,Name,CompiledGoFiles,Imports,ImportMap,Standard,DepOnly"}, patterns...)...)
	list.Dir = testdata
	list.Env = append(os.Environ(), "GOWORK=off")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	d := &nogoDriver{t: t, targets: make(map[string]*target), facts: make(map[string][]byte)}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		p := new(target)
		if err := dec.Decode(p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		d.targets[p.ImportPath] = p
		if !p.Standard { // imported ones come first
			d.analyse(p)
		}
	}
	return d.found
}

// A storedFact is a fact between two packages.
type storedFact struct {
	Package, Object string
	Fact            analysis.Fact
}

type nogoKey struct {
	obj types.Object
	typ reflect.Type
}

// analyse runs the analyzer and what it requires on one package, as a process of
// its own would: nothing but bytes comes in.
func (d *nogoDriver) analyse(p *target) {
	t := d.t
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range p.CompiledGoFiles {
		if !filepath.IsAbs(name) {
			name = filepath.Join(p.Dir, name)
		}
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	export := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(d.targets[path].Export) })
	cfg := &types.Config{Sizes: types.SizesFor("gc", runtime.GOARCH), Importer: importing(func(path string) (*types.Package, error) {
		return export.Import(cmp.Or(p.ImportMap[path], path))
	})}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
		Implicits: make(map[ast.Node]types.Object), Instances: make(map[*ast.Ident]types.Instance), Scopes: make(map[ast.Node]*types.Scope),
		Selections: make(map[*ast.SelectorExpr]*types.Selection),
	}
	pkg, err := cfg.Check(p.ImportPath, fset, files, info)
	if err != nil {
		t.Fatal(err)
	}

	facts := d.read(p, pkg)
	results := make(map[*analysis.Analyzer]any)
	var run func(a *analysis.Analyzer)
	run = func(a *analysis.Analyzer) {
		for _, r := range a.Requires {
			run(r)
		}
		if _, done := results[a]; done || p.DepOnly && len(a.FactTypes) == 0 {
			return
		}
		pass := &analysis.Pass{
			Analyzer: a, Fset: fset, Files: files, Pkg: pkg, TypesInfo: info, TypesSizes: cfg.Sizes,
			ResultOf: make(map[*analysis.Analyzer]any),
			Report: func(diag analysis.Diagnostic) {
				at := fset.Position(diag.Pos)
				base, _ := filepath.Abs(testdata)
				rel, err := filepath.Rel(base, at.Filename)
				if err != nil {
					t.Error(err)
				}
				d.found = append(d.found, corpus.Finding{File: filepath.ToSlash(rel), Line: at.Line, Message: diag.Message})
			},
			ImportObjectFact: func(obj types.Object, fact analysis.Fact) bool {
				stored, ok := facts[nogoKey{obj, reflect.TypeOf(fact)}]
				if ok {
					reflect.ValueOf(fact).Elem().Set(reflect.ValueOf(stored).Elem())
				}
				return ok
			},
			ExportObjectFact: func(obj types.Object, fact analysis.Fact) { facts[nogoKey{obj, reflect.TypeOf(fact)}] = fact },
			AllObjectFacts: func() []analysis.ObjectFact {
				var all []analysis.ObjectFact
				for key, fact := range facts {
					if slices.ContainsFunc(a.FactTypes, func(f analysis.Fact) bool { return reflect.TypeOf(f) == key.typ }) {
						all = append(all, analysis.ObjectFact{Object: key.obj, Fact: fact})
					}
				}
				return all
			},
		}
		for _, r := range a.Requires {
			pass.ResultOf[r] = results[r]
		}
		result, err := a.Run(pass)
		if err != nil {
			t.Fatalf("%s: %v", p.ImportPath, err)
		}
		results[a] = result
	}
	run(analyzer.Analyzer)
	d.write(p, facts)
}

type importing func(path string) (*types.Package, error)

func (f importing) Import(path string) (*types.Package, error) { return f(path) }

// read decodes the facts of the packages that one imports. An object that its
// export data does not reach is not there.
func (d *nogoDriver) read(p *target, pkg *types.Package) map[nogoKey]analysis.Fact {
	reach := make(map[string]*types.Package)
	var visit func(*types.Package)
	visit = func(q *types.Package) {
		if reach[q.Path()] == nil {
			reach[q.Path()] = q
			for _, i := range q.Imports() {
				visit(i)
			}
		}
	}
	for _, i := range pkg.Imports() {
		visit(i)
	}
	facts := make(map[nogoKey]analysis.Fact)
	for _, path := range p.Imports {
		data := d.facts[cmp.Or(p.ImportMap[path], path)]
		if len(data) == 0 {
			continue
		}
		var stored []storedFact
		if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&stored); err != nil {
			d.t.Fatalf("facts of %s: %v", path, err)
		}
		for _, s := range stored {
			if q := reach[s.Package]; q != nil {
				if obj, err := objectpath.Object(q, objectpath.Path(s.Object)); err == nil {
					facts[nogoKey{obj, reflect.TypeOf(s.Fact)}] = s.Fact
				}
			}
		}
	}
	return facts
}

// write encodes the facts of a package, and those of others that its importers
// may need.
func (d *nogoDriver) write(p *target, facts map[nogoKey]analysis.Fact) {
	var stored []storedFact
	enc := new(objectpath.Encoder)
	for key, fact := range facts {
		// Of imported packages, only types, fields and methods can reach an
		// importer through this package's API.
		pkg := key.obj.Pkg()
		if _, isType := key.obj.(*types.TypeName); pkg.Path() != p.ImportPath && !isType && key.obj.Parent() == pkg.Scope() {
			continue
		}
		path, err := enc.For(key.obj)
		if err != nil {
			continue // nobody can name it
		}
		gob.Register(fact)
		stored = append(stored, storedFact{key.obj.Pkg().Path(), string(path), fact})
	}
	slices.SortFunc(stored, func(a, b storedFact) int {
		return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Object, b.Object), cmp.Compare(fmt.Sprintf("%T", a.Fact), fmt.Sprintf("%T", b.Fact)))
	})
	if len(stored) == 0 {
		return
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(stored); err != nil {
		d.t.Fatalf("facts of %s: %v", p.ImportPath, err)
	}
	d.facts[p.ImportPath] = b.Bytes()
}
