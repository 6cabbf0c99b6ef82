// GoLine2: two goroutines on one line.

package untidy

import "context"

type GoLine2 struct {
	out chan int
}

// produce runs as long as its context.
func (h *GoLine2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}
// other runs as long as its context.
func (h *GoLine2) other(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GoLine2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *GoLine2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx); go h.other(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}

}

// SessionStop ends.
func (h *GoLine2) SessionStop(ctx context.Context) error {
	return nil
}

