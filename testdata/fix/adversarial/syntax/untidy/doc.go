// Package untidy holds handlers in files that gofmt would change, or that have
// other line ends.
package untidy
