// Package i_none is.
package imports

// NoneD is the handler.
type NoneD struct{ out, quit chan int }

func (h *NoneD) produce() {
	for {
		select {
		case h.out <- 1:
		case <-h.quit:
			return
		}
	}
}

func (h *NoneD) SessionStart() { h.out, h.quit = make(chan int), make(chan int) }

func (h *NoneD) Emit() int {
	go h.produce()
	return <-h.out
}

func (h *NoneD) SessionStop() { close(h.quit) }

// NoneD: no imports, a comment right below the package clause.
