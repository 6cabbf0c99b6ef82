// Package goroutine holds the ways a hot method starts a goroutine, and the
// ways that only look like it.
package goroutine

import (
	"context"
	"errors"
)

// Record is what a handler of rate record is handed.
type Record struct {
	Key     string
	Urgent  bool
	Targets []string
}

// Frame is what a handler of rate frame hands out.
type Frame struct {
	Samples []int16
}

var errFull = errors.New("full")

// session is the life that every handler of this package shares.
type session struct {
	quit chan struct{}
	n    int
}

func (s *session) SessionStart(context.Context) error {
	s.quit = make(chan struct{})
	return nil
}

func (s *session) SessionStop(context.Context) error {
	close(s.quit)
	return nil
}

// loop runs until the session ends.
func (s *session) loop() { <-s.quit }

// send is over soon and does nothing of note.
func (s *session) send(string) error {
	s.n++
	return nil
}

// spawn starts a goroutine and tells how many there are.
func (s *session) spawn() int {
	go s.loop()
	s.n++
	return s.n
}

// spawnErr starts a goroutine unless it fails.
func (s *session) spawnErr() error {
	if s.n < 0 {
		return errFull
	}
	go s.loop()
	return nil
}
