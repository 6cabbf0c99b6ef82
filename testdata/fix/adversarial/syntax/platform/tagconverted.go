package platform

import "context"

type TagConverted struct{ out chan int }

// produce runs as long as its context.
func (h *TagConverted) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *TagConverted) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *TagConverted) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *TagConverted) SessionStop(ctx context.Context) error {
	return nil
}

// TagConverted: a file with a tag converts to it (found: does not compile with the tag).
