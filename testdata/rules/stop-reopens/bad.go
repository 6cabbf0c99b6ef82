package stopreopens

import "context"

// Mixer adds up what comes in, in a goroutine of the session.
type Mixer struct {
	in   chan []int16
	done chan struct{}
	sum  int
}

// NewMixer returns a mixer that can be started.
func NewMixer() *Mixer {
	return &Mixer{in: make(chan []int16), done: make(chan struct{})}
}

func (m *Mixer) SessionStart(context.Context) error {
	go m.mix()
	return nil
}

func (m *Mixer) mix() {
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

func (m *Mixer) Emit(context.Context) (int, error) { return m.sum, nil }

func (m *Mixer) SessionStop(context.Context) error {
	close(m.done)
	m.done = make(chan struct{}) // want `closes done and makes it anew before what listens has heard it.*\(stop-reopens\)$`
	return nil
}
