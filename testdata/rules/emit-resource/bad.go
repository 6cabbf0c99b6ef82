package emitresource

import (
	"context"
	"os"
	"time"
)

// Recorder keeps what it plays. It opens its tape for each frame and forgets to
// close it, and paces itself with a new ticker.
type Recorder struct {
	path string
	play func() []byte
}

func (r *Recorder) SessionStart(context.Context) error { return nil }

func (r *Recorder) Emit(ctx context.Context) ([]byte, error) {
	tape, err := os.OpenFile(r.path, os.O_APPEND|os.O_WRONLY, 0o600) // want `^Emit opens a resource on each call: .*\(emit-resource\)$`
	if err != nil {
		return nil, err
	}
	tick := time.NewTicker(20 * time.Millisecond) // want `^Emit opens a resource on each call \(over when the call returns\): .*\(time\.NewTicker at .*\(emit-resource\)$`
	defer tick.Stop()
	select {
	case <-tick.C:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	frame := r.play()
	_, err = tape.Write(frame)
	return frame, err
}

func (r *Recorder) SessionStop(context.Context) error { return nil }
