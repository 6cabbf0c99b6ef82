// Package effects holds handlers that attack the text of fixes.
package effects

import (
	"context"
	"time"
)

// Tick: comments beside each statement of the ticker.

type Tick struct {
	out chan int
}

// SessionStart begins.
func (h *Tick) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Tick) Emit(ctx context.Context) (int, error) {
	// paced
	t := time.NewTicker(time.Second) // a second
	// stopped
	defer t.Stop() // again
	select {
	case <-t.C:
		return 1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Tick) SessionStop(ctx context.Context) error {
	return nil
}

// TickOne: all on one line.

type TickOne struct {
	out chan int
}

// SessionStart begins.
func (h *TickOne) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *TickOne) Emit(ctx context.Context) (int, error) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	<-t.C
	return 1, nil
}

// SessionStop ends.
func (h *TickOne) SessionStop(ctx context.Context) error {
	return nil
}

// TickVar: a var declaration: no fix.

type TickVar struct {
	out chan int
}

// SessionStart begins.
func (h *TickVar) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *TickVar) Emit(ctx context.Context) (int, error) {
	var t = time.NewTicker(time.Second)
	defer t.Stop()
	select {
	case <-t.C:
		return 1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *TickVar) SessionStop(ctx context.Context) error {
	return nil
}

// TickGroup: a grouped var declaration: no fix.

type TickGroup struct {
	out chan int
}

// SessionStart begins.
func (h *TickGroup) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *TickGroup) Emit(ctx context.Context) (int, error) {
	var (
		// t is
		t = time.NewTicker(time.Second) // x
		n = 1
	)
	defer t.Stop()
	_ = n
	select {
	case <-t.C:
		return 1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *TickGroup) SessionStop(ctx context.Context) error {
	return nil
}

// TickTwo: two variables in one definition: no fix.

type TickTwo struct {
	out chan int
}

// SessionStart begins.
func (h *TickTwo) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *TickTwo) Emit(ctx context.Context) (int, error) {
	t, n := time.NewTicker(time.Second), 1
	defer t.Stop()
	_ = n
	select {
	case <-t.C:
		return 1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *TickTwo) SessionStop(ctx context.Context) error {
	return nil
}

// TickLit: a comment in the duration, and a deferred literal.

type TickLit struct {
	out chan int
}

// SessionStart begins.
func (h *TickLit) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *TickLit) Emit(ctx context.Context) (int, error) {
	t := time.NewTicker(20 /* ms */ * time.Millisecond)
	defer func() {
		// stop it
		t.Stop()
	}()
	select {
	case <-t.C:
		return 1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *TickLit) SessionStop(ctx context.Context) error {
	return nil
}

// TickShadow: another variable of its name further down.

type TickShadow struct {
	out chan int
}

// SessionStart begins.
func (h *TickShadow) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *TickShadow) Emit(ctx context.Context) (int, error) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	if t := time.Now(); t.IsZero() {
		return 0, nil
	}
	select {
	case <-t.C:
		return 1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *TickShadow) SessionStop(ctx context.Context) error {
	return nil
}

// TickClosure: used in a closure.

type TickClosure struct {
	out chan int
}

// SessionStart begins.
func (h *TickClosure) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *TickClosure) Emit(ctx context.Context) (int, error) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	wait := func() { <-t.C }
	wait()
	return 1, nil
}

// SessionStop ends.
func (h *TickClosure) SessionStop(ctx context.Context) error {
	return nil
}

// TickKey: kept in a struct: no fix.

type TickKey struct {
	out chan int
}

// SessionStart begins.
func (h *TickKey) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *TickKey) Emit(ctx context.Context) (int, error) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	x := struct{ t *time.Ticker }{t: t}
	<-x.t.C
	return 1, nil
}

// SessionStop ends.
func (h *TickKey) SessionStop(ctx context.Context) error {
	return nil
}

// TickShadowtime: a local called time further down.

type TickShadowtime struct {
	out chan int
}

// SessionStart begins.
func (h *TickShadowtime) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *TickShadowtime) Emit(ctx context.Context) (int, error) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	time := 1
	_ = time
	select {
	case <-t.C:
		return 1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *TickShadowtime) SessionStop(ctx context.Context) error {
	return nil
}

// TickStarttime: a param of start called time: no fix.

type TickStarttime struct {
	out chan int
}

func (h *TickStarttime) SessionStart(time context.Context) error { h.out = make(chan int); return nil }

func (h *TickStarttime) Emit(ctx context.Context) (int, error) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	select {
	case <-t.C:
		return 1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *TickStarttime) SessionStop(ctx context.Context) error {
	return nil
}

// TickBoth: Emit and Receive with one each.

type TickBoth struct {
	out chan int
}

// SessionStart begins.
func (h *TickBoth) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *TickBoth) Emit(ctx context.Context) (int, error) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	select {
	case <-t.C:
		return 1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *TickBoth) SessionStop(ctx context.Context) error {
	return nil
}

func (h *TickBoth) Receive(ctx context.Context, x int) error {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
	return nil
}
