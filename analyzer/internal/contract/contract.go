// Package contract says which types are handler types, and which of their
// methods are hot. It is an analyzer of its own: its facts carry the
// //emitcheck:handler directives of interfaces to the packages that implement
// them, its result answers for the types of the package.
//
// It knows the names and signatures of methods, not what they do: that is
// package effect's.
package contract

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

	"github.com/emitcheck/emitcheck/analyzer/internal/directive"
	"github.com/emitcheck/emitcheck/analyzer/internal/filepos"
	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// Names holds the method names by which structure is recognised.
type Names struct {
	Hot, Start, Stop []string
}

// Structural returns the names that make a handler type by structure alone.
// Beside a hot name, those of alsoHot are hot as well.
func Structural() Names {
	return Names{
		Hot:   []string{"Emit", "VideoEmit"},
		Start: []string{"SessionStart", "SessionStarted", "StartUp", "Start", "Open", "Setup", "Init", "Connect"},
		Stop:  []string{"SessionStop", "SessionStopped", "Shutdown", "Stop", "Close", "Cleanup", "Teardown"},
	}
}

var (
	alsoHot   = []string{"Receive", "VideoReceive"}
	eventBus  = []string{"On", "Once", "Subscribe", "AddListener"}
	ownsStart = []string{"SessionStart"} // a start that needs no stop beside it
)

// A Declared is the fact of an interface or function type with an
// //emitcheck:handler directive. Of a function type only the rate is told.
type Declared struct {
	Hot, Start, Stop, Copy []string
	Rate                   Rate
	HasRate                bool
}

// AFact marks Declared as a fact.
func (*Declared) AFact() {}

// String is for analysistest's fact expectations and for debugging.
func (d *Declared) String() string { return "handler(hot=" + strings.Join(d.Hot, ",") + ")" }

// Settings are what an analyzer is told beside the source.
type Settings struct {
	Names     Names           // further structural names
	Contracts []Contract      // further contracts
	Switched  map[string]bool // groups and contracts by name: whether they are on, where that is not the default
}

// On tells whether a contract holds: its own name counts before its group's, and
// that before "all".
func (s *Settings) On(c *Contract) bool {
	if c.Group == "" {
		return true // one's own
	}
	for _, name := range []string{c.Name, c.Group, "all"} {
		if on, ok := s.Switched[name]; ok {
			return on
		}
	}
	i := slices.IndexFunc(Groups, func(g Group) bool { return g.Name == c.Group })
	return i < 0 || Groups[i].Default
}

// New returns a contract analyzer. Each top-level analyzer has one of its own,
// so that nothing is shared between two of them.
//
// The settings are asked for at each run, since flags are parsed after the
// analyzer is made.
func New(settings func() Settings) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: "emitcheckcontract",
		Doc:  "find handler types, for emitcheck\n\nIt reports nothing.",
		URL:  "https://pkg.go.dev/github.com/emitcheck/emitcheck/analyzer",
		Run: func(pass *analysis.Pass) (result any, err error) {
			defer func() {
				if r := recover(); r != nil {
					result, err = nil, fmt.Errorf("emitcheck: internal error finding the handlers of package %s: %v; please report it", pass.Pkg.Path(), r)
				}
			}()
			return run(pass, settings())
		},
		ResultType: reflect.TypeFor[*Result](),
		FactTypes:  []analysis.Fact{new(Declared)},
	}
}

// A Handler is a handler type of the package, or a hot function.
type Handler struct {
	Name  string // the type's or function's name
	Pos   token.Pos
	Type  *types.Named // nil for a function
	By    []string     // the contracts that bind it, "structure" and "directive" among them
	Ways  []string     // for each of these, what makes it hold, in words
	Hot   []Hot
	Start []string // the names of the methods that it has; a constructor's where it has none
	Stop  []string
	Copy  []string

	// Again names the start methods that a session may call more than once.
	// WriteStart and WriteStop are the signatures, "Init() error", of methods
	// that the type lacks and that would be called if it had them.
	Again                 []string
	WriteStart, WriteStop string
}

// A Hot is one hot method, function or function literal.
type Hot struct {
	Name string      // as messages say it: "Emit"
	Fn   *types.Func // nil for a literal
	Body ast.Node    // its FuncDecl or FuncLit; nil where the body lies elsewhere
	At   ast.Node    // where the body lies elsewhere: the embedded field that it comes from, or what is converted
	Rate Rate
	By   string // the contract that makes it hot

	// Within are the parts of the body that are hot, where it is not the whole
	// of it: the loops of a contract that has Loop.
	Within []Span

	Kinds []model.Kind // those of the contract

	// Fixed says that an interface fixes its signature: what it has to return
	// is not its own choice.
	Fixed bool
}

// A Span is a part of a function.
type Span struct {
	Pos, End token.Pos
	Turn     ast.Node // what runs once for each element: the body of the loop, or a case in it
}

// Covers tells whether what stands at pos is hot.
func (m *Hot) Covers(pos token.Pos) bool {
	return m.Within == nil || slices.ContainsFunc(m.Within, func(s Span) bool { return s.Pos <= pos && pos < s.End })
}

// Turns returns the nodes that run once for each element, where not the whole
// body is hot.
func (m *Hot) Turns() []ast.Node {
	var turns []ast.Node
	for _, s := range m.Within {
		turns = append(turns, s.Turn)
	}
	return turns
}

// Has tells whether the contract is about effects of a kind.
func (m *Hot) Has(kind model.Kind) bool { return m.Kinds == nil || slices.Contains(m.Kinds, kind) }

// A Problem is a directive that cannot be carried out.
type Problem struct {
	Pos, End token.Pos
	Message  string
}

// A Result holds what a package's directives say. Handlers are looked for on
// demand, since a dependency's are nobody's concern.
type Result struct {
	pass     *analysis.Pass
	settings Settings
	names    Names
	declared []declared

	onTypes  map[*types.TypeName]*directive.Directive
	onFuncs  []*ast.FuncDecl
	problems []Problem
	all      []*Handler
	err      error
}

type declared struct {
	obj  *types.TypeName
	fact *Declared
}

func run(pass *analysis.Pass, settings Settings) (*Result, error) {
	r := &Result{pass: pass, settings: settings, names: Structural(), onTypes: make(map[*types.TypeName]*directive.Directive)}
	if model.IsStd(pass.Pkg.Path()) {
		return r, nil
	}
	r.names.Hot = append(r.names.Hot, settings.Names.Hot...)
	r.names.Start = append(r.names.Start, settings.Names.Start...)
	r.names.Stop = append(r.names.Stop, settings.Names.Stop...)
	r.readDirectives()
	r.checkSettings()
	for _, f := range pass.AllObjectFacts() {
		if d, ok := f.Fact.(*Declared); ok {
			if obj, ok := f.Object.(*types.TypeName); ok {
				r.declared = append(r.declared, declared{obj, d})
			}
		}
	}
	slices.SortFunc(r.declared, func(a, b declared) int {
		return cmp.Or(cmp.Compare(a.obj.Pkg().Path(), b.obj.Pkg().Path()), cmp.Compare(a.obj.Name(), b.obj.Name()))
	})
	return r, nil
}

// checkSettings holds the contracts of the settings to the packages that they
// name, where the package imports these itself: then it is the one to be told.
func (r *Result) checkSettings() {
	direct := directImports(r.pass.Pkg)
	for i := range r.settings.Contracts {
		c := &r.settings.Contracts[i]
		if pkg := direct[c.Package]; pkg != nil && r.err == nil {
			r.err = c.Check(pkg)
		}
	}
}

// directImports returns a package and those that it imports itself, by path.
func directImports(pkg *types.Package) map[string]*types.Package {
	direct := map[string]*types.Package{pkg.Path(): pkg}
	for _, imp := range pkg.Imports() {
		direct[imp.Path()] = imp
	}
	return direct
}

// Err tells what is wrong with a contract of the settings, by a package that is
// imported directly: what the contract names is not there.
func (r *Result) Err() error { return r.err }

// Problems returns the directives that cannot be carried out, in source order.
func (r *Result) Problems() []Problem { return r.problems }

func (r *Result) problem(d *directive.Directive, format string, args ...any) {
	r.problems = append(r.problems, Problem{d.Pos, d.End, "//emitcheck:" + d.Verb + ": " + fmt.Sprintf(format, args...)})
}

// readDirectives finds the handler and hot directives, and those that are no
// directive or stand where they say nothing.
func (r *Result) readDirectives() {
	for _, f := range r.pass.Files {
		var all []*directive.Directive
		for _, g := range f.Comments {
			for _, c := range g.List {
				if d, ok := directive.Parse(c); ok {
					all = append(all, d)
				}
			}
		}
		if len(all) == 0 {
			continue
		}
		placed := make(map[token.Pos]bool)
		for _, decl := range f.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if d := directive.In(directive.Hot, decl.Doc); d != nil {
					placed[d.Pos] = true
					if r.checkArgs(d) {
						r.onFuncs = append(r.onFuncs, decl)
					}
				}
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					ts, ok := spec.(*ast.TypeSpec)
					if !ok {
						continue
					}
					docs := []*ast.CommentGroup{ts.Doc}
					if !decl.Lparen.IsValid() {
						docs = append(docs, decl.Doc)
					}
					if d := directive.In(directive.Handler, docs...); d != nil {
						placed[d.Pos] = true
						r.onType(d, ts)
					}
				}
			}
		}
		for _, d := range all {
			switch d.Verb {
			case directive.Ignore:
			case directive.Handler:
				if !placed[d.Pos] {
					r.problem(d, "stands above no type or interface declaration")
				}
			case directive.Hot:
				if !placed[d.Pos] {
					r.problem(d, "stands above no function declaration")
				}
			default:
				r.problem(d, "unknown directive: want handler, hot or ignore")
			}
		}
	}
	slices.SortStableFunc(r.problems, func(a, b Problem) int { return filepos.Compare(r.pass.Fset, a.Pos, b.Pos) })
}

func (r *Result) checkArgs(d *directive.Directive) bool {
	args, err := d.ParseHandler()
	if err == nil && args.Rate != "" {
		_, err = ParseRate(args.Rate)
	}
	if err != nil {
		r.problem(d, "%v", err)
	}
	return err == nil
}

// onType records a directive above a type, as a fact if it is an interface.
func (r *Result) onType(d *directive.Directive, ts *ast.TypeSpec) {
	if !r.checkArgs(d) {
		return
	}
	obj, ok := r.pass.TypesInfo.Defs[ts.Name].(*types.TypeName)
	if !ok {
		return
	}
	args, _ := d.ParseHandler()
	t := obj.Type()
	if _, ok := t.Underlying().(*types.Signature); ok {
		if len(args.Hot)+len(args.Start)+len(args.Stop)+len(args.Copy) > 0 {
			r.problem(d, "%s is a function type: it takes rate= alone", obj.Name())
			return
		}
		r.pass.ExportObjectFact(obj, declare(args))
		return
	}
	if !types.IsInterface(t) {
		t = types.NewPointer(t)
	}
	fact := declare(args)
	if len(fact.Hot) == 0 {
		for _, name := range slices.Concat(r.names.Hot, alsoHot) {
			if method(t, obj.Pkg(), name) != nil {
				fact.Hot = append(fact.Hot, name)
			}
		}
		if len(fact.Hot) == 0 {
			r.problem(d, "%s has no method %s: name its hot methods, as in hot=Process", obj.Name(), strings.Join(r.names.Hot, " or "))
			return
		}
	}
	for _, name := range slices.Concat(args.Hot, args.Start, args.Stop, args.Copy) {
		if method(t, obj.Pkg(), name) == nil {
			r.problem(d, "%s has no method %s", obj.Name(), name)
			return
		}
	}
	if types.IsInterface(t) {
		r.pass.ExportObjectFact(obj, fact)
		return
	}
	r.onTypes[obj] = d
}

func declare(args directive.HandlerArgs) *Declared {
	d := &Declared{Hot: args.Hot, Start: args.Start, Stop: args.Stop, Copy: args.Copy}
	if args.Rate != "" {
		d.Rate, _ = ParseRate(args.Rate) // checked before
		d.HasRate = true
	}
	return d
}

// method returns the method of t called name, or nil.
func method(t types.Type, pkg *types.Package, name string) *types.Func {
	obj, _, _ := types.LookupFieldOrMethod(t, true, pkg, name)
	fn, _ := obj.(*types.Func)
	return fn
}

// RateOf returns the rate that follows from a hot method's signature: what
// takes nothing but a context and returns a value is pulled, frame after frame;
// what is handed data is pushed, record by record.
func RateOf(sig *types.Signature) Rate {
	for v := range sig.Params().Variables() {
		if !isNamed(v.Type(), "context", "Context") {
			return Record
		}
	}
	for v := range sig.Results().Variables() {
		if !types.Identical(v.Type(), types.Universe.Lookup("error").Type()) {
			return Frame
		}
	}
	return Record
}

func isNamed(t types.Type, pkg, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == pkg
}

// Parse reads a contract as settings spell it: the import path and name of an
// interface, then arguments as in a handler directive; or those of a function
// type, with no methods. [Contract.Find] tells whether there is such a type.
func Parse(s string) (Contract, error) {
	fields := strings.Fields(s)
	if len(fields) == 0 {
		return Contract{}, fmt.Errorf("want an interface, as in example.com/sink.Sink hot=Write")
	}
	slash := strings.LastIndexByte(fields[0], '/')
	dot := strings.LastIndexByte(fields[0], '.')
	if dot <= slash || !token.IsIdentifier(fields[0][dot+1:]) || dot == 0 {
		return Contract{}, fmt.Errorf("%q is not import/path.Interface", fields[0])
	}
	d := &directive.Directive{Verb: directive.Handler, Args: fields[1:]}
	args, err := d.ParseHandler()
	if err != nil {
		return Contract{}, err
	}
	c := Contract{
		Name: fields[0], Package: fields[0][:dot], Interface: fields[0][dot+1:],
		Hot: args.Hot, Start: args.Start, Stop: args.Stop, Copy: args.Copy, Rate: Record,
	}
	if len(args.Hot) == 0 {
		// Without hot methods it can only be a function type.
		c.FuncType, c.Interface = c.Interface, ""
		if len(args.Start)+len(args.Stop)+len(args.Copy) > 0 {
			return Contract{}, fmt.Errorf("hot= is missing: name the interface's hot methods")
		}
	}
	if args.Rate != "" {
		if c.Rate, err = ParseRate(args.Rate); err != nil {
			return Contract{}, err
		}
	}
	return c, nil
}

// Check tells what of a contract is missing from the package that it names: the
// type, or a hot method of an interface. Start and stop methods are looked up
// in the types that it binds.
func (c *Contract) Check(pkg *types.Package) error {
	b, err := c.Find(pkg)
	if err != nil || b.iface == nil {
		return err
	}
	for _, name := range c.Hot {
		if method(b.named, pkg, name) != nil {
			continue
		}
		var has []string
		for m := range b.iface.Methods() {
			has = append(has, m.Name())
		}
		said := "it has none"
		if len(has) > 0 {
			said = "it has " + and(has)
		}
		return fmt.Errorf("%s.%s declares no method %s: %s", c.Package, c.Interface, name, said)
	}
	return nil
}

// and lists names as a sentence does.
func and(names []string) string {
	last := len(names) - 1
	if last <= 0 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
