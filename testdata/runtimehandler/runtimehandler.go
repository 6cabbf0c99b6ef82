// Package runtimehandler holds handlers of the reference runtime as its users
// write them: the examples of package runtime, and beside each what it becomes
// when something long-lived is born in Receive or Emit.
package runtimehandler

import (
	"context"

	"github.com/emitcheck/emitcheck/runtime"
)

// A Frame is a piece of audio.
type Frame []byte

// model is the far side: a service that answers speech with speech.
type model interface {
	Connect(ctx context.Context) (stream, error)
}

// stream is one conversation with the model. Respond answers what it hears
// until ctx ends.
type stream interface {
	Respond(ctx context.Context, hear func(context.Context) (Frame, error), yield func(Frame) bool) error
	Close() error
}

// keeper keeps its session, for the types that embed it.
type keeper struct {
	session *runtime.Session
}

func (k *keeper) SessionStart(_ context.Context, s *runtime.Session) error {
	k.session = s
	return nil
}

func (k *keeper) SessionStop(context.Context) error { return nil }
