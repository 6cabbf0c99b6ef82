// Package plain does not import Beam, so what it calls ProcessElement is its own.
package plain

// Walker visits the elements of a document.
type Walker struct {
	visit func(string)
}

// ProcessElement visits an element.
func (w *Walker) ProcessElement(name string) {
	go w.visit(name) // silent: the package does not import Beam
}

// Setup and Teardown complete the resemblance.
func (w *Walker) Setup()    {}
func (w *Walker) Teardown() {}
