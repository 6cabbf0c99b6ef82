// Package lazyinit holds what real handlers do on first use: mutex-guarded
// getters, reconnecting clients, pools that fill, and what only looks like it.
package lazyinit

import "context"

// Record is what a handler of rate record is handed.
type Record struct {
	Key, Zone string
	Body      []byte
	Fresh     bool
	Last      bool
}

// Frame is what a handler of rate frame hands out.
type Frame struct{ Samples []int16 }

// session is the life that the handlers share.
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

// send is over soon.
func (s *session) send(string) error {
	s.n++
	return nil
}
