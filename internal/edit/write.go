package edit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// Write writes the files of the plan, all or none: first beside the files, then
// in their places. It refuses if one is read-only, or is no longer what it was
// before the fixes. If ctx ends before the first file is in its place, nothing
// is written.
func (p *Plan) Write(ctx context.Context) error {
	w := new(writer)
	defer w.clean()
	for i := range p.Files {
		if err := w.prepare(&p.Files[i]); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return errors.New("interrupted; nothing was written")
		}
	}
	return w.commit()
}

// WriteFile writes a file that fixes are not about: a new one, or in place of an
// old one. Whoever looks finds the old content, or all of the new one. If ctx
// ends before, nothing is written. The error need not tell the file's name.
func WriteFile(ctx context.Context, name string, content []byte) error {
	temporary, err := createNew(name, content)
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		err = errors.New("interrupted; nothing was written")
	} else {
		err = os.Rename(temporary, name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temporary))
	}
	return nil
}

// createNew writes a temporary file beside where a file is to be, with the mode
// that a new file has, and returns its name.
func createNew(beside string, content []byte) (name string, err error) {
	name = fmt.Sprintf("%s.%x.tmp", beside, rand.Uint64())
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrNotExist) {
		return "", errors.New("its directory does not exist")
	}
	if err != nil {
		var path *fs.PathError // of a file that nobody has named
		if errors.As(err, &path) {
			err = path.Err
		}
		return "", err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(name))
	}
	return name, nil
}

// A writer has the new contents of files in temporary files beside them.
type writer struct {
	files []prepared
}

type prepared struct {
	*File
	real      string // the file, links followed
	info      fs.FileInfo
	temporary string // "" once it is in its place
}

// prepare writes the new content of a file beside it.
func (w *writer) prepare(f *File) error {
	real, err := filepath.EvalSymlinks(f.Name)
	if err != nil {
		return err
	}
	info, err := os.Stat(real)
	if err != nil {
		return err
	}
	for _, other := range w.files {
		if os.SameFile(other.info, info) {
			return fmt.Errorf("%s and %s are one file; nothing was written", other.Name, f.Name)
		}
	}
	// What may not be written could yet be replaced.
	if info.Mode().Perm()&0o200 == 0 {
		return fmt.Errorf("%s is read-only; nothing was written", f.Name)
	}
	if err := unchanged(f, real); err != nil {
		return err
	}
	temporary, err := create(real, info, f.After)
	if err != nil {
		return fmt.Errorf("%w; nothing was written", err)
	}
	w.files = append(w.files, prepared{f, real, info, temporary})
	return nil
}

// unchanged tells whether a file is what it was when it was loaded.
func unchanged(f *File, real string) error {
	now, err := os.ReadFile(real)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, f.Before) {
		return fmt.Errorf("%s has changed since it was loaded; nothing was written, run again", f.Name)
	}
	return nil
}

// create writes a temporary file beside a file, with its mode and owner, and
// returns its name.
func create(beside string, info fs.FileInfo, content []byte) (name string, err error) {
	if w, err := os.OpenFile(beside, os.O_WRONLY, 0); err != nil {
		return "", err // the directory may be written, the file may not
	} else if err := w.Close(); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(beside), ".emitcheck-*.tmp")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(content)
	if err == nil {
		err = f.Chmod(info.Mode().Perm())
	}
	if err == nil {
		err = own(f, info)
	}
	if err == nil {
		err = f.Sync()
	}
	return f.Name(), errors.Join(err, f.Close())
}

// commit puts the files in their places.
func (w *writer) commit() error {
	for i := range w.files {
		f := &w.files[i]
		err := unchanged(f.File, f.real)
		if err == nil {
			err = os.Rename(f.temporary, f.real)
		}
		if err != nil {
			return errors.Join(err, w.undo(i))
		}
		f.temporary = ""
	}
	return nil
}

// undo puts the first n files back.
func (w *writer) undo(n int) error {
	var errs []error
	for _, f := range w.files[:n] {
		name, err := create(f.real, f.info, f.Before)
		if err == nil {
			err = os.Rename(name, f.real)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s could not be put back: %w", f.Name, err))
		}
	}
	return errors.Join(errs...)
}

// clean removes what is still in temporary files.
func (w *writer) clean() {
	for _, f := range w.files {
		if f.temporary != "" {
			os.Remove(f.temporary) // nothing depends on it
		}
	}
}
