// Package values has a goroutine that reads the call's values from its context.
package values

import (
	"context"
	"sync/atomic"
)

var Created atomic.Int64

func New() any { return &H{} }

type key struct{}

type H struct {
	out chan int
	n   int
}

func (h *H) SessionStart(context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *H) produce(ctx context.Context) {
	Created.Add(1)
	n, _ := ctx.Value(key{}).(int)
	for range n {
		select {
		case h.out <- n:
		case <-ctx.Done():
		}
	}
	<-ctx.Done()
}

func (h *H) Emit(ctx context.Context) (int, error) {
	h.n++
	go h.produce(context.WithValue(ctx, key{}, h.n)) // want `\(emit-goroutine\)`
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *H) SessionStop(context.Context) error { return nil }
