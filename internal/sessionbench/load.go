package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	goruntime "runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/emitcheck/emitcheck/runtime"
)

const (
	// frameTime is how long a frame lasts: 50 a second.
	frameTime = 20 * time.Millisecond

	// size is of every bound: the default between Emit and the client.
	size = 8

	// perSecond is how many sessions are started in a second: slowly enough that starting does not hold up those
	// that run.
	perSecond = 10_000

	// settle is how long all sessions run before they are measured.
	settle = time.Second
)

// frame is 20 ms of 48 kHz mono. Nobody writes to it, so that all sessions can send it.
var frame = make([]byte, 1920)

// began is what times are relative to: a time.Duration is read and kept for less than a time.Time.
var began = time.Now()

// A load is what many sessions cost, in steady state.
type load struct {
	Sessions int
	Frames   float64 // that came to the clients, per second
	Late     float64 // share of Frames that were ready more than half a frame after they were due
	Gaps     float64 // share of Frames that came more than half a frame's time too long after the one before
	CPU      float64 // CPUs in use, user and system
	Others   float64 // CPUs in use by other processes; 0 if that is not known
	Memory   float64 // bytes of heap and stacks in use, per session; 0 if saturated
	RSS      float64 // growth of the process's resident memory in bytes, per session
	Routines float64 // goroutines, per session
}

// perFrame is the CPU time of a frame in nanoseconds.
func (l load) perFrame() float64 { return 1e9 * l.CPU / l.Frames }

// wanted is how many frames a second there are if none is late.
func (l load) wanted() float64 { return float64(l.Sessions) * float64(time.Second/frameTime) }

// carried reports whether a machine keeps up.
func (l load) carried() bool { return l.Late < 0.01 && l.Frames > 0.99*l.wanted() }

// A listener is the client's side of a session: it counts the frames that come, and those that come too long after the
// one before.
type listener struct {
	frames, gaps atomic.Uint64
	last         time.Duration // when the last frame came, since began
}

func (l *listener) took() {
	now := time.Since(began)
	if l.last != 0 && now-l.last > frameTime*3/2 {
		l.gaps.Add(1)
	}
	l.last = now
	l.frames.Add(1)
}

// running are sessions under way.
type running struct {
	late func() uint64 // frames that were late so far
	stop func() error  // ends them and waits until they have ended
}

// counts are a load's counters at one time.
type counts struct {
	at                 time.Time
	cpu, machine       time.Duration // of this process, and of all
	frames, late, gaps uint64
}

func read(listeners []*listener, r running) counts {
	c := counts{at: time.Now(), cpu: cpuTime(), machine: machineTime(), late: r.late()}
	for _, l := range listeners {
		c.frames += l.frames.Load()
		c.gaps += l.gaps.Load()
	}
	return c
}

// measureLoad starts n sessions and measures them for some time in steady state.
func measureLoad(n int, window time.Duration, start func([]*listener) (running, error)) (load, error) {
	listeners := make([]*listener, n)
	for i := range listeners {
		listeners[i] = new(listener)
	}
	heap, rss := memoryInUse(), residentMemory()
	r, err := start(listeners)
	if err != nil {
		return load{}, err
	}
	time.Sleep(settle)

	var a, b counts
	err = profiled(func() {
		a = read(listeners, r)
		time.Sleep(window)
		b = read(listeners, r)
	})
	if err != nil {
		return load{}, err
	}
	// Before the collection: it is no part of the steady state, where there is nothing to collect.
	resident := residentMemory()
	routines := goruntime.NumGoroutine()
	seconds, frames := b.at.Sub(a.at).Seconds(), float64(b.frames-a.frames)
	l := load{
		Sessions: n,
		Frames:   frames / seconds,
		Late:     float64(b.late-a.late) / frames,
		Gaps:     float64(b.gaps-a.gaps) / frames,
		CPU:      (b.cpu - a.cpu).Seconds() / seconds,
		RSS:      (resident - rss) / float64(n),
		Routines: float64(routines) / float64(n),
	}
	l.Others = max(0, (b.machine-a.machine).Seconds()/seconds-l.CPU)
	// runtime.GC yields after each span it sweeps: beside sessions that want more than there is, that takes minutes.
	if l.Frames > 0.99*l.wanted() {
		l.Memory = (memoryInUse() - heap) / float64(n)
	}
	return l, r.stop()
}

// memoryInUse returns the bytes of heap and stacks that are in use, garbage left out.
func memoryInUse() float64 {
	goruntime.GC()
	var m goruntime.MemStats
	goruntime.ReadMemStats(&m)
	return float64(m.HeapInuse + m.StackInuse)
}

// each calls start for each listener, at most perSecond a second.
func each(listeners []*listener, start func(*listener)) {
	began := time.Now()
	for i, l := range listeners {
		time.Sleep(time.Until(began.Add(time.Duration(i) * time.Second / perSecond)))
		start(l)
	}
}

// phase is how long a session waits before its first frame, so that frames are spread over time as in life.
func phase() time.Duration { return rand.N(frameTime) }

// source emits at once, each time the same frame: whatever else a frame costs is the runtime's.
type source struct{}

func (*source) SessionStart(ctx context.Context, _ *runtime.Session) error {
	select {
	case <-time.After(phase()):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (*source) Receive(context.Context, []byte) error { return nil }
func (*source) Emit(context.Context) ([]byte, error)  { return frame, nil }
func (*source) SessionStop(context.Context) error     { return nil }

func newServer() *runtime.Server[[]byte, []byte] {
	return &runtime.Server[[]byte, []byte]{
		NewHandler: func() runtime.Handler[[]byte, []byte] { return new(source) },
		Duration:   func([]byte) time.Duration { return frameTime },
	}
}

// startSessions starts a session of a Server for each listener, over a Pipe.
func startSessions(listeners []*listener) (running, error) {
	srv := newServer()
	stop := serveAll(srv, listeners)
	return running{late: func() uint64 { return srv.Stats().Late }, stop: stop}, nil
}

// serveAll serves a client for each listener. What it returns shuts the server down.
func serveAll(srv *runtime.Server[[]byte, []byte], listeners []*listener) (stop func() error) {
	ctx := context.Background()
	var all sync.WaitGroup
	each(listeners, func(l *listener) {
		client, conn := runtime.Pipe[[]byte, []byte](size)
		all.Go(func() { srv.Serve(ctx, conn) }) // ErrShutdown, at last
		all.Go(func() {
			for {
				e, err := client.Receive(ctx)
				if err != nil {
					return
				}
				if e.Kind == runtime.EventFrame {
					l.took()
				}
			}
		})
	})
	return func() error {
		err := srv.Shutdown(ctx)
		all.Wait()
		if s := srv.Stats(); err == nil && s.Overstays > 0 {
			err = fmt.Errorf("%d overstays", s.Overstays)
		}
		return err
	}
}

// startBare starts what a session is at least for each listener: a goroutine that waits for its timer and hands a frame
// over to another, by a channel without a buffer. Its timer follows the same clock as the runtime's.
func startBare(listeners []*listener) (running, error) {
	var over atomic.Bool
	var all sync.WaitGroup
	late := make([]*atomic.Uint64, 0, len(listeners))
	each(listeners, func(l *listener) {
		frames, count := make(chan []byte), new(atomic.Uint64)
		late = append(late, count)
		all.Go(func() {
			defer close(frames)
			timer := time.NewTimer(phase())
			<-timer.C
			for due := time.Since(began); !over.Load(); {
				frames <- frame
				due += frameTime
				now := time.Since(began)
				if behind := now - due; behind > frameTime/2 {
					count.Add(1)
					due = now
				}
				if due > now {
					timer.Reset(due - now)
					<-timer.C
				}
			}
		})
		all.Go(func() {
			for range frames {
				l.took()
			}
		})
	})
	return running{
		late: func() (sum uint64) {
			for _, c := range late {
				sum += c.Load()
			}
			return sum
		},
		stop: func() error {
			over.Store(true)
			all.Wait()
			return nil
		},
	}, nil
}
