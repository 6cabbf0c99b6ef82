package hang

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// SpinFor: the usual form of asking again and again
type SpinFor struct {
	out chan int
	n   atomic.Int64
}

func (h *SpinFor) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SpinFor) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SpinFor) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SpinFor) loop(ctx context.Context) {
	for {
		for v := h.n.Load(); v == 0; v = h.n.Load() {
			runtimeYield()
		}
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

// SpinCountdown: a loop with a counter that does not count
type SpinCountdown struct {
	out chan int
	n   atomic.Int64
}

func (h *SpinCountdown) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SpinCountdown) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SpinCountdown) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SpinCountdown) loop(ctx context.Context) {
	for {
		for i := 0; h.n.Load() == 0; i++ {
			runtimeYield()
		}
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

// SpinReset: a counter that the body sets back
type SpinReset struct {
	out chan int
	n   atomic.Int64
}

func (h *SpinReset) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SpinReset) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SpinReset) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SpinReset) loop(ctx context.Context) {
	for {
		for i := 0; i < 10; i++ {
			if h.n.Load() == 0 {
				i = 0
			}
		}
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

// SpinDown: a counter that never gets there
type SpinDown struct {
	out chan int
}

func (h *SpinDown) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SpinDown) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SpinDown) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SpinDown) loop(ctx context.Context) {
	for {
		for i := 1; i != 0; i += 2 {
			if i > 1<<20 {
				i = 1
			}
		}
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

// PackageLock: stop holds a lock of the package
type PackageLock struct {
	out  chan int
	quit chan struct{}
	n    int
}

func (h *PackageLock) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *PackageLock) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *PackageLock) SessionStop(ctx context.Context) error {
	packageMu.Lock()
	defer packageMu.Unlock()
	close(h.quit)
	return nil
}

func (h *PackageLock) loop(ctx context.Context) {
	defer func() {
		packageMu.Lock()
		h.n = -1
		packageMu.Unlock()
	}()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

var packageMu sync.Mutex

// PointerLock: stop holds a lock that it shares with others
type PointerLock struct {
	out  chan int
	quit chan struct{}
	mu   *sync.Mutex
	n    int
}

func (h *PointerLock) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	h.mu = new(sync.Mutex)
	return nil
}

func (h *PointerLock) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *PointerLock) SessionStop(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.quit)
	return nil
}

func (h *PointerLock) loop(ctx context.Context) {
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

// NestedLock: stop holds the lock of a part of it
type NestedLock struct {
	out  chan int
	quit chan struct{}
	st   struct {
		mu sync.Mutex
		n  int
	}
}

func (h *NestedLock) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *NestedLock) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *NestedLock) SessionStop(ctx context.Context) error {
	st := &h.st
	st.mu.Lock()
	defer st.mu.Unlock()
	close(h.quit)
	return nil
}

func (h *NestedLock) loop(ctx context.Context) {
	defer func() {
		h.st.mu.Lock()
		h.st.n = -1
		h.st.mu.Unlock()
	}()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// MapLock: stop holds a lock out of a map
type MapLock struct {
	out  chan int
	quit chan struct{}
	mus  map[int]*sync.Mutex
	n    int
}

func (h *MapLock) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	h.mus = map[int]*sync.Mutex{0: new(sync.Mutex)}
	return nil
}

func (h *MapLock) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *MapLock) SessionStop(ctx context.Context) error {
	h.mus[0].Lock()
	defer h.mus[0].Unlock()
	close(h.quit)
	return nil
}

func (h *MapLock) loop(ctx context.Context) {
	defer func() {
		h.mus[0].Lock()
		h.n = -1
		h.mus[0].Unlock()
	}()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// CondLock: stop holds the lock of a condition
type CondLock struct {
	out  chan int
	quit chan struct{}
	cond *sync.Cond
	n    int
}

func (h *CondLock) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	h.cond = sync.NewCond(new(sync.Mutex))
	return nil
}

func (h *CondLock) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *CondLock) SessionStop(ctx context.Context) error {
	h.cond.L.Lock()
	defer h.cond.L.Unlock()
	close(h.quit)
	return nil
}

func (h *CondLock) loop(ctx context.Context) {
	defer func() {
		h.cond.L.Lock()
		h.n = -1
		h.cond.L.Unlock()
	}()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// LockLiteral: stop takes the lock in a literal
type LockLiteral struct {
	mu   sync.Mutex
	out  chan int
	quit chan struct{}
	n    int
}

func (h *LockLiteral) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *LockLiteral) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *LockLiteral) SessionStop(ctx context.Context) error {
	func() {
		h.mu.Lock()
		close(h.quit)
	}()
	h.mu.Unlock()
	return nil
}

func (h *LockLiteral) loop(ctx context.Context) {
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

// LockedBy: stop calls a helper that runs what it is given under the lock
type LockedBy struct {
	mu   sync.Mutex
	out  chan int
	quit chan struct{}
	n    int
}

func (h *LockedBy) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *LockedBy) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *LockedBy) SessionStop(ctx context.Context) error {
	h.locked(func() { close(h.quit) })
	h.n = 0
	return nil
}

func (h *LockedBy) loop(ctx context.Context) {
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

func (h *LockedBy) locked(f func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f()
}

// LockedStop: all of stop is run under the lock
type LockedStop struct {
	mu   sync.Mutex
	out  chan int
	quit chan struct{}
	n    int
}

func (h *LockedStop) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *LockedStop) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *LockedStop) Close() error {
	return h.locked(func() error {
		close(h.quit)
		return nil
	})
}

func (h *LockedStop) loop(ctx context.Context) {
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

func (h *LockedStop) locked(f func() error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return f()
}

// NopClose: Close does not end Read
type NopClose struct {
	out chan int
	r   io.ReadCloser
}

func (h *NopClose) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.r = io.NopCloser(os.Stdin)
	return nil
}

func (h *NopClose) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *NopClose) SessionStop(ctx context.Context) error {
	h.r.Close()
	return nil
}

func (h *NopClose) loop(ctx context.Context) {
	b := make([]byte, 1)
	for {
		if _, err := h.r.Read(b); err != nil {
			return
		}
		select {
		case h.out <- int(b[0]):
		case <-ctx.Done():
			return
		}
	}
}

// OwnClose: its own Close does not end its own Read
type OwnClose struct {
	out chan int
	r   *slowReader
}

func (h *OwnClose) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.r = &slowReader{make(chan byte)}
	return nil
}

func (h *OwnClose) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *OwnClose) SessionStop(ctx context.Context) error {
	h.r.Close()
	return nil
}

func (h *OwnClose) loop(ctx context.Context) {
	for {
		if h.r.Read() < 0 {
			return
		}
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

type slowReader struct{ c chan byte }

func (r *slowReader) Read() int { return int(<-r.c) }

func (r *slowReader) Close() error { return nil }

// FakeContext: the call is given the context and does not heed it
type FakeContext struct {
	out chan int
}

func (h *FakeContext) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *FakeContext) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FakeContext) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FakeContext) loop(ctx context.Context) {
	for ctx.Err() == nil {
		heedless(ctx)
	}
}

func heedless(ctx context.Context) { <-packageIn }

// ValueContext: the context is wrapped in one that never ends
type ValueContext struct {
	out chan int
}

func (h *ValueContext) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ValueContext) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ValueContext) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ValueContext) loop(ctx context.Context) {
	c := neverEnds{ctx}
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-c.Done():
			return
		}
	}
}

type neverEnds struct{ context.Context }

func (neverEnds) Done() <-chan struct{} { return nil }

// ValueContextArg: the context is wrapped in one that never ends
type ValueContextArg struct {
	out chan int
}

func (h *ValueContextArg) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ValueContextArg) Emit(ctx context.Context) (int, error) {
	go h.loop(neverEnds{ctx})
	return next(ctx, h.out)
}

func (h *ValueContextArg) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ValueContextArg) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// FieldContextReplaced: the goroutine itself replaces the context of the handler
type FieldContextReplaced struct {
	out    chan int
	ctx    context.Context
	cancel context.CancelFunc
}

func (h *FieldContextReplaced) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.ctx, h.cancel = context.WithCancel(context.Background())
	return nil
}

func (h *FieldContextReplaced) Emit(ctx context.Context) (int, error) {
	go h.run()
	return next(ctx, h.out)
}

func (h *FieldContextReplaced) SessionStop(ctx context.Context) error {
	h.cancel()
	return nil
}

func (h *FieldContextReplaced) run() {
	h.ctx = context.WithoutCancel(h.ctx)
	for {
		select {
		case h.out <- 1:
		case <-h.ctx.Done():
			return
		}
	}
}

// FieldContextStart: start replaces the context after it was paired
type FieldContextStart struct {
	out    chan int
	ctx    context.Context
	cancel context.CancelFunc
}

func (h *FieldContextStart) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.ctx, h.cancel = context.WithCancel(context.Background())
	h.ctx = context.WithoutCancel(h.ctx)
	return nil
}

func (h *FieldContextStart) Emit(ctx context.Context) (int, error) {
	go h.run()
	return next(ctx, h.out)
}

func (h *FieldContextStart) SessionStop(ctx context.Context) error {
	h.cancel()
	return nil
}

func (h *FieldContextStart) run() {
	for {
		select {
		case h.out <- 1:
		case <-h.ctx.Done():
			return
		}
	}
}

// CancelReplaced: start makes two cancels and keeps the second for the first context
type CancelReplaced struct {
	out        chan int
	ctx, other context.Context
	cancel     context.CancelFunc
}

func (h *CancelReplaced) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.ctx, h.cancel = context.WithCancel(context.Background())
	h.other, h.cancel = context.WithCancel(context.Background())
	return nil
}

func (h *CancelReplaced) Emit(ctx context.Context) (int, error) {
	go h.run()
	return next(ctx, h.out)
}

func (h *CancelReplaced) SessionStop(ctx context.Context) error {
	h.cancel()
	return nil
}

func (h *CancelReplaced) run() {
	for {
		select {
		case h.out <- 1:
		case <-h.ctx.Done():
			return
		}
	}
}

// CancelNoop: start puts a cancel that does nothing
type CancelNoop struct {
	out    chan int
	ctx    context.Context
	cancel context.CancelFunc
	off    bool
}

func (h *CancelNoop) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.off = true
	h.ctx, h.cancel = context.WithCancel(context.Background())
	if h.off {
		h.cancel = func() {}
	}
	return nil
}

func (h *CancelNoop) Emit(ctx context.Context) (int, error) {
	go h.run()
	return next(ctx, h.out)
}

func (h *CancelNoop) SessionStop(ctx context.Context) error {
	h.cancel()
	return nil
}

func (h *CancelNoop) run() {
	for {
		select {
		case h.out <- 1:
		case <-h.ctx.Done():
			return
		}
	}
}

// QuitByStart: start makes the quit anew under a condition, after a copy
type QuitByStart struct {
	out        chan int
	quit, kept chan struct{}
}

func (h *QuitByStart) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	h.kept = h.quit
	h.quit = make(chan struct{})
	return nil
}

func (h *QuitByStart) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *QuitByStart) SessionStop(ctx context.Context) error {
	close(h.quit)
	return nil
}

func (h *QuitByStart) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.kept:
			return
		}
	}
}

// FlagBoth: stop sets the flag and sets it back
type FlagBoth struct {
	out  chan int
	done atomic.Bool
}

func (h *FlagBoth) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	return nil
}

func (h *FlagBoth) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FlagBoth) SessionStop(ctx context.Context) error {
	h.done.Store(true)
	h.done.Store(false)
	return nil
}

func (h *FlagBoth) loop(ctx context.Context) {
	for !h.done.Load() {
		select {
		case h.out <- 1:
		default:
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// FlagBack: the goroutine sets the flag back
type FlagBack struct {
	out  chan int
	done atomic.Bool
}

func (h *FlagBack) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	return nil
}

func (h *FlagBack) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FlagBack) SessionStop(ctx context.Context) error {
	h.done.Store(true)
	return nil
}

func (h *FlagBack) loop(ctx context.Context) {
	for !h.done.Load() {
		select {
		case h.out <- 1:
		default:
		}
		time.Sleep(10 * time.Millisecond)
		h.done.Store(false)
	}
}

// FlagEmitBack: Emit sets the flag back
type FlagEmitBack struct {
	out  chan int
	done atomic.Bool
}

func (h *FlagEmitBack) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	return nil
}

func (h *FlagEmitBack) Emit(ctx context.Context) (int, error) {
	h.done.Store(false)
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FlagEmitBack) SessionStop(ctx context.Context) error {
	h.done.Store(true)
	return nil
}

func (h *FlagEmitBack) loop(ctx context.Context) {
	for !h.done.Load() {
		select {
		case h.out <- 1:
		default:
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// FlagSwap: stop swaps the flag if it is the other value
type FlagSwap struct {
	out  chan int
	done atomic.Bool
}

func (h *FlagSwap) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	return nil
}

func (h *FlagSwap) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FlagSwap) SessionStop(ctx context.Context) error {
	h.done.CompareAndSwap(true, true)
	return nil
}

func (h *FlagSwap) loop(ctx context.Context) {
	for !h.done.Load() {
		select {
		case h.out <- 1:
		default:
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// CloseInLoop: stop closes the quits of others
type CloseInLoop struct {
	out    chan int
	quit   chan struct{}
	others []*CloseInLoop
}

func (h *CloseInLoop) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *CloseInLoop) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *CloseInLoop) SessionStop(ctx context.Context) error {
	for _, h := range h.others {
		close(h.quit)
	}
	return nil
}

func (h *CloseInLoop) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// CloseIfOpen: stop closes unless somebody has made a note
type CloseIfOpen struct {
	out  chan int
	quit chan struct{}
	open bool
}

func (h *CloseIfOpen) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *CloseIfOpen) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *CloseIfOpen) SessionStop(ctx context.Context) error {
	if !h.open {
		return nil
	}
	h.open = false
	close(h.quit)
	return nil
}

func (h *CloseIfOpen) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// CloseAfterError: stop closes if flushing went well
type CloseAfterError struct {
	out   chan int
	quit  chan struct{}
	flush func() error
}

func (h *CloseAfterError) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	h.flush = func() error { return errors.New("full") }
	return nil
}

func (h *CloseAfterError) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *CloseAfterError) SessionStop(ctx context.Context) error {
	if err := h.flush(); err != nil {
		return err
	}
	close(h.quit)
	return nil
}

func (h *CloseAfterError) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// PanicStop: stop may panic before the signal
type PanicStop struct {
	out  chan int
	quit chan struct{}
	late bool
}

func (h *PanicStop) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *PanicStop) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *PanicStop) SessionStop(ctx context.Context) error {
	defer func() { _ = recover() }()
	if !h.late {
		panic("early")
	}
	close(h.quit)
	return nil
}

func (h *PanicStop) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// DrainStop: stop waits for what the loop has not sent, with its context
type DrainStop struct {
	out  chan int
	quit chan struct{}
}

func (h *DrainStop) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *DrainStop) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *DrainStop) SessionStop(ctx context.Context) error {
	close(h.quit)
	for range h.out {
	}
	return nil
}

func (h *DrainStop) loop(ctx context.Context) {
	defer close(h.out)
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// NeedsStop: at its end the loop waits for what stop does after the signal
type NeedsStop struct {
	out        chan int
	quit, gone chan struct{}
}

func (h *NeedsStop) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	h.gone = make(chan struct{})
	return nil
}

func (h *NeedsStop) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *NeedsStop) SessionStop(ctx context.Context) error {
	close(h.quit)
	close(h.gone)
	return nil
}

func (h *NeedsStop) loop(ctx context.Context) {
	defer func() { <-h.gone }()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// NeedsStopOwn: at its end the loop waits for what stop does
type NeedsStopOwn struct {
	out  chan int
	gone chan struct{}
}

func (h *NeedsStopOwn) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.gone = make(chan struct{})
	return nil
}

func (h *NeedsStopOwn) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *NeedsStopOwn) SessionStop(ctx context.Context) error {
	close(h.gone)
	return nil
}

func (h *NeedsStopOwn) loop(ctx context.Context) {
	defer func() { <-h.gone }()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// NeedsEmit: at its end the loop hands out a last frame
type NeedsEmit struct {
	out  chan int
	last chan int
}

func (h *NeedsEmit) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.last = make(chan int)
	return nil
}

func (h *NeedsEmit) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *NeedsEmit) SessionStop(ctx context.Context) error {
	return nil
}

func (h *NeedsEmit) loop(ctx context.Context) {
	defer func() { h.last <- 1 }()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SleepRange: a second for each of a list
type SleepRange struct {
	out  chan int
	list []int
}

func (h *SleepRange) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.list = make([]int, 600)
	return nil
}

func (h *SleepRange) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SleepRange) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SleepRange) loop(ctx context.Context) {
	for {
		for range h.list {
			time.Sleep(100 * time.Millisecond)
		}
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

// SleepHelper: a helper sleeps for each of a list
type SleepHelper struct {
	out  chan int
	list []int
}

func (h *SleepHelper) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.list = make([]int, 600)
	return nil
}

func (h *SleepHelper) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SleepHelper) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SleepHelper) loop(ctx context.Context) {
	for {
		for range h.list {
			pause()
		}
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

func pause() { time.Sleep(100 * time.Millisecond) }

// SleepBack: it sleeps longer and longer, by recursion
type SleepBack struct {
	out chan int
}

func (h *SleepBack) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SleepBack) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SleepBack) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SleepBack) loop(ctx context.Context) {
	for {
		h.back(600)
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

func (h *SleepBack) back(n int) {
	if n > 0 {
		time.Sleep(100 * time.Millisecond)
		h.back(n - 1)
	}
}

// RecursionForever: it calls itself for ever
type RecursionForever struct {
	out chan int
	n   atomic.Int64
}

func (h *RecursionForever) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *RecursionForever) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *RecursionForever) SessionStop(ctx context.Context) error {
	return nil
}

func (h *RecursionForever) loop(ctx context.Context) {
	for {
		h.until()
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

func (h *RecursionForever) until() {
	if h.n.Load() == 0 {
		time.Sleep(time.Millisecond)
		h.until()
	}
}

// AfterVariable: a timer of a variable time
type AfterVariable struct {
	out  chan int
	wait time.Duration
}

func (h *AfterVariable) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	h.wait = time.Hour
	return nil
}

func (h *AfterVariable) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *AfterVariable) SessionStop(ctx context.Context) error {
	return nil
}

func (h *AfterVariable) loop(ctx context.Context) {
	for ctx.Err() == nil {
		select {
		case <-time.After(h.wait):
		case f := <-h.out:
			_ = f
		}
	}
}

// TickerReset: a ticker that is set to an hour
type TickerReset struct {
	out chan int
}

func (h *TickerReset) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *TickerReset) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *TickerReset) SessionStop(ctx context.Context) error {
	return nil
}

func (h *TickerReset) loop(ctx context.Context) {
	t := time.NewTicker(time.Millisecond)
	t.Reset(time.Hour)
	for ctx.Err() == nil {
		<-t.C
		select {
		case h.out <- 1:
		default:
		}
	}
}

// TickerStop: a ticker that is stopped
type TickerStop struct {
	out chan int
}

func (h *TickerStop) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *TickerStop) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *TickerStop) SessionStop(ctx context.Context) error {
	return nil
}

func (h *TickerStop) loop(ctx context.Context) {
	t := time.NewTicker(time.Millisecond)
	t.Stop()
	for ctx.Err() == nil {
		<-t.C
		select {
		case h.out <- 1:
		default:
		}
	}
}

// DeferredLoop: it goes on in a deferred loop
type DeferredLoop struct {
	out chan int
}

func (h *DeferredLoop) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *DeferredLoop) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *DeferredLoop) SessionStop(ctx context.Context) error {
	return nil
}

func (h *DeferredLoop) loop(ctx context.Context) {
	defer func() {
		for {
			h.out <- 1
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

// OksReused: the ok is that of another channel
type OksReused struct {
	in, other, out chan int
}

func (h *OksReused) SessionStart(ctx context.Context) error {
	h.in = make(chan int)
	h.other = make(chan int, 8)
	h.out = make(chan int, 1)
	return nil
}

func (h *OksReused) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *OksReused) SessionStop(ctx context.Context) error {
	close(h.in)
	return nil
}

func (h *OksReused) loop(ctx context.Context) {
	for {
		_, ok := <-h.in
		_, ok = <-h.other
		if !ok {
			return
		}
	}
}

// OksMap: the ok is that of a map
type OksMap struct {
	in, out chan int
	m       map[int]bool
}

func (h *OksMap) SessionStart(ctx context.Context) error {
	h.in = make(chan int)
	h.out = make(chan int, 1)
	h.m = map[int]bool{0: true}
	return nil
}

func (h *OksMap) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *OksMap) SessionStop(ctx context.Context) error {
	close(h.in)
	return nil
}

func (h *OksMap) loop(ctx context.Context) {
	for {
		f, ok := <-h.in
		_, ok = h.m[0]
		if !ok {
			return
		}
		_ = f
	}
}

// ErrsReused: the error is that of another call, in an if
type ErrsReused struct {
	out chan int
	src fetcher
}

func (h *ErrsReused) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ErrsReused) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ErrsReused) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ErrsReused) loop(ctx context.Context) {
	for {
		f, err := h.src.Fetch(ctx)
		if f, err = fmt.Sscan("1", &f); err != nil {
			return
		}
		select {
		case h.out <- f:
		default:
		}
	}
}

// ErrsCleared: the error is cleared by a helper
type ErrsCleared struct {
	out chan int
	src fetcher
}

func (h *ErrsCleared) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ErrsCleared) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ErrsCleared) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ErrsCleared) loop(ctx context.Context) {
	for {
		f, err := h.src.Fetch(ctx)
		forgive(&err)
		if err != nil {
			return
		}
		select {
		case h.out <- f:
		default:
		}
	}
}

func forgive(err *error) { *err = nil }

// ErrsBranch: the error is cleared in a branch
type ErrsBranch struct {
	out chan int
	src fetcher
}

func (h *ErrsBranch) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ErrsBranch) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ErrsBranch) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ErrsBranch) loop(ctx context.Context) {
	for {
		f, err := h.src.Fetch(ctx)
		if errors.Is(err, context.Canceled) {
			err = nil
		}
		if err != nil {
			return
		}
		select {
		case h.out <- f:
		default:
		}
	}
}

// ErrsMayNot: the call swallows the error of its context
type ErrsMayNot struct {
	out chan int
}

func (h *ErrsMayNot) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ErrsMayNot) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ErrsMayNot) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ErrsMayNot) loop(ctx context.Context) {
	for {
		if err := h.try(ctx); err != nil {
			return
		}
	}
}

func (h *ErrsMayNot) try(ctx context.Context) error {
	select {
	case h.out <- 1:
	case <-ctx.Done():
	}
	return nil
}
