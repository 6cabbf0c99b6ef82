package hold

import (
	"context"
	"sync"
	"time"
)

// SemaphoreInline takes a place and gives it back without defer.
type SemaphoreInline struct {
	session
	sem chan struct{}
}

func (h *SemaphoreInline) Emit(context.Context) (Frame, error) {
	h.sem <- struct{}{}
	h.n++
	<-h.sem // silent: it gives back the place it took
	return Frame{}, nil
}

// SemaphoreSelect takes it under the context.
type SemaphoreSelect struct {
	session
	sem chan struct{}
}

func (h *SemaphoreSelect) Emit(ctx context.Context) (Frame, error) {
	select {
	case h.sem <- struct{}{}:
		defer func() { <-h.sem }() // silent: it gives back the place it took
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
	return Frame{}, nil
}

// SemaphoreMethods hides it behind methods.
type SemaphoreMethods struct {
	session
	sem semaphore
}

type semaphore chan struct{}

func (s semaphore) acquire(ctx context.Context) error {
	select {
	case s <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s semaphore) release() { <-s }

func (h *SemaphoreMethods) Emit(ctx context.Context) (Frame, error) {
	if err := h.sem.acquire(ctx); err != nil {
		return Frame{}, err
	}
	defer h.sem.release() // silent: it gives back the place it took
	return Frame{}, nil
}

// Limiter waits for a token under the context.
type Limiter struct {
	session
	lim limiter
}

type limiter struct{ tokens chan int }

func (l *limiter) Wait(ctx context.Context) error {
	select {
	case <-l.tokens:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *Limiter) Emit(ctx context.Context) (Frame, error) {
	return Frame{}, h.lim.Wait(ctx) // silent: ended by the context
}

// Drains takes what there is.
type Drains struct {
	session
	in chan Frame
}

func (h *Drains) Emit(context.Context) (f Frame, err error) {
	for len(h.in) > 0 {
		f = <-h.in // silent: there is one
	}
	return f, nil
}

// DrainsCounted takes as many as there are.
type DrainsCounted struct {
	session
	in chan Frame
}

func (h *DrainsCounted) Emit(context.Context) (f Frame, err error) {
	for range len(h.in) {
		f = <-h.in // silent: there are as many
	}
	return f, nil
}

// DrainsSelect takes what there is, in a labelled loop.
type DrainsSelect struct {
	session
	in chan Frame
}

func (h *DrainsSelect) Emit(context.Context) (f Frame, err error) {
drain:
	for {
		select { // silent: default
		case f = <-h.in:
		default:
			break drain
		}
	}
	return f, nil
}

// Latest throws the oldest away where there is no room.
type Latest struct {
	session
	out chan Frame
}

func (h *Latest) Emit(context.Context) (Frame, error) {
	f := Frame{}
	for {
		select { // silent: default
		case h.out <- f:
			return f, nil
		default:
		}
		select { // silent: default
		case <-h.out:
		default:
		}
	}
}

// NestedSelect prefers one of two.
type NestedSelect struct {
	session
	urgent, in chan Frame
}

func (h *NestedSelect) Emit(ctx context.Context) (Frame, error) {
	select { // silent: default
	case f := <-h.urgent:
		return f, nil
	default:
	}
	select { // silent: the context
	case f := <-h.urgent:
		return f, nil
	case f := <-h.in:
		return f, nil
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
}

// NilCase turns a case off by a nil channel.
type NilCase struct {
	session
	in, out chan Frame
	last    *Frame
}

func (h *NilCase) Emit(ctx context.Context) (Frame, error) {
	var out chan Frame
	var f Frame
	if h.last != nil {
		out, f = h.out, *h.last
	}
	select { // silent: the context
	case out <- f:
		h.last = nil
	case f := <-h.in:
		return f, nil
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
	return f, nil
}

// Jitter waits for its own timer or the end.
type Jitter struct {
	session
	next time.Time
}

func (h *Jitter) Emit(ctx context.Context) (Frame, error) {
	t := time.NewTimer(time.Until(h.next)) // want `over when the call returns.*emit-resource`
	defer t.Stop()
	select { // silent: the context
	case <-t.C:
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
	return Frame{}, nil
}

// Sleeps sleeps.
type Sleeps struct{ session }

func (h *Sleeps) Emit(context.Context) (Frame, error) {
	time.Sleep(20 * time.Millisecond) // want `emit-blocking`
	return Frame{}, nil
}

// CondWait waits on a condition.
type CondWait struct {
	session
	mu   sync.Mutex
	cond *sync.Cond
	q    []Frame
}

func (h *CondWait) Emit(context.Context) (Frame, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for len(h.q) == 0 {
		h.cond.Wait() // want `emit-blocking`
	}
	f := h.q[0]
	h.q = h.q[1:]
	return f, nil
}

// Ring is a ring buffer behind a mutex.
type Ring struct {
	session
	mu   sync.Mutex
	buf  [64]Frame
	r, w int
}

func (h *Ring) pop() (f Frame, ok bool) {
	h.mu.Lock() // silent: a mutex
	defer h.mu.Unlock()
	if h.r == h.w {
		return f, false
	}
	f = h.buf[h.r%len(h.buf)]
	h.r++
	return f, true
}

func (h *Ring) Emit(context.Context) (Frame, bool) { return h.pop() } // silent: light work

// Pooled takes a buffer of a pool and puts it back.
type Pooled struct {
	session
	pool sync.Pool
	free chan []byte
}

func (h *Pooled) Emit(context.Context) (Frame, error) {
	b, _ := h.pool.Get().(*[]byte)
	defer h.pool.Put(b)
	var p []byte
	select { // silent: default
	case p = <-h.free:
	default:
		p = make([]byte, 512)
	}
	defer func() {
		select { // silent: default
		case h.free <- p:
		default:
		}
	}()
	return Frame{}, nil
}

// BuffersBack puts back what it took, and waits for room.
type BuffersBack struct {
	session
	free chan []byte
}

func (h *BuffersBack) Emit(ctx context.Context) (Frame, error) {
	var b []byte
	select {
	case b = <-h.free:
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
	h.n += len(b)
	h.free <- b // want `emit-blocking`
	return Frame{}, nil
}

// Broadcast sends to those who are ready.
type Broadcast struct {
	session
	subs map[string]chan Frame
}

func (h *Broadcast) Emit(context.Context) (Frame, error) {
	f := Frame{}
	for _, s := range h.subs {
		select { // silent: default
		case s <- f:
		default:
		}
	}
	return f, nil
}

// BroadcastAll waits for the slowest.
type BroadcastAll struct {
	session
	subs map[string]chan Frame
}

func (h *BroadcastAll) Emit(context.Context) (Frame, error) {
	f := Frame{}
	for _, s := range h.subs {
		s <- f // want `emit-blocking`
	}
	return f, nil
}

// Batch gathers records and hands them on in a goroutine.
type Batch struct {
	session
	buf []Record
	max int
}

func (h *Batch) flush([]Record) { h.n++ }

func (h *Batch) Emit(_ context.Context, r Record) error {
	h.buf = append(h.buf, r)
	if len(h.buf) >= h.max {
		batch := h.buf
		h.buf = nil
		go h.flush(batch) // want `on some calls.*emit-goroutine`
	}
	return nil
}

// BatchEarly leaves early until it is full.
type BatchEarly struct {
	session
	buf []Record
	max int
}

func (h *BatchEarly) flush([]Record) { h.n++ }

func (h *BatchEarly) Emit(_ context.Context, r Record) error {
	h.buf = append(h.buf, r)
	if len(h.buf) < h.max {
		return nil
	}
	go h.flush(h.buf) // want `on some calls.*emit-goroutine`
	h.buf = nil
	return nil
}

// BatchNil flushes what it has when there is a buffer.
type BatchNil struct {
	session
	buf []Record
}

func (h *BatchNil) flush([]Record) { h.n++ }

func (h *BatchNil) Emit(_ context.Context, r Record) error {
	if h.buf == nil {
		h.buf = make([]Record, 0, 16)
		go h.flush(h.buf) // want `emit-goroutine`
	}
	h.buf = append(h.buf, r)
	if len(h.buf) == cap(h.buf) {
		h.buf = nil
	}
	return nil
}

// BatchSync flushes in the call.
type BatchSync struct {
	session
	buf []Record
}

func (h *BatchSync) Emit(_ context.Context, r Record) error {
	if h.buf = append(h.buf, r); len(h.buf) > 15 {
		h.n += len(h.buf) // silent: in the call
		h.buf = h.buf[:0]
	}
	return nil
}
