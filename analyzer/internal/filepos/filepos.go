// Package filepos orders positions. What they are positions of is its callers'
// affair.
package filepos

import (
	"cmp"
	"go/token"
)

// Compare orders positions of one package as a reader would: by the names of
// their files, then by where they stand there. Comparing the numbers gives the
// order in which a driver has parsed the files, which may be another in each
// run.
func Compare(fset *token.FileSet, a, b token.Pos) int {
	f, g := fset.File(a), fset.File(b)
	if f == g || f == nil || g == nil {
		return cmp.Compare(a, b)
	}
	return cmp.Or(cmp.Compare(f.Name(), g.Name()), cmp.Compare(a, b))
}
