package handlertype

import (
	"context"
	"io"
)

// Every start and every stop once.

type SessionPair struct{}

func (h *SessionPair) SessionStart(context.Context) error { return nil }
func (h *SessionPair) SessionStop(context.Context) error  { return nil }

func (h *SessionPair) Emit(context.Context) (Frame, error) {
	go work(h) // want `SessionStart.*SessionStop.*\(emit-goroutine\)$`
	return Frame{}, nil
}

type SessionedPair struct{}

func (h *SessionedPair) SessionStarted(context.Context) {}
func (h *SessionedPair) SessionStopped(context.Context) {}

func (h *SessionedPair) Emit(context.Context) (Frame, error) {
	go work(h) // want `emit-goroutine`
	return Frame{}, nil
}

type StartUpShutdown struct{}

func (h *StartUpShutdown) StartUp() error                 { return nil }
func (h *StartUpShutdown) Shutdown(context.Context) error { return nil }

func (h *StartUpShutdown) Emit(context.Context) (Frame, error) {
	go work(h) // want `emit-goroutine`
	return Frame{}, nil
}

type StartStop struct{}

func (h *StartStop) Start() {}
func (h *StartStop) Stop()  {}

func (h *StartStop) Emit(_ context.Context, r Record) error {
	go work(r) // want `start it in Start and stop it in Stop.*\(emit-goroutine\)$`
	return nil
}

type OpenClose struct{}

func (h *OpenClose) Open(string) error { return nil }
func (h *OpenClose) Close() error      { return nil }

func (h *OpenClose) Emit(r Record) error {
	go work(r) // want `emit-goroutine`
	return nil
}

type SetupTeardown struct{}

func (h *SetupTeardown) Setup() error    { return nil }
func (h *SetupTeardown) Teardown() error { return nil }

func (h *SetupTeardown) Emit(r Record) {
	go work(r) // want `emit-goroutine`
}

type InitCleanup struct{}

func (h *InitCleanup) Init(int)       {}
func (h *InitCleanup) Cleanup() error { return nil }

func (h *InitCleanup) Emit(r *Record) (Record, error) {
	go work(r) // want `emit-goroutine`
	return *r, nil
}

type ConnectClose struct{}

func (h *ConnectClose) Connect(context.Context) error { return nil }
func (h *ConnectClose) Close() error                  { return nil }

func (h *ConnectClose) Emit(items ...int) error {
	go work(items) // want `emit-goroutine`
	return nil
}

// A constructor is a start.

type Constructed struct {
	quit chan struct{}
	n    int
}

func NewConstructed() *Constructed {
	h := &Constructed{quit: make(chan struct{})}
	go h.loop() // silent: once per session, Close ends it
	return h
}

func (h *Constructed) loop() { <-h.quit }

func (h *Constructed) Emit(context.Context) (Frame, error) {
	go work(h) // want `emit-goroutine`
	return Frame{}, nil
}

func (h *Constructed) Close() error {
	close(h.quit)
	return nil
}

type ConstructedValue struct{ n int }

func NewConstructedValue(n int) (ConstructedValue, error) { return ConstructedValue{n}, nil }

func (h ConstructedValue) Emit(r Record) error {
	go work(r) // want `emit-goroutine`
	return nil
}

func (h ConstructedValue) Shutdown() {}

// WithoutStart has a stop and no start: what a session must not do anew for
// each record is the same.
type WithoutStart struct{}

func (h *WithoutStart) Emit(r Record) error {
	go work(r) // want `emit-goroutine`
	return nil
}

func (h *WithoutStart) Close() error { return nil }

// WithoutStop has a session's start, and no stop at all.
type WithoutStop struct{}

func (h *WithoutStop) SessionStart(context.Context) error { return nil }

func (h *WithoutStop) Emit(context.Context) (Frame, error) {
	go work(h) // want `emit-goroutine`
	return Frame{}, nil
}

// WithoutStopPlain has a start that says nothing of a session.
type WithoutStopPlain struct{}

func (h *WithoutStopPlain) Start() {}

func (h *WithoutStopPlain) Emit(context.Context) (Frame, error) {
	go work(h) // silent: no stop
	return Frame{}, nil
}

// Other hot methods.

type Video struct{}

func (h *Video) Setup() error { return nil }
func (h *Video) Stop()        {}

func (h *Video) VideoEmit(context.Context) (Frame, error) {
	go work(h) // want `^VideoEmit starts a goroutine on each call`
	return Frame{}, nil
}

type AudioVideo struct{}

func (h *AudioVideo) SessionStart(context.Context) error { return nil }
func (h *AudioVideo) SessionStop(context.Context) error  { return nil }

func (h *AudioVideo) Emit(context.Context) (Frame, error) {
	go work(h) // want `^Emit starts a goroutine`
	return Frame{}, nil
}

func (h *AudioVideo) VideoEmit(context.Context) (Frame, error) {
	go work(h) // want `^VideoEmit starts a goroutine`
	return Frame{}, nil
}

func (h *AudioVideo) Receive(_ context.Context, f Frame) error {
	go work(f) // want `^Receive starts a goroutine`
	return nil
}

func (h *AudioVideo) VideoReceive(_ context.Context, f Frame) error {
	go work(f) // want `^VideoReceive starts a goroutine`
	return nil
}

func (h *AudioVideo) Send(_ context.Context, f Frame) error {
	go work(f) // silent: no method of a contract
	return nil
}

// Receiver receives, and emits nothing.
type Receiver struct{}

func (h *Receiver) Start()       {}
func (h *Receiver) Close() error { return nil }

func (h *Receiver) Receive(_ context.Context, f Frame) error {
	go work(f) // silent: Receive alone makes no handler type
	return nil
}

// Methods of values, of pointers, of types that are no struct.

type MixedReceivers struct{}

func (h *MixedReceivers) Start() {}

func (h MixedReceivers) Emit(r Record) error {
	go work(r) // want `emit-goroutine`
	return nil
}

func (h *MixedReceivers) Close() error { return nil }

type unexported struct{}

func (unexported) Start() {}

func (unexported) Emit(r Record) error {
	go work(r) // want `emit-goroutine`
	return nil
}

func (unexported) Close() error { return nil }

type FuncType func(Record)

func (f FuncType) Start() {}

func (f FuncType) Emit(r Record) error {
	go f(r) // want `emit-goroutine`
	return nil
}

func (f FuncType) Close() error { return nil }

type SliceType []Record

func (s *SliceType) Start() {}

func (s *SliceType) Emit(r Record) error {
	*s = append(*s, r)
	go work(len(*s)) // want `emit-goroutine`
	return nil
}

func (s *SliceType) Stop() {}

// NamedWord takes a string, and has a result: a handler that is handed text.
type NamedWord struct{}

func (h *NamedWord) Start() {}

func (h *NamedWord) Emit(word string) error {
	go work(word) // want `emit-goroutine`
	return nil
}

func (h *NamedWord) Close() error { return nil }

// What is none.

type NoStop struct{}

func (h *NoStop) Emit(r Record) error {
	go work(r) // silent: no stop
	return nil
}

type StopElsewhere struct{}

func (h *StopElsewhere) Emit(r Record) error {
	go work(r) // silent: the stop is of another type
	return nil
}

type elsewhere struct{ h *StopElsewhere }

func (e *elsewhere) Close() error { return nil }

type StopUnexported struct{}

func (h *StopUnexported) Start() {}
func (h *StopUnexported) close() {}

func (h *StopUnexported) Emit(r Record) error {
	defer h.close()
	go work(r) // silent: no exported stop
	return nil
}

type EmitUnexported struct{}

func (h *EmitUnexported) Start()       {}
func (h *EmitUnexported) Close() error { return nil }

func (h *EmitUnexported) emit(r Record) error {
	go work(r) // silent: no exported Emit
	return nil
}

type OtherCase struct{}

func (h *OtherCase) Start()       {}
func (h *OtherCase) Close() error { return nil }

func (h *OtherCase) EMIT(r Record) error {
	go work(r) // silent: another name
	return nil
}

func (h *OtherCase) Emitted(r Record) error {
	go work(r) // silent: another name
	return nil
}

func (h *OtherCase) EmitAll(rs []Record) error {
	go work(rs) // silent: another name
	return nil
}

type EmitField struct {
	Emit func(Record) error
}

func NewEmitField() *EmitField {
	return &EmitField{Emit: func(r Record) error {
		go work(r) // silent: a field is no method
		return nil
	}}
}

func (h *EmitField) Close() error { return nil }

// Emit is a function of the package.
func Emit(r Record) {
	go work(r) // silent: a function is no method
}

// Close is one too.
func Close() error { return nil }

// Emitter is an interface: it has no body.
type Emitter interface {
	Emit(ctx context.Context) (Frame, error) // silent: an interface does nothing
	Close() error
}

// A log builder, an accumulator, an assembler.

type LogLine struct{ fields []string }

func (l *LogLine) Str(k, v string) *LogLine {
	l.fields = append(l.fields, k+"="+v)
	return l
}

func (l *LogLine) Emit() {
	go work(l.fields) // silent: a log builder has no stop
}

type Event struct{ name string }

func (e *Event) Start() {}

func (e *Event) Emit(args string) {
	go work(e.name, args) // silent: an event that is named by a string
}

func (e *Event) Close() error { return nil }

type Assembler struct{ code []byte }

func (a *Assembler) Emit(op byte, args ...byte) {
	a.code = append(append(a.code, op), args...)
	go work(a.code) // silent: an assembler has no stop
}

type Printer struct{ indent int }

func (p *Printer) Init() {}

func (p *Printer) Emit(w io.Writer) {
	go work(w, p.indent) // silent: it writes its text somewhere
}

func (p *Printer) Close() error { return nil }

// text is a string by another name.
type text = string

type Named struct{}

func (n *Named) Start() {}

func (n *Named) Emit(name text, args ...any) {
	go work(name, args) // silent: an event that is named by a string
}

func (n *Named) Close() error { return nil }

// Topic is a kind of string.
type Topic string

type Topical struct{}

func (t *Topical) Start() {}

func (t *Topical) Emit(topic Topic, payload any) {
	go work(topic, payload) // silent: an event that is named by a kind of string
}

func (t *Topical) Close() error { return nil }

// Event buses: their goroutine per event is what their users asked for.

type BusOn struct{ handlers []func(Record) }

func (b *BusOn) Start() {}

func (b *BusOn) On(f func(Record)) { b.handlers = append(b.handlers, f) }
func (b *BusOn) Close() error      { return nil }

func (b *BusOn) Emit(r Record) error {
	for _, f := range b.handlers {
		go f(r) // silent: an event bus
	}
	return nil
}

type BusOnce struct{ handlers []func(Record) }

func (b *BusOnce) Start() {}

func (b *BusOnce) Once(f func(Record)) { b.handlers = append(b.handlers, f) }
func (b *BusOnce) Stop()               {}

func (b *BusOnce) Emit(r Record) error {
	for _, f := range b.handlers {
		go f(r) // silent: an event bus
	}
	return nil
}

type BusSubscribe struct{ handlers []func(Record) }

func (b *BusSubscribe) Subscribe(f func(Record)) { b.handlers = append(b.handlers, f) }
func (b *BusSubscribe) Start()                   {}
func (b *BusSubscribe) Stop()                    {}

func (b *BusSubscribe) Emit(r Record) error {
	for _, f := range b.handlers {
		go f(r) // silent: an event bus
	}
	return nil
}

type listeners struct{ handlers []func(Record) }

func (l *listeners) AddListener(f func(Record)) { l.handlers = append(l.handlers, f) }

type BusEmbedded struct{ listeners }

func (b *BusEmbedded) Start() {}
func (b *BusEmbedded) Stop()  {}

func (b *BusEmbedded) Emit(r Record) error {
	for _, f := range b.handlers {
		go f(r) // silent: an event bus, its AddListener promoted
	}
	return nil
}

// Generic and aliased types.

type Box[T any] struct{ last T }

func NewBox[T any]() *Box[T] { return &Box[T]{} }

func (b *Box[T]) Emit(_ context.Context, v T) error {
	b.last = v
	go work(v) // want `emit-goroutine`
	return nil
}

func (b *Box[T]) Close() error { return nil }

// Ints tells the same goroutine a second time, if one counts types.
type Ints struct{ Box[int] }

type Original struct{}

func (o *Original) Start() {}
func (o *Original) Stop()  {}

func (o *Original) Emit(r Record) error {
	go work(r) // want `emit-goroutine`
	return nil
}

// Renamed is Original, Redefined has nothing of it.
type (
	Renamed   = Original
	Redefined Original
)

type NoLongerHot Original

func (n *NoLongerHot) Start() {}
func (n *NoLongerHot) Stop()  {}

func (n *NoLongerHot) Push(r Record) error {
	go work(r) // silent: the methods of Original are not inherited
	return nil
}

// On an alias a method belongs to the type behind it.
type behind struct{}

type Front = behind

func (f *Front) Start() {}
func (f *Front) Stop()  {}

func (f *Front) Emit(r Record) error {
	go work(r) // want `emit-goroutine`
	return nil
}
