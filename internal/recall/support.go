package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// stdImports are the packages of std that operators use, by their qualifiers.
var stdImports = map[string]string{
	"atomic": "sync/atomic", "bufio": "bufio", "context": "context", "errors": "errors", "exec": "os/exec", "http": "net/http", "iter": "iter",
	"net": "net", "os": "os", "signal": "os/signal", "slices": "slices", "sql": "database/sql", "sync": "sync", "time": "time",
}

// The helper packages: two of the module's project, the second of which calls the first, and one of another project.
const otherProject = "example.com/recall/lib"

func helperPath(module, name string) string {
	if name == "lib" {
		return otherProject
	}
	return module + "/recallhelpers/" + name
}

var qualifiers = regexp.MustCompile(`\b(atomic|bufio|context|errors|exec|http|iter|net|os|signal|slices|sql|sync|time|one|two|lib)\.`)

// qualified returns code with the names by which its packages are imported: such that the code around it hardly has.
func qualified(code string) string { return qualifiers.ReplaceAllString(code, "recall$1.") }

var imported = regexp.MustCompile(`\brecall(atomic|bufio|context|errors|exec|http|iter|net|os|signal|slices|sql|sync|time|one|two|lib)\.`)

// importsOf returns the import declarations for qualified code, on one line.
func importsOf(module string, code ...string) string {
	var names []string
	for _, c := range code {
		for _, m := range imported.FindAllStringSubmatch(c, -1) {
			names = append(names, m[1])
		}
	}
	slices.Sort(names)
	var b strings.Builder
	for _, name := range slices.Compact(names) {
		path, ok := stdImports[name]
		if !ok {
			path = helperPath(module, name)
		}
		fmt.Fprintf(&b, "; import recall%s %q", name, path)
	}
	return b.String()
}

// support is what operators, carriers and placements refer to. Each package that holds one of them has it.
const support = `
var (
	recallSink     any
	recallAny      any
	recallN        int
	recallM        int
	recallLevel    int // conditions hang on it and on recallDepth: nothing sets them, so that none is a guard
	recallDepth    int
	recallError    error
	recallList     = []int{1, 2, 3}
	recallQueue    chan int
	recallOther    chan int
	recallStopped  chan struct{}
	recallSem      chan struct{}
	recallChans    []chan int
	recallByKey    map[int]chan int
	recallFuncs    []func()
	recallTable    map[string]func()
	recallLazy     chan int
	recallPtr      *int
	recallStarted  bool
	recallFlag     atomic.Bool
	recallMu       sync.Mutex
	recallGroup    sync.WaitGroup
	recallOnceVar  sync.Once
	recallPool     sync.Pool
	recallSeen     sync.Map
	recallCond     = sync.NewCond(new(sync.Mutex))
	recallReplies  chan chan int
	recallTimerVar *time.Timer

	recallOnceValue = sync.OnceValue(func() int { go recallWork(); return 1 })
	recallOnceFunc = sync.OnceFunc(func() { go recallWork() })
)

const recallDebug = false

type (
	recallChan  chan string
	recallOnceT = sync.Once
	recallBoolT = atomic.Bool
	recallIntT  = atomic.Int64
	recallMuT   = sync.Mutex
	recallTimeT = time.Time
)

func recallWork()                  { recallN++ }
func recallFirst() bool            { return recallFlag.CompareAndSwap(false, true) }
func recallBusy() bool             { return len(recallFuncs) < recallLevel }
func recallFail() error            { return recallError }
func recallCall(f func())          { f() }
func recallCallOf[T any](v T, f func(T)) { f(v) }
func recallKeep(f func())          { recallFuncs = append(recallFuncs, f) }
func recallRegister(c chan int)    { recallChans = append(recallChans, c) }

func recallSeq(yield func(int) bool) {
	for i := 0; i < 9; i++ {
		if !yield(i) {
			return
		}
	}
}

func recallSeq2(yield func(int, int) bool) { yield(1, 2) }

func recallStream() <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := 0; i < 9; i++ {
			c <- i
		}
	}()
	return c
}

func recallIterate() *recallCursor   { return &recallCursor{} }
func recallCloseFile(f *os.File)     { f.Close() }

type recallCursor struct{ at int }

func (c *recallCursor) Next() (int, bool) { c.at++; return c.at, c.at < 9 }
`

// helperOnly is what the first helper package has for others.
const helperOnly = `
func Call(f func())          { f() }
func Each(n int, f func(int)) { for i := 0; i < n; i++ { f(i) } }
func Keep(f func())          { recallFuncs = append(recallFuncs, f) }

// A Client has a goroutine until it is closed.
type Client struct{ quit chan struct{} }

func NewClient() *Client {
	c := &Client{quit: make(chan struct{})}
	go c.run()
	return c
}

func (c *Client) run()   { <-c.quit }
func (c *Client) Ping()  { recallN++ }
func (c *Client) Close() { close(c.quit) }

// A Group waits for the goroutines that it has started.
type Group struct {
	wg  sync.WaitGroup
	err error
}

func (g *Group) Go(f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		g.err = f()
	}()
}

func (g *Group) Wait() error { g.wg.Wait(); return g.err }
`

// helper returns the text of a helper package: each operator in every form in which a carrier leads to another
// package.
func helper(module, name string) string {
	var b strings.Builder
	if name != "two" {
		b.WriteString(support + helperOnly)
	}
	for i := range operators {
		op := &operators[i]
		if op.own {
			continue
		}
		t := op.title()
		if name == "two" {
			fmt.Fprintf(&b, "func Do%s() { one.Do%[1]s() }\n", t)
			continue
		}
		code := op.code
		fmt.Fprintf(&b, "func Do%s() { %s }\n", t, code)
		fmt.Fprintf(&b, "func Gen%s[T any](v T) T { %s; return v }\n", t, code)
		fmt.Fprintf(&b, "func Maybe%s() { if recallLevel > 3 { %s } }\n", t, code)
		fmt.Fprintf(&b, "func Fallible%s() error { if recallError != nil { return recallError }; %s; return nil }\n", t, code)
		fmt.Fprintf(&b, "type Box%s struct{}\nfunc (*Box%[1]s) Do() { %s }\n", t, code)
		fmt.Fprintf(&b, "type Doer%s interface{ Do%[1]s() }\ntype impl%[1]s struct{}\nfunc (impl%[1]s) Do%[1]s() { %s }\nfunc Get%[1]s() Doer%[1]s { return impl%[1]s{} }\n", t, code)
	}
	text := qualified(b.String())
	return "package " + name + importsOf(module, text) + "\n" + text
}

// std is a file that imports all of std that is used, so that it is loaded.
func std() string {
	var b strings.Builder
	b.WriteString("package recallhelpers\n")
	for _, path := range stdImports {
		fmt.Fprintf(&b, "import _ %q\n", path)
	}
	return b.String()
}
