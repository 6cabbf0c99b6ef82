// Package helper has helpers whose effects are suppressed where they are.
package helper

func work() {}

// Spawn starts a goroutine that its author stands by.
func Spawn() {
	//emitcheck:ignore emit-goroutine ends by itself within a millisecond
	go work()
}

// Chain calls it.
func Chain() { Spawn() }

// Make makes a channel and keeps it.
func Make() {
	kept = make(chan int)
	go work() //emitcheck:ignore emit-goroutine ends by itself within a millisecond
}

var kept chan int

// Linted is silenced for golangci-lint.
func Linted() {
	go work() //nolint:emitcheck // ends by itself
}

// Loud is not silenced.
func Loud() {
	go work()
}
