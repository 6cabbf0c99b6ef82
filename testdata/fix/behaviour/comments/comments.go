// Package comments has comments everywhere.
package comments

/* before */
import (
	// of context
	"context" // beside context
	/* of atomic */
	"sync/atomic"
	// last import
) // after imports

// Created is doc.
var Created atomic.Int64

// New is doc.
func New() any { return /* new */ &H{} }

// H is doc.
type H struct { // after the brace
	// of out
	out chan int // beside out
	// last in H
} // after H

// SessionStart is doc.
func (h *H) SessionStart( /* no name */ context.Context) error { // opens
	// first in SessionStart
	h.out = make(chan int, 8) // beside make
	// before return
	return nil // beside return
	// last in SessionStart
} // after SessionStart

// produce is doc.
func (h *H) produce(ctx context.Context) {
	Created.Add(1) // once
	for ctx.Err() == nil {
		select {
		case h.out <- 1: // sent
		case <-ctx.Done(): // over
		}
	}
}

// Emit is doc.
func (h *H) Emit(ctx context.Context) (int, error) { // Emit opens
	// first in Emit

	// before go
	go /* inside */ h.produce(ctx /* an argument */) // want `\(emit-goroutine\)` `\(context-escape\)`
	// after go
	select { // the select
	case f := <-h.out: // a frame
		return f, nil
	case <-ctx.Done(): // over
		return 0, ctx.Err()
	}
	// last in Emit
} // after Emit

// SessionStop is doc.
func (h *H) SessionStop(context.Context) error { /* inside */ return nil /* before the brace */ } // after SessionStop

// The end.
