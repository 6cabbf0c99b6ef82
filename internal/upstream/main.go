// Upstream measures what true findings in released libraries cost: it calls the
// hot method that emitcheck reports as often as a busy session does, while what
// it hands to is slow, and counts the goroutines that are there at once.
//
//	go -C internal/upstream run .
//
// Each measurement is a row of the table; docs/real-code.md has its findings and
// their repairs. It talks to nobody: what is slow is in this process.
package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"text/tabwriter"
	"time"
)

// calls is how often each hot method is called: some 20 s of audio frames.
const calls = 1000

// A measurement is one finding's.
type measurement struct {
	finding string // module, file and line, as docs/real-code.md has it
	what    string // what is slow

	// prepare makes a session and returns its hot method, called with the number
	// of the call, and a function that lets what is slow go on and ends it.
	prepare func() (hot func(i int) error, end func(), err error)
}

var measurements = []measurement{
	{"pion/interceptor v0.1.51 pkg/nack/responder_interceptor.go", "the network takes no packets", nack},
	{"watermill v1.5.1 pubsub/gochannel/pubsub.go", "the subscriber is busy", goChannel},
	{"slog-telegram v2.4.3 handler.go", "the server does not answer", telegram},
}

// A cost is what a measurement found.
type cost struct {
	goroutines int   // that the calls have left running
	bytes      int64 // of their stacks and heap
}

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "upstream:", err)
		os.Exit(2)
	}
}

func run(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintln(tw, "FINDING\tWHILE\tCALLS\tGOROUTINES\tKIB")
	for _, m := range measurements {
		c, err := m.measure()
		if err != nil {
			return fmt.Errorf("%s: %w", m.finding, err)
		}
		fmt.Fprintf(tw, "%s\t%s\t%d\t%d\t%d\n", m.finding, m.what, calls, c.goroutines, c.bytes>>10)
	}
	return tw.Flush()
}

func (m *measurement) measure() (cost, error) {
	hot, end, err := m.prepare()
	if err != nil {
		return cost{}, err
	}
	defer end()
	before, memory := settled(), inUse()
	for i := range calls {
		if err := hot(i); err != nil {
			return cost{}, err
		}
	}
	return cost{settled() - before, inUse() - memory}, nil
}

// settled returns the number of goroutines once it has not changed for a while:
// what the last measurement has let go on ends, what was started has begun.
func settled() int {
	for n, same := runtime.NumGoroutine(), 0; ; same++ {
		if same == 10 {
			return n
		}
		time.Sleep(5 * time.Millisecond)
		if now := runtime.NumGoroutine(); now != n {
			n, same = now, 0
		}
	}
}

func inUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}
