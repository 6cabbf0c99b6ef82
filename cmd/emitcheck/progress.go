package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// When the first word of progress is written, and how long after each the next.
const (
	patience = 700 * time.Millisecond
	interval = 100 * time.Millisecond
)

// A progress tells on a terminal how far a load is, if it takes long: on one
// line, which is gone when it stops. A nil progress does nothing.
type progress struct {
	w    io.Writer
	quit chan struct{}
	gone chan struct{} // closed when the line is

	mu        sync.Mutex
	done, all int
}

// startProgress returns a progress, nil if w is no terminal.
func startProgress(w io.Writer) *progress {
	if !isTerminal(w) {
		return nil
	}
	p := newProgress(w)
	go p.run(patience, interval)
	return p
}

func newProgress(w io.Writer) *progress {
	return &progress{w: w, quit: make(chan struct{}), gone: make(chan struct{})}
}

// set says how many of all packages are done.
func (p *progress) set(done, all int) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done, p.all = max(p.done, done), all
}

// stop ends the line; nothing is written any more.
func (p *progress) stop() {
	if p == nil {
		return
	}
	close(p.quit)
	<-p.gone
}

func (p *progress) run(patience, interval time.Duration) {
	defer close(p.gone)
	timer := time.NewTimer(patience)
	defer timer.Stop()
	written := false
	for {
		select {
		case <-p.quit:
			if written {
				io.WriteString(p.w, "\r\x1b[K")
			}
			return
		case <-timer.C:
			written = true
			io.WriteString(p.w, "\r\x1b[K"+p.line())
			timer.Reset(interval)
		}
	}
}

func (p *progress) line() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.all == 0 {
		return "emitcheck: listing packages"
	}
	return fmt.Sprintf("emitcheck: %d of %d packages", p.done, p.all)
}
