// Package hold holds what real handlers open, hand on and close again, and
// what they wait for.
package hold

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// Record is what a handler of rate record is handed.
type Record struct {
	Key   string
	Paths []string
	Body  []byte
}

// Frame is what a handler of rate frame hands out.
type Frame struct{ Samples []int16 }

type session struct {
	quit chan struct{}
	n    int
}

func (s *session) SessionStart(context.Context) error {
	s.quit = make(chan struct{})
	return nil
}

func (s *session) SessionStop(context.Context) error {
	close(s.quit)
	return nil
}

// ---- closed before return, in the ways that people close ----

func closeQuietly(c io.Closer) {
	if c != nil {
		_ = c.Close()
	}
}

func checked(f func() error) { _ = f() }

// ClosedByHelper defers a helper.
type ClosedByHelper struct{ session }

func (h *ClosedByHelper) Emit(_ context.Context, r Record) error {
	f, err := os.Open(r.Key) // silent: closed by the deferred helper
	if err != nil {
		return err
	}
	defer closeQuietly(f)
	_, err = io.Copy(io.Discard, f)
	return err
}

// ClosedByValue defers a helper that is passed the method.
type ClosedByValue struct{ session }

func (h *ClosedByValue) Emit(_ context.Context, r Record) error {
	f, err := os.Open(r.Key) // silent: closed by the deferred helper
	if err != nil {
		return err
	}
	defer checked(f.Close)
	_, err = io.Copy(io.Discard, f)
	return err
}

// ClosedByArg defers a literal with a param.
type ClosedByArg struct{ session }

func (h *ClosedByArg) Emit(_ context.Context, r Record) error {
	f, err := os.Open(r.Key) // silent: closed by the deferred literal
	if err != nil {
		return err
	}
	defer func(c io.Closer) {
		if err := c.Close(); err != nil {
			h.n++
		}
	}(f)
	_, err = io.Copy(io.Discard, f)
	return err
}

// ClosedJoined joins the error of its close.
type ClosedJoined struct{ session }

func (h *ClosedJoined) Emit(_ context.Context, r Record) (err error) {
	f, err := os.Create(r.Key) // silent: closed in the deferred literal
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = f.Write(r.Body)
	return err
}

// ClosedLast returns the error of its close.
type ClosedLast struct{ session }

func (h *ClosedLast) Emit(_ context.Context, r Record) error {
	f, err := os.Create(r.Key) // silent: closed on every path
	if err != nil {
		return err
	}
	if _, err := f.Write(r.Body); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// ClosedBoth closes two in one expression.
type ClosedBoth struct{ session }

func (h *ClosedBoth) Emit(_ context.Context, r Record) error {
	f, err := os.Create(r.Key) // silent: closed by the Join
	if err != nil {
		return err
	}
	zw := gzip.NewWriter(f)
	_, err = zw.Write(r.Body)
	return errors.Join(err, zw.Close(), f.Close())
}

// ClosedInLoop closes each before the next.
type ClosedInLoop struct{ session }

func (h *ClosedInLoop) Emit(_ context.Context, r Record) error {
	for _, p := range r.Paths {
		f, err := os.Open(p) // silent: closed before the next
		if err != nil {
			continue
		}
		_, err = io.Copy(io.Discard, f)
		f.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// ClosedAfterLoop collects them and closes all.
type ClosedAfterLoop struct{ session }

func (h *ClosedAfterLoop) Emit(_ context.Context, r Record) error {
	var files []*os.File
	defer func() {
		for _, f := range files {
			f.Close()
		}
	}()
	for _, p := range r.Paths {
		// A limit, it should be silent: closed by the deferred literal
		f, err := os.Open(p) // want `emit-resource`
		if err != nil {
			return err
		}
		files = append(files, f)
	}
	h.n += len(files)
	return nil
}

// ClosersStack collects the functions that close.
type ClosersStack struct{ session }

func (h *ClosersStack) Emit(_ context.Context, r Record) error {
	var closers []func() error
	defer func() {
		for _, c := range closers {
			_ = c()
		}
	}()
	f, err := os.Open(r.Key) // silent: closed by the deferred literal
	if err != nil {
		return err
	}
	closers = append(closers, f.Close)
	_, err = io.Copy(io.Discard, f)
	return err
}

// ClosedInLiteral opens and closes in a literal of its own.
type ClosedInLiteral struct{ session }

func (h *ClosedInLiteral) Emit(_ context.Context, r Record) error {
	return func() error {
		f, err := os.Open(r.Key) // silent: closed in the literal
		if err != nil {
			return err
		}
		defer f.Close()
		return json.NewDecoder(f).Decode(&h.n)
	}()
}

func withFile(name string, do func(*os.File) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return do(f)
}

// ClosedByWith hands its work to what opens and closes.
type ClosedByWith struct{ session }

func (h *ClosedByWith) Emit(_ context.Context, r Record) error {
	return withFile(r.Key, func(f *os.File) error { // silent: the callee closes
		_, err := io.Copy(io.Discard, f)
		return err
	})
}

// reader closes what it reads from.
type reader struct {
	*bufio.Reader
	c io.Closer
}

func openReader(name string) (*reader, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &reader{bufio.NewReader(f), f}, nil
}

func (r *reader) Close() error { return r.c.Close() }

// ClosedByWrapper closes the reader around its file.
type ClosedByWrapper struct{ session }

func (h *ClosedByWrapper) Emit(_ context.Context, r Record) error {
	rd, err := openReader(r.Key) // silent: closed through the reader
	if err != nil {
		return err
	}
	defer rd.Close()
	_, err = rd.ReadByte()
	return err
}

// WrapperForgotten does not.
type WrapperForgotten struct{ session }

func (h *WrapperForgotten) Emit(_ context.Context, r Record) error {
	rd, err := openReader(r.Key) // want `on each call: .*openReader .*emit-resource`
	if err != nil {
		return err
	}
	_, err = rd.ReadByte()
	return err
}

// ClosedAsInterface closes it as an io.ReadCloser.
type ClosedAsInterface struct{ session }

func (h *ClosedAsInterface) Emit(_ context.Context, r Record) error {
	var rc io.ReadCloser
	f, err := os.Open(r.Key) // silent: closed through the interface
	if err != nil {
		return err
	}
	rc = f
	if filepath.Ext(r.Key) == ".gz" {
		if rc, err = gzip.NewReader(f); err != nil {
			f.Close()
			return err
		}
	}
	defer rc.Close()
	_, err = io.Copy(io.Discard, rc)
	return err
}

// ClosedBranches opens one thing or the other.
type ClosedBranches struct{ session }

func (h *ClosedBranches) Emit(_ context.Context, r Record) error {
	in := os.Stdin
	if r.Key != "-" {
		f, err := os.Open(r.Key) // silent: closed by the defer beside it
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	_, err := io.Copy(io.Discard, in)
	return err
}

// TempRemoved is closed and removed.
type TempRemoved struct{ session }

func (h *TempRemoved) Emit(_ context.Context, r Record) error {
	f, err := os.CreateTemp("", "rec") // silent: closed and removed
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	_, err = f.Write(r.Body)
	return err
}

// ConnExchanged dials, asks and closes.
type ConnExchanged struct{ session }

func (h *ConnExchanged) Emit(ctx context.Context, r Record) error {
	var d net.Dialer
	c, err := d.DialContext(ctx, "tcp", "localhost:9") // silent: closed before return
	if err != nil {
		return err
	}
	defer func() {
		_ = c.Close()
	}()
	if dl, ok := ctx.Deadline(); ok {
		_ = c.SetDeadline(dl)
	}
	_, err = c.Write(r.Body)
	return err
}

// Posted posts its record.
type Posted struct {
	session
	tr     http.RoundTripper
	client *http.Client
}

func (h *Posted) Emit(ctx context.Context, r Record) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://localhost", bytes.NewReader(r.Body))
	if err != nil {
		return err
	}
	resp, err := h.client.Do(req) // silent: the session's client
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

// PostedOwnClient has a client with the session's transport.
type PostedOwnClient struct {
	session
	tr http.RoundTripper
}

func (h *PostedOwnClient) Emit(context.Context, Record) error {
	c := http.Client{Transport: h.tr, Timeout: time.Second} // silent: the transport is the session's
	c.CloseIdleConnections()
	return nil
}

// PostedOwnTransport has a transport of its own.
type PostedOwnTransport struct {
	session
	c *http.Client
}

func (h *PostedOwnTransport) Emit(context.Context, Record) error {
	h.c = &http.Client{Transport: &http.Transport{MaxIdleConns: 1}} // want `on each call: .*emit-resource`
	return nil
}

// Queried closes its rows and its statement.
type Queried struct {
	session
	db *sql.DB
}

func (h *Queried) Emit(ctx context.Context, r Record) error {
	stmt, err := h.db.PrepareContext(ctx, "select 1") // silent: closed before return
	if err != nil {
		return err
	}
	defer stmt.Close()
	rows, err := stmt.QueryContext(ctx, r.Key) // silent: the call's context
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		h.n++
	}
	return rows.Err()
}

// QueriedUnclosed prepares a statement that nothing closes.
type QueriedUnclosed struct {
	session
	db *sql.DB
}

func (h *QueriedUnclosed) Emit(ctx context.Context, r Record) error {
	stmt, err := h.db.PrepareContext(ctx, "insert into r values (?)") // want `emit-resource`
	if err != nil {
		return err
	}
	_, err = stmt.ExecContext(ctx, r.Body)
	return err
}

// Zipped writes an archive into memory.
type Zipped struct{ session }

func (h *Zipped) Emit(_ context.Context, r Record) error {
	var b bytes.Buffer
	zw := zip.NewWriter(&b) // silent: in memory
	w, err := zw.Create(r.Key)
	if err != nil {
		return err
	}
	_, err = w.Write(r.Body)
	return errors.Join(err, zw.Close())
}

// encoder has a Close and opens nothing.
type encoder struct{ w *bytes.Buffer }

func newEncoder() *encoder { return &encoder{new(bytes.Buffer)} }

func (e *encoder) Write(p []byte) (int, error) { return e.w.Write(p) }
func (e *encoder) Close() error                { return nil }
func (e *encoder) Stop()                       {}

// Encoded uses an encoder that opens nothing.
type Encoded struct {
	session
	last *encoder
}

func (h *Encoded) Emit(_ context.Context, r Record) error {
	h.last = newEncoder() // silent: it opens nothing
	_, err := h.last.Write(r.Body)
	return err
}

// ---- kept or forgotten ----

// HandedOver hands the connection to a set of the handler.
type HandedOver struct {
	session
	conns map[net.Conn]struct{}
}

func (h *HandedOver) add(c net.Conn) { h.conns[c] = struct{}{} }

func (h *HandedOver) Emit(_ context.Context, r Record) error {
	c, err := net.Dial("tcp", r.Key) // want `emit-resource`
	if err != nil {
		return err
	}
	h.add(c)
	return nil
}

// ClosedOnError closes it only where it fails.
type ClosedOnError struct {
	session
	f *os.File
}

func (h *ClosedOnError) Emit(_ context.Context, r Record) error {
	f, err := os.Open(r.Key) // want `emit-resource`
	if err != nil {
		return err
	}
	if _, err := f.Stat(); err != nil {
		f.Close()
		return err
	}
	h.f = f
	return nil
}

// ReaderKept keeps what reads the file.
type ReaderKept struct {
	session
	sc *bufio.Scanner
}

func (h *ReaderKept) Emit(_ context.Context, r Record) error {
	f, err := os.Open(r.Key) // want `emit-resource`
	if err != nil {
		return err
	}
	h.sc = bufio.NewScanner(f)
	return nil
}

// Swapped opens the next and closes the last.
type Swapped struct {
	session
	f *os.File
}

func (h *Swapped) Emit(_ context.Context, r Record) error {
	f, err := os.Create(r.Key) // silent: it replaces what is closed
	if err != nil {
		return err
	}
	old := h.f
	h.f = f
	if old != nil {
		return old.Close()
	}
	return nil
}

// ---- subscriptions ----

type bus struct{ subs map[*sub]bool }

type sub struct {
	b  *bus
	ch chan Record
}

func (b *bus) Subscribe() *sub {
	s := &sub{b: b, ch: make(chan Record, 1)}
	b.subs[s] = true
	return s
}

func (s *sub) Unsubscribe() { delete(s.b.subs, s) }
func (s *sub) Close() error { s.Unsubscribe(); return nil }

func (b *bus) Watch() (<-chan Record, func()) {
	s := b.Subscribe()
	return s.ch, s.Unsubscribe
}

// Subscribed ends its subscription.
type Subscribed struct {
	session
	b *bus
}

func (h *Subscribed) Emit(ctx context.Context, _ Record) error {
	s := h.b.Subscribe() // silent: closed before return
	defer s.Close()
	select {
	case r := <-s.ch:
		h.n += len(r.Body)
	case <-ctx.Done():
	}
	return nil
}

// SubscribedUn ends it by its other name.
type SubscribedUn struct {
	session
	b *bus
}

func (h *SubscribedUn) Emit(ctx context.Context, _ Record) error {
	s := h.b.Subscribe() // silent: ended before return
	defer s.Unsubscribe()
	select {
	case r := <-s.ch:
		h.n += len(r.Body)
	case <-ctx.Done():
	}
	return nil
}

// Watched calls the function that ends it.
type Watched struct {
	session
	b *bus
}

func (h *Watched) Emit(ctx context.Context, _ Record) error {
	ch, cancel := h.b.Watch() // silent: cancelled before return
	defer cancel()
	select {
	case r := <-ch:
		h.n += len(r.Body)
	case <-ctx.Done():
	}
	return nil
}

// WatchedForgotten throws the function away.
type WatchedForgotten struct {
	session
	b *bus
}

func (h *WatchedForgotten) Emit(ctx context.Context, _ Record) error {
	ch, _ := h.b.Watch() // silent: a limit, it should be found
	select {
	case r := <-ch:
		h.n += len(r.Body)
	case <-ctx.Done():
	}
	return nil
}
