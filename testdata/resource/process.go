package resource

import (
	"context"
	"os"
	"os/exec"
	"os/signal"
)

// ProcessForgotten starts a process per record and does not wait.
type ProcessForgotten struct{}

func (h *ProcessForgotten) Emit(rec Record) error {
	return exec.Command("true", string(rec)).Start() // want `emit-(goroutine|resource)`
}

func (h *ProcessForgotten) Close() error { return nil }

// ProcessKept keeps it.
type ProcessKept struct{ cmd *exec.Cmd }

func (h *ProcessKept) Emit(rec Record) error {
	cmd := exec.Command("true", string(rec))
	if err := cmd.Start(); err != nil { // want `on each call.*emit-(goroutine|resource)`
		return err
	}
	h.cmd = cmd
	return nil
}

func (h *ProcessKept) Close() error { return h.cmd.Wait() }

// ProcessAwaited waits for it.
type ProcessAwaited struct{}

func (h *ProcessAwaited) Emit(rec Record) error {
	cmd := exec.Command("true", string(rec))
	if err := cmd.Start(); err != nil { // silent: awaited, rate record
		return err
	}
	return cmd.Wait()
}

func (h *ProcessAwaited) Close() error { return nil }

// ProcessRun runs one to its end.
type ProcessRun struct{}

func (h *ProcessRun) Emit(rec Record) error {
	return exec.Command("true", string(rec)).Run() // silent: over when the call returns, rate record
}

func (h *ProcessRun) Close() error { return nil }

// SignalForgotten subscribes per record.
type SignalForgotten struct{ sigs chan os.Signal }

func (h *SignalForgotten) Emit(rec Record) error {
	signal.Notify(h.sigs, os.Interrupt) // want `emit-resource`
	return nil
}

func (h *SignalForgotten) Close() error { return nil }

// SignalStopped unsubscribes.
type SignalStopped struct{ sigs chan os.Signal }

func (h *SignalStopped) Emit(rec Record) error {
	signal.Notify(h.sigs, os.Interrupt) // silent: over when the call returns, rate record
	defer signal.Stop(h.sigs)
	return nil
}

func (h *SignalStopped) Close() error { return nil }

// SignalStoppedLocal unsubscribes a channel of its own.
type SignalStoppedLocal struct{}

func (h *SignalStoppedLocal) Emit(rec Record) error {
	sigs := make(chan os.Signal, 1)   // silent: gone when the call returns, rate record
	signal.Notify(sigs, os.Interrupt) // silent: over when the call returns, rate record
	defer signal.Stop(sigs)
	select {
	case <-sigs:
		return errShort
	default:
		return nil
	}
}

func (h *SignalStoppedLocal) Close() error { return nil }

// SignalStoppedFrame pays for it per frame.
type SignalStoppedFrame struct{ sigs chan os.Signal }

func (h *SignalStoppedFrame) Emit(ctx context.Context) (int, error) {
	signal.Notify(h.sigs, os.Interrupt) // want `over when the call returns.*emit-resource`
	defer signal.Stop(h.sigs)
	return len(h.sigs), nil
}

func (h *SignalStoppedFrame) Close() error { return nil }

// SignalContext bounds the call by a signal.
type SignalContext struct{}

func (h *SignalContext) Emit(rec Record) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt) // silent: stopped before return, rate record
	defer stop()
	return ctx.Err()
}

func (h *SignalContext) Close() error { return nil }

// SignalFromStart subscribes once per session.
type SignalFromStart struct{ sigs chan os.Signal }

func (h *SignalFromStart) SessionStart(ctx context.Context) error {
	h.sigs = make(chan os.Signal, 1)
	signal.Notify(h.sigs, os.Interrupt) // silent: once per session
	return nil
}

func (h *SignalFromStart) Emit(ctx context.Context) (int, error) {
	select {
	case <-h.sigs:
		return 0, errShort
	default:
		return 1, nil
	}
}

func (h *SignalFromStart) SessionStop(ctx context.Context) error {
	signal.Stop(h.sigs)
	return nil
}
