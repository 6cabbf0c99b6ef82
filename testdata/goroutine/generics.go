package goroutine

import "context"

// spawnFor starts f on v.
func spawnFor[T any](v T, f func(T)) { go f(v) }

// spawnAll starts f on each of vs.
func spawnAll[S ~[]T, T any](vs S, f func(T)) {
	for _, v := range vs {
		spawnFor(v, f)
	}
}

// applyAll calls f on each of vs.
func applyAll[T any](vs []T, f func(T)) {
	for _, v := range vs {
		f(v)
	}
}

type GenericFunction struct{ session }

func (h *GenericFunction) keep(key string) { h.n += len(key) }

func (h *GenericFunction) Emit(_ context.Context, r Record) error {
	spawnFor(r.Key, h.keep) // want `→ spawnFor.*emit-goroutine`
	return nil
}

type GenericInstantiated struct{ session }

func (h *GenericInstantiated) keep(r Record) { h.n += len(r.Key) }

func (h *GenericInstantiated) Emit(_ context.Context, r Record) error {
	spawnFor[Record](r, h.keep) // want `emit-goroutine`
	return nil
}

type GenericValue struct{ session }

func (h *GenericValue) keep(key string) { h.n += len(key) }

func (h *GenericValue) Emit(_ context.Context, r Record) error {
	start := spawnFor[string]
	start(r.Key, h.keep) // want `emit-goroutine`
	return nil
}

type GenericChain struct{ session }

func (h *GenericChain) keep(key string) { h.n += len(key) }

func (h *GenericChain) Emit(_ context.Context, r Record) error {
	spawnAll(r.Targets, h.keep) // want `→ spawnAll.* → spawnFor.*emit-goroutine`
	return nil
}

type GenericHelperLiteral struct{ session }

func (h *GenericHelperLiteral) Emit(_ context.Context, r Record) error {
	applyAll(r.Targets, func(t string) {
		go h.send(t) // want `emit-goroutine`
	})
	return nil
}

type GenericHelperQuiet struct{ session }

func (h *GenericHelperQuiet) Emit(_ context.Context, r Record) error {
	applyAll(r.Targets, func(t string) { h.n += len(t) }) // silent: neither starts anything
	return nil
}

// pool runs each job of its own kind.
type pool[T any] struct {
	run  func(T)
	jobs []T
}

func (p *pool[T]) submit(v T) { go p.run(v) }

func (p *pool[T]) keep(v T) { p.jobs = append(p.jobs, v) }

type GenericMethod struct {
	session
	pool *pool[Record]
}

func (h *GenericMethod) Emit(_ context.Context, r Record) error {
	h.pool.submit(r) // want `submit.*emit-goroutine`
	return nil
}

type GenericMethodValue struct {
	session
	pool pool[string]
}

func (h *GenericMethodValue) Emit(_ context.Context, r Record) error {
	apply(r.Targets, h.pool.submit) // want `emit-goroutine`
	return nil
}

type GenericMethodQuiet struct {
	session
	pool *pool[Record]
}

func (h *GenericMethodQuiet) Emit(_ context.Context, r Record) error {
	h.pool.keep(r) // silent: keep only stores
	return nil
}

type GenericEmbedded struct {
	session
	pool[Record]
}

func (h *GenericEmbedded) Emit(_ context.Context, r Record) error {
	h.submit(r) // want `emit-goroutine`
	return nil
}

// starter is a constraint whose only implementation starts a goroutine.
type starter interface{ startWith(string) }

type startsAlways struct{ s session }

func (a *startsAlways) startWith(string) { go a.s.loop() }

func startEach[S starter](s S, keys []string) {
	for _, k := range keys {
		s.startWith(k)
	}
}

type ConstraintMethod struct {
	session
	s *startsAlways
}

func (h *ConstraintMethod) Emit(_ context.Context, r Record) error {
	startEach(h.s, r.Targets) // want `emit-goroutine`
	return nil
}

// keeper is a constraint with a loud and a quiet implementation.
type keeper interface{ keepKey(string) }

type loudKeeper struct{ s session }

func (k *loudKeeper) keepKey(string) { go k.s.loop() }

type quietKeeper struct{ keys []string }

func (k *quietKeeper) keepKey(key string) { k.keys = append(k.keys, key) }

func keepEach[K keeper](k K, keys []string) {
	for _, key := range keys {
		k.keepKey(key)
	}
}

type ConstraintMethodQuiet struct {
	session
	k *quietKeeper
}

func (h *ConstraintMethodQuiet) Emit(_ context.Context, r Record) error {
	keepEach(h.k, r.Targets) // silent: the quiet keeper starts nothing
	return nil
}

// Stage is a handler type with a type parameter.
type Stage[T any] struct {
	session
	sink func(T)
}

func (h *Stage[T]) Emit(_ context.Context, v T) error {
	go h.sink(v) // want `emit-goroutine`
	return nil
}

// Source is one with two, and hands out frames.
type Source[K comparable, V any] struct {
	session
	values map[K]V
	last   K
}

func (h *Source[K, V]) refresh(k K) { go delete(h.values, k) }

func (h *Source[K, V]) Emit(context.Context) (V, error) {
	h.refresh(h.last) // want `emit-goroutine`
	return h.values[h.last], nil
}

// QuietStage starts nothing.
type QuietStage[T any] struct {
	session
	kept []T
}

func (h *QuietStage[T]) Emit(_ context.Context, v T) error {
	h.kept = append(h.kept, v) // silent: only a slice that grows
	return nil
}
