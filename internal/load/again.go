package load

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strconv"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// A Program is what was loaded, kept so that a package of it can be analysed
// again with other text, over and over, while all that it imports stays as it
// is. Several goroutines may use it at once, but for Add.
type Program struct {
	p      *program
	a      *analysis.Analyzer
	byID   map[string]*unit
	byPath map[string]*unit
}

// Open loads packages as [Load] does, and keeps them.
func Open(cfg *Config, a *analysis.Analyzer, patterns ...string) (*Program, error) {
	p, err := load(cfg, a, patterns)
	if err != nil {
		return nil, err
	}
	kept := &Program{p: p, a: a, byID: make(map[string]*unit), byPath: make(map[string]*unit)}
	for _, u := range p.units {
		kept.byID[u.ID] = u
		if u.ID == u.PkgPath { // no variant for a test
			kept.byPath[u.PkgPath] = u
		}
	}
	return kept, nil
}

// Packages returns the packages that the patterns matched.
func (p *Program) Packages() []*Package { return p.p.results() }

// Fset returns the file set of all that is parsed.
func (p *Program) Fset() *token.FileSet { return p.p.fset }

// Add adds a package of one file that is nowhere on disk, for packages that are
// analysed again to import. It may itself import what is in the program.
func (p *Program) Add(path string, text []byte) error {
	f, err := parser.ParseFile(p.p.fset, path+"/added.go", text, parser.AllErrors|parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		return err
	}
	u := &unit{
		Package: &packages.Package{
			ID: path, PkgPath: path, Name: f.Name.Name, Fset: p.p.fset, Types: types.NewPackage(path, f.Name.Name),
			TypesSizes: types.SizesFor("gc", "amd64"), Imports: make(map[string]*packages.Package), Syntax: []*ast.File{f},
		},
		own: true, full: true, asks: true,
	}
	if err := p.link(u); err != nil {
		return err
	}
	p.p.load(u)
	p.p.analyse(u, p.a)
	u.Syntax, u.TypesInfo = nil, nil
	if len(u.Errors) > 0 {
		return u.Errors[0]
	}
	if u.err != nil {
		return u.err
	}
	p.p.byPkg[u.Types], p.byID[path], p.byPath[path] = u, u, u
	return nil
}

// link gives a unit what its files import and it has not had before.
func (p *Program) link(u *unit) error {
	for _, f := range u.Syntax {
		for _, spec := range f.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil || path == "unsafe" || u.Imports[path] != nil {
				continue
			}
			i := p.byPath[path]
			if i == nil {
				return fmt.Errorf("%s imports %s, which is not loaded", u.PkgPath, path)
			}
			u.Imports[path] = i.Package
			u.imports = append(u.imports, i)
		}
	}
	return nil
}

// Parse parses the files of a package that was loaded, for [Program.Again] to
// be called with.
func (p *Program) Parse(pkg *Package) ([]*ast.File, error) {
	u := p.byID[pkg.ID]
	if u == nil {
		return nil, fmt.Errorf("%s was not loaded", pkg.ID)
	}
	v := &unit{Package: &packages.Package{CompiledGoFiles: u.CompiledGoFiles}, root: true, full: true}
	p.p.parse(v)
	if len(v.Errors) > 0 {
		return nil, v.Errors[0]
	}
	return v.Syntax, nil
}

// Again type-checks and analyses a package of the program anew: its files as
// [Program.Parse] returned them, those of them replaced, and further ones added,
// for which there is text, by absolute name. The package that it returns is
// nobody's import; its Syntax and TypesInfo are there. One that does not compile
// has Errors. When it is of no more use, [Program.Forget] forgets its new files.
func (p *Program) Again(pkg *Package, files []*ast.File, text map[string][]byte) (*Package, error) {
	old := p.byID[pkg.ID]
	if old == nil {
		return nil, fmt.Errorf("%s was not loaded", pkg.ID)
	}
	own := *old.Package
	own.Types = types.NewPackage(old.PkgPath, old.Name)
	own.Imports = maps.Clone(old.Imports)
	own.Errors, own.TypeErrors, own.IllTyped = nil, nil, false
	own.Syntax = slices.Clone(files)
	u := &unit{Package: &own, root: true, own: true, full: true, asks: true, imports: slices.Clip(old.imports)}
	parse := func(name string) (*ast.File, error) {
		return parser.ParseFile(p.p.fset, name, text[name], parser.AllErrors|parser.SkipObjectResolution|parser.ParseComments)
	}
	var errs []error
	replaced := make(map[string]bool)
	for i, f := range own.Syntax {
		name := p.p.fset.File(f.FileStart).Name()
		if _, ok := text[name]; ok {
			replaced[name] = true
			g, err := parse(name)
			own.Syntax[i] = g
			errs = append(errs, err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(text)) {
		if !replaced[name] {
			g, err := parse(name)
			own.Syntax = append(own.Syntax, g)
			errs = append(errs, err)
		}
	}
	again := &Package{Package: &own}
	if err := errors.Join(errs...); err != nil {
		u.addError(err)
		own.IllTyped = true
		return again, nil
	}
	if err := p.link(u); err != nil {
		return nil, err
	}
	p.p.load(u)
	p.p.analyse(u, p.a)
	again.Result, again.Err = u.result, u.err
	return again, nil
}

// Forget drops the files that [Program.Again] has parsed for a package.
func (p *Program) Forget(pkg *Package, text map[string][]byte) {
	for _, f := range pkg.Syntax {
		if f == nil {
			continue
		}
		file := p.p.fset.File(f.FileStart)
		if _, ok := text[filepath.Clean(file.Name())]; ok {
			p.p.fset.RemoveFile(file)
		}
	}
}
