package blocking

import (
	"context"
	"sync"
	"time"
)

// ---- found ----

// Receives waits for a frame that may never come.
type Receives struct{ in chan Frame }

func (h *Receives) Emit(ctx context.Context) (Frame, error) {
	return <-h.in, nil // want `on each call.*emit-blocking`
}

func (h *Receives) Close() error { return nil }

// ReceivesOK asks whether the channel is closed, which it never is.
type ReceivesOK struct{ in <-chan Frame }

func (h *ReceivesOK) Emit(ctx context.Context) (Frame, error) {
	f, ok := <-h.in // want `emit-blocking`
	if !ok {
		return nil, errNone
	}
	return f, nil
}

func (h *ReceivesOK) Close() error { return nil }

// ReceivesParen hides the channel in parentheses.
type ReceivesParen struct{ in chan Frame }

func (h *ReceivesParen) Emit(ctx context.Context) (f Frame, err error) {
	f = <-((*h).in) // want `emit-blocking`
	return
}

func (h *ReceivesParen) Close() error { return nil }

// ReceivesAlias holds the channel in a variable.
type ReceivesAlias struct{ in chan Frame }

func (h *ReceivesAlias) Emit(ctx context.Context) (Frame, error) {
	in := h.in
	f := <-in // want `emit-blocking`
	return f, nil
}

func (h *ReceivesAlias) Close() error { return nil }

type queue struct{ frames chan Frame }

// ReceivesNested reads a channel of a field's field.
type ReceivesNested struct{ q *queue }

func (h *ReceivesNested) Emit(ctx context.Context) (Frame, error) {
	return <-h.q.frames, nil // want `emit-blocking`
}

func (h *ReceivesNested) Close() error { return nil }

// ReceivesEmbedded reads a promoted channel.
type ReceivesEmbedded struct{ queue }

func (h *ReceivesEmbedded) Emit(ctx context.Context) (Frame, error) {
	return <-h.frames, nil // want `emit-blocking`
}

func (h *ReceivesEmbedded) Close() error { return nil }

// ReceivesGeneric is a generic handler.
type ReceivesGeneric[T any] struct{ in chan T }

func (h *ReceivesGeneric[T]) Emit(ctx context.Context) (T, error) {
	return <-h.in, nil // want `emit-blocking`
}

func (h *ReceivesGeneric[T]) Close() error { return nil }

// ReceivesInHelper waits in a method of its own.
type ReceivesInHelper struct{ in chan Frame }

func (h *ReceivesInHelper) next() Frame { return <-h.in }

func (h *ReceivesInHelper) Emit(ctx context.Context) (Frame, error) {
	return h.next(), nil // want `\(\*ReceivesInHelper\)\.Emit → \(\*ReceivesInHelper\)\.next .*emit-blocking`
}

func (h *ReceivesInHelper) Close() error { return nil }

// Sends waits for a reader.
type Sends struct{ out chan Frame }

func (h *Sends) Emit(ctx context.Context) (Frame, error) {
	f := Frame{1}
	h.out <- f // want `emit-blocking`
	return f, nil
}

func (h *Sends) Close() error { return nil }

// Ranges waits for every frame.
type Ranges struct{ in chan Frame }

func (h *Ranges) Emit(ctx context.Context) (Frame, error) {
	var all Frame
	for f := range h.in { // want `emit-blocking`
		all = append(all, f...)
		if len(all) > 160 {
			break
		}
	}
	return all, nil
}

func (h *Ranges) Close() error { return nil }

// SelectsOne has one case alone.
type SelectsOne struct{ in chan Frame }

func (h *SelectsOne) Emit(ctx context.Context) (Frame, error) {
	select { // want `emit-blocking`
	case f := <-h.in:
		return f, nil
	}
}

func (h *SelectsOne) Close() error { return nil }

// SelectsData has no case that ends it.
type SelectsData struct {
	in  chan Frame
	out chan Frame
}

func (h *SelectsData) Emit(ctx context.Context) (Frame, error) {
	select { // want `emit-blocking`
	case f := <-h.in:
		return f, nil
	case h.out <- Frame{1}:
		return nil, nil
	}
}

func (h *SelectsData) Close() error { return nil }

// ---- silent ----

// SelectsContext is ended by its context.
type SelectsContext struct {
	in  chan Frame
	out chan Frame
}

func (h *SelectsContext) Emit(ctx context.Context) (Frame, error) {
	select { // silent: ctx.Done
	case <-ctx.Done():
		return nil, ctx.Err()
	case f := <-h.in:
		select { // silent: ctx.Done
		case h.out <- f:
		case <-ctx.Done():
		}
		return f, nil
	}
}

func (h *SelectsContext) Close() error { return nil }

// SelectsDerived is ended by a context of the context.
type SelectsDerived struct{ in chan Frame }

func (h *SelectsDerived) Emit(ctx context.Context) (Frame, error) {
	tctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	done := tctx.Done()
	select { // silent: ended by the derived context
	case f := <-h.in:
		return f, nil
	case <-done:
		return nil, tctx.Err()
	}
}

func (h *SelectsDerived) Close() error { return nil }

// SelectsDefault never waits.
type SelectsDefault struct{ in, out chan Frame }

func (h *SelectsDefault) Emit(ctx context.Context) (Frame, error) {
	var f Frame
	select { // silent: default
	case f = <-h.in:
	default:
	}
	select { // silent: default
	default:
	case h.out <- f:
	}
	return f, nil
}

func (h *SelectsDefault) Close() error { return nil }

// SelectsDone is ended by a done channel.
type SelectsDone struct {
	in   chan Frame
	done chan struct{}
}

func (h *SelectsDone) Emit(ctx context.Context) (Frame, error) {
	select { // silent: a done channel
	case f := <-h.in:
		return f, nil
	case <-h.done:
		return nil, errNone
	}
}

func (h *SelectsDone) Close() error {
	close(h.done)
	return nil
}

// SelectsTicker is ended by its ticker.
type SelectsTicker struct {
	in   chan Frame
	tick *time.Ticker
}

func (h *SelectsTicker) Emit(ctx context.Context) (Frame, error) {
	select { // silent: a time channel
	case f := <-h.in:
		return f, nil
	case <-h.tick.C:
		return nil, errNone
	}
}

func (h *SelectsTicker) Close() error {
	h.tick.Stop()
	return nil
}

// PacedByTicker waits for its ticker alone.
type PacedByTicker struct{ tick *time.Ticker }

func (h *PacedByTicker) Emit(ctx context.Context) (time.Time, error) {
	now := <-h.tick.C // silent: a time channel
	return now, nil
}

func (h *PacedByTicker) Close() error {
	h.tick.Stop()
	return nil
}

// ClosedByStop reads a channel that its stop closes.
type ClosedByStop struct{ in chan Frame }

func (h *ClosedByStop) Emit(ctx context.Context) (Frame, error) {
	f, ok := <-h.in // silent: closed by Close
	if !ok {
		return nil, errNone
	}
	return f, nil
}

func (h *ClosedByStop) Close() error {
	close(h.in)
	return nil
}

// ClosedByStopRange ranges over it.
type ClosedByStopRange struct{ in chan Frame }

func (h *ClosedByStopRange) Emit(ctx context.Context) (Frame, error) {
	for f := range h.in { // silent: closed by Close
		if len(f) > 0 {
			return f, nil
		}
	}
	return nil, errNone
}

func (h *ClosedByStopRange) Close() error {
	close(h.in)
	return nil
}

// ClosedByProducer reads a channel that its producer closes.
type ClosedByProducer struct{ in chan Frame }

func (h *ClosedByProducer) SessionStart(ctx context.Context) error {
	h.in = make(chan Frame, 4)
	go h.produce(4)
	return nil
}

func (h *ClosedByProducer) produce(n int) {
	defer close(h.in)
	for range n {
		h.in <- Frame{1}
	}
}

func (h *ClosedByProducer) Emit(ctx context.Context) (Frame, error) {
	return <-h.in, nil // silent: closed by its producer
}

func (h *ClosedByProducer) SessionStop(ctx context.Context) error {
	for range h.in { // drain
	}
	return nil
}

// ClosedOnce is closed inside a sync.Once.
type ClosedOnce struct {
	ready chan struct{}
	once  sync.Once
}

func (h *ClosedOnce) Emit(ctx context.Context) (Frame, error) {
	<-h.ready // silent: closed by Close
	return Frame{1}, nil
}

func (h *ClosedOnce) Close() error {
	h.once.Do(func() { close(h.ready) })
	return nil
}

// WaitsForContext waits for its context alone.
type WaitsForContext struct{}

func (h *WaitsForContext) Emit(ctx context.Context) (Frame, error) {
	<-ctx.Done() // silent: the context itself
	return nil, ctx.Err()
}

func (h *WaitsForContext) Close() error { return nil }

// OwnChannel waits for a goroutine of the same call.
type OwnChannel struct{}

func (h *OwnChannel) Emit(ctx context.Context) (Frame, error) {
	res := make(chan Frame, 1) // want `over when the call returns.*emit-channel`
	go func() {                // want `over when the call returns.*emit-goroutine`
		res <- Frame{1}
	}()
	return <-res, nil // silent: made in the same call
}

func (h *OwnChannel) Close() error { return nil }

// BufferOnly uses a channel as a local list.
type BufferOnly struct{}

func (h *BufferOnly) Emit(ctx context.Context) (int, error) {
	ch := make(chan int, 2) // want `emit-channel`
	ch <- 1                 // silent: made in the same call
	ch <- 2                 // silent: made in the same call
	return <-ch + <-ch, nil // silent: made in the same call
}

func (h *BufferOnly) Close() error { return nil }
