// ParenRecv: the type of the receiver in parentheses.

package untidy

import (
	"context"
)

type ParenRecv struct {
	out chan int
}

// produce runs as long as its context.
func (h *ParenRecv) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *(ParenRecv)) SessionStart(ctx context.Context) error { h.out = make(chan int); return nil }

// Emit emits.
func (h *ParenRecv) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *ParenRecv) SessionStop(ctx context.Context) error {
	return nil
}

