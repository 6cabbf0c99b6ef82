// Package sarifschema_test holds what emitcheck writes for other services, and
// the files that it has for them, to what these services ask for: the schema of
// SARIF, the forms of YAML files. It is a module of its own, since a validator
// is too much to depend on for the module that is tested. All that is here is a
// test.
package sarifschema_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	shared "github.com/emitcheck/emitcheck/internal/corpus"
	"github.com/emitcheck/emitcheck/internal/sarif"
)

const (
	repository = "../.."
	testdata   = repository + "/testdata"
)

// emitcheck is the program, built once.
var emitcheck string

func TestMain(m *testing.M) { os.Exit(testMain(m)) }

func testMain(m *testing.M) int {
	dir, err := os.MkdirTemp("", "sarifschema")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	os.Setenv("GOWORK", "off")
	os.Unsetenv("GITHUB_WORKSPACE")
	emitcheck = filepath.Join(dir, "emitcheck")
	if out, err := exec.Command("go", "build", "-C", repository, "-o", emitcheck, "./cmd/emitcheck").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building emitcheck: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// run runs emitcheck in a directory, and returns its standard output and its
// exit status.
func run(t *testing.T, dir string, args ...string) (stdout []byte, status int) {
	t.Helper()
	cmd := exec.Command(emitcheck, args...)
	cmd.Env = append(os.Environ(), "CI=") // as on somebody's machine, wherever this runs
	cmd.Dir = dir
	var errs bytes.Buffer
	cmd.Stderr = &errs
	stdout, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	status = cmd.ProcessState.ExitCode()
	t.Logf("emitcheck %s: exit status %d\n%s", strings.Join(args, " "), status, &errs)
	return stdout, status
}

// only decodes the one run of a report. A field that package sarif does not have
// is an error.
func only(t *testing.T, report []byte) *sarif.Run {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(report))
	dec.DisallowUnknownFields()
	var log sarif.Log
	if err := dec.Decode(&log); err != nil {
		t.Fatal(err)
	}
	if len(log.Runs) != 1 {
		t.Fatalf("%d runs, want one", len(log.Runs))
	}
	return &log.Runs[0]
}

// file returns the file that a location names, resolved as the standard says.
func file(t *testing.T, r *sarif.Run, location sarif.ArtifactLocation) string {
	t.Helper()
	u, err := url.Parse(location.URI)
	if err == nil && location.URIBaseID != "" {
		var base *url.URL
		if base, err = url.Parse(r.URIBases[location.URIBaseID].URI); err == nil {
			u = base.ResolveReference(u)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if u.Scheme != "file" {
		t.Fatalf("%+v leads to %s, which is no file", location, u)
	}
	return filepath.FromSlash(u.Path)
}

// corpus copies the corpus to where it can be changed.
func corpus(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := shared.Copy(dir, testdata); err != nil {
		t.Fatal(err)
	}
	return dir
}
