package section

import (
	"os"
	"path/filepath"
	"testing"
)

func TestRewriteReplacesWhatIsBetweenTheMarkers(t *testing.T) {
	file := filepath.Join(t.TempDir(), "doc.md")
	if err := os.WriteFile(file, []byte("a\n<!-- x:y -->\nold\n<!-- /x:y -->\nb\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := Rewrite(file, map[string]string{"x:y": "new\n"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := Rewrite(file, map[string]string{"x:y": "lost", "z": ""}); err == nil {
		t.Error("no error without markers")
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := "a\n<!-- x:y -->\nnew\n<!-- /x:y -->\nb\n"; string(got) != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
