package main

import (
	"bytes"
	"go/format"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestFixDrivers fixes two copies of the corpus, one by the command and one by go
// vet: the same comes of both. Left out are the corpus's packages on built-in
// contracts, for go vet would compile all that these import, and those with
// directives that cannot be carried out, for the command fixes nothing then.
func TestFixDrivers(t *testing.T) {
	const corpus = "../../testdata"
	tool, err := exec.LookPath("emitcheck")
	if err != nil {
		t.Fatal(err)
	}
	repository, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	list := exec.Command("go", "list", "./...")
	list.Dir = corpus
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var pkgs []string
	for pkg := range strings.FieldsSeq(string(out)) {
		theme, _, _ := strings.Cut(strings.TrimPrefix(pkg, "corpus/"), "/")
		if theme != "contracts" && theme != "suppress" && theme != "handlertype" {
			pkgs = append(pkgs, pkg)
		}
	}
	original := t.TempDir()
	if err := os.CopyFS(original, os.DirFS(corpus)); err != nil {
		t.Fatal(err)
	}
	mod := filepath.Join(original, "go.mod")
	data, err := os.ReadFile(mod)
	if err == nil {
		err = os.WriteFile(mod, bytes.Replace(data, []byte("=> ../\n"), []byte("=> "+repository+"\n"), 1), 0o666)
	}
	if err != nil {
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
