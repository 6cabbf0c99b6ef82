package hang

import (
	"context"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// CondSignal: stop gives the signal under a condition
type CondSignal struct {
	out  chan int
	quit chan struct{}
	keep bool
	n    int
}

func (h *CondSignal) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *CondSignal) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *CondSignal) SessionStop(ctx context.Context) error {
	if !h.keep {
		close(h.quit)
	}
	return nil
}

func (h *CondSignal) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// CondSignalSwitch: stop gives the signal in one case
type CondSignalSwitch struct {
	out  chan int
	quit chan struct{}
	keep bool
	n    int
}

func (h *CondSignalSwitch) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *CondSignalSwitch) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *CondSignalSwitch) SessionStop(ctx context.Context) error {
	switch h.n {
	case 1:
		close(h.quit)
	}
	return nil
}

func (h *CondSignalSwitch) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// SignalLater: the signal is given by a timer
type SignalLater struct {
	out  chan int
	quit chan struct{}
	keep bool
	n    int
}

func (h *SignalLater) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *SignalLater) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SignalLater) SessionStop(ctx context.Context) error {
	time.AfterFunc(time.Hour, func() { close(h.quit) })
	return nil
}

func (h *SignalLater) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// SignalStored: the signal is kept in a function that nobody calls
type SignalStored struct {
	out     chan int
	quit    chan struct{}
	onClose func()
}

func (h *SignalStored) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *SignalStored) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SignalStored) SessionStop(ctx context.Context) error {
	h.onClose = func() { close(h.quit) }
	return nil
}

func (h *SignalStored) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// SignalDeferred: the signal is deferred in a helper that waits
type SignalDeferred struct {
	out  chan int
	quit chan struct{}
	keep bool
	n    int
}

func (h *SignalDeferred) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *SignalDeferred) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SignalDeferred) SessionStop(ctx context.Context) error {
	h.shut()
	return nil
}

func (h *SignalDeferred) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

func (h *SignalDeferred) shut() {
	defer close(h.quit)
	h.n = 0
}

// SignalDefer: the signal is deferred
type SignalDefer struct {
	out  chan int
	quit chan struct{}
	keep bool
	n    int
}

func (h *SignalDefer) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *SignalDefer) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SignalDefer) SessionStop(ctx context.Context) error {
	defer close(h.quit)
	return nil
}

func (h *SignalDefer) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// SignalGo: the signal is given by a goroutine that waits first
type SignalGo struct {
	out  chan int
	quit chan struct{}
	keep bool
	n    int
}

func (h *SignalGo) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *SignalGo) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SignalGo) SessionStop(ctx context.Context) error {
	go func() {
		time.Sleep(time.Hour)
		close(h.quit)
	}()
	return nil
}

func (h *SignalGo) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// SignalHelperCond: a helper gives the signal if it is told to
type SignalHelperCond struct {
	out  chan int
	quit chan struct{}
	keep bool
	n    int
}

func (h *SignalHelperCond) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *SignalHelperCond) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SignalHelperCond) SessionStop(ctx context.Context) error {
	h.shut(false)
	return nil
}

func (h *SignalHelperCond) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

func (h *SignalHelperCond) shut(hard bool) {
	if hard {
		close(h.quit)
	}
}

// SignalHelperEarly: a helper may return before the signal
type SignalHelperEarly struct {
	out  chan int
	quit chan struct{}
	keep bool
	n    int
}

func (h *SignalHelperEarly) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *SignalHelperEarly) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SignalHelperEarly) SessionStop(ctx context.Context) error {
	h.shut()
	return nil
}

func (h *SignalHelperEarly) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

func (h *SignalHelperEarly) shut() {
	if h.keep {
		return
	}
	close(h.quit)
}

// StopEarly: stop may return before the signal
type StopEarly struct {
	out  chan int
	quit chan struct{}
	keep bool
	n    int
}

func (h *StopEarly) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *StopEarly) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *StopEarly) SessionStop(ctx context.Context) error {
	if h.keep {
		return nil
	}
	close(h.quit)
	return nil
}

func (h *StopEarly) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// Remade: stop closes a new channel
type Remade struct {
	out  chan int
	quit chan struct{}
	keep bool
	n    int
}

func (h *Remade) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *Remade) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Remade) SessionStop(ctx context.Context) error {
	h.quit = make(chan struct{})
	close(h.quit)
	return nil
}

func (h *Remade) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// Peer: stop ends the loop of its peer
type Peer struct {
	out  chan int
	quit chan struct{}
	peer *Peer
}

func (h *Peer) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *Peer) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Peer) SessionStop(ctx context.Context) error {
	if h.peer != nil {
		close(h.peer.quit)
	}
	return nil
}

func (h *Peer) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// Swapped: the name in stop stands for another handler
type Swapped struct {
	out  chan int
	quit chan struct{}
	peer *Swapped
}

func (h *Swapped) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *Swapped) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Swapped) SessionStop(ctx context.Context) error {
	p := h
	p = h.peer
	close(p.quit)
	return nil
}

func (h *Swapped) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// FlagCleared: stop clears the flag that the loop waits for
type FlagCleared struct {
	out     chan int
	stopped atomic.Bool
}

func (h *FlagCleared) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	return nil
}

func (h *FlagCleared) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FlagCleared) SessionStop(ctx context.Context) error {
	h.stopped.Store(false)
	return nil
}

func (h *FlagCleared) loop(ctx context.Context) {
	for !h.stopped.Load() {
		select {
		case h.out <- 1:
		default:
			time.Sleep(time.Millisecond)
		}
	}
}

// FlagWrongWay: the loop runs until the flag is false, stop makes it true
type FlagWrongWay struct {
	out     chan int
	running atomic.Bool
}

func (h *FlagWrongWay) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	h.running.Store(true)
	return nil
}

func (h *FlagWrongWay) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FlagWrongWay) SessionStop(ctx context.Context) error {
	h.running.Store(true)
	return nil
}

func (h *FlagWrongWay) loop(ctx context.Context) {
	for h.running.Load() {
		select {
		case h.out <- 1:
		default:
			time.Sleep(time.Millisecond)
		}
	}
}

// FlagPaused: the flag pauses the loop, it does not end it
type FlagPaused struct {
	out    chan int
	paused atomic.Bool
}

func (h *FlagPaused) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	return nil
}

func (h *FlagPaused) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FlagPaused) SessionStop(ctx context.Context) error {
	h.paused.Store(true)
	return nil
}

func (h *FlagPaused) loop(ctx context.Context) {
	for i := 0; ; i++ {
		if h.paused.Load() {
			if i < 0 {
				return
			}
			time.Sleep(time.Millisecond)
			continue
		}
		select {
		case h.out <- i:
		default:
		}
	}
}

// StopFromLoop: the loop itself calls stop when its source fails
type StopFromLoop struct {
	out chan int
	src pullsource
}

func (h *StopFromLoop) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *StopFromLoop) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *StopFromLoop) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StopFromLoop) loop(ctx context.Context) {
	for {
		f, err := h.src.Next(ctx)
		if err != nil {
			h.SessionStop(ctx)
			return
		}
		select {
		case h.out <- f:
		case <-ctx.Done():
			return
		}
	}
}

// StopFromLoopDeferred: the loop stops the handler at its end
type StopFromLoopDeferred struct {
	out chan int
}

func (h *StopFromLoopDeferred) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *StopFromLoopDeferred) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *StopFromLoopDeferred) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StopFromLoopDeferred) loop(ctx context.Context) {
	defer h.SessionStop(context.Background())
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// StopFromLoopClose: the loop closes the handler when its source fails
type StopFromLoopClose struct {
	out  chan int
	quit chan struct{}
	src  source
	once sync.Once
}

func (h *StopFromLoopClose) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *StopFromLoopClose) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *StopFromLoopClose) Close() error {
	h.once.Do(func() { close(h.quit) })
	return nil
}

func (h *StopFromLoopClose) loop(ctx context.Context) {
	for {
		f := h.src.Next()
		if f < 0 {
			h.Close()
			return
		}
		select {
		case h.out <- f:
		case <-h.quit:
			return
		}
	}
}

// LockEmbedded: stop holds the embedded lock when it gives the signal
type LockEmbedded struct {
	sync.Mutex
	out  chan int
	quit chan struct{}
	n    int
}

func (h *LockEmbedded) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *LockEmbedded) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *LockEmbedded) SessionStop(ctx context.Context) error {
	h.Lock()
	defer h.Unlock()
	close(h.quit)
	return nil
}

func (h *LockEmbedded) loop(ctx context.Context) {
	defer func() {
		h.Lock()
		h.n = -1
		h.Unlock()
	}()
	for {
		h.Lock()
		h.n++
		n := h.n
		h.Unlock()
		select {
		case h.out <- n:
		case <-h.quit:
			return
		}
	}
}

// LockTwo: stop gives one of two locks back
type LockTwo struct {
	mu, other sync.Mutex
	out       chan int
	quit      chan struct{}
	n         int
}

func (h *LockTwo) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *LockTwo) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *LockTwo) SessionStop(ctx context.Context) error {
	h.mu.Lock()
	h.other.Lock()
	h.n = 0
	h.other.Unlock()
	close(h.quit)
	h.mu.Unlock()
	return nil
}

func (h *LockTwo) loop(ctx context.Context) {
	defer func() {
		h.mu.Lock()
		h.n = -1
		h.mu.Unlock()
	}()
	for {
		h.mu.Lock()
		h.n++
		n := h.n
		h.mu.Unlock()
		select {
		case h.out <- n:
		case <-h.quit:
			return
		}
	}
}

// LockHelper: a helper takes the lock for stop
type LockHelper struct {
	mu   sync.Mutex
	out  chan int
	quit chan struct{}
	n    int
}

func (h *LockHelper) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *LockHelper) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *LockHelper) SessionStop(ctx context.Context) error {
	defer h.lock()()
	close(h.quit)
	return nil
}

func (h *LockHelper) loop(ctx context.Context) {
	defer func() {
		h.mu.Lock()
		h.n = -1
		h.mu.Unlock()
	}()
	for {
		h.mu.Lock()
		h.n++
		n := h.n
		h.mu.Unlock()
		select {
		case h.out <- n:
		case <-h.quit:
			return
		}
	}
}

func (h *LockHelper) lock() func() {
	h.mu.Lock()
	return h.mu.Unlock
}

// LockCaller: who calls stop holds the lock
type LockCaller struct {
	mu  sync.Mutex
	out chan int
	n   int
}

func (h *LockCaller) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *LockCaller) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *LockCaller) SessionStop(ctx context.Context) error {
	return nil
}

func (h *LockCaller) loop(ctx context.Context) {
	defer func() {
		h.mu.Lock()
		h.n = -1
		h.mu.Unlock()
	}()
	for {
		h.mu.Lock()
		h.n++
		n := h.n
		h.mu.Unlock()
		select {
		case h.out <- n:
		case <-ctx.Done():
			return
		}
	}
}

// Close stops under the lock.
func (h *LockCaller) Close() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.SessionStop(context.Background())
}

// LockReceive: Receive stops the session under the lock
type LockReceive struct {
	mu  sync.Mutex
	out chan int
	n   int
}

func (h *LockReceive) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *LockReceive) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *LockReceive) SessionStop(ctx context.Context) error {
	return nil
}

func (h *LockReceive) loop(ctx context.Context) {
	defer func() {
		h.mu.Lock()
		h.n = -1
		h.mu.Unlock()
	}()
	for {
		h.mu.Lock()
		h.n++
		n := h.n
		h.mu.Unlock()
		select {
		case h.out <- n:
		case <-ctx.Done():
			return
		}
	}
}

func (h *LockReceive) Receive(ctx context.Context, f int) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.n += f; f < 0 {
		return h.SessionStop(ctx)
	}
	return nil
}

// LockInterface: stop holds a lock that is an interface
type LockInterface struct {
	mu   sync.Locker
	out  chan int
	quit chan struct{}
	n    int
}

func (h *LockInterface) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	h.mu = new(sync.Mutex)
	return nil
}

func (h *LockInterface) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *LockInterface) SessionStop(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.quit)
	return nil
}

func (h *LockInterface) loop(ctx context.Context) {
	defer func() {
		h.mu.Lock()
		h.n = -1
		h.mu.Unlock()
	}()
	for {
		h.mu.Lock()
		h.n++
		n := h.n
		h.mu.Unlock()
		select {
		case h.out <- n:
		case <-h.quit:
			return
		}
	}
}

// LockInIf: stop takes the lock in an if
type LockInIf struct {
	mu   sync.Mutex
	out  chan int
	quit chan struct{}
	n    int
}

func (h *LockInIf) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *LockInIf) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *LockInIf) SessionStop(ctx context.Context) error {
	if h.mu.TryLock() {
		defer h.mu.Unlock()
	}
	close(h.quit)
	return nil
}

func (h *LockInIf) loop(ctx context.Context) {
	defer func() {
		h.mu.Lock()
		h.n = -1
		h.mu.Unlock()
	}()
	for {
		h.mu.Lock()
		h.n++
		n := h.n
		h.mu.Unlock()
		select {
		case h.out <- n:
		case <-h.quit:
			return
		}
	}
}

// LockInStop: stop locks in the same statement that gives the signal
type LockInStop struct {
	mu   sync.Mutex
	out  chan int
	quit chan struct{}
	n    int
}

func (h *LockInStop) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *LockInStop) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *LockInStop) SessionStop(ctx context.Context) error {
	h.shut()
	return nil
}

func (h *LockInStop) loop(ctx context.Context) {
	defer func() {
		h.mu.Lock()
		h.n = -1
		h.mu.Unlock()
	}()
	for {
		h.mu.Lock()
		h.n++
		n := h.n
		h.mu.Unlock()
		select {
		case h.out <- n:
		case <-h.quit:
			return
		}
	}
}

func (h *LockInStop) shut() {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.quit)
}

// WaitFirst: stop waits for the goroutine before it ends it
type WaitFirst struct {
	out        chan int
	quit, done chan struct{}
}

func (h *WaitFirst) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	h.done = make(chan struct{}, 1)
	return nil
}

func (h *WaitFirst) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *WaitFirst) SessionStop(ctx context.Context) error {
	<-h.done
	close(h.quit)
	return nil
}

func (h *WaitFirst) loop(ctx context.Context) {
	defer func() { h.done <- struct{}{} }()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// WaitFirstClosed: stop waits for the goroutine before it ends it
type WaitFirstClosed struct {
	out        chan int
	quit, done chan struct{}
}

func (h *WaitFirstClosed) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	h.done = make(chan struct{})
	return nil
}

func (h *WaitFirstClosed) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *WaitFirstClosed) SessionStop(ctx context.Context) error {
	<-h.done
	close(h.quit)
	return nil
}

func (h *WaitFirstClosed) loop(ctx context.Context) {
	defer close(h.done)
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// FlushAfter: what it does at its end needs what stop does after
type FlushAfter struct {
	out  chan int
	quit chan struct{}
	r    *io.PipeReader
	w    *io.PipeWriter
}

func (h *FlushAfter) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	h.r, h.w = io.Pipe()
	return nil
}

func (h *FlushAfter) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FlushAfter) SessionStop(ctx context.Context) error {
	close(h.quit)
	h.r.Close()
	return nil
}

func (h *FlushAfter) loop(ctx context.Context) {
	defer h.w.Write([]byte("bye"))
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}
