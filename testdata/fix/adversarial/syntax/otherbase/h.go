// Package otherbase holds a handler whose base lies in another package (found: go
// vet offers no fix, the command does).
package otherbase

import (
	"context"

	"corpus/fix/adversarial/syntax/otherbase/base"
)

type Handler struct {
	*base.Base
	out chan int
}

// produce runs as long as its context.
func (h *Handler) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *Handler) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
