package goka

import (
	"context"
	"sync"
	"time"

	"github.com/lovoo/goka"
	"github.com/lovoo/goka/codec"
)

// QuietGraph has callbacks that do light work.
func QuietGraph(notify func(string), rates func(context.Context) (int64, error)) *goka.GroupGraph {
	keys := make(chan string, 100) // silent: once for each graph
	go func() {                    // silent: once for each graph
		for k := range keys {
			notify(k)
		}
	}()
	var first sync.Once
	started := false
	return goka.DefineGroup("clicks",
		goka.Input("in", new(codec.String), func(ctx goka.Context, msg interface{}) {
			keys <- ctx.Key() // silent: a message may wait
		}),
		goka.Input("once", new(codec.String), func(ctx goka.Context, msg interface{}) {
			first.Do(func() { go notify("first") }) // silent: once
			if !started {
				started = true
				go notify("second") // silent: once
			}
		}),
		goka.Input("joined", new(codec.String), func(ctx goka.Context, msg interface{}) {
			var wg sync.WaitGroup
			wg.Add(1)
			go func() { // silent: joined
				defer wg.Done()
				notify(ctx.Key())
			}()
			wg.Wait()
		}),
		goka.Input("deferred", new(codec.String), func(ctx goka.Context, msg interface{}) {
			c, cancel := context.WithTimeout(ctx.Context(), time.Second) // silent: cancelled before the call returns
			defer cancel()
			rate, err := rates(c)
			if err != nil {
				ctx.Fail(err)
			}
			ctx.SetValue(rate)
		}),
	)
}

// Batches has a callback that commits later, by a goroutine of its own.
type Batches struct {
	work chan func(error)
	stop chan struct{}
}

// NewBatches starts the goroutine.
func NewBatches() *Batches {
	b := &Batches{work: make(chan func(error), 10), stop: make(chan struct{})}
	go b.run() // silent: started by the constructor
	return b
}

func (b *Batches) run() {
	for {
		select {
		case commit := <-b.work:
			commit(nil)
		case <-b.stop:
			return
		}
	}
}

// Process is called for each message.
func (b *Batches) Process(ctx goka.Context, msg interface{}) {
	select {
	case b.work <- ctx.DeferCommit():
	case <-ctx.Context().Done():
	}
}

// Edge makes Process hot.
func (b *Batches) Edge() goka.Edge { return goka.Input("in", new(codec.String), b.Process) }

// Rebalanced is another kind of callback.
func Rebalanced(notify func(string)) goka.ProcessorOption {
	return goka.WithRebalanceCallback(func(a goka.Assignment) {
		go notify("rebalanced") // silent: called with each assignment, not with each message
	})
}

// plain has the signature, but goes nowhere.
func plain(ctx goka.Context, msg interface{}) {
	go ctx.Key() // silent: no ProcessCallback
}

var _ = plain
