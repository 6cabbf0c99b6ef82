// Package filed holds action and output plugins of file.d.
package filed

import (
	"net"
	"net/http"
	"os"
	"time"

	"github.com/ozontech/file.d/fd"
	"github.com/ozontech/file.d/pipeline"
)

// Notify is an action plugin.
type Notify struct {
	config *NotifyConfig
	post   func(string, []byte)
}

// NotifyConfig configures it.
type NotifyConfig struct {
	URL string `json:"url"`
}

func init() {
	fd.DefaultPluginRegistry.RegisterAction(&pipeline.PluginStaticInfo{Type: "notify", Factory: factory})
}

func factory() (pipeline.AnyPlugin, pipeline.AnyConfig) { return &Notify{}, &NotifyConfig{} }

// Start is called once.
func (p *Notify) Start(config pipeline.AnyConfig, _ *pipeline.ActionPluginParams) {
	p.config = config.(*NotifyConfig)
}

// Stop is called once.
func (p *Notify) Stop() {}

// Do is called for each event.
func (p *Notify) Do(event *pipeline.Event) pipeline.ActionResult {
	body := event.Root.EncodeToByte()
	go p.post(p.config.URL, body) // want `Do starts a goroutine on each call: .*start it in Start and stop it in Stop.*\(emit-goroutine\)$`
	return pipeline.ActionPass
}

// Dump opens a file where a field asks for it.
type Dump struct {
	Notify
	files []*os.File
}

// Do is called for each event.
func (p *Dump) Do(event *pipeline.Event) pipeline.ActionResult {
	if node := event.Root.Dig("dump"); node != nil {
		f, err := os.Create(node.AsString()) // want `Do opens a resource on some calls`
		if err != nil {
			return pipeline.ActionDiscard
		}
		p.files = append(p.files, f)
	}
	return pipeline.ActionPass
}

// Socket is an output plugin without a batcher.
type Socket struct {
	controller pipeline.OutputPluginController
	addr       string
	conns      []net.Conn
}

var _ pipeline.OutputPlugin = (*Socket)(nil)

// Start is called once.
func (p *Socket) Start(_ pipeline.AnyConfig, params *pipeline.OutputPluginParams) {
	p.controller = params.Controller
}

// Stop is called once.
func (p *Socket) Stop() {}

// Out is called for each event.
func (p *Socket) Out(event *pipeline.Event) {
	conn, err := net.Dial("tcp", p.addr) // want `Out opens a resource on each call: .*emit-resource`
	if err != nil {
		p.controller.Error(err.Error())
		return
	}
	p.conns = append(p.conns, conn)
	p.controller.Commit(event)
}

// Batched is an output plugin with a batcher.
type Batched struct {
	Socket
	batcher *pipeline.Batcher
	waiting map[int]chan error
	client  *http.Client
}

// Start is called once.
func (p *Batched) Start(_ pipeline.AnyConfig, params *pipeline.OutputPluginParams) {
	p.batcher = pipeline.NewBatcher(pipeline.BatcherOptions{
		PipelineName:  params.PipelineName,
		OutputType:    "batched",
		MaintenanceFn: p.maintenance,
		OutFn:         p.out,
		Controller:    params.Controller,
		Workers:       4,
		FlushTimeout:  time.Second,
	})
}

// Out hands an event to the batcher.
func (p *Batched) Out(event *pipeline.Event) { p.batcher.Add(event) }

func (p *Batched) out(_ *pipeline.WorkerData, batch *pipeline.Batch) {
	p.client = &http.Client{Transport: &http.Transport{}} // want `out opens a resource on each call.*emit-resource`
	batch.ForEach(func(event *pipeline.Event) {
		p.waiting[event.Size] = make(chan error, 1) // want `out makes a channel on some calls`
	})
}

func (p *Batched) maintenance(*pipeline.WorkerData) {}
