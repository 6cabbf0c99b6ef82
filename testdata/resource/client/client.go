// Package client is a user's client library: its constructors open what Close
// releases.
package client

import (
	"net"
	"os"
	"sync"
)

// Client talks to a server.
type Client struct {
	conn net.Conn
	done chan struct{}
}

// Dial connects to addr.
func Dial(addr string) (*Client, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &Client{conn: conn, done: make(chan struct{})}, nil
}

// New returns a client with a flusher running.
func New() *Client {
	c := &Client{done: make(chan struct{})}
	go c.flush()
	return c
}

func (c *Client) flush() {
	<-c.done
}

// Wrap returns a client on a connection that is the caller's. It opens nothing.
func Wrap(conn net.Conn) *Client {
	return &Client{conn: conn}
}

// Send sends b.
func (c *Client) Send(b []byte) error {
	if c.conn == nil {
		return net.ErrClosed
	}
	_, err := c.conn.Write(b)
	return err
}

// Close ends the client.
func (c *Client) Close() error {
	if c.done != nil {
		close(c.done)
	}
	if c.conn == nil {
		return nil
	}
	return c.conn.Close()
}

var shared struct {
	sync.Once
	c *Client
}

// Default returns the one client of the process.
func Default() *Client {
	shared.Do(func() { shared.c = New() })
	return shared.c
}

// Log is a log file.
type Log struct {
	f *os.File
}

// OpenLog opens the log file at path.
func OpenLog(path string) (*Log, error) {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	return &Log{f}, nil
}

// Append appends line.
func (l *Log) Append(line string) error {
	_, err := l.f.WriteString(line)
	return err
}

// Close closes the file.
func (l *Log) Close() error { return l.f.Close() }

// Size opens the file at path and closes it again.
func Size(path string) (int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	fi, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return fi.Size(), nil
}
