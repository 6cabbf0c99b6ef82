package runtime

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
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

// start runs f in a goroutine of its own. If the set is closed it runs nothing,
// and returns [ErrSessionEnded].
func (g *tasks) start(ctx context.Context, name string, f func(ctx context.Context) error) error {
	t := &task{name: name, id: strconv.FormatUint(lastTask.Add(1), 10)}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return ErrSessionEnded
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
			err = sane(protect(func() error { return f(ctx) }))
		})
	}()
	return nil
}

func (g *tasks) ended(t *task) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.running, t)
	if len(g.running) == 0 {
		close(g.idle)
	}
}

// close waits until no task runs, for at most d, and lets every start fail from
// there on. It reports whether a task runs still.
func (g *tasks) close(d time.Duration) bool {
	for deadline := time.Now().Add(d); ; {
		left := g.wait(time.Until(deadline))
		g.mu.Lock()
		if left || len(g.running) == 0 {
			g.closed = true
			g.mu.Unlock()
			return left
		}
		g.mu.Unlock() // one has been started meanwhile
	}
}

// wait waits until no task runs, for at most d, and reports whether one runs
// still.
func (g *tasks) wait(d time.Duration) bool {
	var timer *time.Timer
	for {
		g.mu.Lock()
		n, idle := len(g.running), g.idle
		g.mu.Unlock()
		if n == 0 {
			return false
		}
		if timer == nil {
			timer = time.NewTimer(d)
			defer timer.Stop()
		}
		select {
		case <-idle:
		case <-timer.C:
			return true
		}
	}
}

func (g *tasks) list() []*task {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Collect(maps.Keys(g.running))
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

// sane returns err, or what to say of it if it is a nil pointer: no method can be
// called on that.
func sane(err error) error {
	if v := reflect.ValueOf(err); v.Kind() == reflect.Pointer && v.IsNil() {
		return fmt.Errorf("the error is a nil %T, which is not a nil error", err)
	}
	return err
}

var errGoexit = errors.New("runtime.Goexit was called")

// taskLabel is the profiler label that tells tasks apart.
const taskLabel = "task_id"

// overstay names what runs still, with its stacks. It returns nil if nothing
// does.
func overstay(sets ...*tasks) *OverstayError {
	var stacks map[string]string
	for tries := 0; ; tries++ {
		var e OverstayError
		unknown := false
		for _, g := range sets {
			for _, t := range g.list() {
				stack, ok := stacks[t.id]
				unknown = unknown || !ok
				e.Overstays = append(e.Overstays, Overstay{Task: t.name, Stack: stack})
			}
		}
		if len(e.Overstays) == 0 {
			return nil
		}
		// One task may end, and start another one, while the stacks are taken: all
		// that is named runs after that, and is in them, unless it has taken its
		// labels off.
		if !unknown || tries == 3 {
			slices.SortFunc(e.Overstays, func(a, b Overstay) int { return cmp.Compare(a.Task, b.Task) })
			return &e
		}
		stacks = taskStacks()
	}
}

// profiles shares profiles among those who ask for one at the same time: on
// shutdown these may be thousands, and a profile stops the world.
var profiles struct {
	asked   atomic.Uint64 // how many have asked so far
	waiting atomic.Int64  // how many have asked and not got one yet
	mu      sync.Mutex
	served  uint64 // how many had asked when the last profile began
	last    map[string]string
}

// taskStacks returns the stacks of the goroutines of all running tasks by the
// task's id: its own goroutine's, and those of goroutines that it has started
// itself.
func taskStacks() map[string]string {
	p := &profiles
	p.waiting.Add(1)
	n := p.asked.Add(1)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.served < n {
		p.served = p.asked.Load()
		p.last = profileTasks()
	}
	stacks := p.last
	if p.waiting.Add(-1) == 0 {
		p.last = nil
	}
	return stacks
}

func profileTasks() map[string]string {
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
			// A frame reads "#\t0xADDRESS\tFUNCTION+0xOFFSET\tFILE:LINE", with more
			// tabs where that aligns it.
			fields := strings.FieldsFunc(line, func(r rune) bool { return r == '\t' || r == '\n' })
			if len(fields) == 4 && fields[0] == "#" {
				function, _, _ := strings.Cut(fields[2], "+0x")
				fmt.Fprintf(&stack, "%s\n\t%s\n", function, fields[3])
			}
		}
		stacks[id] += stack.String()
	}
	return stacks
}
