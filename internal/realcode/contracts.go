package main

import (
	"fmt"
	"slices"

	"github.com/emitcheck/emitcheck/analyzer"
)

// handler is what is read of an object of emitcheck's list of handler types.
type handler struct {
	Name string
	Hot  []struct{ Method, Contract string }
}

// What makes a type a handler beside the contracts of the table.
var others = []string{"structure", "directive"}

// onByDefault tells whether what a contract makes hot is hot without a setting.
func onByDefault(contract string) bool {
	for _, c := range analyzer.Contracts() {
		if c.Name == contract {
			return c.Default
		}
	}
	return true
}

// usage counts what contracts bind, and judges what was found there.
type usage struct {
	modules, handlers, hot int
	tally
}

// use returns what the contracts that in chooses are used for.
func (j *joined) use(results []result, in func(contract string) bool) usage {
	var u usage
	for _, r := range results {
		before := u.handlers
		for _, h := range r.Handlers {
			hot := 0
			for _, m := range h.Hot {
				if in(m.Contract) {
					hot++
				}
			}
			u.hot += hot
			if hot > 0 {
				u.handlers++
			}
		}
		if u.handlers > before {
			u.modules++
		}
	}
	for _, f := range j.findings {
		if in(f.Contract) {
			u.add(f.verdict.verdict)
		}
	}
	return u
}

var usageHead = []string{"modules", "handlers", "hot methods", "findings", "true", "false", "debatable", "unjudged", "precision", "debatable as false"}

func (u usage) row(name ...string) []string {
	return slices.Concat(name, []string{fmt.Sprint(u.modules), fmt.Sprint(u.handlers), fmt.Sprint(u.hot)}, u.cells())
}

// contractTable has a row for each contract, the unused ones too: that nothing
// was found is worth what the hot methods without a finding are.
func (j *joined) contractTable(results []result) [][]string {
	table := [][]string{append([]string{"contract", "group"}, usageHead...)}
	add := func(name, group string) {
		u := j.use(results, func(contract string) bool { return contract == name })
		table = append(table, u.row(name, group))
	}
	for _, c := range analyzer.Contracts() {
		add(c.Name, c.Group)
	}
	for _, name := range others {
		add(name, "")
	}
	return table
}

// groupTable has a row for each group of contracts, one for what is on by
// default, and one for all.
func (j *joined) groupTable(results []result) [][]string {
	table := [][]string{append([]string{"contracts", "default"}, usageHead...)}
	group := map[string]string{}
	var groups []analyzer.ContractInfo // one of each
	for _, c := range analyzer.Contracts() {
		group[c.Name] = c.Group
		if !slices.ContainsFunc(groups, func(g analyzer.ContractInfo) bool { return g.Group == c.Group }) {
			groups = append(groups, c)
		}
	}
	for _, g := range groups {
		u := j.use(results, func(contract string) bool { return group[contract] == g.Group })
		table = append(table, u.row(g.Group, onOff(g.Default)))
	}
	u := j.use(results, func(contract string) bool { return slices.Contains(others, contract) })
	table = append(table, u.row("structure and directive", "on"))
	table = append(table, j.use(results, onByDefault).row("all on by default", "on"))
	return append(table, j.use(results, func(string) bool { return true }).row("all", ""))
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// summary says in a few sentences what came of it.
func (j *joined) summary(results []result) string {
	packages, lines := 0, 0
	for _, r := range results {
		packages += r.Packages
		lines += r.Lines
	}
	say := func(u usage) string {
		return fmt.Sprintf("%d hot methods in %d modules, %d findings: %d true, %d false, %d debatable", u.hot, u.modules, u.all, u.yes, u.no, u.debatable)
	}
	usual := j.use(results, onByDefault)
	rest := j.use(results, func(contract string) bool { return !onByDefault(contract) })
	return fmt.Sprintf("%d modules, %d packages, %.1f million lines.\nBy default: %s; precision %s.\nGroups that are off by default: %s; precision %s.",
		len(results), packages, float64(lines)/1e6, say(usual), usual.precision(), say(rest), rest.precision())
}
