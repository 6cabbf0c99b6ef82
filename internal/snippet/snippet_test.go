package snippet

import (
	"os"
	"path/filepath"
	"testing"
)

func TestRead(t *testing.T) {
	file := filepath.Join(t.TempDir(), "page.md")
	page := "# Page\n<!-- run: a -->\n\n```yaml\nx: 1\n\ny: 2\n```\ntext\n<!-- run: b -->\n```\nz\n```\n" +
		"<!-- run: twice -->\n```\n1\n```\n<!-- run: twice -->\n```\n2\n```\n<!-- run: text -->\ntext\n```\nlate\n```\n<!-- run: endless -->\n```sh\nno end\n"
	if err := os.WriteFile(file, []byte(page), 0o666); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"a": "x: 1\n\ny: 2\n", "b": "z\n"} {
		if got, err := Read(file, name); err != nil || got != want {
			t.Errorf("%s: got %q and error %v, want %q", name, got, err, want)
		}
	}
	for _, name := range []string{"none", "twice", "text", "endless"} {
		if got, err := Read(file, name); err == nil {
			t.Errorf("%s: got %q, want an error", name, got)
		}
	}
}
