// Package dep is another project's: clients, locks, spans, iterators.
package dep

import (
	"context"
	"errors"
	"net"
	"os"
	"sync"
)

// A Client has a goroutine of its own. It panics where it is closed twice.
type Client struct{ done chan struct{} }

// Dial returns a new client.
func Dial(address string) (*Client, error) {
	if address == "" {
		return nil, errors.New("no address")
	}
	c := &Client{done: make(chan struct{})}
	go func() { <-c.done }()
	return c, nil
}

// NewClient returns a new client.
func NewClient(address string) *Client {
	c := &Client{done: make(chan struct{})}
	go func() { <-c.done }()
	return c
}

// Say says it.
func (c *Client) Say(ctx context.Context, s string) (string, error) { return s, nil }

// Close ends the client; it must not be called twice.
func (c *Client) Close() error { close(c.done); return nil }

// A Value is a client that is no pointer.
type Value struct{ net.Conn }

// Open returns a value.
func Open(address string) (Value, error) {
	c, err := net.Dial("tcp", address)
	return Value{c}, err
}

// A Stopper has a Shutdown with a context.
type Stopper struct{ c *Client }

// NewStopper returns a new one.
func NewStopper(address string) *Stopper { return &Stopper{NewClient(address)} }

// Do does it.
func (s *Stopper) Do() error { return nil }

// Shutdown ends it.
func (s *Stopper) Shutdown(ctx context.Context) error { return s.c.Close() }

// A Lock is a lock file.
type Lock struct{ f *os.File }

// Acquire waits for the lock.
func Acquire(path string) (*Lock, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
	return &Lock{f}, err
}

// Release gives it back.
func (l *Lock) Release() error { return l.f.Close() }

// A Span measures what one call does.
type Span struct{ c *Client }

// StartSpan begins one.
func StartSpan(name string) *Span { return &Span{NewClient(name)} }

// Close ends it.
func (s *Span) Close() error { return s.c.Close() }

// A Tx is a transaction.
type Tx struct{ f *os.File }

// Begin begins one.
func Begin(path string) (*Tx, error) {
	f, err := os.Create(path)
	return &Tx{f}, err
}

// Commit writes it.
func (t *Tx) Commit() error { return t.f.Close() }

// Close drops it.
func (t *Tx) Close() error { return t.f.Close() }

// An Iter goes through a file.
type Iter struct {
	f *os.File
	b []byte
}

// NewIter opens one.
func NewIter(path string) *Iter { f, _ := os.Open(path); return &Iter{f: f, b: make([]byte, 1)} }

// Next goes on.
func (i *Iter) Next() bool { _, err := i.f.Read(i.b); return err == nil }

// Value is what it has read.
func (i *Iter) Value() string { return string(i.b) }

// Close ends it.
func (i *Iter) Close() error { return i.f.Close() }

// Load reads a configuration.
func Load(path string) (*os.File, error) { return os.Open(path) }

// Snapshot copies what is there now.
func Snapshot(path string) (*Iter, error) { return NewIter(path), nil }

var (
	mu   sync.Mutex
	free []*Client
)

// Get takes a client from the pool.
func Get() (*Client, error) {
	mu.Lock()
	defer mu.Unlock()
	if n := len(free); n > 0 {
		c := free[n-1]
		free = free[:n-1]
		return c, nil
	}
	return NewClient("x"), nil
}

// NewBatch collects what one call sends; Close sends it.
func NewBatch(path string) (*Batch, error) {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	return &Batch{f: f}, err
}

// A Batch collects.
type Batch struct {
	f    *os.File
	rows []string
}

// Add adds a row.
func (b *Batch) Add(s string) { b.rows = append(b.rows, s) }

// Close writes the rows.
func (b *Batch) Close() error {
	for _, s := range b.rows {
		_, _ = b.f.WriteString(s)
	}
	return b.f.Close()
}
