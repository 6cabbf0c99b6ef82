package runtime_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/emitcheck/emitcheck/runtime"
	"github.com/emitcheck/emitcheck/runtime/handlertest"
)

func TestAssistant(t *testing.T) {
	handlertest.Run(t, func() runtime.Handler[Frame, Frame] { return NewAssistant(new(Model)) },
		handlertest.Inputs(func(session, n int) Frame {
			return Frame{Rate: 50, Samples: []int16{int16(session), int16(n)}}
		}))
}

func TestAssistantAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, conn := runtime.Pipe[Frame, Frame](8)
		ended := make(chan error, 1)
		go func() { ended <- newAssistantServer(new(Model)).Serve(t.Context(), conn) }()

		client.Send(t.Context(), Frame{Rate: 50, Samples: []int16{1}})
		for _, want := range []runtime.EventKind{runtime.EventMessage, runtime.EventFrame} {
			if e, err := client.Receive(t.Context()); err != nil || e.Kind != want {
				t.Errorf("received %v, %v; want an event of kind %v", e, err, want)
			}
		}
		client.Close() // it leaves in good order; Vanish breaks the connection
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// TestMigratingPageShowsTestedCode fails when Go code in docs/migrating.md is
// not, word for word, what a test or the corpus holds, and when the program that
// the page gives piece by piece does not compile.
func TestMigratingPageShowsTestedCode(t *testing.T) {
	page := readFile(t, "../docs/migrating.md")
	program := readFile(t, "example_migrating_test.go")
	tested := program + readFile(t, "migrating_test.go")
	corpus, err := filepath.Glob("../testdata/runtimehandler/*.go")
	if err != nil || len(corpus) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	mark := regexp.MustCompile(`(?m)[ \t]*// (want|silent:) .*$`)
	for _, name := range corpus {
		tested += mark.ReplaceAllString(readFile(t, name), "")
	}

	var main strings.Builder
	for _, m := range regexp.MustCompile("(?ms)^```go\n(.*?)^```$").FindAllStringSubmatch(page, -1) {
		switch block := m[1]; {
		case strings.HasPrefix(block, "package main\n"), strings.Contains(program, block):
			main.WriteString(block + "\n")
		case !strings.Contains(tested, block):
			t.Errorf("neither the tests nor the corpus hold this code of the page:\n%s", block)
		}
	}
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, []byte(main.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "vet", file).CombinedOutput(); err != nil {
		t.Errorf("the page's program: %v\n%s\n%s", err, out, main.String())
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
