package platformname

import "context"

type WinName struct{ out chan int }

// produce runs as long as its context.
func (h *WinName) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *WinName) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *WinName) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *WinName) SessionStop(ctx context.Context) error {
	return nil
}

// WinName: a file of Windows declares a sync (found: Windows does not compile).
