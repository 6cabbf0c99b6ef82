package stopmissing

import (
	"context"
	"net"
	"time"
)

// Meter reports the level to a server, once a second.
type Meter struct {
	conn   net.Conn
	ticker *time.Ticker
	level  int16
}

func (m *Meter) SessionStart(context.Context) (err error) {
	if m.conn, err = net.Dial("udp", "localhost:8125"); err != nil { // want `never closes what SessionStart opens and keeps in conn.*\(stop-missing\)$`
		return err
	}
	m.ticker = time.NewTicker(time.Second)
	go m.report() // want `never ends the goroutine that SessionStart starts.*\(stop-missing\)$`
	return nil
}

func (m *Meter) report() {
	for range m.ticker.C {
		m.conn.Write([]byte{byte(m.level), byte(m.level >> 8)})
	}
}

func (m *Meter) Emit(context.Context) (int16, error) { return m.level, nil }

func (m *Meter) SessionStop(context.Context) error {
	m.ticker.Stop()
	return nil
}
