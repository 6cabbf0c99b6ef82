// Package zap holds cores of zap's loggers, which are asked for.
package zap

import (
	"bytes"
	"net/http"
	"os"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// files opens a file for each entry.
type files struct {
	zapcore.LevelEnabler
	enc  zapcore.Encoder
	open []*os.File
}

var _ zapcore.Core = (*files)(nil)

func (c *files) With(fields []zapcore.Field) zapcore.Core {
	enc := c.enc.Clone()
	for _, f := range fields {
		f.AddTo(enc)
	}
	return &files{LevelEnabler: c.LevelEnabler, enc: enc}
}

func (c *files) Check(e zapcore.Entry, ce *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if c.Enabled(e.Level) {
		return ce.AddCore(e, c)
	}
	return ce
}

func (c *files) Write(e zapcore.Entry, fields []zapcore.Field) error {
	buf, err := c.enc.EncodeEntry(e, fields)
	if err != nil {
		return err
	}
	defer buf.Free()
	f, err := os.OpenFile(e.LoggerName, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600) // want `Write opens a resource on each call.*emit-resource`
	if err != nil {
		return err
	}
	c.open = append(c.open, f)
	_, err = f.Write(buf.Bytes())
	return err
}

func (c *files) Sync() error { return nil }

// webhook embeds the core that it adds to.
type webhook struct {
	zapcore.Core
	url string
}

func (w *webhook) Write(e zapcore.Entry, fields []zapcore.Field) error {
	if e.Level >= zapcore.ErrorLevel {
		go w.post(e.Message) // want `Write starts a goroutine on some calls.*emit-goroutine`
	}
	return w.Core.Write(e, fields)
}

func (w *webhook) post(message string) {
	res, err := http.Post(w.url, "text/plain", bytes.NewReader([]byte(message)))
	if err == nil {
		_ = res.Body.Close()
	}
}

func (w *webhook) Check(e zapcore.Entry, ce *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	time.AfterFunc(time.Second, func() { w.post("late") }) // want `Check .*emit-(goroutine|resource)`
	return ce.AddCore(e, w)
}

// Wrap is how such a core gets into a logger.
func Wrap(url string) zap.Option {
	return zap.WrapCore(func(c zapcore.Core) zapcore.Core { return &webhook{c, url} })
}
