package watermill

import (
	"context"
	"os"
	"sync"
	"time"

	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill/message"
	"golang.org/x/sync/errgroup"
)

// Queued hands its messages to one goroutine.
type Queued struct {
	queue chan []byte
	done  chan struct{}
}

// NewQueued starts the goroutine.
func NewQueued(send func([]byte)) *Queued {
	q := &Queued{queue: make(chan []byte, 100), done: make(chan struct{})} // silent: once
	go func() {                                                            // silent: started by the constructor
		defer close(q.done)
		for payload := range q.queue {
			send(payload)
		}
	}()
	return q
}

// Handle is called for each message.
func (q *Queued) Handle(msg *message.Message) error {
	select {
	case q.queue <- msg.Payload: // silent: a message may wait
		return nil
	case <-msg.Context().Done():
		return msg.Context().Err()
	}
}

// Enrich asks its services all at once.
type Enrich struct {
	ask []func(context.Context, []byte) ([]byte, error)
}

// Handle waits for all answers.
func (e *Enrich) Handle(msg *message.Message) ([]*message.Message, error) {
	g, ctx := errgroup.WithContext(msg.Context())
	answers := make([]*message.Message, len(e.ask))
	for i, ask := range e.ask {
		g.Go(func() error { // silent: joined
			payload, err := ask(ctx, msg.Payload)
			answers[i] = message.NewMessage(watermill.NewUUID(), payload) // silent: a message has channels of its own
			return err
		})
	}
	return answers, g.Wait()
}

// QuietRoutes has handlers that do light work.
func QuietRoutes(router *message.Router, sub message.Subscriber, pub message.Publisher, q *Queued, e *Enrich, report func(int)) {
	go report(0) // silent: once, and in no handler
	router.AddNoPublisherHandler("queue", "in", sub, q.Handle)
	router.AddHandler("enrich", "in", sub, "out", pub, e.Handle)
	seen := 0
	var once sync.Once
	router.AddConsumerHandler("count", "in", sub, func(*message.Message) error {
		once.Do(func() { go report(seen) }) // silent: once
		seen++
		return nil
	})
	router.AddConsumerHandler("append", "in", sub, func(msg *message.Message) error {
		f, err := os.OpenFile("log", os.O_APPEND|os.O_WRONLY, 0) // silent: closed before the call returns
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = f.Write(msg.Payload)
		return err
	})
}

// Timeout is watermill's own middleware, in short.
func Timeout(timeout time.Duration) message.HandlerMiddleware {
	return func(h message.HandlerFunc) message.HandlerFunc {
		return func(msg *message.Message) ([]*message.Message, error) {
			ctx, cancel := context.WithTimeout(msg.Context(), timeout) // silent: cancelled before the call returns
			defer cancel()
			msg.SetContext(ctx)
			return h(msg)
		}
	}
}

// Counted starts its goroutine with the middleware, not with the message.
func Counted(report func(int)) message.HandlerMiddleware {
	counts := make(chan int, 1) // silent: once for each middleware
	go func() {                 // silent: once for each middleware
		for n := range counts {
			report(n)
		}
	}()
	return func(h message.HandlerFunc) message.HandlerFunc {
		return func(msg *message.Message) ([]*message.Message, error) {
			counts <- len(msg.Payload)
			return h(msg)
		}
	}
}

// Batched is a publisher with a goroutine of its own.
type Batched struct {
	in   chan *message.Message
	done chan struct{}
}

var _ message.Publisher = (*Batched)(nil)

// NewBatched starts it.
func NewBatched(out message.Publisher, topic string) *Batched {
	b := &Batched{in: make(chan *message.Message), done: make(chan struct{})}
	go b.run(out, topic) // silent: ended by Close
	return b
}

func (b *Batched) run(out message.Publisher, topic string) {
	defer close(b.done)
	for m := range b.in {
		if out.Publish(topic, m) != nil {
			m.Nack()
		}
	}
}

// Publish hands the messages on.
func (b *Batched) Publish(_ string, messages ...*message.Message) error {
	for _, m := range messages {
		b.in <- m.Copy() // silent: a copy has channels of its own
	}
	return nil
}

// Close ends the goroutine.
func (b *Batched) Close() error {
	close(b.in)
	<-b.done
	return nil
}

// Unused has the signature of a handler, but is given to no router.
func Unused(msg *message.Message) error {
	go msg.Ack() // silent: a plain function
	return nil
}
