package logrus

import (
	"context"
	"net"
	"sync"
	"time"

	"github.com/sirupsen/logrus"
)

// Buffered has one goroutine, which its constructor starts.
type Buffered struct {
	Chat
	entries chan *logrus.Entry
}

// NewBuffered starts it.
func NewBuffered(send func(*logrus.Entry)) *Buffered {
	b := &Buffered{entries: make(chan *logrus.Entry, 100)} // silent: once
	go func() {                                            // silent: started by the constructor
		for e := range b.entries {
			send(e)
		}
	}()
	return b
}

// Fire is called for each entry.
func (b *Buffered) Fire(entry *logrus.Entry) error {
	b.entries <- entry.Dup() // silent: an entry may wait
	return nil
}

// Bounded waits for what it sends, for so long.
type Bounded struct {
	Chat
	send func(context.Context, string) error
}

// Fire is called for each entry.
func (b *Bounded) Fire(entry *logrus.Entry) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second) // silent: cancelled before the call returns
	defer cancel()
	return b.send(ctx, entry.Message)
}

// Once connects with the first entry.
type Once struct {
	Chat
	once sync.Once
	conn net.Conn
}

// Fire is called for each entry.
func (o *Once) Fire(entry *logrus.Entry) error {
	o.once.Do(func() { o.conn, _ = net.Dial("udp", "127.0.0.1:514") }) // silent: once
	_, err := o.conn.Write([]byte(entry.Message))
	return err
}

// Reconnecting connects anew when a write has failed.
type Reconnecting struct {
	Chat
	addr string
	conn net.Conn
}

// Fire is called for each entry.
func (r *Reconnecting) Fire(entry *logrus.Entry) error {
	if _, err := r.conn.Write([]byte(entry.Message)); err != nil {
		conn, err := net.Dial("tcp", r.addr) // silent: the recovery of a failed write
		if err != nil {
			return err
		}
		r.conn = conn
	}
	return nil
}

// Formatter is no hook.
type Formatter struct{ seen func(string) }

// Format is called for each entry that is written.
func (f Formatter) Format(entry *logrus.Entry) ([]byte, error) {
	go f.seen(entry.Message) // silent: no logrus.Hook
	return []byte(entry.Message), nil
}

// Levelless has no Levels.
type Levelless struct{ seen func(string) }

// Fire is called by nobody.
func (l *Levelless) Fire(entry *logrus.Entry) error {
	go l.seen(entry.Message) // silent: no logrus.Hook
	return nil
}
