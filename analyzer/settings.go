package analyzer

import (
	"flag"
	"fmt"
	"go/token"
	"strings"

	"github.com/emitcheck/emitcheck/analyzer/internal/contract"
)

// Settings are what a user can set. Each field is also a flag of the analyzer,
// under the name given; flags override.
type Settings struct {
	// Rules lists the rules to apply (-rules): names, "default" and "all",
	// separated by commas; +name adds to the default, -name takes away.
	Rules string

	// Hot, Start and Stop are further method names, separated by commas, by
	// which a type is a handler type through its structure (-hot, -start,
	// -stop).
	Hot, Start, Stop string

	// Contracts are further contract interfaces (-contracts), separated by
	// semicolons, each as in
	//
	//	example.com/sink.Sink hot=Write,Flush start=Open stop=Close rate=record
	Contracts string
}

// Register makes flags of the settings.
func (s *Settings) Register(fs *flag.FlagSet) {
	fs.StringVar(&s.Rules, "rules", s.Rules, "comma-separated `list` of rules: names, default, all; +name adds to the default, -name takes away")
	fs.StringVar(&s.Hot, "hot", s.Hot, "comma-separated further `names` of hot methods of handler types by structure")
	fs.StringVar(&s.Start, "start", s.Start, "comma-separated further `names` of start methods of handler types by structure")
	fs.StringVar(&s.Stop, "stop", s.Stop, "comma-separated further `names` of stop methods of handler types by structure")
	fs.StringVar(&s.Contracts, "contracts", s.Contracts, "semicolon-separated further contract `interfaces`: import/path.Name hot=A,B [start=..] [stop=..] [copy=..] [rate=frame|record|batch]")
}

// Check tells what is wrong with the settings, naming the flag.
func (s *Settings) Check() error {
	if _, err := enabled(s.Rules); err != nil {
		return err
	}
	_, _, err := s.extra()
	return err
}

// Enabled tells whether a rule is applied, by settings that are right.
func (s *Settings) Enabled(rule string) bool {
	on, _ := enabled(s.Rules)
	return on[rule]
}

// extra returns the names and contracts that the settings add.
func (s *Settings) extra() (contract.Names, []contract.Contract, error) {
	var names contract.Names
	var err error
	list := func(flag, value string) []string {
		var ns []string
		for n := range strings.SplitSeq(value, ",") {
			n = strings.TrimSpace(n)
			if n == "" {
				continue
			}
			if !token.IsIdentifier(n) || !token.IsExported(n) {
				err = fmt.Errorf("-%s: %q is not the name of an exported method", flag, n)
			}
			ns = append(ns, n)
		}
		return ns
	}
	names.Hot = list("hot", s.Hot)
	names.Start = list("start", s.Start)
	names.Stop = list("stop", s.Stop)
	if err != nil {
		return names, nil, err
	}
	var contracts []contract.Contract
	for entry := range strings.SplitSeq(s.Contracts, ";") {
		if entry = strings.TrimSpace(entry); entry == "" {
			continue
		}
		c, err := contract.Parse(entry)
		if err != nil {
			return names, nil, fmt.Errorf("-contracts: %q: %v", entry, err)
		}
		contracts = append(contracts, c)
	}
	return names, contracts, nil
}
