package main

import "strings"

// An operator is what is inserted: one line of statements, which stands in the hot method itself or in a function that
// it leads to. Its words of std (time, os, …) and of the helper packages (one, two, lib) are qualifiers; what begins
// with recall is declared beside it (support.go), so that it names nothing of the code around it.
type operator struct {
	name string
	code string

	// rule is the rule that reports it, none where it is harmless at every rate. A leak outlives the call; what is not
	// one is a cost, or waits.
	rule string
	leak bool

	freq  freq     // how often the statement is reached that does it: always unless said otherwise
	far   distance // of the origin from the statement: none unless it is itself a call of a helper package
	own   bool     // it cannot stand in a helper package, since it uses one
	minGo int      // the minor version of Go that a file needs to hold it; 0 is any
}

const (
	goroutine = "emit-goroutine"
	channel   = "emit-channel"
	generator = "emit-generator"
	resource  = "emit-resource"
	blocking  = "emit-blocking"
	leak      = true
	cost      = false
)

var operators = []operator{
	// Goroutines that outlive the call.
	{name: "go-call", rule: goroutine, leak: leak, code: `go recallWork()`},
	{name: "go-literal", rule: goroutine, leak: leak, code: `go func() { recallWork() }()`},
	{name: "go-endless", rule: goroutine, leak: leak, code: `go func() { for { recallWork() } }()`},
	{name: "go-method", rule: goroutine, leak: leak, code: `go new(recallCursor).Next()`},
	{name: "go-with-channel", rule: goroutine, leak: leak, code: `recallC := make(chan int); go func() { for range recallC { recallWork() } }(); recallSink = recallC`},
	{name: "go-feeding", rule: goroutine, leak: leak, code: `recallC := make(chan int); go func() { for { recallC <- 1 } }(); recallN = <-recallC`},
	{name: "go-added-not-waited", rule: goroutine, leak: leak, code: `recallGroup.Add(1); go func() { defer recallGroup.Done(); recallWork() }()`},
	{name: "go-background-context", rule: goroutine, leak: leak, code: `recallCtx, recallCancel := context.WithCancel(context.Background()); go func() { <-recallCtx.Done() }(); recallSink = recallCancel`},
	{name: "go-under-flag-it-sets", rule: goroutine, leak: leak, freq: sometimes, code: `if !recallFlag.Load() { go func() { recallWork(); recallFlag.Store(true) }() }`},
	{name: "go-in-loop", rule: goroutine, leak: leak, code: `for _, recallV := range recallList { go func(recallV int) { recallN += recallV }(recallV) }`},
	{name: "waitgroup-go", rule: goroutine, leak: leak, code: `recallGroup.Go(recallWork)`},
	{name: "waitgroup-go-local", rule: goroutine, leak: leak, code: `var recallWG sync.WaitGroup; recallWG.Go(recallWork)`},
	{name: "after-func", rule: goroutine, leak: leak, code: `recallSink = time.AfterFunc(time.Hour, recallWork)`},
	{name: "after-func-dropped", rule: goroutine, leak: leak, code: `time.AfterFunc(time.Hour, func() { recallWork() })`},
	{name: "context-after-func", rule: goroutine, leak: leak, code: `recallSink = context.AfterFunc(context.Background(), recallWork)`},
	{name: "command-started", rule: goroutine, leak: leak, code: `_ = exec.Command("true").Start()`},

	{name: "go-polling", rule: goroutine, leak: leak, code: `go func() { for { select { case <-recallStopped: return; case recallV := <-recallQueue: recallN += recallV } } }()`},
	{name: "go-waited-elsewhere", rule: goroutine, leak: leak, code: `recallDone := make(chan struct{}); go func() { defer close(recallDone); recallWork() }(); go func() { <-recallDone }()`},
	{name: "go-waited-with-timeout", rule: goroutine, leak: leak, code: `recallDone := make(chan struct{}); go func() { defer close(recallDone); recallWork() }(); recallSink = recallDone`},
	{name: "go-waited-sometimes", rule: goroutine, leak: leak, code: `var recallWG sync.WaitGroup; recallWG.Add(1); go func() { defer recallWG.Done(); recallWork() }(); if recallLevel > 3 { recallWG.Wait() }`},
	{name: "group-not-waited", rule: goroutine, leak: leak, own: true, far: otherProjects, code: `var recallG lib.Group; recallG.Go(recallFail)`},
	{name: "pool-of-workers", rule: goroutine, leak: leak, code: `recallJobs := make(chan int); for range recallList { go func() { for recallV := range recallJobs { recallN += recallV } }() }; recallSink = recallJobs`},

	// Channels that outlive it.
	{name: "channel-kept", rule: channel, leak: leak, code: `recallSink = make(chan int)`},
	{name: "channel-of-named-type", rule: channel, leak: leak, code: `recallSink = make(recallChan, 4)`},
	{name: "channel-appended", rule: channel, leak: leak, code: `recallChans = append(recallChans, make(chan int))`},
	{name: "channel-in-map", rule: channel, leak: leak, code: `recallByKey[recallN] = make(chan int)`},
	{name: "channel-through-variable", rule: channel, leak: leak, code: `recallC := make(chan int, 1); recallChans = append(recallChans, recallC)`},
	{name: "channel-of-pointer", rule: channel, leak: leak, code: `recallC := make(chan *int, 1); recallSink = &recallC`},
	{name: "channel-in-literal-kept", rule: channel, leak: leak, code: `recallC := make(chan int); recallFuncs = append(recallFuncs, func() { recallC <- 1 })`},
	{name: "channel-sent", rule: channel, leak: leak, code: `select { case recallReplies <- make(chan int, 1): default: }`},
	{name: "channel-handed-on", rule: channel, leak: leak, code: `recallC := make(chan int, 1); recallRegister(recallC)`},

	// Generators.
	{name: "pull", rule: generator, leak: leak, code: `recallNext, _ := iter.Pull[int](recallSeq); recallNext()`},
	{name: "pull-stop-kept", rule: generator, leak: leak, code: `recallNext, recallStop := iter.Pull[int](recallSeq); recallSink = recallStop; recallNext()`},
	{name: "pull2", rule: generator, leak: leak, code: `recallNext, recallStop := iter.Pull2[int, int](recallSeq2); _ = recallStop; recallNext()`},
	{name: "stream-asked-once", rule: generator, leak: leak, code: `recallN += <-recallStream()`},
	{name: "stream-kept", rule: generator, leak: leak, code: `recallSink = recallStream()`},
	{name: "sequence-kept", rule: generator, leak: leak, code: `recallSink = iter.Seq[int](func(yield func(int) bool) { yield(1) })`},
	{name: "iterator-kept", rule: generator, leak: leak, code: `recallSink = &recallCursor{}`},
	{name: "sequence-restarted", rule: generator, leak: cost, minGo: 23, code: `for recallV := range recallSeq { recallN = recallV; break }`},
	{name: "sequence-left-sometimes", rule: generator, leak: cost, freq: sometimes, minGo: 23, code: `for recallV := range recallSeq { if recallLevel > 3 { break }; recallM += recallV }`},
	{name: "iterator-asked-once", rule: generator, leak: cost, code: `recallN, _ = (&recallCursor{}).Next()`},

	{name: "stream-left-early", rule: generator, leak: leak, code: `for recallV := range recallStream() { if recallV > recallLevel { break } }`, freq: sometimes},
	{name: "iterator-of-function", rule: generator, leak: leak, code: `recallSink = recallIterate()`},

	// Resources that are not released.
	{name: "file-kept", rule: resource, leak: leak, code: `recallF, recallErr := os.Open("recall"); recallSink, recallError = recallF, recallErr`},
	{name: "file-read-not-closed", rule: resource, leak: leak, code: `if recallF, recallErr := os.Create("recall"); recallErr == nil { recallF.Write(nil) }`},
	{name: "file-dropped", rule: resource, leak: leak, code: `_, _ = os.Open("recall")`},
	{name: "connection", rule: resource, leak: leak, code: `if recallConn, recallErr := net.Dial("tcp", "localhost:1"); recallErr == nil { recallConn.Write(nil) }`},
	{name: "connection-of-dialer", rule: resource, leak: leak, code: `recallDialer := net.Dialer{}; recallSink, recallError = recallDialer.DialContext(context.Background(), "tcp", "localhost:1")`},
	{name: "listener", rule: resource, leak: leak, code: `recallSink, recallError = net.Listen("tcp", "localhost:0")`},
	{name: "transport", rule: resource, leak: leak, code: `recallSink = &http.Client{Transport: &http.Transport{}}`},
	{name: "database", rule: resource, leak: leak, code: `recallSink, recallError = sql.Open("recall", "")`},
	{name: "files-in-loop", rule: resource, leak: leak, code: `for range recallList { recallF, recallErr := os.CreateTemp("", "recall"); if recallErr != nil { continue }; recallSink = recallF.Name() }`},
	{name: "connection-wrapped", rule: resource, leak: leak, code: `recallConn, recallErr := net.Dial("tcp", "localhost:1"); if recallErr == nil { recallSink = bufio.NewWriter(recallConn) }`},
	{name: "packet-listener", rule: resource, leak: leak, code: `recallConn, recallErr := net.ListenPacket("udp", "localhost:0"); if recallErr != nil { recallError = recallErr } else { recallSink = recallConn }`},
	{name: "signal-subscription", rule: resource, leak: leak, code: `recallC := make(chan os.Signal, 1); signal.Notify(recallC, os.Interrupt)`},
	{name: "client-of-package", rule: resource, leak: leak, own: true, far: sameProject, code: `recallSink = one.NewClient()`},
	{name: "client-not-closed", rule: resource, leak: leak, own: true, far: sameProject, code: `recallClient := one.NewClient(); recallClient.Ping()`},
	{name: "closed-in-error-branch", rule: resource, leak: leak, code: `recallF, recallErr := os.Open("recall"); if recallErr != nil { recallF.Close() }; recallSink = recallF`},

	// What is over when the call returns.
	{name: "ticker-kept", rule: resource, leak: cost, code: `recallSink = time.NewTicker(time.Second)`},
	{name: "ticker-stopped", rule: resource, leak: cost, code: `recallTicker := time.NewTicker(time.Second); defer recallTicker.Stop(); recallSink = recallN`},
	{name: "timer", rule: resource, leak: cost, code: `recallTimer := time.NewTimer(time.Second); recallTimer.Stop()`},
	{name: "time-after", rule: resource, leak: cost, code: `select { case <-time.After(time.Second): case recallN = <-recallQueue: }`},
	{name: "client-literal", rule: resource, leak: cost, code: `recallSink = &http.Client{Timeout: time.Second}`},
	{name: "file-closed", rule: resource, leak: cost, code: `if recallF, recallErr := os.Open("recall"); recallErr == nil { recallF.Close() }`},
	{name: "file-closed-deferred", rule: resource, leak: cost, code: `recallF, recallErr := os.Open("recall"); if recallErr == nil { defer recallF.Close() }`},
	{name: "connection-closed", rule: resource, leak: cost, code: `if recallConn, recallErr := net.Dial("tcp", "localhost:1"); recallErr == nil { defer func() { recallConn.Close() }(); recallConn.Write(nil) }`},
	{name: "client-of-package-closed", rule: resource, leak: cost, own: true, far: sameProject, code: `recallClient := one.NewClient(); recallClient.Ping(); recallClient.Close()`},
	{name: "joined-waitgroup", rule: goroutine, leak: cost, code: `var recallWG sync.WaitGroup; recallWG.Add(1); go func() { defer recallWG.Done(); recallWork() }(); recallWG.Wait()`},
	{name: "joined-waitgroup-go", rule: goroutine, leak: cost, code: `var recallWG sync.WaitGroup; recallWG.Go(recallWork); recallWG.Go(recallWork); recallWG.Wait()`},
	{name: "joined-waitgroup-loop", rule: goroutine, leak: cost, code: `var recallWG sync.WaitGroup; for range recallList { recallWG.Add(1); go func() { defer recallWG.Done(); recallWork() }() }; recallWG.Wait()`},
	{name: "joined-done", rule: goroutine, leak: cost, code: `recallDone := make(chan struct{}); go func() { defer close(recallDone); recallWork() }(); <-recallDone`},
	{name: "joined-result", rule: goroutine, leak: cost, code: `recallResult := make(chan error, 1); go func() { recallResult <- nil }(); recallError = <-recallResult`},
	{name: "joined-group", rule: goroutine, leak: cost, own: true, far: otherProjects, code: `var recallG lib.Group; recallG.Go(recallFail); recallError = recallG.Wait()`},
	{name: "joined-by-cancel", rule: goroutine, leak: cost, code: `recallCtx, recallCancel := context.WithCancel(context.Background()); defer recallCancel(); go func() { <-recallCtx.Done() }()`},
	{name: "joined-waitgroup-deferred", rule: goroutine, leak: cost, code: `var recallWG sync.WaitGroup; defer recallWG.Wait(); recallWG.Add(1); go func() { defer recallWG.Done(); recallWork() }()`},
	{name: "joined-results", rule: goroutine, leak: cost, code: `recallResults := make(chan int, 3); for _, recallV := range recallList { go func(recallV int) { recallResults <- recallV }(recallV) }; for range recallList { recallN += <-recallResults }`},
	{name: "joined-select", rule: goroutine, leak: cost, code: `recallResult := make(chan int, 1); go func() { recallResult <- 1 }(); select { case recallN = <-recallResult: case <-recallStopped: }`},
	{name: "workers-drained", rule: goroutine, leak: cost, code: `recallJobs := make(chan int); var recallWG sync.WaitGroup; recallWG.Go(func() { for recallV := range recallJobs { recallN += recallV } }); recallJobs <- 1; close(recallJobs); recallWG.Wait()`},
	{name: "after-func-stopped", rule: goroutine, leak: cost, code: `recallTimer := time.AfterFunc(time.Hour, recallWork); defer recallTimer.Stop()`},
	{name: "context-after-func-stopped", rule: goroutine, leak: cost, code: `recallStop := context.AfterFunc(context.Background(), recallWork); defer recallStop()`},
	{name: "command-run", rule: resource, leak: cost, code: `recallError = exec.Command("true").Run()`},
	{name: "files-closed-in-loop", rule: resource, leak: cost, code: `for range recallList { recallF, recallErr := os.Open("recall"); if recallErr != nil { continue }; recallN += len(recallF.Name()); recallF.Close() }`},
	{name: "file-closed-by-function", rule: resource, leak: cost, code: `recallF, recallErr := os.Open("recall"); if recallErr == nil { defer recallCloseFile(recallF) }`},
	{name: "pull-stopped", rule: generator, leak: cost, code: `recallNext, recallStop := iter.Pull[int](recallSeq); defer recallStop(); recallNext()`},
	{name: "stream-drained", rule: generator, leak: cost, code: `for recallV := range recallStream() { recallN += recallV }`},
	{name: "channel-local", rule: channel, leak: cost, code: `recallC := make(chan int, 1); recallC <- 1; recallN = <-recallC`},

	// What waits.
	{name: "sleep", rule: blocking, code: `time.Sleep(time.Millisecond)`},
	{name: "http-get", rule: blocking, code: `_, recallError = http.Get("http://localhost")`},
	{name: "queue-receive", rule: blocking, code: `recallN = <-recallQueue`},
	{name: "queue-send", rule: blocking, code: `recallQueue <- recallN`},
	{name: "select-endless", rule: blocking, code: `select { case recallN = <-recallQueue: case recallOther <- 1: }`},
	{name: "group-wait", rule: blocking, code: `recallGroup.Wait()`},
	{name: "read-file", rule: blocking, code: `_, recallError = os.ReadFile("recall")`},

	// Harmless at every rate.
	{name: "context-timeout", code: `recallCtx, recallCancel := context.WithTimeout(context.Background(), time.Second); defer recallCancel(); recallError = recallCtx.Err()`},
	{name: "context-cancelled", code: `recallCtx, recallCancel := context.WithCancel(context.Background()); recallError = recallCtx.Err(); recallCancel()`},
	{name: "sequence-whole", minGo: 23, code: `for recallV := range recallSeq { recallN += recallV }`},
	{name: "sequence-searched", minGo: 23, code: `for recallV := range recallSeq { if recallV == 3 { break } }`},
	{name: "iterator-whole", code: `for recallI := new(recallCursor); ; { if _, recallOK := recallI.Next(); !recallOK { break } }`},
	{name: "literal-stored", code: `recallSink = func() { go recallWork() }`},
	{name: "function-stored", code: `recallFuncs = append(recallFuncs, recallWork)`},
	{name: "select-default-send", code: `select { case recallQueue <- 1: default: }`},
	{name: "select-default-receive", code: `select { case recallN = <-recallQueue: default: }`},
	{name: "select-done", code: `select { case recallN = <-recallQueue: case <-recallStopped: }`},
	{name: "semaphore", code: `recallSem <- struct{}{}; recallN++; <-recallSem`},
	{name: "mutex", code: `recallMu.Lock(); recallN++; recallMu.Unlock()`},
	{name: "slice-and-map", code: `recallSink = [2]any{make([]int, 4), make(map[string]int)}`},
	{name: "dead-branch", code: `if false { go recallWork() }`},
	{name: "dead-constant", code: `if recallDebug { recallSink = make(chan int) }`},
	{name: "once-of-package", code: `recallOnceVar.Do(func() { go recallWork() })`},
	{name: "once-func-of-package", code: `recallOnceFunc()`},
	{name: "flag-of-package", code: `if !recallStarted { recallStarted = true; go recallWork() }`},
	{name: "nil-check-of-package", code: `if recallLazy == nil { recallLazy = make(chan int) }`},
	{name: "once-value-of-package", code: `recallN += recallOnceValue()`},
	{name: "load-or-store", code: `if _, recallOK := recallSeen.LoadOrStore("x", true); !recallOK { go recallWork() }`},
	{name: "channel-kept-by-compare-and-swap", code: `if recallFlag.CompareAndSwap(false, true) { recallSink = make(chan int) }`},
	{name: "timer-reset", code: `if recallTimerVar != nil { recallTimerVar.Reset(time.Second) }`},
	{name: "condition-signal", code: `recallCond.L.Lock(); recallCond.Broadcast(); recallCond.L.Unlock()`},
	{name: "pool", code: `recallV := recallPool.Get(); recallPool.Put(recallV)`},
	{name: "default-client", code: `recallSink = http.DefaultClient`},
	{name: "error-made", code: `recallError = errors.New("recall")`},
	{name: "recover", code: `defer func() { recallSink = recover() }()`},
	{name: "signal-closed", code: `recallMu.Lock(); if recallLazy != nil { close(recallLazy); recallLazy = nil }; recallMu.Unlock()`},
}

// title is the operator's name as part of an identifier: GoCall.
func (op *operator) title() string {
	var b strings.Builder
	for part := range strings.SplitSeq(op.name, "-") {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}
