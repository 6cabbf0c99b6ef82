package main

import (
	"hash/fnv"
	"math/rand/v2"
	"strings"
)

// shares of the sample that are to be found, and to be passed over in silence: of each five mutants, three and two.
var shares = []promise{found, silent, found, silent, found}

// sample chooses n mutants of a hot method. Which they are depends on the method and the seed alone, and over many
// methods each operator, carrier and placement has its share.
func (h *hotMethod) sample(seed uint64, n int) []*mutant {
	hash := fnv.New64a()
	hash.Write([]byte(h.where()))
	r := rand.New(rand.NewPCG(seed, hash.Sum64()))
	ops, cs, pls := r.Perm(len(operators)), r.Perm(len(carriers)), r.Perm(len(placements))
	places := h.places()
	var ms []*mutant
	o, c, p := 0, 0, 0
	for i := range n {
		want := shares[i%len(shares)]
		for try := 0; try < 400; try++ {
			m := &mutant{method: h, op: &operators[ops[o%len(ops)]], carrier: &carriers[cs[c%len(cs)]], placement: &placements[pls[p%len(pls)]]}
			o++
			if try%3 == 0 {
				c++
			}
			if try%2 == 0 {
				p++
			}
			if !m.fits(places, r) || m.promise != want {
				continue
			}
			ms = append(ms, m)
			c++
			p++
			break
		}
	}
	return ms
}

// fits tells whether a mutant can be made, and chooses its place.
func (m *mutant) fits(places []place, r *rand.Rand) bool {
	h, op, c, p := m.method, m.op, m.carrier, m.placement
	if h.recv == nil && (c.needsReceiver() || p.needsReceiver()) {
		return false
	}
	if hasWord(c.at, "RN") && hasWord(h.recvType, "_") {
		return false // a type parameter without a name cannot be written
	}
	if (c.field != "" || p.field != "") && !h.fields.IsValid() {
		return false
	}
	if c.field != "" && p.field != "" {
		return false // they may be of one name
	}
	if h.in.minor > 0 && h.in.minor < max(op.minGo, c.minGo) {
		return false
	}
	if op.own && usesHelper(c) {
		return false
	}
	if p.failing && !h.failing() {
		return false
	}
	var at []place
	for _, x := range places {
		if x.site&p.where != 0 && h.sees(x.pos, c.needsReceiver() || p.needsReceiver()) {
			at = append(at, x)
		}
	}
	if len(at) == 0 {
		return false
	}
	m.place = at[r.IntN(len(at))]
	f := p.freq
	if h.isCopy && p.field != "" {
		f = p.copy
	}
	d := *c
	if h.isCopy && c.once {
		d.freq = sometimes
	}
	m.promise = promised(h.rate, h.kinds, op, &d, f)
	if m.promise == found && max(d.distance, op.far) >= sameProject && h.rate != "frame" && m.place.site != top {
		m.promise = open // the code before it may make it happen on some calls only
	}
	if f == unclear || m.promise == silent && p.adds {
		m.promise = open
	}
	return true
}

// usesHelper tells whether a carrier reaches the operator in a helper package.
func usesHelper(c *carrier) bool { return strings.Contains(c.at+c.beside, "OP") }
