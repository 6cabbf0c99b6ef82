package imports

import "context" // for Emit

type SingleComment struct {
	out chan int
}

// produce runs as long as its context.
func (h *SingleComment) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *SingleComment) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *SingleComment) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *SingleComment) SessionStop(ctx context.Context) error {
	return nil
}

// SingleComment: a comment behind the only import.
