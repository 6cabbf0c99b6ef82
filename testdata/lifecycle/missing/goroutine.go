// Package missing holds cases for stop-missing: what start creates and stop
// does not release.
package missing

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"os"
	goruntime "runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Frame is one block of samples.
type Frame []int16

func work() {}

// Base is what the handlers have in common.
type Base struct{ n atomic.Int64 }

func (b *Base) Emit(ctx context.Context) (Frame, error) { return nil, ctx.Err() }

// ---- goroutines ----

// TickerRange stops its ticker, which does not close the ticker's channel.
type TickerRange struct {
	Base
	ticker *time.Ticker
}

func (h *TickerRange) SessionStart(context.Context) error {
	h.ticker = time.NewTicker(time.Second)
	go h.poll() // want `SessionStop never ends the goroutine that SessionStart starts: \(\*TickerRange\)\.SessionStart \(go statement at goroutine\.go:\d+\), and nothing leaves its loop at goroutine\.go:\d+: Stop does not close a ticker's channel; let it end by a context or channel, and cancel or close that in SessionStop \(stop-missing\)$`
	return nil
}

func (h *TickerRange) poll() {
	for range h.ticker.C {
		work()
	}
}

func (h *TickerRange) SessionStop(context.Context) error {
	h.ticker.Stop()
	return nil
}

// TickerLocal ranges over a local ticker, in a literal.
type TickerLocal struct{ Base }

func (h *TickerLocal) SessionStart(context.Context) error {
	t := time.NewTicker(time.Second)
	go func() { // want `never ends the goroutine.*stop-missing`
		defer t.Stop()
		c := t.C
		for range c {
			h.n.Add(1)
		}
	}()
	return nil
}

func (h *TickerLocal) SessionStop(context.Context) error { return nil }

// Tick has no ticker to stop.
type Tick struct{ Base }

func (h *Tick) SessionStart(context.Context) error {
	go func() { // want `never ends the goroutine.*stop-missing`
		for now := range time.Tick(time.Second) {
			log.Println(now)
		}
	}()
	return nil
}

func (h *Tick) SessionStop(context.Context) error { return nil }

// Sleeps sleeps and works for good.
type Sleeps struct{ Base }

func (h *Sleeps) Start() error {
	h.begin() // want `Stop never ends the goroutine that Start starts: \(\*Sleeps\)\.Start → \(\*Sleeps\)\.begin \(go statement.*nothing leaves its loop.*stop-missing`
	return nil
}

func (h *Sleeps) begin() { go h.loop() }

func (h *Sleeps) loop() {
	for {
		time.Sleep(time.Second)
		work()
	}
}

func (h *Sleeps) Stop() {}

// SelectsClock waits for nothing but the clock.
type SelectsClock struct {
	Base
	fast, slow *time.Ticker
}

func (h *SelectsClock) SessionStart(context.Context) error {
	h.fast, h.slow = time.NewTicker(time.Second), time.NewTicker(time.Minute)
	go func() { // want `nothing leaves its loop.*stop-missing`
		for {
			select {
			case <-h.fast.C:
				work()
				break // leaves the select alone
			case <-h.slow.C:
				continue
			}
		}
	}()
	return nil
}

func (h *SelectsClock) SessionStop(context.Context) error {
	h.fast.Stop()
	h.slow.Stop()
	return nil
}

// ForgetsReturn hears of the end, and goes on.
type ForgetsReturn struct {
	Base
	cancel context.CancelFunc
	in     chan Frame
}

func (h *ForgetsReturn) SessionStart(context.Context) error {
	ctx, cancel := context.WithCancel(context.Background())
	h.cancel = cancel
	go h.run(ctx) // want `nothing leaves its loop.*stop-missing`
	return nil
}

func (h *ForgetsReturn) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			log.Print("done")
		case <-h.in:
		}
	}
}

func (h *ForgetsReturn) SessionStop(context.Context) error {
	h.cancel()
	return nil
}

// NeverCloses has a done channel that nothing closes.
type NeverCloses struct {
	Base
	done chan struct{}
	in   chan Frame
}

func (h *NeverCloses) SessionStart(context.Context) error {
	h.done = make(chan struct{})
	go h.run() // want `its loop at goroutine.go:\d+ waits for done, which nothing closes; .*stop-missing`
	return nil
}

func (h *NeverCloses) run() {
	for {
		select {
		case <-h.done:
			return
		case f := <-h.in:
			log.Print(f)
		}
	}
}

func (h *NeverCloses) SessionStop(context.Context) error { return nil }

// NeverClosesQueue ranges over a queue that nothing closes.
type NeverClosesQueue struct {
	Base
	queue chan Frame
	wg    sync.WaitGroup
}

func (h *NeverClosesQueue) SessionStart(context.Context) error {
	h.queue = make(chan Frame, 8)
	h.wg.Go(func() { // want `WaitGroup.Go at.*ranges over queue, which nothing closes.*stop-missing`
		for f := range h.queue {
			log.Print(f)
		}
	})
	return nil
}

func (h *NeverClosesQueue) Receive(ctx context.Context, f Frame) error {
	select {
	case h.queue <- f:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *NeverClosesQueue) SessionStop(context.Context) error { return nil }

// InConstructor starts in the constructor.
type InConstructor struct{ Base }

// NewInConstructor makes one.
func NewInConstructor() *InConstructor {
	h := &InConstructor{}
	go h.watch() // want `Close never ends the goroutine that NewInConstructor starts.*stop-missing`
	return h
}

func (h *InConstructor) watch() {
loop:
	for {
		for range 3 {
			continue loop
		}
	}
}

func (h *InConstructor) Close() error { return nil }

// NoStop has no stop at all.
type NoStop struct{ Base }

func (h *NoStop) SessionStart(context.Context) error {
	go func() { // want `^nothing ends the goroutine that SessionStart starts: .*write a SessionStop that cancels or closes that \(stop-missing\)$`
		for {
			work()
			time.Sleep(time.Millisecond)
		}
	}()
	return nil
}

// Beater is embedded: its start and stop are promoted.
type Beater struct{ beat time.Duration }

func (b *Beater) SessionStart(context.Context) error {
	run := func() {
		for {
			time.Sleep(b.beat)
		}
	}
	go run() // want `nothing leaves its loop.*stop-missing`
	return nil
}

func (b *Beater) SessionStop(context.Context) error { return nil }

// Promoted is started and stopped by what it embeds.
type Promoted struct {
	Base
	*Beater
}

// Generic is generic.
type Generic[T any] struct {
	Base
	last T
}

func (g *Generic[T]) SessionStart(context.Context) error {
	go g.spin() // want `nothing leaves its loop.*stop-missing`
	return nil
}

func (g *Generic[T]) spin() {
	for true {
		goruntime.Gosched()
	}
}

func (g *Generic[T]) SessionStop(context.Context) error { return nil }

// Deep has its loop two calls down, and starts it once.
type Deep struct {
	Base
	once sync.Once
}

func (h *Deep) SessionStart(context.Context) error {
	h.once.Do(func() {
		start := h.run
		go start() // want `nothing leaves its loop.*stop-missing`
	})
	return nil
}

func (h *Deep) run() { defer work(); h.outer() }
func (h *Deep) outer() {
	func() {
		for {
			work()
		}
	}()
}

func (h *Deep) SessionStop(context.Context) error { return nil }

// Blocks waits for ever.
type Blocks struct{ Base }

func (h *Blocks) SessionStart(context.Context) error {
	go func() { // want `nothing ends its select.*stop-missing`
		select {}
	}()
	return nil
}

func (h *Blocks) SessionStop(context.Context) error { return nil }

// Accepts goes on though its listener is closed.
type Accepts struct {
	Base
	ln net.Listener
}

func (h *Accepts) Open() (err error) {
	if h.ln, err = net.Listen("tcp", ":0"); err != nil {
		return err
	}
	go h.accept() // want `nothing leaves its loop.*stop-missing`
	return nil
}

func (h *Accepts) accept() {
	for {
		conn, err := h.ln.Accept()
		if err != nil {
			log.Print(err)
			continue
		}
		conn.Close()
	}
}

func (h *Accepts) Close() error { return h.ln.Close() }

// ---- goroutines that end ----

// ByContext ends by its context.
type ByContext struct {
	Base
	cancel context.CancelFunc
}

func (h *ByContext) SessionStart(context.Context) error {
	ctx, cancel := context.WithCancel(context.Background())
	h.cancel = cancel
	go h.run(ctx) // silent: it returns when its context ends
	return nil
}

func (h *ByContext) run(ctx context.Context) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			work()
		}
	}
}

func (h *ByContext) SessionStop(context.Context) error {
	h.cancel()
	return nil
}

// ByFlag reads a flag in its loop.
type ByFlag struct {
	Base
	stopped atomic.Bool
}

func (h *ByFlag) SessionStart(context.Context) error {
	go func() { // silent: its loop has a condition
		for !h.stopped.Load() {
			work()
		}
	}()
	go func() { // silent: it leaves its loop
		for range time.Tick(time.Second) {
			if h.stopped.Load() {
				break
			}
		}
	}()
	return nil
}

func (h *ByFlag) SessionStop(context.Context) error {
	h.stopped.Store(true)
	return nil
}

// ByError ends when its reads fail.
type ByError struct {
	Base
	conn net.Conn
}

func (h *ByError) Open() (err error) {
	h.conn, err = net.Dial("tcp", "localhost:1")
	go h.read() // silent: a read fails after Close
	return err
}

func (h *ByError) read() {
	buf := make([]byte, 512)
	for {
		if _, err := h.conn.Read(buf); err != nil {
			return
		}
	}
}

func (h *ByError) Close() error { return h.conn.Close() }

// ByClose ranges over a channel that stop closes.
type ByClose struct {
	Base
	queue, taps, open chan Frame
	Out               chan Frame
}

func (h *ByClose) SessionStart(context.Context) error {
	h.queue, h.taps, h.open = make(chan Frame), make(chan Frame), make(chan Frame)
	go func() { // silent: SessionStop closes the queue
		for range h.queue {
		}
	}()
	go func() { // silent: a function that takes the channel may close it
		for range h.taps {
		}
	}()
	go func() { // silent: whoever got the channel may close it
		for range h.open {
		}
	}()
	go func() { // silent: the field is exported
		for range h.Out {
		}
	}()
	tap(h.taps)
	return nil
}

func tap(chan Frame) {}

// Frames hands a channel out.
func (h *ByClose) Frames() chan Frame { return h.open }

func (h *ByClose) SessionStop(context.Context) error {
	close(h.queue)
	return nil
}

// ByOtherMethod is ended by another method than stop.
type ByOtherMethod struct {
	Base
	done chan struct{}
}

func (h *ByOtherMethod) SessionStart(context.Context) error {
	h.done = make(chan struct{})
	go func() { // silent: Abort closes done
		for {
			select {
			case <-h.done:
				return
			case <-time.After(time.Second):
			}
		}
	}()
	return nil
}

// Abort ends it.
func (h *ByOtherMethod) Abort() { close(h.done) }

func (h *ByOtherMethod) SessionStop(context.Context) error { return nil }

// BySend is ended by a value.
type BySend struct {
	Base
	quit chan bool
}

func (h *BySend) SessionStart(context.Context) error {
	h.quit = make(chan bool)
	go func() { // silent: SessionStop sends to quit
	loop:
		for {
			select {
			case <-h.quit:
				break loop
			case <-time.After(time.Second):
			}
		}
	}()
	return nil
}

func (h *BySend) SessionStop(context.Context) error {
	h.quit <- true
	return nil
}

// Given gets its done channel from elsewhere.
type Given struct {
	Base
	done chan struct{}
}

// NewGiven makes one.
func NewGiven(done chan struct{}) *Given {
	h := &Given{done: done}
	go func() { // silent: done is another's, who may close it
		for {
			select {
			case <-h.done:
				return
			case <-time.After(time.Second):
			}
		}
	}()
	return h
}

func (h *Given) Close() error { return nil }

// Short starts goroutines that end by themselves.
type Short struct{ Base }

func (h *Short) SessionStart(context.Context) error {
	go work()   // silent: it returns
	go func() { // silent: it counts to three
		for range 3 {
			work()
		}
	}()
	go func() { // silent: it panics, exits or goes on
		for {
			work()
			if h.n.Load() > 3 {
				h.fail()
			}
		}
	}()
	go func() { // silent: Goexit
		for {
			goruntime.Goexit()
		}
	}()
	go func() { // silent: the goto leads out
		for {
			if h.n.Load() > 3 {
				goto end
			}
		}
	end:
	}()
	go func() { // silent: it continues the outer loop, which ends
	outer:
		for range 3 {
			for {
				continue outer
			}
		}
	}()
	return nil
}

func (h *Short) fail() { panic(errors.New("too many")) }

func (h *Short) SessionStop(context.Context) error { return nil }

// Unknown runs what nobody knows.
type Unknown struct {
	Base
	run    func()
	source io.Reader
}

func (h *Unknown) SessionStart(context.Context) error {
	go h.run()                       // silent: it is not known
	go io.Copy(io.Discard, h.source) // silent: it is not known
	return nil
}

func (h *Unknown) SessionStop(context.Context) error { return nil }

var (
	sweepOnce sync.Once
	sweeping  bool
)

func sweep() {
	for {
		time.Sleep(time.Hour)
		os.RemoveAll("/tmp/old")
	}
}

// ForProgram starts what the whole program shares.
type ForProgram struct{ Base }

func (h *ForProgram) SessionStart(context.Context) error {
	sweepOnce.Do(func() { go sweep() }) // silent: once for the program
	if !sweeping {
		sweeping = true
		go sweep() // silent: once for the program
	}
	return nil
}

func (h *ForProgram) SessionStop(context.Context) error { return nil }

// NotStarted only stores the function.
type NotStarted struct {
	Base
	loop func()
}

func (h *NotStarted) SessionStart(context.Context) error {
	h.loop = func() { go sweep() } // silent: it is not run
	return nil
}

func (h *NotStarted) SessionStop(context.Context) error { return nil }

// OnlyConstructor has neither start nor stop, but the rest of a handler.
//
//emitcheck:handler hot=Emit
type OnlyConstructor struct{ Base }

// NewOnlyConstructor makes one, for the life of the program.
func NewOnlyConstructor() *OnlyConstructor {
	go sweep() // silent: without a stop it may be meant to last
	return &OnlyConstructor{}
}

// Suppressed says why it is as it is.
type Suppressed struct{ Base }

func (h *Suppressed) SessionStart(context.Context) error {
	//emitcheck:ignore stop-missing there is one session in the program
	go sweep() // silent: suppressed above
	go sweep() //nolint:emitcheck // silent: suppressed here
	return nil
}

func (h *Suppressed) SessionStop(context.Context) error { return nil }
