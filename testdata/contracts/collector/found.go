// Package collector holds processors, connectors and exporters of OpenTelemetry's
// collector.
package collector

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/xconsumer"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exporterhelper"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pprofile"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processorhelper"
)

// grouping is a processor by hand: it keeps traces until they are whole.
type grouping struct {
	component.StartFunc
	component.ShutdownFunc
	next    consumer.Traces
	wait    time.Duration
	mu      sync.Mutex
	pending map[[16]byte]chan ptrace.Traces
}

var _ processor.Traces = (*grouping)(nil)

func (*grouping) Capabilities() consumer.Capabilities {
	return consumer.Capabilities{MutatesData: true}
}

func (g *grouping) ConsumeTraces(ctx context.Context, td ptrace.Traces) error {
	for _, rs := range td.ResourceSpans().All() {
		for _, ss := range rs.ScopeSpans().All() {
			for _, span := range ss.Spans().All() {
				done := make(chan ptrace.Traces, 1) // want `ConsumeTraces makes a channel on each call.*emit-channel`
				g.mu.Lock()
				g.pending[span.TraceID()] = done
				g.mu.Unlock()
				go g.expire(ctx, span.TraceID(), done) // want `ConsumeTraces starts a goroutine on each call: .*start it in Start and stop it in Shutdown.*\(emit-goroutine\)$`
			}
		}
	}
	return g.next.ConsumeTraces(ctx, td)
}

func (g *grouping) expire(ctx context.Context, id [16]byte, done <-chan ptrace.Traces) {
	time.Sleep(g.wait)
	g.mu.Lock()
	delete(g.pending, id)
	g.mu.Unlock()
	_ = g.next.ConsumeTraces(context.WithoutCancel(ctx), <-done)
}

// redacting is what processorhelper wraps.
type redacting struct {
	addr  string
	conns []net.Conn
	audit func(int)
}

func newRedacting(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Traces) (processor.Traces, error) {
	p := &redacting{}
	return processorhelper.NewTraces(ctx, set, cfg, next, p.processTraces,
		processorhelper.WithCapabilities(consumer.Capabilities{MutatesData: true}),
		processorhelper.WithStart(p.start))
}

func newRedactingLogs(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Logs) (processor.Logs, error) {
	p := new(redacting)
	return processorhelper.NewLogs(ctx, set, cfg, next, p.processLogs)
}

func newRedactingMetrics(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Metrics, count func(pmetric.Metrics)) (processor.Metrics, error) {
	return processorhelper.NewMetrics(ctx, set, cfg, next, func(_ context.Context, md pmetric.Metrics) (pmetric.Metrics, error) {
		go count(md) // want `ProcessMetricsFunc starts a goroutine on each call`
		return md, nil
	})
}

var _, _, _ = newRedacting, newRedactingLogs, newRedactingMetrics

func (*redacting) start(context.Context, component.Host) error { return nil }

func (p *redacting) processTraces(_ context.Context, td ptrace.Traces) (ptrace.Traces, error) {
	go p.audit(td.SpanCount()) // want `processTraces starts a goroutine on each call`
	return td, nil
}

func (p *redacting) processLogs(ctx context.Context, ld plog.Logs) (plog.Logs, error) {
	if err := p.lookup(ctx); err != nil { // want `processLogs opens a resource on each call: \(\*redacting\)\.processLogs → \(\*redacting\)\.lookup .*emit-resource`
		return ld, err
	}
	return ld, nil
}

func (p *redacting) lookup(ctx context.Context) error {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", p.addr)
	if err != nil {
		return err
	}
	p.conns = append(p.conns, conn)
	return nil
}

// pushing is what exporterhelper wraps.
type pushing struct {
	url       string
	transport *http.Transport
	marshal   plog.ProtoMarshaler
}

func newPushing(ctx context.Context, set exporter.Settings, cfg component.Config) (exporter.Logs, error) {
	e := &pushing{}
	return exporterhelper.NewLogs(ctx, set, cfg, e.push, exporterhelper.WithTimeout(exporterhelper.NewDefaultTimeoutConfig()))
}

var _ = newPushing

func (e *pushing) push(ctx context.Context, ld plog.Logs) error {
	body, err := e.marshal.MarshalLogs(ld)
	if err != nil {
		return err
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConns: 10}} // want `push opens a resource on each call.*emit-resource`
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, e.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

// counting is a connector: it consumes traces and emits metrics.
type counting struct {
	component.Component
	next  consumer.Metrics
	files []*os.File
}

func (*counting) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

func (c *counting) ConsumeTraces(ctx context.Context, td ptrace.Traces) error {
	if td.SpanCount() > 1000 {
		f, err := os.Create("spans") // want `ConsumeTraces opens a resource on some calls`
		if err != nil {
			return err
		}
		c.files = append(c.files, f)
	}
	return c.next.ConsumeMetrics(ctx, pmetric.NewMetrics())
}

// fanout has the metrics' and the logs' method in one type.
type fanout struct {
	component.StartFunc
	metrics []consumer.Metrics
	logs    []consumer.Logs
}

func (fanout) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }
func (fanout) Shutdown(context.Context) error      { return nil }

func (f fanout) ConsumeMetrics(ctx context.Context, md pmetric.Metrics) error {
	for _, next := range f.metrics {
		go next.ConsumeMetrics(ctx, md) // want `ConsumeMetrics starts a goroutine on each call` `context-escape`
	}
	return nil
}

func (f fanout) ConsumeLogs(ctx context.Context, ld plog.Logs) error {
	for _, next := range f.logs {
		go func() { // want `ConsumeLogs starts a goroutine on each call`
			_ = next.ConsumeLogs(ctx, ld) // want `context-escape`
		}()
	}
	return nil
}

// sampling consumes profiles.
type sampling struct{ keep chan<- chan int }

var _ xconsumer.Profiles = sampling{}

func (sampling) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

func (s sampling) ConsumeProfiles(context.Context, pprofile.Profiles) error {
	s.keep <- make(chan int) // want `ConsumeProfiles makes a channel on each call`
	return nil
}

// sinks are consumers that are functions.
func sinks(tap func()) (consumer.Traces, consumer.Metrics, xconsumer.Profiles, error) {
	traces, err := consumer.NewTraces(func(context.Context, ptrace.Traces) error {
		go tap() // want `ConsumeTracesFunc starts a goroutine on each call`
		return nil
	})
	if err != nil {
		return nil, nil, nil, err
	}
	metrics, err := consumer.NewMetrics(func(context.Context, pmetric.Metrics) error {
		go tap() // want `ConsumeMetricsFunc starts a goroutine on each call`
		return nil
	})
	if err != nil {
		return nil, nil, nil, err
	}
	profiles, err := xconsumer.NewProfiles(func(context.Context, pprofile.Profiles) error {
		go tap() // want `ConsumeProfilesFunc starts a goroutine on each call`
		return nil
	})
	return traces, metrics, profiles, err
}

var _ = sinks
