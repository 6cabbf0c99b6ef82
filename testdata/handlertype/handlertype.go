// Package handlertype holds the ways a type becomes a handler type, and the
// types that only look like one.
package handlertype

// Record is what a handler of rate record is handed.
type Record struct {
	Key   string
	Items []int
}

// Frame is what a handler of rate frame hands out.
type Frame struct {
	Samples []int16
}

// work is what the goroutines of this package do.
func work(...any) {}
