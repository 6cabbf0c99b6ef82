// BomCrlf: a byte order mark and carriage returns.

package untidy

import (
	"context"
)

type BomCrlf struct {
	out chan int
}

// produce runs as long as its context.
func (h *BomCrlf) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *BomCrlf) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *BomCrlf) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *BomCrlf) SessionStop(ctx context.Context) error {
	return nil
}
