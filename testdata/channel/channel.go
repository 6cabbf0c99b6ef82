// Package channel holds the ways a hot method makes a channel, and what only
// looks like it.
package channel

import (
	"context"
	"reflect"
	"time"
)

// Record is what a handler of rate record is handed.
type Record struct {
	Key   string
	Items []int
}

// Frame is what a handler of rate frame hands out.
type Frame struct {
	Samples []int16
}

// session is the life that every handler of this package shares.
type session struct {
	quit chan struct{}
	n    int
}

func (s *session) SessionStart(context.Context) error {
	s.quit = make(chan struct{}) // silent: once per session
	return nil
}

func (s *session) SessionStop(context.Context) error {
	close(s.quit)
	return nil
}

func (s *session) add(n int) int {
	s.n += n
	return s.n
}

// Stored in the receiver: the channel outlives the call.

type StoredRecord struct {
	session
	out chan Record
}

func (h *StoredRecord) Emit(context.Context, Record) error {
	h.out = make(chan Record, 8) // want `^Emit makes a channel on each call[:;].*\(emit-channel\)$`
	return nil
}

type StoredFrame struct {
	session
	out chan Frame
}

func (h *StoredFrame) Emit(context.Context) (Frame, error) {
	h.out = make(chan Frame) // want `^Emit makes a channel on each call[:;].*\(emit-channel\)$`
	return Frame{}, nil
}

type StoredParenthesised struct {
	session
	out chan Record
}

func (h *StoredParenthesised) Emit(context.Context, Record) error {
	(h.out) = ((make)((chan Record), (8))) // want `emit-channel`
	return nil
}

type StoredThroughLocal struct {
	session
	out chan Record
}

func (h *StoredThroughLocal) Emit(_ context.Context, r Record) error {
	out := make(chan Record, 1) // want `on each call[:;].*emit-channel`
	out <- r
	h.out = out
	return nil
}

type StoredSometimes struct {
	session
	out chan Record
}

func (h *StoredSometimes) Emit(_ context.Context, r Record) error {
	if len(r.Items) > cap(h.out) {
		h.out = make(chan Record, len(r.Items)) // want `on some calls.*emit-channel`
	}
	return nil
}

type StoredInMap struct {
	session
	byKey map[string]chan int
}

func (h *StoredInMap) Emit(_ context.Context, r Record) error {
	h.byKey[r.Key] = make(chan int, 1) // want `emit-channel`
	return nil
}

type StoredInSlice struct {
	session
	all []chan int
}

func (h *StoredInSlice) Emit(context.Context, Record) error {
	h.all = append(h.all, make(chan int)) // want `emit-channel`
	return nil
}

type StoredInStruct struct {
	session
	last *call
}

// call is one request and its end.
type call struct {
	key  string
	done chan struct{}
}

func (h *StoredInStruct) Emit(_ context.Context, r Record) error {
	h.last = &call{
		key:  r.Key,
		done: make(chan struct{}), // want `emit-channel`
	}
	return nil
}

type StoredThroughPointer struct {
	session
	state *call
}

func (h *StoredThroughPointer) Emit(_ context.Context, r Record) error {
	s := h.state
	s.key = r.Key
	s.done = make(chan struct{}) // want `emit-channel`
	return nil
}

type StoredInLoop struct {
	session
	lanes [4]chan int
}

func (h *StoredInLoop) Emit(context.Context, Record) error {
	for i := range h.lanes {
		h.lanes[i] = make(chan int, 1) // want `on each call.*emit-channel`
	}
	return nil
}

type StoredDeferred struct {
	session
	out chan Record
}

func (h *StoredDeferred) Emit(context.Context, Record) error {
	defer func() {
		h.out = make(chan Record, 1) // want `emit-channel`
	}()
	return nil
}

type StoredByHelper struct {
	session
	out chan Record
}

func (h *StoredByHelper) renew() { h.out = make(chan Record, 8) }

func (h *StoredByHelper) Emit(context.Context, Record) error {
	h.renew() // want `\(\*StoredByHelper\)\.Emit → \(\*StoredByHelper\)\.renew .*channel\.go:\d+.*\(emit-channel\)$`
	return nil
}

type StoredByHelperSometimes struct {
	session
	out chan Record
}

func (h *StoredByHelperSometimes) grow(n int) {
	if n > cap(h.out) {
		h.out = make(chan Record, n)
	}
}

func (h *StoredByHelperSometimes) Emit(_ context.Context, r Record) error {
	h.grow(len(r.Items)) // want `on some calls.*emit-channel`
	return nil
}

type SentAway struct {
	session
	lanes chan chan int
}

func (h *SentAway) Emit(context.Context, Record) error {
	h.lanes <- make(chan int, 1) // want `emit-channel`
	return nil
}

type InUnreached struct {
	session
	out chan Record
}

func (h *InUnreached) Emit(context.Context, Record) error {
	h.n++
	return nil
}

func (h *InUnreached) Renew() {
	h.out = make(chan Record) // silent: not reached from Emit
}

type InStoredLiteral struct {
	session
	renew func() chan Record
}

func (h *InStoredLiteral) Emit(context.Context, Record) error {
	h.renew = func() chan Record {
		return make(chan Record) // silent: the literal is only stored
	}
	return nil
}

// Types whose make is one of a channel.

type (
	records             chan Record
	nested              records
	recordAlias         = chan Record
	aliasOfNamed        = records
	pipe[T any]         chan T
	pipeAlias[T any]    = chan T
	sendOnly            chan<- Record
	receiveOnly         <-chan Record
	instantiated        = pipe[Record]
	definedInstantiated pipe[Record]
)

type MakeNamed struct {
	session
	out records
}

func (h *MakeNamed) Emit(context.Context, Record) error {
	h.out = make(records, 8) // want `emit-channel`
	return nil
}

type MakeNamedOfNamed struct {
	session
	out nested
}

func (h *MakeNamedOfNamed) Emit(context.Context, Record) error {
	h.out = make(nested, 8) // want `emit-channel`
	return nil
}

type MakeAlias struct {
	session
	out chan Record
}

func (h *MakeAlias) Emit(context.Context, Record) error {
	h.out = make(recordAlias, 8) // want `emit-channel`
	return nil
}

type MakeAliasOfNamed struct {
	session
	out records
}

func (h *MakeAliasOfNamed) Emit(context.Context, Record) error {
	h.out = make(aliasOfNamed) // want `emit-channel`
	return nil
}

type MakeGeneric struct {
	session
	out pipe[Record]
}

func (h *MakeGeneric) Emit(context.Context, Record) error {
	h.out = make(pipe[Record], 8) // want `emit-channel`
	return nil
}

type MakeGenericAlias struct {
	session
	out chan Record
}

func (h *MakeGenericAlias) Emit(context.Context, Record) error {
	h.out = make(pipeAlias[Record], 8) // want `emit-channel`
	return nil
}

type MakeInstantiated struct {
	session
	out instantiated
}

func (h *MakeInstantiated) Emit(context.Context, Record) error {
	h.out = make(instantiated) // want `emit-channel`
	return nil
}

type MakeDefinedInstantiated struct {
	session
	out definedInstantiated
}

func (h *MakeDefinedInstantiated) Emit(context.Context, Record) error {
	h.out = make(definedInstantiated) // want `emit-channel`
	return nil
}

type MakeDirectional struct {
	session
	in  receiveOnly
	out sendOnly
}

func (h *MakeDirectional) Emit(context.Context, Record) error {
	h.in = make(receiveOnly) // want `emit-channel`
	h.out = make(sendOnly)   // want `emit-channel`
	return nil
}

type MakeLocalType struct {
	session
	out chan Record
}

func (h *MakeLocalType) Emit(context.Context, Record) error {
	type local chan Record
	h.out = chan Record(make(local, 1)) // want `emit-channel`
	return nil
}

// renewAs makes a channel of a type parameter.
func renewAs[C ~chan E, E any](dst *C) { *dst = make(C, 1) }

type MakeTypeParameter struct {
	session
	out records
}

func (h *MakeTypeParameter) Emit(context.Context, Record) error {
	renewAs(&h.out) // want `→ renewAs.*emit-channel`
	return nil
}

// Lane is a handler type that makes channels of its own type parameter.
type Lane[T any] struct {
	session
	out chan T
}

func (h *Lane[T]) Emit(_ context.Context, v T) error {
	h.out = make(chan T, 1) // want `emit-channel`
	h.out <- v
	return nil
}

type MakeReflect struct {
	session
	typ reflect.Type
	out reflect.Value
}

func (h *MakeReflect) Emit(context.Context, Record) error {
	h.out = reflect.MakeChan(h.typ, 8) // want `emit-channel`
	return nil
}

type MakeReflectThroughHelper struct {
	session
	out reflect.Value
}

func (h *MakeReflectThroughHelper) renew() {
	h.out = reflect.MakeChan(reflect.TypeFor[chan Record](), 8)
}

func (h *MakeReflectThroughHelper) Emit(context.Context, Record) error {
	h.renew() // want `emit-channel`
	return nil
}

type MakeReflectType struct {
	session
	typ reflect.Type
}

func (h *MakeReflectType) Emit(context.Context, Record) error {
	h.typ = reflect.ChanOf(reflect.BothDir, reflect.TypeFor[Record]()) // silent: a type is no channel
	return nil
}

// newRecords makes a channel for its caller: a producer's shape.
func newRecords(n int) chan Record { return make(chan Record, n) }

type MakeByConstructor struct {
	session
	out chan Record
}

func (h *MakeByConstructor) Emit(context.Context, Record) error {
	h.out = newRecords(8) // want `newRecords.*\(emit-generator\)$`
	return nil
}

type Returned struct{ session }

func (h *Returned) Emit(_ context.Context, r Record) (<-chan int, error) {
	return make(chan int, len(r.Items)), nil // want `emit-generator`
}

// Channels that are over with the call: a cost, told at rate frame only.

type LocalRecord struct{ session }

func (h *LocalRecord) Emit(_ context.Context, r Record) error {
	ch := make(chan int, len(r.Items)) // silent: gone when the call returns
	for _, i := range r.Items {
		ch <- i
	}
	close(ch)
	for i := range ch {
		h.add(i)
	}
	return nil
}

type LocalFrame struct{ session }

func (h *LocalFrame) Emit(context.Context) (Frame, error) {
	ch := make(chan int, 2) // want `on each call \(over when the call returns\).*\(emit-channel\)$`
	ch <- 1
	ch <- 2
	h.add(<-ch) // silent: the channel is the call's own
	h.add(<-ch) // silent: the channel is the call's own
	return Frame{}, nil
}

type request struct {
	key   string
	reply chan error
}

type ReplyRecord struct {
	session
	requests chan request
}

func (h *ReplyRecord) Emit(ctx context.Context, r Record) error {
	reply := make(chan error, 1) // silent: a reply channel, over when the call returns
	select {
	case h.requests <- request{r.Key, reply}:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-reply:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

type ReplyFrame struct {
	session
	requests chan request
}

func (h *ReplyFrame) Emit(ctx context.Context) (Frame, error) {
	reply := make(chan error, 1) // want `over when the call returns.*\(emit-channel\)$`
	select {
	case h.requests <- request{reply: reply}:
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

type ReplyInStruct struct {
	session
	calls chan *call
}

func (h *ReplyInStruct) Emit(ctx context.Context, r Record) error {
	c := &call{key: r.Key, done: make(chan struct{})} // silent: a reply channel
	h.calls <- c
	select {
	case <-c.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

type ReplyInHelper struct {
	session
	requests chan request
}

func (h *ReplyInHelper) ask(key string) error {
	req := request{key: key, reply: make(chan error, 1)}
	h.requests <- req
	return <-req.reply
}

func (h *ReplyInHelper) Emit(_ context.Context, r Record) error {
	return h.ask(r.Key) // silent: a reply channel, over when the helper returns
}

type SemaphoreRecord struct{ session }

func (h *SemaphoreRecord) Emit(_ context.Context, r Record) error {
	sem := make(chan struct{}, 4) // silent: gone when the call returns
	for _, i := range r.Items {
		sem <- struct{}{}
		h.add(i)
		<-sem
	}
	return nil
}

// Channels that a leaking goroutine keeps.

type Captured struct{ session }

func (h *Captured) Emit(_ context.Context, r Record) error {
	in := make(chan int) // want `on each call[:;].*emit-channel`
	go func() {          // want `emit-goroutine`
		for {
			select {
			case i := <-in:
				h.add(i)
			case <-h.quit:
				return
			}
		}
	}()
	for _, i := range r.Items {
		in <- i
	}
	return nil
}

type CapturedAsArgument struct{ session }

func (h *CapturedAsArgument) serve(in <-chan int) {
	for i := range in {
		h.add(i)
	}
}

func (h *CapturedAsArgument) Emit(_ context.Context, r Record) error {
	in := make(chan int, 1) // want `on each call[:;].*emit-channel`
	go h.serve(in)          // want `emit-goroutine`
	in <- len(r.Items)
	return nil
}

type CapturedFrame struct{ session }

func (h *CapturedFrame) serve(in <-chan int) {
	select {
	case i := <-in:
		h.add(i)
	case <-h.quit:
	}
}

func (h *CapturedFrame) Emit(context.Context) (Frame, error) {
	in := make(chan int, 1) // want `on each call[:;].*emit-channel`
	go h.serve(in)          // want `on each call[:;].*emit-goroutine`
	in <- 1                 // silent: the channel is the call's own
	return Frame{}, nil
}

type MadeInGoroutine struct{ session }

func (h *MadeInGoroutine) Emit(context.Context, Record) error {
	go func() { // want `emit-goroutine`
		ch := make(chan int, 1) // silent: what runs in the goroutine is not the hot method's
		ch <- 1
		h.add(<-ch)
	}()
	return nil
}

// perItem does both for its caller: one call, one finding.
func (s *session) perItem() {
	ch := make(chan int)
	go func() {
		select {
		case ch <- 1:
		case <-s.quit:
		}
	}()
}

type OneFindingPerCall struct{ session }

func (h *OneFindingPerCall) Emit(context.Context, Record) error {
	h.perItem() // want `perItem.*\(emit-goroutine\)$`
	return nil
}

// What is no channel made.

type MakeOther struct {
	session
	sizes map[string]int
	chans []chan int
	byKey map[string]chan int
}

func (h *MakeOther) Emit(_ context.Context, r Record) error {
	h.sizes = make(map[string]int, len(r.Items)) // silent: a map
	h.chans = make([]chan int, len(r.Items))     // silent: a slice of nil channels
	h.byKey = make(map[string]chan int)          // silent: a map of channels, empty
	buf := make([]byte, 0, 64)                   // silent: a slice
	h.add(len(append(buf, r.Key...)))
	return nil
}

type MakeOtherFrame struct {
	session
	seen map[int]bool
}

func (h *MakeOtherFrame) Emit(context.Context) (Frame, error) {
	h.seen = make(map[int]bool)                      // silent: a map
	return Frame{Samples: make([]int16, 0, 64)}, nil // silent: a slice
}

type NilChannel struct {
	session
	out chan int
}

func (h *NilChannel) Emit(_ context.Context, r Record) error {
	var out chan int // silent: nil
	if len(r.Items) > 0 {
		out = h.out
	}
	select {
	case out <- len(r.Items):
	default:
	}
	return nil
}

type NewChannel struct {
	session
	out *chan int
}

func (h *NewChannel) Emit(context.Context, Record) error {
	h.out = new(chan int) // silent: a pointer to a nil channel
	return nil
}

type ZeroLiteral struct {
	session
	last request
}

func (h *ZeroLiteral) Emit(_ context.Context, r Record) error {
	h.last = request{key: r.Key} // silent: its channel is nil
	return nil
}

type Converted struct {
	session
	out  chan Record
	view <-chan Record
}

func (h *Converted) Emit(context.Context, Record) error {
	h.view = (<-chan Record)(h.out) // silent: the same channel
	return nil
}

type Used struct {
	session
	out chan Record
}

func (h *Used) Emit(_ context.Context, r Record) error {
	if len(h.out) == cap(h.out) {
		return nil
	}
	h.out <- r // silent: the session's channel
	return nil
}

// lanes hands out channels that exist already.
type lanes struct{ free []chan int }

func (l *lanes) get(n int) chan int { return l.free[n%len(l.free)] }

type ShadowedMake struct {
	session
	lanes lanes
	lane  chan int
}

func (h *ShadowedMake) Emit(_ context.Context, r Record) error {
	make := h.lanes.get
	h.lane = make(len(r.Items)) // silent: not the built-in make
	return nil
}

type Borrowed struct {
	session
	lanes lanes
}

func (h *Borrowed) Emit(_ context.Context, r Record) error {
	lane := h.lanes.get(len(r.Items)) // silent: the channel exists already
	select {
	case lane <- len(r.Items):
	default:
	}
	return nil
}

type Deadline struct{ session }

func (h *Deadline) Emit(ctx context.Context, r Record) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // silent: cancelled before the call returns
	defer cancel()
	for _, i := range r.Items {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		h.add(i)
	}
	return nil
}
