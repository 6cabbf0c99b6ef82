package main

import (
	"go/token"
	"os"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/emitcheck/emitcheck/analyzer"
)

// stubMain is the command with an analyzer whose fixes the source spells out, so
// that the scripts can try what the driver makes of fixes, wrong ones included.
//
// A comment //stub NAME: TEXT is a finding of handler NAME, and its fix puts
// TEXT in the comment's place, \n in it being a new line and $ the name. All
// comments of a handler have one fix. Several names, separated by commas, are
// several findings; one without a colon has no fix.
func stubMain() {
	if isVetTool(os.Args[1:]) {
		unitchecker.Main(newStub(analyzer.Settings{}))
	}
	os.Exit(runWith(newStub, os.Args[1:], os.Stdout, os.Stderr))
}

func newStub(analyzer.Settings) *analysis.Analyzer {
	return &analysis.Analyzer{Name: "stub", Doc: "fixes what comments say", ResultType: reflect.TypeFor[*analyzer.Result](), Run: runStub}
}

func runStub(pass *analysis.Pass) (any, error) {
	result := new(analyzer.Result)
	fixes := make(map[string]*analysis.SuggestedFix)
	for _, f := range pass.Files {
		for _, group := range f.Comments {
			for _, c := range group.List {
				rest, ok := strings.CutPrefix(c.Text, "//stub ")
				if !ok {
					continue
				}
				list, text, fixed := strings.Cut(strings.TrimSuffix(rest, "\r"), ":")
				for name := range strings.SplitSeq(list, ",") {
					finding := analyzer.Finding{Rule: "stub", Pos: c.Pos(), End: c.Pos() + 2, Message: name + " has a stub", Handler: name, Fixed: fixed}
					if !fixed {
						finding.Unfixed = "nothing can be done"
					} else {
						if fixes[name] == nil {
							fixes[name] = &analysis.SuggestedFix{Message: "fix " + name}
							finding.Fix = fixes[name]
						}
						text := strings.NewReplacer(`\n`, "\n", "$", name).Replace(strings.TrimSpace(text))
						fixes[name].TextEdits = append(fixes[name].TextEdits, analysis.TextEdit{Pos: c.Pos(), End: c.Pos() + token.Pos(len("//stub "+rest)), NewText: []byte(text)})
					}
					result.Findings = append(result.Findings, finding)
				}
			}
		}
	}
	for _, f := range result.Findings {
		d := analysis.Diagnostic{Pos: f.Pos, End: f.End, Message: f.Message}
		if f.Fix != nil {
			d.SuggestedFixes = []analysis.SuggestedFix{*f.Fix}
		}
		pass.Report(d)
	}
	return result, nil
}
