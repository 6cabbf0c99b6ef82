package effects

import (
	"context"
	"fmt"
	"net"
)

// Dial: dial, check, close.

type Dial struct {
	out chan int
}

// SessionStart begins.
func (h *Dial) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Dial) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	return conn.Write([]byte("x"))
}

// SessionStop ends.
func (h *Dial) SessionStop(ctx context.Context) error {
	return nil
}

// DialCm: comments in each gap (found: those of the check are heaped above it).

type DialCm struct {
	out chan int
}

// SessionStart begins.
func (h *DialCm) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *DialCm) Emit(ctx context.Context) (int, error) {
	// the service
	conn, err := net.Dial("tcp", "x:1") // dial
	// no service
	if err != nil { // failed
		// so what
		return 0, fmt.Errorf("dial: %w", err) // wrapped
	}
	// close it
	defer conn.Close() // closed
	// write
	return conn.Write([]byte("x"))
}

// SessionStop ends.
func (h *DialCm) SessionStop(ctx context.Context) error {
	return nil
}

// DialNamed: named results.

type DialNamed struct {
	out chan int
}

// SessionStart begins.
func (h *DialNamed) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *DialNamed) Emit(ctx context.Context) (n int, err error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	n, err = conn.Write([]byte("x"))
	return
}

// SessionStop ends.
func (h *DialNamed) SessionStop(ctx context.Context) error {
	return nil
}

// DialNamed2: a bare return in the check: no fix.

type DialNamed2 struct {
	out chan int
}

// SessionStart begins.
func (h *DialNamed2) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *DialNamed2) Emit(ctx context.Context) (n int, err error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return
	}
	defer conn.Close()
	n, err = conn.Write([]byte("x"))
	return
}

// SessionStop ends.
func (h *DialNamed2) SessionStop(ctx context.Context) error {
	return nil
}

// DialNamed3: a deferred literal assigns the result: no fix.

type DialNamed3 struct {
	out chan int
}

// SessionStart begins.
func (h *DialNamed3) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *DialNamed3) Emit(ctx context.Context) (n int, err error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer func() { err = conn.Close() }()
	n, err = conn.Write([]byte("x"))
	return
}

// SessionStop ends.
func (h *DialNamed3) SessionStop(ctx context.Context) error {
	return nil
}

// DialIf: an if with an else: no fix.

type DialIf struct {
	out chan int
}

// SessionStart begins.
func (h *DialIf) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *DialIf) Emit(ctx context.Context) (int, error) {
	if conn, err := net.Dial("tcp", "x:1"); err != nil {
		return 0, err
	} else {
		defer conn.Close()
		return conn.Write([]byte("x"))
	}
}

// SessionStop ends.
func (h *DialIf) SessionStop(ctx context.Context) error {
	return nil
}

// DialOneline: all on one line.

type DialOneline struct {
	out chan int
}

// SessionStart begins.
func (h *DialOneline) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *DialOneline) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	return conn.Write(nil)
}

// SessionStop ends.
func (h *DialOneline) SessionStop(ctx context.Context) error {
	return nil
}

// DialErrlater: err is assigned again in an if.

type DialErrlater struct {
	out chan int
}

// SessionStart begins.
func (h *DialErrlater) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *DialErrlater) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	var n int
	if n, err = conn.Write(nil); err != nil {
		return n, err
	}
	n, err = conn.Read(nil)
	return n, err
}

// SessionStop ends.
func (h *DialErrlater) SessionStop(ctx context.Context) error {
	return nil
}

// DialErrclosure: err is assigned in a closure.

type DialErrclosure struct {
	out chan int
}

// SessionStart begins.
func (h *DialErrclosure) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *DialErrclosure) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	f := func() { _, err = conn.Write(nil) }
	f()
	return 0, err
}

// SessionStop ends.
func (h *DialErrclosure) SessionStop(ctx context.Context) error {
	return nil
}

// DialErrret: err is returned later.

type DialErrret struct {
	out chan int
}

// SessionStart begins.
func (h *DialErrret) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *DialErrret) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	return 1, err
}

// SessionStop ends.
func (h *DialErrret) SessionStop(ctx context.Context) error {
	return nil
}

// DialReverse: nil != err.

type DialReverse struct {
	out chan int
}

// SessionStart begins.
func (h *DialReverse) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *DialReverse) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if nil != err {
		return 0, err
	}
	defer conn.Close()
	return conn.Write(nil)
}

// SessionStop ends.
func (h *DialReverse) SessionStop(ctx context.Context) error {
	return nil
}

// DialRaw: a raw string of several lines that holds placeholders (found: they are replaced).

type DialRaw struct {
	out chan int
}

// SessionStart begins.
func (h *DialRaw) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *DialRaw) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, fmt.Errorf(`{undo}{recv} no
	service %w`, err)
	}
	defer conn.Close()
	return conn.Write(nil)
}

// SessionStop ends.
func (h *DialRaw) SessionStop(ctx context.Context) error {
	return nil
}

// DialRecvcm: a comment behind the close that holds placeholders (found: they are replaced).

type DialRecvcm struct {
	out chan int
}

// SessionStart begins.
func (h *DialRecvcm) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *DialRecvcm) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer conn.Close() // {recv} {undo}
	return conn.Write(nil)
}

// SessionStop ends.
func (h *DialRecvcm) SessionStop(ctx context.Context) error {
	return nil
}

// DialOther: the error names a field.

type DialOther struct {
	out chan int
	n   int
}

// SessionStart begins.
func (h *DialOther) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *DialOther) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return -1, fmt.Errorf("a %d: %w", h.n, err)
	}
	defer conn.Close()
	return conn.Write(nil)
}

// SessionStop ends.
func (h *DialOther) SessionStop(ctx context.Context) error {
	return nil
}

// DialLog: the check does more than return.

type DialLog struct {
	out chan int
}

// SessionStart begins.
func (h *DialLog) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *DialLog) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		fmt.Println(err)
		return 0, err
	}
	defer conn.Close()
	return conn.Write(nil)
}

// SessionStop ends.
func (h *DialLog) SessionStop(ctx context.Context) error {
	return nil
}

// DialStartnoerr: start returns no error.

type DialStartnoerr struct {
	out chan int
}

func (h *DialStartnoerr) SessionStart() { h.out = make(chan int) }

func (h *DialStartnoerr) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	return conn.Write([]byte("x"))
}

// SessionStop ends.
func (h *DialStartnoerr) SessionStop(ctx context.Context) error {
	return nil
}

// DialStarterr: start has locals of the names that are added.

type DialStarterr struct {
	out chan int
}

func (h *DialStarterr) SessionStart(ctx context.Context) error {
	err := ctx.Err()
	if err != nil {
		return err
	}
	conn := 1
	_ = conn
	h.out = make(chan int)
	return nil
}

func (h *DialStarterr) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	return conn.Write([]byte("x"))
}

// SessionStop ends.
func (h *DialStarterr) SessionStop(ctx context.Context) error {
	return nil
}

// DialStartdeleg: start ends in a call.

type DialStartdeleg struct {
	out chan int
}

func (h *DialStartdeleg) SessionStart(ctx context.Context) error { return h.init() }

func (h *DialStartdeleg) init() error { return nil }

func (h *DialStartdeleg) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	return conn.Write([]byte("x"))
}

// SessionStop ends.
func (h *DialStartdeleg) SessionStop(ctx context.Context) error {
	return nil
}

// DialStartnamed: the result of start is called conn.

type DialStartnamed struct {
	out chan int
}

func (h *DialStartnamed) SessionStart(ctx context.Context) (conn error) {
	return nil
}

func (h *DialStartnamed) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	return conn.Write([]byte("x"))
}

// SessionStop ends.
func (h *DialStartnamed) SessionStop(ctx context.Context) error {
	return nil
}

// DialCtor: a constructor that returns an error.

type DialCtor struct {
	out chan int
}

func (h *DialCtor) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	return conn.Write([]byte("x"))
}

// SessionStop ends.
func (h *DialCtor) SessionStop(ctx context.Context) error {
	return nil
}

func NewDialCtor() (*DialCtor, error) {
	return &DialCtor{}, nil // made
}

// DialCtor2: a constructor that returns none: no fix.

type DialCtor2 struct {
	out chan int
}

func (h *DialCtor2) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	return conn.Write([]byte("x"))
}

// SessionStop ends.
func (h *DialCtor2) SessionStop(ctx context.Context) error {
	return nil
}

func NewDialCtor2() *DialCtor2 {
	return &DialCtor2{}
}

// DialAndGo: a goroutine before it.

type DialAndGo struct {
	out chan int
}

// produce runs as long as its context.
func (h *DialAndGo) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}

// SessionStart begins.
func (h *DialAndGo) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *DialAndGo) Emit(ctx context.Context) (int, error) {
	go h.produce(ctx)
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	return conn.Write([]byte("x"))
}

// SessionStop ends.
func (h *DialAndGo) SessionStop(ctx context.Context) error {
	return nil
}

// DialTwo: two connections with short names (found: a second run goes on).

type DialTwo struct {
	out chan int
}

// SessionStart begins.
func (h *DialTwo) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *DialTwo) Emit(ctx context.Context) (int, error) {
	conn, err := net.Dial("tcp", "x:1")
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	b, err := net.Dial("tcp", "y:1")
	if err != nil {
		return 0, err
	}
	defer b.Close()
	_, err = b.Write(nil)
	if err != nil {
		return 0, err
	}
	return conn.Write([]byte("x"))
}

// SessionStop ends.
func (h *DialTwo) SessionStop(ctx context.Context) error {
	return nil
}
