package imports // the clause
type NoneA struct{ out, quit chan int }

func (h *NoneA) produce() {
	for {
		select {
		case h.out <- 1:
		case <-h.quit:
			return
		}
	}
}

func (h *NoneA) SessionStart() { h.out, h.quit = make(chan int), make(chan int) }

func (h *NoneA) Emit() int {
	go h.produce()
	return <-h.out
}

func (h *NoneA) SessionStop() { close(h.quit) }

// NoneA: no imports, a comment behind the package clause.
