package contract

import "fmt"

// A Rate says how often a hot method is called, which decides how much it may
// do: a frame comes some 50 times a second, a record is one of a stream that is
// handed in, a batch holds many records.
type Rate int

// The rates, from the most to the least often called.
const (
	Frame Rate = iota
	Record
	Batch
)

var rateNames = [...]string{"frame", "record", "batch"}

// String returns the rate's name as directives and flags spell it.
func (r Rate) String() string {
	if r < 0 || int(r) >= len(rateNames) {
		return fmt.Sprintf("Rate(%d)", int(r))
	}
	return rateNames[r]
}

// ParseRate returns the rate called name. The error names the rates there are.
func ParseRate(name string) (Rate, error) {
	for i, n := range rateNames {
		if n == name {
			return Rate(i), nil
		}
	}
	return 0, fmt.Errorf("unknown rate %q: want frame, record or batch", name)
}
