// Package pull has an iter.Pull of a sequence that begins anew on each call.
package pull

import (
	"context"
	"io"
	"iter"
	"sync/atomic"
)

var Created atomic.Int64

func New() any { return &H{limit: 3} }

type H struct {
	limit int
}

func (h *H) SessionStart(context.Context) error { return nil }

// frames counts up to the limit.
func (h *H) frames() iter.Seq[int] {
	return func(yield func(int) bool) {
		Created.Add(1)
		for i := range h.limit {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *H) Emit(ctx context.Context) (int, error) {
	next, stop := iter.Pull(h.frames()) // want `\(emit-generator\)`
	defer stop()
	f, ok := next()
	if !ok {
		return 0, io.EOF
	}
	return f, nil
}

func (h *H) SessionStop(context.Context) error { return nil }
