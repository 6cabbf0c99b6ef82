package runtime_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"expvar"
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

// A logbook is a log in memory.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *logbook) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logbook) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// recordLogs lets srv log above debug into what it returns.
func recordLogs(srv *runtime.Server[int, int]) *logbook {
	b := new(logbook)
	srv.Logger = slog.New(slog.NewTextHandler(b, nil))
	return b
}

// nameSessions names the sessions of srv "s1", "s2" and so on.
func nameSessions(srv *runtime.Server[int, int]) {
	var n atomic.Int64
	srv.SessionID = func(context.Context) string { return fmt.Sprint("s", n.Add(1)) }
}

func TestMaxSessionsRefusesWhatIsBeyond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		probes := []*probe{{}, {stop: func(context.Context) error { time.Sleep(time.Second); return nil }}, {}}
		srv := newServer(probes...)
		srv.MaxSessions = 2
		first, second := enter(srv), enter(srv)
		synctest.Wait()

		refused := enter(srv)
		if err := refused.end(t); !errors.Is(err, runtime.ErrTooManySessions) || !errors.Is(refused.err, runtime.ErrTooManySessions) {
			t.Errorf("the client was told %v, Serve returned %v; want ErrTooManySessions", err, refused.err)
		}
		if err := refused.client.Send(t.Context(), 1); !errors.Is(err, runtime.ErrClosed) {
			t.Errorf("the refused client's Send returned %v: its connection is open", err)
		}
		second.client.Close()
		first.client.Close()
		first.end(t)
		second.end(t)

		third := enter(srv)
		third.client.Close()
		if err := third.end(t); err != nil {
			t.Errorf("a session after others have ended was told %v", err)
		}
		for _, p := range probes {
			p.check(t, 1)
		}
		if s := srv.Stats(); s.Started != 3 || s.Refused != 1 || s.Failed != 0 || s.Lengths.Count != 3 {
			t.Errorf("Stats are %+v, want 3 started, 1 refused, 0 failed, 3 lengths", s)
		}
	})
}

func TestASessionCountsUntilItHasStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &probe{stop: func(context.Context) error { time.Sleep(time.Second); return nil }}
		srv := newServer(p)
		srv.MaxSessions = 1
		v := enter(srv)
		v.client.Close()
		synctest.Wait() // it stops now
		if err := enter(srv).end(t); !errors.Is(err, runtime.ErrTooManySessions) {
			t.Errorf("a session beside one that stops was told %v, want ErrTooManySessions", err)
		}
		v.end(t)
	})
}

func TestMaxSessionTimeEndsASession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p probe
		srv := newServer(&p)
		srv.MaxSessionTime = time.Minute
		v := enter(srv)
		if err := v.end(t); !errors.Is(err, runtime.ErrTimeLimit) || !errors.Is(v.err, runtime.ErrTimeLimit) {
			t.Errorf("the client was told %v, Serve returned %v; want ErrTimeLimit", err, v.err)
		}
		wantTimes(t, v, time.Minute)
		p.check(t, 1)
		if s := srv.Stats(); s.Failed != 1 {
			t.Errorf("%d sessions failed, want 1: the time limit is no good order", s.Failed)
		}
	})
}

func TestShutdownEndsAllSessionsAndRefusesMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		probes := []*probe{{}, {}, {}}
		srv := newServer(probes...)
		if err := srv.Shutdown(t.Context()); err != nil {
			t.Errorf("Shutdown of a server without sessions returned %v", err)
		}
		srv = newServer(probes...)
		var visits []*visit
		for range probes {
			visits = append(visits, enter(srv))
		}
		synctest.Wait()
		for range 2 {
			if err := srv.Shutdown(t.Context()); err != nil {
				t.Errorf("Shutdown returned %v", err)
			}
		}
		for i, v := range visits {
			if err := v.end(t); !errors.Is(err, runtime.ErrShutdown) {
				t.Errorf("a client was told %v, want ErrShutdown", err)
			}
			probes[i].check(t, 1)
		}
		late := enter(srv)
		if err := late.end(t); !errors.Is(err, runtime.ErrShutdown) || !errors.Is(late.err, runtime.ErrShutdown) {
			t.Errorf("a client after Shutdown was told %v, Serve returned %v; want ErrShutdown", err, late.err)
		}
		if s := srv.Stats(); s.Active != 0 || s.Refused != 1 || s.Started != 3 || s.Failed != 3 {
			t.Errorf("Stats are %+v, want 3 started and failed, 1 refused, none active", s)
		}
	})
}

func TestShutdownNamesWhatOutlastsItsDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := func(context.Context) error { time.Sleep(time.Second); return nil }
		srv := newServer(&probe{stop: slow}, &probe{}, &probe{stop: slow})
		nameSessions(srv)
		var visits []*visit
		for range 3 {
			visits = append(visits, enter(srv))
			synctest.Wait()
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		err := srv.Shutdown(ctx)
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(fmt.Sprint(err), "s1, s3") || strings.Contains(err.Error(), "s2") {
			t.Errorf("Shutdown returned %v, want the deadline, s1 and s3 named", err)
		}
		begun := time.Now()
		if err := srv.Shutdown(t.Context()); err != nil || time.Since(begun) != time.Second/2 {
			t.Errorf("Shutdown returned %v after %v, want nil when the sessions have ended", err, time.Since(begun))
		}
		for _, v := range visits {
			v.end(t)
		}
	})
}

func TestShutdownWaitsForSessionsThatEndOneByOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var probes []*probe
		for i := range 20 {
			probes = append(probes, &probe{stop: func(context.Context) error { time.Sleep(time.Duration(i%5) * time.Second); return nil }})
		}
		srv := newServer(probes...)
		var visits []*visit
		for range probes {
			visits = append(visits, enter(srv))
		}
		synctest.Wait()
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				if err := srv.Shutdown(context.Background()); err != nil || srv.Stats().Active > 0 {
					t.Errorf("Shutdown returned %v, %d sessions are active", err, srv.Stats().Active)
				}
			})
		}
		all.Wait()
		for i, v := range visits {
			v.end(t)
			probes[i].check(t, 1)
		}
	})
}

func TestNewHandlerThatGivesNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unset := newServer()
		unset.NewHandler = nil
		for what, srv := range map[string]*runtime.Server[int, int]{"is nil": unset, "returned nil": newServer()} {
			v := enter(srv)
			if err := v.end(t); err == nil || !strings.Contains(err.Error(), "NewHandler "+what) || v.err == nil {
				t.Errorf("the client was told %v, Serve returned %v; want that NewHandler %s", err, v.err, what)
			}
		}
	})
}

func TestNewHandlerThatReturnsTheSameTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p probe
		srv := newServer(&p, &p, &p)
		nameSessions(srv)
		first := enter(srv)
		synctest.Wait()
		second := enter(srv)
		if err := second.end(t); err == nil || !strings.Contains(err.Error(), "s1") {
			t.Errorf("a session with the handler of another was told %v, want an error that names s1", err)
		}
		if p.called("SessionStop") > 0 {
			t.Error("the end of the second session stopped the handler of the first")
		}
		first.client.Close()
		if err := first.end(t); err != nil {
			t.Errorf("the first session ended with %v", err)
		}
		third := enter(srv)
		third.client.Close()
		if err := third.end(t); err != nil {
			t.Errorf("a session with the handler of one that has ended was told %v", err)
		}
		if starts, stops := p.called("SessionStart"), p.called("SessionStop"); starts != 2 || stops != 2 {
			t.Errorf("SessionStart was called %d times, SessionStop %d times, want 2 each", starts, stops)
		}
	})
}

// empty is a handler without fields: two may have one address.
type empty struct{}

func (*empty) SessionStart(context.Context, *runtime.Session) error { return nil }
func (*empty) Receive(context.Context, int) error                   { return nil }
func (*empty) Emit(ctx context.Context) (int, error)                { <-ctx.Done(); return 0, ctx.Err() }
func (*empty) SessionStop(context.Context) error                    { return nil }

// unlike is a handler that cannot be compared, nor be the key of a map.
type unlike struct{ _ []func() }

func (unlike) SessionStart(context.Context, *runtime.Session) error { return nil }
func (unlike) Receive(context.Context, int) error                   { return nil }
func (unlike) Emit(ctx context.Context) (int, error)                { <-ctx.Done(); return 0, ctx.Err() }
func (unlike) SessionStop(context.Context) error                    { return nil }

func TestHandlersWithoutAddressMayBeEqual(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, h := range []runtime.Handler[int, int]{new(empty), unlike{}} {
			srv := newServer()
			srv.NewHandler = func() runtime.Handler[int, int] { return h }
			first, second := enter(srv), enter(srv)
			synctest.Wait()
			first.client.Close()
			second.client.Close()
			if one, two := first.end(t), second.end(t); one != nil || two != nil {
				t.Errorf("sessions of %T ended with %v and %v, want good order", h, one, two)
			}
		}
	})
}

func TestSessionID(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		probes := []*probe{{}, {}, {}}
		srv := newServer(probes...)
		for range 2 {
			v := enter(srv)
			v.client.Close()
			v.end(t)
		}
		if one, two := probes[0].its().ID(), probes[1].its().ID(); one == "" || one == two {
			t.Errorf("sessions are named %q and %q, want two names", one, two)
		}
		srv.SessionID = func(ctx context.Context) string { return fmt.Sprint(ctx.Value(idKey{})) }
		client, conn := runtime.Pipe[int, int](1)
		client.Close()
		srv.Serve(context.WithValue(t.Context(), idKey{}, "named"), conn)
		if got := probes[2].its().ID(); got != "named" {
			t.Errorf("the session is named %q, want %q, from Serve's context", got, "named")
		}
		srv.SessionID = func(context.Context) string { panic(errBoom) }
		if err := enter(srv).end(t); !errors.Is(err, errBoom) {
			t.Errorf("a client whose session's name panicked was told %v, want %v", err, errBoom)
		}
	})
}

// idKey is the context key of a session's name.
type idKey struct{}

func TestStatsOfLiveAndEndedSessions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := 0
		live := &probe{emit: func(ctx context.Context) (int, error) {
			if n++; n > 3 {
				<-ctx.Done()
				return 0, ctx.Err()
			}
			return n, nil
		}}
		srv := newServer(live, &probe{receive: func(context.Context, int) error { return errBoom }})
		v := enter(srv)
		v.send(t, 1, 2)
		synctest.Wait() // it has the first probe
		failing := enter(srv)
		failing.send(t, 1)
		failing.end(t)
		live.its().Send(t.Context(), "message")
		synctest.Wait()
		want := runtime.Stats{Active: 1, Started: 2, Failed: 1, Received: 3, Handled: 3, Emitted: 3, Sent: 3, Messages: 1}
		want.Lengths.Count, want.Lengths.Buckets[0] = 1, 1
		if got := srv.Stats(); got != want {
			t.Errorf("Stats are\n%+v, want\n%+v", got, want)
		}
		live.its().Interrupt()
		time.Sleep(time.Minute)
		v.client.Close()
		v.end(t)
		want.Active, want.Interrupts = 0, 1
		want.Lengths.Count, want.Lengths.Sum, want.Lengths.Buckets[2] = 2, time.Minute, 1
		if got := srv.Stats(); got != want {
			t.Errorf("Stats are\n%+v, want\n%+v", got, want)
		}
	})
}

func TestStatsAsJSON(t *testing.T) {
	srv := newServer(&probe{})
	client, conn := runtime.Pipe[int, int](1)
	client.Send(t.Context(), 1)
	client.Close()
	srv.Serve(t.Context(), conn)
	text := expvar.Func(func() any { return srv.Stats() }).String()
	var got runtime.Stats
	if err := json.Unmarshal([]byte(text), &got); err != nil || got != srv.Stats() {
		t.Errorf("%s is not Stats as JSON: %v, %+v", text, err, got)
	}
	var fields map[string]any
	if err := json.Unmarshal([]byte(text), &fields); err != nil || fields["received"] != 1.0 || fields["started"] != 1.0 {
		t.Errorf("%s: want received and started to be 1", text)
	}
}

func TestLengthsFallIntoTheirBuckets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var lengths []time.Duration
		for _, bound := range runtime.LengthBounds {
			lengths = append(lengths, bound, bound+1)
		}
		var probes []*probe
		for range lengths {
			probes = append(probes, &probe{})
		}
		srv := newServer(probes...)
		var want runtime.Lengths
		for i, d := range lengths {
			v := enter(srv)
			time.Sleep(d)
			v.client.Close()
			v.end(t)
			want.Count++
			want.Sum += d
			want.Buckets[(i+1)/2]++
		}
		if got := srv.Stats().Lengths; got != want {
			t.Errorf("lengths are %+v, want %+v", got, want)
		}
	})
}

func TestLateCountsFramesMoreThanHalfAFrameBehindAndLessThanAPause(t *testing.T) {
	for _, c := range []struct {
		behind time.Duration
		late   uint64
	}{
		{0, 0}, {frame / 2, 0}, {frame/2 + 1, 1}, {5 * frame, 1}, {10*frame - 1, 1}, {10 * frame, 0}, {time.Hour, 0},
	} {
		bubble(t, c.behind.String(), func(t *testing.T) {
			n := 0
			p := &probe{emit: func(context.Context) (int, error) {
				switch n++; n {
				case 2:
					time.Sleep(frame + c.behind)
				case 3:
					return 0, io.EOF
				}
				return n, nil
			}}
			srv := newServer(p)
			srv.Duration = func(int) time.Duration { return frame }
			enter(srv).end(t)
			if got := srv.Stats().Late; got != c.late {
				t.Errorf("a frame that was ready %v after it was due: %d late, want %d", c.behind, got, c.late)
			}
		})
	}
}

// TestCountersAddUp ends sessions where a frame or an input is under way.
func TestCountersAddUp(t *testing.T) {
	always := func(context.Context) (int, error) { return 1, nil }
	bubble(t, "Duration panics", func(t *testing.T) {
		srv := newServer(&probe{emit: always})
		srv.Duration = func(int) time.Duration { panic(errBoom) }
		enter(srv).end(t)
		wantBalance(t, srv.Stats())
	})
	for name, send := range map[string]func() error{
		"fails":  func() error { return errBoom },
		"panics": func() error { panic(errBoom) },
		"hangs":  func() error { time.Sleep(time.Hour); return nil },
	} {
		bubble(t, "Conn.Send "+name, func(t *testing.T) {
			srv := newServer(&probe{emit: always})
			v := beginConn(srv, sendConn{send})
			time.Sleep(time.Second)
			v.cancel(nil)
			<-v.served
			wantBalance(t, srv.Stats())
			time.Sleep(2 * time.Hour)
		})
	}
	for _, method := range []string{"Receive", "Emit"} {
		bubble(t, method+" overstays", func(t *testing.T) {
			release := make(chan bool)
			p := &probe{overstays: true}
			hang := func() { <-release }
			if method == "Emit" {
				p.emit = func(context.Context) (int, error) { hang(); return 1, nil }
			} else {
				p.emit = always
				p.receive = func(context.Context, int) error { hang(); return nil }
			}
			srv := newServer(p)
			srv.Duration = func(int) time.Duration { return frame }
			v := enter(srv)
			v.send(t, 1, 2, 3)
			time.Sleep(time.Second)
			v.cancel(nil)
			v.end(t)
			wantBalance(t, srv.Stats())
			close(release)
			synctest.Wait()
			wantBalance(t, srv.Stats())
		})
	}
}

// sendConn is a connection on which nothing comes, and whose Send is a function.
type sendConn struct{ send func() error }

func (sendConn) Receive(ctx context.Context) (int, error) {
	<-ctx.Done()
	return 0, ctx.Err()
}
func (c sendConn) Send(context.Context, runtime.Event[int]) error { return c.send() }
func (sendConn) Close() error                                     { return nil }

func TestAGoodSessionLogsNothingAboveDebug(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := 0
		p := &probe{
			start: func(_ context.Context, s *runtime.Session) error {
				s.Go(func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
				s.OnStop(func() error { return nil })
				return nil
			},
			emit: func(context.Context) (int, error) {
				if n++; n > 10 {
					time.Sleep(time.Second)
					return 0, io.EOF
				}
				return n, nil
			},
		}
		p.receive = func(ctx context.Context, in int) error { p.session.Interrupt(); return p.session.Send(ctx, in) }
		srv := newServer(p)
		logs := recordLogs(srv)
		v := enter(srv)
		v.send(t, 1, 2)
		v.end(t)
		if got := logs.String(); got != "" {
			t.Errorf("the log says\n%s, want nothing", got)
		}

		debug := new(logbook)
		srv = newServer(&probe{})
		nameSessions(srv)
		srv.Logger = slog.New(slog.NewTextHandler(debug, &slog.HandlerOptions{Level: slog.LevelDebug}))
		v = enter(srv)
		v.client.Close()
		v.end(t)
		for _, want := range []string{"session started", "session ended", "session=s1"} {
			if !strings.Contains(debug.String(), want) {
				t.Errorf("the debug log does not say %q:\n%s", want, debug)
			}
		}
	})
}

func TestFailuresAreLogged(t *testing.T) {
	for _, place := range places {
		for _, f := range failures[:2] {
			bubble(t, f.name+" in "+place.op, func(t *testing.T) {
				var p probe
				place.at(&p, f.do)
				srv := newServer(&p)
				nameSessions(srv)
				logs := recordLogs(srv)
				v := enter(srv)
				v.offer(1)
				v.end(t)
				want := []string{"session=s1", "boom", "level=WARN"}
				if f.name == "panic" {
					want = []string{"session=s1", "boom", "level=ERROR", "guarantee_test.go"}
				}
				for _, want := range want {
					if !strings.Contains(logs.String(), want) {
						t.Errorf("the log does not say %q:\n%s", want, logs)
					}
				}
				if n := strings.Count(logs.String(), "\n"); n != 1 {
					t.Errorf("the log has %d lines, want 1:\n%s", n, logs)
				}
			})
		}
	}
}

func TestOverstaysAreLoggedWithTheirStack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan bool)
		p := &probe{emit: func(context.Context) (int, error) { emitThatHangs(release); return 0, nil }, overstays: true}
		srv := newServer(p)
		logs := recordLogs(srv)
		v := enter(srv)
		time.Sleep(time.Second)
		v.client.Close()
		v.end(t)
		for _, want := range []string{"level=ERROR", "overstayInGo", "emitThatHangs"} {
			if !strings.Contains(logs.String(), want) {
				t.Errorf("the log does not say %q:\n%s", want, logs)
			}
		}
		close(release)
	})
}

//go:noinline
func emitThatHangs(release chan bool) { overstayInGo(release) }

// TestAClientThatVanishesIsNoticedBehindInputsThatWait has a client that sent
// more than the input queue holds before it vanished.
func TestAClientThatVanishesIsNoticedBehindInputsThatWait(t *testing.T) {
	for _, step := range []string{"SessionStart", "Receive"} {
		bubble(t, step, func(t *testing.T) {
			var p probe
			var ended context.Context
			if step == "SessionStart" {
				p.start = func(ctx context.Context, s *runtime.Session) error { ended = ctx; <-ctx.Done(); return ctx.Err() }
			} else {
				p.receive = func(ctx context.Context, _ int) error { ended = ctx; <-ctx.Done(); return ctx.Err() }
			}
			v := enter(newServer(&p))
			flood(v)
			v.client.Vanish(errBoom)
			time.Sleep(time.Hour)
			if ended.Err() == nil {
				t.Errorf("an hour after its client has vanished %s runs still", step)
			}
			v.cancel(nil)
			v.wait()
			p.check(t, 1)
		})
	}
}

// TestEchoReachesClientsInOrder has sessions beside each other whose inputs come
// back to the client they came from.
func TestEchoReachesClientsInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var probes []*probe
		for range 10 {
			q := runtime.NewQueue[int](4, runtime.Block)
			probes = append(probes, &probe{
				receive: func(ctx context.Context, in int) error { return q.Put(ctx, in) },
				emit:    func(ctx context.Context) (int, error) { return q.Take(ctx) },
			})
		}
		srv := newServer(probes...)
		var all sync.WaitGroup
		for i := range probes {
			all.Go(func() {
				v := enter(srv)
				var want []int
				for j := range 200 {
					want = append(want, 1000*i+j)
					v.send(t, 1000*i+j)
				}
				time.Sleep(time.Second)
				v.client.Close()
				if err := v.end(t); err != nil || !slices.Equal(v.frames(), want) {
					t.Errorf("client %d was told %v and received %v, want its inputs in their order", i, err, v.frames())
				}
			})
		}
		all.Wait()
		for _, p := range probes {
			p.check(t, 1)
		}
		wantStats(t, srv, runtime.Stats{Received: 2000, Handled: 2000, Emitted: 2000, Sent: 2000})
	})
}
