package corpus

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// write makes a module of one package.
func write(t *testing.T, source string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module m\n\ngo 1.26\n", "p/p.go": source} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestWantsAreReadAsAnalysistestReadsThem(t *testing.T) {
	dir := write(t, `package p

var a = 1 // want "one" `+"`t[wo]+`"+`
var b = 1 //emitcheck:ignore x // want "three"
var c = 1 /* want "four" */
var d = 1 // we want "nothing"
`)
	wants, err := Wants(dir, "./...")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, w := range wants {
		got = append(got, Finding{w.File, w.Line, w.Message.String()}.String())
	}
	want := []string{"p/p.go:3: one", "p/p.go:3: t[wo]+", "p/p.go:4: three", "p/p.go:5: four"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWantsRefusesWhatItCannotRead(t *testing.T) {
	for _, mark := range []string{"// want", `// want f:"a fact"`, `// want +1 "below"`, `// want "(`, `// want "("`} {
		if wants, err := Wants(write(t, "package p\n\nvar a = 1 "+mark+"\n"), "./..."); err == nil {
			t.Errorf("%s is taken for %v", mark, wants)
		}
	}
}

func TestCompareTellsWhatIsMissingAndWhatIsTooMuch(t *testing.T) {
	wants, err := Wants(write(t, "package p\n\nvar a = 1 // want `on[e]` `one`\n"), "./...")
	if err != nil {
		t.Fatal(err)
	}
	one := Finding{"p/p.go", 3, "one"}
	for _, tt := range []struct {
		name  string
		found []Finding
		wrong []string
	}{
		{"all", []Finding{one, one}, nil},
		{"one of two", []Finding{one}, []string{"p/p.go:3: nothing found that matches one"}},
		{"three for two", []Finding{one, one, one}, []string{"p/p.go:3: one: no mark"}},
		{"another line", []Finding{one, one, {"p/p.go", 4, "one"}}, []string{"p/p.go:4: one: no mark"}},
		{"another message", []Finding{one, {"p/p.go", 3, "two"}}, []string{"nothing found that matches one", "two: no mark"}},
	} {
		wrong := Compare(tt.found, wants)
		ok := len(wrong) == len(tt.wrong)
		for i := range wrong {
			ok = ok && strings.Contains(wrong[i], tt.wrong[i])
		}
		if !ok {
			t.Errorf("%s: got %q, want %q", tt.name, wrong, tt.wrong)
		}
	}
}

func TestDifferencesCountsWhatIsSaidTwice(t *testing.T) {
	one := Finding{"p/p.go", 3, "one"}
	if wrong := Differences("a", []Finding{one}, "b", []Finding{one}); wrong != nil {
		t.Errorf("equal: %q", wrong)
	}
	wrong := Differences("a", []Finding{one, one}, "b", []Finding{one, {"p/p.go", 4, "two"}})
	if want := []string{"only a says p/p.go:3: one", "only b says p/p.go:4: two"}; !slices.Equal(wrong, want) {
		t.Errorf("got %q, want %q", wrong, want)
	}
}

func TestParseKeepsWhatIsNoFinding(t *testing.T) {
	found, rest := Parse([]byte("# corpus/p\n./p/p.go:3:1: it says: so\np/q.go:4: b\nemitcheck: 2 findings\n"))
	if want := []Finding{{"p/p.go", 3, "it says: so"}, {"p/q.go", 4, "b"}}; !slices.Equal(found, want) {
		t.Errorf("found %v, want %v", found, want)
	}
	if want := []string{"# corpus/p", "emitcheck: 2 findings"}; !slices.Equal(rest, want) {
		t.Errorf("the rest is %q, want %q", rest, want)
	}
}

func TestMergedHasEachPatternOnceUnderItsSettings(t *testing.T) {
	merged := Merged(Groups)
	var patterns, all []string
	for i, m := range merged {
		patterns = append(patterns, m.Patterns...)
		for _, o := range merged[:i] {
			if o.Rules == m.Rules && o.Contracts == m.Contracts {
				t.Errorf("two groups for the rules %q and contracts %q", m.Rules, m.Contracts)
			}
		}
	}
	for _, g := range Groups {
		all = append(all, g.Patterns...)
	}
	slices.Sort(patterns)
	slices.Sort(all)
	if !slices.Equal(patterns, all) {
		t.Errorf("merged are %q, want %q", patterns, all)
	}
}
