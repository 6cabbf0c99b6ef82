package analyzer_test

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/emitcheck/emitcheck/analyzer"
	"github.com/emitcheck/emitcheck/internal/corpus"
)

// TestMain gets the modules that the corpus needs, for analysistest runs without
// a network.
func TestMain(m *testing.M) {
	list := exec.Command("go", "list", "-deps", "./...")
	list.Dir = testdata
	list.Stderr = os.Stderr
	if err := list.Run(); err != nil {
		fmt.Fprintf(os.Stderr, "getting the modules of %s: %v\n", testdata, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// A mark is a line of the corpus that says what is to be found there, or that
// nothing is.
type mark struct {
	theme  string // the corpus's directory
	place  string
	text   string // what follows "want" or "silent:"
	silent bool
}

var markComment = regexp.MustCompile("// (want|silent:) (.*)$")

// marks reads the corpus's marks. Each stands behind a statement of its own.
func marks(t *testing.T) []mark {
	var found []mark
	err := filepath.WalkDir(testdata, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".go" {
			return err
		}
		rel, err := filepath.Rel(testdata, name)
		if err != nil {
			return err
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		lines := bytes.Split(src, []byte("\n"))
		for _, group := range f.Comments {
			for _, c := range group.List {
				m := markComment.FindStringSubmatch(c.Text)
				if m == nil {
					continue
				}
				p := fset.Position(c.Pos())
				theme, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
				k := mark{theme: theme, place: fmt.Sprintf("%s:%d", filepath.ToSlash(rel), p.Line), text: m[2], silent: m[1] == "silent:"}
				if k.silent && len(bytes.TrimSpace(lines[p.Line-1][:p.Column-1])) == 0 {
					t.Errorf("%s: \"silent:\" stands behind no statement", k.place)
				}
				found = append(found, k)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestMarks holds the corpus to its size, for a corpus that shrinks would still
// pass. That the marks are right is TestCorpus's affair.
func TestMarks(t *testing.T) {
	all := marks(t)

	// A case that no test runs is none.
	run := map[string]bool{
		"rules": true, // by the tests of the rules' pages
		"heavy": len(corpus.Heavy) > 0,
	}
	for _, g := range corpus.Groups {
		for _, pattern := range g.Patterns {
			theme, _, _ := strings.Cut(strings.TrimPrefix(pattern, "./"), "/")
			run[theme] = true
		}
	}

	var found, silent int
	foundBy := make(map[string]int)  // by rule
	silentIn := make(map[string]int) // by theme
	isSilent := make(map[string]bool)
	for _, m := range all {
		if !run[m.theme] {
			t.Errorf("no group of package corpus has %s", m.theme)
			run[m.theme] = true // said once
		}
		if m.silent {
			silent++
			silentIn[m.theme]++
			isSilent[m.place] = true
			if strings.Contains(m.text, "// want") {
				t.Errorf("%s is marked as silent and as found", m.place)
			}
			continue
		}
		found++
		for _, r := range analyzer.Rules {
			if strings.Contains(m.text, r.Name) {
				foundBy[r.Name]++
			}
		}
		if isSilent[m.place] || strings.Contains(m.text, "// silent:") {
			t.Errorf("%s is marked as found and as silent", m.place)
		}
	}

	t.Logf("%d lines marked as found, %d as silent", found, silent)
	t.Logf("found, by the rules that the marks name: %v", foundBy)
	t.Logf("silent, by theme: %v", silentIn)
	atLeast := func(what string, got, want int) {
		if got < want {
			t.Errorf("%s: %d, want at least %d", what, got, want)
		}
	}
	atLeast("lines marked as found", found, 150)
	atLeast("lines marked as silent", silent, 150)
	for _, r := range analyzer.Rules {
		atLeast("lines marked as found by "+r.Name, foundBy[r.Name], 10)
	}
	// A silent line names no rule, but the themes that are a rule's own tell.
	for _, theme := range []string{"goroutine", "channel", "generator", "resource", "blocking", "guard", "lifecycle"} {
		atLeast("lines marked as silent in "+theme, silentIn[theme], 20)
	}
}

// TestDeterminism runs the analyzer on packages of the corpus that make much of
// facts, loaded anew, in another order and one after the other: the findings
// and the facts are the same, byte for byte.
func TestDeterminism(t *testing.T) {
	load := func() []*packages.Package {
		pkgs, err := packages.Load(&packages.Config{
			Mode: packages.LoadAllSyntax | packages.NeedModule,
			Dir:  testdata,
		}, "./chain/...", "./guard/...", "./handlertype/...")
		if err != nil {
			t.Fatal(err)
		}
		if packages.PrintErrors(pkgs) > 0 {
			t.FailNow()
		}
		return pkgs
	}
	settings := analyzer.Settings{Rules: "all"}
	first := outcome(t, analyzer.New(settings), load(), &checker.Options{SanityCheck: true})
	pkgs := load()
	slices.Reverse(pkgs)
	second := outcome(t, analyzer.New(settings), pkgs, &checker.Options{SanityCheck: true, Sequential: true})

	if len(first.findings) < 50 || len(first.facts) < 20 {
		t.Fatalf("only %d findings and %d facts: nothing to compare", len(first.findings), len(first.facts))
	}
	t.Logf("%d findings, %d facts", len(first.findings), len(first.facts))
	compare := func(what string, a, b map[string]string) {
		for k, v := range a {
			if w, ok := b[k]; !ok || v != w {
				t.Errorf("%s %s: %q, then %q", what, k, v, w)
			}
		}
		for k, w := range b {
			if _, ok := a[k]; !ok {
				t.Errorf("%s %s: none, then %q", what, k, w)
			}
		}
	}
	compare("findings at", first.findings, second.findings)
	compare("fact of", first.facts, second.facts)
}

type outcomes struct {
	findings map[string]string // by position
	facts    map[string]string // gob-encoded, by analyzer, object and type
}

func outcome(t *testing.T, a *analysis.Analyzer, pkgs []*packages.Package, opts *checker.Options) outcomes {
	t.Helper()
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, opts)
	if err != nil {
		t.Fatal(err)
	}
	return outcomesOf(t, graph)
}

// outcomesOf returns what a run gave.
func outcomesOf(t *testing.T, graph *checker.Graph) outcomes {
	t.Helper()
	out := outcomes{make(map[string]string), make(map[string]string)}
	for act := range graph.All() {
		if act.Err != nil {
			t.Fatalf("%v: %v", act, act.Err)
		}
		if act.IsRoot {
			for _, d := range act.Diagnostics {
				from, to := act.Package.Fset.Position(d.Pos), act.Package.Fset.Position(d.End)
				out.findings[from.String()] += fmt.Sprintf("to %d:%d %s %s %s\n", to.Line, to.Column, d.Category, d.Message, d.URL)
			}
		}
		encode := func(key string, fact analysis.Fact) {
			var b bytes.Buffer
			if err := gob.NewEncoder(&b).Encode(fact); err != nil {
				t.Fatalf("%v: fact of %s: %v", act, key, err)
			}
			out.facts[fmt.Sprintf("%v %s %T", act, key, fact)] = b.String()
		}
		for _, f := range act.AllObjectFacts() {
			// What the checker hands on from imports is the same fact again.
			if f.Object.Pkg() != act.Package.Types {
				continue
			}
			path, err := objectpath.For(f.Object)
			if err != nil {
				t.Errorf("%v: a fact of %v, which no other package can name: %v", act, f.Object, err)
				continue
			}
			encode(f.Object.Pkg().Path()+"."+string(path), f.Fact)
		}
		for _, f := range act.AllPackageFacts() {
			if f.Package == act.Package.Types {
				encode(f.Package.Path(), f.Fact)
			}
		}
	}
	return out
}
