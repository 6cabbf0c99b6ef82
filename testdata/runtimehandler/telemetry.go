package runtimehandler

import (
	"context"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// A Reading is one measurement of a device.
type Reading struct {
	Sensor string
	Value  float64
}

// Batcher gathers readings and gives them back in batches.
type Batcher struct {
	Size  int
	Every time.Duration
	Sink  func(context.Context, []Reading) error

	readings chan Reading
	ticker   *time.Ticker
	batch    []Reading
}

func (b *Batcher) SessionStart(context.Context, *runtime.Session) error {
	b.readings = make(chan Reading, 2*b.Size) // silent: once for the session
	b.ticker = time.NewTicker(b.Every)        // silent: once for the session
	return nil
}

func (b *Batcher) Receive(ctx context.Context, r Reading) error {
	select {
	case b.readings <- r: // silent: ctx ends the wait
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (b *Batcher) Emit(ctx context.Context) ([]Reading, error) {
	for len(b.batch) < b.Size {
		select {
		case r := <-b.readings: // silent: ctx ends the wait
			b.batch = append(b.batch, r)
		case <-b.ticker.C: // silent: the session's own ticker
			if len(b.batch) > 0 {
				return b.take(), nil
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return b.take(), nil
}

func (b *Batcher) SessionStop(ctx context.Context) error {
	if b.ticker == nil {
		return nil
	}
	b.ticker.Stop()
	for len(b.readings) > 0 {
		b.batch = append(b.batch, <-b.readings) // silent: not a hot method
	}
	return b.Sink(ctx, b.take()) // silent: not a hot method
}

func (b *Batcher) take() []Reading {
	batch := b.batch
	b.batch = make([]Reading, 0, b.Size) // silent: a slice is no channel
	return batch
}

// TickerPerEmit has a new ticker for each batch: nobody stops it, and its time
// begins anew.
type TickerPerEmit struct {
	Batcher
}

func (b *TickerPerEmit) Emit(ctx context.Context) ([]Reading, error) {
	tick := time.NewTicker(b.Every) // want `^Emit opens a resource on each call.*emit-resource`
	for len(b.batch) < b.Size {
		select {
		case r := <-b.readings:
			b.batch = append(b.batch, r)
		case <-tick.C:
			return b.take(), nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return b.take(), nil
}

// TickerStopped stops its ticker, one for each batch all the same.
type TickerStopped struct {
	Batcher
}

func (b *TickerStopped) Emit(ctx context.Context) ([]Reading, error) {
	tick := time.NewTicker(b.Every) // want `over when the call returns.*emit-resource`
	defer tick.Stop()
	select {
	case <-tick.C:
		return b.take(), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// TimerReset keeps one timer, and sets it for each batch.
type TimerReset struct {
	Batcher
	timer *time.Timer
}

func (b *TimerReset) SessionStart(ctx context.Context, s *runtime.Session) error {
	b.timer = time.NewTimer(b.Every) // silent: once for the session
	return b.Batcher.SessionStart(ctx, s)
}

func (b *TimerReset) Emit(ctx context.Context) ([]Reading, error) {
	b.timer.Reset(b.Every) // silent: the session's own timer
	select {
	case <-b.timer.C: // silent: ctx ends the wait
		return b.take(), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (b *TimerReset) SessionStop(ctx context.Context) error {
	if b.timer != nil {
		b.timer.Stop()
	}
	return b.Batcher.SessionStop(ctx)
}

// FlushesInBackground hands full batches to the sink in a goroutine each.
type FlushesInBackground struct {
	Batcher
	pending []Reading
}

func (b *FlushesInBackground) Receive(_ context.Context, r Reading) error {
	b.pending = append(b.pending, r)
	if len(b.pending) == b.Size {
		batch := b.pending
		b.pending = nil
		go b.Sink(context.Background(), batch) // want `^Receive starts a goroutine on some calls.*emit-goroutine`
	}
	return nil
}

// FlushesInStart has one goroutine for the session that takes full batches.
type FlushesInStart struct {
	Batcher
	full *runtime.Queue[[]Reading]
}

func (b *FlushesInStart) SessionStart(ctx context.Context, s *runtime.Session) error {
	b.full = runtime.NewQueue[[]Reading](4, runtime.Block)
	s.Go(func(ctx context.Context) error { // silent: once for the session
		for {
			batch, err := b.full.Take(ctx)
			if err != nil {
				return nil
			}
			if err := b.Sink(ctx, batch); err != nil {
				return err
			}
		}
	})
	return b.Batcher.SessionStart(ctx, s)
}

func (b *FlushesInStart) Emit(ctx context.Context) ([]Reading, error) {
	batch, err := b.Batcher.Emit(ctx)
	if err == nil {
		err = b.full.Put(ctx, batch) // silent: waits under ctx
	}
	return batch, err
}

func (b *FlushesInStart) SessionStop(ctx context.Context) error {
	for batch, ok := b.full.TryTake(); ok; batch, ok = b.full.TryTake() { // silent: not a hot method
		if err := b.Sink(ctx, batch); err != nil {
			return err
		}
	}
	return b.Batcher.SessionStop(ctx)
}

// CountsPerEmit reports how much waits, which holds nothing up.
type CountsPerEmit struct {
	FlushesInStart
	log     *slog.Logger
	session *runtime.Session
}

func (b *CountsPerEmit) Emit(ctx context.Context) ([]Reading, error) {
	b.log.Debug("waiting", "session", b.session.ID(), "batches", b.full.Len()) // silent: does not wait
	if b.session.Context().Err() != nil {                                      // silent: asks, and does not wait
		return nil, io.EOF
	}
	return b.FlushesInStart.Emit(ctx)
}

// FilePerEmit opens its log for each batch.
type FilePerEmit struct {
	Batcher
	path string
}

func (b *FilePerEmit) Emit(ctx context.Context) ([]Reading, error) {
	log, err := os.OpenFile(b.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644) // want `emit-resource`
	if err != nil {
		return nil, err
	}
	defer log.Close()
	return b.Batcher.Emit(ctx)
}
