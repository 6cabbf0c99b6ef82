package files

import "context"

type EmitShadow struct{ out chan int }

// produce runs as long as its context.
func (h *EmitShadow) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *EmitShadow) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *EmitShadow) SessionStop(ctx context.Context) error {
	return nil
}

// EmitShadow: the file of start imports another package as context: no fix.
