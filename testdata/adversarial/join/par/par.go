// Package par runs things at the same time.
package par

import "sync"

type token struct{}

// A Group waits for what it started.
type Group struct {
	wg   sync.WaitGroup
	sem  chan token
	once sync.Once
	err  error
	stop func(error)
}

// WithStop returns a group that calls stop on the first error.
func WithStop(stop func(error)) *Group { return &Group{stop: stop} }

// SetLimit bounds how many run at a time.
func (g *Group) SetLimit(n int) {
	if n < 0 {
		g.sem = nil
		return
	}
	g.sem = make(chan token, n)
}

func (g *Group) done() {
	if g.sem != nil {
		<-g.sem
	}
	g.wg.Done()
}

// Go starts f.
func (g *Group) Go(f func() error) {
	if g.sem != nil {
		g.sem <- token{}
	}
	g.wg.Add(1)
	go func() {
		defer g.done()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				if g.stop != nil {
					g.stop(err)
				}
			})
		}
	}()
}

// Wait waits for all and returns the first error.
func (g *Group) Wait() error {
	g.wg.Wait()
	return g.err
}

// Each calls f for each item and returns when all are done.
func Each[T any](items []T, f func(T) error) error {
	var g Group
	for _, it := range items {
		g.Go(func() error { return f(it) })
	}
	return g.Wait()
}

// Map returns the results in order.
func Map[T, U any](items []T, f func(T) U) []U {
	out := make([]U, len(items))
	var wg sync.WaitGroup
	wg.Add(len(items))
	for i, it := range items {
		go func() {
			defer wg.Done()
			out[i] = f(it)
		}()
	}
	wg.Wait()
	return out
}

// A Future is a value that is being made.
type Future[T any] struct {
	done chan struct{}
	v    T
}

// Async starts to make a value.
func Async[T any](f func() T) *Future[T] {
	fu := &Future[T]{done: make(chan struct{})}
	go func() {
		defer close(fu.done)
		fu.v = f()
	}()
	return fu
}

// Get waits for the value.
func (f *Future[T]) Get() T {
	<-f.done
	return f.v
}

// Detach starts f and forgets it.
func Detach(f func()) { go f() }
