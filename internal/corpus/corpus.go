// Package corpus is what the tests of all drivers share: which packages of
// testdata are analysed with which settings, what their `// want` comments ask
// for, and how that is compared with what a driver says.
//
// It knows no driver and no analyzer: how one is run, and how its output
// becomes findings, is the affair of its test.
package corpus

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/scanner"
)

// A Group is packages of the corpus that are analysed with the same settings.
type Group struct {
	Name      string
	Rules     string   // the setting of that name; empty for the default
	Contracts string   // likewise
	Patterns  []string // of packages

	// GOOS is what they are built for, where their library does without cgo
	// there; empty for this machine's.
	GOOS string
}

// life is the rules of a session's life, without those of what Emit creates.
const life = "stop-missing,stop-reopens,copy-shares,context-escape"

// Groups are the packages whose every finding has a mark. What fix/adversarial
// attacks is the fixes, and the rules' pages have tests of their own.
var Groups = []Group{
	{Name: "fastrtc", Patterns: []string{"./fastrtc/..."}},
	{Name: "goroutine", Patterns: []string{"./goroutine/..."}},
	{Name: "channel", Patterns: []string{"./channel/..."}},
	{Name: "guard", Patterns: []string{"./guard/..."}},
	{Name: "handlertype", Patterns: []string{"./handlertype/..."}},
	{Name: "generator", Patterns: []string{"./generator/..."}},
	{Name: "resource", Patterns: []string{"./resource/..."}},
	{Name: "blocking", Patterns: []string{"./blocking/..."}},
	{Name: "chain", Patterns: []string{"./chain/..."}},
	{Name: "suppress", Patterns: []string{"./suppress/..."}},
	{Name: "lazy", Rules: "all", Patterns: []string{"./lazy/..."}},
	{Name: "adversarial", Patterns: []string{"./adversarial/..."}},
	{Name: "contracts", Patterns: []string{"./contracts/..."}},
	{Name: "optional", Contracts: "+log", Patterns: []string{"./optional/..."}},
	{Name: "runtimehandler", Patterns: []string{"./runtimehandler/..."}},
	{Name: "fix", Patterns: []string{"./fix/behaviour/...", "./fix/drive/..."}},
	{Name: "lifecycle", Rules: life, Patterns: []string{"./lifecycle/..."}},
}

// Heavy are the packages of the module in the corpus' folder heavy, whose
// libraries are too big to be compiled, or want C libraries: they are for the
// command, which compiles nothing.
var Heavy = []Group{
	{Name: "contracts", Patterns: []string{"./contracts/..."}},
	{Name: "controller", Contracts: "+controller", Patterns: []string{"./controller/..."}},
	{Name: "ui", Contracts: "+ui", Patterns: []string{"./ui/..."}, GOOS: "windows"},
}

// Merged returns the groups put together by their settings, for a driver that
// does better with few runs. A group is named for its settings then.
func Merged(groups []Group) []Group {
	var merged []Group
	for _, g := range groups {
		i := slices.IndexFunc(merged, func(m Group) bool { return m.Rules == g.Rules && m.Contracts == g.Contracts })
		if i < 0 {
			i = len(merged)
			name := cmp.Or(strings.Trim(g.Rules+" "+g.Contracts, " "), "default")
			merged = append(merged, Group{Name: name, Rules: g.Rules, Contracts: g.Contracts})
		}
		merged[i].Patterns = append(merged[i].Patterns, g.Patterns...)
	}
	return merged
}

// A Finding is what a driver says of a line.
type Finding struct {
	File    string // relative to the corpus, with slashes
	Line    int
	Message string
}

func (f Finding) String() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message) }

var findingLine = regexp.MustCompile(`^(?:\./)?(.+?\.go):(\d+)(?::\d+)?: (.*)$`)

// Parse reads findings from a driver's output, "file:line:column: message", in
// which other lines may stand between them: those it returns as the rest.
func Parse(output []byte) (found []Finding, rest []string) {
	for line := range strings.Lines(string(output)) {
		line = strings.TrimRight(line, "\r\n")
		m := findingLine.FindStringSubmatch(line)
		if m == nil {
			rest = append(rest, line)
			continue
		}
		n, _ := strconv.Atoi(m[2])
		found = append(found, Finding{filepath.ToSlash(m[1]), n, m[3]})
	}
	return found, rest
}

// A Want is a mark: the line must have a finding whose message matches.
type Want struct {
	File    string
	Line    int
	Message *regexp.Regexp
}

// Wants returns the marks of packages of the corpus in dir, their test files
// included, as analysistest reads them.
func Wants(dir string, patterns ...string) ([]Want, error) {
	pkgs, err := List(dir, patterns...)
	if err != nil {
		return nil, err
	}
	var wants []Want
	for _, p := range pkgs {
		for _, name := range slices.Concat(p.GoFiles, p.CgoFiles, p.TestGoFiles, p.XTestGoFiles) {
			ws, err := wantsOf(dir, filepath.Join(p.Dir, name))
			if err != nil {
				return nil, err
			}
			wants = append(wants, ws...)
		}
	}
	return wants, nil
}

// A Package is what the go command says of a package of the corpus.
type Package struct {
	ImportPath, Dir                              string
	GoFiles, CgoFiles, TestGoFiles, XTestGoFiles []string
}

// List asks the go command for packages of the corpus.
func List(dir string, patterns ...string) ([]Package, error) {
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Dir,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles"}, patterns...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list in %s: %w", dir, err)
	}
	var pkgs []Package
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var p Package
		if err := dec.Decode(&p); err != nil {
			return nil, fmt.Errorf("go list in %s: %w", dir, err)
		}
		pkgs = append(pkgs, p)
	}
	return pkgs, nil
}

func wantsOf(dir, file string) ([]Want, error) {
	root, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, err
	}
	if root, err = filepath.Abs(root); err != nil {
		return nil, err
	}
	real, err := filepath.EvalSymlinks(file)
	if err != nil {
		return nil, err
	}
	rel, err := filepath.Rel(root, real)
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var wants []Want
	for _, group := range f.Comments {
		for _, c := range group.List {
			text, ok := expectation(c.Text)
			if !ok {
				continue
			}
			patterns, err := parseWant(text)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", fset.Position(c.Pos()), err)
			}
			for _, rx := range patterns {
				wants = append(wants, Want{filepath.ToSlash(rel), fset.PositionFor(c.Pos(), false).Line, rx})
			}
		}
	}
	return wants, nil
}

// expectation returns what follows "want" in a comment that begins with it, or
// has another comment in it that does.
func expectation(comment string) (string, bool) {
	text := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(comment, "/*"), "*/"))
	if rest, ok := strings.CutPrefix(comment, "//"); ok {
		text = strings.TrimSpace(rest)
	}
	if _, after, ok := strings.Cut(text, "// want"); ok {
		return after, true
	}
	return strings.CutPrefix(text, "want")
}

// parseWant reads the regular expressions of a mark. Of what analysistest knows
// beside them, facts and other lines, the corpus makes no use.
func parseWant(text string) ([]*regexp.Regexp, error) {
	var wrong error
	sc := new(scanner.Scanner).Init(strings.NewReader(text))
	sc.Mode = scanner.ScanStrings | scanner.ScanRawStrings
	sc.Error = func(_ *scanner.Scanner, msg string) { wrong = errors.New(msg) }
	var patterns []*regexp.Regexp
	for {
		switch tok := sc.Scan(); tok {
		case scanner.EOF:
			if wrong == nil && len(patterns) == 0 {
				wrong = errors.New("a want without a regular expression")
			}
			return patterns, wrong
		case scanner.String, scanner.RawString:
			pattern, err := strconv.Unquote(sc.TokenText())
			if err != nil {
				return nil, err
			}
			rx, err := regexp.Compile(pattern)
			if err != nil {
				return nil, err
			}
			patterns = append(patterns, rx)
		default:
			return nil, fmt.Errorf("want %q: a regular expression in quotes must follow, not %s", text, scanner.TokenString(tok))
		}
	}
}

// Compare holds findings to marks: each mark has its finding, and there is no
// other. It returns a line for each that has not.
func Compare(found []Finding, wants []Want) []string {
	type place struct {
		file string
		line int
	}
	open := make(map[place][]*regexp.Regexp)
	for _, w := range wants {
		p := place{w.File, w.Line}
		open[p] = append(open[p], w.Message)
	}
	var wrong []string
	for _, f := range found {
		p := place{f.File, f.Line}
		i := slices.IndexFunc(open[p], func(rx *regexp.Regexp) bool { return rx.MatchString(f.Message) })
		if i < 0 {
			wrong = append(wrong, f.String()+": no mark asks for it")
			continue
		}
		open[p] = slices.Delete(open[p], i, i+1)
	}
	for p, patterns := range open {
		for _, rx := range patterns {
			wrong = append(wrong, fmt.Sprintf("%s:%d: nothing found that matches %s", p.file, p.line, rx))
		}
	}
	slices.Sort(wrong)
	return wrong
}

// Differences compares what two drivers say, and returns a line for each finding
// that only one of them has.
func Differences(name string, a []Finding, other string, b []Finding) []string {
	count := make(map[Finding]int)
	for _, f := range a {
		count[f]++
	}
	for _, f := range b {
		count[f]--
	}
	var wrong []string
	for f, n := range count {
		switch {
		case n > 0:
			wrong = append(wrong, fmt.Sprintf("only %s says %s", name, f))
		case n < 0:
			wrong = append(wrong, fmt.Sprintf("only %s says %s", other, f))
		}
	}
	slices.Sort(wrong)
	return wrong
}

// Copy copies the corpus in dir, a part of this repository, to another place,
// where it is still about this repository.
func Copy(to, dir string) error {
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		return err
	}
	repository, err := filepath.Abs(filepath.Join(dir, ".."))
	if err != nil {
		return err
	}
	mod := filepath.Join(to, "go.mod")
	data, err := os.ReadFile(mod)
	if err != nil {
		return err
	}
	moved := bytes.Replace(data, []byte("=> ../\n"), []byte("=> "+repository+"\n"), 1)
	if bytes.Equal(moved, data) {
		return fmt.Errorf("%s does not replace emitcheck by ../", mod)
	}
	return os.WriteFile(mod, moved, 0o666)
}
