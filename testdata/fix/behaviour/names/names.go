// Package names has the names that a fix would choose, for something else.
package names

import (
	stdctx "context"
	"errors"
	sync "sync/atomic"
)

var Created sync.Int64

func New() any { return &H{} }

var context, produceWait = "a string", 3

type H struct {
	out           chan int
	produceCancel int
}

func (h *H) produceCtx() int { return h.produceCancel }

func (x *H) SessionStart(produceCtx stdctx.Context) error {
	x.out = make(chan int, 1)
	cancel, h := 1, "h"
	if x.produceCancel = cancel; len(h) > len(context) {
		return errors.New("no")
	}
	var err string
	_ = err + h
	return nil
}

func (h *H) produce(ctx stdctx.Context) {
	Created.Add(1)
	for ctx.Err() == nil {
		select {
		case h.out <- h.produceCtx():
		case <-ctx.Done():
		}
	}
}

func (self *H) Emit(cancel stdctx.Context) (int, error) {
	go self.produce(cancel) // want `\(emit-goroutine\)` `\(context-escape\)`
	select {
	case f := <-self.out:
		return f, nil
	case <-cancel.Done():
		return produceWait, cancel.Err()
	}
}

func (_ *H) SessionStop(h stdctx.Context) error {
	return nil
}
