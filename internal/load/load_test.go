package load_test

import (
	"fmt"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/emitcheck/emitcheck/analyzer"
	"github.com/emitcheck/emitcheck/internal/load"
)

const corpus = "../../testdata"

func screenOf(settings analyzer.Settings, a *analysis.Analyzer) *load.Screen {
	screen := analyzer.NewScreen(settings)
	return &load.Screen{Opaque: screen.Opaque, Asks: screen.Asks, Scout: screen.Scout(a), Asked: screen.Asked}
}

// outcome renders all that is found in a package, whatever order packages come
// in.
func outcome(fset *token.FileSet, path string, result any, found map[string]bool) {
	place := func(pos token.Pos) string {
		p := fset.Position(pos)
		return fmt.Sprintf("%s/%s:%d:%d", path, filepath.Base(p.Filename), p.Line, p.Column)
	}
	r, ok := result.(*analyzer.Result)
	if !ok {
		return // it does not ask
	}
	for _, f := range r.Findings {
		line := fmt.Sprintf("%s-%s: %s %v", place(f.Pos), place(f.End), f.Message, f.Chain)
		if f.Fix != nil {
			var edits []string // checker sorts them by the order of parsing
			for _, e := range f.Fix.TextEdits {
				edits = append(edits, fmt.Sprintf("\n\t%s-%s %q", place(e.Pos), place(e.End), e.NewText))
			}
			slices.Sort(edits)
			line += strings.Join(edits, "")
		}
		found[line] = true
	}
	for _, h := range r.Handlers {
		found[fmt.Sprintf("%s: %s %v %v %v %v %v", place(h.Pos), h.Name, h.Contracts, h.Hot, h.Start, h.Stop, h.Copy)] = true
	}
	for _, p := range r.Problems {
		found[place(p.Pos)+": "+p.Message] = true
	}
}

// TestLeavesNothingOut compares what is found with a screen to what is found
// when packages and all that they import are there in full, as go/packages and
// checker load and run them: on the corpus, and on what it needs of two modules. So
// that there is much to compare, methods of many names are hot there.
func TestLeavesNothingOut(t *testing.T) {
	wide := analyzer.Settings{
		Rules: "all",
		Hot: "Process,ProcessBatch,ProcessElement,Read,ReadBatch,Write,WriteBatch,Connect,Get,Set,Add,Run,Do,Start,Open,Execute," +
			"Encode,Decode,Next,Consume,Send,Receive,Update,Wait,Handle,Up,FinishBundle,StartBundle",
		Start: "New,Connect", Stop: "CloseAsync,WaitForClose,Down,Cancel,Reset,TriggerCloseNow,TriggerStopConsuming,String,Name,ID",
	}
	for _, tt := range []struct {
		module   string
		settings analyzer.Settings
		least    int // lines to compare
	}{
		{"corpus", analyzer.Settings{Rules: "all"}, 1500},
		{"github.com/redpanda-data/benthos/v4", wide, 60},
		{"github.com/apache/beam/sdks/v2", wide, 35},
	} {
		t.Run(tt.module, func(t *testing.T) {
			list := exec.Command("go", "list", "-deps", "-f", `{{with .Module}}{{if eq .Path "`+tt.module+`"}}{{$.ImportPath}}{{end}}{{end}}`, "./...")
			list.Dir = corpus
			out, err := list.Output()
			if err != nil {
				t.Fatalf("go list: %v", err)
			}
			patterns := strings.Fields(string(out))
			a := analyzer.New(tt.settings)
			pkgs, err := packages.Load(&packages.Config{
				Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: corpus,
			}, patterns...)
			if err != nil {
				t.Fatal(err)
			}
			if packages.PrintErrors(pkgs) > 0 {
				t.FailNow()
			}
			graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
			if err != nil {
				t.Fatal(err)
			}
			want := make(map[string]bool)
			for _, act := range graph.Roots {
				if act.Err != nil {
					t.Fatalf("%v: %v", act, act.Err)
				}
				outcome(pkgs[0].Fset, act.Package.PkgPath, act.Result, want)
			}

			got := make(map[string]bool)
			var read sync.Map
			screened, fset, err := load.Load(&load.Config{
				Dir: corpus, Screen: screenOf(tt.settings, a),
				Read: func(name string, _ []byte) { read.Store(name, true) },
			}, a, patterns...)
			if err != nil {
				t.Fatal(err)
			}
			for _, pkg := range screened {
				if pkg.Err != nil || len(pkg.Errors) > 0 {
					t.Fatalf("%s: %v %v", pkg.PkgPath, pkg.Err, pkg.Errors)
				}
				outcome(fset, pkg.PkgPath, pkg.Result, got)
			}
			whole, all := 0, 0
			packages.Visit(pkgs, nil, func(pkg *packages.Package) { all += len(pkg.CompiledGoFiles) })
			read.Range(func(any, any) bool { whole++; return true })
			t.Logf("%d lines; %d of %d files read in full", len(want), whole, all)
			if len(want) < tt.least {
				t.Errorf("only %d lines to compare", len(want))
			}
			for line := range want {
				if !got[line] {
					t.Errorf("not found with a screen: %s", line)
				}
			}
			for line := range got {
				if !want[line] {
					t.Errorf("found only with a screen: %s", line)
				}
			}
		})
	}
}

// write makes a module of dependencies beside one that uses them. That one is
// not worked on here, so that bodies may be left out of it.
func write(t *testing.T, files map[string]string) string {
	dir := t.TempDir()
	t.Setenv("GOWORK", "off")
	t.Setenv("GOFLAGS", "-mod=mod")
	files["go.mod"] = "module example.com/m\n\ngo 1.26\n\nrequire example.com/dep v0.0.0\n\nreplace example.com/dep => ./dep\n"
	files["dep/go.mod"] = "module example.com/dep\n\ngo 1.26\n"
	for name, content := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const dep = `package dep

type Source struct{}

func (Source) Emit() int { Spawn(); return 0 }

func (Source) Stop() {}

func Spawn() { go func() {}() }
`

// TestWrongGuess has a handler that no text tells of, since all its methods are
// another package's: what that package does is looked at all the same.
func TestWrongGuess(t *testing.T) {
	dir := write(t, map[string]string{
		"m.go":       "package m\n\nimport \"example.com/dep\"\n\ntype H struct{ dep.Source }\n",
		"dep/dep.go": dep,
	})
	var read []string
	var mu sync.Mutex
	a := analyzer.New(analyzer.Settings{})
	cfg := &load.Config{Dir: dir, Screen: screenOf(analyzer.Settings{}, a), Read: func(name string, _ []byte) {
		mu.Lock()
		defer mu.Unlock()
		read = append(read, filepath.Base(name))
	}}
	pkgs, _, err := load.Load(cfg, a, "./...")
	if err != nil {
		t.Fatal(err)
	}
	if len(pkgs) != 1 || pkgs[0].Err != nil || len(pkgs[0].Errors) > 0 {
		t.Fatalf("%+v", pkgs)
	}
	found := pkgs[0].Result.(*analyzer.Result).Findings
	if len(found) != 1 || found[0].Rule != "emit-goroutine" {
		t.Errorf("found %+v, want one goroutine", found)
	}
	if want := []string{"m.go", "dep.go", "m.go"}; !slices.Equal(read, want) {
		t.Errorf("read in full %v, want %v", read, want)
	}
}

// TestNothingAsked has no handler, so that no body of another module is read:
// not even one that would not compile.
func TestNothingAsked(t *testing.T) {
	dir := write(t, map[string]string{
		"m.go":       "package m\n\nimport \"example.com/dep\"\n\nvar X = dep.Source{}\n",
		"dep/dep.go": strings.Replace(dep, "return 0", "return nothing", 1),
	})
	a := analyzer.New(analyzer.Settings{})
	cfg := &load.Config{Dir: dir, Screen: screenOf(analyzer.Settings{}, a)}
	load1 := func() (*load.Package, string) {
		pkgs, _, err := load.Load(cfg, a, "./...")
		if err != nil || len(pkgs) != 1 {
			t.Fatal(pkgs, err)
		}
		return pkgs[0], fmt.Sprint(pkgs[0].Imports["example.com/dep"].Errors)
	}
	if pkg, errs := load1(); pkg.Err != nil || errs != "[]" {
		t.Errorf("error %v, errors %s", pkg.Err, errs)
	}
	cfg.Screen = nil
	if pkg, errs := load1(); pkg.Result != nil || !strings.Contains(errs, "undefined: nothing") {
		t.Errorf("without a screen: result %v, errors %s", pkg.Result, errs)
	}
}

// TestOverlay has a file whose text is not the one on disk.
func TestOverlay(t *testing.T) {
	dir := write(t, map[string]string{"m.go": "package m\n\nfunc {\n", "dep/dep.go": dep})
	cfg := &load.Config{Dir: dir, Overlay: map[string][]byte{filepath.Join(dir, "m.go"): []byte("package m\n")}}
	pkgs, _, err := load.Load(cfg, nil, "./...")
	if err != nil || len(pkgs) != 1 || len(pkgs[0].Errors) > 0 {
		t.Errorf("%v %v", pkgs[0].Errors, err)
	}
}
