package blocking

import (
	"bytes"
	"context"
	"database/sql"
	"net"
	"net/http"
	"os"
	"os/exec"
	"time"
)

// ---- http ----

// HTTPGet fetches without the context.
type HTTPGet struct{ url string }

func (h *HTTPGet) Emit(ctx context.Context) (int, error) {
	resp, err := http.Get(h.url) // want `emit-blocking`
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

func (h *HTTPGet) Close() error { return nil }

// HTTPClientGet does it with a client of its own.
type HTTPClientGet struct {
	client *http.Client
	url    string
}

func (h *HTTPClientGet) Emit(ctx context.Context) (int, error) {
	resp, err := h.client.Get(h.url) // want `emit-blocking`
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

func (h *HTTPClientGet) Close() error { return nil }

// HTTPRequest makes a request without the context.
type HTTPRequest struct{ client *http.Client }

func (h *HTTPRequest) Emit(ctx context.Context) (int, error) {
	req, err := http.NewRequest(http.MethodGet, "http://localhost", nil)
	if err != nil {
		return 0, err
	}
	resp, err := h.client.Do(req) // want `emit-blocking`
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

func (h *HTTPRequest) Close() error { return nil }

// HTTPBackground uses a context that is not the call's.
type HTTPBackground struct{ client *http.Client }

func (h *HTTPBackground) Emit(ctx context.Context) (int, error) {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://localhost", nil)
	if err != nil {
		return 0, err
	}
	resp, err := h.client.Do(req) // want `emit-blocking`
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

func (h *HTTPBackground) Close() error { return nil }

// HTTPContext uses the call's.
type HTTPContext struct{ client *http.Client }

func (h *HTTPContext) Emit(ctx context.Context) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://localhost", nil)
	if err != nil {
		return 0, err
	}
	resp, err := h.client.Do(req) // silent: bound to the call's context
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

func (h *HTTPContext) Close() error { return nil }

// HTTPDerived uses a context of the call's.
type HTTPDerived struct{ client *http.Client }

func (h *HTTPDerived) Emit(ctx context.Context) (int, error) {
	tctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(tctx, http.MethodGet, "http://localhost", nil)
	if err != nil {
		return 0, err
	}
	resp, err := h.client.Do(req) // silent: bound to the call's context
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

func (h *HTTPDerived) Close() error { return nil }

// HTTPWithContext binds a request to the context afterwards.
type HTTPWithContext struct{ client *http.Client }

func (h *HTTPWithContext) Emit(ctx context.Context) (int, error) {
	req, err := http.NewRequest(http.MethodGet, "http://localhost", nil)
	if err != nil {
		return 0, err
	}
	resp, err := h.client.Do(req.WithContext(ctx)) // silent: bound to the call's context
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

func (h *HTTPWithContext) Close() error { return nil }

// HTTPHelper makes the request elsewhere.
type HTTPHelper struct{ client *http.Client }

func (h *HTTPHelper) request(ctx context.Context) (*http.Request, error) {
	return http.NewRequestWithContext(ctx, http.MethodGet, "http://localhost", nil)
}

func (h *HTTPHelper) Emit(ctx context.Context) (int, error) {
	req, err := h.request(ctx)
	if err != nil {
		return 0, err
	}
	resp, err := h.client.Do(req) // silent: bound to the call's context
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

func (h *HTTPHelper) Close() error { return nil }

// ---- files ----

// ReadsFile reads a file per frame.
type ReadsFile struct{ path string }

func (h *ReadsFile) Emit(ctx context.Context) ([]byte, error) {
	return os.ReadFile(h.path) // want `emit-blocking`
}

func (h *ReadsFile) Close() error { return nil }

// WritesFile writes one on some calls.
type WritesFile struct {
	n   int
	buf bytes.Buffer
}

func (h *WritesFile) Emit(ctx context.Context) (int, error) {
	h.n++
	if h.n%50 == 0 {
		if err := os.WriteFile("frames", h.buf.Bytes(), 0o600); err != nil { // want `on some calls.*emit-blocking`
			return 0, err
		}
	}
	h.buf.WriteByte(byte(h.n)) // silent: memory
	return h.n, nil
}

func (h *WritesFile) Close() error { return nil }

// ---- databases ----

// Queries queries without the context.
type Queries struct{ db *sql.DB }

func (h *Queries) Emit(ctx context.Context) (n int, err error) {
	rows, err := h.db.Query("select id from frames") // want `emit-blocking`
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return n, rows.Err()
}

func (h *Queries) Close() error { return h.db.Close() }

// Executes executes without the context.
type Executes struct{ db *sql.DB }

func (h *Executes) Emit(ctx context.Context) (sql.Result, error) {
	return h.db.Exec("delete from frames") // want `emit-blocking`
}

func (h *Executes) Close() error { return h.db.Close() }

// QueriesBackground queries with a context that is not the call's.
type QueriesBackground struct{ db *sql.DB }

func (h *QueriesBackground) Emit(ctx context.Context) (n int, err error) {
	err = h.db.QueryRowContext(context.Background(), "select id from frames").Scan(&n) // want `emit-blocking`
	return n, err
}

func (h *QueriesBackground) Close() error { return h.db.Close() }

// QueriesContext queries with the call's.
type QueriesContext struct{ db *sql.DB }

func (h *QueriesContext) Emit(ctx context.Context) (n int, err error) {
	rows, err := h.db.QueryContext(ctx, "select id from frames") // silent: bound to the call's context
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	if !rows.Next() {
		return 0, rows.Err()
	}
	if _, err := h.db.ExecContext(ctx, "delete from frames"); err != nil { // silent: bound to the call's context
		return 0, err
	}
	return n, rows.Scan(&n)
}

func (h *QueriesContext) Close() error { return h.db.Close() }

// ---- processes and names ----

// Runs runs a command without the context: one finding.
type Runs struct{}

func (h *Runs) Emit(ctx context.Context) (int, error) {
	return 0, exec.Command("true").Run() // want `emit-(resource|blocking)`
}

func (h *Runs) Close() error { return nil }

// RunsContext runs one with it: no blocking, still a process per frame.
type RunsContext struct{}

func (h *RunsContext) Emit(ctx context.Context) (int, error) {
	cmd := exec.CommandContext(ctx, "true")
	if err := cmd.Run(); err != nil { // want `over when the call returns.*emit-resource`
		return 0, err
	}
	return 1, nil
}

func (h *RunsContext) Close() error { return nil }

// Resolves looks up names.
type Resolves struct{ host string }

func (h *Resolves) Emit(ctx context.Context) ([]string, error) {
	if h.host == "" {
		return net.LookupHost("localhost") // want `on some calls.*emit-blocking`
	}
	return net.DefaultResolver.LookupHost(ctx, h.host) // silent: bound to the call's context
}

func (h *Resolves) Close() error { return nil }
