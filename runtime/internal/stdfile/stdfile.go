// Package stdfile tells files of the standard library from others, for those
// who look for the user's own place in a stack. It holds nothing else.
package stdfile

import (
	"reflect"
	"runtime"
	"strings"
)

// known is a file of the standard library, and a function in it.
const known = "strings/strings.go"

// root is the folder that holds the standard library's sources as this binary
// names them; empty if it was built with -trimpath.
var root = func() string {
	file, _ := runtime.FuncForPC(reflect.ValueOf(strings.Cut).Pointer()).FileLine(0)
	return strings.TrimSuffix(file, known)
}()

// Is reports whether file, as in a stack, is one of the standard library's.
func Is(file string) bool {
	if root != "" {
		return strings.HasPrefix(file, root)
	}
	// Files are named by their import paths, and std's have no dot in the first
	// element.
	first, _, _ := strings.Cut(file, "/")
	return !strings.Contains(first, ".")
}
