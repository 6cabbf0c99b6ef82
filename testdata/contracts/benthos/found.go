// Package benthos holds components of Redpanda Connect's public API.
package benthos

import (
	"context"
	"net"
	"net/http"
	"os"
	"sync"

	"github.com/redpanda-data/benthos/v4/public/service"
)

// closer is a Close that has nothing to do.
type closer struct{}

func (closer) Close(context.Context) error { return nil }

// connector is a Connect that has nothing to do either.
type connector struct{ closer }

func (connector) Connect(context.Context) error { return nil }

// SpawnsInProcess starts a goroutine for each message.
type SpawnsInProcess struct {
	audit func(*service.Message)
}

var _ service.Processor = (*SpawnsInProcess)(nil)

func (p *SpawnsInProcess) Process(_ context.Context, m *service.Message) (service.MessageBatch, error) {
	go p.audit(m.Copy()) // want `Process starts a goroutine on each call: .*Close.*\(emit-goroutine\)$`
	return service.MessageBatch{m}, nil
}

func (*SpawnsInProcess) Close(context.Context) error { return nil }

// Mapper is generic, and names no interface.
type Mapper[T any] struct {
	closer
	parse func([]byte) (T, error)
	out   []chan T
}

func (p *Mapper[T]) Process(_ context.Context, m *service.Message) (service.MessageBatch, error) {
	raw, err := m.AsBytes()
	if err != nil {
		return nil, err
	}
	v, err := p.parse(raw)
	if err != nil {
		return nil, err
	}
	ch := make(chan T, 1) // want `emit-channel`
	ch <- v
	p.out = append(p.out, ch)
	return nil, nil
}

// SpawnsInBatch starts one for each batch.
type SpawnsInBatch struct {
	closer
	wg    sync.WaitGroup
	index func(service.MessageBatch)
}

var _ service.BatchProcessor = &SpawnsInBatch{}

func (p *SpawnsInBatch) ProcessBatch(_ context.Context, batch service.MessageBatch) ([]service.MessageBatch, error) {
	p.wg.Go(func() { p.index(batch.Copy()) }) // want `ProcessBatch starts a goroutine on each call`
	return []service.MessageBatch{batch}, nil
}

// LargeBatches keeps a file for each large batch.
type LargeBatches struct {
	closer
	files []*os.File
}

func (p *LargeBatches) ProcessBatch(_ context.Context, batch service.MessageBatch) ([]service.MessageBatch, error) {
	if len(batch) > 1000 {
		f, err := os.CreateTemp("", "batch") // want `on some calls.*emit-resource`
		if err != nil {
			return nil, err
		}
		p.files = append(p.files, f)
	}
	return []service.MessageBatch{batch}, nil
}

// ReadSpawns reads ahead in a new goroutine for each message.
type ReadSpawns struct {
	messages chan *service.Message
	fetch    func() *service.Message
}

var _ service.Input = (*ReadSpawns)(nil)

func (i *ReadSpawns) Connect(context.Context) error {
	i.messages = make(chan *service.Message, 8)
	return nil
}

func (i *ReadSpawns) Read(ctx context.Context) (*service.Message, service.AckFunc, error) {
	i.ahead() // want `\(\*ReadSpawns\)\.Read → \(\*ReadSpawns\)\.ahead .*start it in Connect and stop it in Close.* \(emit-goroutine\)$`
	select {
	case m := <-i.messages:
		return m, noAck, nil
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
}

func (i *ReadSpawns) ahead() {
	go func() { i.messages <- i.fetch() }()
}

func (i *ReadSpawns) Close(context.Context) error { return nil }

func noAck(context.Context, error) error { return nil }

// ReadBatchDials has a connection for each batch.
type ReadBatchDials struct {
	connector
	addr  string
	conns []net.Conn
}

func (i *ReadBatchDials) ReadBatch(context.Context) (service.MessageBatch, service.AckFunc, error) {
	conn, err := net.Dial("tcp", i.addr) // want `ReadBatch opens a resource on each call`
	if err != nil {
		return nil, nil, service.ErrNotConnected
	}
	i.conns = append(i.conns, conn)
	return nil, noAck, nil
}

// WriteSpawns answers before it has written.
type WriteSpawns struct {
	connector
	post func(*service.Message)
}

var _ service.Output = (*WriteSpawns)(nil)

func (o *WriteSpawns) Write(_ context.Context, m *service.Message) error {
	post := o.post
	go post(m) // want `Write starts a goroutine on each call`
	return nil
}

// WriteTransports has a pool of connections for each message, and so none.
type WriteTransports struct {
	connector
	url string
}

func (o *WriteTransports) Write(ctx context.Context, m *service.Message) error {
	transport := &http.Transport{MaxIdleConns: 10} // want `emit-resource`
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, o.url, nil)
	if err != nil {
		return err
	}
	res, err := transport.RoundTrip(req)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

// WriteBatchSpawns starts a goroutine for each message of each batch.
type WriteBatchSpawns struct {
	connector
	post func(*service.Message)
}

var _ service.BatchOutput = &WriteBatchSpawns{}

func (o *WriteBatchSpawns) WriteBatch(_ context.Context, batch service.MessageBatch) error {
	for _, m := range batch {
		go o.post(m) // want `WriteBatch starts a goroutine on each call`
	}
	return nil
}

// outbox is an output but for its hot method.
type outbox struct {
	connector
	acks []chan error
}

func (o *outbox) WriteBatch(context.Context, service.MessageBatch) error {
	o.acks = append(o.acks, make(chan error, 1)) // want `emit-channel`
	return nil
}

// Outbox promotes it.
type Outbox struct {
	outbox
}
