package late

import "context"

// ParamDefault is given a number with each call, and has one for those that give
// none: that one is not what all calls have.
//
//emitcheck:handler hot=Emit start=SessionStart stop=SessionStop rate=frame
type ParamDefault struct{ out chan int }

func (h *ParamDefault) SessionStart() { h.out = make(chan int) }

func (h *ParamDefault) SessionStop() {}

func (h *ParamDefault) run(ctx context.Context, n int) {
	for ctx.Err() == nil {
		select {
		case h.out <- n:
		case <-ctx.Done():
		}
	}
}

func (h *ParamDefault) Emit(ctx context.Context, n int) int {
	if n == 0 {
		n = 5
	}
	go h.run(ctx, n)
	select {
	case v := <-h.out:
		return v
	case <-ctx.Done():
		return 0
	}
}
