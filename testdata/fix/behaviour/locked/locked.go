// Package locked has a stop that closes its signal under a lock that the
// goroutine needs to end: to wait for it there would be for ever.
package locked

import (
	"sync"
	"sync/atomic"
)

var Created atomic.Int64

func New() any { return &H{quit: make(chan struct{}), out: make(chan int, 1)} }

type H struct {
	mu   sync.Mutex
	n    int
	quit chan struct{}
	out  chan int
}

func (h *H) Start() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.n = 0
	return nil
}

func (h *H) loop() {
	Created.Add(1)
	for {
		select {
		case h.out <- 1:
		case <-h.quit:
			h.mu.Lock()
			h.n--
			h.mu.Unlock()
			return
		}
		h.mu.Lock()
		h.n++
		h.mu.Unlock()
	}
}

func (h *H) Emit() int {
	go h.loop() // want `\(emit-goroutine\)`
	select {
	case f := <-h.out:
		return f
	case <-h.quit:
		return 0
	}
}

func (h *H) Stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.n = -1
	close(h.quit)
}
