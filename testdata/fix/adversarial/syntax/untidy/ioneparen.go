// ImportOneparen: imports on one line (found: no fix).

package untidy

import ("context"; "fmt")

var _ = fmt.Sprint()

type ImportOneparen struct {
	out chan int
}

// produce runs as long as its context.
func (h *ImportOneparen) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *ImportOneparen) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *ImportOneparen) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *ImportOneparen) SessionStop(ctx context.Context) error {
	return nil
}

