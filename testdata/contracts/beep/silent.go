package beep

import (
	"context"
	"iter"
	"sync"

	"github.com/gopxl/beep/v2"
)

// Decoding has one goroutine, of its constructor, that decodes ahead.
type Decoding struct {
	noErr
	buffers chan [][2]float64
	rest    [][2]float64
	cancel  context.CancelFunc
	wg      sync.WaitGroup
}

var _ beep.StreamCloser = (*Decoding)(nil)

// NewDecoding starts the goroutine.
func NewDecoding(decode func() [][2]float64) *Decoding {
	ctx, cancel := context.WithCancel(context.Background())
	d := &Decoding{buffers: make(chan [][2]float64, 4), cancel: cancel} // silent: made by the constructor
	d.wg.Add(1)
	go func() { // silent: started by the constructor, ended by Close
		defer d.wg.Done()
		for {
			select {
			case d.buffers <- decode():
			case <-ctx.Done():
				return
			}
		}
	}()
	return d
}

func (d *Decoding) Stream(samples [][2]float64) (n int, ok bool) {
	if len(d.rest) == 0 {
		select {
		case d.rest = <-d.buffers: // silent: silence rather than waiting
		default:
			clear(samples)
			return len(samples), true
		}
	}
	n = copy(samples, d.rest)
	d.rest = d.rest[n:]
	return n, true
}

// Close ends the goroutine.
func (d *Decoding) Close() error {
	d.cancel()
	d.wg.Wait()
	return nil
}

// Pulling makes its iterator once.
type Pulling struct {
	noErr
	next func() (float64, bool)
	stop func()
}

// NewPulling pulls from seq.
func NewPulling(seq iter.Seq[float64]) *Pulling {
	p := new(Pulling)
	p.next, p.stop = iter.Pull(seq) // silent: made by the constructor, stopped by Close
	return p
}

func (p *Pulling) Stream(samples [][2]float64) (n int, ok bool) {
	for i := range samples {
		v, ok := p.next()
		if !ok {
			return i, i > 0
		}
		samples[i] = [2]float64{v, v}
	}
	return len(samples), true
}

// Close stops the iterator.
func (p *Pulling) Close() error {
	p.stop()
	return nil
}

// Started starts its goroutine with the first buffer.
type Started struct {
	noErr
	once sync.Once
	feed func()
}

func (s *Started) Stream(samples [][2]float64) (n int, ok bool) {
	s.once.Do(func() { go s.feed() }) // silent: lazy-start is off
	return len(samples), true
}

// Upload has a Stream that is no Streamer's.
type Upload struct {
	noErr
	send func([]byte)
}

func (u *Upload) Stream(p []byte) (n int, ok bool) {
	go u.send(p) // silent: another signature
	return len(p), true
}

// NoErr streams samples, and lacks a Streamer's Err.
type NoErr struct {
	tap func()
}

func (s *NoErr) Stream(samples [][2]float64) (n int, ok bool) {
	go s.tap() // silent: no beep.Streamer
	return len(samples), true
}

// Fill has a StreamerFunc's signature, and is never converted to one.
func Fill(samples [][2]float64) (n int, ok bool) {
	go clear(samples) // silent: no StreamerFunc
	return len(samples), true
}

// filler is a function type of the same shape.
type filler func(samples [][2]float64) (n int, ok bool)

var _ filler = func(samples [][2]float64) (n int, ok bool) {
	go clear(samples) // silent: another function type
	return len(samples), true
}

// Faded makes what it needs before it returns its function.
func Faded(gains func() []float64) beep.Streamer {
	ready := make(chan []float64, 1) // silent: made once, outside of the function
	go func() { ready <- gains() }() // silent: started once, outside of the function
	var g []float64
	return beep.StreamerFunc(func(samples [][2]float64) (n int, ok bool) {
		select {
		case g = <-ready: // silent: the select has a default
		default:
		}
		for i := range min(len(g), len(samples)) {
			samples[i][0] *= g[i]
			samples[i][1] *= g[i]
		}
		return len(samples), true
	})
}
