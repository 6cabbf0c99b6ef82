// Package clone has a method that copies the handler: what a fix adds must bear
// that.
package clone

import (
	"context"
	"sync/atomic"
)

var Created atomic.Int64

func New() any { return (&H{}).Clone() }

type H struct {
	out chan int
}

// Clone returns a handler of its own.
func (h *H) Clone() *H {
	c := *h
	c.out = make(chan int, 1)
	return &c
}

func (h *H) SessionStart(context.Context) error { return nil }

func (h *H) produce(ctx context.Context) {
	Created.Add(1)
	for ctx.Err() == nil {
		select {
		case h.out <- 1:
		case <-ctx.Done():
		}
	}
}

func (h *H) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx) // want `\(emit-goroutine\)` `\(context-escape\)`
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *H) SessionStop(context.Context) error { return nil }
