package zap

import (
	"os"
	"sync"

	"go.uber.org/zap/zapcore"
)

// queued has one goroutine for a core and all that are made of it.
type queued struct {
	zapcore.Core
	entries chan zapcore.Entry
}

// NewQueued starts it.
func NewQueued(next zapcore.Core) zapcore.Core {
	q := &queued{next, make(chan zapcore.Entry, 64)} // silent: once
	go func() {                                      // silent: started by the constructor
		for e := range q.entries {
			_ = next.Write(e, nil)
		}
	}()
	return q
}

func (q *queued) Check(e zapcore.Entry, ce *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	return ce.AddCore(e, q)
}

func (q *queued) With(fields []zapcore.Field) zapcore.Core {
	return &queued{q.Core.With(fields), q.entries} // silent: what writes is shared on purpose
}

func (q *queued) Write(e zapcore.Entry, _ []zapcore.Field) error {
	select {
	case q.entries <- e: // silent: it does not wait
	default:
	}
	return nil
}

// lazy opens its file with the first entry, and closes it with Sync.
type lazy struct {
	zapcore.Core
	mu   sync.Mutex
	name string
	f    *os.File
}

func (l *lazy) Write(e zapcore.Entry, _ []zapcore.Field) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.f == nil {
		f, err := os.Create(l.name) // silent: once
		if err != nil {
			return err
		}
		l.f = f
	}
	_, err := l.f.WriteString(e.Message)
	return err
}

func (l *lazy) Sync() error {
	go l.rotate() // silent: Sync is not hot
	return l.f.Sync()
}

func (l *lazy) rotate() {}

// tee writes to two cores at once.
type tee struct {
	zapcore.Core
	other zapcore.Core
}

func (t tee) Write(e zapcore.Entry, fields []zapcore.Field) error {
	var wg sync.WaitGroup
	wg.Go(func() { _ = t.other.Write(e, fields) }) // silent: joined
	err := t.Core.Write(e, fields)
	wg.Wait()
	return err
}

// appender closes its file again with each entry.
type appender struct {
	zapcore.Core
	name string
}

func (a appender) Write(e zapcore.Entry, _ []zapcore.Field) error {
	f, err := os.OpenFile(a.name, os.O_APPEND|os.O_WRONLY, 0) // silent: closed before the call returns
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(e.Message)
	return err
}

// Sink is a zapcore.WriteSyncer, and no core.
type Sink struct{ flush func() }

// Write is an io.Writer's.
func (s *Sink) Write(p []byte) (int, error) {
	go s.flush() // silent: no zapcore.Core
	return len(p), nil
}

// Sync flushes.
func (s *Sink) Sync() error { return nil }

var _ = []zapcore.Core{&lazy{}, tee{}, appender{}}
