package otellog

import (
	"context"
	"net"
	"sync"

	"go.opentelemetry.io/otel/sdk/log"
)

// Batching has one goroutine, which its constructor starts.
type Batching struct {
	lifecycle
	queue chan log.Record
	stop  chan struct{}
	done  chan struct{}
}

var _ log.Processor = (*Batching)(nil)

// NewBatching starts the goroutine that exports.
func NewBatching(export func([]log.Record)) *Batching {
	b := &Batching{
		queue: make(chan log.Record, 512),
		stop:  make(chan struct{}),
		done:  make(chan struct{}),
	}
	go b.run(export) // silent: started by the constructor, ended by Shutdown
	return b
}

func (b *Batching) run(export func([]log.Record)) {
	defer close(b.done)
	var batch []log.Record
	for {
		select {
		case r := <-b.queue:
			if batch = append(batch, r); len(batch) == cap(batch) {
				export(batch)
				batch = nil
			}
		case <-b.stop:
			export(batch)
			return
		}
	}
}

func (b *Batching) OnEmit(_ context.Context, record *log.Record) error {
	select {
	case b.queue <- record.Clone(): // silent: it drops rather than waits
	default:
	}
	return nil
}

// Shutdown ends the goroutine and waits for it.
func (b *Batching) Shutdown(ctx context.Context) error {
	close(b.stop)
	select {
	case <-b.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// JoinedFanout has every goroutine back before it returns.
type JoinedFanout struct {
	lifecycle
	to []Exporter
}

func (f *JoinedFanout) OnEmit(_ context.Context, record *log.Record) error {
	var wg sync.WaitGroup
	for _, e := range f.to {
		r := record.Clone()
		wg.Go(func() { e.Export(r) }) // silent: joined, and a record allows for it
	}
	wg.Wait()
	return nil
}

// AsksWorker makes a channel for the answer.
type AsksWorker struct {
	lifecycle
	asks chan ask
}

type ask struct {
	record log.Record
	answer chan error
}

func (p *AsksWorker) OnEmit(ctx context.Context, record *log.Record) error {
	answer := make(chan error, 1) // silent: a reply channel is over with the call
	select {
	case p.asks <- ask{record.Clone(), answer}:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// NoShutdown has OnEmit with a processor's signature, but not its other methods.
type NoShutdown struct {
	sink func(log.Record)
}

func (p *NoShutdown) OnEmit(_ context.Context, record *log.Record) error {
	go p.sink(record.Clone()) // silent: no log.Processor
	return nil
}

// ByValue takes its record by value, so it is no processor either.
type ByValue struct {
	lifecycle
	sink func(log.Record)
}

func (p *ByValue) OnEmit(_ context.Context, record log.Record) error {
	go p.sink(record) // silent: another signature
	return nil
}

// FlushSpawns starts goroutines where that is rare.
type FlushSpawns struct {
	lifecycle
	pending []log.Record
	sink    func(log.Record)
}

func (p *FlushSpawns) OnEmit(_ context.Context, record *log.Record) error {
	p.pending = append(p.pending, record.Clone())
	return nil
}

// ForceFlush is not hot.
func (p *FlushSpawns) ForceFlush(context.Context) error {
	for _, r := range p.pending {
		go p.sink(r) // silent: ForceFlush is not hot
	}
	p.pending = nil
	return nil
}

// Reconnects dials again when the peer is gone.
type Reconnects struct {
	lifecycle
	addr string
	conn net.Conn
}

func (p *Reconnects) OnEmit(_ context.Context, record *log.Record) error {
	if _, err := p.conn.Write([]byte(record.Body().String())); err != nil {
		conn, err := net.Dial("tcp", p.addr) // silent: the recovery of a failed write
		if err != nil {
			return err
		}
		p.conn.Close()
		p.conn = conn
	}
	return nil
}

// Lazy connects with the first record.
type Lazy struct {
	lifecycle
	addr string
	conn net.Conn
}

func (p *Lazy) OnEmit(_ context.Context, record *log.Record) error {
	if p.conn == nil {
		conn, err := net.Dial("tcp", p.addr) // silent: lazy-start is off
		if err != nil {
			return err
		}
		p.conn = conn
	}
	_, err := p.conn.Write([]byte(record.Body().String()))
	return err
}

// Shutdown closes the connection, if there was a record.
func (p *Lazy) Shutdown(context.Context) error {
	if p.conn == nil {
		return nil
	}
	return p.conn.Close()
}

// Accepted spawns with its author's reason given.
type Accepted struct {
	lifecycle
	audit func()
}

func (p *Accepted) OnEmit(context.Context, *log.Record) error {
	//emitcheck:ignore emit-goroutine audit records are a few a day
	go p.audit() // silent: suppressed
	return nil
}
