// Package lazy holds cases for lazy-start: what a hot method creates under a
// guard that holds. It is run with all rules on.
package lazy

import (
	"context"
	"iter"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// Frame is one block of samples.
type Frame []int16

// Record is one unit of a stream that is handed in.
type Record []byte

func work() {}

// ---- sync.Once ----

// OnceLiteral runs a literal once.
type OnceLiteral struct{ once sync.Once }

func (h *OnceLiteral) Emit(ctx context.Context) (Frame, error) {
	h.once.Do(func() {
		go work() // want `on the first call.*lazy-start`
	})
	return Frame{}, nil
}

func (h *OnceLiteral) Close() error { return nil }

// OnceMethod runs a method once.
type OnceMethod struct{ once sync.Once }

func (h *OnceMethod) start() { go work() }

func (h *OnceMethod) Emit(ctx context.Context) (Frame, error) {
	h.once.Do(h.start) // want `on the first call.*lazy-start`
	return Frame{}, nil
}

func (h *OnceMethod) Close() error { return nil }

// OnceEmbedded embeds the Once.
type OnceEmbedded struct {
	sync.Once
	frames chan Frame
}

func (h *OnceEmbedded) Emit(ctx context.Context) (int, error) {
	h.Do(func() {
		h.frames = make(chan Frame, 8) // want `on the first call.*lazy-start`
	})
	return len(h.frames), nil
}

func (h *OnceEmbedded) Close() error { return nil }

var once sync.Once

// OncePackage uses one of the package.
type OncePackage struct{}

func (h *OncePackage) Emit(ctx context.Context) (Frame, error) {
	once.Do(func() {
		go work() // want `on the first call.*lazy-start`
	})
	return Frame{}, nil
}

func (h *OncePackage) Close() error { return nil }

// OnceInHelper runs it in a helper.
type OnceInHelper struct{ once sync.Once }

func (h *OnceInHelper) ensure() {
	h.once.Do(func() { go work() })
}

func (h *OnceInHelper) Emit(ctx context.Context) (Frame, error) {
	h.ensure() // want `on the first call: \(\*OnceInHelper\)\.Emit → \(\*OnceInHelper\)\.ensure .*lazy-start`
	return Frame{}, nil
}

func (h *OnceInHelper) Close() error { return nil }

// OnceLocal has a new one in each call.
type OnceLocal struct{}

func (h *OnceLocal) Emit(ctx context.Context) (Frame, error) {
	var once sync.Once
	once.Do(func() {
		go work() // want `emit-goroutine`
	})
	return Frame{}, nil
}

func (h *OnceLocal) Close() error { return nil }

// ---- nil ----

// NilChannel makes the channel of the first call.
type NilChannel struct{ frames chan Frame }

func (h *NilChannel) Emit(ctx context.Context) (int, error) {
	if h.frames == nil {
		h.frames = make(chan Frame, 8) // want `on the first call.*lazy-start`
		go h.produce()                 // want `on the first call.*lazy-start`
	}
	return len(h.frames), nil
}

func (h *NilChannel) produce() {
	for range 8 {
		h.frames <- Frame{}
	}
}

func (h *NilChannel) Close() error { return nil }

// NilReversed compares the other way round.
type NilReversed struct{ conn net.Conn }

func (h *NilReversed) Emit(rec Record) error {
	if nil == h.conn {
		conn, err := net.Dial("tcp", "localhost:1") // want `on the first call.*lazy-start`
		if err != nil {
			return err
		}
		h.conn = conn
	}
	_, err := h.conn.Write(rec)
	return err
}

func (h *NilReversed) Close() error { return h.conn.Close() }

// NilFile assigns the field with the error.
type NilFile struct{ f *os.File }

func (h *NilFile) Emit(rec Record) (err error) {
	if h.f == nil {
		if h.f, err = os.Create("records"); err != nil { // want `on the first call.*lazy-start`
			return err
		}
	}
	_, err = h.f.Write(rec)
	return err
}

func (h *NilFile) Close() error { return h.f.Close() }

// NilFunction pulls a sequence of its own.
type NilFunction struct {
	seq  iter.Seq[int]
	next func() (int, bool)
	stop func()
}

func (h *NilFunction) Emit(ctx context.Context) (int, error) {
	if h.next == nil {
		h.next, h.stop = iter.Pull(h.seq) // want `on the first call.*lazy-start`
	}
	v, _ := h.next()
	return v, nil
}

func (h *NilFunction) Close() error {
	if h.stop != nil {
		h.stop()
	}
	return nil
}

// NilTicker makes its ticker at rate frame.
type NilTicker struct{ tick *time.Ticker }

func (h *NilTicker) Emit(ctx context.Context) (Frame, error) {
	if h.tick == nil {
		h.tick = time.NewTicker(time.Second) // want `on the first call.*lazy-start`
	}
	select {
	case <-h.tick.C:
		return Frame{}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (h *NilTicker) Close() error {
	h.tick.Stop()
	return nil
}

// NilEarlyReturn returns early in a helper.
type NilEarlyReturn struct{ frames chan Frame }

func (h *NilEarlyReturn) ensure() {
	if h.frames != nil {
		return
	}
	h.frames = make(chan Frame, 8)
}

func (h *NilEarlyReturn) Emit(ctx context.Context) (int, error) {
	h.ensure() // want `on the first call: \(\*NilEarlyReturn\)\.Emit → \(\*NilEarlyReturn\)\.ensure .*lazy-start`
	return len(h.frames), nil
}

func (h *NilEarlyReturn) Close() error { return nil }

// NilElse creates in the other branch.
type NilElse struct{ frames chan Frame }

func (h *NilElse) Emit(ctx context.Context) (n int, err error) {
	if h.frames != nil {
		n = len(h.frames)
	} else {
		h.frames = make(chan Frame, 8) // want `on the first call.*lazy-start`
	}
	return n, nil
}

func (h *NilElse) Close() error { return nil }

// NilNested guards a field of a field.
type NilNested struct {
	state struct{ frames chan Frame }
}

func (h *NilNested) Emit(ctx context.Context) (int, error) {
	if s := &h.state; h.state.frames == nil {
		h.state.frames = make(chan Frame, 8) // want `on the first call.*lazy-start`
		_ = s
	}
	return len(h.state.frames), nil
}

func (h *NilNested) Close() error { return nil }

// NilLocked checks under a mutex.
type NilLocked struct {
	mu     sync.Mutex
	frames chan Frame
}

func (h *NilLocked) Emit(ctx context.Context) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.frames == nil {
		h.frames = make(chan Frame, 8) // want `on the first call.*lazy-start`
	}
	return len(h.frames), nil
}

func (h *NilLocked) Close() error { return nil }

// ---- bool and zero ----

// Started sets a flag.
type Started struct{ started bool }

func (h *Started) Emit(ctx context.Context) (Frame, error) {
	if !h.started {
		h.started = true
		go work() // want `on the first call.*lazy-start`
	}
	return Frame{}, nil
}

func (h *Started) Close() error { return nil }

// StartedAfter sets it behind the effect.
type StartedAfter struct{ started bool }

func (h *StartedAfter) Emit(ctx context.Context) (Frame, error) {
	if h.started == false {
		go work() // want `on the first call.*lazy-start`
		h.started = true
	}
	return Frame{}, nil
}

func (h *StartedAfter) Close() error { return nil }

// StartedEarlyReturn returns early in the hot method.
type StartedEarlyReturn struct{ started bool }

func (h *StartedEarlyReturn) Emit(ctx context.Context) (Frame, error) {
	if h.started {
		return Frame{}, nil
	}
	h.started = true
	go work() // want `on the first call.*lazy-start`
	return Frame{}, nil
}

func (h *StartedEarlyReturn) Close() error { return nil }

// StartedInHelper sets it in the helper that starts.
type StartedInHelper struct{ started bool }

func (h *StartedInHelper) start() {
	h.started = true
	go work()
}

func (h *StartedInHelper) Emit(ctx context.Context) (Frame, error) {
	if !h.started {
		h.start() // want `on the first call: \(\*StartedInHelper\)\.Emit → \(\*StartedInHelper\)\.start .*lazy-start`
	}
	return Frame{}, nil
}

func (h *StartedInHelper) Close() error { return nil }

// Inverted has a flag that begins true.
type Inverted struct{ fresh bool }

func (h *Inverted) Emit(ctx context.Context) (Frame, error) {
	if h.fresh {
		h.fresh = false
		go work() // want `on the first call.*lazy-start`
	}
	return Frame{}, nil
}

func (h *Inverted) Close() error { return nil }

// Zero counts the calls.
type Zero struct{ n int }

func (h *Zero) Emit(ctx context.Context) (int, error) {
	if h.n == 0 {
		h.n = 1
		go work() // want `on the first call.*lazy-start`
	}
	return h.n, nil
}

func (h *Zero) Close() error { return nil }

// ---- atomics ----

// Swapped compares and swaps.
type Swapped struct{ started atomic.Bool }

func (h *Swapped) Emit(ctx context.Context) (Frame, error) {
	if h.started.CompareAndSwap(false, true) {
		go work() // want `on the first call.*lazy-start`
	}
	return Frame{}, nil
}

func (h *Swapped) Close() error { return nil }

// SwappedFunction does it with a function.
type SwappedFunction struct{ started int32 }

func (h *SwappedFunction) Emit(ctx context.Context) (Frame, error) {
	if !atomic.CompareAndSwapInt32(&h.started, 0, 1) {
		return Frame{}, nil
	}
	go work() // want `on the first call.*lazy-start`
	return Frame{}, nil
}

func (h *SwappedFunction) Close() error { return nil }

// ---- maps ----

// Missed makes one channel for each key.
type Missed struct{ queues map[string]chan Record }

func (h *Missed) Emit(rec Record) error {
	key := string(rec[:1])
	if _, ok := h.queues[key]; !ok {
		h.queues[key] = make(chan Record, 8) // want `on the first call.*lazy-start`
	}
	return nil
}

func (h *Missed) Close() error { return nil }

// MissedBefore asks before the if statement.
type MissedBefore struct{ queues map[byte]chan Record }

func (h *MissedBefore) Emit(rec Record) error {
	q, ok := h.queues[rec[0]]
	if !ok {
		q = make(chan Record, 8) // want `on the first call.*lazy-start`
		h.queues[rec[0]] = q
	}
	select {
	case q <- rec:
	default:
	}
	return nil
}

func (h *MissedBefore) Close() error { return nil }

// ---- other rates and rules ----

// OtherRules has guarded and unguarded effects side by side.
type OtherRules struct{ frames chan Frame }

func (h *OtherRules) Emit(ctx context.Context) (Frame, error) {
	if h.frames == nil {
		h.frames = make(chan Frame, 8) // want `lazy-start`
	}
	go work()                    // want `on each call.*emit-goroutine`
	time.Sleep(time.Millisecond) // want `on each call.*emit-blocking`
	return Frame{}, nil
}

func (h *OtherRules) Close() error { return nil }

// InStart needs no guard.
type InStart struct{ frames chan Frame }

func (h *InStart) SessionStart(ctx context.Context) error {
	h.frames = make(chan Frame, 8) // silent: where it belongs
	return nil
}

func (h *InStart) Emit(ctx context.Context) (int, error) {
	if h.frames == nil {
		return 0, nil // silent: creates nothing
	}
	return len(h.frames), nil
}

func (h *InStart) SessionStop(ctx context.Context) error { return nil }

// GuardedQuiet has a guard and creates nothing that lives on.
type GuardedQuiet struct{ seen map[string]bool }

func (h *GuardedQuiet) Emit(rec Record) error {
	if h.seen == nil {
		h.seen = make(map[string]bool) // silent: a map
	}
	h.seen[string(rec)] = true
	return nil
}

func (h *GuardedQuiet) Close() error { return nil }

// ---- guards that do not hold ----

// SetByGoroutine has its flag set by what it starts.
type SetByGoroutine struct{ connected bool }

func (h *SetByGoroutine) run() {
	h.connected = true
	work()
}

func (h *SetByGoroutine) Emit(ctx context.Context) (Frame, error) {
	if !h.connected {
		go h.run() // want `set only by the goroutine it starts.*emit-goroutine`
	}
	return Frame{}, nil
}

func (h *SetByGoroutine) Close() error { return nil }

// SetByLiteral has it set by a literal that it starts.
type SetByLiteral struct{ frames chan Frame }

func (h *SetByLiteral) Emit(ctx context.Context) (int, error) {
	if h.frames == nil {
		go func() { // want `set only by the goroutine it starts.*emit-goroutine`
			h.frames = make(chan Frame, 8)
		}()
	}
	return len(h.frames), nil
}

func (h *SetByLiteral) Close() error { return nil }

// NeverSet forgets to set it.
type NeverSet struct{ started bool }

func (h *NeverSet) Emit(ctx context.Context) (Frame, error) {
	if !h.started {
		go work() // want `emit-goroutine`
	}
	return Frame{}, nil
}

func (h *NeverSet) Close() error { return nil }

// Reset clears it in the same method.
type Reset struct{ frames chan Frame }

func (h *Reset) Emit(ctx context.Context) (n int, err error) {
	if h.frames == nil {
		h.frames = make(chan Frame, 8) // want `emit-channel`
	}
	n = len(h.frames)
	h.frames = nil
	return n, nil
}

func (h *Reset) Close() error { return nil }

// LocalState guards with a variable of the call.
type LocalState struct{}

func (h *LocalState) Emit(ctx context.Context) (int, error) {
	var frames chan Frame
	if frames == nil {
		frames = make(chan Frame, 8) // want `emit-channel`
	}
	return cap(frames), nil
}

func (h *LocalState) Close() error { return nil }
