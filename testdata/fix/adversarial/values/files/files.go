// Package files has handlers that open files, databases and clients in Emit.
package files

import (
	"archive/zip"
	"bufio"
	"context"
	"corpus/fix/adversarial/values/files/dep"
	"database/sql"
	"debug/elf"
	"fmt"
	"io/fs"
	"io/ioutil"
	"log"
	"log/syslog"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

const (
	mode       = os.O_RDWR | os.O_CREATE
	appendMode = os.O_APPEND | os.O_CREATE | os.O_WRONLY
)

func configure(c *http.Client) { c.Timeout = time.Nanosecond }

type api struct{ c *http.Client }

func newAPI(c *http.Client) *api { return &api{c} }

func (a *api) get(u string) (string, error) {
	resp, err := a.c.Get(u)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func fetch(c *http.Client, u string) (string, error) {
	c.Timeout /= 2
	return newAPI(c).get(u)
}

// AppendRead: O_APPEND alone is for reading
type AppendRead struct {
	path string
}

func (h *AppendRead) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AppendRead) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenFile(h.path, os.O_APPEND, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b := make([]byte, 8)
	n, err := f.Read(b)
	return string(b[:n]), err
}

func (h *AppendRead) SessionStop(ctx context.Context) error {
	return nil
}

// AppendFlags: flags in a field
type AppendFlags struct {
	path  string
	flags int
}

func (h *AppendFlags) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AppendFlags) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenFile(h.path, os.O_APPEND|h.flags, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close()
	_, err = f.WriteString("x")
	return "", err
}

func (h *AppendFlags) SessionStop(ctx context.Context) error {
	return nil
}

// AppendConst: flags in a constant
type AppendConst struct {
	path string
}

func (h *AppendConst) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AppendConst) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenFile(h.path, os.O_APPEND|mode, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close()
	_, err = f.WriteString("x")
	return "", err
}

func (h *AppendConst) SessionStop(ctx context.Context) error {
	return nil
}

// AppendConstAll: all flags in a constant
type AppendConstAll struct {
	path string
}

func (h *AppendConstAll) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AppendConstAll) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenFile(h.path, appendMode, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close()
	_, err = f.WriteString("x")
	return "", err
}

func (h *AppendConstAll) SessionStop(ctx context.Context) error {
	return nil
}

// AppendRotated: Receive moves the file away
type AppendRotated struct {
	path string
}

func (h *AppendRotated) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AppendRotated) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close()
	_, err = f.WriteString("x")
	return "", err
}

func (h *AppendRotated) SessionStop(ctx context.Context) error {
	return nil
}

func (h *AppendRotated) Receive(ctx context.Context, s string) error {
	return os.Rename(h.path, h.path+".1")
}

// AppendRemoved: Emit removes the file behind it
type AppendRemoved struct {
	path string
}

func (h *AppendRemoved) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AppendRemoved) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if _, err := f.WriteString("x"); err != nil {
		return "", err
	}
	return "", os.Remove(h.path)
}

func (h *AppendRemoved) SessionStop(ctx context.Context) error {
	return nil
}

// AppendRenamed: Emit closes, then moves the file away
type AppendRenamed struct {
	path string
}

func (h *AppendRenamed) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AppendRenamed) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	if _, err := f.WriteString("x"); err != nil {
		return "", err
	}
	_ = f.Close()
	return "", os.Rename(h.path, h.path+".done")
}

func (h *AppendRenamed) SessionStop(ctx context.Context) error {
	return nil
}

// AppendLocked: a file lock that its close gives back
type AppendLocked struct {
	path string
}

func (h *AppendLocked) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AppendLocked) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		return "", err
	}
	_, err = f.WriteString("x")
	return "", err
}

func (h *AppendLocked) SessionStop(ctx context.Context) error {
	return nil
}

// AppendTruncated: what is there is cut off first
type AppendTruncated struct {
	path string
}

func (h *AppendTruncated) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AppendTruncated) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if err := f.Truncate(0); err != nil {
		return "", err
	}
	_, err = f.WriteString("x")
	return "", err
}

func (h *AppendTruncated) SessionStop(ctx context.Context) error {
	return nil
}

// AppendBuffered: a buffer that the call flushes
type AppendBuffered struct {
	path string
}

func (h *AppendBuffered) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AppendBuffered) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "x")
	return "", w.Flush()
}

func (h *AppendBuffered) SessionStop(ctx context.Context) error {
	return nil
}

// AppendLogger: a logger on the file
type AppendLogger struct {
	path string
}

func (h *AppendLogger) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AppendLogger) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close()
	l := log.New(f, "", 0)
	l.Print("x")
	return "", nil
}

func (h *AppendLogger) SessionStop(ctx context.Context) error {
	return nil
}

// AppendCloseError: the error of its close is looked at
type AppendCloseError struct {
	path string
}

func (h *AppendCloseError) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AppendCloseError) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	if _, err := f.WriteString("x"); err != nil {
		_ = f.Close()
		return "", err
	}
	return "", f.Close()
}

func (h *AppendCloseError) SessionStop(ctx context.Context) error {
	return nil
}

// AppendCommand: a command writes to it
type AppendCommand struct {
	path string
}

func (h *AppendCommand) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AppendCommand) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close()
	cmd := exec.CommandContext(ctx, "true")
	cmd.Stdout = f
	return "", cmd.Run()
}

func (h *AppendCommand) SessionStop(ctx context.Context) error {
	return nil
}

// AppendDated: its name has the time in it
type AppendDated struct {
	path string
}

func (h *AppendDated) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AppendDated) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenFile(time.Now().Format("2006"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close()
	_, err = f.WriteString("x")
	return "", err
}

func (h *AppendDated) SessionStop(ctx context.Context) error {
	return nil
}

// AppendDatedField: its name has a field in it that Emit sets
type AppendDatedField struct {
	path string
	day  string
}

func (h *AppendDatedField) SessionStart(ctx context.Context) error {
	return nil
}

func (h *AppendDatedField) Emit(ctx context.Context) (string, error) {
	h.day = time.Now().Format("02")
	f, err := os.OpenFile(filepath.Join(h.path, h.day), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close()
	_, err = f.WriteString("x")
	return "", err
}

func (h *AppendDatedField) SessionStop(ctx context.Context) error {
	return nil
}

// Fallback: another file where it fails
type Fallback struct {
	path string
}

func (h *Fallback) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Fallback) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		f = os.Stderr
	}
	_, err = f.WriteString("x")
	return "", err
}

func (h *Fallback) SessionStop(ctx context.Context) error {
	return nil
}

// Missing: a file that may not be there yet is no error
type Missing struct {
	path string
}

func (h *Missing) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Missing) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return "", nil
	}
	defer f.Close()
	_, err = f.WriteString("x")
	return "", err
}

func (h *Missing) SessionStop(ctx context.Context) error {
	return nil
}

// Rooted: a file of a root, read from its beginning
type Rooted struct {
	path string
	root *os.Root
}

func (h *Rooted) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Rooted) Emit(ctx context.Context) (string, error) {
	f, err := h.root.OpenFile("a", os.O_RDONLY, 0)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b := make([]byte, 8)
	n, err := f.Read(b)
	return string(b[:n]), err
}

func (h *Rooted) SessionStop(ctx context.Context) error {
	return nil
}

// RootedCreate: a file of a root, made anew
type RootedCreate struct {
	path string
	root *os.Root
}

func (h *RootedCreate) SessionStart(ctx context.Context) error {
	return nil
}

func (h *RootedCreate) Emit(ctx context.Context) (string, error) {
	f, err := h.root.Create("a")
	if err != nil {
		return "", err
	}
	defer f.Close()
	_, err = f.WriteString("x")
	return "", err
}

func (h *RootedCreate) SessionStop(ctx context.Context) error {
	return nil
}

// InRoot: a file in a root
type InRoot struct {
	path string
}

func (h *InRoot) SessionStart(ctx context.Context) error {
	return nil
}

func (h *InRoot) Emit(ctx context.Context) (string, error) {
	f, err := os.OpenInRoot(h.path, "a")
	if err != nil {
		return "", err
	}
	defer f.Close()
	b := make([]byte, 8)
	n, err := f.Read(b)
	return string(b[:n]), err
}

func (h *InRoot) SessionStop(ctx context.Context) error {
	return nil
}

// OpensRoot: a root of each call
type OpensRoot struct {
	path string
}

func (h *OpensRoot) SessionStart(ctx context.Context) error {
	return nil
}

func (h *OpensRoot) Emit(ctx context.Context) (string, error) {
	r, err := os.OpenRoot(h.path)
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := fs.ReadFile(r.FS(), "a")
	return string(b), err
}

func (h *OpensRoot) SessionStop(ctx context.Context) error {
	return nil
}

// OldTemp: a temporary file of old
type OldTemp struct {
	path string
}

func (h *OldTemp) SessionStart(ctx context.Context) error {
	return nil
}

func (h *OldTemp) Emit(ctx context.Context) (string, error) {
	f, err := ioutil.TempFile("", "x")
	if err != nil {
		return "", err
	}
	defer f.Close()
	_, err = f.WriteString("x")
	return "", err
}

func (h *OldTemp) SessionStop(ctx context.Context) error {
	return nil
}

// Zipped: an archive that somebody replaces
type Zipped struct {
	path string
}

func (h *Zipped) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Zipped) Emit(ctx context.Context) (string, error) {
	z, err := zip.OpenReader(h.path)
	if err != nil {
		return "", err
	}
	defer z.Close()
	return z.File[0].Name, nil
}

func (h *Zipped) SessionStop(ctx context.Context) error {
	return nil
}

// Elf: a binary that somebody replaces
type Elf struct {
	path string
}

func (h *Elf) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Elf) Emit(ctx context.Context) (string, error) {
	z, err := elf.Open(h.path)
	if err != nil {
		return "", err
	}
	defer z.Close()
	return z.Class.String(), nil
}

func (h *Elf) SessionStop(ctx context.Context) error {
	return nil
}

// Syslog: a logger of std
type Syslog struct {
	path string
}

func (h *Syslog) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Syslog) Emit(ctx context.Context) (string, error) {
	w, err := syslog.New(syslog.LOG_INFO, "x")
	if err != nil {
		return "", err
	}
	defer w.Close()
	return "", w.Info("x")
}

func (h *Syslog) SessionStop(ctx context.Context) error {
	return nil
}

// Sql: a database of each call
type Sql struct {
	path string
}

func (h *Sql) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Sql) Emit(ctx context.Context) (string, error) {
	db, err := sql.Open("x", h.path)
	if err != nil {
		return "", err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "x")
	return "", err
}

func (h *Sql) SessionStop(ctx context.Context) error {
	return nil
}

// SqlMemory: a database in memory of each call
type SqlMemory struct {
	path string
}

func (h *SqlMemory) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SqlMemory) Emit(ctx context.Context) (string, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return "", err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "create table x")
	return "", err
}

func (h *SqlMemory) SessionStop(ctx context.Context) error {
	return nil
}

// SqlPrepared: a statement of each call
type SqlPrepared struct {
	path string
	db   *sql.DB
}

func (h *SqlPrepared) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SqlPrepared) Emit(ctx context.Context) (string, error) {
	st, err := h.db.PrepareContext(ctx, "select 1")
	if err != nil {
		return "", err
	}
	defer st.Close()
	var s string
	err = st.QueryRowContext(ctx).Scan(&s)
	return s, err
}

func (h *SqlPrepared) SessionStop(ctx context.Context) error {
	return nil
}

// SqlPreparedTx: a statement of a transaction
type SqlPreparedTx struct {
	path string
	db   *sql.DB
}

func (h *SqlPreparedTx) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SqlPreparedTx) Emit(ctx context.Context) (string, error) {
	tx, err := h.db.BeginTx(ctx, nil)
	if err != nil {
		return "", err
	}
	defer tx.Rollback()
	st, err := tx.PrepareContext(ctx, "select 1")
	if err != nil {
		return "", err
	}
	defer st.Close()
	_, err = st.ExecContext(ctx)
	if err != nil {
		return "", err
	}
	return "", tx.Commit()
}

func (h *SqlPreparedTx) SessionStop(ctx context.Context) error {
	return nil
}

// SqlStmtTx: a statement bound to a transaction
type SqlStmtTx struct {
	path string
	db   *sql.DB
	tx   *sql.Tx
}

func (h *SqlStmtTx) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SqlStmtTx) Emit(ctx context.Context) (string, error) {
	st, err := h.db.Prepare("select 1")
	if err != nil {
		return "", err
	}
	defer st.Close()
	_, err = h.tx.Stmt(st).ExecContext(ctx)
	return "", err
}

func (h *SqlStmtTx) SessionStop(ctx context.Context) error {
	return nil
}

// SqlConn: a connection of the pool
type SqlConn struct {
	path string
	db   *sql.DB
}

func (h *SqlConn) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SqlConn) Emit(ctx context.Context) (string, error) {
	c, err := h.db.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer c.Close()
	return "", c.PingContext(ctx)
}

func (h *SqlConn) SessionStop(ctx context.Context) error {
	return nil
}

// SqlStopCloses: stop closes the database before the statement
type SqlStopCloses struct {
	path string
	db   *sql.DB
}

func (h *SqlStopCloses) SessionStart(ctx context.Context) error {
	var err error
	h.db, err = sql.Open("x", h.path)
	return err
}

func (h *SqlStopCloses) Emit(ctx context.Context) (string, error) {
	st, err := h.db.Prepare("select 1")
	if err != nil {
		return "", err
	}
	defer st.Close()
	_, err = st.ExecContext(ctx)
	return "", err
}

func (h *SqlStopCloses) SessionStop(ctx context.Context) error {
	return h.db.Close()
}

// TwoClients: two clients that may fail, closed but once
type TwoClients struct {
	path  string
	other string
}

func (h *TwoClients) SessionStart(ctx context.Context) error {
	return nil
}

func (h *TwoClients) Emit(ctx context.Context) (string, error) {
	a, err := dep.Dial(h.path)
	if err != nil {
		return "", err
	}
	defer a.Close()
	b, err := dep.Dial(h.other)
	if err != nil {
		return "", err
	}
	defer b.Close()
	s, err := a.Say(ctx, "x")
	if err != nil {
		return "", err
	}
	return b.Say(ctx, s)
}

func (h *TwoClients) SessionStop(ctx context.Context) error {
	return nil
}

// StopTwice: a client that must not be closed twice
type StopTwice struct {
	path string
}

func (h *StopTwice) SessionStart(ctx context.Context) error {
	return nil
}

func (h *StopTwice) Emit(ctx context.Context) (string, error) {
	c, err := dep.Dial(h.path)
	if err != nil {
		return "", err
	}
	defer c.Close()
	return c.Say(ctx, "x")
}

func (h *StopTwice) SessionStop(ctx context.Context) error {
	return nil
}

// ClientValue: a client that is no pointer: its connection is nil until start
type ClientValue struct {
	path string
}

func (h *ClientValue) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ClientValue) Emit(ctx context.Context) (string, error) {
	v, err := dep.Open(h.path)
	if err != nil {
		return "", err
	}
	defer v.Close()
	_, err = v.Write([]byte("x"))
	return "", err
}

func (h *ClientValue) SessionStop(ctx context.Context) error {
	return nil
}

// ShutdownContext: Shutdown takes a context
type ShutdownContext struct {
	path string
}

func (h *ShutdownContext) SessionStart(ctx context.Context) error {
	return nil
}

func (h *ShutdownContext) Emit(ctx context.Context) (string, error) {
	s := dep.NewStopper(h.path)
	defer s.Shutdown(ctx)
	return "", s.Do()
}

func (h *ShutdownContext) SessionStop(ctx context.Context) error {
	return nil
}

// LockFile: a lock of the call
type LockFile struct {
	path string
}

func (h *LockFile) SessionStart(ctx context.Context) error {
	return nil
}

func (h *LockFile) Emit(ctx context.Context) (string, error) {
	l, err := dep.Acquire(h.path)
	if err != nil {
		return "", err
	}
	defer l.Release()
	return "", os.WriteFile(h.path+".x", nil, 0o600)
}

func (h *LockFile) SessionStop(ctx context.Context) error {
	return nil
}

// SpanOfCall: a span that measures the call
type SpanOfCall struct {
	path string
}

func (h *SpanOfCall) SessionStart(ctx context.Context) error {
	return nil
}

func (h *SpanOfCall) Emit(ctx context.Context) (string, error) {
	s := dep.StartSpan("emit")
	defer s.Close()
	return "", nil
}

func (h *SpanOfCall) SessionStop(ctx context.Context) error {
	return nil
}

// Transaction: a transaction of the call
type Transaction struct {
	path string
}

func (h *Transaction) SessionStart(ctx context.Context) error {
	return nil
}

func (h *Transaction) Emit(ctx context.Context) (string, error) {
	t, err := dep.Begin(h.path)
	if err != nil {
		return "", err
	}
	defer t.Close()
	return "", t.Commit()
}

func (h *Transaction) SessionStop(ctx context.Context) error {
	return nil
}

// DepIter: an iterator that is drained in the call
type DepIter struct {
	path string
}

func (h *DepIter) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DepIter) Emit(ctx context.Context) (string, error) {
	it := dep.NewIter(h.path)
	defer it.Close()
	s := ""
	for it.Next() {
		s += it.Value()
	}
	return s, nil
}

func (h *DepIter) SessionStop(ctx context.Context) error {
	return nil
}

// DepSnapshot: a copy of what is there now
type DepSnapshot struct {
	path string
}

func (h *DepSnapshot) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DepSnapshot) Emit(ctx context.Context) (string, error) {
	it, err := dep.Snapshot(h.path)
	if err != nil {
		return "", err
	}
	defer it.Close()
	it.Next()
	return it.Value(), nil
}

func (h *DepSnapshot) SessionStop(ctx context.Context) error {
	return nil
}

// DepLoad: a file that is loaded anew
type DepLoad struct {
	path string
}

func (h *DepLoad) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DepLoad) Emit(ctx context.Context) (string, error) {
	f, err := dep.Load(h.path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b := make([]byte, 8)
	n, err := f.Read(b)
	return string(b[:n]), err
}

func (h *DepLoad) SessionStop(ctx context.Context) error {
	return nil
}

// DepPool: a function that takes from a pool
type DepPool struct {
	path string
}

func (h *DepPool) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DepPool) Emit(ctx context.Context) (string, error) {
	c, err := dep.Get()
	if err != nil {
		return "", err
	}
	defer c.Close()
	return c.Say(ctx, "x")
}

func (h *DepPool) SessionStop(ctx context.Context) error {
	return nil
}

// DepBatch: a batch that its close sends
type DepBatch struct {
	path string
}

func (h *DepBatch) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DepBatch) Emit(ctx context.Context) (string, error) {
	b, err := dep.NewBatch(h.path)
	if err != nil {
		return "", err
	}
	defer b.Close()
	b.Add("x")
	return "", nil
}

func (h *DepBatch) SessionStop(ctx context.Context) error {
	return nil
}

// StartLeaves: start has made something already where the dial fails
type StartLeaves struct {
	path  string
	first *dep.Client
}

func (h *StartLeaves) SessionStart(ctx context.Context) error {
	h.first = dep.NewClient(h.path)
	return nil
}

func (h *StartLeaves) Emit(ctx context.Context) (string, error) {
	c, err := dep.Dial(h.path)
	if err != nil {
		return "", err
	}
	defer c.Close()
	return c.Say(ctx, "x")
}

func (h *StartLeaves) SessionStop(ctx context.Context) error {
	return h.first.Close()
}

// StopUses: the end of stop uses the path
type StopUses struct {
	path string
}

func (h *StopUses) SessionStart(ctx context.Context) error {
	return nil
}

func (h *StopUses) Emit(ctx context.Context) (string, error) {
	c, err := dep.Dial(h.path)
	if err != nil {
		return "", err
	}
	defer c.Close()
	return c.Say(ctx, "x")
}

func (h *StopUses) SessionStop(ctx context.Context) error {
	if h.path == "" {
		return os.ErrClosed
	}
	return os.Remove(h.path)
}

// HttpPlain: a client as it is
type HttpPlain struct {
	path string
}

func (h *HttpPlain) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpPlain) Emit(ctx context.Context) (string, error) {
	c := &http.Client{Timeout: time.Second}
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpPlain) SessionStop(ctx context.Context) error {
	return nil
}

// HttpMutated: a client whose time limit the call sets
type HttpMutated struct {
	path string
}

func (h *HttpMutated) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpMutated) Emit(ctx context.Context) (string, error) {
	c := &http.Client{}
	if d, ok := ctx.Deadline(); ok {
		c.Timeout = time.Until(d)
	}
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpMutated) SessionStop(ctx context.Context) error {
	return nil
}

// HttpMutatedPtr: a limit set through a pointer
type HttpMutatedPtr struct {
	path string
}

func (h *HttpMutatedPtr) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpMutatedPtr) Emit(ctx context.Context) (string, error) {
	c := &http.Client{}
	t := &c.Timeout
	*t = time.Second
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpMutatedPtr) SessionStop(ctx context.Context) error {
	return nil
}

// HttpHelper: a helper sets its limit on some calls
type HttpHelper struct {
	path string
}

func (h *HttpHelper) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpHelper) Emit(ctx context.Context) (string, error) {
	c := &http.Client{}
	if len(h.path) > 3 {
		configure(c)
	}
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpHelper) SessionStop(ctx context.Context) error {
	return nil
}

// HttpAuth: a redirect policy of the call
type HttpAuth struct {
	path string
}

func (h *HttpAuth) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpAuth) Emit(ctx context.Context) (string, error) {
	n := 0
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { n++; return nil }}
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpAuth) SessionStop(ctx context.Context) error {
	return nil
}

// HttpField: a redirect policy that counts in a field
type HttpField struct {
	path string
	n    int
}

func (h *HttpField) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpField) Emit(ctx context.Context) (string, error) {
	h.n = 0
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { h.n++; return nil }}
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpField) SessionStop(ctx context.Context) error {
	return nil
}

// HttpReturned: the client is returned
type HttpReturned struct {
	path string
}

func (h *HttpReturned) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpReturned) Emit(ctx context.Context) (*http.Client, error) {
	c := &http.Client{}
	return c, nil
}

func (h *HttpReturned) SessionStop(ctx context.Context) error {
	return nil
}

// HttpReturnedLiteral: a literal is returned
type HttpReturnedLiteral struct {
	path string
}

func (h *HttpReturnedLiteral) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpReturnedLiteral) Emit(ctx context.Context) (*http.Client, error) {
	return &http.Client{}, nil
}

func (h *HttpReturnedLiteral) SessionStop(ctx context.Context) error {
	return nil
}

// HttpPassed: the client is passed on to a constructor with a small letter
type HttpPassed struct {
	path string
}

func (h *HttpPassed) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpPassed) Emit(ctx context.Context) (string, error) {
	a := newAPI(&http.Client{Timeout: time.Second})
	return a.get(h.path)
}

func (h *HttpPassed) SessionStop(ctx context.Context) error {
	return nil
}

// HttpPassedSet: the client is passed on to a function that changes it
type HttpPassedSet struct {
	path string
}

func (h *HttpPassedSet) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpPassedSet) Emit(ctx context.Context) (string, error) {
	return fetch(&http.Client{Timeout: time.Second}, h.path)
}

func (h *HttpPassedSet) SessionStop(ctx context.Context) error {
	return nil
}

// HttpCond: the client is made in a condition
type HttpCond struct {
	path string
}

func (h *HttpCond) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpCond) Emit(ctx context.Context) (string, error) {
	if resp, err := (&http.Client{}).Get(h.path); err == nil {
		return resp.Status, resp.Body.Close()
	}
	return "", nil
}

func (h *HttpCond) SessionStop(ctx context.Context) error {
	return nil
}

// HttpSwitch: a client in one case
type HttpSwitch struct {
	path string
}

func (h *HttpSwitch) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpSwitch) Emit(ctx context.Context) (string, error) {
	switch h.path {
	case "a":
		c := &http.Client{Timeout: time.Second}
		_ = c
		return "", nil
	}
	return "", nil
}

func (h *HttpSwitch) SessionStop(ctx context.Context) error {
	return nil
}

// HttpValue: a client that is no pointer
type HttpValue struct {
	path string
}

func (h *HttpValue) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpValue) Emit(ctx context.Context) (string, error) {
	c := http.Client{Timeout: time.Second}
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpValue) SessionStop(ctx context.Context) error {
	return nil
}

// HttpValueCopied: a client that is copied
type HttpValueCopied struct {
	path string
}

func (h *HttpValueCopied) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpValueCopied) Emit(ctx context.Context) (string, error) {
	c := http.Client{Timeout: time.Second}
	d := c
	d.Timeout = time.Hour
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpValueCopied) SessionStop(ctx context.Context) error {
	return nil
}

// HttpTransport: a transport in a client
type HttpTransport struct {
	path string
}

func (h *HttpTransport) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpTransport) Emit(ctx context.Context) (string, error) {
	t := &http.Transport{MaxIdleConns: 1}
	c := &http.Client{Transport: t}
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpTransport) SessionStop(ctx context.Context) error {
	return nil
}

// HttpRegister: a protocol is registered on each call
type HttpRegister struct {
	path string
}

func (h *HttpRegister) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpRegister) Emit(ctx context.Context) (string, error) {
	t := &http.Transport{}
	t.RegisterProtocol("file", http.NewFileTransport(http.Dir("/")))
	req, err := http.NewRequestWithContext(ctx, "GET", h.path, nil)
	if err != nil {
		return "", err
	}
	resp, err := t.RoundTrip(req)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpRegister) SessionStop(ctx context.Context) error {
	return nil
}

// HttpIdle: a transport whose connections the call closes
type HttpIdle struct {
	path string
}

func (h *HttpIdle) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpIdle) Emit(ctx context.Context) (string, error) {
	t := &http.Transport{}
	defer t.CloseIdleConnections()
	req, err := http.NewRequestWithContext(ctx, "GET", h.path, nil)
	if err != nil {
		return "", err
	}
	resp, err := t.RoundTrip(req)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpIdle) SessionStop(ctx context.Context) error {
	return nil
}

// HttpProxy: a proxy that the call chooses
type HttpProxy struct {
	path string
	n    int
}

func (h *HttpProxy) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpProxy) Emit(ctx context.Context) (string, error) {
	h.n++
	u, err := url.Parse(fmt.Sprintf("http://proxy%d", h.n))
	if err != nil {
		return "", err
	}
	c := &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(u)}}
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpProxy) SessionStop(ctx context.Context) error {
	return nil
}

// HttpProxyField: a proxy in a field that Receive sets
type HttpProxyField struct {
	path  string
	proxy *url.URL
}

func (h *HttpProxyField) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpProxyField) Emit(ctx context.Context) (string, error) {
	c := &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(h.proxy)}}
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpProxyField) SessionStop(ctx context.Context) error {
	return nil
}

func (h *HttpProxyField) Receive(ctx context.Context, u *url.URL) error { h.proxy = u; return nil }

// HttpProxyMethod: a proxy that Receive replaces in place
type HttpProxyMethod struct {
	path  string
	proxy *url.URL
}

func (h *HttpProxyMethod) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpProxyMethod) Emit(ctx context.Context) (string, error) {
	c := &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(h.proxy)}}
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpProxyMethod) SessionStop(ctx context.Context) error {
	return nil
}

func (h *HttpProxyMethod) Receive(ctx context.Context, u *url.URL) error { *h.proxy = *u; return nil }

// HttpStart: start, with a loop, calls Emit
type HttpStart struct {
	path string
}

func (h *HttpStart) SessionStart(ctx context.Context) error {
	go h.run(ctx)
	return nil
}

func (h *HttpStart) Emit(ctx context.Context) (string, error) {
	c := &http.Client{Timeout: time.Second}
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpStart) SessionStop(ctx context.Context) error {
	return nil
}

func (h *HttpStart) run(ctx context.Context) {
	for ctx.Err() == nil {
		if _, err := h.Emit(ctx); err != nil {
			return
		}
	}
}

// HttpNoStart: a client without a start
type HttpNoStart struct {
	path string
}

func (h *HttpNoStart) Emit(ctx context.Context) (string, error) {
	c := &http.Client{Timeout: time.Second}
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpNoStart) SessionStop(ctx context.Context) error {
	return nil
}

// HttpReplaced: Receive sets the field that Emit makes
type HttpReplaced struct {
	path string
	c    *http.Client
}

func (h *HttpReplaced) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpReplaced) Emit(ctx context.Context) (string, error) {
	h.c = &http.Client{Timeout: time.Second}
	c := h.c
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpReplaced) SessionStop(ctx context.Context) error {
	return nil
}

func (h *HttpReplaced) Receive(ctx context.Context, s string) error { h.c = nil; return nil }

// HttpZeroed: Receive clears the whole handler
type HttpZeroed struct {
	path string
	c    *http.Client
}

func (h *HttpZeroed) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpZeroed) Emit(ctx context.Context) (string, error) {
	h.c = &http.Client{Timeout: time.Second}
	c := h.c
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpZeroed) SessionStop(ctx context.Context) error {
	return nil
}

func (h *HttpZeroed) Receive(ctx context.Context, s string) error {
	*h = HttpZeroed{path: s}
	return nil
}

// HttpReset: a method gives the handler its first state back
type HttpReset struct {
	path string
}

func (h *HttpReset) SessionStart(ctx context.Context) error {
	return nil
}

func (h *HttpReset) Emit(ctx context.Context) (string, error) {
	c := &http.Client{Timeout: time.Second}
	resp, err := c.Get(h.path)
	if err != nil {
		return "", err
	}
	return resp.Status, resp.Body.Close()
}

func (h *HttpReset) SessionStop(ctx context.Context) error {
	return nil
}

func (h *HttpReset) Receive(ctx context.Context, s string) error { *h = HttpReset{path: s}; return nil }

// DepReset: a setter that clears all leaves the client open
type DepReset struct {
	path string
}

func (h *DepReset) SessionStart(ctx context.Context) error {
	return nil
}

func (h *DepReset) Emit(ctx context.Context) (string, error) {
	c, err := dep.Dial(h.path)
	if err != nil {
		return "", err
	}
	defer c.Close()
	return c.Say(ctx, "x")
}

func (h *DepReset) SessionStop(ctx context.Context) error {
	return nil
}

func (h *DepReset) Receive(ctx context.Context, s string) error { *h = DepReset{path: s}; return nil }
