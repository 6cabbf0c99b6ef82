// Package owncontext has a producer that runs as long as its context.
package owncontext

import (
	"context"
	"sync/atomic"
)

var Created atomic.Int64

func New() any { return &H{} }

type H struct {
	out chan string
}

func (h *H) SessionStart(ctx context.Context) error {
	h.out = make(chan string, 64)
	return nil
}

// produce makes frames until its context ends.
func (h *H) produce(ctx context.Context) {
	Created.Add(1)
	for ctx.Err() == nil {
		select {
		case h.out <- "frame":
		case <-ctx.Done():
		}
	}
}

func (h *H) Emit(ctx context.Context) (string, error) {
	go h.produce(ctx) // want `\(emit-goroutine\)` `\(context-escape\)`
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *H) SessionStop(context.Context) error { return nil }
