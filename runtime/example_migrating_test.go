package runtime_test

// This is the program of docs/migrating.md, with an Example in place of the
// network's other end. TestMigratingPage holds the page to it.

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/signal"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

// A Frame is a piece of audio, of the user's or of the answer.
type Frame struct {
	Rate    int     `json:"rate"` // samples a second
	Samples []int16 `json:"samples"`
}

// Duration says how long the frame plays.
func (f Frame) Duration() time.Duration {
	if f.Rate <= 0 {
		return 0
	}
	return time.Duration(len(f.Samples)) * time.Second / time.Duration(f.Rate)
}

// longestAnswer is how many frames speak may be ahead of the user: 30 seconds of
// 20 ms each. A model answers faster than its answer plays, and its word that
// the user interrupts comes behind the audio; speak has to get to it in time.
const longestAnswer = 1500

// Assistant is the handler of one session: it hands the user's audio to a model,
// and the model's answers to the user.
type Assistant struct {
	model *Model // of all sessions

	session *runtime.Session
	stream  *Stream
	heard   *runtime.Queue[Frame]
	replies *runtime.Generator[Frame]
}

// NewAssistant returns the handler of a new session. Nothing is started here.
func NewAssistant(model *Model) *Assistant {
	return &Assistant{model: model}
}

// SessionStart makes what lives as long as the session, and returns. ctx is for
// what is done here and over when SessionStart returns; listen and speak are
// given the session's own context.
func (a *Assistant) SessionStart(ctx context.Context, s *runtime.Session) error {
	stream, err := a.model.Connect(ctx)
	if err != nil {
		return err
	}
	a.session = s
	a.stream = stream
	a.heard = runtime.NewQueue[Frame](64, runtime.DropOldest)
	s.Go(a.listen)
	a.replies = runtime.Generate(s, longestAnswer, a.speak)
	return nil
}

// Receive hands the audio on. The queue drops the oldest when the model is too
// slow, and counts it.
func (a *Assistant) Receive(ctx context.Context, f Frame) error {
	return a.heard.Put(ctx, f)
}

// Emit takes what there is, or waits for it under ctx.
func (a *Assistant) Emit(ctx context.Context) (Frame, error) {
	return a.replies.Next(ctx)
}

// SessionStop releases what SessionStart has made. It is called after a
// SessionStart that has failed too, so there may be nothing. listen and speak
// have ended.
func (a *Assistant) SessionStop(context.Context) error {
	if a.stream == nil {
		return nil
	}
	return a.stream.Close()
}

// listen runs as long as the session, and hands the model what Receive has
// queued.
func (a *Assistant) listen(ctx context.Context) error {
	for {
		f, err := a.heard.Take(ctx)
		if err != nil {
			return nil // the session is over
		}
		if err := a.stream.Send(ctx, f); err != nil {
			return err // ends the session, and reaches the client
		}
	}
}

// speak runs as long as the session, and yields the answers. What it returns is
// what Next, and so Emit, returns in the end: the io.EOF of a model that hangs
// up ends the session in good order.
func (a *Assistant) speak(ctx context.Context, yield func(Frame) bool) error {
	for {
		e, err := a.stream.Next(ctx)
		if err != nil {
			return err
		}
		switch {
		case e.Interrupted: // the user speaks: what is on its way is void
			a.session.Interrupt()
		case e.Text != "":
			if err := a.session.Send(ctx, e.Text); err != nil {
				return err
			}
		case !yield(e.Audio):
			return nil // the session is over
		}
	}
}

// Model stands in for the client library of a speech service.
type Model struct{}

// Connect begins a conversation.
func (m *Model) Connect(context.Context) (*Stream, error) {
	return &Stream{answers: runtime.NewQueue[Answer](64, runtime.Block)}, nil
}

// Stream is one conversation. This one repeats what it hears.
type Stream struct {
	answers *runtime.Queue[Answer]
}

// An Answer is a piece of audio, a transcript, or the word that the user
// interrupts.
type Answer struct {
	Audio       Frame
	Text        string
	Interrupted bool
}

// Send lets the model hear a frame. One without samples says that the user
// begins to speak.
func (s *Stream) Send(ctx context.Context, f Frame) error {
	if len(f.Samples) == 0 {
		return s.answers.Put(ctx, Answer{Interrupted: true})
	}
	if err := s.answers.Put(ctx, Answer{Text: fmt.Sprintf("heard %v", f.Duration())}); err != nil {
		return err
	}
	return s.answers.Put(ctx, Answer{Audio: f})
}

// Next waits for the next answer. It returns io.EOF when the model hangs up.
func (s *Stream) Next(ctx context.Context) (Answer, error) { return s.answers.Take(ctx) }

// Close ends the conversation.
func (s *Stream) Close() error {
	s.answers.Close()
	return nil
}

const (
	// maxLine bounds what a client can make the server hold, in bytes.
	maxLine = 1 << 20

	// maxWrite is how long a client may take no line before it counts as gone.
	maxWrite = 2 * time.Second
)

// jsonConn is a connection on which each line is a JSON value: frames from the
// client, events to it.
type jsonConn struct {
	conn  net.Conn
	lines *bufio.Scanner
}

func newJSONConn(conn net.Conn) *jsonConn {
	lines := bufio.NewScanner(conn)
	lines.Buffer(nil, maxLine)
	return &jsonConn{conn, lines}
}

// Receive reads a line. It need not heed ctx: Close, at the end of the session,
// ends the read. io.EOF is handed on as it is, for it says that the client has
// left in good order.
func (c *jsonConn) Receive(context.Context) (f Frame, err error) {
	if !c.lines.Scan() {
		if err := c.lines.Err(); err != nil {
			return f, err
		}
		return f, io.EOF
	}
	return f, json.Unmarshal(c.lines.Bytes(), &f)
}

// Send writes a line. The deadline is there for a client that reads no more: a
// write that nothing ends would hold up the end of the session.
func (c *jsonConn) Send(_ context.Context, e runtime.Event[Frame]) error {
	var line struct {
		Event   string `json:"event"`
		Frame   *Frame `json:"frame,omitempty"`
		Message any    `json:"message,omitempty"`
		Error   string `json:"error,omitempty"`
	}
	switch e.Kind {
	case runtime.EventFrame:
		line.Event, line.Frame = "frame", &e.Frame
	case runtime.EventMessage:
		line.Event, line.Message = "message", e.Message
	case runtime.EventInterrupt:
		line.Event = "interrupt"
	case runtime.EventEnd:
		line.Event = "end"
		switch { // what a stranger may know of it
		case errors.Is(e.Err, runtime.ErrTooManySessions):
			line.Error = "all lines are busy"
		case errors.Is(e.Err, runtime.ErrTimeLimit):
			line.Error = "the time is up"
		case errors.Is(e.Err, runtime.ErrShutdown):
			line.Error = "the server shuts down"
		case e.Err != nil:
			line.Error = "the session has failed"
		}
	}
	if err := c.conn.SetWriteDeadline(time.Now().Add(maxWrite)); err != nil {
		return err
	}
	return json.NewEncoder(c.conn).Encode(line)
}

// Close ends the connection, and a Receive that waits.
func (c *jsonConn) Close() error { return c.conn.Close() }

// newAssistantServer returns a server whose sessions share a model.
func newAssistantServer(model *Model) *runtime.Server[Frame, Frame] {
	return &runtime.Server[Frame, Frame]{
		NewHandler:     func() runtime.Handler[Frame, Frame] { return NewAssistant(model) },
		Duration:       Frame.Duration,
		MaxSessions:    100,
		MaxSessionTime: time.Hour,
		Grace:          3 * time.Second,
	}
}

// serve runs a session for each connection until ctx ends or the listener fails,
// and then ends them.
func serve(ctx context.Context, l net.Listener, server *runtime.Server[Frame, Frame]) error {
	stop := context.AfterFunc(ctx, func() { l.Close() })
	defer stop()
	// The sessions do not end with ctx: it is Shutdown that ends them.
	sessions := context.WithoutCancel(ctx)
	var failed error
	for {
		conn, err := l.Accept()
		if err != nil {
			if ctx.Err() == nil {
				failed = err
			}
			break
		}
		go func() {
			err := server.Serve(sessions, newJSONConn(conn))
			if err != nil && !errors.Is(err, runtime.ErrShutdown) {
				log.Print("session: ", err)
			}
		}()
	}
	wait, cancel := context.WithTimeout(sessions, 15*time.Second)
	defer cancel()
	return errors.Join(failed, server.Shutdown(wait))
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	l, err := net.Listen("tcp", "localhost:8080")
	if err != nil {
		log.Fatal(err)
	}
	if err := serve(ctx, l, newAssistantServer(new(Model))); err != nil {
		log.Fatal(err)
	}
}

var _ = main // the page's; here the Example takes its place

// The program of docs/migrating.md, which says how a FastRTC handler becomes one
// of this package, with a client.
func Example_migrating() {
	ctx, stop := context.WithCancel(context.Background())
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		log.Fatal(err)
	}
	served := make(chan error)
	go func() { served <- serve(ctx, l, newAssistantServer(new(Model))) }()

	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()
	events := bufio.NewScanner(conn)
	say := func(line string, answers int) {
		fmt.Fprintln(conn, line)
		for range answers {
			events.Scan()
			fmt.Println(events.Text())
		}
	}
	say(`{"rate": 100, "samples": [3, 1, 4]}`, 2)
	say(`{}`, 1) // the user begins to speak
	say(`{"rate": 100, "samples": [1, 5]}`, 2)
	stop() // as by an interrupt from the keyboard
	events.Scan()
	fmt.Println(events.Text())
	fmt.Println("served:", <-served)
	// Output:
	// {"event":"message","message":"heard 30ms"}
	// {"event":"frame","frame":{"rate":100,"samples":[3,1,4]}}
	// {"event":"interrupt"}
	// {"event":"message","message":"heard 20ms"}
	// {"event":"frame","frame":{"rate":100,"samples":[1,5]}}
	// {"event":"end","error":"the server shuts down"}
	// served: <nil>
}
