package goroutine

import (
	"context"
	"sync"
)

// Function literals.

type ImmediateLiteral struct{ session }

func (h *ImmediateLiteral) Emit(context.Context, Record) error {
	func() {
		go h.loop() // want `on each call.*emit-goroutine`
	}()
	return nil
}

type ImmediateLiteralResult struct{ session }

func (h *ImmediateLiteralResult) Emit(_ context.Context, r Record) error {
	return func(key string) error {
		go h.loop() // want `emit-goroutine`
		return h.send(key)
	}(r.Key)
}

type DeferredLiteral struct{ session }

func (h *DeferredLiteral) Emit(_ context.Context, r Record) error {
	defer func() {
		go h.loop() // want `emit-goroutine`
	}()
	return h.send(r.Key)
}

type DeferredLiteralCalls struct{ session }

func (h *DeferredLiteralCalls) Emit(_ context.Context, r Record) error {
	defer func() {
		if err := recover(); err != nil {
			h.n = -1
		}
		watch(r.Key) // want `emit-goroutine`
	}()
	return h.send(r.Key)
}

type LocalFunction struct{ session }

func (h *LocalFunction) Emit(_ context.Context, r Record) error {
	start := func(key string) {
		go h.send(key) // want `emit-goroutine`
	}
	start(r.Key)
	return nil
}

type LocalFunctionTwice struct{ session }

func (h *LocalFunctionTwice) Emit(_ context.Context, r Record) error {
	start := func(key string) {
		go h.send(key) // want `emit-goroutine`
	}
	start(r.Key)
	start("again")
	return nil
}

type LocalFunctionVar struct{ session }

func (h *LocalFunctionVar) Emit(_ context.Context, r Record) error {
	var start = func() error {
		return h.spawnErr() // want `emit-goroutine`
	}
	if r.Key == "" {
		return nil
	}
	return start()
}

type LocalFunctionSometimes struct{ session }

func (h *LocalFunctionSometimes) Emit(_ context.Context, r Record) error {
	start := func() {
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	if r.Urgent {
		start()
	}
	return nil
}

type LocalFunctionRecursive struct {
	session
	root *node
}

func (h *LocalFunctionRecursive) Emit(context.Context, Record) error {
	var walk func(*node)
	walk = func(n *node) {
		if n == nil {
			return
		}
		go h.send(n.key) // want `emit-goroutine`
		walk(n.left)
		walk(n.right)
	}
	walk(h.root)
	return nil
}

type LocalFunctionReassigned struct{ session }

func (h *LocalFunctionReassigned) Emit(_ context.Context, r Record) error {
	start := func() { go h.loop() } // silent: set anew below, so nobody knows which one runs
	if !r.Urgent {
		start = func() { h.n++ }
	}
	start()
	return nil
}

type LocalFunctionNeverCalled struct{ session }

func (h *LocalFunctionNeverCalled) Emit(_ context.Context, r Record) error {
	start := func() { go h.loop() } // silent: never called
	_ = start
	return h.send(r.Key)
}

type LocalFunctionPassed struct{ session }

func (h *LocalFunctionPassed) Emit(_ context.Context, r Record) error {
	start := func(t string) {
		go h.send(t) // want `emit-goroutine`
	}
	apply(r.Targets, start)
	return nil
}

type LiteralStored struct {
	session
	onClose func()
	cleanup []func()
	byKey   map[string]func()
	later   chan func()
}

func (h *LiteralStored) Emit(_ context.Context, r Record) error {
	h.onClose = func() { go h.loop() }                      // silent: only stored
	h.cleanup = append(h.cleanup, func() { go h.loop() })   // silent: only stored
	h.byKey[r.Key] = func() { watch(r.Key) }                // silent: only stored
	h.later <- func() { go h.send(r.Key) }                  // silent: only sent
	job := struct{ run func() }{func() { watch("stored") }} // silent: only stored
	_ = job
	return nil
}

// Helpers that are given a function.

// apply calls f for each item.
func apply(items []string, f func(string)) {
	for _, item := range items {
		f(item)
	}
}

// locked calls f under mu.
func locked(mu *sync.Mutex, f func()) {
	mu.Lock()
	defer mu.Unlock()
	f()
}

// unless calls f if not stop.
func unless(stop bool, f func()) {
	if !stop {
		f()
	}
}

// forward passes f on.
func forward(mu *sync.Mutex, f func()) { locked(mu, f) }

// wrapped calls f from a literal of its own.
func wrapped(f func()) {
	func() {
		defer f()
	}()
}

// async runs f in a goroutine of its own.
func async(f func()) { go f() }

// asyncLiteral runs f in the literal of a goroutine.
func asyncLiteral(f func()) {
	go func() {
		f()
	}()
}

// queue keeps functions for later.
type queue struct{ jobs []func() }

func (q *queue) push(f func()) { q.jobs = append(q.jobs, f) }

// ignore does not even look at f.
func ignore(func()) {}

// retry calls f until it succeeds, three times at most.
func retry(f func() error) error {
	var err error
	for range 3 {
		if err = f(); err == nil {
			return nil
		}
	}
	return err
}

type HelperLoop struct{ session }

func (h *HelperLoop) Emit(_ context.Context, r Record) error {
	apply(r.Targets, func(t string) {
		go h.send(t) // want `emit-goroutine`
	})
	return nil
}

type HelperSync struct {
	session
	mu sync.Mutex
}

func (h *HelperSync) Emit(_ context.Context, r Record) error {
	locked(&h.mu, func() {
		h.n++
		go h.send(r.Key) // want `on each call.*emit-goroutine`
	})
	return nil
}

type HelperSyncCalls struct {
	session
	mu sync.Mutex
}

func (h *HelperSyncCalls) Emit(_ context.Context, r Record) error {
	locked(&h.mu, func() {
		watch(r.Key) // want `emit-goroutine`
	})
	return nil
}

type HelperCondition struct{ session }

func (h *HelperCondition) Emit(_ context.Context, r Record) error {
	unless(r.Urgent, func() {
		go h.send(r.Key) // want `on some calls.*emit-goroutine`
	})
	return nil
}

type HelperForwards struct {
	session
	mu sync.Mutex
}

func (h *HelperForwards) Emit(_ context.Context, r Record) error {
	forward(&h.mu, func() {
		go h.send(r.Key) // want `emit-goroutine`
	})
	return nil
}

type HelperWraps struct{ session }

func (h *HelperWraps) Emit(_ context.Context, r Record) error {
	wrapped(func() {
		go h.send(r.Key) // want `emit-goroutine`
	})
	return nil
}

type HelperRetries struct{ session }

func (h *HelperRetries) Emit(_ context.Context, r Record) error {
	return retry(func() error {
		go h.loop() // want `emit-goroutine`
		return h.send(r.Key)
	})
}

type HelperMethodValue struct {
	session
	mu sync.Mutex
}

func (h *HelperMethodValue) begin() { go h.loop() }

func (h *HelperMethodValue) Emit(context.Context, Record) error {
	locked(&h.mu, h.begin) // want `emit-goroutine`
	return nil
}

type HelperGoroutine struct{ session }

func (h *HelperGoroutine) Emit(_ context.Context, r Record) error {
	async(func() { // want `→ async.*emit-goroutine`
		go h.send(r.Key) // silent: it runs in the goroutine that async starts
	})
	return nil
}

type HelperGoroutineLiteral struct{ session }

func (h *HelperGoroutineLiteral) Emit(_ context.Context, r Record) error {
	asyncLiteral(func() { // want `→ asyncLiteral.*emit-goroutine`
		watch(r.Key) // silent: it runs in the goroutine that asyncLiteral starts
	})
	return nil
}

type HelperStores struct {
	session
	jobs queue
}

func (h *HelperStores) Emit(_ context.Context, r Record) error {
	h.jobs.push(func() { go h.send(r.Key) }) // silent: only stored
	return nil
}

type HelperIgnores struct{ session }

func (h *HelperIgnores) Emit(_ context.Context, r Record) error {
	ignore(func() { watch(r.Key) }) // silent: never called
	return nil
}

type HelperQuietLiteral struct {
	session
	mu sync.Mutex
}

func (h *HelperQuietLiteral) Emit(_ context.Context, r Record) error {
	locked(&h.mu, func() { h.n += len(r.Key) }) // silent: what other callers pass is theirs
	return nil
}

type HelperOfStd struct {
	session
	peers sync.Map
}

func (h *HelperOfStd) Emit(_ context.Context, r Record) error {
	h.peers.Range(func(k, _ any) bool {
		go h.send(k.(string) + r.Key) // want `emit-goroutine`
		return true
	})
	return nil
}

type HelperOfStdQuiet struct {
	session
	peers sync.Map
}

func (h *HelperOfStdQuiet) Emit(_ context.Context, r Record) error {
	h.peers.Range(func(k, _ any) bool { // silent: the literal starts nothing
		return h.send(k.(string)+r.Key) == nil
	})
	return nil
}

type RangeOverFunc struct {
	session
	targets []string
}

func (h *RangeOverFunc) all(yield func(string) bool) {
	for _, t := range h.targets {
		if !yield(t) {
			return
		}
	}
}

func (h *RangeOverFunc) Emit(context.Context, Record) error {
	for t := range h.all {
		go h.send(t) // want `emit-goroutine`
	}
	return nil
}
