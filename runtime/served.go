package runtime

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"sync/atomic"
	"time"
)

// pause is after how many of a frame's durations without a frame the next one
// does not count as late: the handler had nothing to say.
const pause = 10

// served is a session of a server, and what the driver needs for it.
type served[In, Out any] struct {
	*Session
	server *Server[In, Out]
	conn   Conn[In, Out]
	begun  time.Time
	in     *Queue[In]
	out    *Queue[frame[Out]]
	count  counters

	connection tasks // what runs for the connection

	writing chan struct{} // holds a token while the connection is sent to
	held    atomic.Bool   // a frame has left the queue, and is not counted yet

	first *emitting // of the session's start

	// The server's lock guards these.
	handler Handler[In, Out] // set when SessionStart is called
	over    bool             // SessionStart is not called any more
}

// frame is a frame on its way.
type frame[Out any] struct {
	out      Out
	duration time.Duration
	emitting *emitting // of the call of Emit that returned it
}

// void reports whether an Interrupt, or the session's end, came after the call
// of Emit that returned the frame.
func (f frame[Out]) void() bool { return f.emitting.ctx.Err() != nil }

func newServed[In, Out any](ctx context.Context, srv *Server[In, Out], conn Conn[In, Out]) *served[In, Out] {
	s := &served[In, Out]{
		server:  srv,
		conn:    conn,
		begun:   time.Now(),
		in:      NewQueue[In](or(srv.Input.Size, DefaultInputSize), srv.Input.Policy),
		out:     NewQueue[frame[Out]](or(srv.Output.Size, DefaultOutputSize), srv.Output.Policy),
		writing: make(chan struct{}, 1),
	}
	id := rand.Text()
	unnamed := protect(func() error {
		if srv.SessionID != nil {
			id = srv.SessionID(ctx)
		}
		return nil
	})
	log := srv.Logger
	if log == nil {
		log = slog.Default()
	}
	s.Session = newSession(ctx, id, log, or(srv.Grace, DefaultGrace))
	s.Session.send = s.message
	s.Session.discard = func() { s.count.outputDiscarded.Add(uint64(s.out.remove(frame[Out].void))) }
	s.first = s.emitting.Load()
	s.connection = tasks{session: id, failed: s.fail}
	if unnamed != nil {
		s.fail(&task{name: "SessionID"}, unnamed)
	}
	return s
}

// run runs the session up to the end of SessionStop.
func (s *served[In, Out]) run(ctx context.Context) {
	s.log.Debug("session started")
	if gone := connContext(s.conn); gone != nil {
		defer context.AfterFunc(gone, func() { s.fail(&task{name: "Conn.Receive"}, context.Cause(gone)) })()
	}
	s.connection.start(s.ctx, "Conn.Receive", s.read)
	s.running.start(s.ctx, "SessionStart", s.start)
	<-s.ctx.Done()

	if s.running.close(s.grace) {
		if late := overstay(&s.running); late != nil {
			s.log.Warn("running still, grace period over: SessionStop does not wait for it", "err", late, "stacks", late.stacks())
		}
	}
	if h := s.server.retire(s); h != nil {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.grace)
		defer cancel()
		s.stopping.start(ctx, "SessionStop", func(ctx context.Context) error {
			defer s.stopping.start(ctx, "OnStop", s.release)
			return h.SessionStop(ctx)
		})
		s.stopping.wait(s.grace)
	}
}

// connContext returns the context of a connection that has one, or nil.
func connContext(conn any) (ctx context.Context) {
	if c, ok := conn.(interface{ Context() context.Context }); ok {
		// What panics here is no reason to do without the session.
		_ = protect(func() error { ctx = c.Context(); return nil })
	}
	return ctx
}

// finish tells the client why the session has ended, closes the connection, and
// returns that reason, with whatever else went wrong.
func (s *served[In, Out]) finish(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.grace)
	defer cancel()
	told := make(chan struct{})
	s.connection.start(ctx, "Conn.Send", func(ctx context.Context) error {
		defer close(told)
		if err := s.write(ctx, Event[Out]{Kind: EventEnd, Err: s.err()}); err != nil {
			s.log.Debug("the client does not know that the session has ended", "err", err)
		}
		return nil
	})
	select {
	case <-told:
	case <-ctx.Done():
	}
	s.connection.start(ctx, "Conn.Close", func(context.Context) error {
		if err := s.conn.Close(); err != nil {
			s.log.Debug("connection not closed in good order", "err", err)
		}
		return nil
	})

	s.awaitAll(&s.connection, &s.stopping, &s.running)
	s.count.inputDiscarded.Add(uint64(s.in.Clear()))
	s.count.outputDiscarded.Add(uint64(s.out.Clear()))
	s.countHeld(&s.count.outputDiscarded) // the connection has panicked with it, or hangs
	err := s.err()
	s.log.Debug("session ended", "err", err, "length", time.Since(s.begun),
		"received", s.count.received.Load(), "sent", s.count.sent.Load(), "late", s.count.late.Load(),
		"dropped", s.in.Dropped()+s.out.Dropped())
	return err
}

// read takes the client's inputs. It begins with the session, so that a client
// that vanishes while SessionStart runs ends it.
func (s *served[In, Out]) read(ctx context.Context) error {
	for {
		in, err := s.conn.Receive(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err == io.EOF:
			s.in.Close()
			return nil
		case err != nil:
			return err
		}
		s.count.received.Add(1)
		if s.in.Put(ctx, in) != nil {
			s.count.inputDiscarded.Add(1)
			return nil
		}
	}
}

// start makes the handler, starts it, and then what drives it.
func (s *served[In, Out]) start(ctx context.Context) error {
	h := s.server.NewHandler()
	if h == nil {
		return errors.New("Server.NewHandler returned nil: it is to return a new handler")
	}
	if ok, err := s.server.adopt(s, h); !ok {
		return err
	}
	if err := h.SessionStart(ctx, s.Session); err != nil {
		return err
	}
	// If the session is over by now, these see it before they call anything.
	s.running.start(ctx, "Receive", func(ctx context.Context) error { return s.receive(ctx, h) })
	s.running.start(ctx, "Emit", func(ctx context.Context) error { return s.emitAll(ctx, h) })
	s.connection.start(ctx, "Conn.Send", s.sendAll)
	return nil
}

// receive gives the inputs to the handler, up to the last if the client has left
// in good order.
func (s *served[In, Out]) receive(ctx context.Context, h Handler[In, Out]) error {
	for {
		in, err := s.in.Take(ctx)
		if err == io.EOF {
			s.cancel(errDone)
			return nil
		}
		if err != nil {
			return nil // the session is over
		}
		s.count.handled.Add(1)
		if err := h.Receive(ctx, in); ctx.Err() != nil {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// emitAll puts what Emit returns on the queue to the client.
func (s *served[In, Out]) emitAll(ctx context.Context, h Handler[In, Out]) error {
	var idle *time.Timer
	wait := func(ctx context.Context) {
		if idle == nil {
			idle = time.NewTimer(s.idle())
		} else {
			idle.Reset(s.idle())
		}
		select {
		case <-idle.C:
		case <-ctx.Done():
			idle.Stop()
		}
	}
	dropped := uint64(0)
	for {
		emitting := s.current()
		if ctx.Err() != nil {
			return nil
		}
		out, err := h.Emit(emitting.ctx)
		switch {
		case ctx.Err() != nil:
			return nil // the session has ended, and so has what Emit was asked for
		case err == nil:
			f := frame[Out]{out: out, emitting: emitting}
			if s.server.Duration != nil {
				f.duration = s.server.Duration(out)
			}
			s.count.emitted.Add(1)
			if s.out.Put(emitting.ctx, f) != nil {
				s.count.outputDiscarded.Add(1)
			} else if s.server.Output.Policy == DropOldest && s.out.Dropped() != dropped {
				// Emit is ahead of the client, and no full queue holds it up.
				dropped = s.out.Dropped()
				wait(emitting.ctx)
			}
		case err == io.EOF:
			s.out.Close()
			return nil
		case errors.Is(err, ErrNothing):
			wait(ctx)
		case emitting.ctx.Err() != nil:
			// Emit has heeded an Interrupt.
		default:
			return err
		}
	}
}

func (s *served[In, Out]) idle() time.Duration { return or(s.server.Idle, DefaultIdle) }

// sendAll sends the frames, each when it is due, and tells the client of each
// Interrupt before the first frame that came after it. When the last frame has
// lasted, the session has ended in good order.
func (s *served[In, Out]) sendAll(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	emitting := s.first
	var due clock
	for {
		if emitting.ctx.Err() != nil {
			if ctx.Err() != nil {
				return nil
			}
			if err := s.write(ctx, Event[Out]{Kind: EventInterrupt}); err != nil {
				return ignoreAfter(ctx, err)
			}
			emitting, due = s.current(), clock{}
			continue
		}
		hadNothing := s.out.Len() == 0
		f, err := s.out.Take(emitting.ctx)
		if err != nil && err != io.EOF {
			continue // interrupted, or over
		}
		s.held.Store(err == nil)
		now := time.Now()
		if wait := due.wait(now); wait > 0 {
			timer.Reset(wait)
			select {
			case <-timer.C:
				now = time.Now()
			case <-emitting.ctx.Done():
			}
		}
		switch {
		case err == io.EOF && emitting.ctx.Err() == nil:
			s.cancel(errDone)
			return nil
		case err == io.EOF:
			continue // interrupted while the last frame lasted
		case f.void():
			s.countHeld(&s.count.outputDiscarded)
			continue
		}
		if err := s.write(ctx, Event[Out]{Kind: EventFrame, Frame: f.out}); err != nil {
			s.countHeld(&s.count.outputDiscarded)
			return ignoreAfter(ctx, err)
		}
		s.countHeld(&s.count.sent)
		if due.send(now, f.duration, hadNothing) {
			s.count.late.Add(1)
		}
	}
}

// countHeld counts the frame that the sender holds, once.
func (s *served[In, Out]) countHeld(counter *atomic.Uint64) {
	if s.held.Swap(false) {
		counter.Add(1)
	}
}

// ignoreAfter returns err, or nil if the session is over and err of no interest.
func ignoreAfter(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// A clock says when frames are due: one frame's duration after the other, from
// the first, or from one that was late.
type clock struct {
	due  time.Time     // of the next frame; zero before the first, and without durations
	last time.Duration // how long the frame before it lasts
}

// wait returns how long a frame that is ready now has to wait.
func (c *clock) wait(now time.Time) time.Duration {
	if c.due.IsZero() {
		return 0
	}
	return max(c.due.Sub(now), 0)
}

// send takes in a frame that is sent now and lasts d, and reports whether it is
// late. If the handler had nothing before it, and that for long, the frame is
// none that is late but a new beginning.
func (c *clock) send(now time.Time, d time.Duration, hadNothing bool) (late bool) {
	due, d := c.due, max(d, 0)
	if due.IsZero() {
		due = now
	}
	behind := now.Sub(due)
	if behind > c.last/2 {
		late = !hadNothing || behind/pause < c.last
		due = now // no frame is ever sent sooner to make up for one that was late
	}
	c.due, c.last = due.Add(d), d
	if d == 0 {
		c.due = time.Time{}
	}
	return late
}

// message is Session.Send.
func (s *served[In, Out]) message(ctx context.Context, message any) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(s.ctx, func() { cancel(ErrSessionEnded) })()
	err := s.write(ctx, Event[Out]{Kind: EventMessage, Message: message})
	switch {
	case err == nil:
		s.count.messages.Add(1)
	case s.ctx.Err() != nil:
		return ErrSessionEnded
	case ctx.Err() == nil:
		// The connection has failed, and a handler that ignores this is not to
		// speak on into the void.
		err = &Error{Op: "Conn.Send", Err: err}
		s.cancel(err)
	}
	return err
}

// write sends an event once no other is being sent. All but the last need the
// session to be running.
func (s *served[In, Out]) write(ctx context.Context, e Event[Out]) error {
	select {
	case s.writing <- struct{}{}:
	default: // the first select is cheaper, and nearly always enough
		select {
		case s.writing <- struct{}{}:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	defer func() { <-s.writing }()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if s.ctx.Err() != nil && e.Kind != EventEnd {
		return ErrSessionEnded
	}
	return s.conn.Send(ctx, e)
}

// addTo adds the session's counters to a server's.
func (s *served[In, Out]) addTo(stats *Stats) {
	stats.Received += s.count.received.Load()
	stats.Handled += s.count.handled.Load()
	stats.InputDropped += s.in.Dropped()
	stats.InputDiscarded += s.count.inputDiscarded.Load()
	stats.Emitted += s.count.emitted.Load()
	stats.Sent += s.count.sent.Load()
	stats.OutputDropped += s.out.Dropped()
	stats.OutputDiscarded += s.count.outputDiscarded.Load()
	stats.Late += s.count.late.Load()
	stats.Interrupts += s.interrupts.Load()
	stats.Messages += s.count.messages.Load()
}
