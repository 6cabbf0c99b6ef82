// Semicolon: two types on a line.

package untidy

import (
	"context"
)

type Semicolon struct{ out chan int; }; type Z int

// produce runs as long as its context.
func (h *Semicolon) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Semicolon) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Semicolon) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Semicolon) SessionStop(ctx context.Context) error {
	return nil
}

