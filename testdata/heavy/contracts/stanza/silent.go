package stanza

import (
	"context"
	"net"
	"sync"
	"time"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/stanza/entry"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/stanza/operator"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/stanza/operator/helper"
)

// Recombine has a goroutine from Start to Stop, as the library's own has.
type Recombine struct {
	helper.TransformerOperator
	mu      sync.Mutex
	partial map[string][]*entry.Entry
	ticker  *time.Ticker
	quit    chan struct{}
	wg      sync.WaitGroup
}

var _ operator.Operator = (*Recombine)(nil)

// Start is called once.
func (r *Recombine) Start(operator.Persister) error {
	r.quit = make(chan struct{})           // silent: once
	r.ticker = time.NewTicker(time.Second) // silent: once
	r.wg.Add(1)
	go r.flush() // silent: started by Start, ended by Stop
	return nil
}

func (r *Recombine) flush() {
	defer r.wg.Done()
	for {
		select {
		case <-r.ticker.C:
			r.mu.Lock()
			clear(r.partial)
			r.mu.Unlock()
		case <-r.quit:
			return
		}
	}
}

// Stop is called once.
func (r *Recombine) Stop() error {
	r.ticker.Stop()
	close(r.quit)
	r.wg.Wait()
	return nil
}

// Process is called for each entry.
func (r *Recombine) Process(ctx context.Context, e *entry.Entry) error {
	skip, err := r.Skip(ctx, e)
	if err != nil {
		return r.HandleEntryError(ctx, e, err)
	}
	if skip {
		return r.Write(ctx, e)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	key := e.Timestamp.String()
	r.partial[key] = append(r.partial[key], e)
	return nil
}

// ProcessBatch processes entries one by one.
func (r *Recombine) ProcessBatch(ctx context.Context, entries []*entry.Entry) error {
	return r.ProcessBatchWith(ctx, entries, r.Process)
}

// Upper has its transform from the helper's methods.
type Upper struct{ helper.TransformerOperator }

// Process is called for each entry.
func (u *Upper) Process(ctx context.Context, e *entry.Entry) error {
	return u.ProcessWith(ctx, e, func(e *entry.Entry) error { // silent: it writes, and creates nothing
		e.AddAttribute("upper", "yes")
		return nil
	})
}

// ProcessBatch is called for each batch.
func (u *Upper) ProcessBatch(ctx context.Context, entries []*entry.Entry) error {
	return u.ProcessBatchWithTransform(ctx, entries, func(*entry.Entry) error { return nil }) // silent: it writes, and creates nothing
}

// UDP is an output that connects in Start.
type UDP struct {
	helper.OutputOperator
	addr string
	conn net.Conn
}

// Start is called once.
func (u *UDP) Start(operator.Persister) (err error) {
	u.conn, err = net.Dial("udp", u.addr) // silent: Start is not hot
	return err
}

// Stop is called once.
func (u *UDP) Stop() error { return u.conn.Close() }

// Process is called for each entry.
func (u *UDP) Process(ctx context.Context, e *entry.Entry) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // silent: cancelled before the call returns
	defer cancel()
	if deadline, ok := ctx.Deadline(); ok {
		_ = u.conn.SetWriteDeadline(deadline)
	}
	_, err := u.conn.Write([]byte(e.Timestamp.String()))
	return err
}

// ProcessBatch sends a batch in parts.
func (u *UDP) ProcessBatch(ctx context.Context, entries []*entry.Entry) error {
	var wg sync.WaitGroup
	for _, e := range entries {
		wg.Add(1)
		go func() { // silent: joined
			defer wg.Done()
			_ = u.Process(ctx, e)
		}()
	}
	wg.Wait()
	return nil
}

// Reader is an input: it processes nothing.
type Reader struct {
	helper.InputOperator
	cancel context.CancelFunc
	read   func(context.Context)
}

// Start is called once.
func (r *Reader) Start(operator.Persister) error {
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	go r.read(ctx) // silent: started by Start, ended by Stop
	return nil
}

// Stop is called once.
func (r *Reader) Stop() error {
	r.cancel()
	return nil
}

// Plain is no operator.
type Plain struct{ log func(*entry.Entry) }

// Process has the signature of an operator's.
func (p Plain) Process(_ context.Context, e *entry.Entry) error {
	go p.log(e) // silent: no operator
	return nil
}
