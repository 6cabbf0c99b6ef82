package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"emitcheck": main, "stub": stubMain})
}

// TestScripts runs the command, as a program of its own, in the modules that
// the scripts hold. The modules need no network and no other module.
//
// The scripts have one command more than testscript: "status N command args…"
// runs a command that must exit with status N. With EMITCHECK_UPDATE=1 in the
// environment, what the command writes replaces what the scripts compare it to.
func TestScripts(t *testing.T) {
	env := goEnv(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("EMITCHECK_UPDATE") != "",
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"status": status},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "cgo":
				return slices.Contains(env, "CGO_ENABLED=1"), nil
			case "hoist": // the analyzer offers fixes
				var stdout bytes.Buffer
				run([]string{"-C", "../../testdata", "-format", "json", "./fastrtc"}, &stdout, io.Discard)
				return bytes.Contains(stdout.Bytes(), []byte(`"fix": true`)), nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
		Setup: func(e *testscript.Env) error {
			e.Vars = append(e.Vars, env...)
			home := filepath.Join(e.WorkDir, ".home")
			e.Setenv("HOME", home)
			e.Setenv("GOPATH", filepath.Join(home, "go"))
			return os.MkdirAll(home, 0o777)
		},
	})
}

// goEnv returns the environment of the scripts' go commands: the build cache is
// the one that runs the test, for what is compiled once need not be again; the
// rest does not depend on the machine.
func goEnv(t *testing.T) []string {
	out, err := exec.Command("go", "env", "-json", "GOCACHE", "CGO_ENABLED", "CC").Output()
	if err != nil {
		t.Fatalf("go env: %v", err)
	}
	var found map[string]string
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatalf("go env: %v", err)
	}
	env := []string{"GOENV=off", "GOFLAGS=", "GOPROXY=off", "GOSUMDB=off", "GOTOOLCHAIN=local", "GO111MODULE=", "GOWORK="}
	for name, value := range found {
		env = append(env, name+"="+value)
	}
	path, err := exec.LookPath("emitcheck") // testscript.Main put it there
	if err != nil {
		t.Fatal(err)
	}
	stub, err := exec.LookPath("stub")
	if err != nil {
		t.Fatal(err)
	}
	return append(env, "EMITCHECK="+path, "STUB="+stub)
}

// status is the scripts' command of that name.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command args...")
	}
	want, err := strconv.Atoi(args[0])
	if err != nil {
		ts.Fatalf("status: %v", err)
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%s: %v", args[1], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("%s: exit status %d, want %d", strings.Join(args[1:], " "), got, want)
	}
}

// TestExamples holds what the README's command prints to a golden file, which
// .ci/run compares as well.
func TestExamples(t *testing.T) {
	var stdout, stderr bytes.Buffer
	code := run([]string{"-C", "../../testdata", "./fastrtc"}, &stdout, &stderr)
	if code != exitFindings || stderr.Len() > 0 {
		t.Errorf("exit status %d, want %d\n%s", code, exitFindings, &stderr)
	}
	const golden = "testdata/fastrtc.golden"
	if os.Getenv("EMITCHECK_UPDATE") != "" {
		if err := os.WriteFile(golden, stdout.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(stdout.Bytes(), want) {
		t.Errorf("%s has\n%s\nbut found is\n%s", golden, want, &stdout)
	}
}

// TestDrivers runs the corpus through go vet and through the command: they say
// the same, word for word. The corpus's packages on built-in contracts are left
// out, for go vet would compile all that these import.
func TestDrivers(t *testing.T) {
	const corpus = "../../testdata"
	lines := func(name string, args ...string) []string {
		cmd := exec.Command(name, args...)
		cmd.Dir = corpus
		out, err := cmd.CombinedOutput()
		if err == nil {
			t.Fatalf("%s %s: nothing found", name, strings.Join(args, " "))
		}
		var found []string
		for line := range strings.Lines(string(out)) {
			if strings.HasPrefix(line, "#") || strings.HasPrefix(line, "emitcheck: ") || strings.HasPrefix(line, "\t") {
				continue // a package's headline, the summing-up, the source below a finding
			}
			found = append(found, strings.TrimPrefix(line, "./"))
		}
		slices.Sort(found)
		return found
	}
	list := exec.Command("go", "list", "./...")
	list.Dir = corpus
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var pkgs []string
	for pkg := range strings.FieldsSeq(string(out)) {
		if !strings.HasPrefix(pkg, "corpus/contracts/") {
			pkgs = append(pkgs, pkg)
		}
	}
	tool, err := exec.LookPath("emitcheck")
	if err != nil {
		t.Fatal(err)
	}
	command := lines(tool, append([]string{"-rules=all"}, pkgs...)...)
	vet := lines("go", append([]string{"vet", "-vettool=" + tool, "-emitcheck.rules=all"}, pkgs...)...)
	if len(command) < 300 {
		t.Errorf("the command finds only %d", len(command))
	}
	for _, line := range command {
		if !slices.Contains(vet, line) {
			t.Errorf("only the command says %s", line)
		}
	}
	for _, line := range vet {
		if !slices.Contains(command, line) {
			t.Errorf("only go vet says %s", line)
		}
	}
}
