package main

import (
	"bytes"
	"os"
	"unicode/utf16"
)

// texts has the lines of source files, read when they are first asked for.
type texts struct {
	files map[string][][]byte
}

// line returns a line of a file, numbered from 1, without its end. ok is false
// if there is none: a position can name a file that is elsewhere, or has changed.
func (t *texts) line(name string, number int) (line []byte, ok bool) {
	lines, known := t.files[name]
	if !known {
		if content, err := os.ReadFile(name); err == nil {
			lines = bytes.Split(content, []byte("\n"))
		}
		if t.files == nil {
			t.files = make(map[string][][]byte)
		}
		t.files[name] = lines
	}
	if number < 1 || number > len(lines) {
		return nil, false
	}
	return bytes.TrimSuffix(lines[number-1], []byte("\r")), true
}

// utf16Column returns a position's column counted in UTF-16 units, from 1, as
// editors and SARIF do; where the line cannot be read, it is that of bytes.
func (t *texts) utf16Column(p position) int {
	line, ok := t.line(p.Filename, p.Line)
	if !ok || p.Column < 1 || p.Column-1 > len(line) {
		return p.Column
	}
	return 1 + utf16Len(line[:p.Column-1])
}

// utf16Len counts the UTF-16 units of a text.
func utf16Len(text []byte) int { return len(utf16.Encode([]rune(string(text)))) }
