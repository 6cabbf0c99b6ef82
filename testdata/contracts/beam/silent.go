package beam

import (
	"context"
	"net"
	"sync"
)

// PooledFn starts its worker in Setup and ends it in Teardown.
type PooledFn struct {
	Addr string

	conn   net.Conn
	words  chan string
	done   chan struct{}
	cancel context.CancelFunc
}

// Setup is called once for an instance.
func (fn *PooledFn) Setup(ctx context.Context) error {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", fn.Addr) // silent: opened by Setup, closed by Teardown
	if err != nil {
		return err
	}
	fn.conn = conn
	fn.words = make(chan string, 16) // silent: made once for an instance
	fn.done = make(chan struct{})
	run, cancel := context.WithCancel(context.Background())
	fn.cancel = cancel
	go fn.send(run) // silent: started by Setup, ended by Teardown
	return nil
}

func (fn *PooledFn) send(ctx context.Context) {
	defer close(fn.done)
	for {
		select {
		case word := <-fn.words:
			_, _ = fn.conn.Write([]byte(word))
		case <-ctx.Done():
			return
		}
	}
}

func (fn *PooledFn) ProcessElement(word string, emit func(string)) {
	fn.words <- word // silent: a record may wait
	emit(word)
}

// Teardown ends what Setup started.
func (fn *PooledFn) Teardown() error {
	fn.cancel()
	<-fn.done
	return fn.conn.Close()
}

// BundleFn makes its channel for each bundle, and starts its flush at the end.
type BundleFn struct {
	bundle chan string
	flush  func(string)
}

func (fn *BundleFn) StartBundle(func(string)) {
	fn.bundle = make(chan string, 1024) // silent: made once for a bundle
}

func (fn *BundleFn) ProcessElement(word string, _ func(string)) {
	select {
	case fn.bundle <- word:
	default:
	}
}

func (fn *BundleFn) FinishBundle(func(string)) {
	var wg sync.WaitGroup
	close(fn.bundle)
	for word := range fn.bundle {
		wg.Add(1)
		go func() { // silent: FinishBundle is not hot
			defer wg.Done()
			fn.flush(word)
		}()
	}
	wg.Wait()
}

// JoinedFn has its goroutines back before it returns.
type JoinedFn struct {
	lookups []func(string) string
}

func (fn *JoinedFn) ProcessElement(word string, emit func(string)) {
	found := make(chan string, len(fn.lookups)) // silent: serves joined goroutines
	for _, lookup := range fn.lookups {
		go func() { found <- lookup(word) }() // silent: joined, each by a receive
	}
	for range fn.lookups {
		emit(<-found)
	}
}

// ClosingFn opens a connection and closes it.
type ClosingFn struct {
	Addr string
}

func (fn *ClosingFn) ProcessElement(word string) (int, error) {
	conn, err := net.Dial("tcp", fn.Addr) // silent: closed before the call returns
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	return conn.Write([]byte(word))
}

// Unexported has its method under a name that Beam does not look for.
type Unexported struct {
	notify func(string)
}

func (fn *Unexported) processElement(word string) {
	go fn.notify(word) // silent: Beam looks for ProcessElement
}

var _ = (*Unexported).processElement

// FieldFn has a field of that name, which is no method.
type FieldFn struct {
	ProcessElement func(string)
}

func (fn *FieldFn) Setup(notify func(string)) {
	fn.ProcessElement = func(word string) {
		go notify(word) // silent: a field is no method
	}
}

// ProcessElement is a function, and no method.
func ProcessElement(word string, notify func(string)) {
	go notify(word) // silent: no method
}
