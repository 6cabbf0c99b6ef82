// Semis2: two statements on a line.

package untidy

import (
	"context"
)

type Semis2 struct {
	out chan int
}

// produce runs as long as its context.
func (h *Semis2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Semis2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Semis2) Emit(ctx context.Context) (int, error) {
	h.n(); go h.produce(ctx)
	return <-h.out, nil
}

func (h *Semis2) n() {}

// SessionStop ends.
func (h *Semis2) SessionStop(ctx context.Context) error {
	return nil
}

