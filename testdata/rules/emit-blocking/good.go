package emitblocking

import (
	"context"
	"time"
)

// EchoFixed waits no longer than its context.
type EchoFixed struct {
	heard chan []byte
	pace  *time.Ticker
}

func (e *EchoFixed) SessionStart(context.Context) error {
	e.heard = make(chan []byte, 64)
	e.pace = time.NewTicker(20 * time.Millisecond)
	return nil
}

func (e *EchoFixed) Emit(ctx context.Context) ([]byte, error) {
	select {
	case <-e.pace.C:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	select {
	case f := <-e.heard:
		return f, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (e *EchoFixed) SessionStop(context.Context) error {
	e.pace.Stop()
	return nil
}
