// Package c is the last package of the chains.
package c

func work() {}

// Run starts a goroutine.
func Run() {
	go work()
}

// Deep starts one five functions down.
func Deep() { deep2() }

func deep2() { deep3() }

func deep3() { deep4() }

func deep4() { deep5() }

func deep5() {
	go work()
}

// RunIf starts one under a condition.
func RunIf(ok bool) {
	if ok {
		go work()
	}
}

// RunAll starts one for each name; none for no names.
func RunAll(names []string) {
	if len(names) == 0 {
		return
	}
	for range names {
		go work()
	}
}

// Quiet does nothing that a hot method should not.
func Quiet() { work() }
