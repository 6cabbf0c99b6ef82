package starts

import (
	"context"
)

// None: a constructor on one line.

type None struct {
	out chan int
}

// produce runs as long as its context.
func (h *None) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *None) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *None) SessionStop(ctx context.Context) error {
	return nil
}

func NewNone() *None { return &None{out: make(chan int)} }

// NoneCm: a constructor with comments in the literal.

type NoneCm struct {
	out chan int
}

// produce runs as long as its context.
func (h *NoneCm) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *NoneCm) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *NoneCm) SessionStop(ctx context.Context) error {
	return nil
}

// NewNoneCm makes one.
func NewNoneCm() *NoneCm {
	// it is
	return &NoneCm{ // lit
		out: make(chan int), // out
	} // end
}

// NoneVar: a constructor that returns the address of a local.

type NoneVar struct {
	out chan int
}

// produce runs as long as its context.
func (h *NoneVar) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *NoneVar) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *NoneVar) SessionStop(ctx context.Context) error {
	return nil
}

func NewNoneVar() (*NoneVar, error) {
	var hh = NoneVar{out: make(chan int)}
	return &hh, nil
}

// NoneNamed: a constructor with named results.

type NoneNamed struct {
	out chan int
}

// produce runs as long as its context.
func (h *NoneNamed) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *NoneNamed) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *NoneNamed) SessionStop(ctx context.Context) error {
	return nil
}

func NewNoneNamed() (h *NoneNamed, err error) {
	h = &NoneNamed{}
	return
}

// NoneValue: a constructor that returns a value.

type NoneValue struct {
	out chan int
}

// produce runs as long as its context.
func (h *NoneValue) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *NoneValue) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *NoneValue) SessionStop(ctx context.Context) error {
	return nil
}

func NewNoneValue() NoneValue { return NoneValue{} }

// NoneOpts: a constructor with options.

type NoneOpts struct {
	out chan int
}

// produce runs as long as its context.
func (h *NoneOpts) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *NoneOpts) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *NoneOpts) SessionStop(ctx context.Context) error {
	return nil
}

func NewNoneOpts(opts ...func(*NoneOpts)) *NoneOpts {
	h := &NoneOpts{}
	for _, o := range opts {
		o(h)
	}
	return h
}

// NoneIface: a constructor that returns an interface.

type NoneIface struct {
	out chan int
}

// produce runs as long as its context.
func (h *NoneIface) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *NoneIface) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *NoneIface) SessionStop(ctx context.Context) error {
	return nil
}

type INoneIface interface {
	Emit(context.Context) (int, error)
}

func NewNoneIface() INoneIface { return &NoneIface{} }

// NoneNone: neither start nor constructor.

type NoneNone struct {
	out chan int
}

// produce runs as long as its context.
func (h *NoneNone) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *NoneNone) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *NoneNone) SessionStop(ctx context.Context) error {
	return nil
}
