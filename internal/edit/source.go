package edit

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
)

const bom = "\ufeff"

// A source is a Source, and what the edits have to keep of it.
type source struct {
	*Source
	crlf    bool // most lines end with a carriage return
	allCRLF bool
	clean   bool // gofmt leaves it alone, line ends apart
	imports map[spec]bool
	used    map[string]bool
	err     error // it does not parse
}

func newSource(src *Source) *source {
	s := &source{Source: src}
	lines, returns := bytes.Count(src.Content, []byte("\n")), bytes.Count(src.Content, []byte("\r\n"))
	s.crlf = returns > lines-returns
	s.allCRLF = returns > 0 && returns == lines
	plain := s.plain(src.Content)
	formatted, err := format.Source(plain)
	s.clean = err == nil && bytes.Equal(formatted, plain)
	var f *file
	if f, s.err = s.parse(src.Content); s.err == nil {
		s.imports, s.used = f.imports, f.used
	}
	return s
}

// plain returns a content as gofmt wants it: without a byte order mark, and
// without the carriage returns if all lines have them.
func (s *source) plain(content []byte) []byte {
	content = bytes.TrimPrefix(content, []byte(bom))
	if s.allCRLF {
		content = bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
	}
	return content
}

// lineEnds gives a text the line ends of the file.
func (s *source) lineEnds(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if s.crlf {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return text
}

// apply carries out edits. It fails if what comes of them is no Go, or clearly
// does not compile.
func (s *source) apply(edits []placed) ([]byte, error) {
	if s.err != nil {
		return nil, s.err
	}
	after := replace(s.Content, edits)
	f, err := s.parse(after)
	if err != nil {
		return nil, err
	}
	if idle := s.idle(f); len(idle) > 0 {
		after = replace(after, idle)
		if f, err = s.parse(after); err != nil {
			return nil, err
		}
	}
	for _, imp := range f.twice {
		return nil, fmt.Errorf("%s is imported twice", imp.path)
	}
	names := make(map[string]bool)
	for imp := range f.imports {
		names[s.name(imp)] = true
	}
	for imp := range s.imports {
		if name := s.name(imp); s.used[name] && f.used[name] && !names[name] {
			return nil, fmt.Errorf("%s is used, but no longer imported", name)
		}
	}
	if !s.clean {
		return after, nil
	}
	formatted, err := format.Source(s.plain(after))
	if err != nil {
		return nil, err
	}
	if s.allCRLF {
		formatted = bytes.ReplaceAll(formatted, []byte("\n"), []byte("\r\n"))
	}
	if bytes.HasPrefix(s.Content, []byte(bom)) {
		formatted = append([]byte(bom), formatted...)
	}
	return formatted, nil
}

// A spec is what an import says.
type spec struct{ name, path string }

// name returns the name that an import declares, or "".
func (s *source) name(imp spec) string {
	switch imp.name {
	case "":
		return s.Imports[imp.path]
	case "_", ".":
		return ""
	}
	return imp.name
}

// A file is a parsed content.
type file struct {
	*ast.File
	tokens  *token.File
	content []byte
	imports map[spec]bool
	twice   []spec
	used    map[string]bool // names before a selector, imported ones among them
}

func (s *source) parse(content []byte) (*file, error) {
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, "", content, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	f := &file{File: parsed, tokens: fset.File(parsed.FileStart), content: content, imports: make(map[spec]bool), used: make(map[string]bool)}
	for _, imp := range f.Imports {
		k := specOf(imp)
		if f.imports[k] && k.name != "_" {
			f.twice = append(f.twice, k)
		}
		f.imports[k] = true
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				f.used[id.Name] = true
			}
		}
		return true
	})
	return f, nil
}

func specOf(imp *ast.ImportSpec) spec {
	var k spec
	k.path, _ = strconv.Unquote(imp.Path.Value) // it has been parsed
	if imp.Name != nil {
		k.name = imp.Name.Name
	}
	return k
}

// idle returns the edits that remove the imports of which the fixes have taken
// away the last use. Of two fixes that take away one use each, neither knows.
func (s *source) idle(f *file) []placed {
	var edits []placed
	for _, decl := range f.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.IMPORT {
			continue
		}
		var gone []*ast.ImportSpec
		for _, sp := range d.Specs {
			imp := sp.(*ast.ImportSpec)
			if name := s.name(specOf(imp)); s.imports[specOf(imp)] && name != "" && s.used[name] && !f.used[name] {
				gone = append(gone, imp)
			}
		}
		if len(gone) == len(d.Specs) && len(gone) > 0 && !f.commented(d) {
			edits = append(edits, f.line(d))
			continue
		}
		for _, imp := range gone {
			edits = append(edits, f.line(imp))
		}
	}
	return edits
}

// commented tells whether comments stand in a declaration.
func (f *file) commented(d *ast.GenDecl) bool {
	for _, c := range f.Comments {
		if d.Pos() < c.Pos() && c.End() <= d.End() {
			return true
		}
	}
	return false
}

// line returns the edit that removes a node, and its line if nothing else is on
// it; a comment stays.
func (f *file) line(n ast.Node) placed {
	start, end := f.tokens.Offset(n.Pos()), f.tokens.Offset(n.End())
	first := bytes.LastIndexByte(f.content[:start], '\n') + 1
	last := len(f.content)
	if i := bytes.IndexByte(f.content[end:], '\n'); i >= 0 {
		last = end + i + 1
	}
	if len(bytes.TrimSpace(f.content[first:start])) == 0 && len(bytes.TrimSpace(f.content[end:last])) == 0 {
		start, end = first, last
	}
	return placed{Edit: Edit{Start: start, End: end}}
}
