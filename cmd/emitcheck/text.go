package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/emitcheck/emitcheck/analyzer"
)

// A style is how text is set off on a terminal. The zero style leaves it plain.
type style struct {
	colour bool
}

// The colours of the text format.
const (
	bold   = "\x1b[1m"
	dim    = "\x1b[2m"
	red    = "\x1b[31m"
	normal = "\x1b[0m"
)

func (s style) set(how, text string) string {
	if !s.colour || text == "" {
		return text
	}
	return how + text + normal
}

// styleFor returns the style of what goes to w: colours if it is a terminal, and
// the user has not declined them (https://no-color.org).
func styleFor(w io.Writer) style {
	return style{isTerminal(w) && os.Getenv("NO_COLOR") == ""}
}

// isTerminal tells whether w is a terminal that understands escape sequences.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" || runtime.GOOS == "windows" && os.Getenv("WT_SESSION") == "" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// writeText writes for each finding a line as compilers do. Below it, each line
// after a tab, stand the source line and, of a chain, the calls that lead to the
// origin.
func writeText(w io.Writer, opts *options, results *results) error {
	_, err := w.Write(results.text(opts, styleFor(w)))
	return err
}

func (r *results) text(opts *options, s style) []byte {
	var b bytes.Buffer
	for _, f := range r.findings {
		message, rule := f.Message, " ("+f.Rule+")"
		if rest, ok := strings.CutSuffix(message, rule); ok {
			message = rest + s.set(red, rule)
		}
		fmt.Fprintf(&b, "%s %s\n", s.set(bold, opts.place(f.start)+":"), message)
		r.writeSource(&b, s, &f)
		r.writeChain(&b, opts, s, f.Chain)
	}
	return b.Bytes()
}

// writeSource writes the line of a finding, and marks what it is about.
func (r *results) writeSource(b *bytes.Buffer, s style, f *finding) {
	line, ok := r.texts.line(f.start.Filename, f.start.Line)
	from := f.start.Column - 1
	if !ok || from < 0 || from >= len(line) || len(line) > maxLine {
		return // it is not what was loaded, or nobody would read it
	}
	to := len(line)
	if f.end.Line == f.start.Line && f.end.Column-1 <= len(line) {
		to = max(f.end.Column-1, from+1)
	}
	indent := len(line) - len(bytes.TrimLeft(line, " \t"))
	indent = min(indent, from)
	// What stands before the mark takes as much room as what it marks.
	room := strings.Map(func(c rune) rune {
		if c == '\t' {
			return c
		}
		return ' '
	}, string(line[indent:from]))
	mark := "^" + strings.Repeat("~", max(0, utf8.RuneCount(bytes.TrimRight(line[from:to], " \t"))-1))
	fmt.Fprintf(b, "\t%s\n\t%s%s\n", printable(bytes.TrimRight(line[indent:], " \t")), room, s.set(red, mark))
}

// maxLine is the length in bytes from which a source line is not shown: some
// tools write a file as one line.
const maxLine = 500

// printable replaces what could do something to a terminal.
func printable(line []byte) string {
	return strings.Map(func(c rune) rune {
		if c != '\t' && !unicode.IsPrint(c) {
			return unicode.ReplacementChar
		}
		return c
	}, string(line))
}

// writeChain writes the functions of a chain behind the first, each with the
// line that leads on or has the effect.
func (r *results) writeChain(b *bytes.Buffer, opts *options, s style, chain []analyzer.Hop) {
	for i, hop := range chain {
		if i == 0 {
			continue // the finding stands there
		}
		file, known := r.files[hop.File]
		if !known {
			fmt.Fprintf(b, "\t→ %s %s\n", hop.Function, s.set(dim, fmt.Sprintf("at %s:%d", hop.File, hop.Line)))
			continue
		}
		fmt.Fprintf(b, "\t→ %s %s", hop.Function, s.set(dim, "at "+opts.place(position{Filename: file, Line: hop.Line, Column: hop.Column})))
		if line, ok := r.texts.line(file, hop.Line); ok && len(line) <= maxLine {
			fmt.Fprintf(b, "\n\t\t%s", printable(bytes.TrimSpace(line)))
		}
		b.WriteByte('\n')
	}
}
