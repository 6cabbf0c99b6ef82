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
		// Processors, connectors and exporters are consumers. Start and Shutdown are
		// those of component.Component, which each of them is as well.
		Name:      "collector-traces",
		Group:     "telemetry",
		Package:   "go.opentelemetry.io/collector/consumer",
		Interface: "Traces",
		Hot:       []string{"ConsumeTraces"},
		Start:     []string{"Start"},
		Stop:      []string{"Shutdown"},
		Rate:      Batch,
		Doc:       "Traces is an interface that receives ptrace.Traces, processes it as needed, and sends it to the next processing node if any or to the destination.",
		URL:       "https://pkg.go.dev/go.opentelemetry.io/collector/consumer@v1.71.0#Traces",
	},
	{
		Name:      "collector-metrics",
		Group:     "telemetry",
		Package:   "go.opentelemetry.io/collector/consumer",
		Interface: "Metrics",
		Hot:       []string{"ConsumeMetrics"},
		Start:     []string{"Start"},
		Stop:      []string{"Shutdown"},
		Rate:      Batch,
		Doc:       "Metrics is an interface that receives pmetric.Metrics, processes it as needed, and sends it to the next processing node if any or to the destination.",
		URL:       "https://pkg.go.dev/go.opentelemetry.io/collector/consumer@v1.71.0#Metrics",
	},
	{
		Name:      "collector-logs",
		Group:     "telemetry",
		Package:   "go.opentelemetry.io/collector/consumer",
		Interface: "Logs",
		Hot:       []string{"ConsumeLogs"},
		Start:     []string{"Start"},
		Stop:      []string{"Shutdown"},
		Rate:      Batch,
		Doc:       "Logs is an interface that receives plog.Logs, processes it as needed, and sends it to the next processing node if any or to the destination.",
		URL:       "https://pkg.go.dev/go.opentelemetry.io/collector/consumer@v1.71.0#Logs",
	},
	{
		Name:      "collector-profiles",
		Group:     "telemetry",
		Package:   "go.opentelemetry.io/collector/consumer/xconsumer",
		Interface: "Profiles",
		Hot:       []string{"ConsumeProfiles"},
		Start:     []string{"Start"},
		Stop:      []string{"Shutdown"},
		Rate:      Batch,
		Doc:       "Profiles is an interface that receives pprofile.Profiles, processes it as needed, and sends it to the next processing node if any or to the destination.",
		URL:       "https://pkg.go.dev/go.opentelemetry.io/collector/consumer/xconsumer@v0.165.0#Profiles",
	},
	{
		// What exporterhelper.NewTraces and its like are handed, too.
		Name:     "collector-traces-func",
		Group:    "telemetry",
		Package:  "go.opentelemetry.io/collector/consumer",
		FuncType: "ConsumeTracesFunc",
		Rate:     Batch,
		Doc:      "ConsumeTracesFunc is a helper function that is similar to ConsumeTraces.",
		URL:      "https://pkg.go.dev/go.opentelemetry.io/collector/consumer@v1.71.0#ConsumeTracesFunc",
	},
	{
		Name:     "collector-metrics-func",
		Group:    "telemetry",
		Package:  "go.opentelemetry.io/collector/consumer",
		FuncType: "ConsumeMetricsFunc",
		Rate:     Batch,
		Doc:      "ConsumeMetricsFunc is a helper function that is similar to ConsumeMetrics.",
		URL:      "https://pkg.go.dev/go.opentelemetry.io/collector/consumer@v1.71.0#ConsumeMetricsFunc",
	},
	{
		Name:     "collector-logs-func",
		Group:    "telemetry",
		Package:  "go.opentelemetry.io/collector/consumer",
		FuncType: "ConsumeLogsFunc",
		Rate:     Batch,
		Doc:      "ConsumeLogsFunc is a helper function that is similar to ConsumeLogs.",
		URL:      "https://pkg.go.dev/go.opentelemetry.io/collector/consumer@v1.71.0#ConsumeLogsFunc",
	},
	{
		Name:     "collector-profiles-func",
		Group:    "telemetry",
		Package:  "go.opentelemetry.io/collector/consumer/xconsumer",
		FuncType: "ConsumeProfilesFunc",
		Rate:     Batch,
		Doc:      "ConsumeProfilesFunc is a helper function that is similar to ConsumeProfiles.",
		URL:      "https://pkg.go.dev/go.opentelemetry.io/collector/consumer/xconsumer@v0.165.0#ConsumeProfilesFunc",
	},
	{
		Name:     "collector-process-traces-func",
		Group:    "telemetry",
		Package:  "go.opentelemetry.io/collector/processor/processorhelper",
		FuncType: "ProcessTracesFunc",
		Rate:     Batch,
		Doc:      "ProcessTracesFunc is a helper function that processes the incoming data and returns the data to be sent to the next component.",
		URL:      "https://pkg.go.dev/go.opentelemetry.io/collector/processor/processorhelper@v0.165.0#ProcessTracesFunc",
	},
	{
		Name:     "collector-process-metrics-func",
		Group:    "telemetry",
		Package:  "go.opentelemetry.io/collector/processor/processorhelper",
		FuncType: "ProcessMetricsFunc",
		Rate:     Batch,
		Doc:      "ProcessMetricsFunc is a helper function that processes the incoming data and returns the data to be sent to the next component.",
		URL:      "https://pkg.go.dev/go.opentelemetry.io/collector/processor/processorhelper@v0.165.0#ProcessMetricsFunc",
	},
	{
		Name:     "collector-process-logs-func",
		Group:    "telemetry",
		Package:  "go.opentelemetry.io/collector/processor/processorhelper",
		FuncType: "ProcessLogsFunc",
		Rate:     Batch,
		Doc:      "ProcessLogsFunc is a helper function that processes the incoming data and returns the data to be sent to the next component.",
		URL:      "https://pkg.go.dev/go.opentelemetry.io/collector/processor/processorhelper@v0.165.0#ProcessLogsFunc",
	},
	{
		Name:      "stanza-operator",
		Group:     "telemetry",
		Package:   "github.com/open-telemetry/opentelemetry-collector-contrib/pkg/stanza/operator",
		Interface: "Operator",
		Hot:       []string{"Process", "ProcessBatch"},
		Start:     []string{"Start"},
		Stop:      []string{"Stop"},
		Rate:      Record,
		Doc:       "Process will process an entry from an operator.",
		URL:       "https://pkg.go.dev/github.com/open-telemetry/opentelemetry-collector-contrib/pkg/stanza@v0.165.1/operator#Operator",
	},
	{
		Name:      "filed-action",
		Group:     "telemetry",
		Package:   "github.com/ozontech/file.d/pipeline",
		Interface: "ActionPlugin",
		Hot:       []string{"Do"},
		Start:     []string{"Start"},
		Stop:      []string{"Stop"},
		Rate:      Record,
		Doc:       "In the processors the event is passed through the list of action plugins and sent to the output plugin.",
		URL:       "https://github.com/ozontech/file.d/blob/v0.68.0/pipeline/README.md",
	},
	{
		Name:      "filed-output",
		Group:     "telemetry",
		Package:   "github.com/ozontech/file.d/pipeline",
		Interface: "OutputPlugin",
		Hot:       []string{"Out"},
		Start:     []string{"Start"},
		Stop:      []string{"Stop"},
		Rate:      Record,
		Doc:       "Finally, the event goes to the **output plugins** and is dispatched to the external system.",
		URL:       "https://github.com/ozontech/file.d/blob/v0.68.0/docs/architecture.md",
	},
	{
		// What an output plugin gives its Batcher.
		Name:     "filed-batcher-func",
		Group:    "telemetry",
		Package:  "github.com/ozontech/file.d/pipeline",
		FuncType: "BatcherOutFn",
		Rate:     Batch,
		Doc:      "Finally, the event goes to the **output plugins** and is dispatched to the external system.",
		URL:      "https://github.com/ozontech/file.d/blob/v0.68.0/docs/architecture.md",
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
	{
		// ConsumeClaim is called once for each claim: what is hot is its loop.
		Name:      "sarama-consumer",
		Group:     "stream",
		Package:   "github.com/IBM/sarama",
		Interface: "ConsumerGroupHandler",
		Hot:       []string{"ConsumeClaim"},
		Loop:      "Messages",
		Start:     []string{"Setup"},
		Stop:      []string{"Cleanup"},
		Again:     []string{"Setup"},
		Rate:      Record,
		Doc:       "ConsumeClaim must start a consumer loop of ConsumerGroupClaim's Messages().",
		URL:       "https://pkg.go.dev/github.com/IBM/sarama@v1.61.1#ConsumerGroupHandler",
	},
	{
		// The library's name up to v1.38.1.
		Name:      "sarama-consumer-shopify",
		Group:     "stream",
		Package:   "github.com/Shopify/sarama",
		Interface: "ConsumerGroupHandler",
		Hot:       []string{"ConsumeClaim"},
		Loop:      "Messages",
		Start:     []string{"Setup"},
		Stop:      []string{"Cleanup"},
		Again:     []string{"Setup"},
		Rate:      Record,
		Doc:       "ConsumeClaim must start a consumer loop of ConsumerGroupClaim's Messages().",
		URL:       "https://pkg.go.dev/github.com/Shopify/sarama@v1.38.1#ConsumerGroupHandler",
	},
	{
		// What a middleware returns, too.
		Name:     "watermill-handler-func",
		Group:    "stream",
		Package:  "github.com/ThreeDotsLabs/watermill/message",
		FuncType: "HandlerFunc",
		Rate:     Record,
		Doc:      "HandlerFunc is function called when message is received.",
		URL:      "https://pkg.go.dev/github.com/ThreeDotsLabs/watermill@v1.5.1/message#HandlerFunc",
	},
	{
		Name:     "watermill-consumer-func",
		Group:    "stream",
		Package:  "github.com/ThreeDotsLabs/watermill/message",
		FuncType: "NoPublishHandlerFunc",
		Rate:     Record,
		Doc:      "NoPublishHandlerFunc is HandlerFunc alternative, which doesn't produce any messages.",
		URL:      "https://pkg.go.dev/github.com/ThreeDotsLabs/watermill@v1.5.1/message#NoPublishHandlerFunc",
	},
	{
		Name:      "watermill-publisher",
		Group:     "stream",
		Package:   "github.com/ThreeDotsLabs/watermill/message",
		Interface: "Publisher",
		Hot:       []string{"Publish"},
		Stop:      []string{"Close"},
		Rate:      Record,
		Doc:       "Publish publishes provided messages to the given topic.",
		URL:       "https://pkg.go.dev/github.com/ThreeDotsLabs/watermill@v1.5.1/message#Publisher",
	},
	{
		Name:     "goka-callback",
		Group:    "stream",
		Package:  "github.com/lovoo/goka",
		FuncType: "ProcessCallback",
		Rate:     Record,
		Doc:      "ProcessCallback function is called for every message received by the processor.",
		URL:      "https://pkg.go.dev/github.com/lovoo/goka@v1.1.14#ProcessCallback",
	},
	{
		// Generic: a Writer of any sample. An audio frame is 20 ms long by default, and
		// video comes frame by frame, too. Close is WriteCloser's, and optional.
		Name:      "livekit-writer",
		Group:     "media",
		Package:   "github.com/livekit/media-sdk",
		Interface: "Writer",
		Hot:       []string{"WriteSample"},
		Stop:      []string{"Close"},
		Rate:      Frame,
		Doc:       "DefFrameDur is a default duration of an audio frame.",
		URL:       "https://pkg.go.dev/github.com/livekit/media-sdk@v0.0.0-20260821230919-443f401e89b8#pkg-constants",
	},
	{
		// OnOpen and OnClose come once for each connection.
		Name:      "gnet-event-handler",
		Group:     "network",
		Package:   "github.com/panjf2000/gnet/v2",
		Interface: "EventHandler",
		Hot:       []string{"OnTraffic"},
		Start:     []string{"OnBoot"},
		Stop:      []string{"OnShutdown"},
		Rate:      Record,
		Doc:       "OnTraffic fires when a socket receives data from the remote.",
		URL:       "https://pkg.go.dev/github.com/panjf2000/gnet/v2@v2.9.7#EventHandler",
	},
	{
		// The streams that interceptors wrap. An interceptor itself is called once for
		// each stream, and may well start what lasts as long.
		Name:      "grpc-server-stream",
		Group:     "network",
		Package:   "google.golang.org/grpc",
		Interface: "ServerStream",
		Hot:       []string{"SendMsg", "RecvMsg"},
		Rate:      Record,
		Doc:       "SendMsg sends a message.",
		URL:       "https://pkg.go.dev/google.golang.org/grpc@v1.85.0#ServerStream",
	},
	{
		Name:      "grpc-client-stream",
		Group:     "network",
		Package:   "google.golang.org/grpc",
		Interface: "ClientStream",
		Hot:       []string{"SendMsg", "RecvMsg"},
		Stop:      []string{"CloseSend"},
		Rate:      Record,
		Doc:       "RecvMsg blocks until it receives a message into m or the stream is done.",
		URL:       "https://pkg.go.dev/google.golang.org/grpc@v1.85.0#ClientStream",
	},
	{
		// With clones a core on purpose, with what both write to.
		Name:      "zap-core",
		Group:     "log",
		Package:   "go.uber.org/zap/zapcore",
		Interface: "Core",
		Hot:       []string{"Write", "Check"},
		Rate:      Record,
		Doc:       "Write serializes the Entry and any Fields supplied at the log site and writes them to their destination.",
		URL:       "https://pkg.go.dev/go.uber.org/zap@v1.28.0/zapcore#Core",
	},
	{
		Name:      "slog-handler",
		Group:     "log",
		Package:   "log/slog",
		Interface: "Handler",
		Hot:       []string{"Handle", "Enabled"},
		Rate:      Record,
		Doc:       "It is called early, before any arguments are processed, to save effort if the log event should be discarded.",
		URL:       "https://pkg.go.dev/log/slog@go1.26.0#Handler",
	},
	{
		Name:      "logrus-hook",
		Group:     "log",
		Package:   "github.com/sirupsen/logrus",
		Interface: "Hook",
		Hot:       []string{"Fire"},
		Rate:      Record,
		Doc:       "Note that this is not fired in a goroutine or a channel with workers, you should handle such functionality yourself if your call is non-blocking, and you don't wish for the logging calls for levels returned from `Levels()` to block.",
		URL:       "https://pkg.go.dev/github.com/sirupsen/logrus@v1.10.2#Hook",
	},
	{
		Name:      "bubbletea-model",
		Group:     "ui",
		Package:   "charm.land/bubbletea/v2",
		Interface: "Model",
		Hot:       []string{"Update", "View"},
		Start:     []string{"Init"},
		Rate:      Record,
		Doc:       "Update is called when a message is received.",
		URL:       "https://pkg.go.dev/charm.land/bubbletea/v2@v2.1.1#Model",
	},
	{
		Name:      "bubbletea-model-v1",
		Group:     "ui",
		Package:   "github.com/charmbracelet/bubbletea",
		Interface: "Model",
		Hot:       []string{"Update", "View"},
		Start:     []string{"Init"},
		Rate:      Record,
		Doc:       "Update is called when a message is received.",
		URL:       "https://pkg.go.dev/github.com/charmbracelet/bubbletea@v1.3.10#Model",
	},
	{
		Name:      "ebiten-game",
		Group:     "ui",
		Package:   "github.com/hajimehoshi/ebiten/v2",
		Interface: "Game",
		Hot:       []string{"Update", "Draw"},
		Rate:      Frame,
		Doc:       "You can assume that Update is always called TPS-times per second (60 by default), and you can assume that the time delta between two Updates is always 1 / TPS [s] (1/60[s] by default).",
		URL:       "https://pkg.go.dev/github.com/hajimehoshi/ebiten/v2@v2.8.8#Game",
	},
	{
		// Goroutines, channels and waits are the usual ways of a reconciler.
		Name:      "controller-runtime-reconciler",
		Group:     "controller",
		Package:   "sigs.k8s.io/controller-runtime/pkg/reconcile",
		Interface: "TypedReconciler",
		Hot:       []string{"Reconcile"},
		Kinds:     []model.Kind{model.Resource},
		Rate:      Record,
		Doc:       "Reconcile performs a full reconciliation for the object referred to by the Request.",
		URL:       "https://pkg.go.dev/sigs.k8s.io/controller-runtime@v0.25.2/pkg/reconcile#TypedReconciler",
	},
	{
		Name:     "controller-runtime-reconciler-func",
		Group:    "controller",
		Package:  "sigs.k8s.io/controller-runtime/pkg/reconcile",
		FuncType: "TypedFunc",
		Kinds:    []model.Kind{model.Resource},
		Rate:     Record,
		Doc:      "TypedFunc is a function that implements the reconcile interface.",
		URL:      "https://pkg.go.dev/sigs.k8s.io/controller-runtime@v0.25.2/pkg/reconcile#TypedFunc",
	},
}
