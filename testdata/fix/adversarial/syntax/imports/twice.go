package imports

import "context"
import ctx2 "context"

var _ ctx2.Context

type Twice struct {
	out chan int
}

// produce runs as long as its context.
func (h *Twice) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Twice) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Twice) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Twice) SessionStop(ctx context.Context) error {
	return nil
}

// Twice: context is imported twice.
