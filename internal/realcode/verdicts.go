package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// finding is what is read of an object of emitcheck's JSON report.
type finding struct {
	Rule     string
	File     string
	Line     int
	Column   int
	Message  string
	Handler  string
	Method   string
	Contract string // what made the method hot

	module string
	path   string // the file as it is on this machine
}

// locate names the finding's file relative to the module it was found in.
func (f *finding) locate(module, dir string) {
	f.module = module
	f.path = filepath.FromSlash(f.File)
	if !filepath.IsAbs(f.path) {
		f.path = filepath.Join(dir, f.path)
	}
	if rel, err := filepath.Rel(dir, f.path); err == nil {
		f.File = filepath.ToSlash(rel)
	}
}

func compareFindings(a, b finding) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.Rule, b.Rule))
}

// key identifies a finding across versions of the module and of emitcheck, as long as neither moves it to another
// file or method nor says something else.
type key struct {
	module, rule, file, handler, method string
	message                             string // without line numbers and versions
	n                                   int    // counts findings that are equal otherwise, from 1
}

// place is a key without what a rewording changes.
func (k key) place() key {
	k.message, k.n = "", 0
	return k
}

func compareKeys(a, b key) int {
	return cmp.Or(cmp.Compare(a.module, b.module), cmp.Compare(a.file, b.file), cmp.Compare(a.handler, b.handler),
		cmp.Compare(a.method, b.method), cmp.Compare(a.rule, b.rule), cmp.Compare(a.message, b.message),
		cmp.Compare(a.n, b.n))
}

var (
	lineNumber = regexp.MustCompile(`(\.go):\d+(:\d+)?`)
	version    = regexp.MustCompile(`@v\d[\w.+-]*`)
	spaces     = regexp.MustCompile(`\s+`)
)

func normalize(message string) string {
	message = lineNumber.ReplaceAllString(message, "$1")
	message = version.ReplaceAllString(message, "")
	return strings.TrimSpace(spaces.ReplaceAllString(message, " "))
}

// verdict is one row of verdicts.tsv.
type verdict struct {
	key
	verdict string // true, false, debatable, or ? as long as nobody has judged
	reason  string
}

const header = "module\trule\tfile\thandler\tmethod\tmessage\tn\tverdict\treason\n"

func readVerdicts(name string) ([]verdict, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseVerdicts(string(data))
}

func parseVerdicts(text string) ([]verdict, error) {
	var rows []verdict
	seen := map[key]int{}
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if line == "" || line+"\n" == header || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		for len(f) < 9 {
			f = append(f, "")
		}
		v := verdict{key{f[0], f[1], f[2], f[3], f[4], normalize(f[5]), 0}, f[7], strings.TrimSpace(f[8])}
		if _, err := fmt.Sscan(f[6], &v.n); err != nil || len(f) > 9 {
			return nil, fmt.Errorf("verdicts.tsv:%d: not the columns %s", i+1, strings.ReplaceAll(header, "\t", " "))
		}
		switch v.verdict {
		case "true", "false", "debatable":
			if v.reason == "" {
				return nil, fmt.Errorf("verdicts.tsv:%d: a verdict needs a reason", i+1)
			}
		case "?":
		default:
			return nil, fmt.Errorf("verdicts.tsv:%d: the verdict is true, false, debatable or ?, not %q", i+1, v.verdict)
		}
		if first, ok := seen[v.key]; ok {
			return nil, fmt.Errorf("verdicts.tsv:%d: the same finding as in line %d", i+1, first)
		}
		seen[v.key] = i + 1
		rows = append(rows, v)
	}
	return rows, nil
}

func writeVerdicts(name string, rows []verdict) error {
	slices.SortFunc(rows, func(a, b verdict) int { return compareKeys(a.key, b.key) })
	b := bytes.NewBufferString(header)
	for _, v := range rows {
		fmt.Fprintf(b, "%s\t%s\t%s\t%s\t%s\t%s\t%d\t%s\t%s\n",
			v.module, v.rule, v.file, v.handler, v.method, v.message, v.n, v.verdict, v.reason)
	}
	return os.WriteFile(name, b.Bytes(), 0o666)
}

// defaultOff are the rules that run only when they are asked for.
var defaultOff = map[string]bool{"lazy-start": true}

// askedRules tells which rules a -rules list turns on.
func askedRules(list string) func(rule string) bool {
	if list == "" {
		return func(rule string) bool { return !defaultOff[rule] }
	}
	on := map[string]bool{}
	all, exact := false, false
	for _, r := range strings.Split(list, ",") {
		switch r = strings.TrimSpace(r); {
		case r == "all":
			all = true
		case strings.HasPrefix(r, "-"):
			on[r[1:]] = false
		case strings.HasPrefix(r, "+"):
			on[r[1:]] = true
		default:
			on[r] = true
			exact = true
		}
	}
	return func(rule string) bool {
		if yes, ok := on[rule]; ok {
			return yes
		}
		return all || !exact && !defaultOff[rule]
	}
}

// judged is a finding with its verdict; the verdict is ? where there is none.
type judged struct {
	finding
	verdict
	isNew bool   // not in verdicts.tsv
	was   string // the message its verdict was given for, where that was another one
}

type joined struct {
	findings []judged
	lost     []verdict // given for a finding that no longer occurs
	apart    []verdict // of modules and rules that did not run
}

// join gives each finding its verdict. Where the messages differ, the findings of one rule in one method of one
// handler still get its verdicts, in their order, if there are as many of the one as of the other.
func join(findings []finding, verdicts []verdict, ran func(verdict) bool) *joined {
	j := &joined{}
	count := map[key]int{}
	for _, f := range findings {
		k := key{f.module, f.Rule, f.File, f.Handler, f.Method, normalize(f.Message), 0}
		count[k]++
		k.n = count[k]
		j.findings = append(j.findings, judged{finding: f, verdict: verdict{k, "?", ""}, isNew: true})
	}

	given := map[key]verdict{}
	for _, v := range verdicts {
		given[v.key] = v
	}
	newAt := map[key][]int{}
	for i := range j.findings {
		f := &j.findings[i]
		if v, ok := given[f.key]; ok {
			f.verdict, f.isNew = v, false
			delete(given, f.key)
		} else {
			newAt[f.key.place()] = append(newAt[f.key.place()], i)
		}
	}

	left := map[key][]verdict{}
	for _, v := range given {
		if ran(v) {
			left[v.key.place()] = append(left[v.key.place()], v)
		} else {
			j.apart = append(j.apart, v)
		}
	}
	for place, rows := range left {
		if len(rows) != len(newAt[place]) {
			j.lost = append(j.lost, rows...)
			continue
		}
		slices.SortFunc(rows, func(a, b verdict) int { return compareKeys(a.key, b.key) })
		at := newAt[place]
		slices.SortFunc(at, func(a, b int) int { return compareKeys(j.findings[a].key, j.findings[b].key) })
		for i, v := range rows {
			f := &j.findings[at[i]]
			f.verdict.verdict, f.reason, f.was, f.isNew = v.verdict, v.reason, v.message, false
		}
	}
	slices.SortFunc(j.lost, func(a, b verdict) int { return compareKeys(a.key, b.key) })
	return j
}

// rows returns what belongs into verdicts.tsv. Lost verdicts stay: that they are wrong now is for a person to say.
func (j *joined) rows() []verdict {
	rows := slices.Concat(j.lost, j.apart)
	for _, f := range j.findings {
		rows = append(rows, f.verdict)
	}
	return rows
}

func (j *joined) unjudged() []judged {
	var list []judged
	for _, f := range j.findings {
		if f.verdict.verdict == "?" {
			list = append(list, f)
		}
	}
	return list
}

// tally counts findings by their verdict.
type tally struct{ all, yes, no, debatable, open int }

func (t *tally) add(verdict string) {
	t.all++
	switch verdict {
	case "true":
		t.yes++
	case "false":
		t.no++
	case "debatable":
		t.debatable++
	default:
		t.open++
	}
}

// precision leaves the debatable ones out; strict counts them as false.
func (t tally) precision() string { return share(t.yes, t.yes+t.no) }
func (t tally) strict() string    { return share(t.yes, t.yes+t.no+t.debatable) }

// cells are the columns that tables by rule, contract and group share.
func (t tally) cells() []string {
	return []string{fmt.Sprint(t.all), fmt.Sprint(t.yes), fmt.Sprint(t.no), fmt.Sprint(t.debatable), fmt.Sprint(t.open),
		t.precision(), t.strict()}
}

func share(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%g %%", math.Floor(1000*float64(part)/float64(whole))/10) // what is under the aim stays under it
}

// ruleTable has a row for each rule with a finding at default settings, and one
// for all.
func (j *joined) ruleTable() [][]string {
	table := [][]string{{"rule", "findings", "true", "false", "debatable", "unjudged", "precision", "debatable as false"}}
	var total tally
	rules := map[string]*tally{}
	for _, f := range j.findings {
		if !onByDefault(f.Contract) {
			continue
		}
		if rules[f.Rule] == nil {
			rules[f.Rule] = new(tally)
		}
		rules[f.Rule].add(f.verdict.verdict)
		total.add(f.verdict.verdict)
	}
	for _, rule := range slices.Sorted(maps.Keys(rules)) {
		table = append(table, append([]string{rule}, rules[rule].cells()...))
	}
	return append(table, append([]string{"all"}, total.cells()...))
}

// moduleTable has a row for each module, and one for all. Times differ from run to run, so they are for the screen.
func (j *joined) moduleTable(results []result, times bool) [][]string {
	head := []string{"module", "version", "packages", "lines", "findings", "true", "false", "debatable", "unjudged"}
	if times {
		head = append(head, "wall", "cpu")
	}
	table := [][]string{head}
	tallies := map[string]*tally{}
	var total tally
	for _, r := range results {
		tallies[r.module.Path] = new(tally)
	}
	for _, f := range j.findings {
		tallies[f.finding.module].add(f.verdict.verdict)
		total.add(f.verdict.verdict)
	}
	row := func(path, version string, packages, lines int, t tally, wall, cpu time.Duration) {
		cells := []string{path, version, fmt.Sprint(packages), fmt.Sprint(lines), fmt.Sprint(t.all), fmt.Sprint(t.yes),
			fmt.Sprint(t.no), fmt.Sprint(t.debatable), fmt.Sprint(t.open)}
		if times {
			cells = append(cells, fmt.Sprintf("%.1f s", wall.Seconds()), fmt.Sprintf("%.1f s", cpu.Seconds()))
		}
		table = append(table, cells)
	}
	var sum result
	for _, r := range results {
		row(r.module.Path, r.module.Version, r.Packages, r.Lines, *tallies[r.module.Path], r.Wall, r.CPU)
		sum.Packages += r.Packages
		sum.Lines += r.Lines
		sum.Wall += r.Wall
		sum.CPU += r.CPU
	}
	row("all", "", sum.Packages, sum.Lines, total, sum.Wall, sum.CPU)
	return table
}

// print writes the report for the screen.
func (j *joined) print(w io.Writer, results []result) {
	var b bytes.Buffer
	for _, f := range j.findings {
		if f.was != "" {
			fmt.Fprintf(&b, "reworded: %s:%d: %s\n  its verdict (%s) was given for: %s\n", f.path, f.Line, f.Message,
				f.verdict.verdict, f.was)
		}
	}
	for _, f := range j.unjudged() {
		word := "unjudged"
		if f.isNew {
			word = "new"
		}
		fmt.Fprintf(&b, "%s: %s:%d: %s\n", word, f.path, f.Line, f.Message)
	}
	for _, v := range j.lost {
		fmt.Fprintf(&b, "lost: %s %s: (%s).%s: %s\n  its verdict was: %s, %s\n", v.module, v.file, v.handler, v.method,
			v.message, v.verdict, v.reason)
	}
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	columns(&b, j.moduleTable(results, true))
	for _, table := range [][][]string{j.contractTable(results), j.groupTable(results), j.ruleTable()} {
		b.WriteByte('\n')
		columns(&b, table)
	}
	fmt.Fprintf(&b, "\n%d without verdict, %d lost verdicts\n", len(j.unjudged()), len(j.lost))
	w.Write(b.Bytes())
}

func columns(b *bytes.Buffer, table [][]string) {
	t := newTable(b)
	for _, row := range table {
		fmt.Fprintln(t, strings.Join(row, "\t"))
	}
	t.Flush()
}

// markdown returns the generated parts of docs/real-code.md by the name of their marker.
func (j *joined) markdown(results []result) map[string]string {
	findings := [][]string{{"finding", "rule", "contract", "verdict", "why"}}
	list := slices.Clone(j.findings)
	slices.SortStableFunc(list, func(a, b judged) int { return compareKeys(a.key, b.key) })
	for _, f := range list {
		at := fmt.Sprintf("%s<br>%s:%d", f.finding.module, f.File, f.Line)
		findings = append(findings, []string{at, f.Rule, f.Contract, f.verdict.verdict, f.reason})
	}
	return map[string]string{
		"summary":   j.summary(results) + "\n",
		"modules":   pipes(j.moduleTable(results, false)),
		"rules":     pipes(j.ruleTable()),
		"contracts": pipes(j.contractTable(results)),
		"groups":    pipes(j.groupTable(results)),
		"findings":  pipes(findings),
	}
}

func pipes(table [][]string) string {
	var b strings.Builder
	for i, row := range table {
		for _, cell := range row {
			b.WriteString("| " + strings.ReplaceAll(cell, "|", `\|`) + " ")
		}
		b.WriteString("|\n")
		if i == 0 {
			b.WriteString(strings.Repeat("| --- ", len(row)) + "|\n")
		}
	}
	return b.String()
}
