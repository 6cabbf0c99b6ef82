package generator

import (
	"context"
	"iter"
)

// PullDeferred stops the generator before it returns.
type PullDeferred struct{}

func (h *PullDeferred) Emit(ctx context.Context) (int, error) {
	next, stop := iter.Pull(count(3)) // want `on each call \(over when the call returns\).*emit-generator`
	defer stop()
	v, _ := next()
	return v, nil
}

func (h *PullDeferred) Close() error { return nil }

// PullDeferredLiteral stops it in a deferred literal.
type PullDeferredLiteral struct{}

func (h *PullDeferredLiteral) Emit(ctx context.Context) (int, error) {
	next, stop := iter.Pull(count(3)) // want `on each call \(over when the call returns\).*emit-generator`
	defer func() { stop() }()
	v, _ := next()
	return v, nil
}

func (h *PullDeferredLiteral) Close() error { return nil }

// PullStopped stops it without defer.
type PullStopped struct{}

func (h *PullStopped) Emit(ctx context.Context) (int, error) {
	next, stop := iter.Pull(repeat(1)) // want `on each call \(over when the call returns\).*emit-generator`
	v, _ := next()
	stop()
	return v, nil
}

func (h *PullStopped) Close() error { return nil }

// PullKept keeps the generator beyond the call.
type PullKept struct {
	next func() (int, bool)
	stop func()
}

func (h *PullKept) Emit(ctx context.Context) (int, error) {
	h.next, h.stop = iter.Pull(count(3)) // want `on each call[:;].*emit-generator`
	v, _ := h.next()
	return v, nil
}

func (h *PullKept) Close() error {
	if h.stop != nil {
		h.stop()
	}
	return nil
}

// PullForgotten throws the stop function away.
type PullForgotten struct{}

func (h *PullForgotten) Emit(ctx context.Context) (int, error) {
	next, _ := iter.Pull(count(3)) // want `on each call[:;].*emit-generator`
	v, _ := next()
	return v, nil
}

func (h *PullForgotten) Close() error { return nil }

// PullStoppedSometimes stops it on one path only.
type PullStoppedSometimes struct{ keep bool }

func (h *PullStoppedSometimes) Emit(ctx context.Context) (int, error) {
	next, stop := iter.Pull(count(3)) // want `on each call[:;].*emit-generator`
	v, _ := next()
	if !h.keep {
		stop()
	}
	return v, nil
}

func (h *PullStoppedSometimes) Close() error { return nil }

// Pull2Kept keeps the two-valued form.
type Pull2Kept struct {
	next func() (int, error, bool)
	stop func()
}

func (h *Pull2Kept) Emit(ctx context.Context) (int, error) {
	h.next, h.stop = iter.Pull2(rows(3)) // want `on each call[:;].*emit-generator`
	v, err, _ := h.next()
	return v, err
}

func (h *Pull2Kept) Close() error {
	h.stop()
	return nil
}

// Pull2Deferred stops the two-valued form.
type Pull2Deferred struct{}

func (h *Pull2Deferred) Emit(ctx context.Context) (int, error) {
	next, stop := iter.Pull2(rows(3)) // want `over when the call returns.*emit-generator`
	defer stop()
	v, err, _ := next()
	return v, err
}

func (h *Pull2Deferred) Close() error { return nil }

// PullSometimes pulls under a condition that is no guard.
type PullSometimes struct {
	n    int
	next func() (int, bool)
	stop func()
}

func (h *PullSometimes) Emit(ctx context.Context) (int, error) {
	h.n++
	if h.n%100 == 0 {
		h.next, h.stop = iter.Pull(count(3)) // want `on some calls.*emit-generator`
	}
	return h.n, nil
}

func (h *PullSometimes) Close() error { return nil }

// peek is a helper that stops what it pulls.
func peek[T any](seq iter.Seq[T]) (T, bool) {
	next, stop := iter.Pull(seq)
	defer stop()
	return next()
}

// PullInHelper does it in a generic helper.
type PullInHelper struct{ seq iter.Seq[int] }

func (h *PullInHelper) Emit(ctx context.Context) (int, error) {
	v, _ := peek(h.seq) // want `over when the call returns\): \(\*PullInHelper\)\.Emit → peek.*emit-generator`
	return v, nil
}

func (h *PullInHelper) Close() error { return nil }

// PullRecordStopped is called per record, where costs are not reported.
type PullRecordStopped struct{}

func (h *PullRecordStopped) Emit(rec Frame) error {
	next, stop := iter.Pull(count(len(rec))) // silent: over when the call returns, rate record
	defer stop()
	if _, ok := next(); !ok {
		return errEmpty
	}
	return nil
}

func (h *PullRecordStopped) Close() error { return nil }

// PullRecordKept leaks one generator per record.
type PullRecordKept struct {
	next func() (int, bool)
	stop func()
}

func (h *PullRecordKept) Emit(rec Frame) error {
	h.next, h.stop = iter.Pull(count(len(rec))) // want `emit-generator`
	return nil
}

func (h *PullRecordKept) Close() error { return nil }

// PullInStart pulls once per session.
type PullInStart struct {
	next func() (int, bool)
	stop func()
}

func (h *PullInStart) SessionStart(ctx context.Context) error {
	h.next, h.stop = iter.Pull(repeat(1)) // silent: once per session
	return nil
}

func (h *PullInStart) Emit(ctx context.Context) (int, error) {
	v, ok := h.next() // silent: continues what SessionStart began
	if !ok {
		return 0, errEmpty
	}
	return v, nil
}

func (h *PullInStart) SessionStop(ctx context.Context) error {
	h.stop()
	return nil
}

// PullGuarded pulls on the first call alone.
type PullGuarded struct {
	next func() (int, bool)
	stop func()
}

func (h *PullGuarded) Emit(ctx context.Context) (int, error) {
	if h.next == nil {
		h.next, h.stop = iter.Pull(repeat(1)) // silent: guarded, lazy-start is off
	}
	v, _ := h.next()
	return v, nil
}

func (h *PullGuarded) Close() error {
	if h.stop != nil {
		h.stop()
	}
	return nil
}
