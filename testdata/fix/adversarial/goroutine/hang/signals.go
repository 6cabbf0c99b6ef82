// Package hang has goroutines that stop does not end, or that would wait for stop in turn.
package hang

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
)

// RetryForever: the error of a cancelled fetch is retried for ever
type RetryForever struct {
	out chan int
	src fetcher
}

func (h *RetryForever) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *RetryForever) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *RetryForever) SessionStop(ctx context.Context) error {
	return nil
}

func (h *RetryForever) loop(ctx context.Context) {
	for {
		f, err := h.src.Fetch(ctx)
		if err != nil {
			continue
		}
		select {
		case h.out <- f:
		case <-ctx.Done():
			return
		}
	}
}

// RetryUnlessEOF: only one kind of error ends it
type RetryUnlessEOF struct {
	out chan int
	src fetcher
}

func (h *RetryUnlessEOF) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *RetryUnlessEOF) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *RetryUnlessEOF) SessionStop(ctx context.Context) error {
	return nil
}

func (h *RetryUnlessEOF) loop(ctx context.Context) {
	for {
		f, err := h.src.Fetch(ctx)
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			log.Print(err)
			time.Sleep(10 * time.Millisecond)
			continue
		}
		select {
		case h.out <- f:
		case <-time.After(time.Second):
		}
	}
}

// Detached: the goroutine drops the end of its context
type Detached struct {
	out chan int
}

func (h *Detached) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *Detached) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Detached) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Detached) loop(ctx context.Context) {
	ctx = context.WithoutCancel(ctx)
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// DetachedByHelper: a helper drops the end of the context
type DetachedByHelper struct {
	out chan int
}

func (h *DetachedByHelper) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *DetachedByHelper) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *DetachedByHelper) SessionStop(ctx context.Context) error {
	return nil
}

func (h *DetachedByHelper) loop(ctx context.Context) {
	ctx = detach(ctx)
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// DetachedNew: a helper drops the end of the context, under another name
type DetachedNew struct {
	out chan int
}

func (h *DetachedNew) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *DetachedNew) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *DetachedNew) SessionStop(ctx context.Context) error {
	return nil
}

func (h *DetachedNew) loop(ctx context.Context) {
	own := detach(ctx)
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-own.Done():
			return
		}
	}
}

// InnerLabel: the break leaves the inner loop alone
type InnerLabel struct {
	out chan int
}

func (h *InnerLabel) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *InnerLabel) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *InnerLabel) SessionStop(ctx context.Context) error {
	return nil
}

func (h *InnerLabel) loop(ctx context.Context) {
	for i := 0; ; i++ {
	inner:
		for {
			select {
			case h.out <- i:
			case <-ctx.Done():
				break inner
			}
		}
	}
}

// GotoAgain: goto starts it anew
type GotoAgain struct {
	out chan int
}

func (h *GotoAgain) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *GotoAgain) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *GotoAgain) SessionStop(ctx context.Context) error {
	return nil
}

func (h *GotoAgain) loop(ctx context.Context) {
again:
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			goto again
		}
	}
}

// ConditionAnd: the end of the context is not enough
type ConditionAnd struct {
	out     chan int
	drained atomic.Bool
}

func (h *ConditionAnd) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ConditionAnd) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ConditionAnd) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ConditionAnd) loop(ctx context.Context) {
	for i := 0; ; i++ {
		if ctx.Err() != nil && h.drained.Load() {
			return
		}
		select {
		case h.out <- i:
		default:
			time.Sleep(time.Millisecond)
		}
	}
}

// Inverted: the loop ends while the context lives
type Inverted struct {
	out chan int
}

func (h *Inverted) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *Inverted) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Inverted) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Inverted) loop(ctx context.Context) {
	for i := 0; ; i++ {
		if ctx.Err() == nil {
			if i > 1<<60 {
				return
			}
		}
		select {
		case h.out <- i:
		default:
			time.Sleep(time.Millisecond)
		}
	}
}

// ZeroOfClosed: the value of a closed channel is taken for the ok
type ZeroOfClosed struct {
	out, in chan int
}

func (h *ZeroOfClosed) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	h.in = make(chan int)
	return nil
}

func (h *ZeroOfClosed) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ZeroOfClosed) SessionStop(ctx context.Context) error {
	close(h.in)
	return nil
}

func (h *ZeroOfClosed) loop(ctx context.Context) {
	for {
		f := <-h.in
		if f < 0 {
			return
		}
		select {
		case h.out <- f:
		default:
		}
	}
}

func (h *ZeroOfClosed) Receive(ctx context.Context, f int) error {
	select {
	case h.in <- f:
	case <-ctx.Done():
	}
	return ctx.Err()
}

// TickerStopped: stop ends the ticks that the loop asks its flag after
type TickerStopped struct {
	out    chan int
	ticker *time.Ticker
	done   atomic.Bool
}

func (h *TickerStopped) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	h.ticker = time.NewTicker(20 * time.Millisecond)
	return nil
}

func (h *TickerStopped) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *TickerStopped) SessionStop(ctx context.Context) error {
	h.ticker.Stop()
	h.done.Store(true)
	return nil
}

func (h *TickerStopped) loop(ctx context.Context) {
	for i := 0; ; i++ {
		<-h.ticker.C
		if h.done.Load() {
			return
		}
		select {
		case h.out <- i:
		default:
		}
	}
}

// TickerRange: the ticker is stopped, its channel never closed
type TickerRange struct {
	out    chan int
	ticker *time.Ticker
}

func (h *TickerRange) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	h.ticker = time.NewTicker(20 * time.Millisecond)
	return nil
}

func (h *TickerRange) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *TickerRange) SessionStop(ctx context.Context) error {
	h.ticker.Stop()
	return nil
}

func (h *TickerRange) loop(ctx context.Context) {
	for range h.ticker.C {
		if ctx.Err() != nil {
			return
		}
		select {
		case h.out <- 1:
		default:
		}
	}
}

// HourTicker: it asks for its end once an hour
type HourTicker struct {
	out chan int
}

func (h *HourTicker) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *HourTicker) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *HourTicker) SessionStop(ctx context.Context) error {
	return nil
}

func (h *HourTicker) loop(ctx context.Context) {
	t := time.NewTicker(time.Hour)
	defer t.Stop()
	for {
		<-t.C
		if ctx.Err() != nil {
			return
		}
		select {
		case h.out <- 1:
		default:
		}
	}
}

// HourAfter: the select has a time that is far away, and no end
type HourAfter struct {
	in, out chan int
}

func (h *HourAfter) SessionStart(ctx context.Context) error {
	h.in = make(chan int)
	h.out = make(chan int, 1)
	return nil
}

func (h *HourAfter) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *HourAfter) SessionStop(ctx context.Context) error {
	return nil
}

func (h *HourAfter) loop(ctx context.Context) {
	for ctx.Err() == nil {
		select {
		case f := <-h.in:
			h.out <- f
		case <-time.After(time.Hour):
		}
	}
}

// HourAfter2: the select has a time that is far away, and no end
type HourAfter2 struct {
	in, out chan int
}

func (h *HourAfter2) SessionStart(ctx context.Context) error {
	h.in = make(chan int)
	h.out = make(chan int, 1)
	return nil
}

func (h *HourAfter2) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *HourAfter2) SessionStop(ctx context.Context) error {
	return nil
}

func (h *HourAfter2) loop(ctx context.Context) {
	for ctx.Err() == nil {
		select {
		case f := <-h.in:
			select {
			case h.out <- f:
			default:
			}
		case <-time.After(time.Hour):
		}
	}
}

// TimerOnce: the timer fires but once, then nothing comes
type TimerOnce struct {
	in, out chan int
	timer   *time.Timer
}

func (h *TimerOnce) SessionStart(ctx context.Context) error {
	h.in = make(chan int)
	h.out = make(chan int, 1)
	h.timer = time.NewTimer(time.Millisecond)
	return nil
}

func (h *TimerOnce) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *TimerOnce) SessionStop(ctx context.Context) error {
	h.timer.Stop()
	return nil
}

func (h *TimerOnce) loop(ctx context.Context) {
	for ctx.Err() == nil {
		select {
		case f := <-h.in:
			select {
			case h.out <- f:
			default:
			}
		case <-h.timer.C:
		}
	}
}

// Stamps: a channel of times that is no timer's
type Stamps struct {
	out    chan int
	stamps chan time.Time
}

func (h *Stamps) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	h.stamps = make(chan time.Time)
	return nil
}

func (h *Stamps) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Stamps) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Stamps) loop(ctx context.Context) {
	for {
		t := <-h.stamps
		if ctx.Err() != nil {
			return
		}
		select {
		case h.out <- t.Second():
		default:
		}
	}
}

// StampsSelect: a select on a channel of times that is no timer's
type StampsSelect struct {
	out, in chan int
	stamps  chan time.Time
}

func (h *StampsSelect) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	h.in = make(chan int)
	h.stamps = make(chan time.Time)
	return nil
}

func (h *StampsSelect) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *StampsSelect) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StampsSelect) loop(ctx context.Context) {
	for ctx.Err() == nil {
		select {
		case t := <-h.stamps:
			select {
			case h.out <- t.Second():
			default:
			}
		case <-h.in:
		}
	}
}

// UnknownNext: what an interface does may block
type UnknownNext struct {
	out chan int
	src source
}

func (h *UnknownNext) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *UnknownNext) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *UnknownNext) SessionStop(ctx context.Context) error {
	return nil
}

func (h *UnknownNext) loop(ctx context.Context) {
	for {
		f := h.src.Next()
		select {
		case h.out <- f:
		case <-ctx.Done():
			return
		}
	}
}

// UnknownFunc: what a function in a field does may block
type UnknownFunc struct {
	out chan int
	pop func() int
}

func (h *UnknownFunc) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *UnknownFunc) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *UnknownFunc) SessionStop(ctx context.Context) error {
	return nil
}

func (h *UnknownFunc) loop(ctx context.Context) {
	for {
		f := h.pop()
		select {
		case h.out <- f:
		case <-ctx.Done():
			return
		}
	}
}

// UnknownBackground: the call is given another context
type UnknownBackground struct {
	out chan int
	src fetcher
}

func (h *UnknownBackground) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *UnknownBackground) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *UnknownBackground) SessionStop(ctx context.Context) error {
	return nil
}

func (h *UnknownBackground) loop(ctx context.Context) {
	for {
		f, _ := h.src.Fetch(context.Background())
		select {
		case h.out <- f:
		case <-ctx.Done():
			return
		}
	}
}

// UnknownBackgroundNext: the call is given another context
type UnknownBackgroundNext struct {
	out chan int
	src pullsource
}

func (h *UnknownBackgroundNext) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *UnknownBackgroundNext) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *UnknownBackgroundNext) SessionStop(ctx context.Context) error {
	return nil
}

func (h *UnknownBackgroundNext) loop(ctx context.Context) {
	for {
		f, _ := h.src.Next(context.TODO())
		select {
		case h.out <- f:
		case <-ctx.Done():
			return
		}
	}
}

// StoredContext: the call is given a context that start got
type StoredContext struct {
	out chan int
	src pullsource
	ctx context.Context
}

func (h *StoredContext) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.ctx = ctx
	return nil
}

func (h *StoredContext) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *StoredContext) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StoredContext) loop(ctx context.Context) {
	for {
		f, _ := h.src.Next(h.ctx)
		select {
		case h.out <- f:
		case <-ctx.Done():
			return
		}
	}
}

// PipeWrite: nobody reads from the pipe any more, and it is closed after
type PipeWrite struct {
	out chan int
	r   *io.PipeReader
	w   *io.PipeWriter
}

func (h *PipeWrite) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	h.r, h.w = io.Pipe()
	return nil
}

func (h *PipeWrite) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	b := make([]byte, 1)
	_, err := h.r.Read(b)
	return int(b[0]), err
}

func (h *PipeWrite) SessionStop(ctx context.Context) error {
	h.w.Close()
	return nil
}

func (h *PipeWrite) loop(ctx context.Context) {
	for ctx.Err() == nil {
		h.w.Write([]byte{1})
	}
}

// PipePrint: nobody reads from the pipe any more, and it is closed after
type PipePrint struct {
	r *io.PipeReader
	w *io.PipeWriter
}

func (h *PipePrint) SessionStart(ctx context.Context) error {
	h.r, h.w = io.Pipe()
	return nil
}

func (h *PipePrint) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	b := make([]byte, 1)
	_, err := h.r.Read(b)
	return int(b[0]), err
}

func (h *PipePrint) SessionStop(ctx context.Context) error {
	h.w.Close()
	return nil
}

func (h *PipePrint) loop(ctx context.Context) {
	for i := 0; ctx.Err() == nil; i++ {
		fmt.Fprintln(h.w, i)
	}
}

// ConnWrite: a slow client keeps it in Write, the connection is closed after
type ConnWrite struct {
	out  chan int
	conn net.Conn
}

func (h *ConnWrite) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	return nil
}

func (h *ConnWrite) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return 0, nil
}

func (h *ConnWrite) SessionStop(ctx context.Context) error {
	h.conn.Close()
	return nil
}

func (h *ConnWrite) loop(ctx context.Context) {
	for {
		select {
		case f := <-h.out:
			h.conn.Write([]byte{byte(f)})
		case <-ctx.Done():
			return
		}
	}
}

// Broadcaster: it waits in a condition that stop does not signal
type Broadcaster struct {
	mu   sync.Mutex
	cond *sync.Cond
	n    int
}

func (h *Broadcaster) SessionStart(ctx context.Context) error {
	h.cond = sync.NewCond(&h.mu)
	return nil
}

func (h *Broadcaster) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.n, nil
}

func (h *Broadcaster) SessionStop(ctx context.Context) error {
	h.cond.Signal()
	return nil
}

func (h *Broadcaster) loop(ctx context.Context) {
	for ctx.Err() == nil {
		h.mu.Lock()
		h.cond.Wait()
		h.n++
		h.mu.Unlock()
	}
}

// ReadFull: it waits for a whole frame of a reader that nothing closes
type ReadFull struct {
	out chan int
	r   io.Reader
}

func (h *ReadFull) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ReadFull) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ReadFull) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ReadFull) loop(ctx context.Context) {
	b := make([]byte, 4)
	for {
		if _, err := io.ReadFull(h.r, b); err != nil {
			return
		}
		select {
		case h.out <- int(b[0]):
		case <-ctx.Done():
			return
		}
	}
}

// CopyAll: io.Copy waits
type CopyAll struct {
	r io.Reader
	w io.Writer
}

func (h *CopyAll) SessionStart(ctx context.Context) error {
	return nil
}

func (h *CopyAll) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return 0, nil
}

func (h *CopyAll) SessionStop(ctx context.Context) error {
	return nil
}

func (h *CopyAll) loop(ctx context.Context) {
	for ctx.Err() == nil {
		io.Copy(h.w, h.r)
	}
}

// Scanner: the scanner reads what stop does not close
type Scanner struct {
	out chan int
	sc  *bufio.Scanner
}

func (h *Scanner) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.sc = bufio.NewScanner(os.Stdin)
	return nil
}

func (h *Scanner) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Scanner) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Scanner) loop(ctx context.Context) {
	for h.sc.Scan() {
		select {
		case h.out <- len(h.sc.Text()):
		case <-ctx.Done():
			return
		}
	}
}

// Command: it waits for a process
type Command struct {
	out chan int
}

func (h *Command) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *Command) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return 0, nil
}

func (h *Command) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Command) loop(ctx context.Context) {
	for ctx.Err() == nil {
		exec.Command("sleep", "3600").Run()
	}
}

// SemaphoreBackground: it acquires without its context
type SemaphoreBackground struct {
	out chan int
	sem *semaphore.Weighted
}

func (h *SemaphoreBackground) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.sem = semaphore.NewWeighted(1)
	return nil
}

func (h *SemaphoreBackground) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SemaphoreBackground) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SemaphoreBackground) loop(ctx context.Context) {
	for {
		h.sem.Acquire(context.Background(), 1)
		select {
		case h.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

// ManySleeps: a minute of short sleeps before it asks
type ManySleeps struct {
	out chan int
}

func (h *ManySleeps) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ManySleeps) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ManySleeps) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ManySleeps) loop(ctx context.Context) {
	for ctx.Err() == nil {
		for range 60 {
			time.Sleep(time.Second)
		}
		select {
		case h.out <- 1:
		default:
		}
	}
}

// IterFrames: a sequence that waits for its next
type IterFrames struct {
	out    chan int
	frames func(yield func(int) bool)
}

func (h *IterFrames) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *IterFrames) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *IterFrames) SessionStop(ctx context.Context) error {
	return nil
}

func (h *IterFrames) loop(ctx context.Context) {
	for {
		for f := range h.frames {
			select {
			case h.out <- f:
			case <-ctx.Done():
				return
			}
		}
	}
}

// StreamRecv: CloseSend ends what is sent, not what comes
type StreamRecv struct {
	out    chan int
	stream stream
}

func (h *StreamRecv) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *StreamRecv) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *StreamRecv) SessionStop(ctx context.Context) error {
	h.stream.CloseSend()
	return nil
}

func (h *StreamRecv) loop(ctx context.Context) {
	for {
		f, err := h.stream.Recv()
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

// StreamWait: stop waits for the stream, which ends nothing
type StreamWait struct {
	out    chan int
	stream stream
}

func (h *StreamWait) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *StreamWait) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *StreamWait) SessionStop(ctx context.Context) error {
	h.stream.Wait()
	return nil
}

func (h *StreamWait) loop(ctx context.Context) {
	for {
		f, err := h.stream.Recv()
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

// StepTrue: the condition is a call that never says no
type StepTrue struct {
	out chan int
}

func (h *StepTrue) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *StepTrue) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *StepTrue) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StepTrue) loop(ctx context.Context) {
	for h.step(ctx) {
	}
}

func (h *StepTrue) step(ctx context.Context) bool {
	select {
	case h.out <- 1:
	case <-ctx.Done():
	}
	return true
}

// ErrLater: the error asked for is another one
type ErrLater struct {
	out chan int
	src fetcher
}

func (h *ErrLater) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ErrLater) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ErrLater) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ErrLater) loop(ctx context.Context) {
	for {
		f, err := h.src.Fetch(ctx)
		_, err = fmt.Sscan("1", &f)
		if err != nil {
			return
		}
		select {
		case h.out <- f:
		default:
		}
	}
}

// ErrShadow: the error of the context is counted, not heeded
type ErrShadow struct {
	out chan int
	src fetcher
}

func (h *ErrShadow) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ErrShadow) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *ErrShadow) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ErrShadow) loop(ctx context.Context) {
	bad := 0
	for {
		f, err := h.src.Fetch(ctx)
		if err != nil {
			bad++
			if bad > 1<<40 {
				return
			}
			continue
		}
		select {
		case h.out <- f:
		default:
		}
	}
}

// DoneFallsThrough: the case of the end does not leave the loop on all ways
type DoneFallsThrough struct {
	out    chan int
	linger bool
}

func (h *DoneFallsThrough) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.linger = true
	return nil
}

func (h *DoneFallsThrough) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *DoneFallsThrough) SessionStop(ctx context.Context) error {
	return nil
}

func (h *DoneFallsThrough) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			if !h.linger {
				return
			}
		}
	}
}

// NilQuit: start makes no quit: stop closes what Open made
type NilQuit struct {
	out  chan int
	quit chan struct{}
}

func (h *NilQuit) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *NilQuit) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *NilQuit) SessionStop(ctx context.Context) error {
	if h.quit != nil {
		close(h.quit)
	}
	return nil
}

func (h *NilQuit) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
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

type fetcher interface {
	Fetch(ctx context.Context) (int, error)
}

type source interface{ Next() int }

type pullsource interface {
	Next(ctx context.Context) (int, error)
}

type stream interface {
	Recv() (int, error)
	CloseSend() error
	Wait() error
}

func detach(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

func twice(f func()) {
	f()
	f()
}

// halter is embedded.
type halter struct{ quit chan struct{} }

func (q *halter) SessionStop(ctx context.Context) error {
	close(q.quit)
	return nil
}

func runtimeYield() { time.Sleep(0) }
