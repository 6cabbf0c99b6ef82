// Package sess has handlers of the reference runtime.
package sess

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// SessPlain: a producer: right to move to Session.Go
type SessPlain struct {
	out chan int
}

var _ runtime.Handler[int, int] = (*SessPlain)(nil)

func (h *SessPlain) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.out = make(chan int)
	return nil
}

func (h *SessPlain) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SessPlain) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessPlain) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *SessPlain) Receive(ctx context.Context, f int) error { return nil }

// SessError: its error was nobody's, now it would end the session
type SessError struct {
	out chan int
}

var _ runtime.Handler[int, int] = (*SessError)(nil)

func (h *SessError) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.out = make(chan int)
	return nil
}

func (h *SessError) Emit(ctx context.Context) (int, error) {
	go h.run(ctx)
	return next(ctx, h.out)
}

func (h *SessError) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessError) Receive(ctx context.Context, f int) error { return nil }

func (h *SessError) run(ctx context.Context) error {
	for i := 0; ; i++ {
		if i == 3 {
			return io.ErrUnexpectedEOF
		}
		select {
		case h.out <- i:
		case <-ctx.Done():
			return nil
		}
	}
}

// SessErrorCause: it returns the error of its context, which nobody saw
type SessErrorCause struct {
	out chan int
}

var _ runtime.Handler[int, int] = (*SessErrorCause)(nil)

func (h *SessErrorCause) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.out = make(chan int)
	return nil
}

func (h *SessErrorCause) Emit(ctx context.Context) (int, error) {
	go h.run(ctx)
	return next(ctx, h.out)
}

func (h *SessErrorCause) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessErrorCause) Receive(ctx context.Context, f int) error { return nil }

func (h *SessErrorCause) run(ctx context.Context) error {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return errors.New("stopped")
		}
	}
}

// SessEOF: it returns io.EOF, which ends the session in good order now
type SessEOF struct {
	out chan int
	src pullsource
}

var _ runtime.Handler[int, int] = (*SessEOF)(nil)

func (h *SessEOF) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.out = make(chan int)
	return nil
}

func (h *SessEOF) Emit(ctx context.Context) (int, error) {
	go h.run(ctx)
	return next(ctx, h.out)
}

func (h *SessEOF) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessEOF) Receive(ctx context.Context, f int) error { return nil }

func (h *SessEOF) run(ctx context.Context) error {
	for {
		f, err := h.src.Next(ctx)
		if err != nil {
			return err
		}
		select {
		case h.out <- f:
		case <-ctx.Done():
			return nil
		}
	}
}

// SessClosesOut: stop closes the channel that the goroutine sends to
type SessClosesOut struct {
	out chan int
}

var _ runtime.Handler[int, int] = (*SessClosesOut)(nil)

func (h *SessClosesOut) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.out = make(chan int)
	return nil
}

func (h *SessClosesOut) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SessClosesOut) SessionStop(ctx context.Context) error {
	close(h.out)
	return nil
}

func (h *SessClosesOut) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *SessClosesOut) Receive(ctx context.Context, f int) error { return nil }

// SessWaitsDone: stop waits for the goroutine
type SessWaitsDone struct {
	out  chan int
	done chan struct{}
}

var _ runtime.Handler[int, int] = (*SessWaitsDone)(nil)

func (h *SessWaitsDone) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.out = make(chan int)
	h.done = make(chan struct{})
	return nil
}

func (h *SessWaitsDone) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SessWaitsDone) SessionStop(ctx context.Context) error {
	<-h.done
	return nil
}

func (h *SessWaitsDone) loop(ctx context.Context) {
	defer close(h.done)
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *SessWaitsDone) Receive(ctx context.Context, f int) error { return nil }

// SessQuit: stop gives the signal, which the session does not
type SessQuit struct {
	out  chan int
	quit chan struct{}
}

var _ runtime.Handler[int, int] = (*SessQuit)(nil)

func (h *SessQuit) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *SessQuit) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SessQuit) SessionStop(ctx context.Context) error {
	close(h.quit)
	return nil
}

func (h *SessQuit) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

func (h *SessQuit) Receive(ctx context.Context, f int) error { return nil }

// SessGo: Emit asks the session to run it
type SessGo struct {
	out chan int
	s   *runtime.Session
}

var _ runtime.Handler[int, int] = (*SessGo)(nil)

func (h *SessGo) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int)
	h.s = s
	return nil
}

func (h *SessGo) Emit(ctx context.Context) (int, error) {
	h.s.Go(func(ctx context.Context) error {
		h.loop(ctx)
		return nil
	})
	return next(ctx, h.out)
}

func (h *SessGo) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessGo) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *SessGo) Receive(ctx context.Context, f int) error { return nil }

// SessGoMethod: Emit asks the session to run a method
type SessGoMethod struct {
	out chan int
	s   *runtime.Session
}

var _ runtime.Handler[int, int] = (*SessGoMethod)(nil)

func (h *SessGoMethod) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int)
	h.s = s
	return nil
}

func (h *SessGoMethod) Emit(ctx context.Context) (int, error) {
	h.s.Go(h.run)
	return next(ctx, h.out)
}

func (h *SessGoMethod) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessGoMethod) Receive(ctx context.Context, f int) error { return nil }

func (h *SessGoMethod) run(ctx context.Context) error {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return nil
		}
	}
}

// SessGoCallContext: what the session runs uses the context of the call
type SessGoCallContext struct {
	out chan int
	s   *runtime.Session
}

var _ runtime.Handler[int, int] = (*SessGoCallContext)(nil)

func (h *SessGoCallContext) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int)
	h.s = s
	return nil
}

func (h *SessGoCallContext) Emit(ctx context.Context) (int, error) {
	h.s.Go(func(context.Context) error {
		h.loop(ctx)
		return nil
	})
	return next(ctx, h.out)
}

func (h *SessGoCallContext) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessGoCallContext) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *SessGoCallContext) Receive(ctx context.Context, f int) error { return nil }

// SessGoQuit: what the session runs ends when stop says so: too late
type SessGoQuit struct {
	out  chan int
	quit chan struct{}
	s    *runtime.Session
}

var _ runtime.Handler[int, int] = (*SessGoQuit)(nil)

func (h *SessGoQuit) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	h.s = s
	return nil
}

func (h *SessGoQuit) Emit(ctx context.Context) (int, error) {
	h.s.Go(func(ctx context.Context) error {
		h.loop(ctx)
		return nil
	})
	return next(ctx, h.out)
}

func (h *SessGoQuit) SessionStop(ctx context.Context) error {
	close(h.quit)
	return nil
}

func (h *SessGoQuit) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

func (h *SessGoQuit) Receive(ctx context.Context, f int) error { return nil }

// SessGoFinite: what the session runs is over soon
type SessGoFinite struct {
	out chan int
	s   *runtime.Session
}

var _ runtime.Handler[int, int] = (*SessGoFinite)(nil)

func (h *SessGoFinite) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int, 9)
	h.s = s
	return nil
}

func (h *SessGoFinite) Emit(ctx context.Context) (int, error) {
	h.s.Go(func(ctx context.Context) error {
		select {
		case h.out <- 1:
		case <-ctx.Done():
		}
		return nil
	})
	return next(ctx, h.out)
}

func (h *SessGoFinite) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessGoFinite) Receive(ctx context.Context, f int) error { return nil }

// SessGoOther: the session is another handler's
type SessGoOther struct {
	out   chan int
	other *SessGo
}

var _ runtime.Handler[int, int] = (*SessGoOther)(nil)

func (h *SessGoOther) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.out = make(chan int)
	return nil
}

func (h *SessGoOther) Emit(ctx context.Context) (int, error) {
	h.other.s.Go(func(ctx context.Context) error {
		h.loop(ctx)
		return nil
	})
	return next(ctx, h.out)
}

func (h *SessGoOther) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessGoOther) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *SessGoOther) Receive(ctx context.Context, f int) error { return nil }

// SessContext: it waits for the context of the session
type SessContext struct {
	out chan int
	s   *runtime.Session
}

var _ runtime.Handler[int, int] = (*SessContext)(nil)

func (h *SessContext) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int)
	h.s = s
	return nil
}

func (h *SessContext) Emit(ctx context.Context) (int, error) {
	go h.run()
	return next(ctx, h.out)
}

func (h *SessContext) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessContext) Receive(ctx context.Context, f int) error { return nil }

func (h *SessContext) run() {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.s.Context().Done():
			return
		}
	}
}

// SessContextOther: it waits for the context of another session
type SessContextOther struct {
	out   chan int
	other *SessGo
}

var _ runtime.Handler[int, int] = (*SessContextOther)(nil)

func (h *SessContextOther) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.out = make(chan int)
	return nil
}

func (h *SessContextOther) Emit(ctx context.Context) (int, error) {
	go h.run()
	return next(ctx, h.out)
}

func (h *SessContextOther) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessContextOther) Receive(ctx context.Context, f int) error { return nil }

func (h *SessContextOther) run() {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.other.s.Context().Done():
			return
		}
	}
}

// SessOnStop: the session gives the signal when it has stopped
type SessOnStop struct {
	out  chan int
	quit chan struct{}
}

var _ runtime.Handler[int, int] = (*SessOnStop)(nil)

func (h *SessOnStop) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	s.OnStop(func() error {
		close(h.quit)
		return nil
	})
	return nil
}

func (h *SessOnStop) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SessOnStop) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessOnStop) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

func (h *SessOnStop) Receive(ctx context.Context, f int) error { return nil }

// SessQueue: it takes from a queue with its context
type SessQueue struct {
	in  *runtime.Queue[int]
	out chan int
}

var _ runtime.Handler[int, int] = (*SessQueue)(nil)

func (h *SessQueue) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.in = runtime.NewQueue[int](8, runtime.Block)
	h.out = make(chan int)
	return nil
}

func (h *SessQueue) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SessQueue) SessionStop(ctx context.Context) error {
	h.in.Close()
	return nil
}

func (h *SessQueue) loop(ctx context.Context) {
	for {
		f, err := h.in.Take(ctx)
		if err != nil {
			return
		}
		select {
		case h.out <- f:
		case <-ctx.Done():
			return
		}
	}
}

func (h *SessQueue) Receive(ctx context.Context, f int) error { return h.in.Put(ctx, f) }

// SessQueueRetry: a closed queue is asked for ever
type SessQueueRetry struct {
	in  *runtime.Queue[int]
	out chan int
}

var _ runtime.Handler[int, int] = (*SessQueueRetry)(nil)

func (h *SessQueueRetry) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.in = runtime.NewQueue[int](8, runtime.Block)
	h.out = make(chan int)
	return nil
}

func (h *SessQueueRetry) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SessQueueRetry) SessionStop(ctx context.Context) error {
	h.in.Close()
	return nil
}

func (h *SessQueueRetry) loop(ctx context.Context) {
	for {
		f, err := h.in.Take(ctx)
		if err != nil {
			time.Sleep(time.Millisecond)
			continue
		}
		select {
		case h.out <- f:
		case <-ctx.Done():
			return
		}
	}
}

func (h *SessQueueRetry) Receive(ctx context.Context, f int) error { return h.in.Put(ctx, f) }

// SessStopInStart: start ends on two ways
type SessStopInStart struct {
	out chan int
	off bool
}

var _ runtime.Handler[int, int] = (*SessStopInStart)(nil)

func (h *SessStopInStart) SessionStart(ctx context.Context, _ *runtime.Session) error {
	if h.off {
		return nil
	}
	h.out = make(chan int)
	return nil
}

func (h *SessStopInStart) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SessStopInStart) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessStopInStart) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *SessStopInStart) Receive(ctx context.Context, f int) error { return nil }

// SessLiteral: a literal with returns and a nested one
type SessLiteral struct {
	out chan int
}

var _ runtime.Handler[int, int] = (*SessLiteral)(nil)

func (h *SessLiteral) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.out = make(chan int)
	return nil
}

func (h *SessLiteral) Emit(ctx context.Context) (int, error) {
	go func() {
		f := func(i int) int { return i + 1 }
		for i := 0; ; i = f(i) {
			select {
			case h.out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return next(ctx, h.out)
}

func (h *SessLiteral) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessLiteral) Receive(ctx context.Context, f int) error { return nil }

// SessShadow: the session's name means something else in the literal
type SessShadow struct {
	out chan int
}

var _ runtime.Handler[int, int] = (*SessShadow)(nil)

func (h *SessShadow) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.out = make(chan int)
	return nil
}

func (h *SessShadow) Emit(ctx context.Context) (int, error) {
	go func() {
		s := 1
		for {
			select {
			case h.out <- s:
			case <-ctx.Done():
				return
			}
		}
	}()
	return next(ctx, h.out)
}

func (h *SessShadow) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessShadow) Receive(ctx context.Context, f int) error { return nil }

// SessCtxName: start calls its context and session otherwise
type SessCtxName struct {
	out chan int
}

var _ runtime.Handler[int, int] = (*SessCtxName)(nil)

func (h *SessCtxName) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.out = make(chan int)
	return nil
}

func (h *SessCtxName) Emit(ctx context.Context) (int, error) {
	go func(c context.Context) {
		ctx := c
		for {
			select {
			case h.out <- 1:
			case <-ctx.Done():
				return
			}
		}
	}(ctx)
	return next(ctx, h.out)
}

func (h *SessCtxName) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessCtxName) Receive(ctx context.Context, f int) error { return nil }

// SessWaitGroup: the handler counts it itself
type SessWaitGroup struct {
	out chan int
	wg  sync.WaitGroup
}

var _ runtime.Handler[int, int] = (*SessWaitGroup)(nil)

func (h *SessWaitGroup) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.out = make(chan int)
	return nil
}

func (h *SessWaitGroup) Emit(ctx context.Context) (int, error) {
	h.wg.Add(1)
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SessWaitGroup) SessionStop(ctx context.Context) error {
	h.wg.Wait()
	return nil
}

func (h *SessWaitGroup) loop(ctx context.Context) {
	defer h.wg.Done()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *SessWaitGroup) Receive(ctx context.Context, f int) error { return nil }

// SessCallsStop: it stops its own handler
type SessCallsStop struct {
	out chan int
}

var _ runtime.Handler[int, int] = (*SessCallsStop)(nil)

func (h *SessCallsStop) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.out = make(chan int)
	return nil
}

func (h *SessCallsStop) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SessCallsStop) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessCallsStop) loop(ctx context.Context) {
	defer h.SessionStop(ctx)
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *SessCallsStop) Receive(ctx context.Context, f int) error { return nil }

// SessInterrupt: it begins anew after an interruption
type SessInterrupt struct {
	out  chan int
	s    *runtime.Session
	turn context.Context
	end  context.CancelFunc
}

var _ runtime.Handler[int, int] = (*SessInterrupt)(nil)

func (h *SessInterrupt) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int)
	h.s = s
	h.turn, h.end = context.WithCancel(s.Context())
	s.OnInterrupt(func() {
		h.end()
		h.turn, h.end = context.WithCancel(s.Context())
	})
	return nil
}

func (h *SessInterrupt) Emit(ctx context.Context) (int, error) {
	go h.run()
	return next(ctx, h.out)
}

func (h *SessInterrupt) SessionStop(ctx context.Context) error {
	h.end()
	return nil
}

func (h *SessInterrupt) Receive(ctx context.Context, f int) error { return nil }

func (h *SessInterrupt) run() {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.turn.Done():
			return
		}
	}
}

// SessSpin: it ends with the context of the session, not with its own
type SessSpin struct {
	out chan int
	s   *runtime.Session
}

var _ runtime.Handler[int, int] = (*SessSpin)(nil)

func (h *SessSpin) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int, 1)
	h.s = s
	return nil
}

func (h *SessSpin) Emit(ctx context.Context) (int, error) {
	go func() {
		for h.s.Context().Err() == nil {
			select {
			case h.out <- 1:
			default:
				time.Sleep(time.Millisecond)
			}
		}
	}()
	return next(ctx, h.out)
}

func (h *SessSpin) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessSpin) Receive(ctx context.Context, f int) error { return nil }

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
