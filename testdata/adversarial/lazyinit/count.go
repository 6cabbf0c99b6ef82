package lazyinit

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

type phase int

const (
	phaseNew phase = iota
	phaseRunning
	phaseDone
)

// PhaseBelow asks whether it has got so far.
type PhaseBelow struct {
	session
	phase phase
}

func (h *PhaseBelow) Emit(_ context.Context, r Record) error {
	if h.phase < phaseRunning {
		h.phase = phaseRunning
		go h.loop() // silent: once per session
	}
	return h.send(r.Key)
}

// PhaseFallthrough starts and goes on.
type PhaseFallthrough struct {
	session
	phase phase
}

func (h *PhaseFallthrough) Emit(_ context.Context, r Record) error {
	switch h.phase {
	case phaseNew:
		h.phase = phaseRunning
		go h.loop() // silent: once per session
		fallthrough
	case phaseRunning:
		return h.send(r.Key)
	case phaseDone:
	}
	return nil
}

// PhaseMachine goes round: it is new again after each last record.
type PhaseMachine struct {
	session
	phase phase
}

func (h *PhaseMachine) Emit(_ context.Context, r Record) error {
	switch h.phase {
	case phaseNew:
		h.phase = phaseRunning
		go h.loop() // want `on some calls.*emit-goroutine`
	case phaseRunning:
		if r.Last {
			h.phase = phaseNew
		}
	}
	return h.send(r.Key)
}

// Counted starts on the first call.
type Counted struct {
	session
	calls int
}

func (h *Counted) Emit(_ context.Context, r Record) error {
	h.calls++
	if h.calls == 1 {
		go h.loop() // silent: once per session
	}
	return h.send(r.Key)
}

// CountedAtomic starts on the first call.
type CountedAtomic struct {
	session
	calls atomic.Int64
}

func (h *CountedAtomic) Emit(_ context.Context, r Record) error {
	if h.calls.Add(1) == 1 {
		go h.loop() // silent: once per session
	}
	return h.send(r.Key)
}

// CountedFunction starts on the first call.
type CountedFunction struct {
	session
	calls int32
}

func (h *CountedFunction) Emit(_ context.Context, r Record) error {
	if atomic.AddInt32(&h.calls, 1) > 1 {
		return h.send(r.Key)
	}
	go h.loop() // silent: once per session
	return nil
}

// CountedTenth starts at every tenth call.
type CountedTenth struct {
	session
	calls int
}

func (h *CountedTenth) Emit(_ context.Context, r Record) error {
	h.calls++
	if h.calls%10 == 0 {
		go h.send(r.Key) // want `on some calls.*emit-goroutine`
	}
	return nil
}

// CountedReset starts again and again.
type CountedReset struct {
	session
	calls int
}

func (h *CountedReset) Emit(_ context.Context, r Record) error {
	if h.calls == 0 {
		go h.send(r.Key) // want `on some calls.*emit-goroutine`
	}
	h.calls++
	if h.calls > 9 {
		h.calls = 0
	}
	return nil
}

// PoolNil fills a pool of workers that is not there yet.
type PoolNil struct {
	session
	workers []chan Record
}

func (h *PoolNil) Emit(_ context.Context, r Record) error {
	if h.workers == nil {
		h.workers = make([]chan Record, 4)
		for i := range h.workers {
			h.workers[i] = make(chan Record, 8) // silent: once per session
			go h.loop()                         // silent: once per session
		}
	}
	h.workers[len(r.Key)%4] <- r
	return nil
}

// PoolFill fills it up to its size.
type PoolFill struct {
	session
	size    int
	workers []chan Record
}

func (h *PoolFill) Emit(_ context.Context, r Record) error {
	for len(h.workers) < h.size {
		// A limit, it should be silent: until the pool is full
		w := make(chan Record, 8) // want `emit-channel`
		h.workers = append(h.workers, w)
		// A limit, it should be silent: until the pool is full
		go h.loop() // want `emit-goroutine`
	}
	h.workers[len(r.Key)%h.size] <- r
	return nil
}

// PoolGrow adds one worker for each of the first records.
type PoolGrow struct {
	session
	size    int
	workers int
	jobs    chan Record
}

func (h *PoolGrow) Emit(_ context.Context, r Record) error {
	if h.workers < h.size {
		h.workers++
		go h.loop() // silent: until the pool is full
	}
	h.jobs <- r
	return nil
}

// SingleFlight starts another flush when the last one is over.
type SingleFlight struct {
	session
	flushing atomic.Bool
}

func (h *SingleFlight) Emit(_ context.Context, r Record) error {
	if h.flushing.CompareAndSwap(false, true) {
		go func() { // silent: one at a time, and over by itself
			defer h.flushing.Store(false)
			h.send(r.Key)
		}()
	}
	return nil
}

// SingleFlightMutex does it under a mutex.
type SingleFlightMutex struct {
	session
	mu       sync.Mutex
	flushing bool
}

func (h *SingleFlightMutex) flush() {
	h.send("flush")
	h.mu.Lock()
	h.flushing = false
	h.mu.Unlock()
}

func (h *SingleFlightMutex) Emit(_ context.Context, r Record) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.flushing {
		return nil
	}
	h.flushing = true
	go h.flush() // silent: one at a time, and over by itself
	return nil
}

// EveryInterval flushes at most once a second.
type EveryInterval struct {
	session
	last time.Time
}

func (h *EveryInterval) Emit(_ context.Context, r Record) error {
	if time.Since(h.last) > time.Second {
		h.last = time.Now()
		go h.send(r.Key) // want `on some calls.*emit-goroutine`
	}
	return nil
}

// EveryIntervalEarly leaves early in between.
type EveryIntervalEarly struct {
	session
	next time.Time
}

func (h *EveryIntervalEarly) Emit(_ context.Context, r Record) error {
	now := time.Now()
	if now.Before(h.next) {
		return nil
	}
	h.next = now.Add(time.Second)
	go h.send(r.Key) // want `on some calls.*emit-goroutine`
	return nil
}
