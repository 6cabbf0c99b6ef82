// Package goka holds the callbacks of goka's processors.
package goka

import (
	"net/http"
	"os"

	"github.com/lovoo/goka"
	"github.com/lovoo/goka/codec"
)

// Graph has callbacks of all kinds.
func Graph(notify func(string), load func(string) chan int) *goka.GroupGraph {
	return goka.DefineGroup("clicks",
		goka.Input("in", new(codec.String), func(ctx goka.Context, msg interface{}) {
			go notify(ctx.Key()) // want `ProcessCallback starts a goroutine on each call: .*\(emit-goroutine\)$`
			ctx.SetValue(msg)
		}),
		goka.Loop(new(codec.Int64), func(ctx goka.Context, msg any) {
			spawn(func() { notify(ctx.Key()) }) // want `→ spawn .*emit-goroutine`
		}),
		goka.Visitor("visit", visit),
		goka.Inputs(goka.Streams{"a", "b"}, new(codec.String), (&Counter{}).Process),
		goka.Persist(new(codec.Int64)),
	)
}

func spawn(f func()) { go f() }

var logs []*os.File

func visit(ctx goka.Context, _ interface{}) {
	f, err := os.Create(ctx.Key()) // want `visit opens a resource on each call.*emit-resource`
	if err != nil {
		ctx.Fail(err)
	}
	logs = append(logs, f)
}

// Counter has its callback as a method.
type Counter struct {
	waiting map[string]chan int64
	client  *http.Client
}

// Process counts.
func (c *Counter) Process(ctx goka.Context, msg interface{}) {
	c.waiting[ctx.Key()] = make(chan int64, 1)          // want `Process makes a channel on each call.*emit-channel`
	c.client = &http.Client{Transport: fresh(c.client)} // want `emit-resource`
}

func fresh(*http.Client) http.RoundTripper { return &http.Transport{} }

// Wrapped makes a callback of another.
func Wrapped(next goka.ProcessCallback, seen func(int64)) goka.ProcessCallback {
	return func(ctx goka.Context, msg interface{}) {
		go seen(ctx.Offset()) // want `emit-goroutine`
		next(ctx, msg)
	}
}
