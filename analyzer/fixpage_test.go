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

	"github.com/emitcheck/emitcheck/analyzer/internal/hoist"
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
		sections[name] = beforeAndAfter(t, filepath.Join(testdata, "fix", "behaviour", dir))
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

// movable are the rules whose findings a fix may put right, and aimed those of
// what is moved.
var (
	aimed   = []string{"emit-goroutine", "emit-channel", "emit-generator", "emit-resource"}
	movable = append(slices.Clone(aimed), "emit-blocking")
)

// fixTable counts the findings of the corpus with and without a fix, by rule,
// and the reasons of those without.
func fixTable(run *analysed) string {
	type count struct{ found, fixed, meant int }
	counts := make(map[string]*count)
	reasons := make(map[string]int)
	examples := make(map[string]string)
	kinds := make(map[string]hoist.Kind)
	for _, k := range hoist.Kinds {
		kinds[k.Name] = k
	}
	for _, f := range run.findings {
		if !slices.Contains(movable, f.Rule) || strings.HasPrefix(f.pkg, "corpus/fix/") || strings.HasPrefix(f.pkg, "corpus/variants/") {
			continue // the cases made for fixes say nothing of how many there are
		}
		names := []string{f.Rule}
		if slices.Contains(aimed, f.Rule) {
			names = append(names, "aimed")
		}
		for _, name := range names {
			if counts[name] == nil {
				counts[name] = new(count)
			}
			n := counts[name]
			n.found++
			if f.Fixed {
				n.fixed++
			}
			if kinds[f.Obstacle].Meaning {
				n.meant++
			}
		}
		if !f.Fixed {
			reasons[f.Obstacle]++
			if old := examples[f.Obstacle]; old == "" || f.Unfixed < old {
				examples[f.Obstacle] = f.Unfixed
			}
		}
	}
	var b strings.Builder
	row := func(name string, n *count) {
		share := func(of int) string {
			if of == 0 {
				return "-"
			}
			return fmt.Sprintf("%d %%", n.fixed*100/of)
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %s | %d | %s |\n", name, n.found, n.fixed, share(n.found), n.meant, share(n.found-n.meant))
	}
	b.WriteString("| rule | findings | with a fix | | meant for each call | of the others |\n|---|---|---|---|---|---|\n")
	for _, r := range movable {
		if counts[r] != nil {
			row(r, counts[r])
		}
	}
	row("the first four", counts["aimed"])
	for _, part := range []struct {
		head  string
		meant bool
	}{
		{"meant for each call", true},
		{"not seen, or not done", false},
	} {
		fmt.Fprintf(&b, "\n| %s | findings | for example |\n|---|---|---|\n", part.head)
		for _, k := range hoist.Kinds {
			if n := reasons[k.Name]; n > 0 && k.Meaning == part.meant {
				fmt.Fprintf(&b, "| %s | %d | %s |\n", k.Says, n, strings.ReplaceAll(examples[k.Name], "|", `\|`))
			}
		}
	}
	return b.String()
}
