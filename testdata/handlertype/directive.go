package handlertype

import (
	"context"

	"corpus/handlertype/api"
)

// Directives on types.

// Named by its directive alone.
//
//emitcheck:handler hot=Process stop=Finish rate=record
type Directed struct{}

func (d *Directed) Process(r Record) error {
	go work(r) // want `^Process starts a goroutine on each call`
	return nil
}

func (d *Directed) Other(r Record) error {
	go work(r) // silent: not named by the directive
	return nil
}

func (d *Directed) Finish() {}

//emitcheck:handler hot=First,Second start=Begin stop=End rate=record
type DirectedTwo struct{}

func (d *DirectedTwo) Begin() {}
func (d *DirectedTwo) End()   {}

func (d *DirectedTwo) First(r Record) error {
	go work(r) // want `^First starts a goroutine.*start it in Begin and stop it in End.*\(emit-goroutine\)$`
	return nil
}

func (d *DirectedTwo) Second(r Record) error {
	go work(r) // want `^Second starts a goroutine`
	return nil
}

// The directive names methods that are not exported.
//
//emitcheck:handler hot=tick stop=halt
type directedUnexported struct{}

func (d *directedUnexported) tick() {
	go work(d) // want `emit-goroutine`
}

func (d *directedUnexported) halt() {}

// DirectedFrame is pushed by its signature and pulled by its directive.
//
//emitcheck:handler hot=Process stop=Close rate=frame
type DirectedFrame struct{}

func (d *DirectedFrame) Process(r Record) error {
	ch := make(chan int, 1) // want `over when the call returns.*emit-channel`
	ch <- len(r.Items)
	work(<-ch)
	return nil
}

func (d *DirectedFrame) Close() error { return nil }

// DirectedRecord is pulled by its signature and pushed by its directive.
//
//emitcheck:handler hot=Emit stop=Close rate=record
type DirectedRecord struct{}

func (d *DirectedRecord) Emit(context.Context) (Frame, error) {
	ch := make(chan int, 1) // silent: a cost, at rate record by directive
	ch <- 1
	return Frame{Samples: make([]int16, <-ch)}, nil
}

func (d *DirectedRecord) Close() error { return nil }

// DirectedBatch is called for batches.
//
//emitcheck:handler hot=Flush stop=Close rate=batch
type DirectedBatch struct{}

func (d *DirectedBatch) Flush(rs []Record) error {
	ch := make(chan int, 1) // silent: a cost, at rate batch
	ch <- len(rs)
	work(<-ch)
	go work(rs) // want `emit-goroutine`
	return nil
}

func (d *DirectedBatch) Close() error { return nil }

// DirectedBare leaves the names to the structure, and needs no stop.
//
//emitcheck:handler
type DirectedBare struct{}

func (d *DirectedBare) Emit(r Record) error {
	go work(r) // want `emit-goroutine`
	return nil
}

// DirectedBus would be an event bus by its structure.
//
//emitcheck:handler hot=Emit stop=Close
type DirectedBus struct{ handlers []func(Record) }

func (b *DirectedBus) On(f func(Record)) { b.handlers = append(b.handlers, f) }
func (b *DirectedBus) Close() error      { return nil }

func (b *DirectedBus) Emit(r Record) error {
	for _, f := range b.handlers {
		go f(r) // want `emit-goroutine`
	}
	return nil
}

// DirectedGeneric has a type parameter.
//
//emitcheck:handler hot=Process stop=Close rate=record
type DirectedGeneric[T any] struct{ sink func(T) }

func (d *DirectedGeneric[T]) Process(v T) error {
	go d.sink(v) // want `emit-goroutine`
	return nil
}

func (d *DirectedGeneric[T]) Close() error { return nil }

type (
	// inGroup is told in a group.
	//
	//emitcheck:handler hot=Process stop=Close
	inGroup struct{}

	// besideGroup stands beside it.
	besideGroup struct{}
)

func (inGroup) Process(r Record) error {
	go work(r) // want `emit-goroutine`
	return nil
}

func (inGroup) Close() error { return nil }

func (besideGroup) Process(r Record) error {
	go work(r) // silent: the directive is its neighbour's
	return nil
}

func (besideGroup) Close() error { return nil }

// Remarked has a remark that is no directive.
//
// emitcheck:handler hot=Process stop=Close
type Remarked struct{}

func (d *Remarked) Process(r Record) error {
	go work(r) // silent: a directive has no space before its name
	return nil
}

func (d *Remarked) Close() error { return nil }

//emitcheck:handler hot=Process stop=Close // want `emitcheck:handler.*above no type`

// Apart has a directive that stands apart from it.
type Apart struct{}

func (d *Apart) Process(r Record) error {
	go work(r) // silent: the directive is not above the declaration
	return nil
}

func (d *Apart) Close() error { return nil }

// Directives on interfaces of this package and of another.

// stage is implemented in this package.
//
//emitcheck:handler hot=Push stop=Halt rate=record
type stage interface {
	Push(Record) error
	Halt()
}

type Implements struct{}

func (i *Implements) Push(r Record) error {
	go work(r) // want `^Push starts a goroutine`
	return nil
}

func (i *Implements) Halt() {}

type ImplementsHalf struct{}

func (i *ImplementsHalf) Push(r Record) error {
	go work(r) // silent: without Halt it does not implement the interface
	return nil
}

type ImplementsNearly struct{}

func (i *ImplementsNearly) Push(r *Record) error {
	go work(r) // silent: another signature
	return nil
}

func (i *ImplementsNearly) Halt() {}

type Processor struct{}

var _ api.Processor = (*Processor)(nil)

func (p *Processor) Process(_ context.Context, data []byte) error {
	go work(data) // want `^Process starts a goroutine on each call.*Finish.*\(emit-goroutine\)$`
	return nil
}

func (p *Processor) Finish() error { return nil }

// ProcessorUnsaid implements the interface and does not say so.
type ProcessorUnsaid struct{}

func (ProcessorUnsaid) Process(_ context.Context, data []byte) error {
	go work(data) // want `emit-goroutine`
	return nil
}

func (ProcessorUnsaid) Finish() error { return nil }

// ProcessorEmbeds implements it by what it embeds.
type ProcessorEmbeds struct {
	finisher
}

type finisher struct{}

func (finisher) Finish() error { return nil }

func (p *ProcessorEmbeds) Process(_ context.Context, data []byte) error {
	go work(data) // want `emit-goroutine`
	return nil
}

type Source struct{}

func (s *Source) Begin(context.Context) error {
	work(s)
	return nil
}

func (s *Source) Pull(context.Context) ([]byte, error) {
	ch := make(chan byte, 1) // want `over when the call returns.*emit-channel`
	ch <- 1
	return []byte{<-ch}, nil
}

func (s *Source) Peek() byte {
	go work(s) // want `^Peek starts a goroutine`
	return 0
}

func (s *Source) End() {}

type Sink struct{}

func (s *Sink) Put(batch []Record) error {
	go work(batch) // want `^Put starts a goroutine`
	return nil
}

func (s *Sink) Done() {}

type SinkGeneric[T comparable] struct{}

func (s *SinkGeneric[T]) Put(batch []T) error {
	go work(batch) // want `^Put starts a goroutine`
	return nil
}

func (s *SinkGeneric[T]) Done() {}

type SinkNearly struct{}

func (s *SinkNearly) Put(one Record) error {
	go work(one) // silent: not a slice, so no Sink of anything
	return nil
}

func (s *SinkNearly) Done() {}

type Visitor struct{}

func (v *Visitor) Visit(node string) error {
	go work(node) // want `^Visit starts a goroutine`
	return nil
}

func (v *Visitor) Leave() {}

type Walker struct{}

var _ api.Walker = (*Walker)(nil)

func (w *Walker) Walk(node string) error {
	go work(node) // silent: the interface has no directive
	return nil
}

func (w *Walker) Leave() {}

type Reporter struct{}

var _ api.Reporter = (*Reporter)(nil)

func (r *Reporter) Report(line int) error {
	go work(line) // silent: a directive has no space before its name
	return nil
}

func (r *Reporter) Leave() {}

// Directives on functions.

// onPacket is called for every packet.
//
//emitcheck:hot
func onPacket(data []byte) {
	go work(data) // want `^onPacket starts a goroutine on each call.*\(emit-goroutine\)$`
}

//emitcheck:hot
func onPacketGeneric[T any](v T) {
	go work(v) // want `emit-goroutine`
}

//emitcheck:hot
func onPacketCalls(data []byte) {
	relay(data) // want `onPacketCalls → relay.*emit-goroutine`
}

func relay(data []byte) {
	go work(data) // silent: only its caller is hot
}

//emitcheck:hot
func onPacketQuiet(data []byte) {
	work(data) // silent: no effect
}

// onPacketRemark has a remark that is no directive.
//
// emitcheck:hot
func onPacketRemark(data []byte) {
	go work(data) // silent: a directive has no space before its name
}

type HotMethod struct{}

//emitcheck:hot
func (h *HotMethod) Serve(r Record) error {
	go work(r) // want `^Serve starts a goroutine`
	return nil
}

func (h *HotMethod) Flush(r Record) error {
	go work(r) // silent: just the function below the directive is hot
	return nil
}
