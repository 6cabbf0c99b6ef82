package hang

import (
	"context"
	"errors"
	"io"
	"net"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"
)

// DeepBlock: it waits eight calls deep
type DeepBlock struct {
	out, in chan int
}

func (h *DeepBlock) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.in = make(chan int)
	return nil
}

func (h *DeepBlock) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *DeepBlock) SessionStop(ctx context.Context) error {
	return nil
}

func (h *DeepBlock) loop(ctx context.Context) {
	for {
		h.d1()
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

func (h *DeepBlock) d1() { h.d2() }
func (h *DeepBlock) d2() { h.d3() }
func (h *DeepBlock) d3() { h.d4() }
func (h *DeepBlock) d4() { h.d5() }
func (h *DeepBlock) d5() { h.d6() }
func (h *DeepBlock) d6() { h.d7() }
func (h *DeepBlock) d7() { h.d8() }
func (h *DeepBlock) d8() { <-h.in }

// PassedMethod: it waits in a method that is handed on
type PassedMethod struct {
	out, in chan int
}

func (h *PassedMethod) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.in = make(chan int)
	return nil
}

func (h *PassedMethod) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *PassedMethod) SessionStop(ctx context.Context) error {
	return nil
}

func (h *PassedMethod) loop(ctx context.Context) {
	for {
		twice(h.block)
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

func (h *PassedMethod) block() { <-h.in }

// PassedLiteral: it waits in a literal that is handed on and kept in a variable
type PassedLiteral struct {
	out, in chan int
}

func (h *PassedLiteral) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.in = make(chan int)
	return nil
}

func (h *PassedLiteral) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *PassedLiteral) SessionStop(ctx context.Context) error {
	return nil
}

func (h *PassedLiteral) loop(ctx context.Context) {
	f := func() {}
	f = func() { <-h.in }
	for {
		f()
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

// MapOfFuncs: it waits in one of a map of functions
type MapOfFuncs struct {
	out, in chan int
	steps   map[string]func()
}

func (h *MapOfFuncs) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.in = make(chan int)
	h.steps = map[string]func(){"a": func() { <-h.in }}
	return nil
}

func (h *MapOfFuncs) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *MapOfFuncs) SessionStop(ctx context.Context) error {
	return nil
}

func (h *MapOfFuncs) loop(ctx context.Context) {
	for {
		h.steps["a"]()
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

// PackageFunc: it waits in a function of a variable of the package
type PackageFunc struct {
	out chan int
}

func (h *PackageFunc) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *PackageFunc) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *PackageFunc) SessionStop(ctx context.Context) error {
	return nil
}

func (h *PackageFunc) loop(ctx context.Context) {
	for {
		packageStep()
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

var packageStep = func() { <-packageIn }

var packageIn = make(chan int)

// LocalInterface: it waits in a method behind an interface of its own
type LocalInterface struct {
	out, in chan int
}

func (h *LocalInterface) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.in = make(chan int)
	return nil
}

func (h *LocalInterface) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *LocalInterface) SessionStop(ctx context.Context) error {
	return nil
}

func (h *LocalInterface) loop(ctx context.Context) {
	var s source = localSource{h.in}
	for {
		s.Next()
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

type localSource struct{ in chan int }

func (s localSource) Next() int { return <-s.in }

// OnceMethod: it waits in what a Once runs
type OnceMethod struct {
	out, in chan int
	once    sync.Once
}

func (h *OnceMethod) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.in = make(chan int)
	return nil
}

func (h *OnceMethod) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *OnceMethod) SessionStop(ctx context.Context) error {
	return nil
}

func (h *OnceMethod) loop(ctx context.Context) {
	for {
		h.once.Do(h.block)
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

func (h *OnceMethod) block() { <-h.in }

// OnceFuncField: it waits in a OnceFunc
type OnceFuncField struct {
	out, in chan int
	first   func()
}

func (h *OnceFuncField) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.in = make(chan int)
	h.first = sync.OnceFunc(func() { <-h.in })
	return nil
}

func (h *OnceFuncField) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *OnceFuncField) SessionStop(ctx context.Context) error {
	return nil
}

func (h *OnceFuncField) loop(ctx context.Context) {
	for {
		h.first()
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

// SpinNumber: it waits for a number, asking again and again
type SpinNumber struct {
	out chan int
	n   atomic.Int64
}

func (h *SpinNumber) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SpinNumber) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SpinNumber) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SpinNumber) loop(ctx context.Context) {
	for {
		for h.n.Load() == 0 {
			time.Sleep(time.Millisecond)
		}
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

// SpinLen: it waits for a list to fill, asking again and again
type SpinLen struct {
	out chan int
	in  chan int
}

func (h *SpinLen) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.in = make(chan int, 4)
	return nil
}

func (h *SpinLen) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SpinLen) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SpinLen) loop(ctx context.Context) {
	for {
		for len(h.in) == 0 {
			time.Sleep(time.Millisecond)
		}
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

// SpinMethod: it waits for a connection, asking again and again
type SpinMethod struct {
	out chan int
	up  bool
	mu  sync.Mutex
}

func (h *SpinMethod) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SpinMethod) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SpinMethod) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SpinMethod) loop(ctx context.Context) {
	for {
		for !h.isUp() {
			time.Sleep(time.Millisecond)
		}
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

func (h *SpinMethod) isUp() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.up
}

// SpinGoto: it waits by goto
type SpinGoto struct {
	out chan int
	n   atomic.Int64
}

func (h *SpinGoto) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SpinGoto) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SpinGoto) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SpinGoto) loop(ctx context.Context) {
	for {
	again:
		if h.n.Load() == 0 {
			time.Sleep(time.Millisecond)
			goto again
		}
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

// SpinSwap: it takes a lock of its own making
type SpinSwap struct {
	out  chan int
	busy atomic.Bool
}

func (h *SpinSwap) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.busy.Store(true)
	return nil
}

func (h *SpinSwap) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SpinSwap) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SpinSwap) loop(ctx context.Context) {
	for {
		for !h.busy.CompareAndSwap(false, true) {
			time.Sleep(time.Millisecond)
		}
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

// LockGate: start locks the gate, stop opens it at its end
type LockGate struct {
	out  chan int
	gate sync.Mutex
}

func (h *LockGate) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.gate.Lock()
	return nil
}

func (h *LockGate) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *LockGate) SessionStop(ctx context.Context) error {
	h.gate.Unlock()
	return nil
}

func (h *LockGate) loop(ctx context.Context) {
	for {
		h.gate.Lock()
		h.gate.Unlock()
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

// LockGateRead: start locks the gate, stop opens it at its end
type LockGateRead struct {
	out  chan int
	gate sync.RWMutex
}

func (h *LockGateRead) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.gate.Lock()
	return nil
}

func (h *LockGateRead) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *LockGateRead) SessionStop(ctx context.Context) error {
	h.gate.Unlock()
	return nil
}

func (h *LockGateRead) loop(ctx context.Context) {
	for {
		h.gate.RLock()
		h.gate.RUnlock()
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

// StartAgainInEmit: Emit starts again when the frames stop: two goroutines, one cancel
type StartAgainInEmit struct {
	out chan int
}

func (h *StartAgainInEmit) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *StartAgainInEmit) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	f, err := next(ctx, h.out)
	if err != nil || f == 0 {
		if err := h.SessionStart(ctx); err != nil {
			return 0, err
		}
	}
	return f, err
}

func (h *StartAgainInEmit) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StartAgainInEmit) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// StartAgainReset: Reset starts again: two goroutines, one cancel
type StartAgainReset struct {
	out chan int
}

func (h *StartAgainReset) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *StartAgainReset) Emit(ctx context.Context) (int, error) {
	h.Reset(ctx)
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *StartAgainReset) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StartAgainReset) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Reset begins anew.
func (h *StartAgainReset) Reset(ctx context.Context) { h.SessionStart(ctx) }

// StopThenStart: Restart stops and starts
type StopThenStart struct {
	out chan int
}

func (h *StopThenStart) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *StopThenStart) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *StopThenStart) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StopThenStart) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Restart begins anew.
func (h *StopThenStart) Restart(ctx context.Context) error {
	if err := h.SessionStop(ctx); err != nil {
		return err
	}
	return h.SessionStart(ctx)
}

// RestartFromLoop: the loop restarts its own handler
type RestartFromLoop struct {
	out chan int
	src pullsource
}

func (h *RestartFromLoop) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *RestartFromLoop) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *RestartFromLoop) SessionStop(ctx context.Context) error {
	return nil
}

func (h *RestartFromLoop) loop(ctx context.Context) {
	for {
		f, err := h.src.Next(ctx)
		if err != nil {
			h.restart(ctx)
			return
		}
		select {
		case h.out <- f:
		case <-ctx.Done():
			return
		}
	}
}

func (h *RestartFromLoop) restart(ctx context.Context) {
	h.SessionStop(ctx)
	h.SessionStart(ctx)
}

// CallbackStops: the loop tells its owner, who stops it
type CallbackStops struct {
	out   chan int
	onEnd func()
}

func (h *CallbackStops) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.onEnd = func() { h.SessionStop(context.Background()) }
	return nil
}

func (h *CallbackStops) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *CallbackStops) SessionStop(ctx context.Context) error {
	return nil
}

func (h *CallbackStops) loop(ctx context.Context) {
	defer h.onEnd()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// StopMethodValue: the loop runs stop as a method value
type StopMethodValue struct {
	out chan int
}

func (h *StopMethodValue) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *StopMethodValue) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *StopMethodValue) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StopMethodValue) loop(ctx context.Context) {
	end := h.SessionStop
	defer end(context.Background())
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// StopByOnce: the loop runs stop once
type StopByOnce struct {
	out  chan int
	once sync.Once
}

func (h *StopByOnce) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *StopByOnce) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *StopByOnce) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StopByOnce) loop(ctx context.Context) {
	defer h.once.Do(h.end)
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *StopByOnce) end() { h.SessionStop(context.Background()) }

// AfterFuncStop: the loop stops when its context ends
type AfterFuncStop struct {
	out chan int
}

func (h *AfterFuncStop) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *AfterFuncStop) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *AfterFuncStop) SessionStop(ctx context.Context) error {
	return nil
}

func (h *AfterFuncStop) loop(ctx context.Context) {
	context.AfterFunc(ctx, func() { h.SessionStop(context.Background()) })
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// AfterFuncCall: a function after the end of this call
type AfterFuncCall struct {
	out chan int
}

func (h *AfterFuncCall) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *AfterFuncCall) Emit(ctx context.Context) (int, error) {
	context.AfterFunc(ctx, h.wake)
	return next(ctx, h.out)
}

func (h *AfterFuncCall) SessionStop(ctx context.Context) error {
	return nil
}

func (h *AfterFuncCall) wake() {}

// TimerCall: a function after a time
type TimerCall struct {
	out chan int
}

func (h *TimerCall) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *TimerCall) Emit(ctx context.Context) (int, error) {
	time.AfterFunc(time.Millisecond, h.wake)
	return next(ctx, h.out)
}

func (h *TimerCall) SessionStop(ctx context.Context) error {
	return nil
}

func (h *TimerCall) wake() {
	select {
	case h.out <- 1:
	default:
	}
}

// TimerKept: a function after a time, kept
type TimerKept struct {
	out chan int
	t   *time.Timer
}

func (h *TimerKept) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *TimerKept) Emit(ctx context.Context) (int, error) {
	h.t = time.AfterFunc(time.Millisecond, h.wake)
	return next(ctx, h.out)
}

func (h *TimerKept) SessionStop(ctx context.Context) error {
	h.t.Stop()
	return nil
}

func (h *TimerKept) wake() {
	select {
	case h.out <- 1:
	default:
	}
}

// CommandStart: a process for each call
type CommandStart struct {
	out chan int
	cmd *exec.Cmd
}

func (h *CommandStart) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *CommandStart) Emit(ctx context.Context) (int, error) {
	h.cmd = exec.CommandContext(ctx, "true")
	if err := h.cmd.Start(); err != nil {
		return 0, err
	}
	go h.cmd.Wait()
	return 0, nil
}

func (h *CommandStart) SessionStop(ctx context.Context) error {
	return nil
}

// GoCopy: io.Copy in a goroutine
type GoCopy struct {
	r io.Reader
	w io.Writer
}

func (h *GoCopy) SessionStart(ctx context.Context) error {
	return nil
}

func (h *GoCopy) Emit(ctx context.Context) (int, error) {
	go io.Copy(h.w, h.r)
	return 0, nil
}

func (h *GoCopy) SessionStop(ctx context.Context) error {
	return nil
}

// GoExternal: the loop of another package's type
type GoExternal struct {
	out chan int
	l   net.Listener
}

func (h *GoExternal) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *GoExternal) Emit(ctx context.Context) (int, error) {
	go h.l.Accept()
	return 0, nil
}

func (h *GoExternal) SessionStop(ctx context.Context) error {
	return nil
}

// EmbeddedStopOther: the embedded stop ends another loop
type EmbeddedStopOther struct {
	halter
	out   chan int
	quit2 chan struct{}
}

func (h *EmbeddedStopOther) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	h.quit2 = make(chan struct{})
	return nil
}

func (h *EmbeddedStopOther) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *EmbeddedStopOther) loop(ctx context.Context) {
	for {
		select {
		case h.out <- 1:
		case <-h.quit2:
			return
		}
	}
}

// ShadowQuit: the embedded quit is hidden by one of its own, and stop closes the embedded one
type ShadowQuit struct {
	halter
	out  chan int
	quit chan struct{}
}

func (h *ShadowQuit) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.halter.quit = make(chan struct{})
	h.quit = make(chan struct{})
	return nil
}

func (h *ShadowQuit) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ShadowQuit) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// LocalShadowQuit: the quit in stop is a variable of another channel
type LocalShadowQuit struct {
	out  chan int
	quit chan struct{}
	old  chan struct{}
}

func (h *LocalShadowQuit) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	h.old = make(chan struct{})
	return nil
}

func (h *LocalShadowQuit) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *LocalShadowQuit) SessionStop(ctx context.Context) error {
	quit := h.old
	close(quit)
	return nil
}

func (h *LocalShadowQuit) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// Halves: two quits: the loop needs both
type Halves struct {
	out  chan int
	a, b chan struct{}
}

func (h *Halves) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.a = make(chan struct{})
	h.b = make(chan struct{})
	return nil
}

func (h *Halves) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Halves) SessionStop(ctx context.Context) error {
	close(h.a)
	return nil
}

func (h *Halves) loop(ctx context.Context) {
	for {
		select {
		case h.out <- 1:
		case <-h.a:
			<-h.b
			return
		}
	}
}

// QuitSent: stop sends the signal, to one
type QuitSent struct {
	out  chan int
	quit chan struct{}
}

func (h *QuitSent) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{}, 1)
	return nil
}

func (h *QuitSent) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *QuitSent) SessionStop(ctx context.Context) error {
	h.quit <- struct{}{}
	return nil
}

func (h *QuitSent) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// QuitDrained: Emit takes the signal away
type QuitDrained struct {
	out  chan int
	quit chan struct{}
}

func (h *QuitDrained) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{}, 1)
	return nil
}

func (h *QuitDrained) Emit(ctx context.Context) (int, error) {
	select {
	case <-h.quit:
		h.quit = make(chan struct{})
	default:
	}
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *QuitDrained) SessionStop(ctx context.Context) error {
	close(h.quit)
	return nil
}

func (h *QuitDrained) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// NilOnPurpose: the loop makes the channel of its end nil
type NilOnPurpose struct {
	out   chan int
	quit  chan struct{}
	muted bool
}

func (h *NilOnPurpose) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	h.muted = true
	return nil
}

func (h *NilOnPurpose) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *NilOnPurpose) SessionStop(ctx context.Context) error {
	close(h.quit)
	return nil
}

func (h *NilOnPurpose) loop(ctx context.Context) {
	quit := h.quit
	if h.muted {
		quit = nil
	}
	for {
		select {
		case h.out <- 1:
		case <-quit:
			return
		}
	}
}

// NilField: the loop makes the field of its end nil
type NilField struct {
	out  chan int
	quit chan struct{}
}

func (h *NilField) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *NilField) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *NilField) SessionStop(ctx context.Context) error {
	if h.quit != nil {
		close(h.quit)
	}
	return nil
}

func (h *NilField) loop(ctx context.Context) {
	for {
		select {
		case h.out <- 1:
			h.quit = nil
		case <-h.quit:
			return
		}
	}
}

// CtxVariable: the loop's context is sometimes another
type CtxVariable struct {
	out    chan int
	always bool
}

func (h *CtxVariable) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.always = true
	return nil
}

func (h *CtxVariable) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *CtxVariable) SessionStop(ctx context.Context) error {
	return nil
}

func (h *CtxVariable) loop(ctx context.Context) {
	c := ctx
	if h.always {
		c = context.Background()
	}
	for {
		select {
		case h.out <- 1:
		case <-c.Done():
			return
		}
	}
}

// DoneCounted: it leaves after the third end
type DoneCounted struct {
	out chan int
}

func (h *DoneCounted) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *DoneCounted) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *DoneCounted) SessionStop(ctx context.Context) error {
	return nil
}

func (h *DoneCounted) loop(ctx context.Context) {
	n := 0
	for {
		select {
		case h.out <- 1:
		case <-ctx.Done():
			if n++; n > 1<<40 {
				return
			}
		}
	}
}

// ContinueDone: the end lets it go on in the outer loop
type ContinueDone struct {
	out chan int
}

func (h *ContinueDone) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ContinueDone) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ContinueDone) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ContinueDone) loop(ctx context.Context) {
outer:
	for {
		for {
			select {
			case h.out <- 1:
			case <-ctx.Done():
				continue outer
			}
			if len(h.out) > 1<<40 {
				return
			}
		}
	}
}

// ErrNil: it leaves when there is no error
type ErrNil struct {
	out chan int
	src pullsource
}

func (h *ErrNil) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ErrNil) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ErrNil) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ErrNil) loop(ctx context.Context) {
	for {
		f, err := h.src.Next(ctx)
		if err == nil && f < 0 {
			return
		}
		select {
		case h.out <- f:
		case <-time.After(time.Millisecond):
		}
	}
}

// DeadlineOnly: it leaves when its context is too late, not when it is cancelled
type DeadlineOnly struct {
	out chan int
	src pullsource
}

func (h *DeadlineOnly) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *DeadlineOnly) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *DeadlineOnly) SessionStop(ctx context.Context) error {
	return nil
}

func (h *DeadlineOnly) loop(ctx context.Context) {
	for {
		f, err := h.src.Next(ctx)
		if errors.Is(err, context.DeadlineExceeded) {
			return
		}
		select {
		case h.out <- f:
		case <-time.After(time.Millisecond):
		}
	}
}
