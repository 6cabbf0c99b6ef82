package handlertype

import "context"

// The rate follows from the signature: a channel that is over with the call is
// told at rate frame and only there.

func (h *PulledContext) Emit(context.Context) (Frame, error) {
	ch := make(chan int, 1) // want `over when the call returns.*emit-channel`
	ch <- 1
	return Frame{Samples: []int16{int16(<-ch)}}, nil
}

type PulledContext struct{ life }

type PulledNothing struct{ life }

func (h *PulledNothing) Emit() []byte {
	ch := make(chan byte, 1) // want `over when the call returns.*emit-channel`
	ch <- 1
	return []byte{<-ch}
}

type PulledOK struct{ life }

func (h *PulledOK) Emit(context.Context) (int, bool) {
	ch := make(chan int, 1) // want `over when the call returns.*emit-channel`
	ch <- 1
	return <-ch, true
}

// myContext is a context by another name.
type myContext = context.Context

type PulledAlias struct{ life }

func (h *PulledAlias) Emit(myContext) (n int, err error) {
	ch := make(chan int, 1) // want `over when the call returns.*emit-channel`
	ch <- 1
	return <-ch, nil
}

type PushedRecord struct{ life }

func (h *PushedRecord) Emit(_ context.Context, r Record) error {
	ch := make(chan int, 1) // silent: a cost, at rate record
	ch <- len(r.Items)
	work(<-ch)
	return nil
}

type PushedWithResult struct{ life }

func (h *PushedWithResult) Emit(r Record) (Frame, error) {
	ch := make(chan int, 1) // silent: a cost, and it is handed data
	ch <- len(r.Items)
	return Frame{Samples: make([]int16, <-ch)}, nil
}

type ErrorOnly struct{ life }

func (h *ErrorOnly) Emit(context.Context) error {
	ch := make(chan int, 1) // silent: a cost, and it hands out no value
	ch <- 1
	work(<-ch)
	return nil
}

type NothingAtAll struct{ life }

func (h *NothingAtAll) Emit() {
	ch := make(chan int, 1) // silent: a cost, and it hands out no value
	ch <- 1
	work(<-ch)
}

// Both has a pulled and a pushed method.
type Both struct{ life }

func (h *Both) Emit(context.Context) (Frame, error) {
	ch := make(chan int, 1) // want `^Emit .*over when the call returns.*emit-channel`
	ch <- 1
	return Frame{Samples: make([]int16, <-ch)}, nil
}

func (h *Both) Receive(_ context.Context, f Frame) error {
	ch := make(chan int, 1) // silent: a cost, and Receive is handed data
	ch <- len(f.Samples)
	work(<-ch)
	return nil
}
