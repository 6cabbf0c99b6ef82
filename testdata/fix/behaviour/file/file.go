// Package file has a log that is opened to append a line.
package file

import (
	"fmt"
	"os"
	"path/filepath"
)

func New() any { return &H{} }

type H struct {
	path string
	n    int
}

func (h *H) SessionStart() error {
	dir, err := os.MkdirTemp("", "emitcheck")
	if err != nil {
		return err
	}
	h.path = filepath.Join(dir, "log")
	return nil
}

// Emit returns how long the log is.
func (h *H) Emit() (int64, error) {
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600) // want `\(emit-resource\)`
	if err != nil {
		return 0, err
	}
	defer f.Close()
	h.n++
	if _, err := fmt.Fprintf(f, "frame %d\n", h.n); err != nil {
		return 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (h *H) SessionStop() error {
	return os.RemoveAll(filepath.Dir(h.path))
}
