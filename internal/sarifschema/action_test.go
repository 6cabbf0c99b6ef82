package sarifschema_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// An action is what GitHub reads from action.yml, as far as a composite action
// has it.
type action struct {
	Name, Description string
	Branding          map[string]string
	Inputs            map[string]struct {
		Description, Default string
	}
	Outputs map[string]struct {
		Description, Value string
	}
	Runs struct {
		Using string
		Steps []step
	}
}

type step struct {
	ID, If, Uses, Shell, Run string
	Env, With                map[string]string
}

func readAction(t *testing.T) *action {
	t.Helper()
	a := new(action)
	decodeYAML(t, filepath.Join(repository, "action.yml"), a)
	return a
}

func decodeYAML(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	dec := yaml.NewDecoder(strings.NewReader(string(data)))
	dec.KnownFields(true)
	if err := dec.Decode(into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

var expression = regexp.MustCompile(`\b(inputs|steps)\.([\w.-]+)`)

// TestActionNames fails when the action asks for an input, a step or an output
// that there is not, and when nothing asks for an input.
func TestActionNames(t *testing.T) {
	a := readAction(t)
	if a.Runs.Using != "composite" {
		t.Errorf("it runs using %s", a.Runs.Using)
	}
	script, err := os.ReadFile(filepath.Join(repository, ".github-action", "run.sh"))
	if err != nil {
		t.Fatal(err)
	}
	used := make(map[string]bool)
	look := func(where, text string) {
		for _, m := range expression.FindAllStringSubmatch(text, -1) {
			if m[1] == "inputs" {
				used[m[2]] = true
				if _, ok := a.Inputs[m[2]]; !ok {
					t.Errorf("%s: there is no input %s", where, m[2])
				}
				continue
			}
			output, ok := strings.CutPrefix(m[2], a.Runs.Steps[0].ID+".outputs.")
			if !ok || !strings.Contains(string(script), `echo "`+output+`=`) {
				t.Errorf("%s: there is no steps.%s", where, m[2])
			}
		}
	}
	for name, out := range a.Outputs {
		look("output "+name, out.Value)
	}
	for _, s := range a.Runs.Steps {
		look("if", s.If)
		if expression.MatchString(s.Run) {
			t.Errorf("%q: an expression in a script is code: hand it over in env", s.Run)
		}
		for name, value := range s.With {
			look(name, value)
		}
		for name, value := range s.Env {
			look(name, value)
			if !strings.Contains(string(script), "${"+name) {
				t.Errorf("run.sh does not look at %s", name)
			}
		}
		if (s.Run == "") == (s.Uses == "") || s.Run != "" && s.Shell == "" {
			t.Errorf("step %+v: want a shell and what it runs, or an action", s)
		}
	}
	for name, in := range a.Inputs {
		if !used[name] || in.Description == "" {
			t.Errorf("input %s: used %v, description %q", name, used[name], in.Description)
		}
	}
}

// job carries out the action as a runner does, but for the upload: it returns
// what the steps print, whether they pass, and what the first one gives out.
func (a *action) job(t *testing.T, workspace string, with map[string]string) (log string, passes, uploads bool, outputs map[string]string) {
	t.Helper()
	root, err := filepath.Abs(repository)
	if err != nil {
		t.Fatal(err)
	}
	outputs = make(map[string]string)
	value := func(text string) string {
		return regexp.MustCompile(`\$\{\{ *(\S+) *\}\}`).ReplaceAllStringFunc(text, func(e string) string {
			return a.value(strings.TrimSpace(e[3:len(e)-2]), with, outputs)
		})
	}
	for _, s := range a.Runs.Steps {
		if s.If != "" && !a.holds(t, s.If, with, outputs) {
			continue
		}
		if s.Uses != "" {
			uploads = true
			if name := value(s.With["sarif_file"]); !exists(name) {
				t.Errorf("there is no %s to upload", name)
			}
			continue
		}
		temporary := t.TempDir()
		output := filepath.Join(temporary, "output")
		cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", s.Run)
		cmd.Dir = workspace
		cmd.Env = append(os.Environ(), "GITHUB_ACTION_PATH="+root, "GITHUB_WORKSPACE="+workspace, "RUNNER_TEMP="+temporary, "GITHUB_OUTPUT="+output, "CI=true")
		for name, text := range s.Env {
			cmd.Env = append(cmd.Env, name+"="+value(text))
		}
		out, err := cmd.CombinedOutput()
		log += string(out)
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		if data, err := os.ReadFile(output); err == nil {
			for line := range strings.Lines(string(data)) {
				name, text, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
				outputs[name] = text
			}
		}
		if err != nil {
			return log, false, uploads, outputs
		}
	}
	return log, true, uploads, outputs
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// value returns what an expression is: a literal, an input or an output.
func (a *action) value(expr string, with, outputs map[string]string) string {
	if text, ok := strings.CutPrefix(expr, "'"); ok {
		return strings.TrimSuffix(text, "'")
	}
	if name, ok := strings.CutPrefix(expr, "inputs."); ok {
		if given, ok := with[name]; ok {
			return given
		}
		return a.Inputs[name].Default
	}
	return outputs[expr[strings.LastIndex(expr, ".")+1:]]
}

// holds evaluates the conditions that there are: equations, joined by &&.
func (a *action) holds(t *testing.T, cond string, with, outputs map[string]string) bool {
	for equation := range strings.SplitSeq(cond, " && ") {
		left, right, ok := strings.Cut(equation, " == ")
		if !ok {
			t.Fatalf("the test does not understand %q", cond)
		}
		if a.value(left, with, outputs) != a.value(right, with, outputs) {
			return false
		}
	}
	return true
}

const (
	found = `package p

type H struct{}

func (H) Start() {}

func (H) Emit() int {
	go println()
	return 0
}

func (H) Stop() {}
`
	clean = "package p\n"
)

func TestAction(t *testing.T) {
	workspace := t.TempDir()
	for name, text := range map[string]string{
		".git/HEAD":        "",
		"mod a/go.mod":     "module example.com/a\n\ngo 1.26\n",
		"mod a/p.go":       found,
		"mod a/clean/p.go": clean,
		"mod a/lazy/p.go":  strings.Replace(found, "go println()", "if o == 0 {\n\t\to = 1\n\t\tgo println()\n\t}", 1) + "\nvar o int\n",
		"clean/go.mod":     "module example.com/clean\n\ngo 1.26\n",
		"clean/p.go":       clean,
		"broken/go.mod":    "module example.com/broken\n\ngo 1.26\n",
		"broken/p.go":      "package p\n\nvar x int = y\n",
		"directive/go.mod": "module example.com/directive\n\ngo 1.26\n",
		"directive/d.go":   "package p\n\n//emitcheck:ignore nothing there is no such rule\nvar x int\n",
	} {
		name = filepath.Join(workspace, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	a := readAction(t)
	const annotation = "::warning file=mod a/p.go,line=8,"
	for _, tt := range []struct {
		name            string
		with            map[string]string
		passes, uploads bool
		status          string
		says            []string // in the log; what begins with ! must not be
	}{
		{"findings", map[string]string{"working-directory": "mod a"}, false, false, "1",
			[]string{annotation, "::group::all findings\n::stop-commands::", "\np.go:8:2: Emit starts", "\n::endgroup::\n"}},
		{"upload", map[string]string{"working-directory": "mod a", "upload-sarif": "true"}, false, true, "1", []string{annotation}},
		{"tolerant", map[string]string{"working-directory": "mod a", "upload-sarif": "true", "fail-on-findings": "false"}, true, true, "1", []string{annotation}},
		{"packages", map[string]string{"working-directory": "mod a", "packages": " ./clean\n\t. ./clean "}, false, false, "1", []string{annotation}},
		{"a package", map[string]string{"working-directory": "mod a", "packages": "./clean"}, true, false, "0", []string{"!::warning", "!::group"}},
		{"flags", map[string]string{"working-directory": "mod a", "packages": "./clean", "flags": "-test\n\n-hot=Process, Handle\n"}, true, false, "0", nil},
		{"no rules", map[string]string{"working-directory": "mod a", "flags": "-rules=lazy-start", "packages": "."}, true, false, "0", []string{"!::warning"}},
		{"a wrong flag", map[string]string{"working-directory": "mod a", "flags": "-nosuch"}, false, false, "", []string{"provided but not defined: -nosuch", "::error title=emitcheck::"}},
		{"clean", map[string]string{"working-directory": "clean", "upload-sarif": "true"}, true, true, "0", []string{"!::warning", "!::error"}},
		{"does not compile", map[string]string{"working-directory": "broken", "upload-sarif": "true", "fail-on-findings": "false"}, false, false, "",
			[]string{"undefined: y", "::error title=emitcheck::"}},
		{"a wrong directive", map[string]string{"working-directory": "directive", "upload-sarif": "true", "fail-on-findings": "false"}, false, false, "",
			[]string{"::error file=directive/d.go,line=3,", "\nd.go:3:1: "}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			log, passes, uploads, outputs := a.job(t, workspace, tt.with)
			if passes != tt.passes || uploads != tt.uploads || outputs["status"] != tt.status {
				t.Errorf("passes %v, uploads %v, status %s; want %v, %v, %s\n%s", passes, uploads, outputs["status"], tt.passes, tt.uploads, tt.status, log)
			}
			for _, text := range tt.says {
				text, not := strings.CutPrefix(text, "!")
				if strings.Contains(log, text) == not {
					t.Errorf("is %q in the log: %v, want the opposite\n%s", text, not, log)
				}
			}
		})
	}
}

// A hook is what pre-commit reads from .pre-commit-hooks.yaml.
type hook struct {
	ID, Name, Description, Entry, Language string
	Types, Args                            []string
	PassFilenames                          *bool `yaml:"pass_filenames"`
}

// TestHook installs the hook as pre-commit does, by go install ./..., and runs
// its entry.
func TestHook(t *testing.T) {
	var hooks []hook
	decodeYAML(t, filepath.Join(repository, ".pre-commit-hooks.yaml"), &hooks)
	if len(hooks) != 1 || hooks[0].ID != "emitcheck" || hooks[0].Language != "golang" || hooks[0].PassFilenames == nil || *hooks[0].PassFilenames {
		t.Fatalf("hooks %+v", hooks)
	}
	bin, dir := t.TempDir(), t.TempDir()
	install := exec.Command("go", "install", "./...")
	install.Dir = repository
	install.Env = append(os.Environ(), "GOBIN="+bin)
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("go install: %v\n%s", err, out)
	}
	for name, text := range map[string]string{"go.mod": "module example.com/m\n\ngo 1.26\n", "p.go": found} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	args := append(strings.Fields(hooks[0].Entry), hooks[0].Args...)
	cmd := exec.Command(filepath.Join(bin, args[0]), args[1:]...)
	cmd.Dir = dir
	out, _ := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 1 || !strings.HasPrefix(string(out), "p.go:8:2: Emit starts") {
		t.Errorf("%s: exit status %d\n%s", strings.Join(args, " "), cmd.ProcessState.ExitCode(), out)
	}
}
