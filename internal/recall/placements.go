package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// A placement says where in the hot method the insertion stands: at one of the places of the real code, and within
// what is written around it.
type placement struct {
	name  string
	where site   // the places of the real code at which it may stand
	wrap  string // with S for the insertion, H for the receiver, ZERO for the results of an early return
	field string // of the receiver's struct
	freq  freq
	copy  freq // what freq is where the receiver is a copy, if it rests on the field

	failing bool // the method's last result has to be an error
	adds    bool // it is no harmless frame for a twin: it is itself reported
}

// A site is a sort of place in real code. Several may be or'd.
type site int

const (
	top      site = 1 << iota // before the first statement
	middle                    // between two statements of the body
	end                       // at the end, before a return there
	inLoop                    // in a loop
	inBranch                  // in a branch of an if statement, under a condition that is no guard and no error
	inCase                    // in a case of a switch, type switch or select

	anywhere = top | middle | end
)

func (p *placement) needsReceiver() bool { return hasWord(p.wrap, "H") || p.field != "" }

var placements = []placement{
	// As it is, in the real code.
	{name: "top", where: top, wrap: `S`},
	{name: "middle", where: middle, wrap: `S`},
	{name: "end", where: end, wrap: `S`},
	{name: "in a loop of the method", where: inLoop, wrap: `S`},
	{name: "in an if of the method", where: inBranch, wrap: `S`, freq: sometimes},
	{name: "in a case of the method", where: inCase, wrap: `S`, freq: sometimes},

	// Within something, anywhere.
	{name: "block", where: anywhere, wrap: `{ S }`},
	{name: "if", where: anywhere, wrap: `if recallLevel > 3 { S }`, freq: sometimes},
	{name: "if-not", where: anywhere, wrap: `if !(recallLevel > 3 && recallDepth < 2) { S }`, freq: sometimes},
	{name: "else", where: anywhere, wrap: `if recallLevel > 3 { recallN-- } else { S }`, freq: sometimes},
	{name: "else-if", where: anywhere, wrap: `if recallLevel > 3 { recallN-- } else if recallDepth > 1 { S } else { recallM++ }`, freq: sometimes},
	{name: "nested-if", where: anywhere, wrap: `if recallLevel > 3 { for range recallList { if recallDepth > 2 { S } } }`, freq: sometimes},
	{name: "for-count", where: anywhere, wrap: `for recallI := 0; recallI < 2; recallI++ { S }`},
	{name: "for-range", where: anywhere, wrap: `for range recallList { S }`},
	{name: "for-range-map", where: anywhere, wrap: `for range recallByKey { S }`},
	{name: "for-endless", where: anywhere, wrap: `for { S; if recallLevel > 3 { break } }`},
	{name: "for-condition", where: anywhere, wrap: `for recallBusy() { S }`, freq: sometimes},
	{name: "for-labelled", where: anywhere, wrap: `recallLabel: for range recallList { for range recallList { if recallLevel > 3 { continue recallLabel }; S } }`, freq: sometimes},
	{name: "switch-case", where: anywhere, wrap: `switch recallLevel { case 1: recallN++; case 2, 3: S }`, freq: sometimes},
	{name: "switch-condition", where: anywhere, wrap: `switch { case recallLevel > 3: S; default: recallN++ }`, freq: sometimes},
	{name: "switch-default", where: anywhere, wrap: `switch recallLevel { case 1: recallN++; default: S }`, freq: sometimes},
	{name: "type-switch", where: anywhere, wrap: `switch recallV := recallAny.(type) { case string: recallN = len(recallV); case int: recallN = recallV; S }`, freq: sometimes},
	{name: "select-case", where: anywhere, wrap: `select { case recallN = <-recallQueue: S; default: }`, freq: sometimes},
	{name: "select-default", where: anywhere, wrap: `select { case recallN = <-recallQueue: default: S }`, freq: sometimes},
	{name: "select-beside-done", where: anywhere, wrap: `select { case recallN = <-recallQueue: S; case <-recallStopped: }`},
	{name: "after-return", where: anywhere, wrap: `if recallLevel > 3 { return ZERO }; S`, freq: sometimes},
	{name: "after-return-of-error", where: anywhere, wrap: `if recallError != nil { return ERROR }; S`, failing: true},
	{name: "after-continue", where: anywhere, wrap: `for range recallList { if recallLevel > 3 { continue }; S }`, freq: sometimes},
	{name: "before-panic", where: anywhere, wrap: `S; if recallError != nil { panic(recallError) }`},
	{name: "beside-go", where: anywhere, wrap: `var recallWait sync.WaitGroup; recallWait.Add(1); S; recallWait.Done()`},
	{name: "after-switch-with-return", where: anywhere, wrap: `switch recallLevel { case 1: return ZERO; case 2: recallN++ }; S`, freq: sometimes},
	{name: "after-loop-with-return", where: anywhere, wrap: `for _, recallV := range recallList { if recallV > recallLevel { return ZERO } }; S`, freq: sometimes},
	{name: "if-with-init", where: anywhere, wrap: `if recallV, recallOK := recallByKey[recallLevel]; recallOK && recallV != nil { S }`, freq: sometimes},
	{name: "if-or", where: anywhere, wrap: `if recallLevel > 3 || recallDepth > 2 { S }`, freq: sometimes},
	{name: "under-lock", where: anywhere, wrap: `recallMu.Lock(); S; recallMu.Unlock()`},

	{name: "if-of-variable", where: anywhere, wrap: `recallOK := recallLevel > 3; if recallOK { S }`, freq: sometimes},
	{name: "if-of-remainder", where: anywhere, wrap: `recallRest := recallLevel % 4; if recallRest == 0 { S }`, freq: sometimes},
	{name: "after-return-of-variable", where: anywhere, wrap: `recallOK := recallLevel > 3; if !recallOK { return ZERO }; S`, freq: sometimes},

	// Behind what is no guard.
	{name: "flag-never-set", where: anywhere, wrap: `if !H.recallOn { S }`, field: `recallOn bool`, freq: sometimes, copy: sometimes},
	{name: "flag-set-by-goroutine", where: anywhere, wrap: `if !H.recallOn { S; go func() { H.recallOn = true }() }`, field: `recallOn bool`, freq: sometimes, copy: sometimes, adds: true},
	{name: "flag-set-elsewhere", where: anywhere, wrap: `if !H.recallOn { S } else { H.recallOn = true }`, field: `recallOn bool`, freq: sometimes, copy: sometimes},
	{name: "flag-set-sometimes", where: anywhere, wrap: `if !H.recallOn { if recallLevel > 3 { H.recallOn = true }; S }`, field: `recallOn bool`, freq: sometimes, copy: sometimes},
	{name: "flag-reset", where: anywhere, wrap: `if !H.recallOn { H.recallOn = true; S }; H.recallOn = false`, field: `recallOn bool`},
	{name: "flag-reset-deferred", where: anywhere, wrap: `if !H.recallOn { H.recallOn = true; S; defer func() { H.recallOn = false }() }`, field: `recallOn bool`},
	{name: "flag-local", where: anywhere, wrap: `recallOnce := false; if !recallOnce { recallOnce = true; S }`},
	{name: "once-local", where: anywhere, wrap: `var recallOnce recallOnceT; recallOnce.Do(func() { S })`},
	{name: "nil-check-not-set", where: anywhere, wrap: `if H.recallMade == nil { S }`, field: `recallMade *int`, freq: sometimes, copy: sometimes},
	{name: "nil-check-other-set", where: anywhere, wrap: `if H.recallMade == nil { H.recallOther = new(int); S }`, field: `recallMade, recallOther *int`, freq: sometimes, copy: sometimes},
	{name: "atomic-loaded-only", where: anywhere, wrap: `if !H.recallBool.Load() { S }`, field: `recallBool recallBoolT`, freq: sometimes, copy: sometimes},

	{name: "state-set-back", where: anywhere, wrap: `if H.recallState == 0 { H.recallState = 1; S; H.recallState = 0 }`, field: `recallState int`, freq: sometimes, copy: unclear},
	{name: "time-elapsed", where: anywhere, wrap: `if time.Since(H.recallLast) > time.Second { H.recallLast = time.Now(); S }`, field: `recallLast recallTimeT`, freq: sometimes, copy: unclear},
	{name: "every-hundredth", where: anywhere, wrap: `H.recallCount++; if H.recallCount % 100 == 0 { S }`, field: `recallCount int`, freq: sometimes, copy: unclear},
	{name: "buffer-full", where: anywhere, wrap: `H.recallBuf = append(H.recallBuf, 1); if len(H.recallBuf) >= 8 { H.recallBuf = H.recallBuf[:0]; S }`, field: `recallBuf []int`, freq: sometimes, copy: unclear},
	{name: "count-reset", where: anywhere, wrap: `if H.recallCount++; H.recallCount > 10 { H.recallCount = 0; S }`, field: `recallCount int`, freq: sometimes, copy: unclear},
	{name: "position-in-data", where: anywhere, wrap: `if H.recallAt < len(recallList) { H.recallAt++; S }`, field: `recallAt int`, freq: sometimes, copy: unclear},
	{name: "set-before", where: anywhere, wrap: `H.recallMade = new(int); if H.recallMade != nil { S }`, field: `recallMade *int`, freq: sometimes, copy: unclear},

	// Where it is not reported at the rates record and batch.
	{name: "error-branch", where: anywhere, wrap: `if recallError != nil { S }`, freq: rare},
	{name: "error-branch-of-call", where: anywhere, wrap: `if recallErr := recallFail(); recallErr != nil { recallError = recallErr; S }`, freq: rare},

	// Behind a guard that holds.
	{name: "guard-flag", where: anywhere, wrap: `if !H.recallOn { H.recallOn = true; S }`, field: `recallOn bool`, freq: once},
	{name: "guard-flag-after", where: anywhere, wrap: `if !H.recallOn { S; H.recallOn = true }`, field: `recallOn bool`, freq: once},
	{name: "guard-flag-and-more", where: anywhere, wrap: `if recallLevel > 3 && !H.recallOn { H.recallOn = true; S }`, field: `recallOn bool`, freq: once, copy: sometimes},
	{name: "guard-nil", where: anywhere, wrap: `if H.recallMade == nil { H.recallMade = new(int); S }`, field: `recallMade *int`, freq: once},
	{name: "guard-count", where: anywhere, wrap: `if H.recallCount == 0 { H.recallCount++; S }`, field: `recallCount int`, freq: once},
	{name: "guard-state", where: anywhere, wrap: `switch H.recallState { case 0: H.recallState = 1; S; case 1: recallN++ }`, field: `recallState int`, freq: once},
	{name: "guard-else", where: anywhere, wrap: `if H.recallOn { recallN++ } else { H.recallOn = true; S }`, field: `recallOn bool`, freq: once},
	{name: "guard-map", where: anywhere, wrap: `if _, recallOK := H.recallMap["x"]; !recallOK { H.recallMap["x"] = true; S }`, field: `recallMap map[string]bool`, freq: once, copy: once},
	{name: "guard-once", where: anywhere, wrap: `H.recallOnce.Do(func() { S })`, field: `recallOnce recallOnceT`, freq: once},
	{name: "guard-compare-and-swap", where: anywhere, wrap: `if H.recallBool.CompareAndSwap(false, true) { S }`, field: `recallBool recallBoolT`, freq: once},
	{name: "guard-swap", where: anywhere, wrap: `if !H.recallBool.Swap(true) { S }`, field: `recallBool recallBoolT`, freq: once},
	{name: "guard-load-store", where: anywhere, wrap: `if !H.recallBool.Load() { H.recallBool.Store(true); S }`, field: `recallBool recallBoolT`, freq: once},
	{name: "guard-first-count", where: anywhere, wrap: `if H.recallInt.Add(1) == 1 { S }`, field: `recallInt recallIntT`, freq: once},
	{name: "guard-locked", where: anywhere, wrap: `H.recallMu.Lock(); if !H.recallOn { H.recallOn = true; S }; H.recallMu.Unlock()`, field: `recallOn bool; recallMu recallMuT`, freq: once},
	{name: "guard-double-checked", where: anywhere, wrap: `if H.recallMade == nil { recallMu.Lock(); if H.recallMade == nil { S; H.recallMade = new(int) }; recallMu.Unlock() }`, field: `recallMade *int`, freq: once},
	{name: "guard-bound", where: anywhere, wrap: `if H.recallCount < 4 { H.recallCount++; S }`, field: `recallCount int`, freq: once, copy: unclear},
	{name: "guard-not-nil", where: anywhere, wrap: `if H.recallMade != nil { recallN++ } else { H.recallMade = new(int); S }`, field: `recallMade *int`, freq: once},
	{name: "guard-sync-map", where: anywhere, wrap: `if _, recallOK := recallSeen.LoadOrStore(recallLevel, true); !recallOK { S }`, freq: once},
	{name: "guard-helper", where: anywhere, wrap: `if recallFirst() { S }`, freq: once},
	{name: "guard-set-deferred", where: anywhere, wrap: `if !H.recallOn { defer func() { H.recallOn = true }(); S }`, field: `recallOn bool`, freq: once},
	{name: "guard-read-before", where: anywhere, wrap: `recallWas := H.recallOn; if !recallWas { H.recallOn = true; S }`, field: `recallOn bool`, freq: once},
	{name: "guard-by-phase", where: anywhere, wrap: `if H.recallState < 2 { H.recallState = 2; S }`, field: `recallState int`, freq: once},
	{name: "guard-of-package", where: anywhere, wrap: `if !recallStarted { recallStarted = true; S }`, freq: once},
	{name: "guard-once-of-package", where: anywhere, wrap: `recallOnceVar.Do(func() { S })`, freq: once},
	{name: "never", where: anywhere, wrap: `if recallDebug { S }`, freq: never},
}

// A place is a place of a hot method at which text may be inserted.
type place struct {
	site site
	pos  token.Pos
}

// places returns the places of a hot method. Those in branches are left out where what they hang on is state that the
// method sets, or an error, or that there is nothing: whether that is a guard, or rare, is not for the test to judge.
func (h *hotMethod) places() []place {
	list := h.body.List
	var ps []place
	add := func(s site, pos token.Pos) { ps = append(ps, place{s, pos}) }
	if len(list) == 0 {
		add(top, h.body.Lbrace+1)
		return ps
	}
	sets := h.sets()
	add(top, list[0].Pos())
	for i, s := range list[1:] {
		if h.claims(list[i], sets) {
			return ps // what follows may be done once
		}
		add(middle, s.Pos())
	}
	last := list[len(list)-1]
	if _, ok := last.(*ast.ReturnStmt); ok || h.ftype.Results.NumFields() > 0 {
		add(end, last.Pos())
	} else {
		add(end, h.body.Rbrace)
	}

	var walk func(n ast.Node, s site, under bool)
	block := func(b ast.Node, list []ast.Stmt, from token.Pos, s site) {
		if len(list) > 0 {
			add(s, list[0].Pos())
		} else {
			add(s, from)
		}
		for _, stmt := range list {
			walk(stmt, s, true)
		}
	}
	walk = func(n ast.Node, s site, under bool) {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit, *ast.GoStmt, *ast.DeferStmt:
				return false
			case *ast.ForStmt:
				if n.Cond == nil || n.Post != nil {
					block(n, n.Body.List, n.Body.Lbrace+1, max(s, inLoop))
				}
				return false
			case *ast.RangeStmt:
				if tv := h.info.TypeOf(n.X); tv != nil {
					if _, isFunc := tv.Underlying().(*types.Signature); !isFunc {
						block(n, n.Body.List, n.Body.Lbrace+1, max(s, inLoop))
					}
				}
				return false
			case *ast.IfStmt:
				if h.plain(n.Cond, sets) {
					block(n, n.Body.List, n.Body.Lbrace+1, max(s, inBranch))
					if e, ok := n.Else.(*ast.BlockStmt); ok {
						block(e, e.List, e.Lbrace+1, max(s, inBranch))
					}
				}
				return false
			case *ast.SwitchStmt:
				if n.Tag != nil && !h.plain(n.Tag, sets) {
					return false
				}
				for _, c := range n.Body.List {
					c := c.(*ast.CaseClause)
					if !slices.ContainsFunc(c.List, func(e ast.Expr) bool { return !h.plain(e, sets) }) && (n.Tag != nil || len(c.List) > 0) {
						block(c, c.Body, c.Colon+1, inCase)
					}
				}
				return false
			case *ast.TypeSwitchStmt, *ast.SelectStmt:
				return false
			}
			return true
		})
	}
	for _, s := range list {
		walk(s, 0, false)
	}
	return ps
}

// claims tells whether a statement leaves the method for something that the method also sets: a flag, a nil check, an
// entry of a map. A position in data is none of these.
func (h *hotMethod) claims(s ast.Stmt, sets map[string]bool) bool {
	x, ok := s.(*ast.IfStmt)
	if !ok || len(x.Body.List) == 0 {
		return false
	}
	if _, ok := x.Body.List[len(x.Body.List)-1].(*ast.ReturnStmt); !ok {
		return false
	}
	set := func(e ast.Expr) bool {
		sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
		return ok && sets[sel.Sel.Name]
	}
	claims := false
	look := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IndexExpr:
			claims = claims || set(n.X)
		case *ast.SelectorExpr:
			claims = claims || set(n) && isBool(h.info.TypeOf(n))
		case *ast.BinaryExpr:
			claims = claims || (n.Op == token.EQL || n.Op == token.NEQ) && (set(n.X) || set(n.Y))
		}
		return !claims
	}
	if x.Init != nil {
		ast.Inspect(x.Init, look)
	}
	ast.Inspect(x.Cond, look)
	return claims
}

// sets returns the names of all that the method sets, at least as fields.
func (h *hotMethod) sets() map[string]bool {
	names := make(map[string]bool)
	ast.Inspect(h.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				ast.Inspect(l, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok {
						names[id.Name] = true
					}
					return true
				})
			}
		case *ast.IncDecStmt:
			ast.Inspect(n.X, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					names[id.Name] = true
				}
				return true
			})
		}
		return true
	})
	return names
}

// plain tells whether a condition is none of a guard, an error, or that something is missing: a comparison of values
// that the method does not set.
func (h *hotMethod) plain(e ast.Expr, sets map[string]bool) bool {
	plain := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.UnaryExpr:
			plain = false
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); !ok || id.Name != "len" {
				plain = false
			}
		case *ast.Ident:
			if sets[n.Name] && n.Name != h.recvName || n.Name == "nil" || n.Name == "true" || n.Name == "false" {
				plain = false
			}
		case *ast.BasicLit:
			if n.Value == "0" || n.Value == `""` {
				plain = false
			}
		}
		if x, ok := n.(ast.Expr); ok {
			if t := h.info.TypeOf(x); t != nil && (types.Identical(t, types.Universe.Lookup("error").Type()) || isBool(t) && !isComparison(x)) {
				plain = false
			}
			if tv := h.info.Types[x]; tv.Value != nil && isZeroText(tv.Value.ExactString()) {
				plain = false
			}
		}
		return plain
	})
	return plain
}

func isZeroText(s string) bool { return s == "0" || s == `""` || s == "false" || s == "true" }

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

func isComparison(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		return true
	case *ast.ParenExpr:
		return isComparison(e.X)
	}
	return false
}

// zero returns the results of an early return: fails says whether its error is one.
func (h *hotMethod) zero(fails bool) string {
	if h.ftype.Results == nil {
		return ""
	}
	var vs []string
	named := false
	for _, f := range h.ftype.Results.List {
		v := "*new(" + h.textOf(f.Type) + ")"
		switch t := h.info.TypeOf(f.Type).Underlying().(type) {
		case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Signature:
			v = "nil"
		case *types.Interface:
			if _, ok := h.info.TypeOf(f.Type).(*types.TypeParam); !ok {
				v = "nil"
			}
		case *types.Basic:
			switch {
			case t.Info()&types.IsNumeric != 0:
				v = "0"
			case t.Info()&types.IsString != 0:
				v = `""`
			case t.Info()&types.IsBoolean != 0:
				v = "false"
			}
		}
		for range max(1, len(f.Names)) {
			vs = append(vs, v)
		}
		named = named || len(f.Names) > 0
	}
	if fails {
		vs[len(vs)-1] = "recallError"
	} else if named {
		return ""
	}
	return strings.Join(vs, ", ")
}

// failing tells whether the method's last result is an error.
func (h *hotMethod) failing() bool {
	if h.ftype.Results.NumFields() == 0 {
		return false
	}
	id, ok := h.ftype.Results.List[len(h.ftype.Results.List)-1].Type.(*ast.Ident)
	return ok && id.Name == "error"
}
