package analyzer

import (
	"flag"
	"fmt"
	"go/token"
	"go/types"
	"slices"
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

	// Contracts says which contracts hold beside the usual ones (-contracts):
	// items separated by semicolons. An item that begins with + or - turns
	// groups or contracts of the built-in table on or off, as in "+log,-media";
	// "all" is all of them. Any other is an interface or function type of one's
	// own, as in
	//
	//	example.com/sink.Sink hot=Write,Flush start=Open stop=Close rate=record
	//	example.com/sink.HandlerFunc rate=frame
	Contracts string
}

// Register makes flags of the settings.
func (s *Settings) Register(fs *flag.FlagSet) {
	fs.StringVar(&s.Rules, "rules", s.Rules, "comma-separated `list` of rules: names, default, all; +name adds to the default, -name takes away")
	fs.StringVar(&s.Hot, "hot", s.Hot, "comma-separated further `names` of hot methods of handler types by structure")
	fs.StringVar(&s.Start, "start", s.Start, "comma-separated further `names` of start methods of handler types by structure")
	fs.StringVar(&s.Stop, "stop", s.Stop, "comma-separated further `names` of stop methods of handler types by structure")
	fs.StringVar(&s.Contracts, "contracts", s.Contracts, "semicolon-separated `list`: +name and -name turn built-in contracts or groups on and off; import/path.Name hot=A,B [start=..] [stop=..] [copy=..] [rate=frame|record|batch] is a contract of your own")
}

// Check tells what is wrong with the settings, naming the flag.
func (s *Settings) Check() error {
	if _, err := enabled(s.Rules); err != nil {
		return err
	}
	_, err := s.contracts()
	return err
}

// CheckContracts holds the contracts of one's own, by settings that are right
// otherwise, to the packages that they name: find returns one of those that were
// loaded, or nil. The error says which type or method a package does not have;
// idle, which contracts bind nothing, since their package was not loaded.
func (s *Settings) CheckContracts(find func(path string) *types.Package) (idle []string, err error) {
	read, _ := s.contracts()
	for _, c := range read.Contracts {
		pkg := find(c.Package)
		if pkg == nil {
			idle = append(idle, fmt.Sprintf("-contracts: %s binds nothing: no package here imports %s", c.Name, c.Package))
		} else if err := c.Check(pkg); err != nil {
			return nil, fmt.Errorf("-contracts: %v", err)
		}
	}
	return idle, nil
}

// Enabled tells whether a rule is applied, by settings that are right.
func (s *Settings) Enabled(rule string) bool {
	on, _ := enabled(s.Rules)
	return on[rule]
}

// contracts reads what the settings say of handler types.
func (s *Settings) contracts() (contract.Settings, error) {
	read := contract.Settings{Switched: make(map[string]bool)}
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
	read.Names.Hot = list("hot", s.Hot)
	read.Names.Start = list("start", s.Start)
	read.Names.Stop = list("stop", s.Stop)
	if err != nil {
		return read, err
	}
	for entry := range strings.SplitSeq(s.Contracts, ";") {
		entry = strings.TrimSpace(entry)
		switch {
		case entry == "":
		case strings.HasPrefix(entry, "+"), strings.HasPrefix(entry, "-"):
			for item := range strings.SplitSeq(entry, ",") {
				item = strings.TrimSpace(item)
				if item == "" {
					continue
				}
				name := item[1:]
				if item[0] != '+' && item[0] != '-' || !isSwitch(name) {
					return read, fmt.Errorf("-contracts: %q is not + or - and a group (%s), a contract that `emitcheck contracts` lists, or all", item, groupNames())
				}
				read.Switched[name] = item[0] == '+'
			}
		default:
			c, err := contract.Parse(entry)
			if err != nil {
				return read, fmt.Errorf("-contracts: %q: %v", entry, err)
			}
			read.Contracts = append(read.Contracts, c)
		}
	}
	return read, nil
}

// isSwitch tells whether contracts can be turned on and off by a name.
func isSwitch(name string) bool {
	return name == "all" || slices.ContainsFunc(contract.Groups, func(g contract.Group) bool { return g.Name == name }) ||
		slices.ContainsFunc(contract.Builtin, func(c contract.Contract) bool { return c.Name == name })
}

func groupNames() string {
	names := make([]string, len(contract.Groups))
	for i, g := range contract.Groups {
		names[i] = g.Name
	}
	return strings.Join(names, ", ")
}
