package handlertest_test

import (
	"context"
	"errors"
	"io"
	"iter"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
	"github.com/emitcheck/emitcheck/runtime/handlertest"
)

type (
	handler = runtime.Handler[int, int]
	factory = func() handler
)

// funcs is a handler made of functions, each of which may be nil.
type funcs struct {
	start   func(ctx context.Context, s *runtime.Session) error
	receive func(ctx context.Context, in int) error
	emit    func(ctx context.Context) (int, error)
	stop    func(ctx context.Context) error
}

func (h *funcs) SessionStart(ctx context.Context, s *runtime.Session) error {
	if h.start == nil {
		return nil
	}
	return h.start(ctx, s)
}

func (h *funcs) Receive(ctx context.Context, in int) error {
	if h.receive == nil {
		return nil
	}
	return h.receive(ctx, in)
}

func (h *funcs) Emit(ctx context.Context) (int, error) {
	if h.emit == nil {
		<-ctx.Done()
		return 0, ctx.Err()
	}
	return h.emit(ctx)
}

func (h *funcs) SessionStop(ctx context.Context) error {
	if h.stop == nil {
		return nil
	}
	return h.stop(ctx)
}

// count feeds each session numbers of its own.
var count = handlertest.Inputs(func(session, n int) int { return session*1000 + n })

// newEcho returns a handler without fault: it emits what it receives.
func newEcho() *funcs {
	q := runtime.NewQueue[int](8, runtime.DropOldest)
	return &funcs{receive: q.Put, emit: q.Take}
}

// endless yields 0, 1, 2 and so on.
func endless(yield func(int) bool) {
	for i := 0; yield(i); i++ {
	}
}

// bad is a handler, and the check that must fail, with what it must say.
type bad struct {
	name       string
	newHandler factory
	check      string
	says       []string
}

// badHandlers returns the bad handlers. They are made anew for each run, since
// some share channels, and one goes on until the test ends.
func badHandlers(t *testing.T) []bad {
	var released atomic.Bool
	t.Cleanup(func() { released.Store(true) })
	return []bad{
		{"Emit returns an error", func() handler {
			return &funcs{emit: func(context.Context) (int, error) { return 0, errors.New("no more") }}
		}, "life", []string{"Emit: no more"}},
		{"Receive panics", func() handler {
			return &funcs{receive: func(context.Context, int) error { panic("what is this") }}
		}, "life", []string{"Receive: panic: what is this", "handlertest_test.go"}},
		{"SessionStart fails", func() handler {
			return &funcs{start: func(context.Context, *runtime.Session) error { return errors.New("refused") }}
		}, "life", []string{"SessionStart: refused"}},
		{"SessionStop fails", func() handler {
			return &funcs{stop: func(context.Context) error { return errors.New("cannot") }}
		}, "life", []string{"SessionStop: cannot"}},

		{"Emit starts a goroutine that ends at once", func() handler {
			h := newEcho()
			take := h.emit
			h.emit = func(ctx context.Context) (int, error) {
				v, err := take(ctx)
				go func() {}()
				return v, err
			}
			return h
		}, "hot-goroutine", []string{"Emit started"}},
		{"Emit starts a generator each time (FastRTC issue 55)", func() handler {
			out := make(chan int)
			var ctx context.Context
			return &funcs{
				start: func(_ context.Context, s *runtime.Session) error { ctx = s.Context(); return nil },
				emit: func(emit context.Context) (int, error) {
					go func() {
						for i := range endless {
							select {
							case out <- i:
							case <-ctx.Done():
								return
							}
						}
					}()
					select {
					case v := <-out:
						return v, nil
					case <-emit.Done():
						return 0, emit.Err()
					}
				},
			}
		}, "hot-goroutine", []string{"Emit started", "of them were alive at the end, created by", "handlertest_test.go"}},
		{"Emit starts a goroutine behind a flag that the goroutine sets later", func() handler {
			var mu sync.Mutex
			started := false
			h := newEcho()
			take := h.emit
			var session *runtime.Session
			h.start = func(_ context.Context, s *runtime.Session) error { session = s; return nil }
			h.emit = func(ctx context.Context) (int, error) {
				mu.Lock()
				run := !started
				mu.Unlock()
				if run {
					session.Go(func(ctx context.Context) error {
						select {
						case <-time.After(time.Hour):
							mu.Lock()
							started = true
							mu.Unlock()
						case <-ctx.Done():
						}
						return nil
					})
				}
				return take(ctx)
			}
			return h
		}, "hot-goroutine", []string{"Emit started"}},
		{"Emit starts goroutines of the session", func() handler {
			h := newEcho()
			take := h.emit
			var session *runtime.Session
			h.start = func(_ context.Context, s *runtime.Session) error { session = s; return nil }
			h.emit = func(ctx context.Context) (int, error) {
				session.Go(func(ctx context.Context) error { <-ctx.Done(); return nil })
				return take(ctx)
			}
			return h
		}, "hot-goroutine", []string{"Emit started", "created by a Session.Go or runtime.Generate, to run", "handlertest_test"}},
		{"Emit starts a goroutine after it has waited", func() handler {
			release := make(chan struct{})
			return &funcs{
				emit: func(ctx context.Context) (int, error) {
					select {
					case <-time.After(20 * time.Millisecond):
					case <-ctx.Done():
						return 0, ctx.Err()
					}
					go func() { <-release }()
					return 1, nil
				},
				stop: func(context.Context) error { close(release); return nil },
			}
		}, "hot-goroutine", []string{"Emit started", "handlertest_test.go"}},
		{"Emit hangs after a while", func() handler {
			var mu sync.Mutex
			n := 0
			return &funcs{emit: func(context.Context) (int, error) {
				if n++; n == 300 {
					mu.Lock()
					mu.Lock()
				}
				return n, nil
			}}
		}, "life", []string{"hangs", "sync.Mutex.Lock"}},
		{"Emit pulls from a sequence it starts anew", func() handler {
			h := newEcho()
			take := h.emit
			h.emit = func(ctx context.Context) (int, error) {
				if _, err := take(ctx); err != nil {
					return 0, err
				}
				next, stop := iter.Pull(endless)
				defer stop()
				v, _ := next()
				return v, nil
			}
			return h
		}, "hot-goroutine", []string{"Emit started", "iter.Pull"}},
		{"Receive starts a goroutine for each input", func() handler {
			h := newEcho()
			put := h.receive
			h.receive = func(ctx context.Context, in int) error {
				go put(ctx, in)
				return nil
			}
			return h
		}, "hot-goroutine", []string{"Receive started"}},

		{"SessionStop leaves a goroutine that waits for a channel", func() handler {
			c := make(chan int)
			return &funcs{start: func(context.Context, *runtime.Session) error {
				go func() { <-c }()
				return nil
			}}
		}, "stop-goroutine", []string{"1 goroutine outlives SessionStop", "created by", "handlertest_test.go", "chan receive"}},
		{"a Session.Go function ignores its context", func() handler {
			c := make(chan int)
			return &funcs{start: func(_ context.Context, s *runtime.Session) error {
				s.Go(func(context.Context) error { <-c; return nil })
				return nil
			}}
		}, "stop-goroutine", []string{"Go handlertest_test.go:"}},
		{"SessionStop leaves a ticker's goroutine", func() handler {
			return &funcs{start: func(context.Context, *runtime.Session) error {
				go func() {
					for range time.Tick(time.Second) {
					}
				}()
				return nil
			}}
		}, "stop-goroutine", []string{"created by"}},
		{"SessionStop leaves an iter.Pull", func() handler {
			return &funcs{start: func(context.Context, *runtime.Session) error {
				next, _ := iter.Pull(endless)
				next()
				return nil
			}}
		}, "stop-goroutine", []string{"created by", "endless"}},

		{"Emit waits for a channel alone", func() handler {
			c := make(chan int, 8)
			return &funcs{
				receive: func(_ context.Context, in int) error {
					select {
					case c <- in:
					default:
					}
					return nil
				},
				emit: func(context.Context) (int, error) { return <-c, nil },
			}
		}, "context", []string{"Emit ignores its context", "chan receive", "handlertest_test.go"}},
		{"Emit waits under the session's context", func() handler {
			h := newEcho()
			take := h.emit
			var session *runtime.Session
			h.start = func(_ context.Context, s *runtime.Session) error { session = s; return nil }
			h.emit = func(context.Context) (int, error) { return take(session.Context()) }
			return h
		}, "context", []string{"Emit ignores its context, which Session.Interrupt ended", "handlertest_test.go"}},
		{"Receive waits under no context, when the client is slow", func() handler {
			q := runtime.NewQueue[int](4, runtime.Block)
			return &funcs{
				receive: func(_ context.Context, in int) error { return q.Put(context.Background(), in) },
				emit:    q.Take,
			}
		}, "context", []string{"Receive ignores its context", "handlertest_test.go"}},
		{"Emit waits for a channel that SessionStop closes", func() handler {
			c := make(chan int, 8)
			var once sync.Once
			return &funcs{
				emit: func(context.Context) (int, error) { <-c; return 0, io.EOF },
				stop: func(context.Context) error { once.Do(func() { close(c) }); return nil },
			}
		}, "context", []string{"Emit ignores its context"}},
		{"Emit sleeps", func() handler {
			return &funcs{emit: func(context.Context) (int, error) { time.Sleep(time.Minute); return 1, nil }}
		}, "context", []string{"Emit ignores its context", "sleep"}},
		{"Emit waits without its context once its producer has ended", func() handler {
			c := make(chan int, 100)
			return &funcs{
				start: func(_ context.Context, s *runtime.Session) error {
					s.Go(func(ctx context.Context) error {
						for i := range endless {
							select {
							case c <- i:
							case <-ctx.Done():
								return nil
							}
						}
						return nil
					})
					return nil
				},
				emit: func(context.Context) (int, error) { return <-c, nil },
			}
		}, "context", []string{"Emit ignores its context"}},
		{"Receive waits for a full channel", func() handler {
			c := make(chan int, 8)
			return &funcs{receive: func(_ context.Context, in int) error { c <- in; return nil }}
		}, "context", []string{"Receive ignores its context", "chan send"}},

		{"SessionStop closes what was never opened", func() handler {
			var conn net.Conn
			h := newEcho()
			h.start = func(context.Context, *runtime.Session) error { conn, _ = net.Pipe(); return nil }
			h.stop = func(context.Context) error { return conn.Close() }
			return h
		}, "stop", []string{"without a SessionStart", "nil pointer"}},
		{"SessionStop waits for what was never started", func() handler {
			done := make(chan struct{})
			h := newEcho()
			h.start = func(ctx context.Context, s *runtime.Session) error {
				s.Go(func(ctx context.Context) error { <-ctx.Done(); close(done); return nil })
				return nil
			}
			h.stop = func(context.Context) error { <-done; return nil }
			return h
		}, "stop", []string{"without a SessionStart", "hangs", "chan receive"}},
		{"SessionStop returns an error after a start that failed", func() handler {
			h := newEcho()
			started := true
			h.start = func(ctx context.Context, s *runtime.Session) error { started = ctx.Err() == nil; return ctx.Err() }
			h.stop = func(context.Context) error {
				if !started {
					return errors.New("not started")
				}
				return nil
			}
			return h
		}, "stop", []string{"after a SessionStart whose context had ended", "fails: not started"}},
		{"SessionStart fails and leaves a goroutine", func() handler {
			c := make(chan int)
			h := newEcho()
			h.start = func(ctx context.Context, s *runtime.Session) error {
				if ctx.Err() != nil {
					go func() { <-c }()
				}
				return ctx.Err()
			}
			return h
		}, "stop", []string{"after a SessionStart whose context had ended", "leaves something behind", "created by"}},

		{"newHandler returns the same handler", func() factory {
			h := newEcho()
			return func() handler { return h }
		}(), "handlertest", []string{"newHandler returned the same handler twice"}},
		{"two handlers share a queue", sharedQueue(), "shared-state", []string{"share state"}},
		{"two handlers share a counter", func() factory {
			n := new(int)
			return func() handler {
				h := &counter{n: n}
				h.tick = func() <-chan time.Time { return time.After(20 * time.Millisecond) }
				return h
			}
		}(), "shared-state", []string{"two handlers share .n"}},
		{"two handlers share a channel of the process", func() factory {
			c := make(chan int, 8)
			return func() handler {
				return &funcs{emit: func(ctx context.Context) (int, error) {
					select {
					case v := <-c:
						return v, nil
					case <-ctx.Done():
						return 0, ctx.Err()
					}
				}}
			}
		}(), "life", []string{"hangs", "Emit", "made outside of the session"}},

		{"Emit waits for a mutex", func() factory {
			return func() handler {
				var mu sync.Mutex
				return &funcs{emit: func(context.Context) (int, error) { mu.Lock(); return 1, nil }}
			}
		}(), "life", []string{"hangs", "Emit", "sync.Mutex.Lock", "handlertest_test.go"}},
		{"SessionStart reads from a socket", func() handler {
			return &funcs{start: func(context.Context, *runtime.Session) error {
				l, err := net.Listen("tcp", "127.0.0.1:0")
				if err != nil {
					return err
				}
				_, err = l.Accept()
				return err
			}}
		}, "life", []string{"hangs", "SessionStart", "IO wait", "give the handler a fake"}},
		{"Emit computes without an end", func() handler {
			return &funcs{emit: func(ctx context.Context) (int, error) {
				for !released.Load() {
				}
				return 0, ctx.Err()
			}}
		}, "life", []string{"hangs", "Emit", "computes"}},
	}
}

// A counter emits the numbers of a counter.
type counter struct {
	funcs
	n    *int
	tick func() <-chan time.Time
}

func (h *counter) Emit(ctx context.Context) (int, error) {
	select {
	case <-h.tick():
		*h.n++
		return *h.n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// sharedQueue returns a factory of handlers that share the queue of the first.
func sharedQueue() factory {
	queue := sync.OnceValue(func() *runtime.Queue[int] { return runtime.NewQueue[int](8, runtime.DropOldest) })
	return func() handler { return &funcs{receive: queue().Put, emit: queue().Take} }
}

func TestBadHandlersFail(t *testing.T) {
	for _, test := range badHandlers(t) {
		t.Run(test.name, func(t *testing.T) {
			err := handlertest.Test(test.newHandler, count, handlertest.Timeout(time.Second))
			if err == nil {
				t.Fatalf("passed, want %s to fail", test.check)
			}
			var found string
			for line := range strings.SplitSeq("\n"+err.Error(), "\n"+test.check+": ") {
				found = line
			}
			for _, want := range test.says {
				if !strings.Contains(found, want) {
					t.Errorf("does not say %q in %s: %v", want, test.check, err)
				}
			}
		})
	}
}

// runSelf runs a test of this binary and returns what it printed.
func runSelf(t *testing.T, run string, env ...string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", run, "-test.v")
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}
