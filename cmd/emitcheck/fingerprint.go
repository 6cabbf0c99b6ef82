package main

import (
	"bytes"
	"strings"

	"github.com/emitcheck/emitcheck/analyzer"
)

// A findingKey tells a finding from others, in this run and in later ones of a
// source that has changed elsewhere. It holds no line numbers and no file, so
// that a finding may move, and the text of its line, so that another one that
// takes its place is new.
type findingKey struct {
	Rule    string `json:"rule"`
	Package string `json:"package"`
	Handler string `json:"handler"`
	Method  string `json:"method"`
	Chain   string `json:"chain,omitempty"` // the functions behind the method
	Line    string `json:"line"`            // white space collapsed
}

// key returns the key of a finding. Two findings can have the same one: two
// equal lines of one method.
func (r *results) key(f *finding) findingKey {
	line, _ := r.texts.line(f.start.Filename, f.start.Line)
	return findingKey{
		Rule: f.Rule, Package: f.pkg, Handler: f.Handler, Method: f.Method,
		Chain: functions(f.Chain),
		Line:  string(bytes.Join(bytes.Fields(line), []byte(" "))),
	}
}

// functions names the functions of a chain behind the first.
func functions(chain []analyzer.Hop) string {
	var names []string
	for i, hop := range chain {
		if i > 0 {
			names = append(names, hop.Function)
		}
	}
	return strings.Join(names, " → ")
}
