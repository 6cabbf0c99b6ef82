package handlertest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	goruntime "runtime"
	"slices"
	"strings"
	"sync"
	"testing/synctest"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// Times by the bubble's clock.
const (
	frameDuration = 20 * time.Millisecond      // of inputs and of frames
	grace         = runtime.DefaultGrace       // before a method that does not return is one that ignores its context
	linger        = grace + 7*time.Millisecond // of a client that has sent everything: it leaves at a moment of its own
)

// startable is how long a client waits for SessionStart, by the bubble's clock.
const startable = time.Hour

// A session is one session of a test.
type session[In, Out any] struct {
	probe  *probe[In, Out]
	client *runtime.Client[In, Out]
	served chan error // what Serve returned
	cancel context.CancelFunc
}

// serve begins a session of a new handler in a server of its own. Its client
// takes all that it is sent.
func (c *config[In, Out]) serve(p *probe[In, Out]) *session[In, Out] {
	ctx, cancel := context.WithCancel(context.Background())
	client, conn := runtime.Pipe[In, Out](1)
	s := &session[In, Out]{probe: p, client: client, served: make(chan error, 1), cancel: cancel}
	server := &runtime.Server[In, Out]{
		NewHandler: func() runtime.Handler[In, Out] { return p },
		Output:     runtime.Bound{Size: 1},
		Grace:      grace,
		Logger:     slog.New(slog.DiscardHandler),
		SessionID:  func(context.Context) string { return "handlertest" },
	}
	if p.pace {
		p.emits.start(ctx)
		p.receives.start(ctx)
	} else {
		server.Duration = func(Out) time.Duration { return frameDuration }
	}
	go func() { s.served <- server.Serve(ctx, conn) }()
	go func() {
		for {
			if _, err := client.Receive(context.Background()); err != nil {
				return
			}
		}
	}()
	return s
}

// probe returns a probe of a new handler.
func (c *config[In, Out]) probe() *probe[In, Out] {
	return &probe[In, Out]{h: c.new(c.newHandler), started: make(chan struct{})}
}

// new returns a new handler.
func (c *config[In, Out]) new(newHandler func() runtime.Handler[In, Out]) runtime.Handler[In, Out] {
	h := newHandler()
	if v := reflect.ValueOf(h); h == nil || v.Kind() == reflect.Pointer && v.IsNil() {
		panic(misuse{errors.New("newHandler returned nil")})
	}
	return h
}

// talk lets the client send n inputs as client number, one each frame, and wait
// a while. It returns early if the session ends.
func (c *config[In, Out]) talk(s *session[In, Out], number, n int) {
	select {
	case <-s.probe.started:
	case <-time.After(startable):
	}
	for i := range n {
		time.Sleep(frameDuration)
		// A handler whose Receive is held up is no slower than the client.
		ctx, cancel := context.WithTimeout(context.Background(), frameDuration)
		err := s.client.Send(ctx, c.input(number, i))
		cancel()
		if err == runtime.ErrClosed {
			return
		}
	}
	time.Sleep(linger)
}

// leave lets the client leave, and returns why the session ended.
func (s *session[In, Out]) leave() error {
	s.client.Close()
	select {
	case err := <-s.served:
		s.served <- err
		return s.shut()
	case <-time.After(linger):
	}
	late := "something"
	for _, g := range all() {
		if g.method() != "" {
			late = fmt.Sprintf("%s (%s), %s", g.method(), g.state, g.where())
		}
	}
	return errors.Join(fmt.Errorf("%w, it waits for %s", errEndless, late), s.shut())
}

var errEndless = errors.New("the client has left, but the session does not end")

// shut ends the session from the server's side, and returns why it ended.
func (s *session[In, Out]) shut() error {
	s.cancel()
	err := <-s.served
	synctest.Wait()
	return err
}

// checkLife drives a whole session.
func checkLife[In, Out any](c *config[In, Out]) error {
	return c.bubble.do(func() error {
		s := c.serve(c.probe())
		c.talk(s, 0, c.frames)
		return failure(s.leave())
	})
}

// failure returns the error of a session that is the handler's fault, with the
// stack if it is a panic. What overstayed is left to the checks for that.
func failure(err error) error {
	if errors.Is(err, errEndless) {
		return err
	}
	var failure *runtime.Error
	if !errors.As(err, &failure) {
		return nil
	}
	var p *runtime.PanicError
	if errors.As(failure, &p) {
		return fmt.Errorf("the session ended with %w\n%s", failure, indent(string(p.Stack)))
	}
	return fmt.Errorf("the session ended with %w", failure)
}

// hot is the share of calls that may start goroutines: below it are those of a
// handler that now and then has reason to, and of other tests that run meanwhile.
const hot = 0.25

// fewest is how many calls of a method it takes to say something of each call.
const fewest = 4

// counting is held while goroutines are counted: the count is the process's.
var counting sync.Mutex

// checkHotGoroutine counts the goroutines that Emit and Receive start.
func checkHotGoroutine[In, Out any](c *config[In, Out]) error {
	counting.Lock()
	defer counting.Unlock()
	err := c.bubble.do(func() error { return countBirths(c) })
	if err == nil || c.bubble.stuck {
		return err
	}
	// Other tests may have started goroutines too. With one processor they do not
	// run while a call does.
	defer goruntime.GOMAXPROCS(goruntime.GOMAXPROCS(1))
	return c.bubble.do(func() error { return countBirths(c) })
}

func countBirths[In, Out any](c *config[In, Out]) error {
	before := all()
	p := c.probe()
	p.pace = true
	s := c.serve(p)
	// Emit is called less often than inputs come.
	const inputs = int(emitInterval/frameDuration + 1)
	c.talk(s, 0, 2*inputs)
	early := leftovers(before)
	c.talk(s, 0, c.frames*inputs)
	late := leftovers(before)
	alive := more(early, late)
	children := p.children(late)
	s.leave()

	const started = "%s started %d goroutines (go statements, or iter.Pull) in %d calls; start one in SessionStart, with Session.Go, and let %s%s"
	births, calls, ok := p.emits.hot()
	if n := len(children); calls >= fewest && float64(n) >= hot*float64(calls) {
		births, ok = max(births, uint64(n)), true // when they had waited for something
	}
	if ok {
		return fmt.Errorf(started, "Emit", births, calls, "Emit take what it makes", alive)
	}
	if births, calls, ok := p.receives.hot(); ok {
		return fmt.Errorf(started, "Receive", births, calls, "Receive hand it the inputs by a runtime.Queue", alive)
	}
	return nil
}

// children returns those goroutines that the goroutine of Emit has created.
func (p *probe[In, Out]) children(of []goroutine) []goroutine {
	var list []goroutine
	for _, emit := range all() {
		if emit.method() != "Emit" {
			continue
		}
		for _, g := range of {
			if g.parent == emit.id() {
				list = append(list, g)
			}
		}
	}
	return list
}

// more says where goroutines were created that became more and more.
func more(early, late []goroutine) string {
	places := make(map[string]int)
	for _, g := range early {
		places[g.creation()]--
	}
	for _, g := range late {
		places[g.creation()]++
	}
	var lines []string
	for place, n := range places {
		if n > 1 {
			lines = append(lines, fmt.Sprintf("\n%d of them were alive at the end, created by %s", n, place))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// all returns the goroutines of this bubble by their numbers.
func all() map[string]goroutine {
	synctest.Wait()
	running := make(map[string]goroutine)
	for _, g := range goroutines(bubbleOf(current())) {
		running[g.id()] = g
	}
	return running
}

// leftovers returns the goroutines of this bubble that are the handler's and were
// not there before.
func leftovers(before map[string]goroutine) []goroutine {
	var list []goroutine
	for id, g := range all() {
		if _, ok := before[id]; !ok && !g.driver() {
			list = append(list, g)
		}
	}
	return list
}

// checkStopGoroutine looks for goroutines after SessionStop: of a session that
// the client left, and of one that the server ended.
func checkStopGoroutine[In, Out any](c *config[In, Out]) error {
	ends := []func(s *session[In, Out]) error{(*session[In, Out]).leave, (*session[In, Out]).shut}
	for _, end := range ends {
		err := c.bubble.do(func() error {
			before := all()
			s := c.serve(c.probe())
			c.talk(s, 0, c.frames)
			return outliving(end(s), before)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// outliving names what is left of a session that has ended with err, beside what
// was there before it.
func outliving(err error, before map[string]goroutine) error {
	var lines []string
	if overstay := (*runtime.OverstayError)(nil); errors.As(err, &overstay) {
		for _, o := range overstay.Overstays {
			if strings.HasPrefix(o.Task, "Go ") || strings.HasPrefix(o.Task, "Generator ") {
				lines = append(lines, fmt.Sprintf("started by %s, which does not heed its context:\n%s", o.Task, indent(o.Stack)))
			}
		}
	}
	for _, g := range leftovers(before) {
		if !g.sessions() {
			lines = append(lines, fmt.Sprintf("created by %s, waiting in %s:\n%s", g.creation(), g.state, indent(g.stack())))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	slices.Sort(lines)
	n := len(lines)
	lines = slices.Compact(lines)
	what := "goroutines outlive"
	if n == 1 {
		what = "goroutine outlives"
	}
	return fmt.Errorf("%d %s SessionStop; end it there, and wait for its end:\n%s", n, what, strings.Join(lines, "\n"))
}

// checkContext ends sessions while Emit and Receive may be waiting, and looks
// whether they return.
func checkContext[In, Out any](c *config[In, Out]) error {
	for _, life := range []struct {
		inputs int
		stall  bool
	}{{0, false}, {c.frames, false}, {c.frames, true}} {
		err := c.bubble.do(func() error {
			p := c.probe()
			p.drain, p.stall = !life.stall, life.stall
			s := c.serve(p)
			c.talk(s, 0, life.inputs)
			if err := p.interrupted(); err != nil {
				s.shut()
				return err
			}
			s.shut()
			p.mu.Lock()
			defer p.mu.Unlock()
			for _, g := range p.late {
				return fmt.Errorf("%s ignores its context: it had not returned %v after the context's end, %s, %s\n%s",
					g.method(), grace, g.state, g.where(), indent(g.stack()))
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// interrupted ends the context of an Emit that is under way while the session
// goes on, and looks whether it returns: it may wait under another one.
func (p *probe[In, Out]) interrupted() error {
	if !p.emitting.Load() {
		return nil
	}
	call := p.calls.Load()
	p.session.Load().Interrupt()
	time.Sleep(grace)
	if !p.emitting.Load() || p.calls.Load() != call {
		return nil
	}
	for _, g := range all() {
		if g.method() == "Emit" {
			return fmt.Errorf("Emit ignores its context, which Session.Interrupt ended: it had not returned %v after that, %s, %s; if it waits under the session's context, let it wait under its own\n%s",
				grace, g.state, g.where(), indent(g.stack()))
		}
	}
	return nil
}

// checkStop stops handlers that have not been started, or not with success.
func checkStop[In, Out any](c *config[In, Out]) error {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	cases := []struct {
		when       string
		newHandler func() runtime.Handler[In, Out]
		start      context.Context // nil: SessionStart is not called
	}{
		{"without a SessionStart", c.newHandler, nil},
		{"after a SessionStart whose context had ended", c.newHandler, ended},
		{"after a SessionStart that failed", c.failing, context.Background()},
	}
	for _, test := range cases {
		if test.newHandler == nil {
			continue
		}
		err := c.bubble.do(func() error { return stop(c.new(test.newHandler), test.start) })
		if err != nil {
			return fmt.Errorf("SessionStop %s %w", test.when, err)
		}
	}
	return nil
}

// stop calls SessionStop, after SessionStart if there is a context for that.
func stop[In, Out any](h runtime.Handler[In, Out], started context.Context) error {
	before := all()
	session, end := runtime.NewSession(context.Background(), "handlertest")
	if started != nil {
		if err := <-start(func() error { return h.SessionStart(started, session) }); err == nil && started.Err() == nil {
			return errors.New("was not tried: the handler of FailingStart did start")
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	stopped := start(func() error { return h.SessionStop(ctx) })
	synctest.Wait()
	select {
	case err := <-stopped:
		if err != nil {
			return fmt.Errorf("fails: %w", err)
		}
	case <-time.After(2 * grace):
		for _, g := range leftovers(before) {
			return fmt.Errorf("hangs, %s, %s\n%s", g.state, g.where(), indent(g.stack()))
		}
		return errors.New("hangs")
	}
	if err := outliving(end(), before); err != nil {
		return fmt.Errorf("leaves something behind: %w", err)
	}
	return nil
}

// checkSharedState compares the frames of a session that is alone with those of
// one that has another session beside it.
func checkSharedState[In, Out any](c *config[In, Out]) error {
	first, _, err := c.alone()
	if err != nil {
		return err
	}
	// Several times, for frames may depend on which of two goroutines is faster.
	for range repeats {
		again, changed, err := c.alone()
		switch {
		case err != nil:
			return err
		case slices.Equal(first, again):
			continue
		case changed != "":
			return fmt.Errorf("two handlers share %s, a session changes it, and the next session's frames differ; give each handler its own", changed)
		}
		c.note = "shared-state is not compared: two sessions, one after the other, emit different frames: " + difference(first, again)
		return nil
	}
	for _, inputs := range []int{0, c.frames} {
		beside, differ, err := c.always(first, inputs)
		if err != nil {
			return err
		}
		if differ {
			return fmt.Errorf("a session emits other frames whenever another session runs beside it, so that two handlers share state; give each its own: %s", difference(first, beside))
		}
	}
	return nil
}

// repeats is how often something is seen before it is not put down to chance.
const repeats = 4

// always returns the frames of a session that has another one beside it, and
// whether they differ from those of one alone each time.
func (c *config[In, Out]) always(alone []string, inputs int) (beside []string, differ bool, err error) {
	for range repeats {
		beside, err = c.beside(inputs)
		if err != nil || slices.Equal(alone, beside) {
			return nil, false, err
		}
	}
	return beside, true, nil
}

// alone returns the frames of a session, and what its handler shares with
// another one and changed.
func (c *config[In, Out]) alone() (frames []string, changed string, err error) {
	err = c.bubble.do(func() error {
		p, other := c.probe(), c.new(c.newHandler)
		p.record = true
		before := sharedState(p.h, other)
		s := c.serve(p)
		c.talk(s, 0, c.frames)
		s.leave()
		changed = changedState(before, sharedState(p.h, other))
		p.mu.Lock()
		defer p.mu.Unlock()
		frames = p.frames
		return nil
	})
	return frames, changed, err
}

// beside returns the frames of a session while the client of another sends a
// number of inputs.
func (c *config[In, Out]) beside(inputs int) (frames []string, err error) {
	err = c.bubble.do(func() error {
		p := c.probe()
		p.record = true
		s, other := c.serve(p), c.serve(c.probe())
		done := make(chan struct{})
		go func() {
			defer close(done)
			time.Sleep(frameDuration / 4)
			c.talk(other, 1, inputs)
		}()
		c.talk(s, 0, c.frames)
		s.leave()
		<-done
		other.leave()
		p.mu.Lock()
		defer p.mu.Unlock()
		frames = p.frames
		return nil
	})
	return frames, err
}

// difference describes the first difference between two lists of frames.
func difference(alone, beside []string) string {
	for i := range min(len(alone), len(beside)) {
		if alone[i] != beside[i] {
			return fmt.Sprintf("frame %d was %.100s, and is %.100s", i, alone[i], beside[i])
		}
	}
	return fmt.Sprintf("%d frames became %d", len(alone), len(beside))
}
