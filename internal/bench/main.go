// Bench measures emitcheck against a bare type-check, go vet and staticcheck on one module, and prints a table:
//
//	bench -dir module -emitcheck path -typecheck path [-staticcheck path] [-runs n] [-md file]
//
// scripts/bench.sh builds what it needs and runs it. Every cold command gets an empty GOCACHE and an empty cache
// directory of its own; the module cache stays, since nobody measures downloads.
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
	"strings"
	"time"

	"github.com/emitcheck/emitcheck/internal/section"
)

var (
	dir         = flag.String("dir", "", "the `module` to measure on")
	emitcheck   = flag.String("emitcheck", "", "the emitcheck `binary`")
	typecheck   = flag.String("typecheck", "", "the `binary` of internal/bench/typecheck")
	staticcheck = flag.String("staticcheck", "", "the staticcheck `binary`; without it staticcheck is left out")
	vet         = flag.Bool("vet", true, "measure go vet")
	runs        = flag.Int("runs", 3, "how often the type-check and emitcheck run; the fastest counts")
	md          = flag.String("md", "", "rewrite the table in this `file`, too")
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
	name string
	usage
}

func run() error {
	if *dir == "" || *typecheck == "" {
		flag.Usage()
		return fmt.Errorf("-dir and -typecheck are needed")
	}
	for _, p := range []*string{dir, emitcheck, typecheck, staticcheck} {
		if *p == "" {
			continue
		}
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
	if _, err := measure("go list (to warm up)", warm, "go", "list", "-deps", "-test", "./..."); err != nil {
		return err
	}
	if err := removeAll(warm); err != nil {
		return err
	}

	cold := func(name string, args ...string) (usage, error) {
		cache, err := newCache(tmp)
		if err != nil {
			return usage{}, err
		}
		defer removeAll(cache)
		return measure(name, cache, args...)
	}
	check := row{name: "type-check alone, from source"}
	emit := row{name: "emitcheck, uncached"}
	for i := range *runs {
		u, err := cold(fmt.Sprintf("type-check %d", i+1), *typecheck, "-q", "./...")
		if err != nil {
			return err
		}
		check.least(u, i == 0)
		if *emitcheck == "" {
			continue
		}
		if u, err = cold(fmt.Sprintf("emitcheck %d", i+1), *emitcheck, "./..."); err != nil {
			return err
		}
		emit.least(u, i == 0)
	}
	rows := []row{check}
	if *emitcheck != "" {
		rows = append(rows, emit)
	}

	if *vet {
		cache, err := newCache(tmp)
		if err != nil {
			return err
		}
		for _, step := range []struct {
			name string
			args []string
		}{
			{"`go vet`, empty cache", []string{"./..."}},
			{"`go vet`, warm: nothing has changed", []string{"./..."}},
			// The go command keeps vet's results by the analyzers' flags: one more, at its default value, makes it do
			// the same work again on everything, with the export data of all packages at hand.
			{"`go vet`, warm: compiled, but not vetted", []string{"-unusedresult.stringmethods=Error,String", "./..."}},
		} {
			u, err := measure(step.name, cache, append([]string{"go", "vet"}, step.args...)...)
			if err != nil {
				return err
			}
			rows = append(rows, row{step.name, u})
		}
		if err := removeAll(cache); err != nil {
			return err
		}
	}
	if *staticcheck != "" {
		version, err := exec.Command(*staticcheck, "-version").Output()
		if err != nil {
			return err
		}
		name := "staticcheck"
		if f := strings.Fields(string(version)); len(f) > 0 {
			name += " " + strings.Trim(f[len(f)-1], "()")
		}
		cache, err := newCache(tmp)
		if err != nil {
			return err
		}
		for _, state := range []string{"empty caches", "empty cache of its own, all compiled"} {
			u, err := measure(name+", "+state, cache, *staticcheck, "./...")
			if err != nil {
				return err
			}
			rows = append(rows, row{name + ", " + state, u})
			if err := removeAll(filepath.Join(cache, staticcheckCache)); err != nil {
				return err
			}
		}
		if err := removeAll(cache); err != nil {
			return err
		}
	}

	text, err := report(rows, check, emit)
	if err != nil {
		return err
	}
	fmt.Print(text)
	if *md != "" {
		return section.Rewrite(*md, map[string]string{"bench": "\n" + text + "\n"})
	}
	return nil
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

const staticcheckCache = "staticcheck"

// measure runs a command in the module with all caches below one directory. Findings (exit status 1) are no failure.
func measure(name, cache string, args ...string) (usage, error) {
	fmt.Fprintf(os.Stderr, "%s… ", name)
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = *dir
	cmd.Env = append(os.Environ(), "PWD="+*dir, "GOWORK=off", "GOFLAGS=", "GOCACHE="+filepath.Join(cache, "go"),
		"XDG_CACHE_HOME="+cache, "STATICCHECK_CACHE="+filepath.Join(cache, staticcheckCache))
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
		return u, fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, out.Bytes()[max(0, out.Len()-4000):])
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

func report(rows []row, check, emit row) (string, error) {
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
	if emit.cpu > 0 {
		d := emit.cpu - check.cpu
		fmt.Fprintf(&b, "\nemitcheck against the type-check alone: %+.1f s of CPU, that is %+.0f %%.\n", d.Seconds(),
			100*ratio(d, check.cpu))
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
