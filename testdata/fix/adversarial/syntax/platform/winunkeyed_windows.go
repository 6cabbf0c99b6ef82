//go:build windows

package platform

var xWinUnkeyed = WinUnkeyed{nil}
