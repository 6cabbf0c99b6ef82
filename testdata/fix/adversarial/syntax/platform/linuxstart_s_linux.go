package platform

import "context"

// SessionStart begins.
func (h *LinuxStart) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}
