// Package handlertest tests handlers: it drives a [runtime.Handler] through the
// lives that a session can have, and reports what a session's driver cannot
// repair.
//
// [Run] is for tests, one subtest for each check, and [Test] for everything
// else. What is checked:
//
//   - life: a session with a client that sends inputs and leaves ends without an
//     error.
//   - hot-goroutine: Emit and Receive start no goroutine, and no iter.Pull, on
//     each call. Those that end at once count too, but for those that a call
//     starts after it has waited. Timers are not counted.
//   - stop-goroutine: nothing that the session started is left after
//     SessionStop; what is left is named with the place where it was created.
//     A time.AfterFunc that is to fire yet is not seen.
//   - context: Emit and Receive return when their context ends, be it with the
//     session or by [runtime.Session.Interrupt].
//   - stop: SessionStop neither fails, nor panics, nor hangs after a SessionStart
//     that failed, or that was not called at all.
//   - shared-state: a session's frames do not depend on a session of another
//     handler of the same function beside it. Where two sessions that are alone
//     emit different frames, because of chance or of state that one leaves to the
//     next, there is nothing to compare; Run logs that.
//
// A client sends its inputs 20 ms apart, is silent for some seconds, and leaves.
//
// The sessions run in a [testing/synctest] bubble: a session of minutes takes
// milliseconds, and a goroutine is found where it waits. The bubble's clock
// stands still while a goroutine waits for a mutex, or for the network or a
// file, or computes; a handler that does so for longer than [Timeout] is reported
// as hanging, with its stack, and is not checked any further. So handlers under
// test are given fakes for what is outside the process.
//
// Channels, timers and contexts are made by newHandler or by the handler. Those
// of another bubble, and so of another call of Run or Test, may not be used: Go
// ends the process then, as it does for a panic in a goroutine of the handler's
// own. The same is true of a channel of the handler that is closed, or of a reply
// that is sent, by something outside.
//
// The package holds the checks. How sessions are driven is package runtime's.
package handlertest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// Run tests the handlers that newHandler returns, a new one for each session,
// with a subtest for each check.
func Run[In, Out any](t *testing.T, newHandler func() runtime.Handler[In, Out], options ...Option) {
	t.Helper()
	t.Context().Done() // a context that is derived from it in the bubble could not be told otherwise
	c, err := configure(newHandler, options)
	if err != nil {
		t.Fatal(err)
	}
	defer c.bubble.end()
	for _, check := range checks[In, Out]() {
		if c.bubble.stuck {
			return // what hangs has been reported, and holds up the rest
		}
		t.Run(check.name, func(t *testing.T) {
			c.note = ""
			if err := check.run(c); err != nil {
				t.Error(err)
			}
			if c.note != "" {
				t.Log(c.note)
			}
		})
	}
}

// Test is Run without a *testing.T: it returns what the checks found, joined by
// errors.Join, each beginning with the name of its check.
func Test[In, Out any](newHandler func() runtime.Handler[In, Out], options ...Option) error {
	c, err := configure(newHandler, options)
	if err != nil {
		return err
	}
	defer c.bubble.end()
	var errs []error
	for _, check := range checks[In, Out]() {
		if c.bubble.stuck {
			break
		}
		if err := check.run(c); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", check.name, err))
		}
	}
	return errors.Join(errs...)
}

// A check is one property of a handler. Its function returns what is wrong.
type check[In, Out any] struct {
	name string
	run  func(c *config[In, Out]) error
}

func checks[In, Out any]() []check[In, Out] {
	return []check[In, Out]{
		{"life", checkLife[In, Out]},
		// Before those that leave things undone, which shared state would remember.
		{"shared-state", checkSharedState[In, Out]},
		{"hot-goroutine", checkHotGoroutine[In, Out]},
		{"stop-goroutine", checkStopGoroutine[In, Out]},
		{"context", checkContext[In, Out]},
		{"stop", checkStop[In, Out]},
	}
}

// An Option changes what a test does.
type Option func(*settings)

// settings are what options set.
type settings struct {
	inputs  any // func(session, n int) In, nil for zero values
	failing any // func() runtime.Handler[In, Out], nil for none
	frames  int
	timeout time.Duration
}

// Inputs says what the client of a session sends as its nth input; sessions and
// inputs are counted from 0. Without it, inputs are zero values.
func Inputs[In any](input func(session, n int) In) Option {
	return func(s *settings) { s.inputs = input }
}

// FailingStart adds handlers whose SessionStart fails, say because the service
// they dial refuses them. Without it, SessionStart is tried with a context that
// has ended already.
func FailingStart[In, Out any](newHandler func() runtime.Handler[In, Out]) Option {
	return func(s *settings) { s.failing = newHandler }
}

// Frames says how many inputs a client sends, 20 ms apart, and for how many
// calls of Emit goroutines are counted; default: 100.
func Frames(n int) Option {
	return func(s *settings) { s.frames = n }
}

// Timeout says how long a check may take by the wall clock before its handler
// is taken to hang; default: 10 s, for what else takes milliseconds.
func Timeout(d time.Duration) Option {
	return func(s *settings) { s.timeout = d }
}

// config is what the checks need.
type config[In, Out any] struct {
	newHandler func() runtime.Handler[In, Out]
	failing    func() runtime.Handler[In, Out] // nil for none
	input      func(session, n int) In
	frames     int
	bubble     *bubble
	note       string // of a check that passes without having been able to check
}

func configure[In, Out any](newHandler func() runtime.Handler[In, Out], options []Option) (*config[In, Out], error) {
	s := settings{frames: 100, timeout: 10 * time.Second}
	for _, o := range options {
		o(&s)
	}
	c := &config[In, Out]{newHandler: newHandler, frames: s.frames}
	switch input := s.inputs.(type) {
	case nil:
		c.input = func(int, int) (zero In) { return zero }
	case func(int, int) In:
		c.input = input
	default:
		return nil, fmt.Errorf("handlertest: Inputs: the function is a %T, but the handler's needs a %T", input, c.input)
	}
	switch failing := s.failing.(type) {
	case nil:
	case func() runtime.Handler[In, Out]:
		c.failing = failing
	default:
		return nil, fmt.Errorf("handlertest: FailingStart: the function is a %T, but the handler's is a %T", failing, c.newHandler)
	}
	switch {
	case newHandler == nil:
		return nil, errors.New("handlertest: newHandler is nil")
	case c.frames < 1:
		return nil, fmt.Errorf("handlertest: Frames(%d): must be positive", c.frames)
	case s.timeout <= 0:
		return nil, fmt.Errorf("handlertest: Timeout(%v): must be positive", s.timeout)
	}
	var err error
	if c.bubble, err = newBubble(s.timeout); err != nil {
		return nil, err
	}
	if err := c.bubble.do(c.twice); err != nil {
		c.bubble.end()
		return nil, fmt.Errorf("handlertest: %w", err)
	}
	return c, nil
}

// twice looks whether newHandler makes handlers.
func (c *config[In, Out]) twice() error {
	if same(c.new(c.newHandler), c.new(c.newHandler)) {
		return errors.New("newHandler returned the same handler twice; each session needs a new one")
	}
	return nil
}
