// TypeDirectly: a comment right below the type, and a stop to write.

package untidy

import (
	"context"
)

type TypeDirectly struct {
	out chan int
}
// doc of nextTypeDirectly
var nextTypeDirectly int

// produce runs as long as its context.
func (h *TypeDirectly) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *TypeDirectly) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *TypeDirectly) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}


