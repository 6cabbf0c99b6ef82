// Package realmod makes the modules of real code that emitcheck is judged on ready: it reads internal/realcode's
// modules.txt, and copies each module of it from the go command's cache to where it can be loaded as a main module. It
// knows nothing of what is asked of them.
package realmod

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// A Module is one line of modules.txt.
type Module struct {
	Path, Version string
	CI            bool     // marked !ci: one of the small part that each change is checked with
	Recall        bool     // marked !recall: recall is measured on it
	patterns      []string // what to analyse
	except        []string // and what not
	require       []string // requirements its go.mod lacks, as path@version
	env           []string // what the go command is told of the system it builds for
}

func (m Module) String() string { return m.Path + "@" + m.Version }

// Read reads a file of modules.
func Read(name string) ([]Module, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return Parse(string(data))
}

// Parse parses the text of such a file. An error names the line.
func Parse(text string) ([]Module, error) {
	var modules []Module
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if line[0] != ' ' && line[0] != '\t' {
			path, version, ok := strings.Cut(fields[0], "@")
			if !ok {
				return nil, fmt.Errorf("modules.txt:%d: %q is not module@version", i+1, fields[0])
			}
			modules = append(modules, Module{Path: path, Version: version})
			fields = fields[1:]
		} else if len(modules) == 0 {
			return nil, fmt.Errorf("modules.txt:%d: continues no line", i+1)
		}
		m := &modules[len(modules)-1]
		for _, f := range fields {
			switch {
			case f == "!ci":
				m.CI = true
			case f == "!recall":
				m.Recall = true
			case strings.HasPrefix(f, "GOOS="):
				m.env = append(m.env, f)
			case f[0] == '!':
				return nil, fmt.Errorf("modules.txt:%d: %s is no mark: want !ci or !recall", i+1, f)
			case f[0] == '-':
				m.except = append(m.except, f[1:])
			case f[0] == '+':
				m.require = append(m.require, f[1:])
			default:
				m.patterns = append(m.patterns, f)
			}
		}
	}
	for i := range modules {
		if len(modules[i].patterns) == 0 {
			modules[i].patterns = []string{"./..."}
		}
	}
	return modules, nil
}

// envFile is the file of a copy that says what it has to be loaded with.
const envFile = ".emitcheck-env"

// preparation counts the versions of Prepare, so that copies made by an earlier one are not used.
const preparation = 3

// Stamp tells how a copy of the module is made.
func (m Module) Stamp() string {
	s := fmt.Sprintf("%d %s %q %q %q", preparation, runtime.Version(), m.patterns, m.except, m.require)
	for _, e := range m.env {
		s += " " + e
	}
	return s + "\n"
}

// Prepare makes a writable copy of the module under the directory cache that the go command can load as a main module,
// and returns the copy's directory.
// A copy that is ready is used again.
func (m Module) Prepare(cache string) (string, error) {
	dir := filepath.Join(cache, filepath.FromSlash(m.Path)+"@"+m.Version)
	stamp := filepath.Join(dir, ".emitcheck-realcode")
	want := m.Stamp()
	if got, err := os.ReadFile(stamp); err == nil && string(got) == want {
		return dir, nil
	}

	out, err := Command("", "go", "mod", "download", "-json", m.String())
	var info struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(out, &info); jsonErr == nil && info.Error != "" {
		return "", errors.New(info.Error)
	}
	if err != nil {
		return "", err
	}
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	if err := copyTree(dir, info.Dir); err != nil {
		return "", err
	}
	if len(m.env) > 0 {
		if err := os.WriteFile(filepath.Join(dir, envFile), []byte(strings.Join(m.env, "\n")), 0o666); err != nil {
			return "", err
		}
	}
	if err := m.loadable(dir); err != nil {
		return "", err
	}
	return dir, os.WriteFile(stamp, []byte(want), 0o666)
}

// loadable makes a main module of what was published as a dependency: replacements by directories that the zip does
// not hold go, and go.mod and go.sum get what is missing.
func (m Module) loadable(dir string) error {
	type mod struct{ Path, Version string }
	var file struct {
		Require []mod
		Replace []struct{ Old, New mod }
	}
	out, err := Command(dir, "go", "mod", "edit", "-json")
	if err != nil {
		return err
	}
	if err := json.Unmarshal(out, &file); err != nil {
		return err
	}

	// The toolchain line would make an older go command fetch another one.
	edits := []string{"mod", "edit", "-toolchain=none"}
	dropped := map[string]bool{}
	for _, r := range file.Replace {
		if r.New.Version != "" {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(r.New.Path), "go.mod")); err == nil {
			continue
		}
		old := r.Old.Path
		if r.Old.Version != "" {
			old += "@" + r.Old.Version
		}
		edits = append(edits, "-dropreplace="+old)
		dropped[r.Old.Path] = true
	}
	for _, req := range m.require {
		edits = append(edits, "-require="+req)
		path, _, _ := strings.Cut(req, "@")
		delete(dropped, path)
	}
	for _, req := range file.Require {
		if dropped[req.Path] && (req.Version == "v0.0.0" || strings.HasPrefix(req.Version, "v0.0.0-00010101000000-")) {
			return fmt.Errorf("%s was replaced by a directory that is not in the zip: add +%[1]s@VERSION to modules.txt", req.Path)
		}
	}
	if _, err := Command(dir, "go", edits...); err != nil {
		return err
	}

	// Tests are included where they can be: an imported package may lie in a nested module that the zip does not hold.
	patterns, err := m.Resolve(dir)
	if err != nil {
		return err
	}
	if _, err := Command(dir, "go", append([]string{"list", "-mod=mod", "-deps"}, patterns...)...); err != nil {
		return err
	}
	_, err = Command(dir, "go", append([]string{"list", "-mod=mod", "-e", "-deps", "-test"}, patterns...)...)
	return err
}

// Resolve returns the package patterns to analyse.
func (m Module) Resolve(dir string) ([]string, error) {
	if len(m.except) == 0 {
		return m.patterns, nil
	}
	list := func(patterns []string) ([]string, error) {
		out, err := Command(dir, "go", append([]string{"list", "-mod=mod", "-e"}, patterns...)...)
		return strings.Fields(string(out)), err
	}
	except, err := list(m.except)
	if err != nil {
		return nil, err
	}
	skip := map[string]bool{}
	for _, p := range except {
		skip[p] = true
	}
	all, err := list(m.patterns)
	if err != nil {
		return nil, err
	}
	var kept []string
	for _, p := range all {
		if !skip[p] {
			kept = append(kept, p)
		}
	}
	return kept, nil
}

// Count returns the number of packages and of their non-blank Go lines, tests left out.
func Count(dir string, patterns []string) (packages, lines int, err error) {
	out, err := Command(dir, "go", append([]string{"list", "-json=Dir,GoFiles,CgoFiles"}, patterns...)...)
	if err != nil {
		return 0, 0, err
	}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			Dir               string
			GoFiles, CgoFiles []string
		}
		if err := dec.Decode(&p); err == io.EOF {
			return packages, lines, nil
		} else if err != nil {
			return 0, 0, err
		}
		files := append(p.GoFiles, p.CgoFiles...)
		if len(files) == 0 {
			continue // only tests
		}
		packages++
		for _, f := range files {
			data, err := os.ReadFile(filepath.Join(p.Dir, f))
			if err != nil {
				return 0, 0, err
			}
			for line := range bytes.Lines(data) {
				if len(bytes.TrimSpace(line)) > 0 {
					lines++
				}
			}
		}
	}
}

// copyTree copies a read-only tree of the module cache into a writable one, without what a zip keeps of a vendor
// directory and of a workspace.
func copyTree(dst, src string) error {
	return filepath.WalkDir(src, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(src, path)
		if err != nil {
			return err
		}
		to := filepath.Join(dst, rel)
		if rel == "vendor" && d.IsDir() {
			return filepath.SkipDir
		}
		if rel == "go.work" || rel == "go.work.sum" {
			return nil
		}
		if d.IsDir() {
			return os.MkdirAll(to, 0o777)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, data, 0o666)
	})
}

// Cache returns the directory for the copies where none is given: emitcheck-realcode in the user's cache directory.
func Cache() (string, error) {
	user, err := os.UserCacheDir()
	return filepath.Join(user, "emitcheck-realcode"), err
}

// Root returns the root of the emitcheck repository that the current directory is in.
func Root() (string, error) {
	gomod, err := Command("", "go", "env", "GOMOD")
	return filepath.Dir(strings.TrimSpace(string(gomod))), err
}

// Command runs a command in a module's directory and returns what it prints.
func Command(dir, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	if dir != "" {
		cmd.Dir = dir
		cmd.Env = Env(dir)
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if len(args) > 4 {
			args = append(args[:4:4], "…")
		}
		return stdout.Bytes(), fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, Tail(stderr.Bytes()))
	}
	return stdout.Bytes(), nil
}

// Env is the environment of such a command. It makes the outcome independent of the machine's C compiler and of a go.work
// above the copy, and has the GOOS of the module's line.
func Env(dir string) []string {
	env := append(os.Environ(), "PWD="+dir, "CGO_ENABLED=0", "GOWORK=off")
	if more, err := os.ReadFile(filepath.Join(dir, envFile)); err == nil {
		env = append(env, strings.Fields(string(more))...)
	}
	return env
}

// Tail returns the end of what a command has printed, for an error.
func Tail(b []byte) []byte {
	const limit = 4000
	if len(b) > limit {
		b = append([]byte("…"), b[len(b)-limit:]...)
	}
	return b
}
