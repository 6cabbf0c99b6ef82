package gclplugin

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/emitcheck/emitcheck/analyzer"
)

// keys are the settings, each with its field and with what separates the items
// of a list in it.
var keys = []struct {
	name      string
	field     func(*analyzer.Settings) *string
	separator string
	want      string
}{
	{"rules", func(s *analyzer.Settings) *string { return &s.Rules }, ",", "a rule or a list of rules"},
	{"hot", func(s *analyzer.Settings) *string { return &s.Hot }, ",", "a method's name or a list of names"},
	{"start", func(s *analyzer.Settings) *string { return &s.Start }, ",", "a method's name or a list of names"},
	{"stop", func(s *analyzer.Settings) *string { return &s.Stop }, ",", "a method's name or a list of names"},
	{"contracts", func(s *analyzer.Settings) *string { return &s.Contracts }, ";", "a contract or a list of contracts, such as +log or example.com/sink.Sink hot=Write"},
}

// decode reads the settings as golangci-lint hands them over: what YAML makes of
// a mapping, with its keys in lower case. Each may be a string, as it is on the
// command line, or a list.
func decode(raw any) (analyzer.Settings, error) {
	var s analyzer.Settings
	if raw == nil {
		return s, nil
	}
	given, ok := raw.(map[string]any)
	if !ok {
		return s, fmt.Errorf("settings: want a mapping with some of the keys %s, not %v", keyNames(), raw)
	}
	given = maps.Clone(given)
	for _, k := range keys {
		value, ok := given[k.name]
		delete(given, k.name)
		if !ok || value == nil { // a key without a value is one that is left out
			continue
		}
		items, err := list(value)
		if err != nil {
			return s, fmt.Errorf("settings: %s: %w; want %s", k.name, err, k.want)
		}
		// Alone, so that what is wrong is said of the right key.
		var alone analyzer.Settings
		*k.field(&alone) = strings.Join(items, k.separator)
		if err := alone.Check(); err != nil {
			return s, fmt.Errorf("settings: %s", strings.Replace(err.Error(), "-"+k.name, k.name, 1))
		}
		*k.field(&s) = *k.field(&alone)
	}
	if unknown := slices.Sorted(maps.Keys(given)); len(unknown) > 0 {
		return s, fmt.Errorf("settings: unknown key %q: want some of %s", unknown[0], keyNames())
	}
	return s, nil
}

func list(value any) ([]string, error) {
	var items []string
	switch value := value.(type) {
	case string:
		items = []string{value}
	case []string:
		items = value
	case []any:
		for _, item := range value {
			s, ok := item.(string)
			if !ok {
				return nil, fmt.Errorf("%v is no string", item)
			}
			items = append(items, s)
		}
	default:
		return nil, fmt.Errorf("%v is no string and no list", value)
	}
	if len(items) == 0 {
		return nil, errors.New("the list is empty")
	}
	for _, item := range items {
		if strings.TrimSpace(item) == "" {
			return nil, errors.New("there is an empty string")
		}
	}
	return items, nil
}

func keyNames() string {
	var names []string
	for _, k := range keys {
		names = append(names, k.name)
	}
	return strings.Join(names, ", ")
}
