// Package interval has a ticker whose interval changes within a session.
package interval

import (
	"context"
	"time"
)

func New() any { return &H{every: time.Millisecond} }

type H struct {
	every time.Duration
	last  time.Time
}

func (h *H) SessionStart(context.Context) error { h.last = time.Now(); return nil }

func (h *H) Receive(_ context.Context, every time.Duration) error {
	h.every = every
	return nil
}

func (h *H) Emit(ctx context.Context) (time.Duration, error) {
	t := time.NewTicker(h.every) // want `\(emit-resource\)`
	defer t.Stop()
	began := time.Now()
	select {
	case <-t.C:
		return time.Since(began), nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *H) SessionStop(context.Context) error { return nil }
