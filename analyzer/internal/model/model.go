// Package model holds what emitcheck knows of the standard library, which it
// does not analyse: a table of what std functions create, block on and call,
// and the list of std import paths.
//
// It also fixes the vocabulary of effects (Kind, Freq, Weight), since the table
// is written in it. It looks at no syntax; package effect applies the table.
package model

import (
	_ "embed"
	"go/types"
	"strings"
)

// A Kind is a sort of effect: something a function does that a hot method
// should not.
type Kind uint8

// The kinds, in the order in which one call that has several is named after
// them: the first one says most about the rest (a generator's channel and
// goroutine are the generator).
const (
	Generator Kind = iota
	Resource
	Goroutine
	Channel
	Blocking
	NumKinds
)

var kindNames = [NumKinds]string{"generator", "resource", "goroutine", "channel", "blocking"}

// String returns the kind's name as messages and rule names spell it.
func (k Kind) String() string { return kindNames[k] }

// Rule names the rule that reports effects of this kind.
func (k Kind) Rule() string { return "emit-" + kindNames[k] }

// A Freq says how often an effect happens in the calls of a function. Higher is
// more often.
type Freq uint8

const (
	Never     Freq = iota
	Once           // under a guard that holds: once per session
	Rare           // in an error branch or a lifecycle case
	Sometimes      // under a condition that is no guard
	Always         // on every path that completes normally
)

var freqNames = [...]string{"never", "once", "rare", "sometimes", "always"}

// String returns the frequency's name.
func (f Freq) String() string { return freqNames[f] }

// A Weight says whether an effect outlives the call.
type Weight uint8

const (
	Cost Weight = iota // over when the call returns
	Leak               // outlives the call
)

// String returns the weight's name as the JSON output spells it.
func (w Weight) String() string {
	if w == Leak {
		return "leak"
	}
	return "cost"
}

// A Func is a row of the table: what one std function or method does. Params
// are counted from 0, a method's receiver being param 0.
type Func struct {
	Effects []Effect
	Calls   []Call
}

// An Effect is one effect of a std function.
type Effect struct {
	Kind   Kind
	Weight Weight

	// Subject is the param whose release ends the effect, e.g. the WaitGroup of
	// (*sync.WaitGroup).Go; Result where it is the function's result.
	Subject int

	// Release names the function that ends the effect when it is given the
	// subject, as "os/signal.Stop" does. The methods in [Releases] always do.
	Release string

	// On is the param that the effect blocks on; Result where there is none. An
	// effect on something made in the same call is that something's affair.
	On int

	// From restricts the effect to calls whose param FromParam was made by the
	// function From ("net/http.NewRequest"): with another maker it is bound to
	// a context.
	From      string
	FromParam int
}

// Result stands for the result of a call where a param is counted.
const Result = -1

// A Call says that a function calls its function-valued param.
type Call struct {
	Param int
	Freq  Freq // Once where the function calls it once for all its calls (sync.Once)
	Async bool // in a goroutine of its own
}

// releases are the methods that end what a value holds.
var releases = map[string]bool{
	"Close": true, "Stop": true, "Shutdown": true, "Wait": true, "Cancel": true,
	"Release": true, "Disconnect": true, "Kill": true, "CloseNow": true,
	"StopAndWait": true, "Terminate": true, "GracefulStop": true, "CloseIdleConnections": true,
	"CloseSend": true, "Unsubscribe": true, "Destroy": true, "Exit": true, "Finish": true,
}

// IsRelease tells whether a method of this name ends what its receiver holds.
func IsRelease(method string) bool { return releases[method] }

// Lookup returns the row of a std function, or nil.
func Lookup(fn *types.Func) *Func {
	pkg := fn.Pkg()
	if pkg == nil {
		return nil
	}
	rows := std[pkg.Path()]
	if rows == nil {
		return nil
	}
	name := fn.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		t := recv.Type()
		if p, ok := types.Unalias(t).(*types.Pointer); ok {
			t = p.Elem()
		}
		named, ok := types.Unalias(t).(*types.Named)
		if !ok {
			return nil
		}
		name = named.Obj().Name() + "." + name
	}
	return rows[name]
}

// LookupLiteral returns the effect of a composite literal of the named type, or
// nil.
func LookupLiteral(obj *types.TypeName) *Effect {
	if obj.Pkg() == nil {
		return nil
	}
	return stdLiterals[obj.Pkg().Path()+"."+obj.Name()]
}

//go:generate sh -c "go list std cmd | grep -v /vendor/ > std.txt"
//go:embed std.txt
var stdList string

var stdPaths = func() map[string]bool {
	m := map[string]bool{"C": true, "unsafe": true}
	for path := range strings.Lines(stdList) {
		m[strings.TrimSpace(path)] = true
	}
	return m
}()

// IsStd tells whether the package is of the standard library. A Go release
// newer than the list adds internal packages; they are told by their parent.
func IsStd(path string) bool {
	if stdPaths[path] || strings.HasPrefix(path, "vendor/") || strings.HasPrefix(path, "internal/") {
		return true
	}
	parent, _, ok := strings.Cut(path, "/internal/")
	return ok && stdPaths[parent]
}

// Project returns the part of an import path that names its repository: what
// two packages of one project share.
func Project(path string) string {
	elems := strings.SplitN(path, "/", 4)
	n := 2
	switch host := elems[0]; {
	case !strings.Contains(host, "."):
		n = 1 // a module without a host: its first element names it
	case host == "github.com", host == "gitlab.com", host == "bitbucket.org", host == "codeberg.org",
		host == "golang.org", host == "gitee.com", host == "git.sr.ht":
		n = 3
	}
	return strings.Join(elems[:min(n, len(elems))], "/")
}
