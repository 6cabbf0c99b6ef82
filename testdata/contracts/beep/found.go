// Package beep holds audio streamers of gopxl/beep.
package beep

import (
	"iter"
	"os"
	"sync"
	"time"

	"github.com/gopxl/beep/v2"
)

// noErr is the part of a Streamer that never fails.
type noErr struct{}

func (noErr) Err() error { return nil }

// SpawnsInStream decodes ahead in a new goroutine for each buffer.
type SpawnsInStream struct {
	decode func()
}

var _ beep.Streamer = (*SpawnsInStream)(nil)

func (s *SpawnsInStream) Stream(samples [][2]float64) (n int, ok bool) {
	go s.decode() // want `Stream starts a goroutine on each call: .*\(emit-goroutine\)$`
	return len(samples), true
}

func (s *SpawnsInStream) Err() error { return nil }

// JoinsInStream has its goroutine back in time, at a price.
type JoinsInStream struct {
	noErr
	left, right func([][2]float64)
}

func (s *JoinsInStream) Stream(samples [][2]float64) (int, bool) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { // want `over when the call returns.*emit-goroutine`
		defer wg.Done()
		s.left(samples)
	}()
	s.right(samples)
	wg.Wait()
	return len(samples), true
}

// AsksInStream makes a channel for each answer.
type AsksInStream struct {
	noErr
	asks chan chan float64
}

var _ beep.Streamer = &AsksInStream{}

func (s *AsksInStream) Stream(samples [][2]float64) (n int, ok bool) {
	answer := make(chan float64, 1) // want `over when the call returns.*emit-channel`
	select {
	case s.asks <- answer:
	default:
		return 0, true
	}
	v := <-answer
	for i := range samples {
		samples[i] = [2]float64{v, v}
	}
	return len(samples), true
}

// WaitsInStream waits for a decoder that may be gone.
type WaitsInStream struct {
	noErr
	decoded chan [2]float64
}

func (s *WaitsInStream) Stream(samples [][2]float64) (n int, ok bool) {
	for i := range samples {
		samples[i] = <-s.decoded // want `emit-blocking`
	}
	return len(samples), true
}

// PacesInStream sleeps, where the speaker has a clock already.
type PacesInStream struct{ noErr }

func (PacesInStream) Stream(samples [][2]float64) (n int, ok bool) {
	pace(len(samples)) // want `PacesInStream.*Stream → .*pace .*emit-blocking`
	return len(samples), true
}

func pace(n int) {
	time.Sleep(beep.SampleRate(44100).D(n))
}

// PullsInStream starts its sequence anew for each buffer.
type PullsInStream struct {
	noErr
	samples iter.Seq[float64]
}

var _ beep.StreamCloser = (*PullsInStream)(nil)

func (s *PullsInStream) Stream(samples [][2]float64) (n int, ok bool) {
	next, stop := iter.Pull(s.samples) // want `emit-generator`
	defer stop()
	for i := range samples {
		v, ok := next()
		if !ok {
			return i, i > 0
		}
		samples[i] = [2]float64{v, v}
	}
	return len(samples), true
}

// Close has nothing to close.
func (s *PullsInStream) Close() error { return nil }

// Looping is generic over what it streams, and opens its file with each buffer.
type Looping[S beep.Streamer] struct {
	noErr
	inner S
	path  string
	files []*os.File
}

func (l *Looping[S]) Stream(samples [][2]float64) (n int, ok bool) {
	f, err := os.Open(l.path) // want `emit-resource`
	if err != nil {
		return 0, false
	}
	l.files = append(l.files, f)
	return l.inner.Stream(samples)
}

// Metered returns a literal converted to the function type.
func Metered(report func(float64)) beep.Streamer {
	return beep.StreamerFunc(func(samples [][2]float64) (n int, ok bool) {
		go report(samples[0][0]) // want `emit-goroutine`
		return len(samples), true
	})
}

// Noise returns a literal where the result type is the function type.
func Noise(taps []chan float64) beep.StreamerFunc {
	return func(samples [][2]float64) (n int, ok bool) {
		taps = append(taps, make(chan float64)) // want `emit-channel`
		return len(samples), true
	}
}

// Silence is a variable of the function type.
var Silence beep.StreamerFunc = func(samples [][2]float64) (n int, ok bool) {
	time.Sleep(time.Millisecond) // want `emit-blocking`
	clear(samples)
	return len(samples), true
}

// player has a method that is converted where it is played.
type player struct {
	onBuffer func(int)
}

func (p *player) fill(samples [][2]float64) (n int, ok bool) {
	go p.onBuffer(len(samples)) // want `emit-goroutine`
	return len(samples), true
}

// Played converts a method value.
func (p *player) Played() beep.Streamer {
	return beep.Seq(Silence, beep.StreamerFunc(p.fill))
}
