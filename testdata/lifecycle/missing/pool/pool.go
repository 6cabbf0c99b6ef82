// Package pool is a dependency whose values have to be closed.
package pool

import "net"

// A Pool works in a goroutine until it is closed.
type Pool struct{ tasks chan func() }

// New starts a pool.
func New() *Pool {
	p := &Pool{tasks: make(chan func())}
	go p.run()
	return p
}

func (p *Pool) run() {
	for f := range p.tasks {
		f()
	}
}

// Do runs f.
func (p *Pool) Do(f func()) { p.tasks <- f }

// Close ends the pool.
func (p *Pool) Close() { close(p.tasks) }

// A Config is plain data, though it has a Close.
type Config struct{ Name string }

// NewConfig opens nothing.
func NewConfig() *Config { return &Config{Name: "x"} }

// Close does nothing.
func (*Config) Close() error { return nil }

// Dial opens a connection.
func Dial(addr string) (net.Conn, error) { return net.Dial("tcp", addr) }

// Forward takes a connection over.
func Forward(c net.Conn) {}

// Registry closes what is registered.
type Registry struct{}

// OnStop registers a function.
func (*Registry) OnStop(func() error) {}
