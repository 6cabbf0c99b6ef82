package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The parts of docs/contracts.md that are run: files, each named by its first
// line, and commands with what they print.
var (
	pageFile    = regexp.MustCompile("(?ms)^```go\n(// (\\S+\\.go)\n.*?)^```\n")
	pageConsole = regexp.MustCompile("(?ms)^```console\n(.*?)^```\n")
	pageCommand = regexp.MustCompile(`'([^']*)'|(\S+)`)
)

// TestContractsPageShowsWhatTheToolPrints fails when a command that
// docs/contracts.md shows prints something else. With EMITCHECK_UPDATE=1 it
// writes what is printed.
func TestContractsPageShowsWhatTheToolPrints(t *testing.T) {
	const page = "../../docs/contracts.md"
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	dir := t.TempDir()
	write := func(name, content string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module example.com/app\n\ngo 1.26\n")
	files := pageFile.FindAllStringSubmatch(text, -1)
	for _, m := range files {
		write(m[2], m[1])
	}
	commands := 0
	got := pageConsole.ReplaceAllStringFunc(text, func(block string) string {
		var b strings.Builder
		b.WriteString("```console\n")
		for line := range strings.Lines(block) {
			command, ok := strings.CutPrefix(line, "$ emitcheck ")
			if !ok {
				continue
			}
			commands++
			b.WriteString(line)
			args := []string{}
			if sub := strings.Fields(command)[0]; isSubcommand(sub) {
				args = append(args, sub)
				command = strings.TrimPrefix(command, sub)
			}
			args = append(args, "-C", dir)
			for _, m := range pageCommand.FindAllStringSubmatch(command, -1) {
				args = append(args, m[1]+m[2])
			}
			var out bytes.Buffer
			run(args, &out, &out)
			b.Write(out.Bytes())
		}
		return b.String() + "```\n"
	})
	if len(files) == 0 || commands == 0 {
		t.Fatalf("the page shows %d files and %d commands", len(files), commands)
	}
	if got == text {
		return
	}
	if os.Getenv("EMITCHECK_UPDATE") != "" {
		if err := os.WriteFile(page, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("docs/contracts.md should have\n%s", got)
}
