// ImportNoneB: no imports, a comment of two lines behind the clause (found: no fix).

package untidy /* the
clause */
type ImportNoneB struct{ out, quit chan int }

func (h *ImportNoneB) produce() {
	for {
		select {
		case h.out <- 1:
		case <-h.quit:
			return
		}
	}
}

func (h *ImportNoneB) SessionStart() { h.out, h.quit = make(chan int), make(chan int) }

func (h *ImportNoneB) Emit() int {
	go h.produce()
	return <-h.out
}

func (h *ImportNoneB) SessionStop() { close(h.quit) }
