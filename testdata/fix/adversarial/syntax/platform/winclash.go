package platform

import "context"

type WinClash struct{ out chan int }

// produce runs as long as its context.
func (h *WinClash) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *WinClash) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *WinClash) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *WinClash) SessionStop(ctx context.Context) error {
	return nil
}

// WinClash: a file of Windows has a method of the name that is added (found: Windows does not compile).
