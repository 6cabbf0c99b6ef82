// The command is golangci-lint with emitcheck in it, put together as
// "golangci-lint custom" does: its own main beside a list of plugins. The tests
// run it, and nobody else.
package main

import (
	"fmt"
	"os"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"
)

func main() {
	// Without a version golangci-lint keys its cache by the program's own hash.
	if err := commands.Execute(commands.BuildInfo{}); err != nil {
		fmt.Fprintf(os.Stderr, "The command is terminated due to an error: %v\n", err)
		os.Exit(exitcodes.Failure)
	}
}
