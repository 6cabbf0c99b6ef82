package load

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// What is left of a file without bodies parses, and declares what the file does,
// at the same places; what was left out are bodies and nothing else.
func TestWithoutBodies(t *testing.T) {
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	roots := []string{filepath.Join(strings.TrimSpace(string(goroot)), "src"), "../.."}
	files, blanked := 0, 0
	for _, root := range roots {
		err := filepath.WalkDir(root, func(name string, d os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && d.Name() == "testdata" && root == roots[0] || filepath.Ext(name) != ".go" {
				if d.IsDir() && d.Name() == "testdata" {
					return filepath.SkipDir
				}
				return nil
			}
			src, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			files++
			blanked += compareOutline(t, name, src)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d files, %d bodies", files, blanked)
	if files < 1000 || blanked < 10000 {
		t.Errorf("only %d bodies left out of %d files", blanked, files)
	}
}

// compareOutline compares the outline of a file by withoutBodies to the file
// parsed whole. It returns how many bodies were blanked.
func compareOutline(t *testing.T, name string, src []byte) int {
	t.Helper()
	parse := func(src []byte) (*ast.File, *token.FileSet) {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution|parser.AllErrors)
		if err != nil {
			return nil, nil
		}
		return f, fset
	}
	whole, fset := parse(src)
	if whole == nil {
		return 0
	}
	text := withoutBodies(src)
	outline, outlineFset := parse(text)
	if outline == nil {
		t.Errorf("%s does not parse without its bodies:\n%s", name, text)
		return 0
	}
	if len(text) != len(src) || strings.Count(string(text), "\n") != strings.Count(string(src), "\n") {
		t.Errorf("%s: places have moved", name)
	}
	blanked := 0
	dropBodies(outline)
	for _, d := range outline.Decls {
		if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil && len(d.Body.List) == 0 {
			blanked++
		}
	}
	shape := func(f *ast.File, fset *token.FileSet) []string {
		dropBodies(f)
		var decls []string
		for _, d := range f.Decls {
			var b strings.Builder
			b.WriteString(fset.Position(d.Pos()).String() + " " + fset.Position(d.End()).String() + " ")
			if err := format.Node(&b, token.NewFileSet(), d); err != nil {
				t.Fatal(err)
			}
			decls = append(decls, b.String())
		}
		return decls
	}
	if a, b := shape(whole, fset), shape(outline, outlineFset); !reflect.DeepEqual(a, b) {
		for i := range a {
			if i >= len(b) || a[i] != b[i] {
				t.Errorf("%s: a declaration is another without bodies:\n%s", name, a[i])
				break
			}
		}
	}
	return blanked
}

// Braces in strings, runes, comments and types are none of a body's, and what
// looks like a function without being one is left alone.
func TestWithoutBodiesHardCases(t *testing.T) {
	for _, tt := range []struct {
		src    string
		bodies int // that are left out
	}{
		{"package p\n\nfunc f() { return }\n", 1},
		{"package p\n\nfunc f() { _ = \"}\"; _ = '}'; _ = `}\n}`; /* } */ // }\n}\n\nfunc g() { return }\n", 2},
		{"package p\n\nfunc f() { _ = \"\\\"}\"; _ = '\\''; _ = '\\\\' }\n\nfunc g() {\n\tif x := (struct{}{}); true {\n\t\t_ = x\n\t}\n}\n", 2},
		{"package p\n\nfunc f() struct{ a int } { return struct{ a int }{} }\n", 1},
		{"package p\n\nfunc f() interface{ m() } { return nil }\nfunc g(x struct{}) {}\n", 2},
		{"package p\n\nfunc f[T interface{ ~int }](t T) (r map[string]struct{}) { return nil }\n", 1},
		{"package p\n\nfunc f()\n\ntype T struct{ a int }\n\nfunc (t T) m() int { return t.a }\n", 1},
		{"package p\n\nfunc f(\n\ta int,\n) (\n\tint,\n) {\n\treturn a\n}\n", 1},
		{"package p\n\nfunc /* { */ f() /* { */ { return } // {\n\nvar x = 1\n", 1},
		{"package p\n\nvar f = func() { println(1) }\n\nvar m = map[string]func(){\"a\": func() { println(2) }}\n", 0},
		{"package p\n\nvar f =\nfunc() { println(1) }\n\ntype F =\nfunc()\n\nfunc g() { f() }\n", 1},
		{"package p\n\nvar funcs, function int\n\n  func f() { funcs++ }\n", 1},
		{"\xef\xbb\xbfpackage p\r\n\r\nfunc f() {\r\n\tprintln(`\r\n`)\r\n}\r\n", 1},
		{"package p\n\nfunc añ() { return }\nfunc b() {}", 2},
		{"package p\n\ntype T struct {\n\tf func() struct{}\n}\n\nfunc (T) struct_() {}\n", 1},
		{"package p\n\nfunc f() int; var a = [...]int{1, 2}\n", 0},
		{"package p\n\nfunc f() int /*\n*/ var a = [...]int{1, 2}\n", 0},
		{"package p\n\nfunc f() int /* */ { return 1 }\n", 1},
		{"package p; func f() { return }; func g() { return }\n", 2},
	} {
		if got := compareOutline(t, "p.go", []byte(tt.src)); got != tt.bodies {
			t.Errorf("%d bodies are left out, want %d:\n%s", got, tt.bodies, tt.src)
		}
	}
	for _, src := range []string{"", "func", "func f() {", "func f() { \"", "func f() { /*", "func f() { `", "/", "//", "}", "func f() ) {}", "package p\n\n// x"} {
		withoutBodies([]byte(src)) // does not panic
	}
}
