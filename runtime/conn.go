package runtime

import (
	"context"
)

// A Conn is the connection to one client. A transport such as a WebSocket or a
// WebRTC peer is made into one; [Pipe] is one in memory.
//
// Receive and Send may run at the same time, but neither overlaps itself. Close
// is called once, at the end of the session; a Receive or Send that is under
// way then must return.
//
// A Conn may have a method Context() context.Context as well. Its context ends
// when the client vanishes, and the session ends with its cause. Without it, a
// session whose input queue is full learns that only when Receive or Send is
// called again.
type Conn[In, Out any] interface {
	// Receive waits for the client's next input. The error io.EOF says that the
	// client has left in good order: what it sent before is still given to the
	// handler. Any other error ends the session at once.
	Receive(ctx context.Context) (In, error)

	// Send hands an event to the client. An error ends the session.
	Send(ctx context.Context, e Event[Out]) error

	// Close ends the connection. It is called after the event of kind EventEnd.
	Close() error
}

// An EventKind says what an [Event] is.
type EventKind int

const (
	// EventFrame carries a frame that Emit returned, when it is due.
	EventFrame EventKind = iota + 1

	// EventMessage carries what the handler gave to [Session.Send]: a
	// transcript, a state, a measurement. It overtakes frames that wait.
	EventMessage

	// EventInterrupt says that the handler called [Session.Interrupt]: what the
	// client has received and not yet played is void.
	EventInterrupt

	// EventEnd is the last event. Err says why the session ended; it is nil if
	// it ended in good order. It is meant for the Conn, which decides what of it
	// goes over the wire.
	EventEnd
)

// An Event is what goes from a session to its client.
type Event[Out any] struct {
	Kind    EventKind
	Frame   Out   // of an EventFrame
	Message any   // of an EventMessage
	Err     error // of an EventEnd
}

// Pipe returns the two ends of a connection in memory. Each direction holds up
// to size elements, and whoever sends more waits. It panics if size is not
// positive.
func Pipe[In, Out any](size int) (*Client[In, Out], Conn[In, Out]) {
	c := &Client[In, Out]{
		in:     NewQueue[In](size, Block),
		events: NewQueue[Event[Out]](size, Block),
	}
	c.gone, c.vanish = context.WithCancelCause(context.Background())
	return c, pipeConn[In, Out]{c}
}

// A Client is the client's end of a [Pipe].
type Client[In, Out any] struct {
	in     *Queue[In]
	events *Queue[Event[Out]]
	gone   context.Context // ends when the client vanishes
	vanish context.CancelCauseFunc
}

// Send hands an input to the session, waiting until there is room. It returns
// [ErrClosed] once either end is closed.
func (c *Client[In, Out]) Send(ctx context.Context, in In) error { return c.in.Put(ctx, in) }

// Receive waits for the session's next event. It returns io.EOF after the last.
func (c *Client[In, Out]) Receive(ctx context.Context) (Event[Out], error) {
	return c.events.Take(ctx)
}

// Close lets the client leave in good order: the session is given what was sent
// before, and ends.
func (c *Client[In, Out]) Close() { c.in.Close() }

// Vanish breaks the connection: the session's calls that wait for the client,
// and all that follow, fail with err.
func (c *Client[In, Out]) Vanish(err error) {
	c.vanish(err)
	c.in.Close()
	c.events.Close()
}

// pipeConn is the session's end of a [Pipe].
type pipeConn[In, Out any] struct{ c *Client[In, Out] }

func (p pipeConn[In, Out]) Receive(ctx context.Context) (In, error) {
	in, err := p.c.in.Take(ctx)
	if p.c.gone.Err() != nil {
		return in, context.Cause(p.c.gone)
	}
	return in, err
}

func (p pipeConn[In, Out]) Send(ctx context.Context, e Event[Out]) error {
	err := p.c.events.Put(ctx, e)
	if p.c.gone.Err() != nil {
		return context.Cause(p.c.gone)
	}
	return err
}

func (p pipeConn[In, Out]) Context() context.Context { return p.c.gone }

func (p pipeConn[In, Out]) Close() error {
	p.c.in.Close()
	p.c.events.Close()
	return nil
}
