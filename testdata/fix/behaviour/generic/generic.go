// Package generic has a generic handler type.
package generic

import (
	"context"
	"sync/atomic"
)

var Created atomic.Int64

func New() any { return &Source[string]{value: "x", out: make(chan string)} }

// A Source emits a value of any type, again and again.
type Source[T any] struct {
	value T
	out   chan T
}

func (s *Source[T]) SessionStart(ctx context.Context) error {
	return ctx.Err()
}

func (s *Source[E]) produce(ctx context.Context) {
	Created.Add(1)
	for ctx.Err() == nil {
		select {
		case s.out <- s.value:
		case <-ctx.Done():
		}
	}
}

func (s *Source[T]) Emit(ctx context.Context) (T, error) {
	go s.produce(ctx) // want `\(emit-goroutine\)` `\(context-escape\)`
	select {
	case f := <-s.out:
		return f, nil
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

func (s *Source[T]) SessionStop(ctx context.Context) error {
	return nil
}
