// Package beam holds DoFns of Apache Beam.
package beam

import (
	"context"
	"net"
	"os"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

func init() {
	register.DoFn2x0[string, func(string)](&SpawnsFn{})
	register.DoFn1x1[string, int](&DialsFn{})
}

// SpawnsFn starts a goroutine for each element.
type SpawnsFn struct {
	notify func(string)
}

// ProcessElement passes word on.
func (fn *SpawnsFn) ProcessElement(word string, emit func(string)) {
	go fn.notify(word) // want `ProcessElement starts a goroutine on each call: .*\(emit-goroutine\)$`
	emit(word)
}

// DialsFn connects for each element, and never closes.
type DialsFn struct {
	Addr string

	conns []net.Conn
}

func (fn *DialsFn) ProcessElement(word string) int {
	conn, err := net.Dial("tcp", fn.Addr) // want `ProcessElement opens a resource on each call`
	if err != nil {
		return 0
	}
	fn.conns = append(fn.conns, conn)
	n, _ := conn.Write([]byte(word))
	return n
}

// channelFn is generic, takes a context, and returns an error.
type channelFn[K comparable, V any] struct {
	groups []chan V
}

func (fn *channelFn[K, V]) ProcessElement(_ context.Context, key K, values func(*V) bool) (K, error) {
	group := make(chan V, 1) // want `emit-channel`
	var v V
	for values(&v) {
		select {
		case group <- v:
		default:
		}
	}
	fn.groups = append(fn.groups, group)
	return key, nil
}

var _ = &channelFn[string, int]{}

// base has the hot method, which EmbedsFn takes over.
type base struct {
	index func(string)
}

func (b *base) ProcessElement(word string) {
	b.one(word) // want `ProcessElement → .*one .*emit-goroutine`
}

func (b *base) one(word string) {
	go b.index(word)
}

// EmbedsFn is a DoFn by embedding.
type EmbedsFn struct {
	base
}

// SpillsFn opens a file for the larger elements.
type SpillsFn struct {
	files []*os.File
}

func (fn *SpillsFn) Setup() {}

func (fn *SpillsFn) ProcessElement(data []byte, emit func([]byte)) error {
	if len(data) > 1<<20 {
		f, err := os.CreateTemp("", "spill") // want `on some calls.*emit-resource`
		if err != nil {
			return err
		}
		fn.files = append(fn.files, f)
	}
	emit(data)
	return nil
}

func (fn *SpillsFn) Teardown() {
	for _, f := range fn.files {
		f.Close()
	}
	fn.files = nil
}

// Apply puts them to use.
func Apply(s beam.Scope, words beam.PCollection) beam.PCollection {
	s = s.Scope("found")
	return beam.ParDo(s, &DialsFn{Addr: "127.0.0.1:9"}, beam.ParDo(s, &SpawnsFn{}, words))
}
