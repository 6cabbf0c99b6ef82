// Package channel has a channel and its producer in the same Emit.
package channel

import (
	"context"
	"sync/atomic"
)

var Created atomic.Int64

func New() any { return &H{} }

type H struct{ last int }

func (h *H) SessionStart(ctx context.Context) error {
	h.last = -1
	return nil
}

func produce(ctx context.Context, out chan<- int) {
	Created.Add(1)
	for i := 0; ; i++ {
		select {
		case out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *H) Emit(ctx context.Context) (int, error) {
	frames := make(chan int) // want `\(emit-channel\)`
	go produce(ctx, frames)  // want `\(emit-goroutine\)`
	select {
	case f := <-frames:
		h.last = f
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *H) SessionStop(ctx context.Context) error {
	h.last = 0
	return nil
}
