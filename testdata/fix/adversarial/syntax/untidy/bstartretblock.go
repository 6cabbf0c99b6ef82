// StartRetBlock: a comment of two lines before the return.

package untidy

import (
	"context"
)

type StartRetBlock struct {
	out chan int
}

// produce runs as long as its context.
func (h *StartRetBlock) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *StartRetBlock) SessionStart(ctx context.Context) error {
	h.out = make(chan int) // out
	/* all
	   well */ return nil
}

// Emit emits.
func (h *StartRetBlock) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *StartRetBlock) SessionStop(ctx context.Context) error {
	return nil
}

