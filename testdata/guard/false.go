package guard

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Conditions that look like a guard and are none.

type LocalOnce struct{ session }

func (h *LocalOnce) Emit(context.Context, Record) error {
	var once sync.Once
	once.Do(func() {
		go h.loop() // want `on each call.*emit-goroutine`
	})
	return nil
}

type LocalOncePointer struct{ session }

func (h *LocalOncePointer) Emit(context.Context, Record) error {
	once := new(sync.Once)
	once.Do(h.begin) // want `emit-goroutine`
	return nil
}

func (h *LocalOncePointer) begin() { go h.loop() }

type LocalOncePassed struct{ session }

func (h *LocalOncePassed) Emit(context.Context, Record) error {
	var once sync.Once
	ensureOnce(&once, &h.session) // want `emit-goroutine`
	return nil
}

type LocalOnceFunc struct{ session }

func (h *LocalOnceFunc) Emit(context.Context, Record) error {
	begin := sync.OnceFunc(func() {
		go h.loop() // want `emit-goroutine`
	})
	begin()
	return nil
}

type OnceReset struct {
	session
	once sync.Once
}

func (h *OnceReset) Emit(context.Context, Record) error {
	h.once = sync.Once{}
	h.once.Do(func() {
		go h.loop() // want `emit-goroutine`
	})
	return nil
}

type LocalFlag struct{ session }

func (h *LocalFlag) Emit(context.Context, Record) error {
	started := false
	if !started {
		started = true
		go h.loop() // want `emit-goroutine`
	}
	_ = started
	return nil
}

type LocalFlagFrame struct{ session }

func (h *LocalFlagFrame) Emit(context.Context) (Frame, error) {
	var out chan Frame
	if out == nil {
		out = make(chan Frame, 1) // want `emit-channel`
	}
	go h.serve(out) // want `emit-goroutine`
	return Frame{}, nil
}

func (h *LocalFlagFrame) serve(out chan Frame) {
	select {
	case out <- Frame{}:
	case <-h.quit:
	}
}

type LocalAtomic struct{ session }

func (h *LocalAtomic) Emit(context.Context, Record) error {
	var started atomic.Bool
	if started.CompareAndSwap(false, true) {
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type LocalCopy struct {
	session
	started bool
}

func (h *LocalCopy) Emit(context.Context, Record) error {
	started := h.started
	if !started {
		started = true
		go h.loop() // want `emit-goroutine`
	}
	_ = started
	return nil
}

type LocalStructCopy struct {
	session
	st state
}

func (h *LocalStructCopy) Emit(context.Context, Record) error {
	st := h.st
	if !st.started {
		st.started = true
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type LocalMap struct{ session }

func (h *LocalMap) Emit(_ context.Context, r Record) error {
	seen := map[string]bool{}
	if !seen[r.Key] {
		seen[r.Key] = true
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type FreshObject struct{ session }

func (h *FreshObject) Emit(context.Context, Record) error {
	st := &state{}
	if !st.started {
		st.started = true
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type FreshObjectNew struct{ session }

func (h *FreshObjectNew) Emit(context.Context, Record) error {
	st := new(state)
	if st.started {
		return nil
	}
	st.started = true
	go h.loop() // want `emit-goroutine`
	return nil
}

// gate starts once in its own life.
type gate struct {
	s       *session
	started bool
}

func (g *gate) ensure() {
	if g.started {
		return
	}
	g.started = true
	go g.s.loop()
}

type FreshObjectMethod struct{ session }

func (h *FreshObjectMethod) Emit(context.Context, Record) error {
	g := &gate{s: &h.session}
	g.ensure() // want `emit-goroutine`
	return nil
}

type FreshObjectConstructed struct{ session }

func newGate(s *session) *gate { return &gate{s: s} }

func (h *FreshObjectConstructed) Emit(context.Context, Record) error {
	newGate(&h.session).ensure() // want `emit-goroutine`
	return nil
}

// KeptObject is the same with an object that lives as long as the handler.
type KeptObject struct {
	session
	gate gate
}

func (h *KeptObject) Emit(context.Context, Record) error {
	h.gate.ensure() // silent: once per session
	return nil
}

// ValueReceiver sets the flag of a copy.
type ValueReceiver struct {
	*session
	started bool
}

func (h ValueReceiver) Emit(context.Context, Record) error {
	if !h.started {
		h.started = true
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

// Set only by the goroutine.

type SetByLiteral struct {
	session
	started bool
}

func (h *SetByLiteral) Emit(context.Context, Record) error {
	if !h.started {
		go func() { // want `set only by the goroutine it starts.*\(emit-goroutine\)$`
			h.started = true
			h.loop()
		}()
	}
	return nil
}

type SetByMethod struct {
	session
	started atomic.Bool
}

func (h *SetByMethod) run() {
	h.started.Store(true)
	h.loop()
}

func (h *SetByMethod) Emit(context.Context) (Frame, error) {
	if !h.started.Load() {
		go h.run() // want `set only by the goroutine it starts.*\(emit-goroutine\)$`
	}
	return Frame{}, nil
}

type SetByMethodsCallee struct {
	session
	mu      sync.Mutex
	started bool
}

func (h *SetByMethodsCallee) mark() {
	h.mu.Lock()
	h.started = true
	h.mu.Unlock()
}

func (h *SetByMethodsCallee) run() {
	h.mark()
	h.loop()
}

func (h *SetByMethodsCallee) Emit(context.Context, Record) error {
	if h.started {
		return nil
	}
	go h.run() // want `set only by the goroutine it starts.*\(emit-goroutine\)$`
	return nil
}

type SetByLiteralNil struct {
	session
	out chan Record
}

func (h *SetByLiteralNil) Emit(context.Context, Record) error {
	if h.out == nil {
		go func() { // want `set only by the goroutine it starts.*\(emit-goroutine\)$`
			h.out = make(chan Record, 8) // silent: what runs in the goroutine is not the hot method's
			h.loop()
		}()
	}
	return nil
}

type SetByGoroutineInHelper struct {
	session
	started bool
}

func (h *SetByGoroutineInHelper) ensure() {
	if !h.started {
		go func() {
			h.started = true
			h.loop()
		}()
	}
}

func (h *SetByGoroutineInHelper) Emit(context.Context, Record) error {
	h.ensure() // want `set only by the goroutine it starts.*\(emit-goroutine\)$`
	return nil
}

type SetByBoth struct {
	session
	started bool
}

func (h *SetByBoth) Emit(context.Context, Record) error {
	if !h.started {
		h.started = true
		go func() { // silent: set before the goroutine runs
			h.started = true
			h.loop()
		}()
	}
	return nil
}

// Set on another path, or not at all.

type SetOnOtherPath struct {
	session
	started bool
}

func (h *SetOnOtherPath) Emit(_ context.Context, r Record) error {
	if !h.started {
		go h.loop() // want `emit-goroutine`
		if r.Last {
			h.started = true
		}
	}
	return nil
}

type SetAfterReturn struct {
	session
	started bool
}

func (h *SetAfterReturn) Emit(_ context.Context, r Record) error {
	if !h.started {
		go h.loop() // want `emit-goroutine`
		return h.send(r.Key)
	}
	h.started = true
	return nil
}

type SetBehindReturn struct {
	session
	started bool
}

func (h *SetBehindReturn) Emit(_ context.Context, r Record) error {
	if !h.started {
		go h.loop() // want `emit-goroutine`
		if r.Urgent {
			return nil
		}
		h.started = true
	}
	return nil
}

type SetInElse struct {
	session
	started bool
}

func (h *SetInElse) Emit(context.Context, Record) error {
	if !h.started {
		go h.loop() // want `emit-goroutine`
	} else {
		h.started = true
	}
	return nil
}

type SetOnErrorOnly struct {
	session
	started bool
}

func (h *SetOnErrorOnly) Emit(_ context.Context, r Record) error {
	if !h.started {
		go h.loop() // want `emit-goroutine`
		if err := h.send(r.Key); err != nil {
			h.started = true
			return err
		}
	}
	return nil
}

type NeverSet struct {
	session
	started bool
}

func (h *NeverSet) Emit(context.Context, Record) error {
	if !h.started {
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type NeverSetEarly struct {
	session
	started bool
}

func (h *NeverSetEarly) Emit(context.Context, Record) error {
	if h.started {
		return nil
	}
	go h.loop() // want `emit-goroutine`
	return nil
}

type NeverSetNil struct {
	session
	out chan Record
}

func (h *NeverSetNil) Emit(_ context.Context, r Record) error {
	if h.out == nil {
		out := make(chan Record, 1) // want `emit-channel`
		go func() {                 // want `emit-goroutine`
			<-out
			h.loop()
		}()
		out <- r
	}
	return nil
}

type NeverSetMap struct {
	session
	lanes map[string]chan Record
}

func (h *NeverSetMap) Emit(_ context.Context, r Record) error {
	if _, ok := h.lanes[r.Key]; !ok {
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type NeverSetAtomic struct {
	session
	started atomic.Bool
}

func (h *NeverSetAtomic) Emit(context.Context, Record) error {
	if !h.started.Load() {
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type NeverSetInHelper struct {
	session
	started bool
}

func (h *NeverSetInHelper) ensure() {
	if h.started {
		return
	}
	go h.loop()
}

func (h *NeverSetInHelper) Emit(context.Context, Record) error {
	h.ensure() // want `emit-goroutine`
	return nil
}

type SetToSame struct {
	session
	started bool
}

func (h *SetToSame) Emit(context.Context, Record) error {
	if !h.started {
		h.started = false
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type SetToNil struct {
	session
	out chan Record
}

func (h *SetToNil) Emit(context.Context, Record) error {
	if h.out == nil {
		h.out = nil
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type OtherFlag struct {
	session
	started, running bool
}

func (h *OtherFlag) Emit(context.Context, Record) error {
	if !h.started {
		h.running = true
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type OtherObject struct {
	session
	started bool
	next    *OtherObject
}

func (h *OtherObject) Emit(context.Context, Record) error {
	if !h.started {
		h.next.started = true
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type ShadowedReceiver struct {
	session
	started bool
}

func (h *ShadowedReceiver) Emit(context.Context, Record) error {
	if !h.started {
		go h.loop() // want `emit-goroutine`
		h := &ShadowedReceiver{}
		h.started = true
	}
	return nil
}

type OtherKey struct {
	session
	seen map[string]bool
}

func (h *OtherKey) Emit(_ context.Context, r Record) error {
	if !h.seen[r.Key] {
		h.seen["last"] = true
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type WrongPolarity struct {
	session
	started bool
}

func (h *WrongPolarity) Emit(context.Context, Record) error {
	if h.started {
		h.started = true
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type WrongPolarityNil struct {
	session
	out chan Record
}

func (h *WrongPolarityNil) Emit(context.Context, Record) error {
	if h.out != nil {
		h.out = make(chan Record, 8) // want `emit-channel`
	}
	return nil
}

type WrongPolarityElse struct {
	session
	started bool
}

func (h *WrongPolarityElse) Emit(context.Context, Record) error {
	if !h.started {
		h.started = true
	} else {
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type WrongPolarityEarly struct {
	session
	started bool
}

func (h *WrongPolarityEarly) Emit(context.Context, Record) error {
	if !h.started {
		h.started = true
		return nil
	}
	go h.loop() // want `emit-goroutine`
	return nil
}

type WrongPolarityMap struct {
	session
	seen map[string]bool
}

func (h *WrongPolarityMap) Emit(_ context.Context, r Record) error {
	if _, ok := h.seen[r.Key]; ok {
		h.seen[r.Key] = true
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type Disjunction struct {
	session
	started bool
}

func (h *Disjunction) Emit(_ context.Context, r Record) error {
	if !h.started || r.Urgent {
		h.started = true
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type BesideGuard struct {
	session
	started bool
}

func (h *BesideGuard) Emit(context.Context, Record) error {
	if !h.started {
		h.started = true
		go h.send("first") // silent: once per session
	}
	go h.loop() // want `on each call.*emit-goroutine`
	return nil
}

// Reset in the hot method.

type ResetAfter struct {
	session
	started bool
}

func (h *ResetAfter) Emit(_ context.Context, r Record) error {
	if !h.started {
		h.started = true
		go h.loop() // want `emit-goroutine`
	}
	err := h.send(r.Key)
	h.started = false
	return err
}

type ResetBefore struct {
	session
	started bool
}

func (h *ResetBefore) Emit(context.Context, Record) error {
	h.started = false
	if !h.started {
		h.started = true
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

type ResetDeferred struct {
	session
	started bool
}

func (h *ResetDeferred) Emit(_ context.Context, r Record) error {
	defer func() { h.started = false }()
	if !h.started {
		h.started = true
		go h.loop() // want `emit-goroutine`
	}
	return h.send(r.Key)
}

type ResetInHelper struct {
	session
	started bool
}

func (h *ResetInHelper) finish() { h.started = false }

func (h *ResetInHelper) Emit(_ context.Context, r Record) error {
	if !h.started {
		h.started = true
		go h.loop() // want `emit-goroutine`
	}
	err := h.send(r.Key)
	h.finish()
	return err
}

type ResetSometimes struct {
	session
	started bool
}

func (h *ResetSometimes) Emit(_ context.Context, r Record) error {
	if !h.started {
		h.started = true
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	if r.Last {
		h.started = false
	}
	return nil
}

type ResetNil struct {
	session
	out chan Record
}

func (h *ResetNil) Emit(_ context.Context, r Record) error {
	if h.out == nil {
		h.out = make(chan Record, 1) // want `emit-channel`
		go h.loop()                  // want `emit-goroutine`
	}
	h.out <- r
	h.out = nil
	return nil
}

type ResetAtomic struct {
	session
	started atomic.Bool
}

func (h *ResetAtomic) Emit(_ context.Context, r Record) error {
	if h.started.CompareAndSwap(false, true) {
		go h.loop() // want `emit-goroutine`
	}
	defer h.started.Store(false)
	return h.send(r.Key)
}

type ResetMap struct {
	session
	lanes map[string]bool
}

func (h *ResetMap) Emit(_ context.Context, r Record) error {
	if _, ok := h.lanes[r.Key]; !ok {
		h.lanes[r.Key] = true
		go h.loop() // want `emit-goroutine`
	}
	err := h.send(r.Key)
	delete(h.lanes, r.Key)
	return err
}

// Conditions that come true again and again: on some calls.

type BufferFills struct {
	session
	buf []Record
	max int
}

func (h *BufferFills) flush(batch []Record) { h.n += len(batch) }

func (h *BufferFills) Emit(_ context.Context, r Record) error {
	h.buf = append(h.buf, r)
	if len(h.buf) >= h.max {
		go h.flush(h.buf) // want `on some calls.*emit-goroutine`
		h.buf = nil
	}
	return nil
}

type BufferFillsEarly struct {
	session
	buf []Record
	max int
}

func (h *BufferFillsEarly) flush(batch []Record) { h.n += len(batch) }

func (h *BufferFillsEarly) Emit(_ context.Context, r Record) error {
	h.buf = append(h.buf, r)
	if len(h.buf) < h.max {
		return nil
	}
	batch := h.buf
	h.buf = nil
	go h.flush(batch) // want `on some calls.*emit-goroutine`
	return nil
}

type BufferFillsFrame struct {
	session
	buf []int16
	max int
}

func (h *BufferFillsFrame) add(s int16) {
	h.buf = append(h.buf, s)
	if len(h.buf) >= h.max {
		h.rotate()
	}
}

func (h *BufferFillsFrame) rotate() {
	h.buf = h.buf[:0]
	go h.loop()
}

func (h *BufferFillsFrame) Emit(context.Context) (Frame, error) {
	h.add(1) // want `on some calls.*add → .*rotate.*emit-goroutine`
	return Frame{Samples: h.buf}, nil
}

type EveryNth struct {
	session
	count int
}

func (h *EveryNth) Emit(context.Context, Record) error {
	h.count++
	if h.count%50 == 0 {
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	return nil
}

type CountDown struct {
	session
	count int
}

func (h *CountDown) Emit(context.Context, Record) error {
	if h.count++; h.count >= 50 {
		h.count = 0
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	return nil
}

type EveryInterval struct {
	session
	last time.Time
}

func (h *EveryInterval) Emit(context.Context, Record) error {
	if now := time.Now(); now.Sub(h.last) > time.Second {
		h.last = now
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	return nil
}

type ParameterChanges struct {
	session
	rate int
	out  chan Record
}

func (h *ParameterChanges) Emit(_ context.Context, r Record) error {
	if h.rate != r.Rate {
		h.rate = r.Rate
		h.out = make(chan Record, r.Rate) // want `on some calls.*emit-channel`
	}
	return nil
}

type ParameterOnly struct{ session }

func (h *ParameterOnly) Emit(_ context.Context, r Record) error {
	if r.Urgent {
		r.Urgent = false
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	return nil
}
