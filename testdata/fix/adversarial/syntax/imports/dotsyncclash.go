package imports

import "context"
import . "sync"

var _ Mutex

type DotSyncClash struct {
	out chan int
}

// produce runs as long as its context.
func (h *DotSyncClash) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *DotSyncClash) SessionStart(ctx context.Context) error {
	WaitGroup := 1
	_ = WaitGroup
	h.out = make(chan int)
	return nil
}

// Emit emits.
func (h *DotSyncClash) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *DotSyncClash) SessionStop(ctx context.Context) error {
	return nil
}

// DotSyncClash: sync is dot-imported and a local of start is called WaitGroup.
