// Package after has a time.After in a select, and a channel whose frames come
// late.
package after

import (
	"context"
	"time"
)

func New() any { return &H{out: make(chan string, 1)} }

type H struct {
	out chan string
	n   int
}

func (h *H) SessionStart(ctx context.Context) error { h.n = 0; return nil }

func (h *H) Receive(ctx context.Context, f string) error {
	h.n++
	if h.n%2 == 0 {
		return nil
	}
	select {
	case h.out <- f:
	default:
	}
	return nil
}

func (h *H) Emit(ctx context.Context) (string, error) {
	select {
	case f := <-h.out:
		return f, nil
	case <-time.After(100 * time.Millisecond): // want `\(emit-resource\)`
		return "silence", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *H) SessionStop(ctx context.Context) error { h.n = 0; return nil }
