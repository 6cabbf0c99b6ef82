package files

import . "context"

// SessionStart begins.
func (h *StartOther) SessionStart(ctx Context) error {
	h.out = make(chan int, 8)
	return nil
}
