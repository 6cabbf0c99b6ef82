//go:build extra

package platform

type mirrorTagConverted struct{ out chan int }

var _ = (*TagConverted)(&mirrorTagConverted{})
