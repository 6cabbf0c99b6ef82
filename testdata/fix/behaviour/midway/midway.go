// Package midway has a start whose last step takes back what it did before, and
// fails in every second session.
package midway

import (
	"errors"
	"os"
	"sync/atomic"
)

var sessions atomic.Int64

func New() any { return &H{second: sessions.Add(1)%2 == 0} }

type H struct {
	second bool
	state  string
}

func (h *H) SessionStart() error {
	h.state = "begun"
	if h.second {
		h.state = ""
		return errors.New("the second session")
	}
	return nil
}

func (h *H) Emit() (string, error) {
	f, err := os.OpenFile(os.DevNull, os.O_WRONLY|os.O_APPEND, 0) // want `\(emit-resource\)`
	if err != nil {
		return "", err
	}
	defer f.Close()
	_, err = f.WriteString(h.state)
	return h.state, err
}

func (h *H) SessionStop() error {
	if h.state == "" {
		return errors.New("never begun")
	}
	h.state = ""
	return nil
}
