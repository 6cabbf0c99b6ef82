package slog

import (
	"context"
	"log/slog"
	"os"
	"sync"
)

// Queued has one goroutine, which its constructor starts.
type Queued struct {
	slog.Handler
	records chan slog.Record
}

// NewQueued starts it.
func NewQueued(next slog.Handler) *Queued {
	q := &Queued{next, make(chan slog.Record, 64)} // silent: once
	go func() {                                    // silent: started by the constructor
		for r := range q.records {
			_ = next.Handle(context.Background(), r)
		}
	}()
	return q
}

// Handle hands a record on, or drops it.
func (q *Queued) Handle(_ context.Context, r slog.Record) error {
	select {
	case q.records <- r.Clone(): // silent: it does not wait
	default:
	}
	return nil
}

// WithAttrs shares the goroutine, as all handlers made of one do.
func (q *Queued) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &Queued{q.Handler.WithAttrs(attrs), q.records} // silent: what writes is shared on purpose
}

// Both hands a record to two handlers at once.
type Both struct{ a, b slog.Handler }

// Enabled asks both.
func (h Both) Enabled(ctx context.Context, l slog.Level) bool {
	return h.a.Enabled(ctx, l) || h.b.Enabled(ctx, l)
}

// Handle waits for both.
func (h Both) Handle(ctx context.Context, r slog.Record) error {
	done := make(chan error, 1)                // silent: over when the call returns
	go func() { done <- h.a.Handle(ctx, r) }() // silent: joined
	if err := h.b.Handle(ctx, r); err != nil {
		<-done
		return err
	}
	return <-done
}

// WithAttrs makes both anew.
func (h Both) WithAttrs(attrs []slog.Attr) slog.Handler {
	return Both{h.a.WithAttrs(attrs), h.b.WithAttrs(attrs)}
}

// WithGroup makes both anew.
func (h Both) WithGroup(name string) slog.Handler {
	return Both{h.a.WithGroup(name), h.b.WithGroup(name)}
}

// ToFile opens its file with the first record.
type ToFile struct {
	slog.Handler
	mu   sync.Mutex
	name string
	f    *os.File
}

// Handle writes a record.
func (t *ToFile) Handle(_ context.Context, r slog.Record) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.f == nil {
		f, err := os.Create(t.name) // silent: once
		if err != nil {
			return err
		}
		t.f = f
	}
	_, err := t.f.WriteString(r.Message)
	return err
}

// LogValuer is no handler.
type LogValuer struct{ load func() string }

// LogValue is called for each record that has it.
func (v LogValuer) LogValue() slog.Value {
	go v.load() // silent: no slog.Handler
	return slog.StringValue("")
}

// Handler has a Handle with another signature.
type Handler struct {
	slog.Handler
	spawn func()
}

// HandleAll is no Handle.
func (h *Handler) HandleAll(context.Context, []slog.Record) error {
	go h.spawn() // silent: not a method of slog.Handler
	return nil
}
