package main

import (
	"strings"
	"testing"
)

// TestStd runs the analyzer on packages of std that make much of goroutines,
// channels and closers. All of std, and the modules, are run by
//
//	go run ./internal/realcode -robust
func TestStd(t *testing.T) {
	patterns := []string{
		"context", "sync", "time", "io", "bufio", "iter", "os/exec", "os/signal", "log/slog", "text/template", "encoding/json", "encoding/gob",
		"compress/flate", "archive/zip", "database/sql", "net/rpc", "net/http/httptest", "net/smtp", "testing", "go/types", "expvar", "container/list",
	}
	fixes := 0
	for _, deep := range []bool{false, true} {
		var out strings.Builder
		h := &hardening{out: &out, shadow: t.TempDir()}
		if err := h.std(deep, patterns); err != nil {
			t.Fatal(err)
		}
		t.Logf("deep=%v: %v", deep, h)
		if h.failures > 0 {
			t.Errorf("%s", &out)
		}
		// With fewer the directives do not bind, and nothing is tried.
		if h.packages < 2*len(patterns) || h.handlers < 1000 || h.findings < 500 {
			t.Errorf("too little is tried: %v", h)
		}
		fixes += h.fixes
	}
	if fixes == 0 {
		t.Error("there is no fix to try")
	}
}
