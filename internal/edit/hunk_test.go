package edit

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestHunks(t *testing.T) {
	for _, tt := range []struct{ before, after, want string }{
		{"a\nb\nc\n", "a\nB\nc\n", `2-3 "B\n"`},
		{"a\nb\nc\n", "a\nc\n", `2-3 ""`},
		{"a\nb\nc\n", "a\nx\ny\nb\nc\n", `2-2 "x\ny\n"`},
		{"a\nb\n", "x\na\nb\n", `1-1 "x\n"`},
		{"a\nb\n", "a\nb\nx\n", `3-3 "x\n"`},
		{"a\nb", "a\nb\nx", `2-3 "b\nx"`},
		{"a\nb", "a\nb\n", `2-3 "b\n"`},
		{"a\nb\n", "a\nb", `2-3 "b"`},
		{"", "a\n", `1-1 "a\n"`},
		{"a\r\nb\r\n", "a\r\nB\r\n", `2-3 "B\r\n"`},
		{"-a\n+b\n c\n\\d\n@@ -1,1\n", "-A\n+b\n c\n\\D\n@@ -1,1\n", `1-2 "-A\n" 4-5 "\\D\n"`},
		{"a\n", "a\n", ""},
		{"1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", "1\nx\n3\n4\n5\n6\n7\n8\n9\n10\n12\n13\n", `2-3 "x\n" 11-12 "" 13-13 "13\n"`},
	} {
		f := File{Before: []byte(tt.before), After: []byte(tt.after)}
		var got []string
		for _, h := range f.Hunks() {
			got = append(got, fmt.Sprintf("%d-%d %q", h.Start, h.End, h.New))
		}
		if list := strings.Join(got, " "); list != tt.want {
			t.Errorf("from %q to %q: %s, want %s", tt.before, tt.after, list, tt.want)
		}
		lines := slices.Collect(strings.Lines(tt.before))
		for _, h := range slices.Backward(f.Hunks()) {
			lines = slices.Replace(lines, h.Start-1, h.End-1, h.New)
		}
		if after := strings.Join(lines, ""); after != tt.after {
			t.Errorf("from %q, the hunks make %q, want %q", tt.before, after, tt.after)
		}
	}
}
