// Package promoted holds handlers that attack the text of fixes.
package promoted

import (
	"context"
)

// TwoLevels: start and stop are promoted through two levels.

type BaseTwoLevels struct{ out chan int }

func (b *BaseTwoLevels) SessionStart(ctx context.Context) error { b.out = make(chan int); return nil }
func (b *BaseTwoLevels) SessionStop(ctx context.Context) error  { return nil }

type MidTwoLevels struct{ *BaseTwoLevels }

type TwoLevels struct {
	MidTwoLevels
}

// produce runs as long as its context.
func (h *TwoLevels) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *TwoLevels) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Iface: start and stop are promoted from an interface.

type LifeIface interface {
	SessionStart(ctx context.Context) error
	SessionStop(ctx context.Context) error
}

type Iface struct {
	LifeIface
	out chan int
}

// produce runs as long as its context.
func (h *Iface) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *Iface) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// IfaceAnon: start and stop are promoted from a value, beside a field of an unnamed interface.

type IfaceAnon struct {
	Life interface{ X() }
	BaseIfaceAnon
	out chan int
}

type BaseIfaceAnon struct{}

func (BaseIfaceAnon) SessionStart(context.Context) error { return nil }
func (BaseIfaceAnon) SessionStop(context.Context) error  { return nil }

// produce runs as long as its context.
func (h *IfaceAnon) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *IfaceAnon) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Params: the params of the promoted start are called like the receiver, err and s.

type BaseParams struct{ out chan int }

func (b *BaseParams) SessionStart(h context.Context, err, _ int, s string, p3 bool) error {
	b.out = make(chan int)
	return nil
}
func (b *BaseParams) SessionStop(h int, err error) {}

type Params struct{ BaseParams }

// produce runs as long as its context.
func (h *Params) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *Params) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Params2: the promoted start takes two contexts: no fix.

type BaseParams2 struct{ out chan int }

func (b *BaseParams2) SessionStart(h, ctx context.Context) error   { b.out = make(chan int); return nil }
func (b *BaseParams2) SessionStop(ctx, h, context context.Context) {}

type Params2 struct{ BaseParams2 }

// produce runs as long as its context.
func (h *Params2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *Params2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Params3: a string of the promoted start is called ctx: no fix.

type BaseParams3 struct{ out chan int }

func (b *BaseParams3) SessionStart(ctx string, c context.Context) error {
	b.out = make(chan int)
	return nil
}
func (b *BaseParams3) SessionStop(p1, _ int) error { return nil }

type Params3 struct{ BaseParams3 }

// produce runs as long as its context.
func (h *Params3) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *Params3) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Params4: the params of the promoted start are called context, sync and error.

type BaseParams4 struct{ out chan int }

func (b *BaseParams4) SessionStart(context context.Context, sync, error string) error {
	b.out = make(chan int)
	return nil
}
func (b *BaseParams4) SessionStop(Params4 int) error { return nil }

type Params4 struct{ BaseParams4 }

// produce runs as long as its context.
func (h *Params4) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *Params4) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Params5: the params of the promoted methods are called string, int and nil: no fix.

type BaseParams5 struct{ out chan int }

func (b *BaseParams5) SessionStart(string, int string) error { b.out = nil; return nil }
func (b *BaseParams5) SessionStop(nil error) error           { return nil }

type Params5 struct{ BaseParams5 }

// produce runs as long as its context.
func (h *Params5) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *Params5) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Variadic: the promoted start is variadic.

type BaseVariadic struct{ out chan int }

func (b *BaseVariadic) SessionStart(ctx context.Context, o ...int) error {
	b.out = make(chan int)
	return nil
}
func (b *BaseVariadic) SessionStop() {}

type Variadic struct{ BaseVariadic }

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

// Shared: two handlers with one base on neighbouring lines (found: a second run goes on).

type BaseShared struct{ out chan int }

func (b *BaseShared) SessionStart(ctx context.Context) error { b.out = make(chan int); return nil }
func (b *BaseShared) SessionStop(ctx context.Context) error  { return nil }

type Shared struct{ BaseShared }

type KShared struct{ BaseShared }

func (k *KShared) loop(ctx context.Context) {
	for ctx.Err() == nil {
		select {
		case k.out <- 1:
		case <-ctx.Done():
		}
	}
}

func (k *KShared) Emit(ctx context.Context) (int, error) { go k.loop(ctx); return 1, nil }

// produce runs as long as its context.
func (h *Shared) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *Shared) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SharedHot: the base has a hot method.

type BaseSharedHot struct{ out chan int }

func (b *BaseSharedHot) SessionStart(ctx context.Context) error { b.out = make(chan int); return nil }
func (b *BaseSharedHot) SessionStop(ctx context.Context) error  { return nil }

func (b *BaseSharedHot) loop(ctx context.Context) {
	for ctx.Err() == nil {
		select {
		case b.out <- 1:
		case <-ctx.Done():
		}
	}
}

func (b *BaseSharedHot) Receive(ctx context.Context, x int) error { go b.loop(ctx); return nil }

type SharedHot struct{ BaseSharedHot }

type KSharedHot struct{ BaseSharedHot }

func (k *KSharedHot) Emit(ctx context.Context) (int, error) { return 1, nil }

// produce runs as long as its context.
func (h *SharedHot) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *SharedHot) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// EmbeddedHandler: a handler embeds a handler.

type InnerEmbeddedHandler struct{ out chan int }

func (k *InnerEmbeddedHandler) SessionStart(ctx context.Context) error {
	k.out = make(chan int)
	return nil
}
func (k *InnerEmbeddedHandler) SessionStop(ctx context.Context) error { return nil }
func (k *InnerEmbeddedHandler) loop(ctx context.Context) {
	for ctx.Err() == nil {
		select {
		case k.out <- 1:
		case <-ctx.Done():
		}
	}
}
func (k *InnerEmbeddedHandler) Emit(ctx context.Context) (int, error) { go k.loop(ctx); return 1, nil }

type EmbeddedHandler struct{ InnerEmbeddedHandler }

// produce runs as long as its context.
func (h *EmbeddedHandler) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *EmbeddedHandler) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// FieldSame: a field is called SessionStopped.

type BaseFieldSame struct{ out chan int }

func (b *BaseFieldSame) SessionStart(ctx context.Context) error { b.out = make(chan int); return nil }
func (b *BaseFieldSame) SessionStop(ctx context.Context) error  { return nil }

type FieldSame struct {
	BaseFieldSame
	SessionStopped bool
}

// produce runs as long as its context.
func (h *FieldSame) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *FieldSame) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Conflict: two embedded types have a SessionStop (found: the one that is written calls neither).

type AConflict struct{ out chan int }

func (b *AConflict) SessionStart(ctx context.Context) error { b.out = make(chan int); return nil }
func (b *AConflict) SessionStop(ctx context.Context) error  { return nil }

type CConflict struct{}

func (b *CConflict) SessionStop(ctx context.Context) error { return nil }

type Conflict struct {
	AConflict
	CConflict
}

// produce runs as long as its context.
func (h *Conflict) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *Conflict) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Nameclash: a field is called SessionStop: no fix.

type BaseNameclash struct{ out chan int }

func (b *BaseNameclash) SessionStart(ctx context.Context) error { b.out = make(chan int); return nil }

type Nameclash struct {
	BaseNameclash
	SessionStop func()
}

// produce runs as long as its context.
func (h *Nameclash) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *Nameclash) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Nameclash2: a promoted field is called SessionStop.

type BaseNameclash2 struct{ out chan int }

func (b *BaseNameclash2) SessionStart(ctx context.Context) error { b.out = make(chan int); return nil }

type InNameclash2 struct{ SessionStop func() }

type Nameclash2 struct {
	BaseNameclash2
	InNameclash2
}

// produce runs as long as its context.
func (h *Nameclash2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *Nameclash2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Assert: method values and an interface of the promoted methods.

type BaseAssert struct{ out chan int }

func (b *BaseAssert) SessionStart(ctx context.Context) error { b.out = make(chan int); return nil }
func (b *BaseAssert) SessionStop(ctx context.Context) error  { return nil }

type Assert struct{ BaseAssert }

type FullAssert interface {
	SessionStart(context.Context) error
	SessionStop(context.Context) error
}

var _ FullAssert = (*Assert)(nil)
var _ = (*Assert).SessionStart
var _ = (*Assert).SessionStop

// produce runs as long as its context.
func (h *Assert) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *Assert) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Assert2: something asks for another SessionStop.

type Assert2 struct{ out chan int }

func (h *Assert2) SessionStart(ctx context.Context) error { h.out = make(chan int); return nil }

type StopperAssert2 interface{ SessionStop() }

func stopAssert2(x any) {
	if s, ok := x.(StopperAssert2); ok {
		s.SessionStop()
	}
}

var _ = stopAssert2

// produce runs as long as its context.
func (h *Assert2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *Assert2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// AmbigIn: a SessionStop would be ambiguous elsewhere: no fix.

type AmbigIn struct{ Out chan int }

// produce runs as long as its context.
func (h *AmbigIn) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.Out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *AmbigIn) SessionStart(ctx context.Context) error {
	h.Out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *AmbigIn) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.Out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

type StopperAmbigIn struct{}

func (*StopperAmbigIn) SessionStop(context.Context) error { return nil }

type WAmbigIn struct {
	*AmbigIn
	*StopperAmbigIn
}

func UseAmbigIn(w *WAmbigIn) { w.SessionStop(context.Background()) }

// AmbigIface: a SessionStop would be ambiguous in an embedding type (found: it stops no more).

type AmbigIface struct{ Out chan int }

// produce runs as long as its context.
func (h *AmbigIface) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.Out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *AmbigIface) SessionStart(ctx context.Context) error {
	h.Out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *AmbigIface) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.Out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

type StopperAmbigIface struct{}

func (*StopperAmbigIface) SessionStop(context.Context) error { return nil }

type WAmbigIface struct {
	*AmbigIface
	*StopperAmbigIface
}

func UseAmbigIface(w any) {
	if s, ok := w.(interface{ SessionStop(context.Context) error }); ok {
		s.SessionStop(context.Background())
	}
}

var _ = WAmbigIface{}

// FieldPromoted: an embedding type has a promoted field of the name that is added.

type FieldPromoted struct{ Out chan int }

// produce runs as long as its context.
func (h *FieldPromoted) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.Out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *FieldPromoted) SessionStart(ctx context.Context) error {
	h.Out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *FieldPromoted) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.Out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *FieldPromoted) SessionStop(ctx context.Context) error {
	return nil
}

type otherFieldPromoted struct{ produceWait int }

type WFieldPromoted struct {
	*FieldPromoted
	otherFieldPromoted
}

func UseFieldPromoted(w *WFieldPromoted) int { return w.produceWait }
