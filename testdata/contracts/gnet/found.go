// Package gnet holds the event handlers of gnet's servers.
package gnet

import (
	"bytes"
	"net"
	"time"

	"github.com/panjf2000/gnet/v2"
)

// Echo does its work in goroutines.
type Echo struct {
	gnet.BuiltinEventEngine
	eng     gnet.Engine
	process func([]byte) []byte
}

var _ gnet.EventHandler = (*Echo)(nil)

// OnBoot keeps the engine.
func (e *Echo) OnBoot(eng gnet.Engine) gnet.Action {
	e.eng = eng
	return gnet.None
}

// OnTraffic is called when a connection has data.
func (e *Echo) OnTraffic(c gnet.Conn) gnet.Action {
	buf, _ := c.Next(-1)
	data := bytes.Clone(buf)
	go func() { // want `OnTraffic starts a goroutine on each call: .*start it in OnBoot and stop it in OnShutdown.*\(emit-goroutine\)$`
		_ = c.AsyncWrite(e.process(data), nil)
	}()
	return gnet.None
}

// Proxy dials for what it is sent.
type Proxy struct {
	gnet.BuiltinEventEngine
	upstream string
	conns    map[int]net.Conn
}

func (p *Proxy) OnTraffic(c gnet.Conn) (action gnet.Action) {
	conn, err := net.DialTimeout("tcp", p.upstream, time.Second) // want `OnTraffic opens a resource on each call.*emit-resource`
	if err != nil {
		return gnet.Close
	}
	p.conns[c.Fd()] = conn
	if _, err := c.WriteTo(conn); err != nil {
		return gnet.Close
	}
	return
}

// Framed goes through the packets in the buffer.
type Framed struct {
	*gnet.BuiltinEventEngine
	handle func(gnet.Conn, []byte)
}

func (f Framed) OnTraffic(c gnet.Conn) gnet.Action {
	for {
		head, err := c.Peek(2)
		if err != nil {
			return gnet.None
		}
		size := int(head[0])<<8 | int(head[1])
		if _, err := c.Discard(2 + size); err != nil {
			return gnet.None
		}
		f.async(c, head) // want `\(?Framed\)?\.OnTraffic → \(?Framed\)?\.async .*emit-goroutine`
	}
}

func (f Framed) async(c gnet.Conn, packet []byte) {
	go f.handle(c, packet)
}

// Request keeps a channel for each request.
type Request struct {
	Echo
	replies chan chan []byte
}

func (r *Request) OnTraffic(c gnet.Conn) gnet.Action {
	if c.InboundBuffered() < 4 {
		return gnet.None
	}
	r.replies <- make(chan []byte, 1) // want `OnTraffic makes a channel on some calls.*emit-channel`
	return gnet.None
}
