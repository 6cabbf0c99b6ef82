// TypeTrailing2: a comment of two lines behind the type (found: stop is written inside it).

package untidy

import (
	"context"
)

type TypeTrailing2 struct {
	out chan int
} /* TypeTrailing2 ends
here */

// produce runs as long as its context.
func (h *TypeTrailing2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *TypeTrailing2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *TypeTrailing2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
