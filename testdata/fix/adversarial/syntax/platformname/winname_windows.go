//go:build windows

package platformname

var sync = 1
