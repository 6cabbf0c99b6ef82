package files

func (h *StartNoImport) SessionStart() error {
	h.out = make(chan int)
	return nil
}
