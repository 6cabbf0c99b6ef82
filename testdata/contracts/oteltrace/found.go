// Package oteltrace holds span processors of OpenTelemetry's SDK.
package oteltrace

import (
	"context"
	"os"
	"sync"
	"time"

	"go.opentelemetry.io/otel/sdk/trace"
	oteltrace "go.opentelemetry.io/otel/trace"
)

// quiet is a span processor that does nothing.
type quiet struct{}

func (quiet) OnStart(context.Context, trace.ReadWriteSpan) {}
func (quiet) OnEnd(trace.ReadOnlySpan)                     {}
func (quiet) Shutdown(context.Context) error               { return nil }
func (quiet) ForceFlush(context.Context) error             { return nil }

// SpawnsOnEnd exports each span in a goroutine of its own.
type SpawnsOnEnd struct {
	export func(trace.ReadOnlySpan)
}

var _ trace.SpanProcessor = (*SpawnsOnEnd)(nil)

func (*SpawnsOnEnd) OnStart(context.Context, trace.ReadWriteSpan) {}

func (p *SpawnsOnEnd) OnEnd(s trace.ReadOnlySpan) {
	go p.export(s) // want `OnEnd starts a goroutine on each call: .*\(emit-goroutine\)$`
}

func (*SpawnsOnEnd) Shutdown(context.Context) error   { return nil }
func (*SpawnsOnEnd) ForceFlush(context.Context) error { return nil }

// ChannelPerTrace has a channel for each span that begins.
type ChannelPerTrace struct {
	quiet
	mu    sync.Mutex
	spans map[oteltrace.SpanID]chan trace.ReadOnlySpan
}

func (p *ChannelPerTrace) OnStart(_ context.Context, s trace.ReadWriteSpan) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.spans[s.SpanContext().SpanID()] = make(chan trace.ReadOnlySpan, 1) // want `OnStart makes a channel on each call.*\(emit-channel\)$`
}

// Watchdog has a timer for each span, which runs its function in a goroutine.
type Watchdog struct {
	quiet
	timers sync.Map
}

func (w *Watchdog) OnStart(_ context.Context, s trace.ReadWriteSpan) {
	id := s.SpanContext().SpanID()
	w.timers.Store(id, time.AfterFunc(time.Minute, func() { // want `emit-goroutine`
		w.timers.Delete(id)
	}))
}

// WaitsInShutdown counts its goroutines, and waits only in the end.
type WaitsInShutdown struct {
	quiet
	wg     sync.WaitGroup
	export func(trace.ReadOnlySpan)
}

var _ trace.SpanProcessor = &WaitsInShutdown{}

func (p *WaitsInShutdown) OnEnd(s trace.ReadOnlySpan) {
	p.wg.Go(func() { p.export(s) }) // want `emit-goroutine`
}

func (p *WaitsInShutdown) Shutdown(context.Context) error {
	p.wg.Wait()
	return nil
}

// DumpsLosses opens a file for some spans and leaves it open.
type DumpsLosses struct {
	quiet
	files []*os.File
}

func (d *DumpsLosses) OnEnd(s trace.ReadOnlySpan) {
	if s.DroppedEvents() > 0 {
		f, err := os.CreateTemp("", s.Name()) // want `on some calls.*emit-resource`
		if err != nil {
			return
		}
		d.files = append(d.files, f)
	}
}

// Tee is generic over the processors it feeds.
type Tee[A, B trace.SpanProcessor] struct {
	quiet
	A A
	B B
}

func (t Tee[A, B]) OnEnd(s trace.ReadOnlySpan) {
	t.A.OnEnd(s)
	go (t.B.OnEnd)(s) // want `emit-goroutine`
}

// Named is a handler type through the embedded interface.
type Named struct {
	trace.SpanProcessor
	name string
	seen []chan string
}

func (n *Named) OnEnd(s trace.ReadOnlySpan) {
	n.note() // want `\(\*Named\)\.OnEnd → \(\*Named\)\.note`
	n.SpanProcessor.OnEnd(s)
}

func (n *Named) note() {
	n.seen = append(n.seen, make(chan string))
}
