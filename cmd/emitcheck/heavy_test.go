package main

import (
	"bytes"
	"testing"

	"github.com/emitcheck/emitcheck/internal/corpus"
)

// TestCommandFindsWhatTheMarksSayInLibrariesTooBigToCompile runs the cases that
// only the command has: it compiles nothing, and needs no C library.
func TestCommandFindsWhatTheMarksSayInLibrariesTooBigToCompile(t *testing.T) {
	const dir = "../../testdata/heavy"
	t.Setenv("GOWORK", "off")
	t.Setenv("CGO_ENABLED", "0")
	for _, g := range corpus.Heavy {
		t.Run(g.Name, func(t *testing.T) {
			if g.GOOS != "" {
				t.Setenv("GOOS", g.GOOS)
			}
			wants, err := corpus.Wants(dir, g.Patterns...)
			if err != nil {
				t.Fatal(err)
			}
			var stdout, stderr bytes.Buffer
			args := append([]string{"-C", dir, "-contracts=" + g.Contracts}, g.Patterns...)
			if code := run(args, &stdout, &stderr); code != exitFindings || stderr.Len() > 0 {
				t.Fatalf("exit status %d, want %d\n%s", code, exitFindings, &stderr)
			}
			found, _ := corpus.Parse(stdout.Bytes())
			for _, wrong := range corpus.Compare(found, wants) {
				t.Error(wrong)
			}
			if len(found) == 0 {
				t.Error("no findings")
			}
		})
	}
}

// TestOptionalContractsAreOff fails when a group that is off by default reports
// what nobody asked for.
func TestOptionalContractsAreOff(t *testing.T) {
	t.Setenv("GOWORK", "off")
	t.Setenv("CGO_ENABLED", "0")
	var stdout, stderr bytes.Buffer
	if code := run([]string{"-C", "../../testdata/heavy", "./controller/...", "./ui/bubbletea/..."}, &stdout, &stderr); code != exitClean {
		t.Errorf("exit status %d, want %d\n%s%s", code, exitClean, &stdout, &stderr)
	}
}
