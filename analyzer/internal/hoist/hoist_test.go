package hoist

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestEveryObstacleIsOfAKnownKind fails when an obstacle is given a kind that
// the table lacks, or a kind goes out of use.
func TestEveryObstacleIsOfAKnownKind(t *testing.T) {
	used := make(map[string]bool)
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			name := ""
			switch fun := call.Fun.(type) {
			case *ast.Ident:
				name = fun.Name
			case *ast.SelectorExpr:
				name = fun.Sel.Name
			}
			lit, ok := call.Args[0].(*ast.BasicLit)
			if name != "obstacle" && name != "hurdle" || !ok {
				return true
			}
			kind, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			used[kind] = true
			if !slices.ContainsFunc(Kinds, func(k Kind) bool { return k.Name == kind }) {
				t.Errorf("%s: no kind is called %q", e.Name(), kind)
			}
			return true
		})
	}
	for _, k := range Kinds {
		if !used[k.Name] {
			t.Errorf("no obstacle is of the kind %q", k.Name)
		}
	}
}

// TestDiffMakesOneTextOfTheOther fails when the edits of a fix, told line by
// line, do not come to the fixed text.
func TestDiffMakesOneTextOfTheOther(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	text := func(lines []string) []byte { return []byte(strings.Join(lines, "\n") + "\n") }
	for range 2000 {
		var a []string
		for range rng.IntN(12) {
			a = append(a, string(rune('a'+rng.IntN(4))))
		}
		b := slices.Clone(a)
		for range rng.IntN(5) {
			i := rng.IntN(len(b) + 1)
			if rng.IntN(2) == 0 || i == len(b) {
				b = slices.Insert(b, i, string(rune('a'+rng.IntN(5))))
			} else {
				b = slices.Delete(b, i, i+1)
			}
		}
		from, want := text(a), text(b)
		var got bytes.Buffer
		last := 0
		for _, h := range diffLines(from, want) {
			if h.from < last {
				t.Fatalf("%q to %q: the hunks overlap", from, want)
			}
			got.Write(from[last:h.from])
			got.Write(h.text)
			last = h.to
		}
		got.Write(from[last:])
		if !bytes.Equal(got.Bytes(), want) {
			t.Fatalf("%q becomes %q, want %q", from, got.Bytes(), want)
		}
	}
}
