package gclplugin

import (
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/emitcheck/emitcheck/analyzer"
)

// withUsedNolint returns the analyzer with a diagnostic on each nolint comment
// that silences something. The analyzer heeds these comments itself, so that
// golangci-lint sees nothing there, and its nolintlint would call them unused.
// golangci-lint filters what stands on such a comment's line, so that nobody
// sees the diagnostic; hence none where it reads the comment otherwise.
func withUsedNolint(a *analysis.Analyzer) *analysis.Analyzer {
	with := *a
	with.Run = func(pass *analysis.Pass) (any, error) {
		result, err := a.Run(pass)
		if err != nil {
			return nil, err
		}
		used := result.(*analyzer.Result).Nolint
		for _, f := range pass.Files {
			for _, group := range f.Comments {
				for _, c := range group.List {
					if slices.Contains(used, c.Pos()) && heeded(c.Text) && asWritten(pass.Fset, c.Pos()) {
						pass.Report(analysis.Diagnostic{Pos: c.Pos(), Category: "nolint", Message: "silenced by this comment"})
					}
				}
			}
		}
		return result, nil
	}
	return &with
}

// heeded tells whether golangci-lint takes a comment for one that silences this
// linter. It wants a // before an explanation.
func heeded(comment string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(comment, "/ "), "nolint")
	if !ok || rest != "" && rest[0] != ' ' && rest[0] != ':' {
		return false
	}
	list, ok := strings.CutPrefix(rest, ":")
	if !ok {
		return true
	}
	list, _, _ = strings.Cut(list, "//")
	return slices.ContainsFunc(strings.Split(list, ","), func(name string) bool {
		name = strings.ToLower(strings.TrimSpace(name))
		return name == "all" || name == analyzer.Analyzer.Name
	})
}

// asWritten tells whether a position is that of the file, and none that a //line
// comment gives it.
func asWritten(fset *token.FileSet, pos token.Pos) bool {
	return fset.Position(pos) == fset.PositionFor(pos, false)
}
