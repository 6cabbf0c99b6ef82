package structs

import (
	"context"
)

// Generic: two type parameters.

type Generic[K comparable, V any] struct {
	out chan int
	m   map[K]V
}

// produce runs as long as its context.
func (h *Generic[K, V]) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Generic[K, V]) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Generic[K, V]) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Generic[K, V]) SessionStop(ctx context.Context) error {
	return nil
}

// GenericOther: other names of the type parameters in each method.

type GenericOther[K comparable, V any] struct {
	out chan int
	m   map[K]V
}

// produce runs as long as its context.
func (h *GenericOther[A, B]) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GenericOther[_, V]) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *GenericOther[X, Y]) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *GenericOther[K, _]) SessionStop(ctx context.Context) error {
	return nil
}

// GenericSwap: the type parameters swapped in start, and named by what is moved.

type GenericSwap[K, V comparable] struct {
	out chan int
	m   map[K]V
}

func (h *GenericSwap[K, V]) produce(ctx context.Context, k K) {
	_ = h.m[k]
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GenericSwap[V, K]) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *GenericSwap[K, V]) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx, *new(K))
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *GenericSwap[K, V]) SessionStop(ctx context.Context) error {
	return nil
}

// GenericNostop: a stop to write, an inline constraint.

type GenericNostop[T interface{ ~int | ~string }] struct {
	out chan int
	t   T
}

// produce runs as long as its context.
func (h *GenericNostop[T]) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GenericNostop[T]) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *GenericNostop[T]) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// GenericNostopMulti: type parameters on lines of their own.

type GenericNostopMulti[
	K comparable, // key
	V any, // value
] struct {
	out chan int
	m   map[K]V
}

// produce runs as long as its context.
func (h *GenericNostopMulti[K, V]) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GenericNostopMulti[K, V]) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *GenericNostopMulti[K, V]) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// GenericBlank: a blank type parameter.

type GenericBlank[_ any] struct{ out chan int }

// produce runs as long as its context.
func (h *GenericBlank[_]) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GenericBlank[_]) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *GenericBlank[_]) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// GenericShadow: a type parameter called context: no fix.

type GenericShadow[context any] struct {
	out chan int
	c   context
}

// produce runs as long as its context.
func (h *GenericShadow[T]) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GenericShadow[T]) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *GenericShadow[T]) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// GenericRecvShadow: a type parameter called sync in start.

type GenericRecvShadow[T any] struct {
	out chan int
	c   T
}

// produce runs as long as its context.
func (h *GenericRecvShadow[T]) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *GenericRecvShadow[sync]) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

// Emit emits.
func (h *GenericRecvShadow[T]) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *GenericRecvShadow[T]) SessionStop(ctx context.Context) error { return nil }

// GenericNamedH: a type parameter called like the receiver.

type GenericNamedH[h any] struct{ out chan int }

// produce runs as long as its context.
func (h *GenericNamedH[T]) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GenericNamedH[T]) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *GenericNamedH[T]) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Genbase: a generic base with start and stop.

type BaseGenbase[T any] struct{ out chan T }

func (b *BaseGenbase[T]) SessionStart(ctx context.Context) error {
	b.out = make(chan T, 4)
	return nil
}

func (b *BaseGenbase[T]) SessionStop(ctx context.Context) error { return nil }

type Genbase struct {
	BaseGenbase[int]
}

// produce runs as long as its context.
func (h *Genbase) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *Genbase) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// GenbaseInst: a pointer to a generic base whose start takes a T.

type BaseGenbaseInst[T any] struct{ out chan T }

func (b *BaseGenbaseInst[T]) SessionStart(ctx context.Context, first T) error {
	b.out = make(chan T, 4)
	return nil
}

func (b *BaseGenbaseInst[T]) SessionStop(ctx context.Context) error { return nil }

type GenbaseInst struct {
	*BaseGenbaseInst[int]
}

// produce runs as long as its context.
func (h *GenbaseInst) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *GenbaseInst) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
