package main

import (
	"bytes"
	"go/format"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emitcheck/emitcheck/internal/corpus"
)

// TestFixDrivers fixes two copies of the corpus, one by the command and one by go
// vet: the same comes of both. Left out are the corpus's packages on built-in
// contracts, for go vet would compile all that these import, and those with
// directives that cannot be carried out, for the command fixes nothing then.
func TestFixDrivers(t *testing.T) {
	const testdata = "../../testdata"
	tool, err := exec.LookPath("emitcheck")
	if err != nil {
		t.Fatal(err)
	}
	listed, err := corpus.List(testdata, "./...")
	if err != nil {
		t.Fatal(err)
	}
	var pkgs []string
	for _, pkg := range listed {
		theme, _, _ := strings.Cut(strings.TrimPrefix(pkg.ImportPath, "corpus/"), "/")
		if theme != "contracts" && theme != "optional" && theme != "suppress" && theme != "handlertype" {
			pkgs = append(pkgs, pkg.ImportPath)
		}
	}
	original := t.TempDir()
	if err := corpus.Copy(original, testdata); err != nil {
		t.Fatal(err)
	}
	fixed := func(name string, args ...string) string {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(original)); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(name, append(args, pkgs...)...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOWORK=off")
		if out, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() != exitFindings {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		return dir
	}
	command := fixed(tool, "-fix", "-test", "-rules=all")
	vet := fixed("go", "vet", "-vettool="+tool, "-fix", "-emitcheck.rules=all")
	changed := 0
	err = filepath.WalkDir(command, func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" {
			return err
		}
		rel, err := filepath.Rel(command, name)
		if err != nil {
			return err
		}
		var texts [3][]byte
		for i, dir := range []string{command, vet, original} {
			if texts[i], err = os.ReadFile(filepath.Join(dir, rel)); err != nil {
				return err
			}
			texts[i] = asVetWrites(texts[i])
		}
		if !bytes.Equal(texts[0], texts[1]) {
			t.Errorf("%s: go vet -fix and emitcheck -fix make of it different things", rel)
		}
		if !bytes.Equal(texts[0], texts[2]) {
			changed++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files are fixed", changed)
}

// asVetWrites formats a file as go vet does that touches it: a file that is not
// gofmt's, or has other line ends, is left so by the command.
func asVetWrites(text []byte) []byte {
	if tidy, err := format.Source(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))); err == nil {
		return bytes.TrimPrefix(tidy, []byte("\ufeff"))
	}
	return text
}

// TestFixDiffs shows the corpus's fixes by go fix and by the command: as many of
// each line go and come. They need not be the same lines of equal ones, for the
// two find differences in different ways; that the outcome is the same,
// TestFixDrivers says.
func TestFixDiffs(t *testing.T) {
	const dir = "../../testdata"
	tool, err := exec.LookPath("emitcheck")
	if err != nil {
		t.Fatal(err)
	}
	patterns := []string{"./fastrtc/...", "./generator/...", "./resource/...", "./goroutine/...", "./blocking/...", "./lifecycle/..."}
	base, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	// changes returns, for each file of a diff, how often a line is added.
	changes := func(name string, args ...string) map[string]map[string]int {
		cmd := exec.Command(name, append(args, patterns...)...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOWORK=off")
		out, err := cmd.Output()
		if err != nil && cmd.ProcessState.ExitCode() != exitFindings {
			t.Fatalf("%s: %v", name, err)
		}
		files := make(map[string]map[string]int)
		file := ""
		for line := range strings.Lines(string(out)) {
			if rest, ok := strings.CutPrefix(line, "--- "); ok {
				file, _, _ = strings.Cut(strings.TrimSpace(rest), " ")
				file, _, _ = strings.Cut(file, "\t")
				file = strings.TrimPrefix(filepath.ToSlash(strings.TrimPrefix(file, base)), "/")
				files[file] = make(map[string]int)
				continue
			}
			switch {
			case strings.HasPrefix(line, "+++ "):
			case strings.HasPrefix(line, "+"):
				files[file][line[1:]]++
			case strings.HasPrefix(line, "-"):
				files[file][line[1:]]--
			}
		}
		for _, lines := range files {
			maps.DeleteFunc(lines, func(_ string, n int) bool { return n == 0 })
		}
		return files
	}
	command := changes(tool, "-diff", "-test", "-rules=all")
	goFix := changes("go", "fix", "-fixtool="+tool, "-emitcheck.rules=all", "-diff")
	if len(command) < 10 {
		t.Errorf("only %d files have a diff", len(command))
	}
	for file, lines := range command {
		if len(lines) == 0 || !maps.Equal(goFix[file], lines) {
			t.Errorf("%s: the command shows\n%v\ngo fix\n%v", file, lines, goFix[file])
		}
	}
	for file := range goFix {
		if command[file] == nil {
			t.Errorf("%s: only go fix shows a diff", file)
		}
	}
	t.Logf("%d files", len(command))
}
