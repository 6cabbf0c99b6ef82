package directive

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// FuzzDirective reads any comment: no panic, an error that names what is wrong,
// and what was read is read again from how one would write it.
func FuzzDirective(f *testing.F) {
	for _, s := range []string{
		"//emitcheck:handler", "//emitcheck:handler hot=A,B start=Open stop=Close copy=Copy rate=frame", "//emitcheck:handler hot=",
		"//emitcheck:handler hot=A hot=B", "//emitcheck:handler hot=A,,B", "//emitcheck:handler =x", "//emitcheck:hot rate=batch // why",
		"//emitcheck:hot hot=A", "//emitcheck: handler", "//emitcheck:", "//emitcheck:ignore emit-goroutine it is over soon", "//emitcheck:ignore ,",
		"//emitcheck:ignore a,b\treason // want `x`", "// emitcheck:handler", "//emitcheck:handler\u00a0hot=A", "//emitcheck:handler hot=\u00c4,\x00", "//nolint",
		"//nolint:emitcheck,all // x", "// nolint:errcheck, emitcheck x", "//nolint:", "/*nolint*/", "/*emitcheck:hot*/",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		isNolint(text)
		d, ok := Parse(&ast.Comment{Slash: 1, Text: text})
		if ok != strings.HasPrefix(text, "//emitcheck:") {
			t.Fatalf("a directive: %v", ok)
		}
		if !ok {
			return
		}
		if d.Verb == "" && len(d.Args) > 0 {
			t.Errorf("arguments %q of no verb", d.Args)
		}
		for _, a := range append([]string{d.Verb}, d.Args...) {
			if len(strings.Fields(a)) > 1 {
				t.Errorf("%q is no word", a)
			}
		}
		args, err := d.ParseHandler()
		if err != nil {
			wrong := slices.ContainsFunc(d.Args, func(a string) bool {
				key, value, _ := strings.Cut(a, "=")
				names := append(strings.Split(value, ","), a, key)
				return slices.ContainsFunc(names, func(n string) bool {
					quoted := strconv.Quote(n)
					return n != "" && strings.Contains(err.Error(), quoted[1:len(quoted)-1])
				})
			})
			if !wrong || !strings.Contains(err.Error(), "want") && !strings.Contains(err.Error(), "twice") && !strings.Contains(err.Error(), "is not a method name") {
				t.Errorf("the error names nothing of %q, or not what is wrong: %v", d.Args, err)
			}
			return
		}
		again := Directive{Verb: d.Verb}
		for _, a := range []struct {
			key   string
			names []string
		}{{"hot", args.Hot}, {"start", args.Start}, {"stop", args.Stop}, {"copy", args.Copy}, {"rate", []string{args.Rate}}} {
			if value := strings.Join(a.names, ","); value != "" {
				again.Args = append(again.Args, a.key+"="+value)
			}
			for _, n := range a.names {
				if a.key != "rate" && !token.IsIdentifier(n) {
					t.Errorf("%s has %q, which is no name", a.key, n)
				}
			}
		}
		if len(again.Args) != len(d.Args) {
			t.Errorf("of %q only %q was read", d.Args, again.Args)
		}
		second, err := again.ParseHandler()
		if err != nil || !slices.Equal(second.Hot, args.Hot) || !slices.Equal(second.Start, args.Start) || !slices.Equal(second.Stop, args.Stop) ||
			!slices.Equal(second.Copy, args.Copy) || second.Rate != args.Rate {
			t.Errorf("%+v was written as %q and read as %+v (error %v)", args, again.Args, second, err)
		}
	})
}

// FuzzSuppressions looks for suppressions in any source: no panic, each covers
// its own line and none before it, and those with a mistake cover nothing.
func FuzzSuppressions(f *testing.F) {
	for _, s := range []string{
		"package p\n\nfunc f() {\n\t//emitcheck:ignore r why\n\tgo f()\n}\n",
		"package p\n\nfunc f() {\n\tgo f() //emitcheck:ignore r why\n\tgo f()\n}\n",
		"package p\n\n//nolint:emitcheck\nfunc f() {\n\tgo f()\n}\n",
		"package p\n\ntype t struct {\n\t//nolint\n\tx struct {\n\t\ty int\n\t}\n}\n",
		"package p //emitcheck:ignore r why",
		"//emitcheck:ignore r why\npackage p",
		"package p\r\n\r\nvar x = func() { //nolint:all\r\n}\r\n",
		"package p\n\n//line x.go:100\nfunc f() { /* x */ //emitcheck:ignore r,s why\n}\n",
		"package p\n\nfunc f() {\n\tfor {\n\t} //nolint\n\t/* */ //emitcheck:ignore r\n}",
		"package p\nfunc f()\n\n//nolint\n",
		"package p\nfunc f() { if x { //nolint\n} else if y { //emitcheck:ignore r z\n} }",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		fset := token.NewFileSet()
		fset.AddFile("before.go", -1, 1000) // or a position is an offset
		file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments|parser.SkipObjectResolution)
		if file == nil || err != nil {
			return // drivers do not analyse it
		}
		tok := fset.File(file.FileStart)
		set := Suppressions(fset, []*ast.File{file})
		for _, s := range set.All() {
			if s.Used {
				t.Error("it is used before anything is asked")
			}
			if s.from < 1 || s.to < s.from || s.to > tok.LineCount()+1 {
				t.Errorf("lines %d to %d, of %d", s.from, s.to, tok.LineCount())
			}
			wrong := s.Directive != nil && (s.Reason == "" || slices.Contains(s.Rules, ""))
			rule := "r"
			if len(s.Rules) > 0 {
				rule = s.Rules[0]
			}
			for line := 1; line <= tok.LineCount(); line++ {
				within := s.from <= line && line <= s.to && !wrong
				if s.Covers(rule, tok, line) != within {
					t.Errorf("%+v covers line %d: %v", s, line, !within)
				}
			}
			if s.Directive != nil && s.Covers("some other rule", tok, s.from) {
				t.Errorf("%+v covers a rule that it does not name", s)
			}
		}
		for line := 1; line <= tok.LineCount(); line++ {
			pos := tok.LineStart(line)
			any := slices.ContainsFunc(set.All(), func(s *Suppression) bool { return s.Covers("r", tok, line) })
			if set.Suppressed("r", pos) != any {
				t.Errorf("line %d is suppressed: %v", line, !any)
			}
		}
	})
}
