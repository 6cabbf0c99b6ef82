package generator

import (
	"container/ring"
	"context"
	"strings"
	"text/scanner"

	"corpus/generator/seqs"
)

// boolIter has the shape Next() (T, bool).
type boolIter struct{ n, max int }

func newBoolIter(max int) *boolIter { return &boolIter{max: max} }

func (it *boolIter) Next() (int, bool) {
	it.n++
	return it.n, it.n <= it.max
}

// errIter has the shape Next() (T, error).
type errIter struct{ n int }

func newErrIter() *errIter { return &errIter{} }

func (it *errIter) Next() (int, error) {
	it.n++
	return it.n, nil
}

// ctxIter has the shape Next(ctx) (T, error).
type ctxIter struct{ n int }

func (it *ctxIter) Next(ctx context.Context) (int, error) {
	it.n++
	return it.n, ctx.Err()
}

// numberSource is what the iterators have in common with others.
type numberSource interface{ Next() (int, bool) }

func drain(src numberSource) int {
	total := 0
	for {
		v, ok := src.Next()
		if !ok {
			return total
		}
		total += v
	}
}

// ---- found ----

// NextBoolOnce uses a fresh value once.
type NextBoolOnce struct{}

func (h *NextBoolOnce) Emit(ctx context.Context) (int, error) {
	v, _ := newBoolIter(3).Next() // want `emit-generator`
	return v, nil
}

func (h *NextBoolOnce) Close() error { return nil }

// NextBoolOnceVariable holds it in a variable.
type NextBoolOnceVariable struct{}

func (h *NextBoolOnceVariable) Emit(ctx context.Context) (int, error) {
	it := newBoolIter(3) // want `emit-generator`
	v, ok := it.Next()
	if !ok {
		return 0, errEmpty
	}
	return v, nil
}

func (h *NextBoolOnceVariable) Close() error { return nil }

// NextErrorOnce uses the second shape.
type NextErrorOnce struct{}

func (h *NextErrorOnce) Emit(ctx context.Context) (int, error) {
	it := newErrIter() // want `emit-generator`
	return it.Next()
}

func (h *NextErrorOnce) Close() error { return nil }

// NextContextOnce uses the third shape, from a literal.
type NextContextOnce struct{}

func (h *NextContextOnce) Emit(ctx context.Context) (int, error) {
	it := &ctxIter{n: 7} // want `emit-generator`
	return it.Next(ctx)
}

func (h *NextContextOnce) Close() error { return nil }

// NextInterface holds it as an interface.
type NextInterface struct{}

func (h *NextInterface) Emit(ctx context.Context) (int, error) {
	var src numberSource = newBoolIter(3) // want `emit-generator`
	v, _ := src.Next()
	return v, nil
}

func (h *NextInterface) Close() error { return nil }

// NextGeneric uses a generic cursor of another package.
type NextGeneric struct{}

func (h *NextGeneric) Emit(ctx context.Context) (string, error) {
	c := seqs.NewCursor("a", "b") // want `emit-generator`
	v, _ := c.Next()
	return v, nil
}

func (h *NextGeneric) Close() error { return nil }

// NextStored keeps a fresh value.
type NextStored struct{ it *boolIter }

func (h *NextStored) Emit(ctx context.Context) (int, error) {
	h.it = newBoolIter(3) // want `emit-generator`
	return 0, nil
}

func (h *NextStored) Close() error { return nil }

// NextStoredError keeps the second shape, from a literal.
type NextStoredError struct{ it *errIter }

func (h *NextStoredError) Emit(ctx context.Context) (int, error) {
	h.it = &errIter{} // want `emit-generator`
	return 0, nil
}

func (h *NextStoredError) Close() error { return nil }

// NextReturned returns a fresh value.
type NextReturned struct{}

func (h *NextReturned) Emit(ctx context.Context) (*ctxIter, error) {
	return &ctxIter{}, nil // want `emit-generator`
}

func (h *NextReturned) Close() error { return nil }

// NextReturnedBool returns the first shape from its constructor.
type NextReturnedBool struct{}

func (h *NextReturnedBool) Emit(ctx context.Context) (numberSource, error) {
	return newBoolIter(3), nil // want `emit-generator`
}

func (h *NextReturnedBool) Close() error { return nil }

// ---- silent ----

// NextLoop consumes it whole.
type NextLoop struct{}

func (h *NextLoop) Emit(ctx context.Context) (int, error) {
	total := 0
	it := newBoolIter(3) // silent: consumed in a loop
	for {
		v, ok := it.Next()
		if !ok {
			break
		}
		total += v
	}
	return total, nil
}

func (h *NextLoop) Close() error { return nil }

// NextForClause consumes it in the clauses of a for statement.
type NextForClause struct{}

func (h *NextForClause) Emit(ctx context.Context) (int, error) {
	total := 0
	it := &boolIter{max: 3} // silent: consumed in a loop
	for v, ok := it.Next(); ok; v, ok = it.Next() {
		total += v
	}
	return total, nil
}

func (h *NextForClause) Close() error { return nil }

// NextPrimed takes the first element before the loop.
type NextPrimed struct{}

func (h *NextPrimed) Emit(ctx context.Context) (int, error) {
	total := 0
	it := newBoolIter(3) // silent: consumed in a loop
	v, ok := it.Next()
	for ok {
		total += v
		v, ok = it.Next()
	}
	return total, nil
}

func (h *NextPrimed) Close() error { return nil }

// NextErrorLoop consumes the second shape.
type NextErrorLoop struct{}

func (h *NextErrorLoop) Emit(ctx context.Context) (int, error) {
	total := 0
	it := newErrIter() // silent: consumed in a loop
	for total < 10 {
		v, err := it.Next()
		if err != nil {
			return 0, err
		}
		total += v
	}
	return total, nil
}

func (h *NextErrorLoop) Close() error { return nil }

// NextPassed hands it on.
type NextPassed struct{}

func (h *NextPassed) Emit(ctx context.Context) (int, error) {
	return drain(newBoolIter(3)), nil // silent: passed on
}

func (h *NextPassed) Close() error { return nil }

// NextField asks the session's own iterator.
type NextField struct{ it *ctxIter }

func (h *NextField) SessionStart(ctx context.Context) error {
	h.it = &ctxIter{} // silent: once per session
	return nil
}

func (h *NextField) Emit(ctx context.Context) (int, error) {
	return h.it.Next(ctx) // silent: continues the session's own
}

func (h *NextField) SessionStop(ctx context.Context) error { return nil }

// NextGuarded makes it on the first call.
type NextGuarded struct{ it *errIter }

func (h *NextGuarded) Emit(ctx context.Context) (int, error) {
	if h.it == nil {
		h.it = newErrIter() // silent: guarded, lazy-start is off
	}
	return h.it.Next()
}

func (h *NextGuarded) Close() error { return nil }

// NextOfRecord steps through the record it was handed.
type NextOfRecord struct{ last string }

func (h *NextOfRecord) Emit(rec []string) error {
	c := seqs.NewCursor(rec...) // silent: gone when the call returns, rate record
	v, ok := c.Next()
	if !ok {
		return errEmpty
	}
	h.last = v
	return nil
}

func (h *NextOfRecord) Close() error { return nil }

// stepper has a Next of no generator's shape.
type stepper struct{ n int }

func (s *stepper) Next() bool { s.n++; return s.n < 3 }

// skipper has a Next with a parameter that is no context.
type skipper struct{ n int }

func (s *skipper) Next(by int) (int, error) { s.n += by; return s.n, nil }

// NextOtherShape uses values whose Next is no generator's.
type NextOtherShape struct{}

func (h *NextOtherShape) Emit(ctx context.Context) (int, error) {
	s := &stepper{} // silent: Next() bool
	if s.Next() {
		return s.n, nil
	}
	return (&skipper{}).Next(2) // silent: Next(int)
}

func (h *NextOtherShape) Close() error { return nil }

// NextOfStd uses values of the standard library.
type NextOfStd struct{ text string }

func (h *NextOfStd) Emit(ctx context.Context) (rune, error) {
	r := ring.New(3) // silent: std
	r.Next().Value = h.text
	var s scanner.Scanner
	s.Init(strings.NewReader(h.text))
	return s.Next(), nil // silent: std
}

func (h *NextOfStd) Close() error { return nil }
