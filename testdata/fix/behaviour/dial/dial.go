// Package dial has a connection for each call, to a service of its own that
// counts them.
package dial

import (
	"context"
	"fmt"
	"net"
	"sync/atomic"
)

var Created atomic.Int64

var address = serve()

// serve answers each byte with the byte itself.
func serve() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			Created.Add(1)
			go func() {
				b := make([]byte, 1)
				for {
					if _, err := c.Read(b); err != nil {
						_ = c.Close()
						return
					}
					if _, err := c.Write(b); err != nil {
						return
					}
				}
			}()
		}
	}()
	return l.Addr().String()
}

func New() any { return &H{address: address} }

type H struct {
	address string
	n       byte
}

func (h *H) SessionStart(ctx context.Context) error {
	h.n = 'a'
	return nil
}

func (h *H) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address) // want `\(emit-resource\)`
	if err != nil {
		return "", fmt.Errorf("dialling the service: %w", err)
	}
	defer conn.Close()
	b := []byte{h.n}
	h.n++
	if _, err := conn.Write(b); err != nil {
		return "", err
	}
	_, err = conn.Read(b)
	return string(b), err
}

func (h *H) SessionStop(ctx context.Context) error { return nil }
