package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"syscall"

	"golang.org/x/tools/go/packages"

	"github.com/emitcheck/emitcheck/internal/edit"
	"github.com/emitcheck/emitcheck/internal/load"
)

// A sourceSet knows the files that were loaded, as far as fixes need to.
type sourceSet struct {
	mu      sync.Mutex
	digests map[string][sha256.Size]byte // of what was loaded; of all files, for which may be edited is known later
	roots   map[string]*packages.Package // by file, of the packages that were asked for
}

// read is told of the files that are loaded, and remembers what they hold.
func (s *sourceSet) read(name string, src []byte) {
	digest := sha256.Sum256(src)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.digests == nil {
		s.digests = make(map[string][sha256.Size]byte)
	}
	s.digests[name] = digest
}

// add remembers the packages that were asked for.
func (s *sourceSet) add(pkgs []*load.Package) {
	s.roots = make(map[string]*packages.Package)
	for _, pkg := range pkgs {
		for _, f := range pkg.GoFiles {
			if s.roots[f] == nil {
				s.roots[f] = pkg.Package
			}
		}
	}
}

// source returns a file that fixes may edit: one that somebody writes, here.
func (s *sourceSet) source(o *options, name string) (*edit.Source, error) {
	pkg := s.roots[name]
	if pkg == nil {
		return nil, &edit.Unfit{Reason: o.file(name) + " is no source file of the packages that were asked for"}
	}
	if !mine(pkg) {
		return nil, &edit.Unfit{Reason: o.file(name) + " belongs to no main module"}
	}
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if sha256.Sum256(content) != s.digests[name] {
		return nil, fmt.Errorf("%s has changed since it was loaded; nothing was written, run again", o.file(name))
	}
	f, err := parser.ParseFile(token.NewFileSet(), name, content, parser.PackageClauseOnly|parser.ParseComments)
	if err != nil {
		return nil, err
	}
	if ast.IsGenerated(f) {
		return nil, &edit.Unfit{Reason: o.file(name) + " is generated"}
	}
	imports := make(map[string]string)
	for path, imported := range pkg.Imports {
		imports[path] = imported.Name
	}
	return &edit.Source{Content: content, Imports: imports}, nil
}

// mine tells whether a package is one that is being worked on here, not one of
// a module that is merely used, or of the standard library.
func mine(pkg *packages.Package) bool {
	if pkg.Module == nil {
		return pkg.PkgPath == "command-line-arguments"
	}
	return pkg.Module.Main && pkg.Module.Path != "std" && pkg.Module.Path != "cmd"
}

// fixes returns the fixes of the findings, each under the name of its handler.
func (r *results) fixes() ([]edit.Fix, error) {
	var fixes []edit.Fix
	for _, f := range r.findings {
		if f.Fix == nil {
			continue
		}
		fix, err := r.fixOf(&f)
		if err != nil {
			return nil, err
		}
		fixes = append(fixes, fix)
	}
	return fixes, nil
}

// fixOf returns the fix that a finding carries, under the name of its handler.
func (r *results) fixOf(f *finding) (edit.Fix, error) {
	fix, err := edit.FixOf(r.fset, f.Handler, f.Fix)
	if err != nil {
		err = fmt.Errorf("internal error: %v; please report it", err)
	}
	return fix, err
}

// repair plans the fixes of what was found, loads the packages as the fixes leave
// them, and with -fix writes the files. A fix with which some package does not
// compile is left out: another package or a test may use the handler in a way
// that the analyzer, which sees one package, could not know of. It returns what
// is found then.
func (o *options) repair(found *results, patterns []string, stderr io.Writer) (*edit.Plan, *results, error) {
	plan, err := o.try(found.planned, patterns)
	var broken *compileErrors
	if errors.As(err, &broken) {
		plan, err = o.tryEach(found.planned, patterns, stderr)
	}
	if err != nil {
		return nil, nil, err
	}
	for _, d := range plan.Dropped {
		fmt.Fprintf(stderr, "emitcheck: the fix of %s is not applied: %s\n", d.Fix, d.Reason)
	}
	if o.diff || len(plan.Files) == 0 {
		return plan, found, nil
	}
	if err := uninterrupted(plan.Write); err != nil {
		return nil, nil, err
	}
	left, err := o.check(patterns)
	return plan, left, err
}

// try plans some fixes and loads the packages as these leave them.
func (o *options) try(fixes []edit.Fix, patterns []string) (*edit.Plan, error) {
	plan, err := edit.Merge(fixes, func(name string) (*edit.Source, error) { return o.sources.source(o, name) })
	if err != nil {
		var broken *edit.Broken
		if errors.As(err, &broken) {
			err = fmt.Errorf("internal error: nothing was written, for the fix of %s breaks %s: %v; please report it", broken.Fix, o.file(broken.File), broken.Err)
		}
		return nil, err
	}
	if len(plan.Files) == 0 {
		return plan, nil
	}
	cfg := o.loading()
	cfg.Tests = true // a fix must not break tests either
	cfg.Overlay = make(map[string][]byte)
	for _, f := range plan.Files {
		cfg.Overlay[f.Name] = f.After
	}
	_, _, err = o.load(cfg, nil, patterns)
	return plan, err
}

// tryEach adds fix to fix as long as all packages compile, and says which it
// leaves out.
func (o *options) tryEach(fixes []edit.Fix, patterns []string, stderr io.Writer) (*edit.Plan, error) {
	var kept []edit.Fix
	plan := new(edit.Plan)
	for _, fix := range fixes {
		with, err := o.try(append(slices.Clone(kept), fix), patterns)
		var broken *compileErrors
		switch {
		case errors.As(err, &broken):
			fmt.Fprintf(stderr, "emitcheck: the fix of %s is not applied: with it the packages do not compile: %s\n",
				fix.Name, strings.Join(broken.lines[:min(3, len(broken.lines))], "; "))
		case err != nil:
			return nil, err
		default:
			kept, plan = append(kept, fix), with
		}
	}
	return plan, nil
}

// uninterrupted writes files. An interrupt, or the end of the terminal, comes
// before that or after it.
func uninterrupted(write func(context.Context) error) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	return write(ctx)
}
