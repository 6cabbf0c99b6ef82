//go:build unix

package main

import (
	"bytes"
	"os"
	"strconv"
	"syscall"
	"time"
)

// cpuTime returns the CPU time that the process has taken so far, user and system.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// residentMemory returns how many bytes of the process are in memory; 0 where there is no /proc.
func residentMemory() float64 {
	data, _ := os.ReadFile("/proc/self/statm")
	fields := bytes.Fields(data)
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.Atoi(string(fields[1]))
	return float64(pages * os.Getpagesize())
}

// machineTime returns the CPU time that all processes have taken so far, as far as /proc knows it.
func machineTime() time.Duration {
	const perSecond = 100 // the unit of /proc/stat is fixed, whatever the kernel's is
	data, _ := os.ReadFile("/proc/stat")
	line, _, _ := bytes.Cut(data, []byte("\n"))
	var ticks int
	for i, f := range bytes.Fields(line) {
		// cpu user nice system idle iowait irq softirq steal; what follows is counted in these.
		if i == 0 || i == 4 || i == 5 || i > 8 {
			continue
		}
		t, _ := strconv.Atoi(string(f))
		ticks += t
	}
	return time.Duration(ticks) * time.Second / perSecond
}
