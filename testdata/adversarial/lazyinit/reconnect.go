package lazyinit

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"time"
)

var errDown = errors.New("down")

// link is a connection that knows whether it is up.
type link struct {
	net.Conn
	down bool
}

func (l *link) Down() bool { return l.down }

// ReconnectDown dials where there is no connection or it is down.
type ReconnectDown struct {
	session
	conn *link
}

func (h *ReconnectDown) Emit(_ context.Context, r Record) error {
	if h.conn == nil || h.conn.Down() {
		c, err := net.Dial("tcp", "localhost:9") // silent: again only where the connection was lost
		if err != nil {
			return err
		}
		h.conn = &link{Conn: c}
	}
	_, err := h.conn.Write(r.Body)
	return err
}

// ReconnectForgets drops its connection on a failed write, and dials anew on
// the next record.
type ReconnectForgets struct {
	session
	conn net.Conn
}

func (h *ReconnectForgets) Emit(_ context.Context, r Record) error {
	if h.conn == nil {
		c, err := net.Dial("tcp", "localhost:9") // silent: again only after an error
		if err != nil {
			return err
		}
		h.conn = c
	}
	if _, err := h.conn.Write(r.Body); err != nil {
		h.conn.Close()
		h.conn = nil
		return err
	}
	return nil
}

// ReconnectEach drops its connection after each record.
type ReconnectEach struct {
	session
	conn net.Conn
}

func (h *ReconnectEach) Emit(_ context.Context, r Record) error {
	if h.conn == nil {
		c, err := net.Dial("tcp", "localhost:9") // want `emit-resource`
		if err != nil {
			return err
		}
		h.conn = c
	}
	_, err := h.conn.Write(r.Body)
	h.conn = nil
	return err
}

// ReconnectLoop dials until it has a connection.
type ReconnectLoop struct {
	session
	conn net.Conn
}

func (h *ReconnectLoop) Emit(ctx context.Context, r Record) error {
	for h.conn == nil {
		c, err := net.Dial("tcp", "localhost:9") // silent: until it has a connection
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			time.Sleep(time.Second)
			continue
		}
		h.conn = c
	}
	_, err := h.conn.Write(r.Body)
	return err
}

// ReconnectLoopHelper dials in a helper.
type ReconnectLoopHelper struct {
	session
	conn net.Conn
}

func (h *ReconnectLoopHelper) dial() (err error) {
	h.conn, err = net.Dial("tcp", "localhost:9")
	return err
}

func (h *ReconnectLoopHelper) Emit(ctx context.Context, r Record) error {
	for h.conn == nil && ctx.Err() == nil {
		if err := h.dial(); err != nil { // silent: until it has a connection
			time.Sleep(time.Second)
		}
	}
	_, err := h.conn.Write(r.Body)
	return err
}

// ReconnectAttempts dials a few times.
type ReconnectAttempts struct {
	session
	conn net.Conn
}

func (h *ReconnectAttempts) Emit(_ context.Context, r Record) error {
	for i := 0; i < 3 && h.conn == nil; i++ {
		c, err := net.Dial("tcp", "localhost:9") // silent: until it has a connection
		if err == nil {
			h.conn = c
		}
	}
	if h.conn == nil {
		return errDown
	}
	_, err := h.conn.Write(r.Body)
	return err
}

// ReconnectElse keeps the connection in the else of its error.
type ReconnectElse struct {
	session
	conn net.Conn
}

func (h *ReconnectElse) Emit(_ context.Context, r Record) error {
	if h.conn == nil {
		if c, err := net.Dial("tcp", "localhost:9"); err != nil { // silent: once per session
			return errDown
		} else {
			h.conn = c
		}
	}
	_, err := h.conn.Write(r.Body)
	return err
}

// RetryWrite writes, and once more on a new connection.
type RetryWrite struct {
	session
	conn net.Conn
}

func (h *RetryWrite) Emit(_ context.Context, r Record) error {
	for attempt := 0; ; attempt++ {
		_, err := h.conn.Write(r.Body)
		if err == nil {
			return nil
		}
		if attempt > 0 {
			return err
		}
		h.conn.Close()
		if h.conn, err = net.Dial("tcp", "localhost:9"); err != nil { // silent: only after a failed write
			return err
		}
	}
}

// RetryContinue goes on where the write was fine.
type RetryContinue struct {
	session
	conns []net.Conn
}

func (h *RetryContinue) Emit(_ context.Context, r Record) error {
	for i, c := range h.conns {
		if _, err := c.Write(r.Body); err == nil {
			continue
		}
		c.Close()
		nc, err := net.Dial("tcp", "localhost:9") // silent: only after a failed write
		if err != nil {
			return err
		}
		h.conns[i] = nc
	}
	return nil
}

// RetryBool asks a helper whether it went well.
type RetryBool struct {
	session
	conn net.Conn
}

func (h *RetryBool) Emit(_ context.Context, r Record) error {
	_, err := h.conn.Write(r.Body)
	switch {
	case err == nil:
	case errors.Is(err, io.EOF), errors.Is(err, net.ErrClosed):
		c, err := net.Dial("tcp", "localhost:9") // silent: only after a failed write
		if err != nil {
			return err
		}
		h.conn = c
	default:
		return err
	}
	return nil
}

// RetryAs asks for the kind of the error.
type RetryAs struct {
	session
	conn net.Conn
}

func (h *RetryAs) Emit(_ context.Context, r Record) error {
	_, err := h.conn.Write(r.Body)
	var op *net.OpError
	if errors.As(err, &op) {
		h.conn, err = net.Dial("tcp", "localhost:9") // silent: only after a failed write
	}
	return err
}

// RetryErrSwitch switches on the error.
type RetryErrSwitch struct {
	session
	conn net.Conn
}

func (h *RetryErrSwitch) Emit(_ context.Context, r Record) error {
	_, err := h.conn.Write(r.Body)
	switch err {
	case nil:
		return nil
	case io.EOF:
		h.conn, err = net.Dial("tcp", "localhost:9") // silent: only after a failed write
		return err
	}
	return err
}

// RetryErrType switches on the type of the error.
type RetryErrType struct {
	session
	conn net.Conn
}

func (h *RetryErrType) Emit(_ context.Context, r Record) error {
	_, err := h.conn.Write(r.Body)
	switch err.(type) {
	case nil:
	case *net.OpError:
		h.conn, err = net.Dial("tcp", "localhost:9") // silent: only after a failed write
	}
	return err
}

// RetryRecover restarts what panicked.
type RetryRecover struct{ session }

func (h *RetryRecover) Emit(_ context.Context, r Record) (err error) {
	defer func() {
		if p := recover(); p != nil {
			go h.loop() // silent: only after a panic
			err = errDown
		}
	}()
	return h.send(r.Key)
}

// Rotates opens the next file when one is full.
type Rotates struct {
	session
	f    *os.File
	size int
}

func (h *Rotates) Emit(_ context.Context, r Record) error {
	if h.size+len(r.Body) > 1<<20 {
		if err := h.f.Close(); err != nil {
			return err
		}
		f, err := os.Create(r.Key) // silent: it replaces what was closed
		if err != nil {
			return err
		}
		h.f, h.size = f, 0
	}
	n, err := h.f.Write(r.Body)
	h.size += n
	return err
}

// RotatesHelper has a helper that decides.
type RotatesHelper struct {
	session
	f   *os.File
	day int
}

func (h *RotatesHelper) rotate(now time.Time) error {
	if now.YearDay() == h.day && h.f != nil {
		return nil
	}
	if h.f != nil {
		h.f.Close()
	}
	f, err := os.Create(now.Format(time.DateOnly))
	if err != nil {
		return err
	}
	h.f, h.day = f, now.YearDay()
	return nil
}

func (h *RotatesHelper) Emit(_ context.Context, r Record) error {
	if err := h.rotate(time.Now()); err != nil { // silent: it replaces what was closed
		return err
	}
	_, err := h.f.Write(r.Body)
	return err
}

// Redials follows the address that the records name.
type Redials struct {
	session
	addr string
	conn net.Conn
}

func (h *Redials) Emit(_ context.Context, r Record) error {
	if h.addr != r.Zone {
		c, err := net.Dial("tcp", r.Zone) // want `on some calls.*emit-resource`
		if err != nil {
			return err
		}
		h.addr, h.conn = r.Zone, c
	}
	_, err := h.conn.Write(r.Body)
	return err
}

// ErrorState leaves early for the error it is in: that is no condition.
type ErrorState struct {
	session
	err error
}

func (h *ErrorState) Emit(_ context.Context, r Record) error {
	if h.err != nil {
		return h.err
	}
	go h.loop() // want `on each call.*emit-goroutine`
	return nil
}
