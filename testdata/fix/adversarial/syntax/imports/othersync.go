package imports

import (
	"context"
	sync "time"
)

var _ sync.Duration

type OtherSync struct {
	out chan int
}

// produce runs as long as its context.
func (h *OtherSync) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *OtherSync) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *OtherSync) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *OtherSync) SessionStop(ctx context.Context) error {
	return nil
}

// OtherSync: another package is called sync: no fix.
