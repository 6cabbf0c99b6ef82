package stopmissing

import (
	"context"
	"net"
	"sync"
	"time"
)

// MeterFixed reports the level until its session stops.
type MeterFixed struct {
	conn   net.Conn
	cancel context.CancelFunc
	wg     sync.WaitGroup
	level  int16
}

func (m *MeterFixed) SessionStart(context.Context) (err error) {
	if m.conn, err = net.Dial("udp", "localhost:8125"); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	m.cancel = cancel
	m.wg.Go(func() { m.report(ctx) })
	return nil
}

func (m *MeterFixed) report(ctx context.Context) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			m.conn.Write([]byte{byte(m.level), byte(m.level >> 8)})
		case <-ctx.Done():
			return
		}
	}
}

func (m *MeterFixed) Emit(context.Context) (int16, error) { return m.level, nil }

func (m *MeterFixed) SessionStop(context.Context) error {
	if m.conn == nil {
		return nil // SessionStart failed
	}
	m.cancel()
	m.wg.Wait()
	return m.conn.Close()
}
