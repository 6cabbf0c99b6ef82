// ParenRecv2: an unnamed receiver in parentheses.

package untidy

import (
	"context"
)

type ParenRecv2 struct {
	out chan int
}

// produce runs as long as its context.
func (h *ParenRecv2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *ParenRecv2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *ParenRecv2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func ((*ParenRecv2)) SessionStop(ctx context.Context) error { return nil }

