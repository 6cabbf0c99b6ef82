package resource

import (
	"context"
	"database/sql"
	"net"
	"net/http"
	"time"

	"corpus/resource/client"
)

// DialClosed connects per frame and closes again.
type DialClosed struct{ addr string }

func (h *DialClosed) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.addr) // want `over when the call returns.*emit-resource`
	if err != nil {
		return "", err
	}
	defer conn.Close()
	return conn.RemoteAddr().String(), nil
}

func (h *DialClosed) Close() error { return nil }

// DialKept keeps a connection per record.
type DialKept struct{ conn net.Conn }

func (h *DialKept) Emit(rec Record) error {
	conn, err := net.DialTimeout("tcp", "localhost:1", time.Second) // want `emit-resource`
	if err != nil {
		return err
	}
	h.conn = conn
	_, err = conn.Write(rec)
	return err
}

func (h *DialKept) Close() error { return h.conn.Close() }

// DialerKept uses a dialer with the call's context: still a connection.
type DialerKept struct {
	dialer net.Dialer
	conn   net.Conn
}

func (h *DialerKept) Emit(ctx context.Context) (n int, err error) {
	h.conn, err = h.dialer.DialContext(ctx, "tcp", "localhost:1") // want `on each call[:;].*emit-resource`
	return 0, err
}

func (h *DialerKept) Close() error { return h.conn.Close() }

// UDPForgotten leaves a socket behind.
type UDPForgotten struct{ addr *net.UDPAddr }

func (h *UDPForgotten) Emit(rec Record) error {
	conn, err := net.DialUDP("udp", nil, h.addr) // want `emit-resource`
	if err != nil {
		return err
	}
	_, err = conn.Write(rec)
	return err
}

func (h *UDPForgotten) Close() error { return nil }

// DialRecord closes its connection.
type DialRecord struct{ addr string }

func (h *DialRecord) Emit(rec Record) error {
	conn, err := net.Dial("tcp", h.addr) // silent: closed before return, rate record
	if err != nil {
		return err
	}
	defer func() {
		_ = conn.Close()
	}()
	_, err = conn.Write(rec)
	return err
}

func (h *DialRecord) Close() error { return nil }

// ListenerKept opens a listener per record.
type ListenerKept struct{ ln net.Listener }

func (h *ListenerKept) Emit(rec Record) error {
	ln, err := net.Listen("tcp", "localhost:0") // want `emit-resource`
	if err != nil {
		return err
	}
	h.ln = ln
	return nil
}

func (h *ListenerKept) Close() error { return h.ln.Close() }

// PacketSometimes opens a packet listener under a condition.
type PacketSometimes struct {
	pc net.PacketConn
	n  int
}

func (h *PacketSometimes) Emit(rec Record) (err error) {
	if len(rec) > h.n {
		h.pc, err = net.ListenPacket("udp", "localhost:0") // want `on some calls.*emit-resource`
	}
	return err
}

func (h *PacketSometimes) Close() error { return h.pc.Close() }

// ---- http ----

// ClientLiteral makes a client per frame on the shared transport.
type ClientLiteral struct{}

func (h *ClientLiteral) Emit(ctx context.Context) (int, error) {
	c := &http.Client{Timeout: time.Second} // want `over when the call returns.*emit-resource`
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://localhost", nil)
	if err != nil {
		return 0, err
	}
	resp, err := c.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

func (h *ClientLiteral) Close() error { return nil }

// ClientValue makes one that is no pointer.
type ClientValue struct{}

func (h *ClientValue) Emit(ctx context.Context) (time.Duration, error) {
	c := http.Client{Timeout: time.Second} // want `over when the call returns.*emit-resource`
	return c.Timeout, nil
}

func (h *ClientValue) Close() error { return nil }

// TransportLiteral drops a transport with its idle connections.
type TransportLiteral struct{ client http.Client }

func (h *TransportLiteral) Emit(rec Record) error {
	h.client.Transport = &http.Transport{MaxIdleConns: 4} // want `emit-resource`
	return nil
}

func (h *TransportLiteral) Close() error { return nil }

// ClientOwnTransport makes a client with a transport of its own: one finding.
type ClientOwnTransport struct{ client *http.Client }

func (h *ClientOwnTransport) Emit(rec Record) error {
	h.client = &http.Client{Transport: &http.Transport{MaxIdleConns: 4}} // want `emit-resource`
	return nil
}

func (h *ClientOwnTransport) Close() error { return nil }

// ClientRecord makes a client per record on the shared transport.
type ClientRecord struct{ tr *http.Transport }

func (h *ClientRecord) Emit(rec Record) error {
	c := &http.Client{} // silent: shares the default transport, rate record
	if len(rec) > 3 {
		c = &http.Client{Transport: h.tr} // silent: shares the handler's transport, rate record
	}
	resp, err := c.Get(string(rec)) // silent: no blocking at rate record
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (h *ClientRecord) Close() error { return nil }

var httpClient = &http.Client{Timeout: time.Second} // silent: once per process

// ClientShared uses the package's client.
type ClientShared struct{}

func (h *ClientShared) Emit(ctx context.Context) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://localhost", nil)
	if err != nil {
		return 0, err
	}
	resp, err := httpClient.Do(req) // silent: the package's client, the call's context
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

func (h *ClientShared) Close() error { return nil }

// ---- sql ----

// DBKept opens a pool per record.
type DBKept struct{ db *sql.DB }

func (h *DBKept) Emit(rec Record) error {
	db, err := sql.Open("sqlite", "records.db") // want `emit-resource`
	if err != nil {
		return err
	}
	h.db = db
	return nil
}

func (h *DBKept) Close() error { return h.db.Close() }

// DBForgotten never closes it.
type DBForgotten struct{}

func (h *DBForgotten) Emit(rec Record) error {
	db, err := sql.Open("sqlite", "records.db") // want `emit-resource`
	if err != nil {
		return err
	}
	_, err = db.Exec("insert into r values (?)", []byte(rec))
	return err
}

func (h *DBForgotten) Close() error { return nil }

// DBRecord closes it.
type DBRecord struct{}

func (h *DBRecord) Emit(rec Record) error {
	db, err := sql.Open("sqlite", "records.db") // silent: closed before return, rate record
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec("insert into r values (?)", []byte(rec))
	return err
}

func (h *DBRecord) Close() error { return nil }

// ---- a user's client ----

// UserDialKept keeps a client per record.
type UserDialKept struct{ c *client.Client }

func (h *UserDialKept) Emit(rec Record) error {
	c, err := client.Dial("localhost:1") // want `\(\*UserDialKept\)\.Emit → client\.Dial .*emit-resource`
	if err != nil {
		return err
	}
	h.c = c
	return c.Send(rec)
}

func (h *UserDialKept) Close() error { return h.c.Close() }

// UserNewForgotten drops a client with its goroutine.
type UserNewForgotten struct{}

func (h *UserNewForgotten) Emit(rec Record) error {
	return client.New().Send(rec) // want `\(\*UserNewForgotten\)\.Emit → client\.New .*emit-resource`
}

func (h *UserNewForgotten) Close() error { return nil }

// UserNewClosed closes it: at rate frame a cost.
type UserNewClosed struct{}

func (h *UserNewClosed) Emit(ctx context.Context) (int, error) {
	c := client.New() // want `over when the call returns.*emit-resource`
	defer c.Close()
	return 1, nil
}

func (h *UserNewClosed) Close() error { return nil }

// UserLogKept opens a log per record.
type UserLogKept struct{ log *client.Log }

func (h *UserLogKept) Emit(rec Record) (err error) {
	if h.log, err = client.OpenLog(string(rec)); err != nil { // want `emit-resource`
		return err
	}
	return h.log.Append("opened")
}

func (h *UserLogKept) Close() error { return h.log.Close() }

// UserClosed closes what it opens.
type UserClosed struct{}

func (h *UserClosed) Emit(rec Record) error {
	c, err := client.Dial("localhost:1") // silent: closed before return, rate record
	if err != nil {
		return err
	}
	defer c.Close()
	log, err := client.OpenLog(string(rec)) // silent: closed before return, rate record
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	if n, err := client.Size(string(rec)); err != nil || n > 1<<20 { // silent: the callee closes
		return err
	}
	return c.Send(rec)
}

func (h *UserClosed) Close() error { return nil }

// UserOpensNothing uses constructors that open nothing.
type UserOpensNothing struct{ conn net.Conn }

func (h *UserOpensNothing) Emit(ctx context.Context) (*client.Client, error) {
	if h.conn == nil {
		return client.Default(), nil // silent: once per process
	}
	return client.Wrap(h.conn), nil // silent: opens nothing
}

func (h *UserOpensNothing) Close() error { return nil }

// UserFromStart uses the session's client.
type UserFromStart struct{ c *client.Client }

func (h *UserFromStart) SessionStart(ctx context.Context) (err error) {
	h.c, err = client.Dial("localhost:1") // silent: once per session
	return err
}

func (h *UserFromStart) Emit(rec Record) error {
	return h.c.Send(rec) // silent: the session's own client
}

func (h *UserFromStart) SessionStop(ctx context.Context) error {
	return h.c.Close()
}

// ---- reconnecting ----

// ReconnectRecord dials again when a send failed.
type ReconnectRecord struct {
	conn link
	raw  net.Conn
}

func (h *ReconnectRecord) Emit(rec Record) error {
	if err := h.conn.Send(rec); err != nil {
		h.raw.Close()
		raw, err := net.Dial("tcp", "localhost:1") // silent: an error branch, rate record
		if err != nil {
			return err
		}
		h.raw = raw
	}
	return nil
}

func (h *ReconnectRecord) Close() error { return h.raw.Close() }

// ReconnectRecordHelper does it in a helper.
type ReconnectRecordHelper struct{ raw net.Conn }

func (h *ReconnectRecordHelper) reconnect() (err error) {
	_ = h.raw.Close()
	h.raw, err = net.Dial("tcp", "localhost:1")
	return err
}

func (h *ReconnectRecordHelper) Emit(rec Record) error {
	_, err := h.raw.Write(rec)
	if err != nil {
		if err = h.reconnect(); err != nil { // silent: an error branch, rate record
			return err
		}
		_, err = h.raw.Write(rec)
	}
	return err
}

func (h *ReconnectRecordHelper) Close() error { return h.raw.Close() }

// ReconnectFrame does it at rate frame.
type ReconnectFrame struct {
	conn link
	raw  net.Conn
}

func (h *ReconnectFrame) Emit(ctx context.Context) (int, error) {
	if err := h.conn.Send(nil); err != nil {
		h.raw, err = net.Dial("tcp", "localhost:1") // want `on some calls.*emit-resource`
		if err != nil {
			return 0, err
		}
	}
	return 1, nil
}

func (h *ReconnectFrame) Close() error { return h.raw.Close() }
