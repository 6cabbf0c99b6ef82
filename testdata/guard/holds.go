package guard

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// sync.Once and its kin.

type Once struct {
	session
	once sync.Once
}

func (h *Once) Emit(context.Context, Record) error {
	h.once.Do(func() {
		go h.loop() // silent: once per session
	})
	return nil
}

type OnceFrame struct {
	session
	once sync.Once
	out  chan Frame
}

func (h *OnceFrame) Emit(context.Context) (Frame, error) {
	h.once.Do(func() {
		h.out = make(chan Frame, 8) // silent: once per session
		go h.loop()                 // silent: once per session
	})
	return Frame{}, nil
}

type OnceMethodValue struct {
	session
	once sync.Once
}

func (h *OnceMethodValue) begin() { go h.loop() }

func (h *OnceMethodValue) Emit(context.Context, Record) error {
	h.once.Do(h.begin) // silent: once per session
	return nil
}

type OncePointer struct {
	session
	once *sync.Once
}

func (h *OncePointer) Emit(context.Context, Record) error {
	h.once.Do(func() { go h.loop() }) // silent: once per session
	return nil
}

type OnceEmbedded struct {
	session
	sync.Once
}

func (h *OnceEmbedded) Emit(context.Context, Record) error {
	h.Do(func() { go h.loop() }) // silent: once per session
	return nil
}

type OnceInHelper struct {
	session
	once sync.Once
}

func (h *OnceInHelper) ensure() {
	h.once.Do(func() { go h.loop() })
}

func (h *OnceInHelper) Emit(context.Context, Record) error {
	h.ensure() // silent: once per session
	return nil
}

type OncePassed struct {
	session
	once sync.Once
}

func ensureOnce(once *sync.Once, s *session) {
	once.Do(func() { go s.loop() })
}

func (h *OncePassed) Emit(context.Context, Record) error {
	ensureOnce(&h.once, &h.session) // silent: the receiver's own once
	return nil
}

var processOnce sync.Once

type OnceOfPackage struct{ session }

func (h *OnceOfPackage) Emit(context.Context, Record) error {
	processOnce.Do(func() { go h.loop() }) // silent: once per process
	return nil
}

type OnceFunc struct {
	session
	begin func()
}

func (h *OnceFunc) SessionStart(ctx context.Context) error {
	h.begin = sync.OnceFunc(func() { go h.loop() }) // silent: kept for the session
	return h.session.SessionStart(ctx)
}

func (h *OnceFunc) Emit(context.Context, Record) error {
	h.begin() // silent: once per session
	return nil
}

type OnceFuncLazy struct {
	session
	begin func()
}

func (h *OnceFuncLazy) Emit(context.Context, Record) error {
	if h.begin == nil {
		h.begin = sync.OnceFunc(func() { go h.loop() }) // silent: once per session
	}
	h.begin()
	return nil
}

type OnceValue struct {
	session
	out func() chan Record
}

func (h *OnceValue) SessionStart(ctx context.Context) error {
	h.out = sync.OnceValue(func() chan Record { return make(chan Record, 8) }) // silent: kept for the session
	return h.session.SessionStart(ctx)
}

func (h *OnceValue) Emit(_ context.Context, r Record) error {
	h.out() <- r // silent: once per session
	return nil
}

// nil checks.

type NilCheck struct {
	session
	out chan Record
}

func (h *NilCheck) Emit(_ context.Context, r Record) error {
	if h.out == nil {
		h.out = make(chan Record, 8) // silent: once per session
	}
	h.out <- r
	return nil
}

type NilCheckYoda struct {
	session
	out chan Record
}

func (h *NilCheckYoda) Emit(context.Context, Record) error {
	if nil == h.out {
		h.out = make(chan Record, 8) // silent: once per session
		go h.loop()                  // silent: once per session
	}
	return nil
}

type NilCheckNegated struct {
	session
	out chan Record
}

func (h *NilCheckNegated) Emit(context.Context, Record) error {
	if !(h.out != nil) {
		h.out = make(chan Record, 8) // silent: once per session
	}
	return nil
}

type NilCheckElse struct {
	session
	out chan Record
}

func (h *NilCheckElse) Emit(_ context.Context, r Record) error {
	if h.out != nil {
		h.out <- r
	} else {
		h.out = make(chan Record, 8) // silent: once per session
	}
	return nil
}

type NilCheckThroughLocal struct {
	session
	out chan Record
}

func (h *NilCheckThroughLocal) Emit(_ context.Context, r Record) error {
	out := h.out
	if out == nil {
		out = make(chan Record, 8) // silent: once per session
		h.out = out
	}
	out <- r
	return nil
}

type NilCheckEarly struct {
	session
	out chan Record
}

func (h *NilCheckEarly) Emit(_ context.Context, r Record) error {
	if h.out != nil {
		h.out <- r
		return nil
	}
	h.out = make(chan Record, 8) // silent: once per session
	go h.loop()                  // silent: once per session
	return nil
}

type NilCheckInHelper struct {
	session
	out chan Record
}

func (h *NilCheckInHelper) queue() chan Record {
	if h.out == nil {
		h.out = make(chan Record, 8)
		go h.loop()
	}
	return h.out
}

func (h *NilCheckInHelper) Emit(_ context.Context, r Record) error {
	h.queue() <- r // silent: once per session
	return nil
}

type NilCheckSetByHelper struct {
	session
	out chan Record
}

func (h *NilCheckSetByHelper) open() {
	h.out = make(chan Record, 8)
	go h.loop()
}

func (h *NilCheckSetByHelper) Emit(context.Context, Record) error {
	if h.out == nil {
		h.open() // silent: once per session
	}
	return nil
}

type NilCheckGeneric[T any] struct {
	session
	out chan T
}

func (h *NilCheckGeneric[T]) Emit(_ context.Context, v T) error {
	if h.out == nil {
		h.out = make(chan T, 8) // silent: once per session
	}
	h.out <- v
	return nil
}

// Flags.

type Flag struct {
	session
	started bool
}

func (h *Flag) Emit(context.Context, Record) error {
	if !h.started {
		h.started = true
		go h.loop() // silent: once per session
	}
	return nil
}

type FlagFrame struct {
	session
	started bool
}

func (h *FlagFrame) Emit(context.Context) (Frame, error) {
	if !h.started {
		go h.loop() // silent: once per session
		h.started = true
	}
	return Frame{}, nil
}

type FlagCompared struct {
	session
	started bool
}

func (h *FlagCompared) Emit(context.Context, Record) error {
	if (h.started) == false {
		(h.started) = true
		go h.loop() // silent: once per session
	}
	return nil
}

type FlagInverse struct {
	session
	idle bool
}

func (h *FlagInverse) SessionStart(ctx context.Context) error {
	h.idle = true
	return h.session.SessionStart(ctx)
}

func (h *FlagInverse) Emit(context.Context, Record) error {
	if h.idle {
		h.idle = false
		go h.loop() // silent: once per session
	}
	return nil
}

type FlagEarly struct {
	session
	started bool
}

func (h *FlagEarly) Emit(_ context.Context, r Record) error {
	if h.started {
		return h.send(r.Key)
	}
	h.started = true
	go h.loop() // silent: once per session
	return h.send(r.Key)
}

type FlagEarlyLocked struct {
	session
	mu      sync.Mutex
	started bool
}

func (h *FlagEarlyLocked) ensure() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.started {
		return
	}
	go h.loop()
	h.started = true
}

func (h *FlagEarlyLocked) Emit(_ context.Context, r Record) error {
	h.ensure() // silent: once per session
	return h.send(r.Key)
}

type FlagSetByHelper struct {
	session
	started bool
}

func (h *FlagSetByHelper) mark() { h.started = true }

func (h *FlagSetByHelper) Emit(context.Context, Record) error {
	if !h.started {
		h.mark()
		go h.loop() // silent: once per session
	}
	return nil
}

type FlagAskedByHelper struct {
	session
	started bool
}

func (h *FlagAskedByHelper) running() bool { return h.started }

func (h *FlagAskedByHelper) Emit(context.Context, Record) error {
	if !h.running() {
		h.started = true
		go h.loop() // silent: once per session
	}
	return nil
}

type FlagSetDeferred struct {
	session
	started bool
}

func (h *FlagSetDeferred) Emit(_ context.Context, r Record) error {
	defer func() { h.started = true }()
	if !h.started {
		go h.loop() // silent: once per session
	}
	return h.send(r.Key)
}

type FlagSetAlways struct {
	session
	seen bool
}

func (h *FlagSetAlways) Emit(_ context.Context, r Record) error {
	first := !h.seen
	h.seen = true
	if first {
		go h.loop() // silent: once per session
	}
	return h.send(r.Key)
}

type FlagThroughLocal struct {
	session
	started bool
}

func (h *FlagThroughLocal) Emit(context.Context, Record) error {
	started := h.started
	if !started {
		h.started = true
		go h.loop() // silent: once per session
	}
	return nil
}

type FlagAndCondition struct {
	session
	started bool
}

func (h *FlagAndCondition) Emit(_ context.Context, r Record) error {
	if r.Urgent && !h.started {
		h.started = true
		go h.loop() // silent: once per session
	}
	return nil
}

type FlagNested struct {
	session
	started bool
}

func (h *FlagNested) Emit(_ context.Context, r Record) error {
	if !h.started {
		if r.Urgent {
			h.started = true
			go h.loop() // silent: once per session
		}
	}
	return nil
}

type FlagOfFunctionParameter struct {
	session
	started bool
}

func ensure(h *FlagOfFunctionParameter) {
	if h.started {
		return
	}
	h.started = true
	go h.loop()
}

func (h *FlagOfFunctionParameter) Emit(context.Context, Record) error {
	ensure(h) // silent: the receiver's own flag
	return nil
}

type FlagInLiteral struct {
	session
	started bool
}

func (h *FlagInLiteral) Emit(context.Context, Record) error {
	ensure := func() {
		if h.started {
			return
		}
		h.started = true
		go h.loop() // silent: once per session
	}
	ensure()
	return nil
}

// state is a struct that handlers embed or keep.
type state struct {
	started bool
	inner   struct{ ready bool }
}

type FlagEmbedded struct {
	session
	state
}

func (h *FlagEmbedded) Emit(context.Context, Record) error {
	if !h.started {
		h.started = true
		go h.loop() // silent: once per session
	}
	return nil
}

type FlagEmbeddedPointer struct {
	session
	*state
}

func (h *FlagEmbeddedPointer) Emit(context.Context, Record) error {
	if !h.started {
		h.state.started = true
		go h.loop() // silent: the promoted field and the named one are the same
	}
	return nil
}

type FlagOfField struct {
	session
	st state
}

func (h *FlagOfField) Emit(context.Context, Record) error {
	if h.st.inner.ready {
		return nil
	}
	h.st.inner.ready = true
	go h.loop() // silent: once per session
	return nil
}

type FlagOfAlias struct {
	session
	st *state
}

func (h *FlagOfAlias) Emit(context.Context, Record) error {
	st := h.st
	if !st.started {
		st.started = true
		go h.loop() // silent: the local points to the receiver's state
	}
	return nil
}

type FlagOfAddress struct {
	session
	st state
}

func (h *FlagOfAddress) Emit(context.Context, Record) error {
	st := &h.st
	if !st.started {
		st.started = true
		go h.loop() // silent: the local points to the receiver's state
	}
	return nil
}

type FlagResetByStop struct {
	session
	started bool
}

func (h *FlagResetByStop) Emit(context.Context, Record) error {
	if !h.started {
		h.started = true
		go h.loop() // silent: the reset is SessionStop's
	}
	return nil
}

func (h *FlagResetByStop) SessionStop(ctx context.Context) error {
	h.started = false
	return h.session.SessionStop(ctx)
}

type FlagResetByOther struct {
	session
	started bool
}

func (h *FlagResetByOther) Emit(context.Context, Record) error {
	if !h.started {
		h.started = true
		go h.loop() // silent: the reset is not the hot method's
	}
	return nil
}

// Reset is for the user to call.
func (h *FlagResetByOther) Reset() { h.started = false }

type FlagResetOnError struct {
	session
	started bool
}

func (h *FlagResetOnError) Emit(_ context.Context, r Record) error {
	if !h.started {
		h.started = true
		go h.loop() // silent: again only after an error
	}
	if err := h.send(r.Key); err != nil {
		h.started = false
		return err
	}
	return nil
}

// Zero values and states.

type ZeroCount struct {
	session
	calls int
}

func (h *ZeroCount) Emit(context.Context, Record) error {
	if h.calls == 0 {
		h.calls++
		go h.loop() // silent: once per session
	}
	return nil
}

type ZeroTime struct {
	session
	since time.Time
}

func (h *ZeroTime) Emit(context.Context, Record) error {
	if h.since.IsZero() {
		h.since = time.Now()
		go h.loop() // silent: once per session
	}
	return nil
}

type ZeroLength struct {
	session
	workers []chan Record
}

func (h *ZeroLength) Emit(context.Context, Record) error {
	if len(h.workers) == 0 {
		h.workers = append(h.workers, make(chan Record)) // silent: once per session
		go h.loop()                                      // silent: once per session
	}
	return nil
}

type phase int

const (
	idle phase = iota
	running
)

type StateCompared struct {
	session
	phase phase
}

func (h *StateCompared) Emit(context.Context, Record) error {
	if h.phase != running {
		h.phase = running
		go h.loop() // silent: once per session
	}
	return nil
}

type StateSwitch struct {
	session
	phase phase
}

func (h *StateSwitch) Emit(_ context.Context, r Record) error {
	switch h.phase {
	case idle:
		h.phase = running
		go h.loop() // silent: once per session
	case running:
		return h.send(r.Key)
	}
	return nil
}

type StateSwitchTrue struct {
	session
	started bool
}

func (h *StateSwitchTrue) Emit(_ context.Context, r Record) error {
	switch {
	case !h.started:
		h.started = true
		go h.loop() // silent: once per session
	default:
		return h.send(r.Key)
	}
	return nil
}

// Atomics.

type CompareAndSwap struct {
	session
	started atomic.Bool
}

func (h *CompareAndSwap) Emit(context.Context, Record) error {
	if h.started.CompareAndSwap(false, true) {
		go h.loop() // silent: once per session
	}
	return nil
}

type CompareAndSwapEarly struct {
	session
	started atomic.Int32
}

func (h *CompareAndSwapEarly) Emit(_ context.Context, r Record) error {
	if !h.started.CompareAndSwap(0, 1) {
		return h.send(r.Key)
	}
	go h.loop() // silent: once per session
	return nil
}

type CompareAndSwapFunction struct {
	session
	started int32
}

func (h *CompareAndSwapFunction) Emit(context.Context) (Frame, error) {
	if atomic.CompareAndSwapInt32(&h.started, 0, 1) {
		go h.loop() // silent: once per session
	}
	return Frame{}, nil
}

type CompareAndSwapInHelper struct {
	session
	started atomic.Bool
}

func (h *CompareAndSwapInHelper) ensure() {
	if ok := h.started.CompareAndSwap(false, true); !ok {
		return
	}
	go h.loop()
}

func (h *CompareAndSwapInHelper) Emit(context.Context, Record) error {
	h.ensure() // silent: once per session
	return nil
}

type Swap struct {
	session
	started atomic.Bool
}

func (h *Swap) Emit(context.Context, Record) error {
	if !h.started.Swap(true) {
		go h.loop() // silent: once per session
	}
	return nil
}

type LoadStore struct {
	session
	started atomic.Bool
}

func (h *LoadStore) Emit(context.Context, Record) error {
	if !h.started.Load() {
		h.started.Store(true)
		go h.loop() // silent: once per session
	}
	return nil
}

type LoadStoreFunction struct {
	session
	started uint32
}

func (h *LoadStoreFunction) Emit(context.Context, Record) error {
	if atomic.LoadUint32(&h.started) == 1 {
		return nil
	}
	atomic.StoreUint32(&h.started, 1)
	go h.loop() // silent: once per session
	return nil
}

type LoadStorePointer struct {
	session
	out atomic.Pointer[records]
}

// records is a queue behind a pointer.
type records struct{ ch chan Record }

func (h *LoadStorePointer) Emit(context.Context, Record) error {
	if h.out.Load() == nil {
		h.out.Store(&records{ch: make(chan Record, 8)}) // silent: once per session
	}
	return nil
}

// Double-checked locking.

type DoubleChecked struct {
	session
	mu  sync.Mutex
	out chan Record
}

func (h *DoubleChecked) Emit(context.Context, Record) error {
	if h.out == nil {
		h.mu.Lock()
		if h.out == nil {
			h.out = make(chan Record, 8) // silent: once per session
			go h.loop()                  // silent: once per session
		}
		h.mu.Unlock()
	}
	return nil
}

type DoubleCheckedReadLock struct {
	session
	mu  sync.RWMutex
	out chan Record
}

func (h *DoubleCheckedReadLock) queue() chan Record {
	h.mu.RLock()
	out := h.out
	h.mu.RUnlock()
	if out != nil {
		return out
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.out != nil {
		return h.out
	}
	h.out = make(chan Record, 8)
	go h.loop()
	return h.out
}

func (h *DoubleCheckedReadLock) Emit(_ context.Context, r Record) error {
	h.queue() <- r // silent: once per session
	return nil
}

type DoubleCheckedAtomic struct {
	session
	mu      sync.Mutex
	started atomic.Bool
}

func (h *DoubleCheckedAtomic) ensure() {
	if h.started.Load() {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.started.Load() {
		return
	}
	go h.loop()
	h.started.Store(true)
}

func (h *DoubleCheckedAtomic) Emit(context.Context, Record) error {
	h.ensure() // silent: once per session
	return nil
}

// Maps: once for each key.

type MapMiss struct {
	session
	lanes map[string]chan Record
}

func (h *MapMiss) Emit(_ context.Context, r Record) error {
	if _, ok := h.lanes[r.Key]; !ok {
		h.lanes[r.Key] = make(chan Record, 8) // silent: once for each key
		go h.loop()                           // silent: once for each key
	}
	return nil
}

type MapMissValue struct {
	session
	lanes map[string]chan Record
}

func (h *MapMissValue) Emit(_ context.Context, r Record) error {
	lane, ok := h.lanes[r.Key]
	if !ok {
		lane = make(chan Record, 8) // silent: once for each key
		h.lanes[r.Key] = lane
	}
	lane <- r
	return nil
}

type MapMissEarly struct {
	session
	lanes map[string]chan Record
}

func (h *MapMissEarly) lane(key string) chan Record {
	if lane, ok := h.lanes[key]; ok {
		return lane
	}
	lane := make(chan Record, 8)
	h.lanes[key] = lane
	go h.loop()
	return lane
}

func (h *MapMissEarly) Emit(_ context.Context, r Record) error {
	h.lane(r.Key) <- r // silent: once for each key
	return nil
}

type MapMissNil struct {
	session
	lanes map[string]chan Record
}

func (h *MapMissNil) Emit(_ context.Context, r Record) error {
	if h.lanes[r.Key] == nil {
		h.lanes[r.Key] = make(chan Record, 8) // silent: once for each key
	}
	return nil
}

type MapMissSet struct {
	session
	seen map[string]bool
}

func (h *MapMissSet) Emit(_ context.Context, r Record) error {
	if h.seen[r.Key] {
		return nil
	}
	h.seen[r.Key] = true
	go h.loop() // silent: once for each key
	return nil
}

type MapLoadOrStore struct {
	session
	seen sync.Map
}

func (h *MapLoadOrStore) Emit(_ context.Context, r Record) error {
	if _, loaded := h.seen.LoadOrStore(r.Key, true); !loaded {
		go h.loop() // silent: once for each key
	}
	return nil
}

type MapLoadOrStoreEarly struct {
	session
	seen sync.Map
}

func (h *MapLoadOrStoreEarly) Emit(_ context.Context, r Record) error {
	_, loaded := h.seen.LoadOrStore(r.Key, true)
	if loaded {
		return nil
	}
	go h.loop() // silent: once for each key
	return nil
}

type MapLoadThenStore struct {
	session
	lanes sync.Map
}

func (h *MapLoadThenStore) Emit(_ context.Context, r Record) error {
	if _, ok := h.lanes.Load(r.Key); !ok {
		h.lanes.Store(r.Key, make(chan Record, 8)) // silent: once for each key
	}
	return nil
}

// lookup helpers.

type lane struct{ ch chan Record }

type Lookup struct {
	session
	mu    sync.Mutex
	lanes map[string]*lane
}

func (h *Lookup) lookup(key string) *lane {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.lanes[key]
}

func (h *Lookup) lane(key string) *lane {
	if l := h.lookup(key); l != nil {
		return l
	}
	l := &lane{ch: make(chan Record, 8)}
	go h.loop()
	h.mu.Lock()
	h.lanes[key] = l
	h.mu.Unlock()
	return l
}

func (h *Lookup) Emit(_ context.Context, r Record) error {
	h.lane(r.Key).ch <- r // silent: once for each key
	return nil
}

type LookupOK struct {
	session
	lanes map[string]*lane
}

func (h *LookupOK) lookup(key string) (*lane, bool) {
	l, ok := h.lanes[key]
	return l, ok
}

func (h *LookupOK) store(key string, l *lane) { h.lanes[key] = l }

func (h *LookupOK) Emit(_ context.Context, r Record) error {
	l, ok := h.lookup(r.Key)
	if !ok {
		l = &lane{ch: make(chan Record, 8)} // silent: once for each key
		h.store(r.Key, l)
	}
	l.ch <- r
	return nil
}

// Error paths beside a guard.

type GuardedOpen struct {
	session
	out chan Record
}

func (h *GuardedOpen) open(key string) (chan Record, error) {
	if err := h.send(key); err != nil {
		return nil, err
	}
	return make(chan Record, 8), nil
}

func (h *GuardedOpen) Emit(_ context.Context, r Record) error {
	if h.out == nil {
		out, err := h.open(r.Key) // silent: once per session, again only after an error
		if err != nil {
			return err
		}
		h.out = out
	}
	h.out <- r
	return nil
}
