// Package grpcstream holds the streams that interceptors of gRPC wrap.
package grpcstream

import (
	"context"
	"os"
	"time"

	"google.golang.org/grpc"
)

// recorded counts what a server's stream receives.
type recorded struct {
	grpc.ServerStream
	seen func(any)
	logs []*os.File
}

// RecvMsg is called for each message of the stream.
func (r *recorded) RecvMsg(m any) error {
	if err := r.ServerStream.RecvMsg(m); err != nil {
		return err
	}
	go r.seen(m) // want `RecvMsg starts a goroutine on each call: .*\(emit-goroutine\)$`
	return nil
}

// SendMsg is called for each message of the stream.
func (r *recorded) SendMsg(m any) error {
	f, err := os.CreateTemp("", "message") // want `SendMsg opens a resource on each call.*emit-resource`
	if err != nil {
		return err
	}
	r.logs = append(r.logs, f)
	return r.ServerStream.SendMsg(m)
}

// Recorded is the interceptor that wraps it.
func Recorded(seen func(any)) grpc.StreamServerInterceptor {
	return func(srv any, ss grpc.ServerStream, _ *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
		return handler(srv, &recorded{ServerStream: ss, seen: seen})
	}
}

// unordered sends without waiting for what came before.
type unordered struct {
	grpc.ClientStream
	failed func(error)
}

var _ grpc.ClientStream = unordered{}

func (u unordered) SendMsg(m any) error {
	go func() { // want `SendMsg starts a goroutine on each call: .*stop it in CloseSend.*emit-goroutine`
		if err := u.ClientStream.SendMsg(m); err != nil {
			u.failed(err)
		}
	}()
	return nil
}

// watched has a goroutine that may cancel its stream, with each receive.
type watched struct {
	grpc.ClientStream
	cancel context.CancelFunc
	after  time.Duration
}

func (w *watched) RecvMsg(m any) error {
	received := make(chan struct{}) // want `emit-channel`
	go func() {                     // want `RecvMsg starts a goroutine on each call`
		select {
		case <-received:
		case <-time.After(w.after):
			w.cancel()
		}
	}()
	return w.ClientStream.RecvMsg(m)
}

var _ = &watched{}

// typed is a stream of one type of messages, as generated code has it.
type typed[T any] struct {
	grpc.ServerStream
	out chan chan T
}

func (t *typed[T]) RecvMsg(m any) error {
	if _, ok := m.(*T); ok {
		t.out <- make(chan T) // want `RecvMsg makes a channel on some calls`
	}
	return t.ServerStream.RecvMsg(m)
}

var _ = &typed[int]{}
