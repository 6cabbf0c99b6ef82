// CrlfMixed: carriage returns in the first lines.

package untidy

import (
	"context"
)

type CrlfMixed struct {
	out chan int
}

// produce runs as long as its context.
func (h *CrlfMixed) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *CrlfMixed) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *CrlfMixed) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *CrlfMixed) SessionStop(ctx context.Context) error {
	return nil
}
