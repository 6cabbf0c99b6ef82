//go:build go1.21

// Package oldfile holds a handler in a file with a version of its own (found:
// sync.WaitGroup.Go needs a later one).
package oldfile

import (
	"context"
)

type Old struct {
	out chan int
}

// produce runs as long as its context.
func (h *Old) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Old) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Old) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Old) SessionStop(ctx context.Context) error {
	return nil
}
