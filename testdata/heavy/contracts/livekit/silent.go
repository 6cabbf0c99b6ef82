package livekit

import (
	"net"
	"sync"

	media "github.com/livekit/media-sdk"
)

// Buffered has one goroutine, which its constructor starts.
type Buffered[T media.Frame] struct {
	named
	mu     sync.Mutex
	queue  []T
	wake   chan struct{}
	closed chan struct{}
}

// NewBuffered starts the goroutine.
func NewBuffered[T media.Frame](w media.WriteCloser[T]) *Buffered[T] {
	b := &Buffered[T]{named: named{"buffered", w.SampleRate()}, wake: make(chan struct{}, 1), closed: make(chan struct{})}
	go b.run(w) // silent: started by the constructor, ended by Close
	return b
}

func (b *Buffered[T]) run(w media.WriteCloser[T]) {
	for {
		select {
		case <-b.wake:
		case <-b.closed:
			_ = w.Close()
			return
		}
		b.mu.Lock()
		frames := b.queue
		b.queue = nil
		b.mu.Unlock()
		for _, f := range frames {
			_ = w.WriteSample(f)
		}
	}
}

// WriteSample is called for each frame.
func (b *Buffered[T]) WriteSample(sample T) error {
	b.mu.Lock()
	b.queue = append(b.queue, sample)
	b.mu.Unlock()
	select {
	case b.wake <- struct{}{}: // silent: it does not wait
	default:
	}
	return nil
}

// Close ends the goroutine.
func (b *Buffered[T]) Close() error {
	close(b.closed)
	return nil
}

// Dropping drops what does not fit.
type Dropping struct {
	named
	frames chan media.PCM16Sample
	lost   int
}

// WriteSample is called for each frame.
func (d *Dropping) WriteSample(sample media.PCM16Sample) error {
	frame := make(media.PCM16Sample, len(sample)) // silent: a slice
	copy(frame, sample)
	select {
	case d.frames <- frame: // silent: it drops rather than waits
	default:
		d.lost++
	}
	return nil
}

// Lazy connects with the first frame.
type Lazy struct {
	named
	addr string
	conn net.Conn
}

// WriteSample is called for each frame.
func (l *Lazy) WriteSample(sample []byte) error {
	if l.conn == nil {
		conn, err := net.Dial("udp", l.addr) // silent: once
		if err != nil {
			return err
		}
		l.conn = conn
	}
	return nil
}

// Other has a WriteSample that is no writer's.
type Other struct {
	named
	notify func()
}

// WriteSample has another signature.
func (o *Other) WriteSample(sample []byte) (int, error) {
	go o.notify() // silent: no media.Writer
	return len(sample), nil
}

// Nameless lacks SampleRate.
type Nameless struct {
	notify func()
}

// String names it.
func (n *Nameless) String() string { return "nameless" }

// WriteSample is called by nobody.
func (n *Nameless) WriteSample([]byte) error {
	go n.notify() // silent: no media.Writer
	return nil
}
