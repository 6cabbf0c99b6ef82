// Package suppress holds cases for the comments that silence emitcheck, and for
// directives that are wrong.
package suppress

import (
	"context"
	"time"

	"corpus/suppress/helper"
)

func work() {}

func spawn() {
	go work()
}

// ---- that silence ----

// SameLine has the comment on the line.
type SameLine struct{}

func (h *SameLine) Emit(ctx context.Context) (int, error) {
	go work() //emitcheck:ignore emit-goroutine it ends by itself // silent: same line
	return 0, nil
}

func (h *SameLine) Close() error { return nil }

// LineAbove has it on the line above.
type LineAbove struct{}

func (h *LineAbove) Emit(ctx context.Context) (int, error) {
	//emitcheck:ignore emit-goroutine it ends by itself
	go work() // silent: line above
	return 0, nil
}

func (h *LineAbove) Close() error { return nil }

// LineTwoAbove has it too far away.
type LineTwoAbove struct{}

func (h *LineTwoAbove) Emit(ctx context.Context) (int, error) {
	//emitcheck:ignore emit-goroutine it ends by itself // want `matches nothing`

	go work() // want `emit-goroutine`
	return 0, nil
}

func (h *LineTwoAbove) Close() error { return nil }

// LineBefore has it behind another statement: that line is not this one's.
type LineBefore struct{ n int }

func (h *LineBefore) Emit(ctx context.Context) (int, error) {
	h.n++     //emitcheck:ignore emit-goroutine it ends by itself // want `matches nothing`
	go work() // want `emit-goroutine`
	return 0, nil
}

func (h *LineBefore) Close() error { return nil }

// OnCall silences the call that leads to it.
type OnCall struct{}

func (h *OnCall) Emit(ctx context.Context) (int, error) {
	//emitcheck:ignore emit-goroutine it ends by itself
	spawn() // silent: line above
	spawn() // want `emit-goroutine`
	return 0, nil
}

func (h *OnCall) Close() error { return nil }

// SeveralRules silences two rules of one line.
type SeveralRules struct{}

func (h *SeveralRules) Emit(ctx context.Context) (int, error) {
	//emitcheck:ignore emit-blocking,emit-goroutine a test rig, time does not matter
	func() { time.Sleep(time.Second); go work() }() // silent: two rules
	return 0, nil
}

func (h *SeveralRules) Close() error { return nil }

// SeveralRulesOne silences one of two.
type SeveralRulesOne struct{ ch chan int }

func (h *SeveralRulesOne) Emit(ctx context.Context) (int, error) {
	//emitcheck:ignore emit-channel,emit-resource a test rig, memory does not matter
	h.ch = make(chan int) // silent: one of the rules
	return 0, nil
}

func (h *SeveralRulesOne) Close() error { return nil }

// MultiLine silences a statement at its first line.
type MultiLine struct{}

func (h *MultiLine) Emit(ctx context.Context) (int, error) {
	//emitcheck:ignore emit-goroutine it ends by itself
	go func() { // silent: line above
		work()
	}()
	return 0, nil
}

func (h *MultiLine) Close() error { return nil }

// InHelper calls a helper whose effect is silenced there.
type InHelper struct{}

func quiet() {
	go work() //emitcheck:ignore emit-goroutine it ends by itself
}

func viaQuiet() { quiet() }

func (h *InHelper) Emit(ctx context.Context) (int, error) {
	quiet()    // silent: silenced in the helper
	viaQuiet() // silent: silenced in the helper's helper
	return 0, nil
}

func (h *InHelper) Close() error { return nil }

// OnCallInHelper calls one that silences its own call.
type OnCallInHelper struct{}

func quietCall() {
	//emitcheck:ignore emit-goroutine it ends by itself
	spawn()
}

func (h *OnCallInHelper) Emit(ctx context.Context) (int, error) {
	quietCall() // silent: silenced in the helper
	return 0, nil
}

func (h *OnCallInHelper) Close() error { return nil }

// InHelperTwice calls one of whose two goroutines one is silenced.
type InHelperTwice struct{}

func quietAndLoud() {
	go work() //emitcheck:ignore emit-goroutine it ends by itself
	go work()
}

func (h *InHelperTwice) Emit(ctx context.Context) (int, error) {
	quietAndLoud() // want `emit-goroutine`
	return 0, nil
}

func (h *InHelperTwice) Close() error { return nil }

// OtherPackage calls helpers of another package.
type OtherPackage struct{}

func (h *OtherPackage) Emit(ctx context.Context) (int, error) {
	helper.Spawn() // silent: silenced in the other package
	helper.Chain() // silent: silenced in the other package
	helper.Make()  // want `emit-channel`
	helper.Loud()  // want `\(\*OtherPackage\)\.Emit → helper\.Loud .*emit-goroutine`
	return 0, nil
}

func (h *OtherPackage) Close() error { return nil }

// ---- that do not ----

// WrongRule names another rule.
type WrongRule struct{}

func (h *WrongRule) Emit(ctx context.Context) (int, error) {
	//emitcheck:ignore emit-channel it ends by itself // want `matches nothing`
	go work() // want `emit-goroutine`
	return 0, nil
}

func (h *WrongRule) Close() error { return nil }

// MissingReason gives no reason.
type MissingReason struct{}

func (h *MissingReason) Emit(ctx context.Context) (int, error) {
	//emitcheck:ignore emit-goroutine // want `emitcheck:ignore.*reason`
	go work() // want `emit-goroutine`
	return 0, nil
}

func (h *MissingReason) Close() error { return nil }

// MissingReasonSameLine gives none on the line.
type MissingReasonSameLine struct{}

func (h *MissingReasonSameLine) Emit(ctx context.Context) (int, error) {
	go work() //emitcheck:ignore emit-goroutine // want `emitcheck:ignore.*reason` `emit-goroutine`
	return 0, nil
}

func (h *MissingReasonSameLine) Close() error { return nil }

// MissingRule names no rule either.
type MissingRule struct{}

func (h *MissingRule) Emit(ctx context.Context) (int, error) {
	//emitcheck:ignore // want `emitcheck:ignore`
	go work() // want `emit-goroutine`
	return 0, nil
}

func (h *MissingRule) Close() error { return nil }

// UnknownRule names a rule that there is not.
type UnknownRule struct{}

func (h *UnknownRule) Emit(ctx context.Context) (int, error) {
	//emitcheck:ignore emit-goroutines it ends by itself // want `unknown rule`
	go work() // want `emit-goroutine`
	return 0, nil
}

func (h *UnknownRule) Close() error { return nil }

// UnknownAndKnown names one that there is beside it.
type UnknownAndKnown struct{}

func (h *UnknownAndKnown) Emit(ctx context.Context) (int, error) {
	//emitcheck:ignore goroutine,emit-goroutine it ends by itself // want `unknown rule`
	go work() // silent: the rule that there is
	return 0, nil
}

func (h *UnknownAndKnown) Close() error { return nil }

// MatchesNothing silences what is not there.
type MatchesNothing struct{}

func (h *MatchesNothing) Emit(ctx context.Context) (int, error) {
	work() //emitcheck:ignore emit-goroutine it ends by itself // want `emitcheck:ignore.*matches nothing`
	return 0, nil
}

func (h *MatchesNothing) Close() error { return nil }

// NotADirective has a space before its name: a comment like any other.
type NotADirective struct{}

func (h *NotADirective) Emit(ctx context.Context) (int, error) {
	// emitcheck:ignore emit-goroutine it ends by itself
	go work() // want `emit-goroutine`
	return 0, nil
}

func (h *NotADirective) Close() error { return nil }
