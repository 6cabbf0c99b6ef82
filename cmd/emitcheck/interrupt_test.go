//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Whenever -fix is interrupted, all files are fixed or none, and no temporary
// file is left. Which of it happens is chance; that the interrupt comes while
// files are written is seen from the first temporary ones.
func TestFixInterrupted(t *testing.T) {
	stub, err := exec.LookPath("stub") // testscript.Main put it there
	if err != nil {
		t.Fatal(err)
	}
	const files = 60
	before := func(i int) string { return fmt.Sprintf("package m\n\n//stub H: var x%d int\n", i) }
	after := func(i int) string { return fmt.Sprintf("package m\n\nvar x%d int\n", i) }
	name := func(dir string, i int) string { return filepath.Join(dir, fmt.Sprintf("f%02d.go", i)) }
	temporary := func(dir string) []string {
		found, err := filepath.Glob(filepath.Join(dir, ".emitcheck-*"))
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	refused := 0
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		for _, at := range []int{0, 1, files / 4, files / 2, files - 1} { // so many temporary files there are by then
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/m\n\ngo 1.26\n"), 0o666); err != nil {
				t.Fatal(err)
			}
			for i := range files {
				if err := os.WriteFile(name(dir, i), []byte(before(i)), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			cmd := exec.Command(stub, "-fix")
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "GOWORK=off")
			var output bytes.Buffer
			cmd.Stdout, cmd.Stderr = &output, &output
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			var result error
			for running := true; running; {
				select {
				case result = <-ended:
					running = false
				default:
					if len(temporary(dir)) < at {
						continue
					}
					cmd.Process.Signal(sig) // it may have ended
					result = <-ended
					running = false
				}
			}
			changed := 0
			for i := range files {
				text, err := os.ReadFile(name(dir, i))
				if err != nil {
					t.Fatal(err)
				}
				switch string(text) {
				case after(i):
					changed++
				case before(i):
				default:
					t.Fatalf("%v at %d: half of %s is written: %q", sig, at, name(dir, i), text)
				}
			}
			if left := temporary(dir); len(left) > 0 {
				t.Errorf("%v at %d: left are %q (%v)\n%s", sig, at, left, result, &output)
			}
			if changed != 0 && changed != files {
				t.Errorf("%v at %d: %d of %d files are fixed (%v)\n%s", sig, at, changed, files, result, &output)
			}
			if strings.Contains(output.String(), "interrupted; nothing was written") {
				refused++
				if code := cmd.ProcessState.ExitCode(); changed != 0 || code != exitFailed {
					t.Errorf("%v at %d: it says that nothing was written, but %d files are fixed, and the status is %d", sig, at, changed, code)
				}
			}
		}
	}
	t.Logf("%d were interrupted while files were written", refused)
}
