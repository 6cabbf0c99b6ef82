// Package blocking holds cases for emit-blocking: a hot method that blocks
// where its context cannot end it.
package blocking

import (
	"context"
	"errors"
	"log"
	"sync"
	"time"
)

// Frame is one block of samples.
type Frame []int16

var errNone = errors.New("none")

// ---- sleeping ----

// Sleeps paces itself.
type Sleeps struct{}

func (h *Sleeps) Emit(ctx context.Context) (Frame, error) {
	time.Sleep(20 * time.Millisecond) // want `Emit blocks on each call.*emit-blocking`
	return Frame{}, nil
}

func (h *Sleeps) Close() error { return nil }

// SleepsSometimes sleeps under a condition.
type SleepsSometimes struct{ idle bool }

func (h *SleepsSometimes) Emit(ctx context.Context) (Frame, error) {
	if h.idle {
		time.Sleep(20 * time.Millisecond) // want `Emit blocks on some calls.*emit-blocking`
	}
	return Frame{}, nil
}

func (h *SleepsSometimes) Close() error { return nil }

func backoff() { time.Sleep(time.Millisecond) }

// SleepsInHelper sleeps in a helper.
type SleepsInHelper struct{}

func (h *SleepsInHelper) Emit(ctx context.Context) (Frame, error) {
	backoff() // want `\(\*SleepsInHelper\)\.Emit → backoff .*emit-blocking`
	return Frame{}, nil
}

func (h *SleepsInHelper) Close() error { return nil }

// SleepsDeferred sleeps in a deferred literal.
type SleepsDeferred struct{}

func (h *SleepsDeferred) Emit(ctx context.Context) (Frame, error) {
	defer func() {
		time.Sleep(time.Millisecond) // want `emit-blocking`
	}()
	return Frame{}, nil
}

func (h *SleepsDeferred) Close() error { return nil }

// SleepsElsewhere sleeps in a goroutine, and in a literal that is stored.
type SleepsElsewhere struct{ onIdle func() }

func (h *SleepsElsewhere) Emit(ctx context.Context) (Frame, error) {
	go func() { // want `emit-goroutine`
		time.Sleep(time.Millisecond) // silent: the goroutine's own affair
	}()
	h.onIdle = func() {
		time.Sleep(time.Millisecond) // silent: stored, not run
	}
	return Frame{}, nil
}

func (h *SleepsElsewhere) Close() error { return nil }

// ---- sync ----

// WaitsForGroup waits for goroutines of the session.
type WaitsForGroup struct{ wg sync.WaitGroup }

func (h *WaitsForGroup) Emit(ctx context.Context) (Frame, error) {
	h.wg.Wait() // want `emit-blocking`
	return Frame{}, nil
}

func (h *WaitsForGroup) Close() error { return nil }

// WaitsForOwn waits for goroutines of the same call.
type WaitsForOwn struct{ parts [][]int16 }

func (h *WaitsForOwn) Emit(ctx context.Context) (int, error) {
	var wg sync.WaitGroup
	for _, part := range h.parts {
		wg.Go(func() { clear(part) }) // want `over when the call returns.*emit-goroutine`
	}
	wg.Wait() // silent: waits for what the same call started
	return len(h.parts), nil
}

func (h *WaitsForOwn) Close() error { return nil }

// WaitsForCond waits on a condition variable, which no context ends.
type WaitsForCond struct {
	mu    sync.Mutex
	cond  *sync.Cond
	queue []Frame
}

func (h *WaitsForCond) SessionStart(ctx context.Context) error {
	h.cond = sync.NewCond(&h.mu)
	return nil
}

func (h *WaitsForCond) Emit(ctx context.Context) (Frame, error) {
	h.mu.Lock() // silent: a mutex
	defer h.mu.Unlock()
	for len(h.queue) == 0 {
		h.cond.Wait() // want `emit-blocking`
	}
	f := h.queue[0]
	h.queue = h.queue[1:]
	return f, nil
}

func (h *WaitsForCond) SessionStop(ctx context.Context) error { return nil }

// Locks takes mutexes.
type Locks struct {
	mu   sync.Mutex
	rw   sync.RWMutex
	once sync.Once
	last Frame
}

func (h *Locks) Emit(ctx context.Context) (Frame, error) {
	h.once.Do(func() { h.last = Frame{0} }) // silent: once
	h.mu.Lock()                             // silent: a mutex
	defer h.mu.Unlock()
	h.rw.RLock() // silent: a mutex
	defer h.rw.RUnlock()
	if !h.mu.TryLock() { // silent: never waits
		log.Print("busy") // silent: a log line
	}
	return h.last, nil
}

func (h *Locks) Close() error { return nil }

// ---- put-back ----

// PutBack takes a frame and puts it back: where nobody else reads, it waits for
// itself.
type PutBack struct{ pool chan Frame }

func (h *PutBack) Emit(ctx context.Context) (Frame, error) {
	f := <-h.pool // want `emit-blocking`
	h.pool <- f   // want `emit-blocking`
	return f, nil
}

func (h *PutBack) Close() error { return nil }

// PutBackSelect does both under the context.
type PutBackSelect struct{ queue chan Frame }

func (h *PutBackSelect) Emit(ctx context.Context) (Frame, error) {
	var f Frame
	select {
	case f = <-h.queue: // silent: the context ends it
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if len(f) < 160 {
		select {
		case h.queue <- f: // want `emit-blocking`
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return f, nil
}

func (h *PutBackSelect) Close() error { return nil }

// PutBackDefault drops the frame where there is no room.
type PutBackDefault struct{ queue chan Frame }

func (h *PutBackDefault) Emit(ctx context.Context) (Frame, error) {
	select {
	case f := <-h.queue:
		select {
		case h.queue <- f: // silent: default
		default:
		}
		return f, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (h *PutBackDefault) Close() error { return nil }

type token struct{ id int }

// TokenReleased returns a token when the call is over.
type TokenReleased struct{ tokens chan token }

func (h *TokenReleased) Emit(ctx context.Context) (int, error) {
	select {
	case t := <-h.tokens:
		defer func() { h.tokens <- t }() // silent: a deferred release
		return t.id, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *TokenReleased) Close() error { return nil }

// TokenReleasedByMethod returns it through a deferred method.
type TokenReleasedByMethod struct{ tokens chan token }

func (h *TokenReleasedByMethod) put(t token) { h.tokens <- t }

func (h *TokenReleasedByMethod) Emit(ctx context.Context) (int, error) {
	select {
	case t := <-h.tokens:
		defer h.put(t) // silent: a deferred release
		return t.id, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *TokenReleasedByMethod) Close() error { return nil }

// Semaphore bounds the calls at work.
type Semaphore struct{ sem chan struct{} }

func (h *Semaphore) Emit(ctx context.Context) (int, error) {
	select {
	case h.sem <- struct{}{}:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	defer func() { <-h.sem }() // silent: a semaphore
	return len(h.sem), nil
}

func (h *Semaphore) Close() error { return nil }

// SemaphorePlain does it without the context, as one would with a mutex.
type SemaphorePlain struct{ sem chan struct{} }

func (h *SemaphorePlain) Emit(ctx context.Context) (int, error) {
	h.sem <- struct{}{} // silent: a semaphore
	n := len(h.sem)
	<-h.sem // silent: a semaphore
	return n, nil
}

func (h *SemaphorePlain) Close() error { return nil }
