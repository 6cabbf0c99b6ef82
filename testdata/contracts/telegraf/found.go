// Package telegraf holds Telegraf's processors and aggregators.
package telegraf

import (
	"net"
	"os"
	"os/exec"

	"github.com/influxdata/telegraf"
)

// described has what every plugin must tell of itself.
type described struct{}

func (described) SampleConfig() string { return "" }

// SpawnsPerMetric is what the documentation of Add warns of.
type SpawnsPerMetric struct {
	resolve func(telegraf.Metric)
}

var _ telegraf.StreamingProcessor = (*SpawnsPerMetric)(nil)

func (*SpawnsPerMetric) SampleConfig() string { return "" }

func (*SpawnsPerMetric) Start(telegraf.Accumulator) error { return nil }

func (p *SpawnsPerMetric) Add(metric telegraf.Metric, acc telegraf.Accumulator) error {
	go func() { // want `Add starts a goroutine on each call: .*start it in Start and stop it in Stop.* \(emit-goroutine\)$`
		p.resolve(metric)
		acc.AddMetric(metric)
	}()
	return nil
}

func (*SpawnsPerMetric) Stop() {}

// ChannelPerMetric keeps a channel for each metric; no line names the interface.
type ChannelPerMetric struct {
	described
	waiting map[uint64]chan telegraf.Metric
}

func (p *ChannelPerMetric) Start(telegraf.Accumulator) error {
	p.waiting = make(map[uint64]chan telegraf.Metric)
	return nil
}

func (p *ChannelPerMetric) Add(metric telegraf.Metric, _ telegraf.Accumulator) error {
	p.waiting[metric.HashID()] = make(chan telegraf.Metric, 1) // want `emit-channel`
	return nil
}

func (p *ChannelPerMetric) Stop() {}

// RotatesOnTag opens a file for some metrics.
type RotatesOnTag struct {
	described
	files []*os.File
}

var _ telegraf.StreamingProcessor = &RotatesOnTag{}

func (*RotatesOnTag) Start(telegraf.Accumulator) error { return nil }

func (p *RotatesOnTag) Add(metric telegraf.Metric, acc telegraf.Accumulator) error {
	if name, ok := metric.GetTag("file"); ok {
		f, err := os.Create(name) // want `Add opens a resource on some calls.*\(emit-resource\)$`
		if err != nil {
			return err
		}
		p.files = append(p.files, f)
	}
	acc.AddMetric(metric)
	return nil
}

func (*RotatesOnTag) Stop() {}

// ApplySpawns is a plain processor.
type ApplySpawns struct {
	described
	seen func(telegraf.Metric)
}

var _ telegraf.Processor = ApplySpawns{}

func (p ApplySpawns) Apply(in ...telegraf.Metric) []telegraf.Metric {
	for _, m := range in {
		go p.seen(m) // want `Apply starts a goroutine on each call`
	}
	return in
}

// ApplyExecs starts a process for each call and never waits for it.
type ApplyExecs struct {
	described
	Command string `toml:"command"`
}

func (p *ApplyExecs) Apply(in ...telegraf.Metric) []telegraf.Metric {
	cmd := exec.Command(p.Command)
	if err := cmd.Start(); err != nil { // want `emit-(goroutine|resource)`
		return nil
	}
	return in
}

// sender opens what it sends by.
type sender[K comparable] struct {
	described
	conns map[K]net.Conn
}

func (s *sender[K]) open(key K, addr string) error {
	conn, err := net.Dial("udp", addr)
	if err != nil {
		return err
	}
	s.conns[key] = conn
	return nil
}

// ApplyDials has its dial in a method of an embedded generic type.
type ApplyDials struct {
	sender[string]
}

func (p *ApplyDials) Apply(in ...telegraf.Metric) []telegraf.Metric {
	for _, m := range in {
		if err := p.open(m.Name(), "127.0.0.1:9"); err != nil { // want `\(\*ApplyDials\)\.Apply → .*open.*emit-resource`
			m.Drop()
		}
	}
	return in
}

// AddSpawns is an aggregator with a goroutine for each metric it is given.
type AddSpawns[K comparable] struct {
	described
	sums  map[K]float64
	key   func(telegraf.Metric) K
	count func(K)
}

var _ telegraf.Aggregator = (*AddSpawns[uint64])(nil)

func (a *AddSpawns[K]) Add(in telegraf.Metric) {
	k := a.key(in)
	a.sums[k]++
	go a.count(k) // want `Add starts a goroutine on each call`
}

func (a *AddSpawns[K]) Push(telegraf.Accumulator) {}
func (a *AddSpawns[K]) Reset()                    {}

// AddChannels is an aggregator by embedding.
type AddChannels struct {
	periodic
	tails []chan telegraf.Metric
}

func (a *AddChannels) Add(in telegraf.Metric) {
	tail := make(chan telegraf.Metric, 1) // want `emit-channel`
	tail <- in
	a.tails = append(a.tails, tail)
}

// periodic is an aggregator but for Add.
type periodic struct{ described }

func (periodic) Push(telegraf.Accumulator) {}
func (periodic) Reset()                    {}

// AddReports starts a goroutine for some metrics.
type AddReports struct {
	periodic
	report func(string)
}

var _ telegraf.Aggregator = &AddReports{}

func (a *AddReports) Add(in telegraf.Metric) {
	switch name := in.Name(); name {
	case "cpu", "mem":
	default:
		go a.report(name) // want `on some calls.*emit-goroutine`
	}
}
