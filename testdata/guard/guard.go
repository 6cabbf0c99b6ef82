// Package guard holds the guards that make an effect happen once per session,
// the conditions that only look like one, and those that claim nothing of the
// kind.
package guard

import "context"

// Record is what a handler of rate record is handed.
type Record struct {
	Key    string
	Rate   int
	Urgent bool
	Last   bool
	Items  []int
}

// Frame is what a handler of rate frame hands out.
type Frame struct {
	Samples []int16
}

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

// send does nothing of note.
func (s *session) send(string) error {
	s.n++
	return nil
}
