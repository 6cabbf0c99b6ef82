package files // stop

// SessionStop ends.
func (h *StartNoImport) SessionStop() {}
