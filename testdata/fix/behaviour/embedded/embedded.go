// Package embedded has a handler whose start and stop come from a base that it
// embeds.
package embedded

import (
	"context"
	"sync/atomic"
)

var Created atomic.Int64

func New() any { return &H{out: make(chan bool, 4)} }

type base struct {
	started, stopped bool
}

func (b *base) SessionStart(context.Context) error {
	b.started = true
	return nil
}

func (b *base) SessionStop(context.Context) error {
	b.stopped = true
	return nil
}

type H struct {
	base
	out chan bool
}

func (h *H) produce(ctx context.Context) {
	Created.Add(1)
	for ctx.Err() == nil {
		select {
		case h.out <- h.started:
		case <-ctx.Done():
		}
	}
}

func (h *H) Emit(ctx context.Context) (bool, error) {
	go h.produce(ctx) // want `\(emit-goroutine\)` `\(context-escape\)`
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
}
