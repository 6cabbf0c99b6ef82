// Package runtime is the reference runtime that emitcheck's findings point to:
// a handler per session, started once, asked for frames by a driver, stopped
// once.
//
// At this stage it holds the contract alone, which is what the linter needs to
// recognise a handler: the interface [Handler] and the [Session] it is started
// with. It holds no driver yet, and nothing of the linter.
package runtime

import "context"

// A Handler serves one session. Its driver calls SessionStart once, then
// Receive for each input and Emit for each output, and at last SessionStop.
//
// Receive and Emit are hot: they are called some 50 times a second for the life
// of the session. Nothing long-lived is born in them; goroutines, channels,
// generators, tickers and clients are made in SessionStart and released in
// SessionStop.
type Handler[In, Out any] interface {
	// SessionStart makes what the session needs. Its context may end when it
	// returns: a goroutine started here takes a context of its own, which
	// SessionStop cancels.
	SessionStart(ctx context.Context, s *Session) error

	// Receive takes one input of the client.
	Receive(ctx context.Context, in In) error

	// Emit returns the next output, waiting for it under ctx. The error io.EOF
	// ends the session.
	Emit(ctx context.Context) (Out, error)

	// SessionStop releases what SessionStart made. It is safe to call after a
	// SessionStart that failed.
	SessionStop(ctx context.Context) error
}

// A Session is what a handler is told of the session it serves.
type Session struct {
	id string
}

// NewSession returns a session named id. Drivers and tests call it; a handler
// is given its session.
func NewSession(id string) *Session { return &Session{id: id} }

// ID names the session, for logs.
func (s *Session) ID() string { return s.id }
