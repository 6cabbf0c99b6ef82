package gclplugin

import (
	"fmt"
	"go/token"
	"os"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/emitcheck/emitcheck/analyzer"
	"github.com/emitcheck/emitcheck/internal/edit"
)

func TestSettings(t *testing.T) {
	type yaml = map[string]any
	for _, tt := range []struct {
		name string
		raw  any
		want analyzer.Settings
	}{
		{"none", nil, analyzer.Settings{}},
		{"empty", yaml{}, analyzer.Settings{}},
		{"no value", yaml{"rules": nil}, analyzer.Settings{}},
		{"string", yaml{"rules": "+lazy-start,-emit-channel"}, analyzer.Settings{Rules: "+lazy-start,-emit-channel"}},
		{"list", yaml{"rules": []any{"default", "lazy-start"}}, analyzer.Settings{Rules: "default,lazy-start"}},
		{"additions", yaml{"rules": []any{"+lazy-start", "-emit-channel"}}, analyzer.Settings{Rules: "+lazy-start,-emit-channel"}},
		{"names", yaml{"hot": []any{"Produce", "Next"}, "start": "Begin", "stop": []string{"End"}}, analyzer.Settings{Hot: "Produce,Next", Start: "Begin", Stop: "End"}},
		{
			"contracts",
			yaml{"contracts": []any{"example.com/sink.Sink hot=Write", "example.com/pull.Source hot=Next stop=Done"}},
			analyzer.Settings{Contracts: "example.com/sink.Sink hot=Write;example.com/pull.Source hot=Next stop=Done"},
		},
	} {
		if got, err := decode(tt.raw); err != nil || got != tt.want {
			t.Errorf("%s: got %+v and error %v, want %+v", tt.name, got, err, tt.want)
		}
	}
}

// TestWrongSettings holds the errors to their first duty: to name the key.
func TestWrongSettings(t *testing.T) {
	type yaml = map[string]any
	for _, tt := range []struct {
		name string
		raw  any
		want []string
	}{
		{"unknown key", yaml{"rulez": "all"}, []string{`unknown key "rulez"`, "rules, hot, start, stop, contracts"}},
		{"no mapping", "all", []string{"want a mapping", "rules"}},
		{"a number", yaml{"hot": 3}, []string{"hot: 3 is no string and no list", "want a method's name"}},
		{"a mapping", yaml{"rules": yaml{"all": true}}, []string{"rules: ", "want a rule or a list of rules"}},
		{"a list of numbers", yaml{"stop": []any{"Stop", 3}}, []string{"stop: 3 is no string"}},
		{"an empty list", yaml{"rules": []any{}}, []string{"rules: the list is empty"}},
		{"an empty item", yaml{"contracts": []any{" "}}, []string{"contracts: there is an empty string"}},
		{"unknown rule", yaml{"rules": []any{"default", "lazy"}}, []string{`unknown rule "lazy" in rules: want default`}},
		{"no method", yaml{"start": "start"}, []string{`start: "start" is not the name of an exported method`}},
		{"no contract", yaml{"contracts": "Sink"}, []string{`contracts: "Sink"`, "import/path.Interface"}},
	} {
		_, err := New(tt.raw)
		if err == nil {
			t.Errorf("%s: no error", tt.name)
			continue
		}
		for _, want := range tt.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: the error is %q, want %q in it", tt.name, err, want)
			}
		}
		if strings.Contains(err.Error(), "-"+strings.Split(tt.want[0], ":")[0]+":") {
			t.Errorf("%s: the error %q speaks of a flag", tt.name, err)
		}
	}
}

func TestRegistered(t *testing.T) {
	create, err := register.GetPlugin("emitcheck")
	if err != nil {
		t.Fatal(err)
	}
	p, err := create(map[string]any{"rules": "all"})
	if err != nil {
		t.Fatal(err)
	}
	if mode := p.GetLoadMode(); mode != register.LoadModeTypesInfo {
		t.Errorf("load mode %q", mode)
	}
	analyzers, err := p.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	if err := analysis.Validate(analyzers); err != nil {
		t.Error(err)
	}
	// Another name than the linter's would be put before each message.
	if len(analyzers) != 1 || analyzers[0].Name != "emitcheck" {
		t.Errorf("analyzers %v, want emitcheck alone", analyzers)
	}
}

// TestFixesThatAreOffered runs the plugin's analyzer beside the plain one on what
// the corpus has of fixes: it says the same, and its fixes are some of those.
func TestFixesThatAreOffered(t *testing.T) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: "../../testdata"}, "./fix/adversarial/syntax/files/...", "./fix/adversarial/syntax/untidy/...", "./fix/behaviour/...")
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(pkgs) > 0 {
		t.FailNow()
	}
	settings := analyzer.Settings{Rules: "all"}
	diagnostics := func(a *analysis.Analyzer) (all []analysis.Diagnostic) {
		graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, &checker.Options{Sequential: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, act := range graph.Roots {
			if act.Err != nil {
				t.Fatal(act.Err)
			}
			all = append(all, act.Diagnostics...)
		}
		return all
	}
	plain, offered := diagnostics(analyzer.New(settings)), diagnostics(withSafeFixes(analyzer.New(settings)))
	if len(plain) != len(offered) {
		t.Fatalf("%d findings, and %d of the plugin", len(plain), len(offered))
	}
	fset := pkgs[0].Fset
	var kept, elsewhere int
	for i, d := range offered {
		p := plain[i]
		if d.Pos != p.Pos || d.Category != p.Category || d.Message != p.Message {
			t.Errorf("%s: %s; the plugin: %s: %s", fset.Position(p.Pos), p.Message, fset.Position(d.Pos), d.Message)
		}
		if len(p.SuggestedFixes) == 0 {
			continue
		}
		tok := fset.File(d.Pos)
		within := true
		for _, e := range p.SuggestedFixes[0].TextEdits {
			within = within && fset.File(e.Pos) == tok
		}
		source, err := os.ReadFile(tok.Name())
		if err != nil {
			t.Fatal(err)
		}
		switch n := len(d.SuggestedFixes); {
		case n == 0 && !within:
			elsewhere++
		case n == 0 && !strings.Contains(string(source), "\r\n"):
			t.Errorf("%s: its fix is not offered, though it stays in the file", fset.Position(d.Pos))
		case n == 0:
		case !within:
			t.Errorf("%s: a fix is offered that edits another file", fset.Position(d.Pos))
		case fmt.Sprint(d.SuggestedFixes) != fmt.Sprint(p.SuggestedFixes):
			t.Errorf("%s: another fix is offered", fset.Position(d.Pos))
		default:
			kept++
		}
	}
	t.Logf("offered are %d fixes; not offered %d that edit other files", kept, elsewhere)
	if kept < 20 || elsewhere < 1 {
		t.Error("too few of a sort to tell anything")
	}
}

// TestFixesBesideOthers has fixes that are right alone, and wrong together if no
// more is done than golangci-lint does.
func TestFixesBesideOthers(t *testing.T) {
	const source = `package p

import (
	"fmt"
	"time"
)

type A struct{}

func (A) Emit() { fmt.Println(time.Now()) }

type B struct{}

func (B) Emit() { fmt.Println(time.Now()) }
`
	at := func(sub string, n int) int { // where the n-th of it begins
		i := 0
		for range n {
			i += strings.Index(source[i:], sub) + 1
		}
		return i - 1
	}
	insert := func(at int, text string) edit.Edit { return edit.Edit{Start: at, End: at, New: text} }
	cut := func(sub string, n int) edit.Edit {
		return edit.Edit{Start: at(sub, n), End: at(sub, n) + len(sub)}
	}
	imports := at("\t\"fmt\"", 1)
	fields := func(n int) int { return at("struct{", n) + len("struct{") }
	for _, tt := range []struct {
		name  string
		fixes [][]edit.Edit
		want  []bool
	}{
		{"apart", [][]edit.Edit{{insert(fields(1), "\n\tn int\n")}, {insert(fields(2), "\n\tn int\n")}}, []bool{true, true}},
		{"overlapping", [][]edit.Edit{{cut("fmt.Println(time.Now())", 1)}, {cut("time.Now()", 1)}}, []bool{true, false}},
		{"the last uses of an import", [][]edit.Edit{{cut("time.Now()", 1)}, {cut("time.Now()", 2)}}, []bool{true, false}},
		{"one import for both", [][]edit.Edit{
			{insert(imports, "\t\"context\"\n"), insert(fields(1), "\n\tc context.Context\n")},
			{insert(imports, "\t\"context\"\n"), insert(fields(2), "\n\tc context.Context\n")},
		}, []bool{true, true}},
		{"equal imports with another between them", [][]edit.Edit{
			{insert(imports, "\t\"context\"\n"), insert(fields(1), "\n\tc context.Context\n")},
			{insert(imports, "\t\"bytes\"\n"), insert(fields(1), "\n\tb bytes.Buffer\n")},
			{insert(imports, "\t\"context\"\n"), insert(fields(2), "\n\tc context.Context\n")},
		}, []bool{true, true, false}},
		{"what is no Go", [][]edit.Edit{{insert(0, "}")}, {insert(fields(1), "\n\tn int\n")}}, []bool{false, true}},
	} {
		fset := token.NewFileSet()
		tok := fset.AddFile("p.go", -1, len(source))
		f := &file{tok: tok, source: &edit.Source{Content: []byte(source), Imports: map[string]string{"fmt": "fmt", "time": "time"}}}
		for i, edits := range tt.fixes {
			var fix analysis.SuggestedFix
			for _, e := range edits {
				fix.TextEdits = append(fix.TextEdits, analysis.TextEdit{Pos: tok.Pos(e.Start), End: tok.Pos(e.End), NewText: []byte(e.New)})
			}
			if got := f.take(fset, fix); got != tt.want[i] {
				t.Errorf("%s: fix %d is offered: %v, want %v", tt.name, i+1, got, tt.want[i])
			}
		}
	}
}

// TestHeeded has what golangci-lint reads of a comment, which is less than the
// analyzer does.
func TestHeeded(t *testing.T) {
	for comment, want := range map[string]bool{
		"//nolint":                               true,
		"// nolint":                              true,
		"//nolint all of it":                     true,
		"//nolint:all":                           true,
		"//nolint:emitcheck":                     true,
		"//nolint:errcheck,EmitCheck // it ends": true,
		"//nolint:errcheck":                      false,
		"//nolint:emitcheck it ends":             false,
		"//nolint// it ends":                     false,
		"//nolints":                              false,
	} {
		if got := heeded(comment); got != want {
			t.Errorf("%s: %v, want %v", comment, got, want)
		}
	}
}
