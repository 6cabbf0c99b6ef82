// Package names holds handlers that attack the text of fixes.
package names

import (
	"context"
)

// Sync: a receiver called sync.

type Sync struct {
	out chan int
}

// produce runs as long as its context.
func (sync *Sync) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case sync.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (sync *Sync) SessionStart(ctx context.Context) error {
	sync.out = make(chan int, 8)
	return nil
}

func (sync *Sync) Emit(ctx context.Context) (int, error) {
	go sync.produce(ctx)
	return <-sync.out, nil
}

func (sync *Sync) SessionStop() {}

// Context: a receiver of start called context: no fix.

type Context struct {
	out chan int
}

// produce runs as long as its context.
func (h *Context) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (context *Context) SessionStart() {
	context.out = make(chan int)
}

// Emit emits.
func (h *Context) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (context *Context) SessionStop() {}

// Time: a receiver called time.

type Time struct {
	out chan int
}

// produce runs as long as its context.
func (h *Time) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (time *Time) SessionStart(ctx context.Context) error {
	time.out = make(chan int, 8)
	return nil
}

func (time *Time) Emit(ctx context.Context) (int, error) {
	go time.produce(ctx)
	return <-time.out, nil
}

func (time *Time) SessionStop() {}

// Producectx: a receiver called like the context that is added.

type Producectx struct {
	out chan int
}

// produce runs as long as its context.
func (produceCtx *Producectx) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case produceCtx.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (produceCtx *Producectx) SessionStart(ctx context.Context) error {
	produceCtx.out = make(chan int, 8)
	return nil
}

func (produceCtx *Producectx) Emit(ctx context.Context) (int, error) {
	go produceCtx.produce(ctx)
	return <-produceCtx.out, nil
}

func (produceCtx *Producectx) SessionStop() {}

// Producecancel: a receiver called like the cancel that is added.

type Producecancel struct {
	out chan int
}

// produce runs as long as its context.
func (produceCancel *Producecancel) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case produceCancel.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (produceCancel *Producecancel) SessionStart(ctx context.Context) error {
	produceCancel.out = make(chan int, 8)
	return nil
}

func (produceCancel *Producecancel) Emit(ctx context.Context) (int, error) {
	go produceCancel.produce(ctx)
	return <-produceCancel.out, nil
}

func (produceCancel *Producecancel) SessionStop() {}

// Err: a receiver called err.

type Err struct {
	out chan int
}

// produce runs as long as its context.
func (err *Err) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case err.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (err *Err) SessionStart(ctx context.Context) error {
	err.out = make(chan int, 8)
	return nil
}

func (err *Err) Emit(ctx context.Context) (int, error) {
	go err.produce(ctx)
	return <-err.out, nil
}

func (err *Err) SessionStop() {}

// Ok: a receiver called ok.

type Ok struct {
	out chan int
}

// produce runs as long as its context.
func (ok *Ok) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case ok.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (ok *Ok) SessionStart(ctx context.Context) error {
	ok.out = make(chan int, 8)
	return nil
}

func (ok *Ok) Emit(ctx context.Context) (int, error) {
	go ok.produce(ctx)
	return <-ok.out, nil
}

func (ok *Ok) SessionStop() {}

// Ctx2: a receiver called ctx2.

type Ctx2 struct {
	out chan int
}

// produce runs as long as its context.
func (ctx2 *Ctx2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case ctx2.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (ctx2 *Ctx2) SessionStart(ctx context.Context) error {
	ctx2.out = make(chan int, 8)
	return nil
}

func (ctx2 *Ctx2) Emit(ctx context.Context) (int, error) {
	go ctx2.produce(ctx)
	return <-ctx2.out, nil
}

func (ctx2 *Ctx2) SessionStop() {}

// Blank: start and stop do not name their receiver.

type Blank struct {
	out chan int
}

// produce runs as long as its context.
func (h *Blank) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (*Blank) SessionStart(ctx context.Context) error {
	return nil
}

// Emit emits.
func (h *Blank) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (_ *Blank) SessionStop(_ context.Context) error {
	return nil
}

func NewBlank() *Blank { return &Blank{out: make(chan int)} }

// BlankParams: start and stop name neither receiver nor params.

type BlankParams struct {
	out chan int
}

// produce runs as long as its context.
func (h *BlankParams) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (*BlankParams) SessionStart(context.Context) error { return nil }

// Emit emits.
func (h *BlankParams) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (*BlankParams) SessionStop(context.Context) error { return nil }

func NewBlankParams() *BlankParams { return &BlankParams{out: make(chan int)} }

// BlankEmit: no method names its receiver.

var gBlankEmit = make(chan int)

type BlankEmit struct{}

func (*BlankEmit) produce(ctx context.Context) {
	for {
		select {
		case gBlankEmit <- 1:
		case <-ctx.Done():
			return
		}
	}
}

func (*BlankEmit) SessionStart(context.Context) error { return nil }

func (*BlankEmit) Emit(ctx context.Context) (int, error) {
	go (&BlankEmit{}).produce(ctx)
	return <-gBlankEmit, nil
}

// SessionStop ends.
func (h *BlankEmit) SessionStop(ctx context.Context) error {
	return nil
}

// ManyParams: unnamed params, the last variadic.

type ManyParams struct {
	out chan int
}

// produce runs as long as its context.
func (h *ManyParams) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *ManyParams) SessionStart(context.Context, int, ...string) error {
	h.out = make(chan int)
	return nil
}

// Emit emits.
func (h *ManyParams) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *ManyParams) SessionStop(ctx context.Context) error {
	return nil
}

// GroupedParams: two contexts in one param.

type GroupedParams struct {
	out chan int
}

// produce runs as long as its context.
func (h *GroupedParams) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *GroupedParams) SessionStart(a, ctx context.Context, _ int, xs ...string) error {
	h.out = make(chan int)
	return nil
}

// Emit emits.
func (h *GroupedParams) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *GroupedParams) SessionStop(ctx context.Context) error {
	return nil
}

// BlankCtx: the context is blank, and another param is called ctx.

type BlankCtx struct {
	out chan int
}

// produce runs as long as its context.
func (h *BlankCtx) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *BlankCtx) SessionStart(_ context.Context, ctx string) error {
	h.out = make(chan int)
	_ = ctx
	return nil
}

// Emit emits.
func (h *BlankCtx) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *BlankCtx) SessionStop(ctx context.Context) error {
	return nil
}

// ValueStop: the receiver of stop is a value: no fix.

type ValueStop struct {
	out chan int
}

// produce runs as long as its context.
func (h *ValueStop) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *ValueStop) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *ValueStop) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h ValueStop) SessionStop(ctx context.Context) error { return nil }

// ValueStart: the receiver of start is a value: no fix.

type ValueStart struct {
	out chan int
}

// produce runs as long as its context.
func (h *ValueStart) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h ValueStart) SessionStart(ctx context.Context) error { return nil }

// Emit emits.
func (h *ValueStart) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *ValueStart) SessionStop(ctx context.Context) error {
	return nil
}

func NewValueStart() *ValueStart { return &ValueStart{out: make(chan int)} }

// StartSelf: start assigns its receiver (found: moved to another handler).

type StartSelf struct {
	out chan int
}

// produce runs as long as its context.
func (h *StartSelf) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *StartSelf) SessionStart(ctx context.Context) error {
	h = &StartSelf{}
	h.out = make(chan int)
	return nil
}

// Emit emits.
func (h *StartSelf) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *StartSelf) SessionStop(ctx context.Context) error {
	return nil
}

// EmitSelf: Emit assigns its receiver (found: moved from another handler).

type EmitSelf struct {
	out chan int
}

// produce runs as long as its context.
func (h *EmitSelf) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *EmitSelf) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *EmitSelf) Emit(ctx context.Context) (int, error) {
	h = h.self()
	go h.produce(ctx)
	return <-h.out, nil
}

func (h *EmitSelf) self() *EmitSelf { return &EmitSelf{out: h.out} }

// SessionStop ends.
func (h *EmitSelf) SessionStop(ctx context.Context) error {
	return nil
}

// StopSelf: stop of a nil handler is fine (found: it panics).

type StopSelf struct {
	out chan int
}

// produce runs as long as its context.
func (h *StopSelf) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *StopSelf) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *StopSelf) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *StopSelf) SessionStop(ctx context.Context) error {
	if h == nil {
		return nil
	}
	h.out = nil
	return nil
}

// CtxReassigned: start assigns its context.

type CtxReassigned struct {
	out chan int
}

// produce runs as long as its context.
func (h *CtxReassigned) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *CtxReassigned) SessionStart(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	h.out = make(chan int)
	return ctx.Err()
}

// Emit emits.
func (h *CtxReassigned) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *CtxReassigned) SessionStop(ctx context.Context) error {
	return nil
}
