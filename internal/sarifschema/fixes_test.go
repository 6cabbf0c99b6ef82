package sarifschema_test

import (
	"bytes"
	"cmp"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/emitcheck/emitcheck/internal/sarif"
)

// TestFixes carries out the fixes of a report on one copy of the corpus, and lets
// -fix do it on another: the same comes of both. Left out are packages with
// directives that are wrong, for -fix changes nothing then.
func TestFixes(t *testing.T) {
	original, fixed, ours := corpus(t), corpus(t), corpus(t)
	out, err := exec.Command("go", "-C", original, "list", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	args := []string{"-rules=all"}
	var pkgs []string
	for pkg := range strings.FieldsSeq(string(out)) {
		theme, _, _ := strings.Cut(strings.TrimPrefix(pkg, "corpus/"), "/")
		if theme != "suppress" && theme != "handlertype" {
			pkgs = append(pkgs, pkg)
		}
	}
	report, _ := run(t, ours, slices.Concat(args, []string{"-format=sarif"}, pkgs)...)
	run(t, fixed, slices.Concat(args, []string{"-fix"}, pkgs)...)

	r := only(t, report)
	changes := make(map[string][]sarif.Replacement)
	for _, result := range r.Results {
		for _, fix := range result.Fixes {
			for _, change := range fix.Changes {
				name := file(t, r, change.Artifact)
				changes[name] = append(changes[name], change.Replacements...)
			}
		}
	}
	same := 0
	err = filepath.WalkDir(original, func(name string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" {
			return err
		}
		rel, err := filepath.Rel(original, name)
		if err != nil {
			return err
		}
		before, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		want, err := os.ReadFile(filepath.Join(fixed, rel))
		if err != nil {
			return err
		}
		got := before
		if list := changes[filepath.Join(ours, rel)]; list != nil {
			got = replace(t, before, list)
		}
		switch {
		case !bytes.Equal(got, want):
			t.Errorf("%s: the report's fixes make\n%s\n-fix makes\n%s", rel, got, want)
		case !bytes.Equal(got, before):
			same++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files are fixed", same)
	if same < 20 {
		t.Error("hardly any file is fixed")
	}
}

// replace carries out replacements, equal ones once.
func replace(t *testing.T, text []byte, list []sarif.Replacement) []byte {
	t.Helper()
	type span struct {
		from, to int
		text     string
	}
	var spans []span
	for _, rep := range list {
		d := rep.Deleted
		s := span{offset(t, text, d.StartLine, d.StartColumn), offset(t, text, d.EndLine, d.EndColumn), rep.Inserted.Text}
		if !slices.Contains(spans, s) {
			spans = append(spans, s)
		}
	}
	slices.SortStableFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	var b bytes.Buffer
	at := 0
	for _, s := range spans {
		if s.from < at {
			t.Errorf("replacements overlap at byte %d", s.from)
			continue
		}
		b.Write(text[at:s.from])
		b.WriteString(s.text)
		at = s.to
	}
	b.Write(text[at:])
	return b.Bytes()
}

// offset returns the byte of a line and a column in UTF-16 units.
func offset(t *testing.T, text []byte, line, column int) int {
	t.Helper()
	at := 0
	for range line - 1 {
		at += bytes.IndexByte(text[at:], '\n') + 1
	}
	for i, c := range string(text[at:]) {
		if column <= 1 {
			return at + i
		}
		column -= utf16.RuneLen(c)
	}
	return len(text)
}
