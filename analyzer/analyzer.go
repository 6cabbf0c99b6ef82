// Package analyzer is emitcheck's face: the analyzer that drivers run, its
// settings, and the table of its rules.
//
// It brings together what package contract finds (which types are handlers,
// which of their methods are hot) with what package effect says of the code
// (what it creates, how often, by which chain), decides what is worth a
// finding, and words it. How the code is read is those packages' affair; how a
// finding reaches the user is the driver's.
package analyzer

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/emitcheck/emitcheck/analyzer/internal/contract"
	"github.com/emitcheck/emitcheck/analyzer/internal/directive"
	"github.com/emitcheck/emitcheck/analyzer/internal/effect"
	"github.com/emitcheck/emitcheck/analyzer/internal/filepos"
	"github.com/emitcheck/emitcheck/analyzer/internal/hoist"
	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

const doc = `find what a handler's hot method creates on each call and should not

A handler's hot method (Emit, OnEmit, Process, …) is called for each frame or
record for the life of a session. emitcheck reports the goroutines, channels,
generators and resources that are born in it, directly or through the functions
it calls, and says by which chain of calls.`

// Analyzer is emitcheck with its default settings.
var Analyzer = New(Settings{})

// New returns an analyzer with the given settings. Two analyzers share nothing,
// but only one of them can take part in one run of a driver.
func New(settings Settings) *analysis.Analyzer {
	s := &settings
	effects := effect.New()
	contracts := newContracts(s)
	a := &analysis.Analyzer{
		Name:       "emitcheck",
		Doc:        doc,
		URL:        "https://github.com/emitcheck/emitcheck",
		Requires:   []*analysis.Analyzer{effects, contracts},
		ResultType: reflect.TypeFor[*Result](),
		Run: func(pass *analysis.Pass) (result any, err error) {
			if err := s.Check(); err != nil {
				return nil, err
			}
			defer func() {
				if r := recover(); r != nil {
					result, err = nil, fmt.Errorf("emitcheck: internal error in package %s: %v; please report it", pass.Pkg.Path(), r)
				}
			}()
			r := &reporter{
				pass:      pass,
				effects:   pass.ResultOf[effects].(*effect.Result),
				contracts: pass.ResultOf[contracts].(*contract.Result),
			}
			if err := r.contracts.Err(); err != nil {
				return nil, fmt.Errorf("-contracts: %v", err)
			}
			return r.run(s)
		},
	}
	s.Register(&a.Flags)
	return a
}

func newContracts(s *Settings) *analysis.Analyzer {
	return contract.New(func() contract.Settings {
		// An error is told once, by the analyzer itself: drivers do not say why a
		// prerequisite failed.
		read, _ := s.contracts()
		return read
	})
}

// A Result is what the analyzer found in a package, for drivers that show more
// of it than diagnostics hold.
type Result struct {
	Findings []Finding
	Handlers []Handler
	Misses   []Miss // of [NewHandlers] alone
	Problems []Problem
	Nolint   []token.Pos // the nolint comments that silence something
}

// A Finding is one effect of a hot method, or a mistake in the life of a session.
type Finding struct {
	Rule     string
	Weight   string // "leak" (it outlives the call) or "cost" (it is over when the call returns)
	Pos, End token.Pos
	Message  string
	Handler  string // the handler type's name
	Method   string // the hot method's name
	Contract string // what makes the method hot: a contract's name, "directive" or "structure"; of a session's life, the handler's first
	Chain    []Hop  // from the hot method to the origin
	URL      string

	// Fixed tells whether the fix of its handler puts it right; where not,
	// Unfixed says why, and Obstacle of what sort that is. The fix itself is
	// attached to the handler's first finding that it puts right.
	Fixed    bool
	Unfixed  string
	Obstacle string
	Fix      *analysis.SuggestedFix
}

// A Hop is one function of a chain, and the place in it of the call that leads
// to the next one, or of the effect itself. The file is named by its package's
// import path, so that it does not depend on where the source lies.
type Hop struct {
	Function string `json:"function"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
}

// A Handler is a handler type as the analyzer found it.
type Handler struct {
	Name              string
	Pos               token.Pos
	Contracts         []string // what makes it one: contracts' names, "directive", "structure"
	Ways              []string // each of these in words: "the directive on interface sink.Sink"
	Hot, Rates        []string // hot methods, and the rate of each
	HotBy             []string // what of Contracts makes each hot
	Start, Stop, Copy []string

	// Bodies are the FuncDecl or FuncLit of each hot method; nil where that lies
	// in another package, or is hot in parts.
	Bodies []ast.Node
}

// A Miss is a type that is no handler type, though it looks like one.
type Miss struct {
	Name string
	Pos  token.Pos
	Why  string // a clause: why it is none, and what makes it one
}

// A Problem is a directive that cannot be carried out, or is of no use.
type Problem struct {
	Pos     token.Pos
	Message string
	Idle    bool // it is well-formed, but there is nothing for it to do
}

// A ContractInfo is a row of the table of built-in contracts.
type ContractInfo struct {
	Name, Group      string
	Default          bool   // whether it holds without a setting
	Type             string // what binds: an interface, a function type, or a method set
	Hot, Start, Stop []string
	Rate, Sentence   string
	URL              string

	Loop  string   // what is hot is the loop over what this method of a param returns
	Kinds []string // the effects that are reported; all if empty
}

// Contracts returns the table of built-in contracts.
func Contracts() []ContractInfo {
	var infos []ContractInfo
	var usual contract.Settings
	for _, c := range contract.Builtin {
		info := ContractInfo{
			Name: c.Name, Group: c.Group, Default: usual.On(&c), Hot: c.Hot, Start: c.Start, Stop: c.Stop,
			Rate: c.Rate.String(), Sentence: c.Doc, URL: c.URL, Loop: c.Loop,
		}
		for _, k := range c.Kinds {
			info.Kinds = append(info.Kinds, k.String())
		}
		switch {
		case c.Interface != "":
			info.Type = c.Package + "." + c.Interface
		case c.FuncType != "":
			info.Type = c.Package + "." + c.FuncType
		default:
			info.Type = c.Package + " with " + strings.Join(c.Methods, ", ")
		}
		infos = append(infos, info)
	}
	return infos
}

// cuts says how frequent an effect must be to be reported: by the rate of the
// hot method and the distance that the chain goes. An effect in the method's
// own body is held to ownBody.
var cuts = map[contract.Rate]struct {
	ownBody model.Freq
	through [3]model.Freq // same package, same project, another project
	leaks   bool          // only leaks, and no blocking
}{
	contract.Frame:  {model.Rare, [...]model.Freq{model.Rare, model.Rare, model.Sometimes}, false},
	contract.Record: {model.Sometimes, [...]model.Freq{model.Sometimes, model.Always, model.Always}, true},
	contract.Batch:  {model.Sometimes, [...]model.Freq{model.Sometimes, model.Always, model.Always}, true},
}

type reporter struct {
	pass      *analysis.Pass
	effects   *effect.Result
	contracts *contract.Result
	rules     map[string]bool
	handlers  []*contract.Handler
	hotLabels map[string]bool // the hot methods of the package, as chains name them
	fixer     *hoist.Fixer    // made when there is something to fix
	result    Result
}

func (r *reporter) run(s *Settings) (*Result, error) {
	var err error
	if r.rules, err = enabled(s.Rules); err != nil {
		return nil, err
	}
	r.handlers = r.contracts.Handlers()
	hot := make(map[*types.Func]bool)
	for _, h := range r.handlers {
		r.result.Handlers = append(r.result.Handlers, describe(h))
		for _, m := range h.Hot {
			if m.Fn != nil && m.Body != nil {
				hot[m.Fn] = true
			}
		}
	}
	for _, h := range r.handlers {
		var found []candidate
		for i := range h.Hot {
			found = append(found, r.hot(&h.Hot[i], hot)...)
		}
		r.findings(h, found)
	}
	r.life()
	r.directives()
	r.report()
	return &r.result, nil
}

func describe(h *contract.Handler) Handler {
	d := Handler{Name: h.Name, Pos: h.Pos, Contracts: h.By, Ways: h.Ways, Start: h.Start, Stop: h.Stop, Copy: h.Copy}
	for _, m := range h.Hot {
		d.Hot = append(d.Hot, m.Name)
		d.Rates = append(d.Rates, m.Rate.String())
		d.HotBy = append(d.HotBy, m.By)
		if m.Within != nil {
			m.Body = nil
		}
		d.Bodies = append(d.Bodies, m.Body)
	}
	return d
}

// A candidate is a finding before its rule is chosen among those of one call.
type candidate struct {
	method *contract.Hot
	node   ast.Node
	rule   *Rule
	site   effect.Site
}

// hot returns what there is to report on one hot method.
func (r *reporter) hot(m *contract.Hot, hot map[*types.Func]bool) []candidate {
	var found []candidate
	add := func(node ast.Node, site effect.Site, own bool) {
		if rule := r.ruleFor(m, &site, own); rule != nil {
			found = append(found, candidate{m, node, rule, site})
		}
	}
	if m.Body != nil {
		// What another hot method does is reported there.
		skip := func(fn *types.Func) bool { return hot[fn.Origin()] }
		for _, f := range r.effects.Findings(m.Body, m.Turns(), skip) {
			if f.Returned && m.Fixed || !m.Covers(f.Node.Pos()) {
				continue // its interface asks for it; or it is done once for all elements
			}
			if !r.throughHot(&f.Site, hot) {
				add(f.Node, f.Site, len(f.Site.Hops) == 0)
			}
		}
	} else {
		for _, site := range r.effects.Sites(m.Fn) {
			add(m.At, site, false)
		}
	}
	suppressed := r.effects.Suppressions()
	var kept []candidate
	for i, c := range found {
		if !subsumed(found, i) && !suppressed.Suppressed(c.rule.Name, c.node.Pos()) {
			kept = append(kept, c)
		}
	}
	return kept
}

// throughHot tells whether a chain leads through a hot method of the package: as
// that of a decorator may, which calls what it wraps by an interface that it is
// itself the one to implement.
func (r *reporter) throughHot(site *effect.Site, hot map[*types.Func]bool) bool {
	if len(site.Hops) == 0 {
		return false
	}
	path := r.pass.Pkg.Path()
	if r.hotLabels == nil {
		r.hotLabels = make(map[string]bool)
		for fn := range hot {
			r.hotLabels[effect.LabelOf(fn, path)] = true
		}
	}
	return slices.ContainsFunc(site.Hops, func(h effect.Hop) bool { return r.hotLabels[h.Label(path)] })
}

// findings words what was found of a handler, with the fix for it.
func (r *reporter) findings(h *contract.Handler, found []candidate) {
	if len(found) == 0 {
		return
	}
	if r.fixer == nil {
		r.fixer = hoist.New(r.pass, r.effects)
	}
	requests := make([]hoist.Request, len(found))
	for i, c := range found {
		requests[i] = hoist.Request{Method: c.method, Node: c.node, Site: c.site}
	}
	fix, obstacles := r.fixer.Handler(h, requests)
	first := -1
	for i := range found {
		f := r.finding(h, found[i].method, &found[i], obstacles[i])
		r.result.Findings = append(r.result.Findings, f)
		n := len(r.result.Findings) - 1
		if f.Fixed && (first < 0 || filepos.Compare(r.pass.Fset, f.Pos, r.result.Findings[first].Pos) < 0) {
			first = n
		}
	}
	if first >= 0 {
		r.result.Findings[first].Fix = fix
	}
}

// ruleFor returns the rule by which an effect of a hot method is reported, or
// nil.
func (r *reporter) ruleFor(m *contract.Hot, site *effect.Site, own bool) *Rule {
	if !m.Has(site.Kind) {
		return nil
	}
	if site.Freq == model.Once {
		rule := RuleByName("lazy-start")
		if !r.rules[rule.Name] || site.Kind == model.Blocking {
			return nil
		}
		return rule
	}
	if site.Single && site.Freq < model.Always {
		// To open something anew on each call is no better for closing the old
		// one first; to do so now and then, as for a log file that is full, is.
		site.Weight = model.Cost
	}
	cut := cuts[m.Rate]
	if cut.leaks && (site.Weight != model.Leak || site.Kind == model.Blocking) {
		return nil
	}
	need := cut.ownBody
	if !own {
		distance := site.Distance(r.pass.Pkg.Path())
		if distance == effect.OtherProject && site.Kind == model.Channel {
			return nil // how another project passes on what it is handed is its own affair
		}
		if distance == effect.OtherProject && site.Foreign < model.Always {
			return nil // and so is what it does under a condition of its own
		}
		need = cut.through[distance]
	}
	if site.Freq < need {
		return nil
	}
	for i := range Rules {
		if rule := &Rules[i]; !rule.lazy && rule.kind == site.Kind && r.rules[rule.Name] {
			return rule
		}
	}
	return nil
}

// subsumed tells whether another finding of the same statement says what this
// one does: one call, and one function at the end of the chain, give one
// finding. The generator that a function returns is also its channel and the
// goroutine that feeds it.
func subsumed(found []candidate, i int) bool {
	c := &found[i]
	for j := range found {
		o := &found[j]
		if i == j || o.node != c.node || origin(o) != origin(c) {
			continue
		}
		if o.site.Weight < c.site.Weight || o.site.Freq < c.site.Freq {
			continue
		}
		if o.site.Kind < c.site.Kind || o.site.Kind == c.site.Kind && j < i {
			return true
		}
	}
	return false
}

func origin(c *candidate) string {
	last := ""
	if n := len(c.site.Hops); n > 0 {
		last = c.site.Hops[n-1].Label("")
	}
	return c.site.Origin.Pkg + " " + last
}

// finding words a candidate.
func (r *reporter) finding(h *contract.Handler, m *contract.Hot, c *candidate, obstacle *hoist.Obstacle) Finding {
	f := Finding{
		Rule: c.rule.Name, Weight: c.site.Weight.String(), Handler: h.Name, Method: m.Name, Contract: m.By, URL: c.rule.URL(),
	}
	if f.Fixed = obstacle == nil; !f.Fixed {
		f.Unfixed, f.Obstacle = obstacle.Why, obstacle.Kind
	}
	f.Pos, f.End = extent(c.node)
	site := &c.site
	pkg := r.pass.Pkg

	label := m.Name
	if m.Fn != nil {
		label = effect.LabelOf(m.Fn, pkg.Path())
	}
	names := []string{label}
	last := &Hop{Function: label}
	f.Chain = append(f.Chain, *last)
	for i, hop := range site.Hops {
		call := &f.Chain[len(f.Chain)-1]
		if i == len(site.Hops)-1 && site.More > 0 {
			names = append(names, fmt.Sprintf("+%d more", site.More))
		}
		call.File, call.Line, call.Column = file(hop.Call), hop.Call.Line, hop.Call.Column
		name := hop.Label(pkg.Path())
		names = append(names, name)
		f.Chain = append(f.Chain, Hop{Function: name})
	}
	end := &f.Chain[len(f.Chain)-1]
	end.File, end.Line, end.Column = file(site.Origin), site.Origin.Line, site.Origin.Column

	var b strings.Builder
	b.WriteString(m.Name)
	b.WriteByte(' ')
	verb := c.rule.verb
	if c.rule.lazy {
		verb = kindVerb(site.Kind)
	}
	b.WriteString(verb)
	time := "call"
	if m.Within != nil {
		time = "message"
	}
	switch {
	case site.Freq == model.Once:
		b.WriteString(" on the first " + time)
	case site.Freq == model.Always:
		b.WriteString(" on each " + time)
	default:
		b.WriteString(" on some " + time + "s")
	}
	switch {
	case site.Weight == model.Leak || site.Kind == model.Blocking || site.Freq == model.Once:
	case site.Single:
		b.WriteString(" (one at a time)")
	default:
		b.WriteString(" (over when the call returns)")
	}
	fmt.Fprintf(&b, ": %s (%s at %s)", strings.Join(names, " → "), site.What, site.Origin)
	if site.FalseGuard != "" && site.Freq != model.Once {
		fmt.Fprintf(&b, "; %s is no guard, since it is set only by the goroutine it starts", site.FalseGuard)
	}
	do := strings.NewReplacer("{start}", start(h), "{stop}", stop(h)).Replace(c.rule.do)
	b.WriteString("; " + do)
	if !f.Fixed {
		b.WriteString("; no fix: " + f.Unfixed)
	}
	fmt.Fprintf(&b, " (%s)", c.rule.Name)
	f.Message = b.String()
	return f
}

func kindVerb(k model.Kind) string {
	for _, r := range Rules {
		if !r.lazy && r.kind == k {
			return r.verb
		}
	}
	return "creates something"
}

func start(h *contract.Handler) string { return place(h, h.Start, "start") }

func stop(h *contract.Handler) string { return place(h, h.Stop, "stop") }

// place names the start or stop of a handler; where it has none, the method to
// write, or for a function the code around it.
func place(h *contract.Handler, methods []string, what string) string {
	switch m := &h.Hot[0]; {
	case len(methods) > 0:
		return methods[0]
	case m.Fn == nil && what == "start":
		return "the function around it"
	case m.Fn == nil || m.Fn.Signature().Recv() == nil:
		return "the session's " + what
	}
	return "a " + what + " method"
}

func file(p effect.Position) string {
	return strings.TrimPrefix(p.Pkg+"/"+p.File, "/")
}

// extent returns where a diagnostic on a node stands: on the keyword of a
// statement, on the function of a call, not on the whole literal in it.
func extent(n ast.Node) (token.Pos, token.Pos) {
	keyword := func(pos token.Pos, word string) (token.Pos, token.Pos) {
		return pos, pos + token.Pos(len(word))
	}
	switch n := n.(type) {
	case *ast.GoStmt:
		return keyword(n.Go, "go")
	case *ast.SelectStmt:
		return keyword(n.Select, "select")
	case *ast.RangeStmt:
		return n.For, n.X.End()
	case *ast.FuncLit:
		return keyword(n.Type.Func, "func")
	case *ast.CompositeLit:
		if n.Type != nil {
			return n.Pos(), n.Type.End()
		}
	case *ast.CallExpr:
		if _, ok := ast.Unparen(n.Fun).(*ast.FuncLit); !ok {
			return n.Pos(), n.Fun.End()
		}
		return keyword(n.Pos(), "func")
	}
	return n.Pos(), n.End()
}

// directives reports the directives that cannot be carried out, and the
// suppressions that are wrong or of no use.
func (r *reporter) directives() {
	r.result.Problems = append(r.result.Problems, handlerProblems(r.contracts)...)
	for _, s := range r.effects.Suppressions().All() {
		if s.Directive == nil {
			if s.Used {
				r.result.Nolint = append(r.result.Nolint, s.Pos)
			}
			continue
		}
		wrong := ignoreProblems(s)
		r.result.Problems = append(r.result.Problems, wrong...)
		if len(wrong) == 0 && !s.Used && !slices.ContainsFunc(s.Rules, func(name string) bool { return !r.rules[name] }) {
			r.result.Problems = append(r.result.Problems, Problem{
				Pos: s.Directive.Pos, Idle: true,
				Message: fmt.Sprintf("//emitcheck:%s: %s matches nothing here: remove it", directive.Ignore, strings.Join(s.Rules, ",")),
			})
		}
	}
}

// handlerProblems returns the handler and hot directives that cannot be carried
// out.
func handlerProblems(contracts *contract.Result) []Problem {
	var wrong []Problem
	for _, p := range contracts.Problems() {
		wrong = append(wrong, Problem{Pos: p.Pos, Message: p.Message})
	}
	return wrong
}

// ignoreProblems returns what is wrong with an ignore directive as it is
// written.
func ignoreProblems(s *directive.Suppression) []Problem {
	var wrong []Problem
	const what = "//emitcheck:" + directive.Ignore
	problem := func(format string, args ...any) {
		wrong = append(wrong, Problem{Pos: s.Directive.Pos, Message: what + ": " + fmt.Sprintf(format, args...)})
	}
	if len(s.Rules) == 0 {
		problem("no rule is named: want %s RULE[,RULE] reason", what)
		return wrong
	}
	for _, name := range s.Rules {
		switch {
		case name == "":
			problem("a rule's name is empty: no space may stand beside the commas")
		case RuleByName(name) == nil:
			problem("unknown rule %q: want some of %s", name, ruleNames())
		}
	}
	if len(wrong) == 0 && s.Reason == "" {
		problem("the reason is missing: want %s %s reason", what, strings.Join(s.Rules, ","))
	}
	return wrong
}

// report sorts what was found and hands it to the driver.
func (r *reporter) report() {
	slices.SortStableFunc(r.result.Findings, func(a, b Finding) int {
		return cmp.Or(filepos.Compare(r.pass.Fset, a.Pos, b.Pos), cmp.Compare(a.Rule, b.Rule))
	})
	for _, f := range r.result.Findings {
		d := analysis.Diagnostic{Pos: f.Pos, End: f.End, Category: f.Rule, Message: f.Message, URL: f.URL}
		if f.Fix != nil {
			d.SuggestedFixes = []analysis.SuggestedFix{*f.Fix}
		}
		r.pass.Report(d)
	}
	for _, p := range r.result.Problems {
		r.pass.Report(analysis.Diagnostic{Pos: p.Pos, Category: "directive", Message: p.Message})
	}
}
