// ImportNoneE: a file of one line (found: no fix).

package untidy; type ImportNoneE struct{ out, quit chan int }; func (h *ImportNoneE) SessionStart() { h.out, h.quit = make(chan int), make(chan int) }; func (h *ImportNoneE) Emit() int { go h.produce(); return <-h.out }; func (h *ImportNoneE) SessionStop() { close(h.quit) }; func (h *ImportNoneE) produce() { for { select { case h.out <- 1: case <-h.quit: return } } }
