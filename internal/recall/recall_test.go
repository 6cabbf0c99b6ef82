package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/emitcheck/emitcheck/internal/load"
)

// handlers is a module of handlers that are written as few are: each form of a receiver, of results, of a body, and names
// that hide others.
var handlers = map[string]string{
	"go.mod": "module example.com/odd\n\ngo 1.24\n",
	"odd.go": `package odd // import "example.com/odd"

import "context"

type Record struct{ key, os string }

type Plain struct {
	n    int
	keys []string
}

func (h *Plain) Emit(ctx context.Context, r Record) error {
	if r.key == "" {
		return nil
	}
	for _, k := range h.keys {
		if len(k) > h.n {
			print(k)
		}
	}
	switch len(r.key) {
	case 1, 2:
		print(r.key)
	}
	return nil
}

func (h *Plain) Close() error { return nil }

type Unnamed struct{}

func (*Unnamed) Emit(ctx context.Context, time Record) (n int, err error) { return len(time.os), nil }
func (*Unnamed) Close() error                                          { return nil }

type Blank struct{ s string }

func (_ *Blank) Emit(context.Context) (int, []string) {
	return 1, nil
}

func (_ *Blank) Close() error { return nil }

type Value struct{ part struct{ n int } }

func (v Value) Emit(os string, context int) (string, struct{}) {
	sync := os
	return sync, struct{}{}
}

func (v Value) Close() error { return nil }

type Generic[K comparable, V any] struct {
	m map[K]V
}

func (g *Generic[K, V]) Emit(_ context.Context) (out V, ok bool) {
	var k K
	out, ok = g.m[k]
	return
}

func (g *Generic[K, V]) Close() error { return nil }

type Pair[_ any, B ~int] struct{ b B }

func (p Pair[_, B]) Emit(b B) error {
	h := p.b
	if h > b {
		return nil
	}
	return nil
}

func (p Pair[_, B]) Close() error { return nil }

type Func func(string)

func (f Func) Emit(r Record) {}

func (f Func) Close() error { return nil }

type Claims struct {
	seen map[string]bool
	on   bool
}

func (c *Claims) Emit(r Record) {
	if c.seen[r.key] {
		return
	}
	c.seen[r.key] = true
	if c.on {
		c.on = false
	}
}

func (c *Claims) Close() error { return nil }

type Shadows struct{ n int }

func (h *Shadows) Emit(ctx context.Context, r Record) (err error) {
	{
		h := r
		_ = h.key
	}
	for h := range h.n {
		_ = h
	}
loop:
	for {
		select {
		case <-ctx.Done():
			break loop
		default:
		}
		break
	}
	goto done
done:
	return nil
}

func (h *Shadows) Close() error { return nil }

type Dirty struct{}

func (d *Dirty) Emit(r Record) { go print(r.key) }
func (d *Dirty) Close() error  { return nil }
`,
}

// write writes a module to a new directory.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func methodsOf(t *testing.T, module, dir string) (*load.Program, *harvest) {
	t.Helper()
	program, err := openModule(module, dir, []string{"."})
	if err != nil {
		t.Fatal(err)
	}
	all := new(harvest)
	for _, pkg := range program.Packages() {
		hv, err := collect(module, program, pkg)
		if err != nil {
			t.Fatal(err)
		}
		all.methods = append(all.methods, hv.methods...)
		all.unclean += hv.unclean
	}
	return program, all
}

// TestMutants makes many mutants of odd handlers: each compiles, what is promised is kept but for the known limits, and
// no row of the tables is left out.
func TestMutants(t *testing.T) {
	const perMethod = 300
	dir := write(t, handlers)
	_, hv := methodsOf(t, "example.com/odd", dir)
	if len(hv.methods) != 9 || hv.unclean != 1 {
		t.Fatalf("%d hot methods and %d with findings, want 9 and 1", len(hv.methods), hv.unclean)
	}
	limits, err := readLimits("limits.tsv")
	if err != nil {
		t.Fatal(err)
	}
	r := &report{limits: limits}
	var mutants []*mutant
	for _, h := range hv.methods {
		ms := h.sample(7, perMethod)
		again := h.sample(7, perMethod)
		for i, m := range ms {
			if m.String() != again[i].String() || m.place != again[i].place {
				t.Fatalf("%s: two samples differ: %s, %s", h.where(), m, again[i])
			}
		}
		if len(ms) < perMethod*9/10 {
			t.Errorf("%s: only %d of %d mutants", h.where(), len(ms), perMethod)
		}
		mutants = append(mutants, ms...)
	}
	outcomes, err := runAll(mutants, 2)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range outcomes {
		r.add(o)
		if o.broken != "" || o.wrong() && r.limit(o) == nil || o.promise == found && len(o.extra) > 0 && !o.placement.adds {
			t.Errorf("%s\n%s", o.line(), o.show())
		}
		if t.Failed() {
			break
		}
	}
	for _, x := range operators {
		if r.operators[x.name] == nil {
			t.Errorf("operator %s is never used", x.name)
		}
	}
	for _, x := range carriers {
		if r.carriers[x.name] == nil {
			t.Errorf("carrier %s is never used", x.name)
		}
	}
	for _, x := range placements {
		if r.placements[x.name] == nil {
			t.Errorf("placement %s is never used", x.name)
		}
	}
	t.Log(r.summary())
}

// TestLine tells a finding on the inserted line from one beside it.
func TestLine(t *testing.T) {
	dir := write(t, handlers)
	_, hv := methodsOf(t, "example.com/odd", dir)
	i := slices.IndexFunc(hv.methods, func(h *hotMethod) bool { return h.handler == "Plain" })
	h := hv.methods[i]
	row := func(op, c, p string) *mutant {
		m := &mutant{method: h}
		for i := range operators {
			if operators[i].name == op {
				m.op = &operators[i]
			}
		}
		for i := range carriers {
			if carriers[i].name == c {
				m.carrier = &carriers[i]
			}
		}
		for i := range placements {
			if placements[i].name == p {
				m.placement = &placements[i]
			}
		}
		for _, x := range h.places() {
			if x.site&m.placement.where != 0 {
				m.place = x
			}
		}
		return m
	}
	for _, tt := range []struct {
		op, carrier, placement string
		promise                promise
		hit, wrong             bool
	}{
		{"go-call", "inline", "end", found, true, false},
		{"go-call", "inline", "end", silent, true, true},
		{"mutex", "inline", "end", found, false, true},
		{"mutex", "inline", "end", silent, false, false},
		{"go-call", "calls-4", "in a loop of the method", found, true, false},
		{"go-call", "method", "in a case of the method", found, true, false},
		{"go-call", "stored", "middle", silent, false, false},
	} {
		m := row(tt.op, tt.carrier, tt.placement)
		m.promise = tt.promise
		o, err := m.run()
		if err != nil {
			t.Fatal(err)
		}
		if o.broken != "" || o.hit != tt.hit || o.wrong() != tt.wrong {
			t.Errorf("%s: hit %v, wrong %v, broken %q; want %v and %v\n%s", m, o.hit, o.wrong(), o.broken, tt.hit, tt.wrong, m.show())
		}
	}
}

func TestPromised(t *testing.T) {
	op := func(rule string, leak bool, f freq) *operator { return &operator{rule: rule, leak: leak, freq: f} }
	c := func(d distance, f freq) *carrier { return &carrier{distance: d, freq: f} }
	for _, tt := range []struct {
		rate  string
		kinds []string
		op    *operator
		c     *carrier
		at    freq
		want  promise
	}{
		{"record", nil, op(goroutine, leak, always), c(ownBody, always), sometimes, found},
		{"record", nil, op(goroutine, leak, always), c(ownBody, always), rare, silent},
		{"frame", nil, op(goroutine, leak, always), c(sameProject, always), rare, found},
		{"frame", nil, op(goroutine, leak, always), c(otherProjects, always), rare, silent},
		{"frame", nil, op(goroutine, leak, always), c(otherProjects, sometimes), always, silent},
		{"frame", nil, op(goroutine, leak, always), c(otherProjects, always), sometimes, found},
		{"batch", nil, op(goroutine, leak, sometimes), c(samePackage, always), always, found},
		{"batch", nil, op(goroutine, leak, sometimes), c(sameProject, always), always, silent},
		{"record", nil, op(resource, cost, always), c(ownBody, always), always, silent},
		{"frame", nil, op(resource, cost, always), c(ownBody, always), always, found},
		{"frame", nil, op(channel, leak, always), c(otherProjects, always), always, silent},
		{"record", nil, op(blocking, cost, always), c(ownBody, always), always, silent},
		{"frame", nil, op("", cost, always), c(ownBody, always), always, silent},
		{"frame", nil, op(goroutine, leak, always), c(ownBody, once), always, silent},
		{"frame", []string{"channel"}, op(goroutine, leak, always), c(ownBody, always), always, silent},
	} {
		if got := promised(tt.rate, tt.kinds, tt.op, tt.c, tt.at); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}

func TestParseLimits(t *testing.T) {
	good := limitsHeader + "\n# why\ngo-call\tinline\t*\t*\tplaces\tsome reason\n"
	ls, err := parseLimits(good)
	if err != nil || len(ls) != 1 {
		t.Fatalf("%v, %v", ls, err)
	}
	for name, text := range map[string]string{
		"an unknown operator": "go-nowhere\t*\t*\t*\tplaces\tx\n",
		"no reason":           "*\t*\t*\t*\tplaces\t\n",
		"too few columns":     "*\t*\t*\n",
	} {
		if _, err := parseLimits(text); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestLimitsOfTheRepository compares limits.tsv to the sections of docs/limits.md.
func TestLimitsOfTheRepository(t *testing.T) {
	limits, err := readLimits("limits.tsv")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../docs/limits.md")
	if err != nil {
		t.Fatal(err)
	}
	anchors := make(map[string]bool)
	for line := range strings.Lines(string(page)) {
		if title, ok := strings.CutPrefix(strings.TrimSpace(line), "### "); ok {
			anchors[strings.ReplaceAll(strings.ToLower(title), " ", "-")] = true
		}
	}
	for _, l := range limits {
		if !anchors[l.anchor] {
			t.Errorf("docs/limits.md has no section %q", l.anchor)
		}
	}
}

// TestReport counts what is found, missed, wrong and known, and says when that is enough.
func TestReport(t *testing.T) {
	limits, err := parseLimits("*\tfunction-field\t*\t*\tfunction-values\tx\n")
	if err != nil {
		t.Fatal(err)
	}
	h := &hotMethod{in: &packageUnderTest{pkg: &load.Package{}}, contract: "c", rate: "record"}
	h.in.pkg.Package = newPackage()
	outcomeOf := func(c string, p promise, hit bool) *outcome {
		i := slices.IndexFunc(carriers, func(x carrier) bool { return x.name == c })
		return &outcome{mutant: &mutant{method: h, op: &operators[0], carrier: &carriers[i], placement: &placements[0], promise: p}, hit: hit}
	}
	r := &report{limits: limits}
	r.add(outcomeOf("inline", found, true))
	r.add(outcomeOf("inline", silent, false))
	if r.ok(false) != true || r.ok(true) != true {
		t.Error("nothing is wrong, and it says so")
	}
	r.add(outcomeOf("function-field", found, true))
	if r.ok(true) {
		t.Error("a limit that explains nothing passes")
	}
	r.add(outcomeOf("function-field", found, false))
	if !r.ok(true) {
		t.Error("a known limit does not pass")
	}
	r.add(&outcome{mutant: outcomeOf("inline", found, false).mutant, broken: "x"})
	if !r.ok(true) || r.all.broken != 1 {
		t.Error("what does not compile is counted apart")
	}
	r.add(outcomeOf("inline", found, false))
	if r.ok(true) {
		t.Error("a miss passes")
	}
	if a := r.all; a.mutants != 4 || a.found != 2 || a.limitedMisses != 1 || a.twins != 1 || a.wrong != 0 || a.recall() != "66.7 %" {
		t.Errorf("%+v, %s", a, a.recall())
	}
}

func newPackage() *packages.Package { return &packages.Package{PkgPath: "example.com/p"} }
