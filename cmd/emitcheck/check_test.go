package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// A failure is told by the package and analysis where it arose, not as
// "failed prerequisites" of something above.
func TestFailure(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"go.mod":   "module example.com/m\n\ngo 1.26\n",
		"m.go":     "package m\n\nimport _ \"example.com/m/low\"\n",
		"low/l.go": "package low\n",
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("GOWORK", "off")
	summary := &analysis.Analyzer{
		Name: "summary", Doc: "fails on a package that others import",
		FactTypes: []analysis.Fact{new(fact)},
		Run: func(pass *analysis.Pass) (any, error) {
			if pass.Pkg.Path() == "example.com/m/low" {
				return nil, errors.New("no use")
			}
			return nil, nil
		},
	}
	top := &analysis.Analyzer{
		Name: "top", Doc: "needs summary", Requires: []*analysis.Analyzer{summary},
		Run: func(*analysis.Pass) (any, error) { return nil, nil },
	}
	opts := &options{dir: dir, analyzer: top}
	_, err := opts.check([]string{"."})
	if want := "example.com/m/low: no use"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

type fact struct{ N int }

func (*fact) AFact() {}

func TestErrorPosition(t *testing.T) {
	for _, tt := range []struct {
		pos  string
		want position
	}{
		{"/a/b.go:6:9", position{Filename: "/a/b.go", Line: 6, Column: 9}},
		{"/a/b.go:6", position{Filename: "/a/b.go", Line: 6}},
		{"/a/b.go", position{Filename: "/a/b.go"}},
		{`C:\a\b.go:6:9`, position{Filename: `C:\a\b.go`, Line: 6, Column: 9}},
		{`C:\a\b.go`, position{Filename: `C:\a\b.go`}},
		{"-", position{Filename: "-"}},
		{"", position{}},
	} {
		if got := errorPosition(packages.Error{Pos: tt.pos}); got != tt.want {
			t.Errorf("errorPosition(%q) = %#v, want %#v", tt.pos, got, tt.want)
		}
	}
}
