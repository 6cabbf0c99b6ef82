// Package b stands in the middle of the chains.
package b

import (
	"sync"

	"corpus/chain/c"
)

// Start calls package c.
func Start() {
	c.Run()
}

// StartIf passes its condition on.
func StartIf(ok bool) {
	c.RunIf(ok)
}

var mu sync.Mutex

// WithLock calls f under the lock.
func WithLock(f func()) {
	mu.Lock()
	defer mu.Unlock()
	f()
}

// Each calls f for each element.
func Each[T any](xs []T, f func(T)) {
	for _, x := range xs {
		f(x)
	}
}
