// Package elsewhere has a handler type whose start and stop lie in another file,
// which imports neither what Emit does nor under the same name.
package elsewhere

import (
	"context"
	"sync/atomic"
)

var Created atomic.Int64

func New() any { return new(H) }

type H struct {
	out chan int
}

func (h *H) produce(ctx context.Context, frame int) {
	Created.Add(1)
	for {
		select {
		case h.out <- frame:
		case <-ctx.Done():
			return
		}
	}
}

func (h *H) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx, 5) // want `\(emit-goroutine\)` `\(context-escape\)`
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
