// Package section rewrites the generated sections of pages: what stands between
// <!-- NAME --> and <!-- /NAME -->. It knows nothing of what is in them.
package section

import (
	"fmt"
	"os"
	"strings"
)

// Rewrite replaces sections of a file by name. It changes nothing if one of them
// is not there.
func Rewrite(file string, sections map[string]string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	text := string(data)
	for name, body := range sections {
		open, end := "<!-- "+name+" -->\n", "<!-- /"+name+" -->"
		before, rest, ok1 := strings.Cut(text, open)
		_, after, ok2 := strings.Cut(rest, end)
		if !ok1 || !ok2 {
			return fmt.Errorf("%s: no markers %s…%s", file, strings.TrimSpace(open), end)
		}
		text = before + open + body + end + after
	}
	return os.WriteFile(file, []byte(text), 0o666)
}
