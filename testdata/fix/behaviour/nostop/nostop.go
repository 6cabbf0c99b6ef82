// Package nostop has a start and no stop: the fix writes one.
package nostop

import (
	"context"
	"sync/atomic"
)

var Created atomic.Int64

func New() any { return new(H) }

// H has no stop yet.
type H struct {
	out chan int
}

// SessionStart begins a session.
func (h *H) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 2)
	return nil
}

func (h *H) produce(ctx context.Context) {
	Created.Add(1)
	for ctx.Err() == nil {
		select {
		case h.out <- 4:
		case <-ctx.Done():
		}
	}
}

// Emit returns the next frame.
func (h *H) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx) // want `\(emit-goroutine\)` `\(context-escape\)`
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
