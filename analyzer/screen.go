package analyzer

import (
	"bytes"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/emitcheck/emitcheck/analyzer/internal/contract"
	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// A Screen says what the analyzer needs of packages, for drivers that load them
// from source and can leave out the rest.
type Screen struct {
	methods [][]byte // ") Emit(": what declares a hot method of a handler by structure
	rows    []screenRow
}

// A screenRow is what a file holds that has a handler by one contract.
type screenRow struct {
	imports []byte   // the contract's package
	methods [][]byte // one of its hot methods; none where it binds functions
}

// NewScreen returns the screen of an analyzer with the given settings, which
// must be right ([Settings.Check]).
func NewScreen(settings Settings) *Screen {
	read, _ := settings.contracts()
	s := &Screen{methods: declarations(slices.Concat(contract.Structural().Hot, read.Names.Hot))}
	for _, c := range slices.Concat(contract.Builtin, read.Contracts) {
		if read.On(&c) {
			s.rows = append(s.rows, screenRow{[]byte(`"` + c.Package + `"`), declarations(c.Hot)})
		}
	}
	return s
}

func declarations(methods []string) [][]byte {
	var texts [][]byte
	for _, m := range methods {
		texts = append(texts, []byte(") "+m+"("))
	}
	return texts
}

// Opaque tells, by import path, of packages whose functions' bodies are never
// looked at: the standard library's.
func (s *Screen) Opaque(path string) bool { return model.IsStd(path) }

// Asks guesses from the text of a file whether the findings on its package hang
// on what the functions of imported packages do: whether it has a handler or a
// directive. Whether the guess was right, [Screen.Asked] says.
func (s *Screen) Asks(text []byte) bool {
	has := func(part []byte) bool { return bytes.Contains(text, part) }
	return has([]byte("emitcheck:")) || slices.ContainsFunc(s.methods, has) ||
		slices.ContainsFunc(s.rows, func(r screenRow) bool {
			return has(r.imports) && (len(r.methods) == 0 || slices.ContainsFunc(r.methods, has))
		})
}

// Scout returns the analyzer, one of those that emitcheck's requires, that finds
// the handlers of a package; nil if it requires none. On a package without any,
// and without a directive, emitcheck finds nothing.
func (s *Screen) Scout(emitcheck *analysis.Analyzer) *analysis.Analyzer {
	i := slices.IndexFunc(emitcheck.Requires, func(a *analysis.Analyzer) bool {
		return a.ResultType == reflect.TypeFor[*contract.Result]()
	})
	if i < 0 {
		return nil
	}
	return emitcheck.Requires[i]
}

// Asked tells from the scout's result whether the package has a handler, or
// shows that a setting is wrong.
func (s *Screen) Asked(result any) bool {
	r := result.(*contract.Result)
	r.Handlers()
	return len(r.All()) > 0 || r.Err() != nil
}
