// ImportNoneF: a file of one line with an import.

package untidy; import "context"; type ImportNoneF struct{ out chan int }; func (h *ImportNoneF) SessionStart() { h.out = make(chan int) }; func (h *ImportNoneF) Emit(ctx context.Context) int { go h.produce(ctx); return <-h.out }; func (h *ImportNoneF) produce(ctx context.Context) { for { select { case h.out <- 1: case <-ctx.Done(): return } } }
