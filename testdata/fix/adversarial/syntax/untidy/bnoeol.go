// Noeol: no line end at the end, after stop.

package untidy

import (
	"context"
)

type Noeol struct {
	out chan int
}

// produce runs as long as its context.
func (h *Noeol) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Noeol) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Noeol) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *Noeol) SessionStop(ctx context.Context) error { return nil }