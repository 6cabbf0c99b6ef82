// Package generator holds cases for emit-generator: a hot method that starts a
// producer anew on each call.
package generator

import (
	"errors"
	"iter"
)

// Frame is one block of samples.
type Frame []int16

var errEmpty = errors.New("empty")

// count yields 0 to n-1.
func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// rows yields numbered rows, or an error.
func rows(n int) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for i := range n {
			if !yield(i, nil) {
				return
			}
		}
	}
}

// repeat yields v for ever.
func repeat[T any](v T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for yield(v) {
		}
	}
}

// sum consumes a sequence.
func sum(seq iter.Seq[int]) int {
	total := 0
	for v := range seq {
		total += v
	}
	return total
}

func even(v int) bool { return v%2 == 0 }
