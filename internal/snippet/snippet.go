// Package snippet reads from a page the code that tests run, so that what users
// copy is what was tested. What the code means is the test's affair.
package snippet

import (
	"fmt"
	"os"
	"strings"
)

const fence = "```"

// Read returns the fenced code block of a Markdown file that follows the comment
// <!-- run: name -->.
func Read(file, name string) (string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	marker := "<!-- run: " + name + " -->"
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	if n := strings.Count(text, marker); n != 1 {
		return "", fmt.Errorf("%s has the comment %s %d times, want one", file, marker, n)
	}
	_, rest, _ := strings.Cut(text, marker)
	opening, rest, ok := strings.Cut(strings.TrimLeft(rest, "\n"), "\n")
	if !ok || !strings.HasPrefix(opening, fence) {
		return "", fmt.Errorf("%s: no code block follows %s", file, marker)
	}
	block, _, ok := strings.Cut(rest, "\n"+fence)
	if !ok {
		return "", fmt.Errorf("%s: the code block after %s has no end", file, marker)
	}
	return block + "\n", nil
}
