// ImportSemicolon: two import declarations on one line.

package untidy

import "context"; import "time"

var _ time.Time

type ImportSemicolon struct {
	out chan int
}

// produce runs as long as its context.
func (h *ImportSemicolon) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *ImportSemicolon) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *ImportSemicolon) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *ImportSemicolon) SessionStop(ctx context.Context) error {
	return nil
}

