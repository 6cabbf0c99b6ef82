// Realcode judges emitcheck on real code.
//
// It downloads the modules of modules.txt, runs emitcheck on each, joins every finding with its verdict in
// verdicts.tsv and prints what is new, what is gone and how precise each rule and each contract is:
//
//	go run ./internal/realcode [-emitcheck path] [-rules list] [-only substrings] [-ci] [-write] [-md]
//
// The groups of contracts that are off by default are turned on, and their findings counted apart.
//
// With -robust it asks of them, and of std, no more than that the analyzer stands them (robust.go).
//
// It exits with 1 when a finding has no verdict or a verdict no longer occurs, with 2 when something could not run.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/emitcheck/emitcheck/internal/realmod"
	"github.com/emitcheck/emitcheck/internal/section"
)

func main() {
	var (
		emitcheck = flag.String("emitcheck", "", "the emitcheck `binary` to run (default: built from ./cmd/emitcheck)")
		rules     = flag.String("rules", "", "the `list` of rules, passed on to emitcheck")
		ci        = flag.Bool("ci", false, "run only the modules that are marked !ci")
		fresh     = flag.Bool("fresh", false, "run emitcheck anew on modules that this very binary was run on before")
		only      = flag.String("only", "", "run only the modules whose path contains one of these comma-separated `substrings`")
		cache     = flag.String("cache", "", "`directory` for the writable copies of the modules (default: emitcheck-realcode in the user's cache directory)")
		write     = flag.Bool("write", false, "add a row with the verdict ? for each new finding, and bring the messages of reworded ones up to date")
		md        = flag.Bool("md", false, "rewrite the tables in docs/real-code.md")
		prepare   = flag.Bool("prepare", false, "only make the modules ready and print where their copies are")
		robust    = flag.Bool("robust", false, "take every type with methods for a handler, in std and the modules, tests included; fail on an error, on two runs that differ, and on a fix that does not compile")
	)
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: go run ./internal/realcode [flags]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	r := &runner{emitcheck: *emitcheck, rules: *rules, cache: *cache, fresh: *fresh}
	ok, err := r.run(*only, *ci, *prepare, *robust, *write, *md)
	if err != nil {
		fmt.Fprintln(os.Stderr, "realcode:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

type runner struct {
	root      string // of the emitcheck repository
	emitcheck string
	rules     string
	cache     string
	fresh     bool
	digest    string // of the binary
}

func (r *runner) run(only string, ci, prepareOnly, robust, write, md bool) (ok bool, err error) {
	if r.root, err = realmod.Root(); err != nil {
		return false, err
	}
	if r.cache == "" {
		if r.cache, err = realmod.Cache(); err != nil {
			return false, err
		}
	}
	if r.cache, err = filepath.Abs(r.cache); err != nil {
		return false, err
	}

	modules, err := realmod.Read(filepath.Join(r.root, "internal", "realcode", "modules.txt"))
	if err != nil {
		return false, err
	}
	if only != "" {
		if md {
			return false, fmt.Errorf("-md needs every module: leave -only out")
		}
		parts := strings.Split(only, ",")
		modules = slices.DeleteFunc(modules, func(m realmod.Module) bool {
			return !slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(m.Path, p) })
		})
		if len(modules) == 0 && !(robust && only == "std") {
			return false, fmt.Errorf("no module matches -only=%s", only)
		}
	}

	if ci {
		if md {
			return false, fmt.Errorf("-md needs every module: leave -ci out")
		}
		modules = slices.DeleteFunc(modules, func(m realmod.Module) bool { return !m.CI })
		if len(modules) == 0 {
			return false, fmt.Errorf("no module is marked !ci")
		}
	}

	if robust {
		return r.robust(modules, only == "" || only == "std")
	}
	if prepareOnly {
		var failed []string
		for _, m := range modules {
			dir, err := m.Prepare(r.cache)
			if err != nil {
				fmt.Fprintf(os.Stderr, "realcode: %s: %v\n", m, err)
				failed = append(failed, m.Path)
				continue
			}
			fmt.Println(dir)
		}
		if len(failed) > 0 {
			return false, fmt.Errorf("could not prepare %s", strings.Join(failed, ", "))
		}
		return true, nil
	}

	if r.emitcheck == "" {
		tmp, err := os.MkdirTemp("", "emitcheck-realcode")
		if err != nil {
			return false, err
		}
		defer os.RemoveAll(tmp)
		r.emitcheck = filepath.Join(tmp, "emitcheck.exe")
		if _, err := realmod.Command(r.root, "go", "build", "-trimpath", "-buildvcs=false", "-o", r.emitcheck, "./cmd/emitcheck"); err != nil {
			return false, err
		}
	}
	if r.emitcheck, err = filepath.Abs(r.emitcheck); err != nil {
		return false, err
	}

	if r.digest, err = digest(r.emitcheck); err != nil {
		return false, err
	}

	tsv := filepath.Join(r.root, "internal", "realcode", "verdicts.tsv")
	verdicts, err := readVerdicts(tsv)
	if err != nil {
		return false, err
	}

	var results []result
	var failed []string
	for i, m := range modules {
		at := fmt.Sprintf("[%d/%d] %s", i+1, len(modules), m)
		fmt.Fprintln(os.Stderr, at)
		res, err := r.check(m)
		if err != nil {
			fmt.Fprintf(os.Stderr, "realcode: %s: %v\n", m, err)
			failed = append(failed, m.Path)
			continue
		}
		fmt.Fprintf(os.Stderr, "%s: %d lines, %d handlers, %d findings, %.0f s\n", at, res.Lines, len(res.Handlers),
			len(res.Findings), res.Wall.Seconds())
		results = append(results, res)
	}

	ran := map[string]bool{}
	var findings []finding
	for _, res := range results {
		ran[res.module.Path] = true
		findings = append(findings, res.Findings...)
	}
	asked := askedRules(r.rules)
	j := join(findings, verdicts, func(v verdict) bool { return ran[v.module] && asked(v.rule) })

	j.print(os.Stdout, results)
	if write {
		if err := writeVerdicts(tsv, j.rows()); err != nil {
			return false, err
		}
	}
	if len(failed) > 0 {
		return false, fmt.Errorf("could not check %s", strings.Join(failed, ", "))
	}
	if md {
		if r.rules != "" {
			return false, fmt.Errorf("-md needs the default rules: leave -rules out")
		}
		doc := filepath.Join(r.root, "docs", "real-code.md")
		sections := make(map[string]string)
		for part, body := range j.markdown(results) {
			sections["realcode:"+part] = body
		}
		if err := section.Rewrite(doc, sections); err != nil {
			return false, err
		}
		const summary = "realcode:summary"
		if err := section.Rewrite(filepath.Join(r.root, "README.md"), map[string]string{summary: sections[summary]}); err != nil {
			return false, err
		}
	}
	return len(j.unjudged()) == 0 && len(j.lost) == 0, nil
}

func newTable(w *bytes.Buffer) *tabwriter.Writer { return tabwriter.NewWriter(w, 0, 0, 2, ' ', 0) }
