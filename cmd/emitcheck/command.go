package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"text/tabwriter"

	"golang.org/x/tools/go/analysis"

	"github.com/emitcheck/emitcheck/analyzer"
	"github.com/emitcheck/emitcheck/docs"
	"github.com/emitcheck/emitcheck/internal/edit"
)

// The exit statuses.
const (
	exitClean    = 0
	exitFindings = 1
	exitFailed   = 2
)

// maxErrors bounds the errors that are shown of packages that do not load: one
// missing module makes thousands.
const maxErrors = 20

const usage = `usage: emitcheck [flags] [packages]
       emitcheck handlers [flags] [packages]
       emitcheck explain RULE
       emitcheck rules
       emitcheck contracts

emitcheck finds what a handler's hot method creates on each call and should
not. Without packages it looks at ./...; patterns are those of the go command.
As a vet tool (go vet -vettool=$(which emitcheck)) its flags -rules, -hot,
-start, -stop and -contracts are spelled -emitcheck.rules and so on.

-fix moves creations to where a session starts and their release to where it
stops, and reports what is left. It writes all files or none, and nothing that
does not compile. -diff shows what -fix would do, for patch -p0, and no more.

-format takes several formats, one for the standard output and the others each
with a file, which is written anew: -format text,sarif=report.sarif.

The exit status is 0 if there are no findings, 1 if there are some, and 2 if
emitcheck could not run; with -fix, findings are those that are left; with
-diff it is 1 if there is a diff.

flags:
`

// options are what the flags say.
type options struct {
	format   string
	outputs  []output // what format says
	dir      string
	tags     string
	test     bool
	fix      bool
	diff     bool
	lists    bool // only the handler types are asked for
	baseline string
	analyzer *analysis.Analyzer
	settings *analyzer.Settings
	sources  sourceSet
	stderr   io.Writer // for progress
}

// changes tells whether the fixes are asked for.
func (o *options) changes() bool { return o.fix || o.diff }

// conflict tells which flags do not go together, or not with a subcommand.
func (o *options) conflict(subcommand string) error {
	switch flag := map[bool]string{true: "-fix", false: "-diff"}[o.fix]; {
	case o.fix && o.diff:
		return errors.New("-fix and -diff exclude each other: -diff shows what -fix would do")
	case o.changes() && subcommand != "":
		return fmt.Errorf("%s does not go with %s", flag, subcommand)
	case o.diff && !o.only("text"):
		return fmt.Errorf("-diff does not go with -format %s: a diff is the only thing it writes", o.format)
	case o.baseline != "" && (o.diff || subcommand != ""):
		what := subcommand
		if o.diff {
			what = "-diff"
		}
		return fmt.Errorf("-baseline does not go with %s: it is for findings", what)
	case o.baseline != "" && o.reportTo(o.baseline) != nil:
		out := o.reportTo(o.baseline)
		return fmt.Errorf("-baseline and -format %s both name %s: give each a file of its own", out.format.name, out.file)
	case subcommand == "handlers" && !o.only("text", "json"):
		return fmt.Errorf("-format %s is for findings: handlers takes text or json, and no file", o.format)
	}
	return nil
}

// run is the command: it returns the exit status.
func run(args []string, stdout, stderr io.Writer) int {
	return runWith(analyzer.New, args, stdout, stderr)
}

// runWith is run with an analyzer of the caller's.
func runWith(newAnalyzer func(analyzer.Settings) *analysis.Analyzer, args []string, stdout, stderr io.Writer) int {
	fail := func(err error) int {
		fmt.Fprintf(stderr, "emitcheck: %v\n", err)
		return exitFailed
	}
	name := ""
	if len(args) > 0 {
		if isSubcommand(args[0]) {
			name, args = args[0], args[1:]
		}
	}
	opts := &options{settings: new(analyzer.Settings), stderr: stderr}
	fs := flag.NewFlagSet("emitcheck", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&opts.format, "format", formats[0].name, "comma-separated output `formats`, each "+formatNames()+", and as format=file if it is to go to a file")
	fs.StringVar(&opts.dir, "C", "", "run as if in `directory`")
	fs.StringVar(&opts.tags, "tags", "", "comma-separated build `tags`, as for go build")
	fs.BoolVar(&opts.test, "test", false, "look at test files too")
	fs.BoolVar(&opts.fix, "fix", false, "apply the fixes, and report what is left")
	fs.BoolVar(&opts.diff, "diff", false, "write what -fix would do as a unified diff")
	fs.StringVar(&opts.baseline, "baseline", "", "report only what is new against the findings in `file`, which is written if there is none")
	showVersion := fs.Bool("version", false, "print the version, and do nothing else")
	opts.settings.Register(fs)
	printUsage := func(w io.Writer) {
		fmt.Fprint(w, usage)
		fs.SetOutput(w)
		fs.PrintDefaults()
	}
	if name == "help" {
		printUsage(stdout)
		return exitClean
	}
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			printUsage(stdout)
			return exitClean
		}
		return fail(fmt.Errorf("%v; see emitcheck -help", err))
	}
	empty := false
	fs.Visit(func(f *flag.Flag) { empty = empty || f.Name == "baseline" && opts.baseline == "" })
	if empty {
		return fail(errors.New("-baseline names no file"))
	}
	if *showVersion {
		fmt.Fprintf(stdout, "emitcheck %s (%s %s/%s)\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
		return exitClean
	}
	rest := fs.Args()
	if name == "" && len(rest) > 0 && isSubcommand(rest[0]) {
		name, rest = rest[0], rest[1:] // the flags came first
	}
	for _, arg := range rest {
		if strings.HasPrefix(arg, "-") {
			return fail(fmt.Errorf("%s stands after %s: flags go before packages", arg, rest[0]))
		}
	}
	var err error
	if opts.outputs, err = parseOutputs(opts.format); err != nil {
		return fail(fmt.Errorf("-format: %v", err))
	}
	if err := opts.conflict(name); err != nil {
		return fail(err)
	}
	switch name {
	case "rules", "contracts":
		if len(rest) > 0 {
			return fail(fmt.Errorf("%s takes no arguments, but got %q", name, rest[0]))
		}
		if name == "rules" {
			listRules(stdout)
		} else {
			listContracts(stdout)
		}
		return exitClean
	case "explain":
		if len(rest) != 1 {
			return fail(fmt.Errorf("explain takes one rule: one of %s", ruleNames()))
		}
		page, err := docs.Rule(rest[0])
		if err != nil || analyzer.RuleByName(rest[0]) == nil {
			return fail(fmt.Errorf("explain: unknown rule %q: want one of %s", rest[0], ruleNames()))
		}
		fmt.Fprint(stdout, page)
		return exitClean
	}
	if err := opts.settings.Check(); err != nil {
		return fail(err)
	}
	if opts.dir != "" {
		if info, err := os.Stat(opts.dir); err != nil || !info.IsDir() {
			return fail(fmt.Errorf("-C: %q is no directory", opts.dir))
		}
	}
	// What could go wrong at the end is looked at before files are fixed.
	if err := opts.checkOutputs(); err != nil {
		return fail(err)
	}
	var known *baseline
	if opts.baseline != "" {
		var err error
		if known, err = opts.readBaseline(); err != nil {
			return fail(err)
		}
	}
	opts.analyzer = newAnalyzer(*opts.settings)
	if opts.lists = name == "handlers"; opts.lists {
		opts.analyzer = analyzer.NewHandlers(*opts.settings)
	}
	results, err := opts.check(rest)
	if err != nil {
		var ce *compileErrors
		if errors.As(err, &ce) {
			for i, line := range ce.lines {
				if i == maxErrors {
					fmt.Fprintf(stderr, "… and %d more\n", len(ce.lines)-i)
					break
				}
				fmt.Fprintln(stderr, line)
			}
		}
		return fail(err)
	}
	var plan *edit.Plan
	if opts.changes() && results.broken() == 0 {
		if plan, results, err = opts.repair(results, rest, stderr); err != nil {
			return fail(err)
		}
	}
	if opts.baseline != "" && results.broken() == 0 {
		if err := opts.useBaseline(known, results, stderr); err != nil {
			return fail(err)
		}
	}
	switch {
	case opts.diff && plan == nil:
	case opts.diff:
		_, err = stdout.Write(plan.Diff(opts.file))
	case name == "handlers":
		err = listHandlers(stdout, opts, results)
	default:
		err = opts.report(stdout, results)
	}
	if err != nil {
		return fail(err)
	}
	if name == "" && len(results.handlers) == 0 && isTerminal(stderr) {
		fmt.Fprintln(stderr, "emitcheck: no handler types, so nothing to find; see https://github.com/emitcheck/emitcheck/blob/main/docs/contracts.md for what makes one")
	}
	for _, said := range results.idle {
		fmt.Fprintf(stderr, "emitcheck: %s\n", said)
	}
	for _, p := range results.problems {
		fmt.Fprintf(stderr, "%s: %s\n", opts.place(p.position), p.message)
	}
	if broken := results.broken(); broken > 0 {
		return fail(fmt.Errorf("%d directive(s) cannot be carried out", broken))
	}
	if opts.diff {
		if len(plan.Files) > 0 {
			return exitFindings
		}
		return exitClean
	}
	if name == "" && len(results.findings) > 0 || len(results.problems) > 0 {
		return exitFindings
	}
	return exitClean
}

func isSubcommand(name string) bool {
	switch name {
	case "handlers", "explain", "rules", "contracts", "help":
		return true
	}
	return false
}

func ruleNames() string {
	names := make([]string, len(analyzer.Rules))
	for i, r := range analyzer.Rules {
		names[i] = r.Name
	}
	return strings.Join(names, ", ")
}

func listRules(w io.Writer) {
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintln(tw, "RULE\tDEFAULT\tSAYS")
	for _, r := range analyzer.Rules {
		fmt.Fprintf(tw, "%s\t%s\t%s\n", r.Name, onOff(r.Default), r.Says)
	}
	tw.Flush()
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

func listContracts(w io.Writer) {
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintln(tw, "CONTRACT\tGROUP\tDEFAULT\tTYPE\tHOT\tSTART\tSTOP\tRATE")
	for _, c := range analyzer.Contracts() {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", c.Name, c.Group, onOff(c.Default), c.Type, names(c.Hot),
			names(c.Start), names(c.Stop), c.Rate)
	}
	tw.Flush()
}

func names(list []string) string {
	if len(list) == 0 {
		return "-"
	}
	return strings.Join(list, ",")
}

// listHandlers prints the handler types that were found, and below them the
// types that nearly are.
func listHandlers(w io.Writer, opts *options, results *results) error {
	if opts.only("json") {
		return encodeJSON(w, opts.jsonHandlers(results))
	}
	if len(results.handlers) == 0 {
		_, err := fmt.Fprintln(w, "no handler types; see https://github.com/emitcheck/emitcheck/blob/main/docs/contracts.md for what makes one")
		if err != nil {
			return err
		}
	}
	for _, h := range results.handlers {
		hot := make([]string, len(h.Hot))
		for i, m := range h.Hot {
			hot[i] = m + " (" + h.Rates[i] + ")"
		}
		_, err := fmt.Fprintf(w, "%s: %s, by %s: hot %s; start %s; stop %s\n", opts.place(h.position), h.Name,
			strings.Join(h.Ways, " and "), strings.Join(hot, ", "), names(h.Start), names(h.Stop))
		if err != nil {
			return err
		}
	}
	for _, m := range results.misses {
		if _, err := fmt.Fprintf(w, "%s: %s, no handler type: %s\n", opts.place(m.position), m.Name, m.Why); err != nil {
			return err
		}
	}
	return nil
}

// base returns the directory that file names are told relative to.
func (o *options) base() string {
	dir, err := filepath.Abs(o.dir)
	if err != nil {
		return ""
	}
	return dir
}

// place renders a position, its file relative to the directory if it lies in
// it.
func (o *options) place(p position) string {
	p.Filename = o.file(p.Filename)
	return p.String()
}

func (o *options) file(name string) string {
	if rel, err := filepath.Rel(o.base(), name); err == nil && !strings.HasPrefix(rel, "..") {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(name)
}
