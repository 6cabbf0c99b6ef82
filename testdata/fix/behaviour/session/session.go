// Package session has a runtime.Handler that starts its generator in Emit.
package session

import (
	"context"
	"sync/atomic"

	"github.com/emitcheck/emitcheck/runtime"
)

var Created atomic.Int64

func New() any { return NewHandler() }

// NewHandler returns a handler for one session.
func NewHandler() runtime.Handler[string, string] { return new(handler) }

type handler struct {
	in, out chan string
}

func (h *handler) SessionStart(context.Context, *runtime.Session) error {
	h.in = make(chan string, 256)
	h.out = make(chan string, 16)
	return nil
}

func (h *handler) Receive(ctx context.Context, in string) error {
	select {
	case h.in <- in:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// answer answers one input after the other.
func (h *handler) answer(ctx context.Context) {
	Created.Add(1)
	for {
		select {
		case in := <-h.in:
			select {
			case h.out <- "answer to " + in:
			case <-ctx.Done():
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

func (h *handler) Emit(ctx context.Context) (string, error) {
	go h.answer(ctx) // want `\(emit-goroutine\)` `\(context-escape\)`
	select {
	case out := <-h.out:
		return out, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *handler) SessionStop(context.Context) error {
	return nil
}
