// Command emitcheck finds what a handler's hot method creates on each call and
// should not: goroutines, channels, generators, tickers, clients.
//
//	emitcheck [flags] [packages]      report findings
//	emitcheck -fix [packages]         apply the fixes, report what is left
//	emitcheck -diff [packages]        show what -fix would do
//	emitcheck handlers [packages]     list the handler types found, and why
//	emitcheck explain RULE            show a rule's page
//	emitcheck rules                   list the rules
//	emitcheck contracts               list the built-in contracts
//
// The same binary is a vet tool: go vet -vettool=$(which emitcheck) ./..., and a
// fix tool: go fix -fixtool=$(which emitcheck) ./...
//
// Its exit status is 0 if there are no findings, 1 if there are some, and 2 if
// it could not run.
//
// The package holds the command line, the loading of packages and the writing
// of reports; what is reported and how it is fixed is package analyzer's affair,
// and how fixes get into files package edit's.
package main

import (
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/emitcheck/emitcheck/analyzer"
)

func main() {
	args := os.Args[1:]
	if isVetTool(args) {
		// go vet runs a process for each package, of a second or less: there
		// the collector costs more than it frees. The limit is for the one huge
		// package.
		debug.SetGCPercent(-1)
		debug.SetMemoryLimit(1 << 30)
		unitchecker.Main(analyzer.Analyzer)
	}
	os.Exit(run(args, os.Stdout, os.Stderr))
}

// isVetTool tells whether the go command is calling, by the protocol of vet
// tools: -V=full, -flags, or a configuration file.
func isVetTool(args []string) bool {
	return slices.ContainsFunc(args, func(a string) bool {
		return a == "-V=full" || a == "-flags" || strings.HasSuffix(a, ".cfg")
	})
}
