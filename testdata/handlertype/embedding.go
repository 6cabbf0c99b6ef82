package handlertype

import (
	"context"

	"corpus/handlertype/base"
)

// Embedding within the package: the effect is told in the body, and once.

type inner struct{ n int }

func (i *inner) Emit(context.Context) (Frame, error) {
	go work(i.n) // want `emit-goroutine`
	return Frame{}, nil
}

type Outer struct{ inner }

func (o *Outer) Start() {}
func (o *Outer) Stop()  {}

type OuterToo struct{ *inner }

func (o *OuterToo) SessionStart(context.Context) error { return nil }
func (o *OuterToo) SessionStop(context.Context) error  { return nil }

// life gives a type its start and stop.
type life struct{}

func (life) SessionStart(context.Context) error { return nil }
func (life) SessionStop(context.Context) error  { return nil }

type emitter struct{}

func (emitter) Emit(r Record) error {
	go work(r) // want `emit-goroutine`
	return nil
}

type Assembled struct {
	life
	emitter
}

type notAssembled struct{}

func (notAssembled) Emit(r Record) error {
	go work(r) // silent: whoever embeds it has no stop
	return nil
}

type Unassembled struct {
	notAssembled
	name string
}

// ambiguous has Emit twice at the same depth, so it has none.
type (
	left  struct{}
	right struct{}
)

func (left) Emit(r Record) error {
	go work(r) // silent: the two hide each other
	return nil
}

func (right) Emit(r Record) error {
	go work(r) // silent: the two hide each other
	return nil
}

type Ambiguous struct {
	life
	left
	right
}

// hidden is hidden by the outer method.
type hidden struct{}

func (hidden) Emit(r Record) error {
	go work(r) // silent: hidden by the outer Emit
	return nil
}

type Hiding struct {
	life
	hidden
	n int
}

func (h *Hiding) Emit(r Record) error {
	h.n += len(r.Items)
	return nil
}

// HidingCalls hides it and calls it.
type called struct{}

func (called) Emit(r Record) error {
	go work(r)
	return nil
}

type HidingCalls struct {
	life
	called
}

func (h *HidingCalls) Emit(r Record) error {
	return h.called.Emit(r) // want `called\)?\.Emit.*emit-goroutine`
}

// Field is no embedding.
type Field struct {
	life
	hidden hidden
}

func (f *Field) Send(r Record) error {
	return f.hidden.Emit(r) // silent: a field's methods are not the type's
}

// Embedding from another package: the effect is told at the embedded field.

type FromBase struct {
	life
	base.Emitter // want `emit-goroutine`
}

type FromBasePointer struct {
	*base.Emitter // want `emit-goroutine`
}

func (f *FromBasePointer) Open() error  { return nil }
func (f *FromBasePointer) Close() error { return nil }

type FromBaseChained struct {
	base.Life
	base.Chained // want `Chained\)\.Emit → .*advance.*emit-goroutine`
}

type FromBaseGeneric struct {
	base.Stage[Record] // want `emit-goroutine`
}

func (f *FromBaseGeneric) Open() error  { return nil }
func (f *FromBaseGeneric) Close() error { return nil }

type FromBaseQuiet struct {
	life
	base.Quiet // silent: it has no effect
}

type FromBaseHidden struct {
	life
	base.Emitter // silent: hidden by the outer Emit
}

func (f *FromBaseHidden) Emit(context.Context) (int, error) {
	f.N++
	return f.N, nil
}

type FromBaseNoStop struct {
	base.Emitter // silent: no stop
	name         string
}

type FromBaseField struct {
	life
	e base.Emitter // silent: a field's methods are not the type's
}

type FromBaseLife struct{ base.Life }

func (f *FromBaseLife) Emit(r Record) error {
	go work(r) // want `emit-goroutine`
	return nil
}

// imported is another name of the base's type.
type imported = base.Emitter

type FromBaseAlias struct {
	life
	imported // want `emit-goroutine`
}

// FromInterface has its hot method from whoever is put in.
type FromInterface struct {
	life
	Emitter // silent: nobody knows who emits
}
