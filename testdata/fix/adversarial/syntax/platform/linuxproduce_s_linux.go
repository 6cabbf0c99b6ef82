package platform

import "context"

// produce runs as long as its context.
func (h *LinuxProduce) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}
