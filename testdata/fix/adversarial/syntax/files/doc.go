// Package files holds handlers whose parts lie in several files.
package files
