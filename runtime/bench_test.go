package runtime_test

import (
	"context"
	"io"
	goruntime "runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// What these measure, and what a machine made of it, is in docs/benchmarks.md, "The runtime". All bounds are 8, the
// default between Emit and the client.
const benchSize = 8

// benchFrame is 20 ms of 48 kHz mono. Nobody writes to it, so that every session can send it.
var benchFrame = make([]byte, 1920)

// benchSource emits at once, each time the same frame.
type benchSource struct{}

func (*benchSource) SessionStart(context.Context, *runtime.Session) error { return nil }
func (*benchSource) Receive(context.Context, []byte) error                { return nil }
func (*benchSource) Emit(context.Context) ([]byte, error)                 { return benchFrame, nil }
func (*benchSource) SessionStop(context.Context) error                    { return nil }

// benchPauser has a frame every other time it is asked.
type benchPauser struct {
	benchSource
	asked int
}

func (h *benchPauser) Emit(context.Context) ([]byte, error) {
	if h.asked++; h.asked%2 == 0 {
		return nil, runtime.ErrNothing
	}
	return benchFrame, nil
}

// benchBurst emits twice what a queue holds before it lets others run, on one CPU too.
type benchBurst struct {
	benchSource
	asked int
}

func (h *benchBurst) Emit(context.Context) ([]byte, error) {
	if h.asked++; h.asked%(2*benchSize) == 0 {
		goruntime.Gosched()
	}
	return benchFrame, nil
}

// benchEcho emits what it receives.
type benchEcho struct{ queue *runtime.Queue[[]byte] }

func (h *benchEcho) SessionStart(context.Context, *runtime.Session) error {
	h.queue = runtime.NewQueue[[]byte](benchSize, runtime.Block)
	return nil
}

func (h *benchEcho) Receive(ctx context.Context, in []byte) error { return h.queue.Put(ctx, in) }
func (h *benchEcho) Emit(ctx context.Context) ([]byte, error)     { return h.queue.Take(ctx) }

func (h *benchEcho) SessionStop(context.Context) error {
	h.queue.Close()
	return nil
}

// benchSession runs a session for the rest of the test and returns its client.
func benchSession(tb testing.TB, srv *runtime.Server[[]byte, []byte]) *runtime.Client[[]byte, []byte] {
	client, conn := runtime.Pipe[[]byte, []byte](benchSize)
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(context.Background(), conn) }()
	tb.Cleanup(func() {
		client.Close()
		for {
			if _, err := client.Receive(context.Background()); err != nil {
				break
			}
		}
		if err := <-ended; err != nil {
			tb.Errorf("Serve: %v", err)
		}
	})
	return client
}

// benchReceive takes a frame.
func benchReceive(tb testing.TB, client *runtime.Client[[]byte, []byte]) {
	if e, err := client.Receive(context.Background()); err != nil || e.Kind != runtime.EventFrame {
		tb.Fatalf("client.Receive: %+v, %v; want a frame", e, err)
	}
}

// benchRoundTrip sends a frame and takes one.
func benchRoundTrip(tb testing.TB, client *runtime.Client[[]byte, []byte]) {
	if err := client.Send(context.Background(), benchFrame); err != nil {
		tb.Fatal(err)
	}
	benchReceive(tb, client)
}

// BenchmarkFrame takes one frame all the way: Emit, the queue to the client, the Pipe, Client.Receive.
func BenchmarkFrame(b *testing.B) {
	client := benchSession(b, &runtime.Server[[]byte, []byte]{
		NewHandler: func() runtime.Handler[[]byte, []byte] { return new(benchSource) },
	})
	benchReceive(b, client)
	b.ReportAllocs()
	for b.Loop() {
		benchReceive(b, client)
	}
}

// BenchmarkEcho waits for each frame to come back before it sends the next: Client.Send, Receive, a Queue of the
// handler, Emit, Client.Receive.
func BenchmarkEcho(b *testing.B) {
	client := benchSession(b, &runtime.Server[[]byte, []byte]{
		NewHandler: func() runtime.Handler[[]byte, []byte] { return new(benchEcho) },
	})
	benchRoundTrip(b, client)
	b.ReportAllocs()
	for b.Loop() {
		benchRoundTrip(b, client)
	}
}

// BenchmarkQueue hands a frame from one goroutine to another through a Queue.
func BenchmarkQueue(b *testing.B) {
	ctx := b.Context()
	queue := runtime.NewQueue[[]byte](benchSize, runtime.Block)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for queue.Put(ctx, benchFrame) == nil {
		}
	}()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := queue.Take(ctx); err != nil {
			b.Fatal(err)
		}
	}
	queue.Close()
	<-ended
}

// BenchmarkChannel hands a frame from one goroutine to another through a bare channel: what any of this costs at least.
func BenchmarkChannel(b *testing.B) {
	b.Run("unbuffered", func(b *testing.B) { benchChannel(b, 0) })
	b.Run("buffered", func(b *testing.B) { benchChannel(b, benchSize) })
}

func benchChannel(b *testing.B, size int) {
	frames := make(chan []byte, size)
	var over atomic.Bool
	go func() {
		defer close(frames)
		for !over.Load() {
			frames <- benchFrame
		}
	}()
	b.ReportAllocs()
	for b.Loop() {
		<-frames
	}
	over.Store(true)
	for range frames {
	}
}

// BenchmarkSessionLife runs whole sessions that end with their first Emit, one after the other.
func BenchmarkSessionLife(b *testing.B) {
	srv := &runtime.Server[[]byte, []byte]{
		NewHandler: func() runtime.Handler[[]byte, []byte] { return new(benchOver) },
	}
	b.ReportAllocs()
	for b.Loop() {
		_, conn := runtime.Pipe[[]byte, []byte](benchSize)
		if err := srv.Serve(b.Context(), conn); err != nil {
			b.Fatal(err)
		}
	}
}

// benchOver ends its session at once, and in good order.
type benchOver struct{ benchSource }

func (*benchOver) Emit(context.Context) ([]byte, error) { return nil, io.EOF }

// TestSteadyStateAllocatesNothing fails if a frame costs memory: at 50 frames a second and thousands of sessions, that
// is what a garbage collector would be busy with.
func TestSteadyStateAllocatesNothing(t *testing.T) {
	source := func() runtime.Handler[[]byte, []byte] { return new(benchSource) }
	pauser := func() runtime.Handler[[]byte, []byte] { return new(benchPauser) }
	burst := func() runtime.Handler[[]byte, []byte] { return new(benchBurst) }
	echo := func() runtime.Handler[[]byte, []byte] { return new(benchEcho) }
	duration := func([]byte) time.Duration { return 20 * time.Millisecond }
	dropOldest := runtime.Bound{Policy: runtime.DropOldest}

	for _, test := range []struct {
		name   string
		server *runtime.Server[[]byte, []byte]
		step   func(testing.TB, *runtime.Client[[]byte, []byte])
	}{
		{"frames", &runtime.Server[[]byte, []byte]{NewHandler: source}, benchReceive},
		{"frames with a duration", &runtime.Server[[]byte, []byte]{NewHandler: source, Duration: duration}, benchReceive},
		{"frames dropped", &runtime.Server[[]byte, []byte]{NewHandler: burst, Output: dropOldest}, benchReceive},
		{"nothing now", &runtime.Server[[]byte, []byte]{NewHandler: pauser}, benchReceive},
		{"echo", &runtime.Server[[]byte, []byte]{NewHandler: echo}, benchRoundTrip},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // where 20 ms are over at once
				client := benchSession(t, test.server)
				if got := benchAllocs(func() { test.step(t, client) }); got > 0.01 {
					t.Errorf("%g allocations per frame, want 0", got)
				}
				if dropped := test.server.Stats().OutputDropped; (dropped > 0) != (test.server.Output == dropOldest) {
					t.Errorf("%d frames dropped: this does not test what it is to test", dropped)
				}
			})
		})
	}
}

// benchAllocs returns how many allocations a call of f costs, in all goroutines together. It is the least of several
// batches, since others may allocate too: what each call allocates is in all of them.
func benchAllocs(f func()) float64 {
	const batches, batch = 5, 10_000
	least := ^uint64(0)
	for range batches {
		var before, after goruntime.MemStats
		goruntime.ReadMemStats(&before)
		for range batch {
			f()
		}
		goruntime.ReadMemStats(&after)
		least = min(least, after.Mallocs-before.Mallocs)
	}
	return float64(least) / batch
}
