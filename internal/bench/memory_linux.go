package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// watch makes the command the leader of a process group, samples the memory of the whole group while it runs, and
// returns a function that gives the peak once the command has ended. go vet and staticcheck are many processes, of
// which getrusage knows only the largest.
func watch(cmd *exec.Cmd) (peak func() int64) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	done := make(chan struct{})
	result := make(chan int64)
	go func() {
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		var most int64
		for {
			select {
			case <-done:
				result <- most
				return
			case <-tick.C:
				if p := cmd.Process; p != nil {
					most = max(most, groupMemory(p.Pid))
				}
			}
		}
	}()
	return func() int64 {
		close(done)
		most := <-result
		if ru, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			most = max(most, ru.Maxrss*1024)
		}
		return most
	}
}

// groupMemory adds up the resident memory of a process group.
func groupMemory(group int) int64 {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	var sum int64
	for _, name := range stats {
		data, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		// What follows the parenthesised name: state, ppid, pgrp, …, rss as the 22nd, in pages.
		i := strings.LastIndexByte(string(data), ')')
		f := strings.Fields(string(data)[i+1:])
		if len(f) < 22 || f[2] != strconv.Itoa(group) {
			continue
		}
		if pages, err := strconv.ParseInt(f[21], 10, 64); err == nil {
			sum += pages * int64(os.Getpagesize())
		}
	}
	return sum
}
