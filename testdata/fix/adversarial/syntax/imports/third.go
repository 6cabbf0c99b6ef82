package imports

import (
	"corpus/fix/adversarial/syntax/imports/lib"
)

import "context"

var _ = lib.X

type Third struct {
	out chan int
}

// produce runs as long as its context.
func (h *Third) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Third) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Third) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Third) SessionStop(ctx context.Context) error {
	return nil
}

// Third: another declaration first.
