package fastrtc

import (
	"context"
	"iter"
)

// tone is the answer these handlers stream.
func tone(n int) iter.Seq[Frame] {
	return func(yield func(Frame) bool) {
		for i := range n {
			if !yield(Frame{Rate: 24000, Samples: []int16{int16(i)}}) {
				return
			}
		}
	}
}

// FreshSequence hands out its generator itself, a new one each time.
type FreshSequence struct {
	frames int
}

func (h *FreshSequence) SessionStart(context.Context) error {
	return nil
}

func (h *FreshSequence) Emit(context.Context) (iter.Seq[Frame], error) {
	return tone(h.frames), nil // want `^Emit starts a generator on each call.*tone.*\(emit-generator\)$`
}

func (h *FreshSequence) SessionStop(context.Context) error {
	return nil
}

// FreshFirst takes the first frame of a new generator: the same frame for
// ever.
type FreshFirst struct {
	frames int
}

func (h *FreshFirst) SessionStart(context.Context) error {
	return nil
}

func (h *FreshFirst) Emit(context.Context) (Frame, error) {
	for f := range tone(h.frames) { // want `emit-generator`
		return f, nil
	}
	return Frame{}, errNoAudio
}

func (h *FreshFirst) SessionStop(context.Context) error {
	return nil
}

// FreshPull pulls from a new generator and lets go of it.
type FreshPull struct {
	frames int
}

func (h *FreshPull) SessionStart(context.Context) error {
	return nil
}

func (h *FreshPull) Emit(context.Context) (Frame, error) {
	next, stop := iter.Pull(tone(h.frames)) // want `emit-generator`
	defer stop()
	f, ok := next()
	if !ok {
		return Frame{}, errNoAudio
	}
	return f, nil
}

func (h *FreshPull) SessionStop(context.Context) error {
	return nil
}

// FreshStream returns the channel of a new producer.
type FreshStream struct {
	quit chan struct{}
}

func (h *FreshStream) SessionStart(context.Context) error {
	h.quit = make(chan struct{})
	return nil
}

func (h *FreshStream) stream() <-chan Frame {
	out := make(chan Frame)
	go func() {
		defer close(out)
		for f := range tone(50) {
			select {
			case out <- f:
			case <-h.quit:
				return
			}
		}
	}()
	return out
}

func (h *FreshStream) Emit(context.Context) (<-chan Frame, error) {
	return h.stream(), nil // want `emit-generator`
}

func (h *FreshStream) SessionStop(context.Context) error {
	close(h.quit)
	return nil
}

// PullFixed keeps one pull for the session.
type PullFixed struct {
	next func() (Frame, bool)
	stop func()
}

func (h *PullFixed) SessionStart(context.Context) error {
	h.next, h.stop = iter.Pull(tone(500)) // silent: once per session, stopped by SessionStop
	return nil
}

func (h *PullFixed) Emit(context.Context) (Frame, error) {
	f, ok := h.next() // silent: goes on where the last call ended
	if !ok {
		return Frame{}, errNoAudio
	}
	return f, nil
}

func (h *PullFixed) SessionStop(context.Context) error {
	h.stop()
	return nil
}

// WholeSequence consumes a sequence to its end in one call.
type WholeSequence struct {
	frames int
}

func (h *WholeSequence) SessionStart(context.Context) error {
	return nil
}

func (h *WholeSequence) Emit(context.Context) (Frame, error) {
	var mix Frame
	for f := range tone(h.frames) { // silent: consumed whole in the same call
		mix.Samples = append(mix.Samples, f.Samples...)
	}
	return mix, nil
}

func (h *WholeSequence) SessionStop(context.Context) error {
	return nil
}
