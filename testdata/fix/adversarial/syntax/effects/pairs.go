package effects

import (
	"context"
)

// GoBoth: the same goroutine in Emit and Receive (found: a second run goes on).

type GoBoth struct {
	out chan int
}

// produce runs as long as its context.
func (h *GoBoth) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GoBoth) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *GoBoth) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}

}

// SessionStop ends.
func (h *GoBoth) SessionStop(ctx context.Context) error {
	return nil
}

func (h *GoBoth) Receive(ctx context.Context, x int) error {
	go h.produce(ctx)
	return nil
}

// GoTwice: the same goroutine twice (found: a second run goes on).

type GoTwice struct {
	out chan int
}

// produce runs as long as its context.
func (h *GoTwice) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GoTwice) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *GoTwice) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}

}

// SessionStop ends.
func (h *GoTwice) SessionStop(ctx context.Context) error {
	return nil
}

// GoLine2b: two goroutines on one line.

type GoLine2b struct {
	out chan int
}

// produce runs as long as its context.
func (h *GoLine2b) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// other runs as long as its context.
func (h *GoLine2b) other(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GoLine2b) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *GoLine2b) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	go h.other(ctx)
	return 1, nil
}

// SessionStop ends.
func (h *GoLine2b) SessionStop(ctx context.Context) error {
	return nil
}

// GoCmBetween: comments between two goroutines.

type GoCmBetween struct {
	out chan int
}

// produce runs as long as its context.
func (h *GoCmBetween) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// other runs as long as its context.
func (h *GoCmBetween) other(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GoCmBetween) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *GoCmBetween) Emit(ctx context.Context) (int, error) {
	// one
	go h.produce(ctx)
	// two
	go h.other(ctx)
	// three
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}

}

// SessionStop ends.
func (h *GoCmBetween) SessionStop(ctx context.Context) error {
	return nil
}

// GoCmShared: one comment above two goroutines.

type GoCmShared struct {
	out chan int
}

// produce runs as long as its context.
func (h *GoCmShared) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// other runs as long as its context.
func (h *GoCmShared) other(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GoCmShared) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *GoCmShared) Emit(ctx context.Context) (int, error) {
	// both producers
	go h.produce(ctx)
	go h.other(ctx)

	// wait
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}

}

// SessionStop ends.
func (h *GoCmShared) SessionStop(ctx context.Context) error {
	return nil
}
