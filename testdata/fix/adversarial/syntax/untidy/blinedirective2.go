// LineDirective2: a line directive.

package untidy

import (
	"context"
)

type LineDirective2 struct {
	out chan int
}

// produce runs as long as its context.
func (h *LineDirective2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *LineDirective2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *LineDirective2) Emit(ctx context.Context) (int, error) {
//line foo.go:1
	go h.produce(ctx)
	return <-h.out, nil
}

// SessionStop ends.
func (h *LineDirective2) SessionStop(ctx context.Context) error {
	return nil
}

