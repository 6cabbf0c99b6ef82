package sarama

import (
	"context"
	"net"
	"os"
	"sync"
	"time"

	"github.com/IBM/sarama"
	"golang.org/x/sync/errgroup"
)

// Batching has a goroutine, a ticker and a channel for each claim.
type Batching struct {
	group
	flush func([]*sarama.ConsumerMessage)
}

var _ sarama.ConsumerGroupHandler = (*Batching)(nil)

func (c *Batching) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	batches := make(chan []*sarama.ConsumerMessage, 1) // silent: once for each claim
	defer close(batches)
	go func() { // silent: once for each claim, and it ends with it
		for batch := range batches {
			c.flush(batch)
		}
	}()
	ticker := time.NewTicker(time.Second) // silent: once for each claim
	defer ticker.Stop()
	var batch []*sarama.ConsumerMessage
	for {
		select {
		case msg, ok := <-claim.Messages():
			if !ok {
				return nil
			}
			batch = append(batch, msg)
		case <-ticker.C:
			batches <- batch
			batch = nil
		case <-session.Context().Done():
			return nil
		}
	}
}

// FlushInBackground starts a goroutine each time that its ticker says so.
type FlushInBackground struct {
	group
	flush func([]*sarama.ConsumerMessage)
}

func (c *FlushInBackground) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	ticker := time.NewTicker(time.Minute) // silent: once for each claim
	defer ticker.Stop()
	var batch []*sarama.ConsumerMessage
	for {
		select {
		case msg := <-claim.Messages():
			batch = append(batch, msg)
		case <-ticker.C:
			go c.flush(batch) // silent: once a minute, and not for each message
			batch = nil
		case <-session.Context().Done():
			return nil
		}
	}
}

// Bounded has its goroutines back before the claim ends, four at a time.
type Bounded struct {
	group
	process func(context.Context, *sarama.ConsumerMessage) error
}

func (c *Bounded) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	g, ctx := errgroup.WithContext(session.Context())
	g.SetLimit(4)
	for msg := range claim.Messages() {
		g.Go(func() error { // silent: bounded, and joined below
			err := c.process(ctx, msg)
			session.MarkMessage(msg, "")
			return err
		})
	}
	return g.Wait()
}

// Semaphore bounds its goroutines by a channel, and waits for all of them.
type Semaphore struct {
	group
	process func(*sarama.ConsumerMessage)
}

func (c *Semaphore) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	sem := make(chan struct{}, 8) // silent: once for each claim
	var wg sync.WaitGroup
	defer wg.Wait()
	for msg := range claim.Messages() {
		sem <- struct{}{} // silent: a message may wait
		wg.Add(1)
		go func() { // silent: joined, and eight at a time
			defer func() {
				<-sem
				wg.Done()
			}()
			c.process(msg)
			session.MarkMessage(msg, "")
		}()
	}
	return nil
}

// Joined has its goroutines back before it marks the message.
type Joined struct {
	group
	steps []func(*sarama.ConsumerMessage)
}

func (c *Joined) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		var wg sync.WaitGroup
		for _, step := range c.steps {
			wg.Go(func() { step(msg) }) // silent: joined with each message
		}
		wg.Wait()
		session.MarkMessage(msg, "")
	}
	return nil
}

// Workers has a fixed number of goroutines, all of which receive.
type Workers struct {
	group
	process func(*sarama.ConsumerMessage)
}

func (c *Workers) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() { // silent: four for each claim
			defer wg.Done()
			for msg := range claim.Messages() {
				c.process(msg)
				session.MarkMessage(msg, "")
			}
		}()
	}
	wg.Wait()
	return nil
}

// LazyLocal connects with the first message of a claim.
type LazyLocal struct {
	group
	addr string
}

func (c *LazyLocal) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	var conn net.Conn
	for msg := range claim.Messages() {
		if conn == nil {
			var err error
			if conn, err = net.Dial("tcp", c.addr); err != nil { // silent: once for each claim
				return err
			}
		}
		if _, err := conn.Write(msg.Value); err != nil {
			return err
		}
	}
	return nil
}

// LazyOnce has a local sync.Once.
type LazyOnce struct {
	group
	report func()
}

func (c *LazyOnce) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	var first sync.Once
	for range claim.Messages() {
		first.Do(func() { go c.report() }) // silent: once for each claim
	}
	return nil
}

// LazyField connects with the first message of all.
type LazyField struct {
	group
	addr string
	mu   sync.Mutex
	conn net.Conn
}

func (c *LazyField) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		if err := c.write(msg.Value); err != nil {
			return err
		}
	}
	return nil
}

func (c *LazyField) write(value []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn == nil {
		conn, err := net.Dial("tcp", c.addr) // silent: once
		if err != nil {
			return err
		}
		c.conn = conn
	}
	_, err := c.conn.Write(value)
	return err
}

// PerTopic keeps a queue for each topic it meets.
type PerTopic struct {
	group
	consume func(string, <-chan []byte)
}

func (c *PerTopic) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	queues := make(map[string]chan []byte)
	defer func() {
		for _, q := range queues {
			close(q)
		}
	}()
	for msg := range claim.Messages() {
		q, ok := queues[msg.Topic]
		if !ok {
			q = make(chan []byte, 16) // silent: once for each key
			queues[msg.Topic] = q
			go c.consume(msg.Topic, q) // silent: once for each key
		}
		q <- msg.Value
		session.MarkMessage(msg, "")
	}
	return nil
}

// Closes opens and closes with each message.
type Closes struct {
	group
	dir string
}

func (c *Closes) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		if err := c.store(msg); err != nil {
			return err
		}
	}
	return nil
}

func (c *Closes) store(msg *sarama.ConsumerMessage) error {
	f, err := os.CreateTemp(c.dir, "message") // silent: closed before the next message
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(msg.Value)
	return err
}

// Retry waits between two attempts.
type Retry struct {
	group
	process func(*sarama.ConsumerMessage) error
}

func (c *Retry) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		for c.process(msg) != nil {
			select {
			case <-time.After(time.Second): // silent: a message may wait
			case <-session.Context().Done():
				return nil
			}
		}
	}
	return nil
}

// AroundTheLoop works before and behind its loop.
type AroundTheLoop struct {
	group
	report func(int)
}

func (c *AroundTheLoop) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	go c.report(0) // silent: once for each claim
	n := 0
	for range claim.Messages() {
		n++
	}
	go c.report(n) // silent: once for each claim
	return nil
}

// OtherChannel has a loop over something else.
type OtherChannel struct {
	group
	errs  <-chan error
	alert func(error)
}

func (c *OtherChannel) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for err := range c.errs {
		go c.alert(err) // silent: no loop over the messages
	}
	for range claim.Messages() {
	}
	return nil
}

// inbox has a method of the same name.
type inbox struct{ letters chan string }

func (i inbox) Messages() <-chan string { return i.letters }

// OtherMessages has a loop over another type's Messages.
type OtherMessages struct {
	group
	inbox
	answer func(string)
}

func (c *OtherMessages) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for range claim.Messages() {
	}
	for letter := range c.Messages() {
		go c.answer(letter) // silent: these are no messages of the claim
	}
	return nil
}

// Shadowed has another channel by the name of the first.
type Shadowed struct {
	group
	errs  chan error
	alert func(error)
}

func (c *Shadowed) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	messages := claim.Messages()
	for range messages {
	}
	{
		messages := c.errs
		for err := range messages {
			go c.alert(err) // silent: another channel
		}
	}
	return nil
}

// Session starts one goroutine with each session.
type Session struct {
	stop   chan struct{}
	report func(string)
	seen   chan string
}

// Setup comes before the first ConsumeClaim.
func (c *Session) Setup(sarama.ConsumerGroupSession) error {
	c.stop = make(chan struct{}) // silent: once for each session
	c.seen = make(chan string)
	go c.run() // silent: ended by Cleanup
	return nil
}

func (c *Session) run() {
	for {
		select {
		case topic := <-c.seen:
			c.report(topic)
		case <-c.stop:
			return
		}
	}
}

// Cleanup comes when all ConsumeClaim have returned.
func (c *Session) Cleanup(sarama.ConsumerGroupSession) error {
	close(c.stop)
	return nil
}

func (c *Session) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		select {
		case c.seen <- msg.Topic:
		case <-session.Context().Done():
			return nil
		}
	}
	return nil
}

// First takes one message and no more.
type First struct {
	group
	process func(*sarama.ConsumerMessage)
}

func (c *First) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	msg := <-claim.Messages()
	go c.process(msg) // silent: no loop
	return nil
}

// NoCleanup is no consumer: it has no Cleanup.
type NoCleanup struct {
	process func(*sarama.ConsumerMessage)
}

func (c *NoCleanup) Setup(sarama.ConsumerGroupSession) error { return nil }

func (c *NoCleanup) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		go c.process(msg) // silent: no ConsumerGroupHandler
	}
	return nil
}
