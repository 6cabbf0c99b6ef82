//go:build windows

package platform

func (h *WinClash) produceWait() {}
