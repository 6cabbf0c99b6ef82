package imports

import ctxt "context"

type SingleNamed struct {
	out chan int
}

// produce runs as long as its ctxt.
func (h *SingleNamed) produce(ctx ctxt.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *SingleNamed) SessionStart(ctx ctxt.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *SingleNamed) Emit(ctx ctxt.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *SingleNamed) SessionStop(ctx ctxt.Context) error {
	return nil
}

// SingleNamed: the only import has another name.
