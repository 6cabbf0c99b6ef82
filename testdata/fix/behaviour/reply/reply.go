// Package reply has a goroutine and a channel that serve one call.
package reply

import (
	"context"
	"sync/atomic"
)

var Created atomic.Int64

func New() any { return &H{} }

type H struct{ n int }

func (h *H) SessionStart(context.Context) error { return nil }

func ask(n int, answer chan<- int) {
	Created.Add(1)
	answer <- n * n
}

func (h *H) Emit(ctx context.Context) (int, error) {
	h.n++
	answer := make(chan int, 1) // want `\(emit-channel\)`
	go ask(h.n, answer)         // want `\(emit-goroutine\)`
	select {
	case a := <-answer:
		return a, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *H) SessionStop(context.Context) error { return nil }
