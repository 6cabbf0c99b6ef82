// Package timers has handlers that make timers in Emit.
package timers

import (
	"context"
	"time"
)

func first(out chan string, late <-chan time.Time) string {
	select {
	case s := <-out:
		return s
	case <-late:
		return ""
	}
}

// ChannelReturned: the channel of a timer is returned
type ChannelReturned struct {
	out chan string
}

func (h *ChannelReturned) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ChannelReturned) Emit(ctx context.Context) (<-chan time.Time, error) {
	t := time.NewTimer(time.Second)
	return t.C, nil
}

func (h *ChannelReturned) SessionStop(ctx context.Context) error {
	return nil
}

// ChannelKept: the channel of a timer is kept in a field
type ChannelKept struct {
	out  chan string
	late <-chan time.Time
}

func (h *ChannelKept) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ChannelKept) Emit(ctx context.Context) (string, error) {
	t := time.NewTimer(time.Second)
	h.late = t.C
	select {
	case s := <-h.out:
		return s, nil
	case <-h.late:
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *ChannelKept) SessionStop(ctx context.Context) error {
	return nil
}

// AfterKept: time.After is kept in a field, and read by the next call
type AfterKept struct {
	out  chan string
	late <-chan time.Time
}

func (h *AfterKept) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterKept) Emit(ctx context.Context) (string, error) {
	if h.late == nil {
		h.late = time.After(time.Second)
	}
	select {
	case s := <-h.out:
		return s, nil
	case <-h.late:
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *AfterKept) SessionStop(ctx context.Context) error {
	return nil
}

// AfterVariable: time.After in a variable
type AfterVariable struct {
	out chan string
}

func (h *AfterVariable) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterVariable) Emit(ctx context.Context) (string, error) {
	late := time.After(time.Second)
	select {
	case s := <-h.out:
		return s, nil
	case <-late:
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *AfterVariable) SessionStop(ctx context.Context) error {
	return nil
}

// AfterBeforeLoop: time.After before a loop: one limit for all
type AfterBeforeLoop struct {
	out chan string
}

func (h *AfterBeforeLoop) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterBeforeLoop) Emit(ctx context.Context) (string, error) {
	late := time.After(time.Second)
	for {
		select {
		case s := <-h.out:
			if s != "" {
				return s, nil
			}
		case <-late:
			return "", nil
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

func (h *AfterBeforeLoop) SessionStop(ctx context.Context) error {
	return nil
}

// AfterInLoop: time.After in the select of a loop: a limit for each round
type AfterInLoop struct {
	out chan string
}

func (h *AfterInLoop) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterInLoop) Emit(ctx context.Context) (string, error) {
	for {
		select {
		case s := <-h.out:
			if s != "" {
				return s, nil
			}
		case <-time.After(time.Second):
			return "", nil
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

func (h *AfterInLoop) SessionStop(ctx context.Context) error {
	return nil
}

// AfterTwice: two limits in one select
type AfterTwice struct {
	out chan string
}

func (h *AfterTwice) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterTwice) Emit(ctx context.Context) (string, error) {
	select {
	case s := <-h.out:
		return s, nil
	case <-time.After(time.Second):
		return "a", nil
	case <-time.After(2 * time.Second):
		return "b", nil
	}
}

func (h *AfterTwice) SessionStop(ctx context.Context) error {
	return nil
}

// AfterDuration: a limit of the call
type AfterDuration struct {
	out chan string
	n   int
}

func (h *AfterDuration) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterDuration) Emit(ctx context.Context) (string, error) {
	h.n++
	d := time.Duration(h.n) * time.Millisecond
	select {
	case s := <-h.out:
		return s, nil
	case <-time.After(d):
		return "late", nil
	}
}

func (h *AfterDuration) SessionStop(ctx context.Context) error {
	return nil
}

// AfterNegative: a limit that has passed
type AfterNegative struct {
	out chan string
}

func (h *AfterNegative) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterNegative) Emit(ctx context.Context) (string, error) {
	select {
	case s := <-h.out:
		return s, nil
	case <-time.After(-1):
		return "late", nil
	}
}

func (h *AfterNegative) SessionStop(ctx context.Context) error {
	return nil
}

// AfterPlain: time.After as a plain wait
type AfterPlain struct {
	out chan string
}

func (h *AfterPlain) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterPlain) Emit(ctx context.Context) (string, error) {
	<-time.After(time.Second)
	return <-h.out, nil
}

func (h *AfterPlain) SessionStop(ctx context.Context) error {
	return nil
}

// AfterAssigned: the time of time.After is used
type AfterAssigned struct {
	out chan string
}

func (h *AfterAssigned) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterAssigned) Emit(ctx context.Context) (string, error) {
	t := <-time.After(time.Second)
	return t.String(), nil
}

func (h *AfterAssigned) SessionStop(ctx context.Context) error {
	return nil
}

// AfterReturned: the wait stands in the return
type AfterReturned struct {
	out chan string
}

func (h *AfterReturned) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterReturned) Emit(ctx context.Context) (string, error) {
	return (<-time.After(time.Second)).String(), nil
}

func (h *AfterReturned) SessionStop(ctx context.Context) error {
	return nil
}

// AfterIfInit: the wait stands in the head of an if
type AfterIfInit struct {
	out chan string
}

func (h *AfterIfInit) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterIfInit) Emit(ctx context.Context) (string, error) {
	if t := <-time.After(time.Second); t.IsZero() {
		return "", nil
	}
	return "x", nil
}

func (h *AfterIfInit) SessionStop(ctx context.Context) error {
	return nil
}

// AfterInCond: the wait stands in the condition of an if
type AfterInCond struct {
	out chan string
}

func (h *AfterInCond) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterInCond) Emit(ctx context.Context) (string, error) {
	if (<-time.After(time.Second)).IsZero() {
		return "", nil
	}
	return "x", nil
}

func (h *AfterInCond) SessionStop(ctx context.Context) error {
	return nil
}

// AfterLoopCond: the wait stands in the condition of a loop
type AfterLoopCond struct {
	out chan string
}

func (h *AfterLoopCond) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterLoopCond) Emit(ctx context.Context) (string, error) {
	for (<-time.After(time.Second)).IsZero() {
	}
	return "x", nil
}

func (h *AfterLoopCond) SessionStop(ctx context.Context) error {
	return nil
}

// AfterSwitch: the wait stands in a case of a switch
type AfterSwitch struct {
	out chan string
}

func (h *AfterSwitch) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterSwitch) Emit(ctx context.Context) (string, error) {
	switch {
	case len(h.out) == 0:
		<-time.After(time.Second)
	}
	return "x", nil
}

func (h *AfterSwitch) SessionStop(ctx context.Context) error {
	return nil
}

// AfterInCase: a limit in the body of a case of another select
type AfterInCase struct {
	out chan string
}

func (h *AfterInCase) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterInCase) Emit(ctx context.Context) (string, error) {
	select {
	case s := <-h.out:
		select {
		case h.out <- s + "!":
		case <-time.After(time.Second):
		case <-ctx.Done():
			return "", ctx.Err()
		}
		return s, nil
	case <-time.After(2 * time.Second):
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *AfterInCase) SessionStop(ctx context.Context) error {
	return nil
}

// AfterEffect: the duration is counted where the case sends what counts too
type AfterEffect struct {
	out chan string
	n   int
}

func (h *AfterEffect) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterEffect) Emit(ctx context.Context) (string, error) {
	select {
	case h.out <- h.next():
		return "", nil
	case <-time.After(time.Duration(h.n) * time.Second):
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *AfterEffect) SessionStop(ctx context.Context) error {
	return nil
}

func (h *AfterEffect) next() string { h.n++; return "x" }

// AfterBelow: the duration is a method that waits
type AfterBelow struct {
	out chan string
}

func (h *AfterBelow) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterBelow) Emit(ctx context.Context) (string, error) {
	select {
	case s := <-h.out:
		return s, nil
	case <-time.After(h.limit()):
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *AfterBelow) SessionStop(ctx context.Context) error {
	return nil
}

func (h *AfterBelow) limit() time.Duration { return time.Duration(len(h.out)) * time.Second }

// AfterGoroutine: a goroutine of the call waits
type AfterGoroutine struct {
	out chan string
}

func (h *AfterGoroutine) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterGoroutine) Emit(ctx context.Context) (string, error) {
	go func() {
		<-time.After(time.Second)
		h.out <- "x"
	}()
	return "", nil
}

func (h *AfterGoroutine) SessionStop(ctx context.Context) error {
	return nil
}

// AfterLiteral: a literal called here waits
type AfterLiteral struct {
	out chan string
}

func (h *AfterLiteral) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterLiteral) Emit(ctx context.Context) (string, error) {
	late := func() <-chan time.Time { return time.After(time.Second) }
	select {
	case s := <-h.out:
		return s, nil
	case <-late():
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *AfterLiteral) SessionStop(ctx context.Context) error {
	return nil
}

// AfterLabel: a select with a label
type AfterLabel struct {
	out chan string
}

func (h *AfterLabel) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterLabel) Emit(ctx context.Context) (string, error) {
loop:
	for {
		select {
		case s := <-h.out:
			if s == "" {
				break loop
			}
			return s, nil
		case <-time.After(time.Second):
			break loop
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	return "", nil
}

func (h *AfterLabel) SessionStop(ctx context.Context) error {
	return nil
}

// AfterSelectLabel: the select itself has the label
type AfterSelectLabel struct {
	out chan string
}

func (h *AfterSelectLabel) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterSelectLabel) Emit(ctx context.Context) (string, error) {
wait:
	select {
	case s := <-h.out:
		if s == "" {
			break wait
		}
		return s, nil
	case <-time.After(time.Second):
	case <-ctx.Done():
		return "", ctx.Err()
	}
	return "", nil
}

func (h *AfterSelectLabel) SessionStop(ctx context.Context) error {
	return nil
}

// AfterBoth: a wait and one for the channel that it leads to
type AfterBoth struct {
	out chan string
}

func (h *AfterBoth) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterBoth) Emit(ctx context.Context) (string, error) {
	time.Sleep(time.Millisecond)
	select {
	case s := <-h.out:
		<-time.After(time.Millisecond)
		return s, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *AfterBoth) SessionStop(ctx context.Context) error {
	return nil
}

// AfterNested: a limit made of another wait
type AfterNested struct {
	out chan string
}

func (h *AfterNested) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterNested) Emit(ctx context.Context) (string, error) {
	select {
	case <-time.After(time.Duration((<-time.After(time.Second)).Second())):
		return "x", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *AfterNested) SessionStop(ctx context.Context) error {
	return nil
}

// AfterArgs: the channel of a limit is handed on
type AfterArgs struct {
	out chan string
}

func (h *AfterArgs) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterArgs) Emit(ctx context.Context) (string, error) {
	return first(h.out, time.After(time.Second)), nil
}

func (h *AfterArgs) SessionStop(ctx context.Context) error {
	return nil
}

// TimerCaptured: a callback that is kept stops the timer
type TimerCaptured struct {
	out    chan string
	cancel func()
}

func (h *TimerCaptured) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TimerCaptured) Emit(ctx context.Context) (string, error) {
	t := time.NewTimer(time.Second)
	h.cancel = func() { t.Stop() }
	select {
	case s := <-h.out:
		return s, nil
	case <-t.C:
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *TimerCaptured) SessionStop(ctx context.Context) error {
	return nil
}

func (h *TimerCaptured) Receive(ctx context.Context, s string) error {
	if h.cancel != nil {
		h.cancel()
	}
	return nil
}

// TimerHelper: a helper keeps the timer
type TimerHelper struct {
	out  chan string
	last *time.Timer
}

func (h *TimerHelper) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TimerHelper) Emit(ctx context.Context) (string, error) {
	t := time.NewTimer(time.Second)
	h.hold(t)
	select {
	case s := <-h.out:
		return s, nil
	case <-t.C:
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *TimerHelper) SessionStop(ctx context.Context) error {
	return nil
}

func (h *TimerHelper) hold(t *time.Timer) { h.last = t }

// TimerField: a field that is there
type TimerField struct {
	out chan string
	t   *time.Timer
}

func (h *TimerField) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TimerField) Emit(ctx context.Context) (string, error) {
	h.t = time.NewTimer(time.Second)
	defer h.t.Stop()
	select {
	case s := <-h.out:
		return s, nil
	case <-h.t.C:
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *TimerField) SessionStop(ctx context.Context) error {
	return nil
}

// TimerFieldReceive: Receive resets the field
type TimerFieldReceive struct {
	out chan string
	t   *time.Timer
}

func (h *TimerFieldReceive) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TimerFieldReceive) Emit(ctx context.Context) (string, error) {
	h.t = time.NewTimer(time.Second)
	select {
	case s := <-h.out:
		return s, nil
	case <-h.t.C:
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *TimerFieldReceive) SessionStop(ctx context.Context) error {
	return nil
}

func (h *TimerFieldReceive) Receive(ctx context.Context, s string) error {
	if h.t != nil {
		h.t.Reset(time.Second)
	}
	return nil
}

// TickerField: a ticker in a field that is there
type TickerField struct {
	out chan string
	t   *time.Ticker
}

func (h *TickerField) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TickerField) Emit(ctx context.Context) (string, error) {
	h.t = time.NewTicker(time.Second)
	defer h.t.Stop()
	select {
	case s := <-h.out:
		return s, nil
	case <-h.t.C:
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *TickerField) SessionStop(ctx context.Context) error {
	return nil
}

// TimerReset: a timer that the call resets
type TimerReset struct {
	out chan string
}

func (h *TimerReset) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TimerReset) Emit(ctx context.Context) (string, error) {
	t := time.NewTimer(time.Second)
	defer t.Stop()
	for range 3 {
		select {
		case <-h.out:
			t.Reset(time.Second)
		case <-t.C:
			return "late", nil
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	return "", nil
}

func (h *TimerReset) SessionStop(ctx context.Context) error {
	return nil
}

// TimerDrained: a timer drained as before Go 1.23
type TimerDrained struct {
	out chan string
}

func (h *TimerDrained) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TimerDrained) Emit(ctx context.Context) (string, error) {
	t := time.NewTimer(time.Second)
	select {
	case s := <-h.out:
		if !t.Stop() {
			<-t.C
		}
		return s, nil
	case <-t.C:
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *TimerDrained) SessionStop(ctx context.Context) error {
	return nil
}

// TimerZero: a timer of zero
type TimerZero struct {
	out chan string
}

func (h *TimerZero) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TimerZero) Emit(ctx context.Context) (string, error) {
	t := time.NewTimer(0)
	defer t.Stop()
	select {
	case s := <-h.out:
		return s, nil
	case <-t.C:
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *TimerZero) SessionStop(ctx context.Context) error {
	return nil
}

// TimerConditional: a timer on some calls
type TimerConditional struct {
	out chan string
	n   int
}

func (h *TimerConditional) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TimerConditional) Emit(ctx context.Context) (string, error) {
	var late <-chan time.Time
	if h.n > 3 {
		t := time.NewTimer(time.Second)
		defer t.Stop()
		late = t.C
	}
	h.n++
	select {
	case s := <-h.out:
		return s, nil
	case <-late:
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *TimerConditional) SessionStop(ctx context.Context) error {
	return nil
}

// TimerBlock: a timer in a block of its own
type TimerBlock struct {
	out chan string
}

func (h *TimerBlock) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TimerBlock) Emit(ctx context.Context) (string, error) {
	{
		t := time.NewTimer(time.Second)
		defer t.Stop()
		<-t.C
	}
	return <-h.out, nil
}

func (h *TimerBlock) SessionStop(ctx context.Context) error {
	return nil
}

// TimerVar: a timer of a var declaration
type TimerVar struct {
	out chan string
}

func (h *TimerVar) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TimerVar) Emit(ctx context.Context) (string, error) {
	var t = time.NewTimer(time.Second)
	defer t.Stop()
	select {
	case s := <-h.out:
		return s, nil
	case <-t.C:
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *TimerVar) SessionStop(ctx context.Context) error {
	return nil
}

// TimerNilled: a timer that is set to nil
type TimerNilled struct {
	out chan string
}

func (h *TimerNilled) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TimerNilled) Emit(ctx context.Context) (string, error) {
	t := time.NewTimer(time.Second)
	if len(h.out) > 0 {
		t = nil
	}
	_ = t
	return "", nil
}

func (h *TimerNilled) SessionStop(ctx context.Context) error {
	return nil
}

// TickerInLoop: a ticker for each round of a loop
type TickerInLoop struct {
	out chan string
}

func (h *TickerInLoop) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TickerInLoop) Emit(ctx context.Context) (string, error) {
	for range 3 {
		t := time.NewTicker(time.Millisecond)
		<-t.C
		t.Stop()
	}
	return "", nil
}

func (h *TickerInLoop) SessionStop(ctx context.Context) error {
	return nil
}

// TickerCounts: a ticker whose second tick matters
type TickerCounts struct {
	out chan string
}

func (h *TickerCounts) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TickerCounts) Emit(ctx context.Context) (string, error) {
	t := time.NewTicker(time.Millisecond)
	defer t.Stop()
	<-t.C
	<-t.C
	return "", nil
}

func (h *TickerCounts) SessionStop(ctx context.Context) error {
	return nil
}

// TickChannel: time.Tick
type TickChannel struct {
	out chan string
}

func (h *TickChannel) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TickChannel) Emit(ctx context.Context) (string, error) {
	tick := time.Tick(time.Second)
	select {
	case s := <-h.out:
		return s, nil
	case <-tick:
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *TickChannel) SessionStop(ctx context.Context) error {
	return nil
}

// AfterFuncKept: time.AfterFunc of a field
type AfterFuncKept struct {
	out chan string
}

func (h *AfterFuncKept) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterFuncKept) Emit(ctx context.Context) (string, error) {
	t := time.AfterFunc(time.Second, func() { h.out <- "late" })
	defer t.Stop()
	return <-h.out, nil
}

func (h *AfterFuncKept) SessionStop(ctx context.Context) error {
	return nil
}

// Overlapping: calls that may overlap share a timer
type Overlapping struct {
	out chan string
}

func (h *Overlapping) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Overlapping) Emit(ctx context.Context, s string) error {
	t := time.NewTimer(time.Second)
	defer t.Stop()
	select {
	case h.out <- s:
		return nil
	case <-t.C:
		return context.DeadlineExceeded
	}
}

func (h *Overlapping) SessionStop(ctx context.Context) error {
	return nil
}

// TimerNoStart: a timer without a start
type TimerNoStart struct {
	out chan string
}

func (h *TimerNoStart) Emit(ctx context.Context) (string, error) {
	t := time.NewTimer(time.Second)
	defer t.Stop()
	select {
	case s := <-h.out:
		return s, nil
	case <-t.C:
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *TimerNoStart) SessionStop(ctx context.Context) error {
	return nil
}

// AfterNoStart: two limits without a start
type AfterNoStart struct {
	out chan string
}

func (h *AfterNoStart) Emit(ctx context.Context) (string, error) {
	select {
	case s := <-h.out:
		return s, nil
	case <-time.After(time.Second):
		return "a", nil
	case <-time.After(2 * time.Second):
		return "b", nil
	}
}

func (h *AfterNoStart) SessionStop(ctx context.Context) error {
	return nil
}

// AfterIf: a limit under a condition without a start
type AfterIf struct {
	out chan string
	n   int
}

func (h *AfterIf) Emit(ctx context.Context) (string, error) {
	h.n++
	if h.n%2 == 0 {
		select {
		case s := <-h.out:
			return s, nil
		case <-time.After(time.Second):
		}
	}
	return "", nil
}

func (h *AfterIf) SessionStop(ctx context.Context) error {
	return nil
}

// AfterElse: a limit in an else
type AfterElse struct {
	out chan string
}

func (h *AfterElse) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AfterElse) Emit(ctx context.Context) (string, error) {
	if len(h.out) > 0 {
		return <-h.out, nil
	} else if len(h.out) == 0 {
		<-time.After(time.Second)
	}
	return "", nil
}

func (h *AfterElse) SessionStop(ctx context.Context) error {
	return nil
}

// StartLoop: start starts the loop that calls Emit
type StartLoop struct {
	out chan string
}

func (h *StartLoop) SessionStart(ctx context.Context) error {
	go func() {
		for ctx.Err() == nil {
			_, _ = h.Emit(ctx)
		}
	}()
	return nil
}

func (h *StartLoop) Emit(ctx context.Context) (string, error) {
	select {
	case s := <-h.out:
		return s, nil
	case <-time.After(time.Second):
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *StartLoop) SessionStop(ctx context.Context) error {
	return nil
}

// Recursive: Emit calls itself while its limit runs
type Recursive struct {
	out chan string
	n   int
}

func (h *Recursive) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Recursive) Emit(ctx context.Context) (string, error) {
	h.n++
	if h.n%2 == 1 {
		t := time.NewTimer(time.Second)
		defer t.Stop()
		s, err := h.Emit(ctx)
		<-t.C
		return s, err
	}
	return "", nil
}

func (h *Recursive) SessionStop(ctx context.Context) error {
	return nil
}

// RecursiveAfter: a case calls Emit again, then waits
type RecursiveAfter struct {
	out chan string
	n   int
}

func (h *RecursiveAfter) SessionStart(ctx context.Context) error {
	return nil
}

func (h *RecursiveAfter) Emit(ctx context.Context) (string, error) {
	late := time.NewTimer(time.Second)
	defer late.Stop()
	h.n++
	if h.n%2 == 1 {
		if _, err := h.Emit(ctx); err != nil {
			return "", err
		}
	}
	<-late.C
	return "", nil
}

func (h *RecursiveAfter) SessionStop(ctx context.Context) error {
	return nil
}

// TwoHot: Emit and Receive have a limit each
type TwoHot struct {
	out chan string
}

func (h *TwoHot) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TwoHot) Emit(ctx context.Context) (string, error) {
	select {
	case s := <-h.out:
		return s, nil
	case <-time.After(time.Second):
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *TwoHot) SessionStop(ctx context.Context) error {
	return nil
}

func (h *TwoHot) Receive(ctx context.Context, s string) error {
	select {
	case h.out <- s:
		return nil
	case <-time.After(time.Second):
		return context.DeadlineExceeded
	}
}

// ReceiveCalled: Emit calls Receive, which has the same kind of limit
type ReceiveCalled struct {
	out chan string
}

func (h *ReceiveCalled) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ReceiveCalled) Emit(ctx context.Context) (string, error) {
	t := time.NewTimer(time.Second)
	defer t.Stop()
	if err := h.Receive(ctx, "x"); err != nil {
		return "", err
	}
	select {
	case s := <-h.out:
		return s, nil
	case <-t.C:
		return "late", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (h *ReceiveCalled) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ReceiveCalled) Receive(ctx context.Context, s string) error {
	t := time.NewTimer(time.Second)
	defer t.Stop()
	select {
	case h.out <- s:
		return nil
	case <-t.C:
		return context.DeadlineExceeded
	}
}
