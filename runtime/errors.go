package runtime

import (
	"errors"
	"fmt"
	"strings"

	"github.com/emitcheck/emitcheck/runtime/internal/stdfile"
)

var (
	// ErrNothing is what Emit returns if it has no frame now. It is not an
	// error: nothing is sent, and Emit is called again after [Server.Idle].
	ErrNothing = errors.New("runtime: nothing to emit now")

	// ErrTimeLimit ends a session that has lasted for [Server.MaxSessionTime].
	ErrTimeLimit = errors.New("runtime: session time limit reached")

	// ErrShutdown ends all sessions on [Server.Shutdown], and refuses new ones.
	ErrShutdown = errors.New("runtime: server shut down")

	// ErrTooManySessions refuses a session beyond [Server.MaxSessions].
	ErrTooManySessions = errors.New("runtime: too many sessions")

	// ErrSessionEnded is what [Session.Send] returns after the end of its
	// session, and what is logged of a [Session.Go] then.
	ErrSessionEnded = errors.New("runtime: session has ended")

	// errInterrupted is the cause of an Emit context that Interrupt has ended.
	errInterrupted = errors.New("runtime: interrupted")

	// errDone is the cause of a session that ends in good order.
	errDone = errors.New("runtime: session done")
)

// An Error is an error of a session, with where it came from.
type Error struct {
	// Op is what failed: "SessionStart", "Receive", "Emit", "SessionStop",
	// "OnStop", "Conn.Receive", "Conn.Send" or "Conn.Close", or "Go" or
	// "Generator" and the place of the call, or "SessionID". NewHandler is part
	// of SessionStart.
	Op  string
	Err error
}

func (e *Error) Error() string { return e.Op + ": " + e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }

// A PanicError is a panic that ended a session.
type PanicError struct {
	Value any    // what was panicked with
	Stack []byte // of the goroutine that panicked
}

// Error says what was panicked with. The stack is left out, since the error
// may travel to the client.
func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Unwrap returns the value if it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// An Overstay is something of a session that runs after the session has ended,
// because it heeds neither its context nor what SessionStop closes.
type Overstay struct {
	Task  string // what runs, named as in [Error.Op]
	Stack string // its goroutine's, and those of the goroutines it has started
}

// An OverstayError says that a session has ended without all it started.
type OverstayError struct {
	Overstays []Overstay
}

// Error names what runs still, and where it is. The whole stacks are in
// Overstays.
func (e *OverstayError) Error() string {
	var names []string
	for _, o := range e.Overstays {
		names = append(names, o.Task+" ("+o.where()+")")
	}
	return "runtime: still running after the grace period: " + strings.Join(names, ", ")
}

// stacks returns all the stacks, for logs.
func (e *OverstayError) stacks() string {
	var b strings.Builder
	for _, o := range e.Overstays {
		fmt.Fprintf(&b, "%s:\n%s\n", o.Task, o.Stack)
	}
	return b.String()
}

// where returns the innermost function that is not std's, and its place.
func (o Overstay) where() string {
	where := "stack unknown"
	lines := strings.Split(strings.TrimSpace(o.Stack), "\n")
	for i := 0; i+1 < len(lines); i += 2 {
		function, place := lines[i], strings.TrimSpace(lines[i+1])
		where = function + " at " + place
		if !stdfile.Is(place) {
			break
		}
	}
	return where
}
