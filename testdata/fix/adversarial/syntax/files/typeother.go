package files

import "context"

// produce runs as long as its context.
func (h *TypeOther) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *TypeOther) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *TypeOther) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *TypeOther) SessionStop(ctx context.Context) error {
	return nil
}

// TypeOther: the type in a file of its own.
