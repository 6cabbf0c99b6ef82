package handlertest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	goruntime "runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
	"github.com/emitcheck/emitcheck/runtime/handlertest"
)

// The good handlers, each of which resembles a bad one, and passes.
var good = []struct {
	name       string
	newHandler factory
}{
	{"an echo", func() handler { return newEcho() }},
	{"an echo that holds up its client", func() handler {
		q := runtime.NewQueue[int](2, runtime.Block)
		return &funcs{receive: q.Put, emit: q.Take}
	}},
	{"an echo of which only the answer waits", func() handler {
		q := runtime.NewQueue[int](16, runtime.Block)
		return &funcs{receive: q.Put, emit: q.Take}
	}},
	{"messages beside the frames", func() handler {
		h := newEcho()
		var session *runtime.Session
		h.start = func(_ context.Context, s *runtime.Session) error { session = s; return nil }
		take := h.emit
		h.emit = func(ctx context.Context) (int, error) {
			v, err := take(ctx)
			if err != nil {
				return 0, err
			}
			return v, session.Send(ctx, v)
		}
		return h
	}},
	{"an Interrupt for each input, with a hook that takes its time", func() handler {
		h := newEcho()
		var session *runtime.Session
		h.start = func(_ context.Context, s *runtime.Session) error {
			session = s
			s.OnInterrupt(func() { time.Sleep(time.Millisecond) })
			return nil
		}
		put := h.receive
		h.receive = func(ctx context.Context, in int) error {
			session.Interrupt()
			return put(ctx, in)
		}
		return h
	}},
	{"a cache with a lock that all sessions share, and another goroutine fills", func() factory {
		c := new(cache)
		c.put(0)
		return func() handler {
			h := &sharing[*cache]{shared: c}
			h.emit = func(ctx context.Context) (int, error) {
				c.put(rand.Int())
				return rand.Int(), nil
			}
			return h
		}
	}()},
	{"an Emit that sleeps a frame's time", func() handler {
		return &funcs{emit: func(context.Context) (int, error) { time.Sleep(20 * time.Millisecond); return 1, nil }}
	}},
	{"a slow start and a slow stop", func() handler {
		h := newEcho()
		h.start = func(ctx context.Context, _ *runtime.Session) error {
			select {
			case <-time.After(30 * time.Second):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		h.stop = func(context.Context) error { time.Sleep(3 * time.Second); return nil }
		return h
	}},
	{"a handler that does nothing", func() handler { return new(funcs) }},
	{"a generator that is started once", func() handler {
		h := new(funcs)
		h.start = func(_ context.Context, s *runtime.Session) error {
			g := runtime.Generate(s, 4, func(ctx context.Context, yield func(int) bool) error {
				endless(yield)
				return nil
			})
			h.emit = g.Next
			return nil
		}
		return h
	}},
	{"a goroutine of its own that SessionStop ends and awaits", func() handler {
		h := newEcho()
		var wg sync.WaitGroup
		cancel := func() {}
		h.start = func(context.Context, *runtime.Session) error {
			var ctx context.Context
			ctx, cancel = context.WithCancel(context.Background())
			wg.Go(func() { <-ctx.Done() })
			return nil
		}
		h.stop = func(context.Context) error {
			cancel()
			wg.Wait()
			return nil
		}
		return h
	}},
	{"a goroutine of its own that SessionStop ends and does not await", func() handler {
		h := newEcho()
		cancel := func() {}
		h.start = func(context.Context, *runtime.Session) error {
			var ctx context.Context
			ctx, cancel = context.WithCancel(context.Background())
			go func() { <-ctx.Done() }()
			return nil
		}
		h.stop = func(context.Context) error { cancel(); return nil }
		return h
	}},
	{"a ticker made once", func() handler {
		h := new(funcs)
		h.start = func(_ context.Context, s *runtime.Session) error {
			ticker := time.NewTicker(30 * time.Millisecond)
			s.OnStop(func() error { ticker.Stop(); return nil })
			h.emit = func(ctx context.Context) (int, error) {
				select {
				case <-ticker.C:
					return 1, nil
				case <-ctx.Done():
					return 0, ctx.Err()
				}
			}
			return nil
		}
		return h
	}},
	{"an iter.Pull made once", func() handler {
		h := new(funcs)
		h.start = func(_ context.Context, s *runtime.Session) error {
			next, stop := iter.Pull(endless)
			s.OnStop(func() error { stop(); return nil })
			h.emit = func(context.Context) (int, error) {
				v, _ := next()
				return v, nil
			}
			return nil
		}
		return h
	}},
	{"an Emit that never waits", func() handler {
		n := 0
		return &funcs{emit: func(context.Context) (int, error) { n++; return n, nil }}
	}},
	{"an Emit that has nothing most of the time", func() handler {
		n := 0
		return &funcs{emit: func(context.Context) (int, error) {
			if n++; n%10 != 0 {
				return 0, runtime.ErrNothing
			}
			return n, nil
		}}
	}},
	{"an Emit that ends the session", func() handler {
		n := 0
		return &funcs{emit: func(context.Context) (int, error) {
			if n++; n > 10 {
				return 0, io.EOF
			}
			return n, nil
		}}
	}},
	{"a goroutine on some calls", func() handler {
		h := newEcho()
		take, n := h.emit, 0
		h.emit = func(ctx context.Context) (int, error) {
			if n++; n%10 == 0 {
				var wg sync.WaitGroup
				wg.Go(func() {})
				wg.Wait()
			}
			return take(ctx)
		}
		return h
	}},
	{"a goroutine under a guard that holds", func() handler {
		h := newEcho()
		take := h.emit
		var session *runtime.Session
		var once sync.Once
		h.start = func(_ context.Context, s *runtime.Session) error { session = s; return nil }
		h.emit = func(ctx context.Context) (int, error) {
			once.Do(func() { session.Go(func(ctx context.Context) error { <-ctx.Done(); return nil }) })
			return take(ctx)
		}
		return h
	}},
	{"a producer that is slower than frames, and starts a goroutine for each", func() handler {
		h := new(funcs)
		h.start = func(_ context.Context, s *runtime.Session) error {
			g := runtime.Generate(s, 4, func(ctx context.Context, yield func(int) bool) error {
				for i := range endless {
					var wg sync.WaitGroup
					wg.Go(func() { time.Sleep(70 * time.Millisecond) })
					wg.Wait()
					if !yield(i) {
						return nil
					}
				}
				return nil
			})
			h.emit = g.Next
			return nil
		}
		return h
	}},
	{"a producer that is fast, and starts a goroutine for each frame", func() handler {
		h := new(funcs)
		h.start = func(_ context.Context, s *runtime.Session) error {
			g := runtime.Generate(s, 4, func(ctx context.Context, yield func(int) bool) error {
				for i := range endless {
					var wg sync.WaitGroup
					wg.Go(func() {})
					wg.Wait()
					if !yield(i) {
						return nil
					}
				}
				return nil
			})
			h.emit = g.Next
			return nil
		}
		return h
	}},
	{"a mutex held for a moment", func() handler {
		var mu sync.Mutex
		var last int
		h := newEcho()
		put, take := h.receive, h.emit
		h.receive = func(ctx context.Context, in int) error {
			mu.Lock()
			last = in
			mu.Unlock()
			return put(ctx, in)
		}
		h.emit = func(ctx context.Context) (int, error) {
			v, err := take(ctx)
			mu.Lock()
			defer mu.Unlock()
			return v + last - last, err
		}
		return h
	}},
	{"a service in memory", func() handler {
		h := newEcho()
		var conn net.Conn
		h.start = func(_ context.Context, s *runtime.Session) error {
			near, far := net.Pipe()
			conn = near
			s.Go(func(ctx context.Context) error {
				defer far.Close()
				_, err := io.Copy(io.Discard, far)
				return err
			})
			context.AfterFunc(s.Context(), func() { near.Close() })
			return nil
		}
		put := h.receive
		h.receive = func(ctx context.Context, in int) error {
			if _, err := fmt.Fprintln(conn, in); err != nil {
				return err
			}
			return put(ctx, in)
		}
		return h
	}},
	{"frames of chance", func() handler {
		return &funcs{emit: func(context.Context) (int, error) { return rand.Int(), nil }}
	}},
	{"a client, a logger, a configuration and counters that all sessions share", func() factory {
		type shared struct {
			client  *http.Client
			log     *slog.Logger
			options map[string]int
			emitted *atomic.Int64
			seen    struct {
				mu sync.Mutex
				n  map[string]bool
			}
		}
		s := &shared{client: http.DefaultClient, log: slog.Default(), options: map[string]int{"a": 1}, emitted: new(atomic.Int64)}
		return func() handler {
			h := &sharing[*shared]{shared: s}
			h.emit = func(ctx context.Context) (int, error) {
				s.emitted.Add(1)
				s.seen.mu.Lock()
				defer s.seen.mu.Unlock()
				return rand.Int() + len(s.seen.n), nil
			}
			return h
		}
	}()},
	{"a handler without fields", func() handler { return &fieldless{} }},
	{"a handler that is a value", func() handler { return value{runtime.NewQueue[int](8, runtime.DropOldest)} }},
	{"a SessionStart that heeds its context", func() handler {
		h := newEcho()
		h.start = func(ctx context.Context, _ *runtime.Session) error {
			select {
			case <-time.After(time.Second):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return h
	}},
	{"a slow SessionStop", func() handler {
		h := newEcho()
		h.stop = func(context.Context) error { time.Sleep(100 * time.Millisecond); return nil }
		return h
	}},
}

// sharing is a handler that shares something.
type sharing[T any] struct {
	funcs
	shared T
}

// A cache is made to be shared.
type cache struct {
	mu sync.Mutex
	m  map[int]int
}

func (c *cache) put(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.m == nil {
		c.m = make(map[int]int)
	}
	c.m[n]++
}

type fieldless struct{}

func (*fieldless) SessionStart(context.Context, *runtime.Session) error { return nil }
func (*fieldless) Receive(context.Context, int) error                   { return nil }
func (*fieldless) Emit(context.Context) (int, error)                    { return 0, runtime.ErrNothing }
func (*fieldless) SessionStop(context.Context) error                    { return nil }

type value struct{ q *runtime.Queue[int] }

func (v value) SessionStart(context.Context, *runtime.Session) error { return nil }
func (v value) Receive(ctx context.Context, in int) error            { return v.q.Put(ctx, in) }
func (v value) Emit(ctx context.Context) (int, error)                { return v.q.Take(ctx) }
func (v value) SessionStop(context.Context) error                    { return nil }

func TestGoodHandlersPass(t *testing.T) {
	for _, test := range good {
		t.Run(test.name, func(t *testing.T) {
			handlertest.Run(t, test.newHandler, count)
		})
	}
}

func TestFailingStartIsStopped(t *testing.T) {
	failing := func(stop func(context.Context) error) handlertest.Option {
		return handlertest.FailingStart(func() handler {
			return &funcs{
				start: func(context.Context, *runtime.Session) error { return errors.New("refused") },
				stop:  stop,
			}
		})
	}
	fine := func() handler { return newEcho() }
	if err := handlertest.Test(fine, failing(nil)); err != nil {
		t.Error(err)
	}
	err := handlertest.Test(fine, failing(func(context.Context) error { panic("not connected") }))
	if err == nil || !strings.Contains(err.Error(), "SessionStop after a SessionStart that failed fails: panic: not connected") {
		t.Errorf("the panic of a SessionStop after a failed start is not reported: %v", err)
	}
	starts := handlertest.FailingStart(fine)
	if err := handlertest.Test(fine, starts); err == nil || !strings.Contains(err.Error(), "did start") {
		t.Errorf("a FailingStart that starts is not reported: %v", err)
	}
}

func TestGoexitOfTheTestIsReported(t *testing.T) {
	for name, newHandler := range map[string]factory{
		"newHandler": func() handler { goruntime.Goexit(); return nil },
		"SessionStart": func() handler {
			return &funcs{start: func(context.Context, *runtime.Session) error { goruntime.Goexit(); return nil }}
		},
		"SessionStop": func() handler { return &funcs{stop: func(context.Context) error { goruntime.Goexit(); return nil }} },
	} {
		if err := handlertest.Test(newHandler); err == nil || !strings.Contains(err.Error(), "runtime.Goexit was called") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNilHandlerIsReportedWhenever(t *testing.T) {
	for n := range 20 {
		made := 0
		err := handlertest.Test(func() handler {
			if made++; made > n {
				return nil
			}
			return newEcho()
		})
		if err == nil || !strings.Contains(err.Error(), "newHandler returned nil") {
			t.Errorf("nil after %d handlers: %v", n, err)
		}
	}
}

func TestLargeFramesAreCompared(t *testing.T) {
	frame := func(last byte) func() runtime.Handler[int, []byte] {
		return func() runtime.Handler[int, []byte] { return &large{make([]byte, 1<<20), last} }
	}
	if err := handlertest.Test(frame(1), handlertest.Frames(20)); err != nil {
		t.Error(err)
	}
}

// large emits large frames.
type large struct {
	frame []byte
	last  byte
}

func (h *large) SessionStart(context.Context, *runtime.Session) error { return nil }
func (h *large) Receive(context.Context, int) error                   { return nil }
func (h *large) SessionStop(context.Context) error                    { return nil }
func (h *large) Emit(context.Context) ([]byte, error) {
	h.frame[len(h.frame)-1] += h.last
	return h.frame, nil
}

func TestOptionsOfAnotherHandlerAreRefused(t *testing.T) {
	newHandler := func() handler { return newEcho() }
	other := func() runtime.Handler[string, int] { return nil }
	for _, test := range []struct {
		option handlertest.Option
		says   string
	}{
		{handlertest.Inputs(func(session, n int) string { return "" }), "func(int, int) string"},
		{handlertest.FailingStart(other), "Handler[string,int]"},
		{handlertest.Frames(0), "Frames(0)"},
		{handlertest.Timeout(-1), "Timeout(-1ns)"},
	} {
		if err := handlertest.Test(newHandler, test.option); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("says %v, want %s in it", err, test.says)
		}
	}
	if err := handlertest.Test[int, int](nil); err == nil {
		t.Error("a nil newHandler passes")
	}
	if err := handlertest.Test(func() handler { return nil }); err == nil {
		t.Error("a newHandler that returns nil passes")
	}
}

func TestACallWithinABubbleIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		err := handlertest.Test(func() handler { return newEcho() })
		if err == nil || !strings.Contains(err.Error(), "within a synctest bubble") {
			t.Errorf("says %v", err)
		}
	})
}

func TestRunReportsFailuresToTheTest(t *testing.T) {
	if os.Getenv("HANDLERTEST_FAIL") != "" {
		handlertest.Run(t, func() handler {
			return &funcs{stop: func(context.Context) error { return errors.New("cannot") }}
		})
		return
	}
	out, err := runSelf(t, "^TestRunReportsFailuresToTheTest$", "HANDLERTEST_FAIL=1")
	for _, want := range []string{
		"--- FAIL: TestRunReportsFailuresToTheTest/life",
		"--- FAIL: TestRunReportsFailuresToTheTest/stop",
		"--- PASS: TestRunReportsFailuresToTheTest/context",
	} {
		if err == nil || !strings.Contains(out, want) {
			t.Errorf("no %q in a test that must fail (%v):\n%s", want, err, out)
		}
	}
}

func TestOtherTestsMayRunMeanwhile(t *testing.T) {
	for i := range 8 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			handlertest.Run(t, func() handler { return newEcho() }, count)
		})
	}
}
