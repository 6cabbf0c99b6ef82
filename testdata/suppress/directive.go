package suppress

// UnknownArgument has a directive with an argument that there is not.
//
//emitcheck:handler foo=bar // want `emitcheck:handler`
type UnknownArgument struct{}

// Run is hot to nobody.
func (h *UnknownArgument) Run() {
	go work() // silent: a directive that is wrong binds nothing
}

// NoSuchMethod names a method that there is not.
//
//emitcheck:handler hot=NoSuchMethod // want `emitcheck:handler.*NoSuchMethod`
type NoSuchMethod struct{}

// Run is hot to nobody.
func (h *NoSuchMethod) Run() {
	go work() // silent: a directive that is wrong binds nothing
}

// BadRate names a rate that there is not.
//
//emitcheck:handler hot=Run rate=often // want `emitcheck:handler.*often`
type BadRate struct{}

// Run is hot to nobody.
func (h *BadRate) Run() {
	go work() // silent: a directive that is wrong binds nothing
}

// NoValue has an argument without a value.
//
//emitcheck:handler hot // want `emitcheck:handler`
type NoValue struct{}

// Run is hot to nobody.
func (h *NoValue) Run() {
	go work() // silent: a directive that is wrong binds nothing
}

// Right is what the others meant.
//
//emitcheck:handler hot=Run stop=End rate=record
type Right struct{}

// Run is hot.
func (h *Right) Run() {
	go work() // want `emit-goroutine`
}

// End is the stop.
func (h *Right) End() {}
