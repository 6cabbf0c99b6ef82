package imports

import ( // open
	"context" /* a */
	/* b */ "time" // t
) // close

var _ time.Time

type Comments2 struct {
	out chan int
}

// produce runs as long as its context.
func (h *Comments2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Comments2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Comments2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Comments2) SessionStop(ctx context.Context) error {
	return nil
}

// Comments2: comments around the import declaration.
