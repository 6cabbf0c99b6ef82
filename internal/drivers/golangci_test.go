// Package drivers_test runs emitcheck in golangci-lint, which is too much to
// depend on for the module that is tested. All that is here is a test.
package drivers_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/emitcheck/emitcheck/analyzer/gclplugin"
	"github.com/emitcheck/emitcheck/internal/corpus"
	"github.com/emitcheck/emitcheck/internal/snippet"
	"go.yaml.in/yaml/v3"
)

const (
	testdata = "../../testdata"
	page     = "../../docs/ci.md"
)

// The programs that the tests run, built once.
var golangci, emitcheck string

func TestMain(m *testing.M) { os.Exit(testMain(m)) }

func testMain(m *testing.M) int {
	dir, err := os.MkdirTemp("", "drivers")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	golangci, emitcheck = filepath.Join(dir, "custom-gcl"), filepath.Join(dir, "emitcheck")
	for program, pkg := range map[string]string{golangci: "./cmd", emitcheck: "github.com/emitcheck/emitcheck/cmd/emitcheck"} {
		if out, err := exec.Command("go", "build", "-o", program, pkg).CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "building %s: %v\n%s", pkg, err, out)
			return 1
		}
	}
	os.Setenv("GOLANGCI_LINT_CACHE", filepath.Join(dir, "cache"))
	os.Setenv("GOWORK", "off")
	return m.Run()
}

// settings returns the settings of the page, with the rules that are asked for.
func settings(t *testing.T, rules string) string {
	t.Helper()
	text, err := snippet.Read(page, "golangci")
	if err != nil {
		t.Fatal(err)
	}
	// Of golangci-lint's own linters, none here.
	with := strings.Replace(text, "linters:\n", "linters:\n  default: none\n", 1)
	if rules != "" {
		with = strings.Replace(with, "rules: [default]", "rules: ["+rules+"]", 1)
		if !strings.Contains(with, "["+rules+"]") {
			t.Fatalf("%s sets no rules", page)
		}
	}
	return with
}

// groupSettings returns the settings of the page, with those of a group.
func groupSettings(t *testing.T, g corpus.Group) string {
	t.Helper()
	text := settings(t, g.Rules)
	if g.Contracts == "" {
		return text
	}
	with := regexp.MustCompile(`(?m)^( *)rules: .*$`).ReplaceAllString(text, "$0\n${1}contracts: \""+g.Contracts+`"`)
	if with == text {
		t.Fatalf("%s sets no rules", page)
	}
	return with
}

// run runs golangci-lint in a directory, and returns what it writes and its exit
// status.
func run(t *testing.T, dir, settings string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "golangci.yml")
	if err := os.WriteFile(file, []byte(settings), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(golangci, append([]string{
		"run", "--config", file, "--path-mode", "abs",
		"--output.text.print-issued-lines=false", "--output.text.colors=false", "--show-stats=false",
	}, args...)...)
	cmd.Dir = dir
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(out.String(), abs+string(filepath.Separator), ""), errs.String(), cmd.ProcessState.ExitCode()
}

// findings reads what golangci-lint has found; it names the linter behind each
// message.
func findings(t *testing.T, stdout string) []corpus.Finding {
	t.Helper()
	found, rest := corpus.Parse([]byte(stdout))
	if len(rest) > 0 {
		t.Errorf("golangci-lint says\n%s", strings.Join(rest, "\n"))
	}
	for i := range found {
		message, ok := strings.CutSuffix(found[i].Message, " (emitcheck)")
		if !ok {
			t.Errorf("%s: another linter's", found[i])
		}
		found[i].Message = message
	}
	return found
}

// TestGolangciFindsWhatTheMarksSay holds the plugin to the corpus's marks, and to
// the command, word for word.
func TestGolangciFindsWhatTheMarksSay(t *testing.T) {
	for _, g := range corpus.Merged(corpus.Groups) {
		t.Run(g.Name, func(t *testing.T) {
			stdout, stderr, _ := run(t, testdata, groupSettings(t, g), g.Patterns...)
			found := findings(t, stdout)
			if len(found) == 0 {
				t.Fatalf("nothing found\n%s", stderr)
			}
			wants, err := corpus.Wants(testdata, g.Patterns...)
			if err != nil {
				t.Fatal(err)
			}
			for _, wrong := range corpus.Compare(found, wants) {
				t.Error(wrong)
			}
			args := []string{"-test", "-rules=" + g.Rules, "-contracts=" + g.Contracts}
			cmd := exec.Command(emitcheck, append(args, g.Patterns...)...)
			cmd.Dir = testdata
			out, _ := cmd.CombinedOutput() // its status says that there are findings
			command, _ := corpus.Parse(out)
			for _, wrong := range corpus.Differences("golangci-lint", found, "the command", command) {
				t.Error(wrong)
			}
			t.Logf("%d findings", len(found))
		})
	}
}

// TestGolangciLimits has golangci-lint's own limits but for the number of all
// findings: what is found on a line of its own is not hidden for its words.
func TestGolangciLimits(t *testing.T) {
	all, _, _ := run(t, testdata, settings(t, ""), "./goroutine/...", "./chain/...")
	limited := regexp.MustCompile(`(?m)^  (max-same-issues|uniq-by-line):.*\n`).ReplaceAllString(settings(t, ""), "")
	some, _, _ := run(t, testdata, limited, "./goroutine/...", "./chain/...")
	lines := func(found []corpus.Finding) []string {
		var places []string
		for _, f := range found {
			places = append(places, fmt.Sprintf("%s:%d", f.File, f.Line))
		}
		slices.Sort(places)
		return slices.Compact(places)
	}
	a, b := lines(findings(t, all)), lines(findings(t, some))
	if len(a) < 50 || !slices.Equal(a, b) {
		t.Errorf("%d lines have findings, and %d with golangci-lint's limits", len(a), len(b))
	}
}

// TestGolangciRefusesWrongSettings has settings that are misspelt: golangci-lint
// fails, and says which.
func TestGolangciRefusesWrongSettings(t *testing.T) {
	for _, tt := range []struct{ from, to, want string }{
		{"rules: [default]", "rule: [default]", `settings: unknown key "rule": want some of rules, hot, start, stop, contracts`},
		{"rules: [default]", "rules: [defualt]", `unknown rule "defualt"`},
		{"rules: [default]", "hot: {Emit: true}", `settings: hot: `},
	} {
		stdout, stderr, status := run(t, testdata, strings.Replace(settings(t, ""), tt.from, tt.to, 1), "./fastrtc/...")
		if status == 0 || status == 1 || !strings.Contains(stderr, tt.want) || strings.Contains(stderr, "goroutine 1") {
			t.Errorf("%s: status %d, want a failure that says %s:\n%s%s", tt.to, status, tt.want, stdout, stderr)
		}
	}
}

// TestGolangciSeesOtherSettings has the settings changed between two runs that
// share a cache.
func TestGolangciSeesOtherSettings(t *testing.T) {
	few, _, _ := run(t, testdata, settings(t, "emit-resource"), "./fastrtc/...")
	more, _, _ := run(t, testdata, settings(t, "all"), "./fastrtc/...")
	if a, b := len(findings(t, few)), len(findings(t, more)); a != 2 || b <= a {
		t.Errorf("%d findings, and then %d", a, b)
	}
}

// module writes a module of one file.
func module(t *testing.T, source string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module m\n\ngo 1.26\n", "m.go": source} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestGolangciNolint has comments that silence something, and one that does not.
// nolintlint calls that one alone unused; on line 8 it wants the form that
// golangci-lint reads.
func TestGolangciNolint(t *testing.T) {
	dir := module(t, `// Package m has a handler.
package m

type H struct{}

func (h *H) Emit() int {
	go h.run() //nolint:emitcheck // it ends at once
	go h.run() //nolint:emitcheck it ends at once
	h.helper()
	h.tick() //nolint:emitcheck // there is nothing to silence
	//nolint:emitcheck // on a line of its own
	go func() {
		h.run()
	}()
	go h.run()
	return 0
}

func (h *H) helper() {
	go h.run() //nolint:emitcheck // for all callers
}

func (h *H) run()  {}
func (h *H) tick() {}
func (h *H) Stop() {}
`)
	with := strings.Replace(settings(t, ""), "    - emitcheck\n", "    - emitcheck\n    - nolintlint\n", 1)
	stdout, stderr, _ := run(t, dir, with, "./...")
	var got []string
	found, rest := corpus.Parse([]byte(stdout))
	for _, f := range found {
		got = append(got, fmt.Sprintf("%d %s", f.Line, f.Message[strings.LastIndex(f.Message, "("):]))
	}
	slices.Sort(got)
	if want := []string{"10 (nolintlint)", "15 (emitcheck)", "8 (nolintlint)"}; !slices.Equal(got, want) || len(rest) > 0 {
		t.Errorf("found on lines %q, want %q\n%s%s", got, want, stdout, stderr)
	}
}

// TestGolangciCache has the same module looked at by the same program, by one
// that differs in a byte, and with another setting: what is kept of the first
// run serves the second alone. A custom golangci-lint has a version, made of its
// plugins' versions, in place of the program's hash.
func TestGolangciCache(t *testing.T) {
	t.Setenv("GOLANGCI_LINT_CACHE", t.TempDir())
	t.Setenv("GL_DEBUG", "goanalysis/issues/cache")
	dir := module(t, "package m\n\ntype H struct{}\n\nfunc (h *H) Emit() int { go h.run(); return 0 }\nfunc (h *H) run() {}\nfunc (h *H) Stop() {}\n")
	program, err := os.ReadFile(golangci)
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "custom-gcl")
	if err := os.WriteFile(other, append(program, 0), 0o777); err != nil {
		t.Fatal(err)
	}
	defer func(before string) { golangci = before }(golangci)
	for _, step := range []struct{ what, program, rules, analysed string }{
		{"at first", golangci, "", "1/1"},
		{"again", golangci, "", "0/1"},
		{"with another setting", golangci, "all", "1/1"},
		{"with another program", other, "", "1/1"},
	} {
		golangci = step.program
		stdout, stderr, _ := run(t, dir, settings(t, step.rules), "./...")
		if !strings.Contains(stderr, "analyzing "+step.analysed+" packages") || len(findings(t, stdout)) != 1 {
			t.Errorf("%s: want one finding, and %s packages analysed\n%s%s", step.what, step.analysed, stdout, stderr)
		}
	}
}

// TestGolangciFix applies the fixes to a copy of the corpus: it compiles as
// before, what was fixed is found no more, and files that no fix was offered for
// are as they were.
func TestGolangciFix(t *testing.T) {
	dir := t.TempDir()
	if err := corpus.Copy(dir, testdata); err != nil {
		t.Fatal(err)
	}
	patterns := []string{"./fastrtc/...", "./fix/behaviour/...", "./fix/drive/...", "./goroutine/...", "./generator/...", "./resource/...", "./lifecycle/..."}
	before, _, _ := run(t, dir, settings(t, "all"), patterns...)
	left, stderr, _ := run(t, dir, settings(t, "all"), append([]string{"--fix"}, patterns...)...)
	if strings.Contains(stderr, "level=error") || strings.Contains(stderr, "panic") {
		t.Errorf("golangci-lint says\n%s", stderr)
	}
	changed := 0
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		was, err := os.ReadFile(filepath.Join(testdata, rel))
		if err != nil {
			return err
		}
		is, err := os.ReadFile(name)
		if !bytes.Equal(was, is) {
			changed++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if changed < 20 {
		t.Errorf("only %d files are changed", changed)
	}
	build := exec.Command("go", append([]string{"vet"}, patterns...)...)
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		// What vet itself has to say of the corpus is not the fixes' doing.
		var wrong []string
		for line := range strings.Lines(string(out)) {
			if strings.HasPrefix(line, "vet: ") || strings.Contains(line, "[build failed]") {
				wrong = append(wrong, line)
			}
		}
		if len(wrong) > 0 {
			t.Errorf("it does not compile any more:\n%s", strings.Join(wrong, ""))
		}
	}
	a, b := findings(t, before), findings(t, left)
	t.Logf("%d findings, %d left; %d files changed", len(a), len(b), changed)
	if len(b) >= len(a) {
		t.Errorf("%d findings, and %d after the fixes", len(a), len(b))
	}
	again, _, _ := run(t, dir, settings(t, "all"), patterns...)
	if len(findings(t, again)) >= len(a) {
		t.Errorf("a second run finds %d, the first %d", len(findings(t, again)), len(a))
	}
}

// TestCustomConfiguration reads the page's .custom-gcl.yml: what it names is what
// the tests put together.
func TestCustomConfiguration(t *testing.T) {
	text, err := snippet.Read(page, "custom-gcl")
	if err != nil {
		t.Fatal(err)
	}
	var conf struct {
		Version string
		Plugins []struct{ Module, Import, Version string }
	}
	dec := yaml.NewDecoder(strings.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&conf); err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mod), "github.com/golangci/golangci-lint/v2 "+conf.Version+"\n") {
		t.Errorf("the page has golangci-lint %s, go.mod another", conf.Version)
	}
	plugins, err := os.ReadFile("cmd/plugins.go")
	if err != nil {
		t.Fatal(err)
	}
	if len(conf.Plugins) != 1 || !strings.Contains(string(plugins), `"`+conf.Plugins[0].Import+`"`) || !strings.HasPrefix(conf.Plugins[0].Import, conf.Plugins[0].Module) {
		t.Errorf("the page has %+v, the tests have\n%s", conf.Plugins, plugins)
	}
	if _, err := gclplugin.New(nil); err != nil {
		t.Error(err)
	}
}

// TestContractSettings reads the settings that the page on contracts shows: the
// plugin takes them.
func TestContractSettings(t *testing.T) {
	text, err := snippet.Read("../../docs/contracts.md", "contracts-golangci")
	if err != nil {
		t.Fatal(err)
	}
	var conf struct {
		Linters struct {
			Settings struct {
				Custom map[string]struct{ Settings map[string]any }
			}
		}
	}
	if err := yaml.Unmarshal([]byte(text), &conf); err != nil {
		t.Fatal(err)
	}
	shown := conf.Linters.Settings.Custom["emitcheck"].Settings
	if len(shown) != 2 {
		t.Fatalf("the page shows %v, want contracts and hot", shown)
	}
	if _, err := gclplugin.New(shown); err != nil {
		t.Error(err)
	}
}
