package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/emitcheck/emitcheck/internal/edit"
)

// An output is a report that was asked for.
type output struct {
	format *reportFormat
	file   string // as it was given; empty for the standard output
}

// parseOutputs reads a value of -format.
func parseOutputs(list string) ([]output, error) {
	var outputs []output
	for item := range strings.SplitSeq(list, ",") {
		name, file, toFile := strings.Cut(strings.TrimSpace(item), "=")
		format := formatByName(name)
		switch {
		case format == nil:
			return nil, fmt.Errorf("unknown format %q: want %s", name, formatNames())
		case toFile && file == "":
			return nil, fmt.Errorf("%s= names no file: want %s=FILE, or %s for the standard output", name, name, name)
		}
		for _, other := range outputs {
			switch {
			case other.file != file:
			case toFile:
				return nil, fmt.Errorf("both %s and %s are to go to %s: give each a file of its own", other.format.name, name, file)
			default:
				return nil, fmt.Errorf("both %s and %s are to go to the standard output: give one of them a file, as in %s=FILE", other.format.name, name, name)
			}
		}
		outputs = append(outputs, output{format, file})
	}
	return outputs, nil
}

// only tells whether the one report asked for is of one of the formats, on the
// standard output.
func (o *options) only(formats ...string) bool {
	return len(o.outputs) == 1 && o.outputs[0].file == "" && slices.Contains(formats, o.outputs[0].format.name)
}

// reportTo returns the report that goes to a file, or nil.
func (o *options) reportTo(name string) *output {
	i := slices.IndexFunc(o.outputs, func(out output) bool { return out.file != "" && o.named(out.file) == o.named(name) })
	if i < 0 {
		return nil
	}
	return &o.outputs[i]
}

// showsFixes tells whether a report holds the fixes themselves.
func (o *options) showsFixes() bool {
	return slices.ContainsFunc(o.outputs, func(out output) bool { return out.format.fixes })
}

// needsFixes tells whether fixes are worked out, to be made or to be shown.
func (o *options) needsFixes() bool { return o.changes() || o.showsFixes() }

// report writes the reports. Those with a file come first: who reads the
// standard output to its end finds them there.
func (o *options) report(stdout io.Writer, r *results) error {
	direct := slices.IndexFunc(o.outputs, func(out output) bool { return out.file == "" })
	for i, out := range o.outputs {
		if i == direct {
			continue
		}
		var b bytes.Buffer
		if err := out.format.write(&b, o, r); err != nil {
			return err
		}
		if err := o.writeReport(out.file, b.Bytes()); err != nil {
			return fmt.Errorf("-format %s=%s: %v", out.format.name, out.file, err)
		}
	}
	if direct < 0 {
		return nil
	}
	return o.outputs[direct].format.write(stdout, o, r)
}

// checkOutputs tells which file of a report cannot be written, before anything
// is done.
func (o *options) checkOutputs() error {
	for i, out := range o.outputs {
		if out.file == "" {
			continue
		}
		if err := mayBeReport(o.named(out.file)); err != nil {
			return fmt.Errorf("-format %s=%s: %v", out.format.name, out.file, err)
		}
		if other := o.reportTo(out.file); other != &o.outputs[i] {
			return fmt.Errorf("-format: both %s and %s are to go to %s: give each a file of its own", other.format.name, out.format.name, out.file)
		}
	}
	return nil
}

// mayBeReport tells what is wrong with a file that a report is to take the place
// of. A device, a pipe or a link would be gone.
func mayBeReport(name string) error {
	switch base := filepath.Base(name); {
	case filepath.Ext(base) == ".go", base == "go.mod", base == "go.sum", base == "go.work":
		return errors.New("a report does not take the place of source; name another file")
	}
	info, err := os.Lstat(name)
	switch {
	case err == nil && info.IsDir():
		return errors.New("it is a directory")
	case err == nil && !info.Mode().IsRegular():
		return errors.New("it is no regular file; name another one, or leave out the file for the standard output")
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if info, err := os.Stat(filepath.Dir(name)); err != nil || !info.IsDir() {
		return errors.New("its directory does not exist")
	}
	return nil
}

// writeReport writes a file of a report.
func (o *options) writeReport(name string, content []byte) error {
	return uninterrupted(func(ctx context.Context) error { return edit.WriteFile(ctx, o.named(name), content) })
}

// named returns the path of a file that a flag names: relative to -C.
func (o *options) named(name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(o.dir, name)
}
