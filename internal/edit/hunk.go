package edit

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// A Hunk puts New in the place of the lines from Start up to End of a file. They
// are counted from 1; where they are equal, New goes before that line. The last
// line's end is that of the file, whether there is a new line or not.
type Hunk struct {
	Start, End int
	New        string
}

// Hunks returns what changes from Before to After, as few lines as a diff has.
func (f *File) Hunks() []Hunk {
	var hunks []Hunk
	var open *Hunk
	line := 0
	last := byte(0)
	for text := range strings.Lines(string(body(f.Before, f.After))) {
		mark, rest := text[0], text[1:]
		if (mark == '-' || mark == '+') && open == nil {
			hunks = append(hunks, Hunk{Start: line, End: line})
			open = &hunks[len(hunks)-1]
		}
		switch mark {
		case '@':
			var n int
			fmt.Sscanf(text, "@@ -%d,%d", &line, &n)
			if n == 0 {
				line++ // the hunk stands behind it
			}
			open = nil
		case ' ':
			line++
			open = nil
		case '-':
			line++
			open.End = line
		case '+':
			open.New += rest
		case '\\': // the line above has no end
			if last == '+' {
				open.New = strings.TrimSuffix(open.New, "\n")
			}
		}
		last = mark
	}
	return hunks
}

// body returns the hunks of a unified diff, without its head.
func body(before, after []byte) []byte {
	all := diff.Diff("a", before, "b", after)
	i := bytes.Index(all, []byte("\n@@ "))
	if i < 0 {
		return nil
	}
	return all[i+1:]
}
