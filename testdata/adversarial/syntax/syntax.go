// Package syntax holds odd spellings of what starts something, and of what
// does not.
package syntax

import (
	"context"
	clock "time"

	. "corpus/adversarial/syntax/lib"
)

// Record is what a handler of rate record is handed.
type Record struct {
	Key     string
	Targets []string
}

// Frame is what a handler of rate frame hands out.
type Frame struct{ Samples []int16 }

type session struct {
	quit chan struct{}
	n    int
}

func (s *session) SessionStart(context.Context) error {
	s.quit = make(chan struct{})
	return nil
}

func (s *session) SessionStop(context.Context) error {
	close(s.quit)
	return nil
}

func (s *session) loop() { <-s.quit }

func (s *session) spawn() { go s.loop() }

func (s *session) send(string) error {
	s.n++
	return nil
}

// DotImport calls a function without its package's name.
type DotImport struct{ session }

func (h *DotImport) Emit(context.Context, Record) error {
	Spawn(h.loop) // want `on each call: .*lib\.Spawn .*emit-goroutine`
	return nil
}

// DotImportGeneric calls a generic one.
type DotImportGeneric struct{ session }

func (h *DotImportGeneric) Emit(_ context.Context, r Record) error {
	for range Feed(r.Targets...) { // silent: taken to its end
		h.n++
	}
	return nil
}

// DotImportGenericOne takes one value of it.
type DotImportGenericOne struct{ session }

func (h *DotImportGenericOne) Emit(_ context.Context, r Record) error {
	h.n += <-Feed[int](1, 2) // want `emit-generator`
	return nil
}

// Renamed calls time by another name.
type Renamed struct{ session }

func (h *Renamed) Emit(context.Context) (Frame, error) {
	t := clock.NewTicker(clock.Millisecond) // want `over when the call returns.*emit-resource`
	defer t.Stop()
	clock.Sleep(clock.Millisecond) // want `emit-blocking`
	return Frame{}, nil
}

// ShadowedMake calls a function named make.
type ShadowedMake struct {
	session
	out chan Record
}

func (h *ShadowedMake) Emit(_ context.Context, r Record) error {
	make := func(int) chan Record { return h.out }
	ch := make(3) // silent: not the builtin
	ch <- r
	return nil
}

// ShadowedGo calls a method named Go of a plain type.
type ShadowedGo struct {
	session
	g inline
}

type inline struct{}

func (inline) Go(f func()) { f() }

func (h *ShadowedGo) Emit(_ context.Context, r Record) error {
	h.g.Go(func() { h.send(r.Key) }) // silent: it runs what it is given
	return nil
}

// ShadowedGoSpawns runs what starts a goroutine.
type ShadowedGoSpawns struct {
	session
	g inline
}

func (h *ShadowedGoSpawns) Emit(context.Context, Record) error {
	h.g.Go(h.spawn) // want `on each call: .*spawn.*emit-goroutine`
	return nil
}

// ShadowedTime calls a value named time.
type ShadowedTime struct {
	session
	time sleeper
}

type sleeper struct{}

func (sleeper) Sleep(clock.Duration)         {}
func (sleeper) NewTicker(clock.Duration) int { return 0 }

func (h *ShadowedTime) Emit(context.Context) (Frame, error) {
	time := h.time
	time.Sleep(clock.Second)         // silent: not package time
	_ = time.NewTicker(clock.Second) // silent: not package time
	return Frame{}, nil
}

// ShadowedTrue has a flag set to what is named true.
type ShadowedTrue struct {
	session
	started bool
}

func (h *ShadowedTrue) Emit(context.Context, Record) error {
	true := false
	if !h.started {
		h.started = true
		go h.loop() // silent: a limit, it should be found
	}
	return nil
}

// ShadowedNil has a channel that is never set to anything but nil.
type ShadowedNil struct {
	session
	out chan Record
}

func (h *ShadowedNil) Emit(context.Context, Record) error {
	if h.out == nil {
		h.out = nil
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

// ShadowedReceiver has another value under the receiver's name.
type ShadowedReceiver struct {
	session
	started bool
}

func (h *ShadowedReceiver) Emit(context.Context, Record) error {
	{
		h := ShadowedReceiver{session: session{quit: h.quit}}
		if !h.started {
			h.started = true
			go h.loop() // want `emit-goroutine`
		}
	}
	return nil
}

// ShadowedClose has a close that closes nothing.
type ShadowedClose struct{ session }

func (h *ShadowedClose) Emit(_ context.Context, r Record) error {
	close := func(chan string) {}
	jobs := make(chan string) // silent: a limit, it should be found
	go func() {               // want `emit-goroutine`
		for t := range jobs {
			h.send(t)
		}
	}()
	jobs <- r.Key
	close(jobs)
	return nil
}

// Parens has them everywhere.
type Parens struct{ session }

func (h *Parens) Emit(context.Context, Record) error {
	((h).session.spawn)()          // want `emit-goroutine`
	((*session).spawn)(&h.session) // want `emit-goroutine`
	(func() { (h.spawn)() })()     // want `emit-goroutine`
	return nil
}

// Lines has its call on several.
type Lines struct{ session }

func (h *Lines) with(string) *Lines { return h }

func (h *Lines) Emit(_ context.Context, r Record) error {
	h. // want `emit-goroutine`
		with(r.Key).
		spawn()
	return nil
}

// OneLine has it all on one.
type OneLine struct{ session }

func (h *OneLine) Emit(context.Context, Record) error { h.spawn(); h.n++; return nil } // want `emit-goroutine`

// Aliases of all kinds.
type (
	queue        = chan Record
	queueOf      = Q[Record]
	queueNamed   chan Record
	queueOfNamed = queueNamed
	pair[T any]  = struct{ a, b chan T }
)

// AliasMake makes channels by their aliases.
type AliasMake struct {
	session
	qs  []any
	out queueOfNamed
}

func (h *AliasMake) Emit(context.Context, Record) error {
	h.qs = append(h.qs,
		make(queue),       // want `emit-channel`
		make(queueOf, 1),  // want `emit-channel`
		make(queueNamed),  // want `emit-channel`
		make(Q[Q[int]]),   // want `emit-channel`
		make(chan<- bool), // want `emit-channel`
	)
	h.out = make(queueOfNamed) // want `emit-channel`
	return nil
}

// AliasOther makes what only has to do with channels.
type AliasOther struct {
	session
	qs  []any
	p   pair[int]
	one *chan int
}

func (h *AliasOther) Emit(context.Context, Record) error {
	h.qs = append(h.qs,
		make([]queue, 3),            // silent: a slice
		make(map[string]queueOf),    // silent: a map
		new(queueNamed),             // silent: a nil channel's pointer
		pair[string]{},              // silent: nil channels
		func() queue { return nil }, // silent: it makes none
		[...]queue{nil, nil},        // silent: nil channels
		struct{ queue }{},           // silent: a nil channel
	)
	h.p = pair[int]{}
	h.one = new(chan int)
	return nil
}

// AliasLiteral makes them inside of literals.
type AliasLiteral struct {
	session
	p  pair[int]
	qs []queue
	m  map[string]queue
}

func (h *AliasLiteral) Emit(_ context.Context, r Record) error {
	h.p = pair[int]{a: make(chan int)}                            // want `emit-channel`
	h.qs = []queue{h.qs[0], make(queue)}                          // want `emit-channel`
	h.m = map[string]queue{r.Key: make(queue, 1)}                 // want `emit-channel`
	h.m = map[string]queue{"": func() queue { return h.qs[0] }()} // silent: it makes none
	return nil
}

func makeOf[C ~chan T, T any](n int) C { return make(C, n) }

// TypeParam makes a channel of a type parameter.
type TypeParam struct {
	session
	out queueNamed
}

func (h *TypeParam) Emit(context.Context, Record) error {
	h.out = makeOf[queueNamed](3) // want `emit-(channel|generator)`
	return nil
}

// HubMethod calls methods of a generic type of another package.
type HubMethod struct {
	session
	hub *Hub[string, int]
}

func (h *HubMethod) Emit(_ context.Context, r Record) error {
	h.hub.Run(r.Key) // want `on each call: .*\(\*lib\.Hub\)\.Run .*emit-goroutine`
	_ = h.hub.Len()  // silent: it starts nothing
	run := h.hub.Run
	run(r.Key)                            // want `emit-goroutine`
	(*Hub[string, int]).Run(h.hub, r.Key) // want `emit-goroutine`
	return nil
}

// HubKept keeps the channel that a method returns.
type HubKept struct {
	session
	hub Hub[string, int]
}

func (h *HubKept) Emit(_ context.Context, r Record) error {
	q := h.hub.Add(r.Key) // want `emit-(channel|generator)`
	q <- 1
	return nil
}

// box has a method with the effect for every type.
type box[T any] struct{ v T }

func (b box[T]) start(f func(T)) { go f(b.v) }
func (b box[T]) apply(f func(T)) { f(b.v) }

// BoxMethods calls them.
type BoxMethods struct{ session }

func (h *BoxMethods) Emit(_ context.Context, r Record) error {
	b := box[string]{r.Key}
	b.start(func(s string) { h.send(s) }) // want `emit-goroutine`
	b.apply(func(s string) { h.send(s) }) // silent: it runs what it is given
	b.apply(func(s string) { h.spawn() }) // want `emit-goroutine`
	return nil
}

// Labels goes round with labels and gotos.
type Labels struct{ session }

func (h *Labels) Emit(_ context.Context, r Record) error {
	i := 0
again:
	if i < len(r.Targets) {
		go h.send(r.Targets[i]) // want `emit-goroutine`
		i++
		goto again
	}
outer:
	for _, t := range r.Targets {
		for range t {
			if t == r.Key {
				continue outer
			}
			break outer
		}
		h.send(t) // silent: it starts nothing
	}
	return nil
}

// ForEver leaves its loop by a break.
type ForEver struct{ session }

func (h *ForEver) Emit(_ context.Context, r Record) error {
	for {
		go h.loop() // want `on each call.*emit-goroutine`
		break
	}
	return nil
}

const debug = false

// Constant has a condition that never holds.
type Constant struct{ session }

func (h *Constant) Emit(context.Context, Record) error {
	if debug {
		go h.loop() // silent: never
	}
	if !debug {
		go h.loop() // want `on each call.*emit-goroutine`
	}
	if debug && h.n > 0 {
		go h.loop() // silent: never
	}
	for debug {
		go h.loop() // silent: never
	}
	switch debug {
	case true:
		go h.loop() // silent: never
	}
	return nil
}

// BlankReceiver has no name for its receiver.
type BlankReceiver struct{ session }

var shared session

func (*BlankReceiver) Emit(_ context.Context, _ Record) error {
	go shared.loop() // want `emit-goroutine`
	return nil
}

// BlankChannel throws its channel away.
type BlankChannel struct{ session }

func (h *BlankChannel) Emit(context.Context, Record) error {
	_ = make(chan int) // silent: gone at once
	return nil
}

// ClosureLoop captures the variable of its loop.
type ClosureLoop struct{ session }

func (h *ClosureLoop) Emit(_ context.Context, r Record) error {
	for _, t := range r.Targets {
		f := func() {
			go h.send(t) // want `emit-goroutine`
		}
		f()
	}
	return nil
}

// ClosureStored keeps its closures and runs none.
type ClosureStored struct {
	session
	later []func()
}

func (h *ClosureStored) Emit(_ context.Context, r Record) error {
	for _, t := range r.Targets {
		h.later = append(h.later, func() {
			go h.send(t) // silent: only stored
		})
	}
	return nil
}

// ClosureReassigned has one of two.
type ClosureReassigned struct{ session }

func (h *ClosureReassigned) Emit(_ context.Context, r Record) error {
	f := h.spawn
	f = func() {}
	f() // silent: not the spawn
	return nil
}

// ClosureDeferred runs on the way out.
type ClosureDeferred struct{ session }

func (h *ClosureDeferred) Emit(_ context.Context, r Record) (err error) {
	defer func() {
		if err == nil {
			go h.loop() // want `emit-goroutine`
		}
	}()
	defer h.spawn() // want `on each call.*emit-goroutine`
	return h.send(r.Key)
}

// ClosureRecursive calls itself.
type ClosureRecursive struct{ session }

func (h *ClosureRecursive) Emit(_ context.Context, r Record) error {
	var walk func(int)
	walk = func(n int) {
		if n == 0 {
			return
		}
		go h.loop() // want `emit-goroutine`
		walk(n - 1)
	}
	walk(len(r.Targets)) // silent: it is told inside
	return nil
}

// ClosureMutual has two that call each other.
type ClosureMutual struct{ session }

func (h *ClosureMutual) Emit(_ context.Context, r Record) error {
	var even, odd func(int)
	even = func(n int) {
		if n > 0 {
			odd(n - 1)
		}
	}
	odd = func(n int) {
		if n > 0 {
			h.spawn() // want `emit-goroutine`
			even(n - 1)
		}
	}
	even(len(r.Targets))
	return nil
}

// ClosureReturned returns one from a function and calls it.
type ClosureReturned struct{ session }

func (h *ClosureReturned) maker() func() { return func() { h.n++ } }

func (h *ClosureReturned) Emit(context.Context, Record) error {
	h.maker()() // silent: it starts nothing
	return nil
}

// SpawnedCallee runs in its goroutine what would start another.
type SpawnedCallee struct{ session }

func (h *SpawnedCallee) Emit(context.Context, Record) error {
	go h.spawn() // want `\(go statement at syntax.go`
	return nil
}

// SpawnedArgs has arguments that are made before the goroutine starts.
type SpawnedArgs struct {
	session
	wait func(chan int)
}

func (h *SpawnedArgs) Emit(context.Context, Record) error {
	go h.wait(make(chan int)) // want `emit-goroutine` `emit-channel`
	return nil
}
