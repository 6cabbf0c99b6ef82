// Package chain holds cases for the way from a hot method to what it does:
// calls of all sorts, through several functions and packages.
package chain

// Record is one unit of a stream that is handed in.
type Record []byte

func work() {}

// spawn is where the chains of this package end, at line 12.
func spawn() {
	go work()
}

// spawnIf does it under a condition.
func spawnIf(ok bool) {
	if ok {
		go work()
	}
}

// each calls f for each element.
func each[T any](xs []T, f func(T)) {
	for _, x := range xs {
		f(x)
	}
}
