// Typecheck loads and type-checks packages and all their dependencies from source, and does nothing else: the
// yardstick for what an analysis costs on top.
//
//	typecheck [-C dir] [-q] [-test] [packages]
//
// It exits with 1 when a package has errors.
package main

import (
	"flag"
	"fmt"
	"os"

	"golang.org/x/tools/go/packages"
)

func main() {
	dir := flag.String("C", "", "`directory` to load the packages in")
	quiet := flag.Bool("q", false, "don't print what was loaded")
	tests := flag.Bool("test", false, "load the tests, too")
	flag.Parse()
	patterns := flag.Args()
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	roots, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: *dir, Tests: *tests}, patterns...)
	if err != nil {
		fmt.Fprintln(os.Stderr, "typecheck:", err)
		os.Exit(2)
	}
	all := 0
	packages.Visit(roots, nil, func(*packages.Package) { all++ })
	if !*quiet {
		fmt.Printf("%d packages, %d with their dependencies\n", len(roots), all)
	}
	if packages.PrintErrors(roots) > 0 {
		os.Exit(1)
	}
}
