package gclplugin

import (
	"bytes"
	"cmp"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/emitcheck/emitcheck/internal/edit"
)

// withSafeFixes returns the analyzer with the fixes alone that golangci-lint
// carries out as they are meant. It drops the edits of a fix that lie in another
// file than the diagnostic, it does not remove the imports that two fixes leave
// without a use, and where two edits overlap it applies none of the file and
// still takes their findings for fixed. What is not offered is reported as
// before, and the next run looks at it again.
func withSafeFixes(a *analysis.Analyzer) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:       a.Name,
		Doc:        a.Doc,
		URL:        a.URL,
		Requires:   a.Requires,
		ResultType: a.ResultType,
		FactTypes:  a.FactTypes,
		Run: func(pass *analysis.Pass) (any, error) {
			var found []analysis.Diagnostic
			inner := *pass
			inner.Report = func(d analysis.Diagnostic) { found = append(found, d) }
			result, err := a.Run(&inner)
			if err != nil {
				return nil, err
			}
			files := make(map[*token.File]*file)
			for _, d := range found {
				d.SuggestedFixes = slices.DeleteFunc(slices.Clone(d.SuggestedFixes), func(fix analysis.SuggestedFix) bool {
					tok := pass.Fset.File(d.Pos)
					if files[tok] == nil {
						files[tok] = newFile(pass, tok)
					}
					return !files[tok].take(pass.Fset, fix)
				})
				pass.Report(d)
			}
			return result, nil
		},
	}
}

// A file is one with fixes, as golangci-lint would leave it.
type file struct {
	tok    *token.File
	source *edit.Source // nil if it cannot be edited
	taken  []edit.Fix
}

func newFile(pass *analysis.Pass, tok *token.File) *file {
	f := &file{tok: tok}
	if tok == nil {
		return f
	}
	content, err := os.ReadFile(tok.Name())
	if err != nil || len(content) != tok.Size() || bytes.ContainsRune(content, '\r') {
		return f // golangci-lint does not adapt the line ends
	}
	f.source = &edit.Source{Content: content, Imports: make(map[string]string)}
	for _, p := range pass.Pkg.Imports() {
		f.source.Imports[p.Path()] = p.Name()
	}
	return f
}

// take tells whether the fix can be offered beside those that have been.
func (f *file) take(fset *token.FileSet, suggested analysis.SuggestedFix) bool {
	if f.source == nil {
		return false
	}
	fix, err := edit.FixOf(fset, "", &suggested)
	if err != nil {
		return false
	}
	for _, e := range fix.Edits {
		if e.File != f.tok.Name() {
			return false
		}
	}
	fixes := append(slices.Clone(f.taken), fix)
	plan, err := edit.Merge(fixes, func(string) (*edit.Source, error) { return f.source, nil })
	if err != nil || len(plan.Dropped) > 0 || len(plan.Files) != 1 {
		return false
	}
	got, ok := f.apply(fixes)
	if !ok || !sameCode(got, plan.Files[0].After) || importsTwice(got) {
		return false
	}
	f.taken = fixes
	return true
}

// apply does what golangci-lint does: it sorts the edits of all fixes, leaves
// out those that equal the one before, and carries out the rest if none overlap.
func (f *file) apply(fixes []edit.Fix) ([]byte, bool) {
	var edits []edit.Edit
	for _, fix := range fixes {
		edits = append(edits, fix.Edits...)
	}
	slices.SortStableFunc(edits, func(a, b edit.Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	edits = slices.Compact(edits)
	var b strings.Builder
	at := 0
	for _, e := range edits {
		if e.Start < at {
			return nil, false
		}
		b.Write(f.source.Content[at:e.Start])
		b.WriteString(e.New)
		at = e.End
	}
	b.Write(f.source.Content[at:])
	return []byte(b.String()), true
}

// sameCode tells whether two files differ in nothing but what gofmt puts right.
func sameCode(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	x, err := format.Source(a)
	if err != nil {
		return false
	}
	y, err := format.Source(b)
	return err == nil && bytes.Equal(x, y)
}

// importsTwice tells whether a file has an import more than once. It does not
// compile then, and gofmt puts it right, which hides it from sameCode.
func importsTwice(text []byte) bool {
	f, err := parser.ParseFile(token.NewFileSet(), "", text, parser.ImportsOnly)
	if err != nil {
		return true
	}
	seen := make(map[string]bool)
	for _, spec := range f.Imports {
		name := spec.Path.Value
		if spec.Name != nil {
			name = spec.Name.Name + " " + name
		}
		if seen[name] {
			return true
		}
		seen[name] = true
	}
	return false
}
