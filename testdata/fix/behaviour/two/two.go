// Package two has two handler types in one file, whose fixes need the same
// imports and take away the same one.
package two

import (
	"context"
	"sync/atomic"
	"time"
)

var Created atomic.Int64

func New() any { return &H{g: &G{}} }

type H struct {
	g   *G
	out chan int
}

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
	t := time.NewTicker(time.Hour) // want `\(emit-resource\)`
	defer t.Stop()
	go h.produce(ctx) // want `\(emit-goroutine\)` `\(context-escape\)`
	select {
	case f := <-h.out:
		return f, nil
	case <-t.C:
		return h.g.Emit(ctx)
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

type G struct{ n int }

func (g *G) Emit(ctx context.Context) (int, error) {
	t := time.NewTicker(time.Minute) // want `\(emit-resource\)`
	defer t.Stop()
	select {
	case <-t.C:
		g.n++
		return g.n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
