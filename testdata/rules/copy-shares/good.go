package copyshares

import "context"

// EchoFixed gives each session a channel of its own.
type EchoFixed struct {
	gain   int16
	frames chan []int16
}

// NewEchoFixed returns the echo that is copied.
func NewEchoFixed(gain int16) *EchoFixed {
	return &EchoFixed{gain: gain, frames: make(chan []int16, 64)}
}

// Copy returns the echo of a new session.
func (e *EchoFixed) Copy() *EchoFixed { return NewEchoFixed(e.gain) }

func (e *EchoFixed) Receive(_ context.Context, frame []int16) error {
	for i := range frame {
		frame[i] *= e.gain
	}
	select {
	case e.frames <- frame:
	default:
	}
	return nil
}

func (e *EchoFixed) Emit(ctx context.Context) ([]int16, error) {
	select {
	case frame := <-e.frames:
		return frame, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Close ends the session.
func (e *EchoFixed) Close() error { return nil }
