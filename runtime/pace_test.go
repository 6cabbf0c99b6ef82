package runtime_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// instant is a handler whose Emit never waits.
type instant struct{ calls int }

func (*instant) SessionStart(context.Context, *runtime.Session) error { return nil }
func (*instant) Receive(context.Context, int) error                   { return nil }
func (h *instant) Emit(context.Context) (int, error)                  { h.calls++; return h.calls, nil }
func (*instant) SessionStop(context.Context) error                    { return nil }

// TestGuarantee8InstantEmitDoesNotSpin has a queue that is never full, since it
// drops: without a pause the bubble's clock would stand still for ever.
func TestGuarantee8InstantEmitDoesNotSpin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := new(instant)
		server := &runtime.Server[int, int]{
			NewHandler:     func() runtime.Handler[int, int] { return h },
			Duration:       func(int) time.Duration { return 20 * time.Millisecond },
			Output:         runtime.Bound{Size: 2, Policy: runtime.DropOldest},
			MaxSessionTime: 10 * time.Second,
		}
		client, conn := runtime.Pipe[int, int](1)
		go func() {
			for {
				if _, err := client.Receive(context.Background()); err != nil {
					return
				}
			}
		}()
		server.Serve(t.Context(), conn)
		if stats := server.Stats(); stats.Sent < 499 || stats.Sent > 502 || h.calls > 1100 {
			t.Errorf("%d frames sent and %d calls of Emit in 10 s of 20 ms frames", stats.Sent, h.calls)
		}
	})
}
