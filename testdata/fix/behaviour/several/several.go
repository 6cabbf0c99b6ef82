// Package several has several effects in one Emit.
package several

import (
	"context"
	"sync/atomic"
	"time"
)

var Created atomic.Int64

func New() any { return &H{} }

type H struct {
	out   chan int
	notes chan string
}

func (h *H) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	h.notes = make(chan string, 8)
	return nil
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

func (h *H) note(ctx context.Context) {
	for {
		select {
		case <-h.notes:
		case <-ctx.Done():
			return
		}
	}
}

func (h *H) Emit(ctx context.Context) (int, error) {
	go h.note(ctx)                      // want `\(emit-goroutine\)` `\(context-escape\)`
	go h.produce(ctx)                   // want `\(emit-goroutine\)` `\(context-escape\)`
	pace := time.NewTicker(time.Second) // want `\(emit-resource\)`
	defer pace.Stop()
	select {
	case h.notes <- "a frame":
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	select {
	case f := <-h.out:
		return f, nil
	case <-pace.C:
		return -1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *H) SessionStop(ctx context.Context) error {
	return nil
}
