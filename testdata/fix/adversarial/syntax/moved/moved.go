// Package moved holds handlers that attack the text of fixes.
package moved

import (
	"context"
	"time"
)

// Localconst: a constant of Emit: no fix.

type Localconst struct {
	out chan int
}

// produce runs as long as its context.
func (h *Localconst) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Localconst) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Localconst) Emit(ctx context.Context) (int, error) {
	const n = 5
	go h.produce(ctx, n)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Localconst) SessionStop(ctx context.Context) error {
	return nil
}

// LocalconstShadow: a constant of Emit hides one of the package (found: the other value).

type LocalconstShadow struct {
	out chan int
}

// produce runs as long as its context.
func (h *LocalconstShadow) produce(ctx context.Context, nLocalconstShadow any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *LocalconstShadow) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *LocalconstShadow) Emit(ctx context.Context) (int, error) {
	const nLocalconstShadow = 5
	go h.produce(ctx, nLocalconstShadow)
	return <-h.out, nil
}

// SessionStop ends.
func (h *LocalconstShadow) SessionStop(ctx context.Context) error {
	return nil
}

const nLocalconstShadow = 1

// LocalconstLit: the same inside a literal (found: the other value).

type LocalconstLit struct {
	out chan int
}

// produce runs as long as its context.
func (h *LocalconstLit) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *LocalconstLit) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *LocalconstLit) Emit(ctx context.Context) (int, error) {
	const stepLocalconstLit = 5
	go func() {
		for i := 0; ; i += stepLocalconstLit {
			select {
			case h.out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return <-h.out, nil
}

// SessionStop ends.
func (h *LocalconstLit) SessionStop(ctx context.Context) error {
	return nil
}

const stepLocalconstLit = 1

// Localiota: the same with iota (found: the other value).

type Localiota struct {
	out chan int
}

// produce runs as long as its context.
func (h *Localiota) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Localiota) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Localiota) Emit(ctx context.Context) (int, error) {
	const (
		a = iota
		bLocaliota
	)
	go h.produce(ctx, bLocaliota)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Localiota) SessionStop(ctx context.Context) error {
	return nil
}

const bLocaliota = 17

// LocaltypeShadow: a type of Emit hides one of the package (found: the other type).

type LocaltypeShadow struct {
	out chan int
}

// produce runs as long as its context.
func (h *LocaltypeShadow) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *LocaltypeShadow) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *LocaltypeShadow) Emit(ctx context.Context) (int, error) {
	type kindLocaltypeShadow string
	go h.produce(ctx, kindLocaltypeShadow("5"))
	return <-h.out, nil
}

// SessionStop ends.
func (h *LocaltypeShadow) SessionStop(ctx context.Context) error {
	return nil
}

type kindLocaltypeShadow []byte

// LocaltypeShadow2: the same inside a literal (found: the other type).

type LocaltypeShadow2 struct {
	out chan int
}

// produce runs as long as its context.
func (h *LocaltypeShadow2) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *LocaltypeShadow2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *LocaltypeShadow2) Emit(ctx context.Context) (int, error) {
	type kindLocaltypeShadow2 string
	go func() {
		var k kindLocaltypeShadow2
		_ = k
		for i := 0; ; i++ {
			select {
			case h.out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return <-h.out, nil
}

// SessionStop ends.
func (h *LocaltypeShadow2) SessionStop(ctx context.Context) error {
	return nil
}

type kindLocaltypeShadow2 []byte

// LocalfuncShadow: a function of Emit hides a builtin: no fix.

type LocalfuncShadow struct {
	out chan int
}

// produce runs as long as its context.
func (h *LocalfuncShadow) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *LocalfuncShadow) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *LocalfuncShadow) Emit(ctx context.Context) (int, error) {
	len := func(string) int { return 7 }
	go h.produce(ctx, len("abc"))
	return <-h.out, nil
}

// SessionStop ends.
func (h *LocalfuncShadow) SessionStop(ctx context.Context) error {
	return nil
}

// LocalconstTick: a constant of Emit as the pace of a ticker stays there.

type LocalconstTick struct {
	out chan int
}

// produce runs as long as its context.
func (h *LocalconstTick) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *LocalconstTick) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *LocalconstTick) Emit(ctx context.Context) (int, error) {
	const paceLocalconstTick = time.Second
	t := time.NewTicker(paceLocalconstTick)
	defer t.Stop()
	<-t.C
	return <-h.out, nil
}

// SessionStop ends.
func (h *LocalconstTick) SessionStop(ctx context.Context) error {
	return nil
}

const paceLocalconstTick = time.Hour

// RecvCapture: a local of the literal has the name of the receiver of start (found: another handler).

type RecvCapture struct {
	out  chan int
	next *RecvCapture
}

func (s *RecvCapture) SessionStart(ctx context.Context) error {
	s.out = make(chan int, 8)
	return nil
}

func (h *RecvCapture) Emit(ctx context.Context) (int, error) {
	go func() {
		for i := 0; ; i++ {
			s := h.next
			_ = s
			select {
			case h.out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return <-h.out, nil
}

// SessionStop ends.
func (h *RecvCapture) SessionStop(ctx context.Context) error {
	return nil
}

// RecvCaptureParam: the same with a param (found: another handler).

type RecvCaptureParam struct {
	out  chan int
	next *RecvCaptureParam
}

func (s *RecvCaptureParam) SessionStart(ctx context.Context) error {
	s.out = make(chan int, 8)
	return nil
}

func (h *RecvCaptureParam) Emit(ctx context.Context) (int, error) {
	go func(s *RecvCaptureParam) {
		for i := 0; ; i++ {
			select {
			case h.out <- i:
			case <-ctx.Done():
				return
			}
		}
	}(h.next)
	return <-h.out, nil
}

// SessionStop ends.
func (h *RecvCaptureParam) SessionStop(ctx context.Context) error {
	return nil
}

// RecvParam: the handler is handed over.

type RecvParam struct {
	out chan int
}

// SessionStart begins.
func (h *RecvParam) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *RecvParam) Emit(ctx context.Context) (int, error) {
	go func(h *RecvParam) {
		for i := 0; ; i++ {
			select {
			case h.out <- i:
			case <-ctx.Done():
				return
			}
		}
	}(h)
	return <-h.out, nil
}

// SessionStop ends.
func (h *RecvParam) SessionStop(ctx context.Context) error {
	return nil
}

// CtxCapture: a local of the literal has the name of the context that is added.

type CtxCapture struct {
	out chan int
}

// SessionStart begins.
func (h *CtxCapture) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *CtxCapture) Emit(ctx context.Context) (int, error) {
	go func() {
		workerCtx, cancel := context.WithCancel(ctx)
		defer cancel()
		_ = workerCtx
		for i := 0; ; i++ {
			select {
			case h.out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return <-h.out, nil
}

// SessionStop ends.
func (h *CtxCapture) SessionStop(ctx context.Context) error {
	return nil
}

// CtxParam: the context is handed over.

type CtxParam struct {
	out chan int
}

// SessionStart begins.
func (h *CtxParam) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *CtxParam) Emit(ctx context.Context) (int, error) {
	go func(ctx context.Context) {
		for i := 0; ; i++ {
			select {
			case h.out <- i:
			case <-ctx.Done():
				return
			}
		}
	}(ctx)
	return <-h.out, nil
}

// SessionStop ends.
func (h *CtxParam) SessionStop(ctx context.Context) error {
	return nil
}

// CtxInner: the literal derives a context of the same name.

type CtxInner struct {
	out chan int
}

// SessionStart begins.
func (h *CtxInner) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *CtxInner) Emit(ctx context.Context) (int, error) {
	go func() {
		ctx, cancel := context.WithTimeout(ctx, time.Hour)
		defer cancel()
		for i := 0; ; i++ {
			select {
			case h.out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return <-h.out, nil
}

// SessionStop ends.
func (h *CtxInner) SessionStop(ctx context.Context) error {
	return nil
}

// Untyped: a variable that is written out loses its type (found: 1.5 for 1).

type Untyped struct {
	out chan int
}

// produce runs as long as its context.
func (h *Untyped) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Untyped) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Untyped) Emit(ctx context.Context) (int, error) {
	n := 3
	go h.produce(ctx, n/2.0)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Untyped) SessionStop(ctx context.Context) error {
	return nil
}

// Untyped2: a variable that is written out under a conversion.

type Untyped2 struct {
	out chan int
}

// produce runs as long as its context.
func (h *Untyped2) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Untyped2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Untyped2) Emit(ctx context.Context) (int, error) {
	n := 7
	go h.produce(ctx, float64(n)/float64(n/2))
	return <-h.out, nil
}

// SessionStop ends.
func (h *Untyped2) SessionStop(ctx context.Context) error {
	return nil
}

// Prec: a sum that is written out in a product.

type Prec struct {
	out chan int
}

// produce runs as long as its context.
func (h *Prec) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Prec) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Prec) Emit(ctx context.Context) (int, error) {
	n := 1 + 2
	go h.produce(ctx, n*3)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Prec) SessionStop(ctx context.Context) error {
	return nil
}

// Neg: a negative number that is written out in a difference (found: does not parse).

type Neg struct {
	out chan int
}

// produce runs as long as its context.
func (h *Neg) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Neg) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Neg) Emit(ctx context.Context) (int, error) {
	n := -1
	go h.produce(ctx, 5-n)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Neg) SessionStop(ctx context.Context) error {
	return nil
}

// Uint: a number of one byte that overflows.

type Uint struct {
	out chan int
}

// produce runs as long as its context.
func (h *Uint) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Uint) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Uint) Emit(ctx context.Context) (int, error) {
	var n uint8 = 255
	go h.produce(ctx, n+1)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Uint) SessionStop(ctx context.Context) error {
	return nil
}

// Conv: a converted number that overflows as a constant.

type Conv struct {
	out chan int
}

// produce runs as long as its context.
func (h *Conv) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Conv) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Conv) Emit(ctx context.Context) (int, error) {
	n := uint8(255)
	go h.produce(ctx, n+1)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Conv) SessionStop(ctx context.Context) error {
	return nil
}

// Str: a string that is written out under an index.

type Str struct {
	out chan int
}

// produce runs as long as its context.
func (h *Str) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Str) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Str) Emit(ctx context.Context) (int, error) {
	n := "a" + "b"
	go h.produce(ctx, n[0])
	return <-h.out, nil
}

// SessionStop ends.
func (h *Str) SessionStop(ctx context.Context) error {
	return nil
}

// Fieldcopy: a copy of a field with a comment.

type Fieldcopy struct {
	out   chan int
	limit int64
}

// produce runs as long as its context.
func (h *Fieldcopy) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Fieldcopy) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Fieldcopy) Emit(ctx context.Context) (int, error) {
	n := h.limit // the limit
	go h.produce(ctx, n)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Fieldcopy) SessionStop(ctx context.Context) error {
	return nil
}

// FieldcopyIface2: a nil pointer of a field in an interface.

type FieldcopyIface2 struct {
	out chan int
	err *myErrFieldcopyIface2
}

// produce runs as long as its context.
func (h *FieldcopyIface2) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *FieldcopyIface2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *FieldcopyIface2) Emit(ctx context.Context) (int, error) {
	var e error = h.err
	go h.produce(ctx, e)
	return <-h.out, nil
}

// SessionStop ends.
func (h *FieldcopyIface2) SessionStop(ctx context.Context) error {
	return nil
}

type myErrFieldcopyIface2 struct{}

func (*myErrFieldcopyIface2) Error() string { return "" }

// TwoUses: the variable is used in Emit as well.

type TwoUses struct {
	out chan int
}

// produce runs as long as its context.
func (h *TwoUses) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *TwoUses) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *TwoUses) Emit(ctx context.Context) (int, error) {
	n := 5 // five
	go h.produce(ctx, n)
	_ = n
	return <-h.out, nil
}

// SessionStop ends.
func (h *TwoUses) SessionStop(ctx context.Context) error {
	return nil
}

// Methodexpr: a method expression.

type Methodexpr struct {
	out chan int
}

// produce runs as long as its context.
func (h *Methodexpr) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Methodexpr) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Methodexpr) Emit(ctx context.Context) (int, error) {
	go (*Methodexpr).produce(h, ctx, 1)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Methodexpr) SessionStop(ctx context.Context) error {
	return nil
}

// Methodval: a method value in a variable: no fix.

type Methodval struct {
	out chan int
}

// produce runs as long as its context.
func (h *Methodval) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Methodval) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Methodval) Emit(ctx context.Context) (int, error) {
	f := h.produce
	go f(ctx, 1)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Methodval) SessionStop(ctx context.Context) error {
	return nil
}

// Parens: the method in parentheses.

type Parens struct {
	out chan int
}

// produce runs as long as its context.
func (h *Parens) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Parens) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Parens) Emit(ctx context.Context) (int, error) {
	go (h.produce)(ctx, 1)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Parens) SessionStop(ctx context.Context) error {
	return nil
}

// Addr: the address of the handler behind its pointer.

type Addr struct {
	out chan int
}

// produce runs as long as its context.
func (h *Addr) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Addr) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Addr) Emit(ctx context.Context) (int, error) {
	go (&*h).produce(ctx, 1)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Addr) SessionStop(ctx context.Context) error {
	return nil
}

// Generic: a generic function with its type argument.

type Generic struct {
	out chan int
}

func produceGeneric[T any](ctx context.Context, out chan T) {
	for {
		select {
		case out <- *new(T):
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Generic) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Generic) Emit(ctx context.Context) (int, error) {
	go produceGeneric[int](ctx, h.out)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Generic) SessionStop(ctx context.Context) error {
	return nil
}

// GenericInfer: a generic function.

type GenericInfer struct {
	out chan int
}

func produceGenericInfer[T any](ctx context.Context, out chan T) {
	for {
		select {
		case out <- *new(T):
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GenericInfer) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *GenericInfer) Emit(ctx context.Context) (int, error) {
	go produceGenericInfer(ctx, h.out)
	return <-h.out, nil
}

// SessionStop ends.
func (h *GenericInfer) SessionStop(ctx context.Context) error {
	return nil
}

// Derived: a derived context.

type Derived struct {
	out chan int
}

// produce runs as long as its context.
func (h *Derived) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Derived) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Derived) Emit(ctx context.Context) (int, error) {
	go h.produce(context.WithValue(ctx, keyDerived{}, 1), 1)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Derived) SessionStop(ctx context.Context) error {
	return nil
}

type keyDerived struct{}

// Todo: context.TODO: no fix.

type Todo struct {
	out chan int
}

// produce runs as long as its context.
func (h *Todo) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Todo) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Todo) Emit(ctx context.Context) (int, error) {
	go h.produce(context.TODO(), 1)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Todo) SessionStop(ctx context.Context) error {
	return nil
}

// Named: the context in a struct.

type Named struct {
	out chan int
}

// produce runs as long as its context.
func (h *Named) produce(ctx context.Context, n any) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Named) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Named) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx, optsNamed{ctx: ctx, h: h})
	return <-h.out, nil
}

// SessionStop ends.
func (h *Named) SessionStop(ctx context.Context) error {
	return nil
}

type optsNamed struct {
	ctx context.Context
	h   *Named
}
