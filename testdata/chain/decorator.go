package chain

import "context"

// A counter is what handlers wrap one another as.
type counter interface {
	Emit(context.Context, int) error
	Close() error
}

// Decorator is the one implementation of counter that is to be seen, and what
// it wraps is hardly itself: what it creates is told where it does so.
type Decorator struct{ next counter }

func (h *Decorator) Emit(ctx context.Context, n int) error {
	go h.count(n)              // want `emit-goroutine`
	return h.next.Emit(ctx, n) // silent: told above
}

func (h *Decorator) count(int) {}

func (h *Decorator) Close() error { return h.next.Close() }

// DecoratorOfHelper does so through a function of its own.
type DecoratorOfHelper struct{ next counter }

func (h *DecoratorOfHelper) Emit(ctx context.Context, n int) error {
	h.start()             // want `emit-goroutine`
	return h.send(ctx, n) // silent: told above and in Decorator
}

func (h *DecoratorOfHelper) start() { go h.next.Close() }

func (h *DecoratorOfHelper) send(ctx context.Context, n int) error { return h.next.Emit(ctx, n) }

func (h *DecoratorOfHelper) Close() error { return nil }
