// Package join holds goroutines that are over when the hot method returns, in
// the ways that Go programs wait for them, and some that are not.
package join

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"sync"
	"time"

	"corpus/adversarial/join/par"
)

// Record is what a handler of rate record is handed.
type Record struct {
	Key     string
	Targets []string
}

// Frame is what a handler of rate frame hands out.
type Frame struct{ Samples []int16 }

var errTimeout = errors.New("timeout")

type session struct {
	quit chan struct{}
	n    int
}

func (s *session) SessionStart(context.Context) error {
	s.quit = make(chan struct{})
	return nil
}

func (s *session) SessionStop(context.Context) error {
	close(s.quit)
	return nil
}

func (s *session) loop() { <-s.quit }

func (s *session) send(string) error {
	s.n++
	return nil
}

// GroupOfPackage uses a group of another package.
type GroupOfPackage struct{ session }

func (h *GroupOfPackage) Emit(_ context.Context, r Record) error {
	var g par.Group
	for _, t := range r.Targets {
		g.Go(func() error { return h.send(t) }) // silent: joined by g.Wait
	}
	return g.Wait()
}

// GroupLimited bounds it.
type GroupLimited struct{ session }

func (h *GroupLimited) Emit(_ context.Context, r Record) error {
	g := new(par.Group)
	g.SetLimit(4) // silent: the channel is the group's, which is over with the call
	for _, t := range r.Targets {
		g.Go(func() error { return h.send(t) }) // silent: joined by g.Wait
	}
	return g.Wait()
}

// GroupWithStop is made by a constructor.
type GroupWithStop struct{ session }

func (h *GroupWithStop) Emit(ctx context.Context, r Record) error {
	_, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	g := par.WithStop(cancel)
	for _, t := range r.Targets {
		g.Go(func() error { return h.send(t) }) // silent: joined by g.Wait
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return nil
}

// GroupOfHandler waits for it at the end of the session.
type GroupOfHandler struct {
	session
	g par.Group
}

func (h *GroupOfHandler) Emit(_ context.Context, r Record) error {
	h.g.Go(func() error { return h.send(r.Key) }) // want `on each call: .*par.*Go.*emit-goroutine`
	return nil
}

func (h *GroupOfHandler) SessionStop(ctx context.Context) error {
	return errors.Join(h.g.Wait(), h.session.SessionStop(ctx))
}

// GroupWaitedLater is waited for by another goroutine.
type GroupWaitedLater struct{ session }

func (h *GroupWaitedLater) Emit(_ context.Context, r Record) error {
	var g par.Group
	g.Go(func() error { return h.send(r.Key) }) // want `emit-goroutine`
	go func() {                                 // want `emit-goroutine`
		_ = g.Wait()
	}()
	return nil
}

// EachOfPackage waits in another package.
type EachOfPackage struct{ session }

func (h *EachOfPackage) Emit(_ context.Context, r Record) error {
	return par.Each(r.Targets, h.send) // silent: joined in the callee
}

// EachOfPackageFrame is a cost at rate frame.
type EachOfPackageFrame struct{ session }

func (h *EachOfPackageFrame) Emit(context.Context) (Frame, error) {
	return Frame{}, par.Each([]string{"l", "r"}, h.send) // want `on each call \(over when the call returns\): .*emit-goroutine`
}

// MapOfPackage waits in another package.
type MapOfPackage struct{ session }

func (h *MapOfPackage) Emit(_ context.Context, r Record) error {
	return errors.Join(par.Map(r.Targets, h.send)...) // silent: joined in the callee
}

// DetachOfPackage does not.
type DetachOfPackage struct{ session }

func (h *DetachOfPackage) Emit(_ context.Context, r Record) error {
	par.Detach(func() { h.send(r.Key) }) // want `on each call: .*par\.Detach .*emit-goroutine`
	return nil
}

// FutureGot takes the value of a future.
type FutureGot struct{ session }

func (h *FutureGot) Emit(_ context.Context, r Record) error {
	// A limit, it should be silent: joined by Get
	f := par.Async(func() error { return h.send(r.Key) }) // want `emit-goroutine`
	h.n++
	return f.Get()
}

// FuturesGot takes the values of many.
type FuturesGot struct{ session }

func (h *FuturesGot) Emit(_ context.Context, r Record) error {
	fs := make([]*par.Future[error], len(r.Targets))
	for i, t := range r.Targets {
		// A limit, it should be silent: joined by the Gets
		fs[i] = par.Async(func() error { return h.send(t) }) // want `emit-goroutine`
	}
	var errs []error
	for _, f := range fs {
		errs = append(errs, f.Get())
	}
	return errors.Join(errs...)
}

// FutureDropped does not take it.
type FutureDropped struct{ session }

func (h *FutureDropped) Emit(_ context.Context, r Record) error {
	_ = par.Async(func() error { return h.send(r.Key) }) // want `emit-goroutine`
	return nil
}

// SemaphoreFilled waits by taking every place of a semaphore.
type SemaphoreFilled struct{ session }

func (h *SemaphoreFilled) Emit(_ context.Context, r Record) error {
	sem := make(chan struct{}, 4) // silent: it serves joined goroutines
	for _, t := range r.Targets {
		sem <- struct{}{}
		go func() { // silent: joined when every place is taken
			defer func() { <-sem }()
			h.send(t)
		}()
	}
	for i := 0; i < cap(sem); i++ {
		sem <- struct{}{}
	}
	return nil
}

// SemaphoreOfHandler bounds the goroutines and waits for none.
type SemaphoreOfHandler struct {
	session
	sem chan struct{}
}

func (h *SemaphoreOfHandler) Emit(_ context.Context, r Record) error {
	h.sem <- struct{}{}
	go func() { // want `on each call: .*emit-goroutine`
		defer func() { <-h.sem }()
		h.send(r.Key)
	}()
	return nil
}

// WorkersOfCall starts workers for the targets and waits for them.
type WorkersOfCall struct{ session }

func (h *WorkersOfCall) Emit(_ context.Context, r Record) error {
	jobs := make(chan string) // silent: it serves joined goroutines
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { // silent: joined by wg.Wait
			for t := range jobs {
				h.send(t)
			}
		})
	}
	for _, t := range r.Targets {
		jobs <- t
	}
	close(jobs)
	wg.Wait()
	return nil
}

// WorkersOfCallFrame is a cost at rate frame.
type WorkersOfCallFrame struct{ session }

func (h *WorkersOfCallFrame) Emit(context.Context) (Frame, error) {
	jobs := make(chan string) // want `on each call \(over when the call returns\): .*emit-channel`
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() { // want `on each call \(over when the call returns\): .*emit-goroutine`
			defer wg.Done()
			for t := range jobs {
				h.send(t)
			}
		}()
	}
	for _, t := range []string{"l", "r"} {
		jobs <- t
	}
	close(jobs)
	wg.Wait()
	return Frame{}, nil
}

// WorkersAndResults has results beside jobs.
type WorkersAndResults struct{ session }

func (h *WorkersAndResults) worker(jobs <-chan string, results chan<- error) {
	for t := range jobs {
		results <- h.send(t)
	}
}

func (h *WorkersAndResults) Emit(_ context.Context, r Record) error {
	jobs := make(chan string, len(r.Targets))   // silent: it serves joined goroutines
	results := make(chan error, len(r.Targets)) // silent: it serves joined goroutines
	for range 4 {
		go h.worker(jobs, results) // silent: over when jobs is closed
	}
	for _, t := range r.Targets {
		jobs <- t
	}
	close(jobs)
	var errs []error
	for range r.Targets {
		errs = append(errs, <-results)
	}
	return errors.Join(errs...)
}

// OrderedResults has a channel for each target.
type OrderedResults struct{ session }

func (h *OrderedResults) Emit(_ context.Context, r Record) error {
	replies := make([]chan error, len(r.Targets))
	for i, t := range r.Targets {
		replies[i] = make(chan error, 1)        // silent: a reply channel
		go func() { replies[i] <- h.send(t) }() // silent: joined by the receive below
	}
	var errs []error
	for _, reply := range replies {
		errs = append(errs, <-reply)
	}
	return errors.Join(errs...)
}

// ResultsInSelect takes the results under the context.
type ResultsInSelect struct{ session }

func (h *ResultsInSelect) Emit(ctx context.Context, r Record) error {
	results := make(chan error, len(r.Targets)) // silent: it serves joined goroutines
	for _, t := range r.Targets {
		go func() { results <- h.send(t) }() // silent: as many receives as sends
	}
	for range r.Targets {
		select {
		case err := <-results:
			if err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// TimedOut waits for a time.
type TimedOut struct{ session }

func (h *TimedOut) Emit(_ context.Context, r Record) error {
	done := make(chan error, 1)           // silent: a reply channel
	go func() { done <- h.send(r.Key) }() // silent: joined by the receive of its reply
	select {
	case err := <-done:
		return err
	case <-time.After(time.Second):
		return errTimeout
	}
}

// ErrorBetween returns an error before it waits.
type ErrorBetween struct{ session }

func (h *ErrorBetween) Emit(_ context.Context, r Record) error {
	var wg sync.WaitGroup
	wg.Go(func() { h.loop() }) // silent: joined in each call that goes well
	if err := h.send(r.Key); err != nil {
		return err
	}
	wg.Wait()
	return nil
}

// WaitInHelper waits in a helper.
type WaitInHelper struct{ session }

func waitAll(wgs ...*sync.WaitGroup) {
	for _, wg := range wgs {
		wg.Wait()
	}
}

func (h *WaitInHelper) Emit(_ context.Context, r Record) error {
	var wg sync.WaitGroup
	wg.Go(func() { h.send(r.Key) }) // silent: joined by waitAll
	waitAll(&wg)
	return nil
}

// WaitInPlainHelper waits in a helper with one parameter.
type WaitInPlainHelper struct{ session }

func wait(wg *sync.WaitGroup) { wg.Wait() }

func (h *WaitInPlainHelper) Emit(_ context.Context, r Record) error {
	var wg sync.WaitGroup
	wg.Go(func() { h.send(r.Key) }) // silent: joined by wait
	wait(&wg)
	return nil
}

// WaitInLiteral waits in a deferred literal.
type WaitInLiteral struct{ session }

func (h *WaitInLiteral) Emit(_ context.Context, r Record) error {
	var wg sync.WaitGroup
	defer func() {
		wg.Wait()
		h.n++
	}()
	wg.Go(func() { h.send(r.Key) }) // silent: joined by the deferred wait
	return nil
}

// WaitAsValue defers the method value.
type WaitAsValue struct{ session }

func (h *WaitAsValue) Emit(_ context.Context, r Record) error {
	var wg sync.WaitGroup
	done := wg.Wait
	defer done()
	wg.Go(func() { h.send(r.Key) }) // silent: joined by the deferred wait
	return nil
}

// job is one call's work.
type job struct {
	wg   sync.WaitGroup
	errs chan error
	h    *session
}

func (j *job) run(t string) {
	j.wg.Add(1)
	go func() {
		defer j.wg.Done()
		j.errs <- j.h.send(t)
	}()
}

func (j *job) finish() error {
	j.wg.Wait()
	close(j.errs)
	return <-j.errs
}

// JobOfCall keeps the wait group in a struct of the call.
type JobOfCall struct{ session }

func (h *JobOfCall) Emit(_ context.Context, r Record) error {
	j := &job{errs: make(chan error, len(r.Targets)), h: &h.session} // silent: it serves joined goroutines
	for _, t := range r.Targets {
		j.run(t) // silent: joined by finish
	}
	return j.finish()
}

// JobOfHandler keeps it in the handler.
type JobOfHandler struct {
	session
	j job
}

func (h *JobOfHandler) Emit(_ context.Context, r Record) error {
	h.j.run(r.Key) // want `emit-goroutine`
	return nil
}

// source, double and merge are the stages of a pipeline.
func source(items []string) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for _, it := range items {
			out <- it
		}
	}()
	return out
}

func double(in <-chan string) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for s := range in {
			out <- s + s
		}
	}()
	return out
}

func merge(cs ...<-chan string) <-chan string {
	out := make(chan string)
	var wg sync.WaitGroup
	for _, c := range cs {
		wg.Go(func() {
			for s := range c {
				out <- s
			}
		})
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

// PipelineNested takes all that a pipeline yields.
type PipelineNested struct{ session }

func (h *PipelineNested) Emit(_ context.Context, r Record) error {
	for s := range double(source(r.Targets)) { // silent: taken to its end, over when the call returns
		h.send(s)
	}
	return nil
}

// PipelineStages has a variable for each stage.
type PipelineStages struct{ session }

func (h *PipelineStages) Emit(_ context.Context, r Record) error {
	in := source(r.Targets) // silent: taken to its end, over when the call returns
	out := double(in)       // silent: taken to its end, over when the call returns
	for s := range out {
		h.send(s)
	}
	return nil
}

// PipelineMerged merges two.
type PipelineMerged struct{ session }

func (h *PipelineMerged) Emit(_ context.Context, r Record) error {
	in := source(r.Targets)        // silent: taken to its end, over when the call returns
	a, b := double(in), double(in) // silent: taken to its end, over when the call returns
	for s := range merge(a, b) {   // silent: taken to its end, over when the call returns
		h.send(s)
	}
	return nil
}

// PipelineFrame starts one for each frame.
type PipelineFrame struct{ session }

func (h *PipelineFrame) Emit(context.Context) (Frame, error) {
	for s := range source([]string{"l", "r"}) { // want `emit-generator`
		h.send(s)
	}
	return Frame{}, nil
}

// PipelineLeft leaves it after the first value.
type PipelineLeft struct{ session }

func (h *PipelineLeft) Emit(_ context.Context, r Record) error {
	for s := range double(source(r.Targets)) { // want `emit-generator` `emit-generator`
		return h.send(s)
	}
	return nil
}

// PipeEncoded writes in a goroutine what the call reads to its end.
type PipeEncoded struct {
	session
	w io.Writer
}

func (h *PipeEncoded) Emit(_ context.Context, r Record) error {
	pr, pw := io.Pipe()
	go func() { // silent: over when the copy below has seen its end
		pw.CloseWithError(json.NewEncoder(pw).Encode(r))
	}()
	_, err := io.Copy(h.w, pr)
	return err
}

// PipeClosed closes its end, which ends the goroutine.
type PipeClosed struct {
	session
	w io.Writer
}

func (h *PipeClosed) Emit(_ context.Context, r Record) error {
	pr, pw := io.Pipe()
	defer pr.Close()
	go func() { // silent: ended by the close of the reader
		pw.CloseWithError(json.NewEncoder(pw).Encode(r))
	}()
	_, err := io.Copy(h.w, pr)
	return err
}

// Filter pipes the record through a process.
type Filter struct {
	session
	w io.Writer
}

func (h *Filter) Emit(ctx context.Context, r Record) error {
	cmd := exec.CommandContext(ctx, "cat")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil { // silent: awaited below
		return err
	}
	if _, err := io.Copy(h.w, out); err != nil {
		return err
	}
	return cmd.Wait()
}

// Heartbeat beats as long as the call lasts.
type Heartbeat struct{ session }

func (h *Heartbeat) beat(stop <-chan struct{}) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			h.send("beat")
		case <-stop:
			return
		}
	}
}

func (h *Heartbeat) Emit(_ context.Context, r Record) error {
	stop := make(chan struct{}) // silent: closed at the end
	defer close(stop)
	go h.beat(stop) // silent: ended by the close
	return h.send(r.Key)
}

// HeartbeatContext is ended by its context.
type HeartbeatContext struct{ session }

func (h *HeartbeatContext) Emit(ctx context.Context, r Record) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go h.beat(ctx) // silent: ended by the cancel
	return h.send(r.Key)
}

func (h *HeartbeatContext) beat(ctx context.Context) { <-ctx.Done() }

// HeartbeatForgotten has a context that its goroutine cancels.
type HeartbeatForgotten struct{ session }

func (h *HeartbeatForgotten) Emit(ctx context.Context, r Record) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	go func() { // want `on each call: .*emit-goroutine`
		defer cancel()
		<-ctx.Done()
	}()
	return h.send(r.Key)
}

// Watchdog has a timer's function that is stopped at the end.
type Watchdog struct{ session }

func (h *Watchdog) Emit(ctx context.Context, r Record) error {
	_, cancel := context.WithCancel(ctx)
	t := time.AfterFunc(time.Second, cancel) // silent: stopped at the end
	defer t.Stop()
	return h.send(r.Key)
}

// WatchdogContext is the same with a context's function.
type WatchdogContext struct{ session }

func (h *WatchdogContext) Emit(ctx context.Context, r Record) error {
	stop := context.AfterFunc(ctx, func() { h.n++ }) // silent: stopped at the end
	defer stop()
	return h.send(r.Key)
}

// Debounce stops the last timer and starts one that outlives the call.
type Debounce struct {
	session
	t *time.Timer
}

func (h *Debounce) Emit(_ context.Context, r Record) error {
	if h.t != nil {
		h.t.Stop()
	}
	h.t = time.AfterFunc(time.Second, func() { h.send(r.Key) }) // silent: it replaces what was stopped
	return nil
}

// DebounceReset resets the one there is.
type DebounceReset struct {
	session
	t *time.Timer
}

func (h *DebounceReset) Emit(context.Context, Record) error {
	if h.t == nil {
		h.t = time.AfterFunc(time.Second, func() { h.n++ }) // silent: once per session
	} else {
		h.t.Reset(time.Second)
	}
	return nil
}
