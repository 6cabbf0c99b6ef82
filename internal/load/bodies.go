package load

import "bytes"

// withoutBodies blanks the bodies of the functions that a file declares: all
// but their braces and the ends of their lines, so that positions stay. It looks
// at functions that start a line, as gofmt writes them, and leaves alone what it
// does not understand: bodies that remain cost time, and are emptied later on.
func withoutBodies(src []byte) []byte {
	out := bytes.Clone(src)
	depth := 0         // of (, [ and { outside of functions' bodies
	signature := false // in one, from func to { or the end of the line
	literal := false   // the next { belongs to a struct or interface
	for i := 0; i < len(src); {
		switch c := src[i]; {
		case c == '\n' || c == ';':
			if depth == 0 {
				signature = false
			}
			i++
		case c == '{' && depth == 0 && signature && !literal:
			end := closing(src, i)
			if end < 0 {
				return out
			}
			blank(out[i+1 : end])
			signature = false
			i = end + 1
		case c == '(' || c == '[' || c == '{':
			depth++
			literal = false
			i++
		case c == ')' || c == ']' || c == '}':
			depth--
			i++
		case isLetter(c):
			start := i
			for i < len(src) && (isLetter(src[i]) || '0' <= src[i] && src[i] <= '9') {
				i++
			}
			switch word := src[start:i]; {
			case depth == 0 && string(word) == "func" && (start == 0 || src[start-1] == '\n'):
				signature = true
			case string(word) == "struct" || string(word) == "interface":
				literal = true
			}
		default:
			end := skip(src, i)
			if depth == 0 && c == '/' && bytes.IndexByte(src[i:min(end, len(src))], '\n') >= 0 {
				signature = false // a comment with a line's end is one
			}
			i = end
		}
	}
	return out
}

func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= 0x80
}

// closing returns the index of the brace that closes the one at i, or -1.
func closing(src []byte, i int) int {
	depth := 0
	for i < len(src) {
		switch src[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
		i = skip(src, i)
	}
	return -1
}

// skip returns the index behind the comment, string or rune that starts at i,
// and otherwise that of the next byte. One that does not end ends the file.
func skip(src []byte, i int) int {
	switch c := src[i]; c {
	case '/':
		switch {
		case bytes.HasPrefix(src[i:], []byte("//")):
			return until(src, i, "\n") - 1 // the end of the line is looked at
		case bytes.HasPrefix(src[i:], []byte("/*")):
			return until(src, i+2, "*/")
		}
	case '`':
		return until(src, i+1, "`")
	case '"', '\'':
		for i++; i < len(src); i++ {
			switch src[i] {
			case '\\':
				i++
			case c:
				return i + 1
			case '\n':
				return i // it is no Go
			}
		}
		return len(src)
	}
	return i + 1
}

// until returns the index behind the first end at or after i; if there is none,
// one behind the file.
func until(src []byte, i int, end string) int {
	n := bytes.Index(src[i:], []byte(end))
	if n < 0 {
		return len(src) + 1
	}
	return i + n + len(end)
}

func blank(b []byte) {
	for i, c := range b {
		if c != '\n' && c != '\r' {
			b[i] = ' '
		}
	}
}
