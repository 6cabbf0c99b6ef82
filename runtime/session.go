package runtime

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	goruntime "runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// DefaultGrace is how long a session waits for what it started, where nothing
// else is set. It is long beside the milliseconds that a goroutine needs to see
// that its context has ended, and short beside a minute's deploy.
const DefaultGrace = 5 * time.Second

// A Session is what a handler is told of the session it serves, and what it
// starts long-lived work with. Its methods may be called from any goroutine.
type Session struct {
	id     string
	log    *slog.Logger
	grace  time.Duration
	ctx    context.Context
	cancel context.CancelCauseFunc

	send    func(ctx context.Context, message any) error // to the client, nil if there is none
	discard func()                                       // empties the driver's queue, nil if there is none

	// What runs for the handler: until SessionStop, and from there on.
	running, stopping tasks

	// emitting is the context of the calls of Emit until the next Interrupt. A
	// frame is void if the context of the Emit that returned it has ended.
	emitting     atomic.Pointer[emitting]
	interrupting chan struct{} // holds a token during Interrupt
	interrupts   atomic.Uint64

	mu          sync.Mutex
	onInterrupt []func()
	onStop      []func() error
	stopped     bool    // the functions of onStop have run
	errs        []error // of what went wrong after the session's end
	overstays   uint64  // goroutines and calls that outlasted the session
}

// emitting is a context of calls of Emit.
type emitting struct {
	ctx      context.Context
	cancel   context.CancelCauseFunc
	replaced chan struct{} // closed when there is another one
}

func newEmitting(ctx context.Context) *emitting {
	//emitcheck:ignore emit-channel one for each session, and for each Interrupt, of which there are few
	e := &emitting{replaced: make(chan struct{})}
	e.ctx, e.cancel = context.WithCancelCause(ctx)
	return e
}

// NewSession returns a session without a client, and a function that ends it: it
// ends the session's context, waits for what [Session.Go] started, runs the
// functions of [Session.OnStop], and returns their errors and an
// [OverstayError] if something runs still after [DefaultGrace]. A [Server] makes
// the sessions of its handlers itself; this is for tests that call a handler's
// methods directly, and for other drivers.
func NewSession(ctx context.Context, id string) (s *Session, end func() error) {
	s = newSession(ctx, id, slog.Default(), DefaultGrace)
	end = sync.OnceValue(func() error {
		s.cancel(errDone)
		s.running.close(s.grace)
		s.stopping.start(context.WithoutCancel(ctx), "OnStop", s.release)
		s.stopping.wait(s.grace)
		s.awaitAll(&s.stopping, &s.running)
		return s.err()
	})
	return s, end
}

func newSession(ctx context.Context, id string, log *slog.Logger, grace time.Duration) *Session {
	s := &Session{id: id, log: log.With("session", id), grace: grace}
	s.ctx, s.cancel = context.WithCancelCause(ctx)
	s.running = tasks{session: id, failed: s.fail}
	s.stopping = tasks{session: id, failed: s.failAfter}
	s.interrupting = make(chan struct{}, 1)
	s.emitting.Store(newEmitting(s.ctx))
	return s
}

// current returns the context for the next call of Emit. It waits for an
// Interrupt that is under way. If the session has ended, so has the context.
func (s *Session) current() *emitting {
	for {
		e := s.emitting.Load()
		if e.ctx.Err() == nil || s.ctx.Err() != nil {
			return e
		}
		select {
		case <-e.replaced:
		case <-s.ctx.Done():
		}
	}
}

// ID names the session, for logs.
func (s *Session) ID() string { return s.id }

// Context is the session's own: it outlives SessionStart and ends when the
// session does, before SessionStop begins. Its cause is why.
func (s *Session) Context() context.Context { return s.ctx }

// Logger returns a logger that names the session.
func (s *Session) Logger() *slog.Logger { return s.log }

// Go runs f in a goroutine of the session: f is given the session's context,
// which it must heed, and has returned when SessionStop is called. If f returns
// an error or panics, the session ends with that, as it does for one of the
// handler's methods. Goroutines are for SessionStart; a Go in Receive or Emit
// starts one on each call.
//
// Once SessionStop has begun, Go starts nothing, and logs that.
func (s *Session) Go(f func(ctx context.Context) error) {
	s.start("Go", f)
}

// start runs f in a goroutine that is named by what and the place of the
// caller's caller.
func (s *Session) start(what string, f func(ctx context.Context) error) {
	if _, file, line, ok := goruntime.Caller(2); ok {
		what = fmt.Sprintf("%s %s:%d", what, filepath.Base(file), line)
	}
	if err := s.running.start(s.ctx, what, f); err != nil {
		s.log.Warn("not started", "task", what, "err", err)
	}
}

// OnStop registers a function that releases something. The functions run after
// SessionStop, the last registered first. They run even if SessionStart failed,
// so that it need not undo what it has done. What is registered when they have
// run, runs at once.
func (s *Session) OnStop(release func() error) {
	s.mu.Lock()
	if !s.stopped {
		s.onStop = append(s.onStop, release)
		s.mu.Unlock()
		return
	}
	s.mu.Unlock()
	done := make(chan struct{})
	s.stopping.start(s.ctx, "OnStop", func(context.Context) error {
		defer close(done)
		return release()
	})
	<-done
}

// release runs the functions of OnStop: the last one, in the calling task, and
// the rest in a task that follows, whatever the last one does.
func (s *Session) release(ctx context.Context) error {
	s.mu.Lock()
	last := len(s.onStop) - 1
	if last < 0 {
		s.stopped = true
		s.mu.Unlock()
		return nil
	}
	f := s.onStop[last]
	s.onStop = s.onStop[:last]
	s.mu.Unlock()
	defer s.stopping.start(ctx, "OnStop", s.release)
	return f()
}

// OnInterrupt registers a function that [Session.Interrupt] calls. It empties a
// queue that the handler keeps between itself and the client (Queue.Clear), or
// stops what fills it.
func (s *Session) OnInterrupt(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onInterrupt = append(s.onInterrupt, f)
}

// Interrupt voids all that is on its way to the client, as when a user speaks
// over the answer (barge-in). A call of Emit that is under way finds its context
// ended, and what it returns is discarded, be it a frame or an error; the
// driver's queue is emptied; the functions of [Session.OnInterrupt] run; and the
// client is told, by an [EventInterrupt] that no earlier frame follows. The next
// call of Emit begins when all that is done. Interrupt does not wait for Emit, so
// it may be called anywhere, Emit included, but not in a function of OnInterrupt.
// After the session's end it does nothing.
func (s *Session) Interrupt() {
	select {
	case s.interrupting <- struct{}{}:
	case <-s.ctx.Done():
		return
	}
	if s.ctx.Err() != nil {
		<-s.interrupting
		return
	}
	old := s.emitting.Load()
	// Emit has no new context until the queues are empty; and it gets one even if
	// a function panics.
	defer func() {
		s.emitting.Store(newEmitting(s.ctx))
		close(old.replaced)
		<-s.interrupting
	}()
	old.cancel(errInterrupted)
	s.interrupts.Add(1)
	if s.discard != nil {
		s.discard()
	}
	s.mu.Lock()
	functions := slices.Clone(s.onInterrupt)
	s.mu.Unlock()
	for _, f := range functions {
		f()
	}
}

// Send hands a message to the client beside the frames, at once and in the order
// of the calls. It waits until the connection has taken it, or ctx or the
// session ends. Without a client it returns errors.ErrUnsupported, after the
// session's end [ErrSessionEnded].
func (s *Session) Send(ctx context.Context, message any) error {
	if s.send == nil {
		return fmt.Errorf("runtime: Session.Send: %w: the session has no client", errors.ErrUnsupported)
	}
	return s.send(ctx, message)
}

// awaitAll waits for what is to have ended by now, for the grace period, and
// notes what has not.
func (s *Session) awaitAll(sets ...*tasks) {
	deadline := time.Now().Add(s.grace)
	left := false
	for _, set := range sets {
		left = set.wait(time.Until(deadline)) || left
	}
	if !left {
		return
	}
	if e := overstay(sets...); e != nil {
		s.log.Error("session has ended without something it started", "err", e, "stacks", e.stacks())
		s.overstays += uint64(len(e.Overstays))
		s.addError(e)
	}
}

// fail ends the session with an error of one of its tasks. If it has ended, only
// a panic is of interest: an error is how a task heeds that.
func (s *Session) fail(t *task, err error) {
	_, panicked := err.(*PanicError)
	e := &Error{Op: t.name, Err: err}
	s.cancel(e)
	switch first := context.Cause(s.ctx) == e; {
	case first:
		s.report(t, err)
	case panicked:
		s.failAfter(t, err)
	default:
		s.log.Debug("session task ended", "task", t.name, "err", err)
	}
}

// failAfter notes an error that came after the end of the session.
func (s *Session) failAfter(t *task, err error) {
	s.report(t, err)
	s.addError(&Error{Op: t.name, Err: err})
}

// report logs an error of the handler or of the connection, with the stack if
// it is a panic.
func (s *Session) report(t *task, err error) {
	if p, ok := err.(*PanicError); ok {
		s.log.Error("session task panicked", "task", t.name, "err", err, "stack", string(p.Stack))
		return
	}
	s.log.Warn("session task failed", "task", t.name, "err", err)
}

func (s *Session) addError(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.errs = append(s.errs, err)
}

// err returns why the session has ended, with the errors that came after; nil if
// it ended in good order.
func (s *Session) err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	errs := s.errs
	if cause := context.Cause(s.ctx); cause != errDone {
		errs = append([]error{cause}, errs...)
	}
	if len(errs) == 1 {
		return errs[0]
	}
	return errors.Join(errs...)
}
