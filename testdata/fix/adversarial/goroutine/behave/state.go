// Package behave has goroutines that do something else where they are started once.
package behave

import (
	"context"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// SetByHelper: a helper of Emit makes what the loop uses
type SetByHelper struct {
	out  chan int
	conn *conn
}

func (h *SetByHelper) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SetByHelper) Emit(ctx context.Context) (int, error) {
	h.connect()
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SetByHelper) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SetByHelper) loop(ctx context.Context) {
	for {
		f, err := h.conn.next(ctx)
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

func (h *SetByHelper) connect() {
	if h.conn == nil {
		h.conn = newConn()
	}
}

// SetByFunction: a function that Emit calls makes what the loop uses
type SetByFunction struct {
	out  chan int
	conn *conn
}

func (h *SetByFunction) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SetByFunction) Emit(ctx context.Context) (int, error) {
	attachSetByFunction(h)
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SetByFunction) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SetByFunction) loop(ctx context.Context) {
	for {
		f, err := h.conn.next(ctx)
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

func attachSetByFunction(h *SetByFunction) { h.conn = newConn() }

// SetBySetter: a setter that is called between start and Emit gives what the loop uses
type SetBySetter struct {
	out  chan int
	sink func(int)
}

func (h *SetBySetter) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SetBySetter) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SetBySetter) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SetBySetter) loop(ctx context.Context) {
	for i := 0; ; i++ {
		h.sink(i)
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SetSink is called before the first Emit.
func (h *SetBySetter) SetSink(sink func(int)) { h.sink = sink }

// SetByOffer: what the peer offers is known after start
type SetByOffer struct {
	out  chan int
	conn *conn
}

func (h *SetByOffer) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SetByOffer) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SetByOffer) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SetByOffer) loop(ctx context.Context) {
	for {
		f, err := h.conn.next(ctx)
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

// Offer is called when the peer has answered.
func (h *SetByOffer) Offer(c *conn) { h.conn = c }

// SetString: Emit sets the string that the loop reads once
type SetString struct {
	out chan int
	url string
}

func (h *SetString) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SetString) Emit(ctx context.Context) (int, error) {
	h.url = "b"
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SetString) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SetString) loop(ctx context.Context) {
	url := h.url
	for {
		select {
		case h.out <- len(url):
		case <-ctx.Done():
			return
		}
	}
}

// SetRate: Emit sets the number that the loop begins with
type SetRate struct {
	out  chan int
	rate int
}

func (h *SetRate) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SetRate) Emit(ctx context.Context) (int, error) {
	h.rate = 48000
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SetRate) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SetRate) loop(ctx context.Context) {
	for rate := h.rate; ; rate++ {
		select {
		case h.out <- rate:
		case <-ctx.Done():
			return
		}
	}
}

// SetSlice: Emit sets the list that the loop goes through
type SetSlice struct {
	out  chan int
	list []int
}

func (h *SetSlice) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SetSlice) Emit(ctx context.Context) (int, error) {
	h.list = []int{1, 2, 3}
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SetSlice) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SetSlice) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- h.list[i%len(h.list)]:
		case <-ctx.Done():
			return
		}
	}
}

// SetStruct: Emit sets the settings that the loop reads
type SetStruct struct {
	out chan int
	set settings
}

func (h *SetStruct) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SetStruct) Emit(ctx context.Context) (int, error) {
	h.set.rate = 8000
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SetStruct) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SetStruct) loop(ctx context.Context) {
	for i := h.set.rate; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SetElem: Emit makes an element that the loop uses
type SetElem struct {
	out   chan int
	conns map[string]*conn
}

func (h *SetElem) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.conns = make(map[string]*conn)
	return nil
}

func (h *SetElem) Emit(ctx context.Context) (int, error) {
	h.conns["a"] = newConn()
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SetElem) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SetElem) loop(ctx context.Context) {
	for {
		f, err := h.conns["a"].next(ctx)
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

// SetAtomic: Emit stores the pointer that the loop loads
type SetAtomic struct {
	out  chan int
	conn atomic.Pointer[conn]
}

func (h *SetAtomic) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SetAtomic) Emit(ctx context.Context) (int, error) {
	h.conn.Store(newConn())
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SetAtomic) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SetAtomic) loop(ctx context.Context) {
	c := h.conn.Load()
	for {
		f, err := c.next(ctx)
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

// SetFlagFirst: Emit says that it runs, before the loop asks
type SetFlagFirst struct {
	out     chan int
	running atomic.Bool
}

func (h *SetFlagFirst) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	return nil
}

func (h *SetFlagFirst) Emit(ctx context.Context) (int, error) {
	h.running.Store(true)
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SetFlagFirst) SessionStop(ctx context.Context) error {
	h.running.Store(false)
	return nil
}

func (h *SetFlagFirst) loop(ctx context.Context) {
	for h.running.Load() {
		select {
		case h.out <- 1:
		default:
			time.Sleep(time.Millisecond)
		}
	}
}

// SetFlagPlain: Emit says that it runs, before the loop asks
type SetFlagPlain struct {
	out     chan int
	running bool
}

func (h *SetFlagPlain) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	return nil
}

func (h *SetFlagPlain) Emit(ctx context.Context) (int, error) {
	h.running = true
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SetFlagPlain) SessionStop(ctx context.Context) error {
	h.running = false
	return nil
}

func (h *SetFlagPlain) loop(ctx context.Context) {
	for h.running {
		select {
		case h.out <- 1:
		default:
			time.Sleep(time.Millisecond)
		}
	}
}

// SetNested: Emit sets a field of what the handler holds
type SetNested struct {
	out chan int
	st  *state2
}

func (h *SetNested) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.st = new(state2)
	return nil
}

func (h *SetNested) Emit(ctx context.Context) (int, error) {
	h.st.conn = newConn()
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SetNested) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SetNested) loop(ctx context.Context) {
	for {
		f, err := h.st.conn.next(ctx)
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

// SetByRange: Emit sets the field as the variable of a range
type SetByRange struct {
	out  chan int
	conn *conn
}

func (h *SetByRange) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SetByRange) Emit(ctx context.Context) (int, error) {
	for _, h.conn = range []*conn{newConn()} {
	}
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SetByRange) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SetByRange) loop(ctx context.Context) {
	for {
		f, err := h.conn.next(ctx)
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

// SetByMultiple: Emit sets the field as one of two results
type SetByMultiple struct {
	out  chan int
	conn *conn
	err  error
}

func (h *SetByMultiple) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SetByMultiple) Emit(ctx context.Context) (int, error) {
	h.conn, h.err = newConn(), nil
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SetByMultiple) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SetByMultiple) loop(ctx context.Context) {
	for {
		f, err := h.conn.next(ctx)
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

// SetWhole: Emit replaces the whole handler
type SetWhole struct {
	out  chan int
	conn *conn
}

func (h *SetWhole) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *SetWhole) Emit(ctx context.Context) (int, error) {
	*h = SetWhole{out: h.out, conn: newConn()}
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *SetWhole) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SetWhole) loop(ctx context.Context) {
	for {
		f, err := h.conn.next(ctx)
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

// PackageCounter: the number is counted up in a variable of the package
type PackageCounter struct {
	out chan int
}

func (h *PackageCounter) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *PackageCounter) Emit(ctx context.Context) (int, error) {
	packageCounter++
	go h.run(ctx, packageCounter)
	return next(ctx, h.out)
}

func (h *PackageCounter) SessionStop(ctx context.Context) error {
	return nil
}

var packageCounter int

func (h *PackageCounter) run(ctx context.Context, n int) {
	for {
		select {
		case h.out <- n:
		case <-ctx.Done():
			return
		}
	}
}

// PackageCounterHelper: the number is counted up by a helper
type PackageCounterHelper struct {
	out chan int
}

func (h *PackageCounterHelper) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *PackageCounterHelper) Emit(ctx context.Context) (int, error) {
	bump()
	go h.run(ctx, bumped)
	return next(ctx, h.out)
}

func (h *PackageCounterHelper) SessionStop(ctx context.Context) error {
	return nil
}

var bumped int

func bump() { bumped++ }

func (h *PackageCounterHelper) run(ctx context.Context, n int) {
	for {
		select {
		case h.out <- n:
		case <-ctx.Done():
			return
		}
	}
}

// CalledArg: the argument is what a literal with an effect returns
type CalledArg struct {
	out chan int
	n   int
}

func (h *CalledArg) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *CalledArg) Emit(ctx context.Context) (int, error) {
	go h.run(ctx, func() int { return h.bump() }())
	return next(ctx, h.out)
}

func (h *CalledArg) SessionStop(ctx context.Context) error {
	return nil
}

func (h *CalledArg) bump() int { h.n++; return h.n }

func (h *CalledArg) run(ctx context.Context, n int) {
	for {
		select {
		case h.out <- n:
		case <-ctx.Done():
			return
		}
	}
}

// ScannedArg: the argument is printed on each call
type ScannedArg struct {
	out chan int
}

func (h *ScannedArg) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *ScannedArg) Emit(ctx context.Context) (int, error) {
	go h.run(ctx, first(fmt.Println("a call")))
	return next(ctx, h.out)
}

func (h *ScannedArg) SessionStop(ctx context.Context) error {
	return nil
}

func first(n int, err error) int { return n }

func (h *ScannedArg) run(ctx context.Context, n int) {
	for {
		select {
		case h.out <- n:
		case <-ctx.Done():
			return
		}
	}
}

// Watchdog: it interrupts the read of this call when its context ends
type Watchdog struct {
	conn net.Conn
}

func (h *Watchdog) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Watchdog) Emit(ctx context.Context) (int, error) {
	go func() {
		<-ctx.Done()
		h.conn.SetReadDeadline(time.Now())
	}()
	b := make([]byte, 1)
	_, err := h.conn.Read(b)
	return int(b[0]), err
}

func (h *Watchdog) SessionStop(ctx context.Context) error {
	return nil
}

// CondWaker: it wakes this call when its context ends
type CondWaker struct {
	mu   sync.Mutex
	cond *sync.Cond
	n    int
}

func (h *CondWaker) SessionStart(ctx context.Context) error {
	h.cond = sync.NewCond(&h.mu)
	return nil
}

func (h *CondWaker) Emit(ctx context.Context) (int, error) {
	go func() {
		<-ctx.Done()
		h.cond.Broadcast()
	}()
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.n == 0 && ctx.Err() == nil {
		h.cond.Wait()
	}
	return h.n, ctx.Err()
}

func (h *CondWaker) SessionStop(ctx context.Context) error {
	return nil
}

// CondWakerTick: it wakes this call, also now and then
type CondWakerTick struct {
	mu   sync.Mutex
	cond *sync.Cond
	n    int
}

func (h *CondWakerTick) SessionStart(ctx context.Context) error {
	h.cond = sync.NewCond(&h.mu)
	return nil
}

func (h *CondWakerTick) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.n == 0 && ctx.Err() == nil {
		h.cond.Wait()
	}
	return h.n, ctx.Err()
}

func (h *CondWakerTick) SessionStop(ctx context.Context) error {
	return nil
}

func (h *CondWakerTick) loop(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			h.cond.Broadcast()
			return
		case <-time.After(time.Millisecond):
			h.cond.Broadcast()
		}
	}
}

// Progress: it tells how long this call has taken
type Progress struct {
	out chan int
	ms  atomic.Int64
}

func (h *Progress) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *Progress) Emit(ctx context.Context) (int, error) {
	h.ms.Store(0)
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Progress) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Progress) loop(ctx context.Context) {
	for i := int64(0); ; i++ {
		select {
		case <-time.After(time.Millisecond):
			h.ms.Store(i)
		case <-ctx.Done():
			return
		}
	}
}

// Speaking: it begins when somebody speaks
type Speaking struct {
	out      chan int
	speaking bool
}

func (h *Speaking) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *Speaking) Emit(ctx context.Context) (int, error) {
	if h.speaking {
		go h.loop(ctx)
	}
	return next(ctx, h.out)
}

func (h *Speaking) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Speaking) loop(ctx context.Context) {
	defer func() { h.speaking = false }()
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Speaking) Receive(ctx context.Context, f int) error {
	h.speaking = f > 0
	return nil
}

// Reconnect: it begins again when the connection is lost
type Reconnect struct {
	out       chan int
	connected atomic.Bool
	src       pullsource
}

func (h *Reconnect) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *Reconnect) Emit(ctx context.Context) (int, error) {
	if !h.connected.Load() {
		go h.loop(ctx)
	}
	return next(ctx, h.out)
}

func (h *Reconnect) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Reconnect) loop(ctx context.Context) {
	h.connected.Store(true)
	defer h.connected.Store(false)
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

// Interrupted: Interrupt ends it, the next Emit starts it again
type Interrupted struct {
	out  chan int
	quit chan struct{}
}

func (h *Interrupted) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{})
	return nil
}

func (h *Interrupted) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *Interrupted) SessionStop(ctx context.Context) error {
	close(h.quit)
	return nil
}

func (h *Interrupted) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// Interrupt drops what is being said.
func (h *Interrupted) Interrupt() {
	close(h.quit)
	h.quit = make(chan struct{})
}

// InterruptedContext: Interrupt ends it, the next Emit starts it again
type InterruptedContext struct {
	out    chan int
	ctx    context.Context
	cancel context.CancelFunc
}

func (h *InterruptedContext) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.ctx, h.cancel = context.WithCancel(context.Background())
	return nil
}

func (h *InterruptedContext) Emit(ctx context.Context) (int, error) {
	go h.run()
	return next(ctx, h.out)
}

func (h *InterruptedContext) SessionStop(ctx context.Context) error {
	h.cancel()
	return nil
}

// Interrupt drops what is being said.
func (h *InterruptedContext) Interrupt() {
	h.cancel()
	h.ctx, h.cancel = context.WithCancel(context.Background())
}

func (h *InterruptedContext) run() {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.ctx.Done():
			return
		}
	}
}

// InterruptedFlag: Interrupt ends it, the next Emit starts it again
type InterruptedFlag struct {
	out  chan int
	stop atomic.Bool
}

func (h *InterruptedFlag) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 1)
	return nil
}

func (h *InterruptedFlag) Emit(ctx context.Context) (int, error) {
	h.stop.Store(false)
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *InterruptedFlag) SessionStop(ctx context.Context) error {
	h.stop.Store(true)
	return nil
}

func (h *InterruptedFlag) loop(ctx context.Context) {
	for !h.stop.Load() {
		select {
		case h.out <- 1:
		default:
			time.Sleep(time.Millisecond)
		}
	}
}

// Interrupt drops what is being said.
func (h *InterruptedFlag) Interrupt() { h.stop.Store(true) }

// InterruptedOnly: Interrupt cancels what stop cancels, and makes nothing new
type InterruptedOnly struct {
	out  chan int
	quit chan struct{}
}

func (h *InterruptedOnly) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.quit = make(chan struct{}, 1)
	return nil
}

func (h *InterruptedOnly) Emit(ctx context.Context) (int, error) {
	go h.loop(ctx)
	return next(ctx, h.out)
}

func (h *InterruptedOnly) SessionStop(ctx context.Context) error {
	close(h.quit)
	return nil
}

func (h *InterruptedOnly) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-h.quit:
			return
		}
	}
}

// Interrupt ends one loop.
func (h *InterruptedOnly) Interrupt() {
	select {
	case h.quit <- struct{}{}:
	default:
	}
}

// Restart: it is started again when somebody asks for it
type Restart struct {
	out     chan int
	restart bool
}

func (h *Restart) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *Restart) Emit(ctx context.Context) (int, error) {
	if h.restart {
		h.restart = false
		go h.loop(ctx)
	}
	return next(ctx, h.out)
}

func (h *Restart) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Restart) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *Restart) Receive(ctx context.Context, f int) error {
	h.restart = f > 0
	return nil
}

// TwoModes: one of two loops, as the mode says
type TwoModes struct {
	out  chan int
	mode int
}

func (h *TwoModes) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *TwoModes) Emit(ctx context.Context) (int, error) {
	if h.mode == 0 {
		go h.loop(ctx)
	} else {
		go h.other(ctx)
	}
	return next(ctx, h.out)
}

func (h *TwoModes) SessionStop(ctx context.Context) error {
	return nil
}

func (h *TwoModes) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *TwoModes) other(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- -i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *TwoModes) Receive(ctx context.Context, f int) error {
	h.mode = f
	return nil
}

// InSwitch: it is started in one case of a switch
type InSwitch struct {
	out  chan int
	mode int
}

func (h *InSwitch) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *InSwitch) Emit(ctx context.Context) (int, error) {
	switch h.mode++; h.mode {
	case 1, 5:
		go h.loop(ctx)
	}
	return next(ctx, h.out)
}

func (h *InSwitch) SessionStop(ctx context.Context) error {
	return nil
}

func (h *InSwitch) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// InSelect: it is started when a request comes, for this request
type InSelect struct {
	out chan int
	req chan int
}

func (h *InSelect) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.req = make(chan int)
	return nil
}

func (h *InSelect) Emit(ctx context.Context) (int, error) {
	select {
	case <-h.req:
		go h.loop(ctx)
		return 0, nil
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *InSelect) SessionStop(ctx context.Context) error {
	return nil
}

func (h *InSelect) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *InSelect) Receive(ctx context.Context, f int) error {
	select {
	case h.req <- f:
	case <-ctx.Done():
	}
	return nil
}

// InDefer: it is started when the call ends
type InDefer struct {
	out chan int
}

func (h *InDefer) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *InDefer) Emit(ctx context.Context) (int, error) {
	defer func() { go h.loop(ctx) }()
	return next(ctx, h.out)
}

func (h *InDefer) SessionStop(ctx context.Context) error {
	return nil
}

func (h *InDefer) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// InLiteral: it is started in a literal that is called
type InLiteral struct {
	out chan int
}

func (h *InLiteral) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *InLiteral) Emit(ctx context.Context) (int, error) {
	func() { go h.loop(ctx) }()
	return next(ctx, h.out)
}

func (h *InLiteral) SessionStop(ctx context.Context) error {
	return nil
}

func (h *InLiteral) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// InLoop: several on purpose
type InLoop struct {
	out chan int
}

func (h *InLoop) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *InLoop) Emit(ctx context.Context) (int, error) {
	for range 4 {
		go h.loop(ctx)
	}
	return next(ctx, h.out)
}

func (h *InLoop) SessionStop(ctx context.Context) error {
	return nil
}

func (h *InLoop) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Grow: one more worker with each call, up to a number
type Grow struct {
	out chan int
	n   atomic.Int32
}

func (h *Grow) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *Grow) Emit(ctx context.Context) (int, error) {
	if h.n.Add(1) <= 4 {
		go h.loop(ctx)
	}
	return next(ctx, h.out)
}

func (h *Grow) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Grow) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// GrowSwitch: one more worker with each call, up to a number
type GrowSwitch struct {
	out chan int
	n   int
}

func (h *GrowSwitch) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *GrowSwitch) Emit(ctx context.Context) (int, error) {
	switch {
	case h.n < 4:
		h.n++
		go h.loop(ctx)
	}
	return next(ctx, h.out)
}

func (h *GrowSwitch) SessionStop(ctx context.Context) error {
	return nil
}

func (h *GrowSwitch) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// GrowLocal: one more worker while there are few
type GrowLocal struct {
	out chan int
	n   int
}

func (h *GrowLocal) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	return nil
}

func (h *GrowLocal) Emit(ctx context.Context) (int, error) {
	few := h.n < 4
	if few {
		h.n++
		go h.loop(ctx)
	}
	return next(ctx, h.out)
}

func (h *GrowLocal) SessionStop(ctx context.Context) error {
	return nil
}

func (h *GrowLocal) loop(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// GrowLen: one worker for each that waits
type GrowLen struct {
	out chan int
	in  chan int
}

func (h *GrowLen) SessionStart(ctx context.Context) error {
	h.out = make(chan int)
	h.in = make(chan int, 16)
	return nil
}

func (h *GrowLen) Emit(ctx context.Context) (int, error) {
	if len(h.in) > 8 {
		go h.loop(ctx)
	}
	return next(ctx, h.out)
}

func (h *GrowLen) SessionStop(ctx context.Context) error {
	return nil
}

func (h *GrowLen) loop(ctx context.Context) {
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

type conn struct{ n chan int }

func newConn() *conn { return &conn{make(chan int)} }

func (c *conn) next(ctx context.Context) (int, error) { return next(ctx, c.n) }

type settings struct{ rate int }

type state2 struct{ conn *conn }

type pullsource interface {
	Next(ctx context.Context) (int, error)
}

// base is embedded by FromEmbedded and FromEmbedded2.
type base struct{ out chan int }

func (b *base) SessionStart(ctx context.Context) error {
	b.out = make(chan int)
	return nil
}

func (b *base) SessionStop(ctx context.Context) error { return nil }

func (b *base) produce(ctx context.Context) {
	for {
		select {
		case b.out <- 1:
		case <-ctx.Done():
			return
		}
	}
}
