package guard

import (
	"context"
	"sync"
)

// A receiver that is no pointer is a copy for each call: what is kept in it
// guards nothing. (Nor does a sync.Once; but go vet says that first.)

type SharedOnce struct {
	*session
	once *sync.Once
}

func (h SharedOnce) Emit(context.Context, Record) error {
	h.once.Do(func() {
		go h.loop() // silent: all copies have the one
	})
	return nil
}

type OnceOfPart struct {
	*session
	part *part
}

type part struct{ once sync.Once }

func (h OnceOfPart) Emit(context.Context, Record) error {
	h.part.once.Do(func() {
		go h.loop() // silent: so have they here
	})
	return nil
}

// CopiedFlagAndMore is guarded by nothing, but happens on some calls only.
type CopiedFlagAndMore struct {
	*session
	begun bool
}

func (h CopiedFlagAndMore) Emit(_ context.Context, r Record) error {
	if r.Key == "first" && !h.begun {
		h.begun = true
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	return nil
}

// CopiedFlag is set for the call alone.
type CopiedFlag struct {
	*session
	begun bool
}

func (h CopiedFlag) Emit(context.Context, Record) error {
	if !h.begun {
		h.begun = true
		go h.loop() // want `on each call.*emit-goroutine`
	}
	return nil
}
