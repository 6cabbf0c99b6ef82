package runtime

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A task is a goroutine of a session. All that runs for a session is one: the
// driver's loops, each call of a handler's method, what Session.Go was given.
type task struct {
	name string // what it runs, in the user's words: a method, or where Go was called
	id   string // unique in the process
}

// tasks is a set of running tasks.
type tasks struct {
	session string                      // labels the goroutines
	failed  func(task *task, err error) // told of each error and panic

	mu      sync.Mutex
	running map[*task]struct{}
	idle    chan struct{} // closed when nothing runs; nil before the first
	closed  bool
}

// lastTask numbers the tasks of the process: a goroutine is found by its number
// in a profile.
var lastTask atomic.Uint64

// start runs f in a goroutine of its own. It reports false, and runs nothing,
// if the set is closed.
func (g *tasks) start(ctx context.Context, name string, f func(ctx context.Context) error) bool {
	t := &task{name: name, id: strconv.FormatUint(lastTask.Add(1), 10)}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return false
	}
	if g.running == nil {
		g.running = make(map[*task]struct{})
	}
	if len(g.running) == 0 {
		g.idle = make(chan struct{})
	}
	g.running[t] = struct{}{}
	// The labels reach whatever the task starts in turn, and a user's profiles.
	labels := pprof.Labels("session", g.session, "task", t.name, taskLabel, t.id)
	go func() {
		defer g.ended(t)
		pprof.Do(ctx, labels, func(ctx context.Context) {
			var err error = &PanicError{Value: errGoexit} // if f does not return
			defer func() {
				if err != nil {
					g.failed(t, err)
				}
			}()
			err = protect(func() error { return f(ctx) })
		})
	}()
	return true
}

func (g *tasks) ended(t *task) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.running, t)
	if len(g.running) == 0 {
		close(g.idle)
	}
}

// close lets every further start fail.
func (g *tasks) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
}

// wait waits until no task runs, for at most d, and returns those that run
// still.
func (g *tasks) wait(d time.Duration) []*task {
	g.mu.Lock()
	n, idle := len(g.running), g.idle
	g.mu.Unlock()
	if n == 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		select {
		case <-idle:
		case <-timer.C:
			return g.list()
		}
		g.mu.Lock()
		n, idle = len(g.running), g.idle
		g.mu.Unlock()
		if n == 0 {
			return nil
		}
	}
}

func (g *tasks) list() []*task {
	g.mu.Lock()
	defer g.mu.Unlock()
	var list []*task
	for t := range g.running {
		list = append(list, t)
	}
	return list
}

// protect runs f and returns its error, or what it panicked with.
func protect(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	return f()
}

var errGoexit = errors.New("runtime.Goexit was called")

// taskLabel is the profiler label that tells tasks apart.
const taskLabel = "task_id"

// overstay names those of the tasks that run still, with their stacks. It
// returns nil if none does.
func (g *tasks) overstay(list []*task) error {
	stacks := taskStacks()
	var e OverstayError
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, t := range list {
		if _, ok := g.running[t]; ok {
			e.Overstays = append(e.Overstays, Overstay{Task: t.name, Stack: stacks[t.id]})
		}
	}
	if len(e.Overstays) == 0 {
		return nil
	}
	slices.SortFunc(e.Overstays, func(a, b Overstay) int { return cmp.Compare(a.Task, b.Task) })
	return &e
}

// taskStacks returns the stacks of the goroutines of all running tasks by the
// task's id: its own goroutine's, and those of goroutines that it has started
// itself.
func taskStacks() map[string]string {
	var profile bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&profile, 1); err != nil {
		return nil // a bytes.Buffer takes everything
	}
	stacks := make(map[string]string)
	for block := range strings.SplitSeq(profile.String(), "\n\n") {
		_, rest, ok := strings.Cut(block, strconv.Quote(taskLabel)+":\"")
		if !ok {
			continue
		}
		id, _, _ := strings.Cut(rest, `"`)
		var stack strings.Builder
		for line := range strings.Lines(block) {
			// A frame reads "#\t0xADDRESS\tFUNCTION+0xOFFSET\tFILE:LINE".
			if fields := strings.Fields(strings.TrimPrefix(line, "#")); strings.HasPrefix(line, "#\t0x") && len(fields) == 3 {
				function, _, _ := strings.Cut(fields[1], "+0x")
				fmt.Fprintf(&stack, "%s\n\t%s\n", function, fields[2])
			}
		}
		stacks[id] += stack.String()
	}
	return stacks
}
