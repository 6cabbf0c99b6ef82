// Package early has a start and a stop that may return early.
package early

import (
	"context"
	"errors"
	"sync/atomic"
)

var Created atomic.Int64

func New() any { return &H{size: 2} }

type H struct {
	size int
	out  chan int
	used bool
}

func (h *H) SessionStart(ctx context.Context) (err error) {
	defer func() {
		if err != nil {
			h.out = nil
		}
	}()
	if h.size == 0 {
		return errors.New("no size")
	}
	h.out = make(chan int, h.size)
	return
}

func (h *H) produce(ctx context.Context) {
	Created.Add(1)
	for ctx.Err() == nil {
		select {
		case h.out <- h.size:
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

func (h *H) SessionStop(context.Context) error {
	if !h.used {
		return nil // nothing happened
	}
	h.used = false
	return nil
}
