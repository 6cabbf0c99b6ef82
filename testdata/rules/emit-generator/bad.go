package emitgenerator

import (
	"context"
	"io"
	"iter"
)

// Reader reads a text aloud. Each frame begins the text again: the client hears
// its first word for ever.
type Reader struct {
	words []string
	voice func(word string) []byte
}

func (r *Reader) SessionStart(context.Context) error { return nil }

func (r *Reader) frames() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for _, word := range r.words {
			if !yield(r.voice(word)) {
				return
			}
		}
	}
}

func (r *Reader) Emit(context.Context) ([]byte, error) {
	for f := range r.frames() { // want `^Emit starts a generator on each call .*left early.*\(emit-generator\)$`
		return f, nil
	}
	return nil, io.EOF
}

func (r *Reader) SessionStop(context.Context) error { return nil }
