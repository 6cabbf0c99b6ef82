package runtime

import "context"

// A Handler serves one session. Its driver calls SessionStart once, then
// Receive for each input and Emit for each output, and at last SessionStop.
//
// Receive and Emit are hot: they are called some 50 times a second for the life
// of the session. Nothing long-lived is born in them; goroutines, channels,
// generators, tickers and clients are made in SessionStart and released in
// SessionStop. Receive and Emit may run at the same time, but neither overlaps
// itself.
type Handler[In, Out any] interface {
	// SessionStart makes what the session needs. Its context may end when it
	// returns: work that goes on is given to Session.Go, or takes
	// Session.Context.
	SessionStart(ctx context.Context, s *Session) error

	// Receive takes one input of the client.
	Receive(ctx context.Context, in In) error

	// Emit returns the next output, waiting for it under ctx. The error io.EOF,
	// not wrapped, ends the session in good order when what was emitted before
	// has been sent; ErrNothing says that there is nothing now. With an error,
	// the output is not sent.
	Emit(ctx context.Context) (Out, error)

	// SessionStop releases what SessionStart made. It is called once for each
	// SessionStart, one that failed or panicked included, and ctx ends after the
	// grace period.
	SessionStop(ctx context.Context) error
}
