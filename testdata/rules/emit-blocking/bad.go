package emitblocking

import (
	"context"
	"time"
)

// Echo gives back what it hears. A client that falls silent keeps Emit, and
// with it the whole session, for ever.
type Echo struct {
	heard chan []byte
}

func (e *Echo) SessionStart(context.Context) error {
	e.heard = make(chan []byte, 64)
	return nil
}

func (e *Echo) Emit(ctx context.Context) ([]byte, error) {
	time.Sleep(20 * time.Millisecond) // want `^Emit blocks on each call: .*\(time\.Sleep at .*\(emit-blocking\)$`
	return <-e.heard, nil             // want `^Emit blocks on each call: .*\(channel receive at .*\(emit-blocking\)$`
}

func (e *Echo) SessionStop(context.Context) error { return nil }
