package emitgenerator

import (
	"context"
	"io"
	"iter"
)

// ReaderFixed goes on where the last frame ended.
type ReaderFixed struct {
	words []string
	voice func(word string) []byte
	next  func() ([]byte, bool)
	stop  func()
}

func (r *ReaderFixed) SessionStart(context.Context) error {
	r.next, r.stop = iter.Pull(r.frames())
	return nil
}

func (r *ReaderFixed) frames() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for _, word := range r.words {
			if !yield(r.voice(word)) {
				return
			}
		}
	}
}

func (r *ReaderFixed) Emit(context.Context) ([]byte, error) {
	f, ok := r.next()
	if !ok {
		return nil, io.EOF
	}
	return f, nil
}

func (r *ReaderFixed) SessionStop(context.Context) error {
	r.stop()
	return nil
}
