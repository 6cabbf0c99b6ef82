// Package tagged has a file for one system, which is nothing to the handler.
package tagged

import (
	"context"
	"sync/atomic"
)

var Created atomic.Int64

func New() any { return new(H) }

type H struct {
	out chan int
}

func (h *H) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	return nil
}

func (h *H) produce(ctx context.Context) {
	Created.Add(1)
	for ctx.Err() == nil {
		select {
		case h.out <- 1:
		case <-ctx.Done():
		}
	}
}

func (h *H) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx) // want `\(emit-goroutine\)` `\(context-escape\)`
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *H) SessionStop(ctx context.Context) error { return nil }
