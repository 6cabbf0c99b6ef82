package imports

import "fmt"
import (
	"os"
)
import (
	"context"

	"strings"
)

var _ = fmt.Sprint(os.Args, strings.ToUpper(""))

type Blocks struct {
	out chan int
}

// produce runs as long as its context.
func (h *Blocks) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Blocks) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Blocks) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Blocks) SessionStop(ctx context.Context) error {
	return nil
}

// Blocks: several import declarations and groups.
