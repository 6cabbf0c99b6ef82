package analyzer

import (
	"fmt"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/emitcheck/emitcheck/analyzer/internal/contract"
	"github.com/emitcheck/emitcheck/analyzer/internal/directive"
)

// NewHandlers returns an analyzer that tells which types are handler types and
// which nearly are, and finds nothing else: its result has no findings. Since it
// needs no function's body but those of the package itself, it takes a fraction
// of the time.
func NewHandlers(settings Settings) *analysis.Analyzer {
	s := &settings
	contracts := newContracts(s)
	a := &analysis.Analyzer{
		Name:       "emitcheckhandlers",
		Doc:        "list handler types, and the types that nearly are\n\nIt reports nothing.",
		URL:        "https://github.com/emitcheck/emitcheck",
		Requires:   []*analysis.Analyzer{contracts},
		ResultType: reflect.TypeFor[*Result](),
		Run: func(pass *analysis.Pass) (result any, err error) {
			if err := s.Check(); err != nil {
				return nil, err
			}
			defer func() {
				if r := recover(); r != nil {
					result, err = nil, fmt.Errorf("emitcheck: internal error listing the handlers of package %s: %v; please report it", pass.Pkg.Path(), r)
				}
			}()
			found := pass.ResultOf[contracts].(*contract.Result)
			if err := found.Err(); err != nil {
				return nil, fmt.Errorf("-contracts: %v", err)
			}
			list := &Result{Problems: handlerProblems(found)}
			for _, h := range found.Handlers() {
				list.Handlers = append(list.Handlers, describe(h))
			}
			for _, m := range found.Misses() {
				list.Misses = append(list.Misses, Miss{m.Name, m.Pos, m.Why})
			}
			for _, s := range directive.Suppressions(pass.Fset, pass.Files).All() {
				if s.Directive != nil {
					list.Problems = append(list.Problems, ignoreProblems(s)...)
				}
			}
			return list, nil
		},
	}
	s.Register(&a.Flags)
	return a
}
