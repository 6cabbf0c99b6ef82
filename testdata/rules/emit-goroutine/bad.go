package emitgoroutine

import "context"

// Speaker lets its model speak, anew for each frame.
type Speaker struct {
	speak  func(ctx context.Context, out chan<- []byte)
	ctx    context.Context
	cancel context.CancelFunc
	frames chan []byte
}

func (s *Speaker) SessionStart(context.Context) error {
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.frames = make(chan []byte, 64)
	return nil
}

func (s *Speaker) Emit(ctx context.Context) ([]byte, error) {
	s.produce() // want `^Emit starts a goroutine on each call: .* → \(\*Speaker\)\.produce .*\(emit-goroutine\)$`
	select {
	case f := <-s.frames:
		return f, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (s *Speaker) produce() { go s.speak(s.ctx, s.frames) }

func (s *Speaker) SessionStop(context.Context) error {
	s.cancel()
	return nil
}
