package analyzer_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/emitcheck/emitcheck/analyzer"
	"github.com/emitcheck/emitcheck/internal/edit"
	"github.com/emitcheck/emitcheck/internal/section"
)

// fixPage is the page on fixes. What is between its markers is generated.
const fixPage = "../docs/fixes.md"

// shown are the cases that the page shows before and after the fix, by the name
// of the section.
var shown = map[string]string{
	"goroutine":       "owncontext",
	"goroutine-quit":  "quit",
	"runtime-handler": "session",
	"channel":         "channel",
	"pull":            "pull",
	"sequence":        "seq",
	"ticker":          "ticker",
	"timer":           "after",
	"client":          "client",
	"connection":      "dial",
	"file":            "file",
	"no-stop":         "nostop",
	"two-files":       "elsewhere",
}

// checkPage holds the generated sections of the page to the golden files and to
// the corpus.
func checkPage(t *testing.T, run *analysed) {
	sections := map[string]string{"fixes-corpus": fixTable(run)}
	for name, dir := range shown {
		sections[name] = beforeAndAfter(t, filepath.Join(corpus, "fix", "behaviour", dir))
	}
	if os.Getenv("EMITCHECK_UPDATE") != "" {
		if err := section.Rewrite(fixPage, sections); err != nil {
			t.Fatal(err)
		}
		return
	}
	page, err := os.ReadFile(fixPage)
	if err != nil {
		t.Fatal(err)
	}
	wanted := filepath.Join(t.TempDir(), "fixes.md")
	if err := os.WriteFile(wanted, page, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := section.Rewrite(wanted, sections); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(wanted)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(page, want) {
		diff := (&edit.Plan{Files: []edit.File{{Name: "docs/fixes.md", Before: page, After: want}}}).Diff(func(name string) string { return name })
		t.Errorf("docs/fixes.md is not what the golden files and the corpus say (EMITCHECK_UPDATE=1 rewrites it):\n%s", diff)
	}
}

var markOfPage = regexp.MustCompile(`(?m)[ \t]*// (want|silent:?) .*$`)

// beforeAndAfter returns what the fix does to a case, as a diff.
func beforeAndAfter(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"+golden))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(files)
	plan := new(edit.Plan)
	for _, f := range files {
		name := strings.TrimSuffix(f, golden)
		before, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		after, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		plan.Files = append(plan.Files, edit.File{Name: name, Before: markOfPage.ReplaceAll(before, nil), After: markOfPage.ReplaceAll(after, nil)})
	}
	if len(files) == 0 {
		return "No fix yet.\n"
	}
	return "```diff\n" + string(plan.Diff(filepath.Base)) + "```\n"
}

// fixTable counts the findings of the corpus with and without a fix, by rule,
// and the reasons of those without.
func fixTable(run *analysed) string {
	type count struct{ found, fixed int }
	byRule := make(map[string]*count)
	var all, aim count
	reasons := make(map[string]int)
	examples := make(map[string]string)
	for _, f := range run.findings {
		n := byRule[f.Rule]
		if n == nil {
			n = new(count)
			byRule[f.Rule] = n
		}
		for _, n := range []*count{n, &all, &aim} {
			if n == &aim && !slices.Contains([]string{"emit-goroutine", "emit-channel", "emit-generator", "emit-resource"}, f.Rule) {
				continue
			}
			n.found++
			if f.Fixed {
				n.fixed++
			}
		}
		if !f.Fixed {
			why := reason(&f.Finding)
			reasons[why]++
			if old := examples[why]; old == "" || f.Unfixed < old {
				examples[why] = f.Unfixed
			}
		}
	}
	var b strings.Builder
	row := func(name string, n *count) {
		share := "-"
		if n.found > 0 {
			share = fmt.Sprintf("%d %%", n.fixed*100/n.found)
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %s |\n", name, n.found, n.fixed, share)
	}
	b.WriteString("| rule | findings | with a fix | |\n|---|---|---|---|\n")
	for _, r := range analyzer.Rules {
		if n := byRule[r.Name]; n != nil {
			row(r.Name, n)
		}
	}
	row("goroutines, channels, generators, resources", &aim)
	row("all", &all)
	b.WriteString("\n| without a fix, because | findings | for example |\n|---|---|---|\n")
	var whys []string
	for why := range reasons {
		whys = append(whys, why)
	}
	slices.SortFunc(whys, func(a, b string) int {
		if reasons[a] != reasons[b] {
			return reasons[b] - reasons[a]
		}
		return strings.Compare(a, b)
	})
	for _, why := range whys {
		fmt.Fprintf(&b, "| %s | %d | %s |\n", why, reasons[why], strings.ReplaceAll(examples[why], "|", `\|`))
	}
	return b.String()
}

// reason is the sort of reason why there is no fix.
func reason(f *analyzer.Finding) string {
	if f.Obstacle == "" {
		return "no reason given"
	}
	return f.Obstacle
}
