// Package counts has goroutines that something counts: groups, semaphores, numbers.
package counts

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

// AddTwo: one Add for two goroutines
type AddTwo struct {
	out chan int
	wg  sync.WaitGroup
}

func (h *AddTwo) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *AddTwo) Emit(ctx context.Context) (int, error) {
	h.wg.Add(2)
	go h.loop(ctx)
	go h.other(ctx)
	return next(ctx, h.out)
}

func (h *AddTwo) SessionStop(ctx context.Context) error {
	h.wg.Wait()
	return nil
}

func (h *AddTwo) loop(ctx context.Context) {
	defer h.wg.Done()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *AddTwo) other(ctx context.Context) {
	defer h.wg.Done()
	time.Sleep(time.Millisecond)
}

// AddTwoLong: one Add for two long goroutines
type AddTwoLong struct {
	out chan int
	wg  sync.WaitGroup
}

func (h *AddTwoLong) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *AddTwoLong) Emit(ctx context.Context) (int, error) {
	h.wg.Add(2)
	go h.loop(ctx)
	go h.other(ctx)
	return next(ctx, h.out)
}

func (h *AddTwoLong) SessionStop(ctx context.Context) error {
	h.wg.Wait()
	return nil
}

func (h *AddTwoLong) loop(ctx context.Context) {
	defer h.wg.Done()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *AddTwoLong) other(ctx context.Context) {
	defer h.wg.Done()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// AddOne: Add, go, and stop waits: right to move
type AddOne struct {
	out chan int
	wg  sync.WaitGroup
}

func (h *AddOne) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *AddOne) Emit(ctx context.Context) (int, error) {
	h.wg.Add(1)
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *AddOne) SessionStop(ctx context.Context) error {
	h.wg.Wait()
	return nil
}

func (h *AddOne) loop(ctx context.Context) {
	defer h.wg.Done()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// AddElsewhere: the Add stands before something else
type AddElsewhere struct {
	out chan int
	wg  sync.WaitGroup
}

func (h *AddElsewhere) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *AddElsewhere) Emit(ctx context.Context) (int, error) {
	h.wg.Add(1)
	n := len(h.out)
	go h.loop(ctx)
	_ = n
	return next(ctx, h.out)
}

func (h *AddElsewhere) SessionStop(ctx context.Context) error {
	h.wg.Wait()
	return nil
}

func (h *AddElsewhere) loop(ctx context.Context) {
	defer h.wg.Done()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// AddShared: the same group counts work of the call too, which Emit waits for
type AddShared struct {
	out chan int
	wg  sync.WaitGroup
}

func (h *AddShared) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *AddShared) Emit(ctx context.Context) (int, error) {
	h.wg.Add(1)
	go h.loop(ctx)
	h.wg.Add(1)
	go func() { defer h.wg.Done(); time.Sleep(time.Millisecond) }()
	return next(ctx, h.out)
}

func (h *AddShared) SessionStop(ctx context.Context) error {
	h.wg.Wait()
	return nil
}

func (h *AddShared) loop(ctx context.Context) {
	defer h.wg.Done()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// AddFlush: Flush waits for what the calls have started
type AddFlush struct {
	out chan int
	wg  sync.WaitGroup
}

func (h *AddFlush) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *AddFlush) Emit(ctx context.Context) (int, error) {
	h.wg.Add(1)
	go func() { defer h.wg.Done(); time.Sleep(time.Millisecond) }()
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *AddFlush) SessionStop(ctx context.Context) error {
	h.wg.Wait()
	return nil
}

func (h *AddFlush) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Flush waits.
func (h *AddFlush) Flush() { h.wg.Wait() }

// AddInLoop: Add by the number of workers
type AddInLoop struct {
	out chan int
	wg  sync.WaitGroup
	n   int
}

func (h *AddInLoop) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *AddInLoop) Emit(ctx context.Context) (int, error) {
	h.wg.Add(h.n)
	for range h.n {
		go h.loop(ctx)
	}
	return next(ctx, h.out)
}

func (h *AddInLoop) SessionStop(ctx context.Context) error {
	h.wg.Wait()
	return nil
}

func (h *AddInLoop) loop(ctx context.Context) {
	defer h.wg.Done()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// AddFour: Add of four, then one goroutine that is counted four times
type AddFour struct {
	out chan int
	wg  sync.WaitGroup
}

func (h *AddFour) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *AddFour) Emit(ctx context.Context) (int, error) {
	h.wg.Add(4)
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *AddFour) SessionStop(ctx context.Context) error {
	h.wg.Wait()
	return nil
}

func (h *AddFour) loop(ctx context.Context) {
	defer func() {
		for range 4 {
			h.wg.Done()
		}
	}()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// AddFourOneDone: Add of two, the other Done is Emit's own
type AddFourOneDone struct {
	out chan int
	wg  sync.WaitGroup
}

func (h *AddFourOneDone) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *AddFourOneDone) Emit(ctx context.Context) (int, error) {
	h.wg.Add(2)
	go h.loop(ctx)
	defer h.wg.Done()
	return next(ctx, h.out)
}

func (h *AddFourOneDone) SessionStop(ctx context.Context) error {
	h.wg.Wait()
	return nil
}

func (h *AddFourOneDone) loop(ctx context.Context) {
	defer h.wg.Done()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// LocalGroup: a group of the call, which is kept
type LocalGroup struct {
	out  chan int
	wait func()
}

func (h *LocalGroup) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *LocalGroup) Emit(ctx context.Context) (int, error) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		h.loop(ctx)
	}()
	h.wait = wg.Wait
	return next(ctx, h.out)
}

func (h *LocalGroup) SessionStop(ctx context.Context) error {
	h.wait()
	return nil
}

func (h *LocalGroup) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// PointerGroup: a group of another
type PointerGroup struct {
	out chan int
	wg  *sync.WaitGroup
}

func (h *PointerGroup) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.wg = new(sync.WaitGroup)
	return nil
}

func (h *PointerGroup) Emit(ctx context.Context) (int, error) {
	h.wg.Add(1)
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *PointerGroup) SessionStop(ctx context.Context) error {
	h.wg.Wait()
	return nil
}

func (h *PointerGroup) loop(ctx context.Context) {
	defer h.wg.Done()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// GroupGo: the group's Go, and stop waits: right to move
type GroupGo struct {
	out chan int
	wg  sync.WaitGroup
}

func (h *GroupGo) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *GroupGo) Emit(ctx context.Context) (int, error) {
	h.wg.Go(func() { h.loop(ctx) })
	return next(ctx, h.out)
}

func (h *GroupGo) SessionStop(ctx context.Context) error {
	h.wg.Wait()
	return nil
}

func (h *GroupGo) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// GroupGoMixed: the group's Go counts work of the call too, and Receive waits for it
type GroupGoMixed struct {
	out chan int
	wg  sync.WaitGroup
}

func (h *GroupGoMixed) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *GroupGoMixed) Emit(ctx context.Context) (int, error) {
	h.wg.Go(func() { h.loop(ctx) })
	return next(ctx, h.out)
}

func (h *GroupGoMixed) SessionStop(ctx context.Context) error {
	h.wg.Wait()
	return nil
}

func (h *GroupGoMixed) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Receive waits for what is under way.
func (h *GroupGoMixed) Receive(ctx context.Context, f int) error {
	h.wg.Wait()
	return nil
}

// GroupGoDone: the group's Go, and Done in it as well
type GroupGoDone struct {
	out chan int
	wg  sync.WaitGroup
}

func (h *GroupGoDone) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *GroupGoDone) Emit(ctx context.Context) (int, error) {
	h.wg.Add(1)
	h.wg.Go(func() { h.loop(ctx) })
	return next(ctx, h.out)
}

func (h *GroupGoDone) SessionStop(ctx context.Context) error {
	h.wg.Wait()
	return nil
}

func (h *GroupGoDone) loop(ctx context.Context) {
	defer h.wg.Done()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// ErrGroup: an errgroup's Go
type ErrGroup struct {
	out chan int
	g   errgroup.Group
}

func (h *ErrGroup) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ErrGroup) Emit(ctx context.Context) (int, error) {
	h.g.Go(func() error {
		h.loop(ctx)
		return nil
	})
	return next(ctx, h.out)
}

func (h *ErrGroup) SessionStop(ctx context.Context) error {
	h.g.Wait()
	return nil
}

func (h *ErrGroup) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// ActiveAtomic: stop waits until none is active
type ActiveAtomic struct {
	out    chan int
	active atomic.Int32
	quit   chan struct{}
}

func (h *ActiveAtomic) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *ActiveAtomic) Emit(ctx context.Context) (int, error) {
	h.active.Add(1)
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ActiveAtomic) SessionStop(ctx context.Context) error {
	close(h.quit)
	for h.active.Load() > 0 {
		time.Sleep(time.Millisecond)
	}
	return nil
}

func (h *ActiveAtomic) loop(ctx context.Context) {
	defer h.active.Add(-1)
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// ActiveMutex: stop waits until none is active
type ActiveMutex struct {
	out    chan int
	mu     sync.Mutex
	active int
	quit   chan struct{}
}

func (h *ActiveMutex) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *ActiveMutex) Emit(ctx context.Context) (int, error) {
	h.mu.Lock()
	h.active++
	h.mu.Unlock()
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ActiveMutex) SessionStop(ctx context.Context) error {
	close(h.quit)
	for {
		h.mu.Lock()
		n := h.active
		h.mu.Unlock()
		if n == 0 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	return nil
}

func (h *ActiveMutex) loop(ctx context.Context) {
	defer h.end()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

func (h *ActiveMutex) end() {
	h.mu.Lock()
	h.active--
	h.mu.Unlock()
}

// ActiveMap: stop waits until each has signed off
type ActiveMap struct {
	out  chan int
	live sync.Map
	n    atomic.Int64
	quit chan struct{}
}

func (h *ActiveMap) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *ActiveMap) Emit(ctx context.Context) (int, error) {
	h.n.Add(1)
	h.live.Store(h.n.Load(), true)
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ActiveMap) SessionStop(ctx context.Context) error {
	close(h.quit)
	return nil
}

func (h *ActiveMap) loop(ctx context.Context) {
	defer h.live.Delete(h.n.Load())
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// SemWeighted: each takes one of four places and gives it back at its end
type SemWeighted struct {
	out chan int
	sem *semaphore.Weighted
}

func (h *SemWeighted) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.sem = semaphore.NewWeighted(4)
	return nil
}

func (h *SemWeighted) Emit(ctx context.Context) (int, error) {
	if err := h.sem.Acquire(ctx, 1); err != nil {
		return 0, err
	}
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SemWeighted) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SemWeighted) loop(ctx context.Context) {
	defer h.sem.Release(1)
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SemWeightedBlock: each takes one of four places and gives it back at its end
type SemWeightedBlock struct {
	out chan int
	sem *semaphore.Weighted
}

func (h *SemWeightedBlock) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.sem = semaphore.NewWeighted(4)
	return nil
}

func (h *SemWeightedBlock) Emit(ctx context.Context) (int, error) {
	h.sem.Acquire(ctx, 1)
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SemWeightedBlock) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SemWeightedBlock) loop(ctx context.Context) {
	defer h.sem.Release(1)
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SemChannel: each takes one of four places and gives it back at its end
type SemChannel struct {
	out chan int
	sem chan struct{}
}

func (h *SemChannel) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.sem = make(chan struct{}, 4)
	return nil
}

func (h *SemChannel) Emit(ctx context.Context) (int, error) {
	h.sem <- struct{}{}
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SemChannel) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SemChannel) loop(ctx context.Context) {
	defer func() { <-h.sem }()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SemChannelSelect: each takes one of four places and gives it back at its end
type SemChannelSelect struct {
	out chan int
	sem chan struct{}
}

func (h *SemChannelSelect) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.sem = make(chan struct{}, 4)
	return nil
}

func (h *SemChannelSelect) Emit(ctx context.Context) (int, error) {
	h.sem <- struct{}{}
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SemChannelSelect) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SemChannelSelect) loop(ctx context.Context) {
	defer func() {
		select {
		case <-h.sem:
		default:
		}
	}()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// MutexHandover: Emit locks, the goroutine unlocks when it has begun
type MutexHandover struct {
	out chan int
	mu  sync.Mutex
	n   int
}

func (h *MutexHandover) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *MutexHandover) Emit(ctx context.Context) (int, error) {
	h.mu.Lock()
	h.n++
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *MutexHandover) SessionStop(ctx context.Context) error {
	return nil
}

func (h *MutexHandover) loop(ctx context.Context) {
	h.mu.Unlock()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// MutexUntilEnd: Emit locks, the goroutine unlocks at its end
type MutexUntilEnd struct {
	out  chan int
	busy sync.Mutex
}

func (h *MutexUntilEnd) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *MutexUntilEnd) Emit(ctx context.Context) (int, error) {
	if !h.busy.TryLock() {
		return next(ctx, h.out)
	}
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *MutexUntilEnd) SessionStop(ctx context.Context) error {
	return nil
}

func (h *MutexUntilEnd) loop(ctx context.Context) {
	defer h.busy.Unlock()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// ReadyWait: Emit waits until the goroutine has begun
type ReadyWait struct {
	out   chan int
	ready sync.WaitGroup
}

func (h *ReadyWait) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ReadyWait) Emit(ctx context.Context) (int, error) {
	h.ready.Add(1)
	go h.loop(ctx)
	h.ready.Wait()
	return next(ctx, h.out)
}

func (h *ReadyWait) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ReadyWait) loop(ctx context.Context) {
	h.ready.Done()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// ReadyChannel: Emit waits until the goroutine has begun
type ReadyChannel struct {
	out   chan int
	ready chan struct{}
}

func (h *ReadyChannel) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.ready = make(chan struct{}, 1)
	return nil
}

func (h *ReadyChannel) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	<-h.ready
	return next(ctx, h.out)
}

func (h *ReadyChannel) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ReadyChannel) loop(ctx context.Context) {
	select {
	case h.ready <- struct{}{}:
	default:
	}
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// ReadyChannelLocal: Emit waits until the goroutine has begun, with a channel of the call
type ReadyChannelLocal struct {
	out chan int
}

func (h *ReadyChannelLocal) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ReadyChannelLocal) Emit(ctx context.Context) (int, error) {
	ready := make(chan struct{})
	go func() {
		close(ready)
		h.loop(ctx)
	}()
	<-ready
	return next(ctx, h.out)
}

func (h *ReadyChannelLocal) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ReadyChannelLocal) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// ReadyChannelLocal2: Emit waits until the goroutine has begun, with a channel of the call
type ReadyChannelLocal2 struct {
	out chan int
}

func (h *ReadyChannelLocal2) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ReadyChannelLocal2) Emit(ctx context.Context) (int, error) {
	ready := make(chan int, 1)
	go func() {
		select {
		case ready <- 1:
		default:
		}
		h.loop(ctx)
	}()
	<-ready
	return next(ctx, h.out)
}

func (h *ReadyChannelLocal2) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ReadyChannelLocal2) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// AskAnswer: each call asks the goroutine, which answers each once
type AskAnswer struct {
	in, out chan int
}

func (h *AskAnswer) SessionStart(ctx context.Context) error {
	h.in = make(chan int, 1)
	h.out = make(chan int, 1)
	return nil
}

func (h *AskAnswer) Emit(ctx context.Context) (int, error) {
	h.in <- 1
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *AskAnswer) SessionStop(ctx context.Context) error {
	return nil
}

func (h *AskAnswer) loop(ctx context.Context) {
	for {
		select {
		case f := <-h.in:
			select {
			case h.out <- f:
			case <-ctx.Done():
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// CountStarted: it counts how many were started
type CountStarted struct {
	out     chan int
	started atomic.Int64
}

func (h *CountStarted) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *CountStarted) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *CountStarted) SessionStop(ctx context.Context) error {
	return nil
}

func (h *CountStarted) loop(ctx context.Context) {
	h.started.Add(1)
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Deferred: the call signs off what the goroutine was
type Deferred struct {
	out  chan int
	done chan struct{}
}

func (h *Deferred) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.done = make(chan struct{}, 8)
	return nil
}

func (h *Deferred) Emit(ctx context.Context) (int, error) {
	defer h.loop2(ctx)
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Deferred) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Deferred) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Deferred) loop2(ctx context.Context) {
	select {
	case h.done <- struct{}{}:
	default:
	}
}

// next takes the next frame.
func next(ctx context.Context, out <-chan int) (int, error) {
	select {
	case f := <-out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
