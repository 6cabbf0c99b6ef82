package generator

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"

	"corpus/generator/seqs"
)

// ---- left early ----

// SeqBreak takes the first element with break.
type SeqBreak struct{}

func (h *SeqBreak) Emit(ctx context.Context) (int, error) {
	first := 0
	for v := range count(10) { // want `on each call.*emit-generator`
		first = v
		break
	}
	return first, nil
}

func (h *SeqBreak) Close() error { return nil }

// SeqReturn returns the first element at once.
type SeqReturn struct{}

func (h *SeqReturn) Emit(ctx context.Context) (int, error) {
	for v := range count(10) { // want `on each call.*emit-generator`
		return v, nil
	}
	return 0, errEmpty
}

func (h *SeqReturn) Close() error { return nil }

// SeqNoVariable uses no loop variable.
type SeqNoVariable struct{}

func (h *SeqNoVariable) Emit(ctx context.Context) (bool, error) {
	for range count(10) { // want `emit-generator`
		return true, nil
	}
	return false, nil
}

func (h *SeqNoVariable) Close() error { return nil }

// SeqAfterN leaves after a number of elements.
type SeqAfterN struct{ size int }

func (h *SeqAfterN) Emit(ctx context.Context) (Frame, error) {
	var out Frame
	for v := range repeat(int16(1)) { // want `emit-generator`
		out = append(out, v)
		if len(out) == h.size {
			break
		}
	}
	return out, nil
}

func (h *SeqAfterN) Close() error { return nil }

// SeqCounted leaves by a counter.
type SeqCounted struct{}

func (h *SeqCounted) Emit(ctx context.Context) (int, error) {
	n, total := 0, 0
	for v := range count(10) { // want `emit-generator`
		total += v
		if n++; n >= 3 {
			return total, nil
		}
	}
	return total, nil
}

func (h *SeqCounted) Close() error { return nil }

// SeqGoto leaves with goto.
type SeqGoto struct{}

func (h *SeqGoto) Emit(ctx context.Context) (first int, err error) {
	for v := range count(10) { // want `emit-generator`
		first = v
		goto done
	}
	err = errEmpty
done:
	return first, err
}

func (h *SeqGoto) Close() error { return nil }

// SeqLabelledBreak leaves through a labelled break in a switch.
type SeqLabelledBreak struct{ mode int }

func (h *SeqLabelledBreak) Emit(ctx context.Context) (int, error) {
	first := 0
loop:
	for v := range count(10) { // want `emit-generator`
		first = v
		switch h.mode {
		default:
			break loop
		}
	}
	return first, nil
}

func (h *SeqLabelledBreak) Close() error { return nil }

// SeqNested leaves from a nested loop.
type SeqNested struct{}

func (h *SeqNested) Emit(ctx context.Context) (int, error) {
	total := 0
outer:
	for v := range count(10) { // want `emit-generator`
		for i := range 4 {
			total += v
			if i == 2 {
				break outer
			}
		}
	}
	return total, nil
}

func (h *SeqNested) Close() error { return nil }

// SeqContinueOuter leaves the inner sequence, and not the outer one.
type SeqContinueOuter struct{}

func (h *SeqContinueOuter) Emit(ctx context.Context) (int, error) {
	total := 0
outer:
	for v := range count(4) { // silent: continued, consumed whole
		for w := range count(10) { // want `emit-generator`
			total += v * w
			continue outer
		}
	}
	return total, nil
}

func (h *SeqContinueOuter) Close() error { return nil }

// SeqBothLeft returns out of two sequences.
type SeqBothLeft struct{}

func (h *SeqBothLeft) Emit(ctx context.Context) (int, error) {
	for v := range count(4) { // want `emit-generator`
		for _, w := range seqs.Enumerate("a", "b") { // want `emit-generator`
			return v + len(w), nil
		}
	}
	return 0, errEmpty
}

func (h *SeqBothLeft) Close() error { return nil }

// Seq2Return leaves a two-valued sequence.
type Seq2Return struct{}

func (h *Seq2Return) Emit(ctx context.Context) (int, error) {
	for v, err := range rows(10) { // want `emit-generator`
		return v, err
	}
	return 0, errEmpty
}

func (h *Seq2Return) Close() error { return nil }

// SeqLocal holds the sequence in a variable first.
type SeqLocal struct{}

func (h *SeqLocal) Emit(ctx context.Context) (int, error) {
	seq := count(10)
	for v := range seq { // want `emit-generator`
		return v, nil
	}
	return 0, errEmpty
}

func (h *SeqLocal) Close() error { return nil }

// Numbers is a named sequence type.
type Numbers iter.Seq[int]

// Ints is an alias of one.
type Ints = iter.Seq[int]

func numbers() Numbers { return Numbers(count(3)) }

func ints() Ints { return count(3) }

func plain() func(yield func(int) bool) {
	return func(yield func(int) bool) {
		_ = yield(1) && yield(2)
	}
}

// SeqNamedType ranges over a named sequence type.
type SeqNamedType struct{}

func (h *SeqNamedType) Emit(ctx context.Context) (int, error) {
	for v := range numbers() { // want `emit-generator`
		return v, nil
	}
	return 0, errEmpty
}

func (h *SeqNamedType) Close() error { return nil }

// SeqAlias ranges over an alias.
type SeqAlias struct{}

func (h *SeqAlias) Emit(ctx context.Context) (int, error) {
	for v := range ints() { // want `emit-generator`
		return v, nil
	}
	return 0, errEmpty
}

func (h *SeqAlias) Close() error { return nil }

// SeqPlain ranges over a plain function type.
type SeqPlain struct{}

func (h *SeqPlain) Emit(ctx context.Context) (int, error) {
	for v := range plain() { // want `emit-generator`
		return v, nil
	}
	return 0, errEmpty
}

func (h *SeqPlain) Close() error { return nil }

// SeqGeneric ranges over a generic adapter of another package.
type SeqGeneric struct{}

func (h *SeqGeneric) Emit(ctx context.Context) (bool, error) {
	for v := range seqs.Map(seqs.Count(10), even) { // want `emit-generator`
		return v, nil
	}
	return false, errEmpty
}

func (h *SeqGeneric) Close() error { return nil }

// SeqMethodOtherPackage restarts a tone of another package.
type SeqMethodOtherPackage struct{ tone seqs.Tone }

func (h *SeqMethodOtherPackage) Emit(ctx context.Context) (int, error) {
	for v := range h.tone.Samples() { // want `emit-generator`
		return v, nil
	}
	return 0, errEmpty
}

func (h *SeqMethodOtherPackage) Close() error { return nil }

// SeqInHelper leaves it early in a method of its own.
type SeqInHelper struct{}

func (h *SeqInHelper) first() int {
	for v := range count(10) {
		return v
	}
	return 0
}

func (h *SeqInHelper) Emit(ctx context.Context) (int, error) {
	return h.first(), nil // want `\(\*SeqInHelper\)\.Emit → \(\*SeqInHelper\)\.first .*emit-generator`
}

func (h *SeqInHelper) Close() error { return nil }

// SeqInHelperOtherPackage leaves it early in another package.
type SeqInHelperOtherPackage struct{}

func (h *SeqInHelperOtherPackage) Emit(ctx context.Context) (int, error) {
	return seqs.First(10), nil // want `\(\*SeqInHelperOtherPackage\)\.Emit → seqs\.First .*emit-generator`
}

func (h *SeqInHelperOtherPackage) Close() error { return nil }

// SeqSometimes leaves a fresh sequence under a condition.
type SeqSometimes struct{ muted bool }

func (h *SeqSometimes) Emit(ctx context.Context) (int, error) {
	if !h.muted {
		for v := range count(10) { // want `on some calls.*emit-generator`
			return v, nil
		}
	}
	return 0, nil
}

func (h *SeqSometimes) Close() error { return nil }

// ---- consumed whole ----

// SeqWhole consumes the sequence.
type SeqWhole struct{}

func (h *SeqWhole) Emit(ctx context.Context) (int, error) {
	total := 0
	for v := range count(10) { // silent: consumed whole
		total += v
	}
	return total, nil
}

func (h *SeqWhole) Close() error { return nil }

// SeqBreakInSwitch breaks a switch, not the loop.
type SeqBreakInSwitch struct{}

func (h *SeqBreakInSwitch) Emit(ctx context.Context) (int, error) {
	total := 0
	for v := range count(10) { // silent: break leaves the switch alone
		switch {
		case total > 3:
			break
		default:
			total += v
		}
	}
	return total, nil
}

func (h *SeqBreakInSwitch) Close() error { return nil }

// SeqBreakInSelect breaks a select, not the loop.
type SeqBreakInSelect struct{ out chan int }

func (h *SeqBreakInSelect) Emit(ctx context.Context) (int, error) {
	n := 0
	for v := range count(10) { // silent: break leaves the select alone
		select {
		case h.out <- v:
			n++
		default:
			break
		}
	}
	return n, nil
}

func (h *SeqBreakInSelect) Close() error { return nil }

// SeqBreakInner breaks an inner loop.
type SeqBreakInner struct{}

func (h *SeqBreakInner) Emit(ctx context.Context) (int, error) {
	total := 0
	for v := range count(10) { // silent: break leaves the inner loop alone
		for i := range 10 {
			if i == 3 {
				break
			}
			total += v
		}
	}
	return total, nil
}

func (h *SeqBreakInner) Close() error { return nil }

// SeqReturnInLiteral returns from a literal, not from Emit.
type SeqReturnInLiteral struct{}

func (h *SeqReturnInLiteral) Emit(ctx context.Context) (int, error) {
	total := 0
	for v := range count(10) { // silent: return leaves the literal alone
		total += func() int {
			return v * 2
		}()
	}
	return total, nil
}

func (h *SeqReturnInLiteral) Close() error { return nil }

// SeqContinue skips elements.
type SeqContinue struct{ odd bool }

func (h *SeqContinue) Emit(ctx context.Context) (int, error) {
	total := 0
	for v := range count(10) { // silent: continue does not leave
		if h.odd {
			continue
		}
		total += v
	}
	return total, nil
}

func (h *SeqContinue) Close() error { return nil }

// SeqPassed hands the sequence to its consumers.
type SeqPassed struct{}

func (h *SeqPassed) Emit(ctx context.Context) ([]int, error) {
	if sum(count(3)) > 2 { // silent: consumed whole by the callee
		return slices.Collect(count(10)), nil // silent: consumed whole by the callee
	}
	return nil, errEmpty
}

func (h *SeqPassed) Close() error { return nil }

// ---- searches and errors ----

// SeqSearch looks for an element.
type SeqSearch struct{ want int }

func (h *SeqSearch) Emit(ctx context.Context) (int, error) {
	for v := range count(10) { // silent: a search
		if v == h.want {
			return v, nil
		}
	}
	return 0, errEmpty
}

func (h *SeqSearch) Close() error { return nil }

// SeqSearchCall looks for an element with a predicate.
type SeqSearchCall struct{}

func (h *SeqSearchCall) Emit(ctx context.Context) (int, error) {
	found := -1
	for v := range seqs.Count(10) { // silent: a search
		if !even(v) {
			found = v
			break
		}
	}
	return found, nil
}

func (h *SeqSearchCall) Close() error { return nil }

// SeqSearchSwitch looks for an element in a switch.
type SeqSearchSwitch struct{}

func (h *SeqSearchSwitch) Emit(ctx context.Context) (int, error) {
	for v := range count(10) { // silent: a search
		switch v {
		case 3, 5:
			return v, nil
		}
	}
	return 0, errEmpty
}

func (h *SeqSearchSwitch) Close() error { return nil }

// SeqSearchDerived decides by a variable derived from the element.
type SeqSearchDerived struct{ limit int }

func (h *SeqSearchDerived) Emit(ctx context.Context) (int, error) {
	for v := range count(10) { // silent: a search
		square := v * v
		big := square > h.limit
		if big {
			return v, nil
		}
	}
	return 0, errEmpty
}

func (h *SeqSearchDerived) Close() error { return nil }

// SeqSearchNested finds the pair of two sequences.
type SeqSearchNested struct{ want int }

func (h *SeqSearchNested) Emit(ctx context.Context) (int, error) {
	for v := range count(10) { // silent: a search
		for w := range count(10) { // silent: a search
			if v*w == h.want {
				return v, nil
			}
		}
	}
	return 0, errEmpty
}

func (h *SeqSearchNested) Close() error { return nil }

// SeqElementError leaves with the element's error.
type SeqElementError struct{ total int }

func (h *SeqElementError) Emit(ctx context.Context) (int, error) {
	for v, err := range rows(10) { // silent: left with an error alone
		if err != nil {
			return 0, err
		}
		h.total += v
	}
	return h.total, nil
}

func (h *SeqElementError) Close() error { return nil }

// SeqUseError leaves when the use of an element fails.
type SeqUseError struct{ total int }

func (h *SeqUseError) add(v int) error {
	h.total += v
	return nil
}

func (h *SeqUseError) Emit(ctx context.Context) (int, error) {
	for v := range count(10) { // silent: left with an error alone
		if err := h.add(v); err != nil {
			return 0, err
		}
	}
	return h.total, nil
}

func (h *SeqUseError) Close() error { return nil }

// SeqCancelled leaves when the context is done.
type SeqCancelled struct{}

func (h *SeqCancelled) Emit(ctx context.Context) (int, error) {
	total := 0
	for v := range count(10) { // silent: left with the context's error alone
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		total += v
	}
	return total, nil
}

func (h *SeqCancelled) Close() error { return nil }

// SeqCancelledSelect leaves when the context is done.
type SeqCancelledSelect struct{}

func (h *SeqCancelledSelect) Emit(ctx context.Context) (int, error) {
	total := 0
	for v := range count(10) { // silent: left with the context's error alone
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		default:
		}
		total += v
	}
	return total, nil
}

func (h *SeqCancelledSelect) Close() error { return nil }

// ---- not fresh, not a user's ----

// SeqOfStd leaves sequences of the standard library early.
type SeqOfStd struct {
	names map[string]int
	list  []int
	text  string
}

func (h *SeqOfStd) Emit(ctx context.Context) (string, error) {
	for k := range maps.Keys(h.names) { // silent: a sequence of std
		return k, nil
	}
	for v := range slices.Values(h.list) { // silent: a sequence of std
		h.names["first"] = v
		break
	}
	for i, v := range slices.Backward(h.list) { // silent: a sequence of std
		h.names["last"] = i + v
		break
	}
	for part := range strings.SplitSeq(h.text, ",") { // silent: a sequence of std
		return part, nil
	}
	return "", errEmpty
}

func (h *SeqOfStd) Close() error { return nil }

// SeqStdStored keeps a sequence of the standard library.
type SeqStdStored struct {
	names map[string]int
	keys  iter.Seq[string]
}

func (h *SeqStdStored) Emit(ctx context.Context) (int, error) {
	h.keys = maps.Keys(h.names) // silent: a sequence of std
	return len(h.names), nil
}

func (h *SeqStdStored) Close() error { return nil }

// SeqFromStart ranges over a sequence made when the session starts.
type SeqFromStart struct{ seq iter.Seq[int] }

func (h *SeqFromStart) SessionStart(ctx context.Context) error {
	h.seq = count(100)
	return nil
}

func (h *SeqFromStart) Emit(ctx context.Context) (int, error) {
	for v := range h.seq { // silent: not freshly called
		return v, nil
	}
	return 0, errEmpty
}

func (h *SeqFromStart) SessionStop(ctx context.Context) error { return nil }

// SeqAccessor gets the sequence from a method that only returns the field.
type SeqAccessor struct{ seq iter.Seq[int] }

func (h *SeqAccessor) frames() iter.Seq[int] { return h.seq }

func (h *SeqAccessor) Emit(ctx context.Context) (int, error) {
	for v := range h.frames() { // silent: the sequence is not a fresh one
		return v, nil
	}
	return 0, errEmpty
}

func (h *SeqAccessor) Close() error { return nil }

// LoopOfInt breaks out of loops that are no sequences.
type LoopOfInt struct{ list []int }

func (h *LoopOfInt) Emit(ctx context.Context) (int, error) {
	for i := range 10 { // silent: an integer
		return i, nil
	}
	for _, v := range h.list { // silent: a slice
		return v, nil
	}
	return 0, errEmpty
}

func (h *LoopOfInt) Close() error { return nil }

// ---- stored and returned ----

// SeqStored keeps a fresh sequence.
type SeqStored struct{ seq iter.Seq[int] }

func (h *SeqStored) Emit(ctx context.Context) (int, error) {
	h.seq = count(3) // want `emit-generator`
	return 0, nil
}

func (h *SeqStored) Close() error { return nil }

// SeqStoredOtherPackage keeps a fresh sequence of another package.
type SeqStoredOtherPackage struct{ seq iter.Seq2[int, string] }

func (h *SeqStoredOtherPackage) Emit(ctx context.Context) (int, error) {
	h.seq = seqs.Enumerate("a", "b") // want `emit-generator`
	return 0, nil
}

func (h *SeqStoredOtherPackage) Close() error { return nil }

// SeqStoredGuarded keeps one sequence per session.
type SeqStoredGuarded struct{ seq iter.Seq[int] }

func (h *SeqStoredGuarded) Emit(ctx context.Context) (int, error) {
	if h.seq == nil {
		h.seq = count(3) // silent: guarded, lazy-start is off
	}
	return sum(h.seq), nil
}

func (h *SeqStoredGuarded) Close() error { return nil }

// SeqReturned returns a fresh sequence.
type SeqReturned struct{}

func (h *SeqReturned) Emit(ctx context.Context) (iter.Seq[int], error) {
	return count(3), nil // want `emit-generator`
}

func (h *SeqReturned) Close() error { return nil }

// SeqReturnedField returns the one it has.
type SeqReturnedField struct{ seq iter.Seq[int] }

func (h *SeqReturnedField) Emit(ctx context.Context) (iter.Seq[int], error) {
	return h.seq, nil // silent: not built in the body
}

func (h *SeqReturnedField) Close() error { return nil }
