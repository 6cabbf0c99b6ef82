package contextescape

import (
	"context"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// PingerFixed pings under the session's context.
type PingerFixed struct{ session *runtime.Session }

func (p *PingerFixed) SessionStart(_ context.Context, s *runtime.Session) error {
	p.session = s
	s.Go(p.ping)
	return nil
}

func (p *PingerFixed) ping(ctx context.Context) error {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			p.session.Send(ctx, "ping")
		case <-ctx.Done():
			return nil
		}
	}
}

func (p *PingerFixed) Receive(context.Context, string) error { return nil }

func (p *PingerFixed) Emit(context.Context) (string, error) { return "", runtime.ErrNothing }

func (p *PingerFixed) SessionStop(context.Context) error { return nil }
