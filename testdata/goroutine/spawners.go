package goroutine

import (
	"context"
	"os/exec"
	"time"
)

// What starts a goroutine without a go statement.

type AfterFunc struct{ session }

func (h *AfterFunc) Emit(_ context.Context, r Record) error {
	time.AfterFunc(time.Minute, func() { h.send(r.Key) }) // want `on each call[:;].*\(emit-goroutine\)$`
	return nil
}

type AfterFuncMethodValue struct{ session }

func (h *AfterFuncMethodValue) Emit(context.Context) (Frame, error) {
	time.AfterFunc(time.Second, h.loop) // want `\(emit-goroutine\)$`
	return Frame{}, nil
}

type AfterFuncThroughHelper struct{ session }

func (h *AfterFuncThroughHelper) expire(key string) {
	time.AfterFunc(time.Minute, func() { h.send(key) })
}

func (h *AfterFuncThroughHelper) Emit(_ context.Context, r Record) error {
	h.expire(r.Key) // want `→ \(\*AfterFuncThroughHelper\)\.expire .*\(emit-goroutine\)$`
	return nil
}

type AfterFuncStopped struct{ session }

func (h *AfterFuncStopped) Emit(_ context.Context, r Record) error {
	warn := time.AfterFunc(time.Second, func() { h.n++ }) // silent: stopped before the call returns
	defer warn.Stop()
	return h.send(r.Key)
}

type AfterFuncReset struct {
	session
	idle *time.Timer
}

func (h *AfterFuncReset) SessionStart(ctx context.Context) error {
	h.idle = time.AfterFunc(time.Minute, func() { h.send("idle") }) // silent: once per session, stopped below
	return h.session.SessionStart(ctx)
}

func (h *AfterFuncReset) Emit(_ context.Context, r Record) error {
	h.idle.Reset(time.Minute) // silent: the session's one timer
	return h.send(r.Key)
}

func (h *AfterFuncReset) SessionStop(ctx context.Context) error {
	h.idle.Stop()
	return h.session.SessionStop(ctx)
}

type ContextAfterFunc struct {
	session
	ctx context.Context
}

func (h *ContextAfterFunc) Emit(_ context.Context, r Record) error {
	context.AfterFunc(h.ctx, func() { h.send(r.Key) }) // want `on each call[:;].*\(emit-goroutine\)$`
	return nil
}

type ContextAfterFuncStopped struct{ session }

func (h *ContextAfterFuncStopped) Emit(ctx context.Context, r Record) error {
	stop := context.AfterFunc(ctx, func() { h.n++ }) // silent: taken back before the call returns
	defer stop()
	return h.send(r.Key)
}

type CommandStart struct{ session }

func (h *CommandStart) Emit(_ context.Context, r Record) error {
	cmd := exec.Command("notify", r.Key)
	return cmd.Start() // want `on each call[:;].*\(emit-(goroutine|resource)\)$`
}

type CommandStartAndWait struct{ session }

func (h *CommandStartAndWait) Emit(_ context.Context, r Record) error {
	cmd := exec.Command("notify", r.Key)
	if err := cmd.Start(); err != nil { // silent: waited for in the same call
		return err
	}
	return cmd.Wait()
}

type CommandRun struct{ session }

func (h *CommandRun) Emit(ctx context.Context, r Record) error {
	return exec.CommandContext(ctx, "notify", r.Key).Run() // silent: over when the call returns
}

type WithTimeout struct{ session }

func (h *WithTimeout) Emit(ctx context.Context, r Record) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // silent: cancelled before the call returns
	defer cancel()
	if err := ctx.Err(); err != nil {
		return err
	}
	return h.send(r.Key)
}
