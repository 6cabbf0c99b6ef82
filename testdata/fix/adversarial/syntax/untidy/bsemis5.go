// Semis5: block comments and semicolons on one line.

package untidy

import (
	"context"
)

type Semis5 struct {
	out chan int
}

// produce runs as long as its context.
func (h *Semis5) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Semis5) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Semis5) Emit(ctx context.Context) (int, error) { /* a */
	go h.produce(ctx) /* b */ /* c */
	return <-h.out, nil /* d */
}

// SessionStop ends.
func (h *Semis5) SessionStop(ctx context.Context) error {
	return nil
}
