package stopreopens

import (
	"context"
	"sync"
)

// MixerFixed makes its channel anew when it starts.
type MixerFixed struct {
	in   chan []int16
	done chan struct{}
	wg   sync.WaitGroup
	sum  int
}

// NewMixerFixed returns a mixer that can be started.
func NewMixerFixed() *MixerFixed {
	return &MixerFixed{in: make(chan []int16)}
}

func (m *MixerFixed) SessionStart(context.Context) error {
	m.done = make(chan struct{})
	m.wg.Go(m.mix)
	return nil
}

func (m *MixerFixed) mix() {
	for {
		select {
		case samples := <-m.in:
			for _, s := range samples {
				m.sum += int(s)
			}
		case <-m.done:
			return
		}
	}
}

func (m *MixerFixed) Emit(context.Context) (int, error) { return m.sum, nil }

func (m *MixerFixed) SessionStop(context.Context) error {
	close(m.done)
	m.wg.Wait()
	return nil
}
