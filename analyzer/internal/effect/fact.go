package effect

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// maxHops bounds the hops of a chain that a summary keeps. Long chains cost
// every importer time to decode and tell a reader little; the first hops and
// the last are what one needs to find the place.
const maxHops = 4

// A Summary is what one function does: the fact of exported functions and
// methods, and of interface methods whose every implementation in the package
// of the interface does it. It is self-contained: nothing in it refers to
// another function's fact.
type Summary struct {
	Sites []Site      // at most one for each kind, in the order of the kinds
	Calls []ParamCall // the function-valued params that it calls
	Fresh *Fresh      // the generator that it returns, if it made one
}

// AFact marks Summary as a fact.
func (*Summary) AFact() {}

// String is for analysistest's fact expectations and for debugging.
func (s *Summary) String() string {
	var b strings.Builder
	for i, site := range s.Sites {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%s(%s,%s)", site.Kind, site.Freq, site.Weight)
	}
	for _, c := range s.Calls {
		fmt.Fprintf(&b, " calls(%d)", c.Param)
	}
	if s.Fresh != nil {
		fmt.Fprintf(&b, " returns(%s)", s.Fresh.Shape)
	}
	return strings.TrimPrefix(b.String(), " ")
}

func (s *Summary) empty() bool {
	return s == nil || len(s.Sites) == 0 && len(s.Calls) == 0 && s.Fresh == nil
}

// A Site is one effect of a function: how often it happens in a call, and by
// which chain of calls it is reached.
type Site struct {
	Kind   model.Kind
	Freq   model.Freq
	Weight model.Weight
	What   string // the origin in words: "go statement", "net.Dial"
	Origin Position
	Hops   []Hop // the functions between the summarised one and the origin, outermost first
	More   int   // how many hops were left out before the last
	Scope  string

	// Foreign is how often the part of the chain that lies in other projects
	// happens; Always if there is none.
	Foreign model.Freq

	// Guard is what an effect of frequency Once hangs on, and Under its
	// frequency where that guard turns out not to hold.
	Guard Ref
	Unset Value
	Under model.Freq

	// On is what a blocking effect waits for, where it is a param's.
	On Ref

	// Single says that there is never more than one of it at a time: it takes
	// the place of one that was released, or is restarted when it has ended.
	Single bool

	// EndsOnClose says that a blocking effect ends when what it waits for is
	// closed.
	EndsOnClose bool

	// FalseGuard names the state that looks like a guard but is set only by the
	// goroutine that it should guard against.
	FalseGuard string
}

// A Position is a place in a source file, named by package and base name so
// that a fact does not depend on where the source lies.
type Position struct {
	Pkg, File    string
	Line, Column int
}

// String renders the position as messages do: the file's base name and line.
func (p Position) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// A Hop is one function of a chain, and the place of the call that leads to it.
type Hop struct {
	Pkg, PkgName string
	Recv, Name   string // Recv as written: "*H", "H", or "" for a function
	Call         Position
}

// Label renders the function's name as a reader in package pkg would write it:
// (*H).one, spawn.Run, (*spawn.Pool).Go.
func (h Hop) Label(pkg string) string {
	q := ""
	if h.Pkg != pkg && h.PkgName != "" {
		q = h.PkgName + "."
	}
	if h.Recv == "" {
		return q + h.Name
	}
	if r, ok := strings.CutPrefix(h.Recv, "*"); ok {
		return "(*" + q + r + ")." + h.Name
	}
	return q + h.Recv + "." + h.Name
}

// A ParamCall says that a function calls its function-valued param.
type ParamCall struct {
	Param int
	Freq  model.Freq
	Under model.Freq // as in a Site
	Guard Ref
	Unset Value
	Async bool // only in a goroutine

	it  *item // in the package under analysis: the call
	via bool  // it is handed on to a function that guards the call itself
}

// A Shape is the sort of generator that a fresh value is.
type Shape uint8

const (
	Chan Shape = iota // a channel
	Seq               // an iter.Seq or Seq2
	Next              // a value with a method Next
	Func              // a function
)

var shapeNames = [...]string{"channel", "sequence", "iterator", "function"}

// String names the shape.
func (s Shape) String() string { return shapeNames[s] }

// A Fresh says that a function returns a generator made in this very call.
type Fresh struct {
	Shape  Shape
	Stream bool // of a channel: more than one value is sent, in a loop
	Site   Site // where it is made

	maker ast.Expr // in the package under analysis: what makes it
}

// A Ref is a place that holds state: a variable, or a field reached from one.
// In a fact it is told in terms of the function's params.
type Ref struct {
	Param int    // index of the param it starts at, or noParam
	Sel   string // the fields that lead from there: ".conn.ticker", "[]" for elements

	root types.Object // while the package is under analysis; not in facts
	leaf *types.Var   // the last field, or the variable itself; likewise
}

const noParam = -1

func (r Ref) valid() bool { return r.root != nil || r.Param != noParam }

func (r Ref) same(s Ref) bool { return r.root != nil && r.root == s.root && r.Sel == s.Sel }

// within tells whether s is r or a part of it.
func (r Ref) within(s Ref) bool {
	return r.root != nil && r.root == s.root && strings.HasPrefix(s.Sel, r.Sel) &&
		(len(s.Sel) == len(r.Sel) || s.Sel[len(r.Sel)] == '.' || s.Sel[len(r.Sel)] == '[')
}

func (r Ref) String() string {
	if r.root == nil {
		return r.Sel
	}
	return r.root.Name() + strings.ReplaceAll(r.Sel, "[]", "[…]")
}

// A Value is what is known of a value assigned to a place: Zero, a constant's
// text, how it is counted, or nothing.
type Value string

const (
	Other Value = ""
	Zero  Value = "0" // nil, false, 0, "", an empty composite
	True  Value = "true"
	Up    Value = "++"
	Down  Value = "--"

	// Not, before a constant's text, is any value but that.
	Not Value = "!"

	// Less and More, before a constant's text, are the values below and above
	// it, "=" between them the value itself as well; without one, those below
	// and above a bound that is not known.
	Less Value = "<"
	More Value = ">"
)

// bounded tells whether v is a range of numbers, and whether it holds a number.
func (v Value) bounded() (in func(Value) bool, ok bool) {
	side := v[:min(1, len(v))]
	if side != Less && side != More {
		return nil, false
	}
	text, equal := strings.CutPrefix(string(v[1:]), "=")
	bound, err := strconv.ParseFloat(text, 64)
	known := err == nil
	return func(n Value) bool {
		switch n {
		case Up:
			return side == More
		case Down:
			return side == Less
		}
		x, err := strconv.ParseFloat(string(n), 64)
		return err != nil || !known || equal && x == bound || side == Less && x < bound || side == More && x > bound
	}, true
}

// resets tells whether assigning v brings back the state unset.
func (v Value) resets(unset Value) bool {
	if c, ok := strings.CutPrefix(string(unset), string(Not)); ok {
		return string(v) != c
	}
	if in, ok := unset.bounded(); ok {
		return in(v)
	}
	switch v {
	case Up:
		return false // it passes each count once
	case Down:
		return unset != True
	case Zero, Other:
		// A count that is started over comes round.
		return v == unset || unset.isCount()
	}
	return v == unset
}

// isCount tells whether a value is a number other than 0.
func (v Value) isCount() bool { return v != Zero && v != "" && v[0] >= '0' && v[0] <= '9' }

// sets tells whether assigning v ends the state unset.
func (v Value) sets(unset Value) bool {
	if _, ok := unset.bounded(); ok {
		return !v.resets(unset) // step by step, too
	}
	return v != Down && !v.resets(unset)
}

// scope returns what two packages have in common: the package, the project, or
// nothing.
func commonScope(a, b string) string {
	switch {
	case a == b:
		return a
	case a == "" || b == "":
		return ""
	}
	if pa, pb := model.Project(a), model.Project(b); pa == pb {
		return projectScope + pa
	}
	return ""
}

// projectScope marks a scope that is a project and no single package.
const projectScope = "project:"

// Distance says how far from a package a site's chain leads.
type Distance uint8

const (
	SamePackage Distance = iota
	SameProject
	OtherProject
)

// Distance returns how far the chain leads from package pkg.
func (s *Site) Distance(pkg string) Distance {
	switch {
	case s.Scope == pkg:
		return SamePackage
	case s.Scope == "":
		return OtherProject
	}
	if project := strings.TrimPrefix(s.Scope, projectScope); model.Project(project) == model.Project(pkg) {
		return SameProject
	}
	return OtherProject
}

func addScope(scope, pkg string) string {
	if scope == "" || scope == pkg {
		return scope
	}
	if p, ok := strings.CutPrefix(scope, projectScope); ok {
		if p == model.Project(pkg) {
			return scope
		}
		return ""
	}
	return commonScope(scope, pkg)
}

// compareSites orders sites by what a summary keeps: the most frequent, then
// the heaviest, then the one that other projects have the least say in, then the
// shortest. It is total over distinct sites, so that a
// summary does not depend on the order in which they are found.
func compareSites(a, b *Site) int {
	return cmp.Or(
		-cmp.Compare(a.Freq, b.Freq),
		-cmp.Compare(a.Weight, b.Weight),
		-cmp.Compare(a.Foreign, b.Foreign),
		cmp.Compare(len(a.Hops)+a.More, len(b.Hops)+b.More),
		cmp.Compare(a.Origin.Pkg, b.Origin.Pkg),
		cmp.Compare(a.Origin.File, b.Origin.File),
		cmp.Compare(a.Origin.Line, b.Origin.Line),
		cmp.Compare(a.Origin.Column, b.Origin.Column),
		slices.CompareFunc(a.Hops, b.Hops, func(x, y Hop) int {
			return cmp.Or(cmp.Compare(x.Pkg, y.Pkg), cmp.Compare(x.Recv, y.Recv), cmp.Compare(x.Name, y.Name),
				cmp.Compare(x.Call.Line, y.Call.Line), cmp.Compare(x.Call.Column, y.Call.Column))
		}),
	)
}

// prepend returns the chain with a hop before it, bounded to maxHops.
func prepend(hop Hop, s *Site) ([]Hop, int) {
	hops := append([]Hop{hop}, s.Hops...)
	more := s.More
	if len(hops) > maxHops {
		hops = slices.Delete(hops, maxHops-1, len(hops)-1)
		more++
	}
	return hops, more
}

func position(fset *token.FileSet, pkg *types.Package, pos token.Pos) Position {
	p := fset.Position(pos)
	return Position{Pkg: pkg.Path(), File: filepath.Base(p.Filename), Line: p.Line, Column: p.Column}
}

func hopOf(fn *types.Func, call Position) Hop {
	h := Hop{Name: fn.Name(), Call: call}
	if pkg := fn.Pkg(); pkg != nil {
		h.Pkg, h.PkgName = pkg.Path(), pkg.Name()
	}
	if recv := fn.Signature().Recv(); recv != nil {
		h.Recv = recvName(recv.Type())
	}
	return h
}

func recvName(t types.Type) string {
	star := ""
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		star, t = "*", types.Unalias(p.Elem())
	}
	switch t := t.(type) {
	case *types.Named:
		return star + t.Obj().Name()
	case *types.TypeParam:
		return star + t.Obj().Name()
	}
	return star + "interface"
}

// LabelOf renders a function's name as a reader in package pkg would write it.
func LabelOf(fn *types.Func, pkg string) string { return hopOf(fn, Position{}).Label(pkg) }
