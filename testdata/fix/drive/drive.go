// Package drive drives the handlers of fix/behaviour through a session and tells
// what they did, so that a test can compare a handler with what a fix makes of
// it. It is run twice: on the packages as they are, and on fixed copies.
//
// A package of fix/behaviour has one handler type, and exports
//
//	func New() any             // a handler for one session
//	var Created atomic.Int64   // counts what is created, where it is created
//
// Created is left out where nothing can count, as for a channel. The methods are
// found by their names. A row of Cases names the package; what is expected of its
// frames stands there.
//
// The package knows nothing of fixes, and compares nothing.
package drive

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	server "github.com/emitcheck/emitcheck/runtime"
)

// A Case is a handler to drive.
type Case struct {
	Name    string        // of the package
	New     func() any    `json:"-"`
	Created *atomic.Int64 `json:"-"`
	Check   func() error  `json:"-"` // one more check, of the fixed handler

	Inputs []any    // what Receive is handed before each Emit, in turn
	Frames []string // of the fixed handler, if it is right that they are not those of the unfixed one
	Wall   bool     // by the wall clock: it waits for the network
	NoFix  string   // why it must not be fixed
	Maybe  bool     // it need not be fixed
}

// An Outcome is what a session did.
type Outcome struct {
	Frames  []string // and errors, of the calls of Emit
	Errors  []string // of everything else
	Created int64
	Left    []string // goroutines after the session, each with its stack
}

// Calls is how often Emit is called.
const Calls = 5

// Run drives a session and hands what it did to report, in the end, but before
// the goroutines that are left could spoil it.
func (c *Case) Run(t *testing.T, report func(*Outcome)) {
	if c.Wall {
		report(c.session(func() { time.Sleep(time.Millisecond) }))
		return
	}
	synctest.Test(t, func(*testing.T) {
		report(c.session(synctest.Wait))
	})
}

// session is the life of one handler. Its start's context ends when start has
// returned, as the OpenTelemetry collector's does; the calls' context is the
// session's.
func (c *Case) session(settle func()) *Outcome {
	out := new(Outcome)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	session, end := server.NewSession(ctx, c.Name)
	if c.Created != nil {
		c.Created.Store(0)
	}
	h := c.New()
	run := func(ctx context.Context, in any, names ...string) {
		if _, err := call(h, ctx, session, in, names...); err != nil {
			out.Errors = append(out.Errors, err.Error())
		}
	}
	starting, started := context.WithCancel(ctx)
	run(starting, nil, "SessionStart", "StartUp", "Start", "Open")
	started()
	for i := range Calls {
		if len(c.Inputs) > 0 {
			run(ctx, c.Inputs[i%len(c.Inputs)], "Receive")
		}
		frame, err := call(h, ctx, session, nil, "Emit")
		if err != nil {
			frame = "error: " + err.Error()
		}
		out.Frames = append(out.Frames, frame)
		c.pause(20 * time.Millisecond)
	}
	if c.Created != nil {
		out.Created = c.Created.Load()
	}
	stopping, stopped := context.WithTimeout(ctx, time.Minute)
	run(stopping, nil, "SessionStop", "SessionStopped", "Shutdown", "Stop", "Close", "Cleanup", "Teardown")
	stopped()
	if err := end(); err != nil {
		out.Errors = append(out.Errors, err.Error())
	}
	for range 20 {
		settle()
		if out.Left = c.left(); len(out.Left) == 0 {
			break
		}
		c.pause(50 * time.Millisecond)
	}
	return out
}

func (c *Case) pause(d time.Duration) {
	if c.Wall {
		d /= 10
	}
	time.Sleep(d)
}

// left returns the goroutines that the package started or is in, and the
// connections of HTTP clients. A service of the package's own, by the name of
// serve, does not count.
func (c *Case) left() []string {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	var left []string
	for g := range strings.SplitSeq(string(stacks), "\n\n") {
		pkg := "corpus/fix/behaviour/" + c.Name + "."
		switch {
		case strings.Contains(g, "drive.(*Case)."), strings.Contains(g, pkg+"init"), strings.Contains(g, pkg+"serve"):
		case strings.Contains(g, pkg), strings.Contains(g, "net/http.(*persistConn)"):
			left = append(left, g)
		}
	}
	return left
}

// call calls the first of some methods that a handler has. It returns the
// results, the error apart.
func call(h any, ctx context.Context, session *server.Session, in any, names ...string) (string, error) {
	var m reflect.Value
	for _, name := range names {
		if m = reflect.ValueOf(h).MethodByName(name); m.IsValid() {
			break
		}
	}
	if !m.IsValid() {
		return "", nil // nothing to start, or to stop
	}
	var args []reflect.Value
	for i := range m.Type().NumIn() {
		switch p := m.Type().In(i); {
		case p == reflect.TypeFor[context.Context]():
			args = append(args, reflect.ValueOf(ctx))
		case p == reflect.TypeFor[*server.Session]():
			args = append(args, reflect.ValueOf(session))
		case in != nil && reflect.TypeOf(in).AssignableTo(p):
			args = append(args, reflect.ValueOf(in))
		default:
			return "", errors.New("no argument of type " + p.String())
		}
	}
	var results []any
	for _, r := range m.Call(args) {
		if err, ok := r.Interface().(error); ok {
			return "", err
		}
		if r.Type() != reflect.TypeFor[error]() {
			results = append(results, r.Interface())
		}
	}
	return strings.TrimSuffix(fmt.Sprintln(results...), "\n"), nil
}
