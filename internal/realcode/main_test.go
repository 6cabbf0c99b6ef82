package main

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/emitcheck/emitcheck/internal/realmod"
)

func TestModulesAndVerdictsOfTheRepository(t *testing.T) {
	if _, err := realmod.Read("modules.txt"); err != nil {
		t.Error(err)
	}
	if _, err := readVerdicts("verdicts.tsv"); err != nil {
		t.Error(err)
	}
}

func TestNormalize(t *testing.T) {
	const message = "Emit starts a goroutine: (*H).Emit →  spawn.Run (go statement at example.com/x@v1.2.3-0.2026/spawn.go:41:2); start it"
	const want = "Emit starts a goroutine: (*H).Emit → spawn.Run (go statement at example.com/x/spawn.go); start it"
	if got := normalize(message); got != want {
		t.Errorf("got %q", got)
	}
}

func TestJoin(t *testing.T) {
	f := func(line int, message string) finding {
		return finding{module: "m", Rule: "emit-goroutine", File: "a.go", Line: line, Handler: "H", Method: "Emit", Message: message}
	}
	v := func(message string, n int, word string) verdict {
		return verdict{key{"m", "emit-goroutine", "a.go", "H", "Emit", message, n}, word, "because"}
	}
	all := func(verdict) bool { return true }
	words := func(j *joined) (list []string) {
		for _, f := range j.findings {
			list = append(list, f.verdict.verdict)
		}
		return list
	}
	tests := []struct {
		name     string
		findings []finding
		verdicts []verdict
		ran      func(verdict) bool
		words    []string
		lost     int
		apart    int
	}{
		{"moved", []finding{f(99, "at x.go:7")}, []verdict{v("at x.go", 1, "true")}, all, []string{"true"}, 0, 0},
		{"new", []finding{f(1, "a")}, nil, all, []string{"?"}, 0, 0},
		{"lost", nil, []verdict{v("a", 1, "true")}, all, nil, 1, 0},
		{"not run", nil, []verdict{v("a", 1, "true")}, func(verdict) bool { return false }, nil, 0, 1},
		{"equal ones", []finding{f(1, "a"), f(2, "a")}, []verdict{v("a", 1, "true"), v("a", 2, "false")}, all,
			[]string{"true", "false"}, 0, 0},
		{"one of two equal ones gone", []finding{f(1, "a")}, []verdict{v("a", 1, "true"), v("a", 2, "false")}, all,
			[]string{"true"}, 1, 0},
		{"reworded", []finding{f(1, "b")}, []verdict{v("a", 1, "false")}, all, []string{"false"}, 0, 0},
		{"reworded, and one more", []finding{f(1, "b"), f(2, "c")}, []verdict{v("a", 1, "false")}, all,
			[]string{"?", "?"}, 1, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := join(tt.findings, tt.verdicts, tt.ran)
			if got := words(j); !slices.Equal(got, tt.words) || len(j.lost) != tt.lost || len(j.apart) != tt.apart {
				t.Errorf("verdicts %q, %d lost, %d apart; want %q, %d, %d", got, len(j.lost), len(j.apart), tt.words, tt.lost, tt.apart)
			}

			// What is written is read again, and then all that occurs is known.
			file := filepath.Join(t.TempDir(), "verdicts.tsv")
			if err := writeVerdicts(file, j.rows()); err != nil {
				t.Fatal(err)
			}
			rows, err := readVerdicts(file)
			if err != nil {
				t.Fatal(err)
			}
			again := join(tt.findings, rows, tt.ran)
			if got := words(again); !slices.Equal(got, tt.words) || len(again.lost) != tt.lost {
				t.Errorf("after writing: %q, %d lost", got, len(again.lost))
			}
			for _, f := range again.findings {
				if f.isNew || f.was != "" {
					t.Errorf("after writing: not known: %+v", f)
				}
			}
		})
	}
}

func TestParseVerdictsRefuses(t *testing.T) {
	const row = "m\tr\ta.go\tH\tEmit\tmsg\t1\t"
	for name, text := range map[string]string{
		"an unknown verdict":       row + "maybe\tx\n",
		"a verdict without reason": row + "true\t\n",
		"the same finding twice":   row + "true\tx\n" + row + "false\ty\n",
		"too few columns":          "m\tr\n",
	} {
		if _, err := parseVerdicts(header + text); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestAskedRules(t *testing.T) {
	for _, tt := range []struct {
		list, rule string
		want       bool
	}{
		{"", "emit-goroutine", true},
		{"", "lazy-start", false},
		{"all", "lazy-start", true},
		{"lazy-start", "lazy-start", true},
		{"lazy-start", "emit-goroutine", false},
		{"+lazy-start", "emit-goroutine", true},
		{"-stop-missing", "stop-missing", false},
		{"-stop-missing", "emit-goroutine", true},
	} {
		if got := askedRules(tt.list)(tt.rule); got != tt.want {
			t.Errorf("%q, %s: %v", tt.list, tt.rule, got)
		}
	}
}

func TestPrecision(t *testing.T) {
	var all tally
	for _, v := range []string{"true", "true", "true", "false", "debatable", "?"} {
		all.add(v)
	}
	if all.precision() != "75 %" || all.strict() != "60 %" {
		t.Errorf("%s, %s", all.precision(), all.strict())
	}
}
