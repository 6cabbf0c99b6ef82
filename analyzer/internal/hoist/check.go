package hoist

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
)

// check type-checks the package with the changed files. It is what "never
// breaks code" rests on: a fix that does not compile is not offered.
func (f *Fixer) check(changed map[*source][]byte) *Obstacle {
	files := make([]*ast.File, 0, len(f.pass.Files))
	before, after := make(map[string]int), make(map[string]int)
	var replaced []*ast.File
	for _, file := range f.pass.Files {
		text, ok := changed[f.sources[f.pass.Fset.File(file.FileStart)]]
		if !ok {
			files = append(files, file)
			continue
		}
		fixed, err := parser.ParseFile(f.pass.Fset, f.pass.Fset.File(file.FileStart).Name(), text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return obstacle("compile", "the fixed code would not parse")
		}
		files = append(files, fixed)
		replaced = append(replaced, fixed)
		countShadowed(before, file, f.info.Uses)
	}
	cfg := types.Config{
		Importer:  importer(f.reachable()),
		Sizes:     f.pass.TypesSizes,
		GoVersion: f.pass.Pkg.GoVersion(),
		Error:     func(error) {}, // Check returns the first
	}
	// What is wrong is not told: it is said of code that nobody has seen, and
	// drivers word it differently.
	info := &types.Info{Uses: make(map[*ast.Ident]types.Object)}
	if _, err := cfg.Check(f.pass.Pkg.Path(), f.pass.Fset, files, info); err != nil {
		return obstacle("compile", "the fixed code would not compile")
	}
	// It may compile, and a nil that the fix writes be a variable all the same.
	for _, file := range replaced {
		countShadowed(after, file, info.Uses)
	}
	for _, name := range types.Universe.Names() {
		if after[name] > before[name] {
			return obstacle("name", "%s is another one where the fix would use it", name)
		}
	}
	return nil
}

// countShadowed counts the uses of predeclared names, such as nil and close, that
// mean something else, fields and methods left out. Of an argument only a value
// is asked for: a parameter may be called error, and a fix hand it on.
func countShadowed(counts map[string]int, file *ast.File, uses map[*ast.Ident]types.Object) {
	handed := make(map[ast.Node]bool)
	ast.Inspect(file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			for _, arg := range call.Args {
				if id, ok := arg.(*ast.Ident); ok && id.Name != "nil" && id.Name != "true" && id.Name != "false" {
					handed[id] = true
				}
			}
		}
		if handed[n] {
			return false
		}
		id, ok := n.(*ast.Ident)
		if !ok || types.Universe.Lookup(id.Name) == nil {
			return true
		}
		switch obj := uses[id].(type) {
		case nil:
		case *types.Func:
			if obj.Signature().Recv() == nil {
				counts[id.Name]++
			}
		case *types.Var:
			if !obj.IsField() {
				counts[id.Name]++
			}
		default:
			if obj.Parent() != types.Universe {
				counts[id.Name]++
			}
		}
		return true
	})
}

// importer finds packages among those that the package imports, directly or
// not.
type importer map[string]*types.Package

func (im importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p := im[path]; p != nil {
		return p, nil
	}
	return nil, errors.New("could not import " + path)
}

// reachable returns the packages that the package imports, directly or not, by
// the path that its source says.
func (f *Fixer) reachable() importer {
	im := make(importer)
	var visit func(p *types.Package)
	visit = func(p *types.Package) {
		if im[p.Path()] != nil {
			return
		}
		im[p.Path()] = p
		for _, q := range p.Imports() {
			visit(q)
		}
	}
	for _, p := range f.pass.Pkg.Imports() {
		visit(p)
	}
	// Vendored packages of std and vendor trees are imported by another path.
	for _, file := range f.pass.Files {
		for _, spec := range file.Imports {
			path := strings.Trim(spec.Path.Value, "`\"")
			if pn := f.importedAs(spec); pn != nil && im[path] == nil {
				im[path] = pn.Imported()
			}
		}
	}
	// Of a package that the package at hand does not import itself, a driver
	// that reads export data has but a part. What fixes use of it is known.
	direct := make(map[string]bool)
	for _, p := range f.pass.Pkg.Imports() {
		direct[p.Path()] = true
	}
	for path, text := range stubs {
		if !direct[path] {
			im[path] = stub(path, text)
		}
	}
	return im
}

func (f *Fixer) importedAs(spec *ast.ImportSpec) *types.PkgName {
	if spec.Name != nil {
		pn, _ := f.info.Defs[spec.Name].(*types.PkgName)
		return pn
	}
	pn, _ := f.info.Implicits[spec].(*types.PkgName)
	return pn
}

// stubs declare what fixes use of packages of std.
var stubs = map[string]string{
	"context": `type Context interface { Done() <-chan struct{}; Err() error; Value(key any) any }
		type CancelFunc func()
		func Background() Context
		func WithCancel(parent Context) (ctx Context, cancel CancelFunc)
		func WithoutCancel(parent Context) Context`,
	"iter": `type Seq[V any] func(yield func(V) bool)
		type Seq2[K, V any] func(yield func(K, V) bool)
		func Pull[V any](seq func(yield func(V) bool)) (next func() (V, bool), stop func())
		func Pull2[K, V any](seq func(yield func(K, V) bool)) (next func() (K, V, bool), stop func())`,
	"sync": `type WaitGroup struct { state uint64 }
		func (*WaitGroup) Add(delta int)
		func (*WaitGroup) Done()
		func (*WaitGroup) Wait()
		func (*WaitGroup) Go(f func())
		type Once struct { done uint32 }
		func (*Once) Do(f func())`,
}

// stub type-checks declarations without bodies.
func stub(path, text string) *types.Package {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path+".go", "package "+path+"\n"+text, parser.SkipObjectResolution)
	if err != nil {
		return types.NewPackage(path, path)
	}
	cfg := types.Config{Error: func(error) {}}
	pkg, _ := cfg.Check(path, fset, []*ast.File{file}, nil)
	return pkg
}
