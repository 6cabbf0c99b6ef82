// Package copies holds cases for copy-shares: copies of a handler that share
// what their sessions change.
package copies

import (
	"context"
	"log"
	"maps"
	"slices"
	"sync"
)

// Frame is one block of samples.
type Frame []int16

// A Handler is what a server copies for each session.
//
//emitcheck:handler hot=Emit start=SessionStart stop=SessionStop copy=Copy
type Handler interface {
	SessionStart(context.Context) error
	Emit(context.Context) (Frame, error)
	SessionStop(context.Context) error
	Copy() Handler
}

// Life is what the handlers have in common.
type Life struct{}

func (Life) SessionStart(context.Context) error          { return nil }
func (Life) SessionStop(context.Context) error           { return nil }
func (Life) Emit(ctx context.Context) (Frame, error)     { return nil, ctx.Err() }
func (Life) Receive(ctx context.Context, in Frame) error { return nil }

// Model is what all sessions use, and none changes.
type Model struct{ name string }

// Itself returns itself, with a count.
type Itself struct {
	Life
	n int
}

func (h *Itself) Emit(context.Context) (Frame, error) {
	h.n++
	return Frame{int16(h.n)}, nil
}

func (h *Itself) Copy() Handler { return h } // want `^Copy returns the receiver itself, so that all sessions share its n: \(\*Itself\)\.Copy \(return at copies\.go:\d+\); return a new Itself with state of its own \(copy-shares\)$`

// Converted returns itself, converted and by another name.
type Converted struct {
	Life
	frames chan Frame
}

func (h *Converted) SessionStart(context.Context) error {
	h.frames = make(chan Frame)
	return nil
}

func (h *Converted) Copy() Handler {
	c := h
	return Handler(c) // want `returns the receiver itself.*copy-shares`
}

// Shallow copies the struct, and with it the channel.
type Shallow struct {
	Life
	model  *Model
	frames chan Frame
}

// NewShallow makes one.
func NewShallow(m *Model) *Shallow { return &Shallow{model: m, frames: make(chan Frame, 8)} }

func (h *Shallow) Receive(_ context.Context, in Frame) error {
	h.frames <- in
	return nil
}

func (h *Shallow) Emit(ctx context.Context) (Frame, error) {
	select {
	case f := <-h.frames:
		return f, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (h *Shallow) Copy() Handler {
	c := *h // want `^Copy shares frames between the sessions: \(\*Shallow\)\.Copy \(shallow copy at copies\.go:\d+\), and \(\*Shallow\)\.Emit at copies\.go:\d+ takes what another session sent; give the copy one of its own \(copy-shares\)$`
	return &c
}

// Listed names the fields one by one.
type Listed struct {
	Life
	name string
	seen map[string]int
}

// NewListed makes one.
func NewListed(name string) *Listed { return &Listed{name: name, seen: map[string]int{}} }

func (h *Listed) Emit(context.Context) (Frame, error) {
	h.seen[h.name]++
	return nil, nil
}

func (h *Listed) Copy() Handler {
	return &Listed{
		name: h.name,
		seen: h.seen, // want `Copy shares seen between the sessions: .*copied field at.*writes to it.*copy-shares`
	}
}

// Unkeyed has no keys, and its map is emptied.
type Unkeyed struct {
	Life
	seen map[string]int
}

// NewUnkeyed makes one.
func NewUnkeyed() *Unkeyed { return &Unkeyed{Life{}, make(map[string]int)} }

func (h *Unkeyed) SessionStop(context.Context) error {
	clear(h.seen)
	return nil
}

func (h *Unkeyed) Copy() Handler { return &Unkeyed{h.Life, h.seen} } // want `shares seen.*copy-shares`

// Assigned assigns them.
type Assigned struct {
	Life
	seen map[string]int
}

// NewAssigned makes one.
func NewAssigned() *Assigned { return &Assigned{seen: make(map[string]int)} }

func (h *Assigned) Emit(context.Context) (Frame, error) {
	delete(h.seen, "x")
	return nil, nil
}

func (h *Assigned) Copy() Handler {
	c := new(Assigned)
	c.seen = h.seen // want `shares seen.*copy-shares`
	return c
}

// stats is a state that is pointed to.
type stats struct{ frames int }

// Pointer shares what it points to.
type Pointer struct {
	Life
	stats *stats
}

// NewPointer makes one.
func NewPointer() *Pointer { return &Pointer{stats: &stats{}} }

func (h *Pointer) Emit(context.Context) (Frame, error) {
	h.stats.frames++
	return nil, nil
}

func (h *Pointer) Copy() Handler {
	c := &Pointer{}
	*c = *h // want `shares stats.*writes to it.*copy-shares`
	return c
}

// Embedded shares what it embeds.
type Embedded struct {
	Life
	*stats
}

// NewEmbedded makes one.
func NewEmbedded() *Embedded { return &Embedded{stats: &stats{}} }

func (h *Embedded) Emit(context.Context) (Frame, error) {
	h.frames++
	return nil, nil
}

func (h *Embedded) Copy() Handler {
	c := *h // want `shares stats.*copy-shares`
	p := &c
	return p
}

// Value has a receiver that is a copy already.
type Value struct {
	Life
	done chan struct{}
}

// NewValue makes one.
func NewValue() *Value { return &Value{done: make(chan struct{})} }

func (h Value) SessionStop(context.Context) error {
	close(h.done)
	return nil
}

func (h Value) Copy() Handler { return &h } // want `shares done.*closes it for all.*copy-shares`

// ValueItself returns the value.
type ValueItself struct {
	Life
	seen map[int]bool
}

// NewValueItself makes one.
func NewValueItself() ValueItself { return ValueItself{seen: map[int]bool{}} }

func (h ValueItself) Emit(context.Context) (Frame, error) {
	h.seen[1] = true
	return nil, nil
}

func (h ValueItself) Copy() Handler {
	c := h // want `shares seen.*copy-shares`
	return c
}

// Exported is given its map by who makes it.
type Exported struct {
	Life
	Seen map[string]int
}

func (h *Exported) Emit(context.Context) (Frame, error) {
	h.Seen["x"] = 1
	return nil, nil
}

func (h *Exported) Copy() Handler {
	var c Exported
	c = *h // want `shares Seen.*copy-shares`
	return &c
}

// OneOfTwo makes one of its two anew.
type OneOfTwo struct {
	Life
	in, out map[int]Frame
}

// NewOneOfTwo makes one.
func NewOneOfTwo() *OneOfTwo { return &OneOfTwo{in: map[int]Frame{}, out: map[int]Frame{}} }

func (h *OneOfTwo) Emit(context.Context) (Frame, error) {
	h.in[0], h.out[0] = nil, nil
	return nil, nil
}

func (h *OneOfTwo) Copy() Handler {
	c := *h // want `shares out between.*copy-shares`
	c.in = make(map[int]Frame)
	return &c
}

// Generic is generic.
type Generic[T any] struct {
	seen map[string]T
}

// NewGeneric makes one.
func NewGeneric[T any]() *Generic[T] { return &Generic[T]{seen: make(map[string]T)} }

func (g *Generic[T]) Emit(context.Context) (t T, err error) {
	g.seen["x"] = t
	return t, nil
}

func (g *Generic[T]) Close() error { return nil }

func (g *Generic[T]) Copy() *Generic[T] {
	return &Generic[T]{seen: g.seen} // want `shares seen.*copy-shares`
}

// Inner is embedded and copies itself.
type Inner struct {
	Life
	n int
}

// Copy returns an Inner.
func (i *Inner) Copy() Handler { return &Inner{} }

// Outer has its own Emit, which its copies have not.
type Outer struct {
	*Inner // want `^Copy is promoted from Inner and returns no Outer: a session of the copy would not run Outer's Emit; write a Copy for Outer \(copy-shares\)$`
}

func (o *Outer) Emit(context.Context) (Frame, error) { return Frame{1}, nil }

// Wrapper wraps any handler, but its copies are not wrapped.
type Wrapper struct {
	Handler // want `promoted from Handler and returns no Wrapper.*copy-shares`
}

func (w *Wrapper) Emit(ctx context.Context) (Frame, error) {
	log.Print("emit")
	return w.Handler.Emit(ctx)
}

// ---- what is in order ----

// Fresh makes all anew.
type Fresh struct {
	Life
	model  *Model
	frames chan Frame
	seen   map[string]int
	stats  *stats
}

// NewFresh makes one.
func NewFresh(m *Model) *Fresh {
	return &Fresh{model: m, frames: make(chan Frame, 8), seen: make(map[string]int), stats: &stats{}}
}

func (h *Fresh) Emit(context.Context) (Frame, error) {
	h.seen["x"]++
	h.stats.frames++
	h.frames <- nil
	return <-h.frames, nil
}

func (h *Fresh) Copy() Handler { return NewFresh(h.model) } // silent: the constructor makes all anew

// Replaced replaces what is not to be shared.
type Replaced struct{ Fresh }

func (h *Replaced) Copy() Handler {
	c := *h // silent: all is replaced below
	c.frames = make(chan Frame, 8)
	c.seen = maps.Clone(h.seen)
	c.stats = &stats{}
	return &c
}

// ReplacedByMethod replaces it in a method.
type ReplacedByMethod struct {
	Life
	seen map[string]int
}

// NewReplacedByMethod makes one.
func NewReplacedByMethod() *ReplacedByMethod {
	h := &ReplacedByMethod{}
	h.reset()
	return h
}

func (h *ReplacedByMethod) reset() { h.seen = make(map[string]int) }

func (h *ReplacedByMethod) Emit(context.Context) (Frame, error) {
	h.seen["x"]++
	return nil, nil
}

func (h *ReplacedByMethod) Copy() Handler {
	c := *h // silent: reset replaces it
	c.reset()
	return &c
}

// PassedOn passes its copy on, to what may change it.
type PassedOn struct {
	Life
	seen map[string]int
}

// NewPassedOn makes one.
func NewPassedOn() *PassedOn { return &PassedOn{seen: map[string]int{}} }

func (h *PassedOn) Emit(context.Context) (Frame, error) {
	h.seen["x"]++
	return nil, nil
}

func (h *PassedOn) Copy() Handler {
	c := *h // silent: fill may replace it
	fill(&c)
	return &c
}

func fill(h *PassedOn) { h.seen = map[string]int{} }

// InStart makes it when the session starts.
type InStart struct {
	Life
	frames chan Frame
	seen   map[string]int
}

// NewInStart makes one.
func NewInStart() *InStart { return &InStart{seen: map[string]int{}} }

func (h *InStart) SessionStart(context.Context) error {
	h.frames = make(chan Frame)
	h.begin()
	return nil
}

func (h *InStart) begin() { h.seen = map[string]int{} }

func (h *InStart) Emit(context.Context) (Frame, error) {
	h.seen["x"]++
	h.frames <- nil
	return <-h.frames, nil
}

func (h *InStart) Copy() Handler {
	c := *h // silent: SessionStart makes both
	return &c
}

// Lazy makes it in the session that first needs it.
type Lazy struct {
	Life
	seen map[string]int
}

func (h *Lazy) Emit(context.Context) (Frame, error) {
	if h.seen == nil {
		h.seen = make(map[string]int)
	}
	h.seen["x"]++
	return nil, nil
}

func (h *Lazy) Copy() Handler {
	c := *h // silent: what is copied has none yet
	return &c
}

// Immutable shares what nobody changes.
type Immutable struct {
	Life
	model  *Model
	labels map[string]string
	log    *log.Logger
	gains  []float64
}

// NewImmutable makes one.
func NewImmutable(m *Model) *Immutable {
	return &Immutable{model: m, labels: map[string]string{"a": "b"}, log: log.Default()}
}

func (h *Immutable) Emit(context.Context) (Frame, error) {
	h.log.Print(h.labels["a"], h.model.name, len(h.gains))
	return nil, nil
}

func (h *Immutable) Copy() Handler {
	c := *h // silent: nothing of it is changed
	return &c
}

// Stateless has nothing to share.
type Stateless struct {
	Life
	model *Model
}

func (h *Stateless) Emit(context.Context) (Frame, error) { return Frame{int16(len(h.model.name))}, nil }

func (h *Stateless) Copy() Handler { return h } // silent: it has no state

// Hub sends to what all sessions share on purpose.
type Hub struct {
	Life
	events chan<- Frame
	quit   <-chan struct{}
	bus    chan Frame
}

// NewHub makes one.
func NewHub(events chan Frame, quit chan struct{}) *Hub {
	return &Hub{events: events, quit: quit, bus: events}
}

func (h *Hub) Emit(ctx context.Context) (Frame, error) {
	select {
	case h.bus <- nil:
	case h.events <- nil:
	case <-h.quit:
	}
	return nil, nil
}

func (h *Hub) Copy() Handler {
	c := *h // silent: it only sends to the ones, and only receives from the other
	return &c
}

// registry guards itself.
type registry struct {
	mu sync.Mutex
	n  int
}

// Guarded shares what is made to be shared.
type Guarded struct {
	Life
	reg *registry
}

// NewGuarded makes one.
func NewGuarded() *Guarded { return &Guarded{reg: &registry{}} }

func (h *Guarded) Emit(context.Context) (Frame, error) {
	h.reg.mu.Lock()
	h.reg.n++
	h.reg.mu.Unlock()
	return nil, nil
}

func (h *Guarded) Copy() Handler {
	return &Guarded{reg: h.reg} // silent: it has a lock
}

// SharedCache shares a map and the lock that guards it.
type SharedCache struct {
	Life
	mu    *sync.Mutex
	cache map[string]Frame
}

// NewSharedCache makes one.
func NewSharedCache() *SharedCache {
	return &SharedCache{mu: new(sync.Mutex), cache: map[string]Frame{}}
}

func (h *SharedCache) Emit(context.Context) (Frame, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.cache["x"] = nil
	return nil, nil
}

func (h *SharedCache) Copy() Handler {
	c := *h // silent: the lock is shared as well
	return &c
}

// Sliced clones its slice.
type Sliced struct {
	Life
	frames []Frame
}

// NewSliced makes one.
func NewSliced() *Sliced { return &Sliced{frames: make([]Frame, 8)} }

func (h *Sliced) Emit(context.Context) (Frame, error) {
	h.frames = h.frames[1:]
	return nil, nil
}

func (h *Sliced) Copy() Handler {
	return &Sliced{frames: slices.Clone(h.frames)} // silent: it is cloned
}

// OuterCopies writes its own Copy.
type OuterCopies struct{ *Inner } // silent: it has a Copy of its own

func (o *OuterCopies) Emit(context.Context) (Frame, error) { return nil, nil }

// Copy returns an OuterCopies.
func (o *OuterCopies) Copy() Handler { return &OuterCopies{&Inner{}} }

// OuterAddsNothing has no method of its own that a session would miss.
type OuterAddsNothing struct {
	Inner // silent: an Inner will do
	Label string
}

// CopyWith takes what to change: it is no copy for a session.
type CopyWith struct {
	n int
}

func (h *CopyWith) Emit(context.Context) (Frame, error) {
	h.n++
	return nil, nil
}

func (h *CopyWith) Close() error { return nil }

// Copy copies into another.
func (h *CopyWith) Copy(to *CopyWith) *CopyWith {
	*to = *h
	return h // silent: it copies into its argument
}

// Cycle names its copies in a circle.
type Cycle struct {
	Life
	seen map[string]int
}

func (h *Cycle) Emit(context.Context) (Frame, error) {
	h.seen["x"]++
	return nil, nil
}

func (h *Cycle) Copy() Handler {
	var a *Cycle
	b := a
	a = b
	return b // silent: it is no copy at all
}
