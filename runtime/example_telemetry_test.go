package runtime_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// A Reading is one measurement of a device.
type Reading struct {
	Sensor string
	Value  float64
}

// Batcher gathers readings, and gives them back in batches: when there are
// enough of them, or when it is time. What is left over at the end goes to the
// sink.
type Batcher struct {
	Size  int           // of a full batch
	Every time.Duration // how old a batch may become
	Sink  func(context.Context, []Reading) error

	readings chan Reading
	ticker   *time.Ticker
	batch    []Reading // Emit's own, and SessionStop's when Emit is over: no lock
}

// SessionStart makes the ticker and the channel, once. The channel is bounded: a
// device that sends faster than its batches go out has to wait.
func (b *Batcher) SessionStart(context.Context, *runtime.Session) error {
	b.readings = make(chan Reading, 2*b.Size)
	b.ticker = time.NewTicker(b.Every)
	return nil
}

func (b *Batcher) Receive(ctx context.Context, r Reading) error {
	select {
	case b.readings <- r:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (b *Batcher) Emit(ctx context.Context) ([]Reading, error) {
	for len(b.batch) < b.Size {
		select {
		case r := <-b.readings:
			b.batch = append(b.batch, r)
		case <-b.ticker.C:
			if len(b.batch) > 0 {
				return b.take(), nil
			}
		case <-ctx.Done():
			return nil, ctx.Err() // what is gathered stays
		}
	}
	return b.take(), nil
}

// SessionStop flushes the rest. No Receive and no Emit runs any more.
func (b *Batcher) SessionStop(ctx context.Context) error {
	if b.ticker == nil {
		return nil // SessionStart has failed
	}
	b.ticker.Stop()
	for len(b.readings) > 0 {
		b.batch = append(b.batch, <-b.readings)
	}
	return b.Sink(ctx, b.take())
}

func (b *Batcher) take() []Reading {
	batch := b.batch
	b.batch = nil
	return batch
}

// A batcher: the ticker belongs to the session, not to Emit, and what is left
// over is flushed when the session stops, however it ends.
func Example_telemetry() {
	ctx := context.Background()
	sink := func(_ context.Context, left []Reading) error {
		fmt.Println("left over:", left)
		return nil
	}
	server := &runtime.Server[Reading, []Reading]{
		NewHandler: func() runtime.Handler[Reading, []Reading] {
			return &Batcher{Size: 2, Every: time.Hour, Sink: sink}
		},
	}
	client, conn := runtime.Pipe[Reading, []Reading](8)
	ended := make(chan error)
	go func() { ended <- server.Serve(ctx, conn) }()

	for _, r := range []Reading{{"lab", 20.5}, {"yard", 11}, {"lab", 20.7}} {
		if err := client.Send(ctx, r); err != nil {
			log.Fatal(err)
		}
	}
	e, err := client.Receive(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("batch:", e.Frame)
	client.Close() // the third reading is given to the handler still
	fmt.Println("ended:", <-ended)
	// Output:
	// batch: [{lab 20.5} {yard 11}]
	// left over: [{lab 20.7}]
	// ended: <nil>
}
