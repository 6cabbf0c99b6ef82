package files

import context "fmt"

var _ = context.Sprint

func (h *EmitShadow) SessionStart() error {
	h.out = make(chan int)
	return nil
}
