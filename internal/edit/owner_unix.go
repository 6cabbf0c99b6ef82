//go:build unix

package edit

import (
	"io/fs"
	"os"
	"syscall"
)

// own gives a file the owner of another, which matters to root alone: nobody
// else can have written it.
func own(f *os.File, like fs.FileInfo) error {
	want, ok := like.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if is, ok := info.Sys().(*syscall.Stat_t); ok && is.Uid == want.Uid && is.Gid == want.Gid {
		return nil
	}
	if os.Geteuid() != 0 {
		return nil // a group that one may write to without being its member
	}
	return f.Chown(int(want.Uid), int(want.Gid))
}
