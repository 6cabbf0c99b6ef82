package platform

import "context"

type LinuxStart struct{ out chan int }

// produce runs as long as its context.
func (h *LinuxStart) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *LinuxStart) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *LinuxStart) SessionStop(ctx context.Context) error {
	return nil
}

// LinuxStart: a start for each system: no fix.
