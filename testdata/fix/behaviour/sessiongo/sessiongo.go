// Package sessiongo has a runtime.Handler that gives its session a task in each
// Emit.
package sessiongo

import (
	"context"
	"sync/atomic"

	"github.com/emitcheck/emitcheck/runtime"
)

var Created atomic.Int64

func New() any { return NewHandler() }

// NewHandler returns a handler for one session.
func NewHandler() runtime.Handler[int, int] { return &Clock{} }

type Clock struct {
	session *runtime.Session
	out     chan int
}

func (h *Clock) SessionStart(_ context.Context, s *runtime.Session) error {
	h.session = s
	h.out = make(chan int)
	return nil
}

func (h *Clock) Receive(context.Context, int) error { return nil }

func (h *Clock) produce(ctx context.Context) error {
	Created.Add(1)
	for {
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return nil
		}
	}
}

func (h *Clock) Emit(ctx context.Context) (int, error) {
	h.session.Go(h.produce) // want `\(emit-goroutine\)`
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *Clock) SessionStop(context.Context) error { return nil }
