package hoist

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"strings"
)

// draft makes the edits of all moves.
func (p *plan) draft(d *draft) {
	p.unused()
	var order []*move
	for _, goroutines := range []bool{false, true} {
		for _, m := range p.moves {
			if len(m.start)+len(m.release) > 0 && (len(m.serves) > 0 || m.after != beforeAll || p.waitsFor(m)) == goroutines {
				order = append(order, m)
			}
		}
	}
	p.hotEdits(d)
	p.structEdits(d)
	p.startEdits(d, order)
	p.stopEdits(d, order)
	p.f.imports.edits(d)
}

// waitsFor tells whether a move is a goroutine's.
func (p *plan) waitsFor(m *move) bool {
	return slices.ContainsFunc(m.release, func(s string) bool { return strings.HasSuffix(s, ".Wait()") })
}

// unused makes the definitions of local variables go that nothing in a hot
// method uses any more.
func (p *plan) unused() {
	for _, m := range p.moves {
		for _, s := range m.hot.Body.List {
			a, ok := s.(*ast.AssignStmt)
			if !ok || a.Tok != token.DEFINE || len(a.Lhs) != 1 || slices.Contains(p.gone(m.hot), s) {
				continue
			}
			id, ok := a.Lhs[0].(*ast.Ident)
			if !ok || len(m.start) == 0 || m.lazy || !p.pureExpr(a.Rhs[0]) {
				continue
			}
			obj := p.f.info.Defs[id]
			gone := p.gone(m.hot)
			used, there := false, false
			ast.Inspect(m.hot.Body, func(n ast.Node) bool {
				x, ok := n.(*ast.Ident)
				if !ok || obj == nil || p.f.info.Uses[x] != obj {
					return true
				}
				there = true
				used = used || !slices.ContainsFunc(gone, func(s ast.Stmt) bool { return s.Pos() <= x.Pos() && x.End() <= s.End() })
				return true
			})
			if there && !used {
				m.stmts = append(m.stmts, s)
			}
		}
	}
}

// hotEdits takes the moved statements out of the hot methods and rewrites what
// is left.
func (p *plan) hotEdits(d *draft) {
	seen := make(map[edit]bool)
	for _, m := range p.moves {
		for _, s := range m.stmts {
			from, to := p.span(m.src, m.hot, s)
			e := edit{m.src, from, to, ""}
			if !seen[e] {
				seen[e] = true
				d.edits = append(d.edits, e)
			}
		}
		before := len(d.edits)
		p.rewrite(d, m)
		uses := len(d.edits) > before
		for _, e := range m.edits {
			if !seen[e] {
				seen[e] = true
				d.edits = append(d.edits, e)
			}
			uses = uses || strings.Contains(e.text, m.recv+".")
		}
		for _, e := range m.naming {
			if uses && !seen[e] {
				seen[e] = true
				d.edits = append(d.edits, e)
			}
		}
	}
}

// span returns the offsets between which a statement stands with the comments
// that belong to it: whole lines, if it has them for itself.
func (p *plan) span(src *source, fn *ast.FuncDecl, s ast.Stmt) (from, to int) {
	from, to = src.offset(s.Pos()), src.offset(s.End())
	if g := lead(src, fn, s); g != nil {
		from = src.offset(g.Pos())
	}
	if g := trail(src, s); g != nil {
		to = src.offset(g.End())
	}
	start, end := src.lineStart(from), src.lineEnd(to)
	if strings.TrimSpace(string(src.text[start:from])) == "" && strings.TrimSpace(string(src.text[to:end])) == "" {
		end = min(end+1, len(src.text))
		// What was first in its block leaves no blank line there.
		if before := strings.TrimSpace(string(src.text[src.offset(fn.Body.Lbrace):start])); strings.HasSuffix(before, "{") {
			for end < len(src.text) && strings.TrimSpace(string(src.text[end:src.lineEnd(end)])) == "" && src.lineEnd(end) < len(src.text) {
				end = src.lineEnd(end) + 1
			}
		}
		return start, end
	}
	if rest := string(src.text[to:end]); strings.HasPrefix(strings.TrimSpace(rest), ";") {
		to += strings.Index(rest, ";") + 1
	}
	return from, to
}

// lead returns the comment right above a statement.
func lead(src *source, fn *ast.FuncDecl, s ast.Stmt) *ast.CommentGroup {
	line := src.tok.Line(s.Pos())
	for _, g := range src.file.Comments {
		if g.Pos() > fn.Body.Lbrace && g.End() <= s.Pos() && src.tok.Line(g.End()) == line-1 {
			if start := src.lineStart(src.offset(g.Pos())); strings.TrimSpace(string(src.text[start:src.offset(g.Pos())])) == "" {
				return g
			}
		}
	}
	return nil
}

// trail returns the comment behind a statement, on its last line.
func trail(src *source, s ast.Stmt) *ast.CommentGroup {
	line := src.tok.Line(s.End())
	for _, g := range src.file.Comments {
		if g.Pos() >= s.End() && src.tok.Line(g.Pos()) == line && strings.TrimSpace(src.between(s.End(), g.Pos())) == "" {
			return g
		}
	}
	return nil
}

// comments returns the comments of statements that go which do not stand in the
// text that is moved: those for lines of their own, and the one behind.
func (p *plan) comments(m *move, stmts []ast.Stmt) (lines []string, behind string) {
	for i, s := range stmts {
		from, to := p.span(m.src, m.hot, s)
		for _, g := range m.src.file.Comments {
			a, b := m.src.offset(g.Pos()), m.src.offset(g.End())
			if a < from || b > to {
				continue
			}
			if slices.ContainsFunc(m.rendered, func(r rep) bool { return r.from <= g.Pos() && g.End() <= r.to }) {
				continue
			}
			text := m.src.between(g.Pos(), g.End())
			if i == 0 && g == trail(m.src, s) && !strings.Contains(text, "\n") {
				behind = " " + text
				continue
			}
			lines = append(lines, text)
		}
	}
	return lines, behind
}

// commentsOf returns the comments of a statement that goes.
func (p *plan) commentsOf(m *move, s ast.Stmt) []string {
	lines, behind := p.comments(m, []ast.Stmt{s})
	if behind != "" {
		lines = append(lines, strings.TrimSpace(behind)+"\n")
	}
	return lines
}

// structEdits adds the fields.
func (p *plan) structEdits(d *draft) {
	var b strings.Builder
	for _, m := range p.moves {
		for _, f := range m.fields {
			fmt.Fprintf(&b, "%s %s\n", f.name, f.typ)
		}
	}
	if b.Len() == 0 {
		return
	}
	src, closing := p.shape.src, p.shape.st.Fields.Closing
	text := b.String()
	if off := src.offset(closing); strings.TrimSpace(string(src.text[src.lineStart(off):off])) != "" {
		text = "\n" + text
	}
	d.insert(src, src.offset(closing), text)
}

// startEdits puts what is made at the end of start.
func (p *plan) startEdits(d *draft, order []*move) {
	order = slices.DeleteFunc(slices.Clone(order), func(m *move) bool { return m.lazy })
	if len(order) == 0 {
		return
	}
	k := p.shape.start
	var b strings.Builder
	var undo []string
	for _, m := range order {
		made := slices.DeleteFunc(slices.Clone(m.stmts), func(s ast.Stmt) bool { return slices.Contains(m.releasing, s) })
		lines, behind := p.comments(m, made)
		for _, l := range lines {
			b.WriteString(l + "\n")
		}
		start := slices.Clone(m.start)
		if m.first {
			start[0], behind = start[0]+behind, ""
		}
		text := strings.Join(start, "\n")
		back := ""
		if k.sess == "" {
			for _, u := range slices.Backward(undo) {
				back += u
			}
		}
		text = strings.ReplaceAll(text, "\x00undo\x00", back)
		b.WriteString(text + behind + "\n")
		for _, r := range m.release {
			if strings.Contains(r, ".CloseIdleConnections()") || strings.Contains(r, ".Stop()") {
				continue // it holds nothing yet
			}
			undo = append(undo, strings.ReplaceAll(r, "\x00recv\x00", k.recv)+"\n")
		}
	}
	text := b.String()
	d.edits = append(d.edits, p.withText(k, strings.TrimSuffix(text, "\n"))...)
	d.edits = append(d.edits, p.f.nameParams(k)...)
	switch {
	case k.decl == nil:
		d.insert(k.src, p.afterType(k.src), p.written(k, fmt.Sprintf("makes what %s needs for a session.", p.shape.h.Name), text, "", true))
	case k.at >= 0:
		p.spread(d, k)
		if line := k.src.text[k.src.lineStart(k.at):k.at]; strings.TrimSpace(string(line)) != "" {
			text = "\n" + text // all on one line
		}
		d.insert(k.src, k.at, text)
	}
}

// spread parts a function of one line, which will have more, from what follows
// it.
func (p *plan) spread(d *draft, k *hook) {
	if k.decl == nil || k.src.tok.Line(k.decl.Pos()) != k.src.tok.Line(k.decl.End()) {
		return
	}
	end := k.src.lineEndAfter(k.decl.End())
	if end+1 >= len(k.src.text) || strings.TrimSpace(string(k.src.text[end+1:k.src.lineEnd(end+1)])) == "" {
		return
	}
	d.insert(k.src, end, "\n")
}

// withText returns the edits of a hook, the moved text where they say so.
func (p *plan) withText(k *hook, text string) []edit {
	var edits []edit
	for _, e := range k.edits {
		e.text = strings.ReplaceAll(e.text, moved, text)
		edits = append(edits, e)
	}
	return edits
}

// afterType returns where methods are written: behind the type's declaration.
func (p *plan) afterType(src *source) int {
	for _, decl := range src.file.Decls {
		if decl.Pos() <= p.shape.spec.Pos() && p.shape.spec.End() <= decl.End() {
			return src.lineEndAfter(decl.End())
		}
	}
	return len(src.text)
}

// written renders a method that the fix writes.
func (p *plan) written(k *hook, what, before, after string, isStart bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n\n// %s %s\n%s", k.name, what, k.head)
	switch {
	case isStart && k.delegate != "" && k.fails:
		fmt.Fprintf(&b, "if err := %s; err != nil {\nreturn err\n}\n%s", k.delegate, before)
	case isStart && k.delegate != "":
		fmt.Fprintf(&b, "%s\n%s", k.delegate, before)
	case k.delegate != "" && k.fails && after == "":
		fmt.Fprintf(&b, "%sreturn %s\n}", before, k.delegate)
		return b.String()
	case k.delegate != "" && k.fails:
		fmt.Fprintf(&b, "%serr := %s\n%sreturn err\n}", before, k.delegate, after)
		return b.String()
	case k.delegate != "":
		fmt.Fprintf(&b, "%s%s\n%s", before, k.delegate, after)
	default:
		b.WriteString(before)
		b.WriteString(after)
	}
	if k.fails {
		b.WriteString("return nil\n")
	}
	b.WriteString("}")
	return b.String()
}

// entry returns the offset at which a stop begins: behind the question whether
// there is a handler at all.
func (p *plan) entry(k *hook) int {
	at := k.src.offset(k.decl.Body.Lbrace) + 1
	for _, s := range k.decl.Body.List {
		x, ok := s.(*ast.IfStmt)
		if !ok || x.Init != nil {
			break
		}
		c, ok := ast.Unparen(x.Cond).(*ast.BinaryExpr)
		if !ok || c.Op != token.EQL || !p.f.info.Types[c.Y].IsNil() || !p.isIdent(c.X, p.f.receiverOf(k.decl)) {
			break
		}
		at = k.src.offset(s.End())
		if g := trail(k.src, s); g != nil {
			at = k.src.offset(g.End())
		}
	}
	return at
}

// stopEdits puts what is released into stop, in reverse order: at its start, or
// as soon as what has to come before is done.
func (p *plan) stopEdits(d *draft, moves []*move) {
	k := p.shape.stop
	if k == nil {
		return
	}
	at := make(map[int]string)
	last := beforeAll
	any := false
	for _, m := range slices.Backward(moves) {
		if len(m.release) == 0 {
			continue
		}
		any = true
		if order(m.after) > order(last) {
			last = m.after
		}
		lines, behind := p.comments(m, m.releasing)
		text := strings.Join(append(lines, m.release...), "\n") + behind + "\n"
		at[last] += strings.ReplaceAll(text, "\x00recv\x00", k.recv)
	}
	if !any {
		return
	}
	d.edits = append(d.edits, k.edits...)
	p.spread(d, k)
	if k.decl == nil {
		after := at[afterDelegate]
		d.insert(k.src, p.afterType(k.src), p.written(k, "releases what the session has made.", at[beforeAll], after, false))
		return
	}
	for _, i := range slices.Sorted(maps.Keys(at)) {
		if i == beforeAll {
			open := p.entry(k)
			text := "\n" + at[i]
			if strings.TrimSpace(string(k.src.text[open:k.src.lineEnd(open)])) == "" {
				text = strings.TrimSuffix(text, "\n")
			}
			d.insert(k.src, open, text)
			continue
		}
		s := k.decl.Body.List[i]
		end := k.src.offset(s.End())
		if g := trail(k.src, s); g != nil {
			end = k.src.offset(g.End())
		}
		d.insert(k.src, end, "\n"+strings.TrimSuffix(at[i], "\n"))
	}
}
