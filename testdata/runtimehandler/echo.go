package runtimehandler

import (
	"context"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// Echo says back what it hears.
type Echo struct {
	heard *runtime.Queue[Frame]
}

func (h *Echo) SessionStart(context.Context, *runtime.Session) error {
	h.heard = runtime.NewQueue[Frame](16, runtime.Block) // silent: once for the session
	return nil
}

func (h *Echo) Receive(ctx context.Context, in Frame) error {
	return h.heard.Put(ctx, in) // silent: waits under ctx
}

func (h *Echo) Emit(ctx context.Context) (Frame, error) {
	return h.heard.Take(ctx) // silent: waits under ctx
}

func (h *Echo) SessionStop(context.Context) error { return nil }

// EchoChannel has a channel for a queue, and waits for it without end.
type EchoChannel struct {
	heard chan Frame
}

func (h *EchoChannel) SessionStart(context.Context, *runtime.Session) error {
	h.heard = make(chan Frame, 16)
	return nil
}

func (h *EchoChannel) Receive(_ context.Context, in Frame) error {
	h.heard <- in // want `^Receive blocks on each call.*emit-blocking`
	return nil
}

func (h *EchoChannel) Emit(context.Context) (Frame, error) {
	return <-h.heard, nil // want `^Emit blocks on each call.*emit-blocking`
}

func (h *EchoChannel) SessionStop(context.Context) error { return nil }

// EchoSelect has a channel too, and its waits end.
type EchoSelect struct {
	heard chan Frame
}

func (h *EchoSelect) SessionStart(context.Context, *runtime.Session) error {
	h.heard = make(chan Frame, 16) // silent: once for the session
	return nil
}

func (h *EchoSelect) Receive(ctx context.Context, in Frame) error {
	select {
	case h.heard <- in: // silent: ctx ends the wait
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *EchoSelect) Emit(ctx context.Context) (Frame, error) {
	select {
	case f := <-h.heard: // silent: ctx ends the wait
		return f, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (h *EchoSelect) SessionStop(context.Context) error { return nil }

// EchoPaced sleeps between frames, which is the server's business
// (Server.Duration).
type EchoPaced struct {
	Echo
}

func (h *EchoPaced) Emit(ctx context.Context) (Frame, error) {
	time.Sleep(20 * time.Millisecond) // want `emit-blocking`
	return h.heard.Take(ctx)
}

// EchoPolled asks whether there is something, and sleeps if there is not.
type EchoPolled struct {
	Echo
}

func (h *EchoPolled) Emit(context.Context) (Frame, error) {
	for {
		if f, ok := h.heard.TryTake(); ok {
			return f, nil
		}
		time.Sleep(time.Millisecond) // want `on some calls.*emit-blocking`
	}
}

// EchoNothing asks too, and leaves the waiting to the server.
type EchoNothing struct {
	Echo
}

func (h *EchoNothing) Emit(context.Context) (Frame, error) {
	f, ok := h.heard.TryTake() // silent: never waits
	if !ok {
		return nil, runtime.ErrNothing
	}
	return f, nil
}

// EchoTimeout gives up after a while, by a context that it ends itself.
type EchoTimeout struct {
	Echo
}

func (h *EchoTimeout) Emit(ctx context.Context) (Frame, error) {
	ctx, cancel := context.WithTimeout(ctx, 100*time.Millisecond) // silent: cancelled before return
	defer cancel()
	f, err := h.heard.Take(ctx)
	if err != nil {
		return nil, runtime.ErrNothing
	}
	return f, nil
}

// EchoAfter gives up after a while, by a timer of its own for each frame.
type EchoAfter struct {
	EchoSelect
}

func (h *EchoAfter) Emit(ctx context.Context) (Frame, error) {
	select {
	case f := <-h.heard:
		return f, nil
	case <-time.After(100 * time.Millisecond): // want `emit-resource`
		return nil, runtime.ErrNothing
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// EchoAfterFunc has a callback for each frame that is not taken in time.
type EchoAfterFunc struct {
	Echo
}

func (h *EchoAfterFunc) Receive(ctx context.Context, in Frame) error {
	context.AfterFunc(ctx, func() { h.heard.Clear() }) // want `emit-goroutine`
	return h.heard.Put(ctx, in)
}
