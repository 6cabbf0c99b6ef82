package sarifschema_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/emitcheck/emitcheck/internal/snippet"
	"go.yaml.in/yaml/v3"
)

// The pages whose examples are tested.
const (
	githubPage    = repository + "/docs/ci.md"
	gitlabPage    = repository + "/docs/ci.md"
	preCommitPage = repository + "/docs/ci.md"
)

// A workflow is what GitHub reads from a workflow file.
type workflow struct {
	Name        string
	On          []string
	Permissions map[string]string
	Jobs        map[string]struct {
		RunsOn string `yaml:"runs-on"`
		Steps  []step
	}
}

func example(t *testing.T, page, name string, into any) {
	t.Helper()
	text, err := snippet.Read(page, name)
	if err != nil {
		t.Fatal(err)
	}
	dec := yaml.NewDecoder(strings.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// TestActionExample fails when the page calls the action with inputs that it
// does not have, or when the page's table is not that of the action.
func TestActionExample(t *testing.T) {
	a := readAction(t)
	var w workflow
	example(t, githubPage, "github-action", &w)
	steps := w.Jobs["emitcheck"].Steps
	s := steps[len(steps)-1]
	if !strings.HasPrefix(s.Uses, "emitcheck/emitcheck@v") {
		t.Errorf("the last step uses %s", s.Uses)
	}
	for name := range s.With {
		if _, ok := a.Inputs[name]; !ok {
			t.Errorf("there is no input %s", name)
		}
	}
	page, err := os.ReadFile(githubPage)
	if err != nil {
		t.Fatal(err)
	}
	documented := make(map[string]bool)
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\|").FindAllStringSubmatch(string(page), -1) {
		documented[m[1]] = true
		if _, ok := a.Inputs[m[1]]; !ok {
			t.Errorf("the page has an input %s, the action has not", m[1])
		}
	}
	for name := range a.Inputs {
		if !documented[name] {
			t.Errorf("the page does not have the input %s", name)
		}
	}
	// It does what the page says, in a repository that has the baseline.
	dir := module(t)
	run(t, dir, "-rules=+lazy-start", "-baseline=.emitcheck.json", "./...")
	log, passes, uploads, _ := a.job(t, dir, s.With)
	if !passes || !uploads {
		t.Errorf("passes %v, uploads %v, want both\n%s", passes, uploads, log)
	}
}

// module writes a module with one finding.
func module(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module example.com/m\n\ngo 1.26\n", "sub/p.go": found, ".git": ""} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// script runs lines of a shell script, but for those that install something, and
// returns what they print and the exit status.
func script(t *testing.T, dir string, lines ...string) (string, int) {
	t.Helper()
	lines = slices.DeleteFunc(slices.Clone(lines), func(line string) bool {
		return strings.HasPrefix(line, "go install ") || strings.HasPrefix(line, "apt-get ")
	})
	cmd := exec.Command("bash", "-eo", "pipefail", "-c", strings.Join(lines, "\n"))
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CI=true", "PATH="+filepath.Dir(emitcheck)+string(filepath.ListSeparator)+os.Getenv("PATH"))
	out, _ := cmd.CombinedOutput()
	return string(out), cmd.ProcessState.ExitCode()
}

// TestWorkflowByHand runs what the workflow runs, and looks for the file that is
// uploaded.
func TestWorkflowByHand(t *testing.T) {
	var w workflow
	example(t, githubPage, "github-hand", &w)
	dir := module(t)
	var lines []string
	for _, s := range w.Jobs["emitcheck"].Steps {
		if s.Run != "" {
			lines = append(lines, s.Run)
		}
	}
	log, status := script(t, dir, lines...)
	if status != 1 || !strings.HasPrefix(log, "::warning file=sub/p.go,line=8,") {
		t.Errorf("exit status %d\n%s", status, log)
	}
	steps := w.Jobs["emitcheck"].Steps
	upload := steps[len(steps)-1]
	report, err := os.ReadFile(filepath.Join(dir, upload.With["sarif_file"]))
	if err != nil {
		t.Fatal(err)
	}
	if err := validate(t, schema(t), report); err != nil {
		t.Error(err)
	}
	if !strings.Contains(upload.If, "'"+upload.With["sarif_file"]+"'") {
		t.Errorf("the upload hangs on another file: %s", upload.If)
	}
}

// TestGitLab runs the script of the job, and looks at the report it makes.
func TestGitLab(t *testing.T) {
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("there is no jq here")
	}
	var config map[string]struct {
		Image     string
		Script    []string
		Artifacts struct {
			When    string
			Paths   []string
			Reports map[string]string
		}
	}
	example(t, gitlabPage, "gitlab", &config)
	job := config["emitcheck"]
	dir := module(t)
	log, status := script(t, dir, job.Script...)
	if status != 1 || !strings.Contains(log, "sub/p.go:8:2: Emit starts") {
		t.Errorf("exit status %d\n%s", status, log)
	}
	for _, name := range job.Artifacts.Paths {
		if !exists(filepath.Join(dir, name)) {
			t.Errorf("there is no %s", name)
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, job.Artifacts.Reports["codequality"]))
	if err != nil {
		t.Fatal(err)
	}
	var report []struct {
		Description string
		CheckName   string `json:"check_name"`
		Fingerprint string
		Severity    string
		Location    struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal(data, &report); err != nil {
		t.Fatal(err)
	}
	if len(report) != 1 {
		t.Fatalf("%d findings, want one:\n%s", len(report), data)
	}
	f := report[0]
	if f.CheckName != "emit-goroutine" || len(f.Fingerprint) != 64 || f.Severity != "major" || f.Location.Path != "sub/p.go" || f.Location.Lines.Begin != 8 || !strings.HasPrefix(f.Description, "Emit starts") {
		t.Errorf("%+v", f)
	}
	if err := os.WriteFile(filepath.Join(dir, "sub/p.go"), []byte(clean), 0o666); err != nil {
		t.Fatal(err)
	}
	if log, status := script(t, dir, job.Script...); status != 0 {
		t.Errorf("with nothing to find, exit status %d\n%s", status, log)
	}
}

// TestPreCommit fails when the example names a hook that there is not, or gives
// it arguments that emitcheck does not take.
func TestPreCommit(t *testing.T) {
	var config struct {
		Repos []struct {
			Repo, Rev string
			Hooks     []hook
		}
	}
	example(t, preCommitPage, "pre-commit", &config)
	var hooks []hook
	decodeYAML(t, filepath.Join(repository, ".pre-commit-hooks.yaml"), &hooks)
	used := config.Repos[0].Hooks[0]
	if used.ID != hooks[0].ID {
		t.Errorf("the example has the hook %s, there is %s", used.ID, hooks[0].ID)
	}
	stdout, status := run(t, module(t), append(hooks[0].Args, used.Args...)...)
	if status != 1 || !strings.HasPrefix(string(stdout), "sub/p.go:8:2: Emit starts") {
		t.Errorf("exit status %d\n%s", status, stdout)
	}
}
