// Package api is a library that tells by directive which methods of its
// interfaces are hot.
package api

import "context"

// Processor is what a user of the library implements.
//
//emitcheck:handler hot=Process stop=Finish rate=record
type Processor interface {
	Process(ctx context.Context, data []byte) error
	Finish() error
}

// Source has two hot methods, and names all there is to name.
//
//emitcheck:handler hot=Pull,Peek start=Begin stop=End rate=frame
type Source interface {
	Begin(ctx context.Context) error
	Pull(ctx context.Context) ([]byte, error)
	Peek() byte
	End()
}

// Sink is generic.
//
//emitcheck:handler hot=Put stop=Done rate=batch
type Sink[T any] interface {
	Put(batch []T) error
	Done()
}

type (
	// Visitor stands in a group.
	//
	//emitcheck:handler hot=Visit stop=Leave
	Visitor interface {
		Visit(node string) error
		Leave()
	}

	// Walker has no directive.
	Walker interface {
		Walk(node string) error
		Leave()
	}
)

// Reporter has a remark that is no directive.
//
// emitcheck:handler hot=Report stop=Leave
type Reporter interface {
	Report(line int) error
	Leave()
}

// HandleFunc is called for each message.
//
//emitcheck:handler rate=record
type HandleFunc func(ctx context.Context, data []byte) error

// PullFunc is generic, and leaves its rate to its signature: a frame with each
// call.
//
//emitcheck:handler
type PullFunc[T any] func(ctx context.Context) (T, error)

// PlainFunc has no directive.
type PlainFunc func(ctx context.Context, data []byte) error

// Handle is handed a function.
func Handle(name string, handle HandleFunc) {}
