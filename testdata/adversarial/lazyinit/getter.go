package lazyinit

import (
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"

	"corpus/adversarial/lazyinit/memo"
)

// ConnGetter dials on first use.
type ConnGetter struct {
	session
	mu sync.Mutex
	c  net.Conn
}

func (h *ConnGetter) conn() (net.Conn, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.c != nil {
		return h.c, nil
	}
	c, err := net.Dial("tcp", "localhost:9")
	if err != nil {
		return nil, err
	}
	h.c = c
	return c, nil
}

func (h *ConnGetter) Emit(_ context.Context, r Record) error {
	c, err := h.conn() // silent: dialled once
	if err != nil {
		return err
	}
	_, err = c.Write(r.Body)
	return err
}

// ConnGetterNamed has named results and bare returns.
type ConnGetterNamed struct {
	session
	c net.Conn
}

func (h *ConnGetterNamed) conn() (c net.Conn, err error) {
	if c = h.c; c != nil {
		return
	}
	if c, err = net.Dial("tcp", "localhost:9"); err != nil {
		return
	}
	h.c = c
	return
}

func (h *ConnGetterNamed) Emit(_ context.Context, r Record) error {
	c, err := h.conn() // silent: dialled once
	if err != nil {
		return err
	}
	_, err = c.Write(r.Body)
	return err
}

// ConnGetterIfInit keeps the field in the init of the if.
type ConnGetterIfInit struct {
	session
	c net.Conn
}

func (h *ConnGetterIfInit) conn() net.Conn {
	if c := h.c; c != nil {
		return c
	}
	c, err := net.Dial("udp", "localhost:9")
	if err != nil {
		return nil
	}
	h.c = c
	return c
}

func (h *ConnGetterIfInit) Emit(_ context.Context, r Record) error {
	if c := h.conn(); c != nil { // silent: dialled once
		_, err := c.Write(r.Body)
		return err
	}
	return nil
}

// ConnGetterSwitch asks in a switch.
type ConnGetterSwitch struct {
	session
	c net.Conn
}

func (h *ConnGetterSwitch) conn() net.Conn {
	switch {
	case h.c != nil:
		return h.c
	}
	c, err := net.Dial("udp", "localhost:9")
	if err != nil {
		return nil
	}
	h.c = c
	return c
}

func (h *ConnGetterSwitch) Emit(_ context.Context, r Record) error {
	// A limit, it should be silent: dialled once
	c := h.conn() // want `emit-resource`
	_, err := c.Write(r.Body)
	return err
}

// ConnGetterForgets never keeps what it dials.
type ConnGetterForgets struct {
	session
	c net.Conn
}

func (h *ConnGetterForgets) conn() (net.Conn, error) {
	if h.c != nil {
		return h.c, nil
	}
	return net.Dial("tcp", "localhost:9")
}

func (h *ConnGetterForgets) Emit(_ context.Context, r Record) error {
	c, err := h.conn() // want `emit-resource`
	if err != nil {
		return err
	}
	_, err = c.Write(r.Body)
	return err
}

// ConnGetterShadow keeps it in a variable that shadows the field's copy.
type ConnGetterShadow struct {
	session
	c net.Conn
}

func (h *ConnGetterShadow) Emit(_ context.Context, r Record) error {
	c := h.c
	if c == nil {
		c, err := net.Dial("tcp", "localhost:9") // want `emit-resource`
		if err != nil {
			return err
		}
		_, err = c.Write(r.Body)
		return err
	}
	_, err := c.Write(r.Body)
	return err
}

// lazy is made when it is first asked for.
type lazy[T any] struct {
	mu   sync.Mutex
	done bool
	v    T
}

func (l *lazy[T]) get(f func() T) T {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.done {
		l.v = f()
		l.done = true
	}
	return l.v
}

// GenericLazy has a generic value made once.
type GenericLazy struct {
	session
	out lazy[chan Record]
}

func (h *GenericLazy) Emit(_ context.Context, r Record) error {
	out := h.out.get(func() chan Record {
		go h.loop()                 // silent: once per session
		return make(chan Record, 8) // silent: once per session
	})
	out <- r
	return nil
}

// GenericLazyLocal has one that is new in each call.
type GenericLazyLocal struct{ session }

func (h *GenericLazyLocal) Emit(_ context.Context, r Record) error {
	var l lazy[int]
	l.get(func() int {
		go h.loop() // want `emit-goroutine`
		return 1
	})
	return nil
}

// MemoLazy has a value of another package made once.
type MemoLazy struct {
	session
	out memo.Value[chan Record]
}

func (h *MemoLazy) Emit(_ context.Context, r Record) error {
	out := h.out.Get(func() chan Record {
		go h.loop()                 // silent: once per session
		return make(chan Record, 8) // silent: once per session
	})
	out <- r
	return nil
}

// MemoBase embeds a base of another package.
type MemoBase struct {
	session
	memo.Base
}

func (h *MemoBase) Emit(_ context.Context, r Record) error {
	h.EnsureStarted() // silent: once per session
	h.Queue <- r.Key
	return nil
}

// MemoBaseRestart calls the one that does not ask.
type MemoBaseRestart struct {
	session
	memo.Base
}

func (h *MemoBaseRestart) Emit(_ context.Context, r Record) error {
	h.Restart() // want `emit-goroutine`
	h.Queue <- r.Key
	return nil
}

// MemoBaseFresh makes the base anew.
type MemoBaseFresh struct{ session }

func (h *MemoBaseFresh) Emit(_ context.Context, r Record) error {
	b := new(memo.Base)
	b.EnsureStarted() // want `emit-goroutine`
	b.Queue <- r.Key
	return nil
}

// MemoFlag passes its flag to another package.
type MemoFlag struct {
	session
	started bool
}

func (h *MemoFlag) Emit(_ context.Context, r Record) error {
	memo.Ensure(&h.started, func() {
		go h.loop() // silent: once per session
	})
	return h.send(r.Key)
}

// MemoFlagLocal passes a flag of its own.
type MemoFlagLocal struct{ session }

func (h *MemoFlagLocal) Emit(_ context.Context, r Record) error {
	started := false
	memo.Ensure(&started, func() {
		go h.loop() // want `emit-goroutine`
	})
	return h.send(r.Key)
}

var sharedClient = sync.OnceValue(func() *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConns: 4}}
})

// SharedClient uses a client of the process.
type SharedClient struct {
	session
	c *http.Client
}

func (h *SharedClient) Emit(context.Context) (Frame, error) {
	h.c = sharedClient() // silent: once per process
	return Frame{}, nil
}

// OnceValuesField dials once, at a value made by its constructor.
type OnceValuesField struct {
	session
	dial func() (net.Conn, error)
}

func NewOnceValuesField(addr string) *OnceValuesField {
	return &OnceValuesField{dial: sync.OnceValues(func() (net.Conn, error) { return net.Dial("tcp", addr) })}
}

func (h *OnceValuesField) Emit(_ context.Context, r Record) error {
	c, err := h.dial() // silent: once per session
	if err != nil {
		return err
	}
	_, err = c.Write(r.Body)
	return err
}

// slot is one of many things that start once.
type slot struct {
	once sync.Once
	ch   chan Record
}

// OncePerSlot has a once for each key.
type OncePerSlot struct {
	session
	slots map[string]*slot
}

func (h *OncePerSlot) Emit(_ context.Context, r Record) error {
	s := h.slots[r.Zone]
	s.once.Do(func() {
		s.ch = make(chan Record, 8) // silent: once for each key
		go h.loop()                 // silent: once for each key
	})
	s.ch <- r
	return nil
}

// OncePerIndex has an array of them.
type OncePerIndex struct {
	session
	slots [16]slot
}

func (h *OncePerIndex) Emit(_ context.Context, r Record) error {
	s := &h.slots[len(r.Key)%len(h.slots)]
	s.once.Do(func() {
		s.ch = make(chan Record, 8) // silent: once for each slot
		go h.loop()                 // silent: once for each slot
	})
	s.ch <- r
	return nil
}

// OnceOfRecord has a once that each record brings.
type OnceOfRecord struct{ session }

// Ticket is handed in.
type Ticket struct {
	Once    sync.Once
	Started bool
}

func (h *OnceOfRecord) Emit(_ context.Context, t *Ticket) error {
	t.Once.Do(func() {
		go h.loop() // want `emit-goroutine`
	})
	return nil
}

// FlagOfRecord has a flag that each record brings.
type FlagOfRecord struct{ session }

func (h *FlagOfRecord) Emit(_ context.Context, t *Ticket) error {
	if !t.Started {
		t.Started = true
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

// DeferredOnce starts on the way out.
type DeferredOnce struct {
	session
	once sync.Once
}

func (h *DeferredOnce) begin() { go h.loop() }

func (h *DeferredOnce) Emit(_ context.Context, r Record) error {
	defer h.once.Do(h.begin) // silent: once per session
	return h.send(r.Key)
}

// SpawnedOnce asks the once in a goroutine for each record.
type SpawnedOnce struct {
	session
	once sync.Once
}

func (h *SpawnedOnce) Emit(_ context.Context, r Record) error {
	go h.once.Do(h.loop) // want `on each call.*emit-goroutine`
	return h.send(r.Key)
}

var processStarted bool

// ProcessFlag has a flag of the package.
type ProcessFlag struct{ session }

func (h *ProcessFlag) Emit(_ context.Context, r Record) error {
	if !processStarted {
		processStarted = true
		go h.loop() // silent: once per process
	}
	return h.send(r.Key)
}

// WithLock passes the guarded part to a helper.
type WithLock struct {
	session
	mu  sync.Mutex
	out chan Record
}

func (h *WithLock) locked(f func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f()
}

func (h *WithLock) Emit(_ context.Context, r Record) error {
	h.locked(func() {
		if h.out == nil {
			h.out = make(chan Record, 8) // silent: once per session
			go h.loop()                  // silent: once per session
		}
	})
	h.out <- r
	return nil
}

// WithLockNone passes one that does not ask.
type WithLockNone struct {
	session
	mu  sync.Mutex
	out chan Record
}

func (h *WithLockNone) locked(f func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f()
}

func (h *WithLockNone) Emit(_ context.Context, r Record) error {
	h.locked(func() {
		h.out = make(chan Record, 8) // want `emit-channel`
		go h.loop()                  // want `on each call.*emit-goroutine`
	})
	h.out <- r
	return nil
}

// queue is kept behind a pointer.
type queue struct {
	started bool
	ch      chan Record
}

func (q *queue) run(quit chan struct{}) { <-quit }

// PointerSwap keeps what won the race.
type PointerSwap struct {
	session
	q atomic.Pointer[queue]
}

func (h *PointerSwap) Emit(_ context.Context, r Record) error {
	if h.q.Load() == nil {
		q := &queue{ch: make(chan Record, 8)} // silent: once per session
		if h.q.CompareAndSwap(nil, q) {
			go q.run(h.quit) // silent: once per session
		}
	}
	h.q.Load().ch <- r
	return nil
}

// PointerGetter does it in a getter.
type PointerGetter struct {
	session
	q atomic.Pointer[queue]
}

func (h *PointerGetter) queue() *queue {
	if q := h.q.Load(); q != nil {
		return q
	}
	q := &queue{ch: make(chan Record, 8)}
	if !h.q.CompareAndSwap(nil, q) {
		return h.q.Load()
	}
	go q.run(h.quit)
	return q
}

func (h *PointerGetter) Emit(_ context.Context, r Record) error {
	h.queue().ch <- r // silent: once per session
	return nil
}

// AtomicValue holds it in an atomic.Value.
type AtomicValue struct {
	session
	v atomic.Value
}

func (h *AtomicValue) Emit(_ context.Context, r Record) error {
	if h.v.Load() == nil {
		h.v.Store(make(chan Record, 8)) // silent: once per session
	}
	h.v.Load().(chan Record) <- r
	return nil
}

// PointerToFlag asks through a pointer to the flag.
type PointerToFlag struct {
	session
	started bool
}

func (h *PointerToFlag) Emit(_ context.Context, r Record) error {
	if p := &h.started; !*p {
		*p = true
		go h.loop() // silent: once per session
	}
	return h.send(r.Key)
}

// StateGetter gets its state from a method.
type StateGetter struct {
	session
	q queue
}

func (h *StateGetter) state() *queue { return &h.q }

func (h *StateGetter) Emit(_ context.Context, r Record) error {
	q := h.state()
	if !q.started {
		q.started = true
		go q.run(h.quit) // silent: once per session
	}
	return h.send(r.Key)
}

// WholeStruct sets the flag with the struct around it.
type WholeStruct struct {
	session
	q queue
}

func (h *WholeStruct) Emit(_ context.Context, r Record) error {
	if h.q.ch == nil {
		h.q = queue{ch: make(chan Record, 8)} // silent: once per session
		go h.q.run(h.quit)                    // silent: once per session
	}
	h.q.ch <- r
	return nil
}

// WholePointer sets the flag with the pointer to it.
type WholePointer struct {
	session
	q *queue
}

func (h *WholePointer) Emit(_ context.Context, r Record) error {
	if h.q == nil || !h.q.started {
		h.q = &queue{started: true, ch: make(chan Record, 8)} // silent: once per session
	}
	h.q.ch <- r
	return nil
}

// WholeReceiver sets it with the receiver.
type WholeReceiver struct {
	*session
	out chan Record
}

func (h *WholeReceiver) Emit(_ context.Context, r Record) error {
	if h.out == nil {
		*h = WholeReceiver{session: h.session, out: make(chan Record, 8)} // silent: once per session
	}
	h.out <- r
	return nil
}

// Ensures asks, opens and remembers in three helpers.
type Ensures struct {
	session
	ready bool
	w     io.WriteCloser
}

func (h *Ensures) open() error {
	c, err := net.Dial("tcp", "localhost:9")
	if err != nil {
		return err
	}
	h.w = c
	go h.loop()
	return nil
}

func (h *Ensures) ensure() error {
	if h.ready {
		return nil
	}
	if err := h.open(); err != nil {
		return err
	}
	h.ready = true
	return nil
}

func (h *Ensures) Emit(_ context.Context, r Record) error {
	if err := h.ensure(); err != nil { // silent: once per session
		return err
	}
	_, err := h.w.Write(r.Body)
	return err
}

// NeedsStart asks in one helper and starts in another.
type NeedsStart struct {
	session
	mu      sync.Mutex
	running bool
}

func (h *NeedsStart) needsStart() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !h.running
}

func (h *NeedsStart) begin() {
	h.mu.Lock()
	h.running = true
	h.mu.Unlock()
	go h.loop()
}

func (h *NeedsStart) Emit(_ context.Context, r Record) error {
	if h.needsStart() {
		h.begin() // silent: once per session
	}
	return h.send(r.Key)
}

// ClaimStart claims the start in a helper that says whether it was the first.
type ClaimStart struct {
	session
	mu      sync.Mutex
	running bool
}

func (h *ClaimStart) claim() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.running {
		return false
	}
	h.running = true
	return true
}

func (h *ClaimStart) Emit(_ context.Context, r Record) error {
	if h.claim() {
		go h.loop() // silent: once per session
	}
	return h.send(r.Key)
}

// ClaimMap claims a key.
type ClaimMap struct {
	session
	seen map[string]struct{}
}

func (h *ClaimMap) first(key string) bool {
	if _, ok := h.seen[key]; ok {
		return false
	}
	h.seen[key] = struct{}{}
	return true
}

func (h *ClaimMap) Emit(_ context.Context, r Record) error {
	if !h.first(r.Key) {
		return nil
	}
	go h.loop() // silent: once for each key
	return nil
}
