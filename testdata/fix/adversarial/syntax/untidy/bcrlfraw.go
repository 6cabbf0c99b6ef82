// CrlfRaw: carriage returns in a raw string and a comment (found: no fix).

package untidy

import (
	"context"
)

type CrlfRaw struct {
	out chan int
}

// produce runs as long as its context.
func (h *CrlfRaw) produce(ctx context.Context, s string) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *CrlfRaw) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *CrlfRaw) Emit(ctx context.Context) (int, error) {
	/* a
	b */
	go h.produce(ctx, `raw
  text`) // c
	return <-h.out, nil
}

// SessionStop ends.
func (h *CrlfRaw) SessionStop(ctx context.Context) error {
	return nil
}
