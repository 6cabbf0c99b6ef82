package handlertest

import (
	"errors"
	"fmt"
	"regexp"
	goruntime "runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emitcheck/emitcheck/runtime/internal/stdfile"
)

// A bubble is a synctest bubble that runs functions one after the other. All of a
// test run in one: a channel that two handlers share may be used in no other.
type bubble struct {
	timeout  time.Duration // for each function, by the wall clock
	requests chan func()   // unbubbled, so that the clock stands still meanwhile
	id       string        // of the bubble
	died     chan error    // why it ended, if it did so by itself
	stuck    bool          // a function has not returned in time
}

// newBubble begins a bubble. It is ended by end.
func newBubble(timeout time.Duration) (*bubble, error) {
	b := &bubble{timeout: timeout, requests: make(chan func()), died: make(chan error, 1)}
	begun := make(chan struct{})
	go func() {
		defer func() {
			if v := recover(); v != nil {
				b.died <- fmt.Errorf("handlertest: %v", v)
			}
		}()
		// A T of its own: nothing waits for it if a handler hangs.
		synctest.Test(new(testing.T), func(*testing.T) {
			b.id = bubbleOf(current())
			close(begun)
			for f := range b.requests {
				f()
			}
		})
	}()
	select {
	case <-begun:
		return b, nil
	case err := <-b.died: // such as that a bubble may not be in a bubble
		return nil, err
	}
}

// end ends the bubble. What is still blocked in it stays so.
func (b *bubble) end() { close(b.requests) }

// do runs f in the bubble and returns its error. If f has not returned after
// the timeout, do returns an error that says where the bubble's goroutines are.
// No function runs in the bubble after that.
func (b *bubble) do(f func() error) error {
	if b.stuck {
		return errors.New("not checked: see above")
	}
	done := make(chan error, 1)
	b.requests <- func() { done <- <-start(f) }
	timer := time.NewTimer(b.timeout)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case err := <-b.died:
		b.stuck = true
		return err
	case <-timer.C:
		b.stuck = true
		return hang(b.timeout, goroutines(b.id))
	}
}

// start runs f in a goroutine of its own, which runtime.Goexit may end, and
// returns where its error comes.
func start(f func() error) <-chan error {
	done := make(chan error, 1)
	go func() {
		err := errors.New("runtime.Goexit was called (by t.Fatal or t.FailNow?)")
		defer func() { done <- err }()
		err = safely(f)
	}()
	return done
}

// misuse is what a check panics with if the test is at fault.
type misuse struct{ error }

// safely returns f's error, or what it panicked with.
func safely(f func() error) (err error) {
	defer func() {
		switch v := recover().(type) {
		case nil:
		case misuse:
			err = v.error
		default:
			err = fmt.Errorf("panic: %v\n%s", v, indent(panicked(string(debug.Stack()))))
		}
	}()
	return f()
}

// panicked returns the part of a stack that is between the panic and the test.
func panicked(stack string) string {
	g, ok := parseGoroutine(stack)
	if !ok {
		return stack
	}
	for i, f := range g.frames {
		if f.function == "panic" {
			g.frames = g.frames[i+1:]
			break
		}
	}
	return g.stack()
}

// hang describes a bubble that does not come to an end.
func hang(timeout time.Duration, all []goroutine) error {
	var b strings.Builder
	found := false
	fmt.Fprintf(&b, "hangs: after %v by the wall clock the session has not come to an end, and its clock stands still, because of", timeout)
	for _, g := range all {
		if g.durable || g.driver() {
			continue
		}
		fmt.Fprintf(&b, "\n%s, which %s, %s\n%s", g.title(), g.activity(), g.where(), indent(g.stack()))
		found = true
	}
	if !found {
		b.WriteString(" the test itself: it was comparing frames or handlers, which are too large for that")
	}
	for _, g := range all {
		if g.durable && g.method() != "" {
			fmt.Fprintf(&b, "\nMeanwhile %s waits (%s), %s", g.method(), g.state, g.where())
		}
	}
	return errors.New(b.String())
}

// activity says what a goroutine does that keeps a bubble's clock from going on.
func (g goroutine) activity() string {
	switch {
	case g.state == "running" || g.state == "runnable":
		return "computes, or calls what returns at once, without an end"
	case strings.HasPrefix(g.state, "chan") || strings.HasPrefix(g.state, "select"):
		return "waits for a channel that was made outside of the session (" + g.state + "): sessions share it, so make it in newHandler or SessionStart"
	case strings.HasPrefix(g.state, "sync"):
		return "waits for a lock (" + g.state + ")"
	default:
		return "waits for something outside of the process (" + g.state + "): give the handler a fake for it"
	}
}

// A goroutine is one goroutine of a stack dump.
type goroutine struct {
	header  string
	state   string  // what it waits for, "sync.Mutex.Lock"
	durable bool    // it waits for something of its bubble
	frames  []frame // the innermost first
	creator frame   // where it was created; zero if that is not told
	parent  string  // the number of the goroutine that created it
}

// A frame is a function and a place in it.
type frame struct{ function, place string }

var headerPattern = regexp.MustCompile(`^goroutine \d+.* \[([^\]]*)\]:$`)

// bubbleOf returns the number of the bubble in a goroutine's header, or "".
func bubbleOf(header string) string {
	_, id, _ := strings.Cut(header, "synctest bubble ")
	id, _, _ = strings.Cut(id, "]")
	id, _, _ = strings.Cut(id, ",")
	return id
}

// current returns the header of the calling goroutine.
func current() string {
	buf := make([]byte, 256)
	header, _, _ := strings.Cut(string(buf[:goruntime.Stack(buf, false)]), "\n")
	return header
}

// goroutines returns the goroutines of a bubble.
func goroutines(bubble string) []goroutine {
	buf := make([]byte, 1<<20)
	for {
		n := goruntime.Stack(buf, true)
		if n < len(buf) {
			buf = buf[:n]
			break
		}
		buf = make([]byte, 2*len(buf))
	}
	var list []goroutine
	for dump := range strings.SplitSeq(string(buf), "\n\n") {
		if g, ok := parseGoroutine(dump); ok && bubbleOf(g.header) == bubble {
			list = append(list, g)
		}
	}
	return list
}

// parseGoroutine parses the stack of one goroutine as runtime.Stack prints it.
func parseGoroutine(dump string) (goroutine, bool) {
	lines := strings.Split(strings.TrimSpace(dump), "\n")
	m := headerPattern.FindStringSubmatch(lines[0])
	if m == nil {
		return goroutine{}, false
	}
	state, _, _ := strings.Cut(m[1], ",")
	g := goroutine{header: lines[0]}
	g.state, g.durable = strings.CutSuffix(state, " (durable)")
	for i := 1; i+1 < len(lines); i += 2 {
		function, place := lines[i], strings.TrimSpace(lines[i+1])
		place, _, _ = strings.Cut(place, " +0x")
		if by, ok := strings.CutPrefix(function, "created by "); ok {
			g.creator.place = place
			g.creator.function, g.parent, _ = strings.Cut(by, " in goroutine ")
			continue
		}
		if i := strings.LastIndex(function, "("); i > 0 {
			function = function[:i] // without the arguments
		}
		g.frames = append(g.frames, frame{function, place})
	}
	return g, true
}

// The packages whose goroutines drive the test.
const (
	runtimePackage = "github.com/emitcheck/emitcheck/runtime."
	thisPackage    = "github.com/emitcheck/emitcheck/runtime/handlertest."
)

// driver reports whether the goroutine is one of the test or the driver, and
// runs nothing of the handler's.
func (g goroutine) driver() bool {
	for _, f := range g.frames {
		if !isDriver(f.function) && !stdfile.Is(f.place) {
			return false
		}
	}
	by := g.creator.function
	return by == "" || isDriver(by) || strings.HasPrefix(by, "testing") || strings.HasPrefix(by, "internal/synctest")
}

func isDriver(function string) bool {
	return strings.HasPrefix(function, runtimePackage) || strings.HasPrefix(function, thisPackage)
}

// sessions reports whether the goroutine was started by a session, which knows
// it by its name.
func (g goroutine) sessions() bool { return strings.HasPrefix(g.creator.function, runtimePackage) }

// creation returns where the goroutine was created. Of one that a session
// started that is what it runs: where, the session knows.
func (g goroutine) creation() string {
	if g.sessions() {
		for _, run := range slices.Backward(g.frames) {
			if !isDriver(run.function) && !stdfile.Is(run.place) {
				return "a Session.Go or runtime.Generate, to run " + run.function
			}
		}
	}
	if g.creator.function == "" {
		return "an unknown place"
	}
	return g.creator.place + " (" + g.creator.function + ")"
}

// methods are the probe's functions that call a method of the handler.
var methods = map[string]string{
	"SessionStart": "SessionStart",
	"Receive":      "Receive",
	"Emit":         "Emit",
	"drainEmit":    "Emit",
	"SessionStop":  "SessionStop",
}

// method returns the handler's method that the goroutine runs, or "".
func (g goroutine) method() string {
	for _, f := range g.frames {
		if name, ok := strings.CutPrefix(f.function, thisPackage+"(*probe[...])."); ok && methods[name] != "" {
			return methods[name]
		}
	}
	return ""
}

// title says what the goroutine runs, or where it comes from.
func (g goroutine) title() string {
	if m := g.method(); m != "" {
		return m
	}
	return "a goroutine created by " + g.creation()
}

// id returns the goroutine's number.
func (g goroutine) id() string { return strings.Fields(g.header)[1] }

// where returns the innermost place that is the handler's.
func (g goroutine) where() string {
	at := g.frames[0]
	for _, f := range g.frames {
		if !stdfile.Is(f.place) && !isDriver(f.function) {
			at = f
			break
		}
	}
	return "in " + at.function + " at " + at.place
}

// stack returns the frames up to the driver's.
func (g goroutine) stack() string {
	var b strings.Builder
	frames := g.frames
	if g.creator.function != "" {
		frames = append(slices.Clip(frames), g.creator)
	}
	for _, f := range frames {
		if isDriver(f.function) && b.Len() > 0 {
			break
		}
		fmt.Fprintf(&b, "%s\n\t%s\n", f.function, f.place)
	}
	return b.String()
}

func indent(s string) string {
	return "\t" + strings.ReplaceAll(strings.TrimSpace(s), "\n", "\n\t")
}
