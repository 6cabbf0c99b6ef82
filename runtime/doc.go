// Package runtime is the reference runtime that emitcheck's findings point to:
// it drives a [Handler] for each session, started once, asked for frames again
// and again, stopped once.
//
// A [Server] takes a function that makes handlers, and a [Conn] for each client.
// What a handler needs beside its own fields are four pieces: [Session.Go] runs
// a goroutine for as long as the session, [Session.OnStop] releases what was
// made, a [Queue] is bounded, and a [Generator] is one long-running producer.
//
// # Guarantees
//
//  1. SessionStart has returned before the first Receive or Emit.
//  2. Emit never overlaps Emit, Receive never overlaps Receive.
//  3. SessionStop runs exactly once for each SessionStart that was called,
//     whatever happened: error, panic, disconnect, time limit, process shutdown.
//  4. No Emit or Receive runs once SessionStop has begun.
//  5. Every queue is bounded, with a stated policy (block, drop oldest) and a
//     counter.
//  6. Whatever Session.Go started has ended when the session has: cancelled,
//     awaited, and named with its stack where it overstays the grace period.
//  7. An error or panic of the handler ends its session alone and reaches the
//     client.
//  8. Frames are paced by their duration; "nothing now" is never queued.
//  9. Interrupt (barge-in) empties every queue between handler and client.
//
// No program can end a goroutine from outside. A method that heeds neither its
// context nor the grace period is the one exception to 4, for the sake of 3:
// SessionStop, which may be what releases it, runs beside it then. It is logged
// with its stack, and if it outlasts that too, named in an [OverstayError]; what
// it returns is discarded. docs/runtime.md says what a handler may rely on, and
// what it may not.
//
// The package holds no transport, no codec and nothing of the linter. Package
// handlertest tests handlers.
package runtime
