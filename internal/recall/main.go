// Recall measures what emitcheck finds, by mutation of real code.
//
// It takes the hot methods of the modules marked !recall in internal/realcode/modules.txt on which emitcheck reports nothing, inserts a
// misuse into each (a goroutine, a channel, a resource, …: operators.go), reached in some way (by a call, a closure,
// through packages: carriers.go), somewhere in the real code (placements.go), type-checks the result and looks whether
// emitcheck reports it on its line. Likewise it inserts what emitcheck has to pass over, and looks whether it does. What
// is to be found and what not follows from the design and the table of cuts alone (promise.go).
//
//	go run ./internal/recall [-only substrings] [-n mutants] [-seed number] [-small] [-keep dir] [-md]
//
// It exits with 1 where a miss or a wrong finding is in no row of limits.tsv, or a row has nothing to say any more; with 2
// where something could not run. How code is read is no affair of this package: it sees of emitcheck what a driver sees.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emitcheck/emitcheck/internal/realmod"
	"github.com/emitcheck/emitcheck/internal/section"
)

// small are the modules of a run that is short enough for each change.
const small = "pion/interceptor,gopxl/beep,otel/sdk/log,groupbytraceprocessor"

// A config is what the command line asks for.
type config struct {
	only    string
	small   bool
	seed    uint64
	n       int
	workers int
	cache   string
	keep    string
	verbose bool
	md      bool
}

func main() {
	var c config
	flag.StringVar(&c.only, "only", "", "run only on the modules whose path contains one of these comma-separated `substrings`")
	flag.BoolVar(&c.small, "small", false, "run only on a few small modules ("+small+")")
	flag.Uint64Var(&c.seed, "seed", 1, "the `number` that chooses the sample")
	flag.IntVar(&c.n, "n", 25, "how many `mutants` of each hot method, twins included")
	flag.IntVar(&c.workers, "workers", runtime.GOMAXPROCS(0), "how many mutants are looked at at once")
	flag.StringVar(&c.cache, "cache", "", "`directory` for the writable copies of the modules (default: emitcheck-realcode in the user's cache directory)")
	flag.StringVar(&c.keep, "keep", "", "`directory` to write to each mutant that is missed, wrongly found or does not compile")
	flag.BoolVar(&c.verbose, "v", false, "say what becomes of each mutant")
	flag.BoolVar(&c.md, "md", false, "rewrite the tables in docs/real-code.md")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: go run ./internal/recall [flags]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	debug.SetGCPercent(300)
	ok, err := c.run()
	if err != nil {
		fmt.Fprintln(os.Stderr, "recall:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

func (c *config) run() (ok bool, err error) {
	root, err := realmod.Root()
	if err != nil {
		return false, err
	}
	if c.cache == "" {
		if c.cache, err = realmod.Cache(); err != nil {
			return false, err
		}
	}
	if c.cache, err = filepath.Abs(c.cache); err != nil {
		return false, err
	}
	modules, err := realmod.Read(filepath.Join(root, "internal", "realcode", "modules.txt"))
	if err != nil {
		return false, err
	}
	only := c.only
	if c.small {
		only = small
	}
	if only != "" {
		parts := strings.Split(only, ",")
		modules = slices.DeleteFunc(modules, func(m realmod.Module) bool {
			return !slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(m.Path, p) })
		})
		if len(modules) == 0 {
			return false, fmt.Errorf("no module matches -only=%s", only)
		}
	} else {
		modules = slices.DeleteFunc(modules, func(m realmod.Module) bool { return !m.Recall })
		if len(modules) == 0 {
			return false, fmt.Errorf("no module of modules.txt is marked !recall")
		}
	}
	limits, err := readLimits(filepath.Join(root, "internal", "recall", "limits.tsv"))
	if err != nil {
		return false, err
	}
	r := &report{limits: limits}
	var failed []string
	for _, m := range modules {
		if err := c.module(m, r); err != nil {
			fmt.Fprintf(os.Stderr, "recall: %s: %v\n", m, err)
			failed = append(failed, m.Path)
		}
	}
	whole := only == ""
	r.print(os.Stdout, whole)
	if len(failed) > 0 {
		return false, fmt.Errorf("could not check %s", strings.Join(failed, ", "))
	}
	if c.keep != "" {
		if err := r.keep(c.keep); err != nil {
			return false, err
		}
	}
	if c.md {
		if !whole {
			return false, fmt.Errorf("-md needs every module: leave -only and -small out")
		}
		sections := r.markdown()
		if err := section.Rewrite(filepath.Join(root, "docs", "real-code.md"), sections); err != nil {
			return false, err
		}
		const summary = "recall:summary"
		if err := section.Rewrite(filepath.Join(root, "README.md"), map[string]string{summary: sections[summary]}); err != nil {
			return false, err
		}
	}
	return r.ok(whole), nil
}

// module runs on one module.
func (c *config) module(m realmod.Module, r *report) error {
	start := time.Now()
	dir, err := m.Prepare(c.cache)
	if err != nil {
		return err
	}
	patterns, err := m.Resolve(dir)
	if err != nil {
		return err
	}
	if patterns, err = asking(dir, patterns); err != nil || len(patterns) == 0 {
		return err
	}
	program, err := openModule(m.Path, dir, patterns)
	if err != nil {
		return err
	}
	loaded := time.Since(start)
	var mutants []*mutant
	methods := 0
	for _, pkg := range program.Packages() {
		hv, err := collect(m.Path, program, pkg)
		if err != nil {
			return err
		}
		r.unclean += hv.unclean
		r.skipped += hv.skipped
		for _, h := range hv.methods {
			ms := h.sample(c.seed, c.n)
			if len(ms) > 0 {
				methods++
			}
			mutants = append(mutants, ms...)
		}
	}
	if len(mutants) > 0 {
		r.modules++
	}
	outcomes, err := runAll(mutants, c.workers)
	if err != nil {
		return err
	}
	for _, o := range outcomes {
		r.add(o)
		if c.verbose {
			fmt.Println(o.line())
		}
	}
	fmt.Fprintf(os.Stderr, "%s: %d hot methods, %d mutants (%.0f s, %.0f s of it to load)\n", m, methods, len(mutants), time.Since(start).Seconds(), loaded.Seconds())
	return nil
}

// runAll runs mutants, several at once, and returns what became of them in their order.
func runAll(mutants []*mutant, workers int) ([]*outcome, error) {
	outcomes := make([]*outcome, len(mutants))
	errs := make([]error, len(mutants))
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(1, workers) {
		wg.Go(func() {
			for i := range next {
				outcomes[i], errs[i] = mutants[i].run()
			}
		})
	}
	for i := range mutants {
		next <- i
	}
	close(next)
	wg.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("%s @ %s: %w", mutants[i], mutants[i].method.where(), err)
		}
	}
	return outcomes, nil
}
