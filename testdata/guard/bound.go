package guard

import (
	"context"
	"time"

	"github.com/gopxl/beep/v2"
)

// TriesLeft probes until it knows, and says so with a count below zero.
type TriesLeft struct {
	session
	tries int
}

func (h *TriesLeft) Emit(_ context.Context, r Record) error {
	if h.tries < 0 {
		return nil
	}
	if r.Key != "" {
		h.tries = -1
		go h.loop() // silent: once per session
	} else {
		h.tries--
	}
	return nil
}

// TriesRefilled gets new tries with some records.
type TriesRefilled struct {
	session
	tries int
}

func (h *TriesRefilled) Emit(_ context.Context, r Record) error {
	if r.Key == "again" {
		h.tries = 3
	}
	if h.tries > 0 {
		h.tries--
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	return nil
}

// WrongWay counts away from its bound.
type WrongWay struct {
	session
	workers int
}

func (h *WrongWay) Emit(context.Context, Record) error {
	if h.workers >= 0 {
		h.workers++
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

// Unmoved compares and does not count.
type Unmoved struct {
	session
	level, limit int
}

func (h *Unmoved) Emit(context.Context, Record) error {
	if h.level < h.limit {
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	return nil
}

// Bounded starts one for each of the first records.
type Bounded struct {
	session
	workers int
}

func (h *Bounded) Emit(context.Context, Record) error {
	if h.workers >= 4 {
		return nil
	}
	h.workers++
	go h.loop() // silent: four per session
	return nil
}

// Ended starts another as one ends.
type Ended struct {
	session
	workers int
}

func (h *Ended) Emit(context.Context, Record) error {
	if 4 > h.workers {
		h.workers++
		go func() { // silent: four at a time
			h.loop()
			h.workers--
		}()
	}
	return nil
}

// Steps counts by what it is handed, and skips the bound.
type Steps struct {
	session
	bytes int
}

func (h *Steps) Emit(_ context.Context, r Record) error {
	h.bytes += len(r.Key)
	if h.bytes > 1000 {
		h.bytes = 0
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	return nil
}

// InHelper asks in a helper.
type InHelper struct {
	session
	left int
}

func (h *InHelper) take() bool {
	if h.left <= 0 {
		return false
	}
	h.left--
	return true
}

func (h *InHelper) Emit(context.Context, Record) error {
	if h.take() {
		// A limit, it should be silent: as many as there are left
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	return nil
}

// Cursor is at its bound when its data are, and not before.
type Cursor struct {
	session
	at, size int
}

func (h *Cursor) Emit(_ context.Context, r Record) error {
	if h.at >= h.size {
		return nil
	}
	go h.loop() // want `on some calls.*emit-goroutine`
	h.at += len(r.Key)
	return nil
}

// Cursors hands out one of its records after the other.
type Cursors struct {
	session
	at   int
	keys []string
}

func (h *Cursors) Emit(context.Context, Record) error {
	if h.at < len(h.keys) {
		go h.send(h.keys[h.at]) // want `on some calls.*emit-goroutine`
		h.at++
	}
	return nil
}

// TwoByTwo goes towards its bound in steps of one size.
type TwoByTwo struct {
	session
	workers, size int
}

func (h *TwoByTwo) Emit(context.Context, Record) error {
	if h.workers < h.size {
		h.workers += 2
		go h.loop() // silent: until there are enough
	}
	return nil
}

// Budget takes what it needs from what is left, in one step.
type Budget struct {
	session
	left int
}

func (h *Budget) Emit(context.Context, Record) error {
	if h.left > 0 {
		h.left = 0
		go h.loop() // silent: once
	}
	return nil
}

// A streamer's state is in the variables around it.

func boundAround() beep.StreamerFunc {
	n := 0
	var t *time.Ticker
	started := false
	return func(samples [][2]float64) (int, bool) {
		if n < 3 {
			n++
			go aside() // silent: three per streamer
		}
		if t == nil {
			t = time.NewTicker(time.Second)
			go aside() // silent: once per streamer
		}
		if !started {
			started = true
			go aside() // silent: once per streamer
		}
		return len(samples), true
	}
}

func boundWithin() beep.StreamerFunc {
	total := 0
	return func(samples [][2]float64) (int, bool) {
		n := 0
		if n < len(samples) {
			n++
			go aside() // want `emit-goroutine`
		}
		if total++; total >= 10 {
			total = 0
			go aside() // want `on some calls.*emit-goroutine`
		}
		return n, true
	}
}

func aside() {}
