package drive_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"corpus/fix/behaviour/after"
	"corpus/fix/behaviour/channel"
	"corpus/fix/behaviour/client"
	"corpus/fix/behaviour/clone"
	"corpus/fix/behaviour/comments"
	"corpus/fix/behaviour/constructor"
	"corpus/fix/behaviour/dial"
	"corpus/fix/behaviour/early"
	"corpus/fix/behaviour/elsewhere"
	"corpus/fix/behaviour/embedded"
	"corpus/fix/behaviour/file"
	"corpus/fix/behaviour/generic"
	"corpus/fix/behaviour/interval"
	"corpus/fix/behaviour/literal"
	"corpus/fix/behaviour/locked"
	"corpus/fix/behaviour/loop"
	"corpus/fix/behaviour/midway"
	"corpus/fix/behaviour/names"
	"corpus/fix/behaviour/nostop"
	"corpus/fix/behaviour/oneline"
	"corpus/fix/behaviour/owncontext"
	"corpus/fix/behaviour/pull"
	"corpus/fix/behaviour/quit"
	"corpus/fix/behaviour/reply"
	"corpus/fix/behaviour/seq"
	"corpus/fix/behaviour/session"
	"corpus/fix/behaviour/sessiongo"
	"corpus/fix/behaviour/several"
	"corpus/fix/behaviour/tagged"
	"corpus/fix/behaviour/tags"
	"corpus/fix/behaviour/ticker"
	"corpus/fix/behaviour/timeout"
	"corpus/fix/behaviour/two"
	"corpus/fix/behaviour/values"
	"corpus/fix/drive"

	"github.com/emitcheck/emitcheck/runtime/handlertest"
)

var cases = []drive.Case{
	{Name: "after", New: after.New, Inputs: []any{"odd", "even"}},
	// A producer that goes on counts on.
	{Name: "channel", New: channel.New, Created: &channel.Created, Frames: []string{"0", "1", "2", "3", "4"}},
	{Name: "client", New: client.New, Created: &client.Created, Wall: true},
	{Name: "comments", New: comments.New, Created: &comments.Created},
	{Name: "constructor", New: constructor.New, Created: &constructor.Created},
	{Name: "dial", New: dial.New, Created: &dial.Created, Wall: true},
	{Name: "elsewhere", New: elsewhere.New, Created: &elsewhere.Created},
	{Name: "embedded", New: embedded.New, Created: &embedded.Created},
	{Name: "file", New: file.New},
	{Name: "generic", New: generic.New, Created: &generic.Created},
	{Name: "nostop", New: nostop.New, Created: &nostop.Created},
	{Name: "oneline", New: oneline.New, Created: &oneline.Created},
	{Name: "owncontext", New: owncontext.New, Created: &owncontext.Created},
	// So does a generator.
	{Name: "pull", New: pull.New, Created: &pull.Created, Frames: []string{"0", "1", "2", "error: EOF", "error: EOF"}},
	{Name: "quit", New: quit.New, Created: &quit.Created},
	{Name: "seq", New: seq.New, Created: &seq.Created, Frames: []string{"one", "two", "three", "four", "five"}},
	{
		Name: "session", New: session.New, Created: &session.Created, Inputs: []any{"1", "2", "3"},
		Check: func() error { return handlertest.Test(session.NewHandler) },
	},
	{
		Name: "sessiongo", New: sessiongo.New, Created: &sessiongo.Created,
		Check: func() error { return handlertest.Test(sessiongo.NewHandler) },
	},
	{Name: "several", New: several.New, Created: &several.Created},
	{Name: "tagged", New: tagged.New, Created: &tagged.Created},
	{Name: "tags", New: tags.New, Created: &tags.Created, NoFix: "its start lies in files for some systems"},
	{Name: "ticker", New: ticker.New},

	// What is easily done wrong.
	{Name: "clone", New: clone.New, Created: &clone.Created, Maybe: true},
	{Name: "early", New: early.New, Created: &early.Created, Maybe: true},
	{Name: "interval", New: interval.New, Inputs: []any{time.Millisecond, 5 * time.Millisecond}},
	{Name: "literal", New: literal.New, Created: &literal.Created},
	{Name: "locked", New: locked.New, Created: &locked.Created, Maybe: true},
	{Name: "loop", New: loop.New, Inputs: []any{1, 2, 3}, Maybe: true},
	{Name: "midway", New: midway.New, Maybe: true},
	{Name: "names", New: names.New, Created: &names.Created, Maybe: true},
	{Name: "reply", New: reply.New, Created: &reply.Created, NoFix: "it is one call's answer"},
	{Name: "timeout", New: timeout.New, Inputs: []any{30 * time.Millisecond}},
	{Name: "two", New: two.New, Created: &two.Created},
	{Name: "values", New: values.New, Created: &values.Created, NoFix: "it depends on the call's values"},
}

// TestDrive drives one case and writes its outcome to a file. It is a part of
// TestFixedHandlers in package analyzer, which gives it a process for each case:
// a handler as it is may leave goroutines behind that end the process.
func TestDrive(t *testing.T) {
	name, file := os.Getenv("DRIVE_CASE"), os.Getenv("DRIVE_OUT")
	if name == "" {
		t.Skip("run by TestFixedHandlers in package analyzer")
	}
	write := func(v any) {
		data, err := json.Marshal(v)
		if err == nil {
			err = os.WriteFile(file, data, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if name == "list" {
		write(cases)
		return
	}
	for _, c := range cases {
		if c.Name != name {
			continue
		}
		var out drive.Outcome
		c.Run(t, func(o *drive.Outcome) {
			out = *o
			write(&out)
		})
		if c.Check != nil && os.Getenv("DRIVE_CHECK") != "" {
			if err := c.Check(); err != nil {
				out.Errors = append(out.Errors, err.Error())
				write(&out)
			}
		}
		return
	}
	t.Fatalf("no case %s", name)
}
