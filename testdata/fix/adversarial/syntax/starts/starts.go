// Package starts holds handlers that attack the text of fixes.
package starts

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Named: start ends in a bare return of a named result.

type Named struct {
	out chan int
}

// produce runs as long as its context.
func (h *Named) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Named) SessionStart(ctx context.Context) (err error) {
	h.out = make(chan int)
	return
}

// Emit emits.
func (h *Named) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Named) SessionStop(ctx context.Context) error {
	return nil
}

// NamedDefer: start cleans up in a defer that asks for its named result.

type NamedDefer struct {
	out chan int
}

// produce runs as long as its context.
func (h *NamedDefer) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *NamedDefer) SessionStart(ctx context.Context) (err error) {
	defer func() {
		if err != nil {
			h.out = nil
		}
	}()
	h.out = make(chan int)
	return nil
}

// Emit emits.
func (h *NamedDefer) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *NamedDefer) SessionStop(ctx context.Context) error {
	return nil
}

// NamedErrUsed: start returns a variable.

type NamedErrUsed struct {
	out chan int
}

// produce runs as long as its context.
func (h *NamedErrUsed) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *NamedErrUsed) SessionStart(ctx context.Context) (err error) {
	h.out = make(chan int)
	err = ctx.Err()
	return err
}

// Emit emits.
func (h *NamedErrUsed) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *NamedErrUsed) SessionStop(ctx context.Context) error {
	return nil
}

// Delegate: start ends in a call.

type Delegate struct {
	out chan int
}

// produce runs as long as its context.
func (h *Delegate) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Delegate) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return h.init(ctx)
}

// Emit emits.
func (h *Delegate) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Delegate) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Delegate) init(context.Context) error { return nil }

// DelegateCm: start ends in a call with comments around it.

type DelegateCm struct {
	out chan int
}

// produce runs as long as its context.
func (h *DelegateCm) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *DelegateCm) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	// base last
	return h.init(ctx) // base
}

// Emit emits.
func (h *DelegateCm) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *DelegateCm) SessionStop(ctx context.Context) error {
	return nil
}

func (h *DelegateCm) init(context.Context) error { return nil }

// DelegateCm2: start ends in a call of several lines with comments.

type DelegateCm2 struct {
	out chan int
}

// produce runs as long as its context.
func (h *DelegateCm2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *DelegateCm2) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return h.init( // x
		ctx, // y
	)
}

// Emit emits.
func (h *DelegateCm2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *DelegateCm2) SessionStop(ctx context.Context) error {
	return nil
}

func (h *DelegateCm2) init(context.Context) error { return nil }

// DelegateLit: start ends in the call of a literal.

type DelegateLit struct {
	out chan int
}

// produce runs as long as its context.
func (h *DelegateLit) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *DelegateLit) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return func() error {
		return nil
	}()
}

// Emit emits.
func (h *DelegateLit) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *DelegateLit) SessionStop(ctx context.Context) error {
	return nil
}

// DelegateNamed: start ends in a call, with a named result.

type DelegateNamed struct {
	out chan int
}

// produce runs as long as its context.
func (h *DelegateNamed) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *DelegateNamed) SessionStart(ctx context.Context) (err error) {
	h.out = make(chan int)
	return h.init(ctx)
}

// Emit emits.
func (h *DelegateNamed) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *DelegateNamed) SessionStop(ctx context.Context) error {
	return nil
}

func (h *DelegateNamed) init(context.Context) error { return nil }

// DelegateType: start ends in a call that returns a pointer (found: a typed nil was an error).

type DelegateType struct {
	out chan int
}

// produce runs as long as its context.
func (h *DelegateType) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *DelegateType) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return h.init(ctx)
}

// Emit emits.
func (h *DelegateType) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *DelegateType) SessionStop(ctx context.Context) error {
	return nil
}

type myErrDelegateType struct{}

func (*myErrDelegateType) Error() string { return "" }

func (h *DelegateType) init(context.Context) *myErrDelegateType { return nil }

// Join: start ends in errors.Join.

type Join struct {
	out chan int
}

// produce runs as long as its context.
func (h *Join) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Join) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return errors.Join(ctx.Err(), nil)
}

// Emit emits.
func (h *Join) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Join) SessionStop(ctx context.Context) error {
	return nil
}

// Errvar: start returns a variable (found: if err := err).

type Errvar struct {
	out chan int
}

// produce runs as long as its context.
func (h *Errvar) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Errvar) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	err := ctx.Err()
	return err
}

// Emit emits.
func (h *Errvar) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Errvar) SessionStop(ctx context.Context) error {
	return nil
}

// Errf: start always fails: no fix in start.

type Errf struct {
	out chan int
}

// produce runs as long as its context.
func (h *Errf) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Errf) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return fmt.Errorf("no")
}

// Emit emits.
func (h *Errf) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Errf) SessionStop(ctx context.Context) error {
	return nil
}

// Switch: start ends in a switch.

type Switch struct {
	out chan int
}

// produce runs as long as its context.
func (h *Switch) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Switch) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	default:
		return nil
	}
}

// Emit emits.
func (h *Switch) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Switch) SessionStop(ctx context.Context) error {
	return nil
}

// Ifelse: start ends in an if with an else.

type Ifelse struct {
	out chan int
}

// produce runs as long as its context.
func (h *Ifelse) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Ifelse) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	if err := ctx.Err(); err != nil {
		return err
	} else {
		return nil
	}
}

// Emit emits.
func (h *Ifelse) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Ifelse) SessionStop(ctx context.Context) error {
	return nil
}

// Early: start may end early.

type Early struct {
	out chan int
}

// produce runs as long as its context.
func (h *Early) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Early) SessionStart(ctx context.Context) error {
	if h.out != nil {
		return nil
	}
	h.out = make(chan int)
	return nil
}

// Emit emits.
func (h *Early) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Early) SessionStop(ctx context.Context) error {
	return nil
}

// EarlyRecv: start may end early with what it receives (found: nothing is started then).

type EarlyRecv struct {
	out chan int
}

// produce runs as long as its context.
func (h *EarlyRecv) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *EarlyRecv) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	if ctx.Err() == nil {
		return <-h.errs()
	}
	return nil
}

// Emit emits.
func (h *EarlyRecv) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *EarlyRecv) SessionStop(ctx context.Context) error {
	return nil
}

func (h *EarlyRecv) errs() chan error { return nil }

// Fallback: start may end early with another error than it asked for (found: nothing is started then).

type Fallback struct {
	out chan int
}

// produce runs as long as its context.
func (h *Fallback) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Fallback) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	if err := h.load(); err != nil {
		err = h.local()
		return err
	}
	return nil
}

// Emit emits.
func (h *Fallback) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Fallback) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Fallback) load() error  { return nil }
func (h *Fallback) local() error { return nil }

// Fallback2: start may take back the error before it returns it (found: nothing is started then).

type Fallback2 struct {
	out chan int
}

// produce runs as long as its context.
func (h *Fallback2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Fallback2) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	err := h.load()
	if err != nil {
		if err.Error() == "x" {
			err = nil
		}
		return err
	}
	return nil
}

// Emit emits.
func (h *Fallback2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Fallback2) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Fallback2) load() error { return nil }

// Pkgvar: start may end early with a variable of the package (found: nothing is started then).

type Pkgvar struct {
	out chan int
}

// produce runs as long as its context.
func (h *Pkgvar) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Pkgvar) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	if ctx.Err() == nil {
		return lastPkgvar
	}
	return nil
}

// Emit emits.
func (h *Pkgvar) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Pkgvar) SessionStop(ctx context.Context) error {
	return nil
}

var lastPkgvar error

// Elsenotnil: start may end early with an error that is nil.

type Elsenotnil struct {
	out chan int
}

// produce runs as long as its context.
func (h *Elsenotnil) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Elsenotnil) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	if err := ctx.Err(); err == nil {
		return err
	}
	return nil
}

// Emit emits.
func (h *Elsenotnil) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Elsenotnil) SessionStop(ctx context.Context) error {
	return nil
}

// DeferClear: a defer of start takes back the error (found: nothing is started then).

type DeferClear struct {
	out chan int
}

// produce runs as long as its context.
func (h *DeferClear) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *DeferClear) SessionStart(ctx context.Context) (err error) {
	defer func() {
		err = nil
	}()
	h.out = make(chan int)
	if err = ctx.Err(); err != nil {
		return err
	}
	return nil
}

// Emit emits.
func (h *DeferClear) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *DeferClear) SessionStop(ctx context.Context) error {
	return nil
}

// Panic: start ends in a panic.

type Panic struct {
	out chan int
}

// produce runs as long as its context.
func (h *Panic) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Panic) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	panic("no")
}

// Emit emits.
func (h *Panic) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Panic) SessionStop(ctx context.Context) error {
	return nil
}

// PanicMid: start may panic.

type PanicMid struct {
	out chan int
}

// produce runs as long as its context.
func (h *PanicMid) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *PanicMid) SessionStart(ctx context.Context) error {
	if ctx.Err() != nil {
		panic("over")
	}
	h.out = make(chan int)
	return nil
}

// Emit emits.
func (h *PanicMid) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *PanicMid) SessionStop(ctx context.Context) error {
	return nil
}

// NoresEarly: start without a result may end early.

type NoresEarly struct {
	out chan int
}

// produce runs as long as its context.
func (h *NoresEarly) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *NoresEarly) SessionStart() {
	if h.out != nil {
		return
	}
	h.out = make(chan int)
}

// Emit emits.
func (h *NoresEarly) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *NoresEarly) SessionStop(ctx context.Context) error {
	return nil
}

// NoresRet: start without a result ends in a return.

type NoresRet struct {
	out chan int
}

// produce runs as long as its context.
func (h *NoresRet) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *NoresRet) SessionStart() {
	h.out = make(chan int)
	return // done
}

// Emit emits.
func (h *NoresRet) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *NoresRet) SessionStop(ctx context.Context) error {
	return nil
}

// NoresIf: start without a result ends in an if.

type NoresIf struct {
	out chan int
}

// produce runs as long as its context.
func (h *NoresIf) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *NoresIf) SessionStart(ctx context.Context) {
	h.out = make(chan int)
	if h.out == nil {
		panic(1)
	}
}

// Emit emits.
func (h *NoresIf) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *NoresIf) SessionStop(ctx context.Context) error {
	return nil
}

// Label: start has a label.

type Label struct {
	out chan int
}

// produce runs as long as its context.
func (h *Label) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Label) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
again:
	for i := 0; i < 3; i++ {
		continue again
	}
	return nil
}

// Emit emits.
func (h *Label) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Label) SessionStop(ctx context.Context) error {
	return nil
}

// Goto: start has a goto.

type Goto struct {
	out chan int
}

// produce runs as long as its context.
func (h *Goto) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Goto) SessionStart(ctx context.Context) error {
	if ctx.Err() != nil {
		goto end
	}
	h.out = make(chan int)
end:
	return nil
}

// Emit emits.
func (h *Goto) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Goto) SessionStop(ctx context.Context) error {
	return nil
}

// RetnilTyped: start returns a converted nil.

type RetnilTyped struct {
	out chan int
}

// produce runs as long as its context.
func (h *RetnilTyped) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *RetnilTyped) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return error(nil)
}

// Emit emits.
func (h *RetnilTyped) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *RetnilTyped) SessionStop(ctx context.Context) error {
	return nil
}

// RetBlock: start ends in a block.

type RetBlock struct {
	out chan int
}

// produce runs as long as its context.
func (h *RetBlock) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *RetBlock) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	{
		return nil
	}
}

// Emit emits.
func (h *RetBlock) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *RetBlock) SessionStop(ctx context.Context) error {
	return nil
}

// Two: start returns two values.

type Two struct {
	out chan int
}

// produce runs as long as its context.
func (h *Two) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Two) SessionStart(ctx context.Context) (int, error) {
	h.out = make(chan int)
	return 1, nil
}

// Emit emits.
func (h *Two) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Two) SessionStop(ctx context.Context) error {
	return nil
}

// Bool: start returns a bool.

type Bool struct {
	out chan int
}

// produce runs as long as its context.
func (h *Bool) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Bool) SessionStart(ctx context.Context) bool {
	h.out = make(chan int)
	return true
}

// Emit emits.
func (h *Bool) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Bool) SessionStop(ctx context.Context) error {
	return nil
}

// Select: start polls its context.

type Select struct {
	out chan int
}

// produce runs as long as its context.
func (h *Select) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Select) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	select {
	case <-ctx.Done():
		return ctx.Err()
	default:
	}
	return nil
}

// Emit emits.
func (h *Select) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Select) SessionStop(ctx context.Context) error {
	return nil
}

// Lock: start holds a lock.

type Lock struct {
	mu  sync.Mutex
	out chan int
}

// produce runs as long as its context.
func (h *Lock) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Lock) SessionStart(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.out = make(chan int)
	return nil
}

// Emit emits.
func (h *Lock) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Lock) SessionStop(ctx context.Context) error {
	return nil
}
