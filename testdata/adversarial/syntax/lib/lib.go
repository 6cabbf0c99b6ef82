// Package lib is imported with a dot.
package lib

// Spawn starts f.
func Spawn(f func()) { go f() }

// Feed returns a channel that a goroutine feeds.
func Feed[T any](vs ...T) <-chan T {
	ch := make(chan T)
	go func() {
		defer close(ch)
		for _, v := range vs {
			ch <- v
		}
	}()
	return ch
}

// Q is a generic queue's alias.
type Q[T any] = chan T

// A Hub has methods on a type parameter.
type Hub[K comparable, V any] struct{ subs map[K]Q[V] }

// Add makes a queue for the key.
func (h *Hub[K, V]) Add(k K) Q[V] {
	q := make(Q[V], 1)
	h.subs[k] = q
	return q
}

// Run starts a goroutine for the key.
func (h *Hub[K, V]) Run(k K) {
	go func() {
		for range h.subs[k] {
		}
	}()
}

// Len tells how many there are.
func (h *Hub[K, V]) Len() int { return len(h.subs) }
