package runtime

import (
	"context"
	"errors"
	"io"
	"sync"
)

// ErrClosed is what putting into a closed [Queue], and sending through a closed
// [Pipe], returns.
var ErrClosed = errors.New("runtime: closed")

// A Policy says what a full [Queue] does with one more element.
type Policy int

const (
	// Block lets Put wait until there is room: nothing is lost, and whoever puts
	// is held up.
	Block Policy = iota

	// DropOldest makes room by dropping the oldest element, and counts it: nobody
	// waits, and what is taken is fresh.
	DropOldest
)

// A Queue is a bounded first-in first-out queue for any number of goroutines.
// Both its bound and its policy are given when it is made, so that it can
// neither grow nor lose elements uncounted. In steady state it allocates
// nothing.
type Queue[T any] struct {
	policy Policy
	done   chan struct{} // closed by Close

	// Each holds a token while there may be an element, or room. Whoever takes
	// a token and leaves elements, or room, hands it on.
	filled chan struct{}
	room   chan struct{}

	mu      sync.Mutex
	ring    []T
	first   int
	length  int
	dropped uint64
	clears  uint64 // calls of Clear
	closed  bool
}

// NewQueue returns a queue that holds up to size elements. It panics if size is
// not positive.
func NewQueue[T any](size int, policy Policy) *Queue[T] {
	if size < 1 {
		panic("runtime: NewQueue: size must be positive: a queue has a bound")
	}
	return &Queue[T]{
		policy: policy,
		done:   make(chan struct{}),
		filled: make(chan struct{}, 1),
		room:   make(chan struct{}, 1),
		ring:   make([]T, size),
	}
}

// Put appends v. A full queue drops its oldest element or lets Put wait until
// ctx ends, as its policy says. It returns ctx's error, or [ErrClosed] if the
// queue is closed; v has not been put then.
func (q *Queue[T]) Put(ctx context.Context, v T) error {
	var w wait
	for {
		if done, err := q.put(ctx, v, &w); done || err != nil {
			return err
		}
		select {
		case <-q.room:
		case <-q.done:
		case <-ctx.Done():
		}
	}
}

// wait is what a Put that waits for room has to remember.
type wait struct {
	waits  bool
	clears uint64 // how often the queue had been cleared when it began
}

// put appends v if it can at once. It is done, too, if the queue has been
// cleared while v was waiting.
func (q *Queue[T]) put(ctx context.Context, v T, w *wait) (done bool, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	defer q.pass()
	if w.waits && w.clears != q.clears {
		return true, nil
	}
	if q.closed {
		return false, ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if q.length == len(q.ring) {
		if q.policy != DropOldest {
			*w = wait{true, q.clears}
			return false, nil
		}
		q.pop()
		q.dropped++
	}
	q.ring[(q.first+q.length)%len(q.ring)] = v
	q.length++
	return true, nil
}

// Take removes the oldest element, waiting for one until ctx ends. It returns
// ctx's error, or io.EOF once the queue is closed and empty. If ctx has ended
// it takes nothing, even if there is something.
func (q *Queue[T]) Take(ctx context.Context) (T, error) {
	for {
		if v, ok, err := q.take(ctx); ok || err != nil {
			return v, err
		}
		select {
		case <-q.filled:
		case <-q.done:
		case <-ctx.Done():
		}
	}
}

// take removes the oldest element if there is one.
func (q *Queue[T]) take(ctx context.Context) (v T, ok bool, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	defer q.pass()
	if err := ctx.Err(); err != nil {
		return v, false, err
	}
	if q.length == 0 {
		if q.closed {
			err = io.EOF
		}
		return v, false, err
	}
	return q.pop(), true, nil
}

// TryTake removes the oldest element if there is one now.
func (q *Queue[T]) TryTake() (v T, ok bool) {
	v, ok, _ = q.take(context.Background())
	return v, ok
}

// pop removes the oldest element of a queue that is not empty.
func (q *Queue[T]) pop() T {
	var zero T
	v := q.ring[q.first]
	q.ring[q.first] = zero
	q.first = (q.first + 1) % len(q.ring)
	q.length--
	return v
}

// pass leaves a token for whoever waits for what there is now.
func (q *Queue[T]) pass() {
	if q.length > 0 {
		signal(q.filled)
	}
	if q.length < len(q.ring) {
		signal(q.room)
	}
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Clear removes all elements, those that wait for room included, and returns how
// many the queue held. They do not count as dropped.
func (q *Queue[T]) Clear() int {
	q.mu.Lock()
	q.clears++
	q.mu.Unlock()
	return q.remove(func(T) bool { return true })
}

// remove removes the elements for which stale reports true and returns how many
// there were.
func (q *Queue[T]) remove(stale func(T) bool) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	defer q.pass()
	n := q.length
	for range n {
		if v := q.pop(); !stale(v) {
			q.ring[(q.first+q.length)%len(q.ring)] = v
			q.length++
		}
	}
	return n - q.length
}

// Close lets every further Put fail; what is in the queue can still be taken.
// It may be called more than once.
func (q *Queue[T]) Close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.closed {
		q.closed = true
		close(q.done)
	}
}

// Len returns how many elements the queue holds.
func (q *Queue[T]) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.length
}

// Dropped returns how many elements a full queue has dropped so far.
func (q *Queue[T]) Dropped() uint64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.dropped
}
