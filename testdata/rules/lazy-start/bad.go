package lazystart

import (
	"context"
	"os"
)

// Player opens its recording when the first frame is asked for: that frame is
// late, and a missing file is found out in mid-session.
type Player struct {
	path      string
	recording *os.File
}

func (p *Player) SessionStart(context.Context) error { return nil }

func (p *Player) Emit(context.Context) ([]byte, error) {
	if p.recording == nil {
		f, err := os.Open(p.path) // want `^Emit opens a resource on the first call: .*\(lazy-start\)$`
		if err != nil {
			return nil, err
		}
		p.recording = f
	}
	frame := make([]byte, 960)
	_, err := p.recording.Read(frame)
	return frame, err
}

func (p *Player) SessionStop(context.Context) error {
	if p.recording == nil {
		return nil
	}
	return p.recording.Close()
}
