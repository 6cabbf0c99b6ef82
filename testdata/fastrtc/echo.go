package fastrtc

import "context"

// EchoHandler gives back what it got, and waits for it without an end: a
// client that falls silent keeps Emit forever.
type EchoHandler struct {
	queue chan Frame
}

func (h *EchoHandler) SessionStart(context.Context) error {
	h.queue = make(chan Frame, 256)
	return nil
}

func (h *EchoHandler) Receive(_ context.Context, f Frame) error {
	h.queue <- f // silent: Receive is handed data, and blocking is a matter of frames
	return nil
}

func (h *EchoHandler) Emit(context.Context) (Frame, error) {
	return <-h.queue, nil // want `^Emit blocks on each call.*\(emit-blocking\)$`
}

func (h *EchoHandler) SessionStop(context.Context) error {
	return nil
}

// EchoFixed is EchoHandler with an end to its wait.
type EchoFixed struct {
	queue chan Frame
}

func (h *EchoFixed) SessionStart(context.Context) error {
	h.queue = make(chan Frame, 256)
	return nil
}

func (h *EchoFixed) Receive(ctx context.Context, f Frame) error {
	select {
	case h.queue <- f:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *EchoFixed) Emit(ctx context.Context) (Frame, error) {
	select {
	case f := <-h.queue: // silent: the context ends the wait
		return f, nil
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
}

func (h *EchoFixed) SessionStop(context.Context) error {
	return nil
}

// EchoClosed ends its wait by closing the queue.
type EchoClosed struct {
	queue chan Frame
}

func (h *EchoClosed) SessionStart(context.Context) error {
	h.queue = make(chan Frame, 256)
	return nil
}

func (h *EchoClosed) Emit(context.Context) (Frame, error) {
	f, ok := <-h.queue // silent: SessionStop closes it
	if !ok {
		return Frame{}, errNoAudio
	}
	return f, nil
}

func (h *EchoClosed) SessionStop(context.Context) error {
	close(h.queue)
	return nil
}

// LoopHandler puts back on its own queue what it took, to play it again: with
// a full queue it waits for itself.
type LoopHandler struct {
	queue chan Frame
}

func (h *LoopHandler) SessionStart(context.Context) error {
	h.queue = make(chan Frame, 16)
	return nil
}

func (h *LoopHandler) Receive(_ context.Context, f Frame) error {
	select {
	case h.queue <- f:
	default:
	}
	return nil
}

func (h *LoopHandler) Emit(ctx context.Context) (Frame, error) {
	select {
	case f := <-h.queue:
		h.queue <- f // want `emit-blocking`
		return f, nil
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
}

func (h *LoopHandler) SessionStop(context.Context) error {
	return nil
}

// LoopFixed plays again what still has room.
type LoopFixed struct {
	queue chan Frame
}

func (h *LoopFixed) SessionStart(context.Context) error {
	h.queue = make(chan Frame, 16)
	return nil
}

func (h *LoopFixed) Emit(ctx context.Context) (Frame, error) {
	select {
	case f := <-h.queue:
		select {
		case h.queue <- f: // silent: it has a default
		default:
		}
		return f, nil
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
}

func (h *LoopFixed) SessionStop(context.Context) error {
	return nil
}
