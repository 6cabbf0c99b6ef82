package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	goruntime "runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
	"weak"

	"github.com/emitcheck/emitcheck/runtime"
)

// drain takes all that q holds now.
func drain[T any](q *runtime.Queue[T]) []T {
	var all []T
	for {
		v, ok := q.TryTake()
		if !ok {
			return all
		}
		all = append(all, v)
	}
}

// put puts elements and fails the test if one cannot be put.
func put[T any](t *testing.T, q *runtime.Queue[T], elements ...T) {
	t.Helper()
	for _, v := range elements {
		if err := q.Put(context.Background(), v); err != nil {
			t.Fatalf("Put(%v): %v", v, err)
		}
	}
}

func TestNewQueuePanicsWithoutBound(t *testing.T) {
	for _, size := range []int{0, -1} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("NewQueue(%d) does not panic", size)
				}
			}()
			runtime.NewQueue[int](size, runtime.Block)
		}()
	}
}

func TestQueueBlockHoldsUpWhoPuts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := runtime.NewQueue[int](2, runtime.Block)
		var done atomic.Int64
		go func() {
			for i := range 4 {
				q.Put(t.Context(), i)
				done.Add(1)
			}
		}()
		synctest.Wait()
		if done.Load() != 2 || q.Len() != 2 {
			t.Errorf("%d of 4 elements were put, the queue of 2 holds %d", done.Load(), q.Len())
		}
		for i := range 4 {
			if v, err := q.Take(t.Context()); v != i || err != nil {
				t.Errorf("Take returned %d, %v; want %d", v, err, i)
			}
		}
		if q.Dropped() != 0 {
			t.Errorf("%d dropped, want none", q.Dropped())
		}
	})
}

func TestQueueDropOldestKeepsTheLatest(t *testing.T) {
	for n := range 20 {
		q := runtime.NewQueue[int](3, runtime.DropOldest)
		var want []int
		for i := range n {
			put(t, q, i)
			want = append(want, i)
		}
		want = want[max(0, n-3):]
		if got := drain(q); !slices.Equal(got, want) {
			t.Errorf("after %d puts the queue holds %v, want %v", n, got, want)
		}
		if dropped := int(q.Dropped()); dropped != max(0, n-3) {
			t.Errorf("after %d puts %d are dropped, want %d", n, dropped, max(0, n-3))
		}
	}
}

func TestQueueClear(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := runtime.NewQueue[int](3, runtime.Block)
		put(t, q, 1, 2)
		q.TryTake()
		put(t, q, 3, 4) // the ring wraps
		if n := q.Clear(); n != 3 || q.Len() != 0 {
			t.Errorf("Clear returned %d and left %d, want 3 and 0", n, q.Len())
		}
		if n := q.Clear(); n != 0 || q.Dropped() != 0 {
			t.Errorf("Clear of an empty queue returned %d, %d are dropped; want 0 and 0", n, q.Dropped())
		}
		put(t, q, 5, 6, 7)
		var waiting sync.WaitGroup
		for range 3 {
			waiting.Go(func() { put(t, q, 8) })
		}
		synctest.Wait()
		if n := q.Clear(); n != 3 {
			t.Errorf("Clear returned %d, want 3: those that the queue held", n)
		}
		waiting.Wait() // none of them waits any more, or the bubble is deadlocked
		if got := drain(q); len(got) != 0 {
			t.Errorf("after Clear the queue holds %v: what waited for room is cleared too", got)
		}
		put(t, q, 9)
		if got := drain(q); !slices.Equal(got, []int{9}) {
			t.Errorf("what is put after Clear is lost: the queue holds %v", got)
		}
	})
}

func TestQueueCloseLetsTheRestBeTaken(t *testing.T) {
	for _, policy := range []runtime.Policy{runtime.Block, runtime.DropOldest} {
		q := runtime.NewQueue[int](2, policy)
		put(t, q, 1, 2)
		q.Close()
		q.Close()
		if err := q.Put(t.Context(), 3); err != runtime.ErrClosed {
			t.Errorf("Put into a closed queue returned %v, want ErrClosed", err)
		}
		for _, want := range []int{1, 2} {
			if v, err := q.Take(t.Context()); v != want || err != nil {
				t.Errorf("Take returned %d, %v; want %d", v, err, want)
			}
		}
		for range 2 {
			if v, err := q.Take(t.Context()); v != 0 || err != io.EOF {
				t.Errorf("Take of a closed and empty queue returned %d, %v; want 0, io.EOF", v, err)
			}
		}
		if _, ok := q.TryTake(); ok || q.Dropped() != 0 {
			t.Errorf("TryTake took something of an empty queue: %v; %d dropped", ok, q.Dropped())
		}
	}
}

func TestQueueCloseWakesAllWhoWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		empty, full := runtime.NewQueue[int](1, runtime.Block), runtime.NewQueue[int](1, runtime.Block)
		put(t, full, 1)
		var waiting sync.WaitGroup
		for range 10 {
			waiting.Go(func() {
				if _, err := empty.Take(t.Context()); err != io.EOF {
					t.Errorf("Take returned %v, want io.EOF", err)
				}
			})
			waiting.Go(func() {
				if err := full.Put(t.Context(), 2); err != runtime.ErrClosed {
					t.Errorf("Put returned %v, want ErrClosed", err)
				}
			})
		}
		synctest.Wait()
		empty.Close()
		full.Close()
		waiting.Wait()
		if got := drain(full); !slices.Equal(got, []int{1}) {
			t.Errorf("the closed queue holds %v, want what was put before", got)
		}
	})
}

func TestQueueAnEndedContextTakesAndPutsNothing(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errBoom)
	for _, policy := range []runtime.Policy{runtime.Block, runtime.DropOldest} {
		q := runtime.NewQueue[int](2, policy)
		put(t, q, 1, 2)
		for range 1000 { // a select between what is ready would choose wrongly now and then
			if v, err := q.Take(ctx); v != 0 || !errors.Is(err, context.Canceled) {
				t.Fatalf("Take returned %d, %v; want nothing and context.Canceled", v, err)
			}
			if err := q.Put(ctx, 3); !errors.Is(err, context.Canceled) {
				t.Fatalf("Put returned %v, want context.Canceled", err)
			}
		}
		if got := drain(q); !slices.Equal(got, []int{1, 2}) || q.Dropped() != 0 {
			t.Errorf("the queue holds %v and has dropped %d, want [1 2] and 0", got, q.Dropped())
		}
	}
}

func TestQueueTakeEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begun := time.Now()
		if _, err := runtime.NewQueue[int](1, runtime.Block).Take(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Take returned %v, want context.DeadlineExceeded", err)
		}
		if took := time.Since(begun); took != time.Second {
			t.Errorf("Take returned after %v, want 1s", took)
		}
	})
}

// crowd is many goroutines at one queue.
type crowd struct {
	queue     *runtime.Queue[int]
	put, took []int // of all
	mu        sync.Mutex
}

// produce puts n numbers from first, each under ctx(), and notes those put.
func (c *crowd) produce(first, n int, ctx func() (context.Context, context.CancelFunc)) {
	var mine []int
	for i := first; i < first+n; i++ {
		ctx, cancel := ctx()
		if c.queue.Put(ctx, i) == nil {
			mine = append(mine, i)
		}
		cancel()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.put = append(c.put, mine...)
}

// consume takes until the queue is closed and empty, each time under ctx().
func (c *crowd) consume(t *testing.T, ordered bool, ctx func() (context.Context, context.CancelFunc)) {
	var mine []int
	for {
		ctx, cancel := ctx()
		v, err := c.queue.Take(ctx)
		cancel()
		if err == io.EOF {
			break
		}
		if err == nil {
			if n := len(mine); ordered && n > 0 && v <= mine[n-1] {
				t.Errorf("%d was taken after %d", v, mine[n-1])
			}
			mine = append(mine, v)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.took = append(c.took, mine...)
}

// patient returns a context that does not end.
func patient() (context.Context, context.CancelFunc) {
	return context.WithCancel(context.Background())
}

// impatient returns a context that ends at any moment from now.
func impatient() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	switch n := rand.IntN(8); n {
	case 0:
		cancel()
	case 1, 2, 3:
		time.AfterFunc(time.Duration(rand.IntN(50))*time.Microsecond, cancel)
	case 4:
		go cancel()
	}
	return ctx, cancel
}

func TestQueueManyProducersAndConsumersLoseAndDuplicateNothing(t *testing.T) {
	for _, size := range []int{1, 2, 7, 64} {
		for name, ctx := range map[string]func() (context.Context, context.CancelFunc){"patient": patient, "impatient": impatient} {
			for _, policy := range []runtime.Policy{runtime.Block, runtime.DropOldest} {
				t.Run(fmt.Sprint("size ", size, ", policy ", policy, ", ", name), func(t *testing.T) {
					c := &crowd{queue: runtime.NewQueue[int](size, policy)}
					crowdAround(t, c, 8, 500, ctx)
					slices.Sort(c.took)
					if n := len(slices.Compact(slices.Clone(c.took))); n != len(c.took) {
						t.Errorf("%d elements were taken more than once", len(c.took)-n)
					}
					if len(c.took)+int(c.queue.Dropped()) != len(c.put) {
						t.Errorf("%d were put, but %d taken + %d dropped", len(c.put), len(c.took), c.queue.Dropped())
					}
					if slices.Sort(c.put); policy == runtime.Block && !slices.Equal(c.took, c.put) {
						t.Error("what was taken is not what was put")
					}
				})
			}
		}
	}
}

// crowdAround lets as many producers as consumers work at c's queue, each
// producer with n elements, and returns when all are done. If a wakeup is lost
// it never is.
func crowdAround(t *testing.T, c *crowd, producers, n int, ctx func() (context.Context, context.CancelFunc)) {
	var producing, consuming sync.WaitGroup
	for i := range producers {
		producing.Go(func() { c.produce(i*n, n, ctx) })
		consuming.Go(func() { c.consume(t, false, ctx) })
	}
	producing.Wait()
	c.queue.Close()
	consuming.Wait()
}

func TestQueueOneProducerOneConsumerKeepTheOrder(t *testing.T) {
	for _, policy := range []runtime.Policy{runtime.Block, runtime.DropOldest} {
		c := &crowd{queue: runtime.NewQueue[int](3, policy)}
		var all sync.WaitGroup
		all.Go(func() { c.consume(t, true, impatient) })
		c.produce(0, 5000, impatient)
		c.queue.Close()
		all.Wait()
	}
}

// TestQueueNoWakeupIsLost lets contexts end at the instant at which what their
// waiters wait for comes. Waiters without an end must get the rest: if a token
// goes to a waiter that gives up, and is not handed on, the bubble is
// deadlocked although there is an element, or room, for somebody.
func TestQueueNoWakeupIsLost(t *testing.T) {
	for seed := range uint64(300) {
		synctest.Test(t, func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 0))
			size := 1 + random.IntN(3)
			q := runtime.NewQueue[int](size, runtime.Block)
			var took, added atomic.Int64
			var impatient, patient sync.WaitGroup
			for range 20 {
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(random.IntN(10))*time.Millisecond)
				defer cancel()
				at := time.Duration(random.IntN(10)) * time.Millisecond
				takes := random.IntN(2) == 0
				impatient.Go(func() {
					time.Sleep(at)
					if takes {
						if _, err := q.Take(ctx); err == nil {
							took.Add(1)
						}
					} else if q.Put(ctx, 1) == nil {
						added.Add(1)
					}
				})
			}
			clears := random.IntN(2) == 0
			if clears {
				impatient.Go(func() { time.Sleep(5 * time.Millisecond); q.Clear() })
			}
			// As many as take what comes, and as fill the room.
			for range 10 {
				patient.Go(func() {
					if _, err := q.Take(t.Context()); err == nil {
						took.Add(1)
					}
				})
				patient.Go(func() {
					if q.Put(t.Context(), 1) == nil {
						added.Add(1)
					}
				})
			}
			impatient.Wait()
			synctest.Wait()
			// Whoever waits now does so because the queue is empty, or full: after
			// as many more elements, or rooms, none does.
			rest := make(chan bool)
			go func() { patient.Wait(); close(rest) }()
			for open := true; open; {
				synctest.Wait()
				select {
				case <-rest:
					open = false
				default:
					if before := q.Len(); before == 0 {
						put(t, q, 1)
						added.Add(1)
					} else if before == size {
						q.TryTake()
						took.Add(1)
					} else {
						t.Fatalf("seed %d: somebody waits although the queue of %d holds %d: a wakeup was lost", seed, size, before)
					}
				}
			}
			if left := added.Load() - took.Load(); !clears && left != int64(q.Len()) {
				t.Errorf("seed %d: %d put, %d taken, but %d left", seed, added.Load(), took.Load(), q.Len())
			}
		})
	}
}

// TestQueueHandsOnTheWakeupOfOneThatGivesUp wakes one of two that wait, and ends
// its context before it has run: the other must get what the first was woken
// for. The first has run nevertheless now and then, hence the many rounds.
func TestQueueHandsOnTheWakeupOfOneThatGivesUp(t *testing.T) {
	for range 500 {
		synctest.Test(t, func(t *testing.T) {
			q := runtime.NewQueue[int](1, runtime.Block)
			ctx, cancel := context.WithCancel(t.Context())
			var first, second sync.WaitGroup
			first.Go(func() {
				if _, err := q.Take(ctx); err == nil {
					put(t, q, 1) // for the second
				}
			})
			synctest.Wait()
			second.Go(func() { q.Take(t.Context()) })
			synctest.Wait()
			put(t, q, 1)
			cancel()
			first.Wait()
			second.Wait() // or the bubble is deadlocked
			if q.Len() != 0 {
				t.Errorf("the queue holds %d, want none", q.Len())
			}
		})
		synctest.Test(t, func(t *testing.T) {
			q := runtime.NewQueue[int](1, runtime.Block)
			put(t, q, 1)
			ctx, cancel := context.WithCancel(t.Context())
			var first, second sync.WaitGroup
			first.Go(func() {
				if q.Put(ctx, 2) == nil {
					q.TryTake() // room for the second
				}
			})
			synctest.Wait()
			second.Go(func() { q.Put(t.Context(), 3) })
			synctest.Wait()
			q.TryTake()
			cancel()
			first.Wait()
			second.Wait() // or the bubble is deadlocked
		})
	}
}

// TestQueueHandsWakeupsOnWhileOthersGiveUp has one patient taker beside many
// whose contexts end all the time, in real time: the patient one gets its
// element each time, or the test hangs.
func TestQueueHandsWakeupsOnWhileOthersGiveUp(t *testing.T) {
	q := runtime.NewQueue[int](1, runtime.Block)
	var others sync.WaitGroup
	for range 4 {
		others.Go(func() {
			for {
				ctx, cancel := impatient()
				v, err := q.Take(ctx)
				cancel()
				if err == io.EOF {
					return
				}
				if err == nil {
					q.Put(t.Context(), v) // it was the patient one's
				}
			}
		})
	}
	for i := range 2000 {
		put(t, q, i)
		if v, err := q.Take(t.Context()); v != i || err != nil {
			t.Fatalf("Take returned %d, %v; want %d", v, err, i)
		}
	}
	q.Close()
	others.Wait()
}

func TestQueueAllocatesNothingInSteadyState(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for _, policy := range []runtime.Policy{runtime.Block, runtime.DropOldest} {
		q := runtime.NewQueue[[4]int](8, policy)
		n := testing.AllocsPerRun(1000, func() {
			for i := range 8 {
				q.Put(ctx, [4]int{i})
			}
			if policy == runtime.DropOldest {
				q.Put(ctx, [4]int{8})
			}
			for range 4 {
				q.Take(ctx)
			}
			q.TryTake()
			q.Clear()
		})
		if n != 0 {
			t.Errorf("policy %d: %v allocations, want none", policy, n)
		}
	}
}

// TestQueueAllocatesNothingWhereItWaits hands elements back and forth, so that
// both sides wait each time.
func TestQueueAllocatesNothingWhereItWaits(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	there, back := runtime.NewQueue[int](1, runtime.Block), runtime.NewQueue[int](1, runtime.Block)
	var other sync.WaitGroup
	other.Go(func() {
		for {
			v, err := there.Take(ctx)
			if err != nil {
				return
			}
			back.Put(ctx, v)
		}
	})
	if n := testing.AllocsPerRun(1000, func() { there.Put(ctx, 1); back.Take(ctx) }); n != 0 {
		t.Errorf("%v allocations for each element, want none", n)
	}
	cancel()
	other.Wait()
}

// TestQueueLetsGoOfWhatIsTaken checks that the ring does not keep what was
// taken, cleared or dropped reachable.
func TestQueueLetsGoOfWhatIsTaken(t *testing.T) {
	q := runtime.NewQueue[*[1 << 10]byte](4, runtime.DropOldest)
	var gone []weak.Pointer[[1 << 10]byte]
	add := func(n int) {
		for range n {
			v := new([1 << 10]byte)
			gone = append(gone, weak.Make(v))
			put(t, q, v)
		}
	}
	add(6)
	for range 3 {
		q.TryTake()
	}
	add(2)
	q.Clear()
	goruntime.GC()
	for i, p := range gone {
		if p.Value() != nil {
			t.Errorf("element %d of 8 is kept although it is not in the queue any more", i)
		}
	}
	goruntime.KeepAlive(q)
}
