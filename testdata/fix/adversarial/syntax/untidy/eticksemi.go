// TickSemi: ticker and defer on one line.

package untidy

import (
	"context"
	"time"
)

type TickSemi struct {
	out chan int
}


// SessionStart begins.
func (h *TickSemi) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *TickSemi) Emit(ctx context.Context) (int, error) {
	t := time.NewTicker(time.Second); defer t.Stop() // both
	select {
	case <-t.C:
		return 1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *TickSemi) SessionStop(ctx context.Context) error {
	return nil
}

