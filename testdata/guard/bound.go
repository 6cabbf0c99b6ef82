package guard

import "context"

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
