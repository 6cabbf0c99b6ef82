package analyzer

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/emitcheck/emitcheck/analyzer/internal/contract"
)

var (
	commentMark = regexp.MustCompile(`(?m)^\s*//+|^\s*/?\*+/?`)
	blanks      = regexp.MustCompile(`\s+`)
)

// TestContractsQuoteTheirLibraries fails when the sentence of a built-in
// contract does not stand, word for word, in the library that the corpus
// imports: in the source of its package, or in a page of its module.
func TestContractsQuoteTheirLibraries(t *testing.T) {
	dirs := make(map[string]string)    // of packages
	modules := make(map[string]string) // of their modules
	for _, c := range contract.Builtin {
		if dirs[c.Package] != "" {
			continue
		}
		for _, dir := range []string{"../testdata", "../testdata/heavy"} {
			cmd := exec.Command("go", "list", "-find", "-json=Dir,Module", c.Package)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "GOWORK=off")
			out, err := cmd.Output()
			if err != nil {
				continue // the other module has it
			}
			var p struct {
				Dir    string
				Module *struct{ Dir string }
			}
			if err := json.Unmarshal(out, &p); err != nil {
				t.Fatal(err)
			}
			dirs[c.Package] = p.Dir
			if p.Module != nil {
				modules[c.Package] = p.Module.Dir
			}
			break
		}
	}
	texts := make(map[string]string)
	text := func(path string) string {
		if text, ok := texts[path]; ok {
			return text
		}
		var b strings.Builder
		add := func(name string) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			b.Write(data)
			b.WriteByte('\n')
		}
		sources, err := filepath.Glob(filepath.Join(dirs[path], "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range sources {
			add(name)
		}
		if root := modules[path]; root != "" {
			err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() && strings.HasSuffix(name, ".md") {
					add(name)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		texts[path] = blanks.ReplaceAllString(commentMark.ReplaceAllString(b.String(), " "), " ")
		return texts[path]
	}
	checked := 0
	for _, c := range contract.Builtin {
		if c.Name == "otel-log-filter-processor" {
			continue // gone from the version that the corpus imports
		}
		if dirs[c.Package] == "" {
			t.Errorf("%s: the corpus does not import %s", c.Name, c.Package)
			continue
		}
		checked++
		if !strings.Contains(text(c.Package), c.Doc) {
			t.Errorf("%s: %s does not say %q", c.Name, c.Package, c.Doc)
		}
	}
	t.Logf("%d of %d sentences found", checked, len(contract.Builtin))
}
