// Package right has goroutines that last as long as the session: what to fix.
package right

import (
	"context"
	"errors"
	"log"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Producer: the plain producer
type Producer struct {
	out chan int
}

func (h *Producer) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *Producer) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Producer) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Producer) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SwitchExit: it leaves in a switch
type SwitchExit struct {
	out chan int
	src pullsource
}

func (h *SwitchExit) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SwitchExit) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SwitchExit) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SwitchExit) loop(ctx context.Context) {
	for {
		f, err := h.src.Next(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			return
		}
		select {
		case h.out <- f:
		case <-ctx.Done():
			return
		}
	}
}

// DoneVariable: the channel of the end in a variable
type DoneVariable struct {
	out chan int
}

func (h *DoneVariable) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *DoneVariable) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *DoneVariable) SessionStop(ctx context.Context) error {
	return nil
}

func (h *DoneVariable) loop(ctx context.Context) {
	done := ctx.Done()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-done:
			return
		}
	}
}

// QuitVariable: the quit channel in a variable
type QuitVariable struct {
	out  chan int
	quit chan struct{}
}

func (h *QuitVariable) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *QuitVariable) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *QuitVariable) SessionStop(ctx context.Context) error {
	close(h.quit)
	return nil
}

func (h *QuitVariable) loop(ctx context.Context) {
	quit := h.quit
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-quit:
			return
		}
	}
}

// QuitOnce: stop closes once
type QuitOnce struct {
	out  chan int
	quit chan struct{}
	once sync.Once
}

func (h *QuitOnce) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *QuitOnce) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *QuitOnce) SessionStop(ctx context.Context) error {
	h.once.Do(func() { close(h.quit) })
	return nil
}

func (h *QuitOnce) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// QuitSelect: stop closes unless it is closed
type QuitSelect struct {
	out  chan int
	quit chan struct{}
}

func (h *QuitSelect) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *QuitSelect) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *QuitSelect) SessionStop(ctx context.Context) error {
	select {
	case <-h.quit:
	default:
		close(h.quit)
	}
	return nil
}

func (h *QuitSelect) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// QuitSwap: stop closes if it is the first to
type QuitSwap struct {
	out    chan int
	quit   chan struct{}
	closed atomic.Bool
}

func (h *QuitSwap) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *QuitSwap) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *QuitSwap) SessionStop(ctx context.Context) error {
	if h.closed.CompareAndSwap(false, true) {
		close(h.quit)
	}
	return nil
}

func (h *QuitSwap) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// QuitArg: the quit channel is an argument
type QuitArg struct {
	out  chan int
	quit chan struct{}
}

func (h *QuitArg) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *QuitArg) Emit(ctx context.Context) (int, error) {
	go produceQuitArg(h.quit, h.out)
	return next(ctx, h.out)
}

func (h *QuitArg) SessionStop(ctx context.Context) error {
	close(h.quit)
	return nil
}

func produceQuitArg(quit <-chan struct{}, out chan<- int) {
	for i := 0; ; i++ {
		select {
		case out <- i:
		case <-quit:
			return
		}
	}
}

// StepNot: a step tells whether to go on
type StepNot struct {
	out chan int
}

func (h *StepNot) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *StepNot) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *StepNot) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StepNot) loop(ctx context.Context) {
	for h.step(ctx) {
	}
}

func (h *StepNot) step(ctx context.Context) bool {
	select {
	case h.out <- 1:
		return true
	case <-ctx.Done():
		return false
	}
}

// ErrLoop: the loop ends with its error
type ErrLoop struct {
	out chan int
}

func (h *ErrLoop) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ErrLoop) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ErrLoop) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ErrLoop) loop(ctx context.Context) {
	for {
		if err := h.step(ctx); err != nil {
			return
		}
	}
}

func (h *ErrLoop) step(ctx context.Context) error {
	select {
	case h.out <- 1:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// TickerCase: a frame with each tick
type TickerCase struct {
	out chan int
}

func (h *TickerCase) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 4)
	return nil
}

func (h *TickerCase) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *TickerCase) SessionStop(ctx context.Context) error {
	return nil
}

func (h *TickerCase) loop(ctx context.Context) {
	t := time.NewTicker(20 * time.Millisecond)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			select {
			case h.out <- 1:
			default:
			}
		case <-ctx.Done():
			return
		}
	}
}

// BreakLabel: it leaves by a label
type BreakLabel struct {
	out chan int
}

func (h *BreakLabel) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *BreakLabel) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *BreakLabel) SessionStop(ctx context.Context) error {
	return nil
}

func (h *BreakLabel) loop(ctx context.Context) {
loop:
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			break loop
		}
	}
	close(h.out)
}

// StoppedVariable: a variable notes the end
type StoppedVariable struct {
	out chan int
}

func (h *StoppedVariable) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *StoppedVariable) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *StoppedVariable) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StoppedVariable) loop(ctx context.Context) {
	for over := false; !over; {
		select {
		case h.out <- 1:
		case <-ctx.Done():
			over = true
		}
	}
}

// PackageQuit: stop closes a channel of the package
type PackageQuit struct {
	out chan int
}

func (h *PackageQuit) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *PackageQuit) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *PackageQuit) SessionStop(ctx context.Context) error {
	close(packageQuit)
	return nil
}

func (h *PackageQuit) loop(ctx context.Context) {
	for {
		select {
		case h.out <- 1:
		case <-packageQuit:
			return
		}
	}
}

var packageQuit = make(chan struct{})

// RangeIn: it reads what Receive hands in until stop closes that
type RangeIn struct {
	in, out chan int
}

func (h *RangeIn) SessionStart(ctx context.Context) error {
	h.in = make(chan int, 8)
	h.out = make(chan int, 8)
	return nil
}

func (h *RangeIn) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *RangeIn) SessionStop(ctx context.Context) error {
	close(h.in)
	return nil
}

func (h *RangeIn) loop(ctx context.Context) {
	for f := range h.in {
		select {
		case h.out <- f:
		default:
		}
	}
}

func (h *RangeIn) Receive(ctx context.Context, f int) error {
	select {
	case h.in <- f:
	case <-ctx.Done():
	}
	return nil
}

// DerivedContext: a context made of the handler's
type DerivedContext struct {
	out    chan int
	ctx    context.Context
	cancel context.CancelFunc
}

func (h *DerivedContext) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.ctx, h.cancel = context.WithCancel(context.WithoutCancel(ctx))
	return nil
}

func (h *DerivedContext) Emit(ctx context.Context) (int, error) {
	go h.loop(h.ctx)
	return next(ctx, h.out)
}

func (h *DerivedContext) SessionStop(ctx context.Context) error {
	h.cancel()
	return nil
}

func (h *DerivedContext) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// DerivedValue: a context made of the call's, with a value
type DerivedValue struct {
	out chan int
}

func (h *DerivedValue) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *DerivedValue) Emit(ctx context.Context) (int, error) {
	go h.loop(context.WithValue(ctx, key{}, 1))
	return next(ctx, h.out)
}

func (h *DerivedValue) SessionStop(ctx context.Context) error {
	return nil
}

func (h *DerivedValue) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// CancelWrapped: the handler's cancel does something more
type CancelWrapped struct {
	out    chan int
	ctx    context.Context
	cancel func()
}

func (h *CancelWrapped) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	ctx, cancel := context.WithCancel(context.Background())
	h.ctx = ctx
	h.cancel = func() {
		log.Print("over")
		cancel()
	}
	return nil
}

func (h *CancelWrapped) Emit(ctx context.Context) (int, error) {
	go h.loop(h.ctx)
	return next(ctx, h.out)
}

func (h *CancelWrapped) SessionStop(ctx context.Context) error {
	h.cancel()
	return nil
}

func (h *CancelWrapped) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// CancelParent: stop cancels the parent
type CancelParent struct {
	out          chan int
	parent, ctx  context.Context
	cancel, turn context.CancelFunc
}

func (h *CancelParent) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.parent, h.cancel = context.WithCancel(context.Background())
	h.ctx, h.turn = context.WithCancel(h.parent)
	return nil
}

func (h *CancelParent) Emit(ctx context.Context) (int, error) {
	go h.loop(h.ctx)
	return next(ctx, h.out)
}

func (h *CancelParent) SessionStop(ctx context.Context) error {
	h.cancel()
	return nil
}

func (h *CancelParent) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// MethodValue: the loop in a variable
type MethodValue struct {
	out chan int
}

func (h *MethodValue) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *MethodValue) Emit(ctx context.Context) (int, error) {
	run := h.loop
	go run(ctx)
	return next(ctx, h.out)
}

func (h *MethodValue) SessionStop(ctx context.Context) error {
	return nil
}

func (h *MethodValue) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// FieldFunc: the loop in a field that start sets
type FieldFunc struct {
	out chan int
	run func(context.Context)
}

func (h *FieldFunc) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.run = h.loop
	return nil
}

func (h *FieldFunc) Emit(ctx context.Context) (int, error) {
	go h.run(ctx)
	return next(ctx, h.out)
}

func (h *FieldFunc) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FieldFunc) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Pipeline: two loops, the first closes what the second reads
type Pipeline struct {
	raw, out chan int
}

func (h *Pipeline) SessionStart(ctx context.Context) error {
	h.raw = make(chan int)
	h.out = make(chan int)
	return nil
}

func (h *Pipeline) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	go h.second(ctx)
	return next(ctx, h.out)
}

func (h *Pipeline) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Pipeline) loop(ctx context.Context) {
	defer close(h.raw)
	for i := 0; ; i++ {
		select {
		case h.raw <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Pipeline) second(ctx context.Context) {
	for f := range h.raw {
		select {
		case h.out <- f:
		case <-ctx.Done():
			return
		}
	}
}

// DeferredClose: it closes what Emit reads when it ends
type DeferredClose struct {
	out chan int
}

func (h *DeferredClose) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *DeferredClose) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *DeferredClose) SessionStop(ctx context.Context) error {
	return nil
}

func (h *DeferredClose) loop(ctx context.Context) {
	defer close(h.out)
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Recovered: it recovers
type Recovered struct {
	out chan int
}

func (h *Recovered) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *Recovered) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Recovered) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Recovered) loop(ctx context.Context) {
	defer func() {
		if r := recover(); r != nil {
			log.Print(r)
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

// Wrapped: a literal around it logs
type Wrapped struct {
	out chan int
}

func (h *Wrapped) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *Wrapped) Emit(ctx context.Context) (int, error) {
	go func() {
		log.Print("begins")
		h.loop(ctx)
		log.Print("ends")
	}()
	return next(ctx, h.out)
}

func (h *Wrapped) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Wrapped) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// ErrorLogged: a literal around it logs its error
type ErrorLogged struct {
	out chan int
}

func (h *ErrorLogged) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ErrorLogged) Emit(ctx context.Context) (int, error) {
	go func() {
		if err := h.run(ctx); err != nil {
			log.Print(err)
		}
	}()
	return next(ctx, h.out)
}

func (h *ErrorLogged) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ErrorLogged) run(ctx context.Context) error {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Helper: a helper starts it
type Helper struct {
	out chan int
}

func (h *Helper) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *Helper) Emit(ctx context.Context) (int, error) {
	h.spawn(ctx)
	return next(ctx, h.out)
}

func (h *Helper) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Helper) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Helper) spawn(ctx context.Context) {
	go h.loop(ctx)
}

// HelperError: a helper makes its channel and starts it, and may fail
type HelperError struct {
	out chan int
}

func (h *HelperError) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *HelperError) Emit(ctx context.Context) (int, error) {
	if err := h.spawn(ctx); err != nil {
		return 0, err
	}
	return next(ctx, h.out)
}

func (h *HelperError) SessionStop(ctx context.Context) error {
	return nil
}

func (h *HelperError) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *HelperError) spawn(ctx context.Context) error {
	if h.out == nil {
		return errors.New("no channel")
	}
	go h.loop(ctx)
	return nil
}

// StartEarly: start may end early, with everything made
type StartEarly struct {
	out chan int
	log bool
}

func (h *StartEarly) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	if !h.log {
		return nil
	}
	log.Print("started")
	return nil
}

func (h *StartEarly) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *StartEarly) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StartEarly) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Named: start returns a named result
type Named struct {
	out chan int
}

func (h *Named) SessionStart(ctx context.Context) (err error) {
	h.out = make(chan int)
	return
}

func (h *Named) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Named) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Named) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Sleeping: it sleeps for a variable time
type Sleeping struct {
	out   chan int
	pause time.Duration
}

func (h *Sleeping) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	h.pause = 20 * time.Millisecond
	return nil
}

func (h *Sleeping) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Sleeping) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Sleeping) loop(ctx context.Context) {
	for ctx.Err() == nil {
		select {
		case h.out <- 1:
		default:
		}
		select {
		case <-time.After(h.pause):
		case <-ctx.Done():
		}
	}
}

// ReadClosed: it reads until stop closes the connection
type ReadClosed struct {
	out  chan int
	conn net.Conn
}

func (h *ReadClosed) SessionStart(ctx context.Context) error {
	c, err := net.Dial("tcp", "localhost:1")
	if err != nil {
		return err
	}
	h.conn, h.out = c, make(chan int)
	return nil
}

func (h *ReadClosed) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ReadClosed) SessionStop(ctx context.Context) error {
	h.conn.Close()
	return nil
}

func (h *ReadClosed) loop(ctx context.Context) {
	b := make([]byte, 1)
	for {
		if _, err := h.conn.Read(b); err != nil {
			return
		}
		select {
		case h.out <- int(b[0]):
		case <-ctx.Done():
			return
		}
	}
}

// GenericLoop: a generic function runs it
type GenericLoop struct {
	out chan int
}

func (h *GenericLoop) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *GenericLoop) Emit(ctx context.Context) (int, error) {
	go pump(ctx, h.out, 1)
	return next(ctx, h.out)
}

func (h *GenericLoop) SessionStop(ctx context.Context) error {
	return nil
}

// Base: quit and Stop lie in an embedded type
type Base struct {
	quitter
	out chan int
}

func (h *Base) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *Base) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Base) SessionStop(ctx context.Context) error {
	h.quitter.halt()
	return nil
}

func (h *Base) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// Ok: it ends when its input is closed, or its context
type Ok struct {
	in, out chan int
}

func (h *Ok) SessionStart(ctx context.Context) error {
	h.in = make(chan int)
	h.out = make(chan int)
	return nil
}

func (h *Ok) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Ok) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Ok) loop(ctx context.Context) {
	for {
		select {
		case f, ok := <-h.in:
			if !ok {
				return
			}
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

// next takes the next frame.
func next(ctx context.Context, out <-chan int) (int, error) {
	select {
	case f := <-out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

type pullsource interface {
	Next(ctx context.Context) (int, error)
}

type key struct{}

func pump[T any](ctx context.Context, out chan<- T, v T) {
	for {
		select {
		case out <- v:
		case <-ctx.Done():
			return
		}
	}
}

type quitter struct{ quit chan struct{} }

func (q *quitter) halt() { close(q.quit) }
