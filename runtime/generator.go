package runtime

import (
	"context"
	"errors"
	"io"
)

// errGenerator is what Next returns after a panic of the producer.
var errGenerator = errors.New("runtime: the generator has panicked")

// A Generator is a producer that runs once for a whole session, in a goroutine
// of its own, at most a queue ahead of whoever takes its elements.
type Generator[T any] struct {
	queue *Queue[T]
	err   error // of the producer; written before the queue is closed
}

// Generate starts produce in a goroutine of s and returns what it yields, up to
// size elements ahead. It belongs in SessionStart.
//
// produce runs until it returns, or the session ends: ctx ends then, and yield
// reports false. [Session.Interrupt] discards the elements that wait; a producer
// that is to stop too learns of it by [Session.OnInterrupt]. A panic ends the
// session.
func Generate[T any](s *Session, size int, produce func(ctx context.Context, yield func(T) bool) error) *Generator[T] {
	g := &Generator[T]{queue: NewQueue[T](size, Block)}
	s.OnInterrupt(func() { g.queue.Clear() })
	s.start("Generator", func(ctx context.Context) error {
		g.err = errGenerator
		returned := false
		defer func() {
			if returned {
				g.queue.Close()
			} else {
				// The panic is to end the session, not what Emit makes of it.
				context.AfterFunc(s.ctx, g.queue.Close)
			}
		}()
		g.err = produce(ctx, func(v T) bool { return g.queue.Put(ctx, v) == nil })
		returned = true
		return nil // Next returns it, after the elements that came before
	})
	return g
}

// Next returns the next element, waiting for it until ctx ends. After the last
// it returns what the producer returned, or io.EOF if that was nil.
func (g *Generator[T]) Next(ctx context.Context) (T, error) {
	v, err := g.queue.Take(ctx)
	if err == io.EOF && g.err != nil {
		err = g.err
	}
	return v, err
}
