package handlertype

import (
	"context"

	"corpus/handlertype/api"
	"corpus/handlertype/base"
)

// Function types of another package that have a directive.

func audit([]byte) {}

func register() {
	api.Handle("literal", func(_ context.Context, data []byte) error {
		go audit(data) // want `^HandleFunc starts a goroutine on each call.*\(emit-goroutine\)$`
		return nil
	})
	api.Handle("function", handleOne)
	var s service
	api.Handle("method", s.handle)
	handle := func(_ context.Context, data []byte) error {
		done := make(chan struct{}) // silent: a cost, at rate record
		go func() {
			audit(data)
			close(done)
		}()
		<-done
		return nil
	}
	api.Handle("variable", handle)
	plain := func(_ context.Context, data []byte) error {
		go audit(data) // silent: nothing makes it hot
		return nil
	}
	_ = plain
}

func handleOne(_ context.Context, data []byte) error {
	go audit(data) // want `^handleOne starts a goroutine on each call`
	return nil
}

type service struct{ queue chan []byte }

func (s *service) handle(_ context.Context, data []byte) error {
	go func() { s.queue <- data }() // want `^handle starts a goroutine on each call: \(\*service\)\.handle `
	return nil
}

func (s *service) other(_ context.Context, data []byte) error {
	go audit(data) // silent: it is converted to no such type
	return nil
}

var _ = api.PlainFunc(func(_ context.Context, data []byte) error {
	go audit(data) // silent: that type has no directive
	return nil
})

// pulls is converted to an instance, whose rate is frame: costs count.
var pulls = api.PullFunc[Frame](func(context.Context) (Frame, error) {
	done := make(chan struct{}) // want `emit-channel`
	go close(done)              // want `over when the call returns.*emit-goroutine`
	<-done
	return Frame{}, nil
})

// makes returns one.
func makes() api.PullFunc[int] {
	go audit(nil) // silent: once, where it is made
	return func(context.Context) (int, error) {
		go audit(nil) // want `emit-goroutine`
		return 0, nil
	}
}

func registerOthers(s *base.Service, h base.Handler) {
	api.Handle("function", base.Forward) // want `^Forward starts a goroutine on each call: base\.Forward `
	api.Handle("quiet", base.Keep)       // silent: it does nothing
	api.Handle("method", s.Handle)       // want `^Handle starts a goroutine on each call: `
	api.Handle("interface", h.Handle)    // silent: which one runs is not known
	_ = base.Forward(nil, nil)           // silent: a call is no conversion
}
