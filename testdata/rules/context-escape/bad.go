package contextescape

import (
	"context"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// Pinger tells the client once a second that the session lives.
type Pinger struct{ session *runtime.Session }

func (p *Pinger) SessionStart(ctx context.Context, s *runtime.Session) error {
	p.session = s
	go p.ping(ctx) // want `SessionStart leaves a goroutine behind with ctx, its own context.*\(context-escape\)$`
	return nil
}

func (p *Pinger) ping(ctx context.Context) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			p.session.Send(ctx, "ping")
		case <-ctx.Done():
			return
		}
	}
}

func (p *Pinger) Receive(context.Context, string) error { return nil }

func (p *Pinger) Emit(context.Context) (string, error) { return "", runtime.ErrNothing }

func (p *Pinger) SessionStop(context.Context) error { return nil }
