package missing

import (
	"bufio"
	"context"
	"database/sql"
	"io"
	"iter"
	"net"
	"os"
	"os/signal"
	"time"

	"corpus/lifecycle/missing/pool"
)

// ---- what is kept in fields ----

// Cancel keeps its cancel function and forgets it.
type Cancel struct {
	Base
	ctx    context.Context
	cancel context.CancelFunc
}

func (h *Cancel) SessionStart(context.Context) error {
	h.ctx, h.cancel = context.WithCancel(context.Background()) // want `^SessionStop never calls the cancel function that SessionStart keeps in cancel: \(\*Cancel\)\.SessionStart \(context\.WithCancel at kept\.go:\d+\); call it in SessionStop \(stop-missing\)$`
	return nil
}

func (h *Cancel) SessionStop(context.Context) error { return nil }

// CancelCause keeps it by a variable.
type CancelCause struct {
	Base
	ctx    context.Context
	cancel context.CancelCauseFunc
}

func (h *CancelCause) SessionStart(context.Context) error {
	ctx, cancel := context.WithCancelCause(context.Background()) // want `never calls the cancel function.*stop-missing`
	h.ctx, h.cancel = ctx, cancel
	return nil
}

func (h *CancelCause) SessionStop(context.Context) error {
	if h.cancel != nil {
		h.cancel = nil
	}
	return nil
}

// Signals is told of signals until its stop is called.
type Signals struct {
	Base
	stop context.CancelFunc
	ctx  context.Context
}

func (h *Signals) SessionStart(ctx context.Context) error {
	h.ctx, h.stop = signal.NotifyContext(ctx, os.Interrupt) // want `never calls the cancel function.*stop-missing`
	return nil
}

func (h *Signals) SessionStop(context.Context) error { return nil }

// Pull keeps a generator.
type Pull struct {
	Base
	next func() (Frame, bool)
	stop func()
}

func (h *Pull) SessionStart(context.Context) error {
	h.next, h.stop = iter.Pull(frames()) // want `never calls the stop function of the generator.*stop-missing`
	return nil
}

func frames() iter.Seq[Frame] { return func(func(Frame) bool) {} }

func (h *Pull) SessionStop(context.Context) error { return nil }

// PullDropped throws the stop function away.
type PullDropped struct {
	Base
	next func() (Frame, bool)
}

func (h *PullDropped) SessionStart(context.Context) error {
	h.next, _ = iter.Pull(frames()) // want `never stops the generator that SessionStart pulls from.*stop-missing`
	return nil
}

func (h *PullDropped) Receive(context.Context, Frame) error {
	h.next()
	return nil
}

func (h *PullDropped) SessionStop(context.Context) error { return nil }

// Conn keeps a connection.
type Conn struct {
	Base
	conn net.Conn
}

func (h *Conn) SessionStart(context.Context) error {
	conn, err := net.Dial("tcp", "localhost:1") // want `SessionStop never closes what SessionStart opens and keeps in conn: \(\*Conn\)\.SessionStart \(net\.Dial at kept\.go:\d+\); close it in SessionStop \(stop-missing\)$`
	if err != nil {
		return err
	}
	if err := conn.SetDeadline(time.Time{}); err != nil {
		conn.Close()
		return err
	}
	h.conn = conn
	return nil
}

func (h *Conn) Receive(_ context.Context, f Frame) error {
	_, err := h.conn.Write([]byte{1})
	return err
}

func (h *Conn) SessionStop(context.Context) error { return nil }

// File opens its file in a helper.
type File struct {
	Base
	file *os.File
}

func (h *File) Open() error { return h.open("log") } // want `Close never closes what Open opens and keeps in file: \(\*File\)\.Open → \(\*File\)\.open \(os\.Create at.*stop-missing`

func (h *File) open(name string) (err error) {
	h.file, err = os.Create(name)
	return err
}

func (h *File) Close() error { return h.file.Sync() }

// Database is opened in the constructor's literal.
type Database struct {
	Base
	db *sql.DB
}

// NewDatabase makes one.
func NewDatabase(dsn string) (*Database, error) {
	db, err := sql.Open("x", dsn) // want `Close never closes what NewDatabase opens and keeps in db.*stop-missing`
	if err != nil {
		return nil, err
	}
	return &Database{db: db}, nil
}

func (h *Database) Close() error { return nil }

// Pooled keeps a dependency's pool.
type Pooled struct {
	Base
	pool *pool.Pool
}

func (h *Pooled) SessionStart(context.Context) error {
	h.pool = pool.New() // want `never closes what SessionStart opens and keeps in pool: .*pool\.New.*stop-missing`
	return nil
}

func (h *Pooled) Receive(context.Context, Frame) error {
	h.pool.Do(work)
	return nil
}

func (h *Pooled) SessionStop(context.Context) error { return nil }

// Dialled uses a dependency's dial.
type Dialled struct {
	Base
	conn net.Conn
}

func (h *Dialled) SessionStart(context.Context) (err error) {
	h.conn, err = pool.Dial("localhost:1") // want `never closes.*pool\.Dial.*stop-missing`
	return err
}

func (h *Dialled) SessionStop(context.Context) error { return nil }

// Worker is the package's own, with a stop.
type Worker struct{ in chan Frame }

func newWorker() *Worker {
	w := &Worker{in: make(chan Frame)}
	go w.run()
	return w
}

func (w *Worker) run() {
	for range w.in {
	}
}

// Stop ends it.
func (w *Worker) Stop() { close(w.in) }

// Works keeps a worker of the package.
type Works struct {
	Base
	worker *Worker
}

func (h *Works) SessionStart(context.Context) error {
	h.worker = newWorker() // want `never closes what SessionStart opens and keeps in worker.*stop-missing`
	return nil
}

func (h *Works) SessionStop(context.Context) error { return nil }

// KeptNoStop has no stop.
type KeptNoStop struct {
	Base
	conn net.Conn
}

func (h *KeptNoStop) SessionStart(context.Context) (err error) {
	h.conn, err = net.Dial("tcp", "localhost:1") // want `^nothing closes what SessionStart opens and keeps in conn: .*write a SessionStop, and close it there \(stop-missing\)$`
	return err
}

// ---- what is released ----

// Released releases all in stop.
type Released struct {
	Base
	conn   net.Conn
	file   *os.File
	cancel context.CancelFunc
	pull   func()
	pool   *pool.Pool
}

func (h *Released) SessionStart(context.Context) (err error) {
	_, h.cancel = context.WithCancel(context.Background()) // silent: called in stop
	_, h.pull = iter.Pull(frames())                        // silent: called in stop
	h.pool = pool.New()                                    // silent: closed in a helper of stop
	if h.file, err = os.Open("x"); err != nil {            // silent: closed by a deferred call
		return err
	}
	h.conn, err = net.Dial("tcp", "localhost:1") // silent: closed by a function that is passed the method
	return err
}

func (h *Released) SessionStop(context.Context) error {
	defer h.file.Close()
	h.cancel()
	h.pull()
	h.release()
	return check(h.conn.Close)
}

func (h *Released) release() {
	if p := h.pool; p != nil {
		p.Close()
	}
}

func check(f func() error) error { return f() }

// ByGoroutine releases in the goroutine that it starts.
type ByGoroutine struct {
	Base
	conn   net.Conn
	cancel context.CancelFunc
}

func (h *ByGoroutine) SessionStart(context.Context) (err error) {
	ctx, cancel := context.WithCancel(context.Background())
	h.cancel = cancel
	h.conn, err = net.Dial("tcp", "localhost:1") // silent: closed when the context ends
	go func() {
		<-ctx.Done()
		h.conn.Close()
	}()
	return err
}

func (h *ByGoroutine) SessionStop(context.Context) error {
	h.cancel()
	return nil
}

// ByAfterFunc releases when the context ends.
type ByAfterFunc struct {
	Base
	conn   net.Conn
	cancel context.CancelFunc
}

func (h *ByAfterFunc) SessionStart(ctx context.Context) (err error) {
	h.conn, err = net.Dial("tcp", "localhost:1") // silent: closed when the context ends
	context.AfterFunc(ctx, func() { h.conn.Close() })
	ctx, h.cancel = context.WithCancel(ctx) // silent: deferred in a goroutine
	go func() {
		defer h.cancel()
		<-ctx.Done()
	}()
	return err
}

func (h *ByAfterFunc) SessionStop(context.Context) error { return nil }

// Registered registers the release.
type Registered struct {
	Base
	conn net.Conn
	reg  pool.Registry
}

func (h *Registered) SessionStart(context.Context) error {
	conn, err := net.Dial("tcp", "localhost:1") // silent: its Close is registered
	if err != nil {
		return err
	}
	h.conn = conn
	h.reg.OnStop(conn.Close)
	return nil
}

func (h *Registered) SessionStop(context.Context) error { return nil }

// HandsOut gives what it keeps to others.
type HandsOut struct {
	Base
	conn, other, wrapped net.Conn
	r                    *bufio.Reader
	all                  []io.Closer
}

func (h *HandsOut) SessionStart(context.Context) (err error) {
	if h.conn, err = net.Dial("tcp", "localhost:1"); err != nil { // silent: a getter hands it out
		return err
	}
	if h.other, err = net.Dial("tcp", "localhost:1"); err != nil { // silent: another function has it
		return err
	}
	pool.Forward(h.other)
	wrapped, err := net.Dial("tcp", "localhost:1") // silent: another list has it
	h.all = append(h.all, wrapped)
	h.wrapped = wrapped
	return err
}

// Conn hands it out.
func (h *HandsOut) Conn() net.Conn { return h.conn }

func (h *HandsOut) SessionStop(context.Context) error {
	for _, c := range h.all {
		c.Close()
	}
	return nil
}

// GivenConn is handed its connection.
type GivenConn struct {
	Base
	conn net.Conn
	conf *pool.Config
}

// NewGivenConn makes one.
func NewGivenConn(conn net.Conn) *GivenConn {
	return &GivenConn{conn: conn, conf: pool.NewConfig()} // silent: it is another's; and a Config opens nothing
}

func (h *GivenConn) Close() error { return nil }

// Exported keeps it where others can reach it.
type Exported struct {
	Base
	Conn net.Conn
}

func (h *Exported) SessionStart(context.Context) (err error) {
	h.Conn, err = net.Dial("tcp", "localhost:1") // silent: the field is exported
	return err
}

func (h *Exported) SessionStop(context.Context) error { return nil }

// Embedded keeps it in an embedded field: whoever has the handler can close it.
type Embedded struct {
	Base
	net.Conn
}

func (h *Embedded) SessionStart(context.Context) (err error) {
	h.Conn, err = net.Dial("tcp", "localhost:1") // silent: Close is promoted
	return err
}

func (h *Embedded) SessionStop(context.Context) error { return nil }

// Clock keeps a ticker that a goroutine with an end reads: since Go 1.23 a
// ticker that nobody refers to is collected.
type Clock struct {
	Base
	ticker  *time.Ticker
	timer   *time.Timer
	timeout context.CancelFunc
}

func (h *Clock) SessionStart(ctx context.Context) error {
	h.ticker = time.NewTicker(time.Second)                                   // silent: it is collected
	h.timer = time.AfterFunc(time.Second, work)                              // silent: it fires once
	_, h.timeout = context.WithTimeout(context.Background(), 30*time.Second) // silent: it ends by itself
	return nil
}

func (h *Clock) SessionStop(context.Context) error { return nil }

// Elsewhere is stopped by a method of another package.
type Elsewhere struct {
	Base
	*pool.Config
	conn net.Conn
}

func (h *Elsewhere) SessionStart(context.Context) (err error) {
	h.conn, err = net.Dial("tcp", "localhost:1") // silent: Close lies in another package
	return err
}

// InFile2 is stopped in another file.
type InFile2 struct {
	Base
	conn net.Conn
}

func (h *InFile2) SessionStart(context.Context) (err error) {
	h.conn, err = net.Dial("tcp", "localhost:1") // silent: stop.go closes it
	return err
}

// Packets closes by a method that its connection has from what it embeds.
type Packets struct {
	Base
	conn *net.UDPConn
}

func (h *Packets) SessionStart(context.Context) error {
	conn, err := net.ListenUDP("udp", nil) // silent: closed by a promoted method
	if err != nil {
		return err
	}
	h.conn = conn
	return nil
}

func (h *Packets) SessionStop(context.Context) error { return h.conn.Close() }

// PacketsKept calls promoted methods, but not that one.
type PacketsKept struct {
	Base
	conn *net.UDPConn
}

func (h *PacketsKept) SessionStart(context.Context) (err error) {
	h.conn, err = net.ListenUDP("udp", nil) // want `never closes.*stop-missing`
	return err
}

func (h *PacketsKept) Receive(context.Context, Frame) error {
	_, err := h.conn.Write([]byte{1})
	return err
}

func (h *PacketsKept) SessionStop(context.Context) error { return nil }

// newChild starts a goroutine that ends with the context.
func newChild(ctx context.Context) *Worker {
	w := &Worker{in: make(chan Frame)}
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-w.in:
			}
		}
	}()
	return w
}

// newLoader starts a goroutine that is soon over.
func newLoader() *Worker {
	w := &Worker{in: make(chan Frame)}
	go work()
	return w
}

// Parent ends its children by the context.
type Parent struct {
	Base
	cancel context.CancelFunc
	child  *Worker
	loader *Worker
}

func (h *Parent) SessionStart(context.Context) error {
	ctx, cancel := context.WithCancel(context.Background())
	h.cancel = cancel
	h.child = newChild(ctx) // silent: it ends with the context
	h.loader = newLoader()  // silent: it is soon over
	return nil
}

func (h *Parent) SessionStop(context.Context) error {
	h.cancel()
	return nil
}
