// Package waits has handlers whose Emit waits.
package waits

import (
	"context"
	"io"
	"strings"
	"sync"
	"time"
)

type (
	frame   struct{ n int }
	frame2T struct{}
	text    string
	flag    bool
	name    string
	names   <-chan name
	failure struct{}
	request struct{ reply chan string }
)

func (*failure) Error() string { return "" }

// Generic has results of several type parameters.
type Generic[A, B, C any] struct {
	a chan A
	b chan B
	c chan C
}

func (h *Generic[A, B, C]) SessionStart(ctx context.Context) error { return nil }

func (h *Generic[A, B, C]) Emit(ctx context.Context) (A, B, C, error) {
	a := <-h.a
	b := <-h.b
	c := <-h.c
	return a, b, c, nil
}

func (h *Generic[A, B, C]) SessionStop(ctx context.Context) error { return nil }

// Number is of a type parameter with a constraint.
type Number[N ~int | ~float64] struct{ in chan N }

func (h *Number[N]) SessionStart(ctx context.Context) error { return nil }

func (h *Number[N]) Emit(ctx context.Context) (N, error) { return <-h.in, nil }

func (h *Number[N]) SessionStop(ctx context.Context) error { return nil }

// Wrapped has a generic struct as its result.
type Wrapped[T any] struct{ in chan T }

// A Box holds one.
type Box[T any] struct{ v T }

func (h *Wrapped[T]) SessionStart(ctx context.Context) error { return nil }

func (h *Wrapped[T]) Emit(ctx context.Context) (Box[T], []T, map[string]T, error) {
	v := <-h.in
	return Box[T]{v}, nil, nil, nil
}

func (h *Wrapped[T]) SessionStop(ctx context.Context) error { return nil }

// Assign: an assignment to a variable that is there
type Assign struct {
	in  chan string
	out chan string
}

func (h *Assign) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Assign) Emit(ctx context.Context) (string, error) {
	var s string
	s = <-h.in
	return s, nil
}

func (h *Assign) SessionStop(ctx context.Context) error {
	return nil
}

// AssignField: an assignment to a field
type AssignField struct {
	in   chan string
	out  chan string
	last string
}

func (h *AssignField) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AssignField) Emit(ctx context.Context) (string, error) {
	h.last = <-h.in
	return h.last, nil
}

func (h *AssignField) SessionStop(ctx context.Context) error {
	return nil
}

// AssignIndex: an assignment to an element whose index a goroutine changes
type AssignIndex struct {
	in  chan string
	out chan string
	all []string
	n   int
}

func (h *AssignIndex) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AssignIndex) Emit(ctx context.Context) (string, error) {
	h.all[h.n] = <-h.in
	return h.all[0], nil
}

func (h *AssignIndex) SessionStop(ctx context.Context) error {
	return nil
}

// AssignIndexCall: an index with an effect
type AssignIndexCall struct {
	in  chan string
	out chan string
	all []string
	n   int
}

func (h *AssignIndexCall) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AssignIndexCall) Emit(ctx context.Context) (string, error) {
	h.all[h.next()] = <-h.in
	return h.all[0], nil
}

func (h *AssignIndexCall) SessionStop(ctx context.Context) error {
	return nil
}

func (h *AssignIndexCall) next() int { h.n++; return h.n }

// Define: a definition
type Define struct {
	in  chan string
	out chan string
}

func (h *Define) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Define) Emit(ctx context.Context) (string, error) {
	s := <-h.in
	return s, nil
}

func (h *Define) SessionStop(ctx context.Context) error {
	return nil
}

// DefineTwo: a definition of two
type DefineTwo struct {
	in  chan string
	out chan string
}

func (h *DefineTwo) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DefineTwo) Emit(ctx context.Context) (string, error) {
	s, ok := <-h.in
	if !ok {
		return "", io.EOF
	}
	return s, nil
}

func (h *DefineTwo) SessionStop(ctx context.Context) error {
	return nil
}

// DefineBlank: the value is not used
type DefineBlank struct {
	in  chan string
	out chan string
}

func (h *DefineBlank) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DefineBlank) Emit(ctx context.Context) (string, error) {
	_, ok := <-h.in
	if !ok {
		return "", io.EOF
	}
	return "", nil
}

func (h *DefineBlank) SessionStop(ctx context.Context) error {
	return nil
}

// DefineMixed: one of two is there already
type DefineMixed struct {
	in  chan string
	out chan string
}

func (h *DefineMixed) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DefineMixed) Emit(ctx context.Context) (string, error) {
	ok := false
	s, ok := <-h.in
	if !ok {
		return "", io.EOF
	}
	return s, nil
}

func (h *DefineMixed) SessionStop(ctx context.Context) error {
	return nil
}

// AssignOp: an assignment with an operation
type AssignOp struct {
	in  chan string
	out chan string
}

func (h *AssignOp) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AssignOp) Emit(ctx context.Context) (string, error) {
	s := "x"
	s += <-h.in
	return s, nil
}

func (h *AssignOp) SessionStop(ctx context.Context) error {
	return nil
}

// Var: a declaration
type Var struct {
	in  chan string
	out chan string
}

func (h *Var) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Var) Emit(ctx context.Context) (string, error) {
	var s = <-h.in
	return s, nil
}

func (h *Var) SessionStop(ctx context.Context) error {
	return nil
}

// Returned: a return with other results
type Returned struct {
	in  chan string
	out chan string
	n   int
}

func (h *Returned) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Returned) Emit(ctx context.Context) (string, int, error) {
	return <-h.in, h.n, nil
}

func (h *Returned) SessionStop(ctx context.Context) error {
	return nil
}

// ReturnedLast: the error itself is received
type ReturnedLast struct {
	errs chan error
}

func (h *ReturnedLast) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ReturnedLast) Emit(ctx context.Context) error {
	return <-h.errs
}

func (h *ReturnedLast) SessionStop(ctx context.Context) error {
	return nil
}

// ReturnedTwice: two receives in one return
type ReturnedTwice struct {
	in  chan string
	out chan string
}

func (h *ReturnedTwice) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ReturnedTwice) Emit(ctx context.Context) (string, error) {
	return <-h.in + <-h.in, nil
}

func (h *ReturnedTwice) SessionStop(ctx context.Context) error {
	return nil
}

// ReturnedTwo: two receives side by side
type ReturnedTwo struct {
	in  chan string
	out chan string
}

func (h *ReturnedTwo) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ReturnedTwo) Emit(ctx context.Context) (string, string, error) {
	return <-h.in, <-h.out, nil
}

func (h *ReturnedTwo) SessionStop(ctx context.Context) error {
	return nil
}

// ReturnedCall: an argument of a call
type ReturnedCall struct {
	in  chan string
	out chan string
}

func (h *ReturnedCall) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ReturnedCall) Emit(ctx context.Context) (string, error) {
	return strings.ToUpper(<-h.in), nil
}

func (h *ReturnedCall) SessionStop(ctx context.Context) error {
	return nil
}

// Named: named results
type Named struct {
	in  chan string
	out chan string
}

func (h *Named) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Named) Emit(ctx context.Context) (s string, err error) {
	s = <-h.in
	return
}

func (h *Named) SessionStop(ctx context.Context) error {
	return nil
}

// NamedDeferred: named results that a deferred closure reads
type NamedDeferred struct {
	in  chan string
	out chan string
}

func (h *NamedDeferred) SessionStart(ctx context.Context) error {
	return nil
}

func (h *NamedDeferred) Emit(ctx context.Context) (s string, err error) {
	defer func() {
		if err != nil {
			s = "failed"
		}
	}()
	s = "half"
	h.out <- s
	return s, nil
}

func (h *NamedDeferred) SessionStop(ctx context.Context) error {
	return nil
}

// Array: an array
type Array struct {
	in  chan string
	out chan string
}

func (h *Array) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Array) Emit(ctx context.Context) ([3]int, error) {
	h.out <- "x"
	return [3]int{1}, nil
}

func (h *Array) SessionStop(ctx context.Context) error {
	return nil
}

// Struct: a struct
type Struct struct {
	in  chan string
	out chan string
}

func (h *Struct) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Struct) Emit(ctx context.Context) (frame, error) {
	h.out <- "x"
	return frame{1}, nil
}

func (h *Struct) SessionStop(ctx context.Context) error {
	return nil
}

// Anonymous: a struct without a name
type Anonymous struct {
	in  chan string
	out chan string
}

func (h *Anonymous) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Anonymous) Emit(ctx context.Context) (struct{ a int }, error) {
	h.out <- "x"
	return struct{ a int }{1}, nil
}

func (h *Anonymous) SessionStop(ctx context.Context) error {
	return nil
}

// PointerResult: a pointer
type PointerResult struct {
	in  chan string
	out chan string
}

func (h *PointerResult) SessionStart(ctx context.Context) error {
	return nil
}

func (h *PointerResult) Emit(ctx context.Context) (*frame, error) {
	h.out <- "x"
	return &frame{1}, nil
}

func (h *PointerResult) SessionStop(ctx context.Context) error {
	return nil
}

// OfTime: types of other packages
type OfTime struct {
	in  chan string
	out chan string
}

func (h *OfTime) SessionStart(ctx context.Context) error {
	return nil
}

func (h *OfTime) Emit(ctx context.Context) (time.Time, time.Duration, complex128, text, flag, any, io.Reader, func(), error) {
	h.out <- "x"
	return time.Time{}, 0, 0, "", false, nil, nil, nil, nil
}

func (h *OfTime) SessionStop(ctx context.Context) error {
	return nil
}

// ShadowedType: a local with the name of the result's type
type ShadowedType struct {
	in  chan string
	out chan string
}

func (h *ShadowedType) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ShadowedType) Emit(ctx context.Context) (frame2T, error) {
	frame2 := 1
	_ = frame2
	h.out <- "x"
	return frame2T{}, nil
}

func (h *ShadowedType) SessionStop(ctx context.Context) error {
	return nil
}

// ShadowedFrame: a local that hides the type
type ShadowedFrame struct {
	in  chan string
	out chan string
}

func (h *ShadowedFrame) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ShadowedFrame) Emit(ctx context.Context) (frame, error) {
	f := frame{}
	{
		frame := 1
		_ = frame
		h.out <- "x"
	}
	return f, nil
}

func (h *ShadowedFrame) SessionStop(ctx context.Context) error {
	return nil
}

// ShadowedCtx: a local that hides the context
type ShadowedCtx struct {
	in  chan string
	out chan string
}

func (h *ShadowedCtx) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ShadowedCtx) Emit(ctx context.Context) (string, error) {
	for _, ctx := range h.names() {
		h.out <- ctx
	}
	return "", nil
}

func (h *ShadowedCtx) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ShadowedCtx) names() []string { return nil }

// Derived: a context with a limit, under the same name
type Derived struct {
	in  chan string
	out chan string
}

func (h *Derived) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Derived) Emit(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	s := <-h.in
	return s, ctx.Err()
}

func (h *Derived) SessionStop(ctx context.Context) error {
	return nil
}

// Blank: a context without a name
type Blank struct {
	in  chan string
	out chan string
}

func (h *Blank) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Blank) Emit(_ context.Context) (string, error) {
	return <-h.in, nil
}

func (h *Blank) SessionStop(ctx context.Context) error {
	return nil
}

// Unnamed: a parameter without a name
type Unnamed struct {
	in  chan string
	out chan string
}

func (h *Unnamed) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Unnamed) Emit(context.Context) (string, error) {
	return <-h.in, nil
}

func (h *Unnamed) SessionStop(ctx context.Context) error {
	return nil
}

// UnnamedTwo: two waits, parameters without names
type UnnamedTwo struct {
	in  chan string
	out chan string
}

func (h *UnnamedTwo) SessionStart(ctx context.Context) error {
	return nil
}

func (h *UnnamedTwo) Emit(context.Context) (string, error) {
	h.out <- "x"
	return <-h.in, nil
}

func (h *UnnamedTwo) SessionStop(ctx context.Context) error {
	return nil
}

// NoError: no error
type NoError struct {
	in  chan string
	out chan string
}

func (h *NoError) SessionStart(ctx context.Context) error {
	return nil
}

func (h *NoError) Emit(ctx context.Context) string {
	return <-h.in
}

func (h *NoError) SessionStop(ctx context.Context) error {
	return nil
}

// ErrorType: an error type of one's own
type ErrorType struct {
	in  chan string
	out chan string
}

func (h *ErrorType) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ErrorType) Emit(ctx context.Context) (string, *failure) {
	return <-h.in, nil
}

func (h *ErrorType) SessionStop(ctx context.Context) error {
	return nil
}

// Label: a statement with a label
type Label struct {
	in  chan string
	out chan string
}

func (h *Label) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Label) Emit(ctx context.Context) (string, error) {
again:
	s := <-h.in
	if s == "" {
		goto again
	}
	return s, nil
}

func (h *Label) SessionStop(ctx context.Context) error {
	return nil
}

// Goto: a goto over it
type Goto struct {
	in  chan string
	out chan string
}

func (h *Goto) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Goto) Emit(ctx context.Context) (string, error) {
	if len(h.in) == 0 {
		goto end
	}
	h.out <- <-h.in
end:
	return "", nil
}

func (h *Goto) SessionStop(ctx context.Context) error {
	return nil
}

// IfInit: in the head of an if
type IfInit struct {
	in  chan string
	out chan string
}

func (h *IfInit) SessionStart(ctx context.Context) error {
	return nil
}

func (h *IfInit) Emit(ctx context.Context) (string, error) {
	if s, ok := <-h.in; ok {
		return s, nil
	}
	return "", io.EOF
}

func (h *IfInit) SessionStop(ctx context.Context) error {
	return nil
}

// IfCond: in a condition
type IfCond struct {
	in  chan string
	out chan string
}

func (h *IfCond) SessionStart(ctx context.Context) error {
	return nil
}

func (h *IfCond) Emit(ctx context.Context) (string, error) {
	if <-h.in == "" {
		return "", io.EOF
	}
	return "", nil
}

func (h *IfCond) SessionStop(ctx context.Context) error {
	return nil
}

// SwitchTag: the tag of a switch
type SwitchTag struct {
	in  chan string
	out chan string
}

func (h *SwitchTag) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SwitchTag) Emit(ctx context.Context) (string, error) {
	switch <-h.in {
	case "":
		return "", io.EOF
	}
	return "x", nil
}

func (h *SwitchTag) SessionStop(ctx context.Context) error {
	return nil
}

// SwitchInit: the head of a switch
type SwitchInit struct {
	in  chan string
	out chan string
}

func (h *SwitchInit) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SwitchInit) Emit(ctx context.Context) (string, error) {
	switch s := <-h.in; s {
	case "":
		return "", io.EOF
	default:
		return s, nil
	}
}

func (h *SwitchInit) SessionStop(ctx context.Context) error {
	return nil
}

// SwitchBody: in a case, with fallthrough
type SwitchBody struct {
	in  chan string
	out chan string
}

func (h *SwitchBody) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SwitchBody) Emit(ctx context.Context) (string, error) {
	switch len(h.in) {
	case 0:
		h.out <- "x"
		fallthrough
	case 1:
		h.out <- "y"
	}
	return "x", nil
}

func (h *SwitchBody) SessionStop(ctx context.Context) error {
	return nil
}

// SwitchBreak: in a case, with break
type SwitchBreak struct {
	in  chan string
	out chan string
}

func (h *SwitchBreak) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SwitchBreak) Emit(ctx context.Context) (string, error) {
	switch len(h.in) {
	case 0:
		if s := "x"; s != "" {
			h.out <- s
			break
		}
		return "y", nil
	}
	return "x", nil
}

func (h *SwitchBreak) SessionStop(ctx context.Context) error {
	return nil
}

// LoopBreak: in a loop that breaks off
type LoopBreak struct {
	in  chan string
	out chan string
}

func (h *LoopBreak) SessionStart(ctx context.Context) error {
	return nil
}

func (h *LoopBreak) Emit(ctx context.Context) (string, error) {
	for {
		s := <-h.in
		if s == "" {
			break
		}
		if s == "x" {
			continue
		}
		return s, nil
	}
	return "", nil
}

func (h *LoopBreak) SessionStop(ctx context.Context) error {
	return nil
}

// LoopHead: in the head of a loop
type LoopHead struct {
	in  chan string
	out chan string
}

func (h *LoopHead) SessionStart(ctx context.Context) error {
	return nil
}

func (h *LoopHead) Emit(ctx context.Context) (string, error) {
	for s := <-h.in; s != ""; s = <-h.in {
		h.out <- s
	}
	return "", nil
}

func (h *LoopHead) SessionStop(ctx context.Context) error {
	return nil
}

// RangeChannel: a range over a channel
type RangeChannel struct {
	in  chan string
	out chan string
}

func (h *RangeChannel) SessionStart(ctx context.Context) error {
	return nil
}

func (h *RangeChannel) Emit(ctx context.Context) (string, error) {
	for s := range h.in {
		return s, nil
	}
	return "", io.EOF
}

func (h *RangeChannel) SessionStop(ctx context.Context) error {
	return nil
}

// SelectEnds: a select that nothing ends
type SelectEnds struct {
	in  chan string
	out chan string
}

func (h *SelectEnds) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SelectEnds) Emit(ctx context.Context) (string, error) {
	select {
	case s := <-h.in:
		return s, nil
	case h.out <- "x":
		return "", nil
	}
}

func (h *SelectEnds) SessionStop(ctx context.Context) error {
	return nil
}

// SelectEmpty: a select without a case
type SelectEmpty struct {
	in  chan string
	out chan string
}

func (h *SelectEmpty) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SelectEmpty) Emit(ctx context.Context) (string, error) {
	select {}
}

func (h *SelectEmpty) SessionStop(ctx context.Context) error {
	return nil
}

// SelectOneLine: a select on one line
type SelectOneLine struct {
	in  chan string
	out chan string
}

func (h *SelectOneLine) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SelectOneLine) Emit(ctx context.Context) (string, error) {
	select {
	case s := <-h.in:
		return s, nil
	}
}

func (h *SelectOneLine) SessionStop(ctx context.Context) error {
	return nil
}

// SelectComment: a select with comments
type SelectComment struct {
	in  chan string
	out chan string
}

func (h *SelectComment) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SelectComment) Emit(ctx context.Context) (string, error) {
	select { // which
	// in
	case s := <-h.in: // in
		return s, nil // it
		// done
	} // end
}

func (h *SelectComment) SessionStop(ctx context.Context) error {
	return nil
}

// SelectLabel: a select with a label
type SelectLabel struct {
	in  chan string
	out chan string
}

func (h *SelectLabel) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SelectLabel) Emit(ctx context.Context) (string, error) {
wait:
	select {
	case s := <-h.in:
		if s == "" {
			break wait
		}
		return s, nil
	}
	return "", nil
}

func (h *SelectLabel) SessionStop(ctx context.Context) error {
	return nil
}

// SelectNested: a select in a select
type SelectNested struct {
	in  chan string
	out chan string
}

func (h *SelectNested) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SelectNested) Emit(ctx context.Context) (string, error) {
	select {
	case s := <-h.in:
		select {
		case h.out <- s:
		}
		return s, nil
	}
}

func (h *SelectNested) SessionStop(ctx context.Context) error {
	return nil
}

// SelectReceives: a case that sends what it receives
type SelectReceives struct {
	in  chan string
	out chan string
}

func (h *SelectReceives) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SelectReceives) Emit(ctx context.Context) (string, error) {
	select {
	case h.out <- <-h.in:
	}
	return "", nil
}

func (h *SelectReceives) SessionStop(ctx context.Context) error {
	return nil
}

// SendReceived: a send of what is received
type SendReceived struct {
	in  chan string
	out chan string
}

func (h *SendReceived) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SendReceived) Emit(ctx context.Context) (string, error) {
	h.out <- <-h.in
	return "", nil
}

func (h *SendReceived) SessionStop(ctx context.Context) error {
	return nil
}

// SendCall: a send whose value has an effect
type SendCall struct {
	in  chan string
	out chan string
	n   int
}

func (h *SendCall) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SendCall) Emit(ctx context.Context) (string, error) {
	h.out <- h.next()
	return "", nil
}

func (h *SendCall) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SendCall) next() string { h.n++; return "x" }

// SendFunc: a send to what a call returns
type SendFunc struct {
	in  chan string
	out chan string
}

func (h *SendFunc) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SendFunc) Emit(ctx context.Context) (string, error) {
	h.queue() <- "x"
	return "", nil
}

func (h *SendFunc) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SendFunc) queue() chan string { return h.out }

// Literal: in a literal that is called
type Literal struct {
	in  chan string
	out chan string
}

func (h *Literal) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Literal) Emit(ctx context.Context) (string, error) {
	s := func() string { return <-h.in }()
	return s, nil
}

func (h *Literal) SessionStop(ctx context.Context) error {
	return nil
}

// Deferred: in a deferred literal
type Deferred struct {
	in  chan string
	out chan string
}

func (h *Deferred) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Deferred) Emit(ctx context.Context) (string, error) {
	defer func() { h.out <- "x" }()
	return "", nil
}

func (h *Deferred) SessionStop(ctx context.Context) error {
	return nil
}

// DeferredClose: behind a lock
type DeferredClose struct {
	in  chan string
	out chan string
	mu  sync.Mutex
}

func (h *DeferredClose) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DeferredClose) Emit(ctx context.Context) (string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := <-h.in
	return s, nil
}

func (h *DeferredClose) SessionStop(ctx context.Context) error {
	return nil
}

// Unlocks: between lock and unlock
type Unlocks struct {
	in  chan string
	out chan string
	mu  sync.Mutex
}

func (h *Unlocks) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Unlocks) Emit(ctx context.Context) (string, error) {
	h.mu.Lock()
	s := <-h.in
	h.mu.Unlock()
	return s, nil
}

func (h *Unlocks) SessionStop(ctx context.Context) error {
	return nil
}

// Balances: between a count up and a count down
type Balances struct {
	in  chan string
	out chan string
	n   int
	wg  sync.WaitGroup
}

func (h *Balances) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Balances) Emit(ctx context.Context) (string, error) {
	h.wg.Add(1)
	h.out <- "x"
	h.wg.Done()
	return "", nil
}

func (h *Balances) SessionStop(ctx context.Context) error {
	return nil
}

// TakenToken: a token that is given back behind the wait
type TakenToken struct {
	in  chan string
	out chan string
	sem chan struct{}
}

func (h *TakenToken) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TakenToken) Emit(ctx context.Context) (string, error) {
	h.sem <- struct{}{}
	s := <-h.in
	<-h.sem
	return s, nil
}

func (h *TakenToken) SessionStop(ctx context.Context) error {
	return nil
}

// Lost: one taken, then sent on: what is taken is lost where the context ends
type Lost struct {
	in  chan string
	out chan string
}

func (h *Lost) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Lost) Emit(ctx context.Context) (string, error) {
	s := <-h.in
	h.out <- s
	return s, nil
}

func (h *Lost) SessionStop(ctx context.Context) error {
	return nil
}

// Reply: a reply to a request that has been sent
type Reply struct {
	reqs chan request
}

func (h *Reply) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Reply) Emit(ctx context.Context) (string, error) {
	r := request{make(chan string)}
	h.reqs <- r
	return <-r.reply, nil
}

func (h *Reply) SessionStop(ctx context.Context) error {
	return nil
}

// Closed: a channel that stop closes
type Closed struct {
	in  chan string
	out chan string
}

func (h *Closed) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Closed) Emit(ctx context.Context) (string, error) {
	s, ok := <-h.in
	if !ok {
		return "", io.EOF
	}
	return s, nil
}

func (h *Closed) SessionStop(ctx context.Context) error {
	close(h.in)
	return nil
}

// SleepWait: a sleep
type SleepWait struct {
	in  chan string
	out chan string
}

func (h *SleepWait) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SleepWait) Emit(ctx context.Context) (string, error) {
	time.Sleep(time.Second)
	return "", nil
}

func (h *SleepWait) SessionStop(ctx context.Context) error {
	return nil
}

// ArrayOfChans: an element of an array of channels
type ArrayOfChans struct {
	ins [2]chan string
}

func (h *ArrayOfChans) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ArrayOfChans) Emit(ctx context.Context) (string, error) {
	return <-h.ins[1], nil
}

func (h *ArrayOfChans) SessionStop(ctx context.Context) error {
	return nil
}

// MapOfChans: an element of a map of channels
type MapOfChans struct {
	ins map[string]chan string
}

func (h *MapOfChans) SessionStart(ctx context.Context) error {
	return nil
}

func (h *MapOfChans) Emit(ctx context.Context) (string, error) {
	s := <-h.ins["a"]
	return s, nil
}

func (h *MapOfChans) SessionStop(ctx context.Context) error {
	return nil
}

// DirChan: a channel of one direction, of a named type
type DirChan struct {
	in names
}

func (h *DirChan) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DirChan) Emit(ctx context.Context) (string, error) {
	v, ok := <-h.in
	_ = ok
	return string(v), nil
}

func (h *DirChan) SessionStop(ctx context.Context) error {
	return nil
}

// LocalType: values of a type declared here
type LocalType struct {
	in any
}

func (h *LocalType) SessionStart(ctx context.Context) error {
	return nil
}

func (h *LocalType) Emit(ctx context.Context) (string, error) {
	type local struct{ s string }
	c := make(chan local, 1)
	h.in = c
	v := <-c
	return v.s, nil
}

func (h *LocalType) SessionStop(ctx context.Context) error {
	return nil
}

// FuncChan: values of a function type
type FuncChan struct {
	fs chan func(context.Context, ...int) (string, error)
}

func (h *FuncChan) SessionStart(ctx context.Context) error {
	return nil
}

func (h *FuncChan) Emit(ctx context.Context) (string, error) {
	f := <-h.fs
	return f(ctx)
}

func (h *FuncChan) SessionStop(ctx context.Context) error {
	return nil
}

// RecvChan: a channel of channels
type RecvChan struct {
	cs chan (<-chan string)
}

func (h *RecvChan) SessionStart(ctx context.Context) error {
	return nil
}

func (h *RecvChan) Emit(ctx context.Context) (string, error) {
	c := <-h.cs
	return <-c, nil
}

func (h *RecvChan) SessionStop(ctx context.Context) error {
	return nil
}
