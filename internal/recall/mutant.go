package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"github.com/emitcheck/emitcheck/analyzer"
	"github.com/emitcheck/emitcheck/internal/load"
)

// A packageUnderTest is a package with handlers, as it is without mutants.
type packageUnderTest struct {
	module  string
	program *load.Program
	pkg     *load.Package
	files   []*ast.File
	text    map[string][]byte // by file
	before  map[string]int    // what is found in it, by key
	minor   int               // of the Go version that its files are held to; 0 if any
}

// A hotMethod is a hot method on which nothing is reported.
type hotMethod struct {
	in             *packageUnderTest
	info           *types.Info
	handler, name  string
	rate, contract string
	kinds          []string // the effects that its contract is about; all if none
	file           *ast.File
	filename       string
	body           *ast.BlockStmt
	ftype          *ast.FuncType
	recv           *ast.Field // nil where it is a literal
	recvName       string
	recvType       string
	recvObj        types.Object
	isCopy         bool           // its receiver is no pointer
	fields         token.Position // where a field can be added to the receiver's struct
	line           int
}

// where names the hot method for people.
func (h *hotMethod) where() string {
	rel := strings.TrimPrefix(h.filename, h.in.pkg.Dir)
	return fmt.Sprintf("%s%s:%d %s.%s", h.in.pkg.PkgPath, filepath.ToSlash(rel), h.line, h.handler, h.name)
}

func (h *hotMethod) offset(pos token.Pos) int { return h.in.program.Fset().File(pos).Offset(pos) }

func (h *hotMethod) textOf(n ast.Node) string {
	return string(h.in.text[h.filename][h.offset(n.Pos()):h.offset(n.End())])
}

// A mutant is a hot method with one insertion.
type mutant struct {
	method    *hotMethod
	op        *operator
	carrier   *carrier
	placement *placement
	place     place
	promise   promise
}

func (m *mutant) String() string {
	return fmt.Sprintf("%s / %s / %s", m.op.name, m.carrier.name, m.placement.name)
}

const marker = "/*recall*/"

// An insertion is text to be put into a file.
type insertion struct {
	file   string
	offset int
	text   string
}

// files returns the text of the files that the mutant changes or adds, by name.
func (m *mutant) files() (map[string][]byte, error) {
	h := m.method
	module := h.in.module
	code := h.receiver(m.placement.wrap)
	code = replaceWords(code, map[string]string{
		"S": h.fill(m.carrier.at, m.op), "ZERO": h.zero(false), "ERROR": h.zero(true),
	})
	code = qualified(code)
	beside := qualified(h.fill(m.carrier.beside, m.op))

	all := []insertion{
		{h.filename, h.offset(m.place.pos), "\n" + marker + " { " + code + " }\n"},
		{h.filename, h.offset(h.file.Name.End()), importsOf(module, code)},
	}
	if h.recv != nil && (hasWord(m.carrier.at, "H") || hasWord(m.placement.wrap, "H")) {
		switch {
		case len(h.recv.Names) == 0:
			all = append(all, insertion{h.filename, h.offset(h.recv.Type.Pos()), h.recvName + " "})
		case h.recv.Names[0].Name == "_":
			all = append(all, insertion{h.filename, h.offset(h.recv.Names[0].End()), "recv"}) // _recv
		}
	}
	for _, field := range []string{m.carrier.field, m.placement.field} {
		if field != "" && !(field == m.placement.field && m.carrier.field == m.placement.field && len(all) > 3) {
			all = append(all, insertion{h.fields.Filename, h.fields.Offset, " " + field + ";"})
		}
	}
	text := make(map[string][]byte)
	slices.SortStableFunc(all, func(a, b insertion) int { return cmp.Compare(b.offset, a.offset) }) // last first
	for _, x := range all {
		old, ok := text[x.file]
		if !ok {
			if old, ok = h.in.text[x.file]; !ok {
				return nil, fmt.Errorf("%s is no file of %s", x.file, h.in.pkg.PkgPath)
			}
		}
		text[x.file] = slices.Concat(old[:x.offset], []byte(x.text), old[x.offset:])
	}

	body := qualified(support) + beside
	added := "package " + h.in.pkg.Name + importsOf(module, body) + "\n" + body + "\n"
	if _, ok := text[h.addedName()]; !ok {
		text[h.addedName()] = []byte(added)
	}
	return text, nil
}

func (h *hotMethod) addedName() string {
	return filepath.Join(filepath.Dir(h.filename), "recall_added.go")
}

// An outcome is what became of a mutant.
type outcome struct {
	*mutant
	broken string   // why it does not compile
	hit    bool     // the operator's rule reports it on its line
	extra  []string // what else is new
	others []string // what is new on its line by other rules
}

// wrong tells whether the outcome is not what is promised.
func (o *outcome) wrong() bool {
	switch {
	case o.broken != "":
		return false
	case o.promise == found:
		return !o.hit
	}
	return o.hit || len(o.extra)+len(o.others) > 0
}

// run makes the mutant and looks at it.
func (m *mutant) run() (*outcome, error) {
	h := m.method
	o := &outcome{mutant: m}
	text, err := m.files()
	if err != nil {
		return nil, err
	}
	pkg, err := h.in.program.Again(h.in.pkg, h.in.files, text)
	if err != nil {
		return nil, err
	}
	defer h.in.program.Forget(pkg, text)
	switch {
	case len(pkg.Errors) > 0:
		o.broken = pkg.Errors[0].Error()
		return o, nil
	case pkg.IllTyped:
		o.broken = "what it imports does not compile"
		return o, nil
	case pkg.Err != nil:
		return nil, pkg.Err
	}
	line := 1 + bytes.Count(text[h.filename][:bytes.Index(text[h.filename], []byte(marker))], []byte("\n"))
	left := make(map[string]int)
	for k, n := range h.in.before {
		left[k] = n
	}
	fset := h.in.program.Fset()
	for _, f := range pkg.Result.(*analyzer.Result).Findings {
		pos := fset.PositionFor(f.Pos, false)
		if pos.Filename == h.filename && pos.Line == line {
			if f.Rule == m.op.rule {
				o.hit = true
			} else {
				o.others = append(o.others, f.Message)
			}
			continue
		}
		k := keyOf(&f)
		if left[k]--; left[k] < 0 {
			o.extra = append(o.extra, fmt.Sprintf("%s:%d: %s", filepath.Base(pos.Filename), pos.Line, f.Message))
		}
	}
	return o, nil
}

// keyOf names a finding apart from the line that it stands on, and from what its message says of a fix: none is offered
// for text that is not on disk.
func keyOf(f *analyzer.Finding) string {
	key := f.Rule + " " + f.Handler + "." + f.Method
	for _, hop := range f.Chain {
		key += " " + hop.Function
	}
	return key
}

// show renders the mutated method, for people.
func (m *mutant) show() string {
	text, err := m.files()
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for _, name := range []string{m.method.filename, m.method.addedName()} {
		src := text[name]
		if nice, err := format.Source(src); err == nil {
			src = nice
		}
		fmt.Fprintf(&b, "-- %s --\n%s\n", name, src)
	}
	return b.String()
}
