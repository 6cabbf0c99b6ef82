// ImportSingleBlock: a comment of two lines behind the import.

package untidy

import "context" /* a
b */

type ImportSingleBlock struct {
	out chan int
}

// produce runs as long as its context.
func (h *ImportSingleBlock) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *ImportSingleBlock) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *ImportSingleBlock) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *ImportSingleBlock) SessionStop(ctx context.Context) error {
	return nil
}

