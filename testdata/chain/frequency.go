package chain

import (
	"context"
	"errors"

	"corpus/chain/a"
	"corpus/chain/c"
)

var errClosed = errors.New("closed")

// FirstLink is conditional in the hot method.
type FirstLink struct {
	session
	loud bool
}

func (h *FirstLink) Emit(ctx context.Context) (int, error) {
	if h.loud {
		a.Start() // want `on some calls: \(\*FirstLink\)\.Emit → a\.Start → b\.Start → c\.Run \(`
	}
	return 0, nil
}

// MiddleLink is conditional in a helper.
type MiddleLink struct {
	session
	loud bool
}

func (h *MiddleLink) step() {
	switch {
	case h.loud:
		a.Start()
	}
}

func (h *MiddleLink) Emit(ctx context.Context) (int, error) {
	h.step() // want `on some calls: \(\*MiddleLink\)\.Emit → \(\*MiddleLink\)\.step → a\.Start → b\.Start → c\.Run \(`
	return 0, nil
}

// LastLink is conditional in the last package.
type LastLink struct {
	session
	loud bool
}

func (h *LastLink) Emit(ctx context.Context) (int, error) {
	a.StartIf(h.loud) // want `on some calls: \(\*LastLink\)\.Emit → a\.StartIf → b\.StartIf → c\.RunIf \(`
	return 0, nil
}

// Loops keep the frequency.
type Loops struct {
	session
	items []int
}

func (h *Loops) Emit(ctx context.Context) (int, error) {
	for range h.items {
		spawn() // want `on each call`
	}
	for i := 0; i < len(h.items); i++ {
		a.Start() // want `on each call`
	}
	return 0, nil
}

// EmptyParameter returns early for an empty parameter, which is no condition.
type EmptyParameter struct {
	session
	names []string
}

func (h *EmptyParameter) Emit(ctx context.Context) (int, error) {
	c.RunAll(h.names) // want `on each call: \(\*EmptyParameter\)\.Emit → c\.RunAll \(`
	return 0, nil
}

// EarlyError returns early with an error, which is no condition.
type EarlyError struct {
	session
	closed bool
}

func (h *EarlyError) Emit(ctx context.Context) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if h.closed {
		return 0, errClosed
	}
	spawn() // want `on each call`
	return 0, nil
}

// EarlyReturn returns early for a state of its own.
type EarlyReturn struct {
	session
	muted bool
}

func (h *EarlyReturn) Emit(ctx context.Context) (int, error) {
	if h.muted {
		return 0, nil
	}
	spawn() // want `on some calls`
	return 1, nil
}

// InSelect is the case of a select.
type InSelect struct {
	session
	in chan int
}

func (h *InSelect) Emit(ctx context.Context) (int, error) {
	select {
	case v := <-h.in:
		spawn() // want `on each call`
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// ErrorBranch does it where something failed: at rate frame on some calls.
type ErrorBranch struct {
	session
	check func() error
}

func (h *ErrorBranch) Emit(ctx context.Context) (int, error) {
	if err := h.check(); err != nil {
		a.Start() // want `on some calls`
	}
	return 0, nil
}

// ---- rate record ----

// RecordAlways goes to another package on each record.
type RecordAlways struct{ session }

func (h *RecordAlways) Emit(rec Record) error {
	a.Start() // want `on each call: \(\*RecordAlways\)\.Emit → a\.Start → b\.Start → c\.Run \(`
	return nil
}

// RecordSometimesHere stays in the package.
type RecordSometimesHere struct{ session }

func (h *RecordSometimesHere) Emit(rec Record) error {
	spawnIf(len(rec) > 80) // want `on some calls: \(\*RecordSometimesHere\)\.Emit → spawnIf \(`
	return nil
}

// RecordSometimesThere goes to another package on some records.
type RecordSometimesThere struct{ session }

func (h *RecordSometimesThere) Emit(rec Record) error {
	if len(rec) > 80 {
		a.Start() // silent: on some calls, in another package, rate record
	}
	a.StartIf(len(rec) > 80) // silent: on some calls, in another package, rate record
	return nil
}

// RecordErrorBranch does it where something failed.
type RecordErrorBranch struct {
	session
	check func() error
}

func (h *RecordErrorBranch) Emit(rec Record) error {
	if err := h.check(); err != nil {
		spawn() // silent: an error branch, rate record
		return err
	}
	return nil
}
