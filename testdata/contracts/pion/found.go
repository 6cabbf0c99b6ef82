// Package pion holds interceptors for WebRTC's packets.
package pion

import (
	"net"
	"os"
	"sync"
	"time"

	"github.com/pion/interceptor"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
)

// SpawningWriter is a type that implements RTPWriter.
type SpawningWriter struct {
	next interceptor.RTPWriter
	seen func(uint16)
}

var _ interceptor.RTPWriter = (*SpawningWriter)(nil)

func (w *SpawningWriter) Write(header *rtp.Header, payload []byte, a interceptor.Attributes) (int, error) {
	go w.seen(header.SequenceNumber) // want `Write starts a goroutine on each call: .*\(emit-goroutine\)$`
	return w.next.Write(header, payload, a)
}

// QueueingWriter waits for a queue that nobody may empty; no line names the
// interface.
type QueueingWriter struct {
	queue chan []byte
}

func (w *QueueingWriter) Write(_ *rtp.Header, payload []byte, _ interceptor.Attributes) (int, error) {
	w.queue <- payload // want `emit-blocking`
	return len(payload), nil
}

// JoiningWriter waits for its goroutine.
type JoiningWriter[W interceptor.RTPWriter] struct {
	a, b W
}

func (w JoiningWriter[W]) Write(header *rtp.Header, payload []byte, attrs interceptor.Attributes) (int, error) {
	var wg sync.WaitGroup
	wg.Go(func() { _, _ = w.a.Write(header, payload, attrs) }) // want `over when the call returns.*emit-goroutine`
	n, err := w.b.Write(header, payload, attrs)
	wg.Wait()
	return n, err
}

// SpawningReader implements RTPReader, and RTCPReader with it.
type SpawningReader struct {
	interceptor.RTPReader
	tap func(int)
}

func (r *SpawningReader) Read(b []byte, a interceptor.Attributes) (int, interceptor.Attributes, error) {
	n, a, err := r.RTPReader.Read(b, a)
	if err != nil {
		return 0, nil, err
	}
	go r.tap(n) // want `Read starts a goroutine on each call`
	return n, a, nil
}

// FeedbackWriter implements RTCPWriter.
type FeedbackWriter struct {
	acks []chan int
}

var _ interceptor.RTCPWriter = &FeedbackWriter{}

func (w *FeedbackWriter) Write(pkts []rtcp.Packet, _ interceptor.Attributes) (int, error) {
	w.acks = append(w.acks, make(chan int, len(pkts))) // want `Write makes a channel on each call`
	return len(pkts), nil
}

// FeedbackReader implements RTCPReader.
type FeedbackReader struct {
	addr string
	conn net.Conn
}

var _ interceptor.RTCPReader = (*FeedbackReader)(nil)

func (r *FeedbackReader) Read(b []byte, a interceptor.Attributes) (int, interceptor.Attributes, error) {
	conn, err := net.Dial("udp", r.addr) // want `Read opens a resource on each call`
	if err != nil {
		return 0, nil, err
	}
	r.conn = conn
	return len(b), a, nil
}

// Literals returns function literals, explicitly converted.
type Literals struct {
	interceptor.NoOp
	resend func(rtcp.Packet)
	seen   func(uint32)
}

var _ interceptor.Interceptor = (*Literals)(nil)

// BindLocalStream is called once for each stream; its result is hot.
func (i *Literals) BindLocalStream(info *interceptor.StreamInfo, writer interceptor.RTPWriter) interceptor.RTPWriter {
	return interceptor.RTPWriterFunc(func(header *rtp.Header, payload []byte, a interceptor.Attributes) (int, error) {
		go i.seen(info.SSRC) // want `emit-goroutine`
		return writer.Write(header, payload, a)
	})
}

// BindRemoteStream has its conversion in parentheses, and the literal too.
func (i *Literals) BindRemoteStream(info *interceptor.StreamInfo, reader interceptor.RTPReader) interceptor.RTPReader {
	return (interceptor.RTPReaderFunc)((func(b []byte, a interceptor.Attributes) (int, interceptor.Attributes, error) {
		time.Sleep(time.Millisecond) // want `emit-blocking`
		return reader.Read(b, a)
	}))
}

// BindRTCPReader starts a goroutine for some of the packets it reads.
func (i *Literals) BindRTCPReader(reader interceptor.RTCPReader) interceptor.RTCPReader {
	return interceptor.RTCPReaderFunc(func(b []byte, a interceptor.Attributes) (int, interceptor.Attributes, error) {
		n, a, err := reader.Read(b, a)
		if err != nil {
			return 0, nil, err
		}
		pkts, err := rtcp.Unmarshal(b[:n])
		if err != nil {
			return 0, nil, err
		}
		for _, pkt := range pkts {
			if nack, ok := pkt.(*rtcp.TransportLayerNack); ok {
				go i.resend(nack) // want `on some calls.*emit-goroutine`
			}
		}
		return n, a, nil
	})
}

// BindRTCPWriter names its literal before it converts it.
func (i *Literals) BindRTCPWriter(writer interceptor.RTCPWriter) interceptor.RTCPWriter {
	write := func(pkts []rtcp.Packet, a interceptor.Attributes) (int, error) {
		go i.seen(0) // want `emit-goroutine`
		return writer.Write(pkts, a)
	}
	return interceptor.RTCPWriterFunc(write)
}

// Returned has the function types for its results: no conversion is written.
func Returned(conns chan<- net.Conn) (interceptor.RTPReaderFunc, interceptor.RTCPWriterFunc) {
	return func(b []byte, a interceptor.Attributes) (int, interceptor.Attributes, error) {
			answer := make(chan int, 1) // want `over when the call returns.*emit-channel`
			answer <- len(b)
			return <-answer, a, nil
		}, func(pkts []rtcp.Packet, _ interceptor.Attributes) (int, error) {
			conn, err := net.Dial("udp", "127.0.0.1:9") // want `emit-resource`
			if err != nil {
				return 0, err
			}
			conns <- conn
			return len(pkts), nil
		}
}

// methods has methods that are converted.
type methods struct {
	tails []chan []byte
	dump  func([]rtcp.Packet)
}

func (m *methods) write(_ *rtp.Header, payload []byte, _ interceptor.Attributes) (int, error) {
	m.tails = append(m.tails, make(chan []byte)) // want `emit-channel`
	return len(payload), nil
}

func (m *methods) report(pkts []rtcp.Packet, _ interceptor.Attributes) (int, error) {
	go m.dump(pkts) // want `emit-goroutine`
	return len(pkts), nil
}

// Bind converts method values: one by name, the other by assignment.
func (m *methods) Bind() (interceptor.RTPWriter, interceptor.RTCPWriter) {
	var report interceptor.RTCPWriterFunc = m.report
	return interceptor.RTPWriterFunc(m.write), report
}

func named(name string, f interceptor.RTCPWriterFunc) (string, interceptor.RTCPWriter) {
	return name, f
}

// Passed passes a literal as an argument of the function type.
func Passed(dump func([]rtcp.Packet)) (string, interceptor.RTCPWriter) {
	return named("dump", func(pkts []rtcp.Packet, _ interceptor.Attributes) (int, error) {
		go dump(pkts) // want `emit-goroutine`
		return len(pkts), nil
	})
}

// hooks has a field of the function type.
type hooks struct {
	read  interceptor.RTCPReaderFunc
	reads []interceptor.RTCPReaderFunc
}

// Hooked puts literals into a field and into a slice.
func Hooked(tap func()) hooks {
	return hooks{
		read: func(b []byte, a interceptor.Attributes) (int, interceptor.Attributes, error) {
			go tap() // want `emit-goroutine`
			return len(b), a, nil
		},
		reads: []interceptor.RTCPReaderFunc{
			func(b []byte, a interceptor.Attributes) (int, interceptor.Attributes, error) {
				go tap() // want `emit-goroutine`
				return 0, a, os.ErrClosed
			},
		},
	}
}

// rtpWriter is the function type by another name.
type rtpWriter = interceptor.RTPWriterFunc

// Aliased converts to it.
func Aliased(tap func()) interceptor.RTPWriter {
	return rtpWriter(func(_ *rtp.Header, payload []byte, _ interceptor.Attributes) (int, error) {
		spawn(tap) // want `→ spawn .*emit-goroutine`
		return len(payload), nil
	})
}

func spawn(f func()) {
	go f()
}

func discard(_ *rtp.Header, payload []byte, _ interceptor.Attributes) (int, error) {
	spawn(func() {}) // want `discard → spawn .*emit-goroutine`
	return len(payload), nil
}

// Discard is a function that a conversion makes hot.
var Discard = interceptor.RTPWriterFunc(discard)
