package sarif

import (
	"net/url"
	"path/filepath"
	"strings"
)

// A Root is the directory that files are named relative to, and the name that
// a log has for it.
type Root struct {
	Dir string // absolute
	ID  string
}

// Bases returns what a run says of the root.
func (r Root) Bases() map[string]ArtifactLocation {
	return map[string]ArtifactLocation{r.ID: {URI: strings.TrimSuffix(fileURI(r.Dir), "/") + "/"}}
}

// Artifact names a file: relative to the root if it lies in it.
func (r Root) Artifact(name string) ArtifactLocation {
	rel, ok := Within(r.Dir, name)
	switch {
	case ok:
		return ArtifactLocation{URI: relativeURI(rel), URIBaseID: r.ID}
	case filepath.IsAbs(name):
		return ArtifactLocation{URI: fileURI(name)}
	}
	return ArtifactLocation{URI: relativeURI(filepath.ToSlash(name))}
}

// Within returns the name that a file has in a directory, with slashes. ok is
// false if it is not in it.
func Within(dir, name string) (rel string, ok bool) {
	rel, err := filepath.Rel(dir, name)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// relativeURI escapes a path, so that it is a reference to be resolved: a colon
// in its first element makes no scheme of it.
func relativeURI(path string) string {
	return (&url.URL{Path: path}).String()
}

func fileURI(name string) string {
	path := filepath.ToSlash(name)
	host := ""
	switch {
	case strings.HasPrefix(path, "//"): // a share: \\host\share
		host, path, _ = strings.Cut(path[2:], "/")
		path = "/" + path
	case !strings.HasPrefix(path, "/"): // a drive: C:/
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Host: host, Path: path}).String()
}
