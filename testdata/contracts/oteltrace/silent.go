package oteltrace

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/sdk/trace"
)

// Ticking flushes from one goroutine of its own.
type Ticking struct {
	quiet
	mu     sync.Mutex
	spans  []trace.ReadOnlySpan
	cancel context.CancelFunc
	wg     sync.WaitGroup
}

var _ trace.SpanProcessor = (*Ticking)(nil)

// NewTicking starts the goroutine.
func NewTicking(export func([]trace.ReadOnlySpan)) *Ticking {
	ctx, cancel := context.WithCancel(context.Background())
	t := &Ticking{cancel: cancel}
	t.wg.Go(func() { // silent: started by the constructor, ended by Shutdown
		tick := time.NewTicker(time.Second) // silent: the goroutine's own, stopped with it
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				export(t.take())
			case <-ctx.Done():
				return
			}
		}
	})
	return t
}

func (t *Ticking) take() []trace.ReadOnlySpan {
	t.mu.Lock()
	defer t.mu.Unlock()
	spans := t.spans
	t.spans = nil
	return spans
}

func (t *Ticking) OnEnd(s trace.ReadOnlySpan) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.spans = append(t.spans, s)
}

// Shutdown ends the goroutine.
func (t *Ticking) Shutdown(context.Context) error {
	t.cancel()
	t.wg.Wait()
	return nil
}

// JoinedOnEnd waits for both exports.
type JoinedOnEnd struct {
	quiet
	first, second func(trace.ReadOnlySpan)
}

func (p *JoinedOnEnd) OnEnd(s trace.ReadOnlySpan) {
	done := make(chan struct{}) // silent: serves a joined goroutine
	go func() {                 // silent: joined, and a record allows for it
		defer close(done)
		p.first(s)
	}()
	p.second(s)
	<-done
}

// Span has OnStart and OnEnd of its own, and is no processor.
type Span struct {
	onEnd func()
}

func (s *Span) OnStart(context.Context, trace.ReadWriteSpan) {
	go s.onEnd() // silent: no trace.SpanProcessor
}

func (s *Span) OnEnd(trace.ReadOnlySpan) {
	go s.onEnd() // silent: no trace.SpanProcessor
}

// Timed makes a timer for each span, and stops it.
type Timed struct {
	quiet
	queue chan trace.ReadOnlySpan
}

func (p *Timed) OnEnd(s trace.ReadOnlySpan) {
	t := time.NewTimer(time.Millisecond) // silent: over when the call returns
	defer t.Stop()
	select {
	case p.queue <- s:
	case <-t.C:
	}
}

// FirstSpan starts its goroutine with the first span.
type FirstSpan struct {
	quiet
	started atomic.Bool
	queue   chan trace.ReadOnlySpan
	export  func(trace.ReadOnlySpan)
}

func (p *FirstSpan) OnStart(context.Context, trace.ReadWriteSpan) {
	if p.started.CompareAndSwap(false, true) {
		go p.run() // silent: lazy-start is off
	}
}

func (p *FirstSpan) run() {
	for s := range p.queue {
		p.export(s)
	}
}

func (p *FirstSpan) OnEnd(s trace.ReadOnlySpan) {
	p.queue <- s // silent: a record may wait
}

// Shutdown ends the goroutine.
func (p *FirstSpan) Shutdown(context.Context) error {
	close(p.queue)
	return nil
}

// Samples stores a function that would start a goroutine, and runs none.
type Samples struct {
	quiet
	later []func()
}

func (p *Samples) OnEnd(s trace.ReadOnlySpan) {
	p.later = append(p.later, func() {
		go s.Name() // silent: stored, not run
	})
}
