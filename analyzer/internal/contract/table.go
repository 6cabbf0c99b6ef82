package contract

import "github.com/emitcheck/emitcheck/analyzer/internal/model"

// A Group is contracts that are turned on and off together.
type Group struct {
	Name    string
	Says    string // what its libraries do
	Default bool   // whether its contracts hold without a setting
}

// Groups is the table of groups, in the order in which they are listed.
var Groups = []Group{
	{"runtime", "emitcheck's reference runtime", true},
	{"telemetry", "logs, spans, metrics and events on their way through a pipeline", true},
	{"stream", "messages and elements of stream processors and message brokers", true},
	{"media", "audio and video, frame by frame", true},
	{"network", "servers that are called for each packet", true},
	{"log", "cores, handlers and hooks of loggers", false},
	{"ui", "games and terminal programs that are called for each tick or key", false},
	{"controller", "reconcilers of Kubernetes objects: what they open, and no more", false},
}

// A Contract says which methods of the types bound by it are start, hot, stop
// and copy, and how often the hot ones are called.
//
// What binds a type is one of three fields, and exactly one is set: Interface
// (the type or its pointer implements it), FuncType (a function literal or
// method value converted to it is hot), or Methods (the type has all of them,
// in a package that imports Package).
type Contract struct {
	// Name is the contract's stable name, in messages and in the list that
	// `emitcheck contracts` prints: "otel-log-processor".
	Name string

	// Group is the name of the group that it belongs to; empty for a contract
	// of a setting or directive, which always holds.
	Group string

	// Package is the import path of the package that declares the interface or
	// the function type. For a contract of Methods it is the package whose
	// import tells the methods from others of the same name.
	Package string

	// Interface is the name of an interface that Package declares, generic or
	// not. A version of the library that declares no such interface is no
	// error: the contract then binds nothing.
	Interface string

	// FuncType is the name of a function type that Package declares. It has
	// one hot thing, the function itself, so Hot, Start and Stop are empty.
	FuncType string

	// Methods is the method set by which a type is recognised where a library
	// finds its methods by reflection and declares no interface for them.
	Methods []string

	// Hot, Start, Stop and Copy are method names. They are looked up in the
	// method set of the bound type, not of the interface, and those it lacks
	// are passed over: the optional ones (an Init, a Close) stand here too.
	Hot, Start, Stop, Copy []string

	// Loop says that the hot methods are called once for a whole stream: it names
	// the method of one of their params whose channel they take its elements
	// from. What is hot is then the body of the loop over that channel.
	Loop string

	// Kinds are the effects that a hot method should not have, where those of
	// other kinds are the library's usual ways; all if it is nil.
	Kinds []model.Kind

	// Again names the start methods that may be called more than once for one
	// stop: what they create they have to release themselves.
	Again []string

	// WriteStart and WriteStop are the signatures, "Init() error", of an optional
	// start or stop: one that is called where a type has it.
	WriteStart, WriteStop string

	// Rate says how often the hot methods are called.
	Rate Rate

	// Doc is the sentence of the library's documentation that justifies the
	// rate, word for word, its line breaks made spaces.
	Doc string

	// URL is where that sentence stands, in the version it was taken from.
	URL string
}

// Builtin is the table of contracts that hold without a setting or directive.
// Its order is that of docs/contracts.md. Where one method is hot under two
// rows, as Read is for an implementation of both of pion's reader interfaces
// (their method is the same), the first row gives its name and rate.
var Builtin = []Contract{
	{
		Name:      "runtime-handler",
		Group:     "runtime",
		Package:   "github.com/emitcheck/emitcheck/runtime",
		Interface: "Handler",
		Hot:       []string{"Emit", "Receive"},
		Start:     []string{"SessionStart"},
		Stop:      []string{"SessionStop"},
		Rate:      Frame,
		Doc:       "Receive and Emit are hot: they are called some 50 times a second for the life of the session.",
		URL:       "https://pkg.go.dev/github.com/emitcheck/emitcheck/runtime#Handler",
	},
	{
		Name:      "otel-log-processor",
		Group:     "telemetry",
		Package:   "go.opentelemetry.io/otel/sdk/log",
		Interface: "Processor",
		Hot:       []string{"OnEmit", "Enabled"},
		Stop:      []string{"Shutdown"},
		Rate:      Record,
		Doc:       "OnEmit is called synchronously and should not block.",
		URL:       "https://pkg.go.dev/go.opentelemetry.io/otel/sdk/log@v1.47.0#Processor",
	},
	{
		// Gone since v0.15.0, where Enabled moved into Processor.
		Name:      "otel-log-filter-processor",
		Group:     "telemetry",
		Package:   "go.opentelemetry.io/otel/sdk/log",
		Interface: "FilterProcessor",
		Hot:       []string{"Enabled"},
		Stop:      []string{"Shutdown"},
		Rate:      Record,
		Doc:       "This is useful for users that want to know if a [log.Record] will be processed or dropped before they perform complex operations to construct the [log.Record].",
		URL:       "https://pkg.go.dev/go.opentelemetry.io/otel/sdk/log@v0.14.0#FilterProcessor",
	},
	{
		Name:      "otel-span-processor",
		Group:     "telemetry",
		Package:   "go.opentelemetry.io/otel/sdk/trace",
		Interface: "SpanProcessor",
		Hot:       []string{"OnStart", "OnEnd"},
		Stop:      []string{"Shutdown"},
		Rate:      Record,
		Doc:       "It is called synchronously and should not block.",
		URL:       "https://pkg.go.dev/go.opentelemetry.io/otel/sdk@v1.47.0/trace#SpanProcessor",
	},
	{
		Name:      "telegraf-streaming-processor",
		Group:     "telemetry",
		Package:   "github.com/influxdata/telegraf",
		Interface: "StreamingProcessor",
		Hot:       []string{"Add"},
		Start:     []string{"Start", "Init"},
		Stop:      []string{"Stop"},
		Rate:      Record,
		Doc:       "Keep in mind Add() should not spawn unbounded goroutines, so you may need to use a semaphore or pool of workers (eg: reverse_dns plugin does this)",
		URL:       "https://pkg.go.dev/github.com/influxdata/telegraf@v1.37.2#StreamingProcessor",
	},
	{
		Name:       "telegraf-processor",
		Group:      "telemetry",
		Package:    "github.com/influxdata/telegraf",
		Interface:  "Processor",
		Hot:        []string{"Apply"},
		Start:      []string{"Init"},
		Rate:       Record,
		WriteStart: "Init() error",
		Doc:        "these are extremely efficient and should be used over StreamingProcessor if you do not need asynchronous metric writes.",
		URL:        "https://pkg.go.dev/github.com/influxdata/telegraf@v1.37.2#Processor",
	},
	{
		// Push and Reset come once a period and are not hot.
		Name:       "telegraf-aggregator",
		Group:      "telemetry",
		Package:    "github.com/influxdata/telegraf",
		Interface:  "Aggregator",
		Hot:        []string{"Add"},
		Start:      []string{"Init"},
		Rate:       Record,
		WriteStart: "Init() error",
		Doc:        "Add the metric to the aggregator.",
		URL:        "https://pkg.go.dev/github.com/influxdata/telegraf@v1.37.2#Aggregator",
	},
	{
		Name:      "benthos-processor",
		Group:     "stream",
		Package:   "github.com/redpanda-data/benthos/v4/public/service",
		Interface: "Processor",
		Hot:       []string{"Process"},
		Stop:      []string{"Close"},
		Rate:      Record,
		Doc:       "Processor is a Benthos processor implementation that works against single messages.",
		URL:       "https://pkg.go.dev/github.com/redpanda-data/benthos/v4@v4.60.0/public/service#Processor",
	},
	{
		Name:      "benthos-batch-processor",
		Group:     "stream",
		Package:   "github.com/redpanda-data/benthos/v4/public/service",
		Interface: "BatchProcessor",
		Hot:       []string{"ProcessBatch"},
		Stop:      []string{"Close"},
		Rate:      Batch,
		Doc:       "BatchProcessor is a Benthos processor implementation that works against batches of messages, which allows windowed processing.",
		URL:       "https://pkg.go.dev/github.com/redpanda-data/benthos/v4@v4.60.0/public/service#BatchProcessor",
	},
	{
		Name:      "benthos-input",
		Group:     "stream",
		Package:   "github.com/redpanda-data/benthos/v4/public/service",
		Interface: "Input",
		Hot:       []string{"Read"},
		Start:     []string{"Connect"},
		Stop:      []string{"Close"},
		Again:     []string{"Connect"},
		Rate:      Record,
		Doc:       "Once Connect returns a nil error the Read method will be called until either ErrNotConnected is returned, or the reader is closed.",
		URL:       "https://pkg.go.dev/github.com/redpanda-data/benthos/v4@v4.60.0/public/service#Input",
	},
	{
		Name:      "benthos-batch-input",
		Group:     "stream",
		Package:   "github.com/redpanda-data/benthos/v4/public/service",
		Interface: "BatchInput",
		Hot:       []string{"ReadBatch"},
		Start:     []string{"Connect"},
		Stop:      []string{"Close"},
		Again:     []string{"Connect"},
		Rate:      Batch,
		Doc:       "Calls to ReadBatch should block until either a message batch is ready to process, the connection is lost, or the provided context is cancelled.",
		URL:       "https://pkg.go.dev/github.com/redpanda-data/benthos/v4@v4.60.0/public/service#BatchInput",
	},
	{
		Name:      "benthos-output",
		Group:     "stream",
		Package:   "github.com/redpanda-data/benthos/v4/public/service",
		Interface: "Output",
		Hot:       []string{"Write"},
		Start:     []string{"Connect"},
		Stop:      []string{"Close"},
		Again:     []string{"Connect"},
		Rate:      Record,
		Doc:       "Once Connect returns a nil error the write method will be called until either ErrNotConnected is returned, or the writer is closed.",
		URL:       "https://pkg.go.dev/github.com/redpanda-data/benthos/v4@v4.60.0/public/service#Output",
	},
	{
		Name:      "benthos-batch-output",
		Group:     "stream",
		Package:   "github.com/redpanda-data/benthos/v4/public/service",
		Interface: "BatchOutput",
		Hot:       []string{"WriteBatch"},
		Start:     []string{"Connect"},
		Stop:      []string{"Close"},
		Again:     []string{"Connect"},
		Rate:      Batch,
		Doc:       "Each call to WriteBatch should block until either all messages in the batch have been successfully or unsuccessfully sent, or the context is cancelled.",
		URL:       "https://pkg.go.dev/github.com/redpanda-data/benthos/v4@v4.60.0/public/service#BatchOutput",
	},
	{
		// Pulled by the speaker, a buffer of at most 512 samples at a time
		// through a Mixer: some 86 calls a second at 44.1 kHz. Close is the
		// StreamCloser's, and optional.
		Name:      "beep-streamer",
		Group:     "media",
		Package:   "github.com/gopxl/beep/v2",
		Interface: "Streamer",
		Hot:       []string{"Stream"},
		Stop:      []string{"Close"},
		Rate:      Frame,
		Doc:       "Stream copies at most len(samples) next audio samples to the samples slice.",
		URL:       "https://pkg.go.dev/github.com/gopxl/beep/v2@v2.1.1#Streamer",
	},
	{
		Name:     "beep-streamer-func",
		Group:    "media",
		Package:  "github.com/gopxl/beep/v2",
		FuncType: "StreamerFunc",
		Rate:     Frame,
		Doc:      "StreamerFunc is a Streamer created by simply wrapping a streaming function (usually a closure, which encloses a time tracking variable).",
		URL:      "https://pkg.go.dev/github.com/gopxl/beep/v2@v2.1.1#StreamerFunc",
	},
	{
		Name:      "pion-rtp-writer",
		Group:     "media",
		Package:   "github.com/pion/interceptor",
		Interface: "RTPWriter",
		Hot:       []string{"Write"},
		Stop:      []string{"Close"},
		Rate:      Frame,
		Doc:       "The returned method will be called once per rtp packet.",
		URL:       "https://pkg.go.dev/github.com/pion/interceptor@v0.1.51#Interceptor.BindLocalStream",
	},
	{
		Name:      "pion-rtp-reader",
		Group:     "media",
		Package:   "github.com/pion/interceptor",
		Interface: "RTPReader",
		Hot:       []string{"Read"},
		Stop:      []string{"Close"},
		Rate:      Frame,
		Doc:       "The returned method will be called once per rtp packet.",
		URL:       "https://pkg.go.dev/github.com/pion/interceptor@v0.1.51#Interceptor.BindRemoteStream",
	},
	{
		Name:      "pion-rtcp-writer",
		Group:     "media",
		Package:   "github.com/pion/interceptor",
		Interface: "RTCPWriter",
		Hot:       []string{"Write"},
		Stop:      []string{"Close"},
		Rate:      Batch,
		Doc:       "The returned method will be called once per packet batch.",
		URL:       "https://pkg.go.dev/github.com/pion/interceptor@v0.1.51#Interceptor.BindRTCPWriter",
	},
	{
		// The method is RTPReader's to the letter, so a type bound by this row
		// is bound by that one before it.
		Name:      "pion-rtcp-reader",
		Group:     "media",
		Package:   "github.com/pion/interceptor",
		Interface: "RTCPReader",
		Hot:       []string{"Read"},
		Stop:      []string{"Close"},
		Rate:      Batch,
		Doc:       "The returned method will be called once per packet batch.",
		URL:       "https://pkg.go.dev/github.com/pion/interceptor@v0.1.51#Interceptor.BindRTCPReader",
	},
	{
		Name:     "pion-rtp-writer-func",
		Group:    "media",
		Package:  "github.com/pion/interceptor",
		FuncType: "RTPWriterFunc",
		Rate:     Frame,
		Doc:      "The returned method will be called once per rtp packet.",
		URL:      "https://pkg.go.dev/github.com/pion/interceptor@v0.1.51#Interceptor.BindLocalStream",
	},
	{
		Name:     "pion-rtp-reader-func",
		Group:    "media",
		Package:  "github.com/pion/interceptor",
		FuncType: "RTPReaderFunc",
		Rate:     Frame,
		Doc:      "The returned method will be called once per rtp packet.",
		URL:      "https://pkg.go.dev/github.com/pion/interceptor@v0.1.51#Interceptor.BindRemoteStream",
	},
	{
		Name:     "pion-rtcp-writer-func",
		Group:    "media",
		Package:  "github.com/pion/interceptor",
		FuncType: "RTCPWriterFunc",
		Rate:     Batch,
		Doc:      "The returned method will be called once per packet batch.",
		URL:      "https://pkg.go.dev/github.com/pion/interceptor@v0.1.51#Interceptor.BindRTCPWriter",
	},
	{
		Name:     "pion-rtcp-reader-func",
		Group:    "media",
		Package:  "github.com/pion/interceptor",
		FuncType: "RTCPReaderFunc",
		Rate:     Batch,
		Doc:      "The returned method will be called once per packet batch.",
		URL:      "https://pkg.go.dev/github.com/pion/interceptor@v0.1.51#Interceptor.BindRTCPReader",
	},
	{
		// Beam finds a DoFn's methods by reflection. The parameters are the
		// user's, so no interface could be written for it.
		Name:    "beam-dofn",
		Group:   "stream",
		Package: "github.com/apache/beam/sdks/v2/go/pkg/beam",
		Methods: []string{"ProcessElement"},
		Hot:     []string{"ProcessElement"},
		Start:   []string{"Setup", "StartBundle"},
		Stop:    []string{"FinishBundle", "Teardown"},
		Again:   []string{"StartBundle"},
		Rate:    Record,
		Doc:     "The DoFn's ProcessElement method is called on each of the input elements in the bundle.",
		URL:     "https://pkg.go.dev/github.com/apache/beam/sdks/v2@v2.77.0/go/pkg/beam#ParDo",
	},
}
