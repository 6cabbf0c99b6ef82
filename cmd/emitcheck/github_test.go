package main

import (
	"bytes"
	"testing"
)

func TestAnnotate(t *testing.T) {
	at := func(file string, line, column int) position {
		return position{Filename: file, Line: line, Column: column}
	}
	for _, tt := range []struct {
		title, message string
		start, end     position
		want           string
	}{
		{"rule", "why", at("/r/a/b.go", 3, 5), at("/r/a/b.go", 3, 7), "file=a/b.go,line=3,endLine=3,col=5,endColumn=7,title=rule::why"},
		{"rule", "why", at("/r/b.go", 3, 5), at("/r/b.go", 4, 2), "file=b.go,line=3,endLine=4,title=rule::why"},
		{"rule", "why", at("/r/b.go", 3, 5), position{}, "file=b.go,line=3,endLine=3,col=5,endColumn=5,title=rule::why"},
		{"rule", "why", at("/other/b.go", 3, 5), at("/other/b.go", 3, 5), "file=/other/b.go,line=3,endLine=3,col=5,endColumn=5,title=rule::why"},
		{"50%:a,b\n", "50%: a,b\r\n::error::no", at("/r/50%:a,b.go", 3, 5), at("/r/50%:a,b.go", 3, 5),
			"file=50%25%3Aa%2Cb.go,line=3,endLine=3,col=5,endColumn=5,title=50%25%3Aa%2Cb%0A::50%25: a,b%0D%0A::error::no"},
	} {
		var b bytes.Buffer
		annotate(&b, "warning", tt.title, tt.message, "/r", tt.start, tt.end)
		if got, want := b.String(), "::warning "+tt.want+"\n"; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
