package runtime_test

import (
	"context"
	"fmt"
	"log"
	"sync/atomic"

	"github.com/emitcheck/emitcheck/runtime"
)

// GeminiHandler talks to a speech model that answers in a stream, for as long as
// the session.
type GeminiHandler struct {
	model *SpeechModel

	stream  *SpeechStream
	heard   *runtime.Queue[[]byte]
	replies *runtime.Generator[[]byte]
}

// SessionStart makes all that lives as long as the session: the connection, the
// queue, and the one generator. The connection is dialled under ctx, since that
// is over soon; the generator is given the session's own context.
func (h *GeminiHandler) SessionStart(ctx context.Context, s *runtime.Session) error {
	stream, err := h.model.Connect(ctx)
	if err != nil {
		return err
	}
	h.stream = stream
	h.heard = runtime.NewQueue[[]byte](64, runtime.DropOldest)
	h.replies = runtime.Generate(s, 16, func(ctx context.Context, yield func([]byte) bool) error {
		return stream.Respond(ctx, h.heard.Take, yield)
	})
	return nil
}

// Receive hands the audio on. What the model is too slow for is dropped, the
// oldest first: late audio is worth nothing.
func (h *GeminiHandler) Receive(ctx context.Context, audio []byte) error {
	return h.heard.Put(ctx, audio)
}

// Emit only takes.
func (h *GeminiHandler) Emit(ctx context.Context) ([]byte, error) {
	return h.replies.Next(ctx)
}

// SessionStop releases what SessionStart has made. That may have failed before
// there was a connection. The generator has ended by now.
func (h *GeminiHandler) SessionStop(context.Context) error {
	if h.stream == nil {
		return nil
	}
	return h.stream.Close()
}

// SpeechModel stands in for the client library of a speech service.
type SpeechModel struct {
	streams atomic.Int32 // how many were opened
}

func (m *SpeechModel) Connect(context.Context) (*SpeechStream, error) {
	m.streams.Add(1)
	return new(SpeechStream), nil
}

// SpeechStream is one conversation with the model.
type SpeechStream struct {
	turn int
}

// Respond answers what it hears, in two pieces each.
func (s *SpeechStream) Respond(ctx context.Context, hear func(context.Context) ([]byte, error), yield func([]byte) bool) error {
	for {
		audio, err := hear(ctx)
		if err != nil {
			return err
		}
		s.turn++
		if !yield(fmt.Appendf(nil, "%d. You say %q.", s.turn, audio)) || !yield([]byte("Go on.")) {
			return nil
		}
	}
}

func (s *SpeechStream) Close() error { return nil }

// The handler of FastRTC's user guide started a generator in each call of emit
// (https://github.com/gradio-app/fastrtc/issues/55). Here it is started once for
// each session, and Emit takes what it has made.
func Example_gemini() {
	ctx := context.Background()
	model := new(SpeechModel)
	server := &runtime.Server[[]byte, []byte]{
		NewHandler: func() runtime.Handler[[]byte, []byte] { return &GeminiHandler{model: model} },
	}
	client, conn := runtime.Pipe[[]byte, []byte](8)
	ended := make(chan error)
	go func() { ended <- server.Serve(ctx, conn) }()

	for _, audio := range []string{"hello", "how are you"} {
		if err := client.Send(ctx, []byte(audio)); err != nil {
			log.Fatal(err)
		}
		for range 2 {
			e, err := client.Receive(ctx)
			if err != nil {
				log.Fatal(err)
			}
			fmt.Printf("%s\n", e.Frame)
		}
	}
	client.Close()
	fmt.Println("ended:", <-ended)
	fmt.Println("streams opened:", model.streams.Load())
	// Output:
	// 1. You say "hello".
	// Go on.
	// 2. You say "how are you".
	// Go on.
	// ended: <nil>
	// streams opened: 1
}
