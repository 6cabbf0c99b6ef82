package effects

import (
	"context"
	"net/http"
	"time"
)

// Cli: comments inside the literal of the client.

type Cli struct {
	out chan int
}

// SessionStart begins.
func (h *Cli) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *Cli) Emit(ctx context.Context) (int, error) {
	c := &http.Client{ // mine
		Transport: &http.Transport{ // own
			MaxIdleConns: 3, /* few */
		}, // end
		// no timeout
	} // done
	req, _ := http.NewRequestWithContext(ctx, "GET", `http://x/
`, nil)
	r, err := c.Do(req)
	if err != nil {
		return 0, err
	}
	return r.StatusCode, r.Body.Close()
}

// SessionStop ends.
func (h *Cli) SessionStop(ctx context.Context) error {
	return nil
}

// CliVar: a client that is a value.

type CliVar struct {
	out chan int
}

// SessionStart begins.
func (h *CliVar) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *CliVar) Emit(ctx context.Context) (int, error) {
	var c = http.Client{Transport: &http.Transport{}}
	req, _ := http.NewRequestWithContext(ctx, "GET", "http://x/", nil)
	r, err := c.Do(req)
	if err != nil {
		return 0, err
	}
	return r.StatusCode, r.Body.Close()
}

// SessionStop ends.
func (h *CliVar) SessionStop(ctx context.Context) error {
	return nil
}

// CliInline: a client in parentheses, used at once.

type CliInline struct {
	out chan int
}

// SessionStart begins.
func (h *CliInline) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *CliInline) Emit(ctx context.Context) (int, error) {
	req, _ := http.NewRequestWithContext(ctx, "GET", "http://x/", nil)
	r, err := (&http.Client{Transport: &http.Transport{}}).Do(req)
	if err != nil {
		return 0, err
	}
	return r.StatusCode, r.Body.Close()
}

// SessionStop ends.
func (h *CliInline) SessionStop(ctx context.Context) error {
	return nil
}

// CliRedirect: a client that keeps the context of the call.

type CliRedirect struct {
	out chan int
}

// SessionStart begins.
func (h *CliRedirect) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *CliRedirect) Emit(ctx context.Context) (int, error) {
	c := &http.Client{Transport: &http.Transport{}, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		return ctx.Err()
	}}
	req, _ := http.NewRequestWithContext(ctx, "GET", "http://x/", nil)
	r, err := c.Do(req)
	if err != nil {
		return 0, err
	}
	return r.StatusCode, r.Body.Close()
}

// SessionStop ends.
func (h *CliRedirect) SessionStop(ctx context.Context) error {
	return nil
}

// CliAssign: a field of the client is set later.

type CliAssign struct {
	out chan int
}

// SessionStart begins.
func (h *CliAssign) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *CliAssign) Emit(ctx context.Context) (int, error) {
	c := &http.Client{Transport: &http.Transport{}}
	c.Timeout = time.Second
	req, _ := http.NewRequestWithContext(ctx, "GET", "http://x/", nil)
	r, err := c.Do(req)
	if err != nil {
		return 0, err
	}
	return r.StatusCode, r.Body.Close()
}

// SessionStop ends.
func (h *CliAssign) SessionStop(ctx context.Context) error {
	return nil
}

// CliAmp: the address of the client is taken.

type CliAmp struct {
	out chan int
}

// SessionStart begins.
func (h *CliAmp) SessionStart(ctx context.Context) error {
	h.out = make(chan int, 8)
	return nil
}

func (h *CliAmp) Emit(ctx context.Context) (int, error) {
	c := http.Client{Transport: &http.Transport{}}
	p := &c
	req, _ := http.NewRequestWithContext(ctx, "GET", "http://x/", nil)
	r, err := p.Do(req)
	if err != nil {
		return 0, err
	}
	return r.StatusCode, r.Body.Close()
}

// SessionStop ends.
func (h *CliAmp) SessionStop(ctx context.Context) error {
	return nil
}
