package imports

import ()

import "context"

type EmptyParen struct {
	out chan int
}

// produce runs as long as its context.
func (h *EmptyParen) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *EmptyParen) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *EmptyParen) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *EmptyParen) SessionStop(ctx context.Context) error {
	return nil
}

// EmptyParen: an empty import declaration first.
