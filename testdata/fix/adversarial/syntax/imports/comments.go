package imports

import (
	// std
	"context" // ctx
	"fmt"     // fmt
	// the end
)

var _ = fmt.Sprint()

type Comments struct {
	out chan int
}

// produce runs as long as its context.
func (h *Comments) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Comments) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Comments) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Comments) SessionStop(ctx context.Context) error {
	return nil
}

// Comments: comments in the import declaration.
