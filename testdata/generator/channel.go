package generator

import (
	"context"

	"corpus/generator/seqs"
)

// produce returns a channel it made.
func produce(n int) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range n {
			ch <- i
		}
	}()
	return ch
}

// produceNamed does it with a named result.
func produceNamed(n int) (ch chan int) {
	ch = make(chan int, n)
	for i := range n {
		ch <- i
	}
	close(ch)
	return
}

// produceOf is generic.
func produceOf[T any](xs ...T) <-chan T {
	ch := make(chan T, len(xs))
	go func() {
		for _, x := range xs {
			ch <- x
		}
		close(ch)
	}()
	return ch
}

// Frames is a named channel type.
type Frames chan Frame

func produceFrames(f Frame) Frames {
	ch := make(Frames, 1)
	ch <- f
	return ch
}

// ChannelWhole ranges over a fresh channel to its end.
type ChannelWhole struct{}

func (h *ChannelWhole) generate() <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		ch <- 1
	}()
	return ch
}

func (h *ChannelWhole) Emit(ctx context.Context) (int, error) {
	last := 0
	for v := range h.generate() { // want `\(\*ChannelWhole\)\.Emit → \(\*ChannelWhole\)\.generate .*emit-generator`
		last = v
	}
	return last, nil
}

func (h *ChannelWhole) Close() error { return nil }

// ChannelOne receives one value and leaves the producer behind.
type ChannelOne struct{}

func (h *ChannelOne) Emit(ctx context.Context) (int, error) {
	return <-produce(3), nil // want `on each call[:;].*emit-generator`
}

func (h *ChannelOne) Close() error { return nil }

// ChannelOneLocal holds the channel in a variable first.
type ChannelOneLocal struct{}

func (h *ChannelOneLocal) Emit(ctx context.Context) (int, error) {
	ch := produce(3) // want `emit-generator`
	v := <-ch        // silent: the producer is the finding
	return v, nil
}

func (h *ChannelOneLocal) Close() error { return nil }

// ChannelSelect receives in a select.
type ChannelSelect struct{}

func (h *ChannelSelect) Emit(ctx context.Context) (int, error) {
	ch := produce(3) // want `emit-generator`
	select {
	case v := <-ch:
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *ChannelSelect) Close() error { return nil }

// ChannelNamed calls a producer with a named result and a bare return.
type ChannelNamed struct{}

func (h *ChannelNamed) Emit(ctx context.Context) (int, error) {
	return <-produceNamed(3), nil // want `emit-generator`
}

func (h *ChannelNamed) Close() error { return nil }

// ChannelGeneric calls a generic producer.
type ChannelGeneric struct{}

func (h *ChannelGeneric) Emit(ctx context.Context) (string, error) {
	return <-(produceOf("a", "b")), nil // want `emit-generator`
}

func (h *ChannelGeneric) Close() error { return nil }

// ChannelNamedType calls a producer of a named channel type.
type ChannelNamedType struct{ last Frame }

func (h *ChannelNamedType) Emit(ctx context.Context) (Frame, error) {
	frames := produceFrames(h.last) // want `emit-generator`
	return <-frames, nil
}

func (h *ChannelNamedType) Close() error { return nil }

// ChannelThroughTwo calls a producer that calls the producer.
type ChannelThroughTwo struct{}

func (h *ChannelThroughTwo) open() <-chan int {
	return produce(3)
}

func (h *ChannelThroughTwo) Emit(ctx context.Context) (int, error) {
	return <-h.open(), nil // want `\(\*ChannelThroughTwo\)\.Emit → \(\*ChannelThroughTwo\)\.open → produce .*emit-generator`
}

func (h *ChannelThroughTwo) Close() error { return nil }

// ChannelOtherPackage calls a producer of another package.
type ChannelOtherPackage struct{}

func (h *ChannelOtherPackage) Emit(ctx context.Context) (int, error) {
	return <-seqs.Stream(3), nil // want `\(\*ChannelOtherPackage\)\.Emit → seqs\.Stream .*emit-generator`
}

func (h *ChannelOtherPackage) Close() error { return nil }

// ChannelRecordOne leaks a producer per record.
type ChannelRecordOne struct{ last int }

func (h *ChannelRecordOne) Emit(rec Frame) error {
	h.last = <-produce(len(rec)) // want `emit-generator`
	return nil
}

func (h *ChannelRecordOne) Close() error { return nil }

// ChannelRecordWhole waits for the producer's end in the same call.
type ChannelRecordWhole struct{ last int }

func (h *ChannelRecordWhole) Emit(rec Frame) error {
	for v := range produce(len(rec)) { // silent: joined, over when the call returns, rate record
		h.last = v
	}
	return nil
}

func (h *ChannelRecordWhole) Close() error { return nil }

// ChannelAccessor receives from a channel that SessionStart made.
type ChannelAccessor struct{ frames chan int }

func (h *ChannelAccessor) stream() <-chan int { return h.frames }

func (h *ChannelAccessor) SessionStart(ctx context.Context) error {
	h.frames = make(chan int, 8) // silent: once per session
	return nil
}

func (h *ChannelAccessor) Emit(ctx context.Context) (int, error) {
	select {
	case v := <-h.stream(): // silent: returns a channel it did not make
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *ChannelAccessor) SessionStop(ctx context.Context) error {
	close(h.frames)
	return nil
}
