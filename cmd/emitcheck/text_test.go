package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emitcheck/emitcheck/analyzer"
)

// textOf renders one finding, from a column of the only line of a file up to
// another one.
func textOf(t *testing.T, s style, line string, from, to int) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "h.go")
	if err := os.WriteFile(name, []byte("package h\n"+line+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	r := &results{findings: []finding{{
		Finding: analyzer.Finding{Rule: "emit-goroutine", Message: "Emit starts a goroutine (emit-goroutine)"},
		start:   position{Filename: name, Line: 2, Column: from},
		end:     position{Filename: name, Line: 2, Column: to},
	}}}
	return string(r.text(&options{dir: filepath.Dir(name)}, s))
}

// The mark stands below what it marks, whatever stands before that.
func TestTextMarks(t *testing.T) {
	for _, tt := range []struct {
		line     string
		from, to int
		want     string
	}{
		{"\tgo f()", 2, 4, "\tgo f()\n\t^~\n"},
		{"\t\tx := h.dial(addr)  ", 8, 14, "\tx := h.dial(addr)\n\t     ^~~~~~\n"},
		{"\tx\t:= a() // \tb", 6, 7, "\tx\t:= a() // \tb\n\t \t  ^\n"},
		{"s := \"größe\" + h.é(x)", 18, 22, "\ts := \"größe\" + h.é(x)\n\t               ^~~\n"},
		{"go f()\r", 1, 3, "\tgo f()\n\t^~\n"},
		{"go f()", 1, 1, "\tgo f()\n\t^\n"},
		{"go f()", 1, 99, "\tgo f()\n\t^~~~~~\n"},
		{"go f()", 99, 100, ""}, // the file has changed
		{"", 1, 3, ""},
	} {
		want := "h.go:2:" + strconv.Itoa(tt.from) + ": Emit starts a goroutine (emit-goroutine)\n" + tt.want
		if got := textOf(t, style{}, tt.line, tt.from, tt.to); got != want {
			t.Errorf("%q:\n%s\nwant\n%s", tt.line, got, want)
		}
	}
}

// Colours are all that a terminal adds.
func TestTextColours(t *testing.T) {
	plain := textOf(t, style{}, "\tgo f()", 2, 4)
	colours := textOf(t, style{colour: true}, "\tgo f()", 2, 4)
	if plain == colours || strings.Contains(plain, "\x1b") {
		t.Errorf("plain %q, in colours %q", plain, colours)
	}
	if got := regexp.MustCompile("\x1b\\[[0-9]*m").ReplaceAllString(colours, ""); got != plain {
		t.Errorf("without its colours %q, want %q", got, plain)
	}
}

// Colours go to terminals only, and to none of a user who has declined them.
// The null device stands in for a terminal: both are character devices.
func TestStyleFor(t *testing.T) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	t.Setenv("WT_SESSION", "1")
	for _, tt := range []struct {
		w             io.Writer
		term, noColor string
		want          bool
	}{
		{null, "xterm", "", true},
		{null, "", "", true},
		{null, "dumb", "", false},
		{null, "xterm", "1", false},
		{file, "xterm", "", false},
		{new(bytes.Buffer), "xterm", "", false},
	} {
		t.Setenv("TERM", tt.term)
		t.Setenv("NO_COLOR", tt.noColor)
		if got := styleFor(tt.w).colour; got != tt.want {
			t.Errorf("%T, TERM=%s, NO_COLOR=%s: colours %t, want %t", tt.w, tt.term, tt.noColor, got, tt.want)
		}
	}
}

// A long load says how far it is, a short one nothing; what was said is gone
// when it ends.
func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bytes.Buffer
		p := newProgress(&b)
		go p.run(time.Second, time.Second)
		time.Sleep(time.Second / 2)
		p.stop()
		if b.Len() > 0 {
			t.Errorf("a short load says %q", b.String())
		}

		p = newProgress(&b)
		go p.run(time.Second, time.Second)
		time.Sleep(3 * time.Second / 2)
		p.set(7, 9)
		p.set(3, 9) // two packages that are done at once can come in any order
		time.Sleep(time.Second)
		p.stop()
		want := "\r\x1b[Kemitcheck: listing packages\r\x1b[Kemitcheck: 7 of 9 packages\r\x1b[K"
		if got := b.String(); got != want {
			t.Errorf("a long load says %q, want %q", got, want)
		}
	})
	var none *progress // no terminal
	none.set(1, 2)
	none.stop()
}
