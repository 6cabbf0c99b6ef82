// Package memo keeps values that are made once.
package memo

import "sync"

// A Value is made when it is first asked for.
type Value[T any] struct {
	mu   sync.Mutex
	done bool
	v    T
}

// Get returns the value, which make makes if there is none.
func (l *Value[T]) Get(make func() T) T {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.done {
		l.v = make()
		l.done = true
	}
	return l.v
}

// Base is embedded by handlers that feed a queue.
type Base struct {
	mu      sync.Mutex
	started bool
	Queue   chan string
}

// EnsureStarted starts what feeds the queue, once.
func (b *Base) EnsureStarted() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.started {
		return
	}
	b.started = true
	b.Queue = make(chan string, 8)
	go b.feed()
}

// Restart starts it in any case.
func (b *Base) Restart() {
	b.Queue = make(chan string, 8)
	go b.feed()
}

func (b *Base) feed() { b.Queue <- "" }

// Ensure runs f unless the flag is set.
func Ensure(flag *bool, f func()) {
	if *flag {
		return
	}
	*flag = true
	f()
}
