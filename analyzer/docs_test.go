package analyzer

import (
	"fmt"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/emitcheck/emitcheck/analyzer/internal/contract"
	"github.com/emitcheck/emitcheck/docs"
	"github.com/emitcheck/emitcheck/internal/section"
)

// These tests hold the documentation to the code. Where one fails, the code is
// right and the page is to be changed, unless the change of the code was a
// mistake; tables are printed as they should be.

const (
	repository   = ".."
	cases        = "../testdata"
	ruleExamples = "rules" // in cases
)

// TestEveryRuleHasItsPageAndEveryPageItsRule fails when a rule is added without
// its page and examples, or goes and leaves them behind.
func TestEveryRuleHasItsPageAndEveryPageItsRule(t *testing.T) {
	var rules []string
	for _, r := range Rules {
		rules = append(rules, r.Name)
	}
	slices.Sort(rules)
	for _, place := range []struct{ dir, suffix string }{
		{filepath.Join(repository, "docs", "rules"), ".md"},
		{filepath.Join(cases, ruleExamples), ""},
	} {
		entries, err := os.ReadDir(place.dir)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range entries {
			name, ok := strings.CutSuffix(e.Name(), place.suffix)
			if !ok {
				t.Errorf("%s: unexpected file %s", place.dir, e.Name())
			}
			names = append(names, name)
		}
		if !slices.Equal(names, rules) {
			t.Errorf("%s has %v, the rules are %v", place.dir, names, rules)
		}
	}
}

var sections = []string{"What it finds", "Why", "Bad example", "Good example", "When it is silent", "How to suppress"}

// TestRulePagesSayWhatTheRuleTableSays fails when a page's title or first
// sentence differs from the table, when a section is missing, and when a line
// is too long for a terminal.
func TestRulePagesSayWhatTheRuleTableSays(t *testing.T) {
	for _, r := range Rules {
		t.Run(r.Name, func(t *testing.T) {
			page := rulePage(t, r.Name)
			says := []rune(r.Says + ".")
			says[0] = unicode.ToUpper(says[0])
			head := "# " + r.Name + "\n" + string(says) + "\n"
			if !strings.HasPrefix(page, head) {
				t.Errorf("the page begins with\n%q\nwant\n%q", page[:min(len(page), len(head))], head)
			}
			var got []string
			for _, line := range outsideCode(page) {
				if title, ok := strings.CutPrefix(line, "## "); ok {
					got = append(got, title)
				}
			}
			if !slices.Equal(got, sections) {
				t.Errorf("sections %q, want %q", got, sections)
			}
			for i, line := range strings.Split(page, "\n") {
				if width := len([]rune(strings.ReplaceAll(line, "\t", "        "))); width >= 100 {
					t.Errorf("line %d is %d columns wide, want less than 100", i+1, width)
				}
			}
			if !strings.Contains(page, "//emitcheck:ignore "+r.Name+" ") {
				t.Errorf("the page shows no //emitcheck:ignore %s", r.Name)
			}
		})
	}
}

// TestRulePagesShowTheTestedExamples fails when the code on a rule's page is
// not what lies in testdata/rules, or when the analyzer does not report there
// what the marks and the page say.
func TestRulePagesShowTheTestedExamples(t *testing.T) {
	dir, err := filepath.Abs(cases)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range Rules {
		t.Run(r.Name, func(t *testing.T) {
			page := rulePage(t, r.Name)
			for _, example := range []struct{ section, file string }{{"Bad example", "bad.go"}, {"Good example", "good.go"}} {
				got := blocks(page, example.section, "go")
				want := unmarked(t, filepath.Join(dir, ruleExamples, r.Name, example.file))
				if len(got) != 1 || got[0] != want {
					t.Errorf("%s: the page shows\n%s\nthe tested example is\n%s", example.section, strings.Join(got, "\n---\n"), want)
				}
			}

			settings := Settings{}
			if !r.Default {
				settings.Rules = "all"
			}
			found := findings(t, settings, dir, ruleExamples+"/"+r.Name)
			shown := strings.Join(blocks(page, "Bad example", "text"), "")
			// The page wraps the messages.
			if got, want := strings.Fields(shown), strings.Fields(strings.Join(found, "\n")); !slices.Equal(got, want) {
				t.Errorf("the page shows\n%s\nthe analyzer says\n%s", shown, strings.Join(found, "\n"))
			}
			if len(found) == 0 || !strings.HasSuffix(found[0], "("+r.Name+")") {
				t.Errorf("the bad example is no finding of the rule: %q", found)
			}
			for _, f := range found {
				if !strings.HasPrefix(f, "bad.go:") {
					t.Errorf("a finding outside of bad.go: %s", f)
				}
			}
		})
	}
}

// TestDocsShowTheCutTable fails when the table of what is reported, in the
// pages of the rules it holds for and in architecture.md, is not that of the
// code.
func TestDocsShowTheCutTable(t *testing.T) {
	var rows [][]string
	for _, rate := range []contract.Rate{contract.Frame, contract.Record, contract.Batch} {
		cut := cuts[rate]
		weights := "leak, cost"
		if cut.leaks {
			weights = "leak"
		}
		rows = append(rows, []string{rate.String(), cut.ownBody.String(), cut.through[0].String(), cut.through[1].String(), cut.through[2].String(), weights})
	}
	want := table([]string{"rate", "own body", "same package", "same project", "another project", "weights"}, rows)
	pages := map[string]string{"docs/architecture.md": read(t, "docs/architecture.md")}
	for _, name := range []string{"emit-goroutine", "emit-channel", "emit-generator", "emit-resource"} {
		pages[name] = rulePage(t, name)
	}
	for name, page := range pages {
		if !strings.Contains(squeezed(page), want) {
			t.Errorf("%s does not hold the table\n%s", name, want)
		}
	}
}

// TestReadmeRuleTableIsTheRuleTable fails when the README's list of rules
// differs from the code's.
func TestReadmeRuleTableIsTheRuleTable(t *testing.T) {
	var rows [][]string
	for _, r := range Rules {
		on := "off"
		if r.Default {
			on = "on"
		}
		rows = append(rows, []string{"[" + r.Name + "](docs/rules/" + r.Name + ".md)", r.Says, on})
	}
	want := table([]string{"rule", "says", "default"}, rows)
	readme := read(t, "README.md")
	_, rest, ok := strings.Cut(readme, "<!-- rules -->\n")
	got, _, ok2 := strings.Cut(rest, "<!-- /rules -->")
	if !ok || !ok2 {
		t.Fatal("README.md has no <!-- rules --> … <!-- /rules -->")
	}
	if squeezed(got) != want {
		t.Errorf("README.md has\n%s\nwant\n%s", got, want)
	}
}

// TestReadmeNumbersAreThoseOfRealCode fails when the README and docs/real-code.md
// were not written by the same run of internal/realcode and internal/recall.
func TestReadmeNumbersAreThoseOfRealCode(t *testing.T) {
	readme, page := read(t, "README.md"), read(t, "docs/real-code.md")
	for _, name := range []string{"realcode:summary", "recall:summary"} {
		between := func(text string) string {
			_, rest, _ := strings.Cut(text, "<!-- "+name+" -->\n")
			body, _, _ := strings.Cut(rest, "<!-- /"+name+" -->")
			return strings.TrimSpace(body)
		}
		if got, want := between(readme), between(page); got != want || got == "" {
			t.Errorf("%s: the README has\n%s\nbut docs/real-code.md\n%s", name, got, want)
		}
	}
}

// TestReadmeShowsWhatTheToolPrints fails when the findings or the code that the
// README shows are not those of the bundled handlers.
func TestReadmeShowsWhatTheToolPrints(t *testing.T) {
	dir, err := filepath.Abs(cases)
	if err != nil {
		t.Fatal(err)
	}
	readme := read(t, "README.md")
	const example = "fastrtc"
	// What the command prints, package main's tests hold to this file.
	prints := mark.ReplaceAllString(read(t, "cmd/emitcheck/testdata/fastrtc.golden"), "")
	shown := blocks(readme, "", "text")
	if len(shown) == 0 {
		t.Error("README.md shows no finding")
	}
	for _, block := range shown {
		for _, finding := range regexp.MustCompile(`(?m)^\S.*\n(\t.*\n)*`).FindAllString(block, -1) {
			if !strings.Contains(prints, finding) {
				t.Errorf("README.md shows\n%s\nbut %s gives\n%s", finding, example, prints)
			}
		}
		if strings.HasPrefix(block, "\t") {
			t.Errorf("README.md shows no finding above\n%s", block)
		}
	}
	var source strings.Builder
	files, err := filepath.Glob(filepath.Join(dir, example, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		source.WriteString(unmarked(t, f))
	}
	for _, f := range []string{"runtime/example_migrating_test.go", "runtime/migrating_test.go"} {
		source.WriteString(read(t, f))
	}
	for _, block := range blocks(readme, "", "go") {
		if !strings.Contains(source.String(), block) {
			t.Errorf("README.md shows code that is neither in testdata/%s nor in the runtime's tests:\n%s", example, block)
		}
	}
}

// TestContractsPageIsTheContractTable fails when the tables of docs/contracts.md
// differ from the built-in contracts. With EMITCHECK_UPDATE=1 it writes them.
func TestContractsPageIsTheContractTable(t *testing.T) {
	names := func(list []string) string {
		if len(list) == 0 {
			return "-"
		}
		return strings.Join(list, ", ")
	}
	onOff := map[bool]string{true: "on", false: "off"}
	var groups, rows [][]string
	for _, g := range contract.Groups {
		groups = append(groups, []string{g.Name, g.Says, onOff[g.Default]})
	}
	var sentences strings.Builder
	for _, c := range Contracts() {
		typ, with, ok := strings.Cut(c.Type, " with ")
		typ = "`" + typ + "`"
		if ok {
			typ += " with " + with
		}
		hot := names(c.Hot)
		if c.Loop != "" {
			hot += ": the loop over " + c.Loop + "()"
		}
		if c.Kinds != nil {
			hot += ": " + names(c.Kinds) + " alone"
		}
		rows = append(rows, []string{c.Name, c.Group, typ, hot, names(c.Start), names(c.Stop), c.Rate})
		fmt.Fprintf(&sentences, "- %s: “%s” ([source](%s))\n", c.Name, c.Sentence, c.URL)
	}
	wants := map[string]string{
		"contracts:groups":    table([]string{"group", "what it is", "default"}, groups),
		"contracts:table":     table([]string{"name", "group", "bound by", "hot", "start", "stop", "rate"}, rows),
		"contracts:sentences": sentences.String(),
	}
	if os.Getenv("EMITCHECK_UPDATE") != "" {
		if err := section.Rewrite("../docs/contracts.md", wants); err != nil {
			t.Fatal(err)
		}
	}
	page := read(t, "docs/contracts.md")
	for name, want := range wants {
		if want = "<!-- " + name + " -->\n" + want + "<!-- /" + name + " -->"; !strings.Contains(page, want) {
			t.Errorf("docs/contracts.md does not hold the section\n%s\nrun go test ./analyzer -run ContractsPage with EMITCHECK_UPDATE=1", want)
		}
	}
}

// TestContractsPageExampleIsReportedAsItSays fails when the worked example of
// docs/contracts.md, an interface of one's own, gives another message.
func TestContractsPageExampleIsReportedAsItSays(t *testing.T) {
	page := read(t, "docs/contracts.md")
	code := blocks(page, "A contract for an interface of your own", "go")
	said := blocks(page, "A contract for an interface of your own", "")
	if len(code) != 4 || len(said) != 1 {
		t.Fatalf("the section has %d blocks of code and %d of output, want 4 and 1", len(code), len(said))
	}
	dir := t.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module example.com/audio\n\ngo 1.26\n")
	write("pipeline/pipeline.go", code[0]+code[3])
	const rest = "\nimport _ \"example.com/audio/pipeline\"\n\nfunc peak(frame []float32) float32 { return frame[0] }\n"
	message := regexp.QuoteMeta(strings.TrimSpace(said[0]))
	write("meter/meter.go", strings.Replace(code[1], "m.send(peak(frame))", "m.send(peak(frame)) // want `^"+message+"$`", 1))
	write("meter/peak.go", "package meter\n"+rest)
	write("fixed/meter.go", "package fixed\n\nimport \"context\"\n\n"+code[2])
	write("fixed/peak.go", "package fixed\n"+rest)
	write("meter/func.go", `package meter

import "example.com/audio/pipeline"

func handler(m *Meter) pipeline.HandlerFunc {
	return func(frame []float32) {
		go m.report(peak(frame)) // want "^HandlerFunc starts a goroutine on each call"
	}
}
`)
	analysistest.Run(t, dir, New(Settings{}), "./...")
}

var (
	link     = regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	codeSpan = regexp.MustCompile("`[^`\n]+`") // f[T](x) is no link there
)

// TestLinksBetweenPagesLeadSomewhere fails when a relative link of a page leads
// to no file.
func TestLinksBetweenPagesLeadSomewhere(t *testing.T) {
	pages := []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md"}
	err := filepath.WalkDir(filepath.Join(repository, "docs"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".md" {
			path, err = filepath.Rel(repository, path)
			pages = append(pages, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		text := codeSpan.ReplaceAllString(strings.Join(outsideCode(read(t, page)), "\n"), "code")
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(repository, filepath.Dir(page), filepath.FromSlash(m[1]))); err != nil {
				t.Errorf("%s: link to %s: %v", page, m[1], err)
			}
		}
	}
}

// findings returns what the analyzer reports on a folder of a module, as the
// command prints it in that folder, and holds it to the folder's marks.
func findings(t *testing.T, settings Settings, dir, folder string) []string {
	t.Helper()
	type line struct {
		token.Position
		message string
	}
	var lines []line
	for _, result := range analysistest.Run(t, dir, New(settings), "./"+folder) {
		for _, d := range result.Diagnostics {
			lines = append(lines, line{result.Pass.Fset.Position(d.Pos), d.Message})
		}
	}
	slices.SortFunc(lines, func(a, b line) int {
		if c := strings.Compare(a.Filename, b.Filename); c != 0 {
			return c
		}
		return a.Offset - b.Offset
	})
	var printed []string
	for _, l := range lines {
		printed = append(printed, fmt.Sprintf("%s:%d:%d: %s", filepath.Base(l.Filename), l.Line, l.Column, l.message))
	}
	return printed
}

func rulePage(t *testing.T, rule string) string {
	t.Helper()
	page, err := docs.Rule(rule)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var mark = regexp.MustCompile(`(?m)[ \t]*// (want|silent:?) .*$`)

// unmarked returns a case of the corpus without its marks.
func unmarked(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return mark.ReplaceAllString(string(text), "")
}

const fence = "```"

// outsideCode returns the lines of a page that are no code.
func outsideCode(page string) []string {
	var lines []string
	in := false
	for line := range strings.Lines(page) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, fence) {
			in = !in
		} else if !in {
			lines = append(lines, line)
		}
	}
	return lines
}

// blocks returns the fenced blocks of a language in a section of a page, or in
// all of it.
func blocks(page, section, lang string) []string {
	var found []string
	var title string
	var text *strings.Builder
	wanted := false
	for line := range strings.Lines(page) {
		switch rest, ok := strings.CutPrefix(strings.TrimSpace(line), fence); {
		case ok && text == nil:
			text = new(strings.Builder)
			wanted = rest == lang && (section == "" || title == section)
		case ok:
			if wanted {
				found = append(found, text.String())
			}
			text = nil
		case text != nil:
			text.WriteString(line)
		case strings.HasPrefix(line, "## "):
			title = strings.TrimSpace(strings.TrimPrefix(line, "## "))
		}
	}
	return found
}

// table renders a table as squeezed leaves it.
func table(head []string, rows [][]string) string {
	var b strings.Builder
	b.WriteString("| " + strings.Join(head, " | ") + " |\n")
	b.WriteString("|" + strings.Repeat("---|", len(head)) + "\n")
	for _, row := range rows {
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	return b.String()
}

var (
	padding = regexp.MustCompile(`[ \t]+`)
	ruler   = regexp.MustCompile(`(?m)^\|[-|]+\|$`)
	dashes  = regexp.MustCompile(`-+`)
)

// squeezed returns a page without the spaces and dashes that align its tables.
func squeezed(page string) string {
	page = ruler.ReplaceAllStringFunc(page, func(s string) string { return dashes.ReplaceAllString(s, "---") })
	return padding.ReplaceAllString(page, " ")
}
