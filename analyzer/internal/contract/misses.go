package contract

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// A Miss is a type of the package that is no handler type, though it looks like
// one.
type Miss struct {
	Name string
	Pos  token.Pos
	Why  string // a clause, with what to do about it where there is something
}

// Misses returns the types of the package that are nearly handler types, in
// source order. A type whose method is hot all the same, through a directive
// above the method or through a type that embeds it, is none.
func (r *Result) Misses() []Miss {
	if model.IsStd(r.pass.Pkg.Path()) {
		return nil
	}
	f := r.finder()
	hot := make(map[*types.TypeName]bool)
	for _, h := range r.handlers(f) {
		for _, m := range h.Hot {
			if m.Fn != nil {
				hot[receiver(m.Fn)] = true
			}
		}
	}
	m := &misser{finder: f, direct: directImports(r.pass.Pkg)}
	var misses []Miss
	for _, obj := range f.types() {
		if hot[obj] || types.IsInterface(obj.Type()) || f.handler(obj) != nil {
			continue
		}
		if named, ok := obj.Type().(*types.Named); ok {
			if why := m.why(obj, named); why != "" {
				misses = append(misses, Miss{obj.Name(), obj.Pos(), why})
			}
		}
	}
	return misses
}

// A misser tells why types are no handler types.
type misser struct {
	*finder
	direct map[string]*types.Package // what the package imports itself, and the package
}

// why returns the first reason that holds, the most particular ones first.
func (m *misser) why(obj *types.TypeName, named *types.Named) string {
	if m.inGenerated(obj) {
		if h := m.bind(obj); h != nil && slices.ContainsFunc(h.Hot, func(hot Hot) bool { return hot.Body != nil }) {
			return "stands in a generated file, where a directive above a type counts and nothing else"
		}
		return ""
	}
	for _, reason := range []func(*types.TypeName, *types.Named) string{m.unreached, m.off, m.unimplemented, m.structural} {
		if why := reason(obj, named); why != "" {
			return why
		}
	}
	return ""
}

// unreached tells of a contract that binds the type, but nothing in it.
func (m *misser) unreached(_ *types.TypeName, named *types.Named) string {
	ptr := types.NewPointer(named)
	for _, c := range m.contracts {
		if c.iface == nil || !implements(named, ptr, c.iface, c.named) {
			continue
		}
		for _, name := range c.Hot {
			fn := method(ptr, m.pass.Pkg, name)
			switch {
			case fn == nil:
			case c.Loop != "" && m.decls[fn.Origin()] != nil:
				return fmt.Sprintf("%s is about a loop over %s() in %s, and none is seen there; //emitcheck:hot above the function that takes one element makes that hot", c.way, c.Loop, name)
			default:
				return fmt.Sprintf("implements %s, but the body of %s lies out of reach, in another package", m.of(c), name)
			}
		}
	}
	return ""
}

// off tells of a contract that would bind the type if it were on.
func (m *misser) off(_ *types.TypeName, named *types.Named) string {
	ptr := types.NewPointer(named)
	for _, c := range m.finder.off {
		if c.iface == nil || !implements(named, ptr, c.iface, c.named) {
			continue
		}
		h := new(Handler)
		m.add(h, named, c, true)
		if slices.ContainsFunc(h.Hot, func(hot Hot) bool { return hot.Body != nil }) {
			return fmt.Sprintf("contract %s is off: -contracts +%s, or +%s for its group", c.Name, c.Name, c.Group)
		}
	}
	return ""
}

// unimplemented tells of the contract that the type comes closest to, among
// those whose package is imported here: whoever imports a library only through
// another has not written the type for it.
func (m *misser) unimplemented(_ *types.TypeName, named *types.Named) string {
	best, ratio := "", 0.0
	for _, c := range m.contracts {
		if c.iface == nil || m.direct[c.Package] == nil {
			continue
		}
		n := m.compare(named, c)
		if n.near(c) && n.ratio(c) > ratio {
			ratio = n.ratio(c)
			best = fmt.Sprintf("does not implement %s: %s", m.of(c), n.lacks())
		}
	}
	return best
}

// A nearness is how far a type implements an interface.
type nearness struct {
	same    int      // how many methods it has with their signatures
	missing []string // the methods that it lacks
	wrong   string   // what is wrong with the signature of a method that it has, a hot one before others
	differ  int      // how many have another signature
	kin     bool     // a hot method of it speaks of a type that the interface's speaks of
	hot     bool     // it has all hot methods of the interface by name, one of them with a body here
}

// compare holds a type to the interface of a contract.
func (m *misser) compare(named *types.Named, c bound) nearness {
	n := nearness{hot: true}
	ptr := types.NewPointer(named)
	declared := false
	wrongHot := false
	bindings := make(map[*types.TypeParam]types.Type)
	for want := range c.iface.Methods() {
		hot := slices.Contains(c.Hot, want.Name())
		fn := method(ptr, want.Pkg(), want.Name())
		if fn == nil {
			n.missing = append(n.missing, want.Name())
			n.hot = n.hot && !hot
			continue
		}
		if hot {
			declared = declared || m.decls[fn.Origin()] != nil && receiver(fn) == named.Obj()
			n.kin = n.kin || kin(want.Signature(), fn.Signature())
		}
		if unify(want.Signature(), fn.Signature(), c.named.TypeParams(), bindings) {
			n.same++
			continue
		}
		n.differ++
		if n.wrong == "" || hot && !wrongHot {
			wrongHot = hot
			qualify := func(pkg *types.Package) string {
				if pkg == m.pass.Pkg {
					return ""
				}
				return pkg.Name()
			}
			n.wrong = fmt.Sprintf("its %s is %s, not %s", fn.Name(), types.TypeString(fn.Signature(), qualify), types.TypeString(want.Signature(), qualify))
		}
	}
	n.hot = n.hot && declared
	return n
}

// near tells whether the type was meant to implement the interface: it has the
// hot methods and at least half of all, and what they speak of is particular to
// the interface, or most of them fit as they are. A Write alone is any writer's.
func (n *nearness) near(c bound) bool {
	all := c.iface.NumMethods()
	return n.hot && 2*(n.same+n.differ) >= all && (n.kin || n.same >= 2 && 2*n.same >= all)
}

func (n *nearness) ratio(c bound) float64 {
	return (float64(n.same) + float64(n.differ)/2) / float64(c.iface.NumMethods())
}

// lacks says what has to change for the type to implement the interface.
func (n *nearness) lacks() string {
	switch len(n.missing) {
	case 0:
		return n.wrong
	case 1:
		return "it has no method " + n.missing[0]
	}
	return "it has no methods " + and(n.missing)
}

// of names the interface of a contract, and how the contract comes to hold.
func (m *misser) of(c bound) string {
	label := c.label(c.named.Obj().Pkg())
	switch {
	case c.Group != "":
		return label + " of contract " + c.Name
	case strings.HasPrefix(c.way, "-contracts "):
		return label + " of -contracts"
	}
	return label + ", which has a directive"
}

// structural tells why a type with one of the methods that make a handler type
// by structure is none.
func (m *misser) structural(obj *types.TypeName, named *types.Named) string {
	ptr := types.NewPointer(named)
	has := func(names []string) []string {
		return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return !token.IsExported(n) || method(ptr, m.pass.Pkg, n) == nil })
	}
	own := func(name string) *types.Func {
		fn := method(ptr, m.pass.Pkg, name)
		if fn == nil || m.decls[fn.Origin()] == nil || receiver(fn) != obj {
			return nil
		}
		return fn
	}
	stops := len(has(m.names.Stop))+len(has(ownsStart)) > 0
	for _, name := range m.names.Hot {
		fn := own(name)
		if fn == nil {
			continue
		}
		if bus := has(eventBus); len(bus) > 0 {
			return "an event bus, since it has " + and(bus)
		}
		if said := notEmitted(fn.Signature()); said != "" {
			return fmt.Sprintf("its %s %s; a directive above the type makes it a handler type all the same", name, said)
		}
		if !stops {
			return fmt.Sprintf("has %s, but no stop such as Stop or Close, and no %s; //emitcheck:handler hot=%s above it makes it a handler type", name, ownsStart[0], name)
		}
	}
	if !stops {
		return ""
	}
	for _, name := range m.names.Hot {
		name = lowerFirst(name)
		if fn := own(name); fn != nil && len(has(eventBus)) == 0 && notEmitted(fn.Signature()) == "" {
			return fmt.Sprintf("its %s is not exported, so that structure does not count it; //emitcheck:handler hot=%s above the type makes it a handler type", name, name)
		}
	}
	if own(ownsStart[0]) != nil {
		return fmt.Sprintf("has %s, but no hot method (%s); //emitcheck:handler hot=… above it names one", ownsStart[0], strings.Join(m.names.Hot, ", "))
	}
	return ""
}

// notEmitted says of the signature of an Emit what tells that it passes on an
// event, or writes text; nothing if it does neither.
func notEmitted(sig *types.Signature) string {
	if sig.Results().Len() > 0 || sig.Params().Len() == 0 {
		return ""
	}
	first := sig.Params().At(0).Type()
	if b, ok := first.Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 {
		return "takes a string first and returns nothing, as an event bus's does"
	}
	if isNamed(first, "io", "Writer") {
		return "takes an io.Writer first and returns nothing, as what writes text does"
	}
	return ""
}

func lowerFirst(name string) string {
	r, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToLower(r)) + name[size:]
}

// kin tells whether two signatures speak of the same type, other than those that
// any signature may speak of: the language's and the standard library's.
func kin(a, b *types.Signature) bool {
	of := func(sig *types.Signature) map[*types.TypeName]bool {
		found := make(map[*types.TypeName]bool)
		for _, t := range []*types.Tuple{sig.Params(), sig.Results()} {
			for v := range t.Variables() {
				spokenOf(v.Type(), found)
			}
		}
		return found
	}
	in := of(b)
	for name := range of(a) {
		if in[name] {
			return true
		}
	}
	return false
}

// spokenOf adds the named types that a type is made of.
func spokenOf(t types.Type, found map[*types.TypeName]bool) {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if pkg := t.Obj().Pkg(); pkg != nil && !model.IsStd(pkg.Path()) {
			found[t.Obj()] = true
		}
		for arg := range t.TypeArgs().Types() {
			spokenOf(arg, found)
		}
	case *types.Pointer:
		spokenOf(t.Elem(), found)
	case *types.Slice:
		spokenOf(t.Elem(), found)
	case *types.Array:
		spokenOf(t.Elem(), found)
	case *types.Chan:
		spokenOf(t.Elem(), found)
	case *types.Map:
		spokenOf(t.Key(), found)
		spokenOf(t.Elem(), found)
	case *types.Signature:
		for _, tuple := range []*types.Tuple{t.Params(), t.Results()} {
			for v := range tuple.Variables() {
				spokenOf(v.Type(), found)
			}
		}
	}
}

// receiver returns the type that declares a method, nil if it is none.
func receiver(fn *types.Func) *types.TypeName {
	recv := fn.Signature().Recv()
	if recv == nil {
		return nil
	}
	t := types.Unalias(recv.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Origin().Obj()
	}
	return nil
}
