package two

import "context"

func (h *H) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	return h.g.SessionStart(ctx)
}

func (h *H) SessionStop(ctx context.Context) error { return h.g.SessionStop(ctx) }

func (g *G) SessionStart(ctx context.Context) error { return nil }

func (g *G) SessionStop(ctx context.Context) error { return nil }
