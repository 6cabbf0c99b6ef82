// Package runtimehandler holds handlers of the reference runtime.
package runtimehandler

import (
	"context"
	"io"
	"iter"
	"net"
	"sync"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// A Frame is a piece of audio.
type Frame struct {
	Samples []int16
}

// SpawnsPerEmit repeats FastRTC's bug: a producer for each frame.
type SpawnsPerEmit struct {
	out chan Frame
}

var _ runtime.Handler[[]byte, Frame] = (*SpawnsPerEmit)(nil)

func (h *SpawnsPerEmit) SessionStart(context.Context, *runtime.Session) error {
	h.out = make(chan Frame, 8)
	return nil
}

func (h *SpawnsPerEmit) Receive(context.Context, []byte) error { return nil }

func (h *SpawnsPerEmit) Emit(ctx context.Context) (Frame, error) {
	go h.produce() // want `Emit starts a goroutine on each call: .* \(emit-goroutine\)$`
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
}

func (h *SpawnsPerEmit) produce() {
	select {
	case h.out <- Frame{}:
	default:
	}
}

func (h *SpawnsPerEmit) SessionStop(context.Context) error { return nil }

// ReceiveSpawns has no line that names the interface.
type ReceiveSpawns struct {
	last string
}

func (h *ReceiveSpawns) SessionStart(context.Context, *runtime.Session) error { return nil }

func (h *ReceiveSpawns) Receive(_ context.Context, in string) error {
	h.queue(in) // want `Receive starts a goroutine on each call: \(\*ReceiveSpawns\)\.Receive → \(\*ReceiveSpawns\)\.queue`
	return nil
}

func (h *ReceiveSpawns) queue(in string) {
	go archive(in)
}

func archive(string) {}

func (h *ReceiveSpawns) Emit(context.Context) (string, error) { return h.last, nil }

func (h *ReceiveSpawns) SessionStop(context.Context) error { return nil }

// Echo is generic, and so is the interface it implements.
type Echo[T any] struct {
	replies []chan T
	last    T
}

var _ runtime.Handler[int, int] = (*Echo[int])(nil)

func (e *Echo[T]) SessionStart(context.Context, *runtime.Session) error { return nil }

func (e *Echo[T]) Receive(_ context.Context, in T) error {
	e.last = in
	e.replies = append(e.replies, make(chan T, 1)) // want `emit-channel`
	return nil
}

func (e *Echo[T]) Emit(context.Context) (T, error) { return e.last, nil }

func (e *Echo[T]) SessionStop(context.Context) error { return nil }

// session gives its start and stop to the types that embed it.
type session struct {
	id string
}

func (s *session) SessionStart(_ context.Context, r *runtime.Session) error {
	s.id = r.ID()
	return nil
}

func (s *session) SessionStop(context.Context) error { return nil }

// EmbedsSession is a handler by its own methods and the embedded ones together.
type EmbedsSession struct {
	session
	frames iter.Seq[Frame]
}

func (h *EmbedsSession) Receive(context.Context, struct{}) error { return nil }

func (h *EmbedsSession) Emit(context.Context) (out Frame, err error) {
	next, stop := iter.Pull(h.frames) // want `emit-generator`
	defer stop()
	f, ok := next()
	if !ok {
		return Frame{}, io.EOF
	}
	return f, nil
}

// JoinsInEmit waits for what it starts, which a frame's time does not allow for.
type JoinsInEmit struct {
	session
	left, right []int16
}

func (h *JoinsInEmit) Receive(context.Context, []byte) error { return nil }

func (h *JoinsInEmit) Emit(context.Context) (Frame, error) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { // want `Emit starts a goroutine on each call \(over when the call returns\).*\(emit-goroutine\)$`
		defer wg.Done()
		clear(h.left)
	}()
	clear(h.right)
	wg.Wait()
	return Frame{Samples: append(h.left, h.right...)}, nil
}

// SleepsInEmit paces itself where the driver does.
type SleepsInEmit struct {
	session
}

var _ runtime.Handler[any, *Frame] = &SleepsInEmit{}

func (*SleepsInEmit) Receive(context.Context, any) error { return nil }

func (*SleepsInEmit) Emit(context.Context) (*Frame, error) {
	time.Sleep(20 * time.Millisecond) // want `emit-blocking`
	return new(Frame), nil
}

// DialsWhenLoud dials for some of its inputs.
type DialsWhenLoud struct {
	session
	conn net.Conn
}

func (h *DialsWhenLoud) Receive(_ context.Context, in Frame) error {
	if len(in.Samples) > 960 {
		conn, err := net.Dial("udp", "127.0.0.1:9") // want `on some calls.*emit-resource`
		if err != nil {
			return err
		}
		h.conn = conn
	}
	return nil
}

func (h *DialsWhenLoud) Emit(context.Context) (Frame, error) { return Frame{}, io.EOF }
