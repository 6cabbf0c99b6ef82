package main

import (
	"fmt"
	"strings"
)

// A carrier says how the hot method reaches what is inserted. Its three texts are templates, in which
//
//	CODE  is the operator's statements,
//	OP    the operator's name as part of an identifier,
//	H     the hot method's receiver, RT its type, as (H RT), RN the type's name and params.
//
// at stands in the hot method; beside are declarations of its package, fields are ones of the receiver's struct.
type carrier struct {
	name              string
	at, beside, field string
	freq              freq
	distance          distance

	minGo int // the minor version of Go that a file needs to hold it; 0 is any

	once bool // what its freq says rests on a field of the receiver: with one that is a copy, nothing is guarded
}

// needsReceiver tells whether the hot method must have a receiver.
func (c *carrier) needsReceiver() bool {
	return hasWord(c.at, "H") || hasWord(c.beside, "RT") || c.field != ""
}

var carriers = []carrier{
	// In the method's own body.
	{name: "inline", at: `CODE`},
	{name: "literal-called", at: `func() { CODE }()`},
	{name: "literal-in-literal", at: `func() { func() { CODE }() }()`},
	{name: "literal-variable", at: `recallLit := func() { CODE }; recallLit()`},
	{name: "literal-passed", at: `recallCall(func() { CODE })`},
	{name: "literal-passed-generic", at: `recallCallOf("x", func(string) { CODE })`},
	{name: "literal-passed-std", at: `_ = slices.IndexFunc([]int{1}, func(int) bool { CODE; return true })`},
	{name: "literal-passed-package", at: `one.Call(func() { CODE })`},
	{name: "literal-passed-loop", at: `one.Each(3, func(int) { CODE })`},
	{name: "literal-deferred", at: `defer func() { CODE }()`},

	// Through the package.
	{name: "call", at: `recallOne()`, beside: `func recallOne() { CODE }`, distance: samePackage},
	{name: "calls-2", at: `recallTwo()`, beside: `func recallTwo() { recallOne() }; func recallOne() { CODE }`, distance: samePackage},
	{name: "calls-3", at: `recallThree()`, beside: `func recallOne() { CODE }; func recallTwo() { recallOne() }; func recallThree() { recallTwo() }`, distance: samePackage},
	{name: "calls-4", at: `_ = recallFour(1)`, beside: `func recallFour(n int) int { recallThree(); return n }; func recallThree() { recallTwo() }; func recallTwo() { recallOne() }; func recallOne() { CODE }`, distance: samePackage},
	{name: "call-deferred", at: `defer recallOne()`, beside: `func recallOne() { CODE }`, distance: samePackage},
	{name: "call-failing", at: `if recallErr := recallTry(); recallErr != nil { recallError = recallErr }`, beside: `func recallTry() error { if recallError != nil { return recallError }; CODE; return nil }`, distance: samePackage},
	{name: "call-in-condition", at: `if recallAsk() { recallN++ }`, beside: `func recallAsk() bool { CODE; return recallLevel > 2 }`, distance: samePackage},
	{name: "call-sometimes", at: `recallOne()`, beside: `func recallOne() { if recallLevel > 3 { CODE } }`, freq: sometimes, distance: samePackage},
	{name: "function-variable", at: `recallFn := recallOne; recallFn()`, beside: `func recallOne() { CODE }`, distance: samePackage},
	{name: "function-passed", at: `recallCall(recallOne)`, beside: `func recallOne() { CODE }`, distance: samePackage},
	{name: "function-passed-package", at: `one.Call(recallOne)`, beside: `func recallOne() { CODE }`, distance: samePackage},
	{name: "once-func-fresh", at: `sync.OnceFunc(recallOne)()`, beside: `func recallOne() { CODE }`, distance: samePackage},
	{name: "recursive", at: `recallRec(2)`, beside: `func recallRec(n int) { if n > 3 { recallRec(n - 1) }; CODE }`, distance: samePackage},
	{name: "mutually-recursive", at: `recallEven(2)`, beside: `func recallEven(n int) { if n > 3 { recallOdd(n - 1) }; CODE }; func recallOdd(n int) { recallEven(n - 1) }`, distance: samePackage},
	{name: "method", at: `H.recallDo()`, beside: `func (H RT) recallDo() { CODE }`, distance: samePackage},
	{name: "methods-2", at: `H.recallDo()`, beside: `func (H RT) recallDo() { H.recallMore(1) }; func (H RT) recallMore(int) { CODE }`, distance: samePackage},
	{name: "method-value", at: `recallFn := H.recallDo; recallFn()`, beside: `func (H RT) recallDo() { CODE }`, distance: samePackage},
	{name: "method-expression", at: `(RN).recallDo(H)`, beside: `func (H RT) recallDo() { CODE }`, distance: samePackage},
	{name: "method-deferred", at: `defer H.recallDo()`, beside: `func (H RT) recallDo() { CODE }`, distance: samePackage},
	{name: "method-passed", at: `recallCall(H.recallDo)`, beside: `func (H RT) recallDo() { CODE }`, distance: samePackage},
	{name: "method-promoted", at: `new(recallOuter).recallDo()`, beside: `type recallInner struct{}; func (*recallInner) recallDo() { CODE }; type recallOuter struct{ recallInner }`, distance: samePackage},
	{name: "method-of-field", at: `H.recallPart.recallDo()`, beside: `type recallPart struct{ n int }; func (p *recallPart) recallDo() { p.n++; CODE }`, field: `recallPart recallPart`, distance: samePackage},
	{name: "generic", at: `recallGen[int]()`, beside: `func recallGen[T any]() { CODE }`, distance: samePackage},
	{name: "generic-inferred", at: `_ = recallGen("x")`, beside: `func recallGen[T any](v T) T { CODE; return v }`, distance: samePackage},
	{name: "generic-method", at: `new(recallBox[string]).recallDo()`, beside: `type recallBox[T any] struct{ v T }; func (b *recallBox[T]) recallDo() { CODE }`, distance: samePackage},
	{name: "interface-variable", at: `recallDoerVar.recallDo()`, beside: `type recallDoer interface{ recallDo() }; type recallImpl struct{}; func (recallImpl) recallDo() { CODE }; var recallDoerVar recallDoer = recallImpl{}`, distance: samePackage},
	{name: "interface-param", at: `recallUse(&recallImpl{})`, beside: `type recallDoer interface{ recallDo() }; type recallImpl struct{}; func (*recallImpl) recallDo() { CODE }; func recallUse(d recallDoer) { d.recallDo() }`, distance: samePackage},
	{name: "interface-field", at: `H.recallDoer.recallDo()`, beside: `type recallDoer interface{ recallDo() }; type recallImpl struct{}; func (*recallImpl) recallDo() { CODE }`, field: `recallDoer recallDoer`, distance: samePackage},

	{name: "struct-of-functions", at: `recallOps{run: recallOne}.call()`, beside: `type recallOps struct{ run func() }; func (o recallOps) call() { recallOne() }; func recallOne() { CODE }`, distance: samePackage},
	{name: "constructor", at: `recallSink = newRecallThing()`, beside: `type recallThing struct{ n int }; func newRecallThing() *recallThing { t := &recallThing{}; t.start(); return t }; func (t *recallThing) start() { CODE }`, distance: samePackage},
	{name: "literal-returned-called", at: `recallMake()()`, beside: `func recallMake() func() { CODE; return recallWork }`, distance: samePackage},
	{name: "argument", at: `recallN += max(recallGive(), 2)`, beside: `func recallGive() int { CODE; return 1 }`, distance: samePackage},
	{name: "literal-passed-on", at: `recallOuter(func() { CODE })`, beside: `func recallOuter(f func()) { recallInner(func() { f() }) }; func recallInner(f func()) { recallCall(f) }`},
	{name: "option", at: `recallNew(func(o *recallOptions) { CODE; o.n = 1 })`, beside: `type recallOptions struct{ n int }; func recallNew(opts ...func(*recallOptions)) { var o recallOptions; for _, f := range opts { f(&o) } }`},
	{name: "range-over-function", at: `for recallV := range recallItems { recallN += recallV }`, beside: `func recallItems(yield func(int) bool) { CODE; yield(1) }`, distance: samePackage, minGo: 23},

	// Through other packages.
	{name: "package", at: `one.DoOP()`, distance: sameProject},
	{name: "packages-2", at: `two.DoOP()`, distance: sameProject},
	{name: "package-behind-call", at: `recallOne()`, beside: `func recallOne() { one.DoOP() }`, distance: sameProject},
	{name: "package-function-passed", at: `recallCall(one.DoOP)`, distance: sameProject},
	{name: "package-generic", at: `_ = one.GenOP(3)`, distance: sameProject},
	{name: "package-method", at: `new(one.BoxOP).Do()`, distance: sameProject},
	{name: "package-method-value", at: `recallFn := new(one.BoxOP).Do; recallFn()`, distance: sameProject},
	{name: "package-method-of-field", at: `H.recallPart.Do()`, field: `recallPart recallPart`, beside: `type recallPart = one.BoxOP`, distance: sameProject},
	{name: "package-promoted", at: `new(recallOuter).Do()`, beside: `type recallOuter struct{ one.BoxOP }`, distance: sameProject},
	{name: "package-interface", at: `one.GetOP().DoOP()`, distance: sameProject},
	{name: "package-failing", at: `recallError = one.FallibleOP()`, distance: sameProject},
	{name: "package-sometimes", at: `one.MaybeOP()`, freq: sometimes, distance: sameProject},
	{name: "project", at: `lib.DoOP()`, distance: otherProjects},
	{name: "project-method", at: `new(lib.BoxOP).Do()`, distance: otherProjects},
	{name: "project-generic", at: `_ = lib.GenOP("x")`, distance: otherProjects},
	{name: "project-method-of-field", at: `H.recallPart.Do()`, field: `recallPart recallPart`, beside: `type recallPart = lib.BoxOP`, distance: otherProjects},
	{name: "project-failing", at: `recallError = lib.FallibleOP()`, distance: otherProjects},
	{name: "project-sometimes", at: `lib.MaybeOP()`, freq: sometimes, distance: otherProjects},

	// That run nothing, or not each time.
	{name: "stored", at: `recallSink = func() { CODE }`, freq: never},
	{name: "stored-in-field", at: `H.recallFn = func() { CODE }`, field: `recallFn func()`, freq: never},
	{name: "stored-in-map", at: `recallTable["x"] = func() { CODE }`, freq: never},
	{name: "stored-method-value", at: `recallSink = H.recallDo`, beside: `func (H RT) recallDo() { CODE }`, freq: never},
	{name: "handed-to-keeper", at: `recallKeep(func() { CODE })`, freq: never},
	{name: "handed-to-keeper-package", at: `one.Keep(func() { CODE })`, freq: never},
	{name: "guarded-method-flag", at: `H.recallStart()`, beside: `func (H RT) recallStart() { if H.recallOn { return }; H.recallOn = true; CODE }`, field: `recallOn bool`, freq: once, distance: samePackage, once: true},
	{name: "guarded-method-nil", at: `H.recallStart()`, beside: `func (H RT) recallStart() { if H.recallMade != nil { return }; CODE; H.recallMade = new(int) }`, field: `recallMade *int`, freq: once, distance: samePackage, once: true},
	{name: "guarded-method-locked", at: `H.recallStart()`, beside: `func (H RT) recallStart() { recallMu.Lock(); defer recallMu.Unlock(); if !H.recallOn { H.recallOn = true; CODE } }`, field: `recallOn bool`, freq: once, distance: samePackage, once: true},
	{name: "once-method", at: `H.recallOnce.Do(H.recallDo)`, beside: `func (H RT) recallDo() { CODE }`, field: `recallOnce recallOnceT`, freq: once, distance: samePackage, once: true},
	{name: "once-function", at: `recallOnceVar.Do(recallOne)`, beside: `func recallOne() { CODE }`, freq: once, distance: samePackage},
	{name: "package-once", at: `recallOnceVar.Do(one.DoOP)`, freq: once, distance: sameProject},

	// That the limits name: limits.tsv.
	{name: "function-field", at: `H.recallFn = recallOne; H.recallFn()`, beside: `func recallOne() { CODE }`, field: `recallFn func()`, distance: samePackage},
	{name: "function-of-map", at: `recallTable["x"] = recallOne; recallTable["x"]()`, beside: `func recallOne() { CODE }`, distance: samePackage},
	{name: "function-assigned-twice", at: `recallFn := recallWork; recallFn = recallOne; recallFn()`, beside: `func recallOne() { CODE }`, distance: samePackage},
}

// fill fills a template in.
func (h *hotMethod) fill(template string, op *operator) string {
	return strings.NewReplacer("CODE", op.code, "OP", op.title()).Replace(h.receiver(template))
}

// receiver fills the receiver's names in.
func (h *hotMethod) receiver(template string) string {
	return replaceWords(template, map[string]string{"H": h.recvName, "RT": h.recvType, "RN": h.recvType})
}

// String names the distance as tables do.
func (d distance) String() string {
	return [...]string{"own body", "same package", "same project", "another project"}[d]
}

// String names the freq as tables do.
func (f freq) String() string {
	return [...]string{"always", "sometimes", "rare", "once", "never", "unclear"}[f]
}

func hasWord(s, word string) bool {
	return replaceWords(s, map[string]string{word: "\x00"}) != s
}

// replaceWords replaces identifiers.
func replaceWords(s string, by map[string]string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && isLetter(s[j]) {
			j++
		}
		if j == i {
			b.WriteByte(s[i])
			i++
			continue
		}
		if to, ok := by[s[i:j]]; ok {
			fmt.Fprint(&b, to)
		} else {
			b.WriteString(s[i:j])
		}
		i = j
	}
	return b.String()
}

func isLetter(c byte) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
