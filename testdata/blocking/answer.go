package blocking

import "context"

// Pipe hands each frame to the other half and waits for how much was taken, as
// io.Pipe does.
type Pipe struct {
	frames chan Frame
	taken  chan int
	done   chan struct{}
}

func (h *Pipe) Emit(ctx context.Context) (int, error) {
	f := Frame{1}
	select {
	case h.frames <- f:
		n := <-h.taken // silent: who took the frame answers at once
		return n, nil
	case <-h.done:
		return 0, errNone
	}
}

func (h *Pipe) VideoEmit(ctx context.Context) (Frame, error) {
	select {
	case f := <-h.frames:
		h.taken <- len(f) // silent: who sent the frame waits for the answer
		return f, nil
	case <-h.done:
		return nil, errNone
	}
}

func (h *Pipe) Close() error {
	close(h.done)
	return nil
}

// Pulls asks for a frame without a word, and waits.
type Pulls struct {
	frames chan Frame
	more   chan Frame
	done   chan struct{}
}

func (h *Pulls) Emit(ctx context.Context) (Frame, error) {
	select {
	case <-h.frames:
		f := <-h.more // want `emit-blocking`
		return f, nil
	case <-h.done:
		return nil, errNone
	}
}

func (h *Pulls) Close() error {
	close(h.done)
	return nil
}

// Afterwards waits when the exchange is over.
type Afterwards struct {
	frames chan Frame
	taken  chan int
	done   chan struct{}
}

func (h *Afterwards) Emit(ctx context.Context) (int, error) {
	select {
	case h.frames <- Frame{}:
	case <-h.done:
		return 0, errNone
	}
	return <-h.taken, nil // want `emit-blocking`
}

func (h *Afterwards) Close() error {
	close(h.done)
	return nil
}
