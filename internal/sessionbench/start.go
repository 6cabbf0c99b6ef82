package main

import (
	"context"
	"io"
	"slices"
	"sync/atomic"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// samples is how many sessions' starts are measured.
const samples = 3000

// A start is how long sessions take to their first Emit, in nanoseconds.
type start struct {
	Sessions  int   // that run beside
	FromServe times // from the call of Serve
	FromStart times // from SessionStart's return
	Bare      times // from a go statement to the first statement of its function, for comparison
}

// times are quantiles of a time.
type times struct{ Median, P99 float64 }

func quantiles(d []time.Duration) times {
	slices.Sort(d)
	return times{Median: float64(d[len(d)/2]), P99: float64(d[len(d)*99/100])}
}

// brief ends its session with its first Emit, and notes when its methods were called.
type brief struct{ started, emitted time.Time }

func (h *brief) SessionStart(context.Context, *runtime.Session) error {
	h.started = time.Now()
	return nil
}

func (h *brief) Receive(context.Context, []byte) error { return nil }

func (h *brief) Emit(context.Context) ([]byte, error) {
	h.emitted = time.Now()
	return nil, io.EOF
}

func (h *brief) SessionStop(context.Context) error { return nil }

// measureStart starts sessions one after the other, a millisecond apart, while n others run.
func measureStart(n int) (start, error) {
	listeners := make([]*listener, n)
	for i := range listeners {
		listeners[i] = new(listener)
	}
	srv := newServer()
	var next atomic.Pointer[brief] // the handler of the session that is measured
	paced := srv.NewHandler
	srv.NewHandler = func() runtime.Handler[[]byte, []byte] {
		if h := next.Load(); h != nil {
			return h
		}
		return paced()
	}
	stop := serveAll(srv, listeners)
	time.Sleep(settle)

	var fromServe, fromStart, bare []time.Duration
	var failed error
	err := profiled(func() {
		for range samples {
			h := new(brief)
			next.Store(h)
			_, conn := runtime.Pipe[[]byte, []byte](size)
			time.Sleep(time.Millisecond)
			called := time.Now()
			if err := srv.Serve(context.Background(), conn); err != nil {
				failed = err
				return
			}
			fromServe = append(fromServe, h.emitted.Sub(called))
			fromStart = append(fromStart, h.emitted.Sub(h.started))

			time.Sleep(time.Millisecond)
			ran := make(chan time.Time)
			called = time.Now()
			go func() { ran <- time.Now() }()
			bare = append(bare, (<-ran).Sub(called))
		}
	})
	if err != nil {
		return start{}, err
	}
	if failed != nil {
		return start{}, failed
	}
	return start{
		Sessions: n, FromServe: quantiles(fromServe), FromStart: quantiles(fromStart), Bare: quantiles(bare),
	}, stop()
}
