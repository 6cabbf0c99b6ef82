// Package slog holds handlers of log/slog, which are asked for.
package slog

import (
	"context"
	"log/slog"
	"net"
	"os"
	"slices"
)

// Async starts a goroutine for each record.
type Async struct {
	next slog.Handler
}

var _ slog.Handler = (*Async)(nil)

// Enabled is called early.
func (a *Async) Enabled(ctx context.Context, l slog.Level) bool { return a.next.Enabled(ctx, l) }

// Handle handles a record.
func (a *Async) Handle(_ context.Context, r slog.Record) error {
	go a.next.Handle(context.Background(), r.Clone()) // want `Handle starts a goroutine on each call: .*\(emit-goroutine\)$`
	return nil
}

// WithAttrs returns a handler that has attributes.
func (a *Async) WithAttrs(attrs []slog.Attr) slog.Handler { return &Async{a.next.WithAttrs(attrs)} }

// WithGroup returns a handler that has a group.
func (a *Async) WithGroup(name string) slog.Handler { return &Async{a.next.WithGroup(name)} }

// Multi embeds one handler and has further ones.
type Multi struct {
	slog.Handler
	more []slog.Handler
}

// Handle hands a record to all.
func (m Multi) Handle(ctx context.Context, r slog.Record) error {
	for _, h := range m.more {
		go func() { // want `Handle starts a goroutine on each call`
			_ = h.Handle(ctx, r)
		}()
	}
	return m.Handler.Handle(ctx, r)
}

// WithAttrs keeps the handlers.
func (m Multi) WithAttrs(attrs []slog.Attr) slog.Handler {
	return Multi{m.Handler.WithAttrs(attrs), slices.Clone(m.more)}
}

// Remote dials for each record.
type Remote struct {
	slog.Handler
	addr string
	all  []net.Conn
}

// Handle sends a record.
func (r *Remote) Handle(_ context.Context, record slog.Record) error {
	conn, err := net.Dial("udp", r.addr) // want `Handle opens a resource on each call.*emit-resource`
	if err != nil {
		return err
	}
	r.all = append(r.all, conn)
	_, err = conn.Write([]byte(record.Message))
	return err
}

// Marked opens a file where a level is asked for.
type Marked struct {
	slog.Handler
	name string
}

// Enabled looks whether there is a mark.
func (m *Marked) Enabled(context.Context, slog.Level) bool {
	_, err := os.Open(m.name) // want `Enabled opens a resource on each call`
	return err == nil
}
