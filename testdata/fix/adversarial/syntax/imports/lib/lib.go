// Package lib is imported.
package lib

var X = 1
