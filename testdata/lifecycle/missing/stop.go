package missing

import (
	"context"
	"io"
)

func (h *InFile2) SessionStop(context.Context) error { return closeAll(h.conn) }

func closeAll(cs ...io.Closer) error {
	for _, c := range cs {
		if err := c.Close(); err != nil {
			return err
		}
	}
	return nil
}
