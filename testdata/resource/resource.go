// Package resource holds cases for emit-resource: a hot method that opens,
// dials or subscribes on each call.
package resource

import "errors"

// Record is one unit of a stream that is handed in.
type Record []byte

var errShort = errors.New("short")

// link is a connection whose work lies elsewhere.
type link interface {
	Send(b []byte) error
	Close() error
}
