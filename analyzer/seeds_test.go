package analyzer_test

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"hash/fnv"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/txtar"

	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// runtimePath is the one package outside of std that seeds may import: it needs
// std alone, and its Handler is what many cases of the corpus are.
const runtimePath = "github.com/emitcheck/emitcheck/runtime"

// A world is what the programs of one process import: packages that are
// type-checked once, for std takes longer than thousands of programs do.
type world struct {
	fset *token.FileSet
	dir  string // where programs lie while they are analysed: fixes are for files on disk
	std  types.ImporterFrom

	mu      sync.Mutex
	runtime *types.Package
	cases   map[string][]seedCase // by directory of the corpus
}

var theWorld = sync.OnceValue(func() *world {
	// Without cgo, package net and the like are Go alone.
	build.Default.CgoEnabled = false
	fset := token.NewFileSet()
	return &world{
		fset:  fset,
		std:   importer.ForCompiler(fset, "source", nil).(types.ImporterFrom),
		cases: make(map[string][]seedCase),
	}
})

// Import imports what seeds may import.
func (w *world) Import(path string) (*types.Package, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case path == runtimePath:
		if w.runtime == nil {
			pkg, err := w.checkDir("../runtime", path)
			if err != nil {
				return nil, err
			}
			w.runtime = pkg
		}
		return w.runtime, nil
	case path != "C" && (model.IsStd(path) || path == "unsafe"):
		return w.std.ImportFrom(path, "", 0)
	}
	return nil, fmt.Errorf("could not import %s: it is not of std", path)
}

// checkDir type-checks the package in a directory.
func (w *world) checkDir(dir, path string) (*types.Package, error) {
	files, err := parseDir(w.fset, dir)
	if err != nil {
		return nil, err
	}
	cfg := types.Config{Importer: w.std, IgnoreFuncBodies: true}
	return cfg.Check(path, w.fset, files, nil)
}

// parseDir parses the files of a directory that are built here, tests left out.
func parseDir(fset *token.FileSet, dir string) ([]*ast.File, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".go" || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		if ok, err := build.Default.MatchFile(dir, e.Name()); err != nil || !ok {
			continue // so much the fewer cases
		}
		f, err := parser.ParseFile(fset, filepath.Join(dir, e.Name()), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// A seedCase is a type of the corpus with its methods and all that they need, as
// a file of its own: small enough to be analysed some hundred times a second.
type seedCase struct {
	name string // the type's
	text string
}

// seedDirs are the directories of the corpus that cases are taken from.
var seedDirs = sync.OnceValues(func() ([]string, error) {
	var dirs []string
	err := filepath.WalkDir(testdata, func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" {
			return err
		}
		rel, err := filepath.Rel(testdata, filepath.Dir(name))
		rel = filepath.ToSlash(rel)
		theme, _, _ := strings.Cut(rel, "/")
		if err == nil && !slices.Contains(dirs, rel) && theme != "contracts" && theme != "optional" && theme != "heavy" {
			dirs = append(dirs, rel)
		}
		return err
	})
	return dirs, err
})

// seedSource returns the program that a fuzzer's string stands for: the text
// itself if it has several lines (a file, or a txtar archive with a file for
// each package), or a case of the corpus called "directory:Type". Any other
// string stands for some case, so that the fuzzer cannot miss.
func (w *world) seedSource(name string) (string, error) {
	if strings.Contains(name, "\n") {
		return name, nil
	}
	dirs, err := seedDirs()
	if err != nil {
		return "", err
	}
	h := fnv.New32a()
	h.Write([]byte(name))
	n := int(h.Sum32() >> 1)
	dir, typ, _ := strings.Cut(name, ":")
	if !slices.Contains(dirs, dir) {
		dir = dirs[n%len(dirs)]
	}
	cases, err := w.casesOf(dir)
	if err != nil || len(cases) == 0 {
		return "", err
	}
	i := slices.IndexFunc(cases, func(c seedCase) bool { return c.name == typ })
	if i < 0 {
		i = n / len(dirs) % len(cases)
	}
	return cases[i].text, nil
}

// casesOf splits a package of the corpus into cases.
func (w *world) casesOf(dir string) ([]seedCase, error) {
	if cases, ok := w.cases[dir]; ok {
		return cases, nil
	}
	fset := token.NewFileSet()
	files, err := parseDir(fset, filepath.Join(testdata, filepath.FromSlash(dir)))
	if err != nil {
		return nil, err
	}
	info := &types.Info{Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object), Implicits: make(map[ast.Node]types.Object)}
	cfg := types.Config{Importer: w, Error: func(error) {}}
	cfg.Check("p", fset, files, info) // what imports what is not there gives no case
	s := &splitter{fset: fset, files: files, info: info, source: make(map[*ast.File][]byte)}
	cases, err := s.split()
	w.cases[dir] = cases
	return cases, err
}

type splitter struct {
	fset   *token.FileSet
	files  []*ast.File
	info   *types.Info
	source map[*ast.File][]byte

	decls   []ast.Decl
	file    map[ast.Decl]*ast.File
	owner   map[types.Object]ast.Decl   // of what is declared at package level
	methods map[types.Object][]ast.Decl // by type
}

func (s *splitter) split() ([]seedCase, error) {
	s.file = make(map[ast.Decl]*ast.File)
	s.owner = make(map[types.Object]ast.Decl)
	s.methods = make(map[types.Object][]ast.Decl)
	for _, f := range s.files {
		text, err := os.ReadFile(s.fset.File(f.FileStart).Name())
		if err != nil {
			return nil, err
		}
		s.source[f] = text
		for _, d := range f.Decls {
			s.file[d] = f
			switch d := d.(type) {
			case *ast.FuncDecl:
				if t := s.receiver(d); t != nil {
					s.methods[t] = append(s.methods[t], d)
				} else if d.Name.Name == "init" {
					continue
				}
				s.owner[s.info.Defs[d.Name]] = d
			case *ast.GenDecl:
				if d.Tok == token.IMPORT {
					continue
				}
				for _, spec := range d.Specs {
					switch spec := spec.(type) {
					case *ast.TypeSpec:
						s.owner[s.info.Defs[spec.Name]] = d
					case *ast.ValueSpec:
						for _, id := range spec.Names {
							s.owner[s.info.Defs[id]] = d
						}
					}
				}
			}
			s.decls = append(s.decls, d)
		}
	}
	var cases []seedCase
	for _, d := range s.decls {
		gd, ok := d.(*ast.GenDecl)
		if !ok || gd.Tok != token.TYPE {
			continue
		}
		for _, spec := range gd.Specs {
			id := spec.(*ast.TypeSpec).Name
			if obj := s.info.Defs[id]; len(s.methods[obj]) > 0 {
				if text, ok := s.extract(d); ok {
					cases = append(cases, seedCase{id.Name, text})
				}
			}
		}
	}
	return cases, nil
}

func (s *splitter) receiver(d *ast.FuncDecl) types.Object {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return nil
	}
	var obj types.Object
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && obj == nil {
			obj = s.info.Uses[id]
		}
		return obj == nil
	})
	return obj
}

// extract returns a declaration with all that it needs of the package, as a
// file. It fails if it needs a package that the fuzzer has not.
func (s *splitter) extract(root ast.Decl) (string, bool) {
	taken := make(map[ast.Decl]bool)
	type spec struct{ name, path string }
	imports := make(map[spec]bool)
	names := make(map[string]spec)
	ok := true
	var take func(d ast.Decl)
	take = func(d ast.Decl) {
		if d == nil || taken[d] {
			return
		}
		taken[d] = true
		ast.Inspect(d, func(n ast.Node) bool {
			id, isIdent := n.(*ast.Ident)
			if !isIdent {
				return true
			}
			for _, m := range s.methods[s.info.Defs[id]] {
				take(m)
			}
			switch obj := s.info.Uses[id].(type) {
			case nil:
			case *types.PkgName:
				path := obj.Imported().Path()
				k := spec{obj.Name(), path}
				if other, clash := names[k.name]; clash && other != k || !model.IsStd(path) && path != runtimePath && path != "unsafe" {
					ok = false
				}
				names[k.name], imports[k] = k, true
			default:
				take(s.owner[obj])
				for _, m := range s.methods[obj] {
					take(m)
				}
			}
			return true
		})
	}
	take(root)
	if !ok {
		return "", false
	}
	var b bytes.Buffer
	b.WriteString("package p\n\n")
	if len(imports) > 0 {
		b.WriteString("import (\n")
		sorted := make([]spec, 0, len(imports))
		for k := range imports {
			sorted = append(sorted, k)
		}
		slices.SortFunc(sorted, func(a, b spec) int { return cmp.Compare(a.path+" "+a.name, b.path+" "+b.name) })
		for _, k := range sorted {
			if k.name == k.path[strings.LastIndexByte(k.path, '/')+1:] {
				fmt.Fprintf(&b, "\t%q\n", k.path)
			} else {
				fmt.Fprintf(&b, "\t%s %q\n", k.name, k.path)
			}
		}
		b.WriteString(")\n\n")
	}
	for _, d := range s.decls {
		if !taken[d] {
			continue
		}
		from := d.Pos()
		var doc *ast.CommentGroup
		switch d := d.(type) {
		case *ast.FuncDecl:
			doc = d.Doc
		case *ast.GenDecl:
			doc = d.Doc
		}
		if doc != nil {
			from = doc.Pos()
		}
		tf := s.fset.File(d.Pos())
		text := s.source[s.file[d]]
		end := tf.Offset(d.End())
		if i := bytes.IndexByte(text[end:], '\n'); i >= 0 {
			end += i // a comment behind it goes along
		}
		b.Write(text[tf.Offset(from):end])
		b.WriteString("\n\n")
	}
	return b.String(), true
}

// A program is the packages that are analysed together, by their import path.
// The last is the one that is asked for; it may import those before it.
type program struct {
	pkgs []progPackage
}

type progPackage struct {
	path  string
	files []progFile
}

// A progFile is named by its directory and base name.
type progFile struct{ name, text string }

func (p *program) clone() *program {
	c := &program{pkgs: slices.Clone(p.pkgs)}
	for i := range c.pkgs {
		c.pkgs[i].files = slices.Clone(c.pkgs[i].files)
	}
	return c
}

// String is the program as a seed.
func (p *program) String() string {
	if len(p.pkgs) == 1 && len(p.pkgs[0].files) == 1 {
		return p.pkgs[0].files[0].text
	}
	var a txtar.Archive
	for _, pkg := range p.pkgs {
		for _, f := range pkg.files {
			a.Files = append(a.Files, txtar.File{Name: f.name, Data: []byte(f.text)})
		}
	}
	return string(txtar.Format(&a))
}

// progRoot is before the directory of a program's package in the path to import
// it by.
const progRoot = "fuzz.example.com/"

// parseProgram reads a seed.
func parseProgram(text string) *program {
	var files []progFile
	if a := txtar.Parse([]byte(text)); len(a.Files) > 0 {
		for _, f := range a.Files {
			files = append(files, progFile{f.Name, string(f.Data)})
		}
	} else {
		files = []progFile{{"p/p.go", text}}
	}
	p := new(program)
	for _, f := range files {
		imported := progRoot + path.Dir(f.name)
		i := slices.IndexFunc(p.pkgs, func(k progPackage) bool { return k.path == imported })
		if i < 0 {
			i = len(p.pkgs)
			p.pkgs = append(p.pkgs, progPackage{path: imported})
		}
		p.pkgs[i].files = append(p.pkgs[i].files, f)
	}
	return p
}

// A checked is a program with its types.
type checked struct {
	fset *token.FileSet
	pkgs []checkedPackage
}

type checkedPackage struct {
	*progPackage
	files []*ast.File
	info  *types.Info
	types *types.Package
}

// check parses and type-checks a program, as strictly as the compiler does. With
// reverse, files are parsed in the other order, so that positions differ.
func (w *world) check(fset *token.FileSet, p *program, reverse bool) (*checked, error) {
	c := &checked{fset: fset}
	for i := range p.pkgs {
		pkg := checkedPackage{progPackage: &p.pkgs[i], files: make([]*ast.File, len(p.pkgs[i].files))}
		for j := range pkg.files {
			if reverse {
				j = len(pkg.files) - 1 - j
			}
			f, err := parser.ParseFile(fset, w.name(pkg.progPackage.files[j]), pkg.progPackage.files[j].text, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			pkg.files[j] = f
		}
		pkg.info = &types.Info{
			Types:        make(map[ast.Expr]types.TypeAndValue),
			Instances:    make(map[*ast.Ident]types.Instance),
			Defs:         make(map[*ast.Ident]types.Object),
			Uses:         make(map[*ast.Ident]types.Object),
			Implicits:    make(map[ast.Node]types.Object),
			Selections:   make(map[*ast.SelectorExpr]*types.Selection),
			Scopes:       make(map[ast.Node]*types.Scope),
			FileVersions: make(map[*ast.File]string),
		}
		cfg := types.Config{
			Importer:  importerFunc(func(path string) (*types.Package, error) { return c.importPath(w, path) }),
			Sizes:     types.SizesFor("gc", runtime.GOARCH),
			GoVersion: "go1.26",
		}
		var err error
		if pkg.types, err = cfg.Check(pkg.path, fset, pkg.files, pkg.info); err != nil {
			return nil, err
		}
		c.pkgs = append(c.pkgs, pkg)
	}
	if len(c.pkgs) == 0 {
		return nil, errors.New("no packages")
	}
	return c, nil
}

func (c *checked) importPath(w *world, path string) (*types.Package, error) {
	for _, pkg := range c.pkgs {
		if pkg.path == path {
			return pkg.types, nil
		}
	}
	return w.Import(path)
}

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }

// name returns where a file of a program lies.
func (w *world) name(f progFile) string { return filepath.Join(w.dir, filepath.FromSlash(f.name)) }

// write puts a program where it is said to lie.
func (w *world) write(p *program) error {
	if err := os.RemoveAll(w.dir); err != nil {
		return err
	}
	for _, pkg := range p.pkgs {
		for _, f := range pkg.files {
			if !filepath.IsLocal(f.name) {
				return fmt.Errorf("%q is no place for a file", f.name)
			}
			if err := os.MkdirAll(filepath.Dir(w.name(f)), 0o777); err != nil {
				return err
			}
			if err := os.WriteFile(w.name(f), []byte(f.text), 0o666); err != nil {
				return err
			}
		}
	}
	return nil
}

// own tells whether a file is a program's.
func (w *world) own(f *token.File) bool {
	return strings.HasPrefix(f.Name(), w.dir+string(filepath.Separator))
}

// forget takes a program's files out of the file set, which outlives it.
func (w *world) forget() {
	var own []*token.File
	w.fset.Iterate(func(f *token.File) bool {
		if w.own(f) {
			own = append(own, f)
		}
		return true
	})
	for _, f := range own {
		w.fset.RemoveFile(f)
	}
}

// importsOf returns the paths that a file imports.
func importsOf(f *ast.File) []string {
	var paths []string
	for _, imp := range f.Imports {
		if path, err := strconv.Unquote(imp.Path.Value); err == nil {
			paths = append(paths, path)
		}
	}
	return paths
}
