//go:build windows

package platform

var xWinCompared = *new(WinCompared) == *new(WinCompared)
