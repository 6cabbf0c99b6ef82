package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/emitcheck/emitcheck/analyzer"
	"github.com/emitcheck/emitcheck/internal/load"
	"github.com/emitcheck/emitcheck/internal/realmod"
)

// settings are the analyzer's: every built-in contract is on, those that a user has to ask for too.
var settings = analyzer.Settings{Contracts: "+all"}

// asking returns those of the packages that may have a handler, by their text.
func asking(dir string, patterns []string) ([]string, error) {
	out, err := realmod.Command(dir, "go", append([]string{"list", "-e", "-json=ImportPath,Dir,GoFiles"}, patterns...)...)
	if err != nil {
		return nil, err
	}
	screen := analyzer.NewScreen(settings)
	var paths []string
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath, Dir string
			GoFiles         []string
		}
		if err := dec.Decode(&p); err == io.EOF {
			return paths, nil
		} else if err != nil {
			return nil, err
		}
		for _, f := range p.GoFiles {
			text, err := os.ReadFile(filepath.Join(p.Dir, f))
			if err == nil && screen.Asks(text) {
				paths = append(paths, p.ImportPath)
				break
			}
		}
	}
}

// open loads the packages of a module that may have handlers, and adds the helper packages.
func openModule(path, dir string, patterns []string) (*load.Program, error) {
	a := analyzer.New(settings)
	screen := analyzer.NewScreen(settings)
	const imports = "recallhelpers"
	cfg := &load.Config{
		Dir: dir, Env: realmod.Env(dir),
		Overlay: map[string][]byte{filepath.Join(dir, imports, "std.go"): []byte(std())},
		Screen:  &load.Screen{Opaque: screen.Opaque, Asks: screen.Asks, Scout: screen.Scout(a), Asked: screen.Asked},
	}
	program, err := load.Open(cfg, a, append([]string{"./" + imports}, patterns...)...)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"lib", "one", "two"} {
		if err := program.Add(helperPath(path, name), []byte(helper(path, name))); err != nil {
			return nil, fmt.Errorf("helper package %s: %w", name, err)
		}
	}
	return program, nil
}

// A harvest is what the packages of a module hold.
type harvest struct {
	methods []*hotMethod
	unclean int // hot methods on which something is reported as they are
	skipped int // hot methods without a body of their own in a file that is not generated
}

// collect returns the hot methods of a package.
func collect(module string, program *load.Program, pkg *load.Package) (*harvest, error) {
	hv := new(harvest)
	result, ok := pkg.Result.(*analyzer.Result)
	if !ok || len(result.Handlers) == 0 || len(pkg.Errors) > 0 {
		return hv, nil
	}
	files, err := program.Parse(pkg)
	if err != nil {
		return nil, err
	}
	base, err := program.Again(pkg, files, nil)
	if err != nil {
		return nil, err
	}
	if len(base.Errors) > 0 {
		return nil, fmt.Errorf("%s does not compile again: %v", pkg.PkgPath, base.Errors[0])
	}
	if base.Err != nil {
		return nil, base.Err
	}
	result = base.Result.(*analyzer.Result)
	in := &packageUnderTest{module: module, program: program, pkg: pkg, files: files, text: make(map[string][]byte), before: make(map[string]int)}
	if pkg.Module != nil {
		parts := strings.Split(pkg.Module.GoVersion, ".")
		if len(parts) > 1 {
			in.minor, _ = strconv.Atoi(parts[1])
		}
	}
	pkg.Dir = filepath.Dir(pkg.CompiledGoFiles[0])
	for _, name := range pkg.CompiledGoFiles {
		if in.text[name], err = os.ReadFile(name); err != nil {
			return nil, err
		}
	}
	fset := program.Fset()
	for i := range result.Findings {
		in.before[keyOf(&result.Findings[i])]++
	}
	contracts := make(map[string]analyzer.ContractInfo)
	for _, c := range analyzer.Contracts() {
		contracts[c.Name] = c
	}
	for _, handler := range result.Handlers {
		for i, node := range handler.Bodies {
			h := &hotMethod{in: in, info: base.TypesInfo, handler: handler.Name, name: handler.Hot[i], rate: handler.Rates[i],
				contract: handler.HotBy[i], kinds: contracts[handler.HotBy[i]].Kinds}
			switch n := node.(type) {
			case *ast.FuncDecl:
				h.body, h.ftype = n.Body, n.Type
				if n.Recv != nil && len(n.Recv.List) == 1 {
					h.recv = n.Recv.List[0]
				}
			case *ast.FuncLit:
				h.body, h.ftype = n.Body, n.Type
			}
			if h.body == nil {
				hv.skipped++
				continue
			}
			for _, f := range files {
				if f.FileStart <= h.body.Pos() && h.body.Pos() < f.FileEnd {
					h.file, h.filename = f, fset.File(f.FileStart).Name()
				}
			}
			if h.file == nil || ast.IsGenerated(h.file) {
				hv.skipped++
				continue
			}
			h.line = fset.PositionFor(h.body.Pos(), false).Line
			clean := true
			for _, f := range result.Findings {
				if h.body.Pos() <= f.Pos && f.Pos < h.body.End() {
					clean = false
				}
			}
			if !clean {
				hv.unclean++
				continue
			}
			h.readReceiver()
			hv.methods = append(hv.methods, h)
		}
	}
	return hv, nil
}

// readReceiver finds out how the hot method names its receiver, and where its struct is declared.
func (h *hotMethod) readReceiver() {
	if h.recv == nil {
		return
	}
	h.recvType = h.textOf(h.recv.Type)
	switch {
	case len(h.recv.Names) == 0:
		h.recvName = "recallH"
	case h.recv.Names[0].Name == "_":
		h.recvName = "_recv"
	default:
		h.recvName = h.recv.Names[0].Name
		h.recvObj = h.info.Defs[h.recv.Names[0]]
	}
	t := h.info.TypeOf(h.recv.Type)
	_, isPointer := t.(*types.Pointer)
	h.isCopy = !isPointer
	if isPointer {
		t = t.(*types.Pointer).Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return
	}
	fset := h.in.program.Fset()
	for _, f := range h.in.files {
		ast.Inspect(f, func(n ast.Node) bool {
			ts, ok := n.(*ast.TypeSpec)
			if !ok || h.info.Defs[ts.Name] != types.Object(named.Obj()) {
				return true
			}
			if st, ok := ts.Type.(*ast.StructType); ok {
				h.fields = fset.PositionFor(st.Fields.Opening+1, false)
			}
			return false
		})
	}
	// A value without keys would lack the new field.
	for _, f := range h.in.files {
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok && len(lit.Elts) > 0 {
				if _, keyed := lit.Elts[0].(*ast.KeyValueExpr); !keyed {
					if lt, ok := types.Unalias(h.info.TypeOf(lit)).(*types.Named); ok && lt.Origin() == named.Origin() {
						h.fields = token.Position{}
					}
				}
			}
			return true
		})
	}
}

// sees tells whether the receiver's name means the receiver at a place.
func (h *hotMethod) sees(pos token.Pos, needed bool) bool {
	if !needed || h.recvObj == nil {
		return true
	}
	scope := h.info.Scopes[h.ftype]
	if scope == nil {
		return true
	}
	if inner := scope.Innermost(pos); inner != nil {
		scope = inner
	}
	_, obj := scope.LookupParent(h.recvName, pos)
	return obj == h.recvObj
}
