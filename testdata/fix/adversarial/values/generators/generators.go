// Package generators has handlers that make sequences in Emit.
package generators

import (
	"context"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
)

func seqOf(names []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, s := range names {
			if !yield(s) {
				return
			}
		}
	}
}

func drain(next func() (string, bool)) string {
	out := ""
	for s, ok := next(); ok; s, ok = next() {
		out += s
	}
	return out
}

type iterator struct{ names []string }

func newIterator(names []string) *iterator { return &iterator{names: names} }

// Next returns the next name.
func (it *iterator) Next() (string, bool) {
	if len(it.names) == 0 {
		return "", false
	}
	s := it.names[0]
	it.names = it.names[1:]
	return s, true
}

func (it *iterator) next1() (string, error) {
	s, _ := it.Next()
	return s, nil
}

func numbers(n int) <-chan string {
	c := make(chan string, n)
	for i := range n {
		c <- strings.Repeat("x", i)
	}
	close(c)
	return c
}

// Search: the range looks for something: the first that fits, each time
type Search struct {
	names []string
	want  string
}

func (h *Search) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Search) Emit(ctx context.Context) (string, error) {
	for s := range h.all() {
		if s == h.want {
			return s, nil
		}
	}
	return "", io.EOF
}

func (h *Search) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Search) all() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, s := range h.names {
			if !yield(s) {
				return
			}
		}
	}
}

// SearchStd: the same with a sequence of std
type SearchStd struct {
	names []string
	want  string
}

func (h *SearchStd) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SearchStd) Emit(ctx context.Context) (string, error) {
	for s := range slices.Values(h.names) {
		if s == h.want {
			return s, nil
		}
	}
	return "", io.EOF
}

func (h *SearchStd) SessionStop(ctx context.Context) error {
	return nil
}

// SearchMap: a look-up in the keys of a map
type SearchMap struct {
	names map[string]int
	want  int
}

func (h *SearchMap) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SearchMap) Emit(ctx context.Context) (string, error) {
	for k, v := range maps.All(h.names) {
		if v == h.want {
			return k, nil
		}
	}
	return "", io.EOF
}

func (h *SearchMap) SessionStop(ctx context.Context) error {
	return nil
}

// SearchSplit: a look-up in the fields of a text
type SearchSplit struct {
	text string
}

func (h *SearchSplit) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SearchSplit) Emit(ctx context.Context) (string, error) {
	for s := range strings.FieldsSeq(h.text) {
		if strings.HasPrefix(s, "a") {
			return s, nil
		}
	}
	return "", io.EOF
}

func (h *SearchSplit) SessionStop(ctx context.Context) error {
	return nil
}

// SearchBreak: a search that breaks off
type SearchBreak struct {
	names []string
	want  string
}

func (h *SearchBreak) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SearchBreak) Emit(ctx context.Context) (string, error) {
	found := ""
	for s := range seqOf(h.names) {
		if s == h.want {
			found = s
			break
		}
	}
	return found, nil
}

func (h *SearchBreak) SessionStop(ctx context.Context) error {
	return nil
}

// FirstThree: the first three, each time
type FirstThree struct {
	names []string
}

func (h *FirstThree) SessionStart(ctx context.Context) error {
	return nil
}

func (h *FirstThree) Emit(ctx context.Context) (string, error) {
	var out []string
	for s := range seqOf(h.names) {
		out = append(out, s)
		if len(out) == 3 {
			break
		}
	}
	return strings.Join(out, ","), nil
}

func (h *FirstThree) SessionStop(ctx context.Context) error {
	return nil
}

// Exists: whether there is any
type Exists struct {
	names []string
}

func (h *Exists) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Exists) Emit(ctx context.Context) (string, error) {
	for range seqOf(h.names) {
		return "some", nil
	}
	return "none", nil
}

func (h *Exists) SessionStop(ctx context.Context) error {
	return nil
}

// Validated: an error ends the range early
type Validated struct {
	names []string
}

func (h *Validated) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Validated) Emit(ctx context.Context) (string, error) {
	n := 0
	for s := range seqOf(h.names) {
		if s == "" {
			return "", io.ErrUnexpectedEOF
		}
		n += len(s)
	}
	return strings.Repeat("x", n), nil
}

func (h *Validated) SessionStop(ctx context.Context) error {
	return nil
}

// CtxEnds: the end of the call ends the range early
type CtxEnds struct {
	names []string
}

func (h *CtxEnds) SessionStart(ctx context.Context) error {
	return nil
}

func (h *CtxEnds) Emit(ctx context.Context) (string, error) {
	n := 0
	for s := range seqOf(h.names) {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		n += len(s)
	}
	return strings.Repeat("x", n), nil
}

func (h *CtxEnds) SessionStop(ctx context.Context) error {
	return nil
}

// PullWhole: a pull that is drained in the call
type PullWhole struct {
	names []string
}

func (h *PullWhole) SessionStart(ctx context.Context) error {
	return nil
}

func (h *PullWhole) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(seqOf(h.names))
	defer stop()
	n := 0
	for {
		s, ok := next()
		if !ok {
			break
		}
		n += len(s)
	}
	return strings.Repeat("x", n), nil
}

func (h *PullWhole) SessionStop(ctx context.Context) error {
	return nil
}

// PullZip: two sequences side by side, whole
type PullZip struct {
	a, b []string
}

func (h *PullZip) SessionStart(ctx context.Context) error {
	return nil
}

func (h *PullZip) Emit(ctx context.Context) (string, error) {
	nextA, stopA := iter.Pull(seqOf(h.a))
	defer stopA()
	nextB, stopB := iter.Pull(seqOf(h.b))
	defer stopB()
	for {
		x, ok1 := nextA()
		y, ok2 := nextB()
		if ok1 != ok2 || x != y {
			return "different", nil
		}
		if !ok1 {
			return "same", nil
		}
	}
}

func (h *PullZip) SessionStop(ctx context.Context) error {
	return nil
}

// PullFor: a pull drained in the head of a loop
type PullFor struct {
	names []string
}

func (h *PullFor) SessionStart(ctx context.Context) error {
	return nil
}

func (h *PullFor) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(seqOf(h.names))
	defer stop()
	n := 0
	for s, ok := next(); ok; s, ok = next() {
		n += len(s)
	}
	return strings.Repeat("x", n), nil
}

func (h *PullFor) SessionStop(ctx context.Context) error {
	return nil
}

// PullRangeOther: a pull beside a range over another
type PullRangeOther struct {
	a, b []string
}

func (h *PullRangeOther) SessionStart(ctx context.Context) error {
	return nil
}

func (h *PullRangeOther) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(seqOf(h.b))
	defer stop()
	out := ""
	for _, x := range h.a {
		y, _ := next()
		out += x + y
	}
	return out, nil
}

func (h *PullRangeOther) SessionStop(ctx context.Context) error {
	return nil
}

// PullHelper: a helper drains the pull
type PullHelper struct {
	names []string
}

func (h *PullHelper) SessionStart(ctx context.Context) error {
	return nil
}

func (h *PullHelper) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(seqOf(h.names))
	defer stop()
	return drain(next), nil
}

func (h *PullHelper) SessionStop(ctx context.Context) error {
	return nil
}

// PullFirst: the first, each time
type PullFirst struct {
	names []string
}

func (h *PullFirst) SessionStart(ctx context.Context) error {
	return nil
}

func (h *PullFirst) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(seqOf(h.names))
	defer stop()
	s, _ := next()
	return s, nil
}

func (h *PullFirst) SessionStop(ctx context.Context) error {
	return nil
}

// PullStateful: a sequence whose state is the handler
type PullStateful struct {
	n int
}

func (h *PullStateful) SessionStart(ctx context.Context) error {
	return nil
}

func (h *PullStateful) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(h.count())
	defer stop()
	s, ok := next()
	if !ok {
		return "", io.EOF
	}
	return s, nil
}

func (h *PullStateful) SessionStop(ctx context.Context) error {
	return nil
}

func (h *PullStateful) count() iter.Seq[string] {
	return func(yield func(string) bool) {
		for {
			h.n++
			if !yield(strings.Repeat("x", h.n)) {
				return
			}
		}
	}
}

// PullReset: a sequence whose state Receive sets back
type PullReset struct {
	n int
}

func (h *PullReset) SessionStart(ctx context.Context) error {
	return nil
}

func (h *PullReset) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(h.count())
	defer stop()
	s, ok := next()
	if !ok {
		return "", io.EOF
	}
	return s, nil
}

func (h *PullReset) SessionStop(ctx context.Context) error {
	return nil
}

func (h *PullReset) count() iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := h.n; i < 3; i++ {
			if !yield(strings.Repeat("x", i)) {
				return
			}
		}
	}
}

func (h *PullReset) Receive(ctx context.Context, n int) error { h.n = n; return nil }

// Locked: a sequence that holds a lock while it yields
type Locked struct {
	mu    sync.Mutex
	names []string
}

func (h *Locked) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Locked) Emit(ctx context.Context) (string, error) {
	for s := range h.all() {
		return s, nil
	}
	return "", io.EOF
}

func (h *Locked) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Locked) all() iter.Seq[string] {
	return func(yield func(string) bool) {
		h.mu.Lock()
		defer h.mu.Unlock()
		for _, s := range h.names {
			if !yield(s) {
				return
			}
		}
	}
}

func (h *Locked) Receive(ctx context.Context, s string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.names = append(h.names, s)
	return nil
}

// LockedPull: the same with a pull
type LockedPull struct {
	mu    sync.RWMutex
	names []string
}

func (h *LockedPull) SessionStart(ctx context.Context) error {
	return nil
}

func (h *LockedPull) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(h.all())
	defer stop()
	s, _ := next()
	return s, nil
}

func (h *LockedPull) SessionStop(ctx context.Context) error {
	return nil
}

func (h *LockedPull) all() iter.Seq[string] {
	return func(yield func(string) bool) {
		h.mu.RLock()
		defer h.mu.RUnlock()
		for _, s := range h.names {
			if !yield(s) {
				return
			}
		}
	}
}

func (h *LockedPull) Receive(ctx context.Context, s string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.names = append(h.names, s)
	return nil
}

// Flushes: a sequence that does its work at its end
type Flushes struct {
	out []string
}

func (h *Flushes) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Flushes) Emit(ctx context.Context) (string, error) {
	for s := range h.all() {
		return s, nil
	}
	return "", io.EOF
}

func (h *Flushes) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Flushes) all() iter.Seq[string] {
	return func(yield func(string) bool) {
		defer func() { h.out = append(h.out, "done") }()
		for i := range 3 {
			if !yield(strings.Repeat("x", i)) {
				return
			}
		}
	}
}

// Queue: a sequence over what Receive appends
type Queue struct {
	q []string
}

func (h *Queue) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Queue) Emit(ctx context.Context) (string, error) {
	for s := range h.all() {
		return s, nil
	}
	return "", nil
}

func (h *Queue) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Queue) all() iter.Seq[string] {
	return func(yield func(string) bool) {
		for len(h.q) > 0 {
			s := h.q[0]
			h.q = h.q[1:]
			if !yield(s) {
				return
			}
		}
	}
}

func (h *Queue) Receive(ctx context.Context, s string) error { h.q = append(h.q, s); return nil }

// Drains: all that waits, but for an error: the sequence ends and begins again
type Drains struct {
	q chan string
}

func (h *Drains) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Drains) Emit(ctx context.Context) (string, error) {
	out := ""
	for s := range h.all() {
		if s == "" {
			return "", io.ErrUnexpectedEOF
		}
		out += s
	}
	return out, nil
}

func (h *Drains) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Drains) all() iter.Seq[string] {
	return func(yield func(string) bool) {
		for {
			select {
			case s := <-h.q:
				if !yield(s) {
					return
				}
			default:
				return
			}
		}
	}
}

func (h *Drains) Receive(ctx context.Context, s string) error { h.q <- s; return nil }

// LoopVar: closures over the loop variable
type LoopVar struct {
	names []string
	later []func() string
}

func (h *LoopVar) SessionStart(ctx context.Context) error {
	return nil
}

func (h *LoopVar) Emit(ctx context.Context) (string, error) {
	for s := range seqOf(h.names) {
		h.later = append(h.later, func() string { return s })
		if len(h.later) > 2 {
			break
		}
	}
	return h.later[0](), nil
}

func (h *LoopVar) SessionStop(ctx context.Context) error {
	return nil
}

// Deferred: a defer in the body of the range
type Deferred struct {
	names []string
}

func (h *Deferred) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Deferred) Emit(ctx context.Context) (string, error) {
	out := ""
	for s := range seqOf(h.names) {
		defer func() { out += s }()
		if s == "x" {
			return out, nil
		}
	}
	return out, nil
}

func (h *Deferred) SessionStop(ctx context.Context) error {
	return nil
}

// Labelled: a label on the outer loop
type Labelled struct {
	names []string
}

func (h *Labelled) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Labelled) Emit(ctx context.Context) (string, error) {
	n := 0
outer:
	for s := range seqOf(h.names) {
		for range 3 {
			n += len(s)
			if n > 5 {
				break outer
			}
			continue outer
		}
	}
	return strings.Repeat("x", n), nil
}

func (h *Labelled) SessionStop(ctx context.Context) error {
	return nil
}

// Continues: continue in the body
type Continues struct {
	names []string
}

func (h *Continues) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Continues) Emit(ctx context.Context) (string, error) {
	for s := range seqOf(h.names) {
		if s == "" {
			continue
		}
		return s, nil
	}
	return "", io.EOF
}

func (h *Continues) SessionStop(ctx context.Context) error {
	return nil
}

// Shadows: the loop variable hides the receiver
type Shadows struct {
	names []string
}

func (h *Shadows) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Shadows) Emit(ctx context.Context) (string, error) {
	for h := range seqOf(h.names) {
		return h, nil
	}
	return "", io.EOF
}

func (h *Shadows) SessionStop(ctx context.Context) error {
	return nil
}

// ShadowsOk: the body has its own ok
type ShadowsOk struct {
	names []string
}

func (h *ShadowsOk) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ShadowsOk) Emit(ctx context.Context) (string, error) {
	for s := range seqOf(h.names) {
		t, ok := h.look(s)
		if ok {
			return t, nil
		}
	}
	return "", io.EOF
}

func (h *ShadowsOk) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ShadowsOk) look(s string) (string, bool) { return s, s != "" }

// Assigns: the body assigns the loop variable
type Assigns struct {
	names []string
}

func (h *Assigns) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Assigns) Emit(ctx context.Context) (string, error) {
	for s := range seqOf(h.names) {
		s = strings.ToUpper(s)
		if s != "A" {
			return s, nil
		}
	}
	return "", io.EOF
}

func (h *Assigns) SessionStop(ctx context.Context) error {
	return nil
}

// AssignRange: range with = of a variable that is there
type AssignRange struct {
	names []string
}

func (h *AssignRange) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AssignRange) Emit(ctx context.Context) (string, error) {
	s := ""
	for s = range seqOf(h.names) {
		break
	}
	return s, nil
}

func (h *AssignRange) SessionStop(ctx context.Context) error {
	return nil
}

// Nested: a range in a range
type Nested struct {
	names []string
}

func (h *Nested) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Nested) Emit(ctx context.Context) (string, error) {
	for a := range seqOf(h.names) {
		for b := range seqOf(h.names) {
			return a + b, nil
		}
	}
	return "", io.EOF
}

func (h *Nested) SessionStop(ctx context.Context) error {
	return nil
}

// OnlyKey: a pair, of which only the key is used
type OnlyKey struct {
	names []string
}

func (h *OnlyKey) SessionStart(ctx context.Context) error {
	return nil
}

func (h *OnlyKey) Emit(ctx context.Context) (string, error) {
	for i := range slices.Backward(h.names) {
		return strings.Repeat("x", i), nil
	}
	return "", io.EOF
}

func (h *OnlyKey) SessionStop(ctx context.Context) error {
	return nil
}

// NoVars: a pair, of which nothing is used
type NoVars struct {
	names []string
}

func (h *NoVars) SessionStart(ctx context.Context) error {
	return nil
}

func (h *NoVars) Emit(ctx context.Context) (string, error) {
	for range slices.All(h.names) {
		return "x", nil
	}
	return "", io.EOF
}

func (h *NoVars) SessionStop(ctx context.Context) error {
	return nil
}

// FuncField: a sequence that is a field
type FuncField struct {
	seq iter.Seq[string]
}

func (h *FuncField) SessionStart(ctx context.Context) error {
	return nil
}

func (h *FuncField) Emit(ctx context.Context) (string, error) {
	for s := range h.seq {
		return s, nil
	}
	return "", io.EOF
}

func (h *FuncField) SessionStop(ctx context.Context) error {
	return nil
}

// FuncFieldSet: a sequence in a field that Receive sets
type FuncFieldSet struct {
	seq iter.Seq[string]
}

func (h *FuncFieldSet) SessionStart(ctx context.Context) error {
	return nil
}

func (h *FuncFieldSet) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(h.seq)
	defer stop()
	s, _ := next()
	return s, nil
}

func (h *FuncFieldSet) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FuncFieldSet) Receive(ctx context.Context, s []string) error {
	h.seq = slices.Values(s)
	return nil
}

// FuncFieldElement: a sequence over a slice whose elements Receive sets
type FuncFieldElement struct {
	names []string
}

func (h *FuncFieldElement) SessionStart(ctx context.Context) error {
	return nil
}

func (h *FuncFieldElement) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(slices.Values(h.names))
	defer stop()
	s, _ := next()
	return s, nil
}

func (h *FuncFieldElement) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FuncFieldElement) Receive(ctx context.Context, s string) error { h.names[0] = s; return nil }

// Sorted: a sequence over what a map holds now
type Sorted struct {
	names map[string]int
}

func (h *Sorted) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Sorted) Emit(ctx context.Context) (string, error) {
	for _, s := range slices.Sorted(maps.Keys(h.names)) {
		return s, nil
	}
	return "", io.EOF
}

func (h *Sorted) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Sorted) Receive(ctx context.Context, s string) error { h.names[s]++; return nil }

// CtxSequence: a sequence made with the context of the call
type CtxSequence struct {
	n int
}

func (h *CtxSequence) SessionStart(ctx context.Context) error {
	return nil
}

func (h *CtxSequence) Emit(ctx context.Context) (string, error) {
	for s := range h.all(ctx) {
		return s, nil
	}
	return "", ctx.Err()
}

func (h *CtxSequence) SessionStop(ctx context.Context) error {
	return nil
}

func (h *CtxSequence) all(ctx context.Context) iter.Seq[string] {
	return func(yield func(string) bool) {
		for ctx.Err() == nil {
			h.n++
			if !yield(strings.Repeat("x", h.n)) {
				return
			}
		}
	}
}

// CtxValue: a sequence that reads a value of the call's context
type CtxValue struct {
	n int
}

func (h *CtxValue) SessionStart(ctx context.Context) error {
	return nil
}

func (h *CtxValue) Emit(ctx context.Context) (string, error) {
	for s := range h.all(ctx) {
		return s, nil
	}
	return "", ctx.Err()
}

func (h *CtxValue) SessionStop(ctx context.Context) error {
	return nil
}

func (h *CtxValue) all(ctx context.Context) iter.Seq[string] {
	return func(yield func(string) bool) {
		for {
			s, _ := ctx.Value("k").(string)
			if !yield(s) {
				return
			}
		}
	}
}

// CtxBlocks: a sequence that waits under the context of the call
type CtxBlocks struct {
	in chan string
}

func (h *CtxBlocks) SessionStart(ctx context.Context) error {
	return nil
}

func (h *CtxBlocks) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(h.all(ctx))
	defer stop()
	s, ok := next()
	if !ok {
		return "", ctx.Err()
	}
	return s, nil
}

func (h *CtxBlocks) SessionStop(ctx context.Context) error {
	return nil
}

func (h *CtxBlocks) all(ctx context.Context) iter.Seq[string] {
	return func(yield func(string) bool) {
		for {
			select {
			case s := <-h.in:
				if !yield(s) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// Iterator: a value with Next
type Iterator struct {
	names []string
}

func (h *Iterator) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Iterator) Emit(ctx context.Context) (string, error) {
	it := &iterator{names: h.names}
	return it.next1()
}

func (h *Iterator) SessionStop(ctx context.Context) error {
	return nil
}

// IteratorField: a value with Next in a field
type IteratorField struct {
	it    *iterator
	names []string
}

func (h *IteratorField) SessionStart(ctx context.Context) error {
	return nil
}

func (h *IteratorField) Emit(ctx context.Context) (string, error) {
	h.it = &iterator{names: h.names}
	s, _ := h.it.Next()
	return s, nil
}

func (h *IteratorField) SessionStop(ctx context.Context) error {
	return nil
}

// IteratorWhole: a value with Next that is drained in the call
type IteratorWhole struct {
	names []string
}

func (h *IteratorWhole) SessionStart(ctx context.Context) error {
	return nil
}

func (h *IteratorWhole) Emit(ctx context.Context) (string, error) {
	it := newIterator(h.names)
	out := ""
	for s, ok := it.Next(); ok; s, ok = it.Next() {
		out += s
	}
	return out, nil
}

func (h *IteratorWhole) SessionStop(ctx context.Context) error {
	return nil
}

// IteratorLiteral: a literal with Next that is drained
type IteratorLiteral struct {
	names []string
}

func (h *IteratorLiteral) SessionStart(ctx context.Context) error {
	return nil
}

func (h *IteratorLiteral) Emit(ctx context.Context) (string, error) {
	it := &iterator{names: h.names}
	out := ""
	for {
		s, ok := it.Next()
		if !ok {
			break
		}
		out += s
	}
	return out, nil
}

func (h *IteratorLiteral) SessionStop(ctx context.Context) error {
	return nil
}

// IteratorValue: a value with Next, no pointer
type IteratorValue struct {
	names []string
}

func (h *IteratorValue) SessionStart(ctx context.Context) error {
	return nil
}

func (h *IteratorValue) Emit(ctx context.Context) (string, error) {
	it := iterator{names: h.names}
	s, _ := it.Next()
	return s, nil
}

func (h *IteratorValue) SessionStop(ctx context.Context) error {
	return nil
}

// IteratorVar: a var with Next
type IteratorVar struct {
	names []string
}

func (h *IteratorVar) SessionStart(ctx context.Context) error {
	return nil
}

func (h *IteratorVar) Emit(ctx context.Context) (string, error) {
	var it iterator
	it.names = h.names
	s, _ := it.Next()
	return s, nil
}

func (h *IteratorVar) SessionStop(ctx context.Context) error {
	return nil
}

// NextStopped: stop before the last next
type NextStopped struct {
	names []string
}

func (h *NextStopped) SessionStart(ctx context.Context) error {
	return nil
}

func (h *NextStopped) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(seqOf(h.names))
	a, _ := next()
	stop()
	b, _ := next()
	return a + b, nil
}

func (h *NextStopped) SessionStop(ctx context.Context) error {
	return nil
}

// StopPassed: stop is handed on
type StopPassed struct {
	names []string
}

func (h *StopPassed) SessionStart(ctx context.Context) error {
	return nil
}

func (h *StopPassed) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(seqOf(h.names))
	h.end(stop)
	a, _ := next()
	return a, nil
}

func (h *StopPassed) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StopPassed) end(f func()) { f() }

// NextReturned: next is returned
type NextReturned struct {
	names []string
}

func (h *NextReturned) SessionStart(ctx context.Context) error {
	return nil
}

func (h *NextReturned) Emit(ctx context.Context) (func() (string, bool), error) {
	next, _ := iter.Pull(seqOf(h.names))
	return next, nil
}

func (h *NextReturned) SessionStop(ctx context.Context) error {
	return nil
}

// NextCaptured: next is captured by what is returned
type NextCaptured struct {
	names []string
}

func (h *NextCaptured) SessionStart(ctx context.Context) error {
	return nil
}

func (h *NextCaptured) Emit(ctx context.Context) (func() string, error) {
	next, _ := iter.Pull(seqOf(h.names))
	return func() string { s, _ := next(); return s }, nil
}

func (h *NextCaptured) SessionStop(ctx context.Context) error {
	return nil
}

// NextSent: a goroutine uses next
type NextSent struct {
	names []string
	out   chan string
}

func (h *NextSent) SessionStart(ctx context.Context) error {
	return nil
}

func (h *NextSent) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(seqOf(h.names))
	defer stop()
	go func() { s, _ := next(); h.out <- s }()
	return <-h.out, nil
}

func (h *NextSent) SessionStop(ctx context.Context) error {
	return nil
}

// StopFields: fields that are there
type StopFields struct {
	names []string
	next  func() (string, bool)
	stop  func()
}

func (h *StopFields) SessionStart(ctx context.Context) error {
	return nil
}

func (h *StopFields) Emit(ctx context.Context) (string, error) {
	h.next, h.stop = iter.Pull(seqOf(h.names))
	defer h.stop()
	s, _ := h.next()
	return s, nil
}

func (h *StopFields) SessionStop(ctx context.Context) error {
	return nil
}

// PullNoStart: a pull without a start
type PullNoStart struct {
	names []string
}

func (h *PullNoStart) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(seqOf(h.names))
	defer stop()
	s, _ := next()
	return s, nil
}

func (h *PullNoStart) SessionStop(ctx context.Context) error {
	return nil
}

// RangeNoStart: a range without a start
type RangeNoStart struct {
	n int
}

func (h *RangeNoStart) Emit(ctx context.Context) (string, error) {
	for s := range h.count() {
		return s, nil
	}
	return "", io.EOF
}

func (h *RangeNoStart) SessionStop(ctx context.Context) error {
	return nil
}

func (h *RangeNoStart) count() iter.Seq[string] {
	return func(yield func(string) bool) {
		for {
			h.n++
			if !yield(strings.Repeat("x", h.n)) {
				return
			}
		}
	}
}

// RangeIf: a range under a condition without a start
type RangeIf struct {
	n int
}

func (h *RangeIf) Emit(ctx context.Context) (string, error) {
	if h.n >= 0 {
		for s := range h.count() {
			if len(s) > 1 {
				return s, nil
			}
		}
	}
	return "", io.EOF
}

func (h *RangeIf) SessionStop(ctx context.Context) error {
	return nil
}

func (h *RangeIf) count() iter.Seq[string] {
	return func(yield func(string) bool) {
		for {
			h.n++
			if !yield(strings.Repeat("x", h.n)) {
				return
			}
		}
	}
}

// RangeElse: a range that ends in a return, with a comment
type RangeElse struct {
	n int
}

func (h *RangeElse) SessionStart(ctx context.Context) error {
	return nil
}

func (h *RangeElse) Emit(ctx context.Context) (string, error) {
	// One after the other.
	for s := range h.count() { // each
		// now
		return s, nil // it
	}
	return "", io.EOF // none
}

func (h *RangeElse) SessionStop(ctx context.Context) error {
	return nil
}

func (h *RangeElse) count() iter.Seq[string] {
	return func(yield func(string) bool) {
		for h.n++; yield(strings.Repeat("x", h.n)); h.n++ {
		}
	}
}

// Generated: a generator function that returns its channel
type Generated struct {
	n int
}

func (h *Generated) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Generated) Emit(ctx context.Context) (string, error) {
	return <-numbers(h.n), nil
}

func (h *Generated) SessionStop(ctx context.Context) error {
	return nil
}

// GeneratedVar: a generator function in a variable
type GeneratedVar struct {
	n int
}

func (h *GeneratedVar) SessionStart(ctx context.Context) error {
	return nil
}

func (h *GeneratedVar) Emit(ctx context.Context) (string, error) {
	c := numbers(3)
	return <-c, nil
}

func (h *GeneratedVar) SessionStop(ctx context.Context) error {
	return nil
}

// Panics: a sequence that panics
type Panics struct {
	names []string
}

func (h *Panics) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Panics) Emit(ctx context.Context) (string, error) {
	for s := range h.all() {
		return s, nil
	}
	return "", io.EOF
}

func (h *Panics) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Panics) all() iter.Seq[string] {
	return func(yield func(string) bool) {
		yield(h.names[0])
	}
}

// StartCalls: start calls Emit
type StartCalls struct {
	names []string
}

func (h *StartCalls) SessionStart(ctx context.Context) error {
	_, err := h.Emit(ctx)
	return err
}

func (h *StartCalls) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(seqOf(h.names))
	defer stop()
	s, _ := next()
	return s, nil
}

func (h *StartCalls) SessionStop(ctx context.Context) error {
	return nil
}

// StopCalls: stop calls Emit
type StopCalls struct {
	names []string
}

func (h *StopCalls) SessionStart(ctx context.Context) error {
	return nil
}

func (h *StopCalls) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(seqOf(h.names))
	defer stop()
	s, _ := next()
	return s, nil
}

func (h *StopCalls) SessionStop(ctx context.Context) error {
	_, err := h.Emit(ctx)
	return err
}
