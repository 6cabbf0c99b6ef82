package runtime_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"regexp"
	goruntime "runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// A soakKind is a way in which a handler, or a connection, behaves.
type soakKind struct {
	name string

	// rude says that something does not end by itself when its context does: it
	// is for a server with a short grace period, beside which no assertion
	// depends on what a slow machine makes of that.
	rude bool

	// At the nth call of Emit or Receive, or in another step, do is done. What is
	// not a step of the handler's is one of its connection's.
	step string
	do   func(h *soakHandler) error
}

// The steps of a handler and a connection.
const (
	inStart   = "SessionStart"
	inReceive = "Receive"
	inEmit    = "Emit"
	inGo      = "Go"
	inStop    = "SessionStop"
	inOnStop  = "OnStop"

	inConnReceive = "Conn.Receive"
	inConnSend    = "Conn.Send"
	inConnClose   = "Conn.Close"
)

// soakKinds returns all kinds: each failure, dawdling and hanging in each step.
func soakKinds() []soakKind {
	kinds := []soakKind{
		{name: "fine"},
		{name: "Emit says nothing", step: inEmit, do: func(*soakHandler) error { return runtime.ErrNothing }},
		{name: "Emit is done", step: inEmit, do: func(*soakHandler) error { return io.EOF }},
		{name: "Emit interrupts", step: inEmit, do: func(h *soakHandler) error { h.session.Interrupt(); return nil }},
		{name: "Receive interrupts", step: inReceive, do: func(h *soakHandler) error { h.session.Interrupt(); return nil }},
		{name: "Go interrupts on and on", step: inGo, do: func(h *soakHandler) error {
			for h.session.Context().Err() == nil {
				h.session.Interrupt()
				time.Sleep(time.Millisecond)
			}
			return nil
		}},
	}
	for _, step := range []string{inStart, inReceive, inEmit, inGo, inStop, inOnStop, inConnReceive, inConnSend, inConnClose} {
		for _, f := range failures {
			kinds = append(kinds, soakKind{name: step + ": " + f.name, step: step, do: func(*soakHandler) error { return f.do() }})
		}
		kinds = append(kinds,
			soakKind{name: step + " dawdles", step: step, do: func(h *soakHandler) error { time.Sleep(5 * time.Millisecond); return nil }},
			soakKind{name: step + " hangs", step: step, rude: true, do: func(h *soakHandler) error { h.soak.hang(h.id, step); return nil }},
		)
	}
	for _, step := range []string{inStart, inReceive, inEmit, inGo} {
		kinds = append(kinds, soakKind{
			name: step + " hangs until SessionStop", step: step, rude: true,
			do: func(h *soakHandler) error { <-h.stopped; return nil },
		})
	}
	return append(kinds, soakKind{
		name: "SessionStop waits for its context", step: inStop, rude: true,
		do: func(h *soakHandler) error { <-h.stopContext.Done(); return h.stopContext.Err() },
	})
}

// A soakPlan is what is to happen in one session.
type soakPlan struct {
	kind   soakKind
	at     int           // the call in which the kind's step happens
	client string        // one of soakClients
	inputs int           // how many the client sends
	length time.Duration // after which the client does what it does
	more   time.Duration // after which Serve's context ends, if that has not ended the session
	size   int           // of the pipe
}

// soakClients are how clients end a session.
var soakClients = []string{"leaves", "vanishes", "never reads", "reads slowly", "is cancelled", "has left", "has vanished"}

// A soak is one run.
type soak struct {
	t       *testing.T
	plans   []soakPlan
	servers map[string]*runtime.Server[string, soakFrame]
	release chan struct{} // closed when what hangs by design is to end

	mu            sync.Mutex
	starts, stops map[string]int            // calls, by session
	registered    map[string]int            // functions of OnStop, by session
	released      map[string]int            // those that have run
	hanging       map[string]map[string]int // what hangs by design, by session and step
	problems      []string
	serves        map[string]int // calls of Serve by server
	failed        map[string]int // of these, those with an error
	overstays     map[string]int // and what these name as running still
	shown         int            // of these, those whose stack shows that they hang by design
}

// soakFrame is what a handler emits.
type soakFrame struct {
	session string
	number  int // grows
	context int // the number of Emit's context
}

// problem notes that something is not as guaranteed.
func (k *soak) problem(id, format string, args ...any) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.problems = append(k.problems, fmt.Sprintf("%s (%+v): %s", id, k.plan(id).kind.name, fmt.Sprintf(format, args...)))
}

// plan returns the plan of a session.
func (k *soak) plan(id string) soakPlan {
	var i int
	fmt.Sscanf(id, soakSession+"%d", &i)
	return k.plans[i]
}

// soakSession begins the name of each session.
const soakSession = "soak-"

// count adds one to m[id].
func (k *soak) count(m map[string]int, id string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	m[id]++
}

// hang hangs until the end of the test.
//
//go:noinline
func (k *soak) hang(id, step string) {
	k.mu.Lock()
	if k.hanging[id] == nil {
		k.hanging[id] = make(map[string]int)
	}
	k.hanging[id][step]++
	k.mu.Unlock()
	<-k.release
}

// soakHandler sends what it is given back as messages, and emits what a
// generator makes.
type soakHandler struct {
	soak        *soak
	id          string
	plan        soakPlan
	session     *runtime.Session
	generator   *runtime.Generator[int]
	stopped     chan struct{} // closed by SessionStop
	stopContext context.Context

	emits, receives int
	context         context.Context // of the Emit before
	contexts        int

	emitting, receiving, stopping atomic.Bool
}

// step does what is planned for a step.
func (h *soakHandler) step(step string, call int) error {
	if h.plan.kind.step != step || call != h.plan.at {
		return nil
	}
	return h.plan.kind.do(h)
}

func (h *soakHandler) SessionStart(_ context.Context, s *runtime.Session) error {
	h.id, h.session, h.plan, h.stopped = s.ID(), s, h.soak.plan(s.ID()), make(chan struct{})
	h.soak.count(h.soak.starts, h.id)
	h.onStop(func() error { return nil })
	h.onStop(func() error { return h.step(inOnStop, h.plan.at) })
	h.generator = runtime.Generate(s, 1+h.plan.at, func(ctx context.Context, yield func(int) bool) error {
		for i := 1; yield(i); i++ {
			if i%3 == 0 {
				time.Sleep(time.Millisecond)
			}
		}
		return nil
	})
	s.Go(func(context.Context) error { return h.step(inGo, h.plan.at) })
	return h.step(inStart, h.plan.at)
}

// onStop registers f and counts that it runs.
func (h *soakHandler) onStop(f func() error) {
	h.soak.count(h.soak.registered, h.id)
	h.session.OnStop(func() error {
		h.soak.count(h.soak.released, h.id)
		return f()
	})
}

// enter notes that a hot method begins.
func (h *soakHandler) enter(method string, running *atomic.Bool) {
	if running.Swap(true) {
		h.soak.problem(h.id, "guarantee 2: %s overlaps itself", method)
	}
	if h.generator == nil {
		h.soak.problem(h.id, "guarantee 1: %s before SessionStart", method)
	}
	if h.stopping.Load() && !h.plan.kind.rude {
		h.soak.problem(h.id, "guarantee 4: %s after SessionStop has begun", method)
	}
}

func (h *soakHandler) Receive(ctx context.Context, in string) error {
	h.enter("Receive", &h.receiving)
	defer h.receiving.Store(false)
	if in != h.id {
		h.soak.problem(h.id, "received an input of %s", in)
	}
	h.receives++
	if err := h.step(inReceive, h.receives); err != nil {
		return err
	}
	h.session.Send(ctx, h.id)
	return nil
}

func (h *soakHandler) Emit(ctx context.Context) (soakFrame, error) {
	h.enter("Emit", &h.emitting)
	defer h.emitting.Store(false)
	if ctx != h.context {
		h.context = ctx
		h.contexts++
	}
	h.emits++
	if err := h.step(inEmit, h.emits); err != nil {
		return soakFrame{}, err
	}
	n, err := h.generator.Next(ctx)
	return soakFrame{session: h.id, number: n, context: h.contexts}, err
}

func (h *soakHandler) SessionStop(ctx context.Context) error {
	h.soak.count(h.soak.stops, h.id)
	h.stopping.Store(true)
	if !h.plan.kind.rude && (h.emitting.Load() || h.receiving.Load()) {
		h.soak.problem(h.id, "guarantee 4: SessionStop beside Emit (%v), Receive (%v)", h.emitting.Load(), h.receiving.Load())
	}
	h.stopContext = ctx
	close(h.stopped)
	return h.step(inStop, h.plan.at)
}

// soakConn is a connection that does what is planned for its steps.
type soakConn struct {
	runtime.Conn[string, soakFrame]
	as              *soakHandler // for its plan and its steps
	receives, sends *int
}

func (c soakConn) Receive(ctx context.Context) (string, error) {
	*c.receives++
	if err := c.as.step(inConnReceive, *c.receives); err != nil {
		return "", err
	}
	return c.Conn.Receive(ctx)
}

func (c soakConn) Send(ctx context.Context, e runtime.Event[soakFrame]) error {
	*c.sends++
	if err := c.as.step(inConnSend, *c.sends); err != nil {
		return err
	}
	return c.Conn.Send(ctx, e)
}

func (c soakConn) Close() error {
	c.Conn.Close() // in each case, so that the client's Receive ends
	return c.as.step(inConnClose, c.as.plan.at)
}

// serve runs one session with its client, up to the end of both.
func (k *soak) serve(id string) {
	plan := k.plan(id)
	name := plan.server()
	client, pipe := runtime.Pipe[string, soakFrame](plan.size)
	conn := soakConn{pipe, &soakHandler{soak: k, id: id, plan: plan}, new(int), new(int)}
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), idKey{}, id))
	defer cancel()
	served, ended := make(chan struct{}), make(chan struct{})
	var clientside sync.WaitGroup // what the client does beside each other
	switch plan.client {
	case "has left":
		client.Close()
	case "has vanished":
		client.Vanish(errBoom)
	}
	clientside.Go(func() {
		for range plan.inputs {
			if client.Send(ctx, id) != nil {
				return
			}
		}
	})
	clientside.Go(func() {
		if plan.client == "never reads" {
			<-ended // for the driver waits with the last event for as long as the grace period
		}
		k.read(id, client, plan.client == "reads slowly")
	})
	clientside.Go(func() {
		defer close(ended)
		end(plan, client, cancel, served)
	})
	err := k.servers[name].Serve(ctx, conn)
	close(served)
	clientside.Wait()
	k.note(id, name, err)
}

// server names the server that a session is for.
func (p soakPlan) server() string {
	switch {
	case strings.HasPrefix(p.kind.step, "Conn.") && p.kind.rude:
		return "rude connections"
	case p.kind.rude:
		return "rude handlers"
	case p.at%2 == 0:
		return "fine, Block"
	}
	return "fine, DropOldest"
}

// end lets the client end its session as planned, and sees that it ends.
func end(plan soakPlan, client *runtime.Client[string, soakFrame], cancel func(), served chan struct{}) {
	select {
	case <-served:
		return
	case <-time.After(plan.length):
	}
	switch plan.client {
	case "leaves", "reads slowly", "never reads":
		client.Close()
	case "vanishes":
		client.Vanish(errBoom)
	case "is cancelled":
		cancel()
	}
	select {
	case <-served:
	case <-time.After(plan.more):
		cancel() // a handler that hangs keeps the session of a client that has left
	}
}

// read receives all events and checks that they are in order and the session's.
func (k *soak) read(id string, client *runtime.Client[string, soakFrame], slowly bool) {
	var last soakFrame
	interrupted, ended := true, false
	for {
		e, err := client.Receive(context.Background())
		if err != nil {
			return
		}
		if ended {
			k.problem(id, "an event of kind %d follows the end", e.Kind)
		}
		switch e.Kind {
		case runtime.EventEnd:
			ended = true
		case runtime.EventInterrupt:
			interrupted = true
		case runtime.EventMessage:
			if e.Message != id {
				k.problem(id, "the client received a message of %v", e.Message)
			}
		case runtime.EventFrame:
			f := e.Frame
			if f.session != id {
				k.problem(id, "the client received a frame of %s", f.session)
			}
			if f.number <= last.number {
				k.problem(id, "frame %d follows frame %d", f.number, last.number)
			}
			if f.context < last.context || f.context > last.context && !interrupted || f.context == last.context && interrupted {
				k.problem(id, "guarantee 9: a frame of context %d follows one of context %d, interrupted between them: %v",
					f.context, last.context, interrupted)
			}
			last, interrupted = f, false
		}
		if slowly {
			time.Sleep(time.Millisecond)
		}
	}
}

// note takes in how a session ended.
func (k *soak) note(id, server string, err error) {
	named := overstays(err)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.serves[server]++
	if err != nil {
		k.failed[server]++
	}
	k.overstays[server] += len(named)
	for step := range k.hanging[id] {
		if !slices.ContainsFunc(named, func(o runtime.Overstay) bool { return names(o, step) }) {
			k.problems = append(k.problems, fmt.Sprintf("%s: guarantee 6: %s hangs, and Serve names %+v", id, step, named))
		}
	}
	for _, o := range named {
		if strings.Contains(o.Stack, "(*soak).hang") {
			k.shown++
		}
	}
	if len(named) > 0 && !k.plan(id).kind.rude {
		k.problems = append(k.problems, fmt.Sprintf("%s: nothing hangs by design, and Serve names %+v", id, named))
	}
}

// names reports whether o may be what hangs in a step. On a slow machine it has
// perhaps hung only after Serve has looked where it is.
func names(o runtime.Overstay, step string) bool {
	switch {
	case step == inOnStop && o.Task == inStop:
		return true // which comes before it
	case step == inConnSend:
		return true // by the name of what called Session.Send
	}
	return strings.HasPrefix(o.Task, step)
}

// newSoak draws the plans of n sessions, and of some more that Shutdown is to
// end, from seed.
func newSoak(t *testing.T, seed uint64, n, forShutdown int) *soak {
	k := &soak{
		t: t, release: make(chan struct{}), servers: make(map[string]*runtime.Server[string, soakFrame]),
		starts: make(map[string]int), stops: make(map[string]int),
		registered: make(map[string]int), released: make(map[string]int),
		hanging: make(map[string]map[string]int),
		serves:  make(map[string]int), failed: make(map[string]int), overstays: make(map[string]int),
	}
	random := rand.New(rand.NewPCG(seed, 0))
	ms := func(n int) time.Duration { return time.Duration(random.IntN(n*1000)) * time.Microsecond }
	var fine, rude []soakKind
	for _, kind := range soakKinds() {
		if kind.rude {
			rude = append(rude, kind)
		} else {
			fine = append(fine, kind)
		}
	}
	for range n {
		kind := fine[random.IntN(len(fine))]
		if random.IntN(8) == 0 {
			kind = rude[random.IntN(len(rude))]
		}
		k.plans = append(k.plans, soakPlan{
			kind: kind, at: 1 + random.IntN(6), client: soakClients[random.IntN(len(soakClients))],
			inputs: random.IntN(100), length: ms(20), more: ms(20), size: 1 + random.IntN(4),
		})
	}
	for range forShutdown {
		kinds := fine
		if random.IntN(2) == 0 {
			kinds = rude
		}
		k.plans = append(k.plans, soakPlan{
			kind: kinds[random.IntN(len(kinds))], at: 1 + random.IntN(6), client: "is cancelled",
			inputs: random.IntN(100), length: time.Hour, size: 1,
		})
	}
	var made atomic.Uint64
	for _, name := range []string{"fine, Block", "fine, DropOldest", "rude handlers", "rude connections"} {
		srv := &runtime.Server[string, soakFrame]{
			NewHandler: func() runtime.Handler[string, soakFrame] { return &soakHandler{soak: k} },
			Duration:   func(f soakFrame) time.Duration { return time.Duration(f.number%3) * time.Millisecond },
			Input:      runtime.Bound{Size: 8},
			Output:     runtime.Bound{Size: 4},
			Idle:       time.Millisecond,
			Grace:      time.Hour, // no machine is so slow
			SessionID:  func(ctx context.Context) string { return ctx.Value(idKey{}).(string) },
			Logger:     slog.New(slog.NewTextHandler(io.Discard, nil)),
		}
		switch name {
		case "fine, DropOldest":
			srv.Input.Policy, srv.Output.Policy = runtime.DropOldest, runtime.DropOldest
		case "fine, Block":
			srv.NewHandler = func() runtime.Handler[string, soakFrame] {
				switch made.Add(1) % 50 {
				case 0:
					panic(errBoom)
				case 1:
					return nil
				}
				return &soakHandler{soak: k}
			}
		default:
			srv.Grace = 20 * time.Millisecond
		}
		k.servers[name] = srv
	}
	return k
}

// TestSoak runs thousands of sessions of all kinds, some beside each other, and
// checks what must hold whatever they do.
func TestSoak(t *testing.T) {
	sessions, forShutdown, beside := 3000, 60, 48
	if testing.Short() {
		sessions, forShutdown = 400, 20
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	before := goruntime.NumGoroutine()
	k := newSoak(t, seed, sessions, forShutdown)
	var watching sync.WaitGroup
	unwatch := make(chan bool)
	for _, srv := range k.servers {
		watching.Go(func() { k.watch(srv, unwatch) })
	}
	var all sync.WaitGroup
	slots := make(chan bool, beside)
	for i := range sessions {
		slots <- true
		all.Go(func() {
			defer func() { <-slots }()
			k.serve(fmt.Sprint(soakSession, i))
		})
	}
	all.Wait()
	for i := range forShutdown {
		all.Go(func() { k.serve(fmt.Sprint(soakSession, sessions+i)) })
	}
	active := func() bool { return k.total().Started == uint64(len(k.plans)) }
	waitUntil(t, "all sessions have begun", active)
	for _, srv := range k.servers {
		if err := srv.Shutdown(t.Context()); err != nil {
			t.Errorf("Shutdown returned %v", err)
		}
	}
	all.Wait()
	close(unwatch)
	watching.Wait()

	waitUntil(t, "no goroutine is left but what hangs by design", func() bool { return len(k.strays()) == 0 })
	close(k.release)
	waitUntil(t, "no goroutine is left when what hung is released", func() bool {
		return len(labelled()) == 0 && goruntime.NumGoroutine() <= before
	})
	k.check()
}

// waitUntil waits until a condition holds, and fails the test if it does not for
// so long that no slow machine explains it.
func waitUntil(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for begun := time.Now(); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > 2*time.Minute {
			var stacks bytes.Buffer
			pprof.Lookup("goroutine").WriteTo(&stacks, 1)
			t.Fatalf("waiting in vain until %s:\n%s", what, stacks.String())
		}
	}
}

// label finds the session of a goroutine in a profile.
var label = regexp.MustCompile(`"session":"(` + soakSession + `\d+)"`)

// labelled returns the sessions that have goroutines.
func labelled() []string {
	var stacks bytes.Buffer
	pprof.Lookup("goroutine").WriteTo(&stacks, 1)
	var ids []string
	for _, match := range label.FindAllStringSubmatch(stacks.String(), -1) {
		ids = append(ids, match[1])
	}
	return ids
}

// strays returns the sessions that have goroutines although nothing in them
// hangs by design.
func (k *soak) strays() []string {
	ids := labelled()
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.DeleteFunc(ids, func(id string) bool { return len(k.hanging[id]) > 0 })
}

// watch fails the test if a server's counters ever shrink, until unwatch is
// closed.
func (k *soak) watch(srv *runtime.Server[string, soakFrame], unwatch chan bool) {
	var before []uint64
	for {
		s := srv.Stats()
		now := []uint64{
			s.Started, s.Refused, s.Failed, s.Received, s.Handled, s.InputDropped, s.InputDiscarded, s.Emitted, s.Sent,
			s.OutputDropped, s.OutputDiscarded, s.Late, s.Interrupts, s.Messages, s.Overstays, s.Lengths.Count,
		}
		for i, n := range before {
			if now[i] < n {
				k.t.Errorf("counter number %d of Stats has shrunk from %d to %d", i, n, now[i])
			}
		}
		before = now
		select {
		case <-unwatch:
			return
		case <-time.After(time.Millisecond):
		}
	}
}

// total returns the sum of some counters of all servers.
func (k *soak) total() runtime.Stats {
	var total runtime.Stats
	for _, srv := range k.servers {
		s := srv.Stats()
		total.Active += s.Active
		total.Started += s.Started
	}
	return total
}

// check compares what was called and counted when all has ended.
func (k *soak) check() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for i, p := range k.problems {
		if i == 20 {
			k.t.Errorf("and %d more problems", len(k.problems)-i)
			break
		}
		k.t.Error(p)
	}
	for i := range k.plans {
		id := fmt.Sprint(soakSession, i)
		if k.starts[id] > 1 || k.starts[id] != k.stops[id] {
			k.t.Errorf("guarantee 3: %s (%s): SessionStart was called %d times, SessionStop %d times", id, k.plans[i].kind.name, k.starts[id], k.stops[id])
		}
		if k.registered[id] != k.released[id] {
			k.t.Errorf("%s (%s): %d functions of OnStop, of which %d have run", id, k.plans[i].kind.name, k.registered[id], k.released[id])
		}
	}
	sessions := 0
	for name, srv := range k.servers {
		s := srv.Stats()
		k.t.Logf("%s: %+v", name, s)
		sessions += int(s.Started)
		if s.Active != 0 || s.Refused != 0 || int(s.Started) != k.serves[name] || s.Lengths.Count != s.Started {
			k.t.Errorf("%s: Serve was called %d times, the counters are %+v", name, k.serves[name], s)
		}
		var lengths uint64
		for _, n := range s.Lengths.Buckets {
			lengths += n
		}
		if lengths != s.Lengths.Count {
			k.t.Errorf("%s: the lengths' buckets hold %d, their count is %d", name, lengths, s.Lengths.Count)
		}
		if int(s.Failed) != k.failed[name] || int(s.Overstays) != k.overstays[name] {
			k.t.Errorf("%s: %d sessions failed and %d overstays, Serve returned %d errors and %d overstays",
				name, s.Failed, s.Overstays, k.failed[name], k.overstays[name])
		}
		wantBalance(k.t, s)
	}
	if sessions != len(k.plans) {
		k.t.Errorf("the servers have started %d sessions, want %d", sessions, len(k.plans))
	}
	if k.shown == 0 {
		k.t.Errorf("no stack shows what hangs, although %d sessions hang", len(k.hanging))
	}
}
