// Package quit has a goroutine that a channel ends, which stop closes.
package quit

import (
	"sync/atomic"
	"time"
)

var Created atomic.Int64

func New() any { return &Handler{quit: make(chan struct{}), out: make(chan int, 8)} }

type Handler struct {
	quit chan struct{}
	out  chan int
	n    atomic.Int64
}

// Start is called once.
func (h *Handler) Start() error {
	h.n.Store(100)
	return nil
}

func (h *Handler) poll() {
	Created.Add(1)
	for {
		select {
		case h.out <- 7:
		case <-h.quit:
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func (h *Handler) Emit() int {
	go h.poll() // want `\(emit-goroutine\)`
	select {
	case f := <-h.out:
		return f
	case <-h.quit:
		return -1
	}
}

func (h *Handler) Stop() {
	close(h.quit)
}
