package main

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// A unit is a package as a driver hands it to an analyzer.
type unit struct {
	fset  *token.FileSet
	files []*ast.File
	types *types.Package
	info  *types.Info
	sizes types.Sizes
	deps  []*types.Package // all that it imports, directly or not, that have been analysed
}

// A driver runs an analyzer on packages, imported ones first. It is the smallest
// there can be: the others take packages from disk, and under their own names.
type driver struct {
	analyzer *analysis.Analyzer
	read     func(string) ([]byte, error)

	objects map[objectKey]analysis.Fact
	facts   map[factsKey][]analysis.ObjectFact // the same by package
}

type factsKey struct {
	analyzer *analysis.Analyzer
	pkg      *types.Package
}

type objectKey struct {
	analyzer *analysis.Analyzer
	object   types.Object
	fact     reflect.Type
}

// run runs the analyzer, those that it requires first, and returns its result.
func (d *driver) run(u *unit, report func(analysis.Diagnostic)) (any, error) {
	results := make(map[*analysis.Analyzer]any)
	var action func(a *analysis.Analyzer) error
	action = func(a *analysis.Analyzer) error {
		if _, done := results[a]; done {
			return nil
		}
		for _, r := range a.Requires {
			if err := action(r); err != nil {
				return err
			}
		}
		pass := &analysis.Pass{
			Analyzer: a, Fset: u.fset, Files: u.files, Pkg: u.types, TypesInfo: u.info, TypesSizes: u.sizes, ResultOf: results,
			Report: func(diag analysis.Diagnostic) {
				if a == d.analyzer {
					report(diag)
				}
			},
			ReadFile: d.read,
			ImportObjectFact: func(obj types.Object, fact analysis.Fact) bool {
				had, ok := d.objects[objectKey{a, obj, reflect.TypeOf(fact)}]
				if ok {
					reflect.ValueOf(fact).Elem().Set(reflect.ValueOf(had).Elem())
				}
				return ok
			},
			ExportObjectFact: func(obj types.Object, fact analysis.Fact) { d.export(a, u.types, obj, fact) },
			AllObjectFacts: func() []analysis.ObjectFact {
				var facts []analysis.ObjectFact
				for _, dep := range append(u.deps, u.types) {
					facts = append(facts, d.facts[factsKey{a, dep}]...)
				}
				return facts
			},
			ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
			ExportPackageFact: func(analysis.Fact) { panic("a package fact") },
			AllPackageFacts:   func() []analysis.PackageFact { return nil },
		}
		result, err := a.Run(pass)
		if err != nil {
			return err
		}
		results[a] = result
		return nil
	}
	err := action(d.analyzer)
	return results[d.analyzer], err
}

// export keeps a fact as another process would get it.
func (d *driver) export(a *analysis.Analyzer, pkg *types.Package, obj types.Object, fact analysis.Fact) {
	if obj.Pkg() != pkg {
		panic(fmt.Sprintf("%s: a fact of %v, which is another package's", pkg.Path(), obj))
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(fact); err != nil {
		panic(fmt.Sprintf("%s: the fact of %v: %v", pkg.Path(), obj, err))
	}
	sent := reflect.New(reflect.TypeOf(fact).Elem()).Interface().(analysis.Fact)
	if err := gob.NewDecoder(&b).Decode(sent); err != nil {
		panic(fmt.Sprintf("%s: the fact of %v: %v", pkg.Path(), obj, err))
	}
	key := objectKey{a, obj, reflect.TypeOf(fact)}
	if d.objects == nil {
		d.objects = make(map[objectKey]analysis.Fact)
		d.facts = make(map[factsKey][]analysis.ObjectFact)
	}
	if _, again := d.objects[key]; !again {
		of := factsKey{a, pkg}
		d.facts[of] = append(d.facts[of], analysis.ObjectFact{Object: obj, Fact: sent})
	}
	d.objects[key] = sent
}

// unitOf is a loaded package as a unit.
func unitOf(pkg *packages.Package) *unit {
	return &unit{fset: pkg.Fset, files: pkg.Syntax, types: pkg.Types, info: pkg.TypesInfo, sizes: pkg.TypesSizes}
}
