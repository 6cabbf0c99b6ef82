// Notgofmt2: blanks in the struct and odd braces.

package untidy

import (
	"context"
)

type Notgofmt2 struct {
  out   chan int ;
}

// produce runs as long as its context.
func (h *Notgofmt2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Notgofmt2) SessionStart(ctx context.Context) error   {
   h.out = make(chan int)
   return nil }

// Emit emits.
func (h *Notgofmt2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *Notgofmt2) SessionStop(ctx context.Context) error	{   return nil


}

