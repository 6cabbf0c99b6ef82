package analyzer_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"strings"
)

// A script is the bytes that say what is done to a program: the fuzzer's choice.
type script struct{ bytes []byte }

func (s *script) done() bool { return len(s.bytes) == 0 }

// n returns a number below limit, 0 if the script is at its end.
func (s *script) n(limit int) int {
	if limit <= 1 || s.done() {
		return 0
	}
	v := int(s.bytes[0])
	s.bytes = s.bytes[1:]
	if limit > 256 && !s.done() {
		v = v<<8 | int(s.bytes[0])
		s.bytes = s.bytes[1:]
	}
	return v % limit
}

func pick[T any](s *script, list []T) (v T, ok bool) {
	if len(list) == 0 {
		return v, false
	}
	return list[s.n(len(list))], true
}

// maxSteps bounds the mutations of one program.
const maxSteps = 12

// mutate changes a program as a script says. After each step it must still
// compile: a step after which it does not is taken back, so that what comes of
// many steps is seldom wasted.
func (w *world) mutate(p *program, s *script) *program {
	c, err := w.check(token.NewFileSet(), p, false)
	if err != nil {
		return p
	}
	for step := 0; step < maxSteps && !s.done(); step++ {
		i := s.n(len(c.pkgs))
		j := s.n(len(c.pkgs[i].files))
		m := &mutator{script: s, fset: c.fset, pkg: &c.pkgs[i], file: c.pkgs[i].files[j], text: c.pkgs[i].progPackage.files[j].text}
		text, ok := m.step()
		if !ok {
			continue
		}
		for _, text := range []string{text, fixImports(text)} {
			next := p.clone()
			next.pkgs[i].files[j].text = text
			if changed, err := w.check(token.NewFileSet(), next, false); err == nil {
				p, c = next, changed
				break
			}
		}
	}
	return p
}

// A mutator makes one step in one file. All it does is text for text at places
// of the syntax, so that comments stay where they are and layout gets odd.
type mutator struct {
	*script
	fset *token.FileSet
	pkg  *checkedPackage
	file *ast.File
	text string
}

// A cut replaces the text from one offset to another.
type cut struct {
	from, to int
	text     string
}

func (m *mutator) offset(p token.Pos) int { return m.fset.File(m.file.FileStart).Offset(p) }

func (m *mutator) of(n ast.Node) string { return m.text[m.offset(n.Pos()):m.offset(n.End())] }

func (m *mutator) over(n ast.Node, text string) cut {
	return cut{m.offset(n.Pos()), m.offset(n.End()), text}
}

// apply carries out cuts that do not overlap, in any order.
func (m *mutator) apply(cuts ...cut) (string, bool) {
	text := m.text
	for len(cuts) > 0 {
		last := 0
		for i, c := range cuts {
			if c.from > cuts[last].from {
				last = i
			}
		}
		c := cuts[last]
		if c.from < 0 || c.to < c.from || c.to > len(text) {
			return "", false
		}
		text = text[:c.from] + c.text + text[c.to:]
		cuts = append(cuts[:last:last], cuts[last+1:]...)
	}
	return text, text != m.text
}

func (m *mutator) step() (string, bool) {
	switch m.n(16) {
	case 0, 1, 2, 3:
		return m.statement()
	case 4:
		return m.wrap()
	case 5, 6, 7:
		return m.expression()
	case 8:
		return m.rename()
	case 9:
		return m.declaration()
	case 10:
		return m.typ()
	case 11:
		return m.receiver()
	case 12:
		return m.comment()
	case 13:
		return m.layout()
	case 14:
		return m.insert()
	}
	return m.tokens()
}

// lists returns the statement lists of the file that are not empty.
func (m *mutator) lists() [][]ast.Stmt {
	var lists [][]ast.Stmt
	ast.Inspect(m.file, func(n ast.Node) bool {
		var list []ast.Stmt
		switch n := n.(type) {
		case *ast.BlockStmt:
			list = n.List
		case *ast.CaseClause:
			list = n.Body
		case *ast.CommClause:
			list = n.Body
		}
		if len(list) > 0 {
			if _, ok := list[0].(*ast.CaseClause); !ok {
				if _, ok := list[0].(*ast.CommClause); !ok {
					lists = append(lists, list)
				}
			}
		}
		return true
	})
	return lists
}

// statement deletes, repeats, swaps or moves statements.
func (m *mutator) statement() (string, bool) {
	list, ok := pick(m.script, m.lists())
	if !ok {
		return "", false
	}
	i := m.n(len(list))
	switch m.n(6) {
	case 0:
		return m.apply(m.over(list[i], ""))
	case 1:
		return m.apply(m.over(list[i], m.of(list[i])+"\n"+m.of(list[i])))
	case 2:
		j := (i + 1) % len(list)
		return m.apply(m.over(list[i], m.of(list[j])), m.over(list[j], m.of(list[i])))
	case 3: // elsewhere
		other, _ := pick(m.script, m.lists())
		to := other[m.n(len(other))]
		if to.Pos() >= list[i].Pos() && to.Pos() < list[i].End() || list[i].Pos() > to.Pos() && list[i].Pos() < to.End() {
			return "", false
		}
		at := m.offset(to.Pos())
		if m.n(2) == 1 {
			at = m.offset(to.End())
			return m.apply(m.over(list[i], ""), cut{at, at, "\n" + m.of(list[i])})
		}
		return m.apply(m.over(list[i], ""), cut{at, at, m.of(list[i]) + "\n"})
	case 4: // what another one is
		other, _ := pick(m.script, m.lists())
		from := other[m.n(len(other))]
		return m.apply(m.over(list[i], m.of(from)))
	default: // the first of an inner list for its whole
		var inner ast.Stmt
		ast.Inspect(list[i], func(n ast.Node) bool {
			if b, ok := n.(*ast.BlockStmt); ok && inner == nil && len(b.List) > 0 {
				inner = b.List[m.n(len(b.List))]
			}
			return inner == nil
		})
		if inner == nil {
			return "", false
		}
		return m.apply(m.over(list[i], m.of(inner)))
	}
}

// wraps are what may stand around some statements, %s. The receiver is not
// always h, but mostly.
var wraps = []string{
	"if len(os.Args) > 1 {\n%s\n}",
	"if len(os.Args) > 1 { %s } else { %s }",
	"if h == nil {\n%s\n}",
	"if h != nil { if true { %s } }",
	"for {\n%s\nbreak\n}",
	"for range 3 {\n%s\n}",
	"for i := 0; i < len(os.Args); i++ {\n%s\n}",
	"for range os.Args { %s; continue }",
	"outer:\nfor {\n%s\nbreak outer\n}",
	"select {\ndefault:\n%s\n}",
	"select {\ncase <-ctx.Done():\n%s\n}",
	"select {\ncase <-ctx.Done():\ndefault:\n%s\n}",
	"go func() {\n%s\n}()",
	"defer func() {\n%s\n}()",
	"func() {\n%s\n}()",
	"func() { defer func() { recover() }(); %s }()",
	"{\n%s\n}",
	"switch {\ncase len(os.Args) > 1:\n%s\n}",
	"switch len(os.Args) {\ncase 1:\n%s\nfallthrough\ndefault:\n}",
	"switch any(h).(type) {\ncase nil:\n%s\n}",
	"if false {\ngoto end\n}\n%s\nend:",
	"var once sync.Once\nonce.Do(func() {\n%s\n})",
	"var wg sync.WaitGroup\nwg.Go(func() {\n%s\n})\nwg.Wait()",
	"var mu sync.Mutex\nmu.Lock()\ndefer mu.Unlock()\n%s",
	"time.AfterFunc(1, func() {\n%s\n})",
	"f := func() {\n%s\n}\nf()",
	"for x := range func(yield func(int) bool) { yield(1) } {\n_ = x\n%s\n}",
	"if err := error(nil); err == nil {\n%s\n}",
	"context.AfterFunc(ctx, func() {\n%s\n})",
	"if len(os.Args) > 1 {\nreturn\n}\n%s",
	"if len(os.Args) > 1 {\npanic(1)\n}\n%s",
}

// wrap puts one or more statements into another.
func (m *mutator) wrap() (string, bool) {
	list, ok := pick(m.script, m.lists())
	if !ok {
		return "", false
	}
	i := m.n(len(list))
	j := i + m.n(len(list)-i)
	from, to := m.offset(list[i].Pos()), m.offset(list[j].End())
	w, _ := pick(m.script, wraps)
	return m.apply(cut{from, to, strings.ReplaceAll(w, "%s", m.text[from:to])})
}

// inserts are statements to put anywhere.
var inserts = []string{
	"go func() {}()",
	"go func() { for {} }()",
	"defer func() {}()",
	"done := make(chan struct{})\ndefer close(done)\ngo func() { <-done }()",
	"go func() { for { select { case <-ctx.Done(): return } } }()",
	"ch := make(chan int, 1)\n_ = ch",
	"t := time.NewTicker(1)\ndefer t.Stop()\n<-t.C",
	"t := time.NewTimer(1)\nselect { case <-t.C: case <-ctx.Done(): }",
	"<-time.After(1)",
	"time.Sleep(1)",
	"c := &http.Client{}\n_, _ = c.Get(\"\")",
	"c, err := net.Dial(\"tcp\", \"\")\nif err != nil { panic(err) }\ndefer c.Close()",
	"f, _ := os.Open(\"\")\n_ = f",
	"next, stop := iter.Pull(func(yield func(int) bool) {})\ndefer stop()\nnext()",
	"ctx2, cancel := context.WithCancel(ctx)\ndefer cancel()\ngo func() { <-ctx2.Done() }()",
	"ctx, cancel := context.WithTimeout(ctx, 1)\ndefer cancel()\n_ = ctx",
	"var wg sync.WaitGroup\nwg.Add(1)\ngo func() { defer wg.Done() }()\nwg.Wait()",
	"func() {}()",
	"_ = h",
	"*h = *h",
	"h = nil",
	"var h, ctx = h, ctx\n_, _ = h, ctx",
	"var nil any\n_ = nil",
	"var close, make, len, panic, new, append, true, any, error, string, bool int\n_, _, _, _, _, _, _, _, _, _, _ = close, make, len, panic, new, append, true, any, error, string, bool",
	"type context struct{}",
	"type _ = struct{}",
	"const time = 1",
	"panic(1)",
	"for {}",
	"select {}",
	"goto l\nl:",
	"x := x{}",
	"exec.Command(\"x\").Start()",
	"errors.New(\"\")",
	";",
}

// insert puts a statement of those above before another.
func (m *mutator) insert() (string, bool) {
	list, ok := pick(m.script, m.lists())
	if !ok {
		return "", false
	}
	at := m.offset(list[m.n(len(list))].Pos())
	text, _ := pick(m.script, inserts)
	return m.apply(cut{at, at, text + "\n"})
}

// expression replaces an expression by another of its type, or by itself in
// other words.
func (m *mutator) expression() (string, bool) {
	var all []ast.Expr
	ast.Inspect(m.file, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			if tv, ok := m.pkg.info.Types[e]; ok && !tv.IsVoid() {
				all = append(all, e)
			}
		}
		return true
	})
	e, ok := pick(m.script, all)
	if !ok {
		return "", false
	}
	tv := m.pkg.info.Types[e]
	var same []ast.Expr
	for _, o := range all {
		ov := m.pkg.info.Types[o]
		if o != e && ov.IsType() == tv.IsType() && (types.Identical(ov.Type, tv.Type) || tv.IsType()) && m.of(o) != m.of(e) {
			same = append(same, o)
		}
	}
	how := m.n(12)
	if how < 6 {
		o, ok := pick(m.script, same)
		if !ok {
			return "", false
		}
		if how == 5 {
			return m.apply(m.over(e, m.of(o)), m.over(o, m.of(e)))
		}
		return m.apply(m.over(e, m.of(o)))
	}
	if tv.IsType() {
		t := m.of(e)
		forms := []string{"*" + t, "[]" + t, "chan " + t, "func() " + t, "map[string]" + t, "struct{ x " + t + " }", "(" + t + ")", "[3]" + t, "interface{ " + t + " }", "<-chan " + t, "any"}
		text, _ := pick(m.script, forms)
		return m.apply(m.over(e, text))
	}
	v := m.of(e)
	t := types.TypeString(types.Default(tv.Type), func(p *types.Package) string {
		if p == m.pkg.types {
			return ""
		}
		return p.Name()
	})
	forms := []string{
		"(" + v + ")",
		"*new(" + t + ")",
		"func() " + t + " { return " + v + " }()",
		"any(" + v + ").(" + t + ")",
		"[]" + t + "{" + v + "}[0]",
		"map[string]" + t + "{\"\": " + v + "}[\"\"]",
		"struct{ x " + t + " }{" + v + "}.x",
		"(" + t + ")(" + v + ")",
		"<-func() chan " + t + " { c := make(chan " + t + ", 1); c <- " + v + "; return c }()",
		"nil",
		"*(&" + v + ")",
		"func(x " + t + ") " + t + " { return x }(" + v + ")",
	}
	text, _ := pick(m.script, forms)
	return m.apply(m.over(e, text))
}

// hostile are names that a fix might use itself, or take for something else.
var hostile = []string{
	"nil", "true", "len", "close", "make", "panic", "new", "any", "error", "string", "bool", "cap", "append",
	"context", "sync", "time", "iter", "ctx", "cancel", "h", "x", "err", "wg", "once", "done", "stop", "next", "init",
	"Emit", "Start", "Stop", "Close", "SessionStart", "SessionStop", "Shutdown", "Receive", "Copy", "_", "main", "ünïcode", "T", "String", "Error",
}

// rename renames an object wherever the file names it.
func (m *mutator) rename() (string, bool) {
	var objs []types.Object
	seen := make(map[types.Object]bool)
	var ids []*ast.Ident
	ast.Inspect(m.file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			ids = append(ids, id)
			if obj := m.pkg.info.Defs[id]; obj != nil && !seen[obj] {
				seen[obj] = true
				objs = append(objs, obj)
			}
		}
		return true
	})
	obj, ok := pick(m.script, objs)
	if !ok {
		return "", false
	}
	name, _ := pick(m.script, hostile)
	if m.n(3) == 0 { // as something else is called
		if other, ok := pick(m.script, ids); ok {
			name = other.Name
		}
	}
	var cuts []cut
	for _, id := range ids {
		if m.pkg.info.ObjectOf(id) == obj {
			cuts = append(cuts, m.over(id, name))
		}
	}
	return m.apply(cuts...)
}

// declaration deletes a declaration, repeats it under another name, drops a
// body, or adds a declaration.
func (m *mutator) declaration() (string, bool) {
	d, ok := pick(m.script, m.file.Decls)
	if !ok {
		return "", false
	}
	end := len(m.text)
	switch m.n(8) {
	case 0:
		return m.apply(m.over(d, ""))
	case 1:
		if fd, ok := d.(*ast.FuncDecl); ok {
			name, _ := pick(m.script, hostile)
			text := m.text[m.offset(fd.Pos()):m.offset(fd.Name.Pos())] + name + m.text[m.offset(fd.Name.End()):m.offset(fd.End())]
			return m.apply(cut{end, end, "\n\n" + text + "\n"})
		}
	case 2:
		if fd, ok := d.(*ast.FuncDecl); ok && fd.Body != nil {
			return m.apply(m.over(fd.Body, ""))
		}
	case 3: // to the end, or to the beginning
		if gd, ok := d.(*ast.GenDecl); ok && gd.Tok == token.IMPORT {
			return "", false
		}
		return m.apply(m.over(d, ""), cut{end, end, "\n\n" + m.of(d) + "\n"})
	case 4: // a body of another
		other, _ := pick(m.script, m.file.Decls)
		a, ok1 := d.(*ast.FuncDecl)
		b, ok2 := other.(*ast.FuncDecl)
		if ok1 && ok2 && a != b && a.Body != nil && b.Body != nil {
			return m.apply(m.over(a.Body, m.of(b.Body)), m.over(b.Body, m.of(a.Body)))
		}
	case 5: // a type that embeds another
		var names []string
		for _, id := range m.pkg.types.Scope().Names() {
			if _, ok := m.pkg.types.Scope().Lookup(id).(*types.TypeName); ok {
				names = append(names, id)
			}
		}
		name, ok := pick(m.script, names)
		if !ok {
			return "", false
		}
		form, _ := pick(m.script, []string{
			"type Outer struct{ %s }\n", "type Outer struct{ *%s }\n", "type Outer struct {\n\tn int\n\t%s `json:\"x\"`\n}\n",
			"type Outer = %s\n", "type Outer %s\n", "//emitcheck:handler hot=Emit\ntype Outer interface {\n\t%s\n\tEmit()\n}\n",
			"type Outer[T any] struct{ %s; t T }\n", "func NewOuter() *%[1]s { return &%[1]s{} }\n", "var outer = %s{}\n", "var _, _ = any(%[1]s{}), new(%[1]s)\n",
			"func (h *%s) SessionStop() {}\n", "func (h *%s) Stop() error { return nil }\n", "func (*%s) Start() {}\n", "func (_ %s) Emit() int { go func() {}(); return 0 }\n",
			"func (h *%s) Close() error { *h = *new(%[1]s); return nil }\n", "func (h *%[1]s) Copy() *%[1]s { c := *h; return &c }\n",
		})
		return m.apply(cut{end, end, "\n" + strings.ReplaceAll(fmt.Sprintf(form, name), "%!(EXTRA string="+name+")", "")})
	case 6: // a body in one line
		if fd, ok := d.(*ast.FuncDecl); ok && fd.Body != nil {
			return m.apply(m.over(fd.Body, oneLine(m.of(fd.Body))))
		}
		if gd, ok := d.(*ast.GenDecl); ok && gd.Tok == token.TYPE {
			return m.apply(m.over(gd, oneLine(m.of(gd))))
		}
	default:
		if fd, ok := d.(*ast.FuncDecl); ok && fd.Body != nil {
			return m.apply(m.over(fd.Body, "{}"))
		}
	}
	return "", false
}

// typ makes a type generic, an alias, or something else than it is.
func (m *mutator) typ() (string, bool) {
	var specs []*ast.TypeSpec
	ast.Inspect(m.file, func(n ast.Node) bool {
		if ts, ok := n.(*ast.TypeSpec); ok {
			specs = append(specs, ts)
		}
		return true
	})
	ts, ok := pick(m.script, specs)
	if !ok {
		return "", false
	}
	obj := m.pkg.info.Defs[ts.Name]
	name := ts.Name.Name
	end := len(m.text)
	st, isStruct := ts.Type.(*ast.StructType)
	switch m.n(8) {
	case 0, 1: // generic
		if ts.TypeParams != nil || ts.Assign.IsValid() {
			return "", false
		}
		params, _ := pick(m.script, []string{"[T any]", "[T comparable, U ~int | ~string]", "[_ any]", "[Emit any]"})
		recv, arg := "[T]", "[int]"
		switch {
		case strings.Contains(params, "U"):
			recv, arg = "[T, _]", "[int, string]"
		case params == "[_ any]":
			recv = "[_]"
		case params == "[Emit any]":
			recv = "[Emit]"
		}
		cuts := []cut{m.over(ts.Name, name+params)}
		inRecv := make(map[*ast.Ident]bool)
		for _, d := range m.file.Decls {
			if fd, ok := d.(*ast.FuncDecl); ok && fd.Recv != nil {
				ast.Inspect(fd.Recv, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok && m.pkg.info.Uses[id] == obj {
						inRecv[id] = true
					}
					return true
				})
			}
		}
		ast.Inspect(m.file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && m.pkg.info.Uses[id] == obj {
				if inRecv[id] {
					cuts = append(cuts, m.over(id, name+recv))
				} else {
					cuts = append(cuts, m.over(id, name+arg))
				}
			}
			return true
		})
		return m.apply(cuts...)
	case 2: // an alias of a type of another name
		if ts.TypeParams != nil || ts.Assign.IsValid() {
			return "", false
		}
		return m.apply(m.over(ts.Name, name+"0"), cut{end, end, "\ntype " + name + " = " + name + "0\n"})
	case 3: // what it was becomes embedded
		if ts.TypeParams != nil || ts.Assign.IsValid() || !isStruct {
			return "", false
		}
		star, _ := pick(m.script, []string{"", "*"})
		return m.apply(m.over(ts.Name, "base0"), cut{end, end, "\ntype " + name + " struct{ " + star + "base0 }\n"})
	case 4: // one more field
		if !isStruct {
			return "", false
		}
		at := m.offset(st.Fields.Closing)
		field, _ := pick(m.script, []string{
			"mu sync.Mutex", "ctx context.Context", "cancel context.CancelFunc", "wg sync.WaitGroup", "once sync.Once", "done chan struct{}",
			"started bool", "a, b int // c", "_ int", "_ [0]func()", "sync.Mutex", "next func() (int, bool)", "t *time.Ticker `x`", "stop func()",
			"x struct{ y struct{ z chan int } }", "fs []func()", "err error",
		})
		sep, _ := pick(m.script, []string{"\n", ";", "; "})
		return m.apply(cut{at, at, sep + field + sep})
	case 5: // a field less, or another order
		if !isStruct || len(st.Fields.List) == 0 {
			return "", false
		}
		f := st.Fields.List[m.n(len(st.Fields.List))]
		g := st.Fields.List[m.n(len(st.Fields.List))]
		if f == g {
			return m.apply(m.over(f, ""))
		}
		return m.apply(m.over(f, m.of(g)), m.over(g, m.of(f)))
	case 6: // the type of an object of its kind
		other, _ := pick(m.script, specs)
		return m.apply(m.over(ts.Type, m.of(other.Type)))
	default: // a literal type in place of its name
		var cuts []cut
		ast.Inspect(m.file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && m.pkg.info.Uses[id] == obj && len(cuts) == 0 && m.n(3) == 0 {
				cuts = append(cuts, m.over(id, m.of(ts.Type)))
			}
			return true
		})
		return m.apply(cuts...)
	}
}

// receiver changes a method's receiver, or makes a function of the method.
func (m *mutator) receiver() (string, bool) {
	var methods []*ast.FuncDecl
	for _, d := range m.file.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok && fd.Recv != nil && len(fd.Recv.List) > 0 {
			methods = append(methods, fd)
		}
	}
	fd, ok := pick(m.script, methods)
	if !ok {
		return "", false
	}
	f := fd.Recv.List[0]
	typ := m.of(f.Type)
	name := ""
	if len(f.Names) > 0 {
		name = f.Names[0].Name + " "
	}
	switch m.n(6) {
	case 0:
		if bare, ok := strings.CutPrefix(typ, "*"); ok {
			return m.apply(m.over(f.Type, bare))
		}
		return m.apply(m.over(f.Type, "*"+typ))
	case 1:
		return m.apply(m.over(fd.Recv, "("+typ+")"))
	case 2:
		return m.apply(m.over(fd.Recv, "(_ "+typ+")"))
	case 3:
		return m.apply(m.over(fd.Recv, "("+name+"("+typ+"))"))
	case 4: // parameters without names
		var cuts []cut
		for _, p := range fd.Type.Params.List {
			for _, id := range p.Names {
				cuts = append(cuts, m.over(id, "_"))
			}
		}
		return m.apply(cuts...)
	default: // named results
		if fd.Type.Results == nil || fd.Type.Results.NumFields() != 1 || len(fd.Type.Results.List[0].Names) > 0 {
			return "", false
		}
		result, _ := pick(m.script, []string{"out", "err", "_", "h2", "nil"})
		return m.apply(m.over(fd.Type.Results, "("+result+" "+m.of(fd.Type.Results.List[0].Type)+")"))
	}
}

var comments = []string{
	"//emitcheck:ignore emit-goroutine some reason\n", "//emitcheck:ignore emit-goroutine,emit-channel,lazy-start x\n", "//emitcheck:ignore\n",
	"//emitcheck:ignore nosuch reason\n", "//emitcheck:handler\n", "//emitcheck:handler hot=Emit\n", "//emitcheck:handler hot=Emit start=Start stop=Stop rate=batch\n",
	"//emitcheck:handler hot=Emit,Emit copy=Copy rate=\n", "//emitcheck:hot\n", "//emitcheck:hot rate=frame\n", "//emitcheck:hot rate=x\n", "//emitcheck: x\n",
	"//nolint\n", "//nolint:emitcheck // why\n", "//nolint:all,x\n", "/* a comment */", "/* of\nlines */", "// a comment\n", "//line other.go:7\n", "//line p.go:1:1\n",
	"/*line y.go:3:5*/", "//go:noinline\n", "//go:build !nosuch\n", "\ufeff", "// \x00\n", "// Code generated by hand. DO NOT EDIT.\n", "//go:embed x\n", "//export x\n",
}

// comment puts a comment or directive above or behind a node, or at the top.
func (m *mutator) comment() (string, bool) {
	text, _ := pick(m.script, comments)
	var nodes []ast.Node
	ast.Inspect(m.file, func(n ast.Node) bool {
		switch n.(type) {
		case ast.Stmt, ast.Decl, ast.Spec, *ast.Field:
			nodes = append(nodes, n)
		}
		return true
	})
	n, ok := pick(m.script, nodes)
	if !ok {
		return "", false
	}
	at := m.offset(n.Pos())
	switch m.n(4) {
	case 0:
		return m.apply(cut{at, at, "\n" + text})
	case 1:
		at = m.offset(n.End())
		return m.apply(cut{at, at, " " + text})
	case 2:
		return m.apply(cut{0, 0, text + "\n"})
	}
	return m.apply(cut{at, at, text})
}

// layout changes what the file looks like and not what it says.
func (m *mutator) layout() (string, bool) {
	switch m.n(6) {
	case 0:
		text, err := format.Source([]byte(m.text))
		return string(text), err == nil
	case 1:
		return strings.ReplaceAll(strings.ReplaceAll(m.text, "\r\n", "\n"), "\n", "\r\n"), true
	case 2:
		return strings.TrimRight(m.text, "\n"), true
	case 3:
		return strings.ReplaceAll(m.text, "\t", ""), true
	case 4:
		return "\ufeff" + strings.TrimPrefix(m.text, "\ufeff"), true
	default:
		list, ok := pick(m.script, m.lists())
		if !ok {
			return "", false
		}
		from, to := m.offset(list[0].Pos()), m.offset(list[len(list)-1].End())
		return m.apply(cut{from, to, oneLine(m.text[from:to])})
	}
}

// oneLine brings code into one line; its comments are lost.
func oneLine(code string) string {
	var s scanner.Scanner
	fset := token.NewFileSet()
	s.Init(fset.AddFile("", -1, len(code)), []byte(code), func(token.Position, string) {}, 0)
	var b strings.Builder
	for {
		_, tok, lit := s.Scan()
		if tok == token.EOF {
			return b.String()
		}
		switch {
		case tok == token.SEMICOLON:
			lit = ";"
		case lit == "":
			lit = tok.String()
		}
		b.WriteString(lit + " ")
	}
}

// tokens deletes, repeats, swaps or changes tokens or bytes, with no eye to what
// they mean.
func (m *mutator) tokens() (string, bool) {
	type tok struct {
		from, to int
		tok      token.Token
	}
	var toks []tok
	var s scanner.Scanner
	fset := token.NewFileSet()
	f := fset.AddFile("", -1, len(m.text))
	s.Init(f, []byte(m.text), func(token.Position, string) {}, scanner.ScanComments)
	for {
		pos, t, lit := s.Scan()
		if t == token.EOF {
			break
		}
		if lit == "" {
			lit = t.String()
		}
		if from := f.Offset(pos); t != token.SEMICOLON || lit == ";" {
			toks = append(toks, tok{from, min(from+len(lit), len(m.text)), t})
		}
	}
	t, ok := pick(m.script, toks)
	if !ok {
		return "", false
	}
	o, _ := pick(m.script, toks)
	text := m.text[t.from:t.to]
	switch m.n(6) {
	case 0:
		return m.apply(cut{t.from, t.to, ""})
	case 1:
		return m.apply(cut{t.from, t.to, text + " " + text})
	case 2:
		return m.apply(cut{t.from, t.to, m.text[o.from:o.to]})
	case 3:
		if o == t {
			return "", false
		}
		return m.apply(cut{t.from, t.to, m.text[o.from:o.to]}, cut{o.from, o.to, text})
	case 4:
		other, _ := pick(m.script, []string{"=", ":=", "==", "!=", "<-", "++", "--", "+=", "*", "&", "...", ".", ",", ";", "(", ")", "go", "defer", "return", "break", "continue", "goto", "fallthrough", "range", "0", "\"\"", "nil", "_"})
		return m.apply(cut{t.from, t.to, other})
	}
	at := m.n(len(m.text))
	return m.apply(cut{at, min(at+m.n(4), len(m.text)), string(rune(m.n(256)))})
}

// standard are the packages that what is inserted may need.
var standard = []string{"context", "errors", "iter", "net", "net/http", "os", "os/exec", "sync", "time"}

// fixImports drops the imports that are not used and adds those that are missing.
func fixImports(text string) string {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return text
	}
	used, have := make(map[string]bool), make(map[string]bool)
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				used[id.Name] = true
			}
		}
		return true
	})
	tf := fset.File(f.FileStart)
	var b bytes.Buffer
	at := 0
	for i, path := range importsOf(f) {
		imp := f.Imports[i]
		name := path[strings.LastIndexByte(path, '/')+1:]
		if imp.Name != nil {
			name = imp.Name.Name
		}
		have[name] = true
		if used[name] || name == "_" || name == "." {
			continue
		}
		b.WriteString(text[at:tf.Offset(imp.Pos())])
		b.WriteString(`_ "` + path + `"`)
		at = tf.Offset(imp.End())
	}
	rest := text[at:]
	head := b.String()
	missing := ""
	for _, path := range standard {
		if name := path[strings.LastIndexByte(path, '/')+1:]; used[name] && !have[name] {
			missing += "; import " + `"` + path + `"`
		}
	}
	end := tf.Offset(f.Name.End())
	all := head + rest
	if len(all) < end {
		return text
	}
	return all[:end] + missing + all[end:]
}
