package effect

import "go/ast"

// Async tells whether a call runs a function that it is handed, its arg i, in a
// goroutine of its own.
func (r *Result) Async(x *ast.CallExpr, i int) bool {
	if r.p == nil {
		return false
	}
	call := r.p.callOf(x)
	if call == nil {
		return false
	}
	if call.bound != nil {
		i++ // the receiver comes first
	}
	for _, pc := range r.p.paramCalls(call.target) {
		if pc.Param == i && pc.Async {
			return true
		}
	}
	return false
}
