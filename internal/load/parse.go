package load

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/types"
	"io/fs"

	"golang.org/x/tools/go/packages"
)

// parse parses the files of a unit; what cannot be parsed is an error of it.
func (p *program) parse(u *unit) {
	mode := parser.AllErrors | parser.SkipObjectResolution | parser.ParseComments
	if p.opaque(u) && !u.root {
		mode &^= parser.ParseComments
	}
	for _, name := range u.CompiledGoFiles {
		text, err := p.read(name)
		if err != nil {
			u.addError(err)
			continue
		}
		if u.full {
			if p.cfg.Read != nil {
				p.cfg.Read(name, text)
			}
		} else {
			text = withoutBodies(text)
		}
		f, err := parser.ParseFile(p.fset, name, text, mode)
		if err != nil {
			u.addError(err)
		}
		if f != nil {
			if !u.full {
				dropBodies(f)
			}
			u.Syntax = append(u.Syntax, f)
		}
	}
}

// dropBodies empties the bodies that withoutBodies has left, and those of
// function literals outside of functions, since they are not type-checked.
func dropBodies(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Body != nil {
				n.Body.List = nil
			}
		case *ast.FuncLit:
			n.Body.List = nil
		}
		return true
	})
}

// addError adds an error of the parser or type checker to those of the unit.
func (u *unit) addError(err error) {
	add := func(kind packages.ErrorKind, pos, msg string) {
		u.Errors = append(u.Errors, packages.Error{Pos: pos, Msg: msg, Kind: kind})
	}
	var list scanner.ErrorList
	var path *fs.PathError
	var typeErr types.Error
	switch {
	case errors.As(err, &list):
		for _, e := range list {
			add(packages.ParseError, e.Pos.String(), e.Msg)
		}
	case errors.As(err, &path):
		add(packages.ParseError, path.Path+":1", path.Err.Error())
	case errors.As(err, &typeErr):
		u.TypeErrors = append(u.TypeErrors, typeErr)
		add(packages.TypeError, typeErr.Fset.Position(typeErr.Pos).String(), typeErr.Msg)
	default:
		add(packages.TypeError, "-", err.Error())
	}
}
