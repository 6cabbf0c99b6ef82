package contract

import (
	"slices"
	"strings"
	"testing"
)

// FuzzParse reads contracts as settings spell them: no panic, an error that says
// what is wrong with which part, and what was read is read again from how one
// would write it.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"example.com/sink.Sink hot=Write,Flush start=Open stop=Close rate=record", "io.Writer hot=Write", "Sink hot=Write", ".x hot=A", "x. hot=A",
		"example.com/v2.3/x.Y hot=A copy=C", "a.B", "a.B hot=", "a.B hot=A rate=x", "a.B hot=A hot=B", "a.B x=y", "", " ", "a.B[T] hot=A", "a/b hot=A", "a.B hot=A,",
		"example.com/sink.HandlerFunc", "a.B rate=frame", "a.B start=Open", "a.B copy=C rate=batch", "a.b hot=a", "a.\u00c4 hot=\u00c4", "a .B hot=A", "gopkg.in/x.v1.Y hot=A rate=batch",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse(text)
		if err != nil {
			says := func(words string) bool { return strings.Contains(err.Error(), words) }
			if !slices.ContainsFunc([]string{"want ", " is not ", "is missing: name", " is given twice"}, says) {
				t.Errorf("the error does not say what was expected: %v", err)
			}
			return
		}
		// Without hot methods it is a function type, which has no others either.
		methods := len(c.Hot) + len(c.Start) + len(c.Stop) + len(c.Copy)
		if c.Package == "" || c.Name == "" || (c.Interface == "") == (c.FuncType == "") || (c.Interface == "") != (len(c.Hot) == 0) || c.FuncType != "" && methods > 0 {
			t.Fatalf("%q is read as %+v: it binds nothing", text, c)
		}
		written := c.Package + "." + c.Interface + c.FuncType + " rate=" + c.Rate.String()
		for key, names := range map[string][]string{"hot": c.Hot, "start": c.Start, "stop": c.Stop, "copy": c.Copy} {
			if len(names) > 0 {
				written += " " + key + "=" + strings.Join(names, ",")
			}
		}
		again, err := Parse(written)
		if err != nil {
			t.Fatalf("%q is written as %q: %v", text, written, err)
		}
		if again.Package != c.Package || again.Interface != c.Interface || again.FuncType != c.FuncType || again.Rate != c.Rate || !slices.Equal(again.Hot, c.Hot) ||
			!slices.Equal(again.Start, c.Start) || !slices.Equal(again.Stop, c.Stop) || !slices.Equal(again.Copy, c.Copy) {
			t.Errorf("%q is written as %q, and read as %+v, not %+v", text, written, again, c)
		}
	})
}
