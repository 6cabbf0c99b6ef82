//go:build !unix

package main

import "time"

// cpuTime is not known here.
func cpuTime() time.Duration { return 0 }

// residentMemory is not known here.
func residentMemory() float64 { return 0 }

// machineTime is not known here.
func machineTime() time.Duration { return 0 }
