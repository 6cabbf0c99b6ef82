package imports

import . "context"

type Dot struct {
	out chan int
}

// produce runs as long as its
func (h *Dot) produce(ctx Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Dot) SessionStart(ctx Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Dot) Emit(ctx Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Dot) SessionStop(ctx Context) error {
	return nil
}

// Dot: context is dot-imported.
