package goroutine

import (
	"context"
	"errors"
	"sync"
)

// A joined goroutine is over when the call returns: a cost at rate frame,
// nothing to report at rate record.

type JoinedWaitGroup struct{ session }

func (h *JoinedWaitGroup) Emit(_ context.Context, r Record) error {
	var wg sync.WaitGroup
	for _, t := range r.Targets {
		wg.Add(1)
		go func() { // silent: joined by wg.Wait
			defer wg.Done()
			h.send(t)
		}()
	}
	wg.Wait()
	return nil
}

type JoinedWaitGroupFrame struct{ session }

func (h *JoinedWaitGroupFrame) Emit(context.Context) (Frame, error) {
	var wg sync.WaitGroup
	for _, t := range []string{"left", "right"} {
		wg.Add(1)
		go func() { // want `on each call \(over when the call returns\).*\(emit-goroutine\)$`
			defer wg.Done()
			h.send(t)
		}()
	}
	wg.Wait() // silent: it waits for what the same call started
	return Frame{}, nil
}

type JoinedWaitGroupGo struct{ session }

func (h *JoinedWaitGroupGo) Emit(_ context.Context, r Record) error {
	var wg sync.WaitGroup
	for _, t := range r.Targets {
		wg.Go(func() { h.send(t) }) // silent: joined by wg.Wait
	}
	wg.Wait()
	return nil
}

type JoinedWaitGroupGoFrame struct{ session }

func (h *JoinedWaitGroupGoFrame) Emit(context.Context) (Frame, error) {
	var wg sync.WaitGroup
	wg.Go(func() { h.send("left") }) // want `on each call \(over when the call returns\).*\(emit-goroutine\)$`
	h.send("right")
	wg.Wait() // silent: it waits for what the same call started
	return Frame{}, nil
}

type JoinedDeferredWait struct{ session }

func (h *JoinedDeferredWait) Emit(_ context.Context, r Record) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	for _, t := range r.Targets {
		wg.Add(1)
		go func(t string) { // silent: joined by the deferred Wait
			defer wg.Done()
			h.send(t)
		}(t)
	}
	return nil
}

type JoinedPointerWaitGroup struct{ session }

func (h *JoinedPointerWaitGroup) one(wg *sync.WaitGroup, t string) {
	defer wg.Done()
	h.send(t)
}

func (h *JoinedPointerWaitGroup) Emit(_ context.Context, r Record) error {
	wg := new(sync.WaitGroup)
	wg.Add(len(r.Targets))
	for _, t := range r.Targets {
		go h.one(wg, t) // silent: joined by wg.Wait
	}
	wg.Wait()
	return nil
}

type JoinedFieldWaitGroup struct {
	session
	wg sync.WaitGroup
}

func (h *JoinedFieldWaitGroup) Emit(_ context.Context, r Record) error {
	for _, t := range r.Targets {
		h.wg.Add(1)
		go func() { // silent: joined by h.wg.Wait
			defer h.wg.Done()
			h.send(t)
		}()
	}
	h.wg.Wait()
	return nil
}

type LeakFieldWaitGroup struct {
	session
	wg sync.WaitGroup
}

func (h *LeakFieldWaitGroup) Emit(_ context.Context, r Record) error {
	h.wg.Add(1)
	go func() { // want `on each call[:;].*emit-goroutine`
		defer h.wg.Done()
		h.send(r.Key)
	}()
	return nil
}

func (h *LeakFieldWaitGroup) SessionStop(ctx context.Context) error {
	h.wg.Wait()
	return h.session.SessionStop(ctx)
}

type LeakFieldWaitGroupGo struct {
	session
	wg sync.WaitGroup
}

func (h *LeakFieldWaitGroupGo) Emit(_ context.Context, r Record) error {
	h.wg.Go(func() { h.send(r.Key) }) // want `on each call[:;].*emit-goroutine`
	return nil
}

func (h *LeakFieldWaitGroupGo) SessionStop(ctx context.Context) error {
	h.wg.Wait()
	return h.session.SessionStop(ctx)
}

type LeakOtherWaitGroup struct {
	session
	wg sync.WaitGroup
}

func (h *LeakOtherWaitGroup) Emit(_ context.Context, r Record) error {
	var wg sync.WaitGroup
	h.wg.Add(1)
	go func() { // want `on each call[:;].*emit-goroutine`
		defer h.wg.Done()
		h.send(r.Key)
	}()
	wg.Wait()
	return nil
}

type LeakSometimesWaited struct{ session }

func (h *LeakSometimesWaited) Emit(_ context.Context, r Record) error {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { // want `emit-goroutine`
		defer wg.Done()
		h.send(r.Key)
	}()
	if r.Urgent {
		wg.Wait()
	}
	return nil
}

type LeakWaitedBefore struct{ session }

func (h *LeakWaitedBefore) Emit(_ context.Context, r Record) error {
	var wg sync.WaitGroup
	wg.Wait()
	wg.Add(1)
	go func() { // want `emit-goroutine`
		defer wg.Done()
		h.send(r.Key)
	}()
	return nil
}

type LeakOneOfTwo struct{ session }

func (h *LeakOneOfTwo) Emit(_ context.Context, r Record) error {
	var wg sync.WaitGroup
	wg.Go(func() { h.send(r.Key) }) // silent: joined by wg.Wait
	go h.loop()                     // want `on each call[:;].*emit-goroutine`
	wg.Wait()
	return nil
}

type LeakWaitInGoroutine struct{ session }

func (h *LeakWaitInGoroutine) Emit(_ context.Context, r Record) error {
	var wg sync.WaitGroup
	wg.Go(func() { h.send(r.Key) }) // want `emit-goroutine`
	go func() {                     // want `emit-goroutine`
		wg.Wait()
		h.n++
	}()
	return nil
}

type JoinedDoneChannel struct{ session }

func (h *JoinedDoneChannel) Emit(_ context.Context, r Record) error {
	done := make(chan struct{}) // silent: it serves a joined goroutine
	go func() {                 // silent: joined by the receive
		defer close(done)
		h.send(r.Key)
	}()
	h.n++
	<-done
	return nil
}

type JoinedDoneChannelFrame struct{ session }

func (h *JoinedDoneChannelFrame) Emit(context.Context) (Frame, error) {
	done := make(chan struct{}) // want `on each call \(over when the call returns\).*\(emit-channel\)$`
	go func() {                 // want `on each call \(over when the call returns\).*\(emit-goroutine\)$`
		defer close(done)
		h.send("frame")
	}()
	<-done // silent: the channel is the call's own
	return Frame{}, nil
}

type JoinedReply struct{ session }

func (h *JoinedReply) Emit(ctx context.Context, r Record) error {
	reply := make(chan error, 1)           // silent: a reply channel
	go func() { reply <- h.send(r.Key) }() // silent: joined by the receive of its reply
	select {
	case err := <-reply:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

type JoinedReplyFrame struct{ session }

func (h *JoinedReplyFrame) Emit(ctx context.Context) (Frame, error) {
	reply := make(chan error, 1)             // want `over when the call returns.*emit-channel`
	go func() { reply <- h.send("frame") }() // want `over when the call returns.*emit-goroutine`
	select {
	case err := <-reply: // silent: the channel is the call's own
		return Frame{}, err
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	}
}

type JoinedReplyWithContext struct{ session }

func (h *JoinedReplyWithContext) query(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return h.send(key)
}

func (h *JoinedReplyWithContext) Emit(ctx context.Context, r Record) error {
	reply := make(chan error, 1)                 // silent: a reply channel
	go func() { reply <- h.query(ctx, r.Key) }() // silent: joined, so the context does not outlive the call
	select {
	case err := <-reply:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

type JoinedFanIn struct{ session }

func (h *JoinedFanIn) Emit(_ context.Context, r Record) error {
	results := make(chan error, len(r.Targets)) // silent: it serves joined goroutines
	for _, t := range r.Targets {
		go func() { results <- h.send(t) }() // silent: as many receives as sends
	}
	var errs []error
	for range r.Targets {
		errs = append(errs, <-results)
	}
	return errors.Join(errs...)
}

type JoinedRangeOverResults struct{ session }

func (h *JoinedRangeOverResults) Emit(_ context.Context, r Record) error {
	results := make(chan error) // silent: it serves joined goroutines
	var wg sync.WaitGroup
	for _, t := range r.Targets {
		wg.Add(1)
		go func() { // silent: the range below ends after it
			defer wg.Done()
			results <- h.send(t)
		}()
	}
	go func() { // silent: the range below ends with it
		wg.Wait()
		close(results)
	}()
	var errs []error
	for err := range results {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

type LeakDoneNeverReceived struct{ session }

func (h *LeakDoneNeverReceived) Emit(_ context.Context, r Record) error {
	done := make(chan struct{}) // want `emit-channel`
	go func() {                 // want `emit-goroutine`
		defer close(done)
		h.send(r.Key)
	}()
	return nil
}

type LeakOtherDone struct {
	session
	ready chan struct{}
}

func (h *LeakOtherDone) Emit(_ context.Context, r Record) error {
	go func() { // want `on each call[:;].*emit-goroutine`
		h.send(r.Key)
	}()
	<-h.ready
	return nil
}

// ProducerOneReceive starts a producer that runs on and takes one of its
// frames: nothing is joined.
type ProducerOneReceive struct {
	session
	queue chan Frame
}

func (h *ProducerOneReceive) generate() {
	for {
		select {
		case h.queue <- Frame{}:
		case <-h.quit:
			return
		}
	}
}

func (h *ProducerOneReceive) Emit(context.Context) (Frame, error) {
	go h.generate()       // want `on each call[:;].*emit-goroutine`
	return <-h.queue, nil // want `emit-blocking`
}

// ProducerOneReceiveRecord is the same when records are pushed.
type ProducerOneReceiveRecord struct {
	session
	queue chan Frame
}

func (h *ProducerOneReceiveRecord) generate(r Record) {
	for range r.Targets {
		h.queue <- Frame{}
	}
}

func (h *ProducerOneReceiveRecord) Emit(_ context.Context, r Record) (Frame, error) {
	go h.generate(r) // want `on each call[:;].*emit-goroutine`
	return <-h.queue, nil
}

// ProducerLocal has its producer on a channel of its own, and still leaves it
// blocked in its second send.
type ProducerLocal struct{ session }

func (h *ProducerLocal) Emit(_ context.Context, r Record) (Frame, error) {
	queue := make(chan Frame) // want `emit-channel`
	go func() {               // want `on each call[:;].*emit-goroutine`
		for {
			select {
			case queue <- Frame{}:
			case <-h.quit:
				return
			}
		}
	}()
	return <-queue, nil
}

// group is an errgroup in small.
type group struct {
	wg   sync.WaitGroup
	once sync.Once
	err  error
}

func (g *group) Go(f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		if err := f(); err != nil {
			g.once.Do(func() { g.err = err })
		}
	}()
}

func (g *group) Wait() error {
	g.wg.Wait()
	return g.err
}

type JoinedGroup struct{ session }

func (h *JoinedGroup) Emit(_ context.Context, r Record) error {
	var g group
	for _, t := range r.Targets {
		g.Go(func() error { return h.send(t) }) // silent: joined by g.Wait
	}
	return g.Wait()
}

type JoinedGroupPointer struct{ session }

func (h *JoinedGroupPointer) Emit(_ context.Context, r Record) error {
	g := &group{}
	for _, t := range r.Targets {
		g.Go(func() error { // silent: joined by g.Wait
			return h.send(t)
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return nil
}

type JoinedGroupFrame struct{ session }

func (h *JoinedGroupFrame) Emit(context.Context) (Frame, error) {
	var g group
	g.Go(func() error { return h.send("left") }) // want `over when the call returns.*\(emit-goroutine\)$`
	return Frame{}, g.Wait()                     // silent: it waits for what the same call started
}

type LeakGroup struct {
	session
	g group
}

func (h *LeakGroup) Emit(_ context.Context, r Record) error {
	h.g.Go(func() error { return h.send(r.Key) }) // want `on each call[:;].*\(\*group\)\.Go.*emit-goroutine`
	return nil
}

func (h *LeakGroup) SessionStop(ctx context.Context) error {
	if err := h.g.Wait(); err != nil {
		return err
	}
	return h.session.SessionStop(ctx)
}

// parallel calls f for each element at once and returns when all are done.
func parallel[T any](items []T, f func(T)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f(item)
		}()
	}
	wg.Wait()
}

type JoinedInHelper struct{ session }

func (h *JoinedInHelper) Emit(_ context.Context, r Record) error {
	parallel(r.Targets, func(t string) { h.send(t) }) // silent: joined within the helper
	return nil
}

type JoinedInHelperFrame struct{ session }

func (h *JoinedInHelperFrame) Emit(context.Context) (Frame, error) {
	parallel([]int{1, 2}, func(i int) { h.n += i }) // want `over when the call returns.*parallel.*\(emit-goroutine\)$`
	return Frame{}, nil
}

// detach starts f and leaves the waiting to its caller.
func detach(wg *sync.WaitGroup, f func()) {
	wg.Add(1)
	go func() {
		defer wg.Done()
		f()
	}()
}

type JoinedByCaller struct{ session }

func (h *JoinedByCaller) Emit(_ context.Context, r Record) error {
	var wg sync.WaitGroup
	detach(&wg, func() { h.send(r.Key) }) // silent: joined by the caller's own wg.Wait
	wg.Wait()
	return nil
}

type LeakByCaller struct {
	session
	wg sync.WaitGroup
}

func (h *LeakByCaller) Emit(_ context.Context, r Record) error {
	detach(&h.wg, func() { h.send(r.Key) }) // want `on each call[:;].*detach.*emit-goroutine`
	return nil
}

// ask returns the answer of a goroutine it waits for.
func ask(ctx context.Context, f func() error) error {
	reply := make(chan error, 1)
	go func() { reply <- f() }()
	select {
	case err := <-reply:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

type JoinedReplyInHelper struct{ session }

func (h *JoinedReplyInHelper) Emit(ctx context.Context, r Record) error {
	return ask(ctx, func() error { return h.send(r.Key) }) // silent: joined within the helper
}

// JoinedOuter joins a goroutine whose own goroutine nobody waits for; what
// runs inside a goroutine is not the hot method's.
type JoinedOuter struct{ session }

func (h *JoinedOuter) Emit(_ context.Context, r Record) error {
	var wg sync.WaitGroup
	for _, t := range r.Targets {
		wg.Go(func() { // silent: joined by wg.Wait
			h.send(t)
		})
	}
	for range r.Targets {
		go h.loop() // want `on each call[:;].*emit-goroutine`
	}
	wg.Wait()
	return nil
}
