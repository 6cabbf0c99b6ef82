package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/emitcheck/emitcheck/internal/edit"
)

// A baseline is the findings that a code base had when it adopted emitcheck, as
// a file of its own that is kept with the code.
type baseline struct {
	Version  int             `json:"version"`
	Findings []baselineEntry `json:"findings"`
}

// A baselineEntry is some findings with one key.
type baselineEntry struct {
	findingKey
	Count int `json:"count"`
}

// baselineVersion is the version of the file format that this command writes
// and reads.
const baselineVersion = 1

// maxCount bounds the counts of a baseline, so that their sum stays a number.
const maxCount = 1 << 30

// baselineOf returns the baseline of findings: sorted, each key once.
func baselineOf(r *results) *baseline {
	counts := make(map[findingKey]int)
	for i := range r.findings {
		counts[r.key(&r.findings[i])]++
	}
	b := &baseline{Version: baselineVersion, Findings: []baselineEntry{}}
	for key, n := range counts {
		b.Findings = append(b.Findings, baselineEntry{key, n})
	}
	slices.SortFunc(b.Findings, func(x, y baselineEntry) int { return compareKeys(x.findingKey, y.findingKey) })
	return b
}

func compareKeys(a, b findingKey) int {
	return cmp.Or(
		cmp.Compare(a.Package, b.Package), cmp.Compare(a.Handler, b.Handler), cmp.Compare(a.Method, b.Method),
		cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Chain, b.Chain), cmp.Compare(a.Line, b.Line),
	)
}

// encode renders a baseline, a line for each entry, so that two people's changes
// to it seldom meet.
func (b *baseline) encode() ([]byte, error) {
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\n  \"version\": %d,\n  \"findings\": [", b.Version)
	for i, e := range b.Findings {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n    ")
		line, err := marshal(e)
		if err != nil {
			return nil, err
		}
		out.Write(line)
	}
	if len(b.Findings) > 0 {
		out.WriteString("\n  ")
	}
	out.WriteString("]\n}\n")
	return out.Bytes(), nil
}

// marshal is json.Marshal without escapes for HTML: lines of Go have many a <-.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// parseBaseline reads what encode has written, and people may have edited. The
// error tells the line where that is known.
func parseBaseline(data []byte) (*baseline, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	b := new(baseline)
	at := func(offset int64, format string, args ...any) error {
		line := 1 + bytes.Count(data[:min(int(offset), len(data))], []byte("\n"))
		return fmt.Errorf("line %d: %s", line, fmt.Sprintf(format, args...))
	}
	if err := dec.Decode(b); err != nil {
		var syntax *json.SyntaxError
		var kind *json.UnmarshalTypeError
		switch {
		case errors.Is(err, io.EOF):
			return nil, errors.New("it is empty")
		case errors.As(err, &syntax):
			return nil, at(syntax.Offset, "%v", err)
		case errors.As(err, &kind):
			return nil, at(kind.Offset, "%s stands where something else is wanted", kind.Value)
		}
		return nil, errors.New(strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, at(dec.InputOffset(), "something follows its end")
	}
	if b.Version != baselineVersion {
		return nil, fmt.Errorf("its version is %d: this emitcheck reads version %d", b.Version, baselineVersion)
	}
	for i, e := range b.Findings {
		if e.Rule == "" || e.Package == "" || e.Count < 1 || e.Count > maxCount {
			return nil, fmt.Errorf("finding %d: want a rule, a package and a count of 1 or more", i+1)
		}
	}
	return b, nil
}

// apply takes from the results what the baseline has, and returns what is left
// of the baseline.
func (b *baseline) apply(r *results) map[findingKey]int {
	left := make(map[findingKey]int)
	for _, e := range b.Findings {
		left[e.findingKey] += e.Count
	}
	var fresh []finding
	for i := range r.findings {
		key := r.key(&r.findings[i])
		if left[key] > 0 {
			left[key]--
			continue
		}
		fresh = append(fresh, r.findings[i])
	}
	r.findings = fresh
	return left
}

// readBaseline reads the baseline that -baseline names, nil if there is none yet.
// That is an error in an automatic run, for a wrong name would silence everything
// there.
func (o *options) readBaseline() (*baseline, error) {
	name := o.named(o.baseline)
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(name); err == nil {
			return nil, fmt.Errorf("-baseline: %s is a link to a file that does not exist", o.baseline)
		}
		if automatic() {
			return nil, fmt.Errorf("-baseline: %s does not exist, and is not written where CI=%s: write it by the same command on your machine, and commit it", o.baseline, os.Getenv("CI"))
		}
		if info, err := os.Stat(filepath.Dir(name)); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("-baseline: %s: its directory does not exist", o.baseline)
		}
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("-baseline: %v", err)
	}
	b, err := parseBaseline(data)
	if err != nil {
		return nil, fmt.Errorf("-baseline: %s is no baseline: %v; where there is no such file, one is written", o.baseline, err)
	}
	return b, nil
}

// useBaseline reports only what is new against the baseline; where there is
// none yet, it writes one of what was found.
func (o *options) useBaseline(b *baseline, r *results, stderr io.Writer) error {
	if r.packages["command-line-arguments"] {
		return errors.New("-baseline is for packages: of files that are named one by one it cannot tell what they belong to")
	}
	if b == nil {
		data, err := baselineOf(r).encode()
		if err == nil {
			err = uninterrupted(func(ctx context.Context) error { return edit.WriteFile(ctx, o.named(o.baseline), data) })
		}
		if err != nil {
			return fmt.Errorf("-baseline: %s: %v", o.baseline, err)
		}
		fmt.Fprintf(stderr, "emitcheck: %s now holds %d finding(s), which will not be reported again; commit it\n", o.baseline, len(r.findings))
		r.findings = nil
		return nil
	}
	gone := 0
	for key, n := range b.apply(r) {
		if r.packages[key.Package] && o.settings.Enabled(key.Rule) && (o.test || !key.Test) { // it was looked for
			gone += n
		}
	}
	if gone > 0 {
		fmt.Fprintf(stderr, "emitcheck: %d finding(s) in %s no longer occur; to drop them, delete it and run again once nothing new is reported\n", gone, o.baseline)
	}
	return nil
}

// automatic tells whether no person has started the run: all CI services set CI.
func automatic() bool {
	ci := os.Getenv("CI")
	return ci != "" && ci != "false" && ci != "0"
}
