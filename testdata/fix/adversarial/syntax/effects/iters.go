package effects

import (
	"context"
	"io"
	"iter"
)

// ItPull: comments beside each statement of the generator.

type ItPull struct {
	out chan int
}

// SessionStart begins.
func (h *ItPull) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItPull) Emit(ctx context.Context) (int, error) {
	next, stop := iter.Pull(h.seq()) // pulled
	// always
	defer stop()    // stopped
	v, ok := next() // one
	if !ok {
		return 0, io.EOF
	}
	return v, nil
}

// SessionStop ends.
func (h *ItPull) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItPull) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItPull) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItPullNames: next and stop called ok and err.

type ItPullNames struct {
	out chan int
}

// SessionStart begins.
func (h *ItPullNames) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItPullNames) Emit(ctx context.Context) (int, error) {
	ok, err := iter.Pull(h.seq())
	defer err()
	v, _ := ok()
	return v, nil
}

// SessionStop ends.
func (h *ItPullNames) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItPullNames) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItPullNames) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItPullBlank: stop is dropped.

type ItPullBlank struct {
	out chan int
}

// SessionStart begins.
func (h *ItPullBlank) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItPullBlank) Emit(ctx context.Context) (int, error) {
	next, _ := iter.Pull(h.seq())
	v, _ := next()
	return v, nil
}

// SessionStop ends.
func (h *ItPullBlank) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItPullBlank) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItPullBlank) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItPullShort: a sequence of pairs.

type ItPullShort struct {
	out chan int
}

// SessionStart begins.
func (h *ItPullShort) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItPullShort) Emit(ctx context.Context) (int, error) {
	n, s := iter.Pull2(h.seq2())
	defer s()
	_, err, _ := n()
	return 0, err
}

// SessionStop ends.
func (h *ItPullShort) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItPullShort) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItPullShort) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItPullOneline: all on one line.

type ItPullOneline struct {
	out chan int
}

// SessionStart begins.
func (h *ItPullOneline) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItPullOneline) Emit(ctx context.Context) (int, error) {
	next, stop := iter.Pull(h.seq())
	defer stop()
	v, _ := next()
	return v, nil
}

// SessionStop ends.
func (h *ItPullOneline) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItPullOneline) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItPullOneline) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItPullLit: the sequence is a literal.

type ItPullLit struct {
	out chan int
}

// SessionStart begins.
func (h *ItPullLit) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItPullLit) Emit(ctx context.Context) (int, error) {
	next, stop := iter.Pull(func(yield func(int) bool) { // gen
		for i := 0; yield(i); i++ {
		} // loop
	})
	defer stop()
	v, _ := next()
	return v, nil
}

// SessionStop ends.
func (h *ItPullLit) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItPullLit) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItPullLit) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItPullSeqvar: the sequence is a variable.

type ItPullSeqvar struct {
	out chan int
}

// SessionStart begins.
func (h *ItPullSeqvar) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItPullSeqvar) Emit(ctx context.Context) (int, error) {
	seq := h.seq() // the seq
	next, stop := iter.Pull(seq)
	defer stop()
	v, _ := next()
	return v, nil
}

// SessionStop ends.
func (h *ItPullSeqvar) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItPullSeqvar) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItPullSeqvar) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItRange: comments in each gap of the loop.

type ItRange struct {
	out chan int
}

// SessionStart begins.
func (h *ItRange) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItRange) Emit(ctx context.Context) (int, error) {
	for v := range h.seq() { // first
		// take it
		return v, nil // done
	} // end
	// none
	return 0, io.EOF
}

// SessionStop ends.
func (h *ItRange) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItRange) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItRange) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItRangeOneline: the loop on one line.

type ItRangeOneline struct {
	out chan int
}

// SessionStart begins.
func (h *ItRangeOneline) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItRangeOneline) Emit(ctx context.Context) (int, error) {
	for v := range h.seq() {
		return v, nil
	}
	return 0, io.EOF
}

// SessionStop ends.
func (h *ItRangeOneline) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItRangeOneline) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItRangeOneline) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItRangeBreak: left by a break.

type ItRangeBreak struct {
	out chan int
}

// SessionStart begins.
func (h *ItRangeBreak) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItRangeBreak) Emit(ctx context.Context) (int, error) {
	n := 0
	for v := range h.seq() {
		n = v
		break
	}
	return n, nil
}

// SessionStop ends.
func (h *ItRangeBreak) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItRangeBreak) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItRangeBreak) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItRangeLabel: left by a label: no fix.

type ItRangeLabel struct {
	out chan int
}

// SessionStart begins.
func (h *ItRangeLabel) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItRangeLabel) Emit(ctx context.Context) (int, error) {
	n := 0
outer:
	for v := range h.seq() {
		for {
			n = v
			break outer
		}
	}
	return n, nil
}

// SessionStop ends.
func (h *ItRangeLabel) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItRangeLabel) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItRangeLabel) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItRangeOuter: the variable is one of the method: no fix.

type ItRangeOuter struct {
	out chan int
}

// SessionStart begins.
func (h *ItRangeOuter) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItRangeOuter) Emit(ctx context.Context) (int, error) {
	var v int
	for v = range h.seq() {
		break
	}
	return v, nil
}

// SessionStop ends.
func (h *ItRangeOuter) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItRangeOuter) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItRangeOuter) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItRangeNovar: no variable.

type ItRangeNovar struct {
	out chan int
}

// SessionStart begins.
func (h *ItRangeNovar) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItRangeNovar) Emit(ctx context.Context) (int, error) {
	for range h.seq() {
		return 1, nil
	}
	return 0, io.EOF
}

// SessionStop ends.
func (h *ItRangeNovar) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItRangeNovar) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItRangeNovar) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItRangeOk: a local called ok is used in the body.

type ItRangeOk struct {
	out chan int
}

// SessionStart begins.
func (h *ItRangeOk) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItRangeOk) Emit(ctx context.Context) (int, error) {
	ok := 3
	for v := range h.seq() {
		return v + ok, nil
	}
	return ok, io.EOF
}

// SessionStop ends.
func (h *ItRangeOk) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItRangeOk) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItRangeOk) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItRangeOkvar: the variable is called ok.

type ItRangeOkvar struct {
	out chan int
}

// SessionStart begins.
func (h *ItRangeOkvar) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItRangeOkvar) Emit(ctx context.Context) (int, error) {
	for ok := range h.seq() {
		return ok, nil
	}
	return 0, io.EOF
}

// SessionStop ends.
func (h *ItRangeOkvar) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItRangeOkvar) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItRangeOkvar) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItRangeTwo: a sequence of pairs.

type ItRangeTwo struct {
	out chan int
}

// SessionStart begins.
func (h *ItRangeTwo) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItRangeTwo) Emit(ctx context.Context) (int, error) {
	for s, err := range h.seq2() {
		return len(s), err
	}
	return 0, io.EOF
}

// SessionStop ends.
func (h *ItRangeTwo) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItRangeTwo) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItRangeTwo) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItRangeTwoK: just the first of the pairs.

type ItRangeTwoK struct {
	out chan int
}

// SessionStart begins.
func (h *ItRangeTwoK) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItRangeTwoK) Emit(ctx context.Context) (int, error) {
	for s := range h.seq2() {
		return len(s), nil
	}
	return 0, io.EOF
}

// SessionStop ends.
func (h *ItRangeTwoK) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItRangeTwoK) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItRangeTwoK) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItRangeTwoB: just the second of the pairs.

type ItRangeTwoB struct {
	out chan int
}

// SessionStart begins.
func (h *ItRangeTwoB) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItRangeTwoB) Emit(ctx context.Context) (int, error) {
	for _, err := range h.seq2() {
		return 0, err
	}
	return 0, io.EOF
}

// SessionStop ends.
func (h *ItRangeTwoB) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItRangeTwoB) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItRangeTwoB) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItRangeShadow: another variable of its name outside.

type ItRangeShadow struct {
	out chan int
}

// SessionStart begins.
func (h *ItRangeShadow) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItRangeShadow) Emit(ctx context.Context) (int, error) {
	v := 1
	for v := range h.seq() {
		return v, nil
	}
	return v, io.EOF
}

// SessionStop ends.
func (h *ItRangeShadow) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItRangeShadow) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItRangeShadow) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItRangeIf: under a condition.

type ItRangeIf struct {
	out chan int
}

// SessionStart begins.
func (h *ItRangeIf) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItRangeIf) Emit(ctx context.Context) (int, error) {
	if ctx.Err() == nil {
		for v := range h.seq() {
			return v, nil
		}
	}
	return 0, io.EOF
}

// SessionStop ends.
func (h *ItRangeIf) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItRangeIf) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItRangeIf) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItRangeSelect: a break of a select inside.

type ItRangeSelect struct {
	out chan int
}

// SessionStart begins.
func (h *ItRangeSelect) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItRangeSelect) Emit(ctx context.Context) (int, error) {
	for v := range h.seq() {
		select {
		case h.out <- v:
			break
		case <-ctx.Done():
		}
		return v, nil
	}
	return 0, io.EOF
}

// SessionStop ends.
func (h *ItRangeSelect) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItRangeSelect) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItRangeSelect) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

// ItRangeNoiter: the type of the sequence is written out.

type ItRangeNoiter struct {
	out chan int
}

// SessionStart begins.
func (h *ItRangeNoiter) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *ItRangeNoiter) Emit(ctx context.Context) (int, error) {
	for v := range h.count() {
		return v, nil
	}
	return 0, io.EOF
}

// SessionStop ends.
func (h *ItRangeNoiter) SessionStop(ctx context.Context) error {
	return nil
}

// seq counts.
func (h *ItRangeNoiter) seq() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (h *ItRangeNoiter) seq2() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for yield("x", nil) {
		}
	}
}

func (h *ItRangeNoiter) count() func(func(int) bool) {
	return func(yield func(int) bool) {
		for yield(1) {
		}
	}
}
