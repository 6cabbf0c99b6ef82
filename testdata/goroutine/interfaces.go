package goroutine

import (
	"context"
	"fmt"
)

// Calls through an interface: followed where every implementation that the
// package shows has the effect.

// dispatcher has two implementations, and both start a goroutine.
type dispatcher interface{ dispatch(Record) }

type perRecord struct{ s session }

func (d *perRecord) dispatch(r Record) { go d.s.send(r.Key) }

type perTarget struct{ s session }

func (d perTarget) dispatch(r Record) {
	for _, t := range r.Targets {
		go d.s.send(t)
	}
}

type InterfaceAll struct {
	session
	d dispatcher
}

func (h *InterfaceAll) Emit(_ context.Context, r Record) error {
	h.d.dispatch(r) // want `emit-goroutine`
	return nil
}

type InterfaceAllEmbedded struct {
	session
	dispatcher
}

func (h *InterfaceAllEmbedded) Emit(_ context.Context, r Record) error {
	h.dispatch(r) // want `emit-goroutine`
	return nil
}

type InterfaceAllParameter struct {
	session
	d dispatcher
}

func relay(d dispatcher, r Record) { d.dispatch(r) }

func (h *InterfaceAllParameter) Emit(_ context.Context, r Record) error {
	relay(h.d, r) // want `emit-goroutine`
	return nil
}

// writer has a loud and a quiet implementation.
type writer interface{ write(Record) error }

type asyncWriter struct{ s session }

func (w *asyncWriter) write(r Record) error {
	go w.s.send(r.Key)
	return nil
}

type syncWriter struct{ s session }

func (w *syncWriter) write(r Record) error { return w.s.send(r.Key) }

type InterfaceMixed struct {
	session
	w writer
}

func (h *InterfaceMixed) Emit(_ context.Context, r Record) error {
	return h.w.write(r) // silent: the sync writer starts nothing
}

type InterfaceMixedField struct {
	session
	w *asyncWriter
}

func (h *InterfaceMixedField) Emit(_ context.Context, r Record) error {
	return h.w.write(r) // want `emit-goroutine`
}

type InterfaceMixedAsserted struct {
	session
	w writer
}

func (h *InterfaceMixedAsserted) Emit(_ context.Context, r Record) error {
	return h.w.(*asyncWriter).write(r) // want `emit-goroutine`
}

type InterfaceMixedTypeSwitch struct {
	session
	w writer
}

func (h *InterfaceMixedTypeSwitch) Emit(_ context.Context, r Record) error {
	switch w := h.w.(type) {
	case *asyncWriter:
		return w.write(r) // want `on some calls.*emit-goroutine`
	case *syncWriter:
		return w.write(r) // silent: the sync writer starts nothing
	}
	return nil
}

type InterfaceMixedMethodExpression struct {
	session
	w writer
}

func (h *InterfaceMixedMethodExpression) Emit(_ context.Context, r Record) error {
	return writer.write(h.w, r) // silent: the sync writer starts nothing
}

// transport has no implementation in sight.
type transport interface{ Ship(Record) error }

type InterfaceNone struct {
	session
	t transport
}

func (h *InterfaceNone) Emit(_ context.Context, r Record) error {
	return h.t.Ship(r) // silent: nobody knows who ships
}

// Std interfaces have implementations everywhere: one loud one in the package
// says nothing about the value at hand.

type loudError struct{ s session }

func (e *loudError) Error() string {
	go e.s.loop()
	return "loud"
}

type InterfaceOfStd struct {
	session
	last error
}

func (h *InterfaceOfStd) Emit(context.Context, Record) error {
	if h.last != nil {
		h.n += len(h.last.Error()) // silent: errors come from everywhere
	}
	return nil
}

type InterfaceOfStdFormatted struct {
	session
	last fmt.Stringer
}

func (h *InterfaceOfStdFormatted) Emit(context.Context, Record) error {
	h.n += len(fmt.Sprint(h.last)) // silent: the standard library is opaque
	return nil
}

// flusher is implemented with a pointer by one and by embedding by the other.
type flusher interface{ flush() }

type diskFlusher struct{ s session }

func (f *diskFlusher) flush() { go f.s.loop() }

type cachedFlusher struct {
	*diskFlusher
	size int
}

type InterfacePromoted struct {
	session
	f flusher
}

func (h *InterfacePromoted) Emit(context.Context, Record) error {
	h.f.flush() // want `emit-goroutine`
	return nil
}
