package generator

import "context"

// FuncReturned returns a literal.
type FuncReturned struct{ n int }

func (h *FuncReturned) Emit(ctx context.Context) (func() int, error) {
	return func() int { // want `emit-generator`
		h.n++
		return h.n
	}, nil
}

func (h *FuncReturned) Close() error { return nil }

// FuncReturnedAlone returns nothing but a literal.
type FuncReturnedAlone struct{ n int }

func (h *FuncReturnedAlone) Emit() func() (int, bool) {
	return func() (int, bool) { h.n++; return h.n, true } // want `emit-generator`
}

func (h *FuncReturnedAlone) Close() error { return nil }

// FuncReturnedMethod returns a method value.
type FuncReturnedMethod struct{ n int }

func (h *FuncReturnedMethod) step() int { return h.n + 1 }

func (h *FuncReturnedMethod) Emit(ctx context.Context) (func() int, error) {
	return h.step, nil // silent: not built in the body
}

func (h *FuncReturnedMethod) Close() error { return nil }

// FuncReturnedField returns a stored function.
type FuncReturnedField struct{ fn func() int }

func (h *FuncReturnedField) Emit(ctx context.Context) (func() int, error) {
	return h.fn, nil // silent: not built in the body
}

func (h *FuncReturnedField) Close() error { return nil }

// FuncUsed calls its literal at once.
type FuncUsed struct{ n int }

func (h *FuncUsed) Emit(ctx context.Context) (int, error) {
	twice := func(v int) int { return 2 * v } // silent: not returned
	return twice(h.n), nil
}

func (h *FuncUsed) Close() error { return nil }

// FuncOfInnerLiteral returns a literal from a literal.
type FuncOfInnerLiteral struct{ n int }

func (h *FuncOfInnerLiteral) Emit(ctx context.Context) (int, error) {
	adder := func(d int) func() int {
		return func() int { return h.n + d } // silent: not the hot method's return
	}
	return adder(1)(), nil
}

func (h *FuncOfInnerLiteral) Close() error { return nil }

// ChanReturned returns a channel.
type ChanReturned struct{}

func (h *ChanReturned) Emit(ctx context.Context) (<-chan int, error) {
	return make(chan int), nil // want `emit-generator`
}

func (h *ChanReturned) Close() error { return nil }

// ChanReturnedVariable makes the channel first: one finding, where it is made.
type ChanReturnedVariable struct{}

func (h *ChanReturnedVariable) Emit(ctx context.Context) (<-chan int, error) {
	ch := make(chan int, 1) // want `emit-generator`
	ch <- 1
	return ch, nil
}

func (h *ChanReturnedVariable) Close() error { return nil }

// ChanReturnedField returns the one it has.
type ChanReturnedField struct{ out chan int }

func (h *ChanReturnedField) Emit(ctx context.Context) (<-chan int, error) {
	return h.out, nil // silent: not built in the body
}

func (h *ChanReturnedField) Close() error {
	close(h.out)
	return nil
}
