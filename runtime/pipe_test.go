package runtime_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"

	"github.com/emitcheck/emitcheck/runtime"
)

func TestPipePanicsWithoutBound(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Pipe(0) does not panic")
		}
	}()
	runtime.Pipe[int, int](0)
}

func TestPipeCarriesBothWaysUpToItsSize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, conn := runtime.Pipe[int, int](2)
		sent := make(chan int, 10)
		go func() {
			for i := range 3 {
				client.Send(t.Context(), i)
				sent <- i
			}
		}()
		go func() {
			for i := range 3 {
				conn.Send(t.Context(), runtime.Event[int]{Kind: runtime.EventFrame, Frame: i})
				sent <- i
			}
		}()
		synctest.Wait()
		if len(sent) != 4 {
			t.Errorf("%d elements went into two directions of size 2, want 4", len(sent))
		}
		for i := range 3 {
			if in, err := conn.Receive(t.Context()); in != i || err != nil {
				t.Errorf("the session received %d, %v; want %d", in, err, i)
			}
			if e, err := client.Receive(t.Context()); e.Frame != i || err != nil {
				t.Errorf("the client received %v, %v; want frame %d", e, err, i)
			}
		}
	})
}

func TestPipeClientLeavesInGoodOrder(t *testing.T) {
	client, conn := runtime.Pipe[int, int](2)
	client.Send(t.Context(), 1)
	client.Close()
	client.Close()
	if err := client.Send(t.Context(), 2); !errors.Is(err, runtime.ErrClosed) {
		t.Errorf("Send after Close returned %v, want ErrClosed", err)
	}
	if in, err := conn.Receive(t.Context()); in != 1 || err != nil {
		t.Errorf("the session received %d, %v; want what was sent before", in, err)
	}
	if _, err := conn.Receive(t.Context()); err != io.EOF {
		t.Errorf("the session received %v, want io.EOF", err)
	}
	if err := conn.Send(t.Context(), runtime.Event[int]{}); err != nil {
		t.Errorf("Send to a client that has left but reads on returned %v", err)
	}
}

func TestPipeSessionCloses(t *testing.T) {
	client, conn := runtime.Pipe[int, int](2)
	conn.Send(t.Context(), runtime.Event[int]{Frame: 1})
	if err := conn.Close(); err != nil {
		t.Errorf("Close returned %v", err)
	}
	if err := client.Send(t.Context(), 1); !errors.Is(err, runtime.ErrClosed) {
		t.Errorf("the client's Send returned %v, want ErrClosed", err)
	}
	if e, err := client.Receive(t.Context()); e.Frame != 1 || err != nil {
		t.Errorf("the client received %v, %v; want what was sent before", e, err)
	}
	if _, err := client.Receive(t.Context()); err != io.EOF {
		t.Errorf("the client received %v, want io.EOF", err)
	}
	if _, err := conn.Receive(t.Context()); err != io.EOF {
		t.Errorf("Receive after Close returned %v, want io.EOF", err)
	}
	if err := conn.Send(t.Context(), runtime.Event[int]{}); !errors.Is(err, runtime.ErrClosed) {
		t.Errorf("Send after Close returned %v, want ErrClosed", err)
	}
}

func TestPipeVanishEndsCallsUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, cause := range []error{errBoom, nil} {
			client, conn := runtime.Pipe[int, int](1)
			conn.Send(t.Context(), runtime.Event[int]{Frame: 1})
			received, sent := make(chan error, 1), make(chan error, 1)
			go func() { _, err := conn.Receive(t.Context()); received <- err }()
			go func() { sent <- conn.Send(t.Context(), runtime.Event[int]{Frame: 2}) }()
			synctest.Wait()
			client.Vanish(cause)
			want := cause
			if want == nil {
				want = context.Canceled
			}
			if err := <-received; !errors.Is(err, want) {
				t.Errorf("Receive under way returned %v, want %v", err, want)
			}
			if err := <-sent; !errors.Is(err, want) {
				t.Errorf("Send under way returned %v, want %v", err, want)
			}
			if _, err := conn.Receive(t.Context()); !errors.Is(err, want) {
				t.Errorf("Receive after that returned %v, want %v", err, want)
			}
			if err := conn.Send(t.Context(), runtime.Event[int]{}); !errors.Is(err, want) {
				t.Errorf("Send after that returned %v, want %v", err, want)
			}
		}
	})
}

func TestPipeVanishLosesWhatWasSent(t *testing.T) {
	client, conn := runtime.Pipe[int, int](1)
	client.Send(t.Context(), 1)
	client.Vanish(errBoom)
	if _, err := conn.Receive(t.Context()); !errors.Is(err, errBoom) {
		t.Errorf("Receive returned %v, want %v", err, errBoom)
	}
}

func TestPipeCallsEndWithTheirContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	client, conn := runtime.Pipe[int, int](1)
	_, fromSession := client.Receive(ctx)
	_, fromClient := conn.Receive(ctx)
	for _, err := range []error{
		fromSession, fromClient, client.Send(ctx, 1), conn.Send(ctx, runtime.Event[int]{}),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("a call with an ended context returned %v, want context.Canceled", err)
		}
	}
}

// oddConn is a connection that has no context after all.
type oddConn struct {
	runtime.Conn[int, int]
	context func() context.Context
}

func (c oddConn) Context() context.Context { return c.context() }

func TestConnWithoutAContextAfterAll(t *testing.T) {
	for name, f := range map[string]func() context.Context{
		"nil":    func() context.Context { return nil },
		"panics": func() context.Context { panic("not connected") },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, conn := runtime.Pipe[int, int](8)
				client.Close()
				server := &runtime.Server[int, int]{NewHandler: func() runtime.Handler[int, int] { return new(probe) }}
				if err := server.Serve(t.Context(), oddConn{conn, f}); err != nil {
					t.Error(err)
				}
			})
		})
	}
}
