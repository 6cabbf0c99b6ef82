package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path"
	"strings"
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
	Test    bool   `json:"test,omitempty"`  // it stands in a test file
}

// key returns the key of a finding. Two findings can have the same one: two
// equal lines of one method.
func (r *results) key(f *finding) findingKey {
	line, _ := r.texts.line(f.start.Filename, f.start.Line)
	return findingKey{
		Rule: f.Rule, Package: f.pkg, Handler: f.Handler, Method: f.Method,
		Chain: functions(f),
		Line:  strings.ToValidUTF8(string(bytes.Join(bytes.Fields(line), []byte(" "))), "?"), // as JSON can hold it
		Test:  strings.HasSuffix(f.start.Filename, "_test.go"),
	}
}

// functions names the functions of a finding's chain behind the first, those of
// other packages with the import path, since packages may share a name.
func functions(f *finding) string {
	var names []string
	for i, hop := range f.Chain {
		switch pkg := path.Dir(hop.File); {
		case i == 0:
		case pkg == f.pkg || pkg == ".":
			names = append(names, hop.Function)
		default:
			names = append(names, hop.Function+" in "+pkg)
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
