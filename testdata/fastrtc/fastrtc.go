// Package fastrtc renders in Go the handler shapes of the FastRTC user guide
// and of its issue 55: one handler for each shape, the broken one and its
// repairs beside each other.
package fastrtc

import (
	"context"
	"errors"
	"io"
)

// Frame is what Emit hands to the client, some fifty times a second.
type Frame struct {
	Rate    int
	Samples []int16
}

var errNoAudio = errors.New("no audio")

// model is the far side: it answers the audio it is given.
type model interface {
	Respond(ctx context.Context, in <-chan Frame) (Frame, error)
}

// readFrame fills one frame from r.
func readFrame(r io.Reader) (Frame, error) {
	buf := make([]byte, 960)
	n, err := r.Read(buf)
	if err != nil {
		return Frame{}, err
	}
	f := Frame{Rate: 24000}
	for i := 0; i+1 < n; i += 2 {
		f.Samples = append(f.Samples, int16(buf[i])|int16(buf[i+1])<<8)
	}
	return f, nil
}
