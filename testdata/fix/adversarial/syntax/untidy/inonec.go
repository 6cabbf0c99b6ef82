// ImportNoneC: no imports, a semicolon behind the clause.

package untidy; 
type ImportNoneC struct{ out, quit chan int }

func (h *ImportNoneC) produce() {
	for {
		select {
		case h.out <- 1:
		case <-h.quit:
			return
		}
	}
}

func (h *ImportNoneC) SessionStart() { h.out, h.quit = make(chan int), make(chan int) }

func (h *ImportNoneC) Emit() int {
	go h.produce()
	return <-h.out
}

func (h *ImportNoneC) SessionStop() { close(h.quit) }
