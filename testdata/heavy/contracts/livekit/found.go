// Package livekit holds writers of LiveKit's media.
package livekit

import (
	"io"
	"net"
	"time"

	media "github.com/livekit/media-sdk"
)

// Tee copies its audio to a connection, by a goroutine for each frame.
type Tee struct {
	w    media.PCM16Writer
	conn net.Conn
	err  func(error)
}

var _ media.PCM16Writer = (*Tee)(nil)

// String names the writer.
func (t *Tee) String() string { return "tee -> " + t.w.String() }

// SampleRate is that of the writer below.
func (t *Tee) SampleRate() int { return t.w.SampleRate() }

// WriteSample is called for each frame.
func (t *Tee) WriteSample(sample media.PCM16Sample) error {
	buf := make([]byte, sample.Size())
	if _, err := sample.CopyTo(buf); err != nil {
		return err
	}
	go func() { // want `WriteSample starts a goroutine on each call: .*stop it in Close.*\(emit-goroutine\)$`
		if _, err := t.conn.Write(buf); err != nil {
			t.err(err)
		}
	}()
	return t.w.WriteSample(sample)
}

// Close closes the writer below.
func (t *Tee) Close() error { return t.w.Close() }

// named has what a writer must tell of itself.
type named struct {
	name string
	rate int
}

func (n named) String() string  { return n.name }
func (n named) SampleRate() int { return n.rate }

// Queue is generic, and waits for a queue that nobody may empty.
type Queue[T media.Frame] struct {
	named
	frames chan T
}

// WriteSample is called for each frame.
func (q *Queue[T]) WriteSample(sample T) error {
	q.frames <- sample // want `emit-blocking`
	return nil
}

// Paced sleeps, and is a writer of bytes.
type Paced struct {
	named
	w io.Writer
}

var _ media.Writer[[]byte] = Paced{}

// WriteSample is called for each frame.
func (p Paced) WriteSample(sample []byte) error {
	ticker := time.NewTicker(20 * time.Millisecond) // want `over when the call returns.*emit-resource`
	defer ticker.Stop()
	<-ticker.C
	_, err := p.w.Write(sample)
	return err
}

// Encoder asks another goroutine for each frame.
type Encoder[In, Out media.Frame] struct {
	named
	requests chan<- request[In, Out]
	w        media.WriteCloser[Out]
}

type request[In, Out any] struct {
	in    In
	reply chan Out
}

// WriteSample is called for each frame.
func (e *Encoder[In, Out]) WriteSample(sample In) error {
	reply := make(chan Out, 1) // want `WriteSample makes a channel on each call.*emit-channel`
	select {
	case e.requests <- request[In, Out]{sample, reply}:
	default:
		return io.ErrShortWrite
	}
	return nil
}
