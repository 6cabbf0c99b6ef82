package emitresource

import (
	"context"
	"os"
	"time"
)

// RecorderFixed has one tape and one ticker for the session.
type RecorderFixed struct {
	path string
	play func() []byte
	tape *os.File
	tick *time.Ticker
}

func (r *RecorderFixed) SessionStart(context.Context) error {
	tape, err := os.OpenFile(r.path, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	r.tape = tape
	r.tick = time.NewTicker(20 * time.Millisecond)
	return nil
}

func (r *RecorderFixed) Emit(ctx context.Context) ([]byte, error) {
	select {
	case <-r.tick.C:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	frame := r.play()
	_, err := r.tape.Write(frame)
	return frame, err
}

func (r *RecorderFixed) SessionStop(context.Context) error {
	if r.tape == nil {
		return nil // SessionStart failed
	}
	r.tick.Stop()
	return r.tape.Close()
}
