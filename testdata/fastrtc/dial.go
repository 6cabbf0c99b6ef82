package fastrtc

import (
	"context"
	"net"
)

// DialHandler opens its connection to the speech service anew for each frame
// and keeps them all.
type DialHandler struct {
	addr  string
	conns []net.Conn
}

func (h *DialHandler) SessionStart(context.Context) error {
	return nil
}

func (h *DialHandler) Emit(context.Context) (Frame, error) {
	conn, err := net.Dial("tcp", h.addr) // want `^Emit opens a resource on each call[:;].*\(emit-resource\)$`
	if err != nil {
		return Frame{}, err
	}
	h.conns = append(h.conns, conn)
	return readFrame(conn)
}

func (h *DialHandler) SessionStop(context.Context) error {
	for _, c := range h.conns {
		c.Close()
	}
	return nil
}

// DialCloseHandler closes what it dialled: no leak, but a handshake for each
// frame.
type DialCloseHandler struct {
	addr   string
	dialer net.Dialer
}

func (h *DialCloseHandler) SessionStart(context.Context) error {
	return nil
}

func (h *DialCloseHandler) Emit(ctx context.Context) (Frame, error) {
	conn, err := h.dialer.DialContext(ctx, "tcp", h.addr) // want `on each call \(over when the call returns\).*\(emit-resource\)$`
	if err != nil {
		return Frame{}, err
	}
	defer conn.Close()
	return readFrame(conn)
}

func (h *DialCloseHandler) SessionStop(context.Context) error {
	return nil
}

// DialFixed dials when the session starts.
type DialFixed struct {
	addr   string
	dialer net.Dialer
	conn   net.Conn
}

func (h *DialFixed) SessionStart(ctx context.Context) error {
	conn, err := h.dialer.DialContext(ctx, "tcp", h.addr) // silent: once per session, closed by SessionStop
	if err != nil {
		return err
	}
	h.conn = conn
	return nil
}

func (h *DialFixed) Emit(context.Context) (Frame, error) {
	return readFrame(h.conn)
}

func (h *DialFixed) SessionStop(context.Context) error {
	if h.conn == nil {
		return nil
	}
	return h.conn.Close()
}
