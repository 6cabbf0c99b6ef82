package hoist

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// write makes a hook that hides a promoted method and calls it.
func (f *Fixer) write(s *shape, fn *types.Func, path []string) (*hook, *Obstacle) {
	sig := fn.Signature()
	k := &hook{name: fn.Name(), src: s.src}
	if obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(s.named), true, f.pass.Pkg, fn.Name()); obj != nil {
		sig = obj.(*types.Func).Signature() // instantiated
	}
	if sig.Variadic() || sig.Results().Len() > 1 || sig.Results().Len() == 1 && !isErrorType(sig.Results().At(0).Type()) {
		return nil, obstacle("start", "the promoted %s has a signature of its own", fn.Name())
	}
	k.fails = sig.Results().Len() == 1
	k.failure = "return err"
	k.recv = f.newRecv(s)
	var params, args []string
	for v := range sig.Params().Variables() {
		name := v.Name()
		switch {
		case isContext(v.Type()):
			name = "ctx"
			k.ctx = name
		case isNamed(v.Type(), runtimePath, "Session"):
			name = "s"
			if k.recv == "s" {
				name = "session"
			}
			k.sess = name
		case name == "" || name == "_" || name == k.recv:
			name = fmt.Sprintf("p%d", len(params))
		}
		t, o := f.typeName(s.src, v.Type())
		if o != nil {
			return nil, o
		}
		params = append(params, name+" "+t)
		args = append(args, name)
	}
	result := ""
	if k.fails {
		result = " error"
	}
	k.head = fmt.Sprintf("func (%s *%s) %s(%s)%s {\n", k.recv, f.typeWithParams(s), k.name, strings.Join(params, ", "), result)
	k.delegate = fmt.Sprintf("%s.%s.%s(%s)", k.recv, strings.Join(path, "."), k.name, strings.Join(args, ", "))
	return k, nil
}

// writeNew makes a hook that writes a method of the contract's that the type
// lacks: its signature is "Init() error".
func (f *Fixer) writeNew(s *shape, sig string) (*hook, *Obstacle) {
	name, _, _ := strings.Cut(sig, "(")
	k := &hook{name: name, src: s.src, recv: f.newRecv(s)}
	k.fails = strings.HasSuffix(sig, " error")
	k.failure = "return err"
	if strings.Contains(sig, "context.Context") {
		pkg, o := f.imports.name(s.src, "context", "context")
		if o != nil {
			return nil, o
		}
		sig = strings.ReplaceAll(sig, "context.Context", qualified(pkg, "Context"))
		k.ctx = "ctx"
	}
	k.head = fmt.Sprintf("func (%s *%s) %s {\n", k.recv, f.typeWithParams(s), sig)
	return k, nil
}

func (f *Fixer) newRecv(s *shape) string {
	for _, d := range f.sortedHots(s) {
		if d.Recv != nil && len(d.Recv.List) == 1 && len(d.Recv.List[0].Names) == 1 && d.Recv.List[0].Names[0].Name != "_" {
			return d.Recv.List[0].Names[0].Name
		}
	}
	return "h"
}

func (f *Fixer) sortedHots(s *shape) []*ast.FuncDecl {
	var ds []*ast.FuncDecl
	for _, m := range s.h.Hot {
		if d, ok := m.Body.(*ast.FuncDecl); ok {
			ds = append(ds, d)
		}
	}
	return ds
}

func (f *Fixer) typeWithParams(s *shape) string {
	name := s.named.Obj().Name()
	ps := s.named.TypeParams()
	if ps.Len() == 0 {
		return name
	}
	var names []string
	for p := range ps.TypeParams() {
		names = append(names, p.Obj().Name())
	}
	return name + "[" + strings.Join(names, ", ") + "]"
}
