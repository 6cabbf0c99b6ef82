// Package reopens holds cases for stop-reopens: a stop that gives its signal
// and takes it back.
package reopens

import (
	"context"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// Frame is one block of samples.
type Frame []int16

func work() {}

// Base is what the handlers have in common.
type Base struct{ n atomic.Int64 }

func (b *Base) Emit(ctx context.Context) (Frame, error) { return nil, ctx.Err() }

// Remakes closes its channel and makes it anew at once.
type Remakes struct {
	Base
	done chan struct{}
}

func (h *Remakes) SessionStart(context.Context) error {
	h.done = make(chan struct{})
	go h.run()
	return nil
}

func (h *Remakes) run() {
	for {
		select {
		case <-h.done:
			return
		case <-time.After(time.Second):
			work()
		}
	}
}

func (h *Remakes) SessionStop(context.Context) error {
	close(h.done)
	h.done = make(chan struct{}) // want `^SessionStop closes done and makes it anew before what listens has heard it: \(\*Remakes\)\.SessionStop \(close at reopens\.go:\d+, then this at reopens\.go:\d+\), and \(\*Remakes\)\.run at reopens\.go:\d+ sees a channel that is open again; wait for it in between, or do this in the next SessionStart \(stop-reopens\)$`
	return nil
}

// SetsNil sets it to nil, from which nothing ever comes.
type SetsNil struct {
	Base
	mu   sync.Mutex
	stop chan struct{}
}

func (h *SetsNil) Start() {
	h.stop = make(chan struct{})
	go func() {
		for {
			select {
			case <-h.stop:
				return
			default:
				work()
			}
		}
	}()
}

func (h *SetsNil) Stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stop == nil {
		return
	}
	close(h.stop)
	h.stop = nil // want `closes stop and sets it to nil.*waits for a channel that never comes.*stop-reopens`
}

// ByHelpers does it in two helpers.
type ByHelpers struct {
	Base
	done chan struct{}
}

func (h *ByHelpers) SessionStart(context.Context) error {
	h.reset()
	go func() {
		for {
			if _, ok := <-h.done; !ok {
				return
			}
		}
	}()
	return nil
}

func (h *ByHelpers) signal() { close(h.done) }
func (h *ByHelpers) reset() {
	h.done = make(chan struct{}) // want `\(\*ByHelpers\)\.SessionStop → \(\*ByHelpers\)\.reset.*stop-reopens`
}

func (h *ByHelpers) SessionStop(context.Context) error {
	h.signal()
	h.reset()
	return nil
}

// OneHelper does both in one helper.
type OneHelper struct {
	Base
	done chan struct{}
}

func (h *OneHelper) SessionStart(context.Context) error {
	go func() {
		for range time.Tick(time.Second) {
			select {
			case <-h.done:
				return
			default:
			}
		}
	}()
	return nil
}

func (h *OneHelper) cycle() {
	close(h.done)
	h.done = make(chan struct{}) // want `stop-reopens`
}

func (h *OneHelper) SessionStop(context.Context) error {
	h.cycle()
	return nil
}

// Flag sets its flag and clears it.
type Flag struct {
	Base
	stopped bool
}

func (h *Flag) SessionStart(context.Context) error {
	go func() {
		for !h.stopped {
			work()
		}
	}()
	return nil
}

func (h *Flag) SessionStop(context.Context) error {
	h.stopped = true
	work()
	h.stopped = false // want `sets stopped and clears it before.*sees it as it was.*stop-reopens`
	return nil
}

// Atomic does it with an atomic.
type Atomic struct {
	Base
	closing atomic.Bool
}

func (h *Atomic) SessionStart(context.Context) error {
	go h.run()
	return nil
}

func (h *Atomic) run() {
	for {
		if h.closing.Load() {
			return
		}
		work()
	}
}

func (h *Atomic) SessionStop(context.Context) error {
	if !h.closing.CompareAndSwap(false, true) {
		return nil
	}
	h.closing.Store(false) // want `sets closing and clears it.*stop-reopens`
	return nil
}

// AtomicFunc does it with the functions of package atomic.
type AtomicFunc struct {
	Base
	quit int32
}

func (h *AtomicFunc) SessionStart(context.Context) error {
	go func() {
		for atomic.LoadInt32(&h.quit) == 0 {
			work()
		}
	}()
	return nil
}

func (h *AtomicFunc) SessionStop(context.Context) error {
	atomic.StoreInt32(&h.quit, 1)
	atomic.StoreInt32(&h.quit, 0) // want `sets quit and clears it.*stop-reopens`
	return nil
}

// Running is told to stop by a flag that goes false, and true again.
type Running struct {
	Base
	running bool
}

func (h *Running) SessionStart(context.Context) error {
	go func() {
		for h.running {
			work()
		}
	}()
	return nil
}

func (h *Running) SessionStop(context.Context) error {
	h.running = false
	h.running = true // want `clears running and sets it.*stop-reopens`
	return nil
}

// Deferred clears it when stop returns.
type Deferred struct {
	Base
	closing bool
}

func (h *Deferred) Emit(ctx context.Context) (Frame, error) {
	if h.closing {
		return nil, io.EOF
	}
	return nil, nil
}

func (h *Deferred) SessionStop(context.Context) error {
	h.closing = true
	defer func() {
		h.closing = false // want `\(\*Deferred\)\.Emit at.*stop-reopens`
	}()
	work()
	return nil
}

// HotReads has a hot method that selects on the channel.
type HotReads struct {
	done chan struct{}
	in   chan Frame
}

// NewHotReads makes one.
func NewHotReads() *HotReads { return &HotReads{done: make(chan struct{}), in: make(chan Frame)} }

func (h *HotReads) Emit(ctx context.Context) (Frame, error) {
	select {
	case f := <-h.in:
		return f, nil
	case <-h.done:
		return nil, io.EOF
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (h *HotReads) Close() error {
	close(h.done)
	h.done = make(chan struct{}) // want `\(\*HotReads\)\.Emit at.*stop-reopens`
	return nil
}

// signals is a part of a handler.
type signals struct{ done chan struct{} }

func (s *signals) cycle() {
	close(s.done)
	s.done = make(chan struct{}) // want `closes sig.done.*stop-reopens`
}

// Nested keeps its signals in a part.
type Nested struct {
	Base
	sig *signals
}

func (h *Nested) SessionStart(context.Context) error {
	go func() {
		for {
			select {
			case <-h.sig.done:
				return
			case <-time.After(time.Second):
			}
		}
	}()
	return nil
}

func (h *Nested) SessionStop(context.Context) error {
	h.sig.cycle()
	return nil
}

// Alias names the channel first, and does it in an sync.Once.
type Alias struct {
	Base
	once sync.Once
	done chan struct{}
}

func (h *Alias) SessionStart(context.Context) error {
	go func() {
		for {
			select {
			case <-h.done:
				return
			case <-time.After(time.Second):
			}
		}
	}()
	return nil
}

func (h *Alias) SessionStop(context.Context) error {
	s := h
	s.once.Do(func() {
		done := s.done
		close(done)
	})
	s.done = nil // want `closes done and sets it to nil.*stop-reopens`
	return nil
}

// Generic is generic, and its Stop leaves it to its Close.
type Generic[T any] struct {
	done chan struct{}
	last T
}

func (g *Generic[T]) Emit(context.Context) (T, error) { return g.last, nil }

func (g *Generic[T]) Start() {
	go func() {
		for {
			select {
			case <-g.done:
				return
			case <-time.After(time.Second):
			}
		}
	}()
}

func (g *Generic[T]) Stop() error { return g.Close() }

func (g *Generic[T]) Close() error {
	close(g.done)
	g.done = make(chan struct{}) // want `stop-reopens`
	return nil
}

// Loop is embedded, with its start and stop.
type Loop struct{ done chan struct{} }

func (l *Loop) SessionStart(context.Context) error {
	go func() {
		for {
			select {
			case <-l.done:
				return
			case <-time.After(time.Second):
			}
		}
	}()
	return nil
}

func (l *Loop) SessionStop(context.Context) error {
	close(l.done)
	l.done = make(chan struct{}) // want `stop-reopens`
	return nil
}

// Promoted is started and stopped by what it embeds.
type Promoted struct {
	Base
	Loop
}

// ---- what is in order ----

// Waits waits in between.
type Waits struct {
	Base
	wg       sync.WaitGroup
	done     chan struct{}
	finished chan struct{}
	stopped  atomic.Bool
}

func (h *Waits) SessionStart(context.Context) error {
	h.wg.Go(func() {
		defer close(h.finished)
		for !h.stopped.Load() {
			select {
			case <-h.done:
				return
			case <-time.After(time.Second):
			}
		}
	})
	return nil
}

func (h *Waits) SessionStop(context.Context) error {
	close(h.done)
	h.stopped.Store(true)
	h.wg.Wait()
	h.done = make(chan struct{}) // silent: the goroutine has ended
	h.stopped.Store(false)       // silent: the goroutine has ended
	return nil
}

// WaitsByChannel waits for the goroutine's own channel, in a helper.
type WaitsByChannel struct {
	Base
	done, finished chan struct{}
}

func (h *WaitsByChannel) SessionStart(context.Context) error {
	h.done, h.finished = make(chan struct{}), make(chan struct{}) // silent: this is start
	go func() {
		defer close(h.finished)
		for {
			select {
			case <-h.done:
				return
			case <-time.After(time.Second):
			}
		}
	}()
	return nil
}

func (h *WaitsByChannel) await() { <-h.finished }

func (h *WaitsByChannel) SessionStop(context.Context) error {
	close(h.done)
	h.await()
	h.done = nil // silent: it waits in a helper
	return nil
}

// InStart clears its signal when it starts again.
type InStart struct {
	Base
	done    chan struct{}
	stopped bool
}

func (h *InStart) SessionStart(context.Context) error {
	h.done = make(chan struct{}) // silent: this is start
	h.stopped = false            // silent: this is start
	go func() {
		for !h.stopped {
			<-h.done
		}
	}()
	return nil
}

func (h *InStart) SessionStop(context.Context) error {
	h.stopped = true
	close(h.done)
	return nil
}

// Reentrant guards against itself alone.
type Reentrant struct {
	Base
	closing bool
}

func (h *Reentrant) SessionStop(context.Context) error {
	if h.closing {
		return nil
	}
	h.closing = true
	defer func() { h.closing = false }() // silent: nothing else reads it
	work()
	return nil
}

// Local gives its goroutine the channel itself.
type Local struct {
	Base
	done chan struct{}
}

func (h *Local) SessionStart(context.Context) error {
	h.done = make(chan struct{})
	done := h.done
	go func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(time.Second):
			}
		}
	}()
	go wait(h.done)
	return nil
}

func wait(done chan struct{}) { <-done }

func (h *Local) SessionStop(context.Context) error {
	close(h.done)
	h.done = nil // silent: the goroutines have the channel that was closed
	return nil
}

// Once receives but once, and so from the channel that is closed.
type Once struct {
	Base
	done chan struct{}
}

func (h *Once) SessionStart(context.Context) error {
	go func() {
		<-h.done
		work()
	}()
	return nil
}

func (h *Once) SessionStop(context.Context) error {
	close(h.done)
	h.done = make(chan struct{}) // silent: it is read once, long before
	return nil
}

// Branches closes in one case, and makes in another.
type Branches struct {
	Base
	done    chan struct{}
	stopped bool
	mode    int
}

func (h *Branches) SessionStart(context.Context) error {
	go func() {
		for !h.stopped {
			<-h.done
		}
	}()
	return nil
}

func (h *Branches) SessionStop(context.Context) error {
	if h.mode == 0 {
		close(h.done)
		h.stopped = true
		return nil
	}
	h.done = make(chan struct{}) // silent: another path
	switch h.mode {
	case 1:
		h.stopped = true
	case 2:
		h.stopped = false // silent: another case
	}
	return nil
}

// Else does so in the two branches of an if.
type Else struct {
	Base
	stopped bool
}

func (h *Else) SessionStart(context.Context) error {
	go func() {
		for !h.stopped {
			work()
		}
	}()
	return nil
}

func (h *Else) SessionStop(ctx context.Context) error {
	if ctx.Err() == nil {
		h.stopped = true
	} else {
		h.stopped = false // silent: the other branch
	}
	return nil
}

// First makes it first, and closes what was there.
type First struct {
	Base
	done chan struct{}
}

func (h *First) SessionStart(context.Context) error {
	go func() {
		for {
			if _, ok := <-h.done; !ok {
				return
			}
		}
	}()
	return nil
}

func (h *First) SessionStop(context.Context) error {
	h.done = make(chan struct{})
	close(h.done) // silent: it stays closed
	return nil
}

// Others has two channels.
type Others struct {
	Base
	done, next chan struct{}
	paused     bool
}

func (h *Others) SessionStart(context.Context) error {
	go func() {
		for !h.paused {
			select {
			case <-h.done:
				return
			case <-h.next:
			}
		}
	}()
	return nil
}

func (h *Others) SessionStop(context.Context) error {
	close(h.done)
	h.next = make(chan struct{}) // silent: another channel
	h.paused = false             // silent: it was not set
	return nil
}

// Worker has a stop that waits.
type Worker struct{}

// Stop waits.
func (*Worker) Stop() {}

// StopsWorker leaves the waiting to what it stops.
type StopsWorker struct {
	Base
	w       *Worker
	stopped bool
}

func (h *StopsWorker) SessionStart(context.Context) error {
	go func() {
		for !h.stopped {
			work()
		}
	}()
	return nil
}

func (h *StopsWorker) SessionStop(context.Context) error {
	h.stopped = true
	h.w.Stop()
	h.stopped = false // silent: Stop may well wait
	return nil
}

// DeferredWait waits when it returns.
type DeferredWait struct {
	Base
	wg      sync.WaitGroup
	closing bool
}

func (h *DeferredWait) SessionStart(context.Context) error {
	h.wg.Go(func() {
		for !h.closing {
			work()
		}
	})
	return nil
}

func (h *DeferredWait) SessionStop(context.Context) error {
	defer func() { h.closing = false }() // silent: it waits first
	defer h.wg.Wait()
	h.closing = true
	return nil
}

// Restart stops and starts.
type Restart struct {
	Base
	done chan struct{}
}

func (h *Restart) SessionStart(context.Context) error {
	h.done = make(chan struct{}) // silent: this is start, whoever calls it
	go func() {
		for {
			select {
			case <-h.done:
				return
			case <-time.After(time.Second):
			}
		}
	}()
	return nil
}

// Again restarts.
func (h *Restart) Again(ctx context.Context) error {
	h.SessionStop(ctx)
	return h.SessionStart(ctx)
}

func (h *Restart) SessionStop(context.Context) error {
	close(h.done)
	return nil
}

// Busy has flags that say that stop is at work.
type Busy struct {
	flushing, paused bool
}

func (h *Busy) SessionStart(context.Context) error {
	go func() {
		for {
			if h.paused {
				continue
			}
			work()
			break
		}
	}()
	return nil
}

func (h *Busy) Emit(context.Context) (Frame, error) {
	if h.flushing {
		return nil, nil
	}
	return Frame{1}, nil
}

func (h *Busy) SessionStop(context.Context) error {
	h.flushing, h.paused = true, true
	work()
	h.flushing = false // silent: Emit is to wait while stop flushes
	h.paused = false   // silent: the loop is not to end
	return nil
}

// Halt is the part of a handler that ends it.
type Halt struct{ halted atomic.Bool }

func (h *Halt) halt()      { h.set(true) }
func (h *Halt) set(b bool) { h.halted.Store(b) }

// Param sets its flag by a param: no constant says what it becomes.
type Param struct {
	Base
	Halt
}

func (h *Param) SessionStart(context.Context) error {
	go func() {
		for !h.halted.Load() {
			work()
		}
	}()
	return nil
}

func (h *Param) SessionStop(context.Context) error {
	h.halt()
	h.set(false) // silent: it is not seen what it sets
	return nil
}

// Inherited has its flag from what it embeds, and clears it two calls down.
type Inherited struct {
	Base
	Halt
}

func (h *Inherited) SessionStart(context.Context) error {
	go func() {
		for {
			select {
			case <-time.After(time.Second):
				if h.halted.Load() {
					return
				}
			}
		}
	}()
	return nil
}

func (h *Inherited) clear() { h.rearm() }
func (h *Inherited) rearm() {
	h.Halt.halted.Store(false) // want `sets Halt.halted and clears it.*SessionStop → \(\*Inherited\)\.clear → \(\*Inherited\)\.rearm.*stop-reopens`
}

func (h *Inherited) SessionStop(context.Context) error {
	h.halted.Store(true)
	h.clear()
	return nil
}

// Swapped closes what it swapped out, and stays as it was afterwards.
type Swapped struct {
	Base
	mu   sync.Mutex
	done chan struct{}
}

func (h *Swapped) SessionStart(context.Context) error {
	done := make(chan struct{})
	h.done = done
	go wait(done)
	return nil
}

func (h *Swapped) SessionStop(context.Context) error {
	h.mu.Lock()
	done := h.done
	h.done = nil // silent: the goroutine has the channel itself
	h.mu.Unlock()
	close(done)
	return nil
}
