// Package docs holds the pages on the rules, so that the command can show them.
// It holds no code of the linter.
package docs

import "embed"

//go:embed rules
var pages embed.FS

// Rule returns the page of a rule. The error is of type *fs.PathError if there
// is none.
func Rule(name string) (string, error) {
	page, err := pages.ReadFile("rules/" + name + ".md")
	return string(page), err
}
