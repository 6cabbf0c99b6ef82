// Package timeout has a ticker that limits how long a call waits: its time begins
// with the call, so it must begin anew with each call after the fix too.
package timeout

import (
	"context"
	"time"
)

func New() any { return &H{out: make(chan string, 1)} }

type H struct {
	out chan string
}

func (h *H) SessionStart(context.Context) error { return nil }

// Receive brings a frame after a time.
func (h *H) Receive(_ context.Context, in time.Duration) error {
	h.deliver(in)
	return nil
}

func (h *H) deliver(in time.Duration) {
	//emitcheck:ignore emit-goroutine it stands for a client
	time.AfterFunc(in, func() { h.out <- "frame" })
}

func (h *H) Emit(ctx context.Context) (string, error) {
	t := time.NewTicker(50 * time.Millisecond) // want `\(emit-resource\)`
	defer t.Stop()
	select {
	case f := <-h.out:
		return f, nil
	case <-t.C:
		return "timeout", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *H) SessionStop(context.Context) error { return nil }
