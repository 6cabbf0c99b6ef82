package runtime

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
)

// Defaults of a [Server]'s fields.
const (
	// DefaultInputSize bounds the inputs that wait for Receive: about a second
	// of frames at 50 a second.
	DefaultInputSize = 64

	// DefaultOutputSize bounds the frames that Emit is ahead of the client.
	DefaultOutputSize = 8

	// DefaultIdle is one frame at 50 a second.
	DefaultIdle = 20 * time.Millisecond
)

// A Server drives handlers. Its fields are set before the first Serve and not
// changed after; the zero value of each but NewHandler is a useful default.
type Server[In, Out any] struct {
	// NewHandler returns the handler of one session: a new one each time.
	NewHandler func() Handler[In, Out]

	// Duration says how long a frame lasts. A frame is sent when the one before
	// it has lasted that long. If it is nil, or returns 0, frames are sent as
	// they come.
	Duration func(Out) time.Duration

	// Input and Output bound what waits between the client and Receive, and
	// between Emit and the client. Their default sizes are DefaultInputSize and
	// DefaultOutputSize. When a frame has been dropped from Output, Emit is called
	// again after Idle: it is ahead of the client.
	Input, Output Bound

	// Idle is how long to wait after ErrNothing, or a dropped frame, before Emit is
	// called again; default: DefaultIdle.
	Idle time.Duration

	// MaxSessions is how many sessions may run at a time; default: no limit.
	MaxSessions int

	// MaxSessionTime is how long a session may last; default: no limit.
	MaxSessionTime time.Duration

	// Grace is how long to wait for what is to end: first for the handler's
	// methods and goroutines, then for SessionStop, then for the client to be
	// told, and at last for what SessionStop and Conn.Close were to release. A
	// session whose handler and connection heed their contexts waits for nothing.
	// Default: DefaultGrace.
	Grace time.Duration

	// SessionID names a session, given the context of Serve; default: a random
	// text.
	SessionID func(ctx context.Context) string

	// Logger is told of sessions' starts and ends (debug), failures (warn), and
	// panics and overstays (error); default: slog.Default().
	Logger *slog.Logger

	mu       sync.Mutex
	shutdown bool
	sessions map[*served[In, Out]]struct{}
	handlers map[Handler[In, Out]]*served[In, Out] // by address
	changed  chan struct{}                         // closed when a session has ended, if somebody waits
	ended    Stats                                 // of ended sessions
}

// A Bound is the bound of a queue.
type Bound struct {
	Size   int
	Policy Policy
}

// Serve runs a session for conn, to its end, and closes conn. It returns why the
// session ended: nil if it did so in good order, that is if Emit returned io.EOF
// or the client left. An error of the handler or of the connection is an
// [Error], joined with the errors of SessionStop and an [OverstayError], if
// there are any. If ctx ends, so does the session, with ctx's cause.
//
// When Serve returns, nothing of the session runs any more but what it names in
// an OverstayError.
func (srv *Server[In, Out]) Serve(ctx context.Context, conn Conn[In, Out]) error {
	if srv.MaxSessionTime > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, srv.MaxSessionTime, ErrTimeLimit)
		defer cancel()
	}
	s := newServed(ctx, srv, conn)
	if err := srv.admit(s); err != nil {
		s.cancel(err)
		return s.finish(ctx)
	}
	s.run(ctx)
	err := s.finish(ctx)
	srv.dismiss(s, err)
	return err
}

// Shutdown refuses new sessions, ends all that run with [ErrShutdown], and waits
// until they have ended or ctx does. It returns nil, or an error that names the
// sessions that have not ended yet; they go on ending.
func (srv *Server[In, Out]) Shutdown(ctx context.Context) error {
	srv.mu.Lock()
	srv.shutdown = true
	for s := range srv.sessions {
		s.cancel(ErrShutdown)
	}
	srv.mu.Unlock()
	for {
		srv.mu.Lock()
		if len(srv.sessions) == 0 {
			srv.mu.Unlock()
			return nil
		}
		if srv.changed == nil {
			srv.changed = make(chan struct{})
		}
		changed := srv.changed
		srv.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("runtime: Shutdown: %w, and these sessions have not ended: %s", context.Cause(ctx), srv.list())
		}
	}
}

// list names the running sessions, in order.
func (srv *Server[In, Out]) list() string {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	var ids []string
	for s := range srv.sessions {
		ids = append(ids, s.id)
	}
	slices.Sort(ids)
	return strings.Join(ids, ", ")
}

// Stats returns the server's counters.
func (srv *Server[In, Out]) Stats() Stats {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	stats := srv.ended
	stats.Active = len(srv.sessions)
	for s := range srv.sessions {
		s.addTo(&stats)
	}
	return stats
}

// admit takes a session in, if there may be one more.
func (srv *Server[In, Out]) admit(s *served[In, Out]) error {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	switch {
	case srv.NewHandler == nil:
		return errors.New("runtime: Server.NewHandler is nil: set it to a function that returns a new handler")
	case srv.shutdown:
		srv.ended.Refused++
		return ErrShutdown
	case srv.MaxSessions > 0 && len(srv.sessions) >= srv.MaxSessions:
		srv.ended.Refused++
		return fmt.Errorf("%w: %d are running", ErrTooManySessions, len(srv.sessions))
	}
	if srv.sessions == nil {
		srv.sessions = make(map[*served[In, Out]]struct{})
	}
	srv.sessions[s] = struct{}{}
	srv.ended.Started++
	return nil
}

// dismiss takes a session out that has ended.
func (srv *Server[In, Out]) dismiss(s *served[In, Out], err error) {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	s.addTo(&srv.ended)
	srv.ended.Lengths.add(time.Since(s.begun))
	if err != nil {
		srv.ended.Failed++
	}
	srv.ended.Overstays += s.overstays
	delete(srv.sessions, s)
	if h := s.handler; h != nil && reflect.TypeOf(h).Kind() == reflect.Pointer && srv.handlers[h] == s {
		delete(srv.handlers, h)
	}
	if srv.changed != nil {
		close(srv.changed)
		srv.changed = nil
	}
}

// adopt makes h the handler of s, and reports whether SessionStart is to be
// called: not if the session is over by now, nor if h serves another session. A
// handler is told by its address, which handlers without fields may share.
func (srv *Server[In, Out]) adopt(s *served[In, Out], h Handler[In, Out]) (bool, error) {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	if s.over || s.ctx.Err() != nil {
		return false, nil
	}
	if t := reflect.TypeOf(h); t.Kind() == reflect.Pointer && t.Elem().Size() > 0 {
		if other, ok := srv.handlers[h]; ok {
			return false, fmt.Errorf("Server.NewHandler returned the handler of session %s, which runs: it is to return a new one each time", other.id)
		}
		if srv.handlers == nil {
			srv.handlers = make(map[Handler[In, Out]]*served[In, Out])
		}
		srv.handlers[h] = s
	}
	s.handler = h
	return true, nil
}

// retire returns the handler whose SessionStop is to be called: nil if
// SessionStart has not been called, and then it will not be.
func (srv *Server[In, Out]) retire(s *served[In, Out]) Handler[In, Out] {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	s.over = true
	return s.handler
}

// or returns v, or what stands in for a v that is not set.
func or[T int | time.Duration](v, unset T) T {
	if v <= 0 {
		return unset
	}
	return v
}
