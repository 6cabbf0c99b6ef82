package runtime

import (
	"sync/atomic"
	"time"
)

// Stats are a server's counters since it was made, of running and ended
// sessions together. All but Active only grow. They marshal to JSON, so that
//
//	expvar.Publish("sessions", expvar.Func(func() any { return server.Stats() }))
//
// exports them.
type Stats struct {
	Active  int    `json:"active"`  // sessions that run now
	Started uint64 `json:"started"` // sessions begun, running ones included
	Refused uint64 `json:"refused"` // beyond MaxSessions or after Shutdown
	Failed  uint64 `json:"failed"`  // sessions that did not end in good order

	Received       uint64 `json:"received"`       // inputs that came from clients
	Handled        uint64 `json:"handled"`        // inputs that were given to Receive
	InputDropped   uint64 `json:"inputDropped"`   // inputs dropped by a full queue
	InputDiscarded uint64 `json:"inputDiscarded"` // inputs left over when their session ended

	Emitted         uint64 `json:"emitted"`         // frames that came from Emit
	Sent            uint64 `json:"sent"`            // frames that a connection has taken
	OutputDropped   uint64 `json:"outputDropped"`   // frames dropped by a full queue
	OutputDiscarded uint64 `json:"outputDiscarded"` // frames voided by Interrupt, or left over when their session ended

	// Late counts the frames that were sent more than half a frame after they were
	// due. The first after a pause does not count: Emit had nothing for ten frames'
	// time.
	Late       uint64 `json:"late"`
	Interrupts uint64 `json:"interrupts"` // calls of Interrupt
	Messages   uint64 `json:"messages"`   // messages that a connection has taken
	Overstays  uint64 `json:"overstays"`  // goroutines and calls that outlasted their session

	Lengths Lengths `json:"lengths"` // of ended sessions
}

// LengthBounds are the upper bounds of the buckets of [Lengths]: from a call
// that failed at once to one of a working day.
var LengthBounds = [...]time.Duration{
	time.Second, 10 * time.Second, time.Minute, 10 * time.Minute, time.Hour, 8 * time.Hour,
}

// Lengths is a histogram of session lengths.
type Lengths struct {
	Count uint64        `json:"count"`
	Sum   time.Duration `json:"sum"` // in nanoseconds
	// Buckets[i] counts the sessions no longer than LengthBounds[i] and longer
	// than the bound before; the last counts the rest.
	Buckets [len(LengthBounds) + 1]uint64 `json:"buckets"`
}

func (l *Lengths) add(d time.Duration) {
	l.Count++
	l.Sum += d
	for i, bound := range LengthBounds {
		if d <= bound {
			l.Buckets[i]++
			return
		}
	}
	l.Buckets[len(LengthBounds)]++
}

// counters are those of one session: each session has its own, since counters
// that thousands of sessions write for each frame would hold them up.
type counters struct {
	received, handled, inputDiscarded    atomic.Uint64
	emitted, sent, late, outputDiscarded atomic.Uint64
	messages                             atomic.Uint64
}
