// Package sarama holds consumers of Kafka's consumer groups. ConsumeClaim is
// called once for each claim: what is hot is its loop over the messages.
package sarama

import (
	"context"
	"net"
	"net/http"
	"os"

	"github.com/IBM/sarama"
)

// group has what a ConsumerGroupHandler needs beside ConsumeClaim.
type group struct{}

func (group) Setup(sarama.ConsumerGroupSession) error   { return nil }
func (group) Cleanup(sarama.ConsumerGroupSession) error { return nil }

// SpawnsPerMessage is the plainest form.
type SpawnsPerMessage struct {
	process func(*sarama.ConsumerMessage)
}

var _ sarama.ConsumerGroupHandler = (*SpawnsPerMessage)(nil)

// Setup is run at the beginning of a new session.
func (*SpawnsPerMessage) Setup(sarama.ConsumerGroupSession) error { return nil }

// Cleanup is run at the end of a session.
func (*SpawnsPerMessage) Cleanup(sarama.ConsumerGroupSession) error { return nil }

// ConsumeClaim must start a consumer loop.
func (c *SpawnsPerMessage) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		go c.process(msg) // want `ConsumeClaim starts a goroutine on each message: .*start it in Setup and stop it in Cleanup.* \(emit-goroutine\)$`
		session.MarkMessage(msg, "")
	}
	return nil
}

// Selecting is sarama's own example, with a goroutine.
type Selecting struct {
	group
	process func(*sarama.ConsumerMessage)
}

func (c *Selecting) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for {
		select {
		case message, ok := <-claim.Messages():
			if !ok {
				return nil
			}
			go func() { // want `ConsumeClaim starts a goroutine on each message: `
				c.process(message)
				session.MarkMessage(message, "")
			}()
		case <-session.Context().Done():
			return nil
		}
	}
}

// SelectingMore has a third case, which makes the message's no rarer.
type SelectingMore struct {
	group
	refresh <-chan string
	process func(context.Context, *sarama.ConsumerMessage)
}

func (c SelectingMore) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	prefix := ""
	for {
		select {
		case prefix = <-c.refresh:
		case message := <-claim.Messages():
			message.Topic = prefix + message.Topic
			go c.process(session.Context(), message) // want `on each message: .*emit-goroutine`
		case <-session.Context().Done():
			return session.Context().Err()
		}
	}
}

// AfterSelect works on its message behind the select that receives it.
type AfterSelect struct {
	group
	process func(*sarama.ConsumerMessage)
}

func (c *AfterSelect) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for {
		var message *sarama.ConsumerMessage
		select {
		case m, ok := <-claim.Messages():
			if !ok {
				return nil
			}
			message = m
		case <-session.Context().Done():
			return nil
		}
		done := make(chan struct{}) // want `emit-channel`
		go func() {                 // want `on each message: .*emit-goroutine`
			defer close(done)
			c.process(message)
		}()
		session.MarkMessage(message, "")
	}
}

// Variable keeps the channel in a variable, and receives by hand.
type Variable struct {
	group
	process func(*sarama.ConsumerMessage)
}

func (c *Variable) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	messages := claim.Messages()
	for {
		msg, ok := <-messages
		if !ok {
			return nil
		}
		go c.process(msg) // want `on each message: .*emit-goroutine`
	}
}

// Declared has its channel in a declaration, with a type.
type Declared struct {
	group
	process func(*sarama.ConsumerMessage)
}

func (c *Declared) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	var messages <-chan *sarama.ConsumerMessage = claim.Messages()
	for msg := <-messages; msg != nil; msg = <-messages {
		go c.process(msg) // want `message.*emit-goroutine`
	}
	return nil
}

// MethodValue calls the claim's method by a name of its own.
type MethodValue struct {
	group
	process func(*sarama.ConsumerMessage)
}

func (c *MethodValue) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	next := claim.Messages
	for msg := range next() {
		go c.process(msg) // want `on each message: .*emit-goroutine`
	}
	return nil
}

// HandsOn gives the claim to a method of its own.
type HandsOn struct {
	group
	dead   map[int64]chan error
	handle http.Handler
}

func (c *HandsOn) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	return c.consume(session.Context(), claim)
}

func (c *HandsOn) consume(ctx context.Context, claim sarama.ConsumerGroupClaim) error {
	for {
		select {
		case msg := <-claim.Messages():
			if msg == nil {
				return nil
			}
			c.dead[msg.Offset] = make(chan error, 1) // want `consume makes a channel on each message.*emit-channel`
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// HandsOnChannel gives the channel to a generic function, in a goroutine.
type HandsOnChannel struct {
	group
	process func(*sarama.ConsumerMessage)
}

func (c *HandsOnChannel) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		drain(claim.Messages(), c.process)
	}()
	select {
	case <-finished:
	case <-session.Context().Done():
	}
	return nil
}

func drain[T any](from <-chan T, do func(T)) {
	for x := range from {
		go do(x) // want `drain starts a goroutine on each message: .*emit-goroutine`
	}
}

// InGoroutine has its loop in a goroutine of its own.
type InGoroutine struct {
	group
	process func(*sarama.ConsumerMessage)
}

func (c *InGoroutine) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	go func() {
		for msg := range claim.Messages() {
			go c.process(msg) // want `on each message: .*emit-goroutine`
		}
	}()
	<-session.Context().Done()
	return nil
}

// Deep dials two functions away from its loop.
type Deep struct {
	group
	addr  string
	conns []net.Conn
}

func (c *Deep) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		if err := c.forward(msg); err != nil { // want `ConsumeClaim opens a resource on each message: \(\*Deep\)\.ConsumeClaim → \(\*Deep\)\.forward → \(\*Deep\)\.dial .*emit-resource`
			return err
		}
		session.MarkMessage(msg, "")
	}
	return nil
}

func (c *Deep) forward(msg *sarama.ConsumerMessage) error {
	conn, err := c.dial()
	if err != nil {
		return err
	}
	_, err = conn.Write(msg.Value)
	return err
}

func (c *Deep) dial() (net.Conn, error) {
	conn, err := net.Dial("tcp", c.addr)
	if err == nil {
		c.conns = append(c.conns, conn)
	}
	return conn, err
}

// ProducerPerMessage makes sarama's own producer anew for each message.
type ProducerPerMessage struct {
	group
	brokers []string
	config  *sarama.Config
}

func (c *ProducerPerMessage) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		producer, err := sarama.NewAsyncProducer(c.brokers, c.config) // want `on each message.*emit-resource`
		if err != nil {
			return err
		}
		producer.Input() <- &sarama.ProducerMessage{Topic: "copy", Value: sarama.ByteEncoder(msg.Value)}
	}
	return nil
}

// Sometimes opens a file for large messages, after it has skipped the empty ones.
type Sometimes struct {
	group
	files []*os.File
}

func (c *Sometimes) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		if len(msg.Value) > 1<<20 {
			f, err := os.Create(string(msg.Key)) // want `opens a resource on some messages.*emit-resource`
			if err != nil {
				return err
			}
			c.files = append(c.files, f)
		}
	}
	return nil
}

// Nested goes through what a message holds.
type Nested struct {
	group
	process func([]byte)
	split   func(*sarama.ConsumerMessage) [][]byte
}

func (c *Nested) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		for _, part := range c.split(msg) {
			go c.process(part) // want `on each message: .*emit-goroutine`
		}
	}
	return nil
}

// tracked is a claim that counts.
type tracked struct {
	sarama.ConsumerGroupClaim
	n int
}

// Embedded wraps its claim.
type Embedded struct {
	group
	process func(*sarama.ConsumerMessage)
}

func (c *Embedded) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	t := &tracked{ConsumerGroupClaim: claim}
	return c.follow(t)
}

func (c *Embedded) follow(t *tracked) error {
	for msg := range t.Messages() {
		t.n++
		go c.process(msg) // want `on each message: .*emit-goroutine`
	}
	return nil
}

// FieldOf keeps the channel in a struct, whose method has the loop.
type FieldOf struct {
	group
	process func(*sarama.ConsumerMessage)
}

type worker struct {
	in      <-chan *sarama.ConsumerMessage
	process func(*sarama.ConsumerMessage)
}

func (c *FieldOf) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	w := worker{in: claim.Messages(), process: c.process}
	w.run()
	return nil
}

func (w *worker) run() {
	for msg := range w.in {
		go w.process(msg) // want `run starts a goroutine on each message: .*emit-goroutine`
	}
}

// Recursive calls itself until its claim is used up.
type Recursive struct {
	group
	process func(*sarama.ConsumerMessage)
}

func (c *Recursive) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		go c.process(msg) // want `on each message: .*emit-goroutine`
		if msg.Offset < 0 {
			return c.ConsumeClaim(session, claim)
		}
	}
	return nil
}

// ByValue is generic, and bound by its methods alone.
type ByValue[K comparable] struct {
	group
	byKey map[K]chan []byte
	key   func([]byte) K
}

func (c ByValue[K]) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		reply := make(chan []byte, 1) // want `on each message.*emit-channel`
		c.byKey[c.key(msg.Key)] = reply
	}
	return nil
}
