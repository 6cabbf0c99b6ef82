package emitchannel

import "context"

// Mixer asks its worker for each frame, over a channel made for the answer. A
// call that is cancelled leaves a worker that waits for its reader for ever.
type Mixer struct {
	asks chan chan<- []byte
}

func (m *Mixer) SessionStart(context.Context) error {
	m.asks = make(chan chan<- []byte)
	go m.work()
	return nil
}

func (m *Mixer) work() {
	for answer := range m.asks {
		answer <- make([]byte, 960)
	}
}

func (m *Mixer) Emit(ctx context.Context) ([]byte, error) {
	answer := make(chan []byte) // want `^Emit makes a channel on each call \(over when the call returns\): .*\(emit-channel\)$`
	select {
	case m.asks <- answer:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	select {
	case f := <-answer:
		return f, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (m *Mixer) SessionStop(context.Context) error {
	close(m.asks)
	return nil
}
