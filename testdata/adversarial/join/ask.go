package join

import (
	"context"
	"time"
)

// request is what a handler asks its loop, with a channel for the answer.
type request struct {
	rec   Record
	reply chan error
	ctx   context.Context
}

func newRequest(r Record) *request {
	return &request{rec: r, reply: make(chan error, 1)}
}

func (q *request) wait(ctx context.Context) error {
	select {
	case err := <-q.reply:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// actor answers requests in its loop.
type actor struct {
	session
	reqs chan request
	ptrs chan *request
}

// AskLiteral has the channel in the literal that it sends.
type AskLiteral struct{ actor }

func (h *AskLiteral) Emit(_ context.Context, r Record) error {
	q := request{rec: r, reply: make(chan error, 1)} // silent: a reply channel
	h.reqs <- q
	return <-q.reply
}

// AskVariable has it in a variable.
type AskVariable struct{ actor }

func (h *AskVariable) Emit(_ context.Context, r Record) error {
	reply := make(chan error) // silent: a reply channel
	h.reqs <- request{rec: r, reply: reply}
	return <-reply
}

// AskSelect waits under its context.
type AskSelect struct{ actor }

func (h *AskSelect) Emit(ctx context.Context, r Record) error {
	reply := make(chan error, 1) // silent: a reply channel
	select {
	case h.reqs <- request{rec: r, reply: reply, ctx: ctx}:
	case <-h.quit:
		return errTimeout
	}
	select {
	case err := <-reply:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// AskPointer sends a pointer.
type AskPointer struct{ actor }

func (h *AskPointer) Emit(ctx context.Context, r Record) error {
	q := &request{rec: r, reply: make(chan error, 1)} // silent: a reply channel
	h.ptrs <- q
	select {
	case err := <-q.reply:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// AskConstructed has a constructor and a wait.
type AskConstructed struct{ actor }

func (h *AskConstructed) Emit(ctx context.Context, r Record) error {
	q := newRequest(r) // silent: a reply channel
	h.ptrs <- q
	return q.wait(ctx)
}

// AskHelper does it all in a helper.
type AskHelper struct{ actor }

func (h *AskHelper) ask(r Record) error {
	reply := make(chan error, 1)
	h.reqs <- request{rec: r, reply: reply}
	select {
	case err := <-reply:
		return err
	case <-h.quit:
		return errTimeout
	case <-time.After(time.Second):
		return errTimeout
	}
}

func (h *AskHelper) Emit(_ context.Context, r Record) error {
	return h.ask(r) // silent: a reply channel
}

// AskFunction sends a function that answers.
type AskFunction struct {
	session
	fns chan func()
}

func (h *AskFunction) Emit(_ context.Context, r Record) error {
	done := make(chan struct{}) // silent: a reply channel
	h.fns <- func() {
		defer close(done)
		h.send(r.Key)
	}
	<-done
	return nil
}

// AskMap registers the channel under an id and takes it away again.
type AskMap struct {
	session
	pending map[string]chan error
}

func (h *AskMap) Emit(ctx context.Context, r Record) error {
	reply := make(chan error, 1) // silent: a reply channel, taken away before return
	h.pending[r.Key] = reply
	defer delete(h.pending, r.Key)
	if err := h.send(r.Key); err != nil {
		return err
	}
	select {
	case err := <-reply:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// AskFrame is a cost at rate frame.
type AskFrame struct{ actor }

func (h *AskFrame) Emit(ctx context.Context) (Frame, error) {
	reply := make(chan error, 1) // want `on each call \(over when the call returns\): .*emit-channel`
	select {
	case h.reqs <- request{reply: reply}:
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
	select {
	case err := <-reply:
		return Frame{}, err
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
}

// Tell sends a channel that it does not wait on.
type Tell struct{ actor }

func (h *Tell) Emit(_ context.Context, r Record) error {
	h.reqs <- request{rec: r, reply: make(chan error, 1)} // silent: it goes with the request, and is collected with it
	return nil
}

// Waiters keeps the channel for the caller to wait on.
type Waiters struct {
	session
	waiting []chan error
}

func (h *Waiters) Emit(_ context.Context, r Record) error {
	ch := make(chan error, 1) // want `on each call: .*emit-channel`
	h.waiting = append(h.waiting, ch)
	return h.send(r.Key)
}
