// Package directive reads the comments that speak to emitcheck:
//
//	//emitcheck:handler [hot=A,B] [start=..] [stop=..] [copy=..] [rate=frame]
//	//emitcheck:hot [rate=frame]
//	//emitcheck:ignore RULE[,RULE] reason
//	//nolint, //nolint:emitcheck
//
// It knows their syntax and the lines they cover. Which types they make
// handlers is package contract's affair; which rules there are, package
// analyzer's.
package directive

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// The verbs of directives, as they follow "//emitcheck:".
const (
	Handler = "handler"
	Hot     = "hot"
	Ignore  = "ignore"
)

const prefix = "//emitcheck:"

// A Directive is one //emitcheck: comment.
type Directive struct {
	Verb string
	Args []string // what follows the verb, split at spaces
	Pos  token.Pos
	End  token.Pos
}

// Parse returns the directive that a comment is, if it is one.
func Parse(c *ast.Comment) (*Directive, bool) {
	rest, ok := strings.CutPrefix(c.Text, prefix)
	if !ok {
		return nil, false
	}
	// As in go:generate, a second comment on the line ends the directive; so
	// analysistest's expectations can stand beside it.
	rest, _, _ = strings.Cut(rest, " // ")
	fields := strings.Fields(rest)
	d := &Directive{Pos: c.Pos(), End: c.End()}
	// "//emitcheck: handler" is a mistake worth a word: its verb is empty.
	if len(fields) > 0 && !strings.HasPrefix(rest, " ") {
		d.Verb, d.Args = fields[0], fields[1:]
	}
	return d, true
}

// A HandlerArgs is what the arguments of //emitcheck:handler and
// //emitcheck:hot say. An empty list means that the argument was not given.
type HandlerArgs struct {
	Hot, Start, Stop, Copy []string
	Rate                   string
}

// ParseHandler reads the arguments of a handler or hot directive. Its error
// says which argument is wrong and what was expected.
func (d *Directive) ParseHandler() (HandlerArgs, error) {
	var args HandlerArgs
	seen := make(map[string]bool)
	for _, arg := range d.Args {
		key, value, ok := strings.Cut(arg, "=")
		if d.Verb == Hot && key != "rate" {
			return args, fmt.Errorf("unknown argument %q: want rate=frame, rate=record or rate=batch", arg)
		}
		if !ok || value == "" {
			return args, fmt.Errorf("argument %q has no value: want key=value", arg)
		}
		if seen[key] {
			return args, fmt.Errorf("argument %s is given twice", key)
		}
		seen[key] = true
		switch key {
		case "hot", "start", "stop", "copy", "rate":
		default:
			return args, fmt.Errorf("unknown argument %q: want hot=, start=, stop=, copy= or rate=", arg)
		}
		names := strings.Split(value, ",")
		for _, n := range names {
			if key != "rate" && !token.IsIdentifier(n) {
				return args, fmt.Errorf("%q in %s= is not a method name", n, key)
			}
		}
		switch key {
		case "hot":
			args.Hot = names
		case "start":
			args.Start = names
		case "stop":
			args.Stop = names
		case "copy":
			args.Copy = names
		case "rate":
			args.Rate = value
		}
	}
	return args, nil
}

// In returns the directive with this verb among the comments of a declaration.
func In(verb string, docs ...*ast.CommentGroup) *Directive {
	for _, doc := range docs {
		if doc == nil {
			continue
		}
		for _, c := range doc.List {
			if d, ok := Parse(c); ok && d.Verb == verb {
				return d
			}
		}
	}
	return nil
}

// A Suppression is a comment that silences rules on the lines it covers.
type Suppression struct {
	Pos       token.Pos  // of the comment
	Directive *Directive // nil for a nolint comment
	Rules     []string   // empty for a nolint comment: all rules
	Reason    string
	Used      bool // whether it silenced anything

	file      *token.File
	from, to  int // the lines it covers
	malformed bool
}

// Covers tells whether the suppression silences the rule at pos, and marks it
// used if so.
func (s *Suppression) Covers(rule string, file *token.File, line int) bool {
	if s.file != file || line < s.from || line > s.to || s.malformed {
		return false
	}
	return s.Directive == nil || slices.Contains(s.Rules, rule)
}

// A Set holds the suppressions of a package.
type Set struct {
	fset  *token.FileSet
	files map[*token.File][]*Suppression
	all   []*Suppression
}

// Suppressions returns the suppressions in the files.
func Suppressions(fset *token.FileSet, files []*ast.File) *Set {
	set := &Set{fset: fset}
	for _, f := range files {
		for _, group := range f.Comments {
			for _, c := range group.List {
				if s := suppression(fset, f, c); s != nil {
					if set.files == nil {
						set.files = make(map[*token.File][]*Suppression)
					}
					set.files[s.file] = append(set.files[s.file], s)
					set.all = append(set.all, s)
				}
			}
		}
	}
	return set
}

// All returns the suppressions in source order.
func (set *Set) All() []*Suppression { return set.all }

// Suppressed tells whether the rule is silenced at pos, and marks what silences
// it as used.
func (set *Set) Suppressed(rule string, pos token.Pos) bool {
	if len(set.files) == 0 {
		return false
	}
	file := set.fset.File(pos)
	line := lineOf(file, pos)
	found := false
	for _, s := range set.files[file] {
		if s.Covers(rule, file, line) {
			s.Used = true
			found = true
		}
	}
	return found
}

func suppression(fset *token.FileSet, f *ast.File, c *ast.Comment) *Suppression {
	s := &Suppression{Pos: c.Pos(), file: fset.File(c.Pos())}
	if s.file == nil {
		return nil
	}
	if d, ok := Parse(c); ok {
		if d.Verb != Ignore {
			return nil
		}
		s.Directive = d
		if len(d.Args) > 0 {
			s.Rules = strings.Split(d.Args[0], ",")
			s.Reason = strings.Join(d.Args[1:], " ")
		}
		s.malformed = s.Reason == "" || slices.Contains(s.Rules, "")
		s.from = lineOf(s.file, c.Pos())
		s.to = s.from + 1
		if !ownLine(fset, f, c) {
			s.to = s.from
		}
		return s
	}
	if !isNolint(c.Text) {
		return nil
	}
	s.from = lineOf(s.file, c.Pos())
	s.to = s.from
	if ownLine(fset, f, c) {
		// As in golangci-lint: on a line of its own it covers the whole
		// declaration or statement that follows.
		s.to = endOfNodeAt(s.file, f, s.from+1)
	}
	return s
}

// isNolint tells whether a comment is a nolint comment that names emitcheck, or
// no linter at all.
func isNolint(text string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(strings.TrimPrefix(text, "//"), " "), "nolint")
	if !ok || !strings.HasPrefix(text, "//") {
		return false
	}
	list, ok := strings.CutPrefix(rest, ":")
	if !ok {
		return rest == "" || rest[0] == ' ' || strings.HasPrefix(rest, "//")
	}
	list, _, _ = strings.Cut(list, "//")
	for name := range strings.SplitSeq(list, ",") {
		// What follows a space after the last name is an explanation.
		fields := strings.Fields(name)
		if len(fields) > 0 && (fields[0] == "emitcheck" || fields[0] == "all") {
			return true
		}
	}
	return false
}

// lineOf returns the line that a position has in the file as it lies there: what
// a //line comment says of it is for messages.
func lineOf(file *token.File, pos token.Pos) int { return file.PositionFor(pos, false).Line }

// ownLine tells whether nothing but the comment stands on its line.
func ownLine(fset *token.FileSet, f *ast.File, c *ast.Comment) bool {
	file := fset.File(c.Pos())
	line := lineOf(file, c.Pos())
	own := true
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil || !own {
			return false
		}
		switch n.(type) {
		case *ast.Comment, *ast.CommentGroup:
			return false
		}
		if n.Pos() > c.Pos() || n.End() < file.LineStart(line) {
			return n == f
		}
		// A node that starts or ends on the line, before the comment.
		if _, isFile := n.(*ast.File); !isFile {
			starts := lineOf(file, n.Pos()) == line && n.Pos() < c.Pos()
			ends := n.End().IsValid() && n.End() <= c.Pos() && lineOf(file, n.End()) == line
			if starts || ends {
				own = false
			}
			if b, ok := n.(*ast.BlockStmt); ok && b.Lbrace.IsValid() && lineOf(file, b.Lbrace) == line {
				own = false
			}
		}
		return own
	})
	return own
}

// endOfNodeAt returns the last line of the outermost declaration or statement
// that starts on line, or line itself.
func endOfNodeAt(file *token.File, f *ast.File, line int) int {
	end := line
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case nil:
			return false
		case *ast.File:
			return true
		case *ast.FuncDecl:
			// A doc comment belongs to the declaration; it starts at "func".
			if lineOf(file, n.Type.Pos()) == line || (n.Doc != nil && lineOf(file, n.Doc.Pos()) <= line && line <= lineOf(file, n.Type.Pos())) {
				end = max(end, lineOf(file, n.End()))
				return false
			}
		case ast.Stmt, *ast.GenDecl, ast.Spec, *ast.Field:
			if lineOf(file, n.Pos()) == line {
				end = max(end, lineOf(file, n.End()))
				return false
			}
		}
		return true
	})
	return end
}
