package analyzer_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/emitcheck/emitcheck/analyzer"
)

// corpus is the module of marked cases.
const corpus = "../testdata"

// TestCorpus holds the analyzer to the marks of the corpus: each `// want` line
// must be reported as it says, and nothing else may be.
func TestCorpus(t *testing.T) {
	dir, err := filepath.Abs(corpus)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name     string
		settings analyzer.Settings
		patterns []string
	}{
		{"fastrtc", analyzer.Settings{}, []string{"./fastrtc/..."}},
		{"goroutine", analyzer.Settings{}, []string{"./goroutine/..."}},
		{"channel", analyzer.Settings{}, []string{"./channel/..."}},
		{"guard", analyzer.Settings{}, []string{"./guard/..."}},
		{"handlertype", analyzer.Settings{}, []string{"./handlertype/..."}},
		{"generator", analyzer.Settings{}, []string{"./generator/..."}},
		{"resource", analyzer.Settings{}, []string{"./resource/..."}},
		{"blocking", analyzer.Settings{}, []string{"./blocking/..."}},
		{"chain", analyzer.Settings{}, []string{"./chain/..."}},
		{"suppress", analyzer.Settings{}, []string{"./suppress/..."}},
		{"lazy", analyzer.Settings{Rules: "all"}, []string{"./lazy/..."}},
		{"adversarial", analyzer.Settings{}, []string{"./adversarial/..."}},
		{"contracts", analyzer.Settings{}, []string{"./contracts/..."}},
		{"runtimehandler", analyzer.Settings{}, []string{"./runtimehandler/..."}},
		// What fix/adversarial attacks is the fixes: TestFixes runs it.
		{"fix", analyzer.Settings{}, []string{"./fix/behaviour/...", "./fix/drive/..."}},
		{"lifecycle", analyzer.Settings{Rules: "stop-missing,stop-reopens,copy-shares,context-escape"}, []string{"./lifecycle/..."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			analysistest.Run(t, dir, analyzer.New(tt.settings), tt.patterns...)
		})
	}
}
