// Package stanza holds operators of OpenTelemetry's log agent.
package stanza

import (
	"context"
	"net"
	"time"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/stanza/entry"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/stanza/operator"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/stanza/operator/helper"
	"go.opentelemetry.io/collector/component"
)

// Config builds a Resolver.
type Config struct {
	helper.TransformerConfig `mapstructure:",squash"`
	Server                   string `mapstructure:"server"`
}

// Build makes the operator.
func (c Config) Build(set component.TelemetrySettings) (operator.Operator, error) {
	t, err := c.TransformerConfig.Build(set)
	if err != nil {
		return nil, err
	}
	return &Resolver{TransformerOperator: t, server: c.Server}, nil
}

// Resolver asks a server for each entry.
type Resolver struct {
	helper.TransformerOperator
	server string
	conns  []net.Conn
}

// ProcessBatch processes entries one by one.
func (r *Resolver) ProcessBatch(ctx context.Context, entries []*entry.Entry) error {
	return r.ProcessBatchWith(ctx, entries, r.Process)
}

// Process is called for each entry.
func (r *Resolver) Process(ctx context.Context, e *entry.Entry) error {
	return r.ProcessWith(ctx, e, r.transform) // want `Process opens a resource on each call: .*transform .*emit-resource`
}

func (r *Resolver) transform(e *entry.Entry) error {
	conn, err := net.DialTimeout("udp", r.server, time.Second)
	if err != nil {
		return err
	}
	r.conns = append(r.conns, conn)
	return e.Set(entry.NewAttributeField("resolver"), conn.RemoteAddr().String())
}

// Delayed is a transformer that writes later.
type Delayed struct {
	helper.TransformerOperator
	pending map[string]chan *entry.Entry
	wait    time.Duration
}

var _ operator.Operator = (*Delayed)(nil)

// Process is called for each entry.
func (d *Delayed) Process(ctx context.Context, e *entry.Entry) error {
	go func() { // want `Process starts a goroutine on each call: .*start it in Start and stop it in Stop.*\(emit-goroutine\)$`
		time.Sleep(d.wait)
		_ = d.Write(context.WithoutCancel(ctx), e)
	}()
	return nil
}

// ProcessBatch is called for each batch.
func (d *Delayed) ProcessBatch(_ context.Context, entries []*entry.Entry) error {
	for _, e := range entries {
		d.pending[e.Timestamp.String()] = make(chan *entry.Entry, 1) // want `ProcessBatch makes a channel on each call`
	}
	return nil
}

// Sink is an output.
type Sink struct {
	helper.OutputOperator
	send func(*entry.Entry)
}

// ProcessBatch processes entries one by one.
func (s *Sink) ProcessBatch(ctx context.Context, entries []*entry.Entry) error {
	for _, e := range entries {
		if err := s.Process(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// Process is called for each entry.
func (s *Sink) Process(_ context.Context, e *entry.Entry) error {
	if e.Severity >= entry.Error {
		go s.send(e) // want `Process starts a goroutine on some calls`
	}
	return nil
}
