// Package session holds handlers that attack the text of fixes.
package session

import (
	"context"
	"net"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// Plain: named params.

type Plain struct {
	out chan int
}

// produce runs as long as its context.
func (h *Plain) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Plain) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Plain) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Plain) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Plain) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*Plain)(nil)

// Blank: unnamed params.

type Blank struct {
	out chan int
}

// produce runs as long as its context.
func (h *Blank) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Blank) SessionStart(context.Context, *runtime.Session) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Blank) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Blank) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Blank) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*Blank)(nil)

// RecvS: the receiver is called s, and the session is blank.

type RecvS struct {
	out chan int
}

// produce runs as long as its context.
func (h *RecvS) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (s *RecvS) SessionStart(ctx context.Context, _ *runtime.Session) error {
	s.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (s *RecvS) Emit(ctx context.Context) (int, error) {
	go s.produce(ctx)
	select {
	case f := <-s.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *RecvS) SessionStop(ctx context.Context) error {
	return nil
}

func (h *RecvS) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*RecvS)(nil)

// Names: the context is called s, and the session ctx.

type Names struct {
	out chan int
}

// produce runs as long as its context.
func (h *Names) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Names) SessionStart(s context.Context, ctx *runtime.Session) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Names) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Names) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Names) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*Names)(nil)

// SessReassigned: start assigns its session (found: nil).

type SessReassigned struct {
	out chan int
}

// produce runs as long as its context.
func (h *SessReassigned) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *SessReassigned) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int, 8)
	s = nil
	return nil
}

// Emit emits.
func (h *SessReassigned) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *SessReassigned) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessReassigned) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*SessReassigned)(nil)

// SessShadow: a local of start is called s.

type SessShadow struct {
	out chan int
}

// produce runs as long as its context.
func (h *SessShadow) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *SessShadow) SessionStart(ctx context.Context, _ *runtime.Session) error {
	h.out = make(chan int, 8)
	s := 1
	_ = s
	return nil
}

// Emit emits.
func (h *SessShadow) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *SessShadow) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SessShadow) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*SessShadow)(nil)

// Delegate: start ends in a call.

type Delegate struct {
	out chan int
}

// produce runs as long as its context.
func (h *Delegate) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Delegate) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int, 8)
	return h.init(s)
}

// Emit emits.
func (h *Delegate) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Delegate) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Delegate) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*Delegate)(nil)

func (h *Delegate) init(*runtime.Session) error { return nil }

// Lit: returns and comments in the literal.

type Lit struct {
	out chan int
}

func (h *Lit) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Lit) Emit(ctx context.Context) (int, error) {
	go func() {
		if h.out == nil {
			return // nothing to do
		}
		defer h.log()
		for i := 0; ; i++ {
			func() { return }()
			select {
			case h.out <- i:
			case <-ctx.Done():
				return // over
			}
		}
	}()
	return <-h.out, nil
}

func (h *Lit) log() {}

// SessionStop ends.
func (h *Lit) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Lit) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*Lit)(nil)

// LitOneline: a literal on one line.

type LitOneline struct {
	out chan int
}

func (h *LitOneline) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *LitOneline) Emit(ctx context.Context) (int, error) {
	go func() {
		for {
			select {
			case h.out <- 1:
			case <-ctx.Done():
				return
			}
		}
	}()
	return <-h.out, nil
}

// SessionStop ends.
func (h *LitOneline) SessionStop(ctx context.Context) error {
	return nil
}

func (h *LitOneline) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*LitOneline)(nil)

// LitInnerCtx: the literal derives a context of the same name.

type LitInnerCtx struct {
	out chan int
}

func (h *LitInnerCtx) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *LitInnerCtx) Emit(ctx context.Context) (int, error) {
	go func() {
		if h.out == nil {
			return // nothing to do
		}
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		for i := 0; ; i++ {
			func() { return }()
			select {
			case h.out <- i:
			case <-ctx.Done():
				return // over
			}
		}
	}()
	return <-h.out, nil
}

func (h *LitInnerCtx) log() {}

// SessionStop ends.
func (h *LitInnerCtx) SessionStop(ctx context.Context) error {
	return nil
}

func (h *LitInnerCtx) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*LitInnerCtx)(nil)

// LitParam: a literal with a param.

type LitParam struct {
	out chan int
}

func (h *LitParam) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *LitParam) Emit(ctx context.Context) (int, error) {
	go func(n int) {
		if h.out == nil {
			return // nothing to do
		}
		defer h.log()
		for i := 0; ; i++ {
			func() { return }()
			select {
			case h.out <- i:
			case <-ctx.Done():
				return // over
			}
		}
	}(3)
	return <-h.out, nil
}

func (h *LitParam) log() {}

// SessionStop ends.
func (h *LitParam) SessionStop(ctx context.Context) error {
	return nil
}

func (h *LitParam) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*LitParam)(nil)

// Errs: the goroutine returns an error.

type Errs struct {
	out chan int
}

// produce runs as long as its context.
func (h *Errs) produce(ctx context.Context) error {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (h *Errs) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Errs) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Errs) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Errs) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*Errs)(nil)

// Generic: a generic handler.

type Generic[T any] struct{ out chan int }

// produce runs as long as its context.
func (h *Generic[T]) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Generic[T]) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Generic[T]) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Generic[T]) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Generic[T]) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*Generic[int])(nil)

// Embed: start and stop are promoted.

type BaseEmbed struct{ out chan int }

func (b *BaseEmbed) SessionStart(ctx context.Context, s *runtime.Session) error {
	b.out = make(chan int)
	return nil
}
func (b *BaseEmbed) SessionStop(ctx context.Context) error { return nil }

type Embed struct{ BaseEmbed }

// produce runs as long as its context.
func (h *Embed) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *Embed) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *Embed) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*Embed)(nil)

// EmbedNames: the params of the promoted start have other names.

type BaseEmbedNames struct{ out chan int }

func (b *BaseEmbedNames) SessionStart(s context.Context, h *runtime.Session) error {
	b.out = make(chan int)
	return nil
}
func (b *BaseEmbedNames) SessionStop(context.Context) error { return nil }

type EmbedNames struct{ BaseEmbedNames }

// produce runs as long as its context.
func (h *EmbedNames) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Emit emits.
func (h *EmbedNames) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *EmbedNames) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*EmbedNames)(nil)

// Two: two goroutines with comments.

type Two struct {
	out chan int
}

// produce runs as long as its context.
func (h *Two) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Two) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Two) Emit(ctx context.Context) (int, error) {
	// a
	go h.produce(ctx) // b
	// c
	go h.produce(ctx) // d
	return <-h.out, nil
}

// SessionStop ends.
func (h *Two) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Two) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*Two)(nil)

// Dial: a connection.

type Dial struct {
	out chan int
}

func (h *Dial) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Dial) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	return conn.Write(nil)
}

// SessionStop ends.
func (h *Dial) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Dial) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*Dial)(nil)

// Tick: a ticker.

type Tick struct {
	out chan int
}

func (h *Tick) SessionStart(ctx context.Context, s *runtime.Session) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Tick) Emit(ctx context.Context) (int, error) {
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
func (h *Tick) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Tick) Receive(ctx context.Context, in int) error { return nil }

var _ runtime.Handler[int, int] = (*Tick)(nil)
