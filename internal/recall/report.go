package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
)

// A limit is a row of limits.tsv: mutants that are missed, or found though they should not be, for a reason that
// docs/limits.md gives. The pattern * matches all.
type limit struct {
	operator, carrier, placement string
	where                        string // a part of the hot method's name as the report writes it
	anchor                       string // in docs/limits.md
	reason                       string
	met                          int // the mutants that it explains
	others                       int // those that it would explain, and that are found
}

func (l *limit) matches(m *mutant) bool {
	is := func(pattern, name string) bool { return pattern == "*" || pattern == name }
	return is(l.operator, m.op.name) && is(l.carrier, m.carrier.name) && is(l.placement, m.placement.name) &&
		(l.where == "*" || strings.Contains(m.method.where(), l.where))
}

const limitsHeader = "operator\tcarrier\tplacement\twhere\tanchor\treason"

func readLimits(name string) ([]*limit, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseLimits(string(data))
}

// parseLimits reads the rows. An error names the line.
func parseLimits(text string) ([]*limit, error) {
	var limits []*limit
	for i, line := range strings.Split(text, "\n") {
		if line == "" || line == limitsHeader || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 6 || slices.Contains(f, "") {
			return nil, fmt.Errorf("limits.tsv:%d: not the columns %s", i+1, strings.ReplaceAll(limitsHeader, "\t", " "))
		}
		l := &limit{operator: f[0], carrier: f[1], placement: f[2], where: f[3], anchor: f[4], reason: f[5]}
		known := func(name string, ok func(string) bool) bool { return name == "*" || ok(name) }
		if !known(l.operator, func(n string) bool {
			return slices.ContainsFunc(operators, func(o operator) bool { return o.name == n })
		}) ||
			!known(l.carrier, func(n string) bool { return slices.ContainsFunc(carriers, func(c carrier) bool { return c.name == n }) }) ||
			!known(l.placement, func(n string) bool {
				return slices.ContainsFunc(placements, func(p placement) bool { return p.name == n })
			}) {
			return nil, fmt.Errorf("limits.tsv:%d: no such operator, carrier or placement", i+1)
		}
		limits = append(limits, l)
	}
	return limits, nil
}

// A tally counts mutants that are to be found, and twins that are not.
type tally struct {
	mutants, found  int
	twins, wrong    int
	limited, broken int // misses and wrong findings that a limit explains; what does not compile

	limitedMisses int // of limited, the misses
}

// recall is the share that is found of what no known limit explains.
func (t *tally) recall() string { return percent(t.found, t.mutants-t.limitedMisses) }

func (t *tally) add(o *outcome, limited bool) {
	switch {
	case o.broken != "":
		t.broken++
	case o.promise == found:
		t.mutants++
		if o.hit {
			t.found++
		}
	default:
		t.twins++
		if o.wrong() {
			t.wrong++
		}
	}
	if limited && o.wrong() {
		t.limited++
		if o.promise == found {
			t.limitedMisses++
		}
	}
}

func percent(part, whole int) string {
	if whole == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(part)/float64(whole))
}

// A report gathers what became of all mutants.
type report struct {
	limits           []*limit
	outcomes         []*outcome
	modules          int
	unclean, skipped int

	all                                       tally
	operators, carriers, placements, by, rate map[string]*tally
	methods                                   map[string]bool
}

func (r *report) limit(o *outcome) *limit {
	for _, l := range r.limits {
		if l.matches(o.mutant) {
			return l
		}
	}
	return nil
}

func (r *report) add(o *outcome) {
	if r.operators == nil {
		r.operators, r.carriers, r.placements, r.by, r.rate = map[string]*tally{}, map[string]*tally{}, map[string]*tally{}, map[string]*tally{}, map[string]*tally{}
		r.methods = map[string]bool{}
	}
	l := r.limit(o)
	if l != nil && o.broken == "" {
		if o.wrong() {
			l.met++
		} else if o.promise == found {
			l.others++
		}
	}
	r.outcomes = append(r.outcomes, o)
	r.all.add(o, l != nil)
	r.methods[o.method.where()] = true
	for _, x := range []struct {
		in  map[string]*tally
		key string
	}{{r.operators, o.op.name}, {r.carriers, o.carrier.name}, {r.placements, o.placement.name}, {r.by, o.method.contract}, {r.rate, o.method.rate}} {
		if x.in[x.key] == nil {
			x.in[x.key] = new(tally)
		}
		x.in[x.key].add(o, l != nil)
	}
}

// ok tells whether all that is wrong is known, and, in a run on everything, whether all that is known is wrong still.
func (r *report) ok(whole bool) bool {
	for _, o := range r.outcomes {
		if o.wrong() && r.limit(o) == nil {
			return false
		}
	}
	return !whole || len(r.idle()) == 0
}

// idle returns the limits that explain nothing.
func (r *report) idle() []*limit {
	return slices.DeleteFunc(slices.Clone(r.limits), func(l *limit) bool { return l.met > 0 || l.others == 0 })
}

// line says on one line what became of a mutant.
func (o *outcome) line() string {
	word := "found"
	switch {
	case o.broken != "":
		word = "does not compile"
	case o.promise == found && !o.hit:
		word = "MISSED"
	case o.promise == silent && o.wrong():
		word = "WRONGLY FOUND"
	case o.promise == silent:
		word = "silent"
	}
	s := fmt.Sprintf("%s: %s @ %s (%s, %s)", word, o.mutant, o.method.where(), o.method.contract, o.method.rate)
	if o.broken != "" {
		s += "\n\t" + o.broken
	}
	if o.wrong() || o.promise == found && len(o.extra) > 0 {
		for _, x := range slices.Concat(o.others, o.extra) {
			s += "\n\t" + x
		}
	}
	return s
}

// print prints the tables and what is wrong.
func (r *report) print(w io.Writer, whole bool) {
	for _, t := range r.tables() {
		tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		fmt.Fprintf(tw, "%s\tmutants\tfound\trecall\ttwins\twrongly found\tshare\tknown limits\n", t.name)
		for _, row := range t.rows {
			fmt.Fprintf(tw, "%s\t%d\t%d\t%s\t%d\t%d\t%s\t%d\n", row.name, row.mutants, row.found, row.recall(),
				row.twins, row.wrong, percent(row.wrong, row.twins), row.limited)
		}
		tw.Flush()
		fmt.Fprintln(w)
	}
	for _, group := range []struct {
		title string
		in    func(*outcome) bool
	}{
		{"Missed", func(o *outcome) bool { return o.promise == found && o.wrong() && r.limit(o) == nil }},
		{"Wrongly found", func(o *outcome) bool { return o.promise == silent && o.wrong() && r.limit(o) == nil }},
		{"Found, and something else beside", func(o *outcome) bool { return o.promise == found && o.hit && len(o.extra) > 0 }},
		{"Not compiling", func(o *outcome) bool { return o.broken != "" }},
	} {
		var os []*outcome
		for _, o := range r.outcomes {
			if group.in(o) {
				os = append(os, o)
			}
		}
		if len(os) == 0 {
			continue
		}
		slices.SortStableFunc(os, func(a, b *outcome) int {
			return cmp.Or(cmp.Compare(a.op.name, b.op.name), cmp.Compare(a.carrier.name, b.carrier.name), cmp.Compare(a.placement.name, b.placement.name))
		})
		fmt.Fprintf(w, "%s: %d\n", group.title, len(os))
		for _, o := range os {
			fmt.Fprintln(w, "  "+strings.ReplaceAll(o.line(), "\n", "\n  "))
		}
		fmt.Fprintln(w)
	}
	if whole {
		for _, l := range r.idle() {
			fmt.Fprintf(w, "limits.tsv: %s %s %s: nothing of it is missed or wrongly found any more\n", l.operator, l.carrier, l.placement)
		}
	}
	fmt.Fprintln(w, r.summary())
}

func (r *report) summary() string {
	a := &r.all
	return fmt.Sprintf("%d hot methods of %d contracts in %d modules (%d more have findings as they are, %d no body to change).\n"+
		"%d mutants: %d found, %d missed by a known limit, %d missed otherwise: recall %s, known limits left out %s.\n"+
		"%d twins: %d wrongly found (%s). %d more did not compile (%s).",
		len(r.methods), len(r.by), r.modules, r.unclean, r.skipped,
		a.mutants, a.found, a.limitedMisses, a.mutants-a.found-a.limitedMisses, percent(a.found, a.mutants), a.recall(),
		a.twins, a.wrong, percent(a.wrong, a.twins), a.broken, percent(a.broken, len(r.outcomes)))
}

// A table is a tally for each row of something.
type table struct {
	name string
	rows []tableRow
}

type tableRow struct {
	name string
	tally
}

func (r *report) tables() []table {
	var ops, cs, ps []string
	for _, o := range operators {
		ops = append(ops, o.name)
	}
	for _, c := range carriers {
		cs = append(cs, c.name)
	}
	for _, p := range placements {
		ps = append(ps, p.name)
	}
	sorted := func(m map[string]*tally) []string {
		var names []string
		for n := range m {
			names = append(names, n)
		}
		slices.Sort(names)
		return names
	}
	var ts []table
	for _, x := range []struct {
		name  string
		names []string
		in    map[string]*tally
	}{
		{"operator", ops, r.operators}, {"carrier", cs, r.carriers}, {"placement", ps, r.placements},
		{"contract", sorted(r.by), r.by}, {"rate", []string{"frame", "record", "batch"}, r.rate},
	} {
		t := table{name: x.name}
		for _, n := range x.names {
			if x.in[n] != nil {
				t.rows = append(t.rows, tableRow{n, *x.in[n]})
			}
		}
		t.rows = append(t.rows, tableRow{"all", r.all})
		ts = append(ts, t)
	}
	return ts
}

// markdown returns the tables as sections of a page.
func (r *report) markdown() map[string]string {
	sections := map[string]string{"recall:summary": r.summary() + "\n"}
	for _, t := range r.tables() {
		var b strings.Builder
		fmt.Fprintf(&b, "| %s | mutants | found | recall | twins | wrongly found | known limits |\n| --- | --- | --- | --- | --- | --- | --- |\n", t.name)
		for _, row := range t.rows {
			fmt.Fprintf(&b, "| %s | %d | %d | %s | %d | %d | %d |\n", row.name, row.mutants, row.found, row.recall(), row.twins, row.wrong, row.limited)
		}
		sections["recall:"+t.name] = b.String()
	}
	return sections
}

// keep writes the mutants that are not as promised, or do not compile, to a directory.
func (r *report) keep(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for i, o := range r.outcomes {
		if o.broken == "" && !o.wrong() {
			continue
		}
		name := filepath.Join(dir, fmt.Sprintf("%05d.txt", i))
		if err := os.WriteFile(name, []byte(o.line()+"\n\n"+o.show()), 0o666); err != nil {
			return err
		}
	}
	return nil
}
