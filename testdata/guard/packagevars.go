package guard

import (
	"context"
	"sync/atomic"
)

// What guards may be a variable of the package as well: it is no local one,
// whatever a function gives it.

var (
	sharedQueue chan Record
	sharedConn  *session
	unsetQueue  chan Record
	otherQueue  chan Record
)

func connect() *session { return new(session) }

// PackageNil makes what all sessions share.
type PackageNil struct{ session }

func (h *PackageNil) Emit(context.Context, Record) error {
	if sharedQueue == nil {
		sharedQueue = make(chan Record) // silent: once in all
	}
	return nil
}

// PackageNilCall sets it to what a call returns.
type PackageNilCall struct{ session }

func (h *PackageNilCall) Emit(context.Context, Record) error {
	if sharedConn == nil {
		sharedConn = connect()
		go h.loop() // silent: once in all
	}
	return nil
}

// PackageUnset asks for one and sets another.
type PackageUnset struct{ session }

func (h *PackageUnset) Emit(context.Context, Record) error {
	if unsetQueue == nil {
		otherQueue = make(chan Record) // want `on some calls.*emit-channel`
	}
	return nil
}

// PackageReset takes back what it has set.
type PackageReset struct{ session }

func (h *PackageReset) Emit(context.Context, Record) error {
	if unsetQueue == nil {
		unsetQueue = make(chan Record) // want `emit-channel`
	}
	defer func() { unsetQueue = nil }()
	return nil
}

var begun atomic.Bool

func first() bool { return begun.CompareAndSwap(false, true) }

func underWay() bool { return begun.Load() }

// PackageHelper asks a helper that claims it.
type PackageHelper struct{ session }

func (h *PackageHelper) Emit(context.Context, Record) error {
	if first() {
		go h.loop() // silent: once in all
	}
	return nil
}

// PackageAsked asks one that claims nothing.
type PackageAsked struct{ session }

func (h *PackageAsked) Emit(context.Context, Record) error {
	if underWay() {
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	return nil
}

// PackageHelperLate asks it after it has left for some records.
type PackageHelperLate struct{ session }

func (h *PackageHelperLate) Emit(_ context.Context, r Record) error {
	if r.Key == "skip" {
		return nil
	}
	if first() {
		go h.loop() // silent: once in all
	}
	return nil
}
