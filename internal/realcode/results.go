package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/emitcheck/emitcheck/internal/realmod"
)

// result is what one module gave.
type result struct {
	module   realmod.Module
	Packages int
	Lines    int
	Findings []finding
	Handlers []handler
	Wall     time.Duration
	CPU      time.Duration
}

// check runs emitcheck on one module, or takes what the same binary gave before: verdicts are edited more often than the
// analyzer is.
func (r *runner) check(m realmod.Module) (result, error) {
	dir, err := m.Prepare(r.cache)
	if err != nil {
		return result{}, err
	}
	res, ok := r.kept(m)
	if !ok {
		if res, err = r.measure(m, dir); err != nil {
			return res, err
		}
		if err := r.keep(m, res); err != nil {
			return res, err
		}
	}
	for i := range res.Findings {
		res.Findings[i].locate(m.Path, dir)
	}
	slices.SortStableFunc(res.Findings, compareFindings)
	return res, nil
}

// keptResult is a result as it is kept in the cache.
type keptResult struct {
	Made string // by what
	result
}

// made tells by what a result is made: which binary, with which flags, of what.
func (r *runner) made(m realmod.Module) string {
	return fmt.Sprintf("%s %q %s", r.digest, r.rules, m.Stamp())
}

// kept returns the result that is kept of a module, if it was made in the same way.
func (r *runner) kept(m realmod.Module) (result, bool) {
	var had keptResult
	data, err := os.ReadFile(r.keptIn(m))
	if err != nil || r.fresh || json.Unmarshal(data, &had) != nil || had.Made != r.made(m) {
		return result{}, false
	}
	had.module = m
	return had.result, true
}

// keep keeps the result of a module in place of an earlier one.
func (r *runner) keep(m realmod.Module, res result) error {
	data, err := json.MarshalIndent(keptResult{r.made(m), res}, "", "\t")
	if err != nil {
		return err
	}
	name := r.keptIn(m)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o666)
}

// keptIn names the file of a module's result, one for each list of rules.
func (r *runner) keptIn(m realmod.Module) string {
	name := strings.ReplaceAll(m.String(), "/", "+")
	if r.rules != "" {
		name += "," + r.rules
	}
	return filepath.Join(r.cache, "results", name+".json")
}

// measure runs emitcheck on the copy of a module.
func (r *runner) measure(m realmod.Module, dir string) (result, error) {
	res := result{module: m}
	patterns, err := m.Resolve(dir)
	if err != nil {
		return res, err
	}
	if res.Packages, res.Lines, err = realmod.Count(dir, patterns); err != nil {
		return res, err
	}
	tmp, err := os.MkdirTemp("", "emitcheck-realcode")
	if err != nil {
		return res, err
	}
	defer os.RemoveAll(tmp)
	handlers := filepath.Join(tmp, "handlers.json")
	args := []string{"-C", dir, "-contracts", "+all", "-format", "json,handlers=" + handlers}
	if r.rules != "" {
		args = append(args, "-rules", r.rules)
	}
	cmd := exec.Command(r.emitcheck, append(args, patterns...)...)
	cmd.Env = realmod.Env(dir)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	start := time.Now()
	err = cmd.Run()
	res.Wall = time.Since(start)
	if cmd.ProcessState == nil {
		return res, err
	}
	res.CPU = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if code := cmd.ProcessState.ExitCode(); code != 0 && code != 1 {
		return res, fmt.Errorf("emitcheck: %w\n%s", err, realmod.Tail(stderr.Bytes()))
	}
	if err := json.Unmarshal(stdout.Bytes(), &res.Findings); err != nil {
		return res, fmt.Errorf("emitcheck printed no JSON array: %w\n%s%s", err, realmod.Tail(stdout.Bytes()), realmod.Tail(stderr.Bytes()))
	}
	list, err := os.ReadFile(handlers)
	if err != nil {
		return res, err
	}
	if err := json.Unmarshal(list, &res.Handlers); err != nil {
		return res, fmt.Errorf("emitcheck's list of handlers: %w", err)
	}
	return res, nil
}

// digest returns what tells one file from another.
func digest(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", h.Sum(nil)), nil
}
