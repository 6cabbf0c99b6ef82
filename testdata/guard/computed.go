package guard

import "context"

// What a call works out for itself is no state, whatever the condition looks
// like.

type claims interface{ TryClaim(key string) bool }

type ComputedByCall struct {
	session
	tracker claims
}

func (h *ComputedByCall) Emit(_ context.Context, r Record) error {
	ok := h.tracker.TryClaim(r.Key)
	if !ok {
		return nil
	}
	go h.loop() // want `on some calls.*emit-goroutine`
	return nil
}

type ComputedByValue struct {
	session
	try func() bool
}

func (h *ComputedByValue) Emit(_ context.Context, r Record) error {
	if ok := h.try(); ok {
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	return nil
}

type ComputedByComparison struct{ session }

func (h *ComputedByComparison) Emit(_ context.Context, r Record) error {
	long := len(r.Key) > 8
	if long {
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	rest := len(r.Key) % 4
	if rest == 0 {
		go h.send(r.Key) // want `on some calls.*emit-goroutine`
	}
	return nil
}

type ComputedInLoop struct {
	session
	tracker claims
}

func (h *ComputedInLoop) Emit(_ context.Context, r Record) error {
	for {
		ok := h.tracker.TryClaim(r.Key)
		if !ok {
			return nil
		}
		go h.loop() // want `on some calls.*emit-goroutine`
	}
}

// ReadFromState is told by a variable what the state is.
type ReadFromState struct {
	session
	begun bool
}

func (h *ReadFromState) Emit(context.Context, Record) error {
	begun := h.begun
	if !begun {
		h.begun = true
		go h.loop() // silent: once per session
	}
	return nil
}

// ClaimedHere asks a helper that sets what it asks for.
type ClaimedHere struct {
	session
	begun bool
}

func (h *ClaimedHere) claim() bool {
	if h.begun {
		return false
	}
	h.begun = true
	return true
}

func (h *ClaimedHere) Emit(context.Context, Record) error {
	first := h.claim()
	if !first {
		return nil
	}
	go h.loop() // silent: once per session
	return nil
}

// Missing looks up what it adds.
type Missing struct {
	session
	keys map[string]bool
}

func (h *Missing) Emit(_ context.Context, r Record) error {
	known := h.keys[r.Key]
	if known {
		return nil
	}
	h.keys[r.Key] = true
	go h.loop() // silent: once for each key
	return nil
}

// CountedFirst keeps the count in a variable.
type CountedFirst struct {
	session
	calls int
}

func (h *CountedFirst) Emit(context.Context, Record) error {
	n := h.calls
	h.calls++
	if n == 0 {
		go h.loop() // silent: once per session
	}
	return nil
}

// Set has its keys in a set.
type Set struct {
	session
	seen map[string]struct{}
}

func (h *Set) Emit(_ context.Context, r Record) error {
	if _, ok := h.seen[r.Key]; !ok {
		h.seen[r.Key] = struct{}{}
		go h.loop() // silent: once for each key
	}
	return nil
}

// SetForgets takes its key out again.
type SetForgets struct {
	session
	seen map[string]struct{}
}

func (h *SetForgets) Emit(_ context.Context, r Record) error {
	if _, ok := h.seen[r.Key]; !ok {
		h.seen[r.Key] = struct{}{}
		go h.loop() // want `emit-goroutine`
	}
	delete(h.seen, r.Key)
	return nil
}

// NeedsBoth keeps a condition of two parts in a variable.
type NeedsBoth struct {
	session
	begun bool
}

func (h *NeedsBoth) Emit(_ context.Context, r Record) error {
	need := !h.begun && r.Key != ""
	if need {
		h.begun = true
		go h.loop() // silent: once per session
	}
	return nil
}

// NeedsEither may go on with the flag set.
type NeedsEither struct {
	session
	begun bool
}

func (h *NeedsEither) Emit(_ context.Context, r Record) error {
	need := !h.begun || r.Key != ""
	if need {
		h.begun = true
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	return nil
}
