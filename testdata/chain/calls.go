package chain

import (
	"context"
	"slices"

	"corpus/chain/a"
	"corpus/chain/base"
)

// ---- methods as values ----

// MethodValue calls its method by a variable.
type MethodValue struct{ session }

func (h *MethodValue) spawn() { go work() }

func (h *MethodValue) Emit(ctx context.Context) (int, error) {
	f := h.spawn
	f() // want `\(\*MethodValue\)\.Emit → \(\*MethodValue\)\.spawn .*emit-goroutine`
	return 0, nil
}

// MethodExpression calls it as a function.
type MethodExpression struct{ session }

func (h *MethodExpression) spawn() { go work() }

func (h *MethodExpression) Emit(ctx context.Context) (int, error) {
	(*MethodExpression).spawn(h) // want `\(\*MethodExpression\)\.Emit → \(\*MethodExpression\)\.spawn .*emit-goroutine`
	return 0, nil
}

// MethodDeferred defers it.
type MethodDeferred struct{ session }

func (h *MethodDeferred) spawn() { go work() }

func (h *MethodDeferred) Emit(ctx context.Context) (int, error) {
	defer h.spawn() // want `\(\*MethodDeferred\)\.Emit → \(\*MethodDeferred\)\.spawn .*emit-goroutine`
	return 0, nil
}

// MethodPassed passes it to a helper that calls it.
type MethodPassed struct {
	session
	items []int
}

func (h *MethodPassed) spawn(int) { go work() }

func (h *MethodPassed) Emit(ctx context.Context) (int, error) {
	each(h.items, h.spawn) // want `emit-goroutine`
	return 0, nil
}

// MethodOtherPackage calls methods of another package, one of them by a value.
type MethodOtherPackage struct {
	session
	w *a.Worker
}

func (h *MethodOtherPackage) Emit(ctx context.Context) (int, error) {
	h.w.Start() // want `\(\*MethodOtherPackage\)\.Emit → \(\*a\.Worker\)\.Start \(go statement at a\.go:\d+\)`
	start := h.w.Start
	start()           // want `\(\*MethodOtherPackage\)\.Emit → \(\*a\.Worker\)\.Start .*emit-goroutine`
	defer h.w.Start() // want `\(\*MethodOtherPackage\)\.Emit → \(\*a\.Worker\)\.Start .*emit-goroutine`
	return 0, nil
}

// FunctionField calls a function nobody can tell.
type FunctionField struct {
	session
	hook func()
}

func (h *FunctionField) Emit(ctx context.Context) (int, error) {
	h.hook() // silent: a stored function
	return 0, nil
}

// FunctionOfTwo calls a variable with two values.
type FunctionOfTwo struct {
	session
	loud bool
}

func (h *FunctionOfTwo) Emit(ctx context.Context) (int, error) {
	f := work
	if h.loud {
		f = spawn
	}
	f() // silent: no one visible assignment
	return 0, nil
}

// FunctionNotCalled has the function and does not call it.
type FunctionNotCalled struct {
	session
	hook func()
}

func (h *FunctionNotCalled) Emit(ctx context.Context) (int, error) {
	h.hook = spawn // silent: not called
	return 0, nil
}

// ---- recursion ----

func ping(n int) {
	pong(n - 1)
}

func pong(n int) {
	go work()
	if n > 0 {
		ping(n)
	}
}

// Recursion is mutual.
type Recursion struct{ session }

func (h *Recursion) Emit(ctx context.Context) (int, error) {
	ping(3) // want `on each call: \(\*Recursion\)\.Emit → ping → pong \(go statement at calls\.go:\d+\)`
	return 0, nil
}

// RecursionOtherPackage is mutual elsewhere.
type RecursionOtherPackage struct{ session }

func (h *RecursionOtherPackage) Emit(ctx context.Context) (int, error) {
	a.Ping(3) // want `on each call: \(\*RecursionOtherPackage\)\.Emit → a\.Ping → a\.Pong \(`
	return 0, nil
}

func down(n int) int {
	if n == 0 {
		return 0
	}
	return down(n-1) + 1
}

// RecursionQuiet ends without an effect.
type RecursionQuiet struct{ session }

func (h *RecursionQuiet) Emit(ctx context.Context) (int, error) {
	return down(3), nil // silent: no effect
}

// walk calls itself through a literal.
func walk(n int) {
	f := func() {
		if n > 0 {
			walk(n - 1)
		}
	}
	f()
	spawn()
}

// RecursionLiteral goes through a literal.
type RecursionLiteral struct{ session }

func (h *RecursionLiteral) Emit(ctx context.Context) (int, error) {
	walk(3) // want `on each call: \(\*RecursionLiteral\)\.Emit → walk → spawn \(`
	return 0, nil
}

// ---- generics ----

// GenericFunction calls a generic function of another package.
type GenericFunction struct{ session }

func (h *GenericFunction) Emit(ctx context.Context) (int, error) {
	a.Launch(3)           // want `\(\*GenericFunction\)\.Emit → a\.Launch \(go statement at a\.go:\d+\)`
	a.Launch[string]("x") // want `\(\*GenericFunction\)\.Emit → a\.Launch \(go statement at a\.go:\d+\)`
	return 0, nil
}

// GenericMethod calls a method of a generic type of another package.
type GenericMethod struct {
	session
	pool a.Pool[Record]
}

func (h *GenericMethod) Emit(ctx context.Context) (int, error) {
	h.pool.Submit(nil)       // want `\(\*GenericMethod\)\.Emit → \(\*a\.Pool(\[T\])?\)\.Submit → a\.Launch \(`
	return h.pool.Len(), nil // silent: no effect
}

// GenericHandler is generic itself.
type GenericHandler[T any] struct {
	session
	pool *a.Pool[T]
	last T
}

func (h *GenericHandler[T]) again(v T) { h.pool.Submit(v) }

func (h *GenericHandler[T]) Emit(ctx context.Context) (T, error) {
	h.again(h.last) // want `\(\*GenericHandler(\[T\])?\)\.Emit → \(\*GenericHandler(\[T\])?\)\.again → \(\*a\.Pool(\[T\])?\)\.Submit → a\.Launch \(`
	return h.last, nil
}

// ---- embedding ----

// PromotedHelper calls a promoted method of another package.
type PromotedHelper struct {
	session
	base.Helper
}

func (h *PromotedHelper) Emit(ctx context.Context) (int, error) {
	h.Spawn() // want `\(\*PromotedHelper\)\.Emit → \(\*base\.Helper\)\.Spawn \(go statement at base\.go:\d+\)`
	return 0, nil
}

// PromotedEmit gets its hot method from another package.
type PromotedEmit struct {
	session
	base.Spawner // want `emit-goroutine`
}

// PromotedEmitPointer gets it by a pointer.
type PromotedEmitPointer struct {
	session
	*base.Spawner // want `emit-goroutine`
}

// PromotedEmitGeneric gets it from a generic type.
type PromotedEmitGeneric struct {
	session
	base.Loop[int] // want `emit-goroutine`
}

// PromotedHandler embeds what is a handler type already.
type PromotedHandler struct {
	base.Handler // want `emit-goroutine`
}

// PromotedQuiet gets one that does nothing wrong.
type PromotedQuiet struct {
	session
	base.Quiet // silent: no effect
}

// PromotedOverridden has a hot method of its own.
type PromotedOverridden struct {
	session
	base.Spawner // silent: its Emit is not promoted
}

func (h *PromotedOverridden) Emit(ctx context.Context) (int, error) { return 0, nil }

// PromotedCalled calls the one it hides.
type PromotedCalled struct {
	session
	base.Spawner // silent: its Emit is not promoted
}

func (h *PromotedCalled) Emit(ctx context.Context) (int, error) {
	return h.Spawner.Emit(ctx) // want `\(\*PromotedCalled\)\.Emit → \(\*base\.Spawner\)\.Emit \(go statement at base\.go:\d+\)`
}

// inner has the hot method of Outer, and no stop.
type inner struct{}

func (h *inner) Emit(ctx context.Context) (int, error) {
	spawn() // want `emit-goroutine`
	return 0, nil
}

// Outer gets its hot method from this package.
type Outer struct {
	session
	inner // silent: the finding stands in the method's body
}

type emitter interface {
	Emit(ctx context.Context) (int, error)
}

// PromotedInterface gets its hot method from nobody knows whom.
type PromotedInterface struct {
	session
	emitter // silent: no body
}

// ---- interfaces ----

type opener interface{ open() }

type openNow struct{}

func (openNow) open() { spawn() }

type openLater struct{ d3 bool }

func (o *openLater) open() { d3() }

// InterfaceAll calls an interface whose implementations all do it.
type InterfaceAll struct {
	session
	o opener
}

func (h *InterfaceAll) Emit(ctx context.Context) (int, error) {
	h.o.open() // want `emit-goroutine`
	return 0, nil
}

type closer interface{ shut() }

type shutNow struct{}

func (shutNow) shut() { spawn() }

type shutNever struct{}

func (shutNever) shut() {}

// InterfaceSome calls one of which some do not.
type InterfaceSome struct {
	session
	c closer
}

func (h *InterfaceSome) Emit(ctx context.Context) (int, error) {
	h.c.shut() // silent: not every implementation has the effect
	return 0, nil
}

// InterfaceOtherPackage calls a function that calls an interface there.
type InterfaceOtherPackage struct {
	session
	s a.Starter
}

func (h *InterfaceOtherPackage) Emit(ctx context.Context) (int, error) {
	a.Drive(h.s) // want `\(\*InterfaceOtherPackage\)\.Emit → a\.Drive → .*emit-goroutine`
	return 0, nil
}

// InterfaceOtherPackageSome calls one with a quiet implementation.
type InterfaceOtherPackageSome struct {
	session
	sink a.Sink
}

func (h *InterfaceOtherPackageSome) Emit(ctx context.Context) (int, error) {
	a.Fill(h.sink, 3) // silent: not every implementation has the effect
	return 0, nil
}

// ---- literals ----

// LiteralCalled calls a literal at once.
type LiteralCalled struct{ session }

func (h *LiteralCalled) Emit(ctx context.Context) (int, error) {
	func() {
		spawn() // want `\(\*LiteralCalled\)\.Emit → .*spawn \(`
	}()
	return 0, nil
}

// LiteralDeferred defers one.
type LiteralDeferred struct{ session }

func (h *LiteralDeferred) Emit(ctx context.Context) (int, error) {
	defer func() {
		go work() // want `emit-goroutine`
	}()
	return 0, nil
}

// LiteralVariable calls one by a variable.
type LiteralVariable struct{ session }

func (h *LiteralVariable) Emit(ctx context.Context) (int, error) {
	run := func() {
		go work() // want `emit-goroutine`
	}
	run()
	return 0, nil
}

// LiteralMiddle has one in the middle of the chain.
type LiteralMiddle struct {
	session
	items []int
}

func (h *LiteralMiddle) mid() {
	each(h.items, func(int) { h.end() })
}

func (h *LiteralMiddle) end() { go work() }

func (h *LiteralMiddle) Emit(ctx context.Context) (int, error) {
	h.mid() // want `\(\*LiteralMiddle\)\.Emit → \(\*LiteralMiddle\)\.mid → .*\(\*LiteralMiddle\)\.end \(go statement at calls\.go:\d+\)`
	return 0, nil
}

// LiteralMiddleOtherPackage has one in the middle of another package.
type LiteralMiddleOtherPackage struct{ session }

func (h *LiteralMiddleOtherPackage) Emit(ctx context.Context) (int, error) {
	a.Locked() // want `\(\*LiteralMiddleOtherPackage\)\.Emit → a\.Locked → .*c\.Run \(go statement at c\.go:8\)`
	return 0, nil
}

// LiteralStored keeps one.
type LiteralStored struct {
	session
	hook func()
}

func (h *LiteralStored) Emit(ctx context.Context) (int, error) {
	h.hook = func() {
		go work() // silent: stored, not run
	}
	return 0, nil
}

// ---- callbacks ----

// CallbackOtherPackage gives its literal to another package, which gives it to
// a third.
type CallbackOtherPackage struct {
	session
	items []int
}

func (h *CallbackOtherPackage) Emit(ctx context.Context) (int, error) {
	a.Each(h.items, func(int) {
		go work() // want `on each call.*emit-goroutine`
	})
	return 0, nil
}

// CallbackSometimes is called under a condition.
type CallbackSometimes struct {
	session
	loud bool
}

func (h *CallbackSometimes) Emit(ctx context.Context) (int, error) {
	a.Maybe(h.loud, func() {
		spawn() // want `on some calls.*emit-goroutine`
	})
	return 0, nil
}

// CallbackFunction gives a function.
type CallbackFunction struct {
	session
	items []string
}

func (h *CallbackFunction) Emit(ctx context.Context) (int, error) {
	a.Each(h.items, a.Launch[string]) // want `emit-goroutine`
	return 0, nil
}

// CallbackKept gives it to who only keeps it.
type CallbackKept struct{ session }

func (h *CallbackKept) Emit(ctx context.Context) (int, error) {
	a.Keep(func() {
		go work() // silent: kept, not run
	})
	a.Keep(spawn) // silent: kept, not run
	return 0, nil
}

// CallbackInGoroutine gives it to who runs it in a goroutine.
type CallbackInGoroutine struct {
	session
	ready chan int
}

func (h *CallbackInGoroutine) Emit(ctx context.Context) (int, error) {
	a.Go(func() { // want `\(\*CallbackInGoroutine\)\.Emit → a\.Go \(go statement at a\.go:\d+\)`
		h.ready = make(chan int) // silent: the goroutine's own affair
	})
	return 0, nil
}

// CallbackOfStd gives it to the standard library.
type CallbackOfStd struct {
	session
	items []int
}

func (h *CallbackOfStd) Emit(ctx context.Context) (int, error) {
	return slices.IndexFunc(h.items, func(v int) bool {
		spawn() // want `emit-goroutine`
		return v > 3
	}), nil
}

// CallbackQuiet gives one that does nothing wrong.
type CallbackQuiet struct {
	session
	items []int
	total int
}

func (h *CallbackQuiet) Emit(ctx context.Context) (int, error) {
	a.Each(h.items, func(v int) { h.total += v }) // silent: no effect
	return h.total, nil
}
