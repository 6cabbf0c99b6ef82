// Package seqs holds sequence and channel producers of another package of the
// same project.
package seqs

import "iter"

// Count yields 0 to n-1.
func Count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// Enumerate yields the elements of xs with their indexes.
func Enumerate[T any](xs ...T) iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		for i, x := range xs {
			if !yield(i, x) {
				return
			}
		}
	}
}

// Map yields f of each element of seq.
func Map[T, U any](seq iter.Seq[T], f func(T) U) iter.Seq[U] {
	return func(yield func(U) bool) {
		for v := range seq {
			if !yield(f(v)) {
				return
			}
		}
	}
}

// Tone is a source of samples.
type Tone struct {
	Hz int
}

// Samples starts the tone from its first sample.
func (t *Tone) Samples() iter.Seq[int] {
	return func(yield func(int) bool) {
		for phase := 0; ; phase += t.Hz {
			if !yield(phase) {
				return
			}
		}
	}
}

// Stream sends 0 to n-1 and closes the channel.
func Stream(n int) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range n {
			ch <- i
		}
	}()
	return ch
}

// Cursor steps through a range of numbers.
type Cursor[T any] struct {
	rest []T
}

// NewCursor returns a Cursor at the first of xs.
func NewCursor[T any](xs ...T) *Cursor[T] {
	return &Cursor[T]{rest: xs}
}

// Next returns the next element, and false behind the last.
func (c *Cursor[T]) Next() (T, bool) {
	var zero T
	if len(c.rest) == 0 {
		return zero, false
	}
	v := c.rest[0]
	c.rest = c.rest[1:]
	return v, true
}

// First returns the first of a fresh count.
func First(n int) int {
	for v := range Count(n) {
		return v
	}
	return 0
}
