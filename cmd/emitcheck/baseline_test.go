package main

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// FuzzBaseline reads anything as a baseline: what is none is refused in one
// line, and what is one says the same when it has been written and read again.
func FuzzBaseline(f *testing.F) {
	for _, seed := range []string{
		"", "{", "null", "[]", "{}", `{"version":1}`, `{"version":1,"findings":null}`, `{"version":1,"findings":[]}x`,
		`{"version":2,"findings":[]}`, `{"version":1e99}`, `{"version":1,"findings":[{"rule":"emit-goroutine","package":"a","count":0}]}`,
		`{"version":1,"findings":[{"rule":"emit-goroutine","package":"a","handler":"H","method":"Emit","chain":"f → g","line":"<-c","count":2}]}`,
		"{\"version\":1,\"findings\":[{\"rule\":\"\\ud800\",\"package\":\"\xff\",\"line\":\"\\u2028\",\"count\":1}]}",
		`{"version":1,"findings":[{"rule":"a","package":"b","count":1},{"rule":"a","package":"b","count":1}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := parseBaseline(data)
		if err != nil {
			if message := err.Error(); message == "" || strings.Contains(message, "\n") {
				t.Errorf("refused with %q", message)
			}
			return
		}
		text, err := b.encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := parseBaseline(text)
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, text)
		}
		if !slices.Equal(b.Findings, again.Findings) {
			t.Errorf("%v comes back as %v", b.Findings, again.Findings)
		}
		if lines := bytes.Count(text, []byte("\n")); len(b.Findings) > 0 && lines != len(b.Findings)+5 {
			t.Errorf("%d entries have %d lines:\n%s", len(b.Findings), lines, text)
		}
	})
}

// A baseline silences as many findings as it counts, and tells what is left.
func TestBaselineCounts(t *testing.T) {
	key := func(method string) findingKey { return findingKey{Rule: "r", Package: "p", Method: method} }
	r := new(results)
	for _, m := range []string{"a", "b", "a", "c", "a"} {
		f := finding{pkg: "p"}
		f.Rule, f.Method = "r", m
		r.findings = append(r.findings, f)
	}
	b := &baseline{Version: 1, Findings: []baselineEntry{{key("a"), 1}, {key("d"), 2}, {key("a"), 1}, {key("b"), 3}}}
	left := b.apply(r)
	var got []string
	for _, f := range r.findings {
		got = append(got, f.Method)
	}
	if want := []string{"c", "a"}; !slices.Equal(got, want) {
		t.Errorf("new are %v, want %v", got, want)
	}
	if want := map[findingKey]int{key("a"): 0, key("b"): 2, key("d"): 2}; !reflect.DeepEqual(left, want) {
		t.Errorf("left is %v, want %v", left, want)
	}
}
