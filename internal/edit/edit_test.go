package edit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// change is an edit by the text it replaces, the first of its kind in the file;
// with nothing to replace, it inserts before at.
type change struct{ file, old, new, at string }

func fixOf(t *testing.T, files map[string]string, name string, changes ...change) Fix {
	t.Helper()
	fix := Fix{Name: name}
	for _, c := range changes {
		text, ok := files[c.file]
		i := strings.Index(text, c.old+c.at)
		if !ok || i < 0 {
			t.Fatalf("%s has no %q", c.file, c.old+c.at)
		}
		fix.Edits = append(fix.Edits, Edit{c.file, i, i + len(c.old), c.new})
	}
	return fix
}

func reader(files map[string]string) func(string) (*Source, error) {
	return func(name string) (*Source, error) {
		if strings.HasPrefix(name, "vendor/") {
			return nil, &Unfit{name + " is not yours"}
		}
		text, ok := files[name]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return &Source{Content: []byte(text), Imports: map[string]string{"time": "time", "sync": "sync", "example.com/go-pool": "pool"}}, nil
	}
}

func TestMerge(t *testing.T) {
	type fixes map[string][]change // the names are in the order of the fixes
	for _, tt := range []struct {
		name    string
		files   map[string]string
		fixes   fixes
		want    map[string]string // the files that change
		dropped []string
		err     string
	}{
		{
			name:  "one",
			files: map[string]string{"a.go": "package a\n\nvar x int\n"},
			fixes: fixes{"A": {{"a.go", "x int", "y int", ""}}},
			want:  map[string]string{"a.go": "package a\n\nvar y int\n"},
		},
		{
			name:  "nothing changes",
			files: map[string]string{"a.go": "package a\n\nvar x int\n"},
			fixes: fixes{"A": {{"a.go", "x", "x", ""}}},
			want:  map[string]string{},
		},
		{
			name:  "a clean file stays clean",
			files: map[string]string{"a.go": "package a\n\nvar x int\n"},
			fixes: fixes{"A": {{"a.go", "", "type   T struct {a int; long string}\n", "var"}}},
			want:  map[string]string{"a.go": "package a\n\ntype T struct {\n\ta    int\n\tlong string\n}\n\nvar x int\n"},
		},
		{
			name:  "lines that are not clean stay as they are",
			files: map[string]string{"a.go": "package a\n\nvar   x int\n"},
			fixes: fixes{"A": {{"a.go", "", "var  y int\n", "var"}}},
			want:  map[string]string{"a.go": "package a\n\nvar  y int\nvar   x int\n"},
		},
		{
			name:  "equal edits are one",
			files: map[string]string{"a.go": "package a\n\nvar x int\n"},
			fixes: fixes{"A": {{"a.go", "", "import \"time\"\n\nvar _ = time.Now\n\n", "var"}}, "B": {{"a.go", "", "import \"time\"\n\nvar _ = time.Now\n\n", "var"}, {"a.go", "x", "y", ""}}},
			want:  map[string]string{"a.go": "package a\n\nimport \"time\"\n\nvar _ = time.Now\n\nvar y int\n"},
		},
		{
			name:  "insertions at one place follow one another",
			files: map[string]string{"a.go": "package a\n\nvar x int\n"},
			fixes: fixes{"A": {{"a.go", "", "var a int\n\n", "var"}}, "B": {{"a.go", "", "var b int\n\n", "var"}}},
			want:  map[string]string{"a.go": "package a\n\nvar a int\n\nvar b int\n\nvar x int\n"},
		},
		{
			name:    "what overlaps is dropped whole",
			files:   map[string]string{"a.go": "package a\n\nvar x int\n", "b.go": "package a\n\nvar b int\n"},
			fixes:   fixes{"A": {{"a.go", "x int", "y int", ""}}, "B": {{"a.go", "int", "string", ""}, {"b.go", "b", "c", ""}}, "C": {{"b.go", "b", "d", ""}}},
			want:    map[string]string{"a.go": "package a\n\nvar y int\n", "b.go": "package a\n\nvar d int\n"},
			dropped: []string{"B: it overlaps the fix of A; run again"},
		},
		{
			name:    "an insertion in what another replaces",
			files:   map[string]string{"a.go": "package a\n\nvar x int\n"},
			fixes:   fixes{"A": {{"a.go", "x int", "y int", ""}}, "B": {{"a.go", "", "*", "int"}}},
			want:    map[string]string{"a.go": "package a\n\nvar y int\n"},
			dropped: []string{"B: it overlaps the fix of A; run again"},
		},
		{
			name:    "what is Go alone but not together",
			files:   map[string]string{"a.go": "package a\n\nvar x int\n"},
			fixes:   fixes{"A": {{"a.go", "", "y ", "int"}, {"a.go", "x", "", ""}}, "B": {{"a.go", "int", "= 1", ""}}, "C": {{"a.go", "", ", z", " int"}, {"a.go", "", "", "x"}}},
			want:    map[string]string{"a.go": "package a\n\nvar y = 1\n"},
			dropped: []string{"C: it overlaps the fix of B; run again"},
		},
		{
			name:    "what is not to be edited",
			files:   map[string]string{"a.go": "package a\n\nvar x int\n", "vendor/v.go": "package v\n"},
			fixes:   fixes{"A": {{"a.go", "x", "y", ""}, {"vendor/v.go", "v", "w", ""}}},
			want:    map[string]string{},
			dropped: []string{"A: vendor/v.go is not yours"},
		},
		{
			name:  "a fix that is no Go",
			files: map[string]string{"a.go": "package a\n\nvar x int\n"},
			fixes: fixes{"A": {{"a.go", "x", "", ""}, {"a.go", "int", "", ""}}},
			err:   "the fix of A breaks a.go: 3:7: expected 'IDENT', found 'EOF'",
		},
		{
			name:  "an import that is lost",
			files: map[string]string{"a.go": "package a\n\nimport \"time\"\n\nvar x = time.Now\n"},
			fixes: fixes{"A": {{"a.go", "import \"time\"\n\n", "", ""}}},
			err:   "the fix of A breaks a.go: time is used, but no longer imported",
		},
		{
			name:    "an import that one takes away and another needs",
			files:   map[string]string{"a.go": "package a\n\nimport \"time\"\n\nvar x = time.Now\n\nvar y int\n"},
			fixes:   fixes{"A": {{"a.go", "import \"time\"\n\n", "", ""}, {"a.go", "time.Now", "1", ""}}, "B": {{"a.go", "int", "time.Time", ""}}},
			want:    map[string]string{"a.go": "package a\n\nvar x = 1\n\nvar y int\n"},
			dropped: []string{"B: it overlaps the fix of A; run again"},
		},
		{
			name:    "an import that two add",
			files:   map[string]string{"a.go": "package a\n\nvar   x, y int\n"},
			fixes:   fixes{"A": {{"a.go", "", "import \"time\"\n\n", "var"}, {"a.go", "x", "a, _", ""}}, "B": {{"a.go", "", "import \"time\"\nimport \"sync\"\n", "var"}}},
			want:    map[string]string{"a.go": "package a\n\nimport \"time\"\n\nvar   a, _, y int\n"},
			dropped: []string{"B: it overlaps the fix of A; run again"},
		},
		{
			name:  "an import that nobody uses any more",
			files: map[string]string{"a.go": "package a\n\nimport (\n\t\"time\"\n\n\t\"example.com/go-pool\"\n)\n\nvar x = pool.X\nvar y = pool.X\nvar z = time.Now\n"},
			fixes: fixes{"A": {{"a.go", "x = pool.X", "x = 1", ""}}, "B": {{"a.go", "y = pool.X", "y = 1", ""}}},
			want:  map[string]string{"a.go": "package a\n\nimport (\n\t\"time\"\n)\n\nvar x = 1\nvar y = 1\nvar z = time.Now\n"},
		},
		{
			name:  "the only import goes, its comment stays",
			files: map[string]string{"a.go": "package a\n\nimport \"time\" // for x\n\nvar x = time.Now\n", "b.go": "package a\n\nimport (\n\tt \"time\"\n)\n\nvar y = t.Now\n"},
			fixes: fixes{"A": {{"a.go", "time.Now", "1", ""}, {"b.go", "t.Now", "2", ""}}},
			want:  map[string]string{"a.go": "package a\n\n// for x\n\nvar x = 1\n", "b.go": "package a\n\nvar y = 2\n"},
		},
		{
			name:  "carriage returns and a byte order mark",
			files: map[string]string{"a.go": bom + "package a\r\n\r\nvar x int\r\n"},
			fixes: fixes{"A": {{"a.go", "", "type   T struct {a int; long string}\n", "var"}}},
			want:  map[string]string{"a.go": bom + "package a\r\n\r\ntype T struct {\r\n\ta    int\r\n\tlong string\r\n}\r\n\r\nvar x int\r\n"},
		},
		{
			name:  "mixed line ends",
			files: map[string]string{"a.go": "package a\r\n\r\nvar x int\n"},
			fixes: fixes{"A": {{"a.go", "", "var y int\n", "var"}}},
			want:  map[string]string{"a.go": "package a\r\n\r\nvar y int\r\nvar x int\n"},
		},
		{
			name:  "no last line end",
			files: map[string]string{"a.go": "package a\n\nvar x int"},
			fixes: fixes{"A": {{"a.go", "x", "y", ""}}},
			want:  map[string]string{"a.go": "package a\n\nvar y int"},
		},
		{
			name:  "a file that is not there",
			files: map[string]string{"a.go": "package a\n"},
			fixes: fixes{"A": {{"a.go", "", "", ""}}, "B": nil},
			want:  map[string]string{},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var fixes []Fix
			for _, name := range sortedKeys(tt.fixes) {
				fixes = append(fixes, fixOf(t, tt.files, name, tt.fixes[name]...))
			}
			// As the test variant of a package gives them once more.
			for _, again := range [][]Fix{fixes, append(slices.Clone(fixes), fixes...)} {
				plan, err := Merge(again, reader(tt.files))
				if err != nil || tt.err != "" {
					if err == nil || err.Error() != tt.err {
						t.Fatalf("error %v, want %s", err, tt.err)
					}
					return
				}
				var dropped []string
				for _, d := range plan.Dropped {
					if line := d.Fix + ": " + d.Reason; !slices.Contains(dropped, line) {
						dropped = append(dropped, line)
					}
				}
				if !slices.Equal(dropped, tt.dropped) {
					t.Errorf("dropped %q, want %q", dropped, tt.dropped)
				}
				if len(plan.Files) != len(tt.want) {
					t.Errorf("%d files change, want %d", len(plan.Files), len(tt.want))
				}
				for _, f := range plan.Files {
					if string(f.After) != tt.want[f.Name] {
						t.Errorf("%s:\n%q, want\n%q", f.Name, f.After, tt.want[f.Name])
					}
				}
			}
		})
	}
}

func TestMergeRefusesWrongEdits(t *testing.T) {
	files := map[string]string{"a.go": "package a\n"}
	for _, edits := range [][]Edit{
		{{"a.go", -1, 0, ""}},
		{{"a.go", 2, 1, ""}},
		{{"a.go", 0, 100, ""}},
		{{"a.go", 0, 5, "x"}, {"a.go", 4, 6, "y"}},
		{{"b.go", 0, 0, ""}},
	} {
		if plan, err := Merge([]Fix{{"A", edits}}, reader(files)); err == nil {
			t.Errorf("%v: no error, but %v", edits, plan)
		}
	}
}

func planFor(t *testing.T, dir string, files map[string]string) *Plan {
	t.Helper()
	plan := new(Plan)
	for _, name := range sortedKeys(files) {
		file := filepath.Join(dir, name)
		before := []byte("package old // " + name + "\n")
		if err := os.WriteFile(file, before, 0o640); err != nil {
			t.Fatal(err)
		}
		plan.Files = append(plan.Files, File{Name: file, Before: before, After: []byte(files[name])})
	}
	return plan
}

func listing(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			data = []byte(err.Error())
		}
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %v %s\n", e.Name(), info.Mode(), data)
	}
	return b.String()
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	plan := planFor(t, dir, map[string]string{"a.go": "package a\n", "b.go": "package b\n"})
	if err := plan.Write(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := listing(t, dir), "a.go -rw-r----- package a\n\nb.go -rw-r----- package b\n\n"; got != want && runtime.GOOS != "windows" {
		t.Errorf("written is\n%s, want\n%s", got, want)
	}
}

// What goes wrong leaves the files as they were, and nothing beside them.
func TestWriteAllOrNothing(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(t *testing.T, dir string) context.Context
		err   string
	}{
		{"changed", func(t *testing.T, dir string) context.Context {
			if err := os.WriteFile(filepath.Join(dir, "b.go"), []byte("package other\n"), 0o640); err != nil {
				t.Fatal(err)
			}
			return t.Context()
		}, "has changed since it was loaded"},
		{"read-only", func(t *testing.T, dir string) context.Context {
			if err := os.Chmod(filepath.Join(dir, "b.go"), 0o440); err != nil {
				t.Fatal(err)
			}
			return t.Context()
		}, "b.go is read-only; nothing was written"},
		{"gone", func(t *testing.T, dir string) context.Context {
			if err := os.Remove(filepath.Join(dir, "b.go")); err != nil {
				t.Fatal(err)
			}
			return t.Context()
		}, "b.go: "},
		{"interrupted", func(t *testing.T, dir string) context.Context {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			return ctx
		}, "interrupted; nothing was written"},
		{"a link to another", func(t *testing.T, dir string) context.Context {
			if err := os.Remove(filepath.Join(dir, "b.go")); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink("a.go", filepath.Join(dir, "b.go")); err != nil {
				t.Skip(err)
			}
			return t.Context()
		}, "are one file"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			plan := planFor(t, dir, map[string]string{"a.go": "package a\n", "b.go": "package b\n", "c.go": "package c\n"})
			ctx := tt.spoil(t, dir)
			before := listing(t, dir)
			if err := plan.Write(ctx); err == nil || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("error %v, want %s", err, tt.err)
			}
			if after := listing(t, dir); after != before {
				t.Errorf("left is\n%s, was\n%s", after, before)
			}
		})
	}
}

// An interrupted is a context that ends when it is asked for the nth time.
type interrupted struct {
	context.Context
	left int
}

func (c *interrupted) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// Wherever an interrupt comes, all files are new or none is, and no temporary one
// is left.
func TestWriteInterruptedAnywhere(t *testing.T) {
	files := map[string]string{"a.go": "package a\n", "b.go": "package b\n", "c.go": "package c\n"}
	refused, written := 0, 0
	for n := range 2 * len(files) {
		dir := t.TempDir()
		plan := planFor(t, dir, files)
		before := listing(t, dir)
		err := plan.Write(&interrupted{t.Context(), n})
		after := listing(t, dir)
		switch {
		case err == nil:
			written++
			for name, text := range files {
				if data, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(data) != text {
					t.Errorf("interrupted at %d: no error, and left is\n%s", n, after)
				}
			}
			if got := strings.Count(after, "package"); got != len(files) {
				t.Errorf("interrupted at %d: left is\n%s", n, after)
			}
		case err.Error() != "interrupted; nothing was written":
			t.Errorf("interrupted at %d: %v", n, err)
		case after != before:
			t.Errorf("interrupted at %d: left is\n%s, was\n%s", n, after, before)
		default:
			refused++
		}
	}
	if refused < len(files) || written == 0 {
		t.Errorf("%d were refused and %d written: the interrupt comes too early or too late", refused, written)
	}
}

// A failure when files are already in their places puts them back.
func TestWriteUndo(t *testing.T) {
	dir := t.TempDir()
	plan := planFor(t, dir, map[string]string{"a.go": "package a\n", "b.go": "package b\n"})
	before := listing(t, dir)
	w := new(writer)
	for i := range plan.Files {
		if err := w.prepare(&plan.Files[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(w.files[1].temporary); err != nil {
		t.Fatal(err)
	}
	if err := w.commit(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	w.clean()
	if after := listing(t, dir); after != before {
		t.Errorf("left is\n%s, was\n%s", after, before)
	}
}

func TestDiff(t *testing.T) {
	plan := &Plan{Files: []File{
		{Name: "/m/a b.go", Before: []byte("package a\n"), After: []byte("package b\n")},
		{Name: "/m/c.go", Before: []byte("package c\r\n\r\nvar x int"), After: []byte("package c\r\n\r\nvar y int")},
	}}
	got := plan.Diff(func(name string) string { return strings.TrimPrefix(name, "/m/") })
	want := "--- a b.go\t\n+++ a b.go\t\n@@ -1,1 +1,1 @@\n-package a\n+package b\n" +
		"--- c.go\n+++ c.go\n@@ -1,3 +1,3 @@\n package c\r\n \r\n-var x int\n\\ No newline at end of file\n+var y int\n\\ No newline at end of file\n"
	if !bytes.Equal(got, []byte(want)) {
		t.Errorf("the diff is\n%q, want\n%q", got, want)
	}
}
