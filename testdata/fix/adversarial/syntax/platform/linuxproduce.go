package platform

import "context"

type LinuxProduce struct{ out chan int }

// SessionStart begins.
func (h *LinuxProduce) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *LinuxProduce) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *LinuxProduce) SessionStop(ctx context.Context) error {
	return nil
}

// LinuxProduce: a goroutine for each system, endless just on one (found: no frames on the others).
