package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/emitcheck/emitcheck/analyzer"
	"github.com/emitcheck/emitcheck/docs"
	"github.com/emitcheck/emitcheck/internal/edit"
	"github.com/emitcheck/emitcheck/internal/sarif"
)

const (
	informationURI = "https://github.com/emitcheck/emitcheck"

	// sourceRoot is the name that code hosts know the repository by.
	sourceRoot = "%SRCROOT%"

	// fingerprintName is the name of our fingerprints, with the version of what
	// goes into them. It is not GitHub's primaryLocationLineHash: that one is
	// computed where a file is uploaded.
	fingerprintName = "emitcheckFinding/v1"

	// maxDescription is as much as GitHub takes for a rule's description.
	maxDescription = 1024
)

// writeSARIF writes one run, in the order of the text report.
func writeSARIF(w io.Writer, opts *options, r *results) error {
	s := &sarifWriter{options: opts, results: r, root: sarif.Root{Dir: opts.repository(), ID: sourceRoot}}
	run, err := s.run()
	if err != nil {
		return err
	}
	return encodeJSON(w, sarif.Log{Schema: sarif.Schema, Version: sarif.Version, Runs: []sarif.Run{*run}})
}

type sarifWriter struct {
	*options
	*results
	root sarif.Root
}

func (s *sarifWriter) run() (*sarif.Run, error) {
	rules, err := sarifRules()
	if err != nil {
		return nil, err
	}
	prints, err := s.fingerprints()
	if err != nil {
		return nil, err
	}
	run := &sarif.Run{
		Tool: sarif.Tool{Driver: sarif.Driver{
			Name: "emitcheck", Version: version(), SemanticVersion: semantic(version()),
			InformationURI: informationURI, Rules: rules,
		}},
		Invocations: []sarif.Invocation{s.invocation()},
		URIBases:    s.root.Bases(),
		ColumnKind:  sarif.UTF16,
		Results:     []sarif.Result{},
	}
	for i := range s.findings {
		f := &s.findings[i]
		result := sarif.Result{
			RuleID:    f.Rule,
			RuleIndex: slices.IndexFunc(rules, func(r sarif.Rule) bool { return r.ID == f.Rule }),
			Level:     sarif.Warning,
			Message:   sarif.Message{Text: f.Message},
			Locations: []sarif.Location{{
				Physical: s.location(f.start, f.end),
				Logical:  []sarif.LogicalLocation{{FullyQualifiedName: qualified(f), Kind: "function"}},
			}},
			CodeFlows:    s.codeFlows(f.Chain),
			Fingerprints: map[string]string{fingerprintName: prints[i]},
		}
		if result.Fixes, err = s.fix(f); err != nil {
			return nil, err
		}
		run.Results = append(run.Results, result)
	}
	return run, nil
}

// sarifRules returns the table of rules with their pages. They are all there,
// whichever are on.
func sarifRules() ([]sarif.Rule, error) {
	var rules []sarif.Rule
	for _, r := range analyzer.Rules {
		page, err := docs.Rule(r.Name)
		if err != nil {
			return nil, err
		}
		rules = append(rules, sarif.Rule{
			ID:               r.Name,
			Name:             pascalCase(r.Name),
			ShortDescription: sarif.Message{Text: sentence(r.Says)},
			FullDescription:  sarif.Message{Text: description(page)},
			// Viewers that know no Markdown have the address.
			Help:    sarif.Message{Text: description(page) + " See " + r.URL(), Markdown: page},
			HelpURI: r.URL(),
			Default: sarif.Configuration{Enabled: r.Default, Level: sarif.Warning},
		})
	}
	return rules, nil
}

// pascalCase turns emit-goroutine into EmitGoroutine.
func pascalCase(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "-") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

func sentence(clause string) string {
	runes := []rune(clause + ".")
	runes[0] = unicode.ToUpper(runes[0])
	return string(runes)
}

// description returns what a rule's page has under "What it finds", one line for
// each paragraph and item of a list; as many as fit.
func description(page string) string {
	_, rest, _ := strings.Cut(page, "\n## What it finds\n")
	section, _, _ := strings.Cut(rest, "\n## ")
	var blocks []string
	fresh := true
	for line := range strings.Lines(section) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			fresh = true
			continue
		case fresh || strings.HasPrefix(line, "- "):
			blocks = append(blocks, line)
		default:
			blocks[len(blocks)-1] += " " + line
		}
		fresh = false
	}
	text := ""
	for _, b := range blocks {
		if len(text)+len("\n")+len(b) > maxDescription {
			break
		}
		text += "\n" + b
	}
	return strings.TrimPrefix(text, "\n")
}

// semantic returns a version of the go command's as semver.org has it, or "" if
// it is none.
func semantic(version string) string {
	if rest, ok := strings.CutPrefix(version, "v"); ok && rest != "" && unicode.IsDigit(rune(rest[0])) {
		return rest
	}
	return ""
}

// qualified names the method that a finding is about, with its package.
func qualified(f *finding) string {
	name := f.pkg
	for _, part := range []string{f.Handler, f.Method} {
		if part != "" {
			name += "." + part
		}
	}
	return name
}

func (s *sarifWriter) location(start, end position) sarif.PhysicalLocation {
	region := sarif.Region{StartLine: start.Line, StartColumn: s.texts.utf16Column(start)}
	if end.IsValid() && end.Filename == start.Filename {
		region.EndLine, region.EndColumn = end.Line, s.texts.utf16Column(end)
	}
	return sarif.PhysicalLocation{Artifact: s.root.Artifact(start.Filename), Region: region}
}

// codeFlows returns a chain as one flow: each function at the call that leads to
// the next one, the last at what it does. A file outside of the repository, say
// in the module cache, is named by an absolute URI; GitHub takes these if they
// are file URIs, and shows no source there. A hop whose file was not loaded has
// no place to show, and is left to the message.
func (s *sarifWriter) codeFlows(chain []analyzer.Hop) []sarif.CodeFlow {
	if len(chain) < 2 {
		return nil // the finding says it all
	}
	var locations []sarif.ThreadFlowLocation
	for i, hop := range chain {
		file, known := s.files[hop.File]
		if !known {
			continue
		}
		locations = append(locations, sarif.ThreadFlowLocation{
			Location: sarif.Location{
				Physical: s.location(position{Filename: file, Line: hop.Line, Column: hop.Column}, position{}),
				Message:  &sarif.Message{Text: hop.Function},
			},
			NestingLevel: i,
		})
	}
	if len(locations) == 0 {
		return nil
	}
	return []sarif.CodeFlow{{ThreadFlows: []sarif.ThreadFlow{{Locations: locations}}}}
}

// fix returns the fix of a handler, with the finding that carries it. It is what
// -fix would make of the files if it were the only one.
func (s *sarifWriter) fix(f *finding) ([]sarif.Fix, error) {
	if f.Fix == nil {
		return nil, nil
	}
	planned, err := s.fixOf(f)
	if err != nil {
		return nil, err
	}
	plan, err := edit.Merge([]edit.Fix{planned}, func(name string) (*edit.Source, error) { return s.sources.source(s.options, name) })
	var broken *edit.Broken
	switch {
	case errors.As(err, &broken):
		return nil, fmt.Errorf("internal error: the fix of %s breaks %s: %v; please report it", broken.Fix, s.file(broken.File), broken.Err)
	case err != nil:
		return nil, err
	case len(plan.Files) == 0:
		return nil, nil // a file of it is not for us to edit
	}
	fix := sarif.Fix{Description: sarif.Message{Text: f.Fix.Message}}
	for i := range plan.Files {
		file := &plan.Files[i]
		change := sarif.ArtifactChange{Artifact: s.root.Artifact(file.Name)}
		for _, h := range file.Hunks() {
			change.Replacements = append(change.Replacements, sarif.Replacement{
				Deleted:  lines(file.Before, h.Start, h.End),
				Inserted: sarif.ArtifactContent{Text: h.New},
			})
		}
		fix.Changes = append(fix.Changes, change)
	}
	return []sarif.Fix{fix}, nil
}

// lines returns the region from the start of one line to the start of another.
// Behind the last line there may be none that starts: then it is the end of the
// text.
func lines(text []byte, from, to int) sarif.Region {
	region := sarif.Region{StartLine: from, StartColumn: 1, EndLine: to, EndColumn: 1}
	if last := 1 + bytes.Count(text, []byte("\n")); to > last {
		region.EndLine = last
		region.EndColumn = 1 + utf16Len(text[bytes.LastIndexByte(text, '\n')+1:])
	}
	return region
}

// invocation says how the run went. What is wrong with directives is no finding,
// but a notification.
func (s *sarifWriter) invocation() sarif.Invocation {
	inv := sarif.Invocation{ExecutionSuccessful: s.broken() == 0}
	for _, p := range s.problems {
		level := sarif.Error
		if p.idle {
			level = sarif.Warning
		}
		inv.Notifications = append(inv.Notifications, sarif.Notification{
			Level: level, Message: sarif.Message{Text: p.message},
			Locations: []sarif.Location{{Physical: s.location(p.position, position{})}},
		})
	}
	return inv
}
