// Package literal has a goroutine that is a literal, over the call's context.
package literal

import (
	"context"
	"sync/atomic"
)

var Created atomic.Int64

func New() any { return &H{} }

type H struct {
	out chan int
}

func (h *H) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	return nil
}

func (h *H) Emit(ctx context.Context) (int, error) {
	go func() { // want `\(emit-goroutine\)`
		Created.Add(1)
		for {
			select {
			case h.out <- 1: // a frame
			case <-ctx.Done(): // want `\(context-escape\)`
				return
			}
		}
	}()
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *H) SessionStop(ctx context.Context) error { return nil }
