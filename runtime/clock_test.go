package runtime

import (
	"context"
	"math"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestClockSaysWhenFramesAreDue gives a clock frames of 20 ms that are ready at
// the given times.
func TestClockSaysWhenFramesAreDue(t *testing.T) {
	const d = 20 * time.Millisecond
	ms := func(n float64) time.Duration { return time.Duration(n * float64(time.Millisecond)) }
	for _, c := range []struct {
		name         string
		ready, waits []float64 // in ms
		late         int       // how many
		busy         bool      // the handler always had something
	}{
		{"all at once", []float64{0, 0, 0, 0}, []float64{0, 20, 40, 60}, 0, false},
		{"each when it is due", []float64{0, 20, 40, 60}, []float64{0, 0, 0, 0}, 0, false},
		{"early", []float64{0, 15, 30, 60}, []float64{0, 5, 10, 0}, 0, false},
		{"a little behind, then on time again", []float64{0, 30, 40, 60}, []float64{0, 0, 0, 0}, 0, false},
		{"late: the next is due a frame later", []float64{0, 31, 31, 71}, []float64{0, 0, 20, 0}, 1, false},
		{"late again and again", []float64{0, 40, 80, 120}, []float64{0, 0, 0, 0}, 3, false},
		{"after a pause", []float64{0, 220, 220, 260}, []float64{0, 0, 20, 0}, 0, false},
		{"just before it is a pause", []float64{0, 219.9, 219.9}, []float64{0, 0, 20}, 1, false},
		{"no pause: the handler had something", []float64{0, 220, 500}, []float64{0, 0, 0}, 2, true},
	} {
		begun := time.Now()
		var due clock
		late := 0
		for i, ready := range c.ready {
			now := begun.Add(ms(ready))
			wait := due.wait(now)
			if wait != ms(c.waits[i]) {
				t.Errorf("%s: frame %d, ready after %v ms, waits %v, want %v", c.name, i, ready, wait, ms(c.waits[i]))
			}
			if due.send(now.Add(wait), d, !c.busy) {
				late++
			}
		}
		if late != c.late {
			t.Errorf("%s: %d frames are late, want %d", c.name, late, c.late)
		}
	}
}

// next is a frame that is ready now and sent when it is due.
func next(c *clock, now time.Time, d time.Duration) (wait time.Duration, late bool) {
	wait = c.wait(now)
	return wait, c.send(now.Add(wait), d, true)
}

// TestClockOfFramesWithoutDuration has frames that last no time, or a time that
// makes no sense: none of them waits, nor is late, nor makes others so.
func TestClockOfFramesWithoutDuration(t *testing.T) {
	for _, odd := range []time.Duration{0, -time.Hour, math.MinInt64} {
		begun := time.Now()
		var due clock
		for i, ready := range []time.Duration{0, 0, time.Hour, 2 * time.Hour} {
			if wait, late := next(&due, begun.Add(ready), odd); wait != 0 || late {
				t.Errorf("frame %d of duration %d waits %v, is late: %v; want neither", i, odd, wait, late)
			}
		}
		if wait, late := next(&due, begun.Add(3*time.Hour), time.Second); wait != 0 || late {
			t.Errorf("a frame after one of duration %d waits %v, is late: %v; want neither", odd, wait, late)
		}
		if wait, _ := next(&due, begun.Add(3*time.Hour), time.Second); wait != time.Second {
			t.Errorf("the frame after it waits %v, want 1s", wait)
		}
	}
	var due clock
	begun := time.Now()
	next(&due, begun, math.MaxInt64)
	if wait, late := next(&due, begun, 1); wait < 100*365*24*time.Hour || late {
		t.Errorf("after the longest frame there is, one waits %v, is late: %v", wait, late)
	}
}

// TestStacksNameFilesWithSpaces has a goroutine in a file whose path has a
// space, as that of anybody may whose user name has.
func TestStacksNameFilesWithSpaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan bool)
		set := tasks{failed: func(*task, error) {}}
		set.start(t.Context(), "task", func(context.Context) error { hangInSpace(release); return nil })
		synctest.Wait()
		e := overstay(&set)
		if e == nil || !strings.Contains(e.Overstays[0].Stack, "/with space/x.go:10") || !strings.Contains(e.Error(), "hangInSpace") {
			t.Errorf("overstay returned %v with stack\n%s\nwant hangInSpace at /with space/x.go:10 in it", e, e.Overstays[0].Stack)
		}
		close(release)
	})
}

//line /with space/x.go:9
//go:noinline
func hangInSpace(release chan bool) { <-release }
