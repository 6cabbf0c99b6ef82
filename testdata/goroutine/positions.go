package goroutine

import "context"

// The go statement in every place a statement can stand.

type PlainRecord struct{ session }

func (h *PlainRecord) Emit(_ context.Context, r Record) error {
	go h.send(r.Key) // want `^Emit starts a goroutine on each call[:;].*\(emit-goroutine\)$`
	return nil
}

type PlainFrame struct{ session }

func (h *PlainFrame) Emit(context.Context) (Frame, error) {
	go h.loop() // want `^Emit starts a goroutine on each call[:;].*\(emit-goroutine\)$`
	return Frame{}, nil
}

type NoContextFrame struct{ session }

func (h *NoContextFrame) Emit() Frame {
	go h.loop() // want `emit-goroutine`
	return Frame{}
}

type GoLiteral struct{ session }

func (h *GoLiteral) Emit(_ context.Context, r Record) error {
	go func() { // want `emit-goroutine`
		for _, t := range r.Targets {
			h.send(t)
		}
	}()
	return nil
}

type GoParenthesised struct{ session }

func (h *GoParenthesised) Emit(_ context.Context, r Record) error {
	go (func(key string) { // want `emit-goroutine`
		h.send(key)
	})(r.Key)
	return nil
}

type GoMethodExpression struct{ session }

func (h *GoMethodExpression) Emit(context.Context, Record) error {
	go (*session).loop(&h.session) // want `emit-goroutine`
	return nil
}

type GoFieldFunc struct {
	session
	notify func(Record)
}

func (h *GoFieldFunc) Emit(_ context.Context, r Record) error {
	go h.notify(r) // want `emit-goroutine`
	return nil
}

type GoBuiltin struct {
	session
	done chan struct{}
}

func (h *GoBuiltin) Emit(context.Context, Record) error {
	go close(h.done) // want `emit-goroutine`
	return nil
}

type InBlock struct{ session }

func (h *InBlock) Emit(_ context.Context, r Record) error {
	{
		{
			go h.send(r.Key) // want `on each call.*emit-goroutine`
		}
	}
	return nil
}

type InLabeledLoop struct{ session }

func (h *InLabeledLoop) Emit(_ context.Context, r Record) error {
targets:
	for _, t := range r.Targets {
		for _, c := range t {
			go h.send(string(c)) // want `emit-goroutine`
			if c == '.' {
				continue targets
			}
		}
	}
	return nil
}

type LabeledStatement struct{ session }

func (h *LabeledStatement) Emit(_ context.Context, r Record) error {
	n := 0
again:
	go h.send(r.Key) // want `emit-goroutine`
	if n++; n < len(r.Targets) {
		goto again
	}
	return nil
}

type PerElement struct{ session }

func (h *PerElement) Emit(_ context.Context, r Record) error {
	for _, t := range r.Targets {
		go h.send(t) // want `on each call.*emit-goroutine`
	}
	return nil
}

type PerCount struct{ session }

func (h *PerCount) Emit(context.Context, Record) error {
	for range 4 {
		go h.loop() // want `on each call.*emit-goroutine`
	}
	return nil
}

type PerRune struct{ session }

func (h *PerRune) Emit(context.Context) (Frame, error) {
	for i := 0; i < 2; i++ {
		go h.loop() // want `on each call.*emit-goroutine`
	}
	return Frame{}, nil
}

type InIf struct{ session }

func (h *InIf) Emit(_ context.Context, r Record) error {
	if r.Urgent {
		go h.send(r.Key) // want `on some calls.*emit-goroutine`
	}
	return nil
}

type InElseIf struct{ session }

func (h *InElseIf) Emit(_ context.Context, r Record) error {
	if r.Urgent {
		return h.send(r.Key)
	} else if len(r.Targets) > 8 {
		go h.send(r.Key) // want `on some calls.*emit-goroutine`
	}
	return nil
}

type InElse struct{ session }

func (h *InElse) Emit(_ context.Context, r Record) error {
	if !r.Urgent {
		h.n++
	} else {
		go h.send(r.Key) // want `on some calls.*emit-goroutine`
	}
	return nil
}

type InSwitch struct{ session }

func (h *InSwitch) Emit(_ context.Context, r Record) error {
	switch r.Key {
	case "audio", "video":
		go h.send(r.Key) // want `on some calls.*emit-goroutine`
	default:
		h.n++
	}
	return nil
}

type InSelect struct {
	session
	queue chan Record
}

func (h *InSelect) Emit(_ context.Context, r Record) error {
	select {
	case h.queue <- r:
	default:
		go h.send(r.Key) // want `on some calls.*emit-goroutine`
	}
	return nil
}

// Messages of a pipeline.
type (
	message    interface{ isMessage() }
	StartFrame struct{}
	AudioFrame struct{ pcm []byte }
)

func (*StartFrame) isMessage() {}
func (*AudioFrame) isMessage() {}

type InTypeSwitch struct{ session }

func (h *InTypeSwitch) Emit(_ context.Context, m message) error {
	switch m := m.(type) {
	case *StartFrame:
		go h.loop() // silent: a lifecycle case comes once
	case *AudioFrame:
		go h.send(string(m.pcm)) // want `on some calls.*emit-goroutine`
	}
	return nil
}

type AfterCheck struct{ session }

func (h *AfterCheck) Emit(ctx context.Context, r Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(r.Targets) == 0 {
		return nil
	}
	if err := h.send(r.Key); err != nil {
		return err
	}
	if r.Key == "" {
		panic("a record without a key")
	}
	go h.loop() // want `on each call.*emit-goroutine`
	return nil
}

type AfterEarlyReturn struct{ session }

func (h *AfterEarlyReturn) Emit(_ context.Context, r Record) error {
	if h.n < 100 {
		h.n++
		return nil
	}
	go h.send(r.Key) // want `on some calls.*emit-goroutine`
	return nil
}

type ErrorBranch struct{ session }

func (h *ErrorBranch) Emit(_ context.Context, r Record) error {
	if err := h.send(r.Key); err != nil {
		go h.loop() // silent: the branch of an error is rare
		return err
	}
	return nil
}

type ErrorBranchFrame struct{ session }

func (h *ErrorBranchFrame) Emit(context.Context) (Frame, error) {
	if err := h.send("frame"); err != nil {
		go h.loop() // want `on some calls.*emit-goroutine`
		return Frame{}, err
	}
	return Frame{}, nil
}

type NeverTaken struct{ session }

const trace = false

func (h *NeverTaken) Emit(_ context.Context, r Record) error {
	if trace {
		go h.send(r.Key) // silent: a constant that is false
	}
	return nil
}

type NamedResult struct{ session }

func (h *NamedResult) Emit(context.Context) (f Frame, err error) {
	defer func() {
		if err == nil {
			f.Samples = append(f.Samples, 0)
		}
	}()
	go h.loop() // want `on each call.*emit-goroutine`
	return
}

type Nested struct{ session }

func (h *Nested) Emit(_ context.Context, r Record) error {
	go func() { // want `emit-goroutine`
		for _, t := range r.Targets {
			go h.send(t) // silent: the outer go is the finding
		}
	}()
	return nil
}

// A call that starts a goroutine, in every place an expression can stand.

type InReturn struct{ session }

func (h *InReturn) Emit(_ context.Context, r Record) error {
	return h.spawnErr() // want `\(\*InReturn\)\.Emit → .*spawnErr \(go statement at goroutine\.go:\d+\).*\(emit-goroutine\)$`
}

type InIfInit struct{ session }

func (h *InIfInit) Emit(_ context.Context, r Record) error {
	if n := h.spawn(); n > len(r.Targets) { // want `on each call.*emit-goroutine`
		return errFull
	}
	return nil
}

type InIfError struct{ session }

func (h *InIfError) Emit(context.Context, Record) error {
	if err := h.spawnErr(); err != nil { // want `on each call.*emit-goroutine`
		return err
	}
	return nil
}

type InCondition struct{ session }

func (h *InCondition) Emit(_ context.Context, r Record) error {
	if h.spawn() > len(r.Targets) { // want `on each call.*emit-goroutine`
		return errFull
	}
	return nil
}

type InRightOperand struct{ session }

func (h *InRightOperand) Emit(_ context.Context, r Record) error {
	if r.Urgent && h.spawn() > 10 { // want `emit-goroutine`
		return errFull
	}
	return nil
}

type InSwitchTag struct{ session }

func (h *InSwitchTag) Emit(context.Context, Record) error {
	switch h.spawn() { // want `on each call.*emit-goroutine`
	case 0:
		return errFull
	}
	return nil
}

type InCaseExpression struct{ session }

func (h *InCaseExpression) Emit(_ context.Context, r Record) error {
	switch len(r.Targets) {
	case h.spawn(): // want `emit-goroutine`
		return errFull
	}
	return nil
}

type InForInit struct{ session }

func (h *InForInit) Emit(_ context.Context, r Record) error {
	for i := h.spawn(); i < len(r.Targets); i++ { // want `on each call.*emit-goroutine`
		h.send(r.Targets[i])
	}
	return nil
}

type InForPost struct{ session }

func (h *InForPost) Emit(_ context.Context, r Record) error {
	for i := 0; i < len(r.Targets); i = h.spawn() { // want `emit-goroutine`
		h.send(r.Targets[i])
	}
	return nil
}

type InRange struct{ session }

func (h *InRange) Emit(context.Context, Record) error {
	for i := range h.spawn() { // want `on each call.*emit-goroutine`
		h.n += i
	}
	return nil
}

type InArgument struct{ session }

func (h *InArgument) Emit(_ context.Context, r Record) error {
	return h.send(r.Targets[h.spawn()]) // want `on each call.*emit-goroutine`
}

type InCompositeLiteral struct {
	session
	last struct{ id, size int }
}

func (h *InCompositeLiteral) Emit(_ context.Context, r Record) error {
	h.last = struct{ id, size int }{
		id:   h.spawn(), // want `emit-goroutine`
		size: len(r.Targets),
	}
	return nil
}

type InVarDeclaration struct{ session }

func (h *InVarDeclaration) Emit(_ context.Context, r Record) error {
	var id = h.spawn() // want `emit-goroutine`
	if id > len(r.Targets) {
		return errFull
	}
	return nil
}

type InSend struct {
	session
	ids chan int
}

func (h *InSend) Emit(context.Context, Record) error {
	h.ids <- h.spawn() // want `emit-goroutine`
	return nil
}

type InSelectSend struct {
	session
	ids chan int
}

func (h *InSelectSend) Emit(context.Context, Record) error {
	select {
	case h.ids <- h.spawn(): // want `emit-goroutine`
	default:
	}
	return nil
}

type InAssignmentTarget struct {
	session
	sizes [64]int
}

func (h *InAssignmentTarget) Emit(_ context.Context, r Record) error {
	h.sizes[h.spawn()] = len(r.Targets) // want `emit-goroutine`
	return nil
}

type InParentheses struct{ session }

func (h *InParentheses) Emit(context.Context, Record) error {
	_ = ((h.spawn)()) // want `emit-goroutine`
	return nil
}

type InDefer struct{ session }

func (h *InDefer) Emit(context.Context, Record) error {
	defer h.spawn() // want `on each call.*emit-goroutine`
	return nil
}

type InDeferArgument struct{ session }

func (h *InDeferArgument) Emit(_ context.Context, r Record) error {
	defer func(id int) { h.n = id }(h.spawn()) // want `emit-goroutine`
	return h.send(r.Key)
}

type InGoArgument struct{ session }

func (h *InGoArgument) Emit(context.Context, Record) error {
	go func(id int) { // want `emit-goroutine`
		h.n = id
	}(
		h.spawn(), // want `emit-goroutine`
	)
	return nil
}

type InGoOperand struct{ session }

func (h *InGoOperand) Emit(context.Context, Record) error {
	go h.send( // want `emit-goroutine`
		"static",
	)
	return nil
}

type Twice struct{ session }

func (h *Twice) Emit(_ context.Context, r Record) error {
	go h.send(r.Key) // want `emit-goroutine`
	go h.loop()      // want `emit-goroutine`
	return nil
}
