// Package edit brings fixes into files: it merges the fixes of a run, each whole
// or not at all, and writes what comes of them, all files or none.
//
// What the fixes are for is the analyzer's affair, which files may be edited the
// caller's.
package edit

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// An Edit replaces the bytes from Start up to End of a file, as it lies on disk.
type Edit struct {
	File       string
	Start, End int
	New        string
}

// A Fix is a group of edits that make sense only together.
type Fix struct {
	Name  string // for messages: whose fix it is
	Edits []Edit
}

// FixOf returns what an analyzer suggests as a fix.
func FixOf(fset *token.FileSet, name string, suggested *analysis.SuggestedFix) (Fix, error) {
	fix := Fix{Name: name}
	for _, e := range suggested.TextEdits {
		file := fset.File(e.Pos)
		if file == nil {
			return Fix{}, fmt.Errorf("the fix of %s has an edit outside of all files", name)
		}
		end := e.End
		if !end.IsValid() {
			end = e.Pos
		}
		if end < e.Pos || int(end) > file.Base()+file.Size() {
			return Fix{}, fmt.Errorf("the fix of %s has an edit that leaves %s", name, file.Name())
		}
		fix.Edits = append(fix.Edits, Edit{file.Name(), file.Offset(e.Pos), file.Offset(end), string(e.NewText)})
	}
	return fix, nil
}

// A Source is a file that fixes may edit.
type Source struct {
	Content []byte
	Imports map[string]string // the names of the packages that it may import, by path
}

// An Unfit says why a file must not be edited.
type Unfit struct {
	Reason string // a sentence about the file that names it, without its end
}

func (e *Unfit) Error() string { return e.Reason }

// A Broken says that a fix, by itself, makes of a file what is no Go: a mistake
// of whoever made the fix.
type Broken struct {
	Fix, File string
	Err       error
}

func (e *Broken) Error() string {
	return fmt.Sprintf("the fix of %s breaks %s: %v", e.Fix, e.File, e.Err)
}

// A Plan is what a run's fixes make of the files.
type Plan struct {
	Files   []File // those that change, sorted by name
	Dropped []Dropped
}

// A File is a file before and after the fixes.
type File struct {
	Name          string
	Before, After []byte
	Fixes         []string // the names of those that edit it
}

// A Dropped is a fix that is not in the plan.
type Dropped struct {
	Fix    string
	Reason string
}

// Merge puts fixes together, the first come first. Equal edits of different
// fixes are one, and insertions at the same place follow one another. A fix that
// overlaps one before it is dropped, and so is one that would edit a file for
// which read returns an [Unfit]. Any other error of read is an error of
// Merge, and so is a [Broken] fix.
//
// Imports that the fixes leave without a use go. A file that gofmt leaves alone
// stays so; in any other, only what the fixes insert is new. The line ends are
// the file's.
func Merge(fixes []Fix, read func(file string) (*Source, error)) (*Plan, error) {
	m := &merger{read: read, files: make(map[string]*target)}
	plan := new(Plan)
	for _, fix := range fixes {
		if err := m.add(fix); err != nil {
			var d *dropped
			if !errors.As(err, &d) {
				return nil, err
			}
			plan.Dropped = append(plan.Dropped, Dropped{fix.Name, d.reason})
		}
	}
	for name, t := range m.files {
		if t.after != nil && !bytes.Equal(t.after, t.source.Content) {
			plan.Files = append(plan.Files, File{Name: name, Before: t.source.Content, After: t.after, Fixes: t.fixes()})
		}
	}
	slices.SortFunc(plan.Files, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	return plan, nil
}

type merger struct {
	read  func(file string) (*Source, error)
	files map[string]*target
}

// A target is a file with the edits that have been accepted.
type target struct {
	source *source
	edits  []placed
	after  []byte // nil if there are none
}

// A placed is an edit with the name of the fix that it belongs to.
type placed struct {
	Edit
	fix string
}

func (t *target) fixes() []string {
	var names []string
	for _, e := range t.edits {
		if !slices.Contains(names, e.fix) {
			names = append(names, e.fix)
		}
	}
	return names
}

// A dropped is the error of a fix that does not go with the others.
type dropped struct{ reason string }

func (e *dropped) Error() string { return e.reason }

func overlaps(fix string) error {
	return &dropped{fmt.Sprintf("it overlaps the fix of %s; run again", fix)}
}

// add accepts a fix, or none of it.
func (m *merger) add(fix Fix) error {
	byFile := make(map[string][]placed)
	for _, e := range fix.Edits {
		byFile[e.File] = append(byFile[e.File], placed{e, fix.Name})
	}
	accepted := make(map[string]*target)
	for _, name := range sortedKeys(byFile) {
		t, err := m.target(name)
		if err != nil {
			var unfit *Unfit
			if errors.As(err, &unfit) {
				return &dropped{unfit.Reason}
			}
			return err
		}
		own := byFile[name]
		for i := range own {
			own[i].New = t.source.lineEnds(own[i].New)
		}
		sortEdits(own)
		if err := t.source.valid(own); err != nil {
			return &Broken{fix.Name, name, err}
		}
		edits, err := combine(t.edits, own)
		if err != nil {
			return err
		}
		after, err := t.source.apply(edits)
		if err != nil {
			if _, alone := t.source.apply(own); alone != nil {
				return &Broken{fix.Name, name, alone}
			}
			return overlaps(t.edits[len(t.edits)-1].fix)
		}
		accepted[name] = &target{t.source, edits, after}
	}
	for name, t := range accepted {
		m.files[name] = t
	}
	return nil
}

func (m *merger) target(name string) (*target, error) {
	if t := m.files[name]; t != nil {
		return t, nil
	}
	src, err := m.read(name)
	if err != nil {
		return nil, err
	}
	t := &target{source: newSource(src)}
	m.files[name] = t
	return t, nil
}

// combine adds the edits of one more fix to those that are accepted.
func combine(accepted, own []placed) ([]placed, error) {
	all := slices.Clone(accepted)
	for _, e := range own {
		same := func(a placed) bool { return a.Start == e.Start && a.End == e.End && a.New == e.New }
		if slices.ContainsFunc(accepted, same) {
			continue
		}
		if i := slices.IndexFunc(accepted, func(a placed) bool { return overlap(a.Edit, e.Edit) }); i >= 0 {
			return nil, overlaps(accepted[i].fix)
		}
		all = append(all, e)
	}
	sortEdits(all)
	return all, nil
}

// overlap tells whether two edits are about the same text. Insertions beside
// one another, or at the edge of what is replaced, are not.
func overlap(a, b Edit) bool {
	switch {
	case a.Start == a.End && b.Start == b.End:
		return false
	case a.Start == b.Start && a.End == b.End:
		return true
	}
	return a.Start < b.End && b.Start < a.End
}

// sortEdits sorts edits by place, those at one place in the order of the fixes;
// what is inserted before a replaced text comes first.
func sortEdits(edits []placed) {
	slices.SortStableFunc(edits, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
}

// valid tells whether the sorted edits of one fix can be carried out.
func (s *source) valid(edits []placed) error {
	end := 0
	for _, e := range edits {
		switch {
		case e.Start < 0 || e.End < e.Start || e.End > len(s.Content):
			return fmt.Errorf("an edit of bytes %d to %d, of %d", e.Start, e.End, len(s.Content))
		case e.Start < end:
			return fmt.Errorf("two edits overlap at byte %d", e.Start)
		}
		end = e.End
	}
	return nil
}

// replace carries out sorted edits that do not overlap.
func replace(content []byte, edits []placed) []byte {
	var b bytes.Buffer
	at := 0
	for _, e := range edits {
		b.Write(content[at:e.Start])
		b.WriteString(e.New)
		at = e.End
	}
	b.Write(content[at:])
	return b.Bytes()
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, strings.Compare)
	return keys
}
