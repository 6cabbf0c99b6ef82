package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/emitcheck/emitcheck/internal/realmod"
)

func TestModulesAndVerdictsOfTheRepository(t *testing.T) {
	modules, err := realmod.Read("modules.txt")
	if err != nil {
		t.Error(err)
	}
	if !slices.ContainsFunc(modules, func(m realmod.Module) bool { return m.CI }) {
		t.Error("no module is marked !ci")
	}
	seen := map[string]bool{}
	for _, m := range modules {
		if seen[m.Path] {
			t.Errorf("%s stands twice", m.Path) // findings are told apart by the module's path
		}
		seen[m.Path] = true
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

func TestTablesByContract(t *testing.T) {
	hot := func(contracts ...string) handler {
		h := handler{Name: "H"}
		for _, c := range contracts {
			h.Hot = append(h.Hot, struct{ Method, Contract string }{"M", c})
		}
		return h
	}
	at := func(module, contract string) finding {
		return finding{module: module, Rule: "emit-goroutine", File: "a.go", Handler: module + contract, Method: "M", Message: "m", Contract: contract}
	}
	v := func(module, contract, word string) verdict {
		return verdict{key{module, "emit-goroutine", "a.go", module + contract, "M", "m", 1}, word, "because"}
	}
	results := []result{
		{module: realmod.Module{Path: "a"}, Handlers: []handler{hot("collector-traces", "collector-logs"), hot("collector-traces"), hot("structure")}},
		{module: realmod.Module{Path: "b"}, Handlers: []handler{hot("collector-traces"), hot("zap-core")}},
	}
	findings := []finding{at("a", "collector-traces"), at("b", "collector-traces"), at("a", "structure"), at("b", "zap-core")}
	j := join(findings, []verdict{v("a", "collector-traces", "true"), v("b", "collector-traces", "false"), v("a", "structure", "true"),
		v("b", "zap-core", "false")}, func(verdict) bool { return true })

	row := func(table [][]string, name string) string {
		for _, r := range table {
			if r[0] == name {
				return strings.Join(r[1:], " ")
			}
		}
		return "no row"
	}
	contracts, groups, rules := j.contractTable(results), j.groupTable(results), j.ruleTable()
	for _, tt := range []struct {
		table [][]string
		name  string
		want  string
	}{
		// Group or default, modules, handlers, hot methods; findings, true, false, debatable, unjudged; precision twice.
		{contracts, "collector-traces", "telemetry 2 3 3 2 1 1 0 0 50 % 50 %"},
		{contracts, "collector-logs", "telemetry 1 1 1 0 0 0 0 0 – –"},
		{contracts, "structure", " 1 1 1 1 1 0 0 0 100 % 100 %"},
		{contracts, "zap-core", "log 1 1 1 1 0 1 0 0 0 % 0 %"},
		{groups, "telemetry", "on 2 3 4 2 1 1 0 0 50 % 50 %"},
		{groups, "structure and directive", "on 1 1 1 1 1 0 0 0 100 % 100 %"},
		{groups, "log", "off 1 1 1 1 0 1 0 0 0 % 0 %"},
		{groups, "all on by default", "on 2 4 5 3 2 1 0 0 66.6 % 66.6 %"},
		{groups, "all", " 2 5 6 4 2 2 0 0 50 % 50 %"},
		{rules, "emit-goroutine", "3 2 1 0 0 66.6 % 66.6 %"},
		{rules, "all", "3 2 1 0 0 66.6 % 66.6 %"},
	} {
		if got := row(tt.table, tt.name); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestResultsAreKept(t *testing.T) {
	modules, err := realmod.Parse("example.com/a@v1.0.0\nexample.com/a@v1.0.0 -./b\n")
	if err != nil {
		t.Fatal(err)
	}
	m := modules[0]
	r := &runner{cache: t.TempDir(), digest: "one"}
	made := result{Packages: 2, Findings: []finding{{Rule: "emit-channel", File: "a.go", Line: 3}}, Handlers: []handler{{Name: "H"}}}
	if err := r.keep(m, made); err != nil {
		t.Fatal(err)
	}
	got, ok := r.kept(m)
	if !ok || got.module.Path != m.Path || got.Packages != 2 || len(got.Findings) != 1 || got.Findings[0].Line != 3 || len(got.Handlers) != 1 {
		t.Errorf("%v, %+v", ok, got)
	}
	for name, other := range map[string]*runner{
		"another binary": {cache: r.cache, digest: "two"},
		"other rules":    {cache: r.cache, digest: "one", rules: "all"},
		"-fresh":         {cache: r.cache, digest: "one", fresh: true},
	} {
		if _, ok := other.kept(m); ok {
			t.Errorf("%s: the result is taken", name)
		}
	}
	if _, ok := r.kept(modules[1]); ok {
		t.Error("other packages: the result is taken")
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
