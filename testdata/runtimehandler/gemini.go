package runtimehandler

import (
	"context"
	"io"
	"iter"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// Gemini is how it is meant to be: one stream, one queue and one generator for
// the session.
type Gemini struct {
	model model

	stream  stream
	heard   *runtime.Queue[Frame]
	replies *runtime.Generator[Frame]
}

var _ runtime.Handler[Frame, Frame] = (*Gemini)(nil)

func (h *Gemini) SessionStart(ctx context.Context, s *runtime.Session) error {
	stream, err := h.model.Connect(ctx) // silent: once for the session
	if err != nil {
		return err
	}
	h.stream = stream
	h.heard = runtime.NewQueue[Frame](64, runtime.DropOldest)                                     // silent: once for the session
	h.replies = runtime.Generate(s, 16, func(ctx context.Context, yield func(Frame) bool) error { // silent: once for the session
		return stream.Respond(ctx, h.heard.Take, yield)
	})
	return nil
}

func (h *Gemini) Receive(ctx context.Context, in Frame) error {
	return h.heard.Put(ctx, in) // silent: waits under ctx, if at all
}

func (h *Gemini) Emit(ctx context.Context) (Frame, error) {
	return h.replies.Next(ctx) // silent: waits under ctx
}

func (h *Gemini) SessionStop(context.Context) error {
	if h.stream == nil {
		return nil
	}
	return h.stream.Close()
}

// GeminiPerEmit is the handler of FastRTC's user guide: a new generator for
// each frame, all of them racing for one queue.
type GeminiPerEmit struct {
	keeper
	stream  stream
	heard   *runtime.Queue[Frame]
	replies *runtime.Queue[Frame]
}

func (h *GeminiPerEmit) Receive(ctx context.Context, in Frame) error {
	return h.heard.Put(ctx, in)
}

func (h *GeminiPerEmit) generate(ctx context.Context) error {
	return h.stream.Respond(ctx, h.heard.Take, func(f Frame) bool {
		return h.replies.Put(ctx, f) == nil
	})
}

func (h *GeminiPerEmit) Emit(ctx context.Context) (Frame, error) {
	go h.generate(h.session.Context()) // want `^Emit starts a goroutine on each call: .*\(emit-goroutine\)$`
	return h.replies.Take(ctx)         // silent: waits under ctx
}

// GeminiGuarded is its first repair: the flag is set by the generator, once the
// stream stands, and each frame before that starts one more.
type GeminiGuarded struct {
	keeper
	model     model
	heard     *runtime.Queue[Frame]
	replies   *runtime.Queue[Frame]
	connected atomic.Bool
}

func (h *GeminiGuarded) Receive(ctx context.Context, in Frame) error {
	return h.heard.Put(ctx, in)
}

func (h *GeminiGuarded) generate(ctx context.Context) error {
	stream, err := h.model.Connect(ctx)
	if err != nil {
		return err
	}
	defer stream.Close()
	h.connected.Store(true)
	return stream.Respond(ctx, h.heard.Take, func(f Frame) bool {
		return h.replies.Put(ctx, f) == nil
	})
}

func (h *GeminiGuarded) Emit(ctx context.Context) (Frame, error) {
	if !h.connected.Load() {
		go h.generate(h.session.Context()) // want `h.connected is no guard, since it is set only by the goroutine it starts.*emit-goroutine`
	}
	return h.replies.Take(ctx)
}

// AnswersInBackground answers each input in a goroutine of its own: the answers
// overtake each other.
type AnswersInBackground struct {
	keeper
	answer  func(Frame) Frame
	replies *runtime.Queue[Frame]
}

func (h *AnswersInBackground) Receive(ctx context.Context, in Frame) error {
	go func() { // want `^Receive starts a goroutine on each call: .*emit-goroutine`
		h.replies.Put(h.session.Context(), h.answer(in))
	}()
	return nil
}

func (h *AnswersInBackground) Emit(ctx context.Context) (Frame, error) {
	return h.replies.Take(ctx) // silent: waits under ctx
}

// ConnectsByHelper starts its generator two calls away.
type ConnectsByHelper struct {
	GeminiPerEmit
}

func (h *ConnectsByHelper) Emit(ctx context.Context) (Frame, error) {
	h.ensure() // want `\(\*ConnectsByHelper\)\.Emit → \(\*ConnectsByHelper\)\.ensure → background`
	return h.replies.Take(ctx)
}

func (h *ConnectsByHelper) ensure() { background(h.session.Context(), h.generate) }

func background(ctx context.Context, f func(context.Context) error) {
	go f(ctx)
}

// AsksPerReceive makes a channel for the answer to each input.
type AsksPerReceive struct {
	keeper
	asked   chan<- question
	replies *runtime.Queue[Frame]
}

type question struct {
	heard  Frame
	answer chan Frame
}

func (h *AsksPerReceive) Receive(ctx context.Context, in Frame) error {
	q := question{in, make(chan Frame, 1)} // want `emit-channel`
	select {
	case h.asked <- q: // silent: ctx ends the wait
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case f := <-q.answer: // silent: ctx ends the wait
		return h.replies.Put(ctx, f)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *AsksPerReceive) Emit(ctx context.Context) (Frame, error) { return h.replies.Take(ctx) }

// GeminiClaimed sets its flag before it starts the generator.
type GeminiClaimed struct {
	GeminiGuarded
	claimed atomic.Bool
}

func (h *GeminiClaimed) Emit(ctx context.Context) (Frame, error) {
	if h.claimed.CompareAndSwap(false, true) {
		h.session.Go(h.generate) // silent: once per session, if late
	}
	return h.replies.Take(ctx)
}

// GeneratePerEmit takes the tool that is meant for SessionStart into Emit.
type GeneratePerEmit struct {
	keeper
	stream stream
	heard  *runtime.Queue[Frame]
}

func (h *GeneratePerEmit) Receive(ctx context.Context, in Frame) error {
	return h.heard.Put(ctx, in)
}

func (h *GeneratePerEmit) Emit(ctx context.Context) (Frame, error) {
	replies := runtime.Generate(h.session, 16, func(ctx context.Context, yield func(Frame) bool) error { // want `^Emit starts a generator on each call.*runtime\.Generate.*\(emit-generator\)$` `^Emit starts a goroutine on each call: .*runtime\.Generate.*\(emit-goroutine\)$`
		return h.stream.Respond(ctx, h.heard.Take, yield)
	})
	return replies.Next(ctx)
}

// GenerateOnce starts its generator with the first frame, and keeps it.
type GenerateOnce struct {
	keeper
	stream  stream
	heard   *runtime.Queue[Frame]
	replies *runtime.Generator[Frame]
}

func (h *GenerateOnce) Receive(ctx context.Context, in Frame) error {
	return h.heard.Put(ctx, in)
}

func (h *GenerateOnce) Emit(ctx context.Context) (Frame, error) {
	if h.replies == nil {
		h.replies = runtime.Generate(h.session, 16, h.respond) // silent: once per session, if late
	}
	return h.replies.Next(ctx)
}

func (h *GenerateOnce) respond(ctx context.Context, yield func(Frame) bool) error {
	return h.stream.Respond(ctx, h.heard.Take, yield)
}

// PullPerEmit pulls the first frame of a new sequence, each time.
type PullPerEmit struct {
	keeper
	frames iter.Seq[Frame]
}

func (h *PullPerEmit) Receive(context.Context, Frame) error { return nil }

func (h *PullPerEmit) Emit(ctx context.Context) (Frame, error) {
	next, stop := iter.Pull(h.frames) // want `emit-generator`
	defer stop()
	f, ok := next()
	if !ok {
		return nil, io.EOF
	}
	return f, nil
}

// PullOnce pulls from one sequence for the session.
type PullOnce struct {
	frames iter.Seq[Frame]
	next   func() (Frame, bool)
}

func (h *PullOnce) SessionStart(_ context.Context, s *runtime.Session) error {
	next, stop := iter.Pull(h.frames) // silent: once for the session
	h.next = next
	s.OnStop(func() error { // silent: once for the session
		stop()
		return nil
	})
	return nil
}

func (h *PullOnce) Receive(context.Context, Frame) error { return nil }

func (h *PullOnce) Emit(context.Context) (Frame, error) {
	f, ok := h.next() // silent: goes on where the last call ended
	if !ok {
		return nil, io.EOF
	}
	return f, nil
}

func (h *PullOnce) SessionStop(context.Context) error { return nil }

// DialsInReceive connects anew for each input, and has the session close them
// all at its end.
type DialsInReceive struct {
	keeper
	addr string
}

func (h *DialsInReceive) Receive(ctx context.Context, in Frame) error {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", h.addr) // want `^Receive opens a resource on each call.*\(emit-resource\)$`
	if err != nil {
		return err
	}
	h.session.OnStop(conn.Close)
	_, err = conn.Write(in)
	return err
}

func (h *DialsInReceive) Emit(context.Context) (Frame, error) { return nil, runtime.ErrNothing }

// DialsInStart connects once. A write that waits ends with the session.
type DialsInStart struct {
	addr string
	conn net.Conn
}

func (h *DialsInStart) SessionStart(ctx context.Context, s *runtime.Session) error {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", h.addr) // silent: once for the session
	if err != nil {
		return err
	}
	h.conn = conn
	s.OnStop(conn.Close)
	context.AfterFunc(s.Context(), func() { conn.SetDeadline(time.Now()) }) // silent: once for the session
	return nil
}

func (h *DialsInStart) Receive(_ context.Context, in Frame) error {
	_, err := h.conn.Write(in) // silent: nothing is opened
	return err
}

func (h *DialsInStart) Emit(context.Context) (Frame, error) { return nil, runtime.ErrNothing }

func (h *DialsInStart) SessionStop(context.Context) error { return nil }

// ClientPerReceive makes an HTTP client, with a pool of connections of its own,
// for each input.
type ClientPerReceive struct {
	keeper
	url string
}

func (h *ClientPerReceive) Receive(ctx context.Context, in Frame) error {
	client := &http.Client{Transport: &http.Transport{}} // want `http.Client literal` `http.Transport literal`
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (h *ClientPerReceive) Emit(context.Context) (Frame, error) { return nil, runtime.ErrNothing }

// ClientShared shares one client, which heeds the context of the call.
type ClientShared struct {
	keeper
	client *http.Client
	url    string
}

func (h *ClientShared) Receive(ctx context.Context, in Frame) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, nil)
	if err != nil {
		return err
	}
	resp, err := h.client.Do(req) // silent: under the context of the call
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (h *ClientShared) Emit(context.Context) (Frame, error) { return nil, runtime.ErrNothing }
