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
	}
	var first *types.Error
	cfg := types.Config{
		Importer:  importer(f.reachable()),
		Sizes:     f.pass.TypesSizes,
		GoVersion: f.pass.Pkg.GoVersion(),
		Error: func(err error) {
			var te types.Error
			if errors.As(err, &te) && first == nil && !te.Soft {
				first = &te
			} else if first == nil && errors.As(err, &te) {
				first = &te // unused variables and imports are soft
			}
		},
	}
	_, err := cfg.Check(f.pass.Pkg.Path(), f.pass.Fset, files, nil)
	if err != nil && first != nil {
		return obstacle("compile", "the fixed code would not compile: %s", oneLine(first.Msg))
	}
	return nil
}

func oneLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
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
	// What a fix imports may not be reached in a driver that reads export data:
	// its shape is known.
	for path, make := range stubs {
		if im[path] == nil {
			im[path] = make()
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

// stubs make what fixes use of a package that the package at hand does not
// reach.
var stubs = map[string]func() *types.Package{
	"sync": func() *types.Package {
		pkg := types.NewPackage("sync", "sync")
		obj := types.NewTypeName(token.NoPos, pkg, "WaitGroup", nil)
		wg := types.NewNamed(obj, types.NewStruct([]*types.Var{types.NewField(token.NoPos, pkg, "state", types.Typ[types.Uint64], false)}, nil), nil)
		method := func(name string, params ...*types.Var) {
			recv := types.NewVar(token.NoPos, pkg, "wg", types.NewPointer(wg))
			sig := types.NewSignatureType(recv, nil, nil, types.NewTuple(params...), nil, false)
			wg.AddMethod(types.NewFunc(token.NoPos, pkg, name, sig))
		}
		fn := types.NewSignatureType(nil, nil, nil, nil, nil, false)
		method("Add", types.NewVar(token.NoPos, pkg, "delta", types.Typ[types.Int]))
		method("Done")
		method("Wait")
		method("Go", types.NewVar(token.NoPos, pkg, "f", fn))
		pkg.Scope().Insert(obj)
		pkg.MarkComplete()
		return pkg
	},
}
