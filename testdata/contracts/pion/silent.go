package pion

import (
	"io"
	"sync"
	"time"

	"github.com/pion/interceptor"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
)

// Sender starts its goroutine when a writer is bound to it, and ends it in Close.
type Sender struct {
	interceptor.NoOp
	seen  chan uint16
	close chan struct{}
	wg    sync.WaitGroup
}

var _ interceptor.Interceptor = (*Sender)(nil)

// NewSender makes the channels.
func NewSender() *Sender {
	return &Sender{seen: make(chan uint16, 64), close: make(chan struct{})} // silent: made by the constructor
}

// BindRTCPWriter is called once for a connection.
func (s *Sender) BindRTCPWriter(writer interceptor.RTCPWriter) interceptor.RTCPWriter {
	s.wg.Add(1)
	go s.loop(writer) // silent: started once for a connection, ended by Close
	return writer
}

func (s *Sender) loop(writer interceptor.RTCPWriter) {
	defer s.wg.Done()
	tick := time.NewTicker(100 * time.Millisecond) // silent: the goroutine's own, stopped with it
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			_, _ = writer.Write([]rtcp.Packet{&rtcp.ReceiverReport{}}, nil)
		case <-s.seen:
		case <-s.close:
			return
		}
	}
}

// BindRemoteStream is called once for a stream.
func (s *Sender) BindRemoteStream(_ *interceptor.StreamInfo, reader interceptor.RTPReader) interceptor.RTPReader {
	lost := make(chan uint16, 8) // silent: made once for a stream, outside of the literal
	return interceptor.RTPReaderFunc(func(b []byte, a interceptor.Attributes) (int, interceptor.Attributes, error) {
		n, a, err := reader.Read(b, a)
		if err != nil {
			return 0, nil, err
		}
		select {
		case s.seen <- uint16(n): // silent: Close ends the wait
		case <-s.close:
			return 0, nil, io.ErrClosedPipe
		}
		select {
		case seq := <-lost: // silent: the select has a default
			a.Set("lost", seq)
		default:
		}
		return n, a, nil
	})
}

// Close ends the goroutine.
func (s *Sender) Close() error {
	close(s.close)
	s.wg.Wait()
	return nil
}

// Fanout writes a batch to several writers at once, and waits for them.
type Fanout struct {
	to []interceptor.RTCPWriter
}

var _ interceptor.RTCPWriter = (*Fanout)(nil)

func (f *Fanout) Write(pkts []rtcp.Packet, a interceptor.Attributes) (int, error) {
	var wg sync.WaitGroup
	for _, w := range f.to {
		wg.Go(func() { _, _ = w.Write(pkts, a) }) // silent: joined, and a batch allows for it
	}
	wg.Wait()
	return len(pkts), nil
}

// JoinedLiteral is the same as a literal.
func JoinedLiteral(a, b func([]rtcp.Packet)) interceptor.RTCPWriter {
	return interceptor.RTCPWriterFunc(func(pkts []rtcp.Packet, _ interceptor.Attributes) (int, error) {
		done := make(chan struct{}) // silent: serves a joined goroutine
		go func() {                 // silent: joined, and a batch allows for it
			defer close(done)
			a(pkts)
		}()
		b(pkts)
		<-done
		return len(pkts), nil
	})
}

// OnceLiteral starts its goroutine with the first packet.
func OnceLiteral(report func()) interceptor.RTPWriter {
	var once sync.Once
	return interceptor.RTPWriterFunc(func(_ *rtp.Header, payload []byte, _ interceptor.Attributes) (int, error) {
		once.Do(func() { go report() }) // silent: lazy-start is off
		return len(payload), nil
	})
}

// Unconverted has the signature of a writer's function, and stays a plain one.
func Unconverted(tap func()) func(*rtp.Header, []byte, interceptor.Attributes) (int, error) {
	return func(_ *rtp.Header, payload []byte, _ interceptor.Attributes) (int, error) {
		go tap() // silent: no RTPWriterFunc
		return len(payload), nil
	}
}

// Pipe is an io.ReadWriteCloser, and implements none of the four interfaces.
type Pipe struct {
	wake func()
}

func (p *Pipe) Write(b []byte) (int, error) {
	go p.wake() // silent: an io.Writer
	return len(b), nil
}

func (p *Pipe) Read(b []byte) (int, error) {
	go p.wake() // silent: an io.Reader
	return len(b), nil
}

func (p *Pipe) Close() error { return nil }

// writer has a Write that is no interceptor's, and its methods are not converted.
type writer struct {
	tap func()
}

func (w *writer) Write(_ rtp.Header, payload []byte, _ interceptor.Attributes) (int, error) {
	go w.tap() // silent: another signature
	return len(payload), nil
}

func (w *writer) write(_ *rtp.Header, payload []byte, _ interceptor.Attributes) (int, error) {
	go w.tap() // silent: never converted
	return len(payload), nil
}

var _ = (*writer).write

// Callbacks stores a function that starts a goroutine, and runs none.
func Callbacks(later func(func())) interceptor.RTPReaderFunc {
	return func(b []byte, a interceptor.Attributes) (int, interceptor.Attributes, error) {
		a.Set("later", func() {
			go later(nil) // silent: stored, not run
		})
		return len(b), a, nil
	}
}
