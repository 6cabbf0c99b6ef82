package platform

import "context"

type WinUnkeyed struct{ out chan int }

// produce runs as long as its context.
func (h *WinUnkeyed) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *WinUnkeyed) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *WinUnkeyed) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *WinUnkeyed) SessionStop(ctx context.Context) error {
	return nil
}

// WinUnkeyed: a file of Windows makes it without keys (found: Windows does not compile).
