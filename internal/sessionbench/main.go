// Sessionbench measures package runtime beside bare channels and timers, and prints tables:
//
//	sessionbench -tests runtime.test [-count n] [-for duration] [-md file]
//	sessionbench -case sessions|bare|start [-n sessions] [-for duration] [-cpuprofile file]
//
// scripts/bench-runtime.sh builds what it needs and runs the first form, which runs the second for each case: a process
// of its own has a heap of its own. The second form prints JSON.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime/pprof"
	"strconv"
	"time"

	"github.com/emitcheck/emitcheck/internal/section"
)

var (
	tests      = flag.String("tests", "", "the test `binary` of package runtime, whose benchmarks are run")
	count      = flag.Int("count", 3, "how often each benchmark runs; the fastest counts")
	window     = flag.Duration("for", 4*time.Second, "how long to measure once all sessions run")
	md         = flag.String("md", "", "rewrite the tables in this `file`, too")
	oneCase    = flag.String("case", "", "measure this `case` alone: sessions, bare or start")
	n          = flag.Int("n", 1000, "how many sessions run, for -case")
	cpuprofile = flag.String("cpuprofile", "", "write a CPU profile of the steady state to this `file`, for -case")
)

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "sessionbench:", err)
		os.Exit(2)
	}
}

func run() error {
	switch {
	case *oneCase != "":
		result, err := measure(*oneCase, *n, *window)
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(result)
	case *tests == "":
		flag.Usage()
		return fmt.Errorf("-tests or -case is needed")
	}
	text, err := measureAll()
	if err != nil {
		return err
	}
	fmt.Print(text)
	if *md != "" {
		return section.Rewrite(*md, map[string]string{"bench-runtime": "\n" + text + "\n"})
	}
	return nil
}

// measure runs one case in this process.
func measure(name string, n int, window time.Duration) (any, error) {
	switch name {
	case "sessions":
		return measureLoad(n, window, startSessions)
	case "bare":
		return measureLoad(n, window, startBare)
	case "start":
		return measureStart(n)
	}
	return nil, fmt.Errorf("-case %s: want sessions, bare or start", name)
}

// inProcess runs one case in a process of its own and decodes what it prints.
func inProcess(name string, n int, window time.Duration, result any) error {
	fmt.Fprintf(os.Stderr, "%s, %d sessions… ", name, n)
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self, "-case", name, "-n", strconv.Itoa(n), "-for", window.String())
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%s, %d sessions: %w", name, n, err)
	}
	fmt.Fprintf(os.Stderr, "%s", out)
	return json.Unmarshal(out, result)
}

// profiled runs f under the CPU profiler if a profile is wanted.
func profiled(f func()) error {
	if *cpuprofile == "" {
		f()
		return nil
	}
	file, err := os.Create(*cpuprofile)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return err
	}
	f()
	pprof.StopCPUProfile()
	return file.Close()
}
