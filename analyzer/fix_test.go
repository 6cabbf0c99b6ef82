package analyzer_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
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
	"github.com/emitcheck/emitcheck/internal/corpus"
	"github.com/emitcheck/emitcheck/internal/edit"
)

// golden is what the name of a file ends with that shows another after all fixes.
const golden = ".golden"

// TestFixes applies every fix of the corpus to a copy of it, until none is left,
// and holds what comes of it to what docs/fixes.md promises. It skips if there
// are no fixes.
//
// EMITCHECK_UPDATE=1 rewrites the golden files and the generated sections of the
// page.
func TestFixes(t *testing.T) {
	dir := copyCorpus(t)
	for _, v := range variants() {
		v.write(t, filepath.Join(dir, "variants"))
	}
	first := analyse(t, dir, "./...")
	checkVariants(t, first)
	changed := make(map[string]bool) // files, by their name in the corpus
	original := make(map[string][]byte)
	const rounds = 4
	for round, before := 1, first; ; round++ {
		plan := before.plan(t)
		var pkgs []string
		for _, f := range plan.Files {
			rel := relative(t, dir, f.Name)
			if !changed[rel] {
				changed[rel], original[rel] = true, f.Before
			}
			if p := "./" + filepath.ToSlash(filepath.Dir(rel)); !slices.Contains(pkgs, p) {
				pkgs = append(pkgs, p)
			}
			if err := os.WriteFile(f.Name, f.After, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		t.Logf("round %d: %d fixes in %d files of %d packages, %d dropped", round, len(before.fixes), len(plan.Files), len(pkgs), len(plan.Dropped))
		again := len(plan.Dropped) > 0 || slices.ContainsFunc(before.findings, func(f located) bool { return strings.Contains(f.Unfixed, "run again") })
		after := analyse(t, dir, pkgs...)
		compareFindings(t, before, after, plan, pkgs)
		if len(after.fixes) == 0 {
			break
		}
		if !again || round == rounds {
			for _, f := range after.fixes {
				t.Errorf("%s: a fix is offered after all fixes were applied", f.Name)
			}
			break
		}
		before = after
	}

	files := make([]string, 0, len(changed))
	for rel := range changed {
		files = append(files, rel)
	}
	slices.Sort(files)
	t.Run("files", func(t *testing.T) {
		// A comment may go with its statement to another file of the package.
		was, is := make(map[string]int), make(map[string]int)
		for _, rel := range files {
			after, err := os.ReadFile(filepath.Join(dir, rel))
			if err != nil {
				t.Fatal(err)
			}
			checkFormat(t, rel, original[rel], after)
			addComments(t, was, rel, original[rel])
			addComments(t, is, rel, after)
		}
		for comment, n := range was {
			if is[comment] < n {
				t.Errorf("%s is lost", comment)
			}
		}
	})
	t.Run("golden", func(t *testing.T) { checkGolden(t, dir, files) })
	t.Run("vet", func(t *testing.T) { vet(t, dir, files) })
	t.Run("behaviour", func(t *testing.T) { checkBehaviour(t, dir, changed) })
	t.Run("page", func(t *testing.T) { checkPage(t, first) })
}

// copyCorpus copies the corpus to a directory of the test's own.
func copyCorpus(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := corpus.Copy(dir, testdata); err != nil {
		t.Fatal(err)
	}
	return dir
}

func relative(t *testing.T, dir, file string) string {
	t.Helper()
	rel, err := filepath.Rel(dir, file)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(rel)
}

// An analysed is what the analyzer says of some packages.
type analysed struct {
	findings []located
	fixes    []edit.Fix // named by package and handler type
	imports  map[string]map[string]string
}

type located struct {
	analyzer.Finding
	pkg   string
	place string
}

func (f *located) handler() string { return f.pkg + "." + f.Handler }

func analyse(t *testing.T, dir string, patterns ...string) *analysed {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: dir}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	packages.Visit(pkgs, nil, func(pkg *packages.Package) {
		for _, err := range pkg.Errors {
			t.Errorf("%s does not compile: %v", pkg.PkgPath, err)
		}
	})
	if t.Failed() {
		t.FailNow()
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{analyzer.New(analyzer.Settings{Rules: "all"})}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	a := &analysed{imports: make(map[string]map[string]string)}
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatalf("%v: %v", act, act.Err)
		}
		names := make(map[string]string)
		for path, pkg := range act.Package.Imports {
			names[path] = pkg.Name
		}
		for _, f := range act.Package.GoFiles {
			a.imports[f] = names
		}
		for _, f := range act.Result.(*analyzer.Result).Findings {
			p := act.Package.Fset.Position(f.Pos)
			l := located{f, act.Package.PkgPath, fmt.Sprintf("%s:%d", relative(t, dir, p.Filename), p.Line)}
			a.findings = append(a.findings, l)
			if f.Fixed && f.Unfixed != "" {
				t.Errorf("%s: fixed, and unfixed for %q", l.place, f.Unfixed)
			}
			if f.Fix == nil {
				continue
			}
			fix, err := edit.FixOf(act.Package.Fset, l.handler(), f.Fix)
			if err != nil {
				t.Error(err)
				continue
			}
			a.fixes = append(a.fixes, fix)
		}
	}
	return a
}

// plan merges the fixes as the command does.
func (a *analysed) plan(t *testing.T) *edit.Plan {
	t.Helper()
	plan, err := edit.Merge(a.fixes, func(name string) (*edit.Source, error) {
		content, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, content, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			return nil, err
		}
		if ast.IsGenerated(f) {
			return nil, fmt.Errorf("%s is generated", name)
		}
		if a.imports[name] == nil {
			return nil, fmt.Errorf("%s is not of the package", name)
		}
		return &edit.Source{Content: content, Imports: a.imports[name]}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range plan.Dropped {
		t.Logf("%s: %s", d.Fix, d.Reason)
	}
	return plan
}

// compareFindings requires that what was fixed is gone, and that nothing is new.
func compareFindings(t *testing.T, before, after *analysed, plan *edit.Plan, pkgs []string) {
	t.Helper()
	dropped := make(map[string]bool)
	for _, d := range plan.Dropped {
		dropped[d.Fix] = true
	}
	type key struct{ handler, method, rule string }
	type count struct{ was, fixed, is int }
	counts := make(map[key]*count)
	of := func(f *located) *count {
		k := key{f.handler(), f.Method, f.Rule}
		if counts[k] == nil {
			counts[k] = new(count)
		}
		return counts[k]
	}
	for _, f := range before.findings {
		if !slices.Contains(pkgs, "./"+strings.TrimPrefix(f.pkg, "corpus/")) {
			continue
		}
		n := of(&f)
		n.was++
		if f.Fixed && !dropped[f.handler()] {
			n.fixed++
		}
	}
	fixed := make(map[string]bool)
	for _, f := range before.fixes {
		fixed[f.Name] = true
	}
	for _, f := range after.findings {
		n := of(&f)
		if f.Rule == "lazy-start" && fixed[f.handler()] {
			continue // a handler without a start has its creations under a guard now
		}
		n.is++
		if n.is > n.was-n.fixed {
			t.Errorf("%s: found after the fix (there were %d, and %d are fixed): %s", f.place, n.was, n.fixed, f.Message)
		}
	}
	for k, n := range counts {
		if n.is < n.was-n.fixed { // what was moved has taken it along
			t.Logf("%s.%s: of %d findings of %s, %d are said to be fixed, but %d are gone", k.handler, k.method, n.was, k.rule, n.fixed, n.was-n.is)
		}
	}
}

// checkFormat requires that gofmt leaves a file alone if it did.
func checkFormat(t *testing.T, name string, before, after []byte) {
	t.Helper()
	if formatted, err := format.Source(before); err != nil || !bytes.Equal(formatted, before) {
		return
	}
	if formatted, err := format.Source(after); err != nil || !bytes.Equal(formatted, after) {
		t.Errorf("%s: gofmt would change it (error %v)", name, err)
	}
}

// addComments counts the comments of a file, each with its package's folder.
func addComments(t *testing.T, counts map[string]int, name string, content []byte) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), name, content, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, group := range f.Comments {
		for _, c := range group.List {
			text := strings.Join(strings.Fields(c.Text), " ") // gofmt indents them
			counts[fmt.Sprintf("%s: the comment %s", filepath.Dir(name), text)]++
		}
	}
}

// checkGolden compares the fixed files of the theme fix with those beside the
// cases.
func checkGolden(t *testing.T, dir string, files []string) {
	update := os.Getenv("EMITCHECK_UPDATE") != ""
	want := make(map[string]bool)
	for _, rel := range files {
		if !strings.HasPrefix(rel, "fix/") {
			continue
		}
		name := filepath.Join(testdata, rel) + golden
		want[name] = true
		got, err := os.ReadFile(filepath.Join(dir, rel))
		if err != nil {
			t.Fatal(err)
		}
		if update {
			if err := os.WriteFile(name, got, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		golden, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if !bytes.Equal(got, golden) {
			diff := (&edit.Plan{Files: []edit.File{{Name: name, Before: golden, After: got}}}).Diff(filepath.ToSlash)
			t.Errorf("the fixed %s is another (EMITCHECK_UPDATE=1 takes it over):\n%s", rel, diff)
		}
	}
	err := filepath.WalkDir(filepath.Join(testdata, "fix"), func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, golden) && !want[name] {
			if update {
				return os.Remove(name)
			}
			t.Errorf("%s: there is no fix any more", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// vet runs go vet on the fixed packages, tests included. The packages on
// built-in contracts are left out, for all that these import would be compiled;
// that they compile has been seen.
func vet(t *testing.T, dir string, files []string) {
	pkgs := []string{"vet"}
	for _, rel := range files {
		if p := "./" + filepath.Dir(rel); !slices.Contains(pkgs, p) && !strings.HasPrefix(rel, "contracts/") {
			pkgs = append(pkgs, p)
		}
	}
	cmd := exec.Command("go", pkgs...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go vet: %v\n%s", err, out)
	}
}

// These are the case and the outcome of package corpus/fix/drive.
type (
	driveCase struct {
		Name   string
		Frames []string
		NoFix  string
		Maybe  bool
	}
	driveOutcome struct {
		Frames, Errors []string
		Created        int64
		Left           []string
	}
)

// calls is how often package corpus/fix/drive calls Emit.
const calls = 5

// checkBehaviour drives the handlers of fix/behaviour as they are and as they are
// fixed, each in a process of its own. They emit the same, what they create they
// create once, and nothing is left of them.
func checkBehaviour(t *testing.T, dir string, changed map[string]bool) {
	tmp := t.TempDir()
	build := func(module, name string) string {
		binary := filepath.Join(tmp, name)
		cmd := exec.Command("go", "test", "-c", "-o", binary, "./fix/drive")
		cmd.Dir = module
		cmd.Env = append(os.Environ(), "GOWORK=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("building the driver: %v\n%s", err, out)
		}
		return binary
	}
	before, after := build(testdata, "before"), build(dir, "after")
	drive := func(binary, name string, out any, env ...string) error {
		file := filepath.Join(tmp, filepath.Base(binary)+"-"+name)
		cmd := exec.Command(binary, "-test.run=^TestDrive$", "-test.timeout=30s")
		cmd.Env = append(append(os.Environ(), "DRIVE_CASE="+name, "DRIVE_OUT="+file), env...)
		output, failed := cmd.CombinedOutput()
		data, err := os.ReadFile(file)
		if err == nil {
			err = json.Unmarshal(data, out)
		}
		if err = cmp.Or(err, failed); err != nil {
			return fmt.Errorf("%w\n%s", err, output)
		}
		return nil
	}
	var cases []driveCase
	if err := drive(before, "list", &cases); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	defer wg.Wait()
	limit := make(chan bool, 2)
	for _, c := range cases {
		wg.Go(func() {
			limit <- true
			defer func() { <-limit }()
			var was, is driveOutcome
			if err := drive(before, c.Name, &was); err != nil && len(was.Frames) == 0 {
				t.Errorf("%s: %v", c.Name, err)
				return
			}
			if was.Created != 0 && was.Created < calls {
				t.Errorf("%s: it creates %d before it is fixed, but is called %d times", c.Name, was.Created, calls)
			}
			fixed := false
			for rel := range changed {
				fixed = fixed || strings.HasPrefix(rel, "fix/behaviour/"+c.Name+"/")
			}
			switch {
			case c.NoFix != "":
				if fixed {
					t.Errorf("%s: it is fixed, but must not be: %s", c.Name, c.NoFix)
				}
				return
			case !fixed:
				if !c.Maybe {
					t.Errorf("%s: it has no fix", c.Name)
				}
				return
			}
			if err := drive(after, c.Name, &is, "DRIVE_CHECK=1"); err != nil {
				t.Errorf("%s, fixed: %v", c.Name, err)
			}
			want := c.Frames
			if want == nil {
				want = was.Frames
			}
			if !slices.Equal(is.Frames, want) {
				t.Errorf("%s, fixed: it emits %q, want %q", c.Name, is.Frames, want)
			}
			if was.Created != 0 && is.Created != 1 {
				t.Errorf("%s, fixed: it creates %d, want 1", c.Name, is.Created)
			}
			for _, err := range is.Errors {
				if !slices.Contains(was.Errors, err) {
					t.Errorf("%s, fixed: %s", c.Name, err)
				}
			}
			for _, g := range is.Left {
				t.Errorf("%s, fixed: left after stop is\n%s", c.Name, g)
			}
		})
	}
}
