package analyzer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/emitcheck/emitcheck/analyzer/internal/lifecycle"
	"github.com/emitcheck/emitcheck/analyzer/internal/model"
)

// A Rule is one row of the rule table. The rest of what is said of a rule
// stands on its page, docs/rules/<name>.md.
type Rule struct {
	Name    string
	Says    string // one clause: what a finding of the rule means
	Default bool   // whether it is on by default

	kind model.Kind // the effect that it reports; ofLife where it reports none
	lazy bool       // it reports what happens under a guard
	verb string     // what a hot method does, in messages
	do   string     // what to do about it; {start} is the start, {stop} the stop
}

// Rules is the rule table, in the order in which rules are listed.
var Rules = []Rule{
	{
		Name: "emit-goroutine", Says: "the hot method starts a goroutine on each call", Default: true,
		kind: model.Goroutine, verb: "starts a goroutine", do: "start it in {start} and stop it in {stop}",
	},
	{
		Name: "emit-channel", Says: "the hot method makes a channel on each call", Default: true,
		kind: model.Channel, verb: "makes a channel", do: "make it in {start}",
	},
	{
		Name: "emit-generator", Says: "the hot method starts a generator on each call", Default: true,
		kind: model.Generator, verb: "starts a generator", do: "start it in {start}, take from it here and stop it in {stop}",
	},
	{
		Name: "emit-resource", Says: "the hot method opens a ticker, file, connection, client or process on each call", Default: true,
		kind: model.Resource, verb: "opens a resource", do: "open it in {start} and close it in {stop}",
	},
	{
		Name: "emit-blocking", Says: "the hot method blocks beyond its context", Default: true,
		kind: model.Blocking, verb: "blocks", do: "wait under the call's context, or leave it to a goroutine started in {start}",
	},
	{
		Name: "lazy-start", Says: "the hot method creates something under a guard: once, but late", Default: false,
		lazy: true, do: "move it to {start}",
	},
	{Name: lifecycle.StopMissing, Says: "start creates what stop never releases", Default: true, kind: ofLife},
	{Name: lifecycle.StopReopens, Says: "stop sets and then clears its own signal", Default: true, kind: ofLife},
	{Name: lifecycle.CopyShares, Says: "copy returns what sessions share", Default: true, kind: ofLife},
	{Name: lifecycle.ContextEscape, Says: "a goroutine outlives the call whose context it uses", Default: true, kind: ofLife},
}

// ofLife is the kind of the rules of a session's life: package lifecycle finds
// and words what they report.
const ofLife = model.NumKinds

// URL is the address of the rule's page.
func (r *Rule) URL() string {
	return "https://github.com/emitcheck/emitcheck/blob/main/docs/rules/" + r.Name + ".md"
}

// RuleByName returns the rule, or nil.
func RuleByName(name string) *Rule {
	i := slices.IndexFunc(Rules, func(r Rule) bool { return r.Name == name })
	if i < 0 {
		return nil
	}
	return &Rules[i]
}

func ruleNames() string {
	names := make([]string, len(Rules))
	for i, r := range Rules {
		names[i] = r.Name
	}
	return strings.Join(names, ", ")
}

// enabled reads a list of rules: names, "default" and "all", each of which may
// have a + to add it (as without) or a - to take it away. A list that starts
// with a + or - starts from the default.
func enabled(list string) (map[string]bool, error) {
	on := make(map[string]bool)
	set := func(want func(Rule) bool, to bool) {
		for _, r := range Rules {
			if want(r) {
				on[r.Name] = to
			}
		}
	}
	isDefault := func(r Rule) bool { return r.Default }
	list = strings.TrimSpace(list)
	if list == "" || strings.HasPrefix(list, "+") || strings.HasPrefix(list, "-") {
		set(isDefault, true)
	}
	if list == "" {
		return on, nil
	}
	for item := range strings.SplitSeq(list, ",") {
		item = strings.TrimSpace(item)
		name := strings.TrimLeft(item, "+-")
		to := !strings.HasPrefix(item, "-")
		switch {
		case name == "default":
			set(isDefault, to)
		case name == "all":
			set(func(Rule) bool { return true }, to)
		case RuleByName(name) != nil:
			on[name] = to
		default:
			return nil, fmt.Errorf("unknown rule %q in -rules: want default, all or some of %s", item, ruleNames())
		}
	}
	return on, nil
}
