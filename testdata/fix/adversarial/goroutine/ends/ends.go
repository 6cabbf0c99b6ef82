// Package ends has goroutines that end before the session does.
package ends

import (
	"context"
	"strings"
	"time"
)

// FiniteCount: ten frames for each call, then it ends
type FiniteCount struct {
	out chan int
}

func (h *FiniteCount) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *FiniteCount) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FiniteCount) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FiniteCount) loop(ctx context.Context) {
	for i := 0; ; i++ {
		if i == 10 {
			return
		}
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// FiniteCond: ten frames for each call, unless the context ends
type FiniteCond struct {
	out chan int
}

func (h *FiniteCond) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *FiniteCond) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FiniteCond) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FiniteCond) loop(ctx context.Context) {
	for i := 0; i < 10 && ctx.Err() == nil; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// FiniteList: the frames of a list, by index
type FiniteList struct {
	out  chan int
	list []int
}

func (h *FiniteList) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.list = []int{1, 2, 3}
	return nil
}

func (h *FiniteList) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FiniteList) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FiniteList) loop(ctx context.Context) {
	for i := 0; ; i++ {
		if i >= len(h.list) {
			return
		}
		select {
		case h.out <- h.list[i]:
		case <-ctx.Done():
			return
		}
	}
}

// FiniteReader: the lines of a text, for each call anew
type FiniteReader struct {
	out  chan int
	text string
}

func (h *FiniteReader) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.text = "text"
	return nil
}

func (h *FiniteReader) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FiniteReader) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FiniteReader) loop(ctx context.Context) {
	r := strings.NewReader(h.text)
	for {
		b, err := r.ReadByte()
		if err != nil {
			return
		}
		select {
		case h.out <- int(b):
		case <-ctx.Done():
			return
		}
	}
}

// FinitePoll: it polls until the answer is there
type FinitePoll struct {
	out chan int
	src pullsource
}

func (h *FinitePoll) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *FinitePoll) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FinitePoll) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FinitePoll) loop(ctx context.Context) {
	for {
		f, err := h.src.Next(ctx)
		if err != nil {
			return
		}
		if f > 0 {
			select {
			case h.out <- f:
			case <-ctx.Done():
			}
			return
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-ctx.Done():
			return
		}
	}
}

// FiniteRetry: it tries to send until it has been sent, three times at most
type FiniteRetry struct {
	out  chan int
	sink func(int) error
}

func (h *FiniteRetry) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *FiniteRetry) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return 0, nil
}

func (h *FiniteRetry) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FiniteRetry) loop(ctx context.Context) {
	for try := 0; ; try++ {
		if h.sink(1) == nil || try == 3 {
			return
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-ctx.Done():
			return
		}
	}
}

// FiniteBreak: it breaks after the first
type FiniteBreak struct {
	out chan int
}

func (h *FiniteBreak) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *FiniteBreak) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FiniteBreak) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FiniteBreak) loop(ctx context.Context) {
	for {
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
		break
	}
}

// FiniteTake: it hands one input on, however long it takes
type FiniteTake struct {
	in, out chan int
}

func (h *FiniteTake) SessionStart(ctx context.Context) error {
	h.in = make(chan int, 8)
	h.out = make(chan int)
	return nil
}

func (h *FiniteTake) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FiniteTake) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FiniteTake) loop(ctx context.Context) {
	for {
		select {
		case f := <-h.in:
			if f == 0 {
				continue
			}
			select {
			case h.out <- f:
			case <-ctx.Done():
			}
			return
		case <-ctx.Done():
			return
		}
	}
}

// FiniteDrain: it empties the queue of this call, and ends when it is empty
type FiniteDrain struct {
	in, out chan int
}

func (h *FiniteDrain) SessionStart(ctx context.Context) error {
	h.in = make(chan int, 8)
	h.out = make(chan int, 8)
	return nil
}

func (h *FiniteDrain) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FiniteDrain) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FiniteDrain) loop(ctx context.Context) {
	for {
		select {
		case f := <-h.in:
			select {
			case h.out <- f:
			case <-ctx.Done():
				return
			}
		case <-ctx.Done():
			return
		default:
			return
		}
	}
}

// FiniteDeadline: it ends after a second
type FiniteDeadline struct {
	out chan int
}

func (h *FiniteDeadline) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *FiniteDeadline) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FiniteDeadline) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FiniteDeadline) loop(ctx context.Context) {
	end := time.Now().Add(time.Second)
	for time.Now().Before(end) && ctx.Err() == nil {
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

// FiniteTimeout: it ends after a second
type FiniteTimeout struct {
	out chan int
}

func (h *FiniteTimeout) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *FiniteTimeout) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FiniteTimeout) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FiniteTimeout) loop(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// FiniteTimer: it ends after a second
type FiniteTimer struct {
	out chan int
}

func (h *FiniteTimer) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *FiniteTimer) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FiniteTimer) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FiniteTimer) loop(ctx context.Context) {
	end := time.After(time.Second)
	for {
		select {
		case h.out <- 1:
		case <-end:
			return
		case <-ctx.Done():
			return
		}
	}
}

// FiniteSentence: one sentence, word by word, until the last word
type FiniteSentence struct {
	out chan int
	src pullsource
}

func (h *FiniteSentence) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *FiniteSentence) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FiniteSentence) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FiniteSentence) loop(ctx context.Context) {
	for {
		f, err := h.src.Next(ctx)
		if err != nil {
			return
		}
		select {
		case h.out <- f:
		case <-ctx.Done():
			return
		}
		if f == 0 {
			return // the last word
		}
	}
}

// FiniteError: the first error ends it, the next call starts it again
type FiniteError struct {
	out chan int
	src pullsource
}

func (h *FiniteError) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *FiniteError) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FiniteError) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FiniteError) loop(ctx context.Context) {
	for {
		f, err := h.src.Next(ctx)
		if err != nil {
			return
		}
		select {
		case h.out <- f:
		case <-ctx.Done():
			return
		}
	}
}

// FinitePanic: a panic ends it, the next call starts it again
type FinitePanic struct {
	out chan int
}

func (h *FinitePanic) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *FinitePanic) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FinitePanic) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FinitePanic) loop(ctx context.Context) {
	defer func() { _ = recover() }()
	for i := 0; ; i++ {
		if i == 2 {
			panic("bad frame")
		}
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// FiniteLiteral: ten frames, in a literal
type FiniteLiteral struct {
	out chan int
}

func (h *FiniteLiteral) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *FiniteLiteral) Emit(ctx context.Context) (int, error) {
	go func() {
		for i := range 10 {
			select {
			case h.out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return next(ctx, h.out)
}

func (h *FiniteLiteral) SessionStop(ctx context.Context) error {
	return nil
}

// FiniteLabel: it leaves two loops after the tenth
type FiniteLabel struct {
	out chan int
}

func (h *FiniteLabel) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *FiniteLabel) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *FiniteLabel) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FiniteLabel) loop(ctx context.Context) {
outer:
	for {
		for i := 0; ; i++ {
			if i == 10 {
				break outer
			}
			select {
			case h.out <- i:
			case <-ctx.Done():
				return
			}
		}
	}
}

// FiniteToken: it waits for the release of this call, then is over
type FiniteToken struct {
	out  chan int
	gate chan struct{}
}

func (h *FiniteToken) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	h.gate = make(chan struct{})
	return nil
}

func (h *FiniteToken) Emit(ctx context.Context) (int, error) {
	go func() {
		<-h.gate
		select {
		case h.out <- 1:
		default:
		}
	}()
	return next(ctx, h.out)
}

func (h *FiniteToken) SessionStop(ctx context.Context) error {
	close(h.gate)
	return nil
}

func (h *FiniteToken) Receive(ctx context.Context, f int) error {
	select {
	case h.gate <- struct{}{}:
	case <-ctx.Done():
	}
	return nil
}

// next takes the next frame.
func next(ctx context.Context, out <-chan int) (int, error) {
	select {
	case f := <-out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

type pullsource interface {
	Next(ctx context.Context) (int, error)
}
