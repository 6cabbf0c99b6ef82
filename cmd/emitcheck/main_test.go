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

	"github.com/emitcheck/emitcheck/internal/corpus"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"emitcheck": main, "stub": stubMain, "cacheprog": cacheprogMain})
}

// TestScripts runs the command, as a program of its own, in the modules that
// the scripts hold. The modules need no network and no other module.
//
// The scripts have two commands more than testscript: "status N command args…"
// runs a command that must exit with status N, and "norules from to" copies a
// SARIF report without its rules, and without what depends on the machine. With EMITCHECK_UPDATE=1 in the
// environment, what the command writes replaces what the scripts compare it to.
func TestScripts(t *testing.T) {
	env := goEnv(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("EMITCHECK_UPDATE") != "",
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"status": status, "norules": noRules},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "cgo":
				return slices.Contains(env, "CGO_ENABLED=1"), nil
			case "root": // who may read and write everything
				return os.Geteuid() == 0, nil
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
	env := []string{"GOENV=off", "GOFLAGS=", "GOPROXY=off", "GOSUMDB=off", "GOTOOLCHAIN=local", "GO111MODULE=", "GOWORK=", "GITHUB_WORKSPACE="}
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
	cacheprog, err := exec.LookPath("cacheprog")
	if err != nil {
		t.Fatal(err)
	}
	return append(env, "EMITCHECK="+path, "STUB="+stub, "CACHEPROG="+cacheprog)
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

// noRules is the scripts' command norules.
func noRules(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: norules from to")
	}
	before, rest, ok1 := strings.Cut(ts.ReadFile(args[0]), ",\n          \"rules\": [\n")
	_, after, ok2 := strings.Cut(rest, "\n          ]")
	if !ok1 || !ok2 {
		ts.Fatalf("%s: no rules", args[0])
	}
	text := strings.NewReplacer(ts.Getenv("WORK"), "$WORK", `"version": "`+version()+`"`, `"version": "$VERSION"`).Replace(before + after)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o666))
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

// TestDriversFindWhatTheMarksSay runs the corpus through the command and through
// go vet, and holds both to the marks, and to each other word for word.
func TestDriversFindWhatTheMarksSay(t *testing.T) {
	const dir = "../../testdata"
	tool, err := exec.LookPath("emitcheck")
	if err != nil {
		t.Fatal(err)
	}
	found := func(name string, args ...string) []corpus.Finding {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOWORK=off")
		out, err := cmd.CombinedOutput()
		if err == nil {
			t.Fatalf("%s %s: nothing found", name, strings.Join(args, " "))
		}
		found, rest := corpus.Parse(out)
		for _, line := range rest {
			// A package's headline, the summing-up, the source below a finding.
			if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "emitcheck: ") && !strings.HasPrefix(line, "\t") {
				t.Errorf("%s says %s", name, line)
			}
		}
		return found
	}
	for _, g := range corpus.Merged(corpus.Groups) {
		t.Run(g.Name, func(t *testing.T) {
			wants, err := corpus.Wants(dir, g.Patterns...)
			if err != nil {
				t.Fatal(err)
			}
			command := found(tool, append([]string{"-test", "-rules=" + g.Rules, "-contracts=" + g.Contracts}, g.Patterns...)...)
			vet := found("go", append([]string{"vet", "-vettool=" + tool, "-emitcheck.rules=" + g.Rules, "-emitcheck.contracts=" + g.Contracts}, g.Patterns...)...)
			for _, wrong := range slices.Concat(corpus.Compare(command, wants), corpus.Compare(vet, wants), corpus.Differences("the command", command, "go vet", vet)) {
				t.Error(wrong)
			}
			t.Logf("%d findings", len(command))
		})
	}
}
