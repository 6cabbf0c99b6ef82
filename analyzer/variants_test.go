package analyzer_test

import (
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A variant is a handler that is generated: one effect, in one of the shapes that
// handlers are written in. Each of them must have a fix.
type variant struct {
	effect, form, life string
	comments           bool
}

// The dimensions of the variants. A form is how the type and its methods are
// written, a life is where its start and stop are.
var (
	variantForms = []string{"plain", "oneline", "generic"}
	variantLives = []string{"own", "elsewhere", "embedded", "nostop", "constructor"}
)

// An effect of the variants: the fields it needs, what start makes of them, what
// stop does, the methods beside, and Emit's body.
type variantEffect struct {
	fields, start, stop, methods, emit string
	imports                            []string
}

var variantEffects = map[string]variantEffect{
	"context": {
		fields: "out chan int", start: "h.out = make(chan int, 8)",
		methods: `func (h *RECV) produce(ctx context.Context) {
	for i := 0; ; i++ {
		select {
		case h.out <- i:
		case <-ctx.Done():
			return
		}
	}
}`,
		emit: `go h.produce(ctx) //
	select {
	case f := <-h.out: //
		return f, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}`,
	},
	"quit": {
		fields: "out chan int\nquit chan struct{}", start: "h.out = make(chan int, 8)\nh.quit = make(chan struct{})", stop: "close(h.quit)",
		methods: `func (h *RECV) produce() {
	for {
		select {
		case h.out <- 1:
		case <-h.quit:
			return
		}
	}
}`,
		emit: `go h.produce() //
	select {
	case f := <-h.out:
		return f, nil
	case <-ctx.Done(): //
		return 0, ctx.Err()
	}`,
	},
	"ticker": {
		fields: "every time.Duration", start: "h.every = time.Second", imports: []string{"time"},
		emit: `t := time.NewTicker(h.every) //
	defer t.Stop() //
	select {
	case <-t.C:
		return 1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}`,
	},
	"client": {
		fields: "url string", start: `h.url = "http://localhost"`, imports: []string{"net/http"},
		emit: `c := &http.Client{Transport: &http.Transport{}} //
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, h.url, nil)
	if err != nil {
		return 0, err
	}
	resp, err := c.Do(req) //
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()`,
	},
	"pull": {
		fields: "n int", start: "h.n = 3", imports: []string{"iter"},
		methods: `func (h *RECV) frames() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range 3 {
			if !yield(i) {
				return
			}
		}
	}
}`,
		emit: `next, stop := iter.Pull(h.frames()) //
	defer stop() //
	f, ok := next()
	if !ok {
		return 0, ctx.Err()
	}
	return f, nil`,
	},
	"wait": {
		fields: "out chan int", start: "h.out = make(chan int, 8)",
		emit: `f, ok := <-h.out //
	if !ok {
		return 0, nil
	}
	return f, nil`,
	},
	"several": {
		fields: "out chan int\nevery time.Duration", start: "h.out = make(chan int, 8)\nh.every = time.Second", imports: []string{"time"},
		methods: `func (h *RECV) produce(ctx context.Context) {
	for ctx.Err() == nil {
		select {
		case h.out <- 1:
		case <-ctx.Done():
		}
	}
}`,
		emit: `t := time.NewTimer(h.every) //
	defer t.Stop()
	go h.produce(ctx) //
	select {
	case f := <-h.out:
		return f, nil
	case <-t.C:
		return -1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}`,
	},
}

// variants lists those that make sense: what stop has to end needs a stop.
func variants() []variant {
	var all []variant
	for _, effect := range []string{"context", "quit", "ticker", "client", "pull", "wait", "several"} {
		for _, form := range variantForms {
			for _, life := range variantLives {
				if effect == "quit" && life == "nostop" || form == "generic" && (life == "constructor" || life == "embedded") {
					continue
				}
				for _, comments := range []bool{false, true} {
					all = append(all, variant{effect, form, life, comments})
				}
			}
		}
	}
	return all
}

func (v variant) name() string {
	name := "v_" + v.effect + "_" + v.form + "_" + v.life
	if v.comments {
		name += "_comments"
	}
	return name
}

// write writes the variant as a package of its own in dir.
func (v variant) write(t *testing.T, dir string) {
	t.Helper()
	e := variantEffects[v.effect]
	typ, recv := "H", "H"
	if v.form == "generic" {
		typ, recv = "H[T any]", "H[T]"
	}
	note := func(s string) string {
		n := 0
		var b strings.Builder
		for line := range strings.Lines(s) {
			switch rest, ok := strings.CutSuffix(strings.TrimRight(line, "\n"), " //"); {
			case !ok:
				b.WriteString(line)
			case v.comments:
				n++
				fmt.Fprintf(&b, "// above %d\n%s // behind %d\n", n, rest, n)
			default:
				b.WriteString(rest + "\n")
			}
		}
		return b.String()
	}
	function := func(head, body string) string {
		if v.form == "oneline" && !strings.Contains(body, "select") && !strings.Contains(body, "if ") && !v.comments {
			return head + " { " + strings.ReplaceAll(strings.TrimSpace(body), "\n", "; ") + " }"
		}
		return head + " {\n" + body + "\n}"
	}
	fields := strings.ReplaceAll(e.fields, "\n", " // a field\n") + " // a field"
	if !v.comments {
		fields = e.fields
	}
	structOf := func(name, fields string) string {
		if v.form == "oneline" && !strings.Contains(fields, "//") {
			return "type " + name + " struct{ " + strings.ReplaceAll(fields, "\n", "; ") + " }"
		}
		return "type " + name + " struct {\n" + fields + "\n}"
	}
	start := function("func (h *RECV) SessionStart(ctx context.Context) error", e.start+"\nreturn nil")
	stop := function("func (h *RECV) SessionStop(context.Context) error", strings.TrimPrefix(e.stop+"\nreturn nil", "\n"))
	var main, other []string
	switch v.life {
	case "embedded":
		main = append(main, structOf("base", fields), structOf("H", "base"))
		main = append(main, strings.ReplaceAll(start, "RECV", "base"), strings.ReplaceAll(stop, "RECV", "base"))
	case "constructor":
		main = append(main, structOf(typ, fields))
		var keys []string
		for _, line := range strings.Split(e.start, "\n") {
			key, value, _ := strings.Cut(strings.TrimPrefix(line, "h."), " = ")
			keys = append(keys, key+": "+value)
		}
		main = append(main, function("func NewH() *H", "return &H{"+strings.Join(keys, ", ")+"}"), stop)
	case "elsewhere":
		main = append(main, structOf(typ, fields))
		other = append(other, start, stop)
	case "nostop":
		main = append(main, structOf(typ, fields), start)
	default:
		main = append(main, structOf(typ, fields), start, stop)
	}
	if e.methods != "" {
		main = append(main, e.methods)
	}
	main = append(main, "// Emit is hot.\n"+function("func (h *RECV) Emit(ctx context.Context) (int, error)", note(e.emit+"\n")))
	for name, decls := range map[string][]string{"main.go": main, "other.go": other} {
		if len(decls) == 0 {
			continue
		}
		text := strings.ReplaceAll(strings.Join(decls, "\n\n"), "RECV", recv)
		head := fmt.Sprintf("package %s\n\nimport (\n", strings.ReplaceAll(v.name(), "_", ""))
		for _, path := range append([]string{"context"}, e.imports...) {
			if strings.Contains(text, filepath.Base(path)+".") {
				head += fmt.Sprintf("\t%q\n", path)
			}
		}
		src, err := format.Source([]byte(head + ")\n\n" + text + "\n"))
		if err != nil {
			t.Fatalf("%s: %v\n%s", v.name(), err, text)
		}
		if err := os.MkdirAll(filepath.Join(dir, v.name()), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, v.name(), name), src, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// checkVariants requires that each variant has findings, all of them with a fix.
func checkVariants(t *testing.T, run *analysed) {
	t.Helper()
	found := make(map[string]int)
	for _, f := range run.findings {
		name, ok := strings.CutPrefix(f.pkg, "corpus/variants/")
		if !ok {
			continue
		}
		found[name]++
		if !f.Fixed {
			t.Errorf("%s has no fix: %s", name, f.Message)
		}
	}
	for _, v := range variants() {
		if found[v.name()] == 0 {
			t.Errorf("%s has no findings", v.name())
		}
	}
	t.Logf("%d variants, all with a fix", len(variants()))
}
