package contract

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/emitcheck/emitcheck/analyzer/internal/directive"
	"github.com/emitcheck/emitcheck/analyzer/internal/filepos"
	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// Handlers returns the handler types and hot functions of the package, in
// source order. Each hot body belongs to one of them only.
func (r *Result) Handlers() []*Handler {
	return r.handlers(r.finder())
}

func (r *Result) handlers(f *finder) []*Handler {
	var hs []*Handler
	for _, obj := range f.types() {
		if h := f.handler(obj); h != nil {
			hs = append(hs, h)
		}
	}
	for _, decl := range r.onFuncs {
		if h := f.hotFunc(decl); h != nil {
			hs = append(hs, h)
		}
	}
	hs = append(hs, f.literals()...)
	slices.SortStableFunc(hs, func(a, b *Handler) int { return filepos.Compare(r.pass.Fset, a.Pos, b.Pos) })
	r.all = nil
	for _, h := range hs {
		c := *h
		c.Hot = slices.Clone(h.Hot)
		r.all = append(r.all, &c)
	}
	return f.distinct(hs)
}

// All returns what Handlers returned last, and the types that it left out since
// another type declares each of their hot methods: their start and stop may be
// their own.
func (r *Result) All() []*Handler { return r.all }

func (r *Result) finder() *finder {
	f := &finder{Result: r, generated: make(map[*token.File]bool), imports: make(map[string]*types.Package)}
	f.prepare()
	return f
}

// types returns the types that the package declares at its top level, in source
// order.
func (f *finder) types() []*types.TypeName {
	scope := f.pass.Pkg.Scope()
	var objs []*types.TypeName
	for _, name := range scope.Names() {
		if obj, ok := scope.Lookup(name).(*types.TypeName); ok && !obj.IsAlias() {
			objs = append(objs, obj)
		}
	}
	slices.SortFunc(objs, func(a, b *types.TypeName) int { return filepos.Compare(f.pass.Fset, a.Pos(), b.Pos()) })
	return objs
}

// A finder looks for the handlers of one package.
type finder struct {
	*Result
	generated map[*token.File]bool
	imports   map[string]*types.Package // direct or not, by import path
	decls     map[*types.Func]*ast.FuncDecl
	contracts []bound
	off       []bound // those that the settings or their group turn off
}

// A bound is a contract whose package is among the imports.
type bound struct {
	*Contract
	iface    *types.Interface
	named    *types.Named // the interface's type
	funcType *types.Named
	signed   bool   // the rate follows from the signature
	way      string // how it comes to hold, as in "the directive on interface sink.Sink"
}

func (f *finder) prepare() {
	pass := f.pass
	f.decls = make(map[*types.Func]*ast.FuncDecl)
	for _, file := range pass.Files {
		if isGenerated(file) {
			f.generated[pass.Fset.File(file.FileStart)] = true
		}
		for _, d := range file.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil {
				if fn, ok := pass.TypesInfo.Defs[d.Name].(*types.Func); ok {
					f.decls[fn] = d
				}
			}
		}
	}
	var visit func(*types.Package)
	visit = func(pkg *types.Package) {
		if f.imports[pkg.Path()] != nil {
			return
		}
		f.imports[pkg.Path()] = pkg
		for _, imp := range pkg.Imports() {
			visit(imp)
		}
	}
	visit(pass.Pkg)
	for _, table := range [][]Contract{f.settings.Contracts, Builtin} {
		for i := range table {
			c := &table[i]
			pkg := f.imports[c.Package]
			if pkg == nil {
				continue
			}
			// What a version of the library does not declare binds nothing.
			if b, err := c.Find(pkg); err == nil {
				b.way = "-contracts " + c.Name
				if c.Group != "" {
					b.way = fmt.Sprintf("contract %s (%s: %s)", c.Name, c.Group, b.label(pkg))
				}
				if f.settings.On(c) {
					f.contracts = append(f.contracts, b)
				} else {
					f.off = append(f.off, b)
				}
			}
		}
	}
	for _, d := range f.declared {
		c := &Contract{
			Name: d.obj.Pkg().Name() + "." + d.obj.Name(), Package: d.obj.Pkg().Path(), Interface: d.obj.Name(),
			Hot: d.fact.Hot, Start: d.fact.Start, Stop: d.fact.Stop, Copy: d.fact.Copy, Rate: d.fact.Rate,
		}
		if named, ok := d.obj.Type().(*types.Named); ok {
			switch u := named.Underlying().(type) {
			case *types.Interface:
				way := "the directive on interface " + c.Name
				f.contracts = append(f.contracts, bound{Contract: c, iface: u, named: named, signed: !d.fact.HasRate, way: way})
			case *types.Signature:
				c.FuncType, c.Interface = c.Interface, ""
				if !d.fact.HasRate {
					c.Rate = RateOf(u)
				}
				f.contracts = append(f.contracts, bound{Contract: c, funcType: named, way: "the directive on function type " + c.Name})
			}
		}
	}
}

// label returns what binds, as source says it: "telegraf.Processor".
func (b *bound) label(pkg *types.Package) string {
	if len(b.Methods) > 0 {
		return pkg.Name() + " with " + strings.Join(b.Methods, ", ")
	}
	return pkg.Name() + "." + cmp.Or(b.Interface, b.FuncType)
}

// isGenerated tells whether a file says that it is generated. What cgo makes of
// a file that imports C says so too, but is the user's own.
func isGenerated(file *ast.File) bool {
	if !ast.IsGenerated(file) {
		return false
	}
	for _, g := range file.Comments {
		for _, c := range g.List {
			if c.Pos() < file.Package && strings.HasPrefix(c.Text, "// Code generated ") && strings.HasSuffix(c.Text, " DO NOT EDIT.") && !strings.Contains(c.Text, "cmd/cgo") {
				return true
			}
		}
	}
	return false
}

// Find looks up what binds a contract in the package that declares it. The
// error says what the package has in its place.
func (c *Contract) Find(pkg *types.Package) (bound, error) {
	if len(c.Methods) > 0 {
		return bound{Contract: c}, nil
	}
	name := cmp.Or(c.Interface, c.FuncType)
	obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
	if !ok {
		return bound{}, fmt.Errorf("package %s declares no type %s", c.Package, name)
	}
	named, ok := types.Unalias(obj.Type()).(*types.Named)
	if !ok {
		return bound{}, fmt.Errorf("%s.%s is no named type", c.Package, name)
	}
	switch u := named.Underlying().(type) {
	case *types.Interface:
		if c.FuncType != "" {
			return bound{}, fmt.Errorf("%s.%s is an interface: name its hot methods, as in hot=Write", c.Package, name)
		}
		return bound{Contract: c, iface: u, named: named}, nil
	case *types.Signature:
		if c.Interface != "" {
			return bound{}, fmt.Errorf("%s.%s is a function type: it takes rate= alone", c.Package, name)
		}
		return bound{Contract: c, funcType: named}, nil
	}
	return bound{}, fmt.Errorf("%s.%s is neither an interface nor a function type", c.Package, name)
}

// handler returns the handler that a type is, or nil.
func (f *finder) handler(obj *types.TypeName) *Handler {
	if f.onTypes[obj] == nil && f.inGenerated(obj) {
		return nil
	}
	return f.bind(obj)
}

func (f *finder) inGenerated(obj types.Object) bool { return f.generated[f.pass.Fset.File(obj.Pos())] }

// bind returns the handler that a type is, in whatever file it stands, or nil.
func (f *finder) bind(obj *types.TypeName) *Handler {
	named, ok := obj.Type().(*types.Named)
	if !ok || types.IsInterface(named) {
		return nil
	}
	h := &Handler{Name: obj.Name(), Pos: obj.Pos(), Type: named}
	ptr := types.NewPointer(named)
	explicit := f.onTypes[obj]
	// A directive on the type itself is the most particular: its rate counts.
	if explicit != nil {
		args, _ := explicit.ParseHandler() // checked when it was read
		d := declare(args)
		if len(d.Hot) == 0 {
			d.Hot = slices.Concat(f.names.Hot, alsoHot)
		}
		c := &Contract{Name: "directive", Hot: d.Hot, Start: d.Start, Stop: d.Stop, Copy: d.Copy, Rate: d.Rate}
		f.add(h, named, bound{Contract: c, way: "the directive on it", signed: !d.HasRate}, false)
	}
	for _, c := range f.contracts {
		switch {
		case c.funcType != nil:
		case c.iface != nil:
			if implements(named, ptr, c.iface, c.named) {
				f.add(h, named, c, c.named.TypeParams().Len() == 0)
			}
		default:
			if !slices.ContainsFunc(c.Methods, func(m string) bool { return method(ptr, obj.Pkg(), m) == nil }) {
				f.add(h, named, c, true)
			}
		}
	}
	if len(h.By) == 0 && f.structural(named, ptr) {
		c := &Contract{Name: "structure", Hot: slices.Concat(f.names.Hot, alsoHot), Start: f.names.Start, Stop: f.names.Stop, Copy: []string{"Copy"}, Again: []string{"Connect"}}
		if method(ptr, obj.Pkg(), ownsStart[0]) != nil {
			c.WriteStop = "SessionStop(ctx context.Context) error" // as runtime.Handler has it
		}
		f.add(h, named, bound{Contract: c, way: f.structure(ptr), signed: true}, false)
	}
	if len(h.Hot) == 0 {
		return nil
	}
	// A directive may leave start and stop to be told by their names.
	for _, n := range f.names.Start {
		if len(h.Start) == 0 && method(ptr, obj.Pkg(), n) != nil {
			h.Start = []string{n}
		}
	}
	for _, n := range f.names.Stop {
		if len(h.Stop) == 0 && method(ptr, obj.Pkg(), n) != nil {
			h.Stop = []string{n}
		}
	}
	if len(h.Start) == 0 {
		h.Start = f.constructors(named)
	}
	return h
}

// structural tells whether a type is a handler type by its methods alone.
func (f *finder) structural(named *types.Named, ptr types.Type) bool {
	pkg := f.pass.Pkg
	has := func(names []string) bool {
		return slices.ContainsFunc(names, func(n string) bool {
			return token.IsExported(n) && method(ptr, pkg, n) != nil
		})
	}
	if !has(f.names.Hot) || !has(f.names.Stop) && !has(ownsStart) || has(eventBus) {
		return false
	}
	for _, n := range f.names.Hot {
		if fn := method(ptr, pkg, n); fn != nil && notEmitted(fn.Signature()) != "" {
			return false
		}
	}
	return true
}

// structure says that a type is a handler type by structure, and which of the
// methods that make it one only settings name.
func (f *finder) structure(ptr types.Type) string {
	usual := Structural()
	var set []string
	first := func(flag string, names []string, usual int) {
		i := slices.IndexFunc(names, func(n string) bool { return method(ptr, f.pass.Pkg, n) != nil })
		if i >= usual {
			set = append(set, "-"+flag+" "+names[i])
		}
	}
	first("hot", f.names.Hot, len(usual.Hot))
	first("stop", f.names.Stop, len(usual.Stop))
	if len(set) == 0 {
		return "structure"
	}
	return "structure with " + and(set)
}

// add binds a type to a contract: its hot methods, and the names of the others
// that it has.
func (f *finder) add(h *Handler, named *types.Named, c bound, fixed bool) {
	ptr := types.NewPointer(named)
	pkg := f.pass.Pkg
	bound := false
	for _, name := range c.Hot {
		obj, index, _ := types.LookupFieldOrMethod(ptr, true, pkg, name)
		fn, ok := obj.(*types.Func)
		if !ok || slices.ContainsFunc(h.Hot, func(m Hot) bool { return m.Name == name }) {
			continue
		}
		hot := Hot{Name: name, Fn: fn.Origin(), Rate: c.Rate, By: c.Name, Fixed: fixed, Kinds: c.Kinds}
		if c.signed {
			hot.Rate = RateOf(fn.Signature())
		}
		if decl := f.decls[fn.Origin()]; decl != nil {
			hot.Body = decl
		} else if hot.At = f.embedded(named, index); hot.At == nil {
			continue
		}
		bound = true
		if c.Loop == "" {
			h.Hot = append(h.Hot, hot)
		} else if decl := f.decls[fn.Origin()]; decl != nil {
			h.Hot = append(h.Hot, f.loops(hot, decl, c.Loop)...)
		}
	}
	if !bound {
		return
	}
	h.By = append(h.By, c.Name)
	h.Ways = append(h.Ways, c.way)
	present := func(names []string, into *[]string) {
		for _, n := range names {
			if method(ptr, pkg, n) != nil && !slices.Contains(*into, n) {
				*into = append(*into, n)
			}
		}
	}
	present(c.Start, &h.Start)
	present(c.Stop, &h.Stop)
	present(c.Copy, &h.Copy)
	h.Again = append(h.Again, c.Again...)
	h.WriteStart = cmp.Or(h.WriteStart, c.WriteStart)
	h.WriteStop = cmp.Or(h.WriteStop, c.WriteStop)
}

// embedded returns the field of the struct through which a promoted method
// comes, where its body lies in another package.
func (f *finder) embedded(named *types.Named, index []int) ast.Node {
	st, ok := named.Underlying().(*types.Struct)
	if !ok || len(index) < 2 {
		return nil
	}
	field := st.Field(index[0])
	for _, file := range f.pass.Files {
		if file.FileStart <= field.Pos() && field.Pos() < file.FileEnd {
			root := inspector.New([]*ast.File{file}).Root()
			if cur, ok := root.FindByPos(field.Pos(), field.Pos()); ok {
				for c := range cur.Enclosing((*ast.Field)(nil)) {
					return c.Node().(*ast.Field).Type
				}
			}
		}
	}
	return nil
}

// constructors returns the functions New… of the package that return the type.
func (f *finder) constructors(named *types.Named) []string {
	var names []string
	scope := f.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		fn, ok := scope.Lookup(name).(*types.Func)
		if !ok || !strings.HasPrefix(name, "New") && !strings.HasPrefix(name, "new") {
			continue
		}
		for v := range fn.Signature().Results().Variables() {
			t := types.Unalias(v.Type())
			if p, ok := t.(*types.Pointer); ok {
				t = types.Unalias(p.Elem())
			}
			if n, ok := t.(*types.Named); ok && n.Origin() == named.Origin() {
				names = append(names, name)
			}
		}
	}
	return names
}

// hotFunc returns the handler that a function with a hot directive is.
func (f *finder) hotFunc(decl *ast.FuncDecl) *Handler {
	fn, ok := f.pass.TypesInfo.Defs[decl.Name].(*types.Func)
	if !ok || decl.Body == nil {
		return nil
	}
	args, _ := directive.In(directive.Hot, decl.Doc).ParseHandler() // checked when it was read
	rate := RateOf(fn.Signature())
	if args.Rate != "" {
		rate, _ = ParseRate(args.Rate)
	}
	return &Handler{
		Name: fn.Name(), Pos: decl.Name.Pos(), By: []string{"directive"}, Ways: []string{"the directive on it"},
		Hot: []Hot{{Name: fn.Name(), Fn: fn, Body: decl, Rate: rate, By: "directive"}},
	}
}

// literals returns the function literals, functions and method values that are
// converted to the function type of a contract.
func (f *finder) literals() []*Handler {
	if !slices.ContainsFunc(f.contracts, func(c bound) bool { return c.funcType != nil }) {
		return nil
	}
	var hs []*Handler
	root := inspector.New(f.pass.Files).Root()
	for cur := range root.Preorder((*ast.FuncLit)(nil), (*ast.SelectorExpr)(nil), (*ast.Ident)(nil)) {
		e := cur.Node().(ast.Expr)
		var fn *types.Func
		switch x := e.(type) {
		case *ast.SelectorExpr:
			fn, _ = f.pass.TypesInfo.Uses[x.Sel].(*types.Func)
		case *ast.Ident:
			if kind, _ := cur.ParentEdge(); kind == edge.SelectorExpr_Sel {
				continue
			}
			fn, _ = f.pass.TypesInfo.Uses[x].(*types.Func)
		}
		body := ast.Node(nil)
		if lit, ok := e.(*ast.FuncLit); ok {
			body = lit
		} else if fn != nil && f.decls[fn.Origin()] != nil {
			body = f.decls[fn.Origin()]
		} else if lit := f.variable(cur); lit != nil {
			body = lit
		} else if fn == nil || fn.Pkg() == nil || fn.Pkg() == f.pass.Pkg || model.IsStd(fn.Pkg().Path()) || isAbstract(fn) {
			continue
		}
		want := f.wanted(cur)
		if want == nil {
			continue
		}
		for _, c := range f.contracts {
			named, ok := types.Unalias(want).(*types.Named)
			if !ok || c.funcType == nil || named.Origin() != c.funcType.Origin() {
				continue
			}
			h := &Handler{Name: c.FuncType, Pos: e.Pos(), By: []string{c.Name}, Ways: []string{c.way}}
			hot := Hot{Name: c.FuncType, Rate: c.Rate, By: c.Name, Body: body, Fixed: true, Kinds: c.Kinds}
			if fn != nil {
				hot.Fn = fn.Origin()
				hot.Name, h.Name, h.Pos = fn.Name(), fn.Name(), fn.Pos()
			}
			if body == nil { // it lies in another package
				hot.At, h.Pos = e, e.Pos()
			}
			h.Hot = []Hot{hot}
			hs = append(hs, h)
			break
		}
	}
	return hs
}

// isAbstract tells whether a function is a method of an interface: which one
// runs is not known.
func isAbstract(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// variable returns the literal that a local variable holds, if it is assigned
// just that.
func (f *finder) variable(cur inspector.Cursor) *ast.FuncLit {
	id, ok := cur.Node().(*ast.Ident)
	if !ok {
		return nil
	}
	info := f.pass.TypesInfo
	v, ok := info.Uses[id].(*types.Var)
	if !ok || v.IsField() || v.Parent() == nil || v.Parent() == f.pass.Pkg.Scope() {
		return nil
	}
	if _, ok := v.Type().Underlying().(*types.Signature); !ok {
		return nil
	}
	var lit *ast.FuncLit
	writes := 0
	for c := range cur.Enclosing((*ast.FuncDecl)(nil)) {
		for a := range c.Preorder((*ast.AssignStmt)(nil)) {
			a := a.Node().(*ast.AssignStmt)
			for i, l := range a.Lhs {
				if id, ok := l.(*ast.Ident); ok && info.ObjectOf(id) == v {
					writes++
					if len(a.Lhs) == len(a.Rhs) {
						lit, _ = a.Rhs[i].(*ast.FuncLit)
					}
				}
			}
		}
	}
	if writes != 1 {
		return nil
	}
	return lit
}

// wanted returns the type that the context of an expression gives it.
func (f *finder) wanted(cur inspector.Cursor) types.Type {
	info := f.pass.TypesInfo
	kind, i := cur.ParentEdge()
	parent := cur.Parent()
	for kind == edge.ParenExpr_X {
		kind, i = parent.ParentEdge()
		parent = parent.Parent()
	}
	switch x := parent.Node().(type) {
	case *ast.CallExpr:
		if kind != edge.CallExpr_Args {
			return nil
		}
		tv := info.Types[ast.Unparen(x.Fun)]
		if tv.IsType() {
			return tv.Type
		}
		sig, ok := tv.Type.Underlying().(*types.Signature)
		if !ok || sig.Params().Len() == 0 {
			return nil
		}
		n := sig.Params().Len()
		if sig.Variadic() && i >= n-1 && !x.Ellipsis.IsValid() {
			if s, ok := sig.Params().At(n - 1).Type().(*types.Slice); ok {
				return s.Elem()
			}
			return nil
		}
		if i < n {
			return sig.Params().At(i).Type()
		}
	case *ast.ReturnStmt:
		for c := range parent.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
			var sig *types.Signature
			switch fn := c.Node().(type) {
			case *ast.FuncDecl:
				if obj, ok := info.Defs[fn.Name].(*types.Func); ok {
					sig = obj.Signature()
				}
			case *ast.FuncLit:
				sig, _ = info.TypeOf(fn).(*types.Signature)
			}
			if sig != nil && i < sig.Results().Len() {
				return sig.Results().At(i).Type()
			}
			return nil
		}
	case *ast.AssignStmt:
		if kind == edge.AssignStmt_Rhs && len(x.Lhs) == len(x.Rhs) && x.Tok == token.ASSIGN {
			return info.TypeOf(x.Lhs[i])
		}
	case *ast.ValueSpec:
		if kind == edge.ValueSpec_Values && x.Type != nil {
			return info.TypeOf(x.Type)
		}
	case *ast.KeyValueExpr:
		if kind != edge.KeyValueExpr_Value {
			return nil
		}
		if id, ok := x.Key.(*ast.Ident); ok {
			if v, ok := info.Uses[id].(*types.Var); ok && v.IsField() {
				return v.Type()
			}
		}
		if lit, ok := parent.Parent().Node().(*ast.CompositeLit); ok {
			return elem(info.TypeOf(lit))
		}
	case *ast.CompositeLit:
		if kind == edge.CompositeLit_Elts {
			t := info.TypeOf(x)
			if st, ok := t.Underlying().(*types.Struct); ok && i < st.NumFields() {
				return st.Field(i).Type()
			}
			return elem(t)
		}
	}
	return nil
}

func elem(t types.Type) types.Type {
	switch u := t.Underlying().(type) {
	case *types.Map:
		return u.Elem()
	case *types.Slice:
		return u.Elem()
	case *types.Array:
		return u.Elem()
	}
	return nil
}

// distinct leaves each hot body to one handler: the type that declares it,
// before types that embed that; where a method is both a type's and converted
// to a function type, the type.
func (f *finder) distinct(hs []*Handler) []*Handler {
	owner := make(map[ast.Node]*Handler)
	declares := func(h *Handler, m Hot) bool {
		return m.Fn != nil && h.Type != nil && receiver(m.Fn) == h.Type.Obj()
	}
	for _, h := range hs {
		for _, m := range h.Hot {
			if m.Body == nil {
				continue
			}
			if o := owner[m.Body]; o == nil || declares(h, m) {
				owner[m.Body] = h
			}
		}
	}
	var kept []*Handler
	for _, h := range hs {
		h.Hot = slices.DeleteFunc(h.Hot, func(m Hot) bool { return m.Body != nil && owner[m.Body] != h })
		if len(h.Hot) > 0 {
			kept = append(kept, h)
		}
	}
	return kept
}

// implements tells whether a type or its pointer implements an interface,
// which may be generic: then some instance of it.
func implements(named *types.Named, ptr types.Type, iface *types.Interface, of *types.Named) bool {
	if iface.NumMethods() == 0 {
		return false
	}
	if of.TypeParams().Len() == 0 {
		return types.Implements(ptr, iface)
	}
	bindings := make(map[*types.TypeParam]types.Type)
	for m := range iface.Methods() {
		fn := method(ptr, named.Obj().Pkg(), m.Name())
		if fn == nil || !unify(m.Signature(), fn.Signature(), of.TypeParams(), bindings) {
			return false
		}
	}
	return true
}

// unify tells whether two types are identical once the type params of the first
// are bound, and binds them.
func unify(a, b types.Type, params *types.TypeParamList, bindings map[*types.TypeParam]types.Type) bool {
	a, b = types.Unalias(a), types.Unalias(b)
	if tp, ok := a.(*types.TypeParam); ok {
		for p := range params.TypeParams() {
			if p == tp {
				if old, ok := bindings[tp]; ok {
					return types.Identical(old, b)
				}
				bindings[tp] = b
				return true
			}
		}
	}
	u := func(a, b types.Type) bool { return unify(a, b, params, bindings) }
	tuple := func(a, b *types.Tuple) bool {
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !u(a.At(i).Type(), b.At(i).Type()) {
				return false
			}
		}
		return true
	}
	switch a := a.(type) {
	case *types.Signature:
		b, ok := b.(*types.Signature)
		return ok && a.Variadic() == b.Variadic() && tuple(a.Params(), b.Params()) && tuple(a.Results(), b.Results())
	case *types.Pointer:
		b, ok := b.(*types.Pointer)
		return ok && u(a.Elem(), b.Elem())
	case *types.Slice:
		b, ok := b.(*types.Slice)
		return ok && u(a.Elem(), b.Elem())
	case *types.Array:
		b, ok := b.(*types.Array)
		return ok && a.Len() == b.Len() && u(a.Elem(), b.Elem())
	case *types.Chan:
		b, ok := b.(*types.Chan)
		return ok && a.Dir() == b.Dir() && u(a.Elem(), b.Elem())
	case *types.Map:
		b, ok := b.(*types.Map)
		return ok && u(a.Key(), b.Key()) && u(a.Elem(), b.Elem())
	case *types.Named:
		b, ok := b.(*types.Named)
		if !ok || a.Origin() != b.Origin() || a.TypeArgs().Len() != b.TypeArgs().Len() {
			return false
		}
		for i := range a.TypeArgs().Len() {
			if !u(a.TypeArgs().At(i), b.TypeArgs().At(i)) {
				return false
			}
		}
		return true
	}
	return types.Identical(a, b)
}
