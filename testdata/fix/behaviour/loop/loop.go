// Package loop has a time.After in a loop, and leaves the loop in several ways.
package loop

import (
	"context"
	"time"
)

func New() any { return &H{out: make(chan int, 1)} }

type H struct {
	out chan int
	n   int
}

func (h *H) SessionStart(context.Context) error { h.n = 0; return nil }

func (h *H) Receive(_ context.Context, f int) error {
	select {
	case h.out <- f:
	default:
	}
	return nil
}

func (h *H) Emit(ctx context.Context) (int, error) {
	for i := 0; ; i++ {
		select {
		case f := <-h.out:
			if f%2 == 0 {
				continue
			}
			return f, nil
		case <-time.After(10 * time.Millisecond): // want `\(emit-resource\)`
			if i == 3 {
				return -i, nil
			}
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

func (h *H) SessionStop(context.Context) error { return nil }
