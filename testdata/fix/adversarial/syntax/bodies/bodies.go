// Package bodies holds handlers that attack the text of fixes.
package bodies

import (
	"context"
)

// OnelineStart: a start on one line.

type OnelineStart struct {
	out chan int
}

// produce runs as long as its context.
func (h *OnelineStart) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *OnelineStart) SessionStart(ctx context.Context) error { h.out = make(chan int, 8); return nil }

// Emit emits.
func (h *OnelineStart) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *OnelineStart) SessionStop(ctx context.Context) error {
	return nil
}

// OnelineStart2: a comment behind a start on one line.

type OnelineStart2 struct {
	out chan int
}

// produce runs as long as its context.
func (h *OnelineStart2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *OnelineStart2) SessionStart(ctx context.Context) error { return nil } // nothing to do

// Emit emits.
func (h *OnelineStart2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *OnelineStart2) SessionStop(ctx context.Context) error {
	return nil
}

// OnelineStop: a comment behind a stop on one line.

type OnelineStop struct {
	out chan int
}

// produce runs as long as its context.
func (h *OnelineStop) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *OnelineStop) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *OnelineStop) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *OnelineStop) SessionStop(ctx context.Context) error { return nil } // nothing

// OnelineStopC: block comments in a stop on one line.

type OnelineStopC struct {
	out chan int
}

// produce runs as long as its context.
func (h *OnelineStopC) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *OnelineStopC) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *OnelineStopC) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *OnelineStopC) SessionStop(ctx context.Context) error { /* why */ return nil /* ok */ }

// EmptyStop: an empty stop.

type EmptyStop struct {
	out chan int
}

// produce runs as long as its context.
func (h *EmptyStop) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *EmptyStop) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *EmptyStop) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *EmptyStop) SessionStop() {}

// EmptyStopC: a stop that is a comment.

type EmptyStopC struct {
	out chan int
}

// produce runs as long as its context.
func (h *EmptyStopC) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *EmptyStopC) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *EmptyStopC) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *EmptyStopC) SessionStop() {
	// nothing to release
}

// EmptyStopC2: a stop that is a block comment.

type EmptyStopC2 struct {
	out chan int
}

// produce runs as long as its context.
func (h *EmptyStopC2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *EmptyStopC2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *EmptyStopC2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *EmptyStopC2) SessionStop() { /* nothing */ }

// StopFirstComment: a comment behind the opening brace of stop.

type StopFirstComment struct {
	out chan int
}

// produce runs as long as its context.
func (h *StopFirstComment) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *StopFirstComment) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *StopFirstComment) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *StopFirstComment) SessionStop() { // brace comment
	h.out = nil
}

// StopFirstComment2: a comment above the first statement of stop.

type StopFirstComment2 struct {
	out chan int
}

// produce runs as long as its context.
func (h *StopFirstComment2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *StopFirstComment2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *StopFirstComment2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *StopFirstComment2) SessionStop() {
	// clears out
	h.out = nil
}

// EmptyStart: an empty start.

type EmptyStart struct {
	out chan int
}

// produce runs as long as its context.
func (h *EmptyStart) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *EmptyStart) SessionStart() {}

// Emit emits.
func (h *EmptyStart) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *EmptyStart) SessionStop(ctx context.Context) error {
	return nil
}

func NewEmptyStart() *EmptyStart { return &EmptyStart{out: make(chan int)} }

// EmptyStartC: a start that is a comment.

type EmptyStartC struct {
	out chan int
}

// produce runs as long as its context.
func (h *EmptyStartC) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *EmptyStartC) SessionStart() {
	// the constructor does it
}

// Emit emits.
func (h *EmptyStartC) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *EmptyStartC) SessionStop(ctx context.Context) error {
	return nil
}

func NewEmptyStartC() *EmptyStartC { return &EmptyStartC{out: make(chan int)} }

// EmptyStartC2: a start that is a block comment.

type EmptyStartC2 struct {
	out chan int
}

// produce runs as long as its context.
func (h *EmptyStartC2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *EmptyStartC2) SessionStart() { /* x */ }

// Emit emits.
func (h *EmptyStartC2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *EmptyStartC2) SessionStop(ctx context.Context) error {
	return nil
}

func NewEmptyStartC2() *EmptyStartC2 { return &EmptyStartC2{out: make(chan int)} }

// EmptyStartC3: a comment behind the opening brace of an empty start.

type EmptyStartC3 struct {
	out chan int
}

// produce runs as long as its context.
func (h *EmptyStartC3) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *EmptyStartC3) SessionStart() { // nothing
}

// Emit emits.
func (h *EmptyStartC3) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *EmptyStartC3) SessionStop(ctx context.Context) error {
	return nil
}

func NewEmptyStartC3() *EmptyStartC3 { return &EmptyStartC3{out: make(chan int)} }

// StartTailcomment: a comment at the end of start.

type StartTailcomment struct {
	out chan int
}

// produce runs as long as its context.
func (h *StartTailcomment) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *StartTailcomment) SessionStart() {
	h.out = make(chan int) // out
	// done
}

// Emit emits.
func (h *StartTailcomment) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *StartTailcomment) SessionStop(ctx context.Context) error {
	return nil
}

// StartRetComment: comments above and behind the return of start.

type StartRetComment struct {
	out chan int
}

// produce runs as long as its context.
func (h *StartRetComment) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *StartRetComment) SessionStart(ctx context.Context) error {
	h.out = make(chan int) // out

	// All is well.
	return nil // really
}

// Emit emits.
func (h *StartRetComment) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *StartRetComment) SessionStop(ctx context.Context) error {
	return nil
}

// Semis: three statements on one line.

type Semis struct {
	out chan int
}

// produce runs as long as its context.
func (h *Semis) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Semis) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Semis) Emit(ctx context.Context) (int, error) { h.n(); go h.produce(ctx); return <-h.out, nil }

func (h *Semis) n() {}

// SessionStop ends.
func (h *Semis) SessionStop(ctx context.Context) error {
	return nil
}

// CmEvery: a comment in each gap of the go statement.

type CmEvery struct {
	out chan int
}

// produce runs as long as its context.
func (h *CmEvery) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *CmEvery) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *CmEvery) Emit(ctx context.Context) (int, error) {
	// before, apart

	// produce on its own
	go /* a */ h. /* b */ produce( /* c */ ctx /* d */) // e
	// after

	// then
	return <-h.out, nil
}

// SessionStop ends.
func (h *CmEvery) SessionStop(ctx context.Context) error {
	return nil
}

// CmArgs: arguments on lines of their own, each with a comment.

type CmArgs struct {
	out chan int
}

// produce runs as long as its context.
func (h *CmArgs) produce(ctx context.Context, n int, s string) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *CmArgs) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *CmArgs) Emit(ctx context.Context) (int, error) {
	go h.produce( // why
		ctx, // the context
		5,   // five
		"s", /* s */
	) // behind
	return <-h.out, nil
}

// SessionStop ends.
func (h *CmArgs) SessionStop(ctx context.Context) error {
	return nil
}

// Raw: a raw string that holds placeholders (found: they are replaced).

type Raw struct {
	out chan int
}

// produce runs as long as its context.
func (h *Raw) produce(ctx context.Context, s string) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Raw) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Raw) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx, `raw
  // h.out ctx {undo}
		{recv} "x" `+"`"+`

   `)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Raw) SessionStop(ctx context.Context) error {
	return nil
}

// Nul: a string that holds placeholders (found: they are replaced).

type Nul struct {
	out chan int
}

// produce runs as long as its context.
func (h *Nul) produce(ctx context.Context, s string) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Nul) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Nul) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx, "{undo}{recv}%s\x00")
	return <-h.out, nil
}

// SessionStop ends.
func (h *Nul) SessionStop(ctx context.Context) error {
	return nil
}

// Lit: a literal with comments in all places.

type Lit struct {
	out chan int
}

// SessionStart begins.
func (h *Lit) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Lit) Emit(ctx context.Context) (int, error) {
	// The producer.
	go func() {
		// loop
		for i := 0; ; i++ { // for ever
			select {
			case h.out <- i: // sent
			case <-ctx.Done(): /* over */
				return
			}
		}
		// never
	}() // now
	return <-h.out, nil
}

// SessionStop ends.
func (h *Lit) SessionStop(ctx context.Context) error {
	return nil
}

// LitLabels: a label in the literal.

type LitLabels struct {
	out chan int
}

// SessionStart begins.
func (h *LitLabels) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *LitLabels) Emit(ctx context.Context) (int, error) {
	go func() {
	loop:
		for i := 0; ; i++ {
			select {
			case h.out <- i:
			case <-ctx.Done():
				break loop
			}
		}
	}()
	return <-h.out, nil
}

// SessionStop ends.
func (h *LitLabels) SessionStop(ctx context.Context) error {
	return nil
}

// LitRaw: raw strings in the literal.

type LitRaw struct {
	out chan int
}

// SessionStart begins.
func (h *LitRaw) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *LitRaw) Emit(ctx context.Context) (int, error) {
	go func(s string) {
		for i := len(s + `a
	b
 c`); ; i++ {
			select {
			case h.out <- i:
			case <-ctx.Done():
				return
			}
		}
	}(`x
		y
`)
	return <-h.out, nil
}

// SessionStop ends.
func (h *LitRaw) SessionStop(ctx context.Context) error {
	return nil
}

// Label: the go statement has a label: no fix.

type Label struct {
	out chan int
}

// produce runs as long as its context.
func (h *Label) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Label) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Label) Emit(ctx context.Context) (int, error) {
spawn:
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		goto spawn
	}
}

// SessionStop ends.
func (h *Label) SessionStop(ctx context.Context) error {
	return nil
}

// LabelBefore: a label right behind the go statement.

type LabelBefore struct {
	out chan int
}

// produce runs as long as its context.
func (h *LabelBefore) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *LabelBefore) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *LabelBefore) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
again:
	for {
		select {
		case f := <-h.out:
			if f < 0 {
				continue again
			}
			return f, nil
		case <-ctx.Done():
			break again
		}
	}
	return 0, ctx.Err()
}

// SessionStop ends.
func (h *LabelBefore) SessionStop(ctx context.Context) error {
	return nil
}

// GotoOver: a goto jumps over the go statement.

type GotoOver struct {
	out chan int
}

// produce runs as long as its context.
func (h *GotoOver) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GotoOver) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *GotoOver) Emit(ctx context.Context) (int, error) {
	if h.out == nil {
		goto end
	}
	go h.produce(ctx)
	return <-h.out, nil
end:
	return 0, nil
}

// SessionStop ends.
func (h *GotoOver) SessionStop(ctx context.Context) error {
	return nil
}

// Nolint: a nolint comment behind the go statement.

type Nolint struct {
	out chan int
}

// produce runs as long as its context.
func (h *Nolint) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Nolint) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Nolint) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx) //nolint:errcheck // long-lived
	return <-h.out, nil
}

// SessionStop ends.
func (h *Nolint) SessionStop(ctx context.Context) error {
	return nil
}

// Noinline: go:noinline above each method.

type Noinline struct {
	out chan int
}

// produce runs as long as its context.
func (h *Noinline) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart starts.
//
//go:noinline
func (h *Noinline) SessionStart(ctx context.Context) error { h.out = make(chan int); return nil }

// Emit emits.
//
//go:noinline
func (h *Noinline) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	return <-h.out, nil
}

//go:noinline
func (h *Noinline) SessionStop(ctx context.Context) error { return nil }

// Ignore: the finding is ignored.

type Ignore struct {
	out chan int
}

// produce runs as long as its context.
func (h *Ignore) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Ignore) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Ignore) Emit(ctx context.Context) (int, error) {
	//emitcheck:ignore emit-goroutine it is wanted
	go h.produce(ctx)
	return <-h.out, nil
}

// SessionStop ends.
func (h *Ignore) SessionStop(ctx context.Context) error {
	return nil
}

// IgnoreOne: one of two findings is ignored.

type IgnoreOne struct {
	out chan int
}

// produce runs as long as its context.
func (h *IgnoreOne) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *IgnoreOne) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *IgnoreOne) Emit(ctx context.Context) (int, error) {
	//emitcheck:ignore emit-goroutine,context-escape it is wanted
	go h.produce(ctx)
	go h.other(ctx)
	return <-h.out, nil
}

func (h *IgnoreOne) other(ctx context.Context) {
	for ctx.Err() == nil {
		select {
		case <-h.out:
		case <-ctx.Done():
		}
	}
}

// SessionStop ends.
func (h *IgnoreOne) SessionStop(ctx context.Context) error {
	return nil
}

// Only: nothing else in the body.

type Only struct {
	out chan int
}

// produce runs as long as its context.
func (h *Only) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Only) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Only) Emit(ctx context.Context) {
	go h.produce(ctx)
}

// SessionStop ends.
func (h *Only) SessionStop(ctx context.Context) error {
	return nil
}

// OnlyCm: nothing else in the body but comments.

type OnlyCm struct {
	out chan int
}

// produce runs as long as its context.
func (h *OnlyCm) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *OnlyCm) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *OnlyCm) Emit(ctx context.Context) { // x
	// a

	// b
	go h.produce(ctx) // c
	// d
}

// SessionStop ends.
func (h *OnlyCm) SessionStop(ctx context.Context) error {
	return nil
}

// OnlyOneline: nothing else in a body on one line.

type OnlyOneline struct {
	out chan int
}

// produce runs as long as its context.
func (h *OnlyOneline) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *OnlyOneline) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *OnlyOneline) Emit(ctx context.Context) { go h.produce(ctx) }

// SessionStop ends.
func (h *OnlyOneline) SessionStop(ctx context.Context) error {
	return nil
}

// BlankLines: blank lines around the go statement.

type BlankLines struct {
	out chan int
}

// produce runs as long as its context.
func (h *BlankLines) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *BlankLines) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *BlankLines) Emit(ctx context.Context) (int, error) {
	n := 1

	// start it
	go h.produce(ctx)

	return n + <-h.out, nil
}

// SessionStop ends.
func (h *BlankLines) SessionStop(ctx context.Context) error {
	return nil
}

// Block: the go statement in a block of its own.

type Block struct {
	out chan int
}

// produce runs as long as its context.
func (h *Block) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Block) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Block) Emit(ctx context.Context) (int, error) {
	{
		go h.produce(ctx)
	}
	return <-h.out, nil
}

// SessionStop ends.
func (h *Block) SessionStop(ctx context.Context) error {
	return nil
}

// IfTrue: the go statement under a condition.

type IfTrue struct {
	out chan int
}

// produce runs as long as its context.
func (h *IfTrue) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *IfTrue) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *IfTrue) Emit(ctx context.Context) (int, error) {
	if h.out != nil {
		go h.produce(ctx)
	}
	return <-h.out, nil
}

// SessionStop ends.
func (h *IfTrue) SessionStop(ctx context.Context) error {
	return nil
}
