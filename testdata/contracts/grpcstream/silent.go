package grpcstream

import (
	"context"
	"io"
	"sync"
	"time"

	"google.golang.org/grpc"
)

// counted counts messages.
type counted struct {
	grpc.ServerStream
	mu   sync.Mutex
	n    int
	last time.Time
}

func (c *counted) RecvMsg(m any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	c.last = time.Now()
	return c.ServerStream.RecvMsg(m)
}

// Idle ends streams on which nothing comes: one goroutine for each stream.
func Idle(after time.Duration, report func(int)) grpc.StreamServerInterceptor {
	return func(srv any, ss grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
		c := &counted{ServerStream: ss, last: time.Now()}
		stop := make(chan struct{}) // silent: once for each stream
		defer close(stop)
		go func() { // silent: once for each stream
			ticker := time.NewTicker(after)
			defer ticker.Stop()
			for {
				select {
				case <-ticker.C:
					c.mu.Lock()
					report(c.n)
					c.mu.Unlock()
				case <-stop:
					return
				}
			}
		}()
		return handler(srv, c)
	}
}

// monitored starts its goroutine with the stream.
type monitored struct {
	grpc.ClientStream
	events chan string
	once   sync.Once
}

// Monitored makes a stream that is watched over.
func Monitored(report func(string)) grpc.StreamClientInterceptor {
	return func(ctx context.Context, desc *grpc.StreamDesc, cc *grpc.ClientConn, method string, streamer grpc.Streamer, opts ...grpc.CallOption) (grpc.ClientStream, error) {
		s, err := streamer(ctx, desc, cc, method, opts...)
		if err != nil {
			return nil, err
		}
		m := &monitored{ClientStream: s, events: make(chan string, 8)} // silent: once for each stream
		go func() {                                                    // silent: once for each stream
			for e := range m.events {
				report(e)
			}
		}()
		return m, nil
	}
}

func (m *monitored) SendMsg(v any) error {
	select {
	case m.events <- "sent": // silent: it drops rather than waits
	default:
	}
	return m.ClientStream.SendMsg(v)
}

func (m *monitored) RecvMsg(v any) error {
	err := m.ClientStream.RecvMsg(v)
	if err == io.EOF {
		m.once.Do(func() { close(m.events) })
		go m.flush() // silent: at the end of the stream
	}
	return err
}

func (m *monitored) flush() {}

func (m *monitored) CloseSend() error {
	go m.flush() // silent: CloseSend is not hot
	return m.ClientStream.CloseSend()
}

// timed joins the goroutine it starts.
type timed struct{ grpc.ServerStream }

func (t timed) SendMsg(m any) error {
	sent := make(chan error, 1)                       // silent: over when the call returns
	go func() { sent <- t.ServerStream.SendMsg(m) }() // silent: joined
	return <-sent
}

var _ = timed{}

// messages has the two methods, and is no stream.
type messages struct{ log func(any) }

func (m messages) SendMsg(v any) error {
	go m.log(v) // silent: no grpc.ServerStream
	return nil
}

func (m messages) RecvMsg(v any) error { return io.EOF }

var _ = messages{}
