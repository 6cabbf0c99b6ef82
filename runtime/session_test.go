package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// silence discards what is logged without a logger of its own while the test
// runs.
func silence(t *testing.T) {
	before := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	t.Cleanup(func() { slog.SetDefault(before) })
}

func TestNewSessionEndsWhatItStarted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, end := runtime.NewSession(t.Context(), "one")
		if s.ID() != "one" || s.Context().Err() != nil || s.Logger() == nil {
			t.Errorf("the session is %q with context %v", s.ID(), s.Context())
		}
		var order []string
		s.OnStop(func() error { order = append(order, "stop"); return nil })
		s.Go(func(ctx context.Context) error {
			<-ctx.Done()
			time.Sleep(time.Second)
			order = append(order, "goroutine")
			return ctx.Err()
		})
		for range 2 {
			if err := end(); err != nil {
				t.Errorf("end returned %v, want nil", err)
			}
		}
		if want := []string{"goroutine", "stop"}; !slices.Equal(order, want) {
			t.Errorf("ended in the order %v, want %v", order, want)
		}
		if s.Context().Err() == nil {
			t.Error("the session's context has not ended")
		}
	})
}

func TestNewSessionEndsWithItsParent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		s, end := runtime.NewSession(ctx, "one")
		var ended atomic.Bool
		s.Go(func(ctx context.Context) error { <-ctx.Done(); ended.Store(true); return nil })
		cancel(errBoom)
		synctest.Wait()
		if !ended.Load() {
			t.Error("the goroutine's context did not end with the parent's")
		}
		if err := end(); !errors.Is(err, errBoom) {
			t.Errorf("end returned %v, want the cause %v", err, errBoom)
		}
	})
}

func TestNewSessionTellsWhatFailed(t *testing.T) {
	silence(t)
	for _, f := range failures {
		bubble(t, f.name+" in Go", func(t *testing.T) {
			s, end := runtime.NewSession(t.Context(), "one")
			s.Go(func(context.Context) error { return f.do() })
			<-s.Context().Done()
			wantFailure(t, "end's caller", end(), "Go session_test.go:", f.name)
		})
		bubble(t, f.name+" in Generate", func(t *testing.T) {
			s, end := runtime.NewSession(t.Context(), "one")
			g := runtime.Generate(s, 1, func(context.Context, func(int) bool) error { return f.do() })
			_, err := g.Next(t.Context())
			synctest.Wait()
			if f.name == "error" && err != errBoom {
				t.Errorf("Next returned %v, want the producer's %v", err, errBoom)
			}
			if f.name == "error" {
				if err := end(); err != nil {
					t.Errorf("end returned %v: the error is Next's to return", err)
				}
				return
			}
			wantFailure(t, "end's caller", end(), "Generator session_test.go:", f.name)
		})
	}
}

func TestNewSessionNamesWhatOverstays(t *testing.T) {
	silence(t)
	synctest.Test(t, func(t *testing.T) {
		s, end := runtime.NewSession(t.Context(), "one")
		release, released := make(chan bool), make(chan bool)
		s.Go(func(context.Context) error { overstayInGo(release); return nil })
		s.Go(func(context.Context) error { overstayInChild(released); return nil })
		s.OnStop(func() error { close(released); return nil })
		err := end()
		if all := overstays(err); len(all) != 1 || !strings.Contains(all[0].Stack, "overstayInGo") {
			t.Errorf("end returned %v, want the one goroutine that OnStop did not release", err)
		}
		close(release)
	})
}

func TestNewSessionNamesAnOnStopThatHangs(t *testing.T) {
	silence(t)
	synctest.Test(t, func(t *testing.T) {
		s, end := runtime.NewSession(t.Context(), "one")
		s.OnStop(func() error { time.Sleep(time.Hour); return nil })
		begun := time.Now()
		err := end()
		if all := overstays(err); time.Since(begun) >= time.Hour || len(all) != 1 || all[0].Task != "OnStop" {
			t.Errorf("end returned %v after %v, want an overstay of OnStop after the grace period", err, time.Since(begun))
		}
		time.Sleep(time.Hour)
	})
}

func TestGoAfterTheEndStartsNothing(t *testing.T) {
	silence(t)
	synctest.Test(t, func(t *testing.T) {
		s, end := runtime.NewSession(t.Context(), "one")
		if err := end(); err != nil {
			t.Error(err)
		}
		ran := false
		s.Go(func(context.Context) error { ran = true; return nil })
		synctest.Wait()
		if ran {
			t.Error("Go started something after the end")
		}
		g := runtime.Generate(s, 1, func(context.Context, func(int) bool) error { ran = true; return nil })
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := g.Next(ctx); err == nil || ran {
			t.Errorf("a generator ran after the end: %v", err)
		}
	})
}

func TestOnStopRunsTheLatestFirst(t *testing.T) {
	var order []int
	s, end := runtime.NewSession(t.Context(), "one")
	for i := range 3 {
		s.OnStop(func() error {
			order = append(order, i)
			if i == 1 {
				s.OnStop(func() error { order = append(order, 10); return nil })
			}
			return nil
		})
	}
	if err := end(); err != nil {
		t.Error(err)
	}
	s.OnStop(func() error { order = append(order, 20); return nil })
	if want := []int{2, 1, 10, 0, 20}; !slices.Equal(order, want) {
		t.Errorf("the functions ran in the order %v, want %v", order, want)
	}
}

func TestOnStopErrorsAreJoined(t *testing.T) {
	silence(t)
	first, second := errors.New("first"), errors.New("second")
	s, end := runtime.NewSession(t.Context(), "one")
	s.OnStop(func() error { return first })
	s.OnStop(func() error { panic(errBoom) })
	s.OnStop(func() error { return second })
	err := end()
	for _, want := range []error{first, second, errBoom} {
		if !errors.Is(err, want) {
			t.Errorf("end returned %v, want %v in it", err, want)
		}
	}
	if n := strings.Count(err.Error(), "OnStop: "); n != 3 {
		t.Errorf("%q names OnStop %d times, want 3", err, n)
	}
}

func TestOnStopRegisteredFromManyGoroutinesRunsOnceEach(t *testing.T) {
	for range 100 {
		s, end := runtime.NewSession(t.Context(), "one")
		var ran atomic.Int64
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for range 10 {
					s.OnStop(func() error { ran.Add(1); return nil })
				}
			})
		}
		all.Go(func() { end() })
		all.Wait()
		if ran.Load() != 40 {
			t.Fatalf("%d of 40 functions ran", ran.Load())
		}
	}
}

func TestInterruptWithoutServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, end := runtime.NewSession(t.Context(), "one")
		var order []int
		for i := range 3 {
			s.OnInterrupt(func() { order = append(order, i) })
		}
		g := runtime.Generate(s, 4, func(_ context.Context, yield func(int) bool) error {
			for i := range 3 {
				yield(i)
			}
			time.Sleep(time.Second)
			yield(3)
			return nil
		})
		synctest.Wait()
		s.Interrupt()
		if v, err := g.Next(t.Context()); v != 3 || err != nil {
			t.Errorf("Next returned %d, %v; want the element after the interrupt", v, err)
		}
		if _, err := g.Next(t.Context()); err != io.EOF {
			t.Errorf("Next returned %v, want io.EOF", err)
		}
		if want := []int{0, 1, 2}; !slices.Equal(order, want) {
			t.Errorf("the functions ran in the order %v, want %v", order, want)
		}
		if err := end(); err != nil {
			t.Error(err)
		}
		s.Interrupt()
		if len(order) != 3 {
			t.Error("Interrupt does something after the end")
		}
	})
}

func TestGeneratorIsAtMostItsSizeAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, end := runtime.NewSession(t.Context(), "one")
		var yielding atomic.Int64
		var refused atomic.Bool
		g := runtime.Generate(s, 3, func(_ context.Context, yield func(int) bool) error {
			for i := 0; ; i++ {
				yielding.Store(int64(i))
				if !yield(i) {
					refused.Store(true)
					return errBoom
				}
			}
		})
		for i := range 10 {
			synctest.Wait()
			if n := yielding.Load(); n != int64(i+3) {
				t.Errorf("when %d elements were taken the producer yields number %d, want %d", i, n, i+3)
			}
			if v, err := g.Next(t.Context()); v != i || err != nil {
				t.Errorf("Next returned %d, %v; want %d", v, err, i)
			}
		}
		if err := end(); err != nil || !refused.Load() {
			t.Errorf("end returned %v, yield reported false: %v; want nil and true", err, refused.Load())
		}
	})
}

func TestSendWithoutClientIsUnsupported(t *testing.T) {
	s, end := runtime.NewSession(t.Context(), "one")
	defer end()
	if err := s.Send(t.Context(), 1); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("Send returned %v, want errors.ErrUnsupported", err)
	}
}

func TestSendKeepsTheOrderAndOvertakesFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &probe{
			start: func(ctx context.Context, s *runtime.Session) error { return s.Send(ctx, "start") },
			emit:  func(context.Context) (int, error) { return 1, nil },
		}
		p.receive = func(ctx context.Context, in int) error { return p.session.Send(ctx, in) }
		srv := newServer(p)
		srv.Duration = func(int) time.Duration { return time.Hour }
		v := enter(srv)
		v.send(t, 1, 2, 3, 4)
		time.Sleep(time.Minute)
		v.cancel(nil)
		v.wait()
		words := strings.Fields(v.text())
		frames := 0
		words = slices.DeleteFunc(words, func(w string) bool {
			if w == "1" {
				frames++
			}
			return w == "1"
		})
		if got := strings.Join(words, " "); got != "mstart m1 m2 m3 m4 ." || frames != 1 {
			t.Errorf("the client received %q, want the messages in order at once, beside one frame", v.text())
		}
		if n := srv.Stats().Messages; n != 5 {
			t.Errorf("Stats counts %d messages, want 5", n)
		}
	})
}

func TestSendsThatWaitKeepTheirOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p probe
		v := begin(newServer(&p), 1)
		synctest.Wait()
		var all sync.WaitGroup
		for i := range 10 {
			all.Go(func() {
				if err := p.its().Send(t.Context(), i); err != nil {
					t.Errorf("Send returned %v", err)
				}
			})
			synctest.Wait()
		}
		go v.read()
		all.Wait()
		v.cancel(nil)
		v.wait()
		if got := v.text(); got != "m0 m1 m2 m3 m4 m5 m6 m7 m8 m9 ." {
			t.Errorf("the client received %q, want the order of the calls", got)
		}
	})
}

func TestSendToADeadClientEndsTheSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p probe
		// Conn.Receive does not notice, so that Send is first to.
		v := beginConn(newServer(&p), brokenConn{})
		synctest.Wait()
		err := p.its().Send(t.Context(), 1)
		var e *runtime.Error
		if !errors.As(err, &e) || e.Op != "Conn.Send" || !errors.Is(err, errBoom) {
			t.Errorf("Send returned %v, want an Error of Conn.Send with %v", err, errBoom)
		}
		<-v.served
		if !errors.Is(v.err, errBoom) {
			t.Errorf("Serve returned %v, want %v", v.err, errBoom)
		}
		if err := p.its().Send(t.Context(), 1); err != runtime.ErrSessionEnded {
			t.Errorf("Send returned %v, want ErrSessionEnded", err)
		}
		p.check(t, 1)
	})
}

// brokenConn is a connection on which nothing comes and nothing can be sent.
type brokenConn struct{}

func (brokenConn) Receive(ctx context.Context) (int, error) {
	<-ctx.Done()
	return 0, ctx.Err()
}
func (brokenConn) Send(context.Context, runtime.Event[int]) error { return errBoom }
func (brokenConn) Close() error                                   { return errBoom }

func TestSendAfterTheEndIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &probe{}
		var inGo, inStop error
		p.start = func(_ context.Context, s *runtime.Session) error {
			s.Go(func(ctx context.Context) error { <-ctx.Done(); inGo = s.Send(context.Background(), 1); return nil })
			return nil
		}
		p.stop = func(ctx context.Context) error { inStop = p.session.Send(ctx, 1); return nil }
		v := enter(newServer(p))
		synctest.Wait()
		v.client.Close()
		if err := v.end(t); err != nil {
			t.Error(err)
		}
		after := p.its().Send(t.Context(), 1)
		for where, err := range map[string]error{"a goroutine": inGo, "SessionStop": inStop, "later": after} {
			if err != runtime.ErrSessionEnded {
				t.Errorf("Send in %s returned %v, want ErrSessionEnded", where, err)
			}
		}
		if got := v.text(); got != "." {
			t.Errorf("the client received %q, want the end alone", got)
		}
	})
}

func TestSendEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p probe
		v := begin(newServer(&p), 1)
		synctest.Wait()
		for i := range 3 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			err := p.its().Send(ctx, i)
			if i == 0 && err != nil || i > 0 && !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("Send number %d to a client that does not read returned %v", i, err)
			}
			cancel()
		}
		if err := p.its().Context().Err(); err != nil {
			t.Errorf("a Send that was given up has ended the session: %v", err)
		}
		v.cancel(nil)
		go v.read()
		v.wait()
		p.check(t, 1)
	})
}

func TestSendEndsWithTheSession(t *testing.T) {
	for _, own := range []bool{false, true} {
		for _, waiting := range []int{1, 2} {
			bubble(t, fmt.Sprint("context of its own: ", own, ", ", waiting, " waiting"), func(t *testing.T) {
				ctx := context.Background()
				if own {
					var cancel context.CancelFunc
					ctx, cancel = context.WithCancel(ctx)
					defer cancel()
				}
				begun := time.Now()
				var mu sync.Mutex
				var returned []time.Duration
				p := &probe{start: func(start context.Context, s *runtime.Session) error {
					s.Send(start, "fills the pipe")
					for range waiting {
						s.Go(func(context.Context) error {
							if err := s.Send(ctx, "waits"); err != runtime.ErrSessionEnded {
								t.Errorf("Send returned %v, want ErrSessionEnded", err)
							}
							mu.Lock()
							defer mu.Unlock()
							returned = append(returned, time.Since(begun))
							return nil
						})
					}
					return nil
				}}
				v := begin(newServer(p), 1)
				time.Sleep(time.Second)
				v.cancel(nil)
				<-v.served
				synctest.Wait()
				if len(returned) != waiting {
					t.Errorf("%d of %d calls of Send returned", len(returned), waiting)
				}
				for _, d := range returned {
					if d != time.Second {
						t.Errorf("Send returned after %v, want 1s: the session ended then", d)
					}
				}
				p.check(t, 1)
			})
		}
	}
}
