// Package structs holds handlers that attack the text of fixes.
package structs

import (
	"context"
)

// Oneline: a struct on one line.

type Oneline struct{ out chan int }

// produce runs as long as its context.
func (h *Oneline) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Oneline) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Oneline) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Oneline) SessionStop(ctx context.Context) error {
	return nil
}

// Oneline2: a comment behind a struct on one line.

type Oneline2 struct {
	out chan int
	n   int
} // trailing type comment

// produce runs as long as its context.
func (h *Oneline2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Oneline2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Oneline2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Oneline2) SessionStop(ctx context.Context) error {
	return nil
}

// Tags: tags and comments that hold a brace, and a blank field.

type Tags struct {
	out chan int  `json:"-" yaml:"}"` // the } out
	_   [0]func() // not comparable
	n   int       `x:"y"` /* last */
}

// produce runs as long as its context.
func (h *Tags) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Tags) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Tags) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Tags) SessionStop(ctx context.Context) error {
	return nil
}

// Embed: an embedded type and two blank fields.

type baseEmbed struct{ out chan int }

type Embed struct {
	baseEmbed // embedded
	_, _      int
}

// produce runs as long as its context.
func (h *Embed) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Embed) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Embed) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Embed) SessionStop(ctx context.Context) error {
	return nil
}

// Closecomment: a comment before the closing brace.

type Closecomment struct {
	out chan int
	// the end of fields
}

// produce runs as long as its context.
func (h *Closecomment) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Closecomment) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Closecomment) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Closecomment) SessionStop(ctx context.Context) error {
	return nil
}

// Closecomment2: a block comment before the closing brace.

type Closecomment2 struct {
	out chan int

	// state

	/* block
	   more */
}

// produce runs as long as its context.
func (h *Closecomment2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Closecomment2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Closecomment2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Closecomment2) SessionStop(ctx context.Context) error {
	return nil
}

// Blockend: block comments beside the only field.

type Blockend struct { /* a */
	out chan int /* b */
}

// produce runs as long as its context.
func (h *Blockend) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Blockend) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Blockend) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Blockend) SessionStop(ctx context.Context) error {
	return nil
}

// Empty: a struct without fields.

var outGEmpty = make(chan int)

type Empty struct{}

// produce runs as long as its context.
func (h *Empty) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case outGEmpty <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Empty) SessionStart(ctx context.Context) error {
	return nil
}

// Emit emits.
func (h *Empty) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-outGEmpty:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Empty) SessionStop(ctx context.Context) error {
	return nil
}

// Empty2: a struct that holds just a comment.

var outGEmpty2 = make(chan int)

type Empty2 struct {
	// nothing yet
}

// produce runs as long as its context.
func (h *Empty2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case outGEmpty2 <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Empty2) SessionStart(ctx context.Context) error {
	return nil
}

// Emit emits.
func (h *Empty2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-outGEmpty2:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Empty2) SessionStop(ctx context.Context) error {
	return nil
}

// Grouped: one of several types of a declaration, without a stop.

type (
	// AGrouped is one.
	AGrouped struct{ a int }

	// Grouped is the handler.
	Grouped struct {
		out chan int // out
	} // end of Grouped

	// BGrouped is another.
	BGrouped struct{ b int }
)

// produce runs as long as its context.
func (h *Grouped) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Grouped) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Grouped) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// GroupedTwo: two handlers on neighbouring lines of a declaration (found: a second run goes on).

type (
	AGroupedTwo struct{ out chan int }
	GroupedTwo  struct{ out chan int }
)

func (h *AGroupedTwo) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

func (h *AGroupedTwo) SessionStart(context.Context) error    { h.out = make(chan int); return nil }
func (h *AGroupedTwo) Emit(ctx context.Context) (int, error) { go h.produce(ctx); return <-h.out, nil }
func (h *AGroupedTwo) SessionStop(context.Context) error     { return nil }

// produce runs as long as its context.
func (h *GroupedTwo) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *GroupedTwo) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *GroupedTwo) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *GroupedTwo) SessionStop(ctx context.Context) error {
	return nil
}

// Paren: a declaration in parentheses.

type (
	Paren struct{ out chan int }
)

// produce runs as long as its context.
func (h *Paren) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Paren) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Paren) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Paren) SessionStop(ctx context.Context) error {
	return nil
}

// NestedStruct: the channel lies in a nested struct.

type NestedStruct struct {
	in struct {
		out chan int
	}
}

// produce runs as long as its context.
func (h *NestedStruct) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.in.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *NestedStruct) SessionStart(ctx context.Context) error {
	h.in.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *NestedStruct) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.in.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *NestedStruct) SessionStop(ctx context.Context) error {
	return nil
}

// From: declared from another struct: no fix.

type baseFrom struct{ out chan int }

type From baseFrom

// produce runs as long as its context.
func (h *From) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *From) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *From) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *From) SessionStop(ctx context.Context) error {
	return nil
}

// Alias2: an alias of the handler type.

type Alias2 struct{ out chan int }

type AlsoAlias2 = Alias2

// produce runs as long as its context.
func (h *Alias2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Alias2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Alias2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Alias2) SessionStop(ctx context.Context) error {
	return nil
}

var _ = AlsoAlias2{}

// Derived: another struct is converted to it: no fix.

type Derived struct{ out chan int }

// OtherDerived is converted to and from Derived.
type OtherDerived struct{ out chan int }

// produce runs as long as its context.
func (h *Derived) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Derived) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Derived) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Derived) SessionStop(ctx context.Context) error {
	return nil
}

func convDerived(o *OtherDerived) *Derived { return (*Derived)(o) }

// Derived2: another type is declared from it and made without keys: no fix.

type Derived2 struct{ out chan int }

// OtherDerived2 has Derived2's fields.
type OtherDerived2 Derived2

// produce runs as long as its context.
func (h *Derived2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Derived2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Derived2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Derived2) SessionStop(ctx context.Context) error {
	return nil
}

func convDerived2(o *OtherDerived2) *Derived2 { return (*Derived2)(o) }

var _ = OtherDerived2{make(chan int)}

// Unkeyed: made without keys: no fix.

type Unkeyed struct {
	out chan int
}

// produce runs as long as its context.
func (h *Unkeyed) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Unkeyed) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Unkeyed) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Unkeyed) SessionStop(ctx context.Context) error {
	return nil
}

func NewUnkeyed() *Unkeyed { return &Unkeyed{make(chan int)} }

// UnkeyedLit: made without keys and without its name: no fix.

type UnkeyedLit struct {
	out chan int
}

// produce runs as long as its context.
func (h *UnkeyedLit) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *UnkeyedLit) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *UnkeyedLit) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *UnkeyedLit) SessionStop(ctx context.Context) error {
	return nil
}

func listUnkeyedLit() []*UnkeyedLit { return []*UnkeyedLit{{make(chan int)}} }

// Cmp: compared: no fix with a function among its fields.

type Cmp struct {
	out chan int
}

// produce runs as long as its context.
func (h *Cmp) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Cmp) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Cmp) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Cmp) SessionStop(ctx context.Context) error {
	return nil
}

func sameCmp(a, b Cmp) bool { return a == b }

// Mapkey: a map key: no fix.

type Mapkey struct {
	out chan int
}

// produce runs as long as its context.
func (h *Mapkey) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Mapkey) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Mapkey) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Mapkey) SessionStop(ctx context.Context) error {
	return nil
}

var regMapkey = map[Mapkey]int{}

var _ = regMapkey[Mapkey{}]

// CmpIface: values compared as interfaces (found: panics at run time).

type CmpIface struct {
	out chan int
}

// produce runs as long as its context.
func (h *CmpIface) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *CmpIface) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *CmpIface) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *CmpIface) SessionStop(ctx context.Context) error {
	return nil
}

func sameCmpIface(a, b any) bool { return a == b }

var _ = sameCmpIface(CmpIface{}, CmpIface{})

// Copied: copied: no fix.

type Copied struct {
	out chan int
}

// produce runs as long as its context.
func (h *Copied) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Copied) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Copied) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Copied) SessionStop(ctx context.Context) error {
	return nil
}

func cloneCopied(h *Copied) Copied { return *h }

var _ = cloneCopied

// Copied2: a method on the value: no fix.

type Copied2 struct {
	out chan int
}

// produce runs as long as its context.
func (h *Copied2) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Copied2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Copied2) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Copied2) SessionStop(ctx context.Context) error {
	return nil
}

func (h Copied2) Len() int { return len(h.out) }

func useCopied2(h Copied2) int { return h.Len() }

var _ = useCopied2

// Range: copied by a range: no fix.

type Range struct {
	out chan int
}

// produce runs as long as its context.
func (h *Range) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Range) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Range) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Range) SessionStop(ctx context.Context) error {
	return nil
}

func allRange(hs []Range) (n int) {
	for _, h := range hs {
		n += len(h.out)
	}
	return n
}

// Return: returned by value.

type Return struct {
	out chan int
}

// produce runs as long as its context.
func (h *Return) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *Return) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *Return) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// SessionStop ends.
func (h *Return) SessionStop(ctx context.Context) error {
	return nil
}

func make1Return() Return { return Return{} }

func useReturn() { h := make1Return(); _ = h.Emit }

// TypeTrailing: a comment behind the closing brace, and a stop to write.

type TypeTrailing struct {
	out chan int
} // TypeTrailing ends here

// produce runs as long as its context.
func (h *TypeTrailing) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *TypeTrailing) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

// Emit emits.
func (h *TypeTrailing) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
