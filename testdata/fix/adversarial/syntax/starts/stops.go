package starts

import (
	"context"
	"sync"
)

// EarlyX: stop may end early.

type EarlyX struct {
	out chan int
}

// produce runs as long as its context.
func (h *EarlyX) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *EarlyX) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *EarlyX) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *EarlyX) SessionStop(ctx context.Context) error {
	if h.out == nil {
		return nil
	}
	close(h.out)
	return nil
}

// Defer: stop defers.

type Defer struct {
	out chan int
}

// produce runs as long as its context.
func (h *Defer) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Defer) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Defer) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *Defer) SessionStop(ctx context.Context) error {
	defer close(h.out)
	return nil
}

// CloseOut: stop closes what the goroutine sends to.

type CloseOut struct {
	out chan int
}

// produce runs as long as its context.
func (h *CloseOut) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *CloseOut) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *CloseOut) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *CloseOut) SessionStop(ctx context.Context) error {
	close(h.out)
	return nil
}

// Once: stop closes it once.

type Once struct {
	once sync.Once
	out  chan int
}

// produce runs as long as its context.
func (h *Once) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Once) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Once) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *Once) SessionStop(ctx context.Context) error {
	h.once.Do(func() { close(h.out) })
	return nil
}

// Swap: stop sets the handler to its zero value.

type Swap struct {
	out chan int
}

// produce runs as long as its context.
func (h *Swap) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Swap) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Swap) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *Swap) SessionStop(ctx context.Context) error {
	*h = Swap{}
	return nil
}

// PanicX: stop panics.

type PanicX struct {
	out chan int
}

// produce runs as long as its context.
func (h *PanicX) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *PanicX) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *PanicX) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *PanicX) SessionStop(ctx context.Context) error {
	panic("no")
}

// LabelX: stop has a label.

type LabelX struct {
	out chan int
}

// produce runs as long as its context.
func (h *LabelX) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *LabelX) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *LabelX) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *LabelX) SessionStop(ctx context.Context) error {
l:
	for {
		break l
	}
	goto l
}

// ResetStart: start sets the whole handler.

type ResetStart struct {
	out chan int
}

// produce runs as long as its context.
func (h *ResetStart) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *ResetStart) SessionStart(ctx context.Context) error {
	*h = ResetStart{out: make(chan int)}
	return nil
}

// Emit emits.
func (h *ResetStart) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *ResetStart) SessionStop(ctx context.Context) error {
	return nil
}

// Variadic: stop is variadic.

type Variadic struct {
	out chan int
}

// produce runs as long as its context.
func (h *Variadic) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Variadic) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Variadic) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *Variadic) SessionStop(...any) {}

// Results: stop returns two values by name.

type Results struct {
	out chan int
}

// produce runs as long as its context.
func (h *Results) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Results) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Results) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *Results) SessionStop() (n int, err error) {
	return
}
