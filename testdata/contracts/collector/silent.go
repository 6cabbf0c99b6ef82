package collector

import (
	"context"
	"net/http"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/config/configretry"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exporterhelper"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processorhelper"
)

// batching is a processor with one goroutine, from Start to Shutdown.
type batching struct {
	next     consumer.Traces
	in       chan ptrace.Traces
	interval time.Duration
	done     chan struct{}
	cancel   context.CancelFunc
}

var _ processor.Traces = (*batching)(nil)

func newBatching(_ context.Context, _ processor.Settings, _ component.Config, next consumer.Traces) (processor.Traces, error) {
	return &batching{next: next, in: make(chan ptrace.Traces, 16), done: make(chan struct{}), interval: time.Second}, nil // silent: made by the factory
}

var _ = newBatching

func (*batching) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

func (b *batching) Start(context.Context, component.Host) error {
	ctx, cancel := context.WithCancel(context.Background())
	b.cancel = cancel
	go b.run(ctx) // silent: started by Start, ended by Shutdown
	return nil
}

func (b *batching) run(ctx context.Context) {
	defer close(b.done)
	ticker := time.NewTicker(b.interval) // silent: once, in the goroutine of Start
	defer ticker.Stop()
	batch := ptrace.NewTraces()
	for {
		select {
		case td := <-b.in:
			td.ResourceSpans().MoveAndAppendTo(batch.ResourceSpans())
			continue
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		_ = b.next.ConsumeTraces(ctx, batch)
		batch = ptrace.NewTraces()
	}
}

func (b *batching) ConsumeTraces(ctx context.Context, td ptrace.Traces) error {
	select {
	case b.in <- td: // silent: a batch may wait
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (b *batching) Shutdown(context.Context) error {
	b.cancel()
	<-b.done
	return nil
}

// enriching is what processorhelper wraps; it polls in the background.
type enriching struct {
	mu     sync.RWMutex
	labels map[string]string
	client *http.Client
	stop   chan struct{}
	load   func(context.Context, *http.Client) map[string]string
}

func newEnriching(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Logs) (processor.Logs, error) {
	e := &enriching{stop: make(chan struct{})} // silent: made by the factory
	return processorhelper.NewLogs(ctx, set, cfg, next, e.processLogs,
		processorhelper.WithStart(e.start),
		processorhelper.WithShutdown(e.shutdown))
}

var _ = newEnriching

func (e *enriching) start(context.Context, component.Host) error {
	e.client = &http.Client{Transport: &http.Transport{}} // silent: start is not hot
	go e.poll()                                           // silent: started by start, ended by shutdown
	return nil
}

func (e *enriching) poll() {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			labels := e.load(context.Background(), e.client)
			e.mu.Lock()
			e.labels = labels
			e.mu.Unlock()
		case <-e.stop:
			return
		}
	}
}

func (e *enriching) processLogs(_ context.Context, ld plog.Logs) (plog.Logs, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	for _, rl := range ld.ResourceLogs().All() {
		for k, v := range e.labels {
			rl.Resource().Attributes().PutStr(k, v)
		}
	}
	return ld, nil
}

func (e *enriching) shutdown(context.Context) error {
	close(e.stop)
	return nil
}

// parallel sends the parts of a batch all at once, and waits.
type parallel struct {
	component.StartFunc
	component.ShutdownFunc
	next []consumer.Logs
}

func (parallel) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

func (p parallel) ConsumeLogs(ctx context.Context, ld plog.Logs) error {
	errs := make(chan error, len(p.next)) // silent: serves joined goroutines
	var wg sync.WaitGroup
	for _, next := range p.next {
		wg.Go(func() { errs <- next.ConsumeLogs(ctx, ld) }) // silent: joined, and a batch allows for it
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// exporting has its client from start, and exporterhelper's queue and retries.
type exporting struct {
	client *http.Client
	send   func(context.Context, *http.Client, pmetric.Metrics) error
}

func newExporting(ctx context.Context, set exporter.Settings, cfg component.Config) (exporter.Metrics, error) {
	e := &exporting{}
	return exporterhelper.NewMetrics(ctx, set, cfg, e.push,
		exporterhelper.WithStart(func(context.Context, component.Host) error {
			e.client = &http.Client{Transport: &http.Transport{}} // silent: once
			return nil
		}),
		exporterhelper.WithRetry(configretry.NewDefaultBackOffConfig()),
		exporterhelper.WithQueue(configoptional.Optional[exporterhelper.QueueBatchConfig]{}),
		exporterhelper.WithShutdown(func(context.Context) error {
			e.client.CloseIdleConnections()
			return nil
		}))
}

var _ = newExporting

func (e *exporting) push(ctx context.Context, md pmetric.Metrics) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // silent: cancelled before the call returns
	defer cancel()
	return e.send(ctx, e.client, md)
}

// routing is a connector that makes what it needs for a key once.
type routing struct {
	component.StartFunc
	component.ShutdownFunc
	queues map[string]chan ptrace.Traces
	serve  func(string, <-chan ptrace.Traces)
}

var _ connector.Traces = (*routing)(nil)

func (*routing) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

func (r *routing) ConsumeTraces(_ context.Context, td ptrace.Traces) error {
	for _, rs := range td.ResourceSpans().All() {
		q, ok := r.queues[rs.SchemaUrl()]
		if !ok {
			q = make(chan ptrace.Traces, 8) // silent: once for each key
			r.queues[rs.SchemaUrl()] = q
			go r.serve(rs.SchemaUrl(), q) // silent: once for each key
		}
		select {
		case q <- td:
		default:
		}
	}
	return nil
}

// tailing starts its goroutine with the first batch.
type tailing struct {
	component.StartFunc
	component.ShutdownFunc
	once sync.Once
	run  func()
}

func (*tailing) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

func (t *tailing) ConsumeMetrics(context.Context, pmetric.Metrics) error {
	t.once.Do(func() { go t.run() }) // silent: once
	return nil
}

// incapable is no consumer: it does not say what it is capable of.
type incapable struct {
	next consumer.Logs
}

func (i incapable) ConsumeLogs(ctx context.Context, ld plog.Logs) error {
	go i.next.ConsumeLogs(ctx, ld) // silent: no consumer.Logs
	return nil
}

var _ = incapable{}
