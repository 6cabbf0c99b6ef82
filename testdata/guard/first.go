package guard

import "context"

// What a lazy start returns to the first call alone is a guard in its caller.

type device struct{ out chan Record }

func openDevice() (*device, <-chan struct{}, error) { return new(device), nil, nil }

// FirstReady waits beside the calls for what the first of them has opened.
type FirstReady struct {
	session
	dev *device
}

func (h *FirstReady) init() (<-chan struct{}, error) {
	if h.dev != nil {
		return nil, nil
	}
	dev, ready, err := openDevice()
	if err != nil {
		return nil, err
	}
	h.dev = dev
	return ready, nil
}

func (h *FirstReady) Emit(context.Context, Record) error {
	ready, err := h.init()
	if err != nil {
		return err
	}
	if ready != nil {
		go func() { // silent: once per session
			<-ready
			h.loop()
		}()
	}
	return nil
}

// CachedDevice returns the same to every call.
type CachedDevice struct {
	session
	dev *device
}

func (h *CachedDevice) device() *device {
	if h.dev == nil {
		h.dev, _, _ = openDevice()
	}
	return h.dev
}

func (h *CachedDevice) Emit(context.Context, Record) error {
	dev := h.device()
	if dev != nil {
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

// SometimesReady returns something whenever the record asks for it.
type SometimesReady struct {
	session
	dev *device
}

func (h *SometimesReady) init(r Record) <-chan struct{} {
	if h.dev != nil && !r.Urgent {
		return nil
	}
	dev, ready, _ := openDevice()
	h.dev = dev
	return ready
}

func (h *SometimesReady) Emit(_ context.Context, r Record) error {
	ready := h.init(r)
	if ready != nil {
		go h.loop() // want `on some calls.*emit-goroutine`
	}
	return nil
}

// ForgottenReady never says that it has been opened.
type ForgottenReady struct {
	session
	dev *device
}

func (h *ForgottenReady) init() <-chan struct{} {
	if h.dev != nil {
		return nil
	}
	_, ready, _ := openDevice()
	return ready
}

func (h *ForgottenReady) Emit(context.Context, Record) error {
	ready := h.init()
	if ready != nil {
		go h.loop() // want `emit-goroutine`
	}
	return nil
}

// AsksItself returns what it returned before.
type AsksItself struct {
	session
	dev *device
}

func (h *AsksItself) next(n int) *device {
	d := h.dev
	if n > 0 {
		older := h.next(n - 1)
		if older != nil {
			return older
		}
	}
	return d
}

func (h *AsksItself) Emit(_ context.Context, r Record) error {
	d := h.next(r.Rate)
	if d != nil {
		go h.loop() // want `emit-goroutine`
	}
	return nil
}
