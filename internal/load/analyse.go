package load

import (
	"fmt"
	"go/types"
	"os"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// A factKey names a fact among those of one analyzer on one package.
type factKey struct {
	obj types.Object
	typ reflect.Type
}

// analyse runs on a unit what is to be run: on one that was asked for, the
// analyzer and what it requires; on an imported one, those of them that have
// facts. Where nobody asks for more, the scout is enough.
func (p *program) analyse(u *unit, a *analysis.Analyzer) {
	if u.IllTyped || !u.root && p.opaque(u) {
		return
	}
	u.facts = make(map[*analysis.Analyzer]map[factKey]analysis.Fact)
	results := make(map[*analysis.Analyzer]any)
	failed := func(err error) bool {
		if u.err == nil {
			u.err = err
		}
		return u.err != nil
	}
	for _, i := range u.imports {
		if failed(i.err) {
			return
		}
	}
	scouting := !u.asks && p.cfg.Screen != nil && p.cfg.Screen.Scout != nil
	if scouting {
		a = p.cfg.Screen.Scout
	}
	var visit func(a *analysis.Analyzer, wanted bool)
	visit = func(a *analysis.Analyzer, wanted bool) {
		wanted = wanted || len(a.FactTypes) > 0
		for _, r := range a.Requires {
			visit(r, wanted)
		}
		if _, done := results[a]; done || !wanted || u.err != nil {
			return
		}
		result, err := a.Run(p.pass(u, a, results))
		if err != nil {
			failed(fmt.Errorf("%s: %v", u.PkgPath, err))
			return
		}
		results[a] = result
	}
	visit(a, u.root)
	switch {
	case !u.root || u.err != nil:
	case scouting:
		u.scouted = results[a]
	default:
		u.result = results[a]
	}
}

// pass makes what an analyzer is handed. What it reports is passed over, since
// its result says more. Facts stand at the unit that declares their object:
// whoever can name the object is later than that unit.
func (p *program) pass(u *unit, a *analysis.Analyzer, results map[*analysis.Analyzer]any) *analysis.Pass {
	own := make(map[factKey]analysis.Fact)
	u.facts[a] = own
	pass := &analysis.Pass{
		Analyzer: a,
		Fset:     p.fset, Files: u.Syntax, OtherFiles: u.OtherFiles, IgnoredFiles: u.IgnoredFiles,
		Pkg: u.Types, TypesInfo: u.TypesInfo, TypesSizes: u.TypesSizes, TypeErrors: u.TypeErrors,
		Module:   moduleOf(u.Package),
		ResultOf: make(map[*analysis.Analyzer]any),
		Report:   func(analysis.Diagnostic) {},
		ReadFile: os.ReadFile,
		ImportObjectFact: func(obj types.Object, fact analysis.Fact) bool {
			from := p.byPkg[obj.Pkg()]
			if obj.Pkg() == u.Types {
				from = u // one that is analysed again is not among the others
			}
			if from == nil {
				return false
			}
			found, ok := from.facts[a][factKey{obj, reflect.TypeOf(fact)}]
			if ok {
				reflect.ValueOf(fact).Elem().Set(reflect.ValueOf(found).Elem())
			}
			return ok
		},
		ExportObjectFact: func(obj types.Object, fact analysis.Fact) {
			if obj.Pkg() != u.Types {
				panic(fmt.Sprintf("%s exports a fact of %v, which another package declares", a, obj))
			}
			own[factKey{obj, reflect.TypeOf(fact)}] = fact
		},
		AllObjectFacts: func() []analysis.ObjectFact {
			var all []analysis.ObjectFact
			seen := make(map[*unit]bool)
			var visit func(*unit)
			visit = func(v *unit) {
				if seen[v] {
					return
				}
				seen[v] = true
				for key, fact := range v.facts[a] {
					all = append(all, analysis.ObjectFact{Object: key.obj, Fact: fact})
				}
				for _, i := range v.imports {
					visit(i)
				}
			}
			visit(u)
			return all
		},
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportPackageFact: func(analysis.Fact) { panic(fmt.Sprintf("%s exports a fact of a package; none are kept", a)) },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
	}
	for _, r := range a.Requires {
		pass.ResultOf[r] = results[r]
	}
	return pass
}

func moduleOf(pkg *packages.Package) *analysis.Module {
	module := new(analysis.Module)
	if m := pkg.Module; m != nil {
		module.Path, module.Version, module.GoVersion = m.Path, m.Version, m.GoVersion
	}
	return module
}
