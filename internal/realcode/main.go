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
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

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
	gomod, err := command("", "go", "env", "GOMOD")
	if err != nil {
		return false, err
	}
	r.root = filepath.Dir(strings.TrimSpace(string(gomod)))
	if r.cache == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return false, err
		}
		r.cache = filepath.Join(user, "emitcheck-realcode")
	}
	if r.cache, err = filepath.Abs(r.cache); err != nil {
		return false, err
	}

	modules, err := readModules(filepath.Join(r.root, "internal", "realcode", "modules.txt"))
	if err != nil {
		return false, err
	}
	if only != "" {
		if md {
			return false, fmt.Errorf("-md needs every module: leave -only out")
		}
		parts := strings.Split(only, ",")
		modules = slices.DeleteFunc(modules, func(m module) bool {
			return !slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(m.path, p) })
		})
		if len(modules) == 0 && !(robust && only == "std") {
			return false, fmt.Errorf("no module matches -only=%s", only)
		}
	}

	if ci {
		if md {
			return false, fmt.Errorf("-md needs every module: leave -ci out")
		}
		modules = slices.DeleteFunc(modules, func(m module) bool { return !m.ci })
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
			dir, err := r.prepare(m)
			if err != nil {
				fmt.Fprintf(os.Stderr, "realcode: %s: %v\n", m, err)
				failed = append(failed, m.path)
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
		if _, err := command(r.root, "go", "build", "-trimpath", "-buildvcs=false", "-o", r.emitcheck, "./cmd/emitcheck"); err != nil {
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
			failed = append(failed, m.path)
			continue
		}
		fmt.Fprintf(os.Stderr, "%s: %d lines, %d handlers, %d findings, %.0f s\n", at, res.Lines, len(res.Handlers),
			len(res.Findings), res.Wall.Seconds())
		results = append(results, res)
	}

	ran := map[string]bool{}
	var findings []finding
	for _, res := range results {
		ran[res.module.path] = true
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
	}
	return len(j.unjudged()) == 0 && len(j.lost) == 0, nil
}

// command runs a command in a module's directory and returns what it prints.
func command(dir, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	if dir != "" {
		cmd.Dir = dir
		cmd.Env = env(dir)
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if len(args) > 4 {
			args = append(args[:4:4], "…")
		}
		return stdout.Bytes(), fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, tail(stderr.Bytes()))
	}
	return stdout.Bytes(), nil
}

// env makes the outcome independent of the machine's C compiler and of a go.work above the copy.
func env(dir string) []string {
	return append(os.Environ(), "PWD="+dir, "CGO_ENABLED=0", "GOWORK=off")
}

func tail(b []byte) []byte {
	const limit = 4000
	if len(b) > limit {
		b = append([]byte("…"), b[len(b)-limit:]...)
	}
	return b
}

func newTable(w *bytes.Buffer) *tabwriter.Writer { return tabwriter.NewWriter(w, 0, 0, 2, ' ', 0) }
