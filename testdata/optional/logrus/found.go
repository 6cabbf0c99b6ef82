// Package logrus holds hooks of logrus, which are asked for.
package logrus

import (
	"net"
	"net/http"

	"github.com/sirupsen/logrus"
)

// Chat posts its entries to a chat, as many hooks do.
type Chat struct {
	URL    string
	client *http.Client
}

var _ logrus.Hook = (*Chat)(nil)

// Levels says for which entries it is fired.
func (c *Chat) Levels() []logrus.Level { return logrus.AllLevels }

// Fire is called for each entry.
func (c *Chat) Fire(entry *logrus.Entry) error {
	text, err := entry.String()
	if err != nil {
		return err
	}
	go c.post(text) // want `Fire starts a goroutine on each call: .*\(emit-goroutine\)$`
	return nil
}

func (c *Chat) post(string) {}

// UDP dials for each entry.
type UDP struct {
	*Chat
	addr string
	last net.Conn
}

// Fire is called for each entry.
func (u UDP) Fire(entry *logrus.Entry) error {
	conn, err := net.Dial("udp", u.addr) // want `Fire opens a resource on each call.*emit-resource`
	if err != nil {
		return err
	}
	entry.Logger.Out = conn
	return nil
}

// Acked has a channel for each entry.
type Acked struct {
	Chat
	acks map[string]chan error
}

// Fire is called for each entry.
func (a *Acked) Fire(entry *logrus.Entry) error {
	a.acks[entry.Message] = make(chan error, 1) // want `Fire makes a channel on each call`
	return nil
}
