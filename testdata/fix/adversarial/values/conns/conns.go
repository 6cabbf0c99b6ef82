// Package conns has handlers that dial in Emit.
package conns

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/smtp"
	"strconv"
	"time"
)

type config struct{ address string }

var (
	address = "localhost:1"
	port    = 1000
	hosts   = map[string]string{}
)

func setAddress(s string) { address = s }

func decode(b []byte, c *config) error { c2 := config{string(b)}; *c = c2; return nil }

func closeQuietly(c io.Closer) { _ = c.Close() }

func hangUp(c net.Conn) { _ = c.SetDeadline(time.Unix(1, 0)) }

func shut(l net.Listener) { _ = l.Close() }

func ignore(err error) error { return nil }

type lines struct{ r *bufio.Reader }

func newLines(r io.Reader) *lines { return &lines{bufio.NewReader(r)} }

func wrap(r io.Reader) *lines { return newLines(r) }

func (l *lines) line() (string, error) { return l.r.ReadString('\n') }

func readLine(r io.Reader) (string, error) { return bufio.NewReader(r).ReadString('\n') }

func readAside(c net.Conn, out chan string) {
	go func() {
		b := make([]byte, 16)
		n, _ := c.Read(b)
		out <- string(b[:n])
	}()
}

// TLSClient: a TLS client of its own on each raw connection
type TLSClient struct {
	address string
}

func (h *TLSClient) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TLSClient) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	c := tls.Client(conn, &tls.Config{ServerName: "x"})
	_, err = c.Write([]byte("hello"))
	return "", err
}

func (h *TLSClient) SessionStop(ctx context.Context) error {
	return nil
}

// MethodValue: the release is a method value
type MethodValue struct {
	address string
}

func (h *MethodValue) SessionStart(ctx context.Context) error {
	return nil
}

func (h *MethodValue) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	done := conn.Close
	defer done()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *MethodValue) SessionStop(ctx context.Context) error {
	return nil
}

// HelperCloses: a helper closes what it is given
type HelperCloses struct {
	address string
}

func (h *HelperCloses) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HelperCloses) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer closeQuietly(conn)
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *HelperCloses) SessionStop(ctx context.Context) error {
	return nil
}

// MethodCloses: a method of the handler closes what it is given
type MethodCloses struct {
	address string
}

func (h *MethodCloses) SessionStart(ctx context.Context) error {
	return nil
}

func (h *MethodCloses) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer h.bye(conn)
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *MethodCloses) SessionStop(ctx context.Context) error {
	return nil
}

func (h *MethodCloses) bye(c io.Closer) { _ = c.Close() }

// Converted: the release is of a conversion
type Converted struct {
	address string
}

func (h *Converted) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Converted) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer io.Closer(conn).Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *Converted) SessionStop(ctx context.Context) error {
	return nil
}

// Asserted: CloseWrite through an assertion
type Asserted struct {
	address string
}

func (h *Asserted) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Asserted) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if _, err := conn.Write([]byte("q")); err != nil {
		return "", err
	}
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		return "", err
	}
	b := make([]byte, 16)
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *Asserted) SessionStop(ctx context.Context) error {
	return nil
}

// AssertedVar: CloseWrite through a variable of another type
type AssertedVar struct {
	address string
}

func (h *AssertedVar) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AssertedVar) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if cw, ok := conn.(interface{ CloseWrite() error }); ok {
		_ = cw.CloseWrite()
	}
	b := make([]byte, 16)
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *AssertedVar) SessionStop(ctx context.Context) error {
	return nil
}

// VarSpec: another variable of it closes it
type VarSpec struct {
	address string
}

func (h *VarSpec) SessionStart(ctx context.Context) error {
	return nil
}

func (h *VarSpec) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	var c io.Closer = conn
	defer c.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *VarSpec) SessionStop(ctx context.Context) error {
	return nil
}

// TypeSwitch: a type switch names it anew and closes it
type TypeSwitch struct {
	address string
}

func (h *TypeSwitch) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TypeSwitch) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	switch c := conn.(type) {
	case *net.TCPConn:
		defer c.Close()
	}
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *TypeSwitch) SessionStop(ctx context.Context) error {
	return nil
}

// ToTheEnd: it is read to its end, in a limit
type ToTheEnd struct {
	address string
}

func (h *ToTheEnd) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ToTheEnd) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b, err := io.ReadAll(io.LimitReader(conn, 1<<20))
	return string(b), err
}

func (h *ToTheEnd) SessionStop(ctx context.Context) error {
	return nil
}

// ReadFrom: a buffer reads it to its end
type ReadFrom struct {
	address string
}

func (h *ReadFrom) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ReadFrom) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	var b bytes.Buffer
	_, err = b.ReadFrom(conn)
	return b.String(), err
}

func (h *ReadFrom) SessionStop(ctx context.Context) error {
	return nil
}

// LoopToEOF: a loop reads it to its end
type LoopToEOF struct {
	address string
}

func (h *LoopToEOF) SessionStart(ctx context.Context) error {
	return nil
}

func (h *LoopToEOF) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	var out []byte
	b := make([]byte, 16)
	for {
		n, err := conn.Read(b)
		out = append(out, b[:n]...)
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", err
		}
	}
	return string(out), nil
}

func (h *LoopToEOF) SessionStop(ctx context.Context) error {
	return nil
}

// LowerConstructor: a constructor with a small letter keeps it, and buffers
type LowerConstructor struct {
	address string
}

func (h *LowerConstructor) SessionStart(ctx context.Context) error {
	return nil
}

func (h *LowerConstructor) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	r := newLines(conn)
	return r.line()
}

func (h *LowerConstructor) SessionStop(ctx context.Context) error {
	return nil
}

// Wrapped: a wrapper is not called New
type Wrapped struct {
	address string
}

func (h *Wrapped) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Wrapped) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	r := wrap(conn)
	return r.line()
}

func (h *Wrapped) SessionStop(ctx context.Context) error {
	return nil
}

// HelperReads: a helper reads it through a buffer of its own
type HelperReads struct {
	address string
}

func (h *HelperReads) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HelperReads) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	return readLine(conn)
}

func (h *HelperReads) SessionStop(ctx context.Context) error {
	return nil
}

// Registered: a method of the handler keeps it
type Registered struct {
	address string
	all     []net.Conn
}

func (h *Registered) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Registered) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	h.track(conn)
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *Registered) SessionStop(ctx context.Context) error {
	for _, c := range h.all {
		_ = c.Close()
	}
	return nil
}

func (h *Registered) track(c net.Conn) { h.all = append(h.all, c) }

// Appended: it is appended with others
type Appended struct {
	address string
	all     []net.Conn
}

func (h *Appended) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Appended) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	h.all = append(h.all[:0], conn)
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *Appended) SessionStop(ctx context.Context) error {
	return nil
}

// MapKept: a map keeps it
type MapKept struct {
	address string
	all     map[string]net.Conn
}

func (h *MapKept) SessionStart(ctx context.Context) error {
	return nil
}

func (h *MapKept) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	h.all["x"] = conn
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *MapKept) SessionStop(ctx context.Context) error {
	return nil
}

// Indexed: an index keeps it
type Indexed struct {
	address string
	all     [2]net.Conn
}

func (h *Indexed) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Indexed) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	h.all[0] = conn
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *Indexed) SessionStop(ctx context.Context) error {
	return nil
}

// DeadlineOfCall: a deadline is set if the call has one
type DeadlineOfCall struct {
	address string
}

func (h *DeadlineOfCall) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DeadlineOfCall) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if d, ok := ctx.Deadline(); ok {
		_ = conn.SetDeadline(d)
	}
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *DeadlineOfCall) SessionStop(ctx context.Context) error {
	return nil
}

// AfterFuncDeadline: the end of a call sets a deadline in the past
type AfterFuncDeadline struct {
	address string
}

func (h *AfterFuncDeadline) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterFuncDeadline) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *AfterFuncDeadline) SessionStop(ctx context.Context) error {
	return nil
}

// AfterFuncMethod: a method value ends it with the call
type AfterFuncMethod struct {
	address string
}

func (h *AfterFuncMethod) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterFuncMethod) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { hangUp(conn) })
	defer stop()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *AfterFuncMethod) SessionStop(ctx context.Context) error {
	return nil
}

// CapturedKept: a closure that is kept captures it
type CapturedKept struct {
	address string
	send    func(string) error
}

func (h *CapturedKept) SessionStart(ctx context.Context) error {
	return nil
}

func (h *CapturedKept) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	h.send = func(s string) error { _, err := io.WriteString(conn, s); return err }
	return "", h.send("x")
}

func (h *CapturedKept) SessionStop(ctx context.Context) error {
	return nil
}

// ClosureReturned: a closure that is returned captures it
type ClosureReturned struct {
	address string
}

func (h *ClosureReturned) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ClosureReturned) Emit(ctx context.Context) (func(), error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return nil, err
	}
	return func() { _ = conn.SetDeadline(time.Time{}) }, nil
}

func (h *ClosureReturned) SessionStop(ctx context.Context) error {
	return nil
}

// Helpers: a helper starts a goroutine that reads it
type Helpers struct {
	address string
	out     chan string
}

func (h *Helpers) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Helpers) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	readAside(conn, h.out)
	return <-h.out, nil
}

func (h *Helpers) SessionStop(ctx context.Context) error {
	return nil
}

// FieldReceiveCloses: Receive closes the field
type FieldReceiveCloses struct {
	conn    net.Conn
	address string
}

func (h *FieldReceiveCloses) SessionStart(ctx context.Context) error {
	return nil
}

func (h *FieldReceiveCloses) Emit(ctx context.Context) (string, error) {
	var err error
	h.conn, err = net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	b := make([]byte, 16)
	n, err := h.conn.Read(b)
	return string(b[:n]), err
}

func (h *FieldReceiveCloses) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FieldReceiveCloses) Receive(ctx context.Context, s string) error { return h.conn.Close() }

// FieldHelperCloses: a helper of Emit closes the field
type FieldHelperCloses struct {
	conn    net.Conn
	address string
}

func (h *FieldHelperCloses) SessionStart(ctx context.Context) error {
	return nil
}

func (h *FieldHelperCloses) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	h.conn = conn
	defer h.hangUp()
	b := make([]byte, 16)
	n, err := h.conn.Read(b)
	return string(b[:n]), err
}

func (h *FieldHelperCloses) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FieldHelperCloses) hangUp() { _ = h.conn.Close() }

// FieldDirect: the field is assigned at once; a helper closes it
type FieldDirect struct {
	conn    *tls.Conn
	err     error
	address string
}

func (h *FieldDirect) SessionStart(ctx context.Context) error {
	return nil
}

func (h *FieldDirect) Emit(ctx context.Context) (string, error) {
	h.conn, h.err = tls.Dial("tcp", h.address, nil)
	if h.err != nil {
		return "", h.err
	}
	defer h.hangUp()
	b := make([]byte, 16)
	n, err := h.conn.Read(b)
	return string(b[:n]), err
}

func (h *FieldDirect) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FieldDirect) hangUp() { _ = h.conn.Close() }

// Inferred: a closure that closes is called at the end
type Inferred struct {
	address string
}

func (h *Inferred) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Inferred) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	end := func() { _ = conn.Close() }
	defer end()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *Inferred) SessionStop(ctx context.Context) error {
	return nil
}

// Joined: its close joins another error
type Joined struct {
	address string
}

func (h *Joined) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Joined) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *Joined) SessionStop(ctx context.Context) error {
	return nil
}

// WholeStruct: Receive replaces the whole configuration
type WholeStruct struct {
	cfg *config
}

func (h *WholeStruct) SessionStart(ctx context.Context) error {
	return nil
}

func (h *WholeStruct) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.cfg.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *WholeStruct) SessionStop(ctx context.Context) error {
	return nil
}

func (h *WholeStruct) Receive(ctx context.Context, c config) error { *h.cfg = c; return nil }

// Decoded: Receive decodes into the configuration
type Decoded struct {
	cfg config
}

func (h *Decoded) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Decoded) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.cfg.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *Decoded) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Decoded) Receive(ctx context.Context, b []byte) error { return decode(b, &h.cfg) }

// Element: Receive sets an element
type Element struct {
	addresses []string
}

func (h *Element) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Element) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.addresses[0])
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *Element) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Element) Receive(ctx context.Context, s string) error { h.addresses[0] = s; return nil }

// MapElement: Receive sets a key
type MapElement struct {
	addresses map[string]string
}

func (h *MapElement) SessionStart(ctx context.Context) error {
	return nil
}

func (h *MapElement) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.addresses["a"])
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *MapElement) SessionStop(ctx context.Context) error {
	return nil
}

func (h *MapElement) Receive(ctx context.Context, s string) error { h.addresses["a"] = s; return nil }

// CopyElement: Receive copies into the slice
type CopyElement struct {
	addresses []string
}

func (h *CopyElement) SessionStart(ctx context.Context) error {
	return nil
}

func (h *CopyElement) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.addresses[0])
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *CopyElement) SessionStop(ctx context.Context) error {
	return nil
}

func (h *CopyElement) Receive(ctx context.Context, s []string) error {
	copy(h.addresses, s)
	return nil
}

// PackageVar: a helper sets the package variable
type PackageVar struct {
	n int
}

func (h *PackageVar) SessionStart(ctx context.Context) error {
	return nil
}

func (h *PackageVar) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *PackageVar) SessionStop(ctx context.Context) error {
	return nil
}

func (h *PackageVar) Receive(ctx context.Context, s string) error { setAddress(s); return nil }

// PackageCount: Emit counts a package variable up
type PackageCount struct {
	n int
}

func (h *PackageCount) SessionStart(ctx context.Context) error {
	return nil
}

func (h *PackageCount) Emit(ctx context.Context) (string, error) {
	port++
	conn, err := net.Dial("tcp", fmt.Sprintf("localhost:%d", port))
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *PackageCount) SessionStop(ctx context.Context) error {
	return nil
}

// PackageElement: Emit sets an element of a package variable
type PackageElement struct {
	n int
}

func (h *PackageElement) SessionStart(ctx context.Context) error {
	return nil
}

func (h *PackageElement) Emit(ctx context.Context) (string, error) {
	hosts["x"] = time.Now().String()
	conn, err := net.Dial("tcp", hosts["x"])
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *PackageElement) SessionStop(ctx context.Context) error {
	return nil
}

// ClosureCall: the address is what a closure returns
type ClosureCall struct {
	n         int
	addresses []string
}

func (h *ClosureCall) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ClosureCall) Emit(ctx context.Context) (string, error) {
	h.n++
	conn, err := net.Dial("tcp", func() string { return h.addresses[h.n%2] }())
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *ClosureCall) SessionStop(ctx context.Context) error {
	return nil
}

// Local: the address is a local of two others
type Local struct {
	n         int
	addresses []string
}

func (h *Local) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Local) Emit(ctx context.Context) (string, error) {
	i := h.n % len(h.addresses)
	h.n++
	a := h.addresses[i]
	conn, err := net.Dial("tcp", a)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *Local) SessionStop(ctx context.Context) error {
	return nil
}

// PointerField: the address lies behind a pointer that a setter follows
type PointerField struct {
	address *string
}

func (h *PointerField) SessionStart(ctx context.Context) error {
	return nil
}

func (h *PointerField) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", *h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *PointerField) SessionStop(ctx context.Context) error {
	return nil
}

func (h *PointerField) Set(s string) { *h.address = s }

// AliasSetter: a setter sets it through an alias
type AliasSetter struct {
	cfg *config
}

func (h *AliasSetter) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AliasSetter) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.cfg.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *AliasSetter) SessionStop(ctx context.Context) error {
	return nil
}

func (h *AliasSetter) Set(s string) { c := h.cfg; p := &c.address; *p = s }

// OneLineGetter: a method of one line returns what a setter sets
type OneLineGetter struct {
	address string
}

func (h *OneLineGetter) SessionStart(ctx context.Context) error {
	return nil
}

func (h *OneLineGetter) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.where())
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *OneLineGetter) SessionStop(ctx context.Context) error {
	return nil
}

func (h *OneLineGetter) where() string       { return h.cur().address }
func (h *OneLineGetter) cur() *OneLineGetter { return h }
func (h *OneLineGetter) Set(s string)        { h.address = s }

// ErrReused: the error is used again by plain assignments
type ErrReused struct {
	address string
}

func (h *ErrReused) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ErrReused) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("a"))
	if err != nil {
		return "", err
	}
	var n int
	b := make([]byte, 8)
	n, err = conn.Read(b)
	if err != nil {
		return "", err
	}
	return string(b[:n]), nil
}

func (h *ErrReused) SessionStop(ctx context.Context) error {
	return nil
}

// ErrInner: the error is set in a block and read behind it
type ErrInner struct {
	address string
}

func (h *ErrInner) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ErrInner) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	{
		_, err = conn.Write([]byte("a"))
	}
	if err != nil {
		return "", err
	}
	return "", nil
}

func (h *ErrInner) SessionStop(ctx context.Context) error {
	return nil
}

// ErrRedefined: the error is redefined with another
type ErrRedefined struct {
	address string
}

func (h *ErrRedefined) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ErrRedefined) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	n, err := conn.Write([]byte("a"))
	if err != nil {
		return "", err
	}
	m, err := conn.Write([]byte("a"))
	return strconv.Itoa(n + m), err
}

func (h *ErrRedefined) SessionStop(ctx context.Context) error {
	return nil
}

// ErrDeferred: a deferred closure reads the error
type ErrDeferred struct {
	address string
}

func (h *ErrDeferred) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ErrDeferred) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			println(err.Error())
		}
	}()
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err2 := conn.Read(b)
	return string(b[:n]), err2
}

func (h *ErrDeferred) SessionStop(ctx context.Context) error {
	return nil
}

// NamedResult: the error is the named result
type NamedResult struct {
	address string
}

func (h *NamedResult) SessionStart(ctx context.Context) error {
	return nil
}

func (h *NamedResult) Emit(ctx context.Context) (s string, err error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	defer func() {
		if err != nil {
			s = "failed"
		}
	}()
	b := make([]byte, 16)
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *NamedResult) SessionStop(ctx context.Context) error {
	return nil
}

// NamedNaked: a naked return of the named error
type NamedNaked struct {
	address string
}

func (h *NamedNaked) SessionStart(ctx context.Context) error {
	return nil
}

func (h *NamedNaked) Emit(ctx context.Context) (s string, err error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return
	}
	defer conn.Close()
	return
}

func (h *NamedNaked) SessionStop(ctx context.Context) error {
	return nil
}

// WrapsCall: the error names a value of the call
type WrapsCall struct {
	address string
	n       int
}

func (h *WrapsCall) SessionStart(ctx context.Context) error {
	return nil
}

func (h *WrapsCall) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", fmt.Errorf("frame %d: %w", h.n, err)
	}
	defer conn.Close()
	h.n++
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *WrapsCall) SessionStop(ctx context.Context) error {
	return nil
}

// ErrLocal: the error names a local of the call
type ErrLocal struct {
	address string
}

func (h *ErrLocal) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ErrLocal) Emit(ctx context.Context) (string, error) {
	began := time.Now()
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", fmt.Errorf("after %v: %w", time.Since(began), err)
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *ErrLocal) SessionStop(ctx context.Context) error {
	return nil
}

// ErrMethod: the error goes through a method that counts
type ErrMethod struct {
	address string
	failed  int
}

func (h *ErrMethod) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ErrMethod) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", h.fail(err)
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *ErrMethod) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ErrMethod) fail(err error) error { h.failed++; return err }

// ErrKind: a check that is no nil check
type ErrKind struct {
	address string
}

func (h *ErrKind) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ErrKind) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if errors.Is(err, net.ErrClosed) {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *ErrKind) SessionStop(ctx context.Context) error {
	return nil
}

// ErrWrapNil: the check compares what a function makes of it
type ErrWrapNil struct {
	address string
}

func (h *ErrWrapNil) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ErrWrapNil) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if ignore(err) != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *ErrWrapNil) SessionStop(ctx context.Context) error {
	return nil
}

// Fallback: another address when the first fails
type Fallback struct {
	address string
	other   string
}

func (h *Fallback) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Fallback) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		conn, err = net.Dial("tcp", h.other)
	}
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *Fallback) SessionStop(ctx context.Context) error {
	return nil
}

// Retry: several tries
type Retry struct {
	address string
}

func (h *Retry) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Retry) Emit(ctx context.Context) (string, error) {
	var conn net.Conn
	var err error
	for range 3 {
		conn, err = net.Dial("tcp", h.address)
		if err == nil {
			break
		}
	}
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *Retry) SessionStop(ctx context.Context) error {
	return nil
}

// IfInit: in the head of an if
type IfInit struct {
	address string
}

func (h *IfInit) SessionStart(ctx context.Context) error {
	return nil
}

func (h *IfInit) Emit(ctx context.Context) (string, error) {
	if conn, err := net.Dial("tcp", h.address); err != nil {
		return "", err
	} else {
		defer conn.Close()
		_, err := io.WriteString(conn, "x")
		return "", err
	}
}

func (h *IfInit) SessionStop(ctx context.Context) error {
	return nil
}

// DialUDP: late answers of a call that timed out
type DialUDP struct {
	address string
}

func (h *DialUDP) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DialUDP) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("udp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_ = conn.SetReadDeadline(time.Now().Add(time.Millisecond))
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *DialUDP) SessionStop(ctx context.Context) error {
	return nil
}

// DialerContext: a dialler with the context of the call
type DialerContext struct {
	address string
}

func (h *DialerContext) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DialerContext) Emit(ctx context.Context) (string, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *DialerContext) SessionStop(ctx context.Context) error {
	return nil
}

// DialerTimeout: a dialler whose deadline is of the call
type DialerTimeout struct {
	address string
}

func (h *DialerTimeout) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DialerTimeout) Emit(ctx context.Context) (string, error) {
	d := net.Dialer{Deadline: time.Now().Add(time.Second)}
	conn, err := d.DialContext(ctx, "tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *DialerTimeout) SessionStop(ctx context.Context) error {
	return nil
}

// TimedContext: a context with a limit of the call
type TimedContext struct {
	address string
}

func (h *TimedContext) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TimedContext) Emit(ctx context.Context) (string, error) {
	dialCtx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(dialCtx, "tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *TimedContext) SessionStop(ctx context.Context) error {
	return nil
}

// Quits: an SMTP client that says good-bye
type Quits struct {
	address string
}

func (h *Quits) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Quits) Emit(ctx context.Context) (string, error) {
	c, err := smtp.Dial(h.address)
	if err != nil {
		return "", err
	}
	defer c.Quit()
	return "", c.Noop()
}

func (h *Quits) SessionStop(ctx context.Context) error {
	return nil
}

// QuitsAndCloses: an SMTP client that says good-bye and closes
type QuitsAndCloses struct {
	address string
}

func (h *QuitsAndCloses) SessionStart(ctx context.Context) error {
	return nil
}

func (h *QuitsAndCloses) Emit(ctx context.Context) (string, error) {
	c, err := smtp.Dial(h.address)
	if err != nil {
		return "", err
	}
	defer c.Close()
	if err := c.Noop(); err != nil {
		return "", err
	}
	return "", c.Quit()
}

func (h *QuitsAndCloses) SessionStop(ctx context.Context) error {
	return nil
}

// Listens: a listener of each call
type Listens struct {
	address string
}

func (h *Listens) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Listens) Emit(ctx context.Context) (string, error) {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

func (h *Listens) SessionStop(ctx context.Context) error {
	return nil
}

// ListensAccepts: a listener that is closed by a helper
type ListensAccepts struct {
	address string
}

func (h *ListensAccepts) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ListensAccepts) Emit(ctx context.Context) (string, error) {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return "", err
	}
	defer shut(l)
	c, err := l.Accept()
	if err != nil {
		return "", err
	}
	return c.RemoteAddr().String(), c.Close()
}

func (h *ListensAccepts) SessionStop(ctx context.Context) error {
	return nil
}

// StartCalls: start calls Emit
type StartCalls struct {
	address string
}

func (h *StartCalls) SessionStart(ctx context.Context) error {
	_, err := h.Emit(ctx)
	return err
}

func (h *StartCalls) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *StartCalls) SessionStop(ctx context.Context) error {
	return nil
}

// StartLoops: start starts the loop that calls Emit
type StartLoops struct {
	address string
	out     chan string
}

func (h *StartLoops) SessionStart(ctx context.Context) error {
	go h.loop(ctx)
	return nil
}

func (h *StartLoops) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *StartLoops) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StartLoops) loop(ctx context.Context) {
	for ctx.Err() == nil {
		s, err := h.Emit(ctx)
		if err != nil {
			return
		}
		h.out <- s
	}
}

// StopCalls: stop calls Emit once more
type StopCalls struct {
	address string
}

func (h *StopCalls) SessionStart(ctx context.Context) error {
	return nil
}

func (h *StopCalls) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *StopCalls) SessionStop(ctx context.Context) error {
	_, err := h.Emit(ctx)
	return err
}

// StopFlushes: a helper of stop calls Emit once more
type StopFlushes struct {
	address string
}

func (h *StopFlushes) SessionStart(ctx context.Context) error {
	return nil
}

func (h *StopFlushes) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *StopFlushes) SessionStop(ctx context.Context) error {
	return h.flush(ctx)
}

func (h *StopFlushes) flush(ctx context.Context) error { _, err := h.Emit(ctx); return err }

// Other: another method calls Emit before start
type Other struct {
	address string
}

func (h *Other) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Other) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	b := make([]byte, 16)
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	n, err := conn.Read(b)
	return string(b[:n]), err
}

func (h *Other) SessionStop(ctx context.Context) error {
	return nil
}

// Check tells whether the service is there, before a session.
func (h *Other) Check() error { _, err := h.Emit(context.Background()); return err }
