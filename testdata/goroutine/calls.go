package goroutine

import (
	"context"
	"sync"
)

// Static calls: functions, methods, method values, method expressions.

// watch starts a goroutine for key.
func watch(key string) { go func() { _ = key }() }

func watchTwo(key string) { watch(key) }

func watchThree(key string) { watchTwo(key) }

type CallFunction struct{ session }

func (h *CallFunction) Emit(_ context.Context, r Record) error {
	watch(r.Key) // want `: \(\*CallFunction\)\.Emit → watch \(go statement at calls\.go:\d+\); .*\(emit-goroutine\)$`
	return nil
}

type CallChain struct{ session }

func (h *CallChain) one(key string) { watchThree(key) }

func (h *CallChain) Emit(_ context.Context, r Record) error {
	h.one(r.Key) // want `\(\*CallChain\)\.Emit → \(\*CallChain\)\.one → .*watch.*\(go statement at calls\.go:\d+\)`
	return nil
}

type CallSometimes struct{ session }

func (h *CallSometimes) flush(r Record) {
	if len(r.Targets) > 10 {
		watch(r.Key)
	}
}

func (h *CallSometimes) Emit(_ context.Context, r Record) error {
	h.flush(r) // want `on some calls.*emit-goroutine`
	return nil
}

type CallShortest struct{ session }

func (h *CallShortest) long(key string) { watchThree(key) }

func (h *CallShortest) Emit(_ context.Context, r Record) error {
	h.long(r.Key) // want `emit-goroutine`
	watch(r.Key)  // want `emit-goroutine`
	return nil
}

type CallAcrossHot struct{ session }

func (h *CallAcrossHot) Emit(_ context.Context, r Record) error {
	return h.deliver(r) // want `emit-goroutine`
}

func (h *CallAcrossHot) deliver(r Record) (err error) {
	defer func() {
		if err == nil {
			h.n++
		}
	}()
	for _, t := range r.Targets {
		if err = h.send(t); err != nil {
			return err
		}
	}
	go h.loop()
	return nil
}

type MethodValue struct{ session }

func (h *MethodValue) Emit(context.Context, Record) error {
	start := h.spawn
	h.n = start() // want `emit-goroutine`
	return nil
}

type MethodExpression struct{ session }

func (h *MethodExpression) Emit(context.Context, Record) error {
	start := (*session).spawn
	h.n = start(&h.session) // want `emit-goroutine`
	return nil
}

type MethodExpressionCalled struct{ session }

func (h *MethodExpressionCalled) Emit(context.Context, Record) error {
	h.n = (*MethodExpressionCalled).spawn(h) // want `emit-goroutine`
	return nil
}

type FunctionValue struct{ session }

func (h *FunctionValue) Emit(_ context.Context, r Record) error {
	start := watch
	start(r.Key) // want `emit-goroutine`
	return nil
}

type MethodValuePassed struct{ session }

func (h *MethodValuePassed) Emit(_ context.Context, r Record) error {
	apply(r.Targets, watch) // want `emit-goroutine`
	return nil
}

type MethodValueNotCalled struct {
	session
	start func() int
}

func (h *MethodValueNotCalled) Emit(context.Context, Record) error {
	h.start = h.spawn // silent: a method value that is only stored
	return nil
}

type ShadowedFunction struct{ session }

func (h *ShadowedFunction) Emit(_ context.Context, r Record) error {
	watch := func(key string) { h.n += len(key) }
	watch(r.Key) // silent: the local watch starts nothing
	return nil
}

// Recursion.

type node struct {
	key         string
	left, right *node
}

type Recursion struct {
	session
	root *node
}

func (h *Recursion) walk(n *node) {
	if n == nil {
		return
	}
	go h.send(n.key)
	h.walk(n.left)
	h.walk(n.right)
}

func (h *Recursion) Emit(context.Context, Record) error {
	h.walk(h.root) // want `\(\*Recursion\)\.Emit → \(\*Recursion\)\.walk \(go statement.*emit-goroutine`
	return nil
}

type MutualRecursion struct {
	session
	root *node
}

func (h *MutualRecursion) even(n *node) {
	if n != nil {
		h.odd(n.left)
	}
}

func (h *MutualRecursion) odd(n *node) {
	if n != nil {
		go h.send(n.key)
		h.even(n.right)
	}
}

func (h *MutualRecursion) Emit(context.Context, Record) error {
	h.even(h.root) // want `emit-goroutine`
	return nil
}

type MutualRecursionThree struct {
	session
	depth int
}

func (h *MutualRecursionThree) a(n int) {
	if n > 0 {
		h.b(n - 1)
	}
}

func (h *MutualRecursionThree) b(n int) { h.c(n) }

func (h *MutualRecursionThree) c(n int) {
	h.a(n - 1)
	if n == h.depth {
		watch("deep")
	}
}

func (h *MutualRecursionThree) Emit(context.Context, Record) error {
	h.a(h.depth) // want `emit-goroutine`
	return nil
}

type QuietRecursion struct {
	session
	root *node
}

func (h *QuietRecursion) count(n *node) int {
	if n == nil {
		return 0
	}
	return 1 + h.count(n.left) + h.count(n.right)
}

func (h *QuietRecursion) Emit(context.Context, Record) error {
	h.n = h.count(h.root) // silent: recursion alone is no effect
	return nil
}

type QuietMutualRecursion struct{ session }

func (h *QuietMutualRecursion) ping(n int) int {
	if n == 0 {
		return 0
	}
	return h.pong(n - 1)
}

func (h *QuietMutualRecursion) pong(n int) int { return h.ping(n) + 1 }

func (h *QuietMutualRecursion) Emit(_ context.Context, r Record) error {
	h.n = h.ping(len(r.Targets)) // silent: recursion alone is no effect
	return nil
}

// Emit that calls itself.
type HotRecursion struct{ session }

func (h *HotRecursion) Emit(ctx context.Context, r Record) error {
	if len(r.Targets) == 0 {
		return nil
	}
	go h.send(r.Targets[0]) // want `emit-goroutine`
	r.Targets = r.Targets[1:]
	return h.Emit(ctx, r) // silent: the effect is told above
}

// Promoted methods.

type worker struct{ s session }

func (w *worker) begin() { go w.s.loop() }

type Promoted struct {
	session
	worker
}

func (h *Promoted) Emit(context.Context, Record) error {
	h.begin() // want `\(\*worker\)\.begin.*emit-goroutine`
	return nil
}

type PromotedPointer struct {
	session
	*worker
}

func (h *PromotedPointer) Emit(context.Context, Record) error {
	h.begin() // want `emit-goroutine`
	return nil
}

type middle struct{ *worker }

type PromotedDeep struct {
	session
	middle
}

func (h *PromotedDeep) Emit(context.Context, Record) error {
	begin := h.begin
	begin() // want `emit-goroutine`
	return nil
}

type PromotedShadowed struct {
	session
	worker
}

func (h *PromotedShadowed) begin() { h.n++ }

func (h *PromotedShadowed) Emit(context.Context, Record) error {
	h.begin() // silent: the outer begin hides the worker's
	return nil
}

type PromotedNamed struct {
	session
	worker
}

func (h *PromotedNamed) begin() { h.n++ }

func (h *PromotedNamed) Emit(context.Context, Record) error {
	h.worker.begin() // want `emit-goroutine`
	return nil
}

// Functions that the hot method does not reach.

type ColdMethods struct{ session }

func (h *ColdMethods) Emit(_ context.Context, r Record) error {
	return h.send(r.Key)
}

// Reset is for the user to call.
func (h *ColdMethods) Reset() {
	go h.loop() // silent: not reached from Emit
}

// Watch is for the user to call.
func (h *ColdMethods) Watch(key string) {
	watch(key) // silent: not reached from Emit
}

func unreached(s *session) {
	go s.loop() // silent: nobody calls it
}

type StartsInStart struct {
	session
	wg sync.WaitGroup
}

func (h *StartsInStart) SessionStart(ctx context.Context) error {
	if err := h.session.SessionStart(ctx); err != nil {
		return err
	}
	h.wg.Add(1)
	go func() { // silent: once per session
		defer h.wg.Done()
		h.loop()
	}()
	return nil
}

func (h *StartsInStart) Emit(_ context.Context, r Record) error {
	return h.send(r.Key)
}

func (h *StartsInStart) SessionStop(ctx context.Context) error {
	go h.send("stopped") // silent: SessionStop is not hot
	err := h.session.SessionStop(ctx)
	h.wg.Wait()
	return err
}

type UnknownCallee struct {
	session
	hooks map[string]func(Record)
	hook  func(Record)
}

func (h *UnknownCallee) Emit(_ context.Context, r Record) error {
	h.hook(r) // silent: nobody knows what the field holds
	if hook, ok := h.hooks[r.Key]; ok {
		hook(r) // silent: nobody knows what the map holds
	}
	return nil
}

// onRecord can be replaced by anyone.
var onRecord = func(r Record) { go watch(r.Key) }

type PackageVariable struct{ session }

func (h *PackageVariable) Emit(_ context.Context, r Record) error {
	onRecord(r) // silent: a package variable can be set anew
	return nil
}
