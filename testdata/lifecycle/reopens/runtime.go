package reopens

import (
	"context"
	"io"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// OfRuntime is a handler of package runtime.
type OfRuntime struct{ done, loop chan struct{} }

func (h *OfRuntime) SessionStart(_ context.Context, s *runtime.Session) error {
	h.done, h.loop = make(chan struct{}), make(chan struct{})
	go func() {
		for {
			select {
			case <-h.loop:
				return
			case <-time.After(time.Second):
			}
		}
	}()
	return nil
}

func (h *OfRuntime) Receive(context.Context, Frame) error { return nil }

func (h *OfRuntime) Emit(ctx context.Context) (Frame, error) {
	select {
	case <-h.done:
		return nil, io.EOF
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (h *OfRuntime) SessionStop(context.Context) error {
	close(h.done)
	h.done = nil // silent: no Emit runs any more
	close(h.loop)
	h.loop = nil // want `closes loop and sets it to nil.*stop-reopens`
	return nil
}
