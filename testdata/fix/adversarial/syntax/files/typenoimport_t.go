// Package doc.
package files

/*
	TypeNoImport

is.
*/
type TypeNoImport struct {
	out chan int
}
