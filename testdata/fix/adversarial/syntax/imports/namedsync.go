package imports

import (
	"context"
	mu "sync"
)

var _ mu.Mutex

type NamedSync struct {
	out chan int
}

// produce runs as long as its context.
func (h *NamedSync) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *NamedSync) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *NamedSync) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *NamedSync) SessionStop(ctx context.Context) error {
	return nil
}

// NamedSync: sync has another name.
