package fastrtc

import (
	"context"
	"sync"
	"sync/atomic"
)

// GeminiHandler is the handler of the user guide: a new generator for every
// frame, all of them racing for the same queue.
type GeminiHandler struct {
	llm    model
	ctx    context.Context
	cancel context.CancelFunc
	in     chan Frame
	out    chan Frame
}

func NewGeminiHandler(llm model) *GeminiHandler {
	return &GeminiHandler{llm: llm}
}

func (h *GeminiHandler) SessionStart(context.Context) error {
	h.ctx, h.cancel = context.WithCancel(context.Background())
	h.in = make(chan Frame, 64)
	h.out = make(chan Frame, 64)
	return nil
}

func (h *GeminiHandler) Receive(_ context.Context, f Frame) error {
	select {
	case h.in <- f:
	default: // a late frame is worth nothing
	}
	return nil
}

func (h *GeminiHandler) generator() {
	for h.ctx.Err() == nil {
		f, err := h.llm.Respond(h.ctx, h.in)
		if err != nil {
			return
		}
		select {
		case h.out <- f:
		case <-h.ctx.Done():
		}
	}
}

func (h *GeminiHandler) Emit(ctx context.Context) (Frame, error) {
	go h.generator() // want `^Emit starts a goroutine on each call[:;].*SessionStart.*SessionStop.*\(emit-goroutine\)$`
	select {
	case f := <-h.out: // silent: the context ends the wait
		return f, nil
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
}

func (h *GeminiHandler) SessionStop(context.Context) error {
	h.cancel()
	return nil
}

// GeminiGuarded is the first repair: the flag is set by the generator, once
// the connection stands, so every frame before that starts one more.
type GeminiGuarded struct {
	llm       model
	ctx       context.Context
	cancel    context.CancelFunc
	connected atomic.Bool
	in        chan Frame
	out       chan Frame
}

func (h *GeminiGuarded) SessionStart(context.Context) error {
	h.ctx, h.cancel = context.WithCancel(context.Background())
	h.in = make(chan Frame, 64)
	h.out = make(chan Frame, 64)
	return nil
}

func (h *GeminiGuarded) generator() {
	if _, err := h.llm.Respond(h.ctx, h.in); err != nil {
		return
	}
	h.connected.Store(true)
	for h.ctx.Err() == nil {
		f, err := h.llm.Respond(h.ctx, h.in)
		if err != nil {
			return
		}
		select {
		case h.out <- f:
		case <-h.ctx.Done():
		}
	}
}

func (h *GeminiGuarded) Emit(ctx context.Context) (Frame, error) {
	if !h.connected.Load() {
		go h.generator() // want `set only by the goroutine it starts.*\(emit-goroutine\)$`
	}
	select {
	case f := <-h.out: // silent: the context ends the wait
		return f, nil
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
}

func (h *GeminiGuarded) SessionStop(context.Context) error {
	h.cancel()
	return nil
}

// GeminiGuardedEarly is the same repair written with an early return, the
// flag plain and set in a literal.
type GeminiGuardedEarly struct {
	llm       model
	ctx       context.Context
	cancel    context.CancelFunc
	mu        sync.Mutex
	connected bool
	out       chan Frame
}

func (h *GeminiGuardedEarly) SessionStart(context.Context) error {
	h.ctx, h.cancel = context.WithCancel(context.Background())
	h.out = make(chan Frame, 64)
	return nil
}

func (h *GeminiGuardedEarly) connect() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.connected {
		return
	}
	go func() {
		f, err := h.llm.Respond(h.ctx, nil)
		if err != nil {
			return
		}
		h.mu.Lock()
		h.connected = true
		h.mu.Unlock()
		select {
		case h.out <- f:
		case <-h.ctx.Done():
		}
	}()
}

func (h *GeminiGuardedEarly) Emit(ctx context.Context) (Frame, error) {
	h.connect() // want `\(\*GeminiGuardedEarly\)\.Emit → \(\*GeminiGuardedEarly\)\.connect \(go statement at gemini\.go:\d+\).*set only by the goroutine it starts.*\(emit-goroutine\)$`
	select {
	case f := <-h.out: // silent: the context ends the wait
		return f, nil
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
}

func (h *GeminiGuardedEarly) SessionStop(context.Context) error {
	h.cancel()
	return nil
}

// GeminiFixed is the true repair: one generator per session, born in
// SessionStart, gone when SessionStop returns.
type GeminiFixed struct {
	llm    model
	cancel context.CancelFunc
	wg     sync.WaitGroup
	in     chan Frame
	out    chan Frame
}

func (h *GeminiFixed) SessionStart(context.Context) error {
	ctx, cancel := context.WithCancel(context.Background())
	h.cancel = cancel
	h.in = make(chan Frame, 64)
	h.out = make(chan Frame, 64)
	h.wg.Add(1)
	go h.generator(ctx) // silent: once per session, and SessionStop ends it
	return nil
}

func (h *GeminiFixed) Receive(_ context.Context, f Frame) error {
	select {
	case h.in <- f:
	default: // silent: never waits
	}
	return nil
}

func (h *GeminiFixed) generator(ctx context.Context) {
	defer h.wg.Done()
	for ctx.Err() == nil {
		f, err := h.llm.Respond(ctx, h.in)
		if err != nil {
			return
		}
		select {
		case h.out <- f:
		case <-ctx.Done():
		}
	}
}

func (h *GeminiFixed) Emit(ctx context.Context) (Frame, error) {
	select {
	case f := <-h.out: // silent: the context ends the wait
		return f, nil
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
}

func (h *GeminiFixed) SessionStop(context.Context) error {
	h.cancel()
	h.wg.Wait() // silent: a stop may wait
	return nil
}

// Copy is how FastRTC makes one handler per connection.
func (h *GeminiFixed) Copy() *GeminiFixed {
	return &GeminiFixed{llm: h.llm} // silent: the sessions share the model, and nothing that a session made
}
