package suppress

import (
	"context"

	"corpus/suppress/helper"
)

// Nolint names emitcheck on the line.
type Nolint struct{ ch chan int }

func (h *Nolint) Emit(ctx context.Context) (int, error) {
	go work()             //nolint:emitcheck // silent: named
	h.ch = make(chan int) // want `emit-channel`
	return 0, nil
}

func (h *Nolint) Close() error { return nil }

// NolintAll names no linter.
type NolintAll struct{}

func (h *NolintAll) Emit(ctx context.Context) (int, error) {
	go work() //nolint // silent: all linters
	go work() //nolint:all // silent: all linters
	return 0, nil
}

func (h *NolintAll) Close() error { return nil }

// NolintList names it among others.
type NolintList struct{}

func (h *NolintList) Emit(ctx context.Context) (int, error) {
	go work() //nolint:errcheck,emitcheck // silent: named among others
	return 0, nil
}

func (h *NolintList) Close() error { return nil }

// NolintOther names another linter.
type NolintOther struct{}

func (h *NolintOther) Emit(ctx context.Context) (int, error) {
	go work() //nolint:errcheck // want `emit-goroutine`
	go work() //nolint:emitcheckers // want `emit-goroutine`
	go work() //nolinting is a word // want `emit-goroutine`
	return 0, nil
}

func (h *NolintOther) Close() error { return nil }

// NolintFunction has it above the function.
type NolintFunction struct{ ch chan int }

//nolint:emitcheck // a test rig
func (h *NolintFunction) Emit(ctx context.Context) (int, error) {
	go work()             // silent: the whole function
	h.ch = make(chan int) // silent: the whole function
	return 0, nil
}

func (h *NolintFunction) Close() error { return nil }

// NolintDoc has it in the function's documentation.
type NolintDoc struct{}

// Emit is documented.
//
//nolint:emitcheck // a test rig
func (h *NolintDoc) Emit(ctx context.Context) (int, error) {
	if ctx.Err() == nil {
		go work() // silent: the whole function
	}
	return 0, nil
}

func (h *NolintDoc) Close() error { return nil }

// NolintStatement has it above a statement.
type NolintStatement struct{ loud bool }

func (h *NolintStatement) Emit(ctx context.Context) (int, error) {
	//nolint:emitcheck // a test rig
	if h.loud {
		work()
		go work() // silent: the whole statement
	}
	go work() // want `emit-goroutine`
	return 0, nil
}

func (h *NolintStatement) Close() error { return nil }

// NolintNeighbour has it above another function.
type NolintNeighbour struct{}

//nolint:emitcheck // it is not this one
func (h *NolintNeighbour) Close() error { return nil }

func (h *NolintNeighbour) Emit(ctx context.Context) (int, error) {
	go work() // want `emit-goroutine`
	return 0, nil
}

func linted() {
	go work() //nolint:emitcheck // it ends by itself
}

// NolintInHelper calls helpers that are silenced.
type NolintInHelper struct{}

func (h *NolintInHelper) Emit(ctx context.Context) (int, error) {
	linted()        // silent: silenced in the helper
	helper.Linted() // silent: silenced in the other package
	return 0, nil
}

func (h *NolintInHelper) Close() error { return nil }
