package behave

import (
	"context"
)

// ByLiteral: Clone makes one that the constructor has not seen
type ByLiteral struct {
	out  chan int
	quit chan struct{}
}

func NewByLiteral() *ByLiteral {
	return &ByLiteral{out: make(chan int), quit: make(chan struct{})}
}

// Clone makes one for another session.
func (h *ByLiteral) Clone() *ByLiteral {
	return &ByLiteral{out: make(chan int), quit: make(chan struct{})}
}

func (h *ByLiteral) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ByLiteral) Close() error {
	close(h.quit)
	return nil
}

func (h *ByLiteral) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// ByOther: another function sets what the loop uses, after the constructor
type ByOther struct {
	out  chan int
	quit chan struct{}
	sink func(int)
}

func NewByOther() *ByOther {
	return &ByOther{out: make(chan int), quit: make(chan struct{})}
}

// WithSink makes one that tells a sink.
func WithSink(sink func(int)) *ByOther {
	h := NewByOther()
	h.sink = sink
	return h
}

func (h *ByOther) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ByOther) Close() error {
	close(h.quit)
	return nil
}

func (h *ByOther) loop(ctx context.Context) {
	for i := 0; ; i++ {
		h.sink(i)
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// ByOtherNumber: another function sets what the loop reads: a race
type ByOtherNumber struct {
	out  chan int
	quit chan struct{}
	rate int
}

func NewByOtherNumber() *ByOtherNumber {
	return &ByOtherNumber{out: make(chan int), quit: make(chan struct{})}
}

// WithRate makes one of a rate.
func WithRate(rate int) *ByOtherNumber {
	h := NewByOtherNumber()
	h.rate = rate
	return h
}

func (h *ByOtherNumber) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ByOtherNumber) Close() error {
	close(h.quit)
	return nil
}

func (h *ByOtherNumber) loop(ctx context.Context) {
	for i := 0; ; i += h.rate {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// ByFactory: the constructor makes one that is never stopped, to look at it
type ByFactory struct {
	out  chan int
	quit chan struct{}
}

func NewByFactory() *ByFactory {
	return &ByFactory{out: make(chan int), quit: make(chan struct{})}
}

// prototype is never run.
var prototype = NewByFactory()

func (h *ByFactory) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ByFactory) Close() error {
	close(h.quit)
	return nil
}

func (h *ByFactory) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// BySetterCtor: a setter follows the constructor
type BySetterCtor struct {
	out  chan int
	quit chan struct{}
	sink func(int)
}

func NewBySetterCtor() *BySetterCtor {
	return &BySetterCtor{out: make(chan int), quit: make(chan struct{})}
}

// SetSink is called before the first Emit.
func (h *BySetterCtor) SetSink(sink func(int)) { h.sink = sink }

func (h *BySetterCtor) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *BySetterCtor) Close() error {
	close(h.quit)
	return nil
}

func (h *BySetterCtor) loop(ctx context.Context) {
	for i := 0; ; i++ {
		h.sink(i)
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// ByExported: who imports it sets the exported field after the constructor
type ByExported struct {
	Out  chan int
	Sink func(int)
	quit chan struct{}
}

func NewByExported() *ByExported {
	return &ByExported{Out: make(chan int), quit: make(chan struct{})}
}

func (h *ByExported) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.Out)
}

func (h *ByExported) Close() error {
	close(h.quit)
	return nil
}

func (h *ByExported) loop(ctx context.Context) {
	for i := 0; ; i++ {
		h.Sink(i)
		select {
		case h.Out <- i:
		case <-h.quit:
			return
		}
	}
}

// FromEmbedded: two handlers embed the one that starts it
type FromEmbedded struct {
	base
}

func (h *FromEmbedded) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *FromEmbedded) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	return next(ctx, h.out)
}

func (h *FromEmbedded) SessionStop(ctx context.Context) error {
	return nil
}

// FromEmbedded2: two handlers embed the one that starts it
type FromEmbedded2 struct {
	base
}

func (h *FromEmbedded2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	return next(ctx, h.out)
}

// VideoToo: Emit and VideoEmit start the same loop
type VideoToo struct {
	out chan int
}

func (h *VideoToo) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *VideoToo) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *VideoToo) SessionStop(ctx context.Context) error {
	return nil
}

func (h *VideoToo) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *VideoToo) VideoEmit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

// VideoCalls: VideoEmit calls Emit
type VideoCalls struct {
	out chan int
}

func (h *VideoCalls) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *VideoCalls) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *VideoCalls) SessionStop(ctx context.Context) error {
	return nil
}

func (h *VideoCalls) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *VideoCalls) VideoEmit(ctx context.Context) (int, error) { return h.Emit(ctx) }
