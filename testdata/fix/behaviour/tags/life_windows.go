package tags

import "context"

func (h *H) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 2)
	return nil
}

func (h *H) SessionStop(ctx context.Context) error { return nil }
