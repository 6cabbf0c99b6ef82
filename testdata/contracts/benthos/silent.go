package benthos

import (
	"bytes"
	"context"
	"database/sql"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/redpanda-data/benthos/v4/public/service"
)

// Background has its goroutine from its constructor.
type Background struct {
	work chan *service.Message
	done chan struct{}
}

var _ service.Processor = (*Background)(nil)

func newBackground(index func(*service.Message)) *Background {
	b := &Background{work: make(chan *service.Message, 64), done: make(chan struct{})}
	go func() { // silent: started by the constructor, ended by Close
		defer close(b.done)
		for m := range b.work {
			index(m)
		}
	}()
	return b
}

var _ = newBackground

func (b *Background) Process(ctx context.Context, m *service.Message) (service.MessageBatch, error) {
	select {
	case b.work <- m.Copy(): // silent: the context ends the wait
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return service.MessageBatch{m}, nil
}

// Close ends the goroutine.
func (b *Background) Close(context.Context) error {
	close(b.work)
	<-b.done
	return nil
}

// ParallelBatch works on the messages of a batch at once.
type ParallelBatch struct {
	closer
	parse func(*service.Message) error
}

var _ service.BatchProcessor = (*ParallelBatch)(nil)

func (p *ParallelBatch) ProcessBatch(_ context.Context, batch service.MessageBatch) ([]service.MessageBatch, error) {
	errs := make(chan error, len(batch)) // silent: serves joined goroutines
	var wg sync.WaitGroup
	for _, m := range batch {
		wg.Add(1)
		go func() { // silent: joined, and a batch allows for it
			defer wg.Done()
			errs <- p.parse(m)
		}()
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return []service.MessageBatch{batch}, nil
}

// Polling is an input that reads ahead in one goroutine per connection.
type Polling struct {
	messages chan *service.Message
	cancel   context.CancelFunc
	poll     func() *service.Message
}

var _ service.Input = &Polling{}

// Connect is called again when the connection was lost.
func (i *Polling) Connect(context.Context) error {
	ctx, cancel := context.WithCancel(context.Background())
	i.cancel = cancel
	i.messages = make(chan *service.Message, 8) // silent: made once for a connection
	go i.run(ctx)                               // silent: started by Connect, ended by Close
	return nil
}

func (i *Polling) run(ctx context.Context) {
	for {
		select {
		case i.messages <- i.poll():
		case <-ctx.Done():
			return
		}
	}
}

func (i *Polling) Read(ctx context.Context) (*service.Message, service.AckFunc, error) {
	select {
	case m := <-i.messages:
		return m, func(context.Context, error) error { return nil }, nil // silent: the acknowledgement that Read must return
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
}

// Close ends the goroutine.
func (i *Polling) Close(context.Context) error {
	if i.cancel != nil {
		i.cancel()
	}
	return nil
}

// Acking returns an acknowledgement that knows its batch.
type Acking struct {
	connector
	next func() service.MessageBatch
	ack  func(int)
}

var _ service.BatchInput = (*Acking)(nil)

func (i *Acking) ReadBatch(context.Context) (service.MessageBatch, service.AckFunc, error) {
	batch := i.next()
	ack := func(_ context.Context, err error) error {
		go i.ack(len(batch)) // silent: it runs when the batch is acknowledged, not in ReadBatch
		return err
	}
	return batch, ack, nil // silent: the acknowledgement that ReadBatch must return
}

// Posting has a cheap client for each message.
type Posting struct {
	connector
	url string
}

var _ service.Output = &Posting{}

func (o *Posting) Write(ctx context.Context, m *service.Message) error {
	raw, err := m.AsBytes()
	if err != nil {
		return err
	}
	client := &http.Client{Timeout: time.Second} // silent: it shares the default transport
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, o.url, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

// Inserting opens its database for each batch, and closes it.
type Inserting struct {
	connector
	dsn string
}

var _ service.BatchOutput = (*Inserting)(nil)

func (o *Inserting) WriteBatch(ctx context.Context, batch service.MessageBatch) error {
	db, err := sql.Open("postgres", o.dsn) // silent: closed before the call returns
	if err != nil {
		return err
	}
	defer db.Close()
	for _, m := range batch {
		raw, err := m.AsBytes()
		if err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO t VALUES ($1)", raw); err != nil {
			return err
		}
	}
	return nil
}

// Redialling connects again when a write fails.
type Redialling struct {
	addr string
	conn net.Conn
}

var _ service.Output = (*Redialling)(nil)

func (o *Redialling) Connect(ctx context.Context) error {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", o.addr) // silent: Connect is the start
	if err != nil {
		return err
	}
	o.conn = conn
	return nil
}

func (o *Redialling) Write(ctx context.Context, m *service.Message) error {
	raw, err := m.AsBytes()
	if err != nil {
		return err
	}
	if _, err = o.conn.Write(raw); err != nil {
		return o.Connect(ctx) // silent: the recovery of a failed write
	}
	return nil
}

// Close closes the connection.
func (o *Redialling) Close(context.Context) error {
	if o.conn == nil {
		return nil
	}
	return o.conn.Close()
}

// File is an io.WriteCloser, and no output.
type File struct {
	sync func()
}

func (f *File) Write(p []byte) (int, error) {
	go f.sync() // silent: an io.Writer
	return len(p), nil
}

func (f *File) Read([]byte) (int, error) {
	go f.sync() // silent: an io.Reader
	return 0, nil
}

func (f *File) Close() error { return nil }

// NoClose processes messages, but is no processor: it has no Close.
type NoClose struct {
	audit func(*service.Message)
}

func (p *NoClose) Process(_ context.Context, m *service.Message) (service.MessageBatch, error) {
	go p.audit(m) // silent: no service.Processor
	return nil, nil
}

// NoConnect reads and writes batches, and is neither input nor output.
type NoConnect struct {
	closer
	audit func()
}

func (p *NoConnect) ReadBatch(context.Context) (service.MessageBatch, service.AckFunc, error) {
	go p.audit() // silent: no service.BatchInput
	return nil, noAck, nil
}

func (p *NoConnect) WriteBatch(context.Context, service.MessageBatch) error {
	go p.audit() // silent: no service.BatchOutput
	return nil
}
