package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/emitcheck/emitcheck/internal/sarif"
)

// writeGitHub writes what a workflow of GitHub makes annotations of: a command
// for each finding, and for each directive that is wrong or of no use.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func writeGitHub(w io.Writer, opts *options, r *results) error {
	root := opts.repository()
	var b bytes.Buffer
	for _, f := range r.findings {
		annotate(&b, "warning", f.Rule, f.Message, root, r.utf16(f.start), r.utf16(f.end))
	}
	for _, p := range r.problems {
		level := "error"
		if p.idle {
			level = "warning"
		}
		at := r.utf16(p.position)
		annotate(&b, level, "emitcheck directive", p.message, root, at, at)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// utf16 returns a position with its column in UTF-16 units.
func (r *results) utf16(p position) position {
	p.Column = r.texts.utf16Column(p)
	return p
}

func annotate(b *bytes.Buffer, level, title, message, root string, start, end position) {
	name, ok := sarif.Within(root, start.Filename)
	if !ok {
		name = start.Filename
	}
	fmt.Fprintf(b, "::%s file=%s,line=%d", level, property(name), start.Line)
	switch {
	case end.Filename == start.Filename && end.Line > start.Line:
		fmt.Fprintf(b, ",endLine=%d", end.Line) // GitHub has columns within one line only
	case start.Column > 0: // there may be none, by a //line comment

		fmt.Fprintf(b, ",endLine=%d,col=%d,endColumn=%d", start.Line, start.Column, max(start.Column, end.Column))
	}
	fmt.Fprintf(b, ",title=%s::%s\n", property(title), commandEscapes.Replace(message))
}

// What a workflow command must not have as it is, in its message and in its
// properties.
var (
	commandEscapes  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func property(text string) string { return propertyEscapes.Replace(text) }
