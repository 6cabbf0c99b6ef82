// GoLine2c: two goroutines and comments on one line.

package untidy

import "context"

type GoLine2c struct {
	out chan int
}

// produce runs as long as its context.
func (h *GoLine2c) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}
// other runs as long as its context.
func (h *GoLine2c) other(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GoLine2c) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *GoLine2c) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx) /* one */ ; go h.other(ctx) // two
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}

}

// SessionStop ends.
func (h *GoLine2c) SessionStop(ctx context.Context) error {
	return nil
}

