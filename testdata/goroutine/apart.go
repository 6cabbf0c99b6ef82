package goroutine

import (
	"context"
	"os"
	"sync"
)

// What is around both a creation and what might end it, a loop or a defer
// statement, says nothing of either.

// AskedInLoop takes one value of what each goroutine would send.
type AskedInLoop struct {
	session
	n int
}

func (h *AskedInLoop) Emit(_ context.Context, r Record) error {
	for range r.Targets {
		c := make(chan int) // want `emit-channel`
		go func() {         // want `emit-goroutine`
			for {
				c <- 1
			}
		}()
		h.n = <-c
	}
	return nil
}

// DrainedInLoop takes all that it sends.
type DrainedInLoop struct {
	session
	n int
}

func (h *DrainedInLoop) Emit(_ context.Context, r Record) error {
	for _, t := range r.Targets {
		c := make(chan int) // silent: taken to its end
		go func() {         // silent: joined
			for range t {
				c <- 1
			}
			close(c)
		}()
		for range t {
			h.n += <-c
		}
	}
	return nil
}

// OneAnswerInLoop is answered once by each.
type OneAnswerInLoop struct {
	session
	n int
}

func (h *OneAnswerInLoop) Emit(_ context.Context, r Record) error {
	for range r.Targets {
		c := make(chan int)    // silent: over with the goroutine
		go func() { c <- 1 }() // silent: joined
		h.n = <-c
	}
	return nil
}

// DeferredOpens opens a file when the call ends, and closes it if that failed.
type DeferredOpens struct {
	session
	last *os.File
}

func (h *DeferredOpens) Emit(_ context.Context, r Record) error {
	defer func() {
		f, err := os.Open(r.Key) // want `emit-resource`
		if err != nil {
			f.Close()
		}
		h.last = f
	}()
	return nil
}

// DeferredOpensAndCloses releases it there as well.
type DeferredOpensAndCloses struct{ session }

func (h *DeferredOpensAndCloses) Emit(_ context.Context, r Record) error {
	defer func() {
		f, err := os.Open(r.Key) // silent: closed below
		if err != nil {
			return
		}
		defer f.Close()
		f.Stat()
	}()
	return nil
}

// DeferredClose closes what it has opened before.
type DeferredClose struct{ session }

func (h *DeferredClose) Emit(_ context.Context, r Record) error {
	f, err := os.Open(r.Key) // silent: closed when the call ends
	if err != nil {
		return err
	}
	defer func() {
		if err := f.Close(); err != nil {
			h.send(err.Error())
		}
	}()
	return nil
}

// StreamAskedInLoop starts a producer for each target, and takes one value of it.
type StreamAskedInLoop struct {
	session
	n int
}

func numbers() <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := range 9 {
			c <- i
		}
	}()
	return c
}

func (h *StreamAskedInLoop) Emit(_ context.Context, r Record) error {
	for range r.Targets {
		h.n += <-numbers() // want `emit-generator`
	}
	return nil
}

// StreamTakenInLoop takes all of one.
type StreamTakenInLoop struct {
	session
	n int
}

func (h *StreamTakenInLoop) Emit(_ context.Context, r Record) error {
	for c, more := numbers(), true; more; { // silent: it is taken to its end
		var n int
		n, more = <-c
		h.n += n
	}
	c := numbers() // silent: so is this one
	for n, ok := <-c; ok; n, ok = <-c {
		h.n += n
	}
	return nil
}

// WaitsSometimes waits under a condition that it does not start under.
type WaitsSometimes struct {
	session
	wait bool
}

func (h *WaitsSometimes) Emit(_ context.Context, r Record) error {
	if len(r.Targets) > 2 {
		var wg sync.WaitGroup
		wg.Go(func() { h.send(r.Key) }) // want `on some calls.*emit-goroutine`
		if h.wait {
			wg.Wait()
		}
	}
	return nil
}

// WaitsThere does both under the one condition.
type WaitsThere struct{ session }

func (h *WaitsThere) Emit(_ context.Context, r Record) error {
	if len(r.Targets) > 2 {
		var wg sync.WaitGroup
		wg.Go(func() { h.send(r.Key) }) // silent: joined
		wg.Wait()
	}
	return nil
}

// Appends stores functions that have a channel of their own.
type Appends struct {
	session
	later []func()
}

func (h *Appends) Emit(_ context.Context, r Record) error {
	c := make(chan int, 1) // want `emit-channel`
	h.later = append(h.later, func() { c <- 1 })
	d := make(chan int, 1) // silent: nothing else has it
	func() { d <- 1 }()
	<-d
	return nil
}
