package lazyinit

import (
	"context"
	"sync"
)

// NestedMaps has a map of maps.
type NestedMaps struct {
	session
	zones map[string]map[string]chan Record
}

func (h *NestedMaps) Emit(_ context.Context, r Record) error {
	keys, ok := h.zones[r.Zone]
	if !ok {
		keys = make(map[string]chan Record)
		h.zones[r.Zone] = keys
	}
	if _, ok := keys[r.Key]; !ok {
		// A limit, it should be silent: once for each key
		keys[r.Key] = make(chan Record, 8) // want `emit-channel`
		// A limit, it should be silent: once for each key
		go h.loop() // want `emit-goroutine`
	}
	keys[r.Key] <- r
	return nil
}

// NestedMapsIndex indexes twice.
type NestedMapsIndex struct {
	session
	zones map[string]map[string]chan Record
}

func (h *NestedMapsIndex) Emit(_ context.Context, r Record) error {
	if h.zones[r.Zone][r.Key] == nil {
		h.zones[r.Zone][r.Key] = make(chan Record, 8) // silent: once for each key
	}
	h.zones[r.Zone][r.Key] <- r
	return nil
}

// StructKey has a key built from the record.
type StructKey struct {
	session
	lanes map[struct{ zone, key string }]chan Record
}

func (h *StructKey) Emit(_ context.Context, r Record) error {
	k := struct{ zone, key string }{r.Zone, r.Key}
	lane := h.lanes[k]
	if lane == nil {
		lane = make(chan Record, 8) // silent: once for each key
		h.lanes[k] = lane
		go h.loop() // silent: once for each key
	}
	lane <- r
	return nil
}

// cache is a map with a mutex.
type cache[K comparable, V any] struct {
	mu sync.RWMutex
	m  map[K]V
}

func (c *cache[K, V]) getOrCreate(k K, create func() V) V {
	c.mu.RLock()
	v, ok := c.m[k]
	c.mu.RUnlock()
	if ok {
		return v
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok := c.m[k]; ok {
		return v
	}
	v = create()
	if c.m == nil {
		c.m = make(map[K]V)
	}
	c.m[k] = v
	return v
}

// GenericCache creates through a generic cache.
type GenericCache struct {
	session
	lanes cache[string, chan Record]
}

func (h *GenericCache) Emit(_ context.Context, r Record) error {
	lane := h.lanes.getOrCreate(r.Key, func() chan Record {
		go h.loop()                 // silent: once for each key
		return make(chan Record, 8) // silent: once for each key
	})
	lane <- r
	return nil
}

// GenericCachePointer has the cache behind a pointer, made by start.
type GenericCachePointer struct {
	session
	lanes *cache[string, chan Record]
}

func (h *GenericCachePointer) lane() chan Record {
	go h.loop()
	return make(chan Record, 8)
}

func (h *GenericCachePointer) Emit(_ context.Context, r Record) error {
	h.lanes.getOrCreate(r.Key, h.lane) <- r // silent: once for each key
	return nil
}

// GenericCacheLocal has a cache that is new in each call.
type GenericCacheLocal struct{ session }

func (h *GenericCacheLocal) Emit(_ context.Context, r Record) error {
	var c cache[string, int]
	c.getOrCreate(r.Key, func() int {
		go h.loop() // want `emit-goroutine`
		return 1
	})
	return nil
}

// SyncMap loads first and stores on a miss.
type SyncMap struct {
	session
	m sync.Map
}

func (h *SyncMap) lane(key string) chan Record {
	if v, ok := h.m.Load(key); ok {
		return v.(chan Record)
	}
	v, loaded := h.m.LoadOrStore(key, make(chan Record, 8))
	if !loaded {
		go h.loop()
	}
	return v.(chan Record)
}

func (h *SyncMap) Emit(_ context.Context, r Record) error {
	h.lane(r.Key) <- r // silent: once for each key
	return nil
}

// LocalCacheOfCall builds an index in each call.
type LocalCacheOfCall struct{ session }

func (h *LocalCacheOfCall) Emit(_ context.Context, rs []Record) error {
	seen := make(map[string]struct{}, len(rs))
	for _, r := range rs {
		if _, dup := seen[r.Key]; dup {
			continue
		}
		seen[r.Key] = struct{}{}
		go h.send(r.Key) // want `emit-goroutine`
	}
	return nil
}

// Sessions makes a session for each key, in a constructor.
type Sessions struct {
	session
	byKey map[string]*worker
}

type worker struct {
	in   chan Record
	quit chan struct{}
}

func newWorker(quit chan struct{}) *worker {
	w := &worker{in: make(chan Record, 8), quit: quit}
	go w.run()
	return w
}

func (w *worker) run() { <-w.quit }

func (h *Sessions) Emit(_ context.Context, r Record) error {
	w := h.byKey[r.Key]
	if w == nil {
		w = newWorker(h.quit) // silent: once for each key
		h.byKey[r.Key] = w
	}
	w.in <- r
	return nil
}

// SessionsReplaced makes one for each record.
type SessionsReplaced struct {
	session
	byKey map[string]*worker
}

func (h *SessionsReplaced) Emit(_ context.Context, r Record) error {
	w := newWorker(h.quit) // want `emit-goroutine`
	h.byKey[r.Key] = w
	w.in <- r
	return nil
}

// SessionsDeleted deletes the key again before it returns.
type SessionsDeleted struct {
	session
	byKey map[string]*worker
}

func (h *SessionsDeleted) Emit(_ context.Context, r Record) error {
	w := h.byKey[r.Key]
	if w == nil {
		w = newWorker(h.quit) // want `emit-goroutine`
		h.byKey[r.Key] = w
	}
	w.in <- r
	delete(h.byKey, r.Key)
	return nil
}
