package analyzer_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/emitcheck/emitcheck/analyzer"
	"github.com/emitcheck/emitcheck/internal/edit"
)

// seedFiles are hand-written programs: what the corpus does not have, and what
// the fuzzer has found.
const seedFiles = "testdata/seeds/*.txt"

// FuzzAnalyzer runs the analyzer on programs that nobody would write. A program
// is a case of the corpus or a seed, changed as the script says (mutate_test.go).
// Whatever compiles must be analysed without a panic, twice with the same
// outcome, and its fixes must hold what docs/fixes.md promises.
//
// What does not compile is passed over, as drivers pass it over: the analyzer
// does not ask for RunDespiteErrors.
func FuzzAnalyzer(f *testing.F) {
	w := theWorld()
	w.dir = filepath.Join(f.TempDir(), "src")
	dirs, err := seedDirs()
	if err != nil {
		f.Fatal(err)
	}
	for _, dir := range dirs {
		cases, err := w.casesOf(dir)
		if err != nil {
			f.Fatal(err)
		}
		for i, c := range cases {
			// Each case by itself is a theme's test already; here one of its
			// neighbours in each direction is taken for a start.
			if i%8 == 0 {
				f.Add(dir+":"+c.name, []byte(c.name+dir))
			}
		}
	}
	files, err := filepath.Glob(seedFiles)
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text), []byte(nil))
		f.Add(string(text), []byte(filepath.Base(name)))
	}
	f.Fuzz(func(t *testing.T, seed string, steps []byte) {
		text, err := w.seedSource(seed)
		if err != nil {
			t.Fatal(err)
		}
		p := parseProgram(text)
		if _, err := w.check(token.NewFileSet(), p, false); err != nil {
			t.Skip(err)
		}
		p = w.mutate(p, &script{steps})
		w.examine(t, p)
		if t.Failed() {
			t.Logf("the program is\n%s", p)
		}
	})
}

// TestSeedsCompile keeps the seeds from being passed over.
func TestSeedsCompile(t *testing.T) {
	w := theWorld()
	files, err := filepath.Glob(seedFiles)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.check(token.NewFileSet(), parseProgram(string(text)), false); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	dirs, err := seedDirs()
	if err != nil {
		t.Fatal(err)
	}
	n, broken := 0, 0
	for _, dir := range dirs {
		cases, err := w.casesOf(dir)
		if err != nil {
			t.Fatal(err)
		}
		n += len(cases)
		for _, c := range cases {
			if _, err := w.check(token.NewFileSet(), parseProgram(c.text), false); err != nil {
				t.Logf("%s:%s: %v", dir, c.name, err)
				broken++
			}
		}
	}
	t.Logf("%d cases, %d of them do not stand alone", n, broken)
	if n < 1000 || broken > n/20 {
		t.Errorf("of %d cases, %d do not compile by themselves: the fuzzer has little to start from", n, broken)
	}
}

// fuzzSettings are all rules, and some names more: what they find in any other
// code is none of the corpus's cases.
var fuzzSettings = analyzer.Settings{Rules: "all", Hot: "Process,Handle,Write,Next,Tick", Start: "Run,Begin", Stop: "End"}

// examine holds the analyzer to what must be true of any program.
func (w *world) examine(t *testing.T, p *program) {
	t.Helper()
	defer w.forget()
	first, firstFixes := w.analyse(t, p, false)
	if t.Failed() {
		return
	}
	second, _ := w.analyse(t, p, true)
	if t.Failed() {
		return
	}
	if a, b := first.String(), second.String(); a != b {
		t.Errorf("two runs say different things:\n%s\n\nand\n\n%s", a, b)
	}
	if len(firstFixes) > 0 {
		w.tryFixes(t, p, first, firstFixes, 1)
	}
}

// A verdictOf is all that the analyzer says of a program, in words that do not
// depend on where in memory it lies.
type verdictOf struct {
	outcomes
	result *analyzer.Result
	said   string
}

func (v *verdictOf) String() string { return v.said }

// analyse runs the analyzer on a program.
func (w *world) analyse(t *testing.T, p *program, reverse bool) (*verdictOf, []edit.Fix) {
	t.Helper()
	if err := w.write(p); err != nil {
		t.Skip(err)
	}
	c, err := w.check(w.fset, p, reverse)
	if err != nil {
		t.Fatalf("it compiled before: %v", err)
	}
	root := c.load()
	a := analyzer.New(fuzzSettings)
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, []*packages.Package{root}, &checker.Options{Sequential: true, SanityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	v := &verdictOf{outcomes: outcomesOf(t, graph)}
	if t.Failed() {
		return nil, nil
	}
	act := graph.Roots[0]
	v.result = act.Result.(*analyzer.Result)
	var b strings.Builder
	place := func(pos token.Pos) string {
		file := w.fset.File(pos)
		if file == nil || !w.own(file) {
			t.Errorf("a position outside of the program: %v", w.fset.Position(pos))
			return "?"
		}
		return w.fset.PositionFor(pos, false).String()
	}
	for _, d := range act.Diagnostics {
		if d.End.IsValid() && d.End < d.Pos {
			t.Errorf("%s: it ends before it begins: %s", place(d.Pos), d.Message)
		}
		fmt.Fprintf(&b, "%s: %s\n", place(d.Pos), d.Message)
		if d.End.IsValid() {
			place(d.End)
		}
	}
	var fixes []edit.Fix
	for i := range v.result.Findings {
		f := &v.result.Findings[i]
		if f.Obstacle == "internal" {
			t.Errorf("%s: the fix failed: %s", place(f.Pos), f.Unfixed)
		}
		fmt.Fprintf(&b, "%s: finding of %s.%s fixed=%v %s %s\n", place(f.Pos), f.Handler, f.Method, f.Fixed, f.Obstacle, f.Unfixed)
		if chain, err := json.Marshal(f.Chain); err == nil {
			b.Write(append(chain, '\n'))
		}
		if f.Fix == nil {
			continue
		}
		fix, err := edit.FixOf(w.fset, f.Handler, f.Fix)
		if err != nil {
			t.Error(err)
			continue
		}
		fmt.Fprintf(&b, "fix %+v\n", fix)
		fixes = append(fixes, fix)
	}
	for _, h := range v.result.Handlers {
		fmt.Fprintf(&b, "%s: handler %s %q %q %q %q %q %q\n", place(h.Pos), h.Name, h.Contracts, h.Hot, h.Rates, h.Start, h.Stop, h.Copy)
	}
	for _, x := range v.result.Problems {
		fmt.Fprintf(&b, "%s: problem %s\n", place(x.Pos), x.Message)
	}
	keys := make([]string, 0, len(v.facts))
	for k := range v.facts {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		fmt.Fprintf(&b, "fact %s: %q\n", k, v.facts[k])
	}
	v.said = b.String()
	return v, fixes
}

// load hands a program to a driver: it returns the last package.
func (c *checked) load() *packages.Package {
	loaded := make(map[string]*packages.Package)
	var last *packages.Package
	for i := range c.pkgs {
		pkg := &c.pkgs[i]
		last = &packages.Package{
			ID: pkg.path, Name: pkg.types.Name(), PkgPath: pkg.path, Types: pkg.types, Fset: c.fset, Syntax: pkg.files, TypesInfo: pkg.info,
			TypesSizes: types.SizesFor("gc", runtime.GOARCH), Imports: make(map[string]*packages.Package),
		}
		for _, f := range pkg.files {
			last.GoFiles = append(last.GoFiles, c.fset.File(f.FileStart).Name())
			for _, path := range importsOf(f) {
				// What is not of the program is std, and has no facts.
				if dep := loaded[path]; dep != nil {
					last.Imports[path] = dep
				}
			}
		}
		loaded[pkg.path] = last
	}
	return last
}

// maxRounds is how many runs may have fixes to offer.
const maxRounds = 4

// tryFixes applies the fixes of a program: what comes of it compiles, is as
// gofmt wants it if the program was, and has none of what is said to be fixed.
func (w *world) tryFixes(t *testing.T, p *program, before *verdictOf, fixes []edit.Fix, round int) {
	t.Helper()
	texts := make(map[string]string)
	for _, pkg := range p.pkgs {
		for _, f := range pkg.files {
			texts[w.name(f)] = f.text
		}
	}
	read := func(name string) (*edit.Source, error) {
		text, ok := texts[name]
		if !ok {
			return nil, fmt.Errorf("the fix edits %s, which is not of the package", name)
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return nil, err
		}
		if ast.IsGenerated(parsed) {
			return nil, fmt.Errorf("the fix edits %s, which is generated", name)
		}
		imports := make(map[string]string)
		for _, path := range importsOf(parsed) {
			imports[path] = path[strings.LastIndexByte(path, '/')+1:]
		}
		return &edit.Source{Content: []byte(text), Imports: imports}, nil
	}
	apply := func(fixes []edit.Fix) (*program, *edit.Plan) {
		plan, err := edit.Merge(fixes, read)
		if err != nil {
			t.Error(err)
			return nil, nil
		}
		after := p.clone()
		for _, f := range plan.Files {
			checkFormat(t, f.Name, f.Before, f.After)
			for i := range after.pkgs {
				for j := range after.pkgs[i].files {
					if w.name(after.pkgs[i].files[j]) == f.Name {
						after.pkgs[i].files[j].text = string(f.After)
					}
				}
			}
		}
		if _, err := w.check(token.NewFileSet(), after, false); err != nil {
			t.Errorf("the fixed program does not compile: %v\n%s", err, after)
			return nil, nil
		}
		return after, plan
	}
	if len(fixes) > 1 {
		for _, fix := range fixes {
			apply([]edit.Fix{fix})
		}
	}
	after, plan := apply(fixes)
	if t.Failed() {
		return
	}
	again, left := w.analyse(t, after, false)
	if !t.Failed() {
		compareCounts(t, before, again, plan)
	}
	if t.Failed() {
		t.Logf("the fixed program is\n%s", after)
		return
	}
	// What one fix has moved can be what another one stumbled over. That has an
	// end: each run leaves less.
	switch {
	case len(left) == 0:
	case round == maxRounds:
		t.Errorf("fixes are still offered in run %d: %+v\n%s", round, left, after)
	default:
		w.tryFixes(t, after, again, left, round+1)
	}
}

// compareCounts requires that what was fixed is gone, and that nothing is new.
func compareCounts(t *testing.T, before, after *verdictOf, plan *edit.Plan) {
	t.Helper()
	type key struct{ handler, method, rule string }
	want := make(map[key]int)
	for _, f := range before.result.Findings {
		dropped := slices.ContainsFunc(plan.Dropped, func(d edit.Dropped) bool { return d.Fix == f.Handler })
		if !f.Fixed || dropped {
			want[key{f.Handler, f.Method, f.Rule}]++
		}
	}
	// A start or stop that a directive makes hot gets what is moved there.
	hooks := make(map[string]bool)
	for _, h := range before.result.Handlers {
		for _, name := range slices.Concat(h.Start, h.Stop) {
			hooks[name] = true
		}
	}
	for _, f := range after.result.Findings {
		if hooks[f.Method] {
			continue
		}
		k := key{f.Handler, f.Method, f.Rule}
		if want[k]--; want[k] < 0 && f.Rule != "lazy-start" {
			t.Errorf("found after the fix: %s", f.Message)
		}
	}
}
