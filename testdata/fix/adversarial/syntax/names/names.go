package names

import (
	"context"
)

// ProduceCtx: start has locals of the names that are added.

type ProduceCtx struct {
	out chan int
}

// produce runs as long as its context.
func (h *ProduceCtx) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *ProduceCtx) SessionStart(ctx context.Context) error {
	produceCtx, produceCancel := 1, 2
	_, _ = produceCtx, produceCancel
	h.out = make(chan int)
	return nil
}

// Emit emits.
func (h *ProduceCtx) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *ProduceCtx) SessionStop(ctx context.Context) error {
	return nil
}

// Pkgvar: the package has variables of the names that are added.

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

// SessionStart begins.
func (h *Pkgvar) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
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

var produceCtxPkgvar, produceCancel, produceWait = 1, 2, 3

// Param: start has params of the names that are added.

type Param struct {
	out chan int
}

// produce runs as long as its context.
func (h *Param) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Param) SessionStart(ctx context.Context, produceCtx, produceCancel string) error {
	h.out = make(chan int)
	return nil
}

// Emit emits.
func (h *Param) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Param) SessionStop(ctx context.Context) error {
	return nil
}

// ShadowImport: a local of start hides context: no fix.

type ShadowImport struct {
	out chan int
}

// produce runs as long as its context.
func (h *ShadowImport) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *ShadowImport) SessionStart(ctx context.Context) error {
	context := 1
	_ = context
	h.out = make(chan int)
	return nil
}

// Emit emits.
func (h *ShadowImport) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *ShadowImport) SessionStop(ctx context.Context) error {
	return nil
}

// ShadowImportParam: a param of start hides context: no fix.

type ShadowImportParam struct {
	out chan int
}

// produce runs as long as its context.
func (h *ShadowImportParam) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *ShadowImportParam) SessionStart(context context.Context) error {
	h.out = make(chan int)
	return nil
}

// Emit emits.
func (h *ShadowImportParam) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *ShadowImportParam) SessionStop(ctx context.Context) error {
	return nil
}

// ShadowEmit: a param of Emit hides context.

type ShadowEmit struct {
	out chan int
}

// produce runs as long as its context.
func (h *ShadowEmit) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *ShadowEmit) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ShadowEmit) Emit(context context.Context) (int, error) {
	go h.produce(context)
	return <-h.out, nil
}

// SessionStop ends.
func (h *ShadowEmit) SessionStop(ctx context.Context) error {
	return nil
}

// ShadowSync: a local of start is called sync.

type ShadowSync struct {
	out chan int
}

// produce runs as long as its context.
func (h *ShadowSync) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *ShadowSync) SessionStart(ctx context.Context) error {
	sync, nil2, ctx2 := 1, 2, ctx
	_, _, _ = sync, nil2, ctx2
	h.out = make(chan int)
	return nil
}

// Emit emits.
func (h *ShadowSync) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *ShadowSync) SessionStop(ctx context.Context) error {
	return nil
}

// ShadowNilStop: a param of stop is called nil: no fix.

type ShadowNilStop struct {
	out chan int
}

// produce runs as long as its context.
func (h *ShadowNilStop) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *ShadowNilStop) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *ShadowNilStop) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *ShadowNilStop) SessionStop(nil context.Context) error {
	return nil.Err()
}

// ShadowRecvStop: a local of stop hides the receiver.

type ShadowRecvStop struct {
	out chan int
}

// produce runs as long as its context.
func (h *ShadowRecvStop) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *ShadowRecvStop) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *ShadowRecvStop) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *ShadowRecvStop) SessionStop(ctx context.Context) error {
	if h := h.out; h != nil {
		return ctx.Err()
	}
	return nil
}

// FieldClash: a field and a method have the names that are added.

type FieldClash struct {
	out           chan int
	produceCancel int
}

func (h *FieldClash) produceWait() {}

// produce runs as long as its context.
func (h *FieldClash) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *FieldClash) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *FieldClash) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *FieldClash) SessionStop(ctx context.Context) error {
	return nil
}

// PromotedClash: promoted fields have the names that are added.

type basePromotedClash struct{ produceCancel, produceWait int }

type PromotedClash struct {
	basePromotedClash
	out chan int
}

func (h *PromotedClash) sum() int { return h.produceCancel + h.produceWait }

// produce runs as long as its context.
func (h *PromotedClash) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *PromotedClash) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *PromotedClash) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *PromotedClash) SessionStop(ctx context.Context) error {
	return nil
}

// HotLocal: a local of Emit has the name of the field that is added.

type HotLocal struct {
	out chan int
}

// produce runs as long as its context.
func (h *HotLocal) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *HotLocal) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *HotLocal) Emit(ctx context.Context) (int, error) {
	produceCancel := func() {}
	defer produceCancel()
	go h.produce(ctx)
	return <-h.out, nil
}

// SessionStop ends.
func (h *HotLocal) SessionStop(ctx context.Context) error {
	return nil
}

// Unicode: a method whose name begins with two bytes (found: no fix).

type Unicode struct {
	out chan int
}

// produce runs as long as its context.
func (h *Unicode) ärger(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Unicode) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Unicode) Emit(ctx context.Context) (int, error) {
	go h.ärger(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Unicode) SessionStop(ctx context.Context) error {
	return nil
}

// Underscore2: a method called __.

type Underscore2 struct {
	out chan int
}

// produce runs as long as its context.
func (h *Underscore2) __(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Underscore2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Underscore2) Emit(ctx context.Context) (int, error) {
	go h.__(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Underscore2) SessionStop(ctx context.Context) error {
	return nil
}

// Single: a method of one letter.

type Single struct {
	out chan int
}

// produce runs as long as its context.
func (h *Single) p(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Single) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Single) Emit(ctx context.Context) (int, error) {
	go h.p(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Single) SessionStop(ctx context.Context) error {
	return nil
}
