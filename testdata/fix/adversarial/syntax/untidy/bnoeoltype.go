// NoeolType: no line end at the end, after the type.

package untidy

import (
	"context"
)


// produce runs as long as its context.
func (h *NoeolType) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *NoeolType) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *NoeolType) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}


type NoeolType struct{ out chan int }