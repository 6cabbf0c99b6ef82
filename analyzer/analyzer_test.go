package analyzer_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/emitcheck/emitcheck/analyzer"
	"github.com/emitcheck/emitcheck/internal/corpus"
)

// testdata is the module of marked cases.
const testdata = "../testdata"

// TestCorpus holds the analyzer to the marks of the corpus: each `// want` line
// must be reported as it says, and nothing else may be.
func TestCorpus(t *testing.T) {
	dir, err := filepath.Abs(testdata)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range corpus.Groups {
		t.Run(g.Name, func(t *testing.T) {
			analysistest.Run(t, dir, analyzer.New(analyzer.Settings{Rules: g.Rules, Contracts: g.Contracts}), g.Patterns...)
		})
	}
}
