// Package mixed has handlers of several themes: records, types without a start, the runtime.
package mixed

import (
	"context"
	"fmt"
	"github.com/emitcheck/emitcheck/runtime"
	"iter"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"
)

func openIt(path string) (*os.File, error) {
	p := path + ".txt"
	return os.Open(p)
}

func dialNow() (net.Conn, error) {
	address := fmt.Sprintf("localhost:%d", time.Now().Second()+8000)
	return net.Dial("tcp", address)
}

type wrapper struct{ net.Conn }

func openWrapper(address string) (wrapper, error) {
	c, err := net.Dial("tcp", address)
	if err != nil {
		return wrapper{}, err
	}
	return wrapper{c}, nil
}

func (w wrapper) say(s string) error { _, err := w.Write([]byte(s)); return err }

type collector struct {
	f    *os.File
	rows []string
}

func openCollector(path string) (*collector, error) {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	return &collector{f: f}, nil
}

func (c *collector) add(s string) { c.rows = append(c.rows, s) }

func (c *collector) Close() error {
	for _, s := range c.rows {
		_, _ = c.f.WriteString(s)
	}
	return c.f.Close()
}

type apiCall struct{ c *http.Client }

// A closer panics where it is closed twice.
type closer struct {
	name string
	done chan struct{}
}

func dialCloser(name string) (*closer, error) {
	if name == "" {
		return nil, os.ErrInvalid
	}
	c := &closer{name, make(chan struct{})}
	go func() { <-c.done }()
	return c, nil
}

// Close ends it.
func (c *closer) Close() error { close(c.done); return nil }

func produce(ctx context.Context, c chan<- string) {
	for {
		select {
		case c <- "x":
		case <-ctx.Done():
			return
		}
	}
}

func produceUntil(quit <-chan struct{}, c chan<- string) {
	for {
		select {
		case c <- "x":
		case <-quit:
			return
		}
	}
}

func echo(ctx context.Context, in <-chan string, out chan<- string) {
	for {
		select {
		case s := <-in:
			out <- s
		case <-ctx.Done():
			return
		}
	}
}

// A Live handler is the reference runtime's: each piece of it is moved.
type Live struct {
	path  string
	names []string
}

var _ runtime.Handler[string, string] = (*Live)(nil)

func (h *Live) SessionStart(ctx context.Context, s *runtime.Session) error { return nil }

func (h *Live) Receive(ctx context.Context, s string) error { return nil }

func (h *Live) Emit(ctx context.Context) (string, error) {
	w, err := openWrapper(h.path)
	if err != nil {
		return "", err
	}
	defer w.Close()
	return "", w.say("x")
}

func (h *Live) SessionStop(ctx context.Context) error { return nil }

// LiveSequence waits in a sequence, under the context of the call.
type LiveSequence struct{ in chan string }

func (h *LiveSequence) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.in = make(chan string, 8)
	return nil
}

func (h *LiveSequence) Receive(ctx context.Context, s string) error {
	select {
	case h.in <- s:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *LiveSequence) all(ctx context.Context) iter.Seq[string] {
	return func(yield func(string) bool) {
		for {
			select {
			case s := <-h.in:
				if !yield(s) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

func (h *LiveSequence) Emit(ctx context.Context) (string, error) {
	for s := range h.all(ctx) {
		return s, nil
	}
	return "", ctx.Err()
}

func (h *LiveSequence) SessionStop(ctx context.Context) error { return nil }

var _ runtime.Handler[string, string] = (*LiveSequence)(nil)

// LiveTwo has two clients that must not be closed twice, the second of which
// may fail.
type LiveTwo struct{ path, other string }

var _ runtime.Handler[string, string] = (*LiveTwo)(nil)

func (h *LiveTwo) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.path, h.other = "a", ""
	return nil
}

func (h *LiveTwo) Receive(ctx context.Context, s string) error { return nil }

func (h *LiveTwo) Emit(ctx context.Context) (string, error) {
	a, err := dialCloser(h.path)
	if err != nil {
		return "", err
	}
	defer a.Close()
	b, err2 := dialCloser(h.other)
	if err2 != nil {
		return "", err2
	}
	defer b.Close()
	return a.name + b.name, nil
}

func (h *LiveTwo) SessionStop(ctx context.Context) error { return nil }

// Cancels: a limit that is cancelled behind the wait: go vet finds the way out without it
type Cancels struct {
	in chan string
}

func (h *Cancels) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Cancels) Emit(ctx context.Context) (string, error) {
	limited, cancel := context.WithTimeout(ctx, time.Second)
	_ = limited
	s := <-h.in
	cancel()
	return s, nil
}

func (h *Cancels) SessionStop(ctx context.Context) error {
	return nil
}

// FileHelper: a helper of the package opens the file
type FileHelper struct {
	path string
}

func (h *FileHelper) SessionStart(ctx context.Context) error {
	return nil
}

func (h *FileHelper) Emit(ctx context.Context) (string, error) {
	f, err := openIt(h.path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b := make([]byte, 8)
	n, err := f.Read(b)
	return string(b[:n]), err
}

func (h *FileHelper) SessionStop(ctx context.Context) error {
	return nil
}

// FileMethod: a method of the handler opens the file
type FileMethod struct {
	path string
}

func (h *FileMethod) SessionStart(ctx context.Context) error {
	return nil
}

func (h *FileMethod) Emit(ctx context.Context) (string, error) {
	f, err := h.open()
	if err != nil {
		return "", err
	}
	defer f.Close()
	b := make([]byte, 8)
	n, err := f.Read(b)
	return string(b[:n]), err
}

func (h *FileMethod) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FileMethod) open() (*os.File, error) { return os.Open(h.path) }

// FileMethodSets: a method of the handler opens the file that a setter names
type FileMethodSets struct {
	path string
}

func (h *FileMethodSets) SessionStart(ctx context.Context) error {
	return nil
}

func (h *FileMethodSets) Emit(ctx context.Context) (string, error) {
	f, err := h.open()
	if err != nil {
		return "", err
	}
	defer f.Close()
	_, err = f.WriteString("x")
	return "", err
}

func (h *FileMethodSets) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FileMethodSets) open() (*os.File, error) {
	p := h.path + ".log"
	return os.OpenFile(p, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
}

func (h *FileMethodSets) Receive(ctx context.Context, s string) error { h.path = s; return nil }

// DialHelperTime: a helper of the package dials what the time says
type DialHelperTime struct {
	path string
}

func (h *DialHelperTime) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DialHelperTime) Emit(ctx context.Context) (string, error) {
	c, err := dialNow()
	if err != nil {
		return "", err
	}
	defer c.Close()
	_, err = c.Write([]byte("x"))
	return "", err
}

func (h *DialHelperTime) SessionStop(ctx context.Context) error {
	return nil
}

// WrapperType: a type of the package that wraps a connection, by value
type WrapperType struct {
	path string
}

func (h *WrapperType) SessionStart(ctx context.Context) error {
	return nil
}

func (h *WrapperType) Emit(ctx context.Context) (string, error) {
	w, err := openWrapper(h.path)
	if err != nil {
		return "", err
	}
	defer w.Close()
	return "", w.say("x")
}

func (h *WrapperType) SessionStop(ctx context.Context) error {
	return nil
}

// WriterType: a type of the package that collects, and writes at its close
type WriterType struct {
	path string
}

func (h *WriterType) SessionStart(ctx context.Context) error {
	return nil
}

func (h *WriterType) Emit(ctx context.Context) (string, error) {
	w, err := openCollector(h.path)
	if err != nil {
		return "", err
	}
	defer w.Close()
	w.add("x")
	return "", nil
}

func (h *WriterType) SessionStop(ctx context.Context) error {
	return nil
}

// HttpNested: a client in a block whose limit is set
type HttpNested struct {
	path string
}

func (h *HttpNested) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpNested) Emit(ctx context.Context) (string, error) {
	if h.path != "" {
		c := &http.Client{}
		if d, ok := ctx.Deadline(); ok {
			c.Timeout = time.Until(d)
		}
		resp, err := c.Get(h.path)
		if err != nil {
			return "", err
		}
		return resp.Status, resp.Body.Close()
	}
	return "", nil
}

func (h *HttpNested) SessionStop(ctx context.Context) error {
	return nil
}

// HttpNestedReturned: a client in a block, kept
type HttpNestedReturned struct {
	path string
	last *http.Client
}

func (h *HttpNestedReturned) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpNestedReturned) Emit(ctx context.Context) (string, error) {
	if h.path != "" {
		c := &http.Client{}
		h.last = c
		c.CloseIdleConnections()
	}
	return "", nil
}

func (h *HttpNestedReturned) SessionStop(ctx context.Context) error {
	return nil
}

// HttpAppended: several clients on purpose
type HttpAppended struct {
	path string
	all  []*http.Client
}

func (h *HttpAppended) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpAppended) Emit(ctx context.Context) (string, error) {
	h.all = append(h.all, &http.Client{Timeout: time.Second})
	return h.path, nil
}

func (h *HttpAppended) SessionStop(ctx context.Context) error {
	return nil
}

// HttpInLoop: one client for each round
type HttpInLoop struct {
	path string
}

func (h *HttpInLoop) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpInLoop) Emit(ctx context.Context) (string, error) {
	for range 3 {
		c := &http.Client{Timeout: time.Second}
		resp, err := c.Get(h.path)
		if err != nil {
			return "", err
		}
		_ = resp.Body.Close()
	}
	return "", nil
}

func (h *HttpInLoop) SessionStop(ctx context.Context) error {
	return nil
}

// HttpStructLit: a client in a struct that the call returns
type HttpStructLit struct {
	path string
}

func (h *HttpStructLit) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpStructLit) Emit(ctx context.Context) (*apiCall, error) {
	return &apiCall{c: &http.Client{Timeout: time.Second}}, nil
}

func (h *HttpStructLit) SessionStop(ctx context.Context) error {
	return nil
}

// HttpDeferred: a deferred use
type HttpDeferred struct {
	path string
}

func (h *HttpDeferred) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpDeferred) Emit(ctx context.Context) (string, error) {
	defer (&http.Client{Timeout: time.Second}).CloseIdleConnections()
	return "", nil
}

func (h *HttpDeferred) SessionStop(ctx context.Context) error {
	return nil
}

// RecordHttp: a client for each record
type RecordHttp struct {
	path string
}

func (h *RecordHttp) SessionStart(ctx context.Context) error {
	return nil
}

func (h *RecordHttp) Emit(ctx context.Context, s string) error {
	c := &http.Client{Timeout: time.Second, Transport: &http.Transport{}}
	resp, err := c.Post(h.path, "text/plain", strings.NewReader(s))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (h *RecordHttp) SessionStop(ctx context.Context) error {
	return nil
}

// RecordDial: a connection that is left open for each record; answers must not mix
type RecordDial struct {
	path string
}

func (h *RecordDial) SessionStart(ctx context.Context) error {
	return nil
}

func (h *RecordDial) Emit(ctx context.Context, s string) error {
	conn, err := net.Dial("tcp", h.path)
	if err != nil {
		return err
	}
	if _, err := conn.Write([]byte(s)); err != nil {
		return err
	}
	b := make([]byte, 4)
	_, err = conn.Read(b)
	return err
}

func (h *RecordDial) SessionStop(ctx context.Context) error {
	return nil
}

// RecordDialField: the same in a field
type RecordDialField struct {
	path string
	conn net.Conn
}

func (h *RecordDialField) SessionStart(ctx context.Context) error {
	return nil
}

func (h *RecordDialField) Emit(ctx context.Context, s string) error {
	var err error
	h.conn, err = net.Dial("tcp", h.path)
	if err != nil {
		return err
	}
	_, err = h.conn.Write([]byte(s))
	return err
}

func (h *RecordDialField) SessionStop(ctx context.Context) error {
	return nil
}

// RecordFile: a file that is left open for each record
type RecordFile struct {
	path string
}

func (h *RecordFile) SessionStart(ctx context.Context) error {
	return nil
}

func (h *RecordFile) Emit(ctx context.Context, s string) error {
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(s)
	return err
}

func (h *RecordFile) SessionStop(ctx context.Context) error {
	return nil
}

// RecordBuffer: a value of the package that is not safe for two calls at once
type RecordBuffer struct {
	path string
}

func (h *RecordBuffer) SessionStart(ctx context.Context) error {
	return nil
}

func (h *RecordBuffer) Emit(ctx context.Context, s string) error {
	w, err := openCollector(h.path)
	if err != nil {
		return err
	}
	w.add(s)
	return nil
}

func (h *RecordBuffer) SessionStop(ctx context.Context) error {
	return nil
}

// RecordIterator: a generator for each record
type RecordIterator struct {
	names []string
}

func (h *RecordIterator) SessionStart(ctx context.Context) error {
	return nil
}

func (h *RecordIterator) Emit(ctx context.Context, s string) error {
	next, stop := iter.Pull(slices.Values(h.names))
	_ = stop
	if v, ok := next(); ok && v == s {
		return nil
	}
	return os.ErrNotExist
}

func (h *RecordIterator) SessionStop(ctx context.Context) error {
	return nil
}

// RecordNoStart: a client for each record, without a start
type RecordNoStart struct {
	path string
}

func (h *RecordNoStart) Emit(ctx context.Context, s string) error {
	c := &http.Client{Timeout: time.Second, Transport: &http.Transport{}}
	resp, err := c.Post(h.path, "text/plain", strings.NewReader(s))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (h *RecordNoStart) SessionStop(ctx context.Context) error {
	return nil
}

// RecordDialNoStart: a connection for each record, without a start
type RecordDialNoStart struct {
	path string
}

func (h *RecordDialNoStart) Emit(ctx context.Context, s string) error {
	conn, err := net.Dial("tcp", h.path)
	if err != nil {
		return err
	}
	_, err = conn.Write([]byte(s))
	return err
}

func (h *RecordDialNoStart) SessionStop(ctx context.Context) error {
	return nil
}

// RecordChannel: a reply channel for each record
type RecordChannel struct {
	reqs chan chan string
}

func (h *RecordChannel) SessionStart(ctx context.Context) error {
	return nil
}

func (h *RecordChannel) Emit(ctx context.Context, s string) error {
	c := make(chan string, 1)
	h.reqs <- c
	<-c
	return nil
}

func (h *RecordChannel) SessionStop(ctx context.Context) error {
	return nil
}

// TwoFail: two clients whose errors have names of their own; start undoes the first
type TwoFail struct {
	path, other string
}

func (h *TwoFail) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TwoFail) Emit(ctx context.Context) (string, error) {
	a, err := dialCloser(h.path)
	if err != nil {
		return "", err
	}
	defer a.Close()
	b, err2 := dialCloser(h.other)
	if err2 != nil {
		return "", err2
	}
	defer b.Close()
	return a.name + b.name, nil
}

func (h *TwoFail) SessionStop(ctx context.Context) error {
	return nil
}

// DialNoStart: a connection without a start
type DialNoStart struct {
	path string
}

func (h *DialNoStart) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.path)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *DialNoStart) SessionStop(ctx context.Context) error {
	return nil
}

// DialNoStartWrapped: a connection without a start, an error of the call
type DialNoStartWrapped struct {
	path string
}

func (h *DialNoStartWrapped) Emit(ctx context.Context) (string, error) {
	n := len(h.path)
	conn, err := net.Dial("tcp", h.path)
	if err != nil {
		return "", fmt.Errorf("%d: %w", n, err)
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *DialNoStartWrapped) SessionStop(ctx context.Context) error {
	return nil
}

// DialNoStartGoesOn: a connection without a start; the call goes on without it
type DialNoStartGoesOn struct {
	path string
}

func (h *DialNoStartGoesOn) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.path)
	if err != nil {
		return "none", nil
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *DialNoStartGoesOn) SessionStop(ctx context.Context) error {
	return nil
}

// DialSome: a connection on some calls, without a start
type DialSome struct {
	path string
	n    int
}

func (h *DialSome) Emit(ctx context.Context) (string, error) {
	h.n++
	if h.n%2 == 0 {
		conn, err := net.Dial("tcp", h.path)
		if err != nil {
			return "", err
		}
		defer conn.Close()
		_, err = conn.Write([]byte("x"))
		return "", err
	}
	return "", nil
}

func (h *DialSome) SessionStop(ctx context.Context) error {
	return nil
}

// DialSomeVoid: a start that returns no error; the connection is dialled on some calls
type DialSomeVoid struct {
	path string
	n    int
}

func (h *DialSomeVoid) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DialSomeVoid) Emit(ctx context.Context) (string, error) {
	h.n++
	if h.n%2 == 0 {
		conn, err := net.Dial("tcp", h.path)
		if err != nil {
			h.n--
			return "", err
		}
		_, err = conn.Write([]byte("x"))
		_ = conn.Close()
		return "", err
	}
	return "", nil
}

func (h *DialSomeVoid) SessionStop(ctx context.Context) error {
	return nil
}

// DialErrKinds: an error of one kind is no failure, the rest is
type DialErrKinds struct {
	path string
}

func (h *DialErrKinds) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.path)
	if err != nil && !os.IsNotExist(err) {
		return "", err
	}
	if conn == nil {
		return "none", nil
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *DialErrKinds) SessionStop(ctx context.Context) error {
	return nil
}

// ChanGoroutine: a channel and its producer
type ChanGoroutine struct {
	n int
}

func (h *ChanGoroutine) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ChanGoroutine) Emit(ctx context.Context) (string, error) {
	c := make(chan string)
	go produce(ctx, c)
	select {
	case s := <-c:
		return s, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *ChanGoroutine) SessionStop(ctx context.Context) error {
	return nil
}

// ChanQuit: a channel that ends the producer at the end of the call
type ChanQuit struct {
	n int
}

func (h *ChanQuit) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ChanQuit) Emit(ctx context.Context) (string, error) {
	c := make(chan string)
	quit := make(chan struct{})
	defer close(quit)
	go produceUntil(quit, c)
	return <-c, nil
}

func (h *ChanQuit) SessionStop(ctx context.Context) error {
	return nil
}

// ChanRequest: a request to a producer that the call starts
type ChanRequest struct {
	n int
}

func (h *ChanRequest) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ChanRequest) Emit(ctx context.Context) (string, error) {
	in := make(chan string, 1)
	out := make(chan string, 1)
	go echo(ctx, in, out)
	in <- "x"
	select {
	case s := <-out:
		return s, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *ChanRequest) SessionStop(ctx context.Context) error {
	return nil
}

// ChanStale: the producer is made for the call's own number
type ChanStale struct {
	n int
}

func (h *ChanStale) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ChanStale) Emit(ctx context.Context) (string, error) {
	h.n++
	out := make(chan string, 1)
	go func() {
		select {
		case out <- fmt.Sprint(h.n):
		case <-ctx.Done():
		}
	}()
	return <-out, nil
}

func (h *ChanStale) SessionStop(ctx context.Context) error {
	return nil
}

// ChanCounts: a producer that goes on in a loop with a field that Emit sets
type ChanCounts struct {
	n   int
	out chan string
}

func (h *ChanCounts) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ChanCounts) Emit(ctx context.Context) (string, error) {
	h.n++
	go func() {
		for {
			select {
			case h.out <- fmt.Sprint(h.n):
			case <-ctx.Done():
				return
			}
		}
	}()
	return <-h.out, nil
}

func (h *ChanCounts) SessionStop(ctx context.Context) error {
	return nil
}

// ChanSemaphore: a channel that is a lock of the call
type ChanSemaphore struct {
	n int
}

func (h *ChanSemaphore) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ChanSemaphore) Emit(ctx context.Context) (string, error) {
	sem := make(chan struct{}, 1)
	sem <- struct{}{}
	defer func() { <-sem }()
	return "", nil
}

func (h *ChanSemaphore) SessionStop(ctx context.Context) error {
	return nil
}

// ChanTimer: a timer beside a goroutine, both of the call
type ChanTimer struct {
	out chan string
}

func (h *ChanTimer) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ChanTimer) Emit(ctx context.Context) (string, error) {
	t := time.NewTimer(time.Second)
	defer t.Stop()
	go func() {
		select {
		case <-t.C:
			h.out <- "late"
		case <-ctx.Done():
		}
	}()
	return <-h.out, nil
}

func (h *ChanTimer) SessionStop(ctx context.Context) error {
	return nil
}
