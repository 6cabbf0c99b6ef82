package resource

import (
	"context"
	"time"
)

// TickerStopped stops its ticker before it returns.
type TickerStopped struct{}

func (h *TickerStopped) Emit(ctx context.Context) (time.Time, error) {
	t := time.NewTicker(time.Millisecond) // want `on each call \(over when the call returns\).*emit-resource`
	defer t.Stop()
	select {
	case now := <-t.C:
		return now, nil
	case <-ctx.Done():
		return time.Time{}, ctx.Err()
	}
}

func (h *TickerStopped) Close() error { return nil }

// TickerForgotten does not: since Go 1.23 that is no leak.
type TickerForgotten struct{}

func (h *TickerForgotten) Emit(ctx context.Context) (time.Time, error) {
	t := time.NewTicker(time.Millisecond) // want `on each call \(over when the call returns\).*emit-resource`
	select {
	case now := <-t.C:
		return now, nil
	case <-ctx.Done():
		return time.Time{}, ctx.Err()
	}
}

func (h *TickerForgotten) Close() error { return nil }

// TimerUsed makes a timer.
type TimerUsed struct{}

func (h *TimerUsed) Emit(ctx context.Context) (bool, error) {
	t := time.NewTimer(time.Second) // want `over when the call returns.*emit-resource`
	select {
	case <-t.C:
		return true, nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

func (h *TimerUsed) Close() error { return nil }

// AfterInSelect makes a timer each time the select is entered, whichever case
// is taken.
type AfterInSelect struct{ in chan int }

func (h *AfterInSelect) Emit(ctx context.Context) (int, error) {
	select {
	case v := <-h.in:
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-time.After(time.Second): // want `on each call \(over when the call returns\).*emit-resource`
		return 0, errShort
	}
}

func (h *AfterInSelect) Close() error { return nil }

// TickInLoop makes a ticker that nothing can stop.
type TickInLoop struct{}

func (h *TickInLoop) Emit(ctx context.Context) (int, error) {
	tick := time.Tick(time.Millisecond) // want `over when the call returns.*emit-resource`
	for n := 0; ; n++ {
		select {
		case <-tick:
			if n == 3 {
				return n, nil
			}
		case <-ctx.Done():
			return n, ctx.Err()
		}
	}
}

func (h *TickInLoop) Close() error { return nil }

// TimerSometimes makes one under a condition.
type TimerSometimes struct{ idle bool }

func (h *TimerSometimes) Emit(ctx context.Context) (int, error) {
	if h.idle {
		t := time.NewTimer(time.Second) // want `on some calls.*over when the call returns.*emit-resource`
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
	return 1, nil
}

func (h *TimerSometimes) Close() error { return nil }

// pause waits on a timer of its own.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// TimerInHelper makes it in a helper.
type TimerInHelper struct{}

func (h *TimerInHelper) Emit(ctx context.Context) (int, error) {
	if err := pause(ctx, time.Second); err != nil { // want `over when the call returns\): \(\*TimerInHelper\)\.Emit → pause .*emit-resource`
		return 0, err
	}
	return 1, nil
}

func (h *TimerInHelper) Close() error { return nil }

// TimerRecord makes timers at rate record.
type TimerRecord struct{ timer *time.Timer }

func (h *TimerRecord) Emit(rec Record) error {
	t := time.NewTicker(time.Millisecond) // silent: a cost, rate record
	<-t.C
	<-time.After(time.Millisecond)            // silent: a cost, rate record
	h.timer = time.NewTimer(1)                // silent: collected when it is replaced, never a leak
	return pause(context.TODO(), time.Second) // silent: a cost, rate record
}

func (h *TimerRecord) Close() error { return nil }

// TimerReset uses the session's timer again.
type TimerReset struct{ timer *time.Timer }

func (h *TimerReset) SessionStart(ctx context.Context) error {
	h.timer = time.NewTimer(time.Hour) // silent: once per session
	return nil
}

func (h *TimerReset) Emit(ctx context.Context) (int, error) {
	h.timer.Reset(time.Second) // silent: the session's own timer
	select {
	case <-h.timer.C:
		return 1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *TimerReset) SessionStop(ctx context.Context) error {
	h.timer.Stop()
	return nil
}

// TickerFromStart waits on the session's ticker.
type TickerFromStart struct{ ticker *time.Ticker }

func (h *TickerFromStart) SessionStart(ctx context.Context) error {
	h.ticker = time.NewTicker(time.Second) // silent: once per session
	return nil
}

func (h *TickerFromStart) Emit(ctx context.Context) (int, error) {
	select {
	case <-h.ticker.C: // silent: the session's own ticker
		return 1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *TickerFromStart) SessionStop(ctx context.Context) error {
	h.ticker.Stop()
	return nil
}

// TimerLazy makes the timer on the first call, and resets it on the others.
type TimerLazy struct{ timer *time.Timer }

func (h *TimerLazy) Emit(ctx context.Context) (int, error) {
	if h.timer == nil {
		h.timer = time.NewTimer(time.Second) // silent: guarded, lazy-start is off
	} else {
		h.timer.Reset(time.Second)
	}
	select {
	case <-h.timer.C:
		return 1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *TimerLazy) Close() error {
	if h.timer != nil {
		h.timer.Stop()
	}
	return nil
}

// DeadlineOnly bounds the call with a context.
type DeadlineOnly struct{ in chan int }

func (h *DeadlineOnly) Emit(ctx context.Context) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // silent: cancelled before return
	defer cancel()
	select {
	case v := <-h.in:
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *DeadlineOnly) Close() error { return nil }
