package emitchannel

import (
	"context"
	"sync"
)

// MixerFixed has one channel for all frames of the session.
type MixerFixed struct {
	cancel context.CancelFunc
	frames chan []byte
	wg     sync.WaitGroup
}

func (m *MixerFixed) SessionStart(context.Context) error {
	ctx, cancel := context.WithCancel(context.Background())
	m.cancel = cancel
	m.frames = make(chan []byte, 2)
	m.wg.Go(func() { m.work(ctx) })
	return nil
}

func (m *MixerFixed) work(ctx context.Context) {
	for ctx.Err() == nil {
		select {
		case m.frames <- make([]byte, 960):
		case <-ctx.Done():
		}
	}
}

func (m *MixerFixed) Emit(ctx context.Context) ([]byte, error) {
	select {
	case f := <-m.frames:
		return f, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (m *MixerFixed) SessionStop(context.Context) error {
	m.cancel()
	m.wg.Wait()
	return nil
}
