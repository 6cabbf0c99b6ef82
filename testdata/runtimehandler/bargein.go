package runtimehandler

import (
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"

	"github.com/emitcheck/emitcheck/runtime"
)

// Speech is what a speech detector says of the user.
type Speech struct {
	Started bool
	Text    string
}

type utterance struct {
	turn int64
	text string
}

// Narrator answers what the user says, and falls silent as soon as the user
// speaks.
type Narrator struct {
	session *runtime.Session
	asked   *runtime.Queue[utterance]
	answer  *runtime.Generator[utterance]
	turn    atomic.Int64
}

func (n *Narrator) SessionStart(_ context.Context, s *runtime.Session) error {
	n.session = s
	n.asked = runtime.NewQueue[utterance](4, runtime.DropOldest)
	s.OnInterrupt(func() { n.asked.Clear() })    // silent: once for the session
	n.answer = runtime.Generate(s, 4, n.narrate) // silent: once for the session
	return nil
}

func (n *Narrator) narrate(ctx context.Context, yield func(utterance) bool) error {
	for {
		asked, err := n.asked.Take(ctx)
		if err != nil {
			return err
		}
		for asked.turn == n.turn.Load() {
			if !yield(asked) {
				return nil
			}
		}
	}
}

func (n *Narrator) Receive(ctx context.Context, in Speech) error {
	if in.Started {
		n.turn.Add(1)
		n.session.Interrupt() // silent: does not wait
		return nil
	}
	return n.asked.Put(ctx, utterance{n.turn.Load(), in.Text}) // silent: never waits, it drops
}

func (n *Narrator) Emit(ctx context.Context) (string, error) {
	for {
		u, err := n.answer.Next(ctx) // silent: waits under ctx
		if err != nil || u.turn == n.turn.Load() {
			return u.text, err
		}
	}
}

func (n *Narrator) SessionStop(context.Context) error { return nil }

// InterruptsInBackground interrupts in a goroutine, though Interrupt does not
// wait: what is said next may be voided as well.
type InterruptsInBackground struct {
	Narrator
}

func (n *InterruptsInBackground) Receive(ctx context.Context, in Speech) error {
	if in.Started {
		go n.session.Interrupt() // want `on some calls.*emit-goroutine`
		return nil
	}
	return n.asked.Put(ctx, utterance{n.turn.Load(), in.Text})
}

// ClearsPerTurn empties its one queue.
type ClearsPerTurn struct {
	Narrator
	closed bool
}

func (n *ClearsPerTurn) Receive(ctx context.Context, in Speech) error {
	switch {
	case in.Started:
		n.asked.Clear() // silent: does not wait
		n.session.Interrupt()
	case in.Text == "" && n.asked.Len() > 0: // silent: does not wait
		n.session.Logger().Debug("empty", "dropped", n.asked.Dropped()) // silent: a counter
	case in.Text == "bye":
		n.asked.Close() // silent: closing makes nothing
	}
	return nil
}

// SpawnsTranscript sends each transcript from a goroutine: they arrive in any
// order.
type SpawnsTranscript struct {
	Narrator
}

func (n *SpawnsTranscript) Receive(ctx context.Context, in Speech) error {
	go n.session.Send(ctx, in.Text) // want `on each call.*emit-goroutine` `context of the call.*context-escape`
	return n.asked.Put(ctx, utterance{n.turn.Load(), in.Text})
}

// SendsTranscript sends it itself, under the context of the call.
type SendsTranscript struct {
	Narrator
}

func (n *SendsTranscript) Receive(ctx context.Context, in Speech) error {
	if err := n.session.Send(ctx, in.Text); err != nil { // silent: waits under ctx
		return err
	}
	return n.asked.Put(ctx, utterance{n.turn.Load(), in.Text})
}

func (n *SendsTranscript) Emit(ctx context.Context) (string, error) {
	u, err := n.answer.Next(ctx)
	if errors.Is(err, io.EOF) {
		return "", n.session.Send(ctx, "the end") // silent: waits under ctx
	}
	return u.text, err
}

// WaitsForTurn waits for a condition in Emit that only Receive makes true.
type WaitsForTurn struct {
	Narrator
	mu    sync.Mutex
	ready sync.Cond
	text  string
}

func (n *WaitsForTurn) Emit(ctx context.Context) (string, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for n.text == "" {
		n.ready.Wait() // want `emit-blocking`
	}
	return n.text, nil
}
