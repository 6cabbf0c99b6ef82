package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/emitcheck/emitcheck/analyzer"
	"github.com/emitcheck/emitcheck/internal/sarif"
)

// What hosts show of a rule is there, and no longer than GitHub takes it.
func TestSARIFRules(t *testing.T) {
	rules, err := sarifRules()
	if err != nil {
		t.Fatal(err)
	}
	if len(rules) != len(analyzer.Rules) {
		t.Errorf("%d rules, want %d", len(rules), len(analyzer.Rules))
	}
	names := make(map[string]bool)
	for _, r := range rules {
		names[r.Name] = true
		full := r.FullDescription.Text
		switch {
		case len(full) < 100 || utf8.RuneCountInString(full) > maxDescription:
			t.Errorf("%s: a full description of %d bytes", r.ID, len(full))
		case strings.Contains(full, "##"), strings.Contains(full, "\n\n"), strings.HasPrefix(full, "\n"):
			t.Errorf("%s: the full description is not one block: %q", r.ID, full)
		}
		if !strings.HasPrefix(r.Help.Markdown, "# "+r.ID+"\n") || r.Help.Text == "" {
			t.Errorf("%s: the help is not its page", r.ID)
		}
		if !strings.HasSuffix(r.ShortDescription.Text, ".") {
			t.Errorf("%s: %q is no sentence", r.ID, r.ShortDescription.Text)
		}
	}
	if len(names) != len(rules) || !names["EmitGoroutine"] {
		t.Errorf("names %v", names)
	}
}

func TestDescription(t *testing.T) {
	page := "# a-rule\nIt says.\n\n## What it finds\n\nOne thing,\nand another:\n\n- the first\n  of them;\n- `b`.\n\nNo more.\n\n## Why\n\nSo.\n"
	if got, want := description(page), "One thing, and another:\n- the first of them;\n- `b`.\nNo more."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	long := "\n## What it finds\n\n" + strings.Repeat("x", 1000) + "\n\n- " + strings.Repeat("y", 30) + "\n"
	if got := description(long); got != strings.Repeat("x", 1000) {
		t.Errorf("of what is too long, %d bytes are left, want the first paragraph", len(got))
	}
}

func TestSemantic(t *testing.T) {
	for version, want := range map[string]string{
		"v1.2.3":                               "1.2.3",
		"v0.0.0-20260101000000-0123456789ab":   "0.0.0-20260101000000-0123456789ab",
		"(devel)":                              "",
		"devel-0123456789ab":                   "",
		"v1.0.1-0.20260101000000-012345+dirty": "1.0.1-0.20260101000000-012345+dirty",
	} {
		if got := semantic(version); got != want {
			t.Errorf("semantic(%q) = %q, want %q", version, got, want)
		}
	}
}

func TestLines(t *testing.T) {
	for _, tt := range []struct {
		text     string
		from, to int
		want     sarif.Region
	}{
		{"a\nb\n", 1, 2, sarif.Region{StartLine: 1, StartColumn: 1, EndLine: 2, EndColumn: 1}},
		{"a\nb\n", 3, 3, sarif.Region{StartLine: 3, StartColumn: 1, EndLine: 3, EndColumn: 1}},
		{"a\n𝄞b", 2, 3, sarif.Region{StartLine: 2, StartColumn: 1, EndLine: 2, EndColumn: 4}},
	} {
		if got := lines([]byte(tt.text), tt.from, tt.to); got != tt.want {
			t.Errorf("lines %d to %d of %q: %v, want %v", tt.from, tt.to, tt.text, got, tt.want)
		}
	}
}
