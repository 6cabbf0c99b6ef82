package imports

import (
	"context"
	"corpus/fix/adversarial/syntax/imports/lib"
	"time"
)

var _ = lib.X
var _ time.Time

type Thirdmixed struct {
	out chan int
}

// produce runs as long as its context.
func (h *Thirdmixed) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Thirdmixed) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Thirdmixed) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Thirdmixed) SessionStop(ctx context.Context) error {
	return nil
}

// Thirdmixed: one group of all.
