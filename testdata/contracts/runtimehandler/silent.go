package runtimehandler

import (
	"context"
	"io"
	"sync"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// StartsInSessionStart is how it is meant to be.
type StartsInSessionStart struct {
	out    chan Frame
	cancel context.CancelFunc
	wg     sync.WaitGroup
}

var _ runtime.Handler[[]byte, Frame] = (*StartsInSessionStart)(nil)

func (h *StartsInSessionStart) SessionStart(context.Context, *runtime.Session) error {
	ctx, cancel := context.WithCancel(context.Background())
	h.cancel = cancel
	h.out = make(chan Frame, 8) // silent: made once for the session
	h.wg.Add(1)
	go h.produce(ctx) // silent: started once for the session
	return nil
}

func (h *StartsInSessionStart) produce(ctx context.Context) {
	defer h.wg.Done()
	tick := time.NewTicker(20 * time.Millisecond) // silent: the session's goroutine makes it
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		select {
		case h.out <- Frame{}:
		case <-ctx.Done():
			return
		}
	}
}

func (h *StartsInSessionStart) Receive(context.Context, []byte) error { return nil }

func (h *StartsInSessionStart) Emit(ctx context.Context) (Frame, error) {
	select {
	case f := <-h.out: // silent: the context ends the wait
		return f, nil
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
}

func (h *StartsInSessionStart) SessionStop(context.Context) error {
	if h.cancel != nil {
		h.cancel()
	}
	h.wg.Wait()
	return nil
}

// StartedOnce starts its goroutine in the first Emit, once.
type StartedOnce struct {
	session
	once sync.Once
	out  chan Frame
}

func (h *StartedOnce) Receive(context.Context, []byte) error { return nil }

func (h *StartedOnce) Emit(ctx context.Context) (Frame, error) {
	h.once.Do(func() {
		h.out = make(chan Frame, 8) // silent: lazy-start is off
		go h.produce()              // silent: lazy-start is off
	})
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
}

func (h *StartedOnce) produce() {
	for range 8 {
		h.out <- Frame{}
	}
}

// Typed has methods of a handler's names, and is none: Emit takes a name, as an
// event bus's does, and nothing stops it.
type Typed struct {
	listeners map[string][]func()
}

func (t *Typed) Emit(name string) {
	for _, f := range t.listeners[name] {
		go f() // silent: an event bus
	}
}

func (t *Typed) Receive(context.Context, []byte) error {
	go t.Emit("received") // silent: no handler's Receive
	return nil
}

// Receiver has a handler's Receive and stop, and no Emit.
type Receiver struct {
	session
}

func (r *Receiver) Receive(context.Context, []byte) error {
	go archive(r.id) // silent: no Emit, so no handler
	return nil
}

// ResetIsCold does in a method that is not hot what Emit must not.
type ResetIsCold struct {
	session
	frames chan Frame
}

func (h *ResetIsCold) Receive(context.Context, Frame) error { return nil }

func (h *ResetIsCold) Emit(context.Context) (Frame, error) {
	select {
	case f, ok := <-h.frames:
		if !ok {
			return Frame{}, io.EOF
		}
		return f, nil
	default:
		return Frame{}, nil
	}
}

// Interrupt is called by the application, once in a while.
func (h *ResetIsCold) Interrupt() {
	h.frames = make(chan Frame, 8) // silent: not a hot method
	go archive(h.id)               // silent: not a hot method
}
