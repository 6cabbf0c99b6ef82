package filed

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/ozontech/file.d/pipeline"
)

// Throttle is an action plugin with a goroutine from Start to Stop.
type Throttle struct {
	cancel context.CancelFunc
	mu     sync.Mutex
	counts map[string]int
}

var _ pipeline.ActionPlugin = (*Throttle)(nil)

// Start is called once.
func (p *Throttle) Start(pipeline.AnyConfig, *pipeline.ActionPluginParams) {
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	p.counts = make(map[string]int)
	go p.maintenance(ctx) // silent: started by Start, ended by Stop
}

func (p *Throttle) maintenance(ctx context.Context) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			p.mu.Lock()
			clear(p.counts)
			p.mu.Unlock()
		case <-ctx.Done():
			return
		}
	}
}

// Stop is called once.
func (p *Throttle) Stop() { p.cancel() }

// Do is called for each event.
func (p *Throttle) Do(event *pipeline.Event) pipeline.ActionResult {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.counts[event.SourceName]++
	if p.counts[event.SourceName] > 1000 {
		return pipeline.ActionDiscard
	}
	return pipeline.ActionPass
}

// HTTP is an output plugin whose client is made by Start.
type HTTP struct {
	client  *http.Client
	batcher *pipeline.Batcher
	cancel  context.CancelFunc
	avg     float64
	send    func(*http.Client, []byte) error
}

type buffer struct{ bytes []byte }

// Start is called once.
func (p *HTTP) Start(_ pipeline.AnyConfig, params *pipeline.OutputPluginParams) {
	p.client = &http.Client{Transport: &http.Transport{}} // silent: Start is not hot
	p.batcher = pipeline.NewBatcher(pipeline.BatcherOptions{
		OutputType: "http",
		OutFn:      p.out,
		MaintenanceFn: func(*pipeline.WorkerData) {
			p.client.CloseIdleConnections() // silent: closes
		},
		Controller: params.Controller,
	})
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	p.batcher.Start(ctx) // silent: the batcher's goroutines, once
}

// Stop is called once.
func (p *HTTP) Stop() {
	p.cancel()
	p.batcher.Stop()
}

// Out hands an event to the batcher.
func (p *HTTP) Out(event *pipeline.Event) { p.batcher.Add(event) } // silent: it may wait

func (p *HTTP) out(data *pipeline.WorkerData, batch *pipeline.Batch) {
	if *data == nil {
		*data = &buffer{bytes: make([]byte, 0, 1024)} // silent: once for each worker, and a slice
	}
	buf := (*data).(*buffer)
	buf.bytes = buf.bytes[:0]
	batch.ForEach(func(event *pipeline.Event) {
		buf.bytes, _ = event.Encode(buf.bytes)
	})
	var wg sync.WaitGroup
	for _, part := range [][]byte{buf.bytes[:len(buf.bytes)/2], buf.bytes[len(buf.bytes)/2:]} {
		wg.Go(func() { _ = p.send(p.client, part) }) // silent: joined
	}
	wg.Wait()
}

// Redial connects anew when a write has failed.
type Redial struct {
	HTTP
	addr string
	conn net.Conn
}

// Out is called for each event.
func (p *Redial) Out(event *pipeline.Event) {
	if p.conn == nil {
		conn, err := net.Dial("tcp", p.addr) // silent: once
		if err != nil {
			return
		}
		p.conn = conn
	}
	if _, err := p.conn.Write(event.Root.EncodeToByte()); err != nil {
		p.conn, _ = net.Dial("tcp", p.addr) // silent: the recovery of a failed write
	}
}

// Input is called by nobody for each event.
type Input struct{ read func() }

// Start is called once.
func (p *Input) Start(pipeline.AnyConfig, *pipeline.InputPluginParams) {
	go p.read() // silent: an input's goroutine
}

// Do is no action's: there is no Stop.
func (p *Input) Do(*pipeline.Event) pipeline.ActionResult {
	go p.read() // silent: no ActionPlugin
	return pipeline.ActionPass
}
