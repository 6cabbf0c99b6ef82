package runtimehandler

import (
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"

	"github.com/emitcheck/emitcheck/runtime"
)

// GoPerEmit starts its work for each frame. That the session ends it does not
// make it fewer.
type GoPerEmit struct {
	keeper
	heard *runtime.Queue[Frame]
}

func (h *GoPerEmit) work(ctx context.Context) error { <-ctx.Done(); return nil }

func (h *GoPerEmit) Receive(ctx context.Context, in Frame) error {
	h.session.Go(func(ctx context.Context) error { return h.heard.Put(ctx, in) }) // want `^Receive starts a goroutine on each call: .*Session\)\.Go.*\(emit-goroutine\)$`
	return nil
}

func (h *GoPerEmit) Emit(ctx context.Context) (Frame, error) {
	h.session.Go(h.work) // want `^Emit starts a goroutine on each call: .*Session\)\.Go.*\(emit-goroutine\)$`
	return h.heard.Take(ctx)
}

// GoByHelper does so where it is not seen at once.
type GoByHelper struct {
	keeper
	heard *runtime.Queue[Frame]
}

func inBackground(s *runtime.Session, f func(context.Context) error) { s.Go(f) }

func (h *GoByHelper) Receive(ctx context.Context, in Frame) error { return h.heard.Put(ctx, in) }

func (h *GoByHelper) Emit(ctx context.Context) (Frame, error) {
	inBackground(h.session, func(ctx context.Context) error { <-ctx.Done(); return nil }) // want `Emit → inBackground → .*Session\)\.Go.*emit-goroutine`
	return h.heard.Take(ctx)
}

// GoOnceStarted has a flag that is set when the goroutine has been started.
type GoOnceStarted struct {
	keeper
	heard   *runtime.Queue[Frame]
	started bool
	once    sync.Once
}

func (h *GoOnceStarted) work(ctx context.Context) error { <-ctx.Done(); return nil }

func (h *GoOnceStarted) Receive(ctx context.Context, in Frame) error {
	h.once.Do(func() { h.session.Go(h.work) }) // silent: once for the session
	return h.heard.Put(ctx, in)
}

func (h *GoOnceStarted) Emit(ctx context.Context) (Frame, error) {
	if !h.started {
		h.started = true
		h.session.Go(h.work) // silent: the flag is set before
	}
	return h.heard.Take(ctx)
}

// GoUnderLateFlag has a flag that the goroutine sets, some time later: until
// then there is one more for each frame.
type GoUnderLateFlag struct {
	keeper
	heard     *runtime.Queue[Frame]
	connected atomic.Bool
}

func (h *GoUnderLateFlag) work(ctx context.Context) error {
	h.connected.Store(true)
	<-ctx.Done()
	return nil
}

func (h *GoUnderLateFlag) Receive(ctx context.Context, in Frame) error { return h.heard.Put(ctx, in) }

func (h *GoUnderLateFlag) Emit(ctx context.Context) (Frame, error) {
	if !h.connected.Load() {
		h.session.Go(h.work) // want `^Emit starts a goroutine on some calls: .*Session\)\.Go.*\(emit-goroutine\)$`
	}
	return h.heard.Take(ctx)
}

// GeneratorForPatience starts one under a condition that is no guard.
type GeneratorForPatience struct {
	keeper
	heard   *runtime.Queue[Frame]
	answers *runtime.Generator[Frame]
}

func (h *GeneratorForPatience) say(ctx context.Context, yield func(Frame) bool) error {
	yield(Frame("one moment"))
	return nil
}

func (h *GeneratorForPatience) Receive(ctx context.Context, in Frame) error {
	if h.heard.Len() > 10 {
		h.answers = runtime.Generate(h.session, 1, h.say) // want `emit-generator` `emit-goroutine`
	}
	return h.heard.Put(ctx, in)
}

func (h *GeneratorForPatience) Emit(ctx context.Context) (Frame, error) { return h.heard.Take(ctx) }

// GeneratorPerQuestion keeps all generators it has had.
type GeneratorPerQuestion struct {
	keeper
	stream  stream
	heard   *runtime.Queue[Frame]
	answers []*runtime.Generator[Frame]
}

func (h *GeneratorPerQuestion) respond(ctx context.Context, yield func(Frame) bool) error {
	return h.stream.Respond(ctx, h.heard.Take, yield)
}

func (h *GeneratorPerQuestion) Receive(ctx context.Context, in Frame) error {
	h.answers = append(h.answers, runtime.Generate(h.session, 16, h.respond)) // want `^Receive starts a .*runtime\.Generate.*\(emit-g`
	return h.heard.Put(ctx, in)
}

func (h *GeneratorPerQuestion) Emit(ctx context.Context) (Frame, error) {
	for _, a := range h.answers {
		f, err := a.Next(ctx) // silent: takes what is there, or waits under ctx
		if err == io.EOF {
			continue
		}
		return f, err
	}
	return nil, runtime.ErrNothing // silent: a value
}

// GeneratorOnce has one, and uses all else that a session offers as it is meant.
type GeneratorOnce struct {
	stream  stream
	session *runtime.Session
	heard   *runtime.Queue[Frame]
	answers *runtime.Generator[Frame]
}

func (h *GeneratorOnce) SessionStart(_ context.Context, s *runtime.Session) error {
	h.session = s
	h.heard = runtime.NewQueue[Frame](16, runtime.DropOldest)
	h.answers = runtime.Generate(s, 16, func(ctx context.Context, yield func(Frame) bool) error { // silent: once for the session
		return h.stream.Respond(ctx, h.heard.Take, yield)
	})
	s.OnStop(h.stream.Close)
	s.Go(func(ctx context.Context) error { // silent: once for the session
		<-ctx.Done()
		return nil
	})
	return nil
}

func (h *GeneratorOnce) Receive(ctx context.Context, in Frame) error {
	if len(in) == 0 {
		h.session.Interrupt()                                      // silent: it waits for nobody
		if err := h.session.Send(ctx, "interrupted"); err != nil { // silent: waits under ctx
			return err
		}
	}
	return h.heard.Put(ctx, in) // silent: never waits
}

func (h *GeneratorOnce) Emit(ctx context.Context) (Frame, error) {
	f, err := h.answers.Next(ctx) // silent: waits under ctx
	if errors.Is(err, runtime.ErrNothing) {
		h.session.Logger().Info("nothing") // silent: a line
	}
	return f, err
}

func (h *GeneratorOnce) SessionStop(context.Context) error { return nil }
