package files

import "context"

type StartOther struct{ out chan int }

// produce runs as long as its context.
func (h *StartOther) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *StartOther) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// StartOther: start and stop in files that import context otherwise.
