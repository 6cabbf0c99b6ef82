// Package seq has a range over a sequence that is left with the first element.
package seq

import (
	"context"
	"errors"
	"iter"
	"sync/atomic"
)

var Created atomic.Int64

func New() any { return new(H) }

type H struct{ closed bool }

func (h *H) SessionStart(context.Context) error {
	h.closed = false
	return nil
}

func (h *H) words() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		Created.Add(1)
		for i, w := range []string{"one", "two", "three", "four", "five", "six"} {
			if !yield(i, w) {
				return
			}
		}
	}
}

func (h *H) Emit(ctx context.Context) (string, error) {
	for _, w := range h.words() { // want `\(emit-generator\)`
		return w, nil
	}
	return "", errors.New("no more words")
}

func (h *H) SessionStop(context.Context) error {
	h.closed = true
	return nil
}
