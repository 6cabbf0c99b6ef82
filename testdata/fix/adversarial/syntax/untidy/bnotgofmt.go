// Notgofmt: blanks instead of tabs.

package untidy

import (
	"context"
)

type Notgofmt struct {
	out chan int
}

// produce runs as long as its context.
func (h *Notgofmt) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Notgofmt) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Notgofmt) Emit( ctx context.Context ) (int,error) {
    go h.produce(ctx)
    return <-h.out,nil
}

// SessionStop ends.
func (h *Notgofmt) SessionStop(ctx context.Context) error {
	return nil
}

