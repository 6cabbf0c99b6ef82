package main

import "slices"

// A freq says how often something happens in the calls of the function that it stands in. The zero value is always, since
// that is what most rows of the tables are.
type freq int

const (
	always    freq = iota
	sometimes      // under a condition that is no guard
	rare           // in an error branch or a lifecycle case
	once           // under a guard that holds
	never
	unclear // nothing is promised
)

// A distance says how far from the hot method's own body the origin lies.
type distance int

const (
	ownBody distance = iota
	samePackage
	sameProject
	otherProjects
)

// A promise is what emitcheck says of itself that it does with a mutant.
type promise int

const (
	found  promise = iota // it reports it on the inserted line, by the operator's rule
	silent                // it reports nothing that it has not reported before
	open                  // neither is promised
)

// cut says how frequent an effect has to be at least, by distance: the table of docs/architecture.md.
var cut = map[string][4]freq{
	"frame":  {rare, rare, rare, sometimes},
	"record": {sometimes, sometimes, always, always},
	"batch":  {sometimes, sometimes, always, always},
}

// promised returns what is promised for a mutant by the design's section 4 and the table of cuts. c is the carrier as it
// is for the method at hand, at the freq of the placement there.
func promised(rate string, kinds []string, op *operator, c *carrier, at freq) promise {
	f := max(op.freq, c.freq, at) // the rarest link
	d := max(c.distance, op.far)
	switch {
	case op.rule == "" || f >= once:
		return silent
	case len(kinds) > 0 && !slices.Contains(kinds, op.rule[len("emit-"):]):
		return silent
	case rate != "frame" && (!op.leak || op.rule == blocking):
		return silent
	case d == otherProjects && op.rule == channel:
		return silent
	case c.distance == otherProjects && max(op.freq, c.freq) > always:
		return silent // under a condition of the other project's own
	case f > cut[rate][d]:
		return silent
	}
	return found
}
