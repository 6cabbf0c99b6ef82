// Package ticker has a ticker for each call, which paces the frames.
package ticker

import (
	"context"
	"time"
)

func New() any { return &H{} }

type H struct {
	n int // frames so far
}

func (h *H) SessionStart(context.Context) error {
	h.n = 10
	return nil
}

func (h *H) Emit(ctx context.Context) (int, error) {
	t := time.NewTicker(20 * time.Millisecond) // want `\(emit-resource\)`
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	h.n++
	return h.n, nil
}

func (h *H) SessionStop(context.Context) error { return nil }
