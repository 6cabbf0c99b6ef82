// Package a is the first package of the chains.
package a

import (
	"corpus/chain/b"
	"corpus/chain/c"
)

func work() {}

// Start calls package b.
func Start() {
	b.Start()
}

// StartIf passes its condition on.
func StartIf(ok bool) {
	b.StartIf(ok)
}

// Locked calls package c in a literal that package b calls.
func Locked() {
	b.WithLock(func() {
		c.Run()
	})
}

// Each calls f for each element, by way of package b.
func Each[T any](xs []T, f func(T)) {
	b.Each(xs, f)
}

// Maybe calls f under a condition.
func Maybe(ok bool, f func()) {
	if ok {
		f()
	}
}

var kept []func()

// Keep keeps f for later.
func Keep(f func()) {
	kept = append(kept, f)
}

// Go calls f in a goroutine.
func Go(f func()) {
	go f()
}

// Ping and Pong call each other.
func Ping(n int) {
	Pong(n - 1)
}

// Pong starts a goroutine.
func Pong(n int) {
	go work()
	if n > 0 {
		Ping(n)
	}
}

// Launch starts a goroutine for a value of any type.
func Launch[T any](v T) {
	go func() { _ = v }()
}

// Pool is a generic pool of workers.
type Pool[T any] struct {
	jobs []T
}

// Submit starts a goroutine for a job.
func (p *Pool[T]) Submit(job T) {
	p.jobs = append(p.jobs, job)
	Launch(job)
}

// Len starts nothing.
func (p *Pool[T]) Len() int { return len(p.jobs) }

// Worker is started by its method.
type Worker struct {
	Name string
}

// Start starts the worker.
func (w *Worker) Start() {
	go work()
}

// Starter is what all workers of the package implement: each of them starts a
// goroutine.
type Starter interface{ Start() }

type remote struct{ Worker }

func (r *remote) Start() {
	r.Worker.Start()
}

// Remote returns another implementation.
func Remote(name string) Starter { return &remote{Worker{name}} }

// Drive starts whatever it is given.
func Drive(s Starter) {
	s.Start()
}

// Sink is what has a quiet implementation as well.
type Sink interface{ Put(v int) }

type asyncSink struct{}

func (asyncSink) Put(v int) { go work() }

type memorySink struct{ all []int }

func (m *memorySink) Put(v int) { m.all = append(m.all, v) }

// Sinks returns one of each.
func Sinks() []Sink { return []Sink{asyncSink{}, &memorySink{}} }

// Fill puts v into s.
func Fill(s Sink, v int) {
	s.Put(v)
}
