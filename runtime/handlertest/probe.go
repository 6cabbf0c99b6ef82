package handlertest

import (
	"context"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// A probe is a handler that watches another one.
type probe[In, Out any] struct {
	h runtime.Handler[In, Out]

	// pace lets Emit be called at moments when nothing else happens.
	pace bool
	// drain calls Emit on after the session's end, until it fails: it may wait for
	// something then that it did not have to wait for before.
	drain bool

	// stall lets Emit be called no more, as if the client took nothing.
	stall bool

	started             chan struct{}                   // closed when SessionStart has returned
	session             atomic.Pointer[runtime.Session] // once it has started
	calls               atomic.Uint64                   // of Emit, begun
	emitting, receiving atomic.Bool                     // a call is under way
	emits, receives     meter

	mu     sync.Mutex
	frames []string // what Emit returned, described
	record bool
	late   []goroutine // calls that ran when SessionStop began
}

func (p *probe[In, Out]) SessionStart(ctx context.Context, s *runtime.Session) error {
	p.session.Store(s)
	defer close(p.started)
	return p.h.SessionStart(ctx, s)
}

func (p *probe[In, Out]) Receive(ctx context.Context, in In) error {
	p.receiving.Store(true)
	defer p.receiving.Store(false)
	if !p.pace {
		return p.h.Receive(ctx, in)
	}
	call := p.receives.begin()
	defer p.receives.end(call)
	return p.h.Receive(ctx, in)
}

// Moments at which Emit is called if the probe paces it: rarer than inputs, so
// that there is something to emit, and so odd that no other timer of the bubble
// fires then.
const (
	emitInterval = 50 * time.Millisecond
	emitOffset   = 7*time.Millisecond + 13*time.Microsecond + 1
)

func (p *probe[In, Out]) Emit(ctx context.Context) (Out, error) {
	if p.pace {
		//emitcheck:ignore emit-resource the test's own pace, and a timer of a session's clock costs nothing
		p.settle(ctx)
	}
	if p.stall {
		<-ctx.Done()
		var zero Out
		return zero, ctx.Err()
	}
	p.calls.Add(1)
	p.emitting.Store(true)
	out, err := p.emit(ctx)
	p.emitting.Store(false)
	if err == nil && p.record {
		p.mu.Lock()
		p.frames = append(p.frames, describe(out))
		p.mu.Unlock()
	}
	return out, err
}

// emit calls Emit and counts the goroutines that it starts.
func (p *probe[In, Out]) emit(ctx context.Context) (Out, error) {
	if !p.pace {
		return p.h.Emit(ctx)
	}
	call := p.emits.begin()
	defer p.emits.end(call)
	return p.h.Emit(ctx)
}

// settle waits for the next moment at which nothing else happens, or until ctx
// ends.
func (p *probe[In, Out]) settle(ctx context.Context) {
	now := time.Now()
	next := now.Truncate(emitInterval).Add(emitOffset)
	if !next.After(now) {
		next = next.Add(emitInterval)
	}
	timer := time.NewTimer(next.Sub(now))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

func (p *probe[In, Out]) SessionStop(ctx context.Context) error {
	if p.emitting.Load() || p.receiving.Load() {
		p.remember()
	} else if p.drain {
		var calls atomic.Int64
		drained := start(func() error {
			p.drainEmit(&calls)
			return nil
		})
		for before := int64(-1); before != calls.Load(); {
			before = calls.Load()
			select {
			case <-drained:
				return p.h.SessionStop(ctx)
			case <-time.After(grace):
			}
		}
		p.remember()
	}
	return p.h.SessionStop(ctx)
}

// drainable is more than a handler has in store.
const drainable = 10_000

// drainEmit calls Emit with a context that has ended, until it fails, and counts
// the calls.
func (p *probe[In, Out]) drainEmit(calls *atomic.Int64) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range drainable {
		if _, err := p.h.Emit(ctx); err != nil {
			return
		}
		calls.Add(1)
	}
}

// remember notes the calls that are under way.
func (p *probe[In, Out]) remember() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, g := range goroutines(bubbleOf(current())) {
		if m := g.method(); m == "Emit" || m == "Receive" {
			p.late = append(p.late, g)
		}
	}
}

// A meter counts the goroutines that calls of a method start.
type meter struct {
	watch chan *call // to the goroutine that sees when a call waits

	mu     sync.Mutex
	calls  int
	births uint64 // during calls, up to the first time that they wait
}

// A call is one call of a method.
type call struct {
	before uint64 // goroutines created before it
	waited bool
	births uint64 // up to when it waited
}

// start starts the goroutine that watches calls. It ends with ctx.
func (m *meter) start(ctx context.Context) {
	m.watch = make(chan *call, 1)
	go func() {
		for {
			select {
			case c := <-m.watch:
				// The clock moves on when every goroutine waits.
				time.Sleep(time.Nanosecond)
				m.mu.Lock()
				c.waited, c.births = true, created()-c.before
				m.mu.Unlock()
			case <-ctx.Done():
				return
			}
		}
	}()
}

func (m *meter) begin() *call {
	c := &call{before: created()}
	select {
	case m.watch <- c:
	default: // the session is over
	}
	return c
}

// end counts the goroutines of a call. What was started when it had waited is
// not counted: it may have been another's.
func (m *meter) end(c *call) {
	now := created()
	m.mu.Lock()
	defer m.mu.Unlock()
	if !c.waited {
		c.births = now - c.before
	}
	m.calls++
	m.births += c.births
}

// hot reports whether calls have started goroutines often, and how often.
func (m *meter) hot() (births uint64, calls int, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.births, m.calls, m.calls >= fewest && float64(m.births) >= hot*float64(m.calls)
}

// created returns how many goroutines the process has created so far, those of
// iter.Pull among them.
func created() uint64 {
	sample := []metrics.Sample{{Name: "/sched/goroutines-created:goroutines"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
