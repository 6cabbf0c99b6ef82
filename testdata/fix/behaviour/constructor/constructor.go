// Package constructor has a handler that begins with its constructor.
package constructor

import (
	"sync/atomic"
	"time"
)

var Created atomic.Int64

func New() any { return NewHandler(3) }

type Handler struct {
	size int
	out  chan int
	done chan struct{}
}

// NewHandler returns a handler whose frames have a size.
func NewHandler(size int) *Handler {
	return &Handler{size: size, out: make(chan int, size), done: make(chan struct{})}
}

func (h *Handler) produce() {
	Created.Add(1)
	t := time.NewTicker(time.Millisecond)
	defer t.Stop()
	for {
		select {
		case <-h.done:
			return
		case <-t.C:
		}
		select {
		case h.out <- h.size:
		case <-h.done:
			return
		}
	}
}

func (h *Handler) Emit() (int, bool) {
	go h.produce() // want `\(emit-goroutine\)`
	select {
	case f := <-h.out:
		return f, true
	case <-h.done:
		return 0, false
	}
}

// Close ends the session.
func (h *Handler) Close() error {
	close(h.done)
	return nil
}
