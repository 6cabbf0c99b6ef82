package hoist

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/emitcheck/emitcheck/analyzer/internal/filepos"
)

// A source is one file of the package as it lies on disk.
type source struct {
	file  *ast.File
	tok   *token.File
	text  []byte
	tidy  bool // gofmt would leave it alone
	usual bool // its lines end as gofmt's do
}

// source reads the file that a position lies in. It returns an obstacle where
// the file cannot be edited: what is analysed is not what lies on disk, or a
// tool wrote it.
func (f *Fixer) source(pos token.Pos) (*source, *Obstacle) {
	tok := f.pass.Fset.File(pos)
	if tok == nil {
		return nil, obstacle("file", "its source is not at hand")
	}
	if s := f.sources[tok]; s != nil {
		return s, nil
	}
	var file *ast.File
	for _, x := range f.pass.Files {
		if x.FileStart <= pos && pos < x.FileEnd {
			file = x
		}
	}
	if file == nil {
		return nil, obstacle("file", "its source is not at hand")
	}
	if written := f.pass.Fset.Position(pos).Filename; written != tok.Name() || slices.ContainsFunc(file.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"C"` }) {
		return nil, obstacle("file", "%s uses cgo, or is made from another file", base(written))
	}
	if ast.IsGenerated(file) {
		return nil, obstacle("file", "%s is a generated file", base(tok.Name()))
	}
	text, err := os.ReadFile(tok.Name())
	if err != nil || len(text) != tok.Size() {
		return nil, obstacle("file", "%s is not on disk as it is analysed", base(tok.Name()))
	}
	s := &source{file: file, tok: tok, text: text}
	s.usual = !bytes.Contains(text, []byte("\r"))
	if tidy, err := format.Source(text); err == nil {
		s.tidy = bytes.Equal(tidy, text)
	}
	f.sources[tok] = s
	return s, nil
}

func (s *source) offset(pos token.Pos) int { return s.tok.Offset(pos) }

// between returns the text from one position to another.
func (s *source) between(from, to token.Pos) string {
	return string(s.text[s.offset(from):s.offset(to)])
}

// lineStart returns where the line of an offset begins.
func (s *source) lineStart(off int) int { return bytes.LastIndexByte(s.text[:off], '\n') + 1 }

// lineEnd returns where the line of an offset ends, its line end excluded.
func (s *source) lineEnd(off int) int {
	if i := bytes.IndexByte(s.text[off:], '\n'); i >= 0 {
		return off + i
	}
	return len(s.text)
}

// lineEndAfter returns where the line of a position ends, or the last of those
// that comments which begin there reach to.
func (s *source) lineEndAfter(pos token.Pos) int {
	end := s.lineEnd(s.offset(pos))
	for _, g := range s.file.Comments {
		for _, c := range g.List {
			if from := s.offset(c.Pos()); from >= s.offset(pos) && from < end {
				end = max(end, s.lineEnd(s.offset(c.End())))
			}
		}
	}
	return end
}

// An edit replaces what lies between two offsets of a source.
type edit struct {
	src      *source
	from, to int
	text     string
}

// A draft gathers the edits of one fix.
type draft struct{ edits []edit }

func (d *draft) replace(s *source, from, to int, text string) {
	d.edits = append(d.edits, edit{s, from, to, text})
}

func (d *draft) insert(s *source, at int, text string) { d.replace(s, at, at, text) }

// apply returns the text of each file that the edits change.
func (d *draft) apply() (map[*source][]byte, error) {
	files := make(map[*source][]edit)
	for _, e := range d.edits {
		files[e.src] = append(files[e.src], e)
	}
	changed := make(map[*source][]byte)
	for s, es := range files {
		slices.SortStableFunc(es, func(a, b edit) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
		var b bytes.Buffer
		last := 0
		for _, e := range es {
			if e.from < last {
				return nil, fmt.Errorf("edits overlap at %s", s.tok.Position(s.tok.Pos(e.from)))
			}
			b.Write(s.text[last:e.from])
			b.WriteString(e.text)
			last = e.to
		}
		b.Write(s.text[last:])
		text := b.Bytes()
		tidy, err := format.Source(text)
		if err != nil {
			return nil, err
		}
		if s.tidy {
			text = tidy
		}
		changed[s] = text
	}
	return changed, nil
}

// textEdits tells changed files as the fewest lines to replace, so that fixes
// of two handlers of one file do not meet where they need not.
func textEdits(fset *token.FileSet, changed map[*source][]byte) []analysis.TextEdit {
	var edits []analysis.TextEdit
	for s, text := range changed {
		for _, h := range diffLines(s.text, text) {
			edits = append(edits, analysis.TextEdit{Pos: s.tok.Pos(h.from), End: s.tok.Pos(h.to), NewText: h.text})
		}
	}
	slices.SortFunc(edits, func(a, b analysis.TextEdit) int { return filepos.Compare(fset, a.Pos, b.Pos) })
	return edits
}

// A hunk replaces the bytes between two offsets.
type hunk struct {
	from, to int
	text     []byte
}

// diffLines returns what makes b of a, line by line (Myers' algorithm).
func diffLines(a, b []byte) []hunk {
	x, y := bytes.SplitAfter(a, []byte("\n")), bytes.SplitAfter(b, []byte("\n"))
	pre := 0
	for pre < len(x) && pre < len(y) && bytes.Equal(x[pre], y[pre]) {
		pre++
	}
	post := 0
	for post < len(x)-pre && post < len(y)-pre && bytes.Equal(x[len(x)-1-post], y[len(y)-1-post]) {
		post++
	}
	keep := matches(x[pre:len(x)-post], y[pre:len(y)-post])
	var hunks []hunk
	off := func(lines [][]byte, n int) int {
		k := 0
		for _, l := range lines[:n] {
			k += len(l)
		}
		return k
	}
	add := func(i, i2, j, j2 int) {
		if i == i2 && j == j2 {
			return
		}
		hunks = append(hunks, hunk{off(x, pre+i), off(x, pre+i2), bytes.Join(y[pre+j:pre+j2], nil)})
	}
	i, j := 0, 0
	for _, m := range keep {
		add(i, m[0], j, m[1])
		i, j = m[0]+1, m[1]+1
	}
	add(i, len(x)-post-pre, j, len(y)-post-pre)
	return hunks
}

// maxDiff bounds the work on two texts that have little in common.
const maxDiff = 2000

// matches returns the indices of the lines that x and y share, in order.
func matches(x, y [][]byte) [][2]int {
	n, m := len(x), len(y)
	limit := min(n+m, maxDiff)
	v := make([]int, 2*limit+2)
	var trace [][]int
	for d := 0; d <= limit; d++ {
		trace = append(trace, slices.Clone(v))
		for k := -d; k <= d; k += 2 {
			var i int
			if k == -d || k != d && v[limit+k-1] < v[limit+k+1] {
				i = v[limit+k+1]
			} else {
				i = v[limit+k-1] + 1
			}
			j := i - k
			for i < n && j < m && bytes.Equal(x[i], y[j]) {
				i, j = i+1, j+1
			}
			v[limit+k] = i
			if i < n || j < m {
				continue
			}
			var back [][2]int
			for ; d >= 0; d-- {
				k := i - j
				w := trace[d]
				prev := k - 1
				if k == -d || k != d && w[limit+k-1] < w[limit+k+1] {
					prev = k + 1
				}
				pi := w[limit+prev]
				pj := pi - prev
				if d == 0 {
					pi, pj = 0, 0
				}
				for i > pi && j > pj {
					i, j = i-1, j-1
					back = append(back, [2]int{i, j})
				}
				i, j = pi, pj
			}
			slices.Reverse(back)
			return back
		}
	}
	return nil
}

// imports says what a file imports, and adds what a fix needs.
type imports struct {
	f     *Fixer
	added map[*source]map[string]string // path to package name
}

// name returns the name by which code in a file says a package, importing it if
// need be. pkg is nil for std packages that the package does not import yet.
func (im *imports) name(s *source, path, name string) (string, *Obstacle) {
	for _, spec := range s.file.Imports {
		if strings.Trim(spec.Path.Value, "`\"") != path {
			continue
		}
		switch {
		case spec.Name == nil:
			if pn, ok := im.f.pass.TypesInfo.Implicits[spec].(*types.PkgName); ok {
				return pn.Name(), nil
			}
			return name, nil
		case spec.Name.Name == ".":
			return "", nil
		case spec.Name.Name != "_":
			return spec.Name.Name, nil
		}
	}
	if im.f.pass.Pkg.Scope().Lookup(name) != nil || im.f.declaredElsewhere(name) {
		return "", obstacle("name", "the package declares a %s of its own", name)
	}
	for _, spec := range s.file.Imports {
		if pn := im.f.importName(spec); pn == name {
			return "", obstacle("name", "%s imports another package as %s", base(s.tok.Name()), name)
		}
	}
	if im.added[s] == nil {
		im.added[s] = make(map[string]string)
	}
	im.added[s][path] = name
	return name, nil
}

func (f *Fixer) importName(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	if pn, ok := f.pass.TypesInfo.Implicits[spec].(*types.PkgName); ok {
		return pn.Name()
	}
	return ""
}

// edits adds the import declarations to the draft.
func (im *imports) edits(d *draft) {
	for s, paths := range im.added {
		sorted := slices.Sorted(func(yield func(string) bool) {
			for p := range paths {
				if !yield(p) {
					return
				}
			}
		})
		for _, path := range sorted {
			im.insert(d, s, path, sorted)
		}
	}
}

// insert adds one import where gofmt would have it: in the first group of std
// packages of the first import declaration in parentheses.
func (im *imports) insert(d *draft, s *source, path string, all []string) {
	var paren, single *ast.GenDecl
	for _, decl := range s.file.Decls {
		g, ok := decl.(*ast.GenDecl)
		if !ok || g.Tok != token.IMPORT {
			break
		}
		if g.Lparen.IsValid() && paren == nil && len(g.Specs) > 0 {
			paren = g
		} else if !g.Lparen.IsValid() && single == nil {
			single = g
		}
	}
	quoted := fmt.Sprintf("%q", path)
	switch {
	case paren != nil:
		group := firstGroup(s, paren)
		var before *ast.ImportSpec
		for _, spec := range group {
			if before == nil && spec.Path.Value > quoted {
				before = spec
			}
		}
		std := !strings.Contains(strings.SplitN(path, "/", 2)[0], ".")
		groupStd := !strings.Contains(strings.SplitN(group[0].Path.Value, "/", 2)[0], ".")
		switch {
		case std && !groupStd:
			at := s.lineStart(s.offset(groupStart(group[0])))
			d.insert(s, at, "\t"+quoted+"\n")
			if path == all[len(all)-1] {
				d.insert(s, at, "\n")
			}
		case before != nil:
			d.insert(s, s.lineStart(s.offset(groupStart(before))), "\t"+quoted+"\n")
		default:
			last := group[len(group)-1]
			d.insert(s, s.lineEndAfter(last.End()), "\n\t"+quoted)
		}
	case single != nil:
		if path != all[0] {
			return // written with the first
		}
		spec := single.Specs[0].(*ast.ImportSpec)
		lines := []string{s.between(spec.Pos(), spec.End())}
		for _, p := range all {
			lines = append(lines, fmt.Sprintf("%q", p))
		}
		slices.SortFunc(lines, func(a, b string) int { return cmp.Compare(importPath(a), importPath(b)) })
		d.replace(s, s.offset(spec.Pos()), s.offset(spec.End()), "(\n\t"+strings.Join(lines, "\n\t")+"\n)")
	default:
		if path != all[0] {
			return
		}
		var b strings.Builder
		b.WriteString("\n\nimport ")
		if len(all) == 1 {
			b.WriteString(quoted)
		} else {
			b.WriteString("(\n")
			for _, p := range all {
				fmt.Fprintf(&b, "\t%q\n", p)
			}
			b.WriteString(")")
		}
		d.insert(s, s.lineEndAfter(s.file.Name.End()), b.String())
	}
}

// importPath returns the quoted path of an import spec's text.
func importPath(spec string) string { return spec[strings.IndexAny(spec, "\"`"):] }

// firstGroup returns the specs of a declaration up to its first blank line.
func firstGroup(s *source, g *ast.GenDecl) []*ast.ImportSpec {
	var group []*ast.ImportSpec
	for _, spec := range g.Specs {
		spec := spec.(*ast.ImportSpec)
		if n := len(group); n > 0 && s.tok.Line(groupStart(spec)) > s.tok.Line(group[n-1].End())+1 {
			break
		}
		group = append(group, spec)
	}
	return group
}

// groupStart returns where a spec begins, its comment included.
func groupStart(spec *ast.ImportSpec) token.Pos {
	if spec.Doc != nil {
		return spec.Doc.Pos()
	}
	return spec.Pos()
}

// dropImports takes out the imports of a file that nothing in it uses any more,
// once the edits of a draft are made. One with a comment stays.
func (p *plan) dropImports(d *draft) {
	changed, err := d.apply()
	if err != nil {
		return
	}
	for s, text := range changed {
		fixed, err := parser.ParseFile(token.NewFileSet(), s.tok.Name(), text, parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		used := make(map[string]bool)
		ast.Inspect(fixed, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if id, ok := sel.X.(*ast.Ident); ok {
					used[id.Name] = true
				}
			}
			return true
		})
		for _, decl := range s.file.Decls {
			g, ok := decl.(*ast.GenDecl)
			if !ok || g.Tok != token.IMPORT {
				break
			}
			for _, spec := range g.Specs {
				spec := spec.(*ast.ImportSpec)
				name := p.f.importName(spec)
				if name == "" || name == "_" || name == "." || used[name] || spec.Doc != nil || spec.Comment != nil {
					continue
				}
				var node ast.Node = spec
				if len(g.Specs) == 1 {
					node = g
				}
				from, to := s.offset(node.Pos()), s.offset(node.End())
				if start, end := s.lineStart(from), s.lineEnd(to); strings.TrimSpace(string(s.text[start:from])) == "" && strings.TrimSpace(string(s.text[to:end])) == "" {
					from, to = start, min(end+1, len(s.text))
				}
				d.replace(s, from, to, "")
			}
		}
	}
}
