// Semis4: a semicolon before the comment.

package untidy

import (
	"context"
)

type Semis4 struct {
	out chan int
}

// produce runs as long as its context.
func (h *Semis4) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Semis4) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Semis4) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx); // one
	return <-h.out, nil
}

// SessionStop ends.
func (h *Semis4) SessionStop(ctx context.Context) error {
	return nil
}

