package files

import (
	cx "context"
)

// SessionStop ends.
func (h *StartOther) SessionStop(ctx cx.Context) error {
	return nil
}
