package edit

import (
	"bytes"
	"strings"
)

// Diff returns the plan as a unified diff with three lines of context, as patch
// -p0 takes it. The function says what a file is called in it.
func (p *Plan) Diff(name func(file string) string) []byte {
	var b bytes.Buffer
	for _, f := range p.Files {
		title := name(f.Name)
		// The name ends with a tab if it has spaces, so that patch knows where.
		tab := ""
		if strings.Contains(title, " ") {
			tab = "\t"
		}
		b.WriteString("--- " + title + tab + "\n+++ " + title + tab + "\n")
		b.Write(body(f.Before, f.After))
	}
	return b.Bytes()
}
