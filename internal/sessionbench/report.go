package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	goruntime "runtime"
	"strconv"
	"strings"
	"time"
)

// steps are the numbers of sessions that are tried, up to the first that a machine does not carry.
var steps = []int{1000, 1500, 2000, 3000, 4000, 5000, 7000, 10_000, 15_000, 20_000, 30_000, 50_000}

// many is a number of sessions that is measured in any case, and for twice as long.
const many = 10_000

// measureAll measures everything and returns the tables.
func measureAll() (string, error) {
	began := time.Now()
	marks, err := benchmarks()
	if err != nil {
		return "", err
	}
	sessions, err := loads("sessions", true)
	if err != nil {
		return "", err
	}
	bare, err := loads("bare", false)
	if err != nil {
		return "", err
	}
	var idle, busy start
	if err := inProcess("start", 0, *window, &idle); err != nil {
		return "", err
	}
	if err := inProcess("start", 1000, *window, &busy); err != nil {
		return "", err
	}

	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s/%s, %d CPUs%s. Measured in %.0f s.\n\n", goruntime.Version(), goruntime.GOOS,
		goruntime.GOARCH, goruntime.NumCPU(), processor(), time.Since(began).Seconds())
	if err := reportMarks(&b, marks); err != nil {
		return "", err
	}
	reportLoads(&b, sessions, bare)
	reportStarts(&b, idle, busy)
	if life, ok := marks["SessionLife"]; ok {
		fmt.Fprintf(&b, "\nA whole session that ends with its first Emit takes %.0f µs, %d allocations and %.1f kB on an"+
			" idle server.\n", life.time/1e3, life.allocs, float64(life.bytes)/1e3)
	}
	return b.String(), nil
}

// A mark is the result of a Go benchmark, per operation.
type mark struct {
	time          float64 // in nanoseconds; the least of all runs
	bytes, allocs int     // the most of all runs
}

var markLine = regexp.MustCompile(`^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+([0-9.]+) ns/op\s+(\d+) B/op\s+(\d+) allocs/op`)

// benchmarks runs the benchmarks of package runtime.
func benchmarks() (map[string]mark, error) {
	fmt.Fprintln(os.Stderr, "benchmarks…")
	cmd := exec.Command(*tests, "-test.run=^$", "-test.bench=.", "-test.count="+strconv.Itoa(*count))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	os.Stderr.Write(out)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", *tests, err)
	}
	marks := make(map[string]mark)
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		f := markLine.FindStringSubmatch(lines.Text())
		if f == nil {
			continue
		}
		var m mark
		m.time, _ = strconv.ParseFloat(f[2], 64)
		m.bytes, _ = strconv.Atoi(f[3])
		m.allocs, _ = strconv.Atoi(f[4])
		if before, ok := marks[f[1]]; ok {
			m.time, m.bytes, m.allocs = min(m.time, before.time), max(m.bytes, before.bytes), max(m.allocs, before.allocs)
		}
		marks[f[1]] = m
	}
	return marks, nil
}

// loads measures ever more sessions, up to the first number that is not carried, and many in any case if always.
func loads(name string, always bool) ([]load, error) {
	var list []load
	carried := true
	for _, n := range steps {
		if !carried && !(always && n == many) {
			continue
		}
		time, l := *window, load{}
		if n == many {
			time *= 2
		}
		if err := inProcess(name, n, time, &l); err != nil {
			return nil, err
		}
		list = append(list, l)
		carried = carried && l.carried()
	}
	return list, nil
}

func reportMarks(b *strings.Builder, marks map[string]mark) error {
	b.WriteString("One session as fast as it goes, all bounds 8:\n\n" +
		"| a frame | time | a second | × buffered channel | allocations |\n| --- | ---: | ---: | ---: | ---: |\n")
	least := marks["Channel/buffered"]
	for _, row := range []struct{ name, text string }{
		{"Channel/buffered", "from goroutine to goroutine, by a buffered channel"},
		{"Channel/unbuffered", "the same, by an unbuffered channel"},
		{"Queue", "the same, by a `Queue`"},
		{"Frame", "from `Emit` to the client, through a session and a `Pipe`"},
		{"Echo", "from the client through the handler and back, one at a time"},
	} {
		m, ok := marks[row.name]
		if !ok {
			return fmt.Errorf("%s has no Benchmark%s", *tests, row.name)
		}
		fmt.Fprintf(b, "| %s | %.0f ns | %s | %.1f | %d |\n", row.text, m.time, thousands(1e9/m.time), m.time/least.time,
			m.allocs)
	}
	return nil
}

func reportLoads(b *strings.Builder, sessions, bare []load) {
	b.WriteString("\nMany sessions at 50 frames a second each, in steady state:\n\n" +
		"| sessions | frames a second | of those wanted | late | gaps | CPUs in use | CPU per frame | × bare |" +
		" heap and stacks per session | RSS per session |\n" +
		"| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	floor := make(map[int]load)
	for _, l := range bare {
		floor[l.Sessions] = l
	}
	var others float64
	row := func(l load, kind, ratio string) {
		others = max(others, l.Others)
		memory := "–"
		if l.Memory > 0 {
			memory = fmt.Sprintf("%.1f kB", l.Memory/1e3)
		}
		fmt.Fprintf(b, "| %s%s | %s | %.1f %% | %.2f %% | %.2f %% | %.2f | %.1f µs | %s | %s | %.1f kB |\n",
			thousands(float64(l.Sessions)), kind, thousands(l.Frames), 100*l.Frames/l.wanted(), 100*l.Late, 100*l.Gaps,
			l.CPU, l.perFrame()/1e3, ratio, memory, l.RSS/1e3)
	}
	for _, l := range sessions {
		ratio := "–"
		if f, ok := floor[l.Sessions]; ok {
			ratio = fmt.Sprintf("%.1f", l.perFrame()/f.perFrame())
		}
		row(l, "", ratio)
	}
	for _, l := range bare {
		row(l, ", bare", "1.0")
	}
	with, without := carriedMost(sessions), carriedMost(bare)
	fmt.Fprintf(b, "\nThe most of these with under 1 %% late and over 99 %% of the frames: %s sessions, %s bare ones",
		thousands(float64(with)), thousands(float64(without)))
	if with > 0 {
		fmt.Fprintf(b, " (× %.1f)", float64(without)/float64(with))
	}
	fmt.Fprintf(b, ".\nOther processes took up to %.2f CPUs meanwhile.\n", others)
}

// carriedMost returns the largest number of sessions that was carried, and with it all smaller ones.
func carriedMost(loads []load) (most int) {
	for _, l := range loads {
		if !l.carried() {
			break
		}
		most = l.Sessions
	}
	return most
}

func reportStarts(b *strings.Builder, idle, busy start) {
	fmt.Fprintf(b, "\nThe time to a session's first Emit, over %s sessions one after the other:\n\n", thousands(samples))
	b.WriteString("| | idle server: median | × bare | 99th percentile | beside 1,000 sessions: median | × bare |" +
		" 99th percentile |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, row := range []struct {
		text string
		of   func(start) times
	}{
		{"bare: from a `go` statement to its function", func(s start) times { return s.Bare }},
		{"from SessionStart's return", func(s start) times { return s.FromStart }},
		{"from the call of Serve", func(s start) times { return s.FromServe }},
	} {
		fmt.Fprintf(b, "| %s |", row.text)
		for _, s := range []start{idle, busy} {
			t := row.of(s)
			fmt.Fprintf(b, " %.0f µs | %.1f | %.0f µs |", t.Median/1e3, t.Median/s.Bare.Median, t.P99/1e3)
		}
		b.WriteString("\n")
	}
}

// thousands writes a number with commas.
func thousands(f float64) string {
	s := strconv.FormatFloat(f, 'f', 0, 64)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// processor names the CPUs, where /proc does.
func processor() string {
	data, _ := os.ReadFile("/proc/cpuinfo")
	_, rest, ok := strings.Cut(string(data), "model name")
	if !ok {
		return ""
	}
	line, _, _ := strings.Cut(rest, "\n")
	return " (" + strings.Trim(line, " \t:") + ")"
}
