// ImportOneparen4: two imports on one line in parentheses.

package untidy

import (
	"context"; "time"
)

var _ time.Time

type ImportOneparen4 struct {
	out chan int
}

// produce runs as long as its context.
func (h *ImportOneparen4) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *ImportOneparen4) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *ImportOneparen4) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *ImportOneparen4) SessionStop(ctx context.Context) error {
	return nil
}

