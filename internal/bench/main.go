// Bench measures emitcheck against a bare type-check, go vet, staticcheck and golangci-lint on one module, and prints a
// table:
//
//	bench -dir module -bin directory [-runs n] [-cold=false] [-compile=false] [-md file -section name]
//
// scripts/bench.sh builds what it needs and runs it. Every command that is measured "from nothing" gets an empty GOCACHE
// and empty caches of its own; the module cache stays, since nobody measures downloads.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/emitcheck/emitcheck/internal/section"
)

var (
	dir     = flag.String("dir", "", "the `module` to measure on")
	bin     = flag.String("bin", "", "the `directory` of the programs: emitcheck, typecheck, noop, staticcheck, golangci-lint")
	runs    = flag.Int("runs", 3, "how often the type-check and emitcheck run; the fastest counts")
	cold    = flag.Bool("cold", true, "measure staticcheck and golangci-lint from nothing, too, which compiles everything for each")
	compile = flag.Bool("compile", true, "measure what compiles packages at all: everything but the type-check and the command")
	md      = flag.String("md", "", "rewrite the table in this `file`, too")
	table   = flag.String("section", "bench", "the `name` of the table's section there")
)

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
}

// usage is what a command and its children took.
type usage struct {
	cpu, wall time.Duration
	memory    int64 // peak of all its processes together
}

type row struct {
	name, basis string
	usage
}

func run() error {
	if *dir == "" || *bin == "" {
		flag.Usage()
		return fmt.Errorf("-dir and -bin are needed")
	}
	for _, p := range []*string{dir, bin} {
		abs, err := filepath.Abs(*p)
		if err != nil {
			return err
		}
		*p = abs
	}
	tmp, err := os.MkdirTemp("", "emitcheck-bench")
	if err != nil {
		return err
	}
	defer removeAll(tmp)

	// Whatever is missing in the module cache is fetched now, and the files are in memory for the first run too.
	warm, err := newCache(tmp)
	if err != nil {
		return err
	}
	if _, err := measure(step{name: "go list (to warm up)", args: []string{"go", "list", "-deps", "-test", "./..."}}, warm); err != nil {
		return err
	}
	if err := removeAll(warm); err != nil {
		return err
	}

	steps, err := script()
	if err != nil {
		return err
	}
	rows, err := walk(steps, tmp)
	if err != nil {
		return err
	}
	text, err := report(rows)
	if err != nil {
		return err
	}
	fmt.Print(text)
	if *md != "" {
		return section.Rewrite(*md, map[string]string{*table: "\n" + text + "\n"})
	}
	return nil
}

// A step is one row of the table.
type step struct {
	name string
	args []string
	env  []string

	fresh bool   // with a cache that is empty
	runs  int    // how often; steps of more than one run alternate
	basis string // the row that its CPU is compared to beside the type-check
}

// The names of rows that others are compared to, and of what differs little from them.
const (
	floor  = "type-check alone, from source"
	noop   = "`go vet -vettool` with an analyzer that does nothing, all compiled"
	noopGC = noop + ", emitcheck's GC settings"
)

// script lists the steps. Those after the first go vet share its cache, in which everything is compiled: what is measured
// of them is the analysis.
func script() ([]step, error) {
	tool := func(name string) string { return filepath.Join(*bin, name) }
	version, err := exec.Command(tool("staticcheck"), "-version").Output()
	if err != nil {
		return nil, err
	}
	staticcheck := "staticcheck"
	if f := strings.Fields(string(version)); len(f) > 0 {
		staticcheck += " " + strings.Trim(f[len(f)-1], "()")
	}
	config := filepath.Join(*bin, "golangci.yml")
	golangci := []string{tool("golangci-lint"), "run", "--config", config, "./..."}
	const lint = "golangci-lint with emitcheck alone"
	emitcheckVet := []string{"go", "vet", "-vettool=" + tool("emitcheck"), "./..."}

	steps := []step{
		{name: floor, args: []string{tool("typecheck"), "-q", "./..."}, fresh: true, runs: *runs},
		{name: "emitcheck, from nothing", args: []string{tool("emitcheck"), "./..."}, fresh: true, runs: *runs},
		{name: "`go vet`, from nothing", args: []string{"go", "vet", "./..."}, fresh: true},
		{name: "`go vet`, nothing has changed", args: []string{"go", "vet", "./..."}},
		// The go command keeps vet's results by the analyzers' flags: one more, at its default value, makes it do the same
		// work again on everything.
		{name: "`go vet`, all compiled", args: []string{"go", "vet", "-unusedresult.stringmethods=Error,String", "./..."}},
		{name: noop, args: []string{"go", "vet", "-vettool=" + tool("noop"), "./..."}},
		{name: noopGC, args: []string{"go", "vet", "-vettool=" + tool("noop"), "-noop", "./..."}, env: []string{"NOOP_GC=off"}},
		{name: "`go vet -vettool=emitcheck`, all compiled", args: emitcheckVet, basis: noop},
		{name: "`go vet -vettool=emitcheck`, nothing has changed", args: emitcheckVet},
		{name: lint + ", all compiled", args: golangci},
		{name: lint + ", nothing has changed", args: golangci},
		{name: staticcheck + ", all compiled", args: []string{tool("staticcheck"), "./..."}},
		{name: staticcheck + ", nothing has changed", args: []string{tool("staticcheck"), "./..."}},
	}
	if !*compile {
		return steps[:2], nil
	}
	if *cold {
		steps = append(steps,
			step{name: lint + ", from nothing", args: golangci, fresh: true},
			step{name: staticcheck + ", from nothing", args: []string{tool("staticcheck"), "./..."}, fresh: true},
		)
	}
	return steps, nil
}

// walk runs the steps.
func walk(steps []step, tmp string) ([]row, error) {
	var rows []row
	cache := ""
	for i := 0; i < len(steps); {
		// Those that are to run several times, one after the other.
		n := i + 1
		for n < len(steps) && steps[i].runs > 1 && steps[n].runs == steps[i].runs {
			n++
		}
		first := len(rows)
		for round := range max(1, steps[i].runs) {
			for j, s := range steps[i:n] {
				if s.fresh {
					if err := removeAll(cache); err != nil {
						return nil, err
					}
					var err error
					if cache, err = newCache(tmp); err != nil {
						return nil, err
					}
				}
				u, err := measure(s, cache)
				if err != nil {
					return nil, err
				}
				if round == 0 {
					rows = append(rows, row{name: s.name, basis: s.basis})
				}
				rows[first+j].least(u, round == 0)
			}
		}
		i = n
	}
	return rows, removeAll(cache)
}

func (r *row) least(u usage, first bool) {
	if first {
		r.usage = u
		return
	}
	r.cpu, r.wall, r.memory = min(r.cpu, u.cpu), min(r.wall, u.wall), min(r.memory, u.memory)
}

func newCache(tmp string) (string, error) { return os.MkdirTemp(tmp, "cache") }

// removeAll also removes what a tool made read-only.
func removeAll(dir string) error {
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			os.Chmod(path, 0o777)
		}
		return nil
	})
	return os.RemoveAll(dir)
}

// measure runs a step in the module with all caches below one directory. Findings (exit status 1) are no failure.
func measure(s step, cache string) (usage, error) {
	fmt.Fprintf(os.Stderr, "%s… ", s.name)
	cmd := exec.Command(s.args[0], s.args[1:]...)
	cmd.Dir = *dir
	cmd.Env = append(os.Environ(), "PWD="+*dir, "GOWORK=off", "GOFLAGS=", "GOCACHE="+filepath.Join(cache, "go"),
		"XDG_CACHE_HOME="+cache, "STATICCHECK_CACHE="+filepath.Join(cache, "staticcheck"),
		"GOLANGCI_LINT_CACHE="+filepath.Join(cache, "golangci-lint"))
	cmd.Env = append(cmd.Env, s.env...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	peak := watch(cmd)
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return usage{}, err
	}
	err := cmd.Wait()
	u := usage{wall: time.Since(start), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), memory: peak()}
	if err != nil && cmd.ProcessState.ExitCode() != 1 {
		return u, fmt.Errorf("%s: %w\n%s", strings.Join(s.args, " "), err, out.Bytes()[max(0, out.Len()-4000):])
	}
	if err != nil {
		// A reader has to see that these are findings and not a failure.
		lines := bytes.Split(bytes.TrimSpace(out.Bytes()), []byte("\n"))
		fmt.Fprintf(os.Stderr, "(%v, %d lines, the last: %.120s) ", err, len(lines), lines[len(lines)-1])
	}
	fmt.Fprintf(os.Stderr, "%.1f s CPU, %.1f s, %s\n", u.cpu.Seconds(), u.wall.Seconds(), memory(u.memory))
	return u, nil
}

func memory(n int64) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f GB", float64(n)/1e9)
}

func report(rows []row) (string, error) {
	check := rows[0]
	var b strings.Builder
	module, err := output("go", "list", "-m", "-f", "{{.Path}}")
	if err != nil {
		return "", err
	}
	// The copies of internal/realcode, like those of the module cache, carry the version in their name.
	if _, v, ok := strings.Cut(filepath.Base(*dir), "@"); ok {
		module += "@" + v
	}
	roots, err := output("go", "list", "./...")
	if err != nil {
		return "", err
	}
	all, err := output("go", "list", "-deps", "./...")
	if err != nil {
		return "", err
	}
	version, err := output("go", "env", "GOVERSION")
	if err != nil {
		return "", err
	}
	lines := func(s string) int { return len(strings.Fields(s)) }
	fmt.Fprintf(&b, "On %s: `./...` is %d packages, %d with their dependencies and the standard library. %s, %s/%s, %d CPUs.\n\n",
		module, lines(roots), lines(all), version, runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	b.WriteString("| | CPU (user + system) | × type-check | wall | × type-check | peak memory | × type-check |\n")
	b.WriteString("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %.1f s | %.2f | %.1f s | %.2f | %s | %s |\n", r.name, r.cpu.Seconds(),
			ratio(r.cpu, check.cpu), r.wall.Seconds(), ratio(r.wall, check.wall), memory(r.memory), memoryRatio(r.memory, check.memory))
	}
	for _, r := range rows {
		i := slices.IndexFunc(rows, func(o row) bool { return o.name == r.basis })
		if i >= 0 {
			fmt.Fprintf(&b, "\n%s takes %.2f times the CPU of %s.\n", r.name, ratio(r.cpu, rows[i].cpu), rows[i].name)
		}
	}
	return b.String(), nil
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

func memoryRatio(a, b int64) string {
	if a == 0 || b == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f", float64(a)/float64(b))
}

func output(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = *dir
	cmd.Env = append(os.Environ(), "PWD="+*dir, "GOWORK=off")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err
}
