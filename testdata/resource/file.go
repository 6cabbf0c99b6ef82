package resource

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// FileClosed opens and closes a file per frame.
type FileClosed struct{ path string }

func (h *FileClosed) Emit(ctx context.Context) (string, error) {
	f, err := os.Open(h.path) // want `on each call \(over when the call returns\).*emit-resource`
	if err != nil {
		return "", err
	}
	defer f.Close()
	return f.Name(), nil
}

func (h *FileClosed) Close() error { return nil }

// FileLeftOpen never closes it.
type FileLeftOpen struct{ path string }

func (h *FileLeftOpen) Emit(ctx context.Context) (string, error) {
	f, err := os.Open(h.path) // want `on each call[:;].*emit-resource`
	if err != nil {
		return "", err
	}
	return f.Name(), nil
}

func (h *FileLeftOpen) Close() error { return nil }

// FileKept keeps a file per record.
type FileKept struct{ f *os.File }

func (h *FileKept) Emit(rec Record) error {
	f, err := os.Create(string(rec)) // want `emit-resource`
	if err != nil {
		return err
	}
	h.f = f
	return nil
}

func (h *FileKept) Close() error { return h.f.Close() }

// FileKeptAtOnce assigns the field itself.
type FileKeptAtOnce struct{ f *os.File }

func (h *FileKeptAtOnce) Emit(rec Record) (err error) {
	h.f, err = os.Create(string(rec)) // want `emit-resource`
	return
}

func (h *FileKeptAtOnce) Close() error { return h.f.Close() }

// FileCollected appends each file to a list.
type FileCollected struct{ files []*os.File }

func (h *FileCollected) Emit(rec Record) error {
	f, err := os.Create(string(rec)) // want `emit-resource`
	if err != nil {
		return err
	}
	h.files = append(h.files, f)
	return nil
}

func (h *FileCollected) Close() error {
	for _, f := range h.files {
		f.Close()
	}
	return nil
}

// FileErrorPath closes the file where the write failed, and nowhere else.
type FileErrorPath struct{ path string }

func (h *FileErrorPath) Emit(rec Record) error {
	f, err := os.Create(h.path) // want `emit-resource`
	if err != nil {
		return err
	}
	if _, err := f.Write(rec); err != nil {
		f.Close()
		return err
	}
	return nil
}

func (h *FileErrorPath) Close() error { return nil }

// FileTemp leaves a temporary file open.
type FileTemp struct{ dir string }

func (h *FileTemp) Emit(rec Record) error {
	f, err := os.CreateTemp(h.dir, "rec-*") // want `emit-resource`
	if err != nil {
		return err
	}
	_, err = f.Write(rec)
	return err
}

func (h *FileTemp) Close() error { return nil }

// FileRotates opens a file when the one it has is full.
type FileRotates struct {
	f    *os.File
	size int
}

func (h *FileRotates) Emit(rec Record) error {
	if h.size+len(rec) > 1<<20 {
		h.f.Close()
		f, err := os.Create(fmt.Sprint("log-", h.size)) // silent: it takes the place of the one that was closed
		if err != nil {
			return err
		}
		h.f, h.size = f, 0
	}
	n, err := h.f.Write(rec)
	h.size += n
	return err
}

func (h *FileRotates) Close() error { return h.f.Close() }

// open returns a file that is the caller's to close.
func open(dir, name string) (*os.File, error) {
	return os.Open(filepath.Join(dir, name))
}

// openVariable does it by way of a variable.
func openVariable(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	return f, nil
}

// FileOfHelperKept leaves the helper's file open.
type FileOfHelperKept struct{ f *os.File }

func (h *FileOfHelperKept) Emit(rec Record) (err error) {
	h.f, err = open("/tmp", string(rec)) // want `\(\*FileOfHelperKept\)\.Emit → open .*emit-resource`
	return err
}

func (h *FileOfHelperKept) Close() error { return h.f.Close() }

// FileOfHelperForgotten drops the helper's file.
type FileOfHelperForgotten struct{}

func (h *FileOfHelperForgotten) Emit(rec Record) error {
	f, err := openVariable(string(rec)) // want `\(\*FileOfHelperForgotten\)\.Emit → openVariable .*emit-resource`
	if err != nil {
		return err
	}
	_, err = bufio.NewReader(f).ReadByte()
	return err
}

func (h *FileOfHelperForgotten) Close() error { return nil }

// FileOfHelperClosed closes the helper's file: at rate frame a cost.
type FileOfHelperClosed struct{ path string }

func (h *FileOfHelperClosed) Emit(ctx context.Context) (string, error) {
	f, err := openVariable(h.path) // want `over when the call returns\): \(\*FileOfHelperClosed\)\.Emit → openVariable .*emit-resource`
	if err != nil {
		return "", err
	}
	defer f.Close()
	return f.Name(), nil
}

func (h *FileOfHelperClosed) Close() error { return nil }

// ---- rate record, closed before return ----

// FileRecordDeferred closes it with defer.
type FileRecordDeferred struct{ path string }

func (h *FileRecordDeferred) Emit(rec Record) error {
	f, err := os.Create(h.path) // silent: closed before return, rate record
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(rec)
	return err
}

func (h *FileRecordDeferred) Close() error { return nil }

// FileRecordDeferredLiteral closes it in a deferred literal.
type FileRecordDeferredLiteral struct{ path string }

func (h *FileRecordDeferredLiteral) Emit(rec Record) error {
	f, err := os.Create(h.path) // silent: closed before return, rate record
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	_, err = f.Write(rec)
	return err
}

func (h *FileRecordDeferredLiteral) Close() error { return nil }

// FileRecordJoined keeps the error of the deferred Close.
type FileRecordJoined struct{ path string }

func (h *FileRecordJoined) Emit(rec Record) (err error) {
	f, err := os.Create(h.path) // silent: closed before return, rate record
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	_, err = f.Write(rec)
	return err
}

func (h *FileRecordJoined) Close() error { return nil }

// FileRecordEachPath closes it on each path.
type FileRecordEachPath struct{ path string }

func (h *FileRecordEachPath) Emit(rec Record) error {
	f, err := os.Create(h.path) // silent: closed before return, rate record
	if err != nil {
		return err
	}
	if _, err := f.Write(rec); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func (h *FileRecordEachPath) Close() error { return nil }

// FileRecordErrorsJoin closes it in an argument.
type FileRecordErrorsJoin struct{ path string }

func (h *FileRecordErrorsJoin) Emit(rec Record) error {
	f, err := os.Create(h.path) // silent: closed before return, rate record
	if err != nil {
		return err
	}
	_, werr := f.Write(rec)
	return errors.Join(werr, f.Close())
}

func (h *FileRecordErrorsJoin) Close() error { return nil }

// FileRecordIfOK opens it in an if statement.
type FileRecordIfOK struct{ path string }

func (h *FileRecordIfOK) Emit(rec Record) error {
	if f, err := os.Open(h.path); err == nil { // silent: closed before return, rate record
		defer f.Close()
		_, err = io.ReadFull(f, rec)
		return err
	}
	return nil
}

func (h *FileRecordIfOK) Close() error { return nil }

// FileRecordCloser closes it as an io.Closer.
type FileRecordCloser struct{ path string }

func (h *FileRecordCloser) Emit(rec Record) error {
	f, err := os.Create(h.path) // silent: closed before return, rate record
	if err != nil {
		return err
	}
	var c io.Closer = f
	defer c.Close()
	_, err = f.Write(rec)
	return err
}

func (h *FileRecordCloser) Close() error { return nil }

// FileRecordMethodValue closes it by a method value.
type FileRecordMethodValue struct{ path string }

func (h *FileRecordMethodValue) Emit(rec Record) error {
	f, err := os.Create(h.path) // silent: closed before return, rate record
	if err != nil {
		return err
	}
	cleanup := f.Close
	defer cleanup()
	_, err = f.Write(rec)
	return err
}

func (h *FileRecordMethodValue) Close() error { return nil }

// closeQuietly closes what it is given.
func closeQuietly(c io.Closer) {
	_ = c.Close()
}

// FileRecordHelperCloses closes it in a helper.
type FileRecordHelperCloses struct{ path string }

func (h *FileRecordHelperCloses) Emit(rec Record) error {
	f, err := os.Create(h.path) // silent: closed before return, rate record
	if err != nil {
		return err
	}
	defer closeQuietly(f)
	_, err = f.Write(rec)
	return err
}

func (h *FileRecordHelperCloses) Close() error { return nil }

// FileRecordTemp closes and removes a temporary file.
type FileRecordTemp struct{ dir string }

func (h *FileRecordTemp) Emit(rec Record) error {
	f, err := os.CreateTemp(h.dir, "rec-*") // silent: closed before return, rate record
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	_, err = f.Write(rec)
	return err
}

func (h *FileRecordTemp) Close() error { return nil }

// FileRecordOfHelper closes the helper's file.
type FileRecordOfHelper struct{}

func (h *FileRecordOfHelper) Emit(rec Record) error {
	f, err := openVariable(string(rec)) // silent: closed before return, rate record
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.ReadFull(f, rec)
	return err
}

func (h *FileRecordOfHelper) Close() error { return nil }

// FileRecordLoop opens and closes one file after the other.
type FileRecordLoop struct{ paths []string }

func (h *FileRecordLoop) Emit(rec Record) error {
	for _, path := range h.paths {
		f, err := os.Create(path) // silent: closed before return, rate record
		if err != nil {
			return err
		}
		_, err = f.Write(rec)
		f.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func (h *FileRecordLoop) Close() error { return nil }

// ---- not opened in the hot method ----

// FileFromStart writes to the session's file.
type FileFromStart struct {
	path string
	f    *os.File
}

func (h *FileFromStart) SessionStart(ctx context.Context) (err error) {
	h.f, err = os.Create(h.path) // silent: once per session
	return err
}

func (h *FileFromStart) Emit(rec Record) error {
	_, err := h.f.Write(rec) // silent: the session's own file
	return err
}

func (h *FileFromStart) SessionStop(ctx context.Context) error {
	return h.f.Close()
}

// FileLazy opens it on the first record.
type FileLazy struct{ f *os.File }

func (h *FileLazy) Emit(rec Record) error {
	if h.f == nil {
		f, err := os.Create("records") // silent: guarded, lazy-start is off
		if err != nil {
			return err
		}
		h.f = f
	}
	_, err := h.f.Write(rec)
	return err
}

func (h *FileLazy) Close() error {
	if h.f == nil {
		return nil
	}
	return h.f.Close()
}
