//go:build !linux

package main

import "os/exec"

// watch does not know the memory of a group of processes here.
func watch(*exec.Cmd) (peak func() int64) { return func() int64 { return 0 } }
