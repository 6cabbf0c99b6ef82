// Noop is a vet tool whose analyzer does nothing: the yardstick for what one
// costs under go vet. With NOOP_GC=off it has the garbage collector as emitcheck
// does.
package main

import (
	"os"
	"runtime/debug"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
)

func main() {
	if os.Getenv("NOOP_GC") == "off" {
		debug.SetGCPercent(-1)
		debug.SetMemoryLimit(1 << 30)
	}
	unitchecker.Main(&analysis.Analyzer{
		Name: "noop",
		Doc:  "does nothing",
		Run:  func(*analysis.Pass) (any, error) { return nil, nil },
	})
}
