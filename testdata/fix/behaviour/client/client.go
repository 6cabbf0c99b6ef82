// Package client has an http.Client with a transport of its own for each call.
// What counts is connections, at a server of its own.
package client

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"time"
)

var Created atomic.Int64

var service = func() *httptest.Server {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "frame")
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			Created.Add(1)
		}
	}
	s.Start()
	return s
}()

func New() any { return &H{url: service.URL} }

type H struct{ url string }

func (h *H) SessionStart(context.Context) error { return nil }

func (h *H) Emit(ctx context.Context) (string, error) {
	c := &http.Client{Transport: &http.Transport{}, Timeout: time.Minute} // want `\(emit-resource\)` `\(emit-resource\)`
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, h.url, nil)
	if err != nil {
		return "", err
	}
	resp, err := c.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return string(body), err
}

func (h *H) SessionStop(context.Context) error { return nil }
