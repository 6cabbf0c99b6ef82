package chain

import (
	"context"
	"sync"

	"corpus/chain/a"
	"corpus/chain/b"
	"corpus/chain/c"
)

// session is the start and stop of the handlers whose whole message is fixed.
type session struct{}

func (session) SessionStart(ctx context.Context) error { return nil }

func (session) SessionStop(ctx context.Context) error { return nil }

// ---- one package ----

// Depth1 does it itself.
type Depth1 struct{ session }

func (h *Depth1) Emit(ctx context.Context) (int, error) {
	go work() // want `^Emit starts a goroutine on each call(: \(\*Depth1\)\.Emit \(go statement at depth\.go:\d+\))?; start it in SessionStart and stop it in SessionStop.* \(emit-goroutine\)$`
	return 1, nil
}

// Depth2 calls what does it.
type Depth2 struct{ session }

func (h *Depth2) Emit(ctx context.Context) (int, error) {
	spawn() // want `^Emit starts a goroutine on each call: \(\*Depth2\)\.Emit → spawn \(go statement at spawn\.go:12\); start it in SessionStart and stop it in SessionStop.* \(emit-goroutine\)$`
	return 2, nil
}

func d3() { spawn() }

// Depth3 is the third.
type Depth3 struct{ session }

func (h *Depth3) Emit(ctx context.Context) (int, error) {
	d3() // want `^Emit starts a goroutine on each call: \(\*Depth3\)\.Emit → d3 → spawn \(go statement at spawn\.go:12\); start it in SessionStart and stop it in SessionStop.* \(emit-goroutine\)$`
	return 3, nil
}

// Depth4 is the fourth.
type Depth4 struct{ session }

func (h *Depth4) step() { d3() }

func (h *Depth4) Emit(ctx context.Context) (int, error) {
	h.step() // want `^Emit starts a goroutine on each call: \(\*Depth4\)\.Emit → \(\*Depth4\)\.step → d3 → spawn \(go statement at spawn\.go:12\); start it in SessionStart and stop it in SessionStop.* \(emit-goroutine\)$`
	return 4, nil
}

func d5() { d5b() }

func d5b() { d3() }

// Depth5 has four hops, the longest chain that is shown whole.
type Depth5 struct{ session }

func (h *Depth5) Emit(ctx context.Context) (int, error) {
	d5() // want `^Emit starts a goroutine on each call: \(\*Depth5\)\.Emit → d5 → d5b → d3 → spawn \(go statement at spawn\.go:12\); start it in SessionStart and stop it in SessionStop.* \(emit-goroutine\)$`
	return 5, nil
}

func d6() { d5() }

// Depth6 leaves one function out.
type Depth6 struct{ session }

func (h *Depth6) Emit(ctx context.Context) (int, error) {
	d6() // want `^Emit starts a goroutine on each call: \(\*Depth6\)\.Emit → d6 → d5 → d5b → \+1 more → spawn \(go statement at spawn\.go:12\); start it in SessionStart and stop it in SessionStop.* \(emit-goroutine\)$`
	return 6, nil
}

func d7() { d6() }

// Depth7 leaves two functions out.
type Depth7 struct{ session }

func (h *Depth7) Emit(ctx context.Context) (int, error) {
	d7() // want `^Emit starts a goroutine on each call: \(\*Depth7\)\.Emit → d7 → d6 → d5 → \+2 more → spawn \(go statement at spawn\.go:12\); start it in SessionStart and stop it in SessionStop.* \(emit-goroutine\)$`
	return 7, nil
}

// ---- several packages ----

// Cross2 ends in another package.
type Cross2 struct{ session }

func (h *Cross2) Emit(ctx context.Context) (int, error) {
	c.Run() // want `^Emit starts a goroutine on each call: \(\*Cross2\)\.Emit → c\.Run \(go statement at c\.go:8\); start it in SessionStart and stop it in SessionStop.* \(emit-goroutine\)$`
	return 2, nil
}

// Cross3 crosses two.
type Cross3 struct{ session }

func (h *Cross3) Emit(ctx context.Context) (int, error) {
	b.Start() // want `^Emit starts a goroutine on each call: \(\*Cross3\)\.Emit → b\.Start → c\.Run \(go statement at c\.go:8\); start it in SessionStart and stop it in SessionStop.* \(emit-goroutine\)$`
	return 3, nil
}

// Cross4 crosses three.
type Cross4 struct{ session }

func (h *Cross4) Emit(ctx context.Context) (int, error) {
	a.Start() // want `^Emit starts a goroutine on each call: \(\*Cross4\)\.Emit → a\.Start → b\.Start → c\.Run \(go statement at c\.go:8\); start it in SessionStart and stop it in SessionStop.* \(emit-goroutine\)$`
	return 4, nil
}

// Cross5 has four hops.
type Cross5 struct{ session }

func (h *Cross5) step() { a.Start() }

func (h *Cross5) Emit(ctx context.Context) (int, error) {
	h.step() // want `^Emit starts a goroutine on each call: \(\*Cross5\)\.Emit → \(\*Cross5\)\.step → a\.Start → b\.Start → c\.Run \(go statement at c\.go:8\); start it in SessionStart and stop it in SessionStop.* \(emit-goroutine\)$`
	return 5, nil
}

// Cross6 leaves package b out.
type Cross6 struct{ session }

func (h *Cross6) one() { h.two() }

func (h *Cross6) two() { a.Start() }

func (h *Cross6) Emit(ctx context.Context) (int, error) {
	h.one() // want `^Emit starts a goroutine on each call: \(\*Cross6\)\.Emit → \(\*Cross6\)\.one → \(\*Cross6\)\.two → a\.Start → \+1 more → c\.Run \(go statement at c\.go:8\); start it in SessionStart and stop it in SessionStop.* \(emit-goroutine\)$`
	return 6, nil
}

// CrossDeep gets a chain that is bounded already.
type CrossDeep struct{ session }

func (h *CrossDeep) Emit(ctx context.Context) (int, error) {
	c.Deep() // want `^Emit starts a goroutine on each call: \(\*CrossDeep\)\.Emit → c\.Deep → c\.deep2 → c\.deep3 → \+1 more → c\.deep5 \(go statement at c\.go:21\); start it in SessionStart and stop it in SessionStop.* \(emit-goroutine\)$`
	return 6, nil
}

// CrossDeeper makes it longer still.
type CrossDeeper struct{ session }

func (h *CrossDeeper) step() { c.Deep() }

func (h *CrossDeeper) Emit(ctx context.Context) (int, error) {
	h.step() // want `^Emit starts a goroutine on each call: \(\*CrossDeeper\)\.Emit → \(\*CrossDeeper\)\.step → c\.Deep → c\.deep2 → \+2 more → c\.deep5 \(go statement at c\.go:21\); start it in SessionStart and stop it in SessionStop.* \(emit-goroutine\)$`
	return 7, nil
}

// CrossQuiet calls what does nothing.
type CrossQuiet struct{ session }

func (h *CrossQuiet) Emit(ctx context.Context) (int, error) {
	c.Quiet() // silent: no effect
	return 0, nil
}

// ---- which of several chains ----

func longThenShort() {
	d5()
	spawn()
}

func shortThenLong() {
	spawn()
	d5()
}

// Shortest takes the shortest of equal effects.
type Shortest struct{ session }

func (h *Shortest) Emit(ctx context.Context) (int, error) {
	longThenShort() // want `: \(\*Shortest\)\.Emit → longThenShort → spawn \(`
	shortThenLong() // want `: \(\*Shortest\)\.Emit → shortThenLong → spawn \(`
	return 0, nil
}

func rareShort(ok bool) {
	if ok {
		spawn()
	}
	d3()
}

// MostFrequent takes the more frequent one before the shorter one.
type MostFrequent struct {
	session
	loud bool
}

func (h *MostFrequent) Emit(ctx context.Context) (int, error) {
	rareShort(h.loud) // want `on each call: \(\*MostFrequent\)\.Emit → rareShort → d3 → spawn \(`
	return 0, nil
}

func joinedShort() {
	var wg sync.WaitGroup
	wg.Go(work)
	wg.Wait()
	d3()
}

// Heaviest takes the leak before the shorter cost.
type Heaviest struct{ session }

func (h *Heaviest) Emit(ctx context.Context) (int, error) {
	joinedShort() // want `on each call: \(\*Heaviest\)\.Emit → joinedShort → d3 → spawn \(`
	return 0, nil
}
