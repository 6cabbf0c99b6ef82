// Package otellog holds log processors of OpenTelemetry's SDK.
package otellog

import (
	"context"
	"net"

	logapi "go.opentelemetry.io/otel/log"
	"go.opentelemetry.io/otel/sdk/log"

	"corpus/contracts/otellog/relay"
)

// lifecycle is the part of a processor that most of these have in common.
type lifecycle struct{}

func (lifecycle) Enabled(context.Context, log.EnabledParameters) bool { return true }
func (lifecycle) Shutdown(context.Context) error                      { return nil }
func (lifecycle) ForceFlush(context.Context) error                    { return nil }

// SpawnsPerRecord exports each record in a goroutine of its own.
type SpawnsPerRecord struct {
	sink func(log.Record)
}

var _ log.Processor = (*SpawnsPerRecord)(nil)

func (p *SpawnsPerRecord) OnEmit(_ context.Context, record *log.Record) error {
	go p.sink(record.Clone()) // want `OnEmit starts a goroutine on each call: .*Shutdown.*\(emit-goroutine\)$`
	return nil
}

func (p *SpawnsPerRecord) Enabled(context.Context, log.EnabledParameters) bool { return true }
func (p *SpawnsPerRecord) Shutdown(context.Context) error                      { return nil }
func (p *SpawnsPerRecord) ForceFlush(context.Context) error                    { return nil }

// QueuePerRecord has no line that names the interface, and embeds the rest of
// its methods.
type QueuePerRecord struct {
	lifecycle
	queues []chan log.Record
}

func (p *QueuePerRecord) OnEmit(_ context.Context, record *log.Record) error {
	q := make(chan log.Record, 1) // want `emit-channel`
	q <- record.Clone()
	p.queues = append(p.queues, q)
	return nil
}

// DialsInEnabled asks a remote side whether to log at all.
type DialsInEnabled struct {
	lifecycle
	addr string
	conn net.Conn
}

func (p *DialsInEnabled) Enabled(context.Context, log.EnabledParameters) bool {
	conn, err := net.Dial("tcp", p.addr) // want `Enabled opens a resource on each call.*\(emit-resource\)$`
	if err != nil {
		return false
	}
	p.conn = conn
	return true
}

func (p *DialsInEnabled) OnEmit(context.Context, *log.Record) error { return nil }

// SpawnsInHelper reaches its go statement through two methods.
type SpawnsInHelper struct {
	lifecycle
	sink func(log.Record)
}

var _ log.Processor = &SpawnsInHelper{}

func (p *SpawnsInHelper) OnEmit(_ context.Context, record *log.Record) error {
	return p.enqueue(record.Clone()) // want `\(\*SpawnsInHelper\)\.OnEmit → \(\*SpawnsInHelper\)\.enqueue → .*forward`
}

func (p *SpawnsInHelper) enqueue(r log.Record) error {
	forward(p.sink, r)
	return nil
}

func forward[T any](to func(T), v T) {
	go to(v)
}

// AlertsOnErrors starts a goroutine for the worse records.
type AlertsOnErrors struct {
	lifecycle
	alert func(string)
}

func (p *AlertsOnErrors) OnEmit(_ context.Context, record *log.Record) error {
	if record.Severity() >= logapi.SeverityError {
		go p.alert(record.Body().String()) // want `on some calls.*emit-goroutine`
	}
	return nil
}

// An Exporter takes records.
type Exporter interface {
	Export(log.Record)
}

// Fanout is a generic processor with a value receiver.
type Fanout[E Exporter] struct {
	lifecycle
	To []E
}

func (f Fanout[E]) OnEmit(_ context.Context, record *log.Record) error {
	for _, e := range f.To {
		go e.Export(record.Clone()) // want `emit-goroutine`
	}
	return nil
}

// half has the hot method alone; Whole makes a processor of it.
type half struct {
	tail chan struct{}
}

func (h *half) OnEmit(context.Context, *log.Record) error {
	h.tail = make(chan struct{}) // want `emit-channel`
	return nil
}

// Whole is a processor by what it embeds.
type Whole struct {
	lifecycle
	half
}

var _ log.Processor = (*Whole)(nil)

// Relayed has its hot method from another package.
type Relayed struct {
	lifecycle
	*relay.Relay // want `OnEmit starts a goroutine on each call: .*relay\.go.*emit-goroutine`
}
