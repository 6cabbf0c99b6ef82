// Package late has handlers whose Emit depends on what changes late.
package late

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"iter"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

type (
	settings  struct{ where string }
	settings2 struct{ there string }
	node      struct{ name string }
	peer      struct{ label string }
	bus       struct{ fs []func(string) }
)

func (b *bus) on(f func(string)) { b.fs = append(b.fs, f) }

var (
	place   = new(string)
	site    = "localhost:1"
	locate  = func() string { return time.Now().String() }
	flagged = flag.String("address", "", "where")
)

// FuncSetter: a function that Receive calls sets the address
type FuncSetter struct {
	address string
}

func (h *FuncSetter) SessionStart(ctx context.Context) error {
	return nil
}

func (h *FuncSetter) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *FuncSetter) SessionStop(ctx context.Context) error {
	return nil
}

func (h *FuncSetter) Receive(ctx context.Context, s string) error { retarget(h, s); return nil }
func retarget(h *FuncSetter, s string)                            { h.address = s }

// StartCallback: a callback that start registers sets the address later
type StartCallback struct {
	address string
	bus     bus
}

func (h *StartCallback) SessionStart(ctx context.Context) error {
	h.bus.on(func(s string) { h.address = s })
	return nil
}

func (h *StartCallback) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *StartCallback) SessionStop(ctx context.Context) error {
	return nil
}

// StartGoroutine: a goroutine of start follows a configuration
type StartGoroutine struct {
	address string
	updates chan string
	mu      sync.Mutex
}

func (h *StartGoroutine) SessionStart(ctx context.Context) error {
	go func() {
		for s := range h.updates {
			h.mu.Lock()
			h.address = s
			h.mu.Unlock()
		}
	}()
	return nil
}

func (h *StartGoroutine) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *StartGoroutine) SessionStop(ctx context.Context) error {
	close(h.updates)
	return nil
}

// CtorCallback: a callback that the constructor registers sets the address later
type CtorCallback struct {
	address string
}

func (h *CtorCallback) SessionStart(ctx context.Context) error {
	return nil
}

func (h *CtorCallback) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *CtorCallback) SessionStop(ctx context.Context) error {
	return nil
}

// NewCtorCallback returns a new one.
func NewCtorCallback(b *bus) *CtorCallback {
	h := &CtorCallback{}
	b.on(func(s string) { h.address = s })
	return h
}

// Whole: Receive replaces all of the configuration
type Whole struct {
	cfg *settings
}

func (h *Whole) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Whole) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.cfg.where)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *Whole) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Whole) Receive(ctx context.Context, c settings) error { *h.cfg = c; return nil }

// Decodes: Receive decodes into the configuration
type Decodes struct {
	set settings2
}

func (h *Decodes) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Decodes) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.set.there)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *Decodes) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Decodes) Receive(ctx context.Context, b []byte) error { return json.Unmarshal(b, &h.set) }

// Scans: Receive scans into the address
type Scans struct {
	addr string
}

func (h *Scans) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Scans) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.addr)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *Scans) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Scans) Receive(ctx context.Context, s string) error {
	_, err := fmt.Sscan(s, &h.addr)
	return err
}

// Nested: Receive sets a field of a field
type Nested struct {
	conf struct{ net struct{ place string } }
}

func (h *Nested) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Nested) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.conf.net.place)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *Nested) SessionStop(ctx context.Context) error {
	return nil
}

func (h *Nested) Receive(ctx context.Context, s string) error { h.conf.net.place = s; return nil }

// NestedWhole: Receive sets the field around it
type NestedWhole struct {
	conf3 struct{ net struct{ spot string } }
}

func (h *NestedWhole) SessionStart(ctx context.Context) error {
	return nil
}

func (h *NestedWhole) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.conf3.net.spot)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *NestedWhole) SessionStop(ctx context.Context) error {
	return nil
}

func (h *NestedWhole) Receive(ctx context.Context, s string) error {
	c := h.conf3
	c.net.spot = s
	h.conf3 = c
	return nil
}

// ArrayElement: Receive sets an element of an array
type ArrayElement struct {
	hosts [2]string
}

func (h *ArrayElement) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ArrayElement) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.hosts[1])
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *ArrayElement) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ArrayElement) Receive(ctx context.Context, s string) error { h.hosts[1] = s; return nil }

// ElementField: Receive sets a field of an element
type ElementField struct {
	nodes []node
}

func (h *ElementField) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ElementField) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.nodes[0].name)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *ElementField) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ElementField) Receive(ctx context.Context, s string) error { h.nodes[0].name = s; return nil }

// RangeWrite: Receive sets the fields of a range
type RangeWrite struct {
	peers []*peer
}

func (h *RangeWrite) SessionStart(ctx context.Context) error {
	return nil
}

func (h *RangeWrite) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.peers[0].label)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *RangeWrite) SessionStop(ctx context.Context) error {
	return nil
}

func (h *RangeWrite) Receive(ctx context.Context, s string) error {
	for _, p := range h.peers {
		*p = peer{s}
	}
	return nil
}

// RangeAssign: Receive ranges into the field
type RangeAssign struct {
	last string
}

func (h *RangeAssign) SessionStart(ctx context.Context) error {
	return nil
}

func (h *RangeAssign) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.last)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *RangeAssign) SessionStop(ctx context.Context) error {
	return nil
}

func (h *RangeAssign) Receive(ctx context.Context, s []string) error {
	for _, h.last = range s {
	}
	return nil
}

// SelectAssign: Receive receives into the field
type SelectAssign struct {
	next    string
	updates chan string
}

func (h *SelectAssign) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SelectAssign) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.next)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *SelectAssign) SessionStop(ctx context.Context) error {
	return nil
}

func (h *SelectAssign) Receive(ctx context.Context, s string) error {
	select {
	case h.next = <-h.updates:
	default:
	}
	return nil
}

// PackageFunc: a package variable that is a function
type PackageFunc struct {
	n int
}

func (h *PackageFunc) SessionStart(ctx context.Context) error {
	return nil
}

func (h *PackageFunc) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", locate())
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *PackageFunc) SessionStop(ctx context.Context) error {
	return nil
}

// PackagePtr: a package variable that another function of the package sets
type PackagePtr struct {
	n int
}

func (h *PackagePtr) SessionStart(ctx context.Context) error {
	return nil
}

func (h *PackagePtr) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", *place)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *PackagePtr) SessionStop(ctx context.Context) error {
	return nil
}

// SetPlace sets it.
func SetPlace(s string) { *place = s }

// InitLater: a package variable that a plain function sets
type InitLater struct {
	n int
}

func (h *InitLater) SessionStart(ctx context.Context) error {
	return nil
}

func (h *InitLater) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", site)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *InitLater) SessionStop(ctx context.Context) error {
	return nil
}

// SetSite sets it.
func SetSite(s string) { site = s }

// FlagVar: a package variable of a flag
type FlagVar struct {
	n int
}

func (h *FlagVar) SessionStart(ctx context.Context) error {
	return nil
}

func (h *FlagVar) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", *flagged)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *FlagVar) SessionStop(ctx context.Context) error {
	return nil
}

// Atomic: an atomic address
type Atomic struct {
	a2 atomic.Value
}

func (h *Atomic) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Atomic) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.a2.Load().(string))
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *Atomic) SessionStop(ctx context.Context) error {
	return nil
}

// StartClears: start clears the whole handler
type StartClears struct {
	address2 string
}

func (h *StartClears) SessionStart(ctx context.Context) error {
	*h = StartClears{address2: h.address2}
	return nil
}

func (h *StartClears) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address2)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *StartClears) SessionStop(ctx context.Context) error {
	return nil
}

// StopClears: stop clears the whole handler
type StopClears struct {
	address3 string
}

func (h *StopClears) SessionStart(ctx context.Context) error {
	return nil
}

func (h *StopClears) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address3)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *StopClears) SessionStop(ctx context.Context) error {
	*h = StopClears{}
	return nil
}

// StopClearsClient: stop clears the whole handler, in a deferred literal
type StopClearsClient struct {
	address4 string
}

func (h *StopClearsClient) SessionStart(ctx context.Context) error {
	return nil
}

func (h *StopClearsClient) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address4)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *StopClearsClient) SessionStop(ctx context.Context) error {
	defer func() { *h = StopClearsClient{} }()
	return nil
}

// StopEarly: stop leaves at once where it was never started
type StopEarly struct {
	address5 string
	on       bool
}

func (h *StopEarly) SessionStart(ctx context.Context) error {
	h.on = true
	return nil
}

func (h *StopEarly) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address5)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *StopEarly) SessionStop(ctx context.Context) error {
	if !h.on {
		return nil
	}
	h.on = false
	return nil
}

// StopLocks: stop holds a lock that Emit holds
type StopLocks struct {
	address6 string
	mu       sync.Mutex
}

func (h *StopLocks) SessionStart(ctx context.Context) error {
	return nil
}

func (h *StopLocks) Emit(ctx context.Context) (string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	conn, err := net.Dial("tcp", h.address6)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *StopLocks) SessionStop(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return nil
}

// StopPulls: stop runs beside an Emit that pulls
type StopPulls struct {
	mu sync.Mutex
	n  int
}

func (h *StopPulls) SessionStart(ctx context.Context) error {
	return nil
}

func (h *StopPulls) Emit(ctx context.Context) (string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	next, stop := iter.Pull(h.count())
	defer stop()
	v, _ := next()
	return fmt.Sprint(v), nil
}

func (h *StopPulls) SessionStop(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.n = 0
	return nil
}

func (h *StopPulls) count() iter.Seq[int] {
	return func(yield func(int) bool) {
		for {
			h.n++
			if !yield(h.n) {
				return
			}
		}
	}
}

// StartLocks: start holds a lock that its helper takes
type StartLocks struct {
	address7 string
	mu       sync.Mutex
}

func (h *StartLocks) SessionStart(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.address7 = "localhost:1"
	return nil
}

func (h *StartLocks) Emit(ctx context.Context) (string, error) {
	conn, err := h.dial()
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *StartLocks) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StartLocks) dial() (net.Conn, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return net.Dial("tcp", h.address7)
}

// StartLocksSeq: start holds a lock that the sequence takes
type StartLocksSeq struct {
	mu    sync.Mutex
	names []string
}

func (h *StartLocksSeq) SessionStart(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.names = []string{"a"}
	return nil
}

func (h *StartLocksSeq) Emit(ctx context.Context) (string, error) {
	next, stop := iter.Pull(h.all())
	defer stop()
	v, _ := next()
	return v, nil
}

func (h *StartLocksSeq) SessionStop(ctx context.Context) error {
	return nil
}

func (h *StartLocksSeq) all() iter.Seq[string] {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Values(slices.Clone(h.names))
}

// ClientNamed: a client whose policy is a method of the handler that Emit's state feeds
type ClientNamed struct {
	n int
}

func (h *ClientNamed) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ClientNamed) Emit(ctx context.Context) (string, error) {
	c := &http.Client{CheckRedirect: h.policy}
	resp, err := c.Get("http://localhost")
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *ClientNamed) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ClientNamed) policy(*http.Request, []*http.Request) error { h.n++; return nil }

// ClientField: a client whose limit is a field that Receive sets
type ClientField struct {
	limit time.Duration
}

func (h *ClientField) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ClientField) Emit(ctx context.Context) (string, error) {
	c := &http.Client{Timeout: h.limit}
	resp, err := c.Get("http://localhost")
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *ClientField) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ClientField) Receive(ctx context.Context, d time.Duration) error { h.limit = d; return nil }

// ClientFuncField: a client whose policy is a field that a function sets
type ClientFuncField struct {
	policy2 func(*http.Request, []*http.Request) error
}

func (h *ClientFuncField) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ClientFuncField) Emit(ctx context.Context) (string, error) {
	c := &http.Client{CheckRedirect: h.policy2}
	resp, err := c.Get("http://localhost")
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *ClientFuncField) SessionStop(ctx context.Context) error {
	return nil
}

func (h *ClientFuncField) Receive(ctx context.Context, s string) error { strict(h); return nil }
func strict(h *ClientFuncField)                                        { h.policy2 = nil }

// NoStopField: a handler without a stop, a connection
type NoStopField struct {
	address string
}

func (h *NoStopField) SessionStart(ctx context.Context) error {
	return nil
}

func (h *NoStopField) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

// EmitStop: a start that is named Start, and no error
type EmitStop struct {
	address string
}

func (h *EmitStop) SessionStart(ctx context.Context) error {
	return nil
}

func (h *EmitStop) Emit(ctx context.Context) (string, error) {
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("x"))
	return "", err
}

func (h *EmitStop) SessionStop(ctx context.Context) error {
	return nil
}
