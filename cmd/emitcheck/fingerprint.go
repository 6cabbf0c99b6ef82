package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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

// fingerprints returns for each finding what tells it from all others of the
// run: its key, and which of those with this key it is.
func (r *results) fingerprints() ([]string, error) {
	prints := make([]string, len(r.findings))
	seen := make(map[findingKey]int)
	for i := range r.findings {
		key := r.key(&r.findings[i])
		data, err := json.Marshal(struct {
			Key     findingKey
			Ordinal int
		}{key, seen[key]})
		if err != nil {
			return nil, err
		}
		seen[key]++
		sum := sha256.Sum256(data)
		prints[i] = hex.EncodeToString(sum[:])
	}
	return prints, nil
}
