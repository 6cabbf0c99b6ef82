package sarifschema_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/emitcheck/emitcheck/internal/sarif"
	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif" // for its copy of the schema
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schema returns the OASIS schema. Package sarif of go-sarif has it in a constant
// that it does not export, and checks with it only what it has read itself.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(out)), "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	literal, ok := f.Scope.Lookup("schema").Decl.(*ast.ValueSpec).Values[0].(*ast.BasicLit)
	if !ok {
		t.Fatal("the schema is no literal")
	}
	text, err := strconv.Unquote(literal.Value)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if id := doc.(map[string]any)["id"]; id != sarif.Schema {
		t.Fatalf("the schema is %v, reports name %s", id, sarif.Schema)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(sarif.Schema, doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile(sarif.Schema)
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func validate(t *testing.T, s *jsonschema.Schema, report []byte) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(report))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

// uri is what RFC 3986 lets be in one, as far as paths need it.
var uri = regexp.MustCompile(`^(file://)?([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+$`)

// TestCorpus holds the report on the whole corpus to the schema, and to what the
// standard says beyond it. The corpus has directives that are wrong.
func TestCorpus(t *testing.T) {
	report, status := run(t, testdata, "-rules=all", "-test", "-format=sarif", "./...")
	if status != 2 {
		t.Errorf("exit status %d, want 2", status)
	}
	s := schema(t)
	if err := validate(t, s, report); err != nil {
		t.Errorf("%#v", err)
	}
	for _, wrong := range []struct{ old, new string }{ // the validator does look
		{`"version": "2.1.0"`, `"version": "2.2.0"`},
		{`"ruleIndex": 0`, `"ruleIndex": "0"`},
		{`"uri": "testdata/`, `"uri": ":testdata/`},
		{`"startLine": `, `"startLine": -`},
	} {
		if !bytes.Contains(report, []byte(wrong.old)) {
			t.Errorf("the report has no %s", wrong.old)
		}
		if validate(t, s, bytes.Replace(report, []byte(wrong.old), []byte(wrong.new), 1)) == nil {
			t.Errorf("with %s for %s, the report is valid", wrong.new, wrong.old)
		}
	}

	r := only(t, report)
	if len(r.Results) < 300 {
		t.Errorf("only %d results", len(r.Results))
	}
	if inv := r.Invocations[0]; inv.ExecutionSuccessful || len(inv.Notifications) == 0 {
		t.Errorf("the directives that are wrong are not there: %+v", inv)
	}
	flows, fixes, prints := 0, 0, make(map[string]bool)
	for i, result := range r.Results {
		at := fmt.Sprintf("result %d (%s)", i, result.Message.Text)
		if rule := r.Tool.Driver.Rules[result.RuleIndex]; rule.ID != result.RuleID {
			t.Errorf("%s: its rule is %s, the one with its index is %s", at, result.RuleID, rule.ID)
		}
		check := func(where sarif.PhysicalLocation) {
			if !uri.MatchString(where.Artifact.URI) { // the validator lets spaces pass
				t.Errorf("%s: %q is no URI", at, where.Artifact.URI)
			}
			if where.Artifact.URIBaseID != "%SRCROOT%" && strings.Contains(file(t, r, where.Artifact), "/testdata/") {
				t.Errorf("%s: %s is not relative", at, where.Artifact.URI)
			}
			if err := within(t, file(t, r, where.Artifact), where.Region); err != nil {
				t.Errorf("%s: %v", at, err)
			}
		}
		check(result.Locations[0].Physical)
		for _, flow := range result.CodeFlows {
			for _, l := range flow.ThreadFlows[0].Locations {
				flows++
				check(l.Location.Physical)
			}
		}
		for _, fix := range result.Fixes {
			fixes++
			for _, change := range fix.Changes {
				for _, rep := range change.Replacements {
					check(sarif.PhysicalLocation{Artifact: change.Artifact, Region: rep.Deleted})
				}
			}
		}
		for name, print := range result.Fingerprints {
			if prints[name+print] {
				t.Errorf("%s: another result has its fingerprint", at)
			}
			prints[name+print] = true
		}
	}
	if len(prints) != len(r.Results) {
		t.Errorf("%d fingerprints of %d results", len(prints), len(r.Results))
	}
	t.Logf("%d results, %d steps of chains, %d fixes", len(r.Results), flows, fixes)
	if flows < 100 || fixes < 50 {
		t.Error("there are hardly any chains, or fixes")
	}
}

// texts has the lines of files, as UTF-16.
var texts = make(map[string][][]uint16)

// within tells whether a region lies in a file.
func within(t *testing.T, name string, r sarif.Region) error {
	t.Helper()
	if texts[name] == nil {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for line := range strings.SplitSeq(string(data), "\n") {
			texts[name] = append(texts[name], utf16.Encode([]rune(line)))
		}
	}
	for _, p := range [][2]int{{r.StartLine, r.StartColumn}, {r.EndLine, r.EndColumn}} {
		if p == [2]int{} {
			continue // there need not be an end
		}
		if p[0] < 1 || p[0] > len(texts[name]) || p[1] < 1 || p[1] > 1+len(texts[name][p[0]-1]) {
			return fmt.Errorf("%s has no line %d with column %d", name, p[0], p[1])
		}
	}
	if r.EndLine != 0 && (r.EndLine < r.StartLine || r.EndLine == r.StartLine && r.EndColumn < r.StartColumn) {
		return fmt.Errorf("the end of %+v comes before its start", r)
	}
	return nil
}

// TestFingerprints moves all lines of the corpus: the fingerprints stay.
func TestFingerprints(t *testing.T) {
	dir := corpus(t)
	prints := func() map[string]string {
		report, _ := run(t, dir, "-rules=all", "-format=sarif", "./...")
		found := make(map[string]string)
		for _, result := range only(t, report).Results {
			for _, print := range result.Fingerprints {
				found[print] = fmt.Sprintf("%s:%d: %s", result.Locations[0].Physical.Artifact.URI, result.Locations[0].Physical.Region.StartLine, result.Message.Text)
			}
		}
		return found
	}
	before := prints()
	err := filepath.WalkDir(dir, func(name string, _ os.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		bom := []byte("\ufeff")
		rest, marked := bytes.CutPrefix(data, bom)
		data = append([]byte("\n// All moves.\n\n"), rest...)
		if marked {
			data = append(bom, data...)
		}
		return os.WriteFile(name, data, 0o666)
	})
	if err != nil {
		t.Fatal(err)
	}
	after := prints()
	if len(before) < 300 {
		t.Errorf("only %d fingerprints", len(before))
	}
	for print, what := range before {
		switch now, ok := after[print]; {
		case !ok:
			t.Errorf("%s: the fingerprint is not there when lines have moved", what)
		case now == what:
			t.Errorf("%s has not moved", what)
		}
	}
	for print, what := range after {
		if _, ok := before[print]; !ok {
			t.Errorf("%s: the fingerprint is new", what)
		}
	}
}
