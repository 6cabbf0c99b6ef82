package chain

import (
	"context"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/singleflight"
)

// ErrgroupWaited waits for its group: a cost.
type ErrgroupWaited struct {
	session
	parts [][]byte
}

func (h *ErrgroupWaited) Emit(ctx context.Context) (int, error) {
	g, gctx := errgroup.WithContext(ctx) // silent: no effect
	for _, part := range h.parts {
		g.Go(func() error { // want `on each call \(over when the call returns\).*emit-goroutine`
			clear(part)
			return gctx.Err() // silent: joined, so nothing escapes
		})
	}
	if err := g.Wait(); err != nil { // silent: waits for what the same call started
		return 0, err
	}
	return len(h.parts), nil
}

// ErrgroupReturned waits in the return statement.
type ErrgroupReturned struct{ session }

func (h *ErrgroupReturned) Emit(ctx context.Context) (int, error) {
	var g errgroup.Group
	g.Go(func() error { return nil }) // want `over when the call returns\): \(\*ErrgroupReturned\)\.Emit → \(\*errgroup\.Group\)\.Go \(go statement at errgroup\.go:\d+\)`
	return 1, g.Wait()
}

// ErrgroupForgotten does not wait.
type ErrgroupForgotten struct{ session }

func (h *ErrgroupForgotten) Emit(ctx context.Context) (int, error) {
	var g errgroup.Group
	g.Go(func() error { return nil }) // want `on each call: \(\*ErrgroupForgotten\)\.Emit → \(\*errgroup\.Group\)\.Go \(go statement at errgroup\.go:\d+\)`
	return 1, nil
}

// ErrgroupOfSession starts another member of the session's group per frame.
type ErrgroupOfSession struct {
	session
	group *errgroup.Group
}

func (h *ErrgroupOfSession) Emit(ctx context.Context) (int, error) {
	h.group.Go(func() error { // want `on each call: .*emit-goroutine`
		spawn() // silent: the goroutine's own affair
		return nil
	})
	return 1, nil
}

// ErrgroupTry starts one if there is room: another project's condition.
type ErrgroupTry struct {
	session
	group errgroup.Group
}

func (h *ErrgroupTry) Emit(ctx context.Context) (bool, error) {
	return h.group.TryGo(func() error { return nil }), nil // silent: on some calls, another project
}

// ErrgroupRecordWaited waits for it, record by record.
type ErrgroupRecordWaited struct{ session }

func (h *ErrgroupRecordWaited) Emit(rec Record) error {
	var g errgroup.Group
	for i := range rec {
		g.Go(func() error { // silent: joined, rate record
			rec[i]++
			return nil
		})
	}
	return g.Wait() // silent: rate record
}

// ErrgroupRecordForgotten leaks one per record.
type ErrgroupRecordForgotten struct {
	session
	group errgroup.Group
}

func (h *ErrgroupRecordForgotten) Emit(rec Record) error {
	h.group.Go(func() error { return nil }) // want `on each call: .*emit-goroutine`
	return nil
}

// Singleflight gets a channel made for the call.
type Singleflight struct {
	session
	group singleflight.Group
}

func (h *Singleflight) Emit(ctx context.Context) (any, error) {
	ch := h.group.DoChan("key", func() (any, error) { return 1, nil }) // want `\(\*Singleflight\)\.Emit → \(\*singleflight\.Group\)\.DoChan .*emit-generator`
	select {
	case res := <-ch:
		return res.Val, res.Err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// SingleflightDo waits for the result.
type SingleflightDo struct {
	session
	group singleflight.Group
}

func (h *SingleflightDo) Emit(ctx context.Context) (any, error) {
	v, err, _ := h.group.Do("key", func() (any, error) { return 1, nil }) // silent: on some calls, another project
	return v, err
}
