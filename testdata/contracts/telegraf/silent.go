package telegraf

import (
	"os"
	"os/exec"
	"sync"

	"github.com/influxdata/telegraf"
)

// Pool starts its workers in Start and ends them in Stop.
type Pool struct {
	described
	metrics chan telegraf.Metric
	wg      sync.WaitGroup
	resolve func(telegraf.Metric)
}

var _ telegraf.StreamingProcessor = (*Pool)(nil)

func (p *Pool) Start(acc telegraf.Accumulator) error {
	p.metrics = make(chan telegraf.Metric, 100) // silent: made once
	for range 4 {
		p.wg.Add(1)
		go p.work(acc) // silent: started by Start, ended by Stop
	}
	return nil
}

func (p *Pool) work(acc telegraf.Accumulator) {
	defer p.wg.Done()
	for m := range p.metrics {
		p.resolve(m)
		acc.AddMetric(m)
	}
}

func (p *Pool) Add(metric telegraf.Metric, _ telegraf.Accumulator) error {
	p.metrics <- metric // silent: a record may wait
	return nil
}

func (p *Pool) Stop() {
	close(p.metrics)
	p.wg.Wait()
}

// JoinedAdd has its goroutines back before it returns.
type JoinedAdd struct {
	described
	steps []func(telegraf.Metric)
}

func (*JoinedAdd) Start(telegraf.Accumulator) error { return nil }

func (p *JoinedAdd) Add(metric telegraf.Metric, acc telegraf.Accumulator) error {
	var wg sync.WaitGroup
	for _, step := range p.steps {
		wg.Add(1)
		go func() { // silent: joined, and a record allows for it
			defer wg.Done()
			step(metric)
		}()
	}
	wg.Wait()
	acc.AddMetric(metric)
	return nil
}

func (*JoinedAdd) Stop() {}

// InitStarts is a plain processor that makes its channel and goroutine in Init.
// Telegraf never stops one.
type InitStarts struct {
	described
	seen chan string
	log  func(string)
}

var _ telegraf.Processor = &InitStarts{}

// Init is called once, before any Apply.
func (p *InitStarts) Init() error {
	p.seen = make(chan string, 16) // silent: made once
	go func() {                    // silent: started by Init; the interface has no stop
		for name := range p.seen {
			p.log(name)
		}
	}()
	return nil
}

func (p *InitStarts) Apply(in ...telegraf.Metric) []telegraf.Metric {
	for _, m := range in {
		select {
		case p.seen <- m.Name():
		default:
		}
	}
	return in
}

// JoinedApply runs a process to its end, and closes its file.
type JoinedApply struct {
	described
	command, log string
}

func (p *JoinedApply) Apply(in ...telegraf.Metric) []telegraf.Metric {
	f, err := os.OpenFile(p.log, os.O_APPEND, 0) // silent: closed before Apply returns
	if err != nil {
		return nil
	}
	defer f.Close()
	cmd := exec.Command(p.command)
	cmd.Stdout = f
	if err := cmd.Run(); err != nil { // silent: Run waits for the process
		return nil
	}
	return in
}

// OneArgument has an Apply that is no processor's.
type OneArgument struct {
	described
	seen func(telegraf.Metric)
}

func (p *OneArgument) Apply(in telegraf.Metric) []telegraf.Metric {
	go p.seen(in) // silent: another signature
	return []telegraf.Metric{in}
}

// Counter is no plugin: it describes nothing.
type Counter struct {
	count func(string)
}

func (c *Counter) Add(in telegraf.Metric) {
	go c.count(in.Name()) // silent: no telegraf.Aggregator
}

func (c *Counter) Push(telegraf.Accumulator) {}
func (c *Counter) Reset()                    {}

// PushSpawns is an aggregator that does its rare work rarely.
type PushSpawns struct {
	described
	names map[uint64]string
	done  chan struct{}
	send  func(string)
}

var _ telegraf.Aggregator = (*PushSpawns)(nil)

func (a *PushSpawns) Add(in telegraf.Metric) { a.names[in.HashID()] = in.Name() }

// Push comes once a period.
func (a *PushSpawns) Push(telegraf.Accumulator) {
	for _, name := range a.names {
		go a.send(name) // silent: Push is not hot
	}
}

// Reset comes after each Push.
func (a *PushSpawns) Reset() {
	a.done = make(chan struct{}) // silent: Reset is not hot
	clear(a.names)
}

// PerName keeps a channel for each name it meets, made with the first metric.
type PerName struct {
	periodic
	tails map[string]chan telegraf.Metric
}

func (a *PerName) Add(in telegraf.Metric) {
	tail, ok := a.tails[in.Name()]
	if !ok {
		tail = make(chan telegraf.Metric, 8) // silent: once for each key
		a.tails[in.Name()] = tail
	}
	select {
	case tail <- in:
	default:
	}
}

// NewConstructed starts the goroutine of an aggregator.
func NewConstructed(flush func(telegraf.Metric)) telegraf.Aggregator {
	c := &Constructed{in: make(chan telegraf.Metric, 8)}
	go func() { // silent: started by the constructor
		for m := range c.in {
			flush(m)
		}
	}()
	return c
}

// Constructed hands its metrics to the goroutine of its constructor.
type Constructed struct {
	periodic
	in chan telegraf.Metric
}

func (c *Constructed) Add(in telegraf.Metric) {
	c.in <- in // silent: a record may wait
}
