package lazystart

import (
	"context"
	"os"
)

// PlayerFixed opens its recording when the session starts, and fails then if it
// must.
type PlayerFixed struct {
	path      string
	recording *os.File
}

func (p *PlayerFixed) SessionStart(context.Context) error {
	f, err := os.Open(p.path)
	if err != nil {
		return err
	}
	p.recording = f
	return nil
}

func (p *PlayerFixed) Emit(context.Context) ([]byte, error) {
	frame := make([]byte, 960)
	_, err := p.recording.Read(frame)
	return frame, err
}

func (p *PlayerFixed) SessionStop(context.Context) error {
	if p.recording == nil {
		return nil // SessionStart failed
	}
	return p.recording.Close()
}
