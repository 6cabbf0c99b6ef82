package main

import "testing"

// TestEachCallLeavesAGoroutine fails when a finding of docs/real-code.md costs
// less than it says: at least a goroutine for each call.
func TestEachCallLeavesAGoroutine(t *testing.T) {
	for _, m := range measurements {
		t.Run(m.finding, func(t *testing.T) {
			c, err := m.measure()
			if err != nil {
				t.Fatal(err)
			}
			if c.goroutines < calls {
				t.Errorf("%d calls left %d goroutines", calls, c.goroutines)
			}
		})
	}
}
