package runtime_test

import (
	"context"
	"fmt"
	"log"
	"sync/atomic"

	"github.com/emitcheck/emitcheck/runtime"
)

// Speech is what a speech detector says of the user.
type Speech struct {
	Started bool   // the user has begun to speak
	Text    string // what the user has said, at the end of it
}

// Narrator answers what the user says, and falls silent as soon as the user
// speaks.
type Narrator struct {
	session *runtime.Session
	asked   *runtime.Queue[utterance]
	answer  *runtime.Generator[utterance]
	turn    atomic.Int64 // counts how often the user has begun to speak
}

// An utterance is one of the user's, or a piece of the answer, and when it was.
type utterance struct {
	turn int64
	text string
}

func (n *Narrator) SessionStart(_ context.Context, s *runtime.Session) error {
	n.session = s
	n.asked = runtime.NewQueue[utterance](4, runtime.DropOldest)
	n.answer = runtime.Generate(s, 4, n.narrate)
	return nil
}

// Receive first begins a new turn, then interrupts: what is on its way is void,
// and what the generator has in hand is of an earlier turn.
func (n *Narrator) Receive(ctx context.Context, in Speech) error {
	if in.Started {
		n.turn.Add(1)
		n.session.Interrupt()
		return nil
	}
	return n.asked.Put(ctx, utterance{n.turn.Load(), in.Text})
}

// narrate is the session's one generator. It ends an answer when a new turn
// begins, and itself when the session ends.
func (n *Narrator) narrate(ctx context.Context, yield func(utterance) bool) error {
	for {
		asked, err := n.asked.Take(ctx)
		if err != nil {
			return err
		}
		for piece := 1; asked.turn == n.turn.Load() && piece <= narrations[asked.text]; piece++ {
			if !yield(utterance{asked.turn, fmt.Sprintf("%s, part %d", asked.text, piece)}) {
				return nil
			}
		}
	}
}

// Emit leaves out what the generator had in hand when the turn ended.
func (n *Narrator) Emit(ctx context.Context) (string, error) {
	for {
		u, err := n.answer.Next(ctx)
		if err != nil || u.turn == n.turn.Load() {
			return u.text, err
		}
	}
}

func (n *Narrator) SessionStop(context.Context) error { return nil }

// narrations says how many parts each has.
var narrations = map[string]int{"a long story": 1_000_000, "the time": 2}

// Barge-in: the user speaks while the answer is being played. After the client
// is told of the interruption, no frame of the old answer reaches it.
func Example_bargeIn() {
	ctx := context.Background()
	server := &runtime.Server[Speech, string]{
		NewHandler: func() runtime.Handler[Speech, string] { return new(Narrator) },
	}
	client, conn := runtime.Pipe[Speech, string](8)
	ended := make(chan error)
	go func() { ended <- server.Serve(ctx, conn) }()
	say := func(s Speech) {
		if err := client.Send(ctx, s); err != nil {
			log.Fatal(err)
		}
	}
	hear := func() runtime.Event[string] {
		e, err := client.Receive(ctx)
		if err != nil {
			log.Fatal(err)
		}
		return e
	}

	say(Speech{Text: "a long story"})
	fmt.Println(hear().Frame)
	say(Speech{Started: true})
	for hear().Kind != runtime.EventInterrupt {
		// What was on its way before the interruption.
	}
	fmt.Println("interrupted: what has not been played is void")
	say(Speech{Text: "the time"})
	fmt.Println(hear().Frame)
	fmt.Println(hear().Frame)

	client.Close()
	fmt.Println("ended:", <-ended)
	// Output:
	// a long story, part 1
	// interrupted: what has not been played is void
	// the time, part 1
	// the time, part 2
	// ended: <nil>
}
