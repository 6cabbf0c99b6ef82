// Package oneline has bodies and structs of one line.
package oneline

import "context"
import "sync/atomic"

var Created atomic.Int64

func New() any { return &H{} }

type H struct{ out chan int }

func (h *H) SessionStart(context.Context) error { h.out = make(chan int, 8); return nil }

func (h *H) produce(ctx context.Context) {
	Created.Add(1)
	for ctx.Err() == nil {
		select {
		case h.out <- 1:
		case <-ctx.Done():
		}
	}
}

func (h *H) Emit(ctx context.Context) int { go h.produce(ctx); return <-h.out } // want `\(emit-goroutine\)` `\(context-escape\)` `\(emit-blocking\)`

func (h *H) SessionStop(context.Context) {}
