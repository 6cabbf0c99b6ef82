// Package base has types that handlers of other packages embed.
package base

import "context"

func work() {}

// Spawner has a hot method and no stop: by itself it is no handler type.
type Spawner struct{}

func (s *Spawner) Emit(ctx context.Context) (int, error) {
	go work() // silent: no handler type in this package
	return 0, nil
}

// Quiet has a hot method that does nothing wrong.
type Quiet struct{}

func (q *Quiet) Emit(ctx context.Context) (int, error) { return 0, nil }

// Loop is generic.
type Loop[T any] struct{ last T }

func (l *Loop[T]) Emit(ctx context.Context) (T, error) {
	go work() // silent: no handler type in this package
	return l.last, nil
}

// Handler is a handler type by itself.
type Handler struct{}

func (h *Handler) SessionStart(ctx context.Context) error { return nil }

func (h *Handler) Emit(ctx context.Context) (int, error) {
	h.Spawn() // want `\(\*Handler\)\.Emit → \(\*Handler\)\.Spawn .*emit-goroutine`
	return 0, nil
}

func (h *Handler) SessionStop(ctx context.Context) error { return nil }

// Spawn is a helper for handlers that embed this one.
func (h *Handler) Spawn() {
	go work()
}

// Helper has helpers alone.
type Helper struct{}

// Spawn starts a goroutine.
func (h *Helper) Spawn() {
	go work()
}
