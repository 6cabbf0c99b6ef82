// Package base is where the handler types of another package get their
// methods from.
package base

import "context"

// Emitter has the hot method of a handler and no stop: on its own it is no
// handler type.
type Emitter struct{ N int }

func (e *Emitter) tick() { e.N++ }

func (e *Emitter) Emit(context.Context) (int, error) {
	go e.tick() // silent: Emitter has no stop, who embeds it may
	return e.N, nil
}

// Chained is Emitter with its effect some calls away.
type Chained struct{ e Emitter }

func (c *Chained) advance() { go c.e.tick() }

func (c *Chained) Emit(context.Context) (int, error) {
	c.advance() // silent: Chained has no stop, who embeds it may
	return c.e.N, nil
}

// Quiet has a hot method without an effect.
type Quiet struct{ N int }

func (q *Quiet) Emit(context.Context) (int, error) {
	q.N++
	return q.N, nil
}

// Stage is Emitter with a type parameter.
type Stage[T any] struct{ Sink func(T) }

func (s *Stage[T]) Emit(_ context.Context, v T) error {
	go s.Sink(v) // silent: Stage has no stop, who embeds it may
	return nil
}

// Life is a start and a stop without a hot method.
type Life struct{ quit chan struct{} }

func (l *Life) SessionStart(context.Context) error {
	l.quit = make(chan struct{})
	return nil
}

func (l *Life) SessionStop(context.Context) error {
	close(l.quit)
	return nil
}

// Full is a handler type here already.
type Full struct {
	Life
	n int
}

func (f *Full) Emit(context.Context) (int, error) {
	go func() { f.n++ }() // want `emit-goroutine`
	return f.n, nil
}

// Forward is handed to others as a handler.
func Forward(_ context.Context, data []byte) error {
	go send(data)
	return nil
}

// Keep is as well.
func Keep(_ context.Context, data []byte) error { return nil }

// A Service has a handler for a method.
type Service struct{}

// Handle starts a goroutine.
func (*Service) Handle(_ context.Context, data []byte) error {
	go send(data)
	return nil
}

// A Handler is what a service is to others.
type Handler interface {
	Handle(ctx context.Context, data []byte) error
}

func send([]byte) {}
