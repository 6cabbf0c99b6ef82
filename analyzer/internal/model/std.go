package model

// Rows are written with the constructors below, so that a table entry reads as
// what the function does.

func opens() *Func { return effect(Effect{Kind: Resource, Weight: Leak, Subject: Result, On: Result}) }

func costs() *Func { return effect(Effect{Kind: Resource, Weight: Cost, Subject: Result, On: Result}) }

func blocks() *Func { return effect(Effect{Kind: Blocking, Weight: Cost, Subject: Result, On: Result}) }

// blocksOn is a wait on the function's receiver.
func blocksOn() *Func { return effect(Effect{Kind: Blocking, Weight: Cost, Subject: Result, On: 0}) }

func effect(e ...Effect) *Func { return &Func{Effects: e} }

// spawns is a goroutine that calls param fn; release of subject ends it.
func spawns(subject, fn int) *Func {
	return &Func{
		Effects: []Effect{{Kind: Goroutine, Weight: Leak, Subject: subject, On: Result}},
		Calls:   []Call{{Param: fn, Freq: Always, Async: true}},
	}
}

// calls is a function whose one effect is to call its param.
func calls(param int) *Func { return &Func{Calls: []Call{{Param: param, Freq: Always}}} }

// process runs a command to its end, bound to no context where the command was
// made by exec.Command.
func process() *Func {
	return effect(
		Effect{Kind: Resource, Weight: Cost, Subject: Result, On: Result},
		Effect{Kind: Blocking, Weight: Cost, Subject: Result, On: Result, From: "os/exec.Command"},
	)
}

// request sends the request it is given, bound to no context where that was
// made by http.NewRequest.
func request() *Func {
	return effect(Effect{Kind: Blocking, Weight: Cost, Subject: Result, On: Result, From: "net/http.NewRequest", FromParam: 1})
}

// unbound blocks where the context it is given, param 1, is the background's.
func unbound() *Func {
	return effect(Effect{Kind: Blocking, Weight: Cost, Subject: Result, On: Result, From: "context.Background", FromParam: 1})
}

// std is the models table: import path, then function name or Type.Method.
var std = map[string]map[string]*Func{
	"time": {
		// Since Go 1.23 an unreferenced timer or ticker is collected, stopped or
		// not (https://go.dev/doc/go1.23#timer-changes): a cost, never a leak.
		"NewTicker": costs(),
		"NewTimer":  costs(),
		"After":     costs(),
		"Tick":      costs(),
		"AfterFunc": spawns(Result, 1),
		"Sleep":     blocks(),
	},
	"sync": {
		"WaitGroup.Go":   spawns(0, 1),
		"WaitGroup.Wait": blocksOn(),
		"Cond.Wait":      blocksOn(),
		"Once.Do":        {Calls: []Call{{Param: 1, Freq: Once}}},
		"Map.Range":      calls(1),
	},
	"context": {
		"AfterFunc": spawns(Result, 1),
	},
	"iter": {
		"Pull":  effect(Effect{Kind: Generator, Weight: Leak, Subject: Result, On: Result}),
		"Pull2": effect(Effect{Kind: Generator, Weight: Leak, Subject: Result, On: Result}),
	},
	"reflect": {
		"MakeChan": effect(Effect{Kind: Channel, Weight: Leak, Subject: Result, On: Result}),
	},
	"os": {
		"Open": opens(), "OpenFile": opens(), "Create": opens(), "CreateTemp": opens(),
		"OpenInRoot": opens(), "OpenRoot": opens(), "Pipe": opens(), "StartProcess": opens(),
		"Root.Open": opens(), "Root.OpenFile": opens(), "Root.Create": opens(), "Root.OpenRoot": opens(),
		"ReadFile": blocks(), "WriteFile": blocks(), "ReadDir": blocks(), "MkdirAll": blocks(),
		"Remove": blocks(), "RemoveAll": blocks(), "Rename": blocks(), "File.Sync": blocks(),
	},
	"io/ioutil": {
		"TempFile": opens(),
		"ReadFile": blocks(), "WriteFile": blocks(), "ReadDir": blocks(),
	},
	"os/exec": {
		"Cmd.Start":          effect(Effect{Kind: Goroutine, Weight: Leak, Subject: 0, On: Result}),
		"Cmd.Run":            process(),
		"Cmd.Output":         process(),
		"Cmd.CombinedOutput": process(),
	},
	"os/signal": {
		"Notify":        effect(Effect{Kind: Resource, Weight: Leak, Subject: 0, Release: "os/signal.Stop", On: Result}),
		"NotifyContext": effect(Effect{Kind: Goroutine, Weight: Leak, Subject: Result, On: Result}),
	},
	"net": {
		"Dial": opens(), "DialTimeout": opens(), "DialIP": opens(), "DialTCP": opens(), "DialUDP": opens(), "DialUnix": opens(),
		"Dialer.Dial": opens(), "Dialer.DialContext": opens(),
		"Dialer.DialTCP": opens(), "Dialer.DialUDP": opens(), "Dialer.DialIP": opens(), "Dialer.DialUnix": opens(),
		"Listen": opens(), "ListenPacket": opens(), "ListenIP": opens(), "ListenTCP": opens(), "ListenUDP": opens(),
		"ListenUnix": opens(), "ListenUnixgram": opens(), "ListenMulticastUDP": opens(),
		"ListenConfig.Listen": opens(), "ListenConfig.ListenPacket": opens(),
		"LookupHost": blocks(), "LookupIP": blocks(), "LookupAddr": blocks(), "LookupCNAME": blocks(),
		"LookupMX": blocks(), "LookupNS": blocks(), "LookupSRV": blocks(), "LookupTXT": blocks(),
		"ResolveIPAddr": blocks(), "ResolveTCPAddr": blocks(), "ResolveUDPAddr": blocks(),
	},
	"crypto/tls": {
		"Dial": opens(), "DialWithDialer": opens(), "Dialer.Dial": opens(), "Dialer.DialContext": opens(), "Listen": opens(),
	},
	"net/http": {
		"Get": blocks(), "Head": blocks(), "Post": blocks(), "PostForm": blocks(),
		"Client.Get": blocks(), "Client.Head": blocks(), "Client.Post": blocks(), "Client.PostForm": blocks(),
		"Client.Do":      request(),
		"ListenAndServe": blocks(), "ListenAndServeTLS": blocks(), "Serve": blocks(),
		"Server.ListenAndServe": blocks(), "Server.ListenAndServeTLS": blocks(), "Server.Serve": blocks(),
	},
	"net/http/httptest": {
		"NewServer": opens(), "NewTLSServer": opens(), "NewUnstartedServer": opens(),
	},
	"net/rpc": {
		"Dial": opens(), "DialHTTP": opens(), "DialHTTPPath": opens(), "NewClient": opens(), "Client.Call": blocks(),
	},
	"net/rpc/jsonrpc": {"Dial": opens(), "NewClient": opens()},
	"net/smtp":        {"Dial": opens(), "SendMail": blocks()},
	"net/textproto":   {"Dial": opens()},
	"log/syslog":      {"New": opens(), "Dial": opens()},
	"archive/zip":     {"OpenReader": opens()},
	"debug/elf":       {"Open": opens()},
	"debug/macho":     {"Open": opens()},
	"debug/pe":        {"Open": opens()},
	"database/sql": {
		"Open": opens(), "OpenDB": opens(),
		"DB.Conn": opens(), "DB.Prepare": opens(), "DB.PrepareContext": opens(),
		"DB.QueryContext": unbound(), "DB.QueryRowContext": unbound(), "DB.ExecContext": unbound(), "DB.PingContext": unbound(),
		"Tx.QueryContext": unbound(), "Tx.QueryRowContext": unbound(), "Tx.ExecContext": unbound(),
		"Stmt.QueryContext": unbound(), "Stmt.QueryRowContext": unbound(), "Stmt.ExecContext": unbound(),
		"DB.Query": blocks(), "DB.QueryRow": blocks(), "DB.Exec": blocks(), "DB.Ping": blocks(), "DB.Begin": blocks(),
		"Tx.Query": blocks(), "Tx.QueryRow": blocks(), "Tx.Exec": blocks(),
		"Stmt.Query": blocks(), "Stmt.QueryRow": blocks(), "Stmt.Exec": blocks(),
	},

	// What calls the function it is given, before it returns.
	"sort": {
		"Slice": calls(1), "SliceStable": calls(1), "SliceIsSorted": calls(1), "Search": calls(1), "Find": calls(1),
	},
	"slices": {
		"SortFunc": calls(1), "SortStableFunc": calls(1), "IsSortedFunc": calls(1), "BinarySearchFunc": calls(2),
		"IndexFunc": calls(1), "ContainsFunc": calls(1), "DeleteFunc": calls(1), "CompactFunc": calls(1),
		"EqualFunc": calls(2), "CompareFunc": calls(2), "MaxFunc": calls(1), "MinFunc": calls(1), "SortedFunc": calls(1),
	},
	"maps":           {"DeleteFunc": calls(1), "EqualFunc": calls(2)},
	"strings":        {"Map": calls(0), "FieldsFunc": calls(1), "IndexFunc": calls(1), "LastIndexFunc": calls(1), "ContainsFunc": calls(1), "TrimFunc": calls(1), "TrimLeftFunc": calls(1), "TrimRightFunc": calls(1)},
	"bytes":          {"Map": calls(0), "FieldsFunc": calls(1), "IndexFunc": calls(1), "LastIndexFunc": calls(1), "ContainsFunc": calls(1), "TrimFunc": calls(1), "TrimLeftFunc": calls(1), "TrimRightFunc": calls(1)},
	"path/filepath":  {"Walk": calls(1), "WalkDir": calls(1)},
	"io/fs":          {"WalkDir": calls(2)},
	"runtime/pprof":  {"Do": calls(2)},
	"runtime/trace":  {"WithRegion": calls(2)},
	"container/ring": {"Ring.Do": calls(1)},
	"expvar":         {"Do": calls(0), "Map.Do": calls(1)},
	"log/slog":       {"Record.Attrs": calls(1)},
}

// stdLiterals are the types of which a composite literal is an effect.
var stdLiterals = map[string]*Effect{
	// A client shares http.DefaultTransport unless it is given another; what it
	// costs is the reuse of connections' settings. A transport of its own keeps
	// its idle connections, and their goroutines, when it is dropped.
	"net/http.Client":    {Kind: Resource, Weight: Cost, Subject: Result, On: Result},
	"net/http.Transport": {Kind: Resource, Weight: Leak, Subject: Result, On: Result},
}
