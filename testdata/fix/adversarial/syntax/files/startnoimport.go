package files

import "context"

type StartNoImport struct{ out chan int }

// produce runs as long as its context.
func (h *StartNoImport) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *StartNoImport) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// StartNoImport: start in a file without imports.
