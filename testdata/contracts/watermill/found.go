// Package watermill holds handlers, middlewares and publishers of watermill.
package watermill

import (
	"bytes"
	"database/sql"
	"net"
	"os"
	"time"

	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill/message"
)

// Mailer has a method that a router is given.
type Mailer struct {
	send func(string)
}

// Handle is called for each message.
func (m *Mailer) Handle(msg *message.Message) error {
	go m.send(string(msg.Payload)) // want `Handle starts a goroutine on each call: .*\(emit-goroutine\)$`
	return nil
}

// Billing has a handler that answers.
type Billing struct {
	dsn  string
	open []*sql.DB
}

// Charge answers each order with a bill.
func (b *Billing) Charge(msg *message.Message) ([]*message.Message, error) {
	db, err := sql.Open("postgres", b.dsn) // want `Charge opens a resource on each call.*emit-resource`
	if err != nil {
		return nil, err
	}
	b.open = append(b.open, db)
	return message.Messages{message.NewMessage(watermill.NewUUID(), msg.Payload)}, nil
}

// Routes adds handlers of all kinds to a router.
func Routes(router *message.Router, sub message.Subscriber, pub message.Publisher, mailer *Mailer, billing *Billing, audit func([]byte)) {
	router.AddNoPublisherHandler("mail", "orders", sub, mailer.Handle)
	router.AddHandler("bill", "orders", sub, "bills", pub, billing.Charge)
	router.AddConsumerHandler("audit", "orders", sub, func(msg *message.Message) error {
		go audit(msg.Payload) // want `NoPublishHandlerFunc starts a goroutine on each call`
		return nil
	})
	router.AddHandler("split", "orders", sub, "lines", pub, func(msg *message.Message) (lines []*message.Message, err error) {
		parts := make(chan []byte) // want `HandlerFunc makes a channel on each call`
		go func() {                // want `HandlerFunc starts a goroutine on each call`
			defer close(parts)
			for line := range bytes.Lines(msg.Payload) {
				parts <- line
			}
		}()
		lines = append(lines, message.NewMessage(watermill.NewUUID(), <-parts))
		return lines, nil
	})
	router.AddNoPublisherHandler("plain", "orders", sub, store)
}

var files []*os.File

// store is a plain function.
func store(msg *message.Message) error {
	f, err := os.Create(msg.UUID) // want `store opens a resource on each call.*emit-resource`
	if err != nil {
		return err
	}
	files = append(files, f)
	_, err = f.Write(msg.Payload)
	return err
}

// Traced is a middleware.
func Traced(report func(string, time.Duration)) message.HandlerMiddleware {
	return func(h message.HandlerFunc) message.HandlerFunc {
		return func(msg *message.Message) ([]*message.Message, error) {
			start := time.Now()
			msgs, err := h(msg)
			go report(msg.UUID, time.Since(start)) // want `HandlerFunc starts a goroutine on each call`
			return msgs, err
		}
	}
}

// Guarded has its middleware as a method, for router.AddMiddleware(g.Middleware).
type Guarded struct {
	slow func(string)
}

// Middleware watches over each call by a goroutine that may outlive it.
func (g Guarded) Middleware(h message.HandlerFunc) message.HandlerFunc {
	return func(msg *message.Message) ([]*message.Message, error) {
		time.AfterFunc(time.Second, func() { g.slow(msg.UUID) }) // want `emit-(goroutine|resource)`
		return h(msg)
	}
}

// Relay is a publisher that dials for each message.
type Relay struct {
	addr  string
	conns map[string]net.Conn
}

var _ message.Publisher = (*Relay)(nil)

// Publish sends messages to a topic.
func (r *Relay) Publish(topic string, messages ...*message.Message) error {
	for _, m := range messages {
		conn, err := net.Dial("tcp", r.addr) // want `Publish opens a resource on each call: .*close it in Close.*emit-resource`
		if err != nil {
			return err
		}
		r.conns[m.UUID] = conn
	}
	return nil
}

// Close closes the publisher.
func (r *Relay) Close() error { return nil }

// Async wraps a publisher.
type Async struct {
	message.Publisher
	failed func(error)
}

// Publish does not wait.
func (a Async) Publish(topic string, messages ...*message.Message) error {
	go func() { // want `Publish starts a goroutine on each call`
		if err := a.Publisher.Publish(topic, messages...); err != nil {
			a.failed(err)
		}
	}()
	return nil
}
