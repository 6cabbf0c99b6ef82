package main

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/emitcheck/emitcheck/analyzer"
)

// A reportFormat is a way to write findings.
type reportFormat struct {
	name  string
	write func(io.Writer, *options, *results) error
	fixes bool // it holds the fixes themselves
}

// formats are the values of -format, the first the default.
var formats = []reportFormat{
	{name: "text", write: writeText},
	{name: "json", write: writeJSON},
	{name: "sarif", write: writeSARIF, fixes: true},
	{name: "github", write: writeGitHub},
	{name: "handlers", write: writeHandlers},
}

// formatByName returns a format, or nil.
func formatByName(name string) *reportFormat {
	i := slices.IndexFunc(formats, func(f reportFormat) bool { return f.name == name })
	if i < 0 {
		return nil
	}
	return &formats[i]
}

// formatNames lists the formats as a sentence does.
func formatNames() string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// A jsonFinding is an element of the array that -format json writes.
type jsonFinding struct {
	Rule      string         `json:"rule"`
	Weight    string         `json:"weight"`
	File      string         `json:"file"`
	Line      int            `json:"line"`
	Column    int            `json:"column"`
	EndLine   int            `json:"endLine"`
	EndColumn int            `json:"endColumn"`
	Message   string         `json:"message"`
	Handler   string         `json:"handler"`
	Method    string         `json:"method"`
	Contract  string         `json:"contract"`
	Chain     []analyzer.Hop `json:"chain"`
	URL       string         `json:"url"`
	Fix       bool           `json:"fix"`             // -fix puts it right
	NoFix     string         `json:"noFix,omitempty"` // why not
}

// chain names the files of a chain as they lie on this machine, where their
// packages were loaded.
func (o *options) chain(hops []analyzer.Hop, files map[string]string) []analyzer.Hop {
	named := slices.Clone(hops)
	for i := range named {
		if f, ok := files[named[i].File]; ok {
			named[i].File = o.file(f)
		}
	}
	return named
}

func writeJSON(w io.Writer, opts *options, results *results) error {
	list := make([]jsonFinding, 0, len(results.findings))
	for _, f := range results.findings {
		list = append(list, jsonFinding{
			Rule: f.Rule, Weight: f.Weight,
			File: opts.file(f.start.Filename), Line: f.start.Line, Column: f.start.Column,
			EndLine: f.end.Line, EndColumn: f.end.Column,
			Message: f.Message, Handler: f.Handler, Method: f.Method, Contract: f.Contract, Chain: opts.chain(f.Chain, results.files), URL: f.URL,
			Fix: f.Fixed, NoFix: f.Unfixed,
		})
	}
	return encodeJSON(w, list)
}

// A jsonHandler is an element of the array that handlers -format json writes. A
// type that is no handler type, though it looks like one, has no contracts, and
// says why.
type jsonHandler struct {
	Name       string    `json:"name"`
	File       string    `json:"file"`
	Line       int       `json:"line"`
	Contracts  []string  `json:"contracts"`
	Ways       []string  `json:"ways,omitempty"` // each of the contracts in words
	Hot        []jsonHot `json:"hot"`
	Start      []string  `json:"start"`
	Stop       []string  `json:"stop"`
	Copy       []string  `json:"copy"`
	NotHandler string    `json:"notHandler,omitempty"` // why it is none
}

type jsonHot struct {
	Method   string `json:"method"`
	Rate     string `json:"rate"`
	Contract string `json:"contract"`
}

func (o *options) jsonHandlers(results *results) []jsonHandler {
	list := make([]jsonHandler, 0, len(results.handlers)+len(results.misses))
	for _, h := range results.handlers {
		j := jsonHandler{
			Name: h.Name, File: o.file(h.position.Filename), Line: h.position.Line,
			Contracts: h.Contracts, Ways: h.Ways, Start: orEmpty(h.Start), Stop: orEmpty(h.Stop), Copy: orEmpty(h.Copy),
		}
		for i, m := range h.Hot {
			j.Hot = append(j.Hot, jsonHot{m, h.Rates[i], h.HotBy[i]})
		}
		list = append(list, j)
	}
	none := []string{}
	for _, m := range results.misses {
		list = append(list, jsonHandler{
			Name: m.Name, File: o.file(m.position.Filename), Line: m.position.Line,
			Contracts: none, Hot: []jsonHot{}, Start: none, Stop: none, Copy: none, NotHandler: m.Why,
		})
	}
	return list
}

// writeHandlers writes what handlers -format json does, for who wants the
// findings as well and not to wait twice.
func writeHandlers(w io.Writer, opts *options, results *results) error {
	return encodeJSON(w, opts.jsonHandlers(results))
}

// orEmpty keeps absent lists from becoming null.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func encodeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
