// Package escape holds cases for context-escape: goroutines that outlive the
// call whose context they use.
package escape

import (
	"context"
	"log"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
	"go.opentelemetry.io/otel/sdk/trace"
	"golang.org/x/sync/errgroup"
)

// Frame is one block of samples.
type Frame []int16

func work() {}

func send(ctx context.Context) error { return ctx.Err() }

// Base is what the handlers have in common.
type Base struct{}

func (Base) SessionStart(context.Context) error         { return nil }
func (Base) Emit(ctx context.Context) (Frame, error)    { return nil, ctx.Err() }
func (Base) Receive(ctx context.Context, _ Frame) error { return ctx.Err() }
func (Base) SessionStop(context.Context) error          { return nil }

// ---- hot methods ----

// Direct waits for the end of the call's context.
type Direct struct{ Base }

func (h *Direct) Emit(ctx context.Context) (Frame, error) {
	go func() {
		<-ctx.Done() // want `^Emit leaves a goroutine behind with ctx, the context of the call: \(\*Direct\)\.Emit \(go statement at escape\.go:\d+\); that may end with the call; give it one that SessionStop cancels \(context-escape\)$`
	}()
	return nil, nil
}

// Passed passes it on, to a function of the package.
type Passed struct{ Base }

func (h *Passed) Receive(ctx context.Context, f Frame) error {
	go h.process(ctx, f) // want `Receive leaves a goroutine behind.*context-escape`
	return nil
}

func (h *Passed) process(ctx context.Context, f Frame) {
	if err := send(ctx); err != nil {
		log.Print(err)
	}
}

// Derived makes another from it.
type Derived struct{ Base }

func (h *Derived) Receive(ctx context.Context, f Frame) error {
	later, cancel := context.WithTimeout(ctx, time.Minute)
	go func() {
		defer cancel()
		send(later) // want `context-escape`
	}()
	return nil
}

// Request makes a request with it.
type Request struct{ Base }

func (h *Request) Receive(ctx context.Context, f Frame) error {
	go func() {
		req, err := http.NewRequestWithContext(ctx, "GET", "http://localhost", nil) // want `context-escape`
		if err == nil {
			http.DefaultClient.Do(req)
		}
	}()
	return nil
}

// ByHelper leaves the goroutine to a helper.
type ByHelper struct{ Base }

func (h *ByHelper) Receive(ctx context.Context, f Frame) error {
	h.later(ctx) // want `\(\*ByHelper\)\.Receive → \(\*ByHelper\)\.later \(go statement.*context-escape`
	return nil
}

func (h *ByHelper) later(c context.Context) {
	go func() {
		select {
		case <-c.Done():
		case <-time.After(time.Second):
		}
	}()
}

// FirstCall starts its loop once, with the context of the first call.
type FirstCall struct {
	Base
	once sync.Once
}

func (h *FirstCall) Emit(ctx context.Context) (Frame, error) {
	h.once.Do(func() {
		go h.loop(ctx) // want `context-escape`
	})
	return nil, nil
}

func (h *FirstCall) loop(ctx context.Context) {
	for ctx.Err() == nil {
		work()
	}
}

// AfterFunc has a timer call it.
type AfterFunc struct{ Base }

func (h *AfterFunc) Receive(ctx context.Context, f Frame) error {
	time.AfterFunc(time.Second, func() {
		send(ctx) // want `\(AfterFunc at.*context-escape`
	})
	return nil
}

// Group has a WaitGroup of the session, which nobody waits for in the call.
type Group struct {
	Base
	wg sync.WaitGroup
}

func (h *Group) Receive(ctx context.Context, f Frame) error {
	h.wg.Go(func() {
		send(ctx) // want `context-escape`
	})
	return nil
}

// LocalFunc holds the goroutine's function in a variable.
type LocalFunc struct{ Base }

func (h *LocalFunc) Receive(ctx context.Context, f Frame) error {
	run := func(c context.Context) { <-c.Done() }
	go run(ctx) // want `context-escape`
	return nil
}

// WithValue adds a value; the end is the same.
type WithValue struct{ Base }

type key struct{}

func (h *WithValue) Receive(ctx context.Context, f Frame) error {
	go send(context.WithValue(ctx, key{}, f)) // want `context-escape`
	return nil
}

// Spans is a span processor.
type Spans struct{ out chan trace.ReadOnlySpan }

func (s *Spans) OnStart(ctx context.Context, span trace.ReadWriteSpan) {
	go func() {
		select {
		case s.out <- span:
		case <-ctx.Done(): // want `OnStart leaves a goroutine behind.*context-escape`
		}
	}()
}

func (s *Spans) OnEnd(trace.ReadOnlySpan)             {}
func (s *Spans) Shutdown(ctx context.Context) error   { return nil }
func (s *Spans) ForceFlush(ctx context.Context) error { return nil }

// Record is a generic handler of the runtime.
type Record[T any] struct{ last T }

func (r *Record[T]) SessionStart(ctx context.Context, s *runtime.Session) error {
	go func() {
		<-ctx.Done() // want `^SessionStart leaves a goroutine behind with ctx, its own context: \(\*Record\)\.SessionStart \(go statement at escape\.go:\d+\); that may end when SessionStart returns; start it with Session\.Go, or give it Session\.Context \(context-escape\)$`
	}()
	return nil
}

func (r *Record[T]) Receive(ctx context.Context, in T) error { return nil }
func (r *Record[T]) Emit(ctx context.Context) (T, error)     { return r.last, nil }
func (r *Record[T]) SessionStop(context.Context) error       { return nil }

// DerivedStart cancels what it made of it, which may have ended long before.
type DerivedStart struct {
	Record[Frame]
	cancel context.CancelFunc
}

func (h *DerivedStart) SessionStart(ctx context.Context, s *runtime.Session) error {
	ctx, h.cancel = context.WithCancel(ctx)
	go h.run(ctx) // want `SessionStart leaves a goroutine behind.*context-escape`
	return nil
}

func (h *DerivedStart) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
		}
	}
}

func (h *DerivedStart) SessionStop(context.Context) error {
	h.cancel()
	return nil
}

// NoHold has a stop that cannot end its goroutine.
type NoHold struct{ Base }

func (h *NoHold) SessionStart(ctx context.Context) error {
	go h.run(ctx) // want `^SessionStart leaves a goroutine behind with ctx, its own context, and SessionStop has no hold on it: .*; give it a context that SessionStop cancels \(context-escape\)$`
	return nil
}

func (h *NoHold) run(ctx context.Context) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			work()
		}
	}
}

func (h *NoHold) SessionStop(context.Context) error { return nil }

// NoHoldLiteral does so in a literal.
type NoHoldLiteral struct{ Base }

func (h *NoHoldLiteral) Connect(ctx context.Context) error {
	go func() {
		for ctx.Err() == nil { // want `Connect leaves a goroutine behind.*context-escape`
			work()
		}
	}()
	return nil
}

func (h *NoHoldLiteral) Close() error { return nil }

// ---- what is in order ----

// Waits waits for its goroutine.
type Waits struct{ Base }

func (h *Waits) Receive(ctx context.Context, f Frame) error {
	var wg sync.WaitGroup
	wg.Go(func() {
		send(ctx) // silent: it is over when the call returns
	})
	wg.Wait()
	return nil
}

// Without takes the end away.
type Without struct{ Base }

func (h *Without) Receive(ctx context.Context, f Frame) error {
	go send(context.WithoutCancel(ctx)) // silent: it does not end with the call
	ctx = context.WithoutCancel(ctx)
	go send(ctx) // silent: it does not end with the call
	return nil
}

// WithoutNamed gives it another name.
type WithoutNamed struct{ Base }

func (h *WithoutNamed) Receive(ctx context.Context, f Frame) error {
	own, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	go func() {
		defer cancel()
		send(own) // silent: it does not end with the call
	}()
	return nil
}

// Background has a context of its own.
type Background struct {
	Base
	ctx    context.Context
	cancel context.CancelFunc
}

func (h *Background) SessionStart(context.Context) error {
	h.ctx, h.cancel = context.WithCancel(context.Background())
	go send(h.ctx) // silent: it is the session's
	return nil
}

func (h *Background) Receive(ctx context.Context, f Frame) error {
	go send(h.ctx)                // silent: it is the session's
	go send(context.Background()) // silent: it ends with nothing
	return nil
}

func (h *Background) SessionStop(context.Context) error {
	h.cancel()
	return nil
}

// Values only reads the values, and logs.
type Values struct{ Base }

func (h *Values) Receive(ctx context.Context, f Frame) error {
	go func() {
		log.Print(ctx.Value(key{}))      // silent: a value
		slog.InfoContext(ctx, "receive") // silent: a log
		logger(ctx).Print("receive")     // silent: it only reads a value
	}()
	return nil
}

func logger(ctx context.Context) *log.Logger {
	l, _ := ctx.Value(key{}).(*log.Logger)
	return l
}

// Unused is given it and does not use it.
type Unused struct{ Base }

func (h *Unused) Receive(ctx context.Context, f Frame) error {
	go h.process(ctx, f) // silent: process does not use it
	return nil
}

func (h *Unused) process(_ context.Context, f Frame) { work() }

// Before uses it before the goroutine.
type Before struct{ Base }

func (h *Before) Receive(ctx context.Context, f Frame) error {
	if err := send(ctx); err != nil {
		return err
	}
	go work() // silent: it has no context
	return nil
}

// UntilCancelled asks to be told of the end.
type UntilCancelled struct{ Base }

func (h *UntilCancelled) Receive(ctx context.Context, f Frame) error {
	stop := context.AfterFunc(ctx, func() { // silent: this is what AfterFunc is for
		work()
		_ = ctx.Err()
	})
	defer stop()
	return send(ctx)
}

// Stored only stores the function.
type Stored struct {
	Base
	later []func()
}

func (h *Stored) Receive(ctx context.Context, f Frame) error {
	h.later = append(h.later, func() { send(ctx) }) // silent: nobody knows when it runs
	return nil
}

// SessionGo starts its goroutine as the runtime says.
type SessionGo struct{ Record[Frame] }

func (h *SessionGo) SessionStart(ctx context.Context, s *runtime.Session) error {
	s.Go(send)             // silent: it is given the session's context
	go send(s.Context())   // silent: it is the session's context
	_ = send(ctx)          // silent: in the call itself
	done := make(chan int) // the goroutine below is waited for
	go func() {
		defer close(done)
		send(ctx) // silent: it is over when SessionStart returns
	}()
	<-done
	return nil
}

// OtherEnd has a channel that stop closes, whatever the context does.
type OtherEnd struct {
	Base
	done chan struct{}
}

func (h *OtherEnd) Start(ctx context.Context) error {
	h.done = make(chan struct{})
	go func() {
		select {
		case <-ctx.Done(): // silent: it may be the context of the whole run, and Stop ends it too
		case <-h.done:
		}
	}()
	return nil
}

func (h *OtherEnd) Stop() { close(h.done) }

// OwnCancel cancels what it made from it.
type OwnCancel struct {
	Base
	cancel context.CancelFunc
}

func (h *OwnCancel) Start(ctx context.Context) error {
	ctx, h.cancel = context.WithCancel(ctx)
	go send(ctx) // silent: Stop cancels it
	return nil
}

func (h *OwnCancel) Stop() { h.cancel() }

// Blocking runs as long as its context does.
type Blocking struct{ Base }

func (h *Blocking) Start(ctx context.Context) error {
	go func() {
		for ctx.Err() == nil { // silent: Start itself waits for the context
			work()
		}
	}()
	<-ctx.Done()
	return nil
}

func (h *Blocking) Stop() {}

// NoStop has no stop: its context is its life.
//
//emitcheck:handler hot=Emit start=Start
type NoStop struct{}

func (h *NoStop) Emit(ctx context.Context) (Frame, error) { return nil, ctx.Err() }

// Start runs until ctx ends.
func (h *NoStop) Start(ctx context.Context) error {
	go func() {
		<-ctx.Done() // silent: there is no stop beside it
	}()
	return nil
}

// StopsWithContext is stopped by its context as well as by Stop.
type StopsWithContext struct {
	Base
	n int
}

func (h *StopsWithContext) Start(ctx context.Context) error {
	go func() {
		<-ctx.Done() // silent: it is there to stop the handler
		h.Stop()
	}()
	go func() {
		select {
		case <-ctx.Done(): // silent: it is there to stop the handler
			h.Stop()
		}
	}()
	return nil
}

func (h *StopsWithContext) Stop() { h.n++ }

// ErrGroup waits for its group, by a method of another name.
type ErrGroup struct{ Base }

func (h *ErrGroup) Receive(ctx context.Context, f Frame) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return send(ctx) }) // silent: it is waited for
	return g.Wait()
}

// LeftGroup does not.
type LeftGroup struct {
	Base
	g errgroup.Group
}

func (h *LeftGroup) Receive(ctx context.Context, f Frame) error {
	h.g.Go(func() error { return send(ctx) }) // want `context-escape`
	return nil
}

// Answers asks for an answer, which it takes unless the context ends first.
type Answers struct {
	Base
	errs chan error
}

func (h *Answers) Emit(ctx context.Context) (Frame, error) {
	answer := make(chan error, 1)
	go func() { answer <- send(ctx) }() // silent: it ends as the call does
	select {
	case err := <-answer:
		return nil, err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (h *Answers) Receive(ctx context.Context, f Frame) error {
	go h.ask(ctx) // silent: it ends as the call does
	done := make(chan struct{})
	go wait(ctx, done) // silent: it ends as the call does
	select {
	case err := <-h.errs:
		return err
	case <-done:
	case <-ctx.Done():
	}
	return ctx.Err()
}

func (h *Answers) ask(ctx context.Context) {
	select {
	case h.errs <- send(ctx):
	case <-ctx.Done():
	}
}

func wait(ctx context.Context, done chan struct{}) {
	defer close(done)
	<-ctx.Done()
}

// Suppressed says why it is as it is.
type Suppressed struct{ Base }

func (h *Suppressed) Emit(ctx context.Context) (Frame, error) {
	//emitcheck:ignore context-escape the driver's context is the session's own
	go send(ctx) // silent: suppressed above
	return nil, nil
}

func (h *Suppressed) Receive(ctx context.Context, f Frame) error {
	//emitcheck:ignore emit-goroutine audits are rare, and wanted as long as the caller waits
	go send(ctx) // silent: whoever has thought about the goroutine has thought about its context
	return nil
}
