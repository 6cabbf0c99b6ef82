package elsewhere

import ctxt "context"

// SessionStart begins a session.
func (h *H) SessionStart(ctxt.Context) error {
	h.out = make(chan int, 2)
	return nil
}

// SessionStop ends it.
func (h *H) SessionStop(_ ctxt.Context) (err error) {
	return // nothing to release
}
