package syntax

import "context"

// table maps kinds to methods.
var table = map[string]func(*Table, Record) error{
	"a": (*Table).onA,
	"b": (*Table).onB,
}

// Table looks its methods up.
type Table struct{ session }

func (h *Table) onA(Record) error { go h.loop(); return nil }
func (h *Table) onB(Record) error { return nil }

func (h *Table) Emit(_ context.Context, r Record) error {
	if f, ok := table[r.Key]; ok {
		return f(h, r) // silent: what a map holds is not followed
	}
	return nil
}

// TableSwitch has a switch of its own.
type TableSwitch struct{ session }

func (h *TableSwitch) Emit(_ context.Context, r Record) error {
	switch r.Key {
	case "a":
		h.spawn() // want `on some calls.*emit-goroutine`
	case "b", "c":
		return h.send(r.Key)
	default:
		func() {
			h.spawn() // want `on some calls.*emit-goroutine`
		}()
	}
	return nil
}

// runner has implementations that all start a goroutine.
type runner interface{ run(*session) }

type (
	runA struct{}
	runB struct{ n int }
	runC struct{ runA }
)

func (runA) run(s *session)  { go s.loop() }
func (*runB) run(s *session) { s.spawn() }

// ByInterface calls one of them.
type ByInterface struct {
	session
	r runner
}

func (h *ByInterface) Emit(context.Context, Record) error {
	h.r.run(&h.session) // want `emit-goroutine`
	return nil
}

// checker has one that does not.
type checker interface{ check(*session) }

type (
	checkA struct{}
	checkB struct{}
)

func (checkA) check(s *session) { go s.loop() }
func (checkB) check(s *session) { s.n++ }

// ByMixedInterface calls one of them.
type ByMixedInterface struct {
	session
	c checker
}

func (h *ByMixedInterface) Emit(context.Context, Record) error {
	h.c.check(&h.session) // silent: not every implementation does
	return nil
}

// ByKnownType calls the one that does, by an interface it has just made.
type ByKnownType struct{ session }

func (h *ByKnownType) Emit(context.Context, Record) error {
	checkA{}.check(&h.session) // want `emit-goroutine`
	return nil
}

// FieldMethod keeps a method value in a field.
type FieldMethod struct {
	session
	f func()
}

func NewFieldMethod() *FieldMethod {
	h := new(FieldMethod)
	h.f = h.spawn
	return h
}

func (h *FieldMethod) Emit(context.Context, Record) error {
	h.f() // silent: what a field holds is not followed
	return nil
}

// option is a functional option.
type option func(*config)

type config struct {
	buffer int
	run    func()
}

func withBuffer(n int) option { return func(c *config) { c.buffer = n } }

func withRun(f func()) option { return func(c *config) { c.run = f } }

func newConfig(opts ...option) *config {
	c := &config{}
	for _, o := range opts {
		o(c)
	}
	return c
}

// Options configures something for each record, and starts nothing.
type Options struct {
	session
	c *config
}

func (h *Options) Emit(context.Context, Record) error {
	h.c = newConfig(withBuffer(8), withRun(h.spawn), func(c *config) { // silent: it is only stored
		c.run = func() { go h.loop() } // silent: it is only stored
	})
	return nil
}

// event kinds whose names begin as a lifecycle's do.
type (
	event         interface{ isEvent() }
	StartEvent    struct{}
	OpenAIEvent   struct{ event }
	EndUserEvent  struct{ event }
	StartTimeInfo struct{ event }
	DataEvent     struct{ event }
	StreamClosed  struct{ event }
)

func (*StartEvent) isEvent() {}

// Lifecycle starts with the start.
type Lifecycle struct{ session }

func (h *Lifecycle) Emit(_ context.Context, e event) error {
	switch e.(type) {
	case *StartEvent:
		go h.loop() // silent: a lifecycle case
	case StreamClosed:
		h.spawn() // silent: a lifecycle case
	case DataEvent:
		h.spawn() // want `on some calls.*emit-goroutine`
	}
	return nil
}

// LifecycleNames only looks like it.
type LifecycleNames struct{ session }

func (h *LifecycleNames) Emit(_ context.Context, e event) error {
	switch e.(type) {
	case OpenAIEvent:
		h.spawn() // want `on some calls.*emit-goroutine`
	case EndUserEvent:
		h.spawn() // want `on some calls.*emit-goroutine`
	case StartTimeInfo:
		h.spawn() // want `on some calls.*emit-goroutine`
	}
	return nil
}

// LifecycleAssert asks for the start in an if.
type LifecycleAssert struct{ session }

func (h *LifecycleAssert) Emit(_ context.Context, e event) error {
	if _, ok := e.(*StartEvent); ok {
		go h.loop() // silent: a lifecycle case
	}
	return nil
}

// LifecycleMixed shares a case with data.
type LifecycleMixed struct{ session }

func (h *LifecycleMixed) Emit(_ context.Context, e event) error {
	switch e.(type) {
	case *StartEvent, DataEvent:
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	return nil
}

// LifecycleFrame has a pulled method: every case counts.
type LifecycleFrame struct {
	session
	e event
}

func (h *LifecycleFrame) Emit(context.Context) (Frame, error) {
	switch h.e.(type) {
	case *StartEvent:
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	return Frame{}, nil
}
