// Semis3: two statements on a line, the other order, a comment.

package untidy

import (
	"context"
)

type Semis3 struct {
	out chan int
}

// produce runs as long as its context.
func (h *Semis3) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Semis3) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Semis3) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx); h.n() // both
	return <-h.out, nil
}

func (h *Semis3) n() {}

// SessionStop ends.
func (h *Semis3) SessionStop(ctx context.Context) error {
	return nil
}

