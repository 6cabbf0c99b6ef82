// Package gclplugin makes emitcheck a linter of golangci-lint: a module plugin,
// which "golangci-lint custom" compiles in. docs/ci.md shows how.
//
// It translates settings, holds back the fixes that golangci-lint would apply in
// part, and tells it which nolint comments are of use. What is found, and how it
// is worded, is package analyzer's.
package gclplugin

import (
	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/emitcheck/emitcheck/analyzer"
)

func init() { register.Plugin(analyzer.Analyzer.Name, New) }

// New returns the linter with the settings that stand in .golangci.yml under
// linters.settings.custom.emitcheck.settings. golangci-lint calls it.
func New(settings any) (register.LinterPlugin, error) {
	s, err := decode(settings)
	if err != nil {
		return nil, err
	}
	return &plugin{s}, nil
}

type plugin struct{ settings analyzer.Settings }

// BuildAnalyzers returns the analyzer.
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return []*analysis.Analyzer{withUsedNolint(withSafeFixes(analyzer.New(p.settings)))}, nil
}

// GetLoadMode asks for types: facts cross packages by them.
func (p *plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
