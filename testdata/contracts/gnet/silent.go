package gnet

import (
	"bytes"
	"net"
	"sync"
	"time"

	"github.com/panjf2000/ants/v2"
	"github.com/panjf2000/gnet/v2"
	"github.com/panjf2000/gnet/v2/pkg/pool/goroutine"
)

// Pooled is the way of gnet's own examples.
type Pooled struct {
	gnet.BuiltinEventEngine
	pool *goroutine.Pool
}

var _ gnet.EventHandler = (*Pooled)(nil)

// OnBoot makes the pool.
func (p *Pooled) OnBoot(gnet.Engine) gnet.Action {
	p.pool = goroutine.Default() // silent: once
	return gnet.None
}

// OnShutdown gives it up.
func (p *Pooled) OnShutdown(gnet.Engine) { p.pool.Release() }

func (p *Pooled) OnTraffic(c gnet.Conn) gnet.Action {
	buf, _ := c.Next(-1)
	data := bytes.Clone(buf)
	_ = p.pool.Submit(func() { // silent: a worker of the pool
		_ = c.AsyncWrite(data, nil)
	})
	return gnet.None
}

// Ants has a pool of functions, made by its constructor.
type Ants struct {
	gnet.BuiltinEventEngine
	pool *ants.PoolWithFunc
}

// NewAnts makes the pool.
func NewAnts(handle func(any)) (*Ants, error) {
	pool, err := ants.NewPoolWithFunc(1000, handle) // silent: made by the constructor
	return &Ants{pool: pool}, err
}

func (a *Ants) OnTraffic(c gnet.Conn) gnet.Action {
	if err := a.pool.Invoke(c); err != nil { // silent: a worker of the pool
		return gnet.Close
	}
	return gnet.None
}

// OnShutdown ends the workers.
func (a *Ants) OnShutdown(gnet.Engine) { a.pool.Release() }

// PerConnection starts a goroutine for each connection.
type PerConnection struct {
	gnet.BuiltinEventEngine
	addr string
	work func(gnet.Conn, <-chan []byte)
}

// conn is what a connection carries with it.
type conn struct {
	in       chan []byte
	upstream net.Conn
}

// OnOpen is called once for each connection.
func (p *PerConnection) OnOpen(c gnet.Conn) ([]byte, gnet.Action) {
	upstream, err := net.Dial("tcp", p.addr) // silent: once for each connection
	if err != nil {
		return nil, gnet.Close
	}
	s := &conn{in: make(chan []byte, 8), upstream: upstream} // silent: once for each connection
	c.SetContext(s)
	go p.work(c, s.in) // silent: once for each connection
	return nil, gnet.None
}

// OnClose is called once for each connection.
func (p *PerConnection) OnClose(c gnet.Conn, _ error) gnet.Action {
	s := c.Context().(*conn)
	close(s.in)
	_ = s.upstream.Close()
	return gnet.None
}

func (p *PerConnection) OnTraffic(c gnet.Conn) gnet.Action {
	buf, err := c.Next(-1)
	if err != nil {
		return gnet.Close
	}
	select {
	case c.Context().(*conn).in <- bytes.Clone(buf):
	default:
	}
	return gnet.None
}

// Ticking has its rare work in OnTick.
type Ticking struct {
	gnet.BuiltinEventEngine
	clean func()
}

// OnTick is called as often as it asks for.
func (t *Ticking) OnTick() (time.Duration, gnet.Action) {
	go t.clean() // silent: OnTick is not hot
	return time.Minute, gnet.None
}

func (t *Ticking) OnTraffic(gnet.Conn) gnet.Action { return gnet.None }

// Lazy connects with the first packet of all.
type Lazy struct {
	gnet.BuiltinEventEngine
	once sync.Once
	out  net.Conn
}

func (l *Lazy) OnTraffic(c gnet.Conn) gnet.Action {
	l.once.Do(func() {
		l.out, _ = net.Dial("udp", "127.0.0.1:9") // silent: once
	})
	if l.out == nil {
		return gnet.Close
	}
	_, _ = c.WriteTo(l.out)
	return gnet.None
}

// Half is no event handler.
type Half struct {
	handle func(gnet.Conn)
}

func (h *Half) OnTraffic(c gnet.Conn) gnet.Action {
	go h.handle(c) // silent: no gnet.EventHandler
	return gnet.None
}
