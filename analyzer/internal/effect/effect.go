// Package effect says what functions do that a hot method should not: start
// goroutines, make channels and generators, open resources, block. It is an
// analyzer of its own; its facts carry the summaries of exported functions
// across packages, its result answers for the functions of the package.
//
// The data goes one way: collect.go turns each function and function literal
// into a node with items (what may have an effect: statements and calls), and
// solve.go computes the nodes' summaries bottom-up over the call graph, with a
// fixpoint over recursion. What an item means is worked out only once it is
// known to have an effect, by climbing from its cursor: guard.go says how often
// it happens, weight.go whether it outlives the call, fresh.go what becomes of
// a generator. They all read the same two things: places (place.go: which
// variable or field an expression denotes) and uses (use.go: what a function
// does to places).
//
// The package knows std through package model alone, and it knows neither
// contracts nor rules.
package effect

import (
	"fmt"
	"go/ast"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/emitcheck/emitcheck/analyzer/internal/directive"
	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// New returns an effect analyzer. Each top-level analyzer has one of its own,
// so that nothing is shared between two of them.
func New() *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:       "emitcheckeffect",
		Doc:        "summarise what functions create and block on, for emitcheck\n\nIt reports nothing.",
		URL:        "https://pkg.go.dev/github.com/emitcheck/emitcheck/analyzer",
		Run:        run,
		ResultType: reflect.TypeFor[*Result](),
		FactTypes:  []analysis.Fact{new(Summary)},
	}
}

func run(pass *analysis.Pass) (result any, err error) {
	// A panic here, on a dependency, would break every importer under go vet
	// with a stack trace that names nothing of the user's.
	defer func() {
		if r := recover(); r != nil {
			result, err = nil, fmt.Errorf("emitcheck: internal error analysing package %s: %v; please report it", pass.Pkg.Path(), r)
		}
	}()
	if model.IsStd(pass.Pkg.Path()) {
		return &Result{}, nil // std is opaque: package model speaks for it
	}
	p := newPkg(pass)
	p.collect()
	p.solve()
	p.export()
	return &Result{p: p}, nil
}

// A Result answers for the functions of one package.
type Result struct {
	p *pkg
}

// Suppressions returns the package's suppression comments, those that have
// silenced an effect marked as used.
func (r *Result) Suppressions() *directive.Set {
	if r.p == nil {
		return &directive.Set{}
	}
	return r.p.suppressed
}

// A Finding is one effect of a function at the statement, in the function's own
// body, that has it or leads to it.
type Finding struct {
	Node ast.Node // what the diagnostic stands on
	Site Site

	// Returned says that the effect is what the function returns.
	Returned bool
}

// Findings returns the effects of each statement of a function, in source
// order. Calls of functions that skip names are passed over.
//
// Where a function is called once for a whole stream, turns are the nodes in it
// that run once for each element: how often something happens in one of them is
// told by its turn, and not by the call of the function.
func (r *Result) Findings(body ast.Node, turns []ast.Node, skip func(*types.Func) bool) []Finding {
	if r.p == nil {
		return nil
	}
	n := r.p.nodeOf(body)
	if n == nil {
		return nil
	}
	r.p.turns = turns
	defer func() { r.p.turns = nil }()
	return r.p.findings(n, n, make(map[*node]bool), skip)
}

// Sites returns the effects of a function of this package or another, one for
// each kind.
func (r *Result) Sites(fn *types.Func) []Site {
	if r.p == nil {
		return nil
	}
	if s := r.p.summaryOf(fn); s != nil {
		return s.Sites
	}
	return nil
}
