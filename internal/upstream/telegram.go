package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	slogtelegram "github.com/samber/slog-telegram/v2"
)

// telegram logs to a server that has answered the greeting and nothing since.
func telegram() (hot func(int) error, end func(), err error) {
	usual := http.DefaultTransport
	answer := make(chan struct{})
	http.DefaultTransport = roundTripper(func(r *http.Request) (*http.Response, error) {
		if !strings.HasSuffix(r.URL.Path, "/getMe") {
			<-answer
		}
		return &http.Response{
			StatusCode: http.StatusOK, Request: r,
			Body: io.NopCloser(strings.NewReader(`{"ok":true,"result":{}}`)),
		}, nil
	})
	handler := slogtelegram.Option{Token: "token", Username: "@channel"}.NewTelegramHandler()
	hot = func(int) error {
		return handler.Handle(context.Background(), slog.NewRecord(time.Now(), slog.LevelError, "lost a frame", 0))
	}
	return hot, func() { close(answer); http.DefaultTransport = usual }, nil
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
