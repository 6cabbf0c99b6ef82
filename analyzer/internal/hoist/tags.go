package hoist

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
)

// everywhere requires that all that a fix edits is built under the same
// conditions: else it would put right one system and break another.
func (f *Fixer) everywhere(s *shape) *Obstacle {
	want := constraint(s.src)
	f.tags = want
	check := func(src *source) *Obstacle {
		if constraint(src) != want {
			return obstacle("tags", "%s is not built wherever %s is", base(src.tok.Name()), base(s.src.tok.Name()))
		}
		return nil
	}
	for _, k := range []*hook{s.start, s.stop} {
		if k == nil {
			continue
		}
		if o := check(k.src); o != nil {
			return o
		}
		method := ""
		if k.decl == nil {
			method = k.name
		}
		if f.ignored(s.h.Name, method) {
			return obstacle("tags", "%s is named in a file that is not built here", s.h.Name)
		}
	}
	for _, d := range f.sortedHots(s) {
		src, o := f.source(d.Pos())
		if o == nil {
			o = check(src)
		}
		if o != nil {
			return o
		}
	}
	return nil
}

// constraint returns the conditions under which a file is built, as far as they
// are written in it or in its name.
func constraint(s *source) string {
	text := ""
	for _, g := range s.file.Comments {
		if g.Pos() > s.file.Package {
			break
		}
		for _, c := range g.List {
			if strings.HasPrefix(c.Text, "//go:build ") {
				text = c.Text
			}
		}
	}
	parts := strings.Split(strings.TrimSuffix(base(s.tok.Name()), ".go"), "_")
	for _, part := range parts[1:] {
		if part == "test" || systems[part] {
			text += " " + part
		}
	}
	return text
}

// systems are the names of operating systems and architectures that count at
// the end of a file's name.
var systems = func() map[string]bool {
	m := make(map[string]bool)
	for _, name := range strings.Fields(`aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9
		solaris wasip1 windows zos 386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm`) {
		m[name] = true
	}
	return m
}()

// ignored tells whether a file that is not built here names a handler type, but
// for methods other than the one called method.
func (f *Fixer) ignored(typ, method string) bool {
	for _, file := range f.unbuilt() {
		if file == nil {
			return true // it cannot be told
		}
		for _, decl := range file.Decls {
			var part ast.Node = decl
			if d, ok := decl.(*ast.FuncDecl); ok && d.Recv != nil && d.Body != nil {
				if d.Name.Name == method && identsIn(d.Recv)[typ] {
					return true
				}
				part = d.Body
			}
			if identsIn(part)[typ] {
				return true
			}
		}
	}
	return false
}

// unbuilt returns the files of the package that are not built here; nil for one
// that does not parse.
func (f *Fixer) unbuilt() []*ast.File {
	if f.others == nil {
		f.others = []*ast.File{}
		for _, name := range f.pass.IgnoredFiles {
			if strings.HasSuffix(name, ".go") {
				file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
				if err != nil {
					file = nil
				}
				f.others = append(f.others, file)
				if file != nil {
					maps.Copy(f.members, identsIn(file))
				}
			}
		}
	}
	return f.others
}

// declaredElsewhere tells whether a file that is not built here declares a name
// for the whole package.
func (f *Fixer) declaredElsewhere(name string) bool {
	for _, file := range f.unbuilt() {
		if file == nil {
			return true
		}
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil && d.Name.Name == name {
					return true
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch s := spec.(type) {
					case *ast.TypeSpec:
						if s.Name.Name == name {
							return true
						}
					case *ast.ValueSpec:
						if slices.ContainsFunc(s.Names, func(id *ast.Ident) bool { return id.Name == name }) {
							return true
						}
					}
				}
			}
		}
	}
	return false
}
