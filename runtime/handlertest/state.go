package handlertest

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"
)

// same reports whether two values are one object. Pointers to values without
// fields tell nothing.
func same(a, b any) bool {
	v, w := reflect.ValueOf(a), reflect.ValueOf(b)
	return v.Kind() == reflect.Pointer && w.Kind() == reflect.Pointer &&
		v.Type().Elem().Size() > 0 && v.Pointer() == w.Pointer()
}

// describe returns the content of a value, what it points to included, so that
// equal contents have equal descriptions.
func describe(v any) string {
	var b strings.Builder
	describeTo(&b, reflect.ValueOf(v), nil)
	return b.String()
}

// Bounds of a description: what is beyond is not compared.
const (
	maxDescription = 1 << 16 // bytes
	maxDepth       = 100     // pointers, one in the other
	maxElements    = 32      // numbers that are written out; all are hashed
)

// describeTo appends v's content. path are the pointers that led to it.
func describeTo(b *strings.Builder, v reflect.Value, path []uintptr) {
	if b.Len() > maxDescription || len(path) > maxDepth {
		return
	}
	switch v.Kind() {
	case reflect.Invalid:
		b.WriteString("nil")
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		if v.Kind() == reflect.Pointer {
			if slices.Contains(path, v.Pointer()) {
				b.WriteString("(cycle)")
				return
			}
			path = append(path, v.Pointer())
			b.WriteByte('&')
		}
		describeTo(b, v.Elem(), path)
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && v.Len() > 0 {
			if slices.Contains(path, v.Pointer()) {
				b.WriteString("(cycle)")
				return
			}
			path = append(path, v.Pointer())
		}
		n := v.Len()
		b.WriteByte('[')
		if n > maxElements && number(v.Type().Elem()) {
			fmt.Fprintf(b, "%d numbers, hash %x: ", n, hash(v))
			n = maxElements
		}
		for i := range n {
			if i > 0 {
				b.WriteByte(' ')
			}
			describeTo(b, v.Index(i), path)
		}
		b.WriteByte(']')
	case reflect.Map:
		if slices.Contains(path, v.Pointer()) {
			b.WriteString("(cycle)")
			return
		}
		path = append(path, v.Pointer())
		var entries []string
		for key, value := range v.Seq2() {
			var e strings.Builder
			describeTo(&e, key, path)
			e.WriteByte(':')
			describeTo(&e, value, path)
			entries = append(entries, e.String())
		}
		slices.Sort(entries)
		fmt.Fprintf(b, "map%v", entries)
	case reflect.Struct:
		if locks(v.Type()) || locked(v.Type()) {
			return
		}
		if v.Type() == reflect.TypeFor[time.Time]() {
			b.WriteString("(time)") // sessions run one after the other
			return
		}
		b.WriteByte('{')
		for i := range v.NumField() {
			if i > 0 {
				b.WriteByte(' ')
			}
			describeTo(b, v.Field(i), path)
		}
		b.WriteByte('}')
	case reflect.Chan, reflect.Func, reflect.UnsafePointer:
		// Which one it is differs from run to run, and says nothing.
		fmt.Fprintf(b, "%s(%t)", v.Kind(), v.IsNil())
	default:
		fmt.Fprint(b, v) // reflect.Value prints as what it holds
	}
}

// number reports whether a type is one of numbers.
func number(t reflect.Type) bool {
	return t.Kind() >= reflect.Int && t.Kind() <= reflect.Float64
}

// hash returns a hash of a slice or array of numbers.
func hash(v reflect.Value) uint64 {
	h := fnv.New64a()
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 {
		h.Write(v.Bytes())
		return h.Sum64()
	}
	var buf [8]byte
	for i := range v.Len() {
		var bits uint64
		switch e := v.Index(i); {
		case e.CanInt():
			bits = uint64(e.Int())
		case e.CanUint():
			bits = e.Uint()
		default:
			bits = math.Float64bits(e.Float())
		}
		binary.LittleEndian.PutUint64(buf[:], bits)
		h.Write(buf[:])
	}
	return h.Sum64()
}

// locked reports whether a struct has a lock or an atomic beside its other
// fields: it is made to be shared, and not to be read without them.
func locked(t reflect.Type) bool {
	for i := range t.NumField() {
		if locks(t.Field(i).Type) {
			return true
		}
	}
	return false
}

// locks reports whether a type's content is how things are shared in good order,
// and no state of its own: mutexes, and the atomic counters of metrics.
func locks(t reflect.Type) bool {
	return t.PkgPath() == "sync" || t.PkgPath() == "sync/atomic"
}

// sharedState returns the contents of the objects that are reachable from both
// handlers, by their paths from a. Objects within shared ones are not listed,
// nor are those of the standard library or with a lock of their own: loggers,
// clients and caches are made to be shared.
func sharedState(a, b any) map[string]string {
	of := func(h any) map[object]place {
		own := reflect.TypeOf(h)
		for own.Kind() == reflect.Pointer {
			own = own.Elem()
		}
		w := walker{own: own, seen: make(map[object]place)}
		w.walk(reflect.ValueOf(h), "", nil)
		return w.seen
	}
	inA, inB := of(a), of(b)
	shared := make(map[string]string)
	for o, p := range inA {
		if _, ok := inB[o]; !ok || p.within(inB) {
			continue
		}
		var content strings.Builder
		describeTo(&content, p.value, nil)
		shared[p.path] = content.String()
	}
	return shared
}

// changedState returns the first path of which the content differs, or "".
func changedState(before, after map[string]string) string {
	var paths []string
	for path, content := range before {
		if now, ok := after[path]; ok && now != content {
			paths = append(paths, path)
		}
	}
	if len(paths) == 0 {
		return ""
	}
	return slices.Min(paths)
}

// An object is what a pointer, map or slice refers to.
type object struct {
	address uintptr
	typ     reflect.Type
}

// A place is where an object was found.
type place struct {
	path  string
	value reflect.Value
	outer []object // the objects it is in
}

// within reports whether the place is in one of some objects.
func (p place) within(objects map[object]place) bool {
	for _, o := range p.outer {
		if _, ok := objects[o]; ok {
			return true
		}
	}
	return false
}

// A walker collects the objects that are reachable from a handler.
type walker struct {
	own  reflect.Type // the handler's type, without pointers
	seen map[object]place
}

func (w *walker) walk(v reflect.Value, path string, outer []object) {
	switch v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			w.walk(v.Elem(), path, outer)
		}
	case reflect.Pointer, reflect.Map, reflect.Slice:
		if len(outer) > maxDepth || v.IsNil() || w.std(v.Type()) || v.Kind() == reflect.Pointer && w.shareable(v.Type().Elem()) || v.Kind() == reflect.Slice && v.Len() == 0 ||
			v.Kind() == reflect.Pointer && v.Type().Elem().Size() == 0 {
			return
		}
		o := object{v.Pointer(), v.Type()}
		if _, ok := w.seen[o]; ok {
			return
		}
		w.seen[o] = place{path, v, outer}
		outer = append(slices.Clip(outer), o)
		switch v.Kind() {
		case reflect.Pointer:
			w.walk(v.Elem(), path, outer)
		case reflect.Slice:
			if number(v.Type().Elem()) {
				return
			}
			for i := range v.Len() {
				w.walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i), outer)
			}
		case reflect.Map:
			for key, value := range v.Seq2() {
				w.walk(value, fmt.Sprintf("%s[%v]", path, key), outer)
			}
		}
	case reflect.Struct:
		if w.std(v.Type()) {
			return
		}
		for i := range v.NumField() {
			w.walk(v.Field(i), path+"."+v.Type().Field(i).Name, outer)
		}
	case reflect.Array:
		if number(v.Type().Elem()) {
			return
		}
		for i := range v.Len() {
			w.walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i), outer)
		}
	}
}

// shareable reports whether a type, which is not the handler's, has a lock.
func (w *walker) shareable(t reflect.Type) bool {
	return t != w.own && t.Kind() == reflect.Struct && locked(t)
}

// std reports whether a type, or what it points to, is the standard library's:
// its import path has no dot in its first element, and is not the handler's.
func (w *walker) std(t reflect.Type) bool {
	for t.Name() == "" && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	first, _, _ := strings.Cut(t.PkgPath(), "/")
	return first != "" && !strings.Contains(first, ".") && t.PkgPath() != w.own.PkgPath()
}
