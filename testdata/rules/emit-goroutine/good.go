package emitgoroutine

import (
	"context"
	"sync"
)

// SpeakerFixed lets its model speak once, for as long as the session lasts.
type SpeakerFixed struct {
	speak  func(ctx context.Context, out chan<- []byte)
	cancel context.CancelFunc
	frames chan []byte
	wg     sync.WaitGroup
}

func (s *SpeakerFixed) SessionStart(context.Context) error {
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	s.frames = make(chan []byte, 64)
	s.wg.Go(func() { s.speak(ctx, s.frames) })
	return nil
}

func (s *SpeakerFixed) Emit(ctx context.Context) ([]byte, error) {
	select {
	case f := <-s.frames:
		return f, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (s *SpeakerFixed) SessionStop(context.Context) error {
	s.cancel()
	s.wg.Wait()
	return nil
}
