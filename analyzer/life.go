package analyzer

import (
	"path/filepath"

	"github.com/emitcheck/emitcheck/analyzer/internal/lifecycle"
	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// life adds the findings on the life of the handlers' sessions.
func (r *reporter) life() {
	suppressed := r.effects.Suppressions()
	for _, found := range lifecycle.Check(r.pass, r.effects, r.contracts.All()) {
		rule := RuleByName(found.Rule)
		if !r.rules[rule.Name] || suppressed.Suppressed(rule.Name, found.Node.Pos()) {
			continue
		}
		f := Finding{
			Rule: rule.Name, URL: rule.URL(), Handler: found.Handler, Method: found.Method, Contract: found.Contract,
			Message: found.Says + " (" + rule.Name + ")",
		}
		f.Pos, f.End = extent(found.Node)
		// A goroutine that is moved gets a context of its own.
		f.Fixed = rule.Name == "context-escape" && r.fixer != nil && r.fixer.Moves(found.Node.Pos())
		if !f.Fixed {
			f.Unfixed = "the rule has no fixes"
		}
		if found.Leak {
			f.Weight = model.Leak.String()
		}
		for _, step := range found.Chain {
			p := r.pass.Fset.Position(step.Pos)
			f.Chain = append(f.Chain, Hop{step.Function, r.pass.Pkg.Path() + "/" + filepath.Base(p.Filename), p.Line, p.Column})
		}
		r.result.Findings = append(r.result.Findings, f)
	}
}
