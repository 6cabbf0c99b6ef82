package runtime_test

import (
	"context"
	"fmt"
	"log"

	"github.com/emitcheck/emitcheck/runtime"
)

// EchoHandler says back what it hears.
type EchoHandler struct {
	heard *runtime.Queue[string]
}

func (h *EchoHandler) SessionStart(context.Context, *runtime.Session) error {
	h.heard = runtime.NewQueue[string](16, runtime.Block)
	return nil
}

func (h *EchoHandler) Receive(ctx context.Context, in string) error {
	return h.heard.Put(ctx, in)
}

func (h *EchoHandler) Emit(ctx context.Context) (string, error) {
	return h.heard.Take(ctx) // waits under ctx: nothing is polled
}

func (h *EchoHandler) SessionStop(context.Context) error { return nil }

// The smallest handler that does something: a bounded queue between Receive and
// Emit, made when the session starts.
func Example_echo() {
	ctx := context.Background()
	server := &runtime.Server[string, string]{
		NewHandler: func() runtime.Handler[string, string] { return new(EchoHandler) },
	}
	client, conn := runtime.Pipe[string, string](8)
	ended := make(chan error)
	go func() { ended <- server.Serve(ctx, conn) }()

	for _, word := range []string{"one", "two"} {
		if err := client.Send(ctx, word); err != nil {
			log.Fatal(err)
		}
		e, err := client.Receive(ctx)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(e.Frame)
	}
	client.Close()
	fmt.Println("ended:", <-ended)
	// Output:
	// one
	// two
	// ended: <nil>
}
